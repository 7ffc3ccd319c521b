#include "imaging/kernels/mix_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "imaging/kernels/rise_kernels.h"
#include "tests/unit/imaging/kernels/every_target.h"

namespace portcullis::imaging::kernels {
namespace {

constexpr std::size_t kMixLengths[] = {0, 1, 3, 15, 16, 17, 64, 100, 333};

struct MixLoad {
  std::vector<std::vector<float>> lines;
  std::vector<const float*> pointers;
  std::vector<float> weights;
};
/// Lines of a load with steps, each a little further on than the one before.
MixLoad mix_load(std::size_t many, std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> part(0, 1);
  MixLoad out;
  for (std::size_t k = 0; k < many; ++k) {
    std::vector<float> line(count);
    for (std::size_t i = 0; i < count; ++i)
      line[i] = ((i + k) / 7 % 2 == 0 ? 1.0F : 0.3F) + 0.01F * (part(random) - 0.5F);
    out.lines.push_back(std::move(line));
    out.weights.push_back(2 * part(random) - 0.7F);
  }
  for (const auto& line : out.lines) out.pointers.push_back(line.data());
  return out;
}

TEST(MixKernels, SumsOfLinesAreThoseOfAPlainLoopOnEveryTarget) {
  for (const std::size_t n : kMixLengths) {
    for (const std::size_t many : {0U, 1U, 4U, 17U}) {
      const MixLoad load = mix_load(many, n, 11);
      std::vector<float> mixed(n), added(n), sloped(n);
      std::vector<SlopedLine> slopes;
      for (std::size_t k = 0; k < many; ++k)
        slopes.push_back({load.pointers[k], load.weights[k], 0.003F * load.weights[k]});
      for (std::size_t i = 0; i < n; ++i) {
        float sum = 0;
        for (std::size_t k = 0; k < many; ++k) {
          mixed[i] += load.weights[k] * load.lines[k][i];
          sloped[i] +=
              (slopes[k].start + slopes[k].slope * static_cast<float>(i)) * load.lines[k][i];
          sum += load.lines[k][i];
        }
        added[i] = sum * 0.37F;
      }
      on_every_target([&](const std::string& target) {
        std::vector<float> got(n, -1);
        mix_lines(load.pointers, load.weights, got);
        expect_same_bytes(mixed, got, target);
        add_lines(load.pointers, 0.37F, got);
        expect_same_bytes(added, got, target);
        mix_sloped_lines(slopes, got);
        expect_same_bytes(sloped, got, target);
      });
    }
  }
}

TEST(MixKernels, WidestRangeIsFoundWhereverItStands) {
  constexpr std::size_t kCount = 37;
  for (std::size_t place = 0; place < kCount; ++place) {
    MixLoad load = mix_load(5, kCount, 12);
    for (auto& line : load.lines) std::fill(line.begin(), line.end(), 0.5F);
    load.lines[3][place] = 0.75F;
    load.lines[1][place] = 0.25F;
    on_every_target([&](const std::string& target) {
      EXPECT_EQ(widest_range(load.pointers, kCount), 0.5F) << target << " at " << place;
      EXPECT_EQ(widest_range(load.pointers, place), 0.0F) << target << " before " << place;
    });
  }
}

TEST(MixKernels, OfAChangeWhatIsMoreThanNoiseIsKeptOnEveryTarget) {
  const ChangeNoise by{2e-5F, 1e-6F, 2, 3};
  constexpr float kSpread = 0.5F;
  for (const std::size_t n : kMixLengths) {
    const MixLoad load = mix_load(2, n + 2 * kChangeBeside, 16);
    std::vector<float> change = load.lines[1];
    // Of all sizes, from far below noise to far beyond it.
    for (std::size_t i = 0; i < change.size(); ++i)
      change[i] *= i % 3 == 0 ? 1e-3F : i % 3 == 1 ? 1e-2F : 0.1F;
    const std::span<const float> line = std::span(load.lines[0]).first(n);
    std::vector<float> expected(n);
    for (std::size_t i = 0; i < n; ++i) {
      float sum = 0;
      for (std::size_t k = 0; k <= 2 * kChangeBeside; ++k) sum += change[i + k];
      const float mean = sum * (1.0F / 9.0F);
      const float variance = kSpread * (by.photon * std::max(line[i], 0.0F) + by.least);
      const auto beyond = [&](float value, float limit2) {
        const float square = value * value;
        return value * std::max(0.0F, square - limit2 * variance) / (square + 1e-20F);
      };
      const float even = beyond(mean, by.even * by.even * (1.0F / 9.0F));
      expected[i] =
          line[i] + (even + beyond(change[i + kChangeBeside] - even, by.alone * by.alone));
    }
    on_every_target([&](const std::string& target) {
      std::vector<float> got(n, -1);
      keep_change(line, change.data(), kSpread, by, got);
      expect_same_bytes(expected, got, target);
    });
  }
}

TEST(MixKernels, RowsOfATileAreThoseOfAPlainLoopOnEveryTarget) {
  constexpr std::size_t kPixels = 23;
  const MixLoad load = mix_load(1, kPixels * kTileLines, 13);
  const auto& pixels = load.lines[0];
  // Rows of no, one and several pixels.
  const std::vector<std::uint32_t> first{0, 0, 1, 4, 9};
  const std::vector<std::uint32_t> index{22, 0, 1, 2, 7, 5, 22, 11, 3};
  const std::vector<float> weight{1, 0.3F, 0.4F, 0.3F, 0.1F, 0.2F, 0.3F, 0.15F, 0.25F};
  constexpr std::size_t kStride = 19;
  for (const std::size_t lines : {1U, 5U, 16U}) {
    std::vector<float> expected(4 * kStride, -1);
    for (std::size_t r = 0; r + 1 < first.size(); ++r) {
      for (std::size_t c = 0; c < lines; ++c) {
        float sum = 0;
        for (std::uint32_t k = first[r]; k < first[r + 1]; ++k)
          sum += weight[k] * pixels[index[k] * kTileLines + c];
        expected[r * kStride + c] = sum;
      }
    }
    on_every_target([&](const std::string& target) {
      std::vector<float> got(expected.size(), -1);
      mix_tile(first, index, weight, pixels, lines, got.data(), kStride);
      expect_same_bytes(expected, got, target + ", lines: " + std::to_string(lines));
    });
  }
}

TEST(MixKernels, SpreadIsAConvolutionOnEveryTarget) {
  for (const std::size_t n : kMixLengths) {
    const MixLoad load = mix_load(1, n, 14);
    std::vector<float> kernel(n > 0 ? 2 * n - 1 : 0);
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      const float off = static_cast<float>(i) + 1 - static_cast<float>(n);
      kernel[i] = std::max(0.0F, 1 - 0.05F * std::abs(off));
    }
    std::vector<float> expected(n);
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t i = 0; i < n; ++i) expected[i] += load.lines[0][j] * kernel[i + n - 1 - j];
    }
    on_every_target([&](const std::string& target) {
      std::vector<float> got(n, -1);
      spread(load.lines[0], kernel, got);
      expect_same_bytes(expected, got, target + ", values: " + std::to_string(n));
    });
  }
}

TEST(MixKernels, AnEdgeThatBothEnergiesSeeGoesWhereBothPutItOnEveryTarget) {
  // The other energy sees half the change of the own one at the same places: the answer is what
  // the own lines say wherever the weights look at them, and it is drawn there wholly.
  constexpr std::size_t kCount = 37;
  const EdgeTrust trust{0.4F, 3.0F, 4e-4F};
  EdgeWeights weights;
  // As if the others' lines stood where the own ones before them do.
  for (std::size_t j = 0; j < kOtherLines; ++j) weights.own_at_other[j][j] = 1;
  for (std::size_t k = 0; k < 3; ++k) weights.other_at_own[k][k + 1] = 1;
  weights.own_start = {0, 0.1F, 0.5F, 0.1F, 0};
  weights.own_slope = {0, 1e-3F, 0, -1e-3F, 0};
  weights.other_start = {0, 0.2F, 0.1F, 0};
  std::array<std::vector<float>, kOwnLines> own;
  std::array<std::vector<float>, kOtherLines> other;
  EdgeLines lines;
  for (std::size_t k = 0; k < kOwnLines; ++k) {
    for (std::size_t i = 0; i < kCount; ++i)
      own[k].push_back(0.3F + 0.1F * static_cast<float>((k + i) % 5));
    lines.own[k] = own[k].data();
  }
  for (std::size_t j = 0; j < kOtherLines; ++j) {
    for (std::size_t i = 0; i < kCount; ++i) other[j].push_back(0.1F + 0.5F * own[j][i]);
    lines.other[j] = other[j].data();
  }
  std::vector<float> first;
  on_every_target([&](const std::string& target) {
    std::vector<float> got(kCount, 0.2F);
    follow_edge(lines, weights, trust, 3, got);
    for (std::size_t i = 0; i < kCount; ++i) {
      const auto slope = 1e-3 * (3 + static_cast<double>(i));
      const auto at = [&](std::size_t k) { return static_cast<double>(own[k][i]); };
      const double expected =
          (0.1 + slope) * at(1) + 0.5 * at(2) + (0.1 - slope) * at(3) + 0.2 * at(1) + 0.1 * at(2);
      EXPECT_NEAR(static_cast<double>(got[i]), expected, 2e-3) << target << " at " << i;
    }
    if (first.empty()) first = got;
    expect_same_bytes(first, got, target);
  });
}

TEST(RiseKernels, ALinesRiseIsTakenOutAsAPlainLoopDoesOnEveryTarget) {
  const RiseTakeOut by{2e-5F, 1e-6F, 0.95F, 0.3F, 3};
  for (const std::size_t n : kMixLengths) {
    const MixLoad load = mix_load(4, n + 1, 15);
    std::vector<float> gain(n), expected(n);
    for (std::size_t i = 0; i < n; ++i)
      gain[i] = 0.3F * static_cast<float>(i) / static_cast<float>(n);
    const auto& mean = load.lines[0];
    const auto& alone = load.lines[1];
    for (const float rise : {0.4F, 2.5F}) {
      for (std::size_t i = 0; i < n; ++i) {
        const float t = load.lines[2][i];
        const float d = std::min(by.shift_max, rise * gain[i]);
        const float even = d * (mean[i + 1] - mean[i]);
        const float apart = t - alone[i] - even;
        const float amplified = 1.0F / std::max(by.half_min, std::abs(1 - 2 * d));
        const float variance = (by.photon * std::max(t, 0.0F) + by.least) * 2 * d * d * amplified;
        const float square = apart * apart;
        const float believed =
            std::max(0.0F, square - by.outlier * by.outlier * variance) / (square + 1e-20F);
        expected[i] = t - (even + believed * apart);
      }
      on_every_target([&](const std::string& target) {
        std::vector<float> got(load.lines[2].begin(), load.lines[2].end() - 1);
        rise_take_out({gain.data(), mean.data(), mean.data() + 1, alone.data()}, rise, by, got);
        expect_same_bytes(expected, got, target + ", pixels: " + std::to_string(n));
      });
    }
  }
}

}  // namespace
}  // namespace portcullis::imaging::kernels
