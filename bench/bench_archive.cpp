// What the archive is asked for: compressing lines as they come, and finding a record among many.
#include <benchmark/benchmark.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "archive/block_codec.h"
#include "archive/catalogue.h"
#include "bench/truck_scan.h"
#include "core/database/database.h"

namespace portcullis {
namespace {

constexpr double kShare = 0.25;  // of the scan: air and a part of the container
constexpr double kBitsASample = 20;

struct Blocks {
  std::size_t lines = 0, pixels = 0;
  [[nodiscard]] std::size_t samples() const { return lines * pixels; }
};
Blocks blocks_of(const core::RawScan& scan) {
  const auto lines = static_cast<std::size_t>(kShare * static_cast<double>(scan.lines.size()));
  return {lines / archive::kBlockLinesMax * archive::kBlockLinesMax, scan.pixels()};
}

/// Bits as the detector gave them: bytes a second and how near to the least there can be.
void set_compression(benchmark::State& state, const Blocks& blocks, double bytes_out) {
  const auto samples = static_cast<double>(blocks.samples());
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["MB_s"] =
      benchmark::Counter(samples * kBitsASample / 8 * 1e-6 * rounds, benchmark::Counter::kIsRate);
  const double bits = 8 * bytes_out / samples;
  state.counters["bits_a_sample"] = bits;
  state.counters["ratio"] = kBitsASample / bits;
  static const double least = bench::noise_bits(*bench::truck_scan(), kShare);
  state.counters["bound_bits"] = least;
  state.counters["of_bound"] = least / bits;
}

void raw_compression(benchmark::State& state) {
  const auto scan = bench::truck_scan();
  const Blocks blocks = blocks_of(*scan);
  archive::BlockEncoder encoder;
  double bytes_out = 0;
  for (auto _ : state) {
    bytes_out = 0;
    for (std::size_t first = 0; first < blocks.lines; first += archive::kBlockLinesMax) {
      const archive::BlockShape shape{archive::kBlockLinesMax,
                                      static_cast<std::uint32_t>(blocks.pixels), 23};
      const auto data = encoder.encode(
          shape, archive::BlockEncoding::kForeseen, {&scan->lines[first], shape.lines},
          {&scan->modules_present[first], shape.lines},
          {&scan->samples[first * blocks.pixels], shape.lines * blocks.pixels});
      bytes_out += static_cast<double>(data.size());
    }
  }
  set_compression(state, blocks, bytes_out);
}

void raw_decompression(benchmark::State& state) {
  const auto scan = bench::truck_scan();
  const archive::BlockShape shape{archive::kBlockLinesMax,
                                  static_cast<std::uint32_t>(scan->pixels()), 23};
  const std::size_t count = static_cast<std::size_t>(shape.lines) * shape.pixels;
  archive::BlockEncoder encoder;
  const auto data =
      encoder.encode(shape, archive::BlockEncoding::kForeseen, {scan->lines.data(), shape.lines},
                     {scan->modules_present.data(), shape.lines}, {scan->samples.data(), count});
  std::vector<core::LineHeader> headers(shape.lines);
  std::vector<std::bitset<core::kModulesMax>> modules(shape.lines);
  std::vector<std::uint32_t> samples(count);
  archive::BlockDecoder decoder;
  for (auto _ : state) {
    if (!decoder.decode(data, shape, archive::BlockEncoding::kForeseen, headers, modules, samples)
             .ok()) {
      state.SkipWithError("not read back");
      break;
    }
  }
  state.counters["MB_s"] = benchmark::Counter(static_cast<double>(count) * kBitsASample / 8 * 1e-6 *
                                                  static_cast<double>(state.iterations()),
                                              benchmark::Counter::kIsRate);
}

/// The same samples, three bytes each, as they are.
void zstd_1(benchmark::State& state) {
  const auto scan = bench::truck_scan();
  const Blocks blocks = blocks_of(*scan);
  std::vector<std::byte> in(3 * blocks.samples());
  for (std::size_t i = 0; i < blocks.samples(); ++i) {
    for (std::size_t k = 0; k < 3; ++k)
      in[3 * i + k] = static_cast<std::byte>(scan->samples[i] >> (8 * k));
  }
  std::vector<std::byte> out(ZSTD_compressBound(in.size()));
  std::size_t bytes_out = 0;
  for (auto _ : state) bytes_out = ZSTD_compress(out.data(), out.size(), in.data(), in.size(), 1);
  set_compression(state, blocks, static_cast<double>(bytes_out));
}

/// A catalogue of a million scans of one container each; numbers of the usual form.
void find_container(benchmark::State& state) {
  constexpr int kRecords = 1'000'000;
  const auto folder =
      std::filesystem::temp_directory_path() / ("portcullis-bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto path = folder / "catalogue.sqlite";
  const auto fill = [&]() -> core::Status {
    // The lane's own tables; filled past the lane, whose records go to the disk one by one.
    { PC_TRY(const auto made, archive::Catalogue::open_for_lane(path, core::UtcTime{1})); }
    PC_TRY(auto database, core::Database::open(path, core::Database::Mode::kReadWrite));
    const std::string numbers =
        "WITH RECURSIVE count(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM "
        "count WHERE n + 1 < " +
        std::to_string(kRecords) + ") ";
    PC_CHECK(database.execute("PRAGMA synchronous = OFF; BEGIN"));
    PC_CHECK(database.execute(
        "INSERT INTO scan (id, file, started_ns, ended_ns, outcome, lane, simulated, plate, "
        "plate_key, sha256, lines) " +
        numbers +
        "SELECT printf('%08x-scan', n * 2654435761 % 4294967296), printf('scans/%d.pscan', n), "
        "n * 60000000000, n * 60000000000 + 1, 'complete', 'lane', 1, printf('AB %d', n), "
        "printf('AB%d', n), printf('%064d', n), 20000 FROM count"));
    PC_CHECK(database.execute(
        "INSERT INTO container " + numbers +
        "SELECT printf('%08x-scan', n * 2654435761 % 4294967296), 0, printf('CSQU%07d', n), "
        "printf('CSQU%07d', n), '45G1', 1, 0.9 FROM count"));
    PC_CHECK(database.execute("COMMIT"));
    return database.close();
  };
  if (const auto filled = fill(); !filled.ok())
    return state.SkipWithError(filled.error().message.c_str());
  {
    auto catalogue = archive::Catalogue::open_to_read(path);
    if (!catalogue.ok()) return state.SkipWithError(catalogue.error().message.c_str());
    std::mt19937 random(1);
    std::vector<double> times_ms;
    for (auto _ : state) {
      archive::CatalogueQuery query;
      const std::string digits = std::to_string(random() % kRecords);
      query.container = "CSQU" + std::string(7 - digits.size(), '0') + digits;
      const auto began = std::chrono::steady_clock::now();
      const auto found = catalogue->find(query);
      const double seconds =
          std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      if (!found.ok() || found->size() != 1) {
        state.SkipWithError("not found");
        break;
      }
      times_ms.push_back(seconds * 1e3);
      state.SetIterationTime(seconds);
    }
    if (!times_ms.empty()) {
      std::sort(times_ms.begin(), times_ms.end());
      state.counters["p99_ms"] = times_ms[times_ms.size() * 99 / 100];
      state.counters["longest_ms"] = times_ms.back();
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

BENCHMARK(raw_compression)->Repetitions(3)->MinTime(0.5)->Unit(benchmark::kMillisecond);
BENCHMARK(raw_decompression)->Repetitions(3)->MinTime(0.2)->Unit(benchmark::kMillisecond);
BENCHMARK(zstd_1)->Repetitions(3)->MinTime(0.5)->Unit(benchmark::kMillisecond);
BENCHMARK(find_container)->UseManualTime()->Iterations(5000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace portcullis

BENCHMARK_MAIN();
