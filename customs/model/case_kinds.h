#pragma once

#include <string_view>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// What a kind of case asks for: the data file customs/data/case-kinds.txt. Pure.
struct CaseKindRules {
  std::vector<std::string_view> documents;  ///< "declaration", "manifest", "transit document", ...
  std::vector<std::string_view> checks;     ///< Names of checks: "mass", "empty", ...
};
CaseKindRules case_kind_rules(CaseKind kind);

/// Outbound containers and how many of them were scanned: some mandates ask for all.
struct OutboundShare {
  std::size_t outbound = 0, scanned = 0;
};
/// Over exports and transhipments: distinct container numbers of their declarations; scanned are
/// those that a binding with a scan names.
OutboundShare outbound_share(const std::vector<Case>& cases);

/// Why this box must not be loaded: a notice with Effect::kDoNotLoad or an officer's decision other
/// than release on an export, or the vessel's cut-off has passed (`now`; only cut-offs written in
/// ISO 8601 count). Empty: nothing is known against it.
std::string do_not_load_reason(const Case& customs_case, core::UtcTime now);

}  // namespace portcullis::customs
