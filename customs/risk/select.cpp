#include "customs/risk/select.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace portcullis::customs {

namespace {

constexpr std::int64_t kNsPerDay = 86'400'000'000'000;
constexpr std::size_t kReasonsMax = 5;
constexpr std::size_t kHs6Digits = 6;

const Party* party(const DeclarationDetails* details, std::string_view role) {
  if (details == nullptr) return nullptr;
  for (const auto& p : details->parties)
    if (p.role == role) return &p;
  return nullptr;
}

/// The identifier that a customs system gave a party, else its name.
std::string party_text(const DeclarationDetails* details, std::string_view role,
                       const std::string& otherwise) {
  const auto* p = party(details, role);
  if (p == nullptr) return otherwise;
  if (!p->id.empty()) return p->id;
  return p->name.empty() ? otherwise : p->name;
}

/// What all items of a declaration share.
RiskRow declaration_row(const core::Declaration& d, const DeclarationDetails* details,
                        std::int32_t day) {
  RiskRow row;
  row.day = day;
  for (auto& number : row.numbers) number = std::numeric_limits<double>::quiet_NaN();
  row.text(RiskText::kDeclarant) = party_text(details, "declarant", d.declarant);
  row.text(RiskText::kImporter) = party_text(details, "consignee", d.consignee);
  row.text(RiskText::kSeller) = party_text(details, "consignor", d.consignor);
  row.text(RiskText::kCourier) = party_text(details, "carrier", "");
  row.text(RiskText::kOriginCountry) = d.origin_country;
  if (details == nullptr) return row;
  row.text(RiskText::kProcessType) = details->procedure_code;
  for (const auto& place : details->places) {
    // The office that takes the declaration; the first of them where a route names several.
    if (place.role.find("office") != std::string::npos && row.text(RiskText::kOffice).empty())
      row.text(RiskText::kOffice) = place.code;
    if (place.role == "loading" && row.text(RiskText::kDepartureCountry).empty())
      row.text(RiskText::kDepartureCountry) = place.code.substr(0, 2);  // UN/LOCODE
  }
  for (const auto& means : details->means)
    if (!means.mode.empty()) row.text(RiskText::kTransportMode) = means.mode;
  return row;
}

void fill_item(RiskRow& row, const core::DeclaredItem& item, const DeclarationDetails* details,
               const Tariff* tariff) {
  row.text(RiskText::kHs6) = item.hs_code.substr(0, kHs6Digits);
  if (item.net_mass_kg) row.number(RiskNumber::kNetMassKg) = *item.net_mass_kg;
  if (details != nullptr) {
    for (const auto& more : details->items) {
      if (more.number != item.number) continue;
      if (!more.origin_country.empty()) row.text(RiskText::kOriginCountry) = more.origin_country;
      if (more.value) row.number(RiskNumber::kItemPrice) = *more.value;
    }
  }
  if (tariff == nullptr) return;
  // The rate of the duty: what 100 of value pay.
  for (const auto& due : tariff->due(item.hs_code, 100, 0, row.day))
    if (due.tax == "duty") row.number(RiskNumber::kTaxRate) = due.amount;
}

Channel channel_at(double value, double yellow_from, double red_from) {
  if (value >= red_from) return Channel::kRed;
  return value >= yellow_from ? Channel::kYellow : Channel::kGreen;
}

void add_reason(std::string& reasons, const std::string& reason) {
  if (reason.empty()) return;
  if (!reasons.empty()) reasons += "; ";
  reasons += reason;
}

/// What the rules alone say, once for those that select and once with those on trial.
struct RuleVerdict {
  double weight = 0;
  Channel channel = Channel::kGreen;
  void take(const RiskRule& rule) {
    weight += rule.weight;
    if (rule.channel) channel = stricter(channel, *rule.channel);
  }
  [[nodiscard]] Channel result(const SelectionLimits& limits) const {
    if (weight <= 0) return channel;
    return stricter(channel, channel_at(weight, limits.yellow_weight, limits.red_weight));
  }
};

}  // namespace

const std::string& case_name(const Case& customs_case) {
  return customs_case.id.empty() ? customs_case.message.id : customs_case.id;
}

std::int32_t day_of(core::UtcTime time) {
  const auto days = time.ns / kNsPerDay - (time.ns % kNsPerDay < 0 ? 1 : 0);
  return static_cast<std::int32_t>(days);
}

Channel stricter(Channel a, Channel b) {
  return std::max(a, b);  // In the order of the enum.
}

std::vector<RiskRow> risk_rows(const Case& customs_case, const Tariff* tariff, std::int32_t day) {
  std::vector<RiskRow> rows;
  for (std::size_t i = 0; i < customs_case.declarations.size(); ++i) {
    const auto& declaration = customs_case.declarations[i];
    const auto* details = i < customs_case.details.size() ? &customs_case.details[i] : nullptr;
    const auto shared = declaration_row(declaration, details, day);
    for (const auto& item : declaration.items) {
      rows.push_back(shared);
      fill_item(rows.back(), item, details, tariff);
    }
  }
  return rows;
}

SelectionResult select(const Case& customs_case, const Selector& selector,
                       std::optional<double> draw, core::UtcTime now) {
  PC_ASSERT(selector.rules != nullptr);
  const auto& limits = selector.rules->limits;
  const auto day = day_of(now);
  SelectionResult result;
  auto& selection = result.selection;
  RuleVerdict active, on_trial;
  const auto case_json = to_json(customs_case);
  for (const auto& hit : rules_that_hold(*selector.rules, case_json, day)) {
    on_trial.take(*hit.rule);
    if (hit.rule->shadow) {
      selection.shadow_rules.push_back(hit.rule->id);
      continue;
    }
    active.take(*hit.rule);
    selection.rules.push_back(hit.rule->id);
    add_reason(selection.reason, hit.seen.empty()
                                     ? hit.rule->reason
                                     : fmt::format("{}: {}", hit.rule->reason, hit.seen));
  }
  auto channel = active.result(limits);
  result.shadow_channel = on_trial.result(limits);
  if (selector.trial != nullptr) {
    RuleVerdict trial;
    for (const auto& hit : rules_that_hold(*selector.trial, case_json, day)) {
      selection.shadow_rules.push_back(fmt::format("{}@{}", hit.rule->id, selector.trial->id));
      if (!hit.rule->shadow) trial.take(*hit.rule);
    }
    result.shadow_channel = trial.result(selector.trial->limits);
  }
  if (selector.model != nullptr) {
    selection.model = selector.model->id();
    const RiskRow* worst = nullptr;
    const auto rows = risk_rows(customs_case, selector.tariff, day);
    for (const auto& row : rows) {
      const double score = selector.model->score(row).score;
      if (selection.score && *selection.score >= score) continue;
      selection.score = score;
      worst = &row;
    }
    if (worst != nullptr) {
      result.reasons = selector.model->explain(*worst, kReasonsMax);
      const auto by_score = channel_at(*selection.score, limits.yellow_score, limits.red_score);
      result.shadow_channel = stricter(result.shadow_channel, by_score);
      // Drawn labels select nothing, whoever says that they may.
      if (!selector.model_in_shadow && !selector.model->provenance().labels_shuffled) {
        channel = stricter(channel, by_score);
        if (by_score != Channel::kGreen)
          add_reason(selection.reason, fmt::format("learnt score {:.2f}", *selection.score));
      }
    }
  }
  if (customs_case.selection) {
    if (customs_case.selection->channel > channel)
      add_reason(selection.reason, customs_case.selection->reason.empty()
                                       ? "selected by the customs system"
                                       : customs_case.selection->reason);
    channel = stricter(channel, customs_case.selection->channel);
  }
  selection.selected_by = fmt::format("rules {}", selector.rules->id);
  if (channel >= Channel::kYellow) {
    selection.probability = 1;
  } else if (!draw) {
    selection.probability = 1;
    channel = limits.random_channel;
    add_reason(selection.reason, "no draw could be had: all are looked at");
  } else {
    selection.probability = limits.random_share;
    selection.random = *draw < limits.random_share;
    if (selection.random) {
      channel = limits.random_channel;
      add_reason(selection.reason, "drawn at random");
    }
  }
  selection.channel = channel;
  return result;
}

}  // namespace portcullis::customs
