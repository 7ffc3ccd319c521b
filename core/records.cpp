#include "core/records.h"

#include <array>

#include "core/scan.h"

namespace portcullis::core {
namespace {

constexpr std::array<std::string_view, 12> kFindingKinds = {
    "small_dense_object", "shielding",        "concealed_vehicle", "hidden_compartment",
    "false_wall",         "anomalous_region", "material_mismatch", "mass_mismatch",
    "empty_mismatch",     "count_mismatch",   "radiation_alarm",   "image_quality"};
constexpr std::array<std::string_view, 8> kDecisions = {"release",
                                                        "documentary_check",
                                                        "physical_inspection",
                                                        "hold",
                                                        "radiation_secondary",
                                                        "other_agency",
                                                        "rescan",
                                                        "isolate"};
constexpr std::array<std::string_view, 4> kAnswers = {"none", "agree", "reject", "unsure"};
constexpr std::array<std::string_view, 3> kCheckOutcomes = {"agrees", "differs", "unknown"};
constexpr std::array<std::string_view, 3> kVerdicts = {"clear", "look", "inspect"};
constexpr std::array<std::string_view, 4> kScanOutcomes = {"running", "complete", "partial",
                                                           "aborted"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view finding_kind_name(FindingKind kind) {
  return kFindingKinds.at(static_cast<std::size_t>(kind));
}
std::optional<FindingKind> finding_kind_from(std::string_view name) {
  return find_name<FindingKind>(kFindingKinds, name);
}
std::string_view decision_kind_name(DecisionKind kind) {
  return kDecisions.at(static_cast<std::size_t>(kind));
}
std::optional<DecisionKind> decision_kind_from(std::string_view name) {
  return find_name<DecisionKind>(kDecisions, name);
}
std::string_view finding_answer_name(FindingAnswer a) {
  return kAnswers.at(static_cast<std::size_t>(a));
}
std::optional<FindingAnswer> finding_answer_from(std::string_view name) {
  return find_name<FindingAnswer>(kAnswers, name);
}
std::string_view check_outcome_name(CheckOutcome outcome) {
  return kCheckOutcomes.at(static_cast<std::size_t>(outcome));
}
std::optional<CheckOutcome> check_outcome_from(std::string_view name) {
  return find_name<CheckOutcome>(kCheckOutcomes, name);
}
std::string_view verdict_outcome_name(VerdictOutcome outcome) {
  return kVerdicts.at(static_cast<std::size_t>(outcome));
}
std::optional<VerdictOutcome> verdict_outcome_from(std::string_view name) {
  return find_name<VerdictOutcome>(kVerdicts, name);
}
std::string_view scan_outcome_name(ScanOutcome outcome) {
  return kScanOutcomes.at(static_cast<std::size_t>(outcome));
}
std::optional<ScanOutcome> scan_outcome_from(std::string_view name) {
  return find_name<ScanOutcome>(kScanOutcomes, name);
}

}  // namespace portcullis::core
