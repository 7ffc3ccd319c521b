#include "imaging/pipeline/imaging_base.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>

namespace portcullis::imaging {

namespace {

constexpr double kRowsInScanMax = 16'384;

core::Error no_base(const std::string& what) {
  return {core::ErrorCode::kInvalidInput, "scan: " + what};
}

core::Status check_frame(const core::CalibrationFrame& frame, const char* name,
                         std::size_t pixels) {
  if (frame.mean_counts.size() != pixels) {
    return no_base(std::string("calibration frame ") + name + " has " +
                   std::to_string(frame.mean_counts.size()) + " pixels, the geometry has " +
                   std::to_string(pixels) + "; a scan needs its own calibration");
  }
  for (const float mean : frame.mean_counts) {
    if (!std::isfinite(mean))
      return no_base(std::string("calibration frame ") + name +
                     " has a mean that is no number; calibrate again");
  }
  return {};
}

}  // namespace

core::Status check_imaging_base(const core::ScannerGeometry& g,
                                const core::Calibration& calibration) {
  const std::size_t pixels = g.pixels.size();
  if (pixels == 0 || g.module_count == 0 || g.module_count > core::kModulesMax ||
      static_cast<std::size_t>(g.module_count) * g.pixels_per_module != pixels) {
    return no_base("geometry: " + std::to_string(pixels) + " pixels are not " +
                   std::to_string(g.module_count) + " modules of " +
                   std::to_string(g.pixels_per_module));
  }
  if (!(g.image_mm_per_px >= 0.2) || !(g.encoder_mm_per_count > 0) || !(g.source_y_mm < 0)) {
    return no_base(
        "geometry: image_mm_per_px must be at least 0.2, encoder_mm_per_count above 0 and "
        "source_y_mm below 0");
  }
  double z_min = std::numeric_limits<double>::infinity();
  double z_max = -z_min;
  for (const auto& pixel : g.pixels) {
    // Beyond the centre line, seen from the source; written so that NaN fails too.
    if (!(pixel.y_mm > 0))
      return no_base("geometry: a pixel does not stand behind the centre line (y_mm above 0)");
    const double z = core::z_at_centre_line_mm(g, pixel);
    z_min = std::min(z_min, z);
    z_max = std::max(z_max, z);
  }
  if (!((z_max - z_min) / g.image_mm_per_px < kRowsInScanMax))
    return no_base("geometry: more than 16384 image rows");
  PC_CHECK(check_frame(calibration.dark, "dark", pixels));
  PC_CHECK(check_frame(calibration.air_high, "air_high", pixels));
  return check_frame(calibration.air_low, "air_low", pixels);
}

}  // namespace portcullis::imaging
