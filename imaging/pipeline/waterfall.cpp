#include "imaging/pipeline/waterfall.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "imaging/correct/air_gain.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/display/render.h"
#include "imaging/geometry/fan_to_plane.h"
#include "imaging/kernels/line_kernels.h"
#include "imaging/pipeline/live_level.h"

namespace portcullis::imaging {

namespace {
constexpr std::uint8_t kNoMeasurement = 128;
constexpr float kWaterfallAttenuationMax = 6.2F;

core::ImageGrid waterfall_grid(const core::ScannerGeometry& geometry, int rows) {
  core::ImageGrid grid = core::make_image_grid(geometry, 0, 0);
  const double height_mm = (grid.rows - 1) * grid.mm_per_px;
  grid.mm_per_px = std::max(height_mm / (rows - 1), 1e-3);
  grid.rows = rows;
  return grid;
}

/// Brightness of the steps' lighter ends: the noise of air stays white.
kernels::GrayTable waterfall_grays() {
  const Window window{0.0F, kWaterfallAttenuationMax, 0.72F};
  std::vector<std::uint16_t> codes(kernels::kGraySteps);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const double attenuation =
        static_cast<double>(i) / static_cast<double>(kernels::kGrayStepsPerUnit);
    codes[i] = static_cast<std::uint16_t>(std::lround(1024.0 + 4096.0 * attenuation));
  }
  std::vector<std::uint8_t> gray(codes.size());
  render_standard(codes, window, gray);
  return {{gray.begin(), gray.end()}};
}

/// One energy's calibration in the kernels' form.
struct LiveGain {
  LiveGain(const core::CalibrationFrame& dark, const core::CalibrationFrame& air)
      : dose_mean_counts(air.dose_mean_counts), gain(air.mean_counts.size()) {
    for (std::size_t p = 0; p < gain.size(); ++p) {
      const float signal = air.mean_counts[p] - dark.mean_counts[p];
      gain[p] = signal > 0 ? 1.0F / signal : 0.0F;
    }
  }
  [[nodiscard]] double dose_share(std::uint32_t dose_counts) const {
    return dose_mean_counts > 0 ? static_cast<double>(dose_counts) / dose_mean_counts : 1.0;
  }
  double dose_mean_counts;
  std::vector<float> gain;
};
}  // namespace

struct Waterfall::State {
  State(const core::ScannerGeometry& geometry, const core::Calibration& calibration, int rows,
        const BadPixels& found)
      : high(calibration.dark, calibration.air_high),
        low(calibration.dark, calibration.air_low),
        dark(calibration.dark.mean_counts),
        fill(geometry, found.bad),
        level(geometry, found.bad),
        fan(geometry, waterfall_grid(geometry, rows)),
        rows_of_pixels(fan.weights().first, fan.weights().index, fan.weights().weight),
        pixels_per_module(geometry.pixels_per_module),
        module_count(geometry.module_count),
        grays(waterfall_grays()),
        transmission(geometry.pixels.size()),
        row_values(static_cast<std::size_t>(rows)),
        column(static_cast<std::size_t>(rows)) {}

  LiveGain high, low;
  std::vector<float> dark;
  PixelFill fill;
  LiveLevel level;
  FanToPlane fan;
  kernels::RowMap rows_of_pixels;
  std::size_t pixels_per_module;
  std::size_t module_count;
  kernels::GrayTable grays;
  std::vector<float> transmission;
  std::vector<float> row_values;
  std::vector<std::uint8_t> column;
};

Waterfall::Waterfall(std::unique_ptr<State> state) : state_(std::move(state)) {}
Waterfall::Waterfall(Waterfall&&) noexcept = default;
Waterfall& Waterfall::operator=(Waterfall&&) noexcept = default;
Waterfall::~Waterfall() = default;

core::Result<Waterfall> Waterfall::create(const core::ScannerGeometry& geometry,
                                          const core::Calibration& calibration, int rows) {
  const std::size_t pixels = geometry.pixels.size();
  const auto fail = [](const std::string& what) {
    return core::Error{core::ErrorCode::kInvalidInput, "waterfall: " + what};
  };
  if (rows < 16 || rows > 4096) return fail("rows must be 16 to 4096, not " + std::to_string(rows));
  if (pixels == 0 ||
      static_cast<std::size_t>(geometry.module_count) * geometry.pixels_per_module != pixels) {
    return fail("geometry: pixels are not module_count x pixels_per_module");
  }
  if (!(geometry.image_mm_per_px > 0) || !(geometry.source_y_mm < 0))
    return fail("geometry: image_mm_per_px and source_y_mm");
  for (const auto& pixel : geometry.pixels) {
    if (!(pixel.y_mm > 0)) return fail("geometry: a pixel does not stand behind the centre line");
  }
  if (calibration.dark.mean_counts.size() != pixels ||
      calibration.air_high.mean_counts.size() != pixels ||
      calibration.air_low.mean_counts.size() != pixels) {
    return fail("calibration does not have the geometry's " + std::to_string(pixels) + " pixels");
  }
  return Waterfall(
      std::make_unique<State>(geometry, calibration, rows, find_bad_pixels(geometry, calibration)));
}

int Waterfall::rows() const {
  return static_cast<int>(state_->column.size());
}

std::span<const std::uint8_t> Waterfall::push(const core::Line& line) noexcept {
  State& s = *state_;
  const bool is_high = line.header.energy == core::Energy::kHigh;
  if ((!is_high && line.header.energy != core::Energy::kLow) ||
      line.samples.size() != s.transmission.size())
    return {};
  if ((line.header.flags & (core::line_flag::kLineMissing | core::line_flag::kTestPattern)) != 0)
    return {};
  const LiveGain& calibration = is_high ? s.high : s.low;
  const double dose = calibration.dose_share(line.header.dose_counts);
  if (dose < kDoseShareMin) return {};
  kernels::normalise(line.samples, s.dark, calibration.gain, static_cast<float>(1.0 / dose),
                     s.transmission);
  s.fill.apply(s.transmission);
  // Low energy is not drawn, but knows of the boom's sway between two pulses of high energy.
  const bool all_here = line.modules_present.count() >= s.module_count;
  if (!is_high && !all_here) return {};
  const LiveLevel::Level level = s.level.add(line.header.pulse, s.transmission);
  if (!is_high || level.off) return {};
  s.level.apply(level, s.transmission);
  s.rows_of_pixels.apply(s.transmission, s.row_values);
  kernels::gray(s.row_values, s.grays, s.column);
  if (all_here) return s.column;
  for (std::size_t r = 0; r < s.column.size(); ++r) {
    if (!line.modules_present.test(s.fan.main_pixel()[r] / s.pixels_per_module))
      s.column[r] = kNoMeasurement;
  }
  return s.column;
}

}  // namespace portcullis::imaging
