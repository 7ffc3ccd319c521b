// Imaging of a whole scan (bench/truck_scan.h). `last_line_to_verdict` runs the lane's own path,
// with the worker in its process; `reprocess_from_file` reads a scan file and makes its images.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "apps/lane/scan_imaging.h"
#include "archive/scan_file.h"
#include "bench/truck_scan.h"
#include "core/files.h"
#include "core/time.h"
#include "imaging/flag/flag.h"
#include "imaging/flag/work_plane.h"
#include "imaging/pipeline/process.h"
#include "inspection/verdict/verdict.h"
#include "inspection/worker/worker_client.h"
#include "tests/support/eventually.h"

namespace portcullis {
namespace {

std::filesystem::path own_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

double own_cpu_ms() {
  timespec spent{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) * 1e-6;
}

void last_line_to_verdict(benchmark::State& state) {
  const auto scan = bench::truck_scan();
  inspection::WorkerOptions options;
  options.program = own_folder() / "portcullis-worker";
  auto worker = inspection::WorkerClient::create(options);
  if (!worker.ok()) return state.SkipWithError(worker.error().message.c_str());
  worker.value()->warm_up();
  core::VehicleIdentity identity;
  identity.containers.push_back({"CSQU3054383", "L5G1", true, 1.0});
  std::vector<double> times_s;
  double cpu_ms = 0, flag_ms = 0, rest_ms = 0;
  constexpr std::size_t kLastLines = 100;  // what is still on its way when the beam goes off
  for (auto _ : state) {
    apps::ScanImaging imaging(scan, worker.value().get(), imaging::Parameters{});
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
    const double cpu_began_ms = own_cpu_ms();
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
    cpu_ms += own_cpu_ms() - cpu_began_ms;
    flag_ms += (*made.flagged)->flag_ms;
    times_s.push_back(seconds);
    state.SetIterationTime(seconds);
    const auto judged = std::chrono::steady_clock::now();
    made.complete();
    rest_ms += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - judged)
                   .count();
  }
  if (times_s.empty()) return;
  state.counters["first_ms"] = times_s.front() * 1e3;  // the program's and the worker's first image
  std::sort(times_s.begin(), times_s.end());
  // Nearest rank: the least figure that 99 of 100 do not exceed.
  const std::size_t rank = (times_s.size() * 99 + 99) / 100;
  state.counters["p99_ms"] = times_s[rank - 1] * 1e3;
  state.counters["longest_ms"] = times_s.back() * 1e3;
  state.counters["median_ms"] = times_s[times_s.size() / 2] * 1e3;
  // What to compare by on a busy machine: this process's work, and the worker's search.
  state.counters["own_cpu_ms"] = cpu_ms / static_cast<double>(times_s.size());
  // What is left for after the verdict: the images' planes as a whole, for files.
  state.counters["rest_ms"] = rest_ms / static_cast<double>(times_s.size());
  state.counters["flag_ms"] = flag_ms / static_cast<double>(times_s.size());
}
/// What imaging::flag() takes of images that are there; processor time is what to compare by.
void search_for_findings(benchmark::State& state) {
  const auto images = imaging::process(*bench::truck_scan(), {}, {});
  if (!images.ok()) return state.SkipWithError(images.error().message.c_str());
  imaging::WorkPlaneBuilder builder(images->grid.mm_per_px, images->grid.rows,
                                    images->grid.columns);
  builder.add(imaging::whole_block(*images));
  const imaging::WorkPlane plane = builder.take(images->grid, images->obliquity);
  core::VehicleIdentity identity;
  identity.containers.push_back({"CSQU3054383", "L5G1", true, 1.0});
  const double cpu_began_ms = own_cpu_ms();
  for (auto _ : state) {
    const auto found = imaging::flag(plane, images->grid, identity, imaging::FlagParameters{});
    benchmark::DoNotOptimize(found.findings.data());
  }
  state.counters["own_cpu_ms"] =
      benchmark::Counter(own_cpu_ms() - cpu_began_ms, benchmark::Counter::kAvgIterations);
}
BENCHMARK(search_for_findings)->UseRealTime()->Iterations(20)->Unit(benchmark::kMillisecond);
BENCHMARK(last_line_to_verdict)->UseManualTime()->Iterations(120)->Unit(benchmark::kMillisecond);

void reprocess_from_file(benchmark::State& state) {
  const auto scan = bench::truck_scan();
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
  const double cpu_began_ms = own_cpu_ms();
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
  state.counters["own_cpu_s"] =
      benchmark::Counter(1e-3 * (own_cpu_ms() - cpu_began_ms), benchmark::Counter::kAvgIterations);
  state.counters["read_s"] = benchmark::Counter(read_s, benchmark::Counter::kAvgIterations);
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}
BENCHMARK(reprocess_from_file)->UseRealTime()->Iterations(5)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace portcullis

BENCHMARK_MAIN();
