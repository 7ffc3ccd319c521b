// Imaging of a whole scan: a 45-foot truck of 10,000 columns on the shipped gantry's array, both
// energies, made from theory (no simulator). `last_line_to_verdict` runs the lane's own path, with
// the worker in its process; `reprocess_from_file` reads a scan file and makes its images.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "apps/lane/scan_imaging.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "core/time.h"
#include "imaging/pipeline/process.h"
#include "inspection/verdict/verdict.h"
#include "inspection/worker/worker_client.h"
#include "tests/support/eventually.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis {
namespace {

namespace synthetic = imaging::testing;

constexpr int kPairs = 10'000;
constexpr double kPairMm = 2.0;  // 0.4 m/s, 200 pairs a second

/// The shipped gantry: upright of 15 modules, roof of 8, 64 pixels of 5 mm each.
core::ScannerGeometry gantry() {
  core::ScannerGeometry g;
  g.name = "bench";
  g.source_y_mm = -7000;
  g.source_z_mm = 1200;
  g.pixel_pitch_mm = 5;
  g.module_count = 23;
  g.pixels_per_module = 64;
  g.encoder_mm_per_count = 0.1;
  g.pulse_rate_hz = 400;
  g.energy_high_mv = 6;
  g.energy_low_mv = 4;
  g.image_mm_per_px = 2;
  for (int p = 0; p < 960; ++p) g.pixels.push_back({3000, 200 + 5.0 * (p + 0.5)});
  for (int p = 0; p < 512; ++p) g.pixels.push_back({3000 - 5.0 * (p + 0.5), 5000});
  return g;
}

/// A container with goods of several kinds; z in the centre line's plane.
synthetic::Path load_at(double x, double z) {
  using namespace synthetic;  // NOLINT: the matters of the synthetic scanner
  Path p{};
  if (x < 1500 || x > 15'200) return p;
  if (z > 900 && z < 1250) p[kIron] += 25;
  if (z < 1250 || z > 4000) return p;
  p[kIron] += 2.9;
  const int pallet = static_cast<int>((x - 1500) / 1300);
  const double within = x - 1500 - pallet * 1300;
  if (within > 1200 || z > 1400 + 200 * (pallet % 8)) return p;
  switch (pallet % 4) {
    case 0:
      p[kPaper] += 60;
      break;
    case 1:
      p[kWater] += 120;
      break;
    case 2:
      p[kAluminium] += 30;
      break;
    default:
      p[kPaper] += 25;
      break;
  }
  if (pallet % 5 == 2 && within > 500 && within < 600 && z > 1500 && z < 1650) p[kLead] += 40;
  return p;
}

std::shared_ptr<core::RawScan> make_scan() {
  auto scan = std::make_shared<core::RawScan>();
  scan->meta.id = core::make_uuid();
  scan->meta.simulated = true;
  scan->meta.lane = "bench";
  scan->meta.outcome = core::ScanOutcome::kComplete;
  scan->meta.extra["direction"] = "forward";
  scan->meta.geometry = gantry();
  synthetic::SyntheticOptions options;
  options.modules = 23;
  options.pixels_per_module = 64;
  scan->calibration = synthetic::synthetic_calibration(options);
  scan->calibration.id = core::make_uuid();
  const auto& geometry = scan->meta.geometry;
  const std::size_t pixels = geometry.pixels.size();
  std::vector<double> z_mm;
  for (const auto& pixel : geometry.pixels)
    z_mm.push_back(core::z_at_centre_line_mm(geometry, pixel));

  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<float> noise(1U << 16U);
  for (auto& n : noise) n = normal(random);
  // Few different loads: each is worked out once.
  std::vector<std::pair<synthetic::Path, synthetic::Transmission>> known;
  const auto through = [&](const synthetic::Path& path) {
    for (const auto& [seen, t] : known) {
      if (seen == path) return t;
    }
    known.emplace_back(path, synthetic::transmission(path));
    return known.back().second;
  };
  const std::size_t lines = 2 * kPairs;
  scan->lines.reserve(lines);
  scan->modules_present.reserve(lines);
  scan->samples.reserve(lines * pixels);
  std::vector<synthetic::Transmission> column(pixels);
  for (std::size_t pulse = 0; pulse < lines; ++pulse) {
    const bool high = pulse % 2 == 0;
    const double x_mm = -1000 + static_cast<double>(pulse) * kPairMm / 2;
    const auto& air = high ? scan->calibration.air_high : scan->calibration.air_low;
    if (pulse % 16 == 0) {
      for (std::size_t p = 0; p < pixels; ++p) column[p] = through(load_at(x_mm, z_mm[p]));
    }
    const double dose = 1 + 0.02 * static_cast<double>(noise[random() & 0xFFFFU]);
    core::LineHeader header;
    header.pulse = pulse;
    header.encoder_counts = static_cast<std::int32_t>(std::lround(x_mm * 10));
    header.dose_counts = static_cast<std::uint32_t>(
        air.dose_mean_counts * dose * (1 + 0.001 * static_cast<double>(noise[random() & 0xFFFFU])));
    header.energy = high ? core::Energy::kHigh : core::Energy::kLow;
    header.timestamp_ns = pulse * 2'500'000;
    scan->lines.push_back(header);
    scan->modules_present.emplace_back();
    for (std::size_t m = 0; m < 23; ++m) scan->modules_present.back().set(m);
    std::size_t at = random() & 0xFFFFU;
    for (std::size_t p = 0; p < pixels; ++p) {
      double t = dose * (high ? column[p].high : column[p].low);
      at = (at + 1) & 0xFFFFU;
      t += std::sqrt(t / 53'000) * static_cast<double>(noise[at]);
      const double dark = static_cast<double>(scan->calibration.dark.mean_counts[p]);
      const double counts = dark + t * (static_cast<double>(air.mean_counts[p]) - dark);
      scan->samples.push_back(
          static_cast<std::uint32_t>(std::clamp(std::lround(counts), 0L, 1'048'575L)));
    }
  }
  return scan;
}

std::shared_ptr<core::RawScan> bench_scan() {
  static const std::shared_ptr<core::RawScan> scan = make_scan();
  return scan;
}

std::filesystem::path own_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

void last_line_to_verdict(benchmark::State& state) {
  const auto scan = bench_scan();
  inspection::WorkerOptions options;
  options.program = own_folder() / "portcullis-worker";
  auto worker = inspection::WorkerClient::create(options);
  if (!worker.ok()) return state.SkipWithError(worker.error().message.c_str());
  worker.value()->warm_up();
  core::VehicleIdentity identity;
  identity.containers.push_back({"CSQU3054383", "L5G1", true, 1.0});
  std::vector<double> times_s;
  constexpr std::size_t kLastLines = 100;  // what is still on its way when the beam goes off
  for (auto _ : state) {
    apps::ScanImaging imaging(scan, worker.value().get());
    const std::size_t lines = scan->lines.size();
    imaging.lines_there(lines - kLastLines);
    // As in a lane that has worked along: nothing is left but the tail.
    const bool worked = test::eventually(
        [&] {
          return imaging.lines_done() + kLastLines >= lines &&
                 worker.value()->blocks_waiting() == 0;
        },
        std::chrono::minutes(2));
    if (!worked) {
      state.SkipWithError("the lines before the last ones took over two minutes");
      break;
    }
    const auto began = std::chrono::steady_clock::now();
    imaging.ended(lines, identity);
    auto made = imaging.take();
    if (!made.images.ok() || !made.flagged || !made.flagged->ok()) {
      state.SkipWithError("no images or no findings");
      break;
    }
    const auto report =
        inspection::judge(*made.images, **made.flagged, inspection::Circumstances{});
    benchmark::DoNotOptimize(report.verdict.score);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    times_s.push_back(seconds);
    state.SetIterationTime(seconds);
  }
  if (times_s.empty()) return;
  std::sort(times_s.begin(), times_s.end());
  // Of so few runs the 99th percentile is the longest.
  state.counters["p99_ms"] = times_s.back() * 1e3;
  state.counters["median_ms"] = times_s[times_s.size() / 2] * 1e3;
}
BENCHMARK(last_line_to_verdict)->UseManualTime()->Iterations(12)->Unit(benchmark::kMillisecond);

void reprocess_from_file(benchmark::State& state) {
  const auto scan = bench_scan();
  const auto path = std::filesystem::temp_directory_path() /
                    ("portcullis-bench-" + std::to_string(::getpid()) + ".pscan");
  {
    auto writer = archive::ScanWriter::create(path, scan->meta, scan->calibration);
    if (!writer.ok()) return state.SkipWithError(writer.error().message.c_str());
    const std::size_t pixels = scan->pixels();
    core::Line line;
    for (std::size_t i = 0; i < scan->lines.size(); ++i) {
      line.header = scan->lines[i];
      line.modules_present = scan->modules_present[i];
      line.samples.assign(scan->samples.begin() + static_cast<std::ptrdiff_t>(i * pixels),
                          scan->samples.begin() + static_cast<std::ptrdiff_t>((i + 1) * pixels));
      if (!writer->append(line).ok()) return state.SkipWithError("scan file not written");
    }
    if (!writer->seal(core::ScanOutcome::kComplete, "", core::SystemClock().utc_now()).ok())
      return state.SkipWithError("scan file not sealed");
  }
  double read_s = 0;
  for (auto _ : state) {
    const auto began = std::chrono::steady_clock::now();
    const auto raw = archive::read_scan(path);
    read_s += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (!raw.ok()) {
      state.SkipWithError(raw.error().message.c_str());
      break;
    }
    const auto images = imaging::process(*raw, {}, {});
    if (!images.ok()) {
      state.SkipWithError(images.error().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(images->size());
  }
  state.counters["read_s"] = benchmark::Counter(read_s, benchmark::Counter::kAvgIterations);
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}
BENCHMARK(reprocess_from_file)->UseRealTime()->Iterations(5)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace portcullis

BENCHMARK_MAIN();
