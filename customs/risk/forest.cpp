#include "customs/risk/forest.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace portcullis::customs {

namespace {

core::Error forest_error(std::size_t tree, std::string_view why) {
  return {core::ErrorCode::kCorrupt, fmt::format("tree {}: {}", tree, why)};
}

core::Status check_tree(const RiskTree& tree, std::size_t index, std::size_t feature_count) {
  if (tree.nodes.empty()) return forest_error(index, "has no node");
  const auto count = static_cast<std::int32_t>(tree.nodes.size());
  for (std::int32_t i = 0; i < count; ++i) {
    const auto& node = tree.nodes[static_cast<std::size_t>(i)];
    if (!std::isfinite(node.value) || !std::isfinite(node.threshold))
      return forest_error(index, fmt::format("node {}: a number is not finite", i));
    if (node.left == -1 && node.right == -1) continue;
    // Children behind their parent: a walk down ends whatever stands in the file.
    if (node.left <= i || node.right <= i || node.left >= count || node.right >= count)
      return forest_error(index, fmt::format("node {}: its children are out of place", i));
    if (node.feature < 0 || static_cast<std::size_t>(node.feature) >= feature_count)
      return forest_error(index, fmt::format("node {}: there is no feature {}", i, node.feature));
  }
  return {};
}

const RiskTree::Node& child_of(const RiskTree& tree, const RiskTree::Node& node, float value) {
  const bool left = std::isnan(value) ? node.missing_left : value < node.threshold;
  return tree.nodes[static_cast<std::size_t>(left ? node.left : node.right)];
}

}  // namespace

core::Result<RiskForest> RiskForest::make(std::vector<RiskTree> trees, double bias,
                                          std::size_t feature_count) {
  if (trees.empty()) return core::Error{core::ErrorCode::kCorrupt, "there is no tree"};
  if (!std::isfinite(bias)) return core::Error{core::ErrorCode::kCorrupt, "bias is not finite"};
  RiskForest forest;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    PC_CHECK(check_tree(trees[i], i, feature_count));
    forest.root_mean_ += static_cast<double>(trees[i].nodes.front().value);
  }
  forest.trees_ = std::move(trees);
  forest.bias_ = bias;
  forest.feature_count_ = feature_count;
  return forest;
}

double RiskForest::margin(std::span<const float> features) const {
  double one = 0;
  margins(features, std::span(&one, 1));
  return one;
}

void RiskForest::margins(std::span<const float> features, std::span<double> margins) const {
  PC_ASSERT(features.size() == feature_count_ * margins.size());
  for (auto& margin : margins) margin = bias_;
  for (const auto& tree : trees_) {
    const auto* row = features.data();
    for (auto& margin : margins) {
      const auto* node = tree.nodes.data();
      while (node->left >= 0) node = &child_of(tree, *node, row[node->feature]);
      margin += static_cast<double>(node->value);
      row += feature_count_;
    }
  }
}

void RiskForest::contributions(std::span<const float> features, std::span<double> parts) const {
  PC_ASSERT(features.size() == feature_count_ && parts.size() == feature_count_);
  for (auto& part : parts) part = 0;
  for (const auto& tree : trees_) {
    const auto* node = tree.nodes.data();
    while (node->left >= 0) {
      const auto feature = static_cast<std::size_t>(node->feature);
      const auto* next = &child_of(tree, *node, features[feature]);
      parts[feature] += static_cast<double>(next->value) - static_cast<double>(node->value);
      node = next;
    }
  }
}

nlohmann::json RiskForest::to_json() const {
  auto trees = nlohmann::json::array();
  for (const auto& tree : trees_) {
    auto nodes = nlohmann::json::array();
    for (const auto& node : tree.nodes) {
      if (node.left < 0)
        nodes.push_back({node.value});
      else
        nodes.push_back({node.value, node.left, node.right, node.feature, node.threshold,
                         node.missing_left ? 1 : 0});
    }
    trees.push_back(std::move(nodes));
  }
  return {{"bias", bias_}, {"trees", std::move(trees)}};
}

core::Result<RiskForest> RiskForest::from_json(const nlohmann::json& json,
                                               std::size_t feature_count) {
  if (!json.is_object() || !json.contains("bias") || !json["bias"].is_number() ||
      !json.contains("trees") || !json["trees"].is_array())
    return core::Error{core::ErrorCode::kCorrupt, "forest: has no 'bias' or no 'trees'"};
  std::vector<RiskTree> trees;
  for (const auto& list : json["trees"]) {
    auto& tree = trees.emplace_back();
    if (!list.is_array()) return forest_error(trees.size() - 1, "is not a list of nodes");
    for (const auto& values : list) {
      const bool leaf = values.is_array() && values.size() == 1;
      if (!leaf && !(values.is_array() && values.size() == 6))
        return forest_error(trees.size() - 1, "a node has neither 1 nor 6 numbers");
      for (std::size_t i = 0; i < values.size(); ++i) {
        const bool whole = i == 1 || i == 2 || i == 3 || i == 5;
        if (!(whole ? values[i].is_number_integer() : values[i].is_number()))
          return forest_error(trees.size() - 1, "a node holds something that is no number");
      }
      auto& node = tree.nodes.emplace_back();
      node.value = values[0].get<float>();
      if (leaf) continue;
      node.left = values[1].get<std::int32_t>();
      node.right = values[2].get<std::int32_t>();
      node.feature = values[3].get<std::int32_t>();
      node.threshold = values[4].get<float>();
      node.missing_left = values[5].get<std::int32_t>() != 0;
    }
  }
  return make(std::move(trees), json["bias"].get<double>(), feature_count);
}

}  // namespace portcullis::customs
