#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "core/time.h"
#include "core/version.h"
#include "simulator/offline/simulate.h"
#include "simulator/offline/truth.h"

namespace portcullis::apps {

namespace {

struct SimulateArguments {
  std::string scene, out, truth, scanner = "gantry-6mv";
  std::uint64_t seed = 1;
  bool calibration_only = false;
};

/// A line on stderr that is written over; plain lines where stderr is no terminal.
class SimulateProgress {
 public:
  bool operator()(std::string_view step, double share) {
    const int percent = static_cast<int>(share * 100);
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    if (step == step_ && (percent == percent_ || !terminal)) return true;
    if (step != step_ && terminal && !step_.empty()) std::fputc('\n', stderr);
    if (terminal) {
      std::fprintf(stderr, "\r%-12s %3d %%", std::string(step).c_str(), percent);
    } else {
      std::fprintf(stderr, "%s\n", std::string(step).c_str());
    }
    std::fflush(stderr);
    step_ = step;
    percent_ = percent;
    return true;
  }
  void end() {
    if (!step_.empty() && ::isatty(STDERR_FILENO) != 0) std::fputc('\n', stderr);
    step_.clear();
  }

 private:
  std::string step_;
  int percent_ = -1;
};

/// Removes the half-written file of a scan that failed.
void remove_scan_file(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(path.string() + suffix, ignored);
}

core::Status refuse_existing(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  return core::Error{core::ErrorCode::kInvalidInput,
                     path.string() + ": exists already; remove it or give another --out"};
}

core::Status write_calibration_only(const SimulateArguments& arguments, const core::Clock& clock,
                                    SimulateProgress& progress) {
  PC_TRY(const auto scanner, simulator::load_scanner(arguments.scanner));
  const simulator::NoiseSwitches switches;
  progress("calibration", 0);
  PC_TRY(auto calibration, simulator::cached_calibration(scanner, switches, arguments.seed,
                                                         simulator::calibration_cache_folder()));
  core::ScanMeta meta;
  meta.id = core::make_uuid();
  meta.started = meta.ended = clock.utc_now();
  simulator::date_calibration(calibration, meta.started);
  meta.simulated = true;
  meta.lane = "offline";
  meta.software_version = core::kVersion;
  meta.geometry = scanner.geometry;
  meta.extra["kind"] = "calibration";
  meta.extra["seed"] = std::to_string(arguments.seed);
  PC_TRY(auto writer, archive::ScanWriter::create(arguments.out, meta, calibration));
  auto sealed = writer.seal(core::ScanOutcome::kComplete, "", meta.ended);
  if (!sealed.ok()) {
    remove_scan_file(arguments.out);
    return sealed.error();
  }
  return {};
}

core::Status write_simulated_scan(const SimulateArguments& arguments, const core::Clock& clock,
                                  SimulateProgress& progress) {
  PC_TRY(const auto scene, simulator::load_scene(arguments.scene));
  const auto loaded = simulator::load_scanner(scene.scanner);
  if (!loaded.ok()) return loaded.error().with_context(arguments.scene + ": scan");
  const simulator::Scanner& scanner = *loaded;
  std::optional<archive::ScanWriter> writer;
  std::int32_t encoder_min = 0;
  std::int32_t encoder_max = 0;
  bool any = false;
  simulator::SimulateOptions options;
  options.cache_folder = simulator::calibration_cache_folder();
  options.progress = std::ref(progress);
  const auto begin = [&](const simulator::ScanHead& head) -> core::Status {
    PC_TRY(auto created, archive::ScanWriter::create(arguments.out, head.meta, head.calibration));
    writer.emplace(std::move(created));
    return {};
  };
  const auto take = [&](const core::Line& line) -> core::Status {
    const auto encoder = line.header.encoder_counts;
    encoder_min = any ? std::min(encoder_min, encoder) : encoder;
    encoder_max = any ? std::max(encoder_max, encoder) : encoder;
    any = true;
    return writer->append(line);
  };
  auto status = [&]() -> core::Status {
    PC_TRY(const auto meta,
           simulator::simulate_scan(scene, scanner, clock.utc_now(), options, begin, take));
    PC_TRY([[maybe_unused]] const auto sealed,
           writer->seal(core::ScanOutcome::kComplete, "", meta.ended));
    if (arguments.truth.empty()) return {};
    progress("truth", 0);
    return simulator::write_truth(arguments.truth, scene, scanner, encoder_min, encoder_max);
  }();
  if (!status.ok() && writer.has_value()) {
    writer.reset();
    remove_scan_file(arguments.out);
  }
  return status;
}

int run_simulate(const SimulateArguments& arguments) {
  const core::SystemClock clock;
  SimulateProgress progress;
  auto status = [&]() -> core::Status {
    if (arguments.calibration_only != arguments.scene.empty()) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         arguments.calibration_only
                             ? "simulate: --calibration-only takes --scanner and --seed, no scene"
                             : "simulate: a scene file is missing; or give --calibration-only"};
    }
    PC_CHECK(refuse_existing(arguments.out));
    return arguments.calibration_only ? write_calibration_only(arguments, clock, progress)
                                      : write_simulated_scan(arguments, clock, progress);
  }();
  progress.end();
  return status.ok() ? 0 : report_error(status.error());
}

}  // namespace

void add_simulate(Command app, int& exit_code) {
  auto arguments = std::make_shared<SimulateArguments>();
  auto command = app.add_subcommand(
      "simulate", "Offline scan of a scene: raw lines with their calibration, and truth");
  command.add_option("scene", arguments->scene, "Scene file (TOML)");
  command.add_option("--out", arguments->out, "Scan file to write (*.pscan)").required();
  command.add_option("--truth", arguments->truth,
                     "Folder for truth.json, truth_mass.tif and truth_material.tif");
  command.add_flag("--calibration-only", arguments->calibration_only,
                   "Write the calibration scans alone, without a scene");
  auto scanner = command.add_option("--scanner", arguments->scanner,
                                    "With --calibration-only: scanner name or file");
  auto seed = command.add_option("--seed", arguments->seed,
                                 "With --calibration-only: seed of the detector");
  command.callback([arguments, scanner, seed, &exit_code] {
    if (!arguments->calibration_only && (scanner.given() || seed.given())) {
      exit_code = report_error({core::ErrorCode::kInvalidInput,
                                "simulate: scanner and seed of a scene stand in its file; "
                                "--scanner and --seed go with --calibration-only"});
      return;
    }
    exit_code = run_simulate(*arguments);
  });
}

}  // namespace portcullis::apps
