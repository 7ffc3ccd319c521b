#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::customs {

/// One tree: nodes as arrays, node 0 the root, children behind their parent.
struct RiskTree {
  struct Node {
    std::int32_t left = -1;     ///< -1: a leaf.
    std::int32_t right = -1;    ///< Set where `left` is.
    std::int32_t feature = 0;   ///< Of a split.
    float threshold = 0;        ///< A split goes left where the feature is smaller than this.
    float value = 0;            ///< Of a leaf; of a split the mean of the leaves below it.
    bool missing_left = false;  ///< Where a split goes with a feature that is NaN.
  };
  std::vector<Node> nodes;
};

/// Gradient-boosted trees as they are scored: a sum of leaves in log-odds. Trained elsewhere
/// (training/train.h); everything read from outside is checked before it is walked.
/// Threading: const calls are thread-safe.
class RiskForest final {
 public:
  RiskForest() = default;
  /// Fails with kCorrupt where a child does not stand behind its parent and within its tree, a
  /// feature is not below `feature_count`, a number is not finite, or there is no tree.
  static core::Result<RiskForest> make(std::vector<RiskTree> trees, double bias,
                                       std::size_t feature_count);

  /// Log-odds of a row of `feature_count` values; NaN: missing.
  [[nodiscard]] double margin(std::span<const float> features) const;
  /// The same of as many rows as `margins` has places, one behind the other in `features`: tree by
  /// tree, so that each tree stays in the cache.
  void margins(std::span<const float> features, std::span<double> margins) const;
  /// What each feature added to the margin, by the change of the mean below each node along the
  /// path (Saabas 2014, "Interpreting random forests"): bias() and all of `parts` add up to
  /// margin(). `parts`: one for each feature, set here.
  void contributions(std::span<const float> features, std::span<double> parts) const;
  /// The margin of a row of which nothing is known: the mean over the training rows.
  [[nodiscard]] double bias() const { return bias_ + root_mean_; }
  [[nodiscard]] std::size_t tree_count() const { return trees_.size(); }
  [[nodiscard]] std::size_t feature_count() const { return feature_count_; }

  [[nodiscard]] nlohmann::json to_json() const;
  /// Fails with kCorrupt that names the tree.
  static core::Result<RiskForest> from_json(const nlohmann::json& json, std::size_t feature_count);

 private:
  std::vector<RiskTree> trees_;
  double bias_ = 0;
  double root_mean_ = 0;
  std::size_t feature_count_ = 0;
};

}  // namespace portcullis::customs
