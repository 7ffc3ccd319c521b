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
constexpr std::size_t kCount = std::size_t{kColumns} * kRows;

/// Goods with steps, slopes and noise; classes in blocks.
struct Picture {
  std::vector<std::uint16_t> codes;
  std::vector<std::uint8_t> material;
  Picture() {
    std::mt19937 random(1);
    std::normal_distribution<double> normal;
    for (int y = 0; y < kRows; ++y) {
      for (int x = 0; x < kColumns; ++x) {
        const double a = 0.3 + 0.8 * ((x / 150 + y / 110) % 5) + 0.5 * std::sin(0.02 * x);
        codes.push_back(imaging::code_from_attenuation(
            static_cast<float>(a + 0.004 * std::exp(a / 2) * normal(random))));
        material.push_back(static_cast<std::uint8_t>((x / 90 + y / 70) % 6));
      }
    }
  }
};
const Picture& picture() {
  static const Picture made;
  return made;
}

template <class View>
void time_view(benchmark::State& state, const View& view) {
  std::vector<std::uint8_t> gray(kCount);
  (void)picture();
  view(gray);
  for (auto _ : state) {
    view(gray);
    benchmark::DoNotOptimize(gray.data());
    benchmark::ClobberMemory();
  }
}

void settings(benchmark::internal::Benchmark* b) {
  b->Unit(benchmark::kMillisecond)->Repetitions(9)->MinTime(0.05)->UseRealTime();
}

#define PORTCULLIS_VIEW(name, call)                                           \
  void name(benchmark::State& state) {                                        \
    time_view(state, [](std::vector<std::uint8_t>& gray) { imaging::call; }); \
  }                                                                           \
  BENCHMARK(name)->Apply(settings)

PORTCULLIS_VIEW(window_level, window_level(picture().codes, imaging::Window{}, gray));
PORTCULLIS_VIEW(logarithm, window_level(picture().codes, imaging::log_window(), gray));
PORTCULLIS_VIEW(high_penetration,
                window_level(picture().codes, imaging::high_penetration_window(), gray));
PORTCULLIS_VIEW(low_penetration,
                window_level(picture().codes, imaging::low_penetration_window(), gray));
PORTCULLIS_VIEW(edges, edges(picture().codes, kColumns, kRows, imaging::Window{}, 1.5F, gray));
PORTCULLIS_VIEW(local_contrast, local_contrast(picture().codes, kColumns, kRows, imaging::Window{},
                                               96, 3.0F, gray));
PORTCULLIS_VIEW(organic_strip,
                organic_strip(picture().codes, picture().material, imaging::Window{}, gray));
PORTCULLIS_VIEW(metal_strip,
                metal_strip(picture().codes, picture().material, imaging::Window{}, gray));
PORTCULLIS_VIEW(inverse, inverse(gray));

void denoise(benchmark::State& state) {
  std::vector<std::uint16_t> out(kCount);
  time_view(state, [&](std::vector<std::uint8_t>&) {
    imaging::denoise(picture().codes, kColumns, kRows, 1.5F, out);
  });
}
BENCHMARK(denoise)->Apply(settings);

void pseudo_colour(benchmark::State& state) {
  std::vector<std::uint32_t> argb(kCount);
  time_view(state, [&](std::vector<std::uint8_t>& gray) {
    imaging::pseudo_colour(gray, imaging::Palette::kCubeHelix, argb);
  });
}
BENCHMARK(pseudo_colour)->Apply(settings);

void material_view(benchmark::State& state) {
  std::vector<std::uint32_t> argb(kCount);
  time_view(state, [&](std::vector<std::uint8_t>&) {
    imaging::render_material(picture().codes, picture().material, kColumns, kRows, {}, argb);
  });
}
BENCHMARK(material_view)->Apply(settings);

}  // namespace

BENCHMARK_MAIN();
