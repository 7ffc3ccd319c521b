#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Values of the material image, as in material.tif.
enum class Material : std::uint8_t {
  kNone = 0,  ///< None, or too thin to say.
  kOrganic = 1,
  kLightInorganic = 2,
  kMetal = 3,
  kHeavyMetal = 4,
  kTooThick = 5,
};
/// Beside the class, what else there is to say of it: bits of Images::material_marks.
inline constexpr std::uint8_t kMarkHeavyNotExcluded = 1;  ///< Too thin to tell heavy metal apart.
inline constexpr std::uint8_t kMarkTooThin = 2;     ///< Something is here, too thin to be classed.
inline constexpr std::uint8_t kMarkDecomposed = 4;  ///< The class of what stands before a layer.
std::string_view material_name(Material material);  ///< "none", "organic", "light inorganic", ...

/// What a scan measured. Where one energy is missing altogether, its plane is estimated from the
/// other one as if all were aluminium, there is no material, and mass is of middle goods.
enum class Energies : std::uint8_t { kBoth = 0, kHighOnly = 1, kLowOnly = 2 };

/// What scatter and dark drift leave in either energy, of air, where nothing is known of them.
inline constexpr double kScatterLeftUnknown = 2e-4;

/// Everything imaging recovers from one scan, on one grid (core::make_image_grid). Row-major,
/// [row * columns + column], origin top left, the vehicle's front at the left.
struct Images {
  core::ImageGrid grid;
  std::vector<float> transmission_high;  ///< Linear, air = 1, at least 1e-7.
  std::vector<float> transmission_low;
  std::vector<float> mass_g_cm2;       ///< Areal density along the ray, never negative.
  std::vector<std::uint8_t> material;  ///< Material
  std::vector<std::uint8_t> material_confidence_percent;  ///< 0 to 100
  std::vector<std::uint8_t> material_marks;      ///< kMark...; empty where not carried along.
  std::vector<std::uint8_t> effective_z_halves;  ///< Twice the effective Z; 0 not known.
  std::vector<float>
      obliquity;  ///< [rows]: path per metre across (1 / cos of the ray's elevation).
  std::vector<std::uint8_t>
      bad;  ///< 1: no measurement here (lost lines, dead pixels); shown as such.
  std::vector<std::string> quality;  ///< Remarks in words: "12 lines lost", "module 3 dead".
  /// What was not corrected or not judged because the calibration lacks what it takes; no damage of
  /// this scan.
  std::vector<std::string> notes;
  std::uint64_t lines_lost = 0;
  Energies energies = Energies::kBoth;
  /// Of air, in either energy: what scatter and dark drift may have left after their correction.
  double scatter_left = kScatterLeftUnknown;
  double correct_ms = 0;

  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
  }
};

/// Finished columns of the images, while a scan runs. Column k of the installation is centred at
/// k * mm_per_px of the encoder's place (core::make_image_grid); rows from the top. Planes are
/// row-major, `stride` values from row to row: pixel (row r, column first_column + c) is at [r *
/// stride + c]. Lent for the call.
struct ImageBlock {
  std::int64_t first_column = 0;
  int columns = 0;
  int rows = 0;
  std::size_t stride = 0;
  const float* transmission_high = nullptr;  ///< Meanings as in Images.
  const float* transmission_low = nullptr;
  const float* mass_g_cm2 = nullptr;
  const std::uint8_t* material = nullptr;
  const std::uint8_t* material_confidence_percent = nullptr;
  const std::uint8_t* material_marks = nullptr;      ///< Null where not carried along,
  const std::uint8_t* effective_z_halves = nullptr;  ///< likewise.
  const std::uint8_t* bad = nullptr;
  double scatter_left = kScatterLeftUnknown;
};

/// k of column 0 of these images' grid.
std::int64_t first_column_of(const core::ImageGrid& grid);
/// All columns as one block. The images must outlive it.
ImageBlock whole_block(const Images& images);

}  // namespace portcullis::imaging
