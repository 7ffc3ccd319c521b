#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "customs/risk/training/train.h"

namespace portcullis::customs {

/// Settings and what they were worth over rolling months (rolling_months()).
struct TuningTrial {
  TrainingOptions options;
  double precision_top_5 = 0;  ///< Mean over the months.
  double log_loss = 0;         ///< The same.
};

/// The settings that tune() tries: depth, number of trees and learning rate in the range that
/// boosted trees of some ten thousand rows are used with; the product's own are among them.
std::vector<TrainingOptions> tuning_grid(std::uint64_t seed);

/// Tries all of `grid` (not empty) on the last `months` of the table, each by a model of all months
/// before it, so that the file that decides is never read. Best first: by precision in the top five
/// per cent, and where that is the same to a thousandth, by the log loss. Errors: as
/// rolling_months().
core::Result<std::vector<TuningTrial>> tune(const RiskTable& table, const std::string& label,
                                            std::span<const TrainingOptions> grid,
                                            std::size_t months,
                                            const TrainingProgress& progress = {});

}  // namespace portcullis::customs
