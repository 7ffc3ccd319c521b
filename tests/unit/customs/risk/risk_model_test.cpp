#include "customs/risk/risk_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

#include "core/files.h"
#include "core/parallel.h"
#include "customs/risk/risk_evaluation.h"
#include "customs/risk/training/train.h"
#include "customs/risk/training/tune.h"
#include "tests/unit/customs/risk/risk_samples.h"

namespace portcullis::customs {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kSampleRows = 4000;

TrainingOptions few_trees(std::uint64_t seed = 1) {
  TrainingOptions options;
  options.seed = seed;
  options.rounds = 40;
  options.depth = 4;
  return options;
}

RiskModel trained(const RiskTable& table, const TrainingOptions& options) {
  auto model = train_risk_model(table, "Fraud", options);
  EXPECT_TRUE(model.ok()) << model.error().message;
  return std::move(model).value();
}

/// One model for the tests that only look at it.
const RiskModel& sample_model() {
  static const RiskModel model = trained(risk_sample(1, kSampleRows), few_trees());
  return model;
}

/// Later rows, by another seed, of the same world.
RiskTable later_sample() {
  auto table = risk_sample(2, kSampleRows);
  for (auto& row : table.rows) row.day += 182;
  return table;
}

TEST(RiskModel, NeitherOutcomesNorIdentifiersAreInputs) {
  for (std::size_t group = 0; group < risk_group_count(); ++group) {
    const auto columns = risk_group_columns(group);
    EXPECT_FALSE(columns.empty());
    for (const char* forbidden : {"Fraud", "Critical Fraud", "Declaration ID", "Date"})
      EXPECT_THAT(columns, Not(Contains(forbidden)));
  }
  // And what stands in these columns changes no score.
  const auto csv = risk_sample_csv(1, kSampleRows);
  std::string other;
  std::size_t row = 0, at = 0;
  while (at < csv.size()) {
    const auto end = csv.find('\n', at);
    auto line = csv.substr(at, end - at);
    if (row > 0) {
      line = std::to_string(999999 - row * 7) + line.substr(line.find(','));
      line.back() = line.back() == '0' ? '2' : '0';
    }
    other += line + "\n";
    at = end + 1;
    ++row;
  }
  const auto table = parse_risk_table(other, "other.csv", "Fraud");
  ASSERT_TRUE(table.ok());
  const auto model = trained(*table, few_trees());
  EXPECT_NE(model.text(), sample_model().text());  // The record names the other file.
  EXPECT_EQ(model.forest().to_json(), sample_model().forest().to_json());
  for (const auto& item : later_sample().rows)
    ASSERT_EQ(model.score(item).score, sample_model().score(item).score);
}

TEST(RiskModel, ARowsFeaturesKnowOnlyOutcomesOfEarlierDays) {
  auto table = risk_sample(3, 600);
  std::mt19937_64 random(3);
  for (std::size_t i = table.rows.size(); i > 1; --i) {  // The file's order is not to matter.
    const auto j = random() % i;
    std::swap(table.rows[i - 1], table.rows[j]);
    std::swap(table.labels[i - 1], table.labels[j]);
  }
  const auto rows = encode_rows(table, table.labels);
  const auto width = risk_feature_count();
  ASSERT_EQ(rows.features.size(), table.rows.size() * width);
  std::vector<float> expected(width);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[rows.order[i]];
    EXPECT_EQ(rows.labels[i], static_cast<float>(table.labels[rows.order[i]]));
    OutcomeHistory before;
    for (std::size_t k = 0; k < table.rows.size(); ++k)
      if (table.rows[k].day < row.day) before.add(table.rows[k], table.labels[k] != 0);
    before.features(row, expected);
    for (std::size_t f = 0; f < width; ++f)
      ASSERT_EQ(rows.features[i * width + f], expected[f]) << "row " << i << " feature " << f;
  }
  EXPECT_EQ(rows.history.all().rows, table.rows.size());
}

TEST(RiskModel, FindsWhatWasDeclaredTooLow) {
  const auto evaluation = evaluate_risk(sample_model(), later_sample());
  ASSERT_TRUE(evaluation.ok());
  // One row in 35 is of the guilty heading and origin, and 80 % of those are fraud: the first per
  // cent is nearly all of them. Three standard deviations below: 0.8 - 3 sqrt(0.16 / 40).
  EXPECT_GT(evaluation->all.tops[0].precision, 0.61);
  EXPECT_EQ(evaluation->all.rows, static_cast<std::uint64_t>(kSampleRows));
  EXPECT_EQ(evaluation->importer_seen.rows + evaluation->importer_never_seen.rows,
            evaluation->all.rows);
}

TEST(RiskModel, ShuffledLabelsGiveChance) {
  auto options = few_trees();
  options.shuffle_labels = true;
  const auto model = trained(risk_sample(1, kSampleRows), options);
  EXPECT_TRUE(model.provenance().labels_shuffled);
  const auto evaluation = evaluate_risk(model, later_sample());
  ASSERT_TRUE(evaluation.ok());
  // 200 rows by lot: three standard deviations are 3 sqrt(0.12 * 0.88 / 200) = 0.069.
  EXPECT_NEAR(evaluation->all.tops[1].precision, evaluation->all.prevalence, 0.069);
  EXPECT_NEAR(evaluation->all.auc, 0.5, 0.04);
}

TEST(RiskModel, TheSameTrainingGivesTheSameBytes) {
  core::set_parallel_threads(1);
  const auto alone = trained(risk_sample(1, kSampleRows), few_trees()).text();
  core::set_parallel_threads(0);
  EXPECT_EQ(core::sha256_hex(alone), core::sha256_hex(sample_model().text()));
  EXPECT_NE(trained(risk_sample(1, kSampleRows), few_trees(2)).text(), alone);
}

TEST(RiskModel, ComesBackFromItsFile) {
  const auto text = sample_model().text();
  const auto read = RiskModel::parse(text, "m.risk");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->text(), text);
  EXPECT_EQ(read->id(), sample_model().id());
  EXPECT_EQ(read->provenance().first_day, "2024-01-01");
  const auto later = later_sample();
  const auto scores = read->score(later.rows);
  for (std::size_t i = 0; i < scores.size(); ++i)
    ASSERT_EQ(scores[i].score, sample_model().score(later.rows[i]).score);
}

TEST(RiskModel, AChangedFileIsRefused) {
  const auto text = sample_model().text();
  constexpr std::uint64_t kSeed = 11;
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 60; ++i) {
    auto changed = text;
    const auto at = random() % changed.size();
    changed[at] = static_cast<char>(changed[at] ^ (1 << (random() % 7)));
    const auto read = RiskModel::parse(changed, "m.risk");
    ASSERT_FALSE(read.ok()) << "seed " << kSeed << " byte " << at;
    EXPECT_TRUE(read.error().message.starts_with("m.risk: "));
    const auto cut = RiskModel::parse(std::string_view(text).substr(0, at), "m.risk");
    ASSERT_FALSE(cut.ok()) << "seed " << kSeed << " cut at " << at;
  }
}

/// The model's file with its content changed and the right hash.
core::Error forged(const std::function<void(nlohmann::json&)>& change) {
  const auto text = sample_model().text();
  auto json = nlohmann::json::parse(text.substr(text.find('\n') + 1));
  change(json);
  const auto body = json.dump();
  const auto read = RiskModel::parse(
      "portcullis-risk-model 1 sha256=" + core::sha256_hex(body) + "\n" + body, "m.risk");
  EXPECT_FALSE(read.ok());
  return read.ok() ? core::Error{} : read.error();
}

TEST(RiskModel, AForgedFileIsRefusedWithItsReason) {
  auto error = forged([](auto& j) { j["forest"]["trees"][1][0][1] = 0; });
  EXPECT_EQ(error.code, core::ErrorCode::kCorrupt);
  EXPECT_EQ(error.message, "m.risk: tree 1: node 0: its children are out of place");
  EXPECT_THAT(forged([](auto& j) { j["forest"]["trees"][0][0][2] = 100000; }).message,
              HasSubstr("tree 0: node 0: its children are out of place"));
  EXPECT_THAT(forged([](auto& j) { j["forest"]["trees"][0][0][3] = 100000; }).message,
              HasSubstr("there is no feature 100000"));
  EXPECT_THAT(forged([](auto& j) { j["forest"]["trees"][0][0][0] = 1e39; }).message,
              HasSubstr("a number is not finite"));
  EXPECT_THAT(forged([](auto& j) { j["forest"]["trees"][0][0].erase(0); }).message,
              HasSubstr("neither 1 nor 6 numbers"));
  EXPECT_THAT(forged([](auto& j) { j["history"]["keys"][0]["values"][2] = 1u << 30; }).message,
              HasSubstr("key 0: more hits than rows"));
  EXPECT_THAT(forged([](auto& j) { j["provenance"].erase("seed"); }).message,
              HasSubstr("provenance.seed: missing"));
  error = forged([](auto& j) { j["history"]["keys"][0]["key"] = "Critical Fraud"; });
  EXPECT_EQ(error.code, core::ErrorCode::kUnsupported);
  EXPECT_THAT(error.message, HasSubstr("train again"));
}

TEST(RiskModel, ReasonsAddUpToTheScore) {
  const auto later = later_sample();
  for (std::size_t i = 0; i < 50; ++i) {
    const auto& row = later.rows[i];
    const auto reasons = sample_model().explain(row, risk_group_count());
    double margin = sample_model().forest().bias();
    for (std::size_t r = 0; r < reasons.size(); ++r) {
      margin += reasons[r].contribution;
      if (r > 0) {
        EXPECT_LE(std::abs(reasons[r].contribution), std::abs(reasons[r - 1].contribution));
      }
    }
    EXPECT_NEAR(1 / (1 + std::exp(-margin)), sample_model().score(row).score, 1e-6);
  }
}

TEST(RiskModel, TheFirstReasonNamesTheGuiltyGoods) {
  auto row = later_sample().rows[0];
  row.text(RiskText::kHs6) = "240400";
  row.text(RiskText::kOriginCountry) = "DE";
  const auto reasons = sample_model().explain(row, 3);
  ASSERT_EQ(reasons.size(), 3U);
  EXPECT_EQ(reasons[0].input, "HS6 Code + Country of Origin");
  EXPECT_EQ(reasons[0].value, "240400 + DE");
  EXPECT_GT(reasons[0].contribution, 0.5);
  EXPECT_NEAR(reasons[0].past_share, 0.8, 0.12);
}

TEST(RiskTraining, RefusesWhatTeachesNothing) {
  auto table = risk_sample(1, 50);
  const auto problem = [](const RiskTable& t) {
    const auto model = train_risk_model(t, "Fraud", few_trees());
    return model.ok() ? std::string() : model.error().message;
  };
  auto same = table;
  for (auto& label : same.labels) label = 0;
  EXPECT_EQ(problem(same), "all outcomes are the same: there is nothing to learn");
  auto one_day = table;
  for (auto& row : one_day.rows) row.day = 5;
  EXPECT_THAT(problem(one_day), HasSubstr("all rows are of one day"));
  table.labels.clear();
  EXPECT_EQ(problem(table), "the table has no outcomes");
}

TEST(RiskTraining, RollingMonthsLearnFromEarlierMonthsOnly) {
  const auto table = risk_sample(1, 1500);
  const auto months = rolling_months(table, "Fraud", few_trees(), 2);
  ASSERT_TRUE(months.ok());
  ASSERT_EQ(months->size(), 2U);
  EXPECT_EQ((*months)[0].month, "2024-05");
  EXPECT_EQ((*months)[1].month, "2024-06");
  // The same by hand.
  RiskTable before, may;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto month = day_text(table.rows[i].day).substr(0, 7);
    if (month > "2024-05") continue;
    auto& part = month == "2024-05" ? may : before;
    part.rows.push_back(table.rows[i]);
    part.labels.push_back(table.labels[i]);
  }
  EXPECT_EQ((*months)[0].figures.auc, evaluate_risk(trained(before, few_trees()), may)->all.auc);
  EXPECT_FALSE(rolling_months(table, "Fraud", few_trees(), 6).ok());
}

TEST(RiskTraining, TuningTakesWhatTheMonthsBeforeSpeakFor) {
  const auto table = risk_sample(1, 1500);
  auto blind = few_trees();
  blind.shuffle_labels = true;
  const std::vector<TrainingOptions> grid = {blind, few_trees()};
  const auto trials = tune(table, "Fraud", grid, 2);
  ASSERT_TRUE(trials.ok()) << trials.error().message;
  ASSERT_EQ(trials->size(), 2U);
  EXPECT_FALSE(trials->at(0).options.shuffle_labels);
  EXPECT_GT(trials->at(0).precision_top_5, trials->at(1).precision_top_5);
  const auto months = rolling_months(table, "Fraud", few_trees(), 2);
  ASSERT_TRUE(months.ok());
  EXPECT_DOUBLE_EQ(trials->at(0).log_loss,
                   (months->at(0).figures.log_loss + months->at(1).figures.log_loss) / 2);
  const auto all = tuning_grid(7);
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const auto& one) {
    const TrainingOptions product;
    return one.depth == product.depth && one.rounds == product.rounds &&
           one.learning_rate == product.learning_rate && one.seed == 7;
  }));
  EXPECT_FALSE(tune(table, "Fraud", grid, 6).ok());
}

TEST(RiskFigures, AreThoseOfTheDefinitions) {
  // Scores with one tie. Pairs of a hit and another: 2 x 3; right: 0.9 over all 3, 0.5 over one and
  // tied with one: (3 + 1.5) / 6.
  const std::vector<double> scores = {0.9, 0.8, 0.5, 0.5, 0.1};
  const std::vector<std::uint8_t> labels = {1, 0, 1, 0, 0};
  const auto figures = risk_figures(scores, labels);
  EXPECT_DOUBLE_EQ(figures.prevalence, 0.4);
  EXPECT_DOUBLE_EQ(figures.auc, 4.5 / 6);
  EXPECT_EQ(figures.tops[3].rows, 1U);
  EXPECT_DOUBLE_EQ(figures.tops[3].precision, 1.0);
  EXPECT_DOUBLE_EQ(figures.tops[3].recall, 0.5);
  const double loss = -(std::log(0.9) + std::log(0.2) + 2 * std::log(0.5) + std::log(0.9)) / 5;
  EXPECT_NEAR(figures.log_loss, loss, 1e-12);
  // Wilson's interval of 1 in 1: 1 / (1 + z^2) to 1.
  constexpr double kZ = 1.959963984540054;  // 97.5 % of the standard normal distribution
  EXPECT_NEAR(figures.tops[3].interval_low, 1 / (1 + kZ * kZ), 1e-9);
}

TEST(RiskFigures, WeightsGiveBackTheShareOfAllArrivals) {
  // 10,000 arrivals at 2 %: suspects (1,000, of them 150 hits) are all opened, of the others (9,000
  // with 50 hits) every tenth.
  std::vector<double> scores, weights;
  std::vector<std::uint8_t> labels;
  const auto add = [&](int count, double score, bool hit, double probability) {
    for (int i = 0; i < count; ++i) {
      scores.push_back(score);
      labels.push_back(hit ? 1 : 0);
      weights.push_back(1 / probability);
    }
  };
  add(150, 0.9, true, 1);
  add(850, 0.9, false, 1);
  add(5, 0.1, true, 0.1);
  add(895, 0.1, false, 0.1);
  EXPECT_NEAR(risk_figures(scores, labels, weights).prevalence, 0.02, 1e-9);
  EXPECT_NEAR(risk_figures(scores, labels).prevalence, 155.0 / 1900, 1e-9);
}

}  // namespace
}  // namespace portcullis::customs
