#include "apps/lane/revenue.h"

#include <algorithm>
#include <string>

#include "core/log.h"

namespace portcullis::apps {

void add_revenue(customs::GatewayPort* gateway,
                 const std::vector<services::MatchedDeclaration>& declarations,
                 core::InspectionReport& report) {
  const bool differs =
      std::any_of(report.findings.begin(), report.findings.end(), [](const core::Finding& one) {
        return one.kind == core::FindingKind::kMassMismatch ||
               one.kind == core::FindingKind::kEmptyMismatch;
      });
  if (gateway == nullptr || declarations.empty() || !differs) return;
  std::vector<std::string> ids;
  ids.reserve(declarations.size());
  for (const auto& one : declarations) ids.push_back(one.id);
  auto check = gateway->assess_revenue(ids, report);
  if (!check.ok())
    core::log_warning("revenue", check.error().message);
  else if (*check)
    report.checks.push_back(std::move(**check));
}

}  // namespace portcullis::apps
