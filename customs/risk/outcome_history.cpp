#include "customs/risk/outcome_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace portcullis::customs {

namespace {

/// Outcomes that the overall share counts as, where little is known of a key.
constexpr double kPriorRows = 10;
/// The share before there is any outcome at all.
constexpr double kFirstShare = 0.5;

/// A word, the first digits of one, or the power of two that a quantity lies in.
struct KeyPart {
  std::optional<RiskText> text;
  std::optional<RiskNumber> number;
  std::size_t digits = 0;  ///< Of a word; 0: all.
};
constexpr KeyPart word(RiskText text, std::size_t digits = 0) {
  return {text, std::nullopt, digits};
}
constexpr KeyPart size_of(RiskNumber number) {
  return {std::nullopt, number, 0};
}
using HistoryKey = std::vector<KeyPart>;

std::vector<HistoryKey> make_history_keys() {
  using enum RiskText;
  std::vector<HistoryKey> keys;
  for (std::size_t i = 0; i < kRiskTextCount; ++i) keys.push_back({word(static_cast<RiskText>(i))});
  const auto heading = word(kHs6, 4);
  const auto chapter = word(kHs6, 2);
  const auto price = size_of(RiskNumber::kItemPrice);
  const auto mass = size_of(RiskNumber::kNetMassKg);
  const auto rate = size_of(RiskNumber::kTaxRate);
  // Chosen by rolling months inside a training file (docs/risk.md): what is declared of goods of
  // one heading and origin at one size of price says most.
  const std::initializer_list<HistoryKey> together = {
      {heading},
      {chapter},
      {price},
      {mass},
      {word(kImporter), heading},
      {word(kDeclarant), heading},
      {word(kSeller), heading},
      {word(kImporter), word(kDeclarant)},
      {word(kOffice), chapter},
      {word(kOffice), word(kHs6)},
      {word(kHs6), word(kOriginCountry)},
      {word(kHs6), word(kDepartureCountry)},
      {price, mass},
      {price, chapter},
      {mass, chapter},
      {rate, chapter},
      {price, mass, chapter},
      {price, mass, heading},
      {price, word(kHs6), word(kOriginCountry)},
      {mass, word(kHs6), word(kOriginCountry)},
  };
  keys.insert(keys.end(), together);
  return keys;
}

const std::vector<HistoryKey>& history_keys() {
  static const std::vector<HistoryKey> keys = make_history_keys();
  return keys;
}

/// -1 for nothing, else the exponent of two, counted from that of 2^-20.
int size_class(double value) {
  if (std::isnan(value)) return -1;
  return std::max(std::ilogb(std::max(value, 0x1p-20)) + 20, 0);
}

std::string_view word_of(const KeyPart& part, const RiskRow& row) {
  const std::string_view text = row.text(*part.text);
  return part.digits == 0 ? text : text.substr(0, part.digits);
}

/// FNV-1a with a last stirring: the same on every machine, as the model file holds it.
std::uint64_t key_hash(const HistoryKey& key, const RiskRow& row) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto take = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
  for (const auto& part : key) {
    if (part.text) {
      for (const char c : word_of(part, row)) take(static_cast<unsigned char>(c));
    } else {
      take(static_cast<unsigned char>(size_class(row.number(*part.number)) + 1));
    }
    take(0x1f);
  }
  hash ^= hash >> 29;
  hash *= 0xbf58476d1ce4e5b9U;
  return hash ^ (hash >> 32);
}

// The quantities, behind the keys.
enum class Quantity : std::uint8_t { kPrice, kMass, kUnitPrice, kTaxRate, kTax };
constexpr std::size_t kQuantityCount = 5;
constexpr std::array<std::string_view, kQuantityCount> kQuantityNames = {
    "Item Price", "Net Mass", "Item Price / Net Mass", "Tax Rate", "Item Price x Tax Rate"};

double quantity_of(Quantity quantity, const RiskRow& row) {
  const double price = row.number(RiskNumber::kItemPrice);
  const double mass_kg = row.number(RiskNumber::kNetMassKg);
  const double rate = row.number(RiskNumber::kTaxRate);
  switch (quantity) {
    case Quantity::kPrice:
      return price;
    case Quantity::kMass:
      return mass_kg;
    case Quantity::kUnitPrice:
      return mass_kg > 0 ? price / mass_kg : std::numeric_limits<double>::quiet_NaN();
    case Quantity::kTaxRate:
      return rate;
    case Quantity::kTax:
      return price * rate / 100;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

core::Error history_error(std::string_view why) {
  return {core::ErrorCode::kCorrupt, fmt::format("history: {}", why)};
}

}  // namespace

std::size_t OutcomeHistory::TallyMap::place(std::uint64_t hash) const {
  const auto mask = slots_.size() - 1;
  auto at = static_cast<std::size_t>(hash) & mask;
  while (slots_[at].tally.rows != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
  return at;
}

void OutcomeHistory::TallyMap::resize(std::size_t slots) {
  const auto old = std::exchange(slots_, std::vector<Slot>(slots));
  for (const auto& slot : old)
    if (slot.tally.rows != 0) slots_[place(slot.hash)] = slot;
}

void OutcomeHistory::TallyMap::reserve(std::size_t count) {
  constexpr std::size_t kSlotsMin = 16;
  const auto wanted = std::bit_ceil(std::max(2 * count, kSlotsMin));
  if (wanted > slots_.size()) resize(wanted);
}

OutcomeHistory::Tally& OutcomeHistory::TallyMap::operator[](std::uint64_t hash) {
  reserve(used_ + 1);
  auto& slot = slots_[place(hash)];
  if (slot.tally.rows == 0) {
    slot.hash = hash;
    ++used_;
  }
  return slot.tally;
}

OutcomeHistory::Tally OutcomeHistory::TallyMap::find(std::uint64_t hash) const {
  return slots_.empty() ? Tally{} : slots_[place(hash)].tally;
}

std::vector<std::pair<std::uint64_t, OutcomeHistory::Tally>> OutcomeHistory::TallyMap::sorted()
    const {
  std::vector<std::pair<std::uint64_t, Tally>> all;
  for (const auto& slot : slots_)
    if (slot.tally.rows != 0) all.emplace_back(slot.hash, slot.tally);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return all;
}

OutcomeHistory::OutcomeHistory() : tallies_(history_keys().size()) {}

void OutcomeHistory::add(const RiskRow& row, bool hit) {
  const auto count = [hit](Tally& tally) {
    ++tally.rows;
    tally.hits += hit ? 1U : 0U;
  };
  for (std::size_t k = 0; k < tallies_.size(); ++k)
    count(tallies_[k][key_hash(history_keys()[k], row)]);
  count(all_);
}

OutcomeHistory::Tally OutcomeHistory::past(std::size_t group, const RiskRow& row) const {
  if (group >= tallies_.size()) return {};
  return tallies_[group].find(key_hash(history_keys()[group], row));
}

void OutcomeHistory::features(const RiskRow& row, std::span<float> out) const {
  PC_ASSERT(out.size() == risk_feature_count());
  const double share = all_.rows == 0 ? kFirstShare : static_cast<double>(all_.hits) / all_.rows;
  std::size_t at = 0;
  for (std::size_t k = 0; k < tallies_.size(); ++k) {
    const auto tally = past(k, row);
    out[at++] = static_cast<float>((tally.hits + kPriorRows * share) / (tally.rows + kPriorRows));
    out[at++] = static_cast<float>(tally.rows);
  }
  for (std::size_t q = 0; q < kQuantityCount; ++q)
    out[at++] = static_cast<float>(quantity_of(static_cast<Quantity>(q), row));
}

bool OutcomeHistory::knows(RiskText input, const RiskRow& row) const {
  return past(static_cast<std::size_t>(input), row).rows > 0;
}

std::size_t risk_feature_count() {
  return 2 * history_keys().size() + kQuantityCount;
}
std::size_t risk_group_count() {
  return history_keys().size() + kQuantityCount;
}
std::size_t risk_group_of(std::size_t feature) {
  const auto keys = history_keys().size();
  return feature < 2 * keys ? feature / 2 : feature - keys;
}

std::string risk_group_name(std::size_t group) {
  if (group >= history_keys().size())
    return std::string(kQuantityNames.at(group - history_keys().size()));
  std::string name;
  for (const auto& part : history_keys()[group]) {
    if (!name.empty()) name += " + ";
    if (part.number)
      name += fmt::format("size of {}", column_name(*part.number));
    else if (part.digits > 0)
      name += fmt::format("{} ({} digits)", column_name(*part.text), part.digits);
    else
      name += column_name(*part.text);
  }
  return name;
}

std::string risk_group_value(std::size_t group, const RiskRow& row) {
  const auto& keys = history_keys();
  if (group >= keys.size()) {
    const double value = quantity_of(static_cast<Quantity>(group - keys.size()), row);
    return std::isnan(value) ? "not declared" : fmt::format("{:.6g}", value);
  }
  std::string text;
  for (const auto& part : keys[group]) {
    if (!text.empty()) text += " + ";
    if (part.number) {
      const double value = row.number(*part.number);
      text += std::isnan(value) ? "not declared" : fmt::format("about {:.2g}", value);
    } else {
      const auto words = word_of(part, row);
      text += words.empty() ? "not declared" : words;
    }
  }
  return text;
}

std::vector<std::string> risk_group_columns(std::size_t group) {
  const auto& keys = history_keys();
  std::vector<std::string> columns;
  if (group >= keys.size()) {
    const auto q = static_cast<Quantity>(group - keys.size());
    using enum Quantity;
    if (q == kPrice || q == kUnitPrice || q == kTax)
      columns.emplace_back(column_name(RiskNumber::kItemPrice));
    if (q == kMass || q == kUnitPrice) columns.emplace_back(column_name(RiskNumber::kNetMassKg));
    if (q == kTaxRate || q == kTax) columns.emplace_back(column_name(RiskNumber::kTaxRate));
    return columns;
  }
  for (const auto& part : keys[group])
    columns.emplace_back(part.text ? column_name(*part.text) : column_name(*part.number));
  return columns;
}

nlohmann::json OutcomeHistory::to_json() const {
  auto keys = nlohmann::json::array();
  for (std::size_t k = 0; k < tallies_.size(); ++k) {
    auto values = nlohmann::json::array();
    // In one order: the same outcomes give the same bytes.
    for (const auto& [hash, tally] : tallies_[k].sorted()) {
      values.push_back(hash);
      values.push_back(tally.rows);
      values.push_back(tally.hits);
    }
    keys.push_back({{"key", risk_group_name(k)}, {"values", std::move(values)}});
  }
  return {{"rows", all_.rows}, {"hits", all_.hits}, {"keys", std::move(keys)}};
}

core::Result<OutcomeHistory> OutcomeHistory::from_json(const nlohmann::json& json) {
  OutcomeHistory history;
  const auto whole = [](const nlohmann::json& object, const char* key) {
    return object.contains(key) && object[key].is_number_unsigned();
  };
  if (!json.is_object() || !whole(json, "rows") || !whole(json, "hits") || !json.contains("keys") ||
      !json["keys"].is_array())
    return history_error("has no 'rows', 'hits' or 'keys'");
  history.all_ = {json["rows"].get<std::uint32_t>(), json["hits"].get<std::uint32_t>()};
  if (history.all_.hits > history.all_.rows) return history_error("more hits than rows");
  if (json["keys"].size() != history.tallies_.size())
    return core::Error{core::ErrorCode::kUnsupported,
                       fmt::format("history: has {} keys, this version has {}: train again",
                                   json["keys"].size(), history.tallies_.size())};
  for (std::size_t k = 0; k < history.tallies_.size(); ++k) {
    const auto& key = json["keys"][k];
    if (!key.is_object() || !key.contains("key") || !key.contains("values") ||
        !key["values"].is_array() || key["values"].size() % 3 != 0)
      return history_error(fmt::format("key {} has no name or no triples of values", k));
    if (key["key"] != risk_group_name(k))
      return core::Error{core::ErrorCode::kUnsupported,
                         fmt::format("history: key {} is not '{}', which this version reads: "
                                     "train again",
                                     k, risk_group_name(k))};
    const auto& values = key["values"];
    history.tallies_[k].reserve(values.size() / 3);
    for (std::size_t i = 0; i < values.size(); i += 3) {
      for (std::size_t j = 0; j < 3; ++j) {
        if (!values[i + j].is_number_unsigned())
          return history_error(fmt::format("key {}: a value is no whole number", k));
      }
      const Tally tally{values[i + 1].get<std::uint32_t>(), values[i + 2].get<std::uint32_t>()};
      if (tally.hits > tally.rows)
        return history_error(fmt::format("key {}: more hits than rows", k));
      if (tally.rows == 0) return history_error(fmt::format("key {}: a value without rows", k));
      history.tallies_[k][values[i].get<std::uint64_t>()] = tally;
    }
  }
  return history;
}

}  // namespace portcullis::customs
