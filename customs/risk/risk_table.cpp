#include "customs/risk/risk_table.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>

#include "core/csv.h"
#include "core/files.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kTableBytesMax = 2'000'000'000;
constexpr std::string_view kDateColumn = "Date";
constexpr std::string_view kProbabilityColumn = "Selection Probability";

constexpr std::array<std::string_view, kRiskTextCount> kTextColumns = {
    "Office ID",         "Process Type", "Import Type",
    "Import Use",        "Payment Type", "Mode of Transport",
    "Declarant ID",      "Importer ID",  "Seller ID",
    "Courier ID",        "HS6 Code",     "Country of Departure",
    "Country of Origin", "Tax Type",     "Country of Origin Indicator"};
constexpr std::array<std::string_view, kRiskNumberCount> kNumberColumns = {"Tax Rate", "Net Mass",
                                                                           "Item Price"};

core::Error bad_field(const std::string& where, std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("{}: {}", where, why)};
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc() || stopped != end || text.front() == '-') return std::nullopt;
  return value;
}

/// A quantity: not negative; NaN where nothing stands there.
std::optional<double> quantity(std::string_view text) {
  if (text.empty()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc() || stopped != end || !std::isfinite(value) || value < 0)
    return std::nullopt;
  return value;
}

/// Where each thing stands in a row.
struct Places {
  std::size_t date = 0;
  std::array<std::size_t, kRiskTextCount> texts{};
  std::array<std::size_t, kRiskNumberCount> numbers{};
  std::optional<std::size_t> label, probability;
};

core::Result<Places> find_places(const core::CsvReader& csv, std::string_view label) {
  Places places;
  PC_TRY(places.date, csv.column(kDateColumn));
  for (std::size_t i = 0; i < kRiskTextCount; ++i) {
    PC_TRY(places.texts[i], csv.column(kTextColumns[i]));
  }
  for (std::size_t i = 0; i < kRiskNumberCount; ++i) {
    PC_TRY(places.numbers[i], csv.column(kNumberColumns[i]));
  }
  if (!label.empty()) {
    PC_TRY(places.label, csv.column(label));
  }
  if (csv.has(kProbabilityColumn)) {
    PC_TRY(places.probability, csv.column(kProbabilityColumn));
  }
  return places;
}

core::Status take_row(const core::CsvReader& csv, const Places& places,
                      std::vector<std::string>& fields, RiskTable& table) {
  RiskRow row;
  const auto day = parse_day(fields[places.date]);
  if (!day.ok()) return day.error().with_context(csv.where(places.date));
  row.day = *day;
  for (std::size_t i = 0; i < kRiskTextCount; ++i)
    row.texts[i] = std::move(fields[places.texts[i]]);
  for (std::size_t i = 0; i < kRiskNumberCount; ++i) {
    const auto& text = fields[places.numbers[i]];
    const auto value = quantity(text);
    if (!value)
      return bad_field(csv.where(places.numbers[i]),
                       fmt::format("'{}' is not a number of at least 0", text));
    row.numbers[i] = *value;
  }
  if (places.label) {
    const auto& text = fields[*places.label];
    if (text != "0" && text != "1")
      return bad_field(csv.where(*places.label), fmt::format("'{}' is neither 0 nor 1", text));
    table.labels.push_back(text == "1" ? 1 : 0);
  }
  if (places.probability) {
    const auto& text = fields[*places.probability];
    const auto value = quantity(text);
    if (!value || !(*value > 0 && *value <= 1))
      return bad_field(csv.where(*places.probability),
                       fmt::format("'{}' is no probability above 0 and up to 1", text));
    table.probabilities.push_back(*value);
  }
  table.rows.push_back(std::move(row));
  return {};
}

}  // namespace

std::string_view column_name(RiskText input) {
  return kTextColumns[static_cast<std::size_t>(input)];
}
std::string_view column_name(RiskNumber input) {
  return kNumberColumns[static_cast<std::size_t>(input)];
}

core::Result<std::int32_t> parse_day(std::string_view text) {
  const auto bad = [&] {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("'{}' is not a date (YYYY-MM-DD)", text)};
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
  const auto y = digits(text.substr(0, 4));
  const auto m = digits(text.substr(5, 2));
  const auto d = digits(text.substr(8, 2));
  if (!y || !m || !d) return bad();
  const auto date = std::chrono::year(*y) / std::chrono::month(static_cast<unsigned>(*m)) /
                    std::chrono::day(static_cast<unsigned>(*d));
  if (!date.ok()) return bad();
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::string day_text(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

core::Result<RiskTable> parse_risk_table(std::string_view text, const std::string& name,
                                         std::string_view label) {
  PC_TRY(auto csv, core::CsvReader::open(text, name));
  PC_TRY(const auto places, find_places(csv, label));
  RiskTable table;
  table.sha256 = core::sha256_hex(text);
  std::vector<std::string> fields;
  while (true) {
    PC_TRY(const bool any, csv.next(fields));
    if (!any) break;
    PC_CHECK(take_row(csv, places, fields, table));
  }
  if (table.rows.empty())
    return core::Error{core::ErrorCode::kInvalidInput, name + ": has no rows below its header"};
  return table;
}

core::Result<RiskTable> read_risk_table(const std::filesystem::path& path, std::string_view label) {
  PC_TRY(const auto text, core::read_file(path, kTableBytesMax));
  return parse_risk_table(text, path.string(), label);
}

}  // namespace portcullis::customs
