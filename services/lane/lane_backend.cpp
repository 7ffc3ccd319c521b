#include "services/lane/lane_backend.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace portcullis::services {
namespace {

core::Error not_here(const char* what) {
  return {core::ErrorCode::kUnsupported, std::string("this lane does not take ") + what};
}

/// Checks that rest on papers, readings and counters alone.
constexpr std::array<std::string_view, 5> kNotOfTheImage = {"declaration", "identity", "radiation",
                                                            "customs", "revenue"};

}  // namespace

void hold_findings_back(CaseView& view) {
  view.first_look = FirstLook::kWanted;
  view.answers.clear();
  if (!view.report) return;
  view.report->findings.clear();
  view.report->verdict = {};
  std::erase_if(view.report->checks, [](const core::Check& check) {
    return std::find(kNotOfTheImage.begin(), kNotOfTheImage.end(), check.name) ==
           kNotOfTheImage.end();
  });
}

core::Status LaneBackend::open_case(const std::string&, const std::string&, bool) {
  return not_here("readers");
}
core::Status LaneBackend::propose_identity(const IdentityRequest&) {
  return not_here("corrections of identities");
}
core::Status LaneBackend::confirm_identity(const IdentityRequest&) {
  return not_here("corrections of identities");
}
core::Status LaneBackend::first_look(const FirstLookRequest&) {
  return not_here("reading before the findings appear");
}
core::Status LaneBackend::override_decision(const DecisionRequest&) {
  return not_here("overrides");
}
core::Status LaneBackend::choose_declaration(const DeclarationChoice&) {
  return not_here("choices of declarations");
}
core::Status LaneBackend::record_outcome(const OutcomeRequest&) {
  return not_here("outcomes of inspections");
}
core::Result<Supervision> LaneBackend::supervise(std::uint32_t) {
  return not_here("questions of supervisors");
}
core::Status LaneBackend::answer_alarm(const AlarmAnswer&) {
  return not_here("answers to alarms");
}
core::Result<std::vector<AlarmEvent>> LaneBackend::find_alarms(const AlarmSearch&) {
  return not_here("searches in its alarms");
}
core::Result<FoundCases> LaneBackend::find_cases(const CaseSearch&) {
  return not_here("searches for cases");
}
std::vector<NextCase> LaneBackend::next_cases(const std::string&) {
  return {};
}
void LaneBackend::case_shown(const std::string&, const std::string&) {}

}  // namespace portcullis::services
