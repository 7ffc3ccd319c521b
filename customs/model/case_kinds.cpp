#include "customs/model/case_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "customs/model/code_lists.h"
#include "customs/model/container_standing.h"
#include "customs/model/customs_order.h"

namespace portcullis::customs {

namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool is_outbound(const Case& c, std::size_t i) {
  if (i >= c.details.size()) return c.declarations[i].procedure == "export";
  return c.details[i].kind == CaseKind::kExport || c.details[i].kind == CaseKind::kTranshipment;
}

}  // namespace

CaseKindRules case_kind_rules(CaseKind kind) {
  CaseKindRules rules;
  const auto name = case_kind_name(kind);
  if (const auto entry = find_code("case-kinds", name)) {
    // "documents|checks": the list's text has a column of its own.
    const auto bar = entry->text.find('|');
    rules.documents = words_of(entry->text.substr(0, bar));
    if (bar != std::string_view::npos) rules.checks = words_of(entry->text.substr(bar + 1));
  }
  return rules;
}

OutboundShare outbound_share(const std::vector<Case>& cases) {
  std::set<std::string> outbound;
  std::set<std::string> scanned;
  for (const auto& c : cases) {
    for (std::size_t i = 0; i < c.declarations.size(); ++i) {
      if (!is_outbound(c, i)) continue;
      for (const auto& container : c.declarations[i].containers) {
        outbound.insert(container.number);
        const bool seen = std::any_of(c.bindings.begin(), c.bindings.end(), [&](const Binding& b) {
          return b.container == container.number && !b.scan_id.empty();
        });
        if (seen) scanned.insert(container.number);
      }
    }
  }
  return {outbound.size(), scanned.size()};
}

std::string do_not_load_reason(const Case& c, core::UtcTime now) {
  for (const auto& order : customs_orders(c)) {
    if (order.in_force() && order.told.effect == Effect::kDoNotLoad)
      return fmt::format("customs says do not load ({} {})", order.told.list, order.told.code);
  }
  for (std::size_t i = 0; i < c.declarations.size(); ++i) {
    if (!is_outbound(c, i)) continue;
    for (const auto& one : container_standings(c)) {
      if (!one.released)
        return fmt::format("the officer decided {}", core::decision_kind_name(one.last.kind));
    }
    if (i >= c.details.size() || c.details[i].vessel_cut_off.empty()) continue;
    const auto cut_off = core::parse_iso8601(c.details[i].vessel_cut_off);
    if (cut_off.ok() && cut_off->ns < now.ns)
      return fmt::format("the vessel's cut-off {} has passed", c.details[i].vessel_cut_off);
  }
  return {};
}

}  // namespace portcullis::customs
