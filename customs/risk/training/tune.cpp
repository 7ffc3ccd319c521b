#include "customs/risk/training/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace portcullis::customs {

namespace {

constexpr double kTopShare = 0.05;

double precision_at_5(const RiskFigures& figures) {
  const auto top = std::find_if(figures.tops.begin(), figures.tops.end(), [](const auto& one) {
    return std::abs(one.share - kTopShare) < 1e-9;
  });
  return top == figures.tops.end() ? 0 : top->precision;
}

bool better_trial(const TuningTrial& a, const TuningTrial& b) {
  const auto thousandths = [](const TuningTrial& t) {
    return std::round(1'000 * t.precision_top_5);
  };
  if (thousandths(a) != thousandths(b)) return thousandths(a) > thousandths(b);
  return a.log_loss < b.log_loss;
}

}  // namespace

std::vector<TrainingOptions> tuning_grid(std::uint64_t seed) {
  struct Growth {
    int rounds;
    double learning_rate;
  };
  std::vector<TrainingOptions> grid;
  for (const int depth : {4, 6, 8}) {
    for (const auto& growth : {Growth{100, 0.1}, Growth{200, 0.05}, Growth{400, 0.05}}) {
      auto& options = grid.emplace_back();
      options.seed = seed;
      options.depth = depth;
      options.rounds = growth.rounds;
      options.learning_rate = growth.learning_rate;
    }
  }
  return grid;
}

core::Result<std::vector<TuningTrial>> tune(const RiskTable& table, const std::string& label,
                                            std::span<const TrainingOptions> grid,
                                            std::size_t months, const TrainingProgress& progress) {
  PC_ASSERT(!grid.empty() && months > 0);
  std::vector<TuningTrial> trials;
  for (const auto& options : grid) {
    if (progress)
      progress(fmt::format("tuning: depth {}, {} trees, rate {}", options.depth, options.rounds,
                           options.learning_rate),
               static_cast<double>(trials.size()) / static_cast<double>(grid.size()));
    PC_TRY(const auto rolling, rolling_months(table, label, options, months));
    auto& trial = trials.emplace_back();
    trial.options = options;
    for (const auto& month : rolling) {
      trial.precision_top_5 += precision_at_5(month.figures) / static_cast<double>(rolling.size());
      trial.log_loss += month.figures.log_loss / static_cast<double>(rolling.size());
    }
  }
  std::stable_sort(trials.begin(), trials.end(), better_trial);
  return trials;
}

}  // namespace portcullis::customs
