#include "customs/risk/risk_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/files.h"
#include "core/parallel.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kModelBytesMax = 500'000'000;
constexpr std::string_view kFirstLine = "portcullis-risk-model 1 sha256=";
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kIdDigits = 12;
constexpr std::size_t kRowsAtOnce = 128;

double share_of_margin(double margin) {
  return 1 / (1 + std::exp(-margin));
}

nlohmann::json provenance_json(const RiskProvenance& p) {
  return {{"label", p.label},
          {"data_sha256", p.data_sha256},
          {"rows", p.rows},
          {"first_day", p.first_day},
          {"last_day", p.last_day},
          {"seed", p.seed},
          {"software_version", p.software_version},
          {"trainer", p.trainer},
          {"labels_shuffled", p.labels_shuffled}};
}

core::Result<RiskProvenance> provenance_from(const nlohmann::json& j) {
  RiskProvenance p;
  const auto missing = [](const char* key) {
    return core::Error{core::ErrorCode::kCorrupt, fmt::format("provenance.{}: missing", key)};
  };
  const std::pair<const char*, std::string*> texts[] = {{"label", &p.label},
                                                        {"data_sha256", &p.data_sha256},
                                                        {"first_day", &p.first_day},
                                                        {"last_day", &p.last_day},
                                                        {"software_version", &p.software_version},
                                                        {"trainer", &p.trainer}};
  if (!j.is_object()) return missing("label");
  for (const auto& [key, text] : texts) {
    if (!j.contains(key) || !j[key].is_string()) return missing(key);
    *text = j[key].get<std::string>();
  }
  const std::pair<const char*, std::uint64_t*> numbers[] = {{"rows", &p.rows}, {"seed", &p.seed}};
  for (const auto& [key, number] : numbers) {
    if (!j.contains(key) || !j[key].is_number_unsigned()) return missing(key);
    *number = j[key].get<std::uint64_t>();
  }
  if (!j.contains("labels_shuffled") || !j["labels_shuffled"].is_boolean())
    return missing("labels_shuffled");
  p.labels_shuffled = j["labels_shuffled"].get<bool>();
  return p;
}

}  // namespace

RiskModel::RiskModel(OutcomeHistory history, RiskForest forest, RiskProvenance provenance)
    : history_(std::move(history)),
      forest_(std::move(forest)),
      provenance_(std::move(provenance)),
      id_(core::sha256_hex(body()).substr(0, kIdDigits)) {
  PC_ASSERT(forest_.feature_count() == risk_feature_count());
}

std::string RiskModel::body() const {
  const nlohmann::json json = {{"provenance", provenance_json(provenance_)},
                               {"forest", forest_.to_json()},
                               {"history", history_.to_json()}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string RiskModel::text() const {
  const auto content = body();
  return fmt::format("{}{}\n{}", kFirstLine, core::sha256_hex(content), content);
}

core::Status RiskModel::save(const std::filesystem::path& path) const {
  return core::write_file_atomically(path, text());
}

core::Result<RiskModel> RiskModel::load(const std::filesystem::path& path) {
  PC_TRY(const auto text, core::read_file(path, kModelBytesMax));
  return parse(text, path.string());
}

core::Result<RiskModel> RiskModel::parse(std::string_view text, const std::string& name) {
  const auto refused = [&](core::ErrorCode code, std::string_view why) {
    return core::Error{code, fmt::format("{}: {}", name, why)};
  };
  if (!text.starts_with(kFirstLine)) {
    return refused(core::ErrorCode::kUnsupported,
                   fmt::format("is no risk model: its first line does not begin with '{}'",
                               kFirstLine.substr(0, kFirstLine.rfind(' '))));
  }
  text.remove_prefix(kFirstLine.size());
  if (text.size() <= kHashDigits || text[kHashDigits] != '\n')
    return refused(core::ErrorCode::kCorrupt, "line 1: the hash is cut off");
  const auto hash = text.substr(0, kHashDigits);
  const auto content = text.substr(kHashDigits + 1);
  if (core::sha256_hex(content) != hash)
    return refused(core::ErrorCode::kCorrupt,
                   "its content does not have the hash of line 1: cut off or changed; train again "
                   "or take it from the backup");
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object() || !json.contains("provenance") || !json.contains("forest") ||
      !json.contains("history"))
    return refused(core::ErrorCode::kCorrupt,
                   "line 2: is no JSON object of provenance, forest and history");
  auto provenance = provenance_from(json["provenance"]);
  if (!provenance.ok()) return provenance.error().with_context(name);
  auto history = OutcomeHistory::from_json(json["history"]);
  if (!history.ok()) return history.error().with_context(name);
  auto forest = RiskForest::from_json(json["forest"], risk_feature_count());
  if (!forest.ok()) return forest.error().with_context(name);
  return RiskModel(std::move(history).value(), std::move(forest).value(),
                   std::move(provenance).value());
}

RiskScore RiskModel::score(const RiskRow& row) const {
  return score(std::span(&row, 1)).front();
}

std::vector<RiskScore> RiskModel::score(std::span<const RiskRow> rows) const {
  std::vector<RiskScore> scores(rows.size());
  const auto width = risk_feature_count();
  core::parallel_for(rows.size(), kRowsAtOnce, [&](std::size_t begin, std::size_t end) {
    const auto count = end - begin;
    std::vector<float> features(count * width);
    std::vector<double> margins(count);
    for (std::size_t i = 0; i < count; ++i)
      history_.features(rows[begin + i], std::span(features).subspan(i * width, width));
    forest_.margins(features, margins);
    for (std::size_t i = 0; i < count; ++i) {
      const auto& row = rows[begin + i];
      scores[begin + i] = {share_of_margin(margins[i]), history_.knows(RiskText::kImporter, row),
                           history_.knows(RiskText::kDeclarant, row)};
    }
  });
  return scores;
}

std::vector<RiskReason> RiskModel::explain(const RiskRow& row, std::size_t count_max) const {
  std::vector<float> features(risk_feature_count());
  history_.features(row, features);
  std::vector<double> parts(features.size());
  forest_.contributions(features, parts);
  std::vector<double> of_group(risk_group_count());
  for (std::size_t f = 0; f < parts.size(); ++f) of_group[risk_group_of(f)] += parts[f];
  std::vector<std::size_t> order(of_group.size());
  for (std::size_t g = 0; g < order.size(); ++g) order[g] = g;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(of_group[a]) > std::abs(of_group[b]);
  });
  order.resize(std::min(order.size(), count_max));
  std::vector<RiskReason> reasons;
  for (const auto group : order) {
    if (of_group[group] == 0) break;
    auto& reason = reasons.emplace_back();
    reason.input = risk_group_name(group);
    reason.value = risk_group_value(group, row);
    reason.contribution = of_group[group];
    const auto past = history_.past(group, row);
    reason.past_rows = past.rows;
    reason.past_share = past.rows == 0 ? 0 : static_cast<double>(past.hits) / past.rows;
  }
  return reasons;
}

}  // namespace portcullis::customs
