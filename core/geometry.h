#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace portcullis::core {

/// Lane coordinates, millimetres: y across the lane (0 on the centre line, the source at negative
/// y), z above ground. x runs along the vehicle from its front to its rear and is what the
/// encoder measures.
struct PixelPosition {
  double y_mm = 0;
  double z_mm = 0;
};

/// The installation's survey: known to the lane and to imaging, stored with every scan.
struct ScannerGeometry {
  std::string name;  ///< "gantry-6mv"
  double source_y_mm = 0;
  double source_z_mm = 0;
  std::vector<PixelPosition> pixels;  ///< Centres, array order: module 0 pixel 0 first.
  double pixel_pitch_mm = 0;
  std::uint16_t module_count = 0;
  std::uint16_t pixels_per_module = 0;
  double encoder_mm_per_count = 0;
  double pulse_rate_hz = 0;  ///< Both energies together.
  double energy_high_mv = 0;
  double energy_low_mv = 0;
  double image_mm_per_px = 2.0;  ///< Square pixels of the images, in the centre line's plane.
  bool gantry_moves = true;      ///< Else the vehicle drives through.
};

/// The grid of every image of a scan: square pixels in the vertical plane y = 0, origin top left.
/// Column c is centred at x = x_first_mm + c * mm_per_px; row r at
/// z = z_first_mm - r * mm_per_px.
struct ImageGrid {
  int columns = 0;
  int rows = 0;
  double mm_per_px = 0;
  double x_first_mm = 0;
  double z_first_mm = 0;
  /// The source stands this far before the plane, at this height; 0: not known.
  double source_distance_mm = 0;
  double source_z_mm = 0;

  /// Path of the ray through a row for each millimetre across the lane; 1 where the source's place
  /// is not known.
  [[nodiscard]] double obliquity(double row) const;
  [[nodiscard]] double x_mm(double column) const { return x_first_mm + column * mm_per_px; }
  [[nodiscard]] double z_mm(double row) const { return z_first_mm - row * mm_per_px; }
  [[nodiscard]] double column_of(double x_mm) const { return (x_mm - x_first_mm) / mm_per_px; }
  [[nodiscard]] double row_of(double z_mm) const { return (z_first_mm - z_mm) / mm_per_px; }
};

/// z where the ray from the source to `pixel` crosses the plane y = 0.
double z_at_centre_line_mm(const ScannerGeometry& geometry, const PixelPosition& pixel);

/// The grid that covers the encoder range of a scan and every pixel's ray at the centre line.
/// `encoder_min`, `encoder_max`: least and largest count over the scan's lines. Simulated truth
/// and reconstructed images use this one function, so they are on one grid.
///
/// Columns are anchored to the encoder's zero, not to where the scan began: column k of the
/// installation is centred at x = k * mm_per_px. A scan's image begins with an even k (classes are
/// found on pairs of columns), so that it can be worked in blocks that stand still whatever is
/// scanned, in either direction.
ImageGrid make_image_grid(const ScannerGeometry& geometry, std::int32_t encoder_min,
                          std::int32_t encoder_max);
/// k of the first and last column of that grid.
struct ColumnRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
ColumnRange image_columns(const ScannerGeometry& geometry, std::int32_t encoder_min,
                          std::int32_t encoder_max);

}  // namespace portcullis::core
