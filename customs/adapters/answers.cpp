#include <fmt/format.h>

#include "core/files.h"
#include "customs/adapters/adapter.h"

namespace portcullis::customs {

core::Result<const core::Declaration*> answered_declaration(const Case& c) {
  if (c.declarations.size() != 1) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("case.declarations: one is needed to answer, {} found", c.declarations.size())};
  }
  const auto& d = c.declarations.front();
  if (d.lrn.empty() && d.mrn.empty()) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        "declaration.lrn, declaration.mrn: both are empty, so an answer would refer to nothing"};
  }
  return &d;
}

core::Result<const core::Decision*> answered_decision(const Case& c) {
  if (c.decisions.empty())
    return core::Error{core::ErrorCode::kInvalidInput,
                       "case.decisions: is empty, so there is nothing to tell"};
  return &c.decisions.back();
}

Effect effect_of(core::DecisionKind decision) {
  switch (decision) {
    case core::DecisionKind::kRelease:
      return Effect::kRelease;
    case core::DecisionKind::kDocumentaryCheck:
      return Effect::kDocuments;
    case core::DecisionKind::kPhysicalInspection:
    case core::DecisionKind::kRescan:
      return Effect::kControl;
    case core::DecisionKind::kHold:
    case core::DecisionKind::kRadiationSecondary:
    case core::DecisionKind::kOtherAgency:
    case core::DecisionKind::kIsolate:
      break;
  }
  return Effect::kHold;
}

std::string said_decision(const core::Decision& decision) {
  std::string said(core::decision_kind_name(decision.kind));
  if (!decision.reason_code.empty()) said += fmt::format("; {}", decision.reason_code);
  if (!decision.reason_text.empty()) said += fmt::format("; {}", decision.reason_text);
  return said;
}

std::string answer_id(const core::Decision& decision, const core::Declaration& declaration) {
  return core::sha256_hex(
             fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", decision.case_id, decision.scan_id,
                         decision.container, core::decision_kind_name(decision.kind),
                         core::to_iso8601(decision.decided), declaration.lrn, declaration.mrn))
      .substr(0, 32);
}

}  // namespace portcullis::customs
