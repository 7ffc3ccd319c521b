#include "customs/risk/training/train.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <utility>

#include "core/version.h"

namespace portcullis::customs {

namespace {

struct FreeMatrix {
  void operator()(void* matrix) const { XGDMatrixFree(matrix); }
};
struct FreeBooster {
  void operator()(void* booster) const { XGBoosterFree(booster); }
};
using MatrixPtr = std::unique_ptr<void, FreeMatrix>;
using BoosterPtr = std::unique_ptr<void, FreeBooster>;

core::Status library(int returned, std::string_view what) {
  if (returned == 0) return {};
  std::string why = XGBGetLastError();
  why = why.substr(0, why.find('\n'));
  return core::Error{core::ErrorCode::kInternal, fmt::format("training: {}: {}", what, why)};
}

std::string library_version() {
  int major = 0, minor = 0, patch = 0;
  XGBoostVersion(&major, &minor, &patch);
  return fmt::format("XGBoost {}.{}.{}", major, minor, patch);
}

core::Status check_table(const RiskTable& table) {
  const auto bad = [](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, std::string(why)};
  };
  if (table.labels.size() != table.rows.size() || table.rows.empty())
    return bad("the table has no outcomes");
  if (std::all_of(table.labels.begin(), table.labels.end(),
                  [&](auto label) { return label == table.labels.front(); }))
    return bad("all outcomes are the same: there is nothing to learn");
  const auto [first, last] =
      std::minmax_element(table.rows.begin(), table.rows.end(),
                          [](const RiskRow& a, const RiskRow& b) { return a.day < b.day; });
  if (first->day == last->day)
    return bad("all rows are of one day: no row has outcomes known before its own");
  return {};
}

/// Fisher and Yates by our own hand: std::shuffle differs between libraries.
void shuffle(std::vector<std::uint8_t>& labels, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (std::size_t i = labels.size(); i > 1; --i) std::swap(labels[i - 1], labels[random() % i]);
}

/// A tree as the library writes it. Its split nodes get the mean of the leaves below them, by the
/// weight (sum of second derivatives) of the rows that reach each.
core::Result<RiskTree> tree_from(const nlohmann::json& json) {
  const auto numbers = [&](const char* key) -> const nlohmann::json& {
    static const nlohmann::json none;
    return json.contains(key) ? json[key] : none;
  };
  const auto& left = numbers("left_children");
  const auto& right = numbers("right_children");
  const auto& feature = numbers("split_indices");
  const auto& condition = numbers("split_conditions");
  const auto& missing = numbers("default_left");
  const auto& weight = numbers("sum_hessian");
  const auto count = left.size();
  for (const auto* list : {&left, &right, &feature, &condition, &missing, &weight}) {
    if (!list->is_array() || list->size() != count || count == 0)
      return core::Error{core::ErrorCode::kInternal,
                         "training: the library writes its trees in a way not known here"};
  }
  RiskTree tree;
  tree.nodes.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto& node = tree.nodes[i];
    node.left = left[i].get<std::int32_t>();
    node.right = node.left < 0 ? -1 : right[i].get<std::int32_t>();
    if (node.left < 0) {
      node.value = condition[i].get<float>();
      continue;
    }
    node.feature = feature[i].get<std::int32_t>();
    node.threshold = condition[i].get<float>();
    node.missing_left =
        missing[i].is_boolean() ? missing[i].get<bool>() : missing[i].get<int>() != 0;
  }
  for (std::size_t i = count; i-- > 0;) {
    auto& node = tree.nodes[i];
    if (node.left < 0) continue;
    const auto l = static_cast<std::size_t>(node.left);
    const auto r = static_cast<std::size_t>(node.right);
    if (l <= i || r <= i || l >= count || r >= count) continue;  // RiskForest::make() refuses it.
    const double of_left = weight[l].get<double>();
    const double of_right = weight[r].get<double>();
    const double sum = of_left + of_right;
    const double share = sum > 0 ? of_left / sum : 0.5;
    node.value = static_cast<float>(share * static_cast<double>(tree.nodes[l].value) +
                                    (1 - share) * static_cast<double>(tree.nodes[r].value));
  }
  return tree;
}

core::Result<RiskForest> forest_of(BoosterHandle booster, double bias) {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  PC_CHECK(
      library(XGBoosterSaveModelToBuffer(booster, R"({"format":"json"})", &size, &bytes), "save"));
  const auto json = nlohmann::json::parse(std::string_view(bytes, size), nullptr, false);
  const nlohmann::json::json_pointer place("/learner/gradient_booster/model/trees");
  if (json.is_discarded() || !json.contains(place) || !json.at(place).is_array())
    return core::Error{core::ErrorCode::kInternal,
                       "training: the library writes its model in a way not known here"};
  std::vector<RiskTree> trees;
  for (const auto& tree : json.at(place)) {
    PC_TRY(auto read, tree_from(tree));
    trees.push_back(std::move(read));
  }
  return RiskForest::make(std::move(trees), bias, risk_feature_count());
}

/// Our trees must say what the library says, whatever its next version writes into its file.
core::Status check_forest(const RiskForest& forest, BoosterHandle booster, DMatrixHandle matrix,
                          std::span<const float> features) {
  constexpr int kMargins = 1;
  constexpr double kToleranceMax = 1e-3;  // floats added up in another order
  bst_ulong count = 0;
  const float* margins = nullptr;
  PC_CHECK(library(XGBoosterPredict(booster, matrix, kMargins, 0, 0, &count, &margins), "predict"));
  const auto width = forest.feature_count();
  constexpr std::size_t kRowsMax = 1000;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, kRowsMax); ++i) {
    const double ours = forest.margin(features.subspan(i * width, width));
    if (!(std::abs(ours - static_cast<double>(margins[i])) < kToleranceMax))
      return core::Error{core::ErrorCode::kInternal,
                         fmt::format("training: row {}: the trees as kept give {}, the library {}",
                                     i, ours, margins[i])};
  }
  return {};
}

core::Result<RiskForest> boost(const TrainingRows& encoded, const TrainingOptions& options,
                               const TrainingProgress& progress) {
  const auto rows = encoded.labels.size();
  DMatrixHandle matrix_handle = nullptr;
  PC_CHECK(library(XGDMatrixCreateFromMat(encoded.features.data(), rows, risk_feature_count(),
                                          std::numeric_limits<float>::quiet_NaN(), &matrix_handle),
                   "rows"));
  const MatrixPtr matrix(matrix_handle);
  PC_CHECK(
      library(XGDMatrixSetFloatInfo(matrix.get(), "label", encoded.labels.data(), rows), "labels"));
  BoosterHandle booster_handle = nullptr;
  PC_CHECK(library(XGBoosterCreate(&matrix_handle, 1, &booster_handle), "create"));
  const BoosterPtr booster(booster_handle);
  const double share = std::accumulate(encoded.labels.begin(), encoded.labels.end(), 0.0) /
                       static_cast<double>(rows);
  const std::pair<const char*, std::string> settings[] = {
      {"verbosity", "0"},
      // Sums of floats depend on how many threads share them; one gives the same bytes everywhere.
      {"nthread", "1"},
      {"objective", "binary:logistic"},
      {"base_score", fmt::format("{}", share)},
      {"tree_method", "hist"},
      {"max_bin", "64"},
      {"max_depth", std::to_string(options.depth)},
      {"eta", fmt::format("{}", options.learning_rate)},
      {"min_child_weight", "5"},
      {"lambda", "2"},
      {"subsample", "0.8"},
      {"colsample_bytree", "0.5"},
      {"seed", std::to_string(options.seed)}};
  for (const auto& [name, value] : settings)
    PC_CHECK(library(XGBoosterSetParam(booster.get(), name, value.c_str()), name));
  for (int round = 0; round < options.rounds; ++round) {
    if (progress) progress("trees", static_cast<double>(round) / options.rounds);
    PC_CHECK(library(XGBoosterUpdateOneIter(booster.get(), round, matrix.get()), "round"));
  }
  PC_TRY(auto forest, forest_of(booster.get(), std::log(share / (1 - share))));
  PC_CHECK(check_forest(forest, booster.get(), matrix.get(), encoded.features));
  return forest;
}

std::string month_of(const RiskRow& row) {
  return day_text(row.day).substr(0, 7);
}

}  // namespace

TrainingRows encode_rows(const RiskTable& table, const std::vector<std::uint8_t>& labels) {
  TrainingRows rows;
  auto& order = rows.order;
  order.resize(table.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return table.rows[a].day < table.rows[b].day;
  });
  const auto width = risk_feature_count();
  rows.features.resize(order.size() * width);
  rows.labels.reserve(order.size());
  std::size_t added = 0;
  const auto add_before = [&](std::size_t end) {
    for (; added < end; ++added)
      rows.history.add(table.rows[order[added]], labels[order[added]] != 0);
  };
  std::size_t day_begin = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto& row = table.rows[order[i]];
    if (row.day != table.rows[order[day_begin]].day) day_begin = i;
    add_before(day_begin);
    rows.history.features(row, std::span(rows.features).subspan(i * width, width));
    rows.labels.push_back(static_cast<float>(labels[order[i]]));
  }
  add_before(order.size());
  return rows;
}

core::Result<RiskModel> train_risk_model(const RiskTable& table, const std::string& label,
                                         const TrainingOptions& options,
                                         const TrainingProgress& progress) {
  PC_CHECK(check_table(table));
  if (progress) progress("history", 0);
  auto labels = table.labels;
  if (options.shuffle_labels) shuffle(labels, options.seed);
  auto encoded = encode_rows(table, labels);
  PC_TRY(auto forest, boost(encoded, options, progress));
  const auto [first, last] =
      std::minmax_element(table.rows.begin(), table.rows.end(),
                          [](const RiskRow& a, const RiskRow& b) { return a.day < b.day; });
  RiskProvenance provenance;
  provenance.label = label;
  provenance.data_sha256 = table.sha256;
  provenance.rows = table.rows.size();
  provenance.first_day = day_text(first->day);
  provenance.last_day = day_text(last->day);
  provenance.seed = options.seed;
  provenance.software_version = core::kVersion;
  provenance.trainer = library_version();
  provenance.labels_shuffled = options.shuffle_labels;
  return RiskModel(std::move(encoded.history), std::move(forest), std::move(provenance));
}

core::Result<std::vector<RollingMonth>> rolling_months(const RiskTable& table,
                                                       const std::string& label,
                                                       const TrainingOptions& options,
                                                       std::size_t months,
                                                       const TrainingProgress& progress) {
  PC_CHECK(check_table(table));
  std::vector<std::string> names;
  for (const auto& row : table.rows) names.push_back(month_of(row));
  auto distinct = names;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (distinct.size() <= months)
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("the table has {} months: too few to try {} of them", distinct.size(), months)};
  std::vector<RollingMonth> rolling;
  for (std::size_t m = distinct.size() - months; m < distinct.size(); ++m) {
    RiskTable before, tried;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      if (names[i] > distinct[m]) continue;
      auto& part = names[i] == distinct[m] ? tried : before;
      part.rows.push_back(table.rows[i]);
      part.labels.push_back(table.labels[i]);
    }
    if (progress) progress("month " + distinct[m], 0);
    PC_TRY(const auto model, train_risk_model(before, label, options));
    PC_TRY(auto evaluation, evaluate_risk(model, tried));
    rolling.push_back({distinct[m], std::move(evaluation.all)});
  }
  return rolling;
}

}  // namespace portcullis::customs
