#include "customs/risk/revenue.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "customs/match/contents.h"

namespace portcullis::customs {

namespace {

/// One declared item of a container that can be valued, for each kilogram of its gross mass.
struct ValuedItem {
  double mass_kg = 0;  // gross, net where only that is declared
  double value_per_kg = 0;
  double due_per_kg = 0;
};

struct ValuedGoods {
  std::vector<ValuedItem> items;
  int unknown = 0;
  std::string currency;
  bool several_currencies = false;
};

const ItemDetails* details_of(const Case& one, std::size_t declaration, int number) {
  if (declaration >= one.details.size()) return nullptr;
  for (const auto& details : one.details[declaration].items)
    if (details.number == number) return &details;
  return nullptr;
}

/// Its own value; of a declaration with one item, the declaration's.
std::optional<double> value_of(const Case& one, std::size_t declaration,
                               const core::DeclaredItem& item) {
  const auto* details = details_of(one, declaration, item.number);
  if (details != nullptr && details->value) return details->value;
  if (declaration < one.details.size() && one.declarations[declaration].items.size() == 1)
    return one.details[declaration].value;
  return std::nullopt;
}

std::string currency_of(const Case& one, std::size_t declaration, int number) {
  const auto* details = details_of(one, declaration, number);
  if (details != nullptr && !details->currency.empty()) return details->currency;
  return declaration < one.details.size() ? one.details[declaration].currency : std::string();
}

bool may_be_in(const core::DeclaredItem& item, const core::Declaration& declaration,
               const std::string& number) {
  if (item.containers.empty()) return declaration.containers.size() <= 1;
  return std::any_of(item.containers.begin(), item.containers.end(),
                     [&](const auto& one) { return plain_number(one) == number; });
}

void add_item(const Case& one, std::size_t at, const core::DeclaredItem& item, const Tariff& tariff,
              std::int32_t day, ValuedGoods& goods) {
  const auto mass = item.gross_mass_kg ? item.gross_mass_kg : item.net_mass_kg;
  const auto value = value_of(one, at, item);
  if (!mass || *mass <= 0 || !value || *value < 0) {
    ++goods.unknown;
    return;
  }
  const double net_kg = item.net_mass_kg.value_or(*mass);
  const auto dues = tariff.due(item.hs_code, *value, net_kg, day);
  if (dues.empty()) {
    ++goods.unknown;
    return;
  }
  const auto currency = currency_of(one, at, item.number);
  if (!goods.items.empty() && currency != goods.currency) goods.several_currencies = true;
  goods.currency = currency;
  double due = 0;
  for (const auto& part : dues) due += part.amount;
  goods.items.push_back({*mass, *value / *mass, due / *mass});
}

ValuedGoods goods_in(const std::string& number, std::span<const Case> cases, const Tariff& tariff,
                     std::int32_t day) {
  ValuedGoods goods;
  for (const auto& one : cases) {
    for (std::size_t at = 0; at < one.declarations.size(); ++at) {
      const auto& declaration = one.declarations[at];
      if (!names_container(declaration, number)) continue;
      for (const auto& item : declaration.items)
        if (may_be_in(item, declaration, number)) add_item(one, at, item, tariff, day, goods);
    }
  }
  return goods;
}

/// "12,345 EUR"
std::string money(double amount, const std::string& currency) {
  const std::string digits = fmt::format("{:.0f}", amount);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return currency.empty() ? text : fmt::format("{} {}", text, currency);
}

bool same_box(const core::PixelBox& a, const core::PixelBox& b) {
  return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

const core::Finding* difference_of(const core::InspectionReport& report,
                                   const core::ContainerObservation& container) {
  for (const auto kind : {core::FindingKind::kMassMismatch, core::FindingKind::kEmptyMismatch})
    for (const auto& finding : report.findings)
      if (finding.kind == kind && same_box(finding.bbox_px, container.bbox_px)) return &finding;
  return nullptr;
}

/// One container's part of the check.
struct StakeWords {
  core::CheckOutcome outcome = core::CheckOutcome::kUnknown;
  std::string seen, expected, text;
};

StakeWords stake_words(const core::ContainerObservation& container,
                       const DeclaredContents& contents, const std::string& number,
                       std::span<const Case> cases, const Tariff& tariff, std::int32_t day) {
  StakeWords words;
  const std::string name = fmt::format("Container {}", number);
  words.seen =
      fmt::format("{} ({} to {})", mass_text(container.load_mass_kg),
                  mass_text(container.load_mass_low_kg), mass_text(container.load_mass_high_kg));
  words.expected = "not known";
  const auto none = [&](const std::string& why) {
    words.text = fmt::format("{}: the revenue at stake cannot be said: {}.", name, why);
    return words;
  };
  if (contents.readings.empty())
    return none(contents.unknown_reason.empty() ? "no declaration names it"
                                                : contents.unknown_reason);
  if (contents.empty.value_or(false))
    return none("it is declared empty, so what it holds has no declared value");
  if (contents.readings.size() > 1 && contents.standing != DeclaredContents::Standing::kGroupage)
    return none(fmt::format("which of {} holds is not known", joined(contents.references)));
  const auto& declared = contents.readings.front();
  words.expected = fmt::format("{} declared", mass_text(declared.high_kg));
  if (container.load_mass_kg < declared.low_kg) {
    words.text = fmt::format(
        "{}: {} less than declared is in the image; less goods owe no more, but a refund or export "
        "aid claimed on them would be at stake.",
        name, mass_text(declared.low_kg - container.load_mass_kg));
    return words;
  }
  const auto stake = revenue_of_excess(container, cases, declared.high_kg, tariff, day);
  if (!stake)
    return none("none of its goods has a mass, a value in one currency and a rate in the tariff");
  words.outcome = core::CheckOutcome::kDiffers;
  words.seen += fmt::format(", {} more", mass_text(stake->excess_kg));
  const std::string interval =
      fmt::format("{} to {}", money(stake->due_low, ""), money(stake->due_high, stake->currency));
  words.text = fmt::format(
      "{}: about {} are not declared. If they are more of the declared goods, goods of {} are not "
      "declared and {} of duties and taxes are at stake. ",
      name, mass_text(stake->excess_kg), money(stake->value, stake->currency),
      money(stake->due, stake->currency));
  words.text += stake->items > 1
                    ? fmt::format(
                          "By the image's 90 % interval, and by which of the {} items they "
                          "belong to, it is {}.",
                          stake->items, interval)
                    : fmt::format("By the image's 90 % interval it is {}.", interval);
  if (stake->items_unknown > 0)
    words.text +=
        fmt::format(" Items without mass, value or rate, left out: {}.", stake->items_unknown);
  words.text += " Other goods may owe more or less.";
  return words;
}

}  // namespace

std::optional<RevenueAtStake> revenue_of_excess(const core::ContainerObservation& seen,
                                                std::span<const Case> cases,
                                                double declared_high_kg, const Tariff& tariff,
                                                std::int32_t day) {
  const auto goods = goods_in(plain_number(seen.number), cases, tariff, day);
  RevenueAtStake stake;
  stake.excess_kg = std::max(0.0, seen.load_mass_kg - declared_high_kg);
  stake.excess_low_kg = std::max(0.0, seen.load_mass_low_kg - declared_high_kg);
  stake.excess_high_kg = std::max(0.0, seen.load_mass_high_kg - declared_high_kg);
  if (stake.excess_kg <= 0 || goods.items.empty() || goods.several_currencies) return std::nullopt;
  double mass_kg = 0, value = 0, due = 0;
  double least = goods.items.front().due_per_kg, most = least;
  for (const auto& item : goods.items) {
    mass_kg += item.mass_kg;
    value += item.mass_kg * item.value_per_kg;
    due += item.mass_kg * item.due_per_kg;
    least = std::min(least, item.due_per_kg);
    most = std::max(most, item.due_per_kg);
  }
  stake.value = stake.excess_kg * value / mass_kg;
  stake.due = stake.excess_kg * due / mass_kg;
  stake.due_low = stake.excess_low_kg * least;
  stake.due_high = stake.excess_high_kg * most;
  stake.currency = goods.currency;
  stake.items = static_cast<int>(goods.items.size());
  stake.items_unknown = goods.unknown;
  return stake;
}

std::optional<core::Check> revenue_check(const core::InspectionReport& report,
                                         std::span<const Case> cases, const Tariff& tariff,
                                         std::int32_t day) {
  std::vector<core::Declaration> declarations;
  for (const auto& one : cases)
    declarations.insert(declarations.end(), one.declarations.begin(), one.declarations.end());
  std::optional<core::Check> check;
  const auto append = [](std::string& to, const std::string& more, const char* separator) {
    if (!to.empty()) to += separator;
    to += more;
  };
  for (const auto& container : report.containers) {
    if (difference_of(report, container) == nullptr) continue;
    const auto number = plain_number(container.number);
    const auto words =
        stake_words(container, declared_contents(declarations, number), number, cases, tariff, day);
    if (!check) check = core::Check{"revenue", core::CheckOutcome::kUnknown, "", "", ""};
    if (words.outcome == core::CheckOutcome::kDiffers) check->outcome = words.outcome;
    append(check->seen, words.seen, "; ");
    append(check->expected, words.expected, "; ");
    append(check->text, words.text, " ");
  }
  return check;
}

}  // namespace portcullis::customs
