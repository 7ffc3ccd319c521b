#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::customs {

/// Duties and taxes as a site supplies them, and what is at stake where goods are not as declared.
///
/// CSV with the columns hs_code (2 to 10 digits), tax (a name: "duty", "vat", "excise"), rate,
/// basis, valid_from, valid_to (YYYY-MM-DD; empty: open). `basis`: "value" (rate in per cent of the
/// value), "value+duty" (per cent of value and all that is due by value and by kg, as value-added
/// taxes are) or "kg" (currency for each net kilogram). For each tax the row with the longest code
/// that the goods' code begins with counts.
class Tariff final {
 public:
  enum class Basis : std::uint8_t { kValue, kValueAndDuty, kKilogram };
  struct Rate {
    std::string hs_code, tax;
    double rate = 0;
    Basis basis = Basis::kValue;
    std::int32_t valid_from = 0, valid_to = 0;  ///< Days since 1970-01-01, both included.
  };
  struct Due {
    std::string tax, hs_code;  ///< Of the row that counts.
    double amount = 0;
  };

  /// Fails with kNotFound, kIo, or kInvalidInput "FILE: row N, COLUMN: why"; two rows for the same
  /// code and tax on the same day are an error.
  static core::Result<Tariff> load(const std::filesystem::path& path);
  static core::Result<Tariff> parse(std::string_view text, const std::string& name);

  /// What is due on goods of `value` (in the tariff's currency) and `net_mass_kg`, each tax apart;
  /// with a difference in place of the goods: what is at stake. Empty where the tariff has no row:
  /// nothing is known, which is not zero.
  [[nodiscard]] std::vector<Due> due(std::string_view hs_code, double value, double net_mass_kg,
                                     std::int32_t day) const;

 private:
  std::vector<Rate> rates_;
};

}  // namespace portcullis::customs
