#include "imaging/enhance/enhance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/assert.h"
#include "imaging/display/quantise.h"

namespace portcullis::imaging {

namespace {

std::size_t checked_count(int columns, int rows, std::size_t codes, std::size_t gray) {
  PC_ASSERT(columns >= 0 && rows >= 0);
  const auto count = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  PC_ASSERT(codes == count && gray == count);
  return count;
}

/// Draws `codes`, and those whose class bit is set in `taken` at a tenth of their darkness.
void strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
           const Window& window, std::uint32_t taken, std::span<std::uint8_t> gray) {
  PC_ASSERT(material.size() == codes.size());
  render_standard(codes, window, gray);
  for (std::size_t i = 0; i < gray.size(); ++i) {
    const std::uint32_t m = material[i] < 6 ? material[i] : 0U;
    if ((taken >> m) & 1U) gray[i] = static_cast<std::uint8_t>(255 - (255 - gray[i]) / 10);
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
  cv::Mat attenuation(rows, columns, CV_32F);
  auto* a = attenuation.ptr<float>();
  for (std::size_t i = 0; i < count; ++i) a[i] = attenuation_from_code(codes[i]);
  // Noise in the log grows with thickness: what the 3 x 3 mean cannot tell from noise is not
  // raised.
  cv::Mat fine;
  cv::Mat blurred;
  cv::blur(attenuation, fine, cv::Size(3, 3), cv::Point(-1, -1), cv::BORDER_REPLICATE);
  cv::GaussianBlur(attenuation, blurred, cv::Size(2 * kEdgeHalo_px + 1, 2 * kEdgeHalo_px + 1), 2.5,
                   2.5, cv::BORDER_REPLICATE);
  const float gain = std::clamp(strength, 0.0F, 3.0F);
  std::vector<std::uint16_t> sharpened(count);
  const auto* f = fine.ptr<float>();
  const auto* b = blurred.ptr<float>();
  for (std::size_t i = 0; i < count; ++i) {
    const float difference = f[i] - b[i];
    // exp(A/2): relative noise of a count goes with the root of the transmission.
    const float floor_here =
        noise_floor * (0.5F + 0.5F * std::exp(std::min(0.5F * std::max(a[i], 0.0F), 8.0F)));
    const float magnitude = std::abs(difference);
    const float raised =
        magnitude > floor_here ? std::copysign(magnitude - floor_here, difference) : 0.0F;
    sharpened[i] = code_from_attenuation(a[i] + gain * raised);
  }
  render_standard(sharpened, window, gray);
}

void local_contrast(std::span<const std::uint16_t> codes, int columns, int rows,
                    const Window& window, int tile_px, float clip, std::span<std::uint8_t> gray) {
  const std::size_t count = checked_count(columns, rows, codes.size(), gray.size());
  if (count == 0) return;
  // Equalised in 16 bits, so that a wide window does not band.
  cv::Mat source(rows, columns, CV_16U);
  auto* s = source.ptr<std::uint16_t>();
  std::vector<std::uint16_t> table(65536);
  const double lo = static_cast<double>(window.attenuation_lo);
  const double hi = std::max(static_cast<double>(window.attenuation_hi), lo + 0.01);
  const double power = std::clamp(static_cast<double>(window.power), 0.1, 5.0);
  for (std::size_t code = 0; code < table.size(); ++code) {
    const double part =
        ((static_cast<double>(code) - kAirCode) / kCodesPerAttenuation - lo) / (hi - lo);
    table[code] =
        static_cast<std::uint16_t>(65535.0 * (1.0 - std::pow(std::clamp(part, 0.0, 1.0), power)));
  }
  for (std::size_t i = 0; i < count; ++i) s[i] = table[codes[i]];
  const int tile = std::max(16, tile_px);
  const cv::Size tiles(std::max(1, columns / tile), std::max(1, rows / tile));
  cv::Mat equalised;
  cv::createCLAHE(static_cast<double>(std::clamp(clip, 1.0F, 8.0F)), tiles)
      ->apply(source, equalised);
  const auto* e = equalised.ptr<std::uint16_t>();
  for (std::size_t i = 0; i < count; ++i) gray[i] = static_cast<std::uint8_t>(e[i] >> 8);
}

void organic_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                   const Window& window, std::span<std::uint8_t> gray) {
  strip(codes, material, window, 0b000011U, gray);
}

void metal_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                 const Window& window, std::span<std::uint8_t> gray) {
  strip(codes, material, window, 0b111000U, gray);
}

}  // namespace portcullis::imaging
