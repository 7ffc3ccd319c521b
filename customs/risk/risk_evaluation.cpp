#include "customs/risk/risk_evaluation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/wilson.h"

namespace portcullis::customs {

namespace {

constexpr double kTopShares[] = {0.01, 0.05, 0.10, 0.20};
/// A probability of 0 or 1 that proves wrong costs no more than this one.
constexpr double kProbabilityMin = 1e-6;

}  // namespace

RiskFigures risk_figures(std::span<const double> scores, std::span<const std::uint8_t> labels,
                         std::span<const double> weights) {
  PC_ASSERT(scores.size() == labels.size());
  PC_ASSERT(weights.empty() || weights.size() == labels.size());
  RiskFigures figures;
  figures.rows = scores.size();
  if (scores.empty()) return figures;
  const auto weight = [&](std::size_t i) { return weights.empty() ? 1.0 : weights[i]; };
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  double positives = 0, negatives = 0, loss = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool hit = labels[i] != 0;
    figures.hits += hit ? 1U : 0U;
    (hit ? positives : negatives) += weight(i);
    const double p = std::clamp(scores[i], kProbabilityMin, 1 - kProbabilityMin);
    loss -= weight(i) * std::log(hit ? p : 1 - p);
  }
  figures.prevalence = positives / (positives + negatives);
  figures.log_loss = loss / (positives + negatives);
  // Pairs in the right order; those with the same score count half.
  double above = 0, right = 0;
  for (std::size_t i = 0; i < order.size();) {
    double tied_hits = 0, tied_others = 0;
    std::size_t end = i;
    for (; end < order.size() && scores[order[end]] == scores[order[i]]; ++end)
      (labels[order[end]] != 0 ? tied_hits : tied_others) += weight(order[end]);
    right += tied_others * (above + tied_hits / 2);
    above += tied_hits;
    i = end;
  }
  figures.auc = positives > 0 && negatives > 0 ? right / (positives * negatives) : 0.5;
  for (const double share : kTopShares) {
    auto& top = figures.tops.emplace_back();
    top.share = share;
    top.rows = std::max<std::uint64_t>(
        static_cast<std::uint64_t>(share * static_cast<double>(order.size())), 1);
    std::uint64_t hits = 0;
    double hit_weight = 0, all_weight = 0;
    for (std::size_t i = 0; i < top.rows; ++i) {
      all_weight += weight(order[i]);
      if (labels[order[i]] == 0) continue;
      ++hits;
      hit_weight += weight(order[i]);
    }
    top.precision = hit_weight / all_weight;
    top.recall = positives > 0 ? hit_weight / positives : 0;
    const auto interval = core::wilson_interval(hits, top.rows);
    top.interval_low = interval.low;
    top.interval_high = interval.high;
  }
  return figures;
}

core::Result<RiskEvaluation> evaluate_risk(const RiskModel& model, const RiskTable& table) {
  if (table.labels.size() != table.rows.size())
    return core::Error{core::ErrorCode::kInvalidInput, "the table has no outcomes"};
  const auto scores = model.score(table.rows);
  struct Part {
    std::vector<double> scores, weights;
    std::vector<std::uint8_t> labels;
  };
  Part all, seen, never;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (auto* part : {&all, scores[i].importer_known ? &seen : &never}) {
      part->scores.push_back(scores[i].score);
      part->labels.push_back(table.labels[i]);
      if (!table.probabilities.empty()) part->weights.push_back(1 / table.probabilities[i]);
    }
  }
  const auto figures = [](const Part& part) {
    return risk_figures(part.scores, part.labels, part.weights);
  };
  return RiskEvaluation{figures(all), figures(never), figures(seen)};
}

}  // namespace portcullis::customs
