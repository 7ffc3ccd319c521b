#include "customs/gateway/referral.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/time.h"
#include "core/version.h"
#include "customs/adapters/adapter.h"
#include "customs/gateway/message_form.h"

namespace portcullis::customs {
namespace {

constexpr int kReferralVersion = 1;

/// Leaves of the declaration what concerns `number`; all where the decision names no container.
void keep_container(Case& c, const std::string& number) {
  if (number.empty()) return;
  const auto other = [&](const std::string& one) { return comparison_key(one) != number; };
  for (auto& declaration : c.declarations) {
    std::erase_if(declaration.items, [&](const core::DeclaredItem& item) {
      return !item.containers.empty() &&
             std::all_of(item.containers.begin(), item.containers.end(), other);
    });
    std::erase_if(declaration.containers,
                  [&](const core::DeclaredContainer& one) { return other(one.number); });
  }
  for (std::size_t i = 0; i < c.details.size() && i < c.declarations.size(); ++i) {
    auto& details = c.details[i];
    const auto& items = c.declarations[i].items;
    std::erase_if(details.containers,
                  [&](const ContainerDetails& one) { return other(one.number); });
    std::erase_if(details.items, [&](const ItemDetails& one) {
      return std::none_of(items.begin(), items.end(),
                          [&](const auto& item) { return item.number == one.number; });
    });
  }
}

}  // namespace

Referral write_referral(const std::optional<Case>& declared, const DecisionSubmission& submission) {
  Case told;
  if (declared) {
    told.declarations = declared->declarations;
    told.details = declared->details;
    keep_container(told, comparison_key(submission.decision.container));
  }
  const core::Declaration none;
  const auto& declaration = told.declarations.empty() ? none : told.declarations.front();
  auto decision = submission.decision;
  decision.officer.clear();
  decision.view_json.clear();
  decision.time_on_image_ms = 0;
  told.id = answer_id(submission.decision, declaration);
  told.message.system = "portcullis";
  told.message.name = "REFERRAL";
  told.message.id = told.id;
  told.message.sent = core::to_iso8601(decision.decided);
  told.scan_ids = {decision.scan_id};
  told.findings = submission.report.findings;
  told.checks = submission.report.checks;
  // Money and the declared value's plausibility are between trader and customs.
  std::erase_if(told.checks, [](const core::Check& check) { return check.name == "revenue"; });
  told.decisions = {std::move(decision)};
  const nlohmann::json message = {{"format", "portcullis-referral"},
                                  {"version", kReferralVersion},
                                  {"software", std::string("Portcullis ") + core::kVersion},
                                  {"case", to_json(told)}};
  const auto& reference = declaration.mrn.empty() ? declaration.lrn : declaration.mrn;
  return {fmt::format("REFERRAL_{}_{}.json",
                      reference.empty() ? "undeclared" : comparison_key(reference).substr(0, 60),
                      told.id),
          message.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"};
}

}  // namespace portcullis::customs
