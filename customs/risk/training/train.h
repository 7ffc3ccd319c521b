#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/result.h"
#include "customs/risk/risk_evaluation.h"
#include "customs/risk/risk_model.h"
#include "customs/risk/risk_table.h"

/// Training of the learnt score. Scoring needs nothing of it; it alone links XGBoost.
namespace portcullis::customs {

struct TrainingOptions {
  std::uint64_t seed = 1;
  int rounds = 200;  ///< Trees.
  int depth = 6;
  double learning_rate = 0.05;
  /// The label goes to the rows by lot: what is then found is no more than chance.
  bool shuffle_labels = false;
};

/// Called with what is being done and how much of it is done, 0 to 1.
using TrainingProgress = std::function<void(const std::string& what, double done)>;

/// Learns from a table with outcomes. The same table, options and library give the same bytes on
/// every machine and number of cores. `label`: name of the outcome's column, for the record.
/// Fails with kInvalidInput where the rows have no outcomes, only one of both, or are of one day
/// alone; kInternal where the library fails.
core::Result<RiskModel> train_risk_model(const RiskTable& table, const std::string& label,
                                         const TrainingOptions& options,
                                         const TrainingProgress& progress = {});

/// What trees are grown from: the rows in the order of their days, each with features of the
/// outcomes of earlier days only.
struct TrainingRows {
  std::vector<std::size_t> order;  ///< Row of the table that each is.
  std::vector<float> features;     ///< Rows of risk_feature_count().
  std::vector<float> labels;
  OutcomeHistory history;  ///< After the last day: what later rows are scored with.
};
/// `labels`: one for each row of the table. Pure.
TrainingRows encode_rows(const RiskTable& table, const std::vector<std::uint8_t>& labels);

/// What a model of all months before is worth in each of the last `months` of the table: the
/// estimate to choose options by, which never reads the file that decides.
struct RollingMonth {
  std::string month;  ///< "2020-11"
  RiskFigures figures;
};
core::Result<std::vector<RollingMonth>> rolling_months(const RiskTable& table,
                                                       const std::string& label,
                                                       const TrainingOptions& options,
                                                       std::size_t months,
                                                       const TrainingProgress& progress = {});

}  // namespace portcullis::customs
