#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "customs/risk/risk_table.h"

namespace portcullis::customs {

/// Past outcomes, counted for every value of every input and of some inputs together, and the
/// features that a score makes of them: for each of these keys how often the goods were not as
/// declared (pulled towards the overall share where little is known) and how often they were
/// looked at, and then the quantities themselves.
///
/// A row's features never hold its own outcome nor one of the same day or later: training walks
/// through the days in order and adds a day's outcomes after its rows were encoded (an ordered
/// target encoding; Prokhorenkova et al. 2018, "CatBoost", sections 3 and 4).
/// Threading: const calls are thread-safe.
class OutcomeHistory final {
 public:
  OutcomeHistory();

  void add(const RiskRow& row, bool hit);
  /// `out`: risk_feature_count() values; NaN: missing.
  void features(const RiskRow& row, std::span<float> out) const;
  /// True where an outcome of the row's importer (`input`) is known.
  [[nodiscard]] bool knows(RiskText input, const RiskRow& row) const;
  struct Tally {
    std::uint32_t rows = 0, hits = 0;
  };
  /// Past outcomes like the row in a group's key (risk_group_name()); none for a quantity.
  [[nodiscard]] Tally past(std::size_t group, const RiskRow& row) const;
  [[nodiscard]] Tally all() const { return all_; }

  /// Names of parties and goods are in it as 64-bit hashes.
  [[nodiscard]] nlohmann::json to_json() const;
  /// Fails with kCorrupt; keys other than this version's are kUnsupported.
  static core::Result<OutcomeHistory> from_json(const nlohmann::json& json);

 private:
  /// Tallies by hash: open addressing with linear probing, as a score looks up one in each of 35
  /// of them and little else takes its time.
  class TallyMap {
   public:
    Tally& operator[](std::uint64_t hash);
    [[nodiscard]] Tally find(std::uint64_t hash) const;
    void reserve(std::size_t count);
    /// In the order of the hashes.
    [[nodiscard]] std::vector<std::pair<std::uint64_t, Tally>> sorted() const;

   private:
    struct Slot {
      std::uint64_t hash = 0;
      Tally tally;  ///< rows 0: empty.
    };
    [[nodiscard]] std::size_t place(std::uint64_t hash) const;
    void resize(std::size_t slots);
    std::vector<Slot> slots_;  ///< A power of two of them, or none; at most half in use.
    std::size_t used_ = 0;
  };

  std::vector<TallyMap> tallies_;  ///< One for each key.
  Tally all_;
};

std::size_t risk_feature_count();
/// Features are explained by groups: a key with its share and its count, or a quantity.
std::size_t risk_group_count();
std::size_t risk_group_of(std::size_t feature);
/// "HS6 Code + Country of Origin"
std::string risk_group_name(std::size_t group);
/// What stands there in a row: "440890 + BE".
std::string risk_group_value(std::size_t group, const RiskRow& row);
/// Names of the columns that a group reads.
std::vector<std::string> risk_group_columns(std::size_t group);

}  // namespace portcullis::customs
