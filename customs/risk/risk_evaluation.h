#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "customs/risk/risk_model.h"
#include "customs/risk/risk_table.h"

namespace portcullis::customs {

/// What a score is worth on rows with known outcomes that it did not learn from.
struct RiskFigures {
  struct Top {
    double share = 0;         ///< Of the rows, by score: 0.05
    std::uint64_t rows = 0;   ///< That many (rounded down, at least 1).
    double precision = 0;     ///< Of them, not as declared.
    double recall = 0;        ///< Of all that were not as declared.
    double interval_low = 0;  ///< Wilson's 95 % interval of the precision.
    double interval_high = 0;
  };
  std::uint64_t rows = 0, hits = 0;
  double prevalence = 0;
  double auc = 0;         ///< Area under the ROC curve; ties count half. 0.5 without both.
  double log_loss = 0;    ///< Of the score as a probability, natural logarithm.
  std::vector<Top> tops;  ///< 1, 5, 10 and 20 per cent.
};

/// `weights`: of each row, empty for 1 each. A row that was selected with probability p stands
/// for 1 / p rows (Horvitz and Thompson 1952), so that shares are those of all arrivals; ranks,
/// counts and intervals stay those of the rows.
/// Ties of the score are in the order of the rows.
RiskFigures risk_figures(std::span<const double> scores, std::span<const std::uint8_t> labels,
                         std::span<const double> weights = {});

struct RiskEvaluation {
  RiskFigures all;
  /// Parties that no outcome was known of when the model was made.
  RiskFigures importer_never_seen, importer_seen;
};
/// Fails with kInvalidInput where the table has no outcomes.
core::Result<RiskEvaluation> evaluate_risk(const RiskModel& model, const RiskTable& table);

}  // namespace portcullis::customs
