#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/risk/forest.h"
#include "customs/risk/outcome_history.h"
#include "customs/risk/risk_table.h"

namespace portcullis::customs {

/// What was learnt from which file, for the record.
struct RiskProvenance {
  std::string label;        ///< Column of the outcome.
  std::string data_sha256;  ///< Of the file.
  std::uint64_t rows = 0;   ///< Of it.
  std::string first_day, last_day;
  std::uint64_t seed = 0;
  std::string software_version;
  std::string trainer;           ///< Library and its version.
  bool labels_shuffled = false;  ///< A trial that must not score anything real.
};

/// Why a score is what it is: one input, or some together.
struct RiskReason {
  std::string input;            ///< "HS6 Code + Country of Origin"
  std::string value;            ///< "440890 + BE"
  double contribution = 0;      ///< Of the log-odds; above 0 speaks for a difference.
  double past_share = 0;        ///< Of goods not as declared among past outcomes like this;
  std::uint64_t past_rows = 0;  ///< so many of them. Both 0 for a quantity.
};

struct RiskScore {
  /// 0 to 1: the share expected among goods like those the model learnt from. At another overall
  /// share it is an order, not a probability.
  double score = 0;
  bool importer_known = false, declarant_known = false;  ///< In past outcomes.
};

/// The learnt score: past outcomes and trees over them. Immutable once made; a file of it is
/// written once and named by its hash.
/// Threading: const calls are thread-safe.
class RiskModel final {
 public:
  RiskModel(OutcomeHistory history, RiskForest forest, RiskProvenance provenance);

  /// Fails with kNotFound, kIo, kCorrupt (the file is not what was written) or kUnsupported (of
  /// another version of this software); the message names the file and what is wrong in it.
  static core::Result<RiskModel> load(const std::filesystem::path& path);
  static core::Result<RiskModel> parse(std::string_view text, const std::string& name);
  /// The same training gives the same bytes.
  [[nodiscard]] std::string text() const;
  core::Status save(const std::filesystem::path& path) const;

  [[nodiscard]] RiskScore score(const RiskRow& row) const;
  /// The same, of many rows, on all cores.
  [[nodiscard]] std::vector<RiskScore> score(std::span<const RiskRow> rows) const;
  /// The `count_max` inputs that moved the score most, largest first.
  [[nodiscard]] std::vector<RiskReason> explain(const RiskRow& row, std::size_t count_max) const;

  [[nodiscard]] const RiskProvenance& provenance() const { return provenance_; }
  [[nodiscard]] const RiskForest& forest() const { return forest_; }
  /// First 12 digits of the hash in its file: what records name it by.
  [[nodiscard]] const std::string& id() const { return id_; }

 private:
  [[nodiscard]] std::string body() const;

  OutcomeHistory history_;
  RiskForest forest_;
  RiskProvenance provenance_;
  std::string id_;
};

}  // namespace portcullis::customs
