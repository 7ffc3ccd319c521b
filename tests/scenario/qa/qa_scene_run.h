#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/result.h"
#include "imaging/pipeline/process.h"
#include "imaging/qa/qa.h"
#include "simulator/offline/simulate.h"
#include "simulator/scene/generate_qa.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

namespace portcullis::qa_trials {

inline std::uint64_t number_from_environment(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}
/// Seeds per trial: 20 in the campaign, fewer in the short form.
inline int trial_seeds(int short_form) {
  return static_cast<int>(
      number_from_environment("PORTCULLIS_QA_SEEDS", static_cast<std::uint64_t>(short_form)));
}
inline bool is_campaign() {
  return std::getenv("PORTCULLIS_QA_SEEDS") != nullptr;
}
inline std::uint64_t first_seed() {
  return number_from_environment("PORTCULLIS_QA_FIRST_SEED", 1);
}

/// One generated scene, scanned with all noise on, imaged and read blind.
struct Trial {
  nlohmann::json truth;
  imaging::Images images;
  imaging::QaReport report;
};

inline core::Result<Trial> run_trial_scene(const std::string& toml, nlohmann::json truth,
                                           std::string_view name) {
  PC_TRY(const auto scene, simulator::parse_scene(toml, name, "."));
  PC_TRY(const auto scanner, simulator::load_scanner(scene.scanner));
  simulator::SimulateOptions options;
  options.cache_folder = simulator::calibration_cache_folder();
  PC_TRY(const auto raw, simulator::simulate_raw_scan(
                             scene, scanner, core::UtcTime{1'767'225'600'000'000'000}, options));
  Trial trial;
  trial.truth = std::move(truth);
  PC_TRY(trial.images, imaging::process(raw, {}, {}));
  trial.report = imaging::read_test_objects(trial.images, {});
  return trial;
}

/// The generator's sequence seed is fixed; `seed` counts its scenes, and is the detector's.
inline core::Result<Trial> run_trial(std::string_view mix, std::uint64_t seed) {
  PC_TRY(const auto generated,
         simulator::generate_qa_scene(mix, 0, static_cast<int>(seed), "gantry-6mv"));
  return run_trial_scene(generated.scene_toml, nlohmann::json::parse(generated.expect_json),
                         generated.name + ".toml");
}

}  // namespace portcullis::qa_trials
