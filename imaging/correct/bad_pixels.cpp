#include "imaging/correct/bad_pixels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr double kFullScale_counts = 1048575.0;

float median_of(std::vector<float> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void mark_against_air(const core::CalibrationFrame& dark, const core::CalibrationFrame& air,
                      std::size_t pixels_per_module, BadPixels& out) {
  const std::size_t pixels = air.mean_counts.size();
  std::vector<float> signal(pixels);
  for (std::size_t p = 0; p < pixels; ++p) signal[p] = air.mean_counts[p] - dark.mean_counts[p];
  const float whole = median_of(signal);
  const bool variance_known = std::any_of(air.variance_counts2.begin(), air.variance_counts2.end(),
                                          [](float v) { return v > 0; });
  for (std::size_t first = 0; first < pixels; first += pixels_per_module) {
    const std::size_t last = std::min(pixels, first + pixels_per_module);
    const float module = median_of({signal.begin() + static_cast<std::ptrdiff_t>(first),
                                    signal.begin() + static_cast<std::ptrdiff_t>(last)});
    const float reference = std::max(module, 0.3F * whole);
    for (std::size_t p = first; p < last; ++p) {
      if (out.bad[p] != 0) continue;
      if (static_cast<double>(air.mean_counts[p]) > 0.99 * kFullScale_counts) {
        out.bad[p] = 1;
        ++out.hot;
      } else if (!(signal[p] > 0.3F * reference)) {
        out.bad[p] = 1;
        ++out.dead;
      } else if (variance_known && p < air.variance_counts2.size() &&
                 air.variance_counts2[p] <= 0) {
        out.bad[p] = 1;
        ++out.dead;
      }
    }
  }
}

}  // namespace

BadPixels find_bad_pixels(const core::ScannerGeometry& geometry,
                          const core::Calibration& calibration) {
  const std::size_t pixels = geometry.pixels.size();
  const auto& dark = calibration.dark;
  PC_ASSERT(dark.mean_counts.size() == pixels &&
            calibration.air_high.mean_counts.size() == pixels &&
            calibration.air_low.mean_counts.size() == pixels);
  BadPixels out;
  out.bad.assign(pixels, 0);
  const std::size_t per_module = std::max<std::size_t>(1, geometry.pixels_per_module);

  const float dark_median = median_of(dark.mean_counts);
  const float air_median = median_of(calibration.air_high.mean_counts);
  const float variance_median = median_of(dark.variance_counts2);
  for (std::size_t p = 0; p < pixels; ++p) {
    if (dark.mean_counts[p] > dark_median + 0.02F * air_median) {
      out.bad[p] = 1;
      ++out.hot;
    } else if (p < dark.variance_counts2.size() && variance_median > 0 &&
               dark.variance_counts2[p] > 25.0F * variance_median) {
      out.bad[p] = 1;
      ++out.noisy;
    }
  }
  mark_against_air(dark, calibration.air_high, per_module, out);
  mark_against_air(dark, calibration.air_low, per_module, out);

  for (std::size_t first = 0; first < pixels; first += per_module) {
    const std::size_t last = std::min(pixels, first + per_module);
    const auto bad =
        std::accumulate(out.bad.begin() + static_cast<std::ptrdiff_t>(first),
                        out.bad.begin() + static_cast<std::ptrdiff_t>(last), std::size_t{0});
    if (4 * bad > 3 * (last - first))
      out.dead_modules.push_back(static_cast<std::uint16_t>(first / per_module));
  }
  return out;
}

PixelFill::PixelFill(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad) {
  const std::size_t pixels = geometry.pixels.size();
  PC_ASSERT(bad.size() == pixels);
  std::vector<double> z_mm(pixels);
  std::vector<std::uint32_t> order(pixels);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t p = 0; p < pixels; ++p)
    z_mm[p] = core::z_at_centre_line_mm(geometry, geometry.pixels[p]);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return z_mm[a] < z_mm[b]; });
  constexpr std::size_t kNone = ~std::size_t{0};
  std::vector<std::size_t> next_good(pixels, kNone);
  for (std::size_t i = pixels; i-- > 0;) {
    next_good[i] = bad[order[i]] == 0 ? i : (i + 1 < pixels ? next_good[i + 1] : kNone);
  }
  std::size_t previous = kNone;
  for (std::size_t i = 0; i < pixels; ++i) {
    if (bad[order[i]] == 0) {
      previous = i;
      continue;
    }
    const std::size_t next = next_good[i];
    if (previous == kNone && next == kNone) return;  // nothing good at all: nothing to fill from
    const std::size_t lower = previous == kNone ? next : previous;
    const std::size_t upper = next == kNone ? previous : next;
    const double width = z_mm[order[upper]] - z_mm[order[lower]];
    const double weight = width > 0 ? (z_mm[order[i]] - z_mm[order[lower]]) / width : 0.5;
    entries_.push_back({order[i], order[lower], order[upper], static_cast<float>(weight)});
  }
}

void PixelFill::apply(std::span<float> values) const {
  for (const auto& e : entries_) {
    values[e.pixel] = values[e.lower] + (values[e.upper] - values[e.lower]) * e.weight_upper;
  }
}

}  // namespace portcullis::imaging
