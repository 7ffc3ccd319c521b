#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "core/time.h"
#include "customs/risk/risk_evaluation.h"
#include "customs/risk/risk_model.h"
#include "customs/risk/risk_table.h"
#include "customs/risk/training/train.h"
#include "customs/risk/training/tune.h"

namespace portcullis::apps {

namespace {

struct RiskOptions {
  std::string data, model, out, label = "Fraud";
  std::uint64_t seed = 1;
  unsigned rolling_months = 0;
  unsigned reasons = 0;
  bool shuffle_labels = false;
  bool tune = false;
  bool json = false;
};

void print_risk_json(const nlohmann::json& document) {
  std::printf("%s\n",
              document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

nlohmann::json figures_json(const customs::RiskFigures& f) {
  auto tops = nlohmann::json::array();
  for (const auto& top : f.tops) {
    tops.push_back({{"share", top.share},
                    {"rows", top.rows},
                    {"precision", top.precision},
                    {"precision_interval", {top.interval_low, top.interval_high}},
                    {"recall", top.recall}});
  }
  return {{"rows", f.rows}, {"hits", f.hits},         {"prevalence", f.prevalence},
          {"auc", f.auc},   {"log_loss", f.log_loss}, {"top", std::move(tops)}};
}

nlohmann::json model_json(const customs::RiskModel& model) {
  const auto& p = model.provenance();
  return {{"id", model.id()},
          {"label", p.label},
          {"data_sha256", p.data_sha256},
          {"rows", p.rows},
          {"first_day", p.first_day},
          {"last_day", p.last_day},
          {"seed", p.seed},
          {"software_version", p.software_version},
          {"trainer", p.trainer},
          {"trees", model.forest().tree_count()},
          {"labels_shuffled", p.labels_shuffled}};
}

void print_figures(const char* of_what, const customs::RiskFigures& f) {
  std::printf("%s: %llu rows, %.1f %% not as declared, AUC %.3f\n", of_what,
              static_cast<unsigned long long>(f.rows), 100 * f.prevalence, f.auc);
  for (const auto& top : f.tops) {
    std::printf("  top %2.0f %%: %5llu rows, precision %.3f (95 %%: %.3f to %.3f), recall %.3f\n",
                100 * top.share, static_cast<unsigned long long>(top.rows), top.precision,
                top.interval_low, top.interval_high, top.recall);
  }
}

double seconds_since(core::TimePoint start) {
  return std::chrono::duration<double>(core::SystemClock().now() - start).count();
}

/// A line on stderr for each tenth of each part of the work.
customs::TrainingProgress progress_on_stderr() {
  auto last = std::make_shared<std::string>();
  return [last](const std::string& what, double done) {
    const auto line = fmt::format("{} {} %", what, 10 * static_cast<int>(10 * done));
    if (line == *last) return;
    *last = line;
    std::fprintf(stderr, "portcullis: %s\n", line.c_str());
  };
}

/// Sets depth, trees and rate of `training` to the best that was tried; what was tried goes into
/// `tried`.
core::Status tune_training(const RiskOptions& options, const customs::RiskTable& table,
                           const customs::TrainingProgress& progress,
                           customs::TrainingOptions& training, nlohmann::json& tried) {
  constexpr unsigned kMonths = 3;
  PC_TRY(const auto trials,
         customs::tune(table, options.label, customs::tuning_grid(options.seed),
                       options.rolling_months > 0 ? options.rolling_months : kMonths, progress));
  for (const auto& trial : trials) {
    tried.push_back({{"depth", trial.options.depth},
                     {"trees", trial.options.rounds},
                     {"learning_rate", trial.options.learning_rate},
                     {"precision_top_5", trial.precision_top_5},
                     {"log_loss", trial.log_loss}});
    if (!options.json)
      std::printf("depth %d, %3d trees, rate %.2f: precision in the top 5 %% %.3f, log loss %.4f\n",
                  trial.options.depth, trial.options.rounds, trial.options.learning_rate,
                  trial.precision_top_5, trial.log_loss);
  }
  training = trials.front().options;
  return {};
}

int run_risk_train(const RiskOptions& options) {
  const auto start = core::SystemClock().now();
  const auto progress = progress_on_stderr();
  progress("reading", 0);
  const auto table = customs::read_risk_table(options.data, options.label);
  if (!table.ok()) return report_error(table.error());
  customs::TrainingOptions training;
  training.seed = options.seed;
  auto tried = nlohmann::json::array();
  if (options.tune) {
    if (const auto tuned = tune_training(options, *table, progress, training, tried); !tuned.ok())
      return report_error(tuned.error().with_context(options.data));
  }
  training.shuffle_labels = options.shuffle_labels;
  nlohmann::json rolling = nlohmann::json::array();
  if (options.rolling_months > 0) {
    const auto months =
        customs::rolling_months(*table, options.label, training, options.rolling_months, progress);
    if (!months.ok()) return report_error(months.error().with_context(options.data));
    for (const auto& month : *months) {
      rolling.push_back({{"month", month.month}, {"figures", figures_json(month.figures)}});
      if (!options.json) print_figures(month.month.c_str(), month.figures);
    }
  }
  const auto model = customs::train_risk_model(*table, options.label, training, progress);
  if (!model.ok()) return report_error(model.error().with_context(options.data));
  const auto saved = model->save(options.out);
  if (!saved.ok()) return report_error(saved.error());
  const double took_s = seconds_since(start);
  if (options.json) {
    print_risk_json({{"model", model_json(*model)},
                     {"file", options.out},
                     {"tuning", std::move(tried)},
                     {"rolling_months", std::move(rolling)},
                     {"took_s", took_s}});
  } else {
    std::printf("model %s of %llu rows (%s to %s) in %s, %.1f s\n", model->id().c_str(),
                static_cast<unsigned long long>(model->provenance().rows),
                model->provenance().first_day.c_str(), model->provenance().last_day.c_str(),
                options.out.c_str(), took_s);
  }
  return 0;
}

int run_risk_eval(const RiskOptions& options) {
  const auto model = customs::RiskModel::load(options.model);
  if (!model.ok()) return report_error(model.error());
  const auto table = customs::read_risk_table(options.data, options.label);
  if (!table.ok()) return report_error(table.error());
  const auto first = std::min_element(table->rows.begin(), table->rows.end(),
                                      [](const auto& a, const auto& b) { return a.day < b.day; });
  if (customs::day_text(first->day) <= model->provenance().last_day) {
    std::fprintf(stderr,
                 "portcullis: %s begins on %s, the model learnt until %s: what it knew already "
                 "makes the figures too good\n",
                 options.data.c_str(), customs::day_text(first->day).c_str(),
                 model->provenance().last_day.c_str());
  }
  const auto evaluation = customs::evaluate_risk(*model, *table);
  if (!evaluation.ok()) return report_error(evaluation.error().with_context(options.data));
  if (options.json) {
    print_risk_json({{"model", model_json(*model)},
                     {"data_sha256", table->sha256},
                     {"weighted", !table->probabilities.empty()},
                     {"all", figures_json(evaluation->all)},
                     {"importer_seen", figures_json(evaluation->importer_seen)},
                     {"importer_never_seen", figures_json(evaluation->importer_never_seen)}});
  } else {
    print_figures("all", evaluation->all);
    print_figures("importer seen", evaluation->importer_seen);
    print_figures("importer never seen", evaluation->importer_never_seen);
  }
  return 0;
}

nlohmann::json reasons_json(const customs::RiskModel& model, const customs::RiskRow& row,
                            unsigned count) {
  auto reasons = nlohmann::json::array();
  for (const auto& reason : model.explain(row, count)) {
    nlohmann::json entry = {
        {"input", reason.input}, {"value", reason.value}, {"contribution", reason.contribution}};
    if (reason.past_rows > 0) {
      entry["past_rows"] = reason.past_rows;
      entry["past_share"] = reason.past_share;
    }
    reasons.push_back(std::move(entry));
  }
  return reasons;
}

int run_risk_score(const RiskOptions& options) {
  const auto model = customs::RiskModel::load(options.model);
  if (!model.ok()) return report_error(model.error());
  const auto table = customs::read_risk_table(options.data, "");
  if (!table.ok()) return report_error(table.error());
  const auto start = core::SystemClock().now();
  const auto scores = model->score(table->rows);
  const double took_s = seconds_since(start);
  std::fprintf(stderr, "portcullis: %zu rows scored in %.3f s, %.0f a second\n", scores.size(),
               took_s, static_cast<double>(scores.size()) / std::max(took_s, 1e-9));
  if (options.json) {
    auto rows = nlohmann::json::array();
    for (std::size_t i = 0; i < scores.size(); ++i) {
      nlohmann::json row = {{"row", i + 2},  // As a spreadsheet counts: the header is row 1.
                            {"score", scores[i].score},
                            {"importer_known", scores[i].importer_known},
                            {"declarant_known", scores[i].declarant_known}};
      if (options.reasons > 0)
        row["reasons"] = reasons_json(*model, table->rows[i], options.reasons);
      rows.push_back(std::move(row));
    }
    print_risk_json({{"model", model_json(*model)}, {"scores", std::move(rows)}});
    return 0;
  }
  std::printf("row,score,importer_known,declarant_known\n");
  for (std::size_t i = 0; i < scores.size(); ++i) {
    std::printf("%zu,%.6f,%d,%d\n", i + 2, scores[i].score, scores[i].importer_known ? 1 : 0,
                scores[i].declarant_known ? 1 : 0);
  }
  return 0;
}

}  // namespace

void add_risk(Command app, int& exit_code) {
  auto options = std::make_shared<RiskOptions>();
  auto command = app.add_subcommand("risk", "Risk rules and the learnt score");
  command.require_subcommand();
  auto train = command.add_subcommand("train", "Learn a score from past declarations");
  train.add_option("data", options->data, "CSV of declarations with outcomes").required();
  train.add_option("--out", options->out, "Model file to write").required();
  train.add_option("--label", options->label, "Column of the outcome").show_default();
  train.add_option("--seed", options->seed, "Of what is drawn by lot").show_default();
  train.add_option("--rolling", options->rolling_months,
                   "Also try each of the last N months on a model of the months before");
  train.add_flag("--tune", options->tune,
                 "Try depths, numbers of trees and rates by rolling months (3, or --rolling), and "
                 "train with the best");
  train.add_flag("--shuffle-labels", options->shuffle_labels,
                 "Outcomes by lot: shows what chance alone gives");
  train.add_flag("--json", options->json, "One JSON document on stdout");
  train.callback([options, &exit_code] { exit_code = run_risk_train(*options); });
  auto eval = command.add_subcommand("eval", "What a model is worth on later declarations");
  eval.add_option("model", options->model, "Model file").required();
  eval.add_option("data", options->data, "CSV of declarations with outcomes").required();
  eval.add_option("--label", options->label, "Column of the outcome").show_default();
  eval.add_flag("--json", options->json, "One JSON document on stdout");
  eval.callback([options, &exit_code] { exit_code = run_risk_eval(*options); });
  auto score = command.add_subcommand("score", "Score declarations; CSV or JSON on stdout");
  score.add_option("model", options->model, "Model file").required();
  score.add_option("data", options->data, "CSV of declarations").required();
  score.add_option("--reasons", options->reasons, "With --json: that many reasons for each score");
  score.add_flag("--json", options->json, "One JSON document on stdout");
  score.callback([options, &exit_code] { exit_code = run_risk_score(*options); });
  add_risk_rules(command, exit_code);
  add_risk_releases(command, exit_code);
}

}  // namespace portcullis::apps
