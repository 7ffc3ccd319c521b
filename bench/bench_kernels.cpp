// The fused kernel of a line of both energies (imaging/kernels) beside the same steps as a chain of
// OpenCV calls with its buffers reused, and beside the machine's copy bandwidth. One thread.
//
// The scan: 5,000 lines of 1,472 pixels of each energy, 32 bits a sample, as the lines are in
// memory. A pixel is a pair of samples. The chain is tried over the whole scan and in strips that
// stay in the cache; the better one is the peer.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <new>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <span>
#include <vector>

#include "imaging/kernels/line_kernels.h"

namespace {

namespace kernels = portcullis::imaging::kernels;

constexpr std::size_t kPixels = 1472;
constexpr std::size_t kLines = 5000;
constexpr float kAir_counts = 700'000;

/// On cache lines, as OpenCV's own matrices are.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t(64)));
  }
  void deallocate(T* p, std::size_t) { ::operator delete(p, std::align_val_t(64)); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

/// Steel of 0 to 150 mm with noise, behind it dark and gain of a detector.
struct Scan {
  AlignedVector<std::uint32_t> high, low;
  AlignedVector<float> dark, gain_high, gain_low, dose;

  Scan() : high(kLines * kPixels), low(kLines * kPixels) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    for (std::size_t p = 0; p < kPixels; ++p) {
      const float gain = 1.0F + 0.05F * normal(random);
      dark.push_back(2000.0F + 20.0F * normal(random));
      gain_high.push_back(1.0F / (kAir_counts * gain));
      gain_low.push_back(1.0F / (0.9F * kAir_counts * gain));
    }
    for (std::size_t line = 0; line < kLines; ++line) {
      dose.push_back(1.0F + 0.02F * normal(random));
      const float x = static_cast<float>(line) / kLines;
      for (std::size_t p = 0; p < kPixels; ++p) {
        const float z = static_cast<float>(p) / kPixels;
        const float a = 5.0F * x * (0.6F + 0.4F * std::sin(20.0F * z)) + 0.01F * normal(random);
        high[line * kPixels + p] =
            static_cast<std::uint32_t>(dark[p] + std::exp(-a) / gain_high[p]);
        low[line * kPixels + p] =
            static_cast<std::uint32_t>(dark[p] + std::exp(-1.17F * a) / gain_low[p]);
      }
    }
  }
};
const Scan& scan() {
  static const Scan made;
  return made;
}

kernels::ColourTable colours() {
  return kernels::colour_table([](float high, float low) {
    // Hue by the ratio of the attenuations, 1.02 to 1.27.
    const float ratio = (low / std::max(high, 0.01F) - 1.02F) / 0.25F;
    const auto hue = static_cast<std::uint32_t>(std::clamp(ratio, 0.0F, 1.0F) * 255);
    const auto light = static_cast<std::uint32_t>(255 - std::min(high, 9.0F) * 25);
    return (static_cast<std::uint32_t>(hue / 64) << 24U) | (light << 16U) | (hue << 8U) |
           (255U - hue);
  });
}

void set_figures(benchmark::State& state, std::size_t bytes_a_pixel) {
  const auto pixels = static_cast<std::int64_t>(kLines * kPixels * state.iterations());
  state.SetItemsProcessed(pixels);
  state.SetBytesProcessed(pixels * static_cast<std::int64_t>(bytes_a_pixel));
}

/// Samples in, colours and classes out: what the fused kernel must read and write.
constexpr std::size_t kFusedBytes = 4 + 4 + 4 + 1;

void fused_dual_energy(benchmark::State& state) {
  const Scan& s = scan();
  const kernels::ColourTable table = colours();
  AlignedVector<std::uint32_t> argb(kLines * kPixels);
  AlignedVector<std::uint8_t> material(kLines * kPixels);
  for (auto _ : state) {
    for (std::size_t line = 0; line < kLines; ++line) {
      const std::size_t at = line * kPixels;
      kernels::dual_line(
          {{&s.high[at], kPixels}, {&s.low[at], kPixels}, 1.0F / s.dose[line], 1.0F / s.dose[line]},
          {s.dark, s.gain_high, s.gain_low}, table, {&argb[at], kPixels}, {&material[at], kPixels});
    }
    benchmark::DoNotOptimize(argb.data());
    benchmark::ClobberMemory();
  }
  state.SetLabel(kernels::target_name());
  set_figures(state, kFusedBytes);
}

/// The same bytes as fused_dual_energy touches, copied: half of them read, half written.
void copy(benchmark::State& state) {
  const std::size_t bytes = kLines * kPixels * kFusedBytes / 2;
  AlignedVector<std::byte> from(bytes, std::byte{1}), to(bytes);
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), bytes);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  set_figures(state, kFusedBytes);
}

/// convertTo, subtract, multiply, max, log, divide, applyColorMap, buffers kept. The dose of each
/// line is left out, in the chain's favour: it would be a call a line.
class OpenCvChain {
 public:
  explicit OpenCvChain(int lines)
      : dark_(lines, kPixels, CV_32F),
        gain_high_(dark_.size(), CV_32F),
        gain_low_(dark_.size(), CV_32F) {
    const Scan& s = scan();
    for (int i = 0; i < lines; ++i) {
      std::memcpy(dark_.ptr<float>(i), s.dark.data(), kPixels * sizeof(float));
      std::memcpy(gain_high_.ptr<float>(i), s.gain_high.data(), kPixels * sizeof(float));
      std::memcpy(gain_low_.ptr<float>(i), s.gain_low.data(), kPixels * sizeof(float));
    }
  }
  void run(const cv::Mat& high, const cv::Mat& low, cv::Mat colour) {
    correct(high, gain_high_, high_);
    correct(low, gain_low_, low_);
    cv::divide(low_, high_, ratio_);
    ratio_.convertTo(index_, CV_8U, 1000.0, -1020.0);
    cv::applyColorMap(index_, colour, cv::COLORMAP_JET);
  }

 private:
  void correct(const cv::Mat& raw, const cv::Mat& gain, cv::Mat& out) {
    raw.convertTo(out, CV_32F);
    cv::subtract(out, dark_, out);
    cv::multiply(out, gain, out);
    cv::max(out, 1e-4, out);
    cv::log(out, out);
  }
  cv::Mat dark_, gain_high_, gain_low_, high_, low_, ratio_, index_;
};

void opencv_chain(benchmark::State& state, int strip) {
  cv::setNumThreads(1);
  const Scan& s = scan();
  // 20 bits fit a signed sample.
  const cv::Mat high(kLines, kPixels, CV_32S, const_cast<std::uint32_t*>(s.high.data()));
  const cv::Mat low(kLines, kPixels, CV_32S, const_cast<std::uint32_t*>(s.low.data()));
  cv::Mat colour(kLines, kPixels, CV_8UC3);
  OpenCvChain chain(strip);
  for (auto _ : state) {
    for (int line = 0; line + strip <= static_cast<int>(kLines); line += strip)
      chain.run(high.rowRange(line, line + strip), low.rowRange(line, line + strip),
                colour.rowRange(line, line + strip));
    benchmark::DoNotOptimize(colour.data);
    benchmark::ClobberMemory();
  }
  set_figures(state, 4 + 4 + 3);
}

void settings(benchmark::internal::Benchmark* b) {
  b->Unit(benchmark::kMillisecond)->Repetitions(9)->MinTime(0.15)->UseRealTime();
}

BENCHMARK(fused_dual_energy)->Apply(settings);
BENCHMARK(copy)->Apply(settings);
BENCHMARK_CAPTURE(opencv_chain, whole, static_cast<int>(kLines))->Apply(settings);
BENCHMARK_CAPTURE(opencv_chain, strips_of_40, 40)->Apply(settings);
BENCHMARK_CAPTURE(opencv_chain, strips_of_8, 8)->Apply(settings);

}  // namespace

BENCHMARK_MAIN();
