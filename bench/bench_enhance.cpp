// Views of the visible part of the image, 1,600 x 900 pixels, one thread: each within a frame's
// time.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "imaging/display/quantise.h"
#include "imaging/display/render.h"
#include "imaging/enhance/enhance.h"

namespace {

namespace imaging = portcullis::imaging;

constexpr int kColumns = 1600;
constexpr int kRows = 900;

void window_level(benchmark::State& state) {
  std::vector<std::uint16_t> codes(std::size_t{kColumns} * kRows, 2000);
  std::vector<std::uint8_t> gray(codes.size());
  for (auto _ : state) {
    imaging::window_level(codes, imaging::Window{}, gray);
    benchmark::DoNotOptimize(gray.data());
  }
}
BENCHMARK(window_level);

}  // namespace

BENCHMARK_MAIN();
