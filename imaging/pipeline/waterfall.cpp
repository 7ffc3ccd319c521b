#include "imaging/pipeline/waterfall.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/line_normaliser.h"
#include "imaging/correct/line_order.h"
#include "imaging/display/portable_math.h"
#include "imaging/display/render.h"
#include "imaging/geometry/fan_to_plane.h"

namespace portcullis::imaging {

namespace {
constexpr std::uint8_t kNoMeasurement = 128;
constexpr std::size_t kWaterfallSteps = 1024;
constexpr float kWaterfallAttenuationMax = 6.2F;

core::ImageGrid waterfall_grid(const core::ScannerGeometry& geometry, int rows) {
  core::ScannerGeometry coarse = geometry;
  core::ImageGrid grid = core::make_image_grid(coarse, 0, 0);
  const double height_mm = (grid.rows - 1) * grid.mm_per_px;
  grid.mm_per_px = std::max(height_mm / (rows - 1), 1e-3);
  grid.rows = rows;
  return grid;
}
}  // namespace

struct Waterfall::State {
  State(const core::ScannerGeometry& geometry, const core::Calibration& calibration, int rows,
        const BadPixels& found)
      : normaliser(calibration.dark, calibration.air_high),
        fill(geometry, found.bad),
        fan(geometry, waterfall_grid(geometry, rows)),
        pixels_per_module(geometry.pixels_per_module),
        module_count(geometry.module_count),
        transmission(geometry.pixels.size()),
        row_values(static_cast<std::size_t>(rows)),
        column(static_cast<std::size_t>(rows)) {
    const Window window{0.0F, kWaterfallAttenuationMax, 0.72F};
    std::vector<std::uint16_t> codes(kWaterfallSteps);
    for (std::size_t i = 0; i < kWaterfallSteps; ++i) {
      const double attenuation = static_cast<double>(kWaterfallAttenuationMax) *
                                 static_cast<double>(i) / (kWaterfallSteps - 1);
      codes[i] = static_cast<std::uint16_t>(1024.0 + 4096.0 * attenuation + 0.5);
    }
    render_standard(codes, window, table);
  }

  LineNormaliser normaliser;
  PixelFill fill;
  FanToPlane fan;
  std::size_t pixels_per_module;
  std::size_t module_count;
  std::vector<float> transmission;
  std::vector<float> row_values;
  std::vector<std::uint8_t> column;
  std::array<std::uint8_t, kWaterfallSteps> table{};
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
  if (line.header.energy != core::Energy::kHigh || line.samples.size() != s.transmission.size())
    return {};
  if ((line.header.flags & (core::line_flag::kLineMissing | core::line_flag::kTestPattern)) != 0)
    return {};
  const double dose = s.normaliser.dose_share(line.header.dose_counts);
  if (dose < kDoseShareMin) return {};
  s.normaliser.apply(line.samples, dose, s.transmission);
  s.fill.apply(s.transmission);
  s.fan.apply(s.transmission, s.row_values);
  constexpr float kToStep = (kWaterfallSteps - 1) / kWaterfallAttenuationMax;
  const bool all_here = line.modules_present.count() >= s.module_count;
  for (std::size_t r = 0; r < s.column.size(); ++r) {
    const float attenuation = -portable_log(std::max(s.row_values[r], 1e-4F));
    const float step =
        std::clamp(attenuation * kToStep, 0.0F, static_cast<float>(kWaterfallSteps - 1));
    s.column[r] = s.table[static_cast<std::size_t>(step)];
    if (!all_here && !line.modules_present.test(s.fan.main_pixel()[r] / s.pixels_per_module))
      s.column[r] = kNoMeasurement;
  }
  return s.column;
}

}  // namespace portcullis::imaging
