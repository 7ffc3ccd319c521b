#include "imaging/enhance/enhance.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "core/assert.h"
#include "imaging/display/quantise.h"
#include "imaging/kernels/filter_kernels.h"

namespace portcullis::imaging {

namespace {

std::size_t checked_count(int columns, int rows, std::size_t codes, std::size_t out) {
  PC_ASSERT(columns >= 0 && rows >= 0);
  const auto count = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  PC_ASSERT(codes == count && out == count);
  return count;
}

/// Draws `codes`, and those whose class bit is set in `taken` at a tenth of their darkness.
void strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
           const Window& window, std::uint32_t taken, std::span<std::uint8_t> gray) {
  PC_ASSERT(material.size() == codes.size());
  render_standard(codes, window, gray);
  // By class and gray: no branch a pixel.
  std::array<std::array<std::uint8_t, 256>, 8> table{};
  for (std::uint32_t m = 0; m < table.size(); ++m) {
    const bool away = ((taken >> (m < 6 ? m : 0U)) & 1U) != 0;
    for (std::uint32_t g = 0; g < 256; ++g)
      table[m][g] = static_cast<std::uint8_t>(away ? 255 - (255 - g) / 10 : g);
  }
  for (std::size_t i = 0; i < gray.size(); ++i)
    gray[i] = table[std::min<std::uint8_t>(material[i], 7)][gray[i]];
}

/// exp(attenuation / 2) by code / 16: relative noise of a count goes with the root of the
/// transmission.
constexpr std::size_t kNoiseSteps = 4096;
const std::vector<float>& noise_growth() {
  static const std::vector<float> table = [] {
    std::vector<float> growth(kNoiseSteps);
    for (std::size_t i = 0; i < growth.size(); ++i) {
      const double a = (static_cast<double>(i) * 16.0 + 8.0 - kAirCode) / kCodesPerAttenuation;
      growth[i] = static_cast<float>(std::exp(std::clamp(0.5 * a, 0.0, 8.0)));
    }
    return growth;
  }();
  return table;
}

std::uint32_t pack_colour(double r, double g, double b) {
  const auto byte = [](double v) {
    return static_cast<std::uint32_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255.0));
  };
  return 0xFF000000U | (byte(r) << 16U) | (byte(g) << 8U) | byte(b);
}

std::uint32_t palette_colour(Palette palette, double light) {
  switch (palette) {
    case Palette::kHotMetal:
      return pack_colour(light * 3.0, light * 3.0 - 1.0, light * 3.0 - 2.0);
    case Palette::kIce:
      return pack_colour(light * 3.0 - 2.0, light * 3.0 - 1.0, light * 3.0);
    case Palette::kCubeHelix: {
      // Start 0.5, one and a half rotations backwards, hue 1, gamma 1: the author's defaults.
      const double angle = 2.0 * std::numbers::pi * (0.5 / 3.0 + 1.0 - 1.5 * light);
      const double amplitude = light * (1.0 - light) / 2.0;
      const double c = std::cos(angle);
      const double s = std::sin(angle);
      return pack_colour(light + amplitude * (-0.14861 * c + 1.78277 * s),
                         light + amplitude * (-0.29227 * c - 0.90649 * s),
                         light + amplitude * 1.97294 * c);
    }
    case Palette::kRainbow: {
      const double hue = 5.0 * (1.0 - light);  // of 6: 300 to 0 degrees
      const auto part = [&](double shift) {
        const double at = std::fmod(hue + shift, 6.0);
        return std::clamp(std::abs(at - 3.0) - 1.0, 0.0, 1.0);
      };
      return pack_colour(part(0), part(4), part(2));
    }
  }
  return pack_colour(light, light, light);
}

// ---- local contrast

constexpr std::size_t kBins = 2048;
/// Four codes share a bin's table entry, as in render_standard().
constexpr std::size_t kCodesPerEntry = 4;

/// Darkness of a code in the window, 0 to kBins - 1.
std::vector<std::uint16_t> darkness_bins(const Window& window) {
  const double lo = static_cast<double>(window.attenuation_lo);
  const double hi = std::max(static_cast<double>(window.attenuation_hi), lo + 0.01);
  const double power = std::clamp(static_cast<double>(window.power), 0.1, 5.0);
  std::vector<std::uint16_t> bins(65536);
  for (std::size_t code = 0; code < bins.size(); code += kCodesPerEntry) {
    const double a = (static_cast<double>(code) + 2.0 - kAirCode) / kCodesPerAttenuation;
    const double part = std::pow(std::clamp((a - lo) / (hi - lo), 0.0, 1.0), power);
    const auto bin = static_cast<std::uint16_t>(std::lround(part * (kBins - 1)));
    for (std::size_t i = 0; i < kCodesPerEntry; ++i) bins[code + i] = bin;
  }
  return bins;
}

/// For each pixel along one axis: the tiles whose centres lie on both sides, and the second's
/// weight of 256.
struct TileTap {
  std::size_t first = 0, second = 0;
  std::uint32_t weight = 0;
};
int floor_div(int a, int b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}
std::vector<TileTap> tile_taps(int count, int origin, int tile_px, int tile_first, int tiles) {
  std::vector<TileTap> taps(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    // In halves of a pixel: centres of pixel and tile.
    const int place = 2 * (origin + i) + 1 - tile_px;
    const int left = floor_div(place, 2 * tile_px);
    const int past = place - left * 2 * tile_px;
    TileTap& tap = taps[static_cast<std::size_t>(i)];
    tap.first = static_cast<std::size_t>(std::clamp(left - tile_first, 0, tiles - 1));
    tap.second = static_cast<std::size_t>(std::clamp(left + 1 - tile_first, 0, tiles - 1));
    tap.weight = static_cast<std::uint32_t>((past * 256 + tile_px) / (2 * tile_px));
  }
  return taps;
}

/// Equalised darkness, 0 to 65535, by bin, of one tile's histogram.
void equalise(std::span<std::uint32_t> histogram, double clip, std::span<std::uint16_t> table) {
  std::uint64_t total = 0;
  for (const auto n : histogram) total += n;
  if (total == 0) {
    for (std::size_t b = 0; b < kBins; ++b)
      table[b] = static_cast<std::uint16_t>(b * 65535 / (kBins - 1));
    return;
  }
  // In 1/256 of a pixel, so that small tiles clip as finely as large ones.
  const auto limit = static_cast<std::uint64_t>(clip * static_cast<double>(total) * 256.0 / kBins);
  std::uint64_t excess = 0;
  for (const auto n : histogram) {
    const std::uint64_t fine = std::uint64_t{n} * 256;
    excess += fine > limit ? fine - limit : 0;
  }
  const std::uint64_t each = excess / kBins;
  const std::uint64_t whole = total * 256;
  std::uint64_t below = 0;
  for (std::size_t b = 0; b < kBins; ++b) {
    const std::uint64_t here = std::min(std::uint64_t{histogram[b]} * 256, limit) + each;
    // A bin's middle: a tile of one value keeps its place by the excess alone.
    table[b] = static_cast<std::uint16_t>(
        std::min<std::uint64_t>((below + here / 2) * 65535 / whole, 65535));
    below += here;
  }
}

}  // namespace

void window_level(std::span<const std::uint16_t> codes, const Window& window,
                  std::span<std::uint8_t> gray) {
  render_standard(codes, window, gray);
}

void inverse(std::span<std::uint8_t> gray) {
  for (auto& g : gray) g = static_cast<std::uint8_t>(255 - g);
}

Window log_window() {
  return {0.0F, 6.2F, 1.0F};
}
Window high_penetration_window() {
  return {3.0F, 10.0F, 0.8F};
}
Window low_penetration_window() {
  return {0.0F, 1.0F, 0.72F};
}

void edges(std::span<const std::uint16_t> codes, int columns, int rows, const Window& window,
           float strength, std::span<std::uint8_t> gray, float noise_floor) {
  const std::size_t count = checked_count(columns, rows, codes.size(), gray.size());
  if (count == 0) return;
  static_assert(kEdgeHalo_px == kernels::kBinomialWideReach);
  const float gain = std::clamp(strength, 0.0F, 3.0F);
  std::vector<float> floor_codes(kNoiseSteps);
  for (std::size_t i = 0; i < kNoiseSteps; ++i) {
    floor_codes[i] =
        noise_floor * static_cast<float>(kCodesPerAttenuation) * (0.5F + 0.5F * noise_growth()[i]);
  }
  std::vector<std::uint16_t> sharpened(count);
  kernels::unsharp(codes, static_cast<std::size_t>(columns), static_cast<std::size_t>(rows), gain,
                   floor_codes, sharpened);
  render_standard(sharpened, window, gray);
}

void local_contrast(std::span<const std::uint16_t> codes, int columns, int rows,
                    const Window& window, int tile_px, float clip, std::span<std::uint8_t> gray,
                    RegionOrigin origin) {
  const std::size_t count = checked_count(columns, rows, codes.size(), gray.size());
  if (count == 0) return;
  const int tile = std::max(16, tile_px);
  const double limit = static_cast<double>(std::clamp(clip, 1.0F, 8.0F));
  const int tile_x = floor_div(origin.x, tile);
  const int tile_y = floor_div(origin.y, tile);
  const int tiles_x = floor_div(origin.x + columns - 1, tile) - tile_x + 1;
  const int tiles_y = floor_div(origin.y + rows - 1, tile) - tile_y + 1;
  const auto width = static_cast<std::size_t>(columns);
  const auto across = static_cast<std::size_t>(tiles_x);

  const auto bin_of = darkness_bins(window);
  std::vector<std::uint16_t> bins(count);
  for (std::size_t i = 0; i < count; ++i) bins[i] = bin_of[codes[i]];

  std::vector<std::uint16_t> tables(across * static_cast<std::size_t>(tiles_y) * kBins);
  std::vector<std::uint32_t> histograms(across * kBins);
  for (int ty = 0; ty < tiles_y; ++ty) {
    std::fill(histograms.begin(), histograms.end(), 0U);
    const int y_from = std::max(0, (tile_y + ty) * tile - origin.y);
    const int y_to = std::min(rows, (tile_y + ty + 1) * tile - origin.y);
    for (int y = y_from; y < y_to; ++y) {
      const std::uint16_t* row = &bins[static_cast<std::size_t>(y) * width];
      for (int tx = 0; tx < tiles_x; ++tx) {
        std::uint32_t* histogram = &histograms[static_cast<std::size_t>(tx) * kBins];
        const int x_from = std::max(0, (tile_x + tx) * tile - origin.x);
        const int x_to = std::min(columns, (tile_x + tx + 1) * tile - origin.x);
        for (int x = x_from; x < x_to; ++x) ++histogram[row[x]];
      }
    }
    for (std::size_t tx = 0; tx < across; ++tx) {
      equalise({&histograms[tx * kBins], kBins}, limit,
               {&tables[(static_cast<std::size_t>(ty) * across + tx) * kBins], kBins});
    }
  }

  const auto columns_of = tile_taps(columns, origin.x, tile, tile_x, tiles_x);
  const auto rows_of = tile_taps(rows, origin.y, tile, tile_y, tiles_y);
  for (std::size_t y = 0; y < static_cast<std::size_t>(rows); ++y) {
    const std::uint16_t* upper = &tables[rows_of[y].first * across * kBins];
    const std::uint16_t* lower = &tables[rows_of[y].second * across * kBins];
    const std::uint32_t wy = rows_of[y].weight;
    for (std::size_t x = 0; x < width; ++x) {
      const TileTap& tap = columns_of[x];
      const std::size_t bin = bins[y * width + x];
      const std::size_t left = tap.first * kBins + bin;
      const std::size_t right = tap.second * kBins + bin;
      const std::uint32_t above = upper[left] * (256 - tap.weight) + upper[right] * tap.weight;
      const std::uint32_t below = lower[left] * (256 - tap.weight) + lower[right] * tap.weight;
      // 65535 * 2^16 fits.
      const std::uint32_t dark = (above * (256 - wy) + below * wy) >> 24U;
      gray[y * width + x] = static_cast<std::uint8_t>(255 - dark);
    }
  }
}

void organic_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                   const Window& window, std::span<std::uint8_t> gray) {
  strip(codes, material, window, 0b000011U, gray);
}

void metal_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                 const Window& window, std::span<std::uint8_t> gray) {
  strip(codes, material, window, 0b111000U, gray);
}

void mark_heavy_metal(std::span<const std::uint8_t> material, int columns, int rows,
                      RegionOrigin origin, std::span<std::uint32_t> argb) {
  checked_count(columns, rows, material.size(), argb.size());
  constexpr std::uint8_t kHeavyMetal = 4;
  constexpr int kPeriod_px = 8;
  constexpr std::uint32_t kViolet = 0xFF7A2FD0U;
  constexpr std::uint32_t kWhite = 0xFFFFFFFFU;
  std::size_t i = 0;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column, ++i) {
      if (material[i] != kHeavyMetal) continue;
      const int place = (origin.x + column + origin.y + row) & (kPeriod_px - 1);
      if (place < 3) argb[i] = place == 2 ? kWhite : kViolet;
    }
  }
}

void denoise(std::span<const std::uint16_t> codes, int columns, int rows, float strength,
             std::span<std::uint16_t> out, float air_noise) {
  const std::size_t count = checked_count(columns, rows, codes.size(), out.size());
  if (count == 0) return;
  static_assert(kDenoiseHalo_px == kernels::kSigmaReach);
  const float two_sigma = 2.0F * std::clamp(strength, 0.0F, 3.0F) * std::max(air_noise, 0.0F) *
                          static_cast<float>(kCodesPerAttenuation);
  std::vector<std::uint16_t> reach(kNoiseSteps);
  for (std::size_t i = 0; i < kNoiseSteps; ++i) {
    reach[i] = static_cast<std::uint16_t>(
        std::min(two_sigma * noise_growth()[i], static_cast<float>(kernels::kSigmaReachCodes)));
  }
  kernels::sigma_filter(codes, static_cast<std::size_t>(columns), static_cast<std::size_t>(rows),
                        reach, out);
}

std::array<std::uint32_t, 256> palette_colours(Palette palette) {
  std::array<std::uint32_t, 256> colours{};
  for (std::size_t g = 0; g < colours.size(); ++g)
    colours[g] = palette_colour(palette, static_cast<double>(g) / 255.0);
  return colours;
}

void pseudo_colour(std::span<const std::uint8_t> gray, Palette palette,
                   std::span<std::uint32_t> argb) {
  PC_ASSERT(gray.size() == argb.size());
  const auto colours = palette_colours(palette);
  for (std::size_t i = 0; i < gray.size(); ++i) argb[i] = colours[gray[i]];
}

}  // namespace portcullis::imaging
