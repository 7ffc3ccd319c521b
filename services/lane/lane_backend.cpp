#include "services/lane/lane_backend.h"

namespace portcullis::services {
namespace {

core::Error not_here(const char* what) {
  return {core::ErrorCode::kUnsupported, std::string("this lane does not take ") + what};
}

}  // namespace

core::Status LaneBackend::open_case(const std::string&, const std::string&, bool) {
  return not_here("readers");
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
