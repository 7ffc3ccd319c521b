#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// What the learnt score looks at, and past declarations with their outcomes as a table of it.
///
/// The columns are those of the public "Customs Import Declaration Datasets" of the Korea Customs
/// Service and the Institute for Basic Science (2022), one row a declared item.
namespace portcullis::customs {

/// Inputs that are words; column_name() has the column of each.
enum class RiskText : std::uint8_t {
  kOffice,
  kProcessType,
  kImportType,
  kImportUse,
  kPaymentType,
  kTransportMode,
  kDeclarant,
  kImporter,
  kSeller,
  kCourier,
  kHs6,
  kDepartureCountry,
  kOriginCountry,
  kTaxType,
  kOriginIndicator,
};
constexpr std::size_t kRiskTextCount = 15;
std::string_view column_name(RiskText input);

/// Inputs that are quantities.
enum class RiskNumber : std::uint8_t {
  kTaxRate,    ///< Per cent of the price.
  kNetMassKg,  ///<
  kItemPrice,  ///< In the site's currency.
};
constexpr std::size_t kRiskNumberCount = 3;
std::string_view column_name(RiskNumber input);

/// All that is known of an item before anybody looked at it. An outcome or an identifier of the
/// declaration has no place here, so that none can become an input.
struct RiskRow {
  std::int32_t day = 0;                            ///< Since 1970-01-01.
  std::array<std::string, kRiskTextCount> texts;   ///< Empty: not declared.
  std::array<double, kRiskNumberCount> numbers{};  ///< NaN: not declared.

  [[nodiscard]] const std::string& text(RiskText input) const {
    return texts[static_cast<std::size_t>(input)];
  }
  std::string& text(RiskText input) { return texts[static_cast<std::size_t>(input)]; }
  [[nodiscard]] double number(RiskNumber input) const {
    return numbers[static_cast<std::size_t>(input)];
  }
  double& number(RiskNumber input) { return numbers[static_cast<std::size_t>(input)]; }
};

/// Days since 1970-01-01 of "2020-02-29". Fails with kInvalidInput.
core::Result<std::int32_t> parse_day(std::string_view text);
std::string day_text(std::int32_t day);

struct RiskTable {
  std::vector<RiskRow> rows;
  std::vector<std::uint8_t> labels;  ///< One for each row, 0 or 1; empty where none was asked for.
  /// With which each row was selected for inspection; empty where there is no such column.
  std::vector<double> probabilities;
  std::string sha256;  ///< Of the file.
};

/// Reads a CSV file of at most 2 GB. `label`: the column of the outcome, 0 or 1; empty where the
/// outcome is not known or not to be read. Columns that are no input are passed over; a column
/// "Selection Probability" is read where it is there. Fails with kNotFound, kIo, or kInvalidInput
/// "FILE: row N, COLUMN: why" (the header is row 1).
core::Result<RiskTable> read_risk_table(const std::filesystem::path& path, std::string_view label);
/// As read_risk_table(), from text; `name` stands for the file in messages.
core::Result<RiskTable> parse_risk_table(std::string_view text, const std::string& name,
                                         std::string_view label);

}  // namespace portcullis::customs
