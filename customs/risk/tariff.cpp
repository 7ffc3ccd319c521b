#include "customs/risk/tariff.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "core/csv.h"
#include "core/files.h"
#include "customs/risk/risk_table.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kTariffBytesMax = 200'000'000;

core::Error tariff_error(const std::string& where, std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("{}: {}", where, why)};
}

std::optional<double> rate_of(const std::string& text) {
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, value);
  if (text.empty() || problem != std::errc() || stopped != end || !std::isfinite(value) ||
      value < 0)
    return std::nullopt;
  return value;
}

std::optional<Tariff::Basis> basis_of(std::string_view text) {
  if (text == "value") return Tariff::Basis::kValue;
  if (text == "value+duty") return Tariff::Basis::kValueAndDuty;
  if (text == "kg") return Tariff::Basis::kKilogram;
  return std::nullopt;
}

bool is_hs_code(std::string_view text) {
  return text.size() >= 2 && text.size() <= 10 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Columns of the table.
struct TariffColumns {
  std::size_t hs_code = 0, tax = 0, rate = 0, basis = 0, from = 0, to = 0;
};

core::Result<Tariff::Rate> rate_from(const core::CsvReader& csv, const TariffColumns& at,
                                     const std::vector<std::string>& fields) {
  Tariff::Rate rate;
  rate.hs_code = fields[at.hs_code];
  if (!is_hs_code(rate.hs_code))
    return tariff_error(csv.where(at.hs_code),
                        fmt::format("'{}' is not 2 to 10 digits", rate.hs_code));
  rate.tax = fields[at.tax];
  if (rate.tax.empty()) return tariff_error(csv.where(at.tax), "is empty");
  const auto number = rate_of(fields[at.rate]);
  if (!number)
    return tariff_error(csv.where(at.rate),
                        fmt::format("'{}' is not a number of at least 0", fields[at.rate]));
  rate.rate = *number;
  const auto basis = basis_of(fields[at.basis]);
  if (!basis)
    return tariff_error(csv.where(at.basis),
                        fmt::format("'{}' is not value, value+duty or kg", fields[at.basis]));
  rate.basis = *basis;
  rate.valid_from = std::numeric_limits<std::int32_t>::min();
  rate.valid_to = std::numeric_limits<std::int32_t>::max();
  for (const auto& [column, day] :
       {std::pair(at.from, &rate.valid_from), {at.to, &rate.valid_to}}) {
    if (fields[column].empty()) continue;
    const auto read = parse_day(fields[column]);
    if (!read.ok()) return read.error().with_context(csv.where(column));
    *day = *read;
  }
  if (rate.valid_to < rate.valid_from)
    return tariff_error(csv.where(at.to), "is before valid_from");
  return rate;
}

}  // namespace

core::Result<Tariff> Tariff::load(const std::filesystem::path& path) {
  PC_TRY(const auto text, core::read_file(path, kTariffBytesMax));
  return parse(text, path.string());
}

core::Result<Tariff> Tariff::parse(std::string_view text, const std::string& name) {
  PC_TRY(auto csv, core::CsvReader::open(text, name));
  TariffColumns at;
  for (const auto& [column, place] : {std::pair("hs_code", &at.hs_code),
                                      {"tax", &at.tax},
                                      {"rate", &at.rate},
                                      {"basis", &at.basis},
                                      {"valid_from", &at.from},
                                      {"valid_to", &at.to}}) {
    PC_TRY(*place, csv.column(column));
  }
  Tariff tariff;
  // Last day of each code and tax so far, by first day: rows that overlap are next to each other.
  std::map<std::pair<std::string, std::string>, std::map<std::int32_t, std::int32_t>> spans;
  std::vector<std::string> fields;
  while (true) {
    PC_TRY(const bool any, csv.next(fields));
    if (!any) break;
    PC_TRY(auto rate, rate_from(csv, at, fields));
    auto& days = spans[{rate.hs_code, rate.tax}];
    const auto next = days.upper_bound(rate.valid_to);
    if (next != days.begin() && std::prev(next)->second >= rate.valid_from)
      return tariff_error(
          csv.where(at.hs_code),
          fmt::format("a second row for {} and {} on the same days", rate.hs_code, rate.tax));
    days[rate.valid_from] = rate.valid_to;
    tariff.rates_.push_back(std::move(rate));
  }
  std::stable_sort(tariff.rates_.begin(), tariff.rates_.end(),
                   [](const Rate& a, const Rate& b) { return a.hs_code < b.hs_code; });
  return tariff;
}

std::vector<Tariff::Due> Tariff::due(std::string_view hs_code, double value, double net_mass_kg,
                                     std::int32_t day) const {
  std::map<std::string, const Rate*> of_tax;
  for (std::size_t digits = 2; digits <= hs_code.size(); ++digits) {
    const auto prefix = hs_code.substr(0, digits);
    auto it = std::lower_bound(
        rates_.begin(), rates_.end(), prefix,
        [](const Rate& rate, std::string_view code) { return rate.hs_code < code; });
    for (; it != rates_.end() && it->hs_code == prefix; ++it)
      if (it->valid_from <= day && day <= it->valid_to) of_tax[it->tax] = &*it;
  }
  std::vector<Due> dues;
  double duties = 0;
  for (const auto& [tax, rate] : of_tax) {
    if (rate->basis == Basis::kValueAndDuty) continue;
    const double amount =
        rate->basis == Basis::kValue ? value * rate->rate / 100 : net_mass_kg * rate->rate;
    duties += amount;
    dues.push_back({tax, rate->hs_code, amount});
  }
  for (const auto& [tax, rate] : of_tax) {
    if (rate->basis != Basis::kValueAndDuty) continue;
    dues.push_back({tax, rate->hs_code, (value + duties) * rate->rate / 100});
  }
  return dues;
}

}  // namespace portcullis::customs
