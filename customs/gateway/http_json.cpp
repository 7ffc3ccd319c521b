#include "customs/gateway/http_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/time.h"
#include "core/version.h"

namespace portcullis::customs {

namespace {

using nlohmann::json;

std::string body_text(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json receipt_object(const Receipt& r) {
  json out = {{"id", r.id},
              {"state", r.state == MessageState::kTaken ? "taken" : "refused"},
              {"repeated", r.repeated},
              {"sha256", r.sha256},
              {"received", core::to_iso8601(r.received)}};
  if (!r.system.empty()) {
    out["system"] = r.system;
    out["message"] = r.kind;
    out["sender"] = r.sender;
    out["message_id"] = r.message_id;
  }
  if (r.state == MessageState::kTaken) {
    out["declarations"] = r.declarations;
  } else {
    out["reason"] = r.reason;
  }
  return out;
}

/// A trader's word for a decision: how the goods are examined is not told.
std::string_view told_state(core::DecisionKind kind) {
  switch (kind) {
    case core::DecisionKind::kRelease:
      return "released";
    case core::DecisionKind::kDocumentaryCheck:
      return "documents";
    case core::DecisionKind::kPhysicalInspection:
    case core::DecisionKind::kRescan:
      return "inspection";
    case core::DecisionKind::kHold:
    case core::DecisionKind::kRadiationSecondary:
    case core::DecisionKind::kOtherAgency:
    case core::DecisionKind::kIsolate:
      break;
  }
  return "held";
}

int strictness(std::string_view state) {
  constexpr std::string_view kOrder[] = {"received", "released", "documents", "inspection", "held"};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), state) -
                          std::begin(kOrder));
}

}  // namespace

std::string receipt_json(const Receipt& receipt) {
  return body_text(receipt_object(receipt));
}

std::string problem_json(unsigned status, std::string_view title, std::string_view detail,
                         const Receipt* receipt) {
  json out = {{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
  if (receipt != nullptr) out["receipt"] = receipt_object(*receipt);
  return body_text(out);
}

std::string case_status_json(const Case& c) {
  const auto& declaration = c.declarations.front();
  // The last decision on each container counts, and the strictest of them for the whole.
  json decisions = json::array();
  std::string state = "received";
  for (std::size_t i = 0; i < c.decisions.size(); ++i) {
    const auto& decision = c.decisions[i];
    const bool later =
        std::any_of(c.decisions.begin() + static_cast<std::ptrdiff_t>(i) + 1, c.decisions.end(),
                    [&](const auto& other) { return other.container == decision.container; });
    if (later) continue;
    const auto told = told_state(decision.kind);
    if (strictness(told) > strictness(state)) state = told;
    decisions.push_back({{"container", decision.container},
                         {"state", told},
                         {"decided", core::to_iso8601(decision.decided)}});
  }
  return body_text({{"id", c.id},
                    {"system", declaration.system},
                    {"lrn", declaration.lrn},
                    {"mrn", declaration.mrn},
                    {"ucr", declaration.ucr},
                    {"received", core::to_iso8601(declaration.received)},
                    {"state", state},
                    {"decisions", decisions}});
}

std::string health_json(bool well, std::string_view problem, std::uint64_t declarations,
                        std::uint64_t quarantined) {
  return body_text({{"status", well ? "ok" : "failing"},
                    {"problem", problem},
                    {"version", core::kVersion},
                    {"declarations", declarations},
                    {"quarantined", quarantined}});
}

}  // namespace portcullis::customs
