#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/records.h"
#include "imaging/growing_planes.h"
#include "imaging/images.h"

namespace portcullis::imaging {

/// The images averaged to about 8 mm a pixel: what the finders work on. Averages are of linear
/// transmission, as one larger pixel would have measured. Row-major. `factor` is a power of two and
/// the averages are anchored as blocks of columns are, so that they can be made while the scan
/// runs; up to factor - 1 columns at each end of the images are left out.
struct WorkPlane {
  core::ImageGrid grid;           ///< Of the averaged pixels.
  int factor = 1;                 ///< Image pixels to one of these, each way.
  int first_px = 0;               ///< Column of the images where column 0 begins.
  std::vector<float> high;        ///< -ln of the mean transmission, high energy.
  std::vector<float> low;         ///< The same, low energy.
  std::vector<float> mass_g_cm2;  ///< Along the ray.
  std::vector<float> thick;       ///< Share of the pixels that are too thick to measure.
  std::vector<float> heavy;       ///< Share classed as heavy metal.
  std::vector<float> metal;       ///< Share classed as metal.
  std::vector<float> light;       ///< Share classed as light inorganic.
  std::vector<std::uint8_t> bad;  ///< 1: less than half was measured.
  std::vector<float> obliquity;   ///< [rows]
  double scatter_left = kScatterLeftUnknown;  ///< Of air, see Images.
  double source_z_mm = 0;                     ///< Of the fan's apex, from the obliquity.
  double source_distance_mm =
      0;  ///< From the apex to the centre line's plane; large where parallel.

  [[nodiscard]] std::size_t at(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
           static_cast<std::size_t>(column);
  }
  /// The box in pixels of the images.
  [[nodiscard]] core::PixelBox image_box(const core::PixelBox& box,
                                         const core::ImageGrid& images) const;
  /// The plane's height where a point at height z and `y_mm` across is seen.
  [[nodiscard]] double seen_z_mm(double z_mm, double y_mm) const {
    return source_z_mm + (z_mm - source_z_mm) * source_distance_mm / (source_distance_mm + y_mm);
  }
  /// The height of a point `y_mm` across that is seen at height z in the plane.
  [[nodiscard]] double true_z_mm(double seen_z, double y_mm) const {
    return source_z_mm + (seen_z - source_z_mm) * (source_distance_mm + y_mm) / source_distance_mm;
  }
};

WorkPlane make_work_plane(const Images& images);

/// The work plane of a scan, block by block as they come, in either direction of travel. Blocks
/// meet at multiples of 256 columns (see ScanProcessor), which no work pixel crosses. Threading:
/// one thread; works on core::parallel_for.
class WorkPlaneBuilder final {
 public:
  /// Memory for `columns_expected` columns of the images is taken at once, and more as they come.
  WorkPlaneBuilder(double mm_per_px, int rows, int columns_expected);
  void add(const ImageBlock& block);
  /// `grid`: of the images, all of whose columns were given. The builder is empty afterwards.
  WorkPlane take(const core::ImageGrid& grid, std::span<const float> obliquity);

 private:
  static constexpr std::size_t kPlanes = 7;
  void move(const GrowingColumns::Move& by);

  int factor_;
  int rows_;
  GrowingColumns columns_;  ///< Of work pixels.
  std::array<std::vector<float>, kPlanes>
      values_;                          ///< high, low, mass, thick, heavy, metal, light.
  std::vector<std::uint8_t> measured_;  ///< At least half of it.
  double scatter_left_ = kScatterLeftUnknown;
};

/// Box of image pixels in millimetres of the centre line's plane.
core::MillimetreBox millimetre_box(const core::ImageGrid& grid, const core::PixelBox& box);

/// The value below which `share` of `values` lies; reorders them. 0 where there are none.
float quantile(std::vector<float>& values, double share);

}  // namespace portcullis::imaging
