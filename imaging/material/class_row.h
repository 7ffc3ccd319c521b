#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "imaging/material/material_curves.h"

namespace portcullis::imaging {

/// Classes of one row of pixels, on the machine's vectors: the same bytes on every machine (see
/// neighbourhood.h). Rows are read and written up to the next multiple of 16 columns.

/// The normal distribution function as a table: below(z) = values[clamp(z * kPerUnit + kMiddle +
/// 0.5, 0, 2 kMiddle)], the fraction cut off. By the logistic curve of D. Zogheib and M. Hlynka
/// (2009), within 0.002: enough for a confidence. Made by plain arithmetic, the same on every
/// machine.
class NormalTable final {
 public:
  static constexpr float kPerUnit = 64, kMiddle = 5 * kPerUnit;
  NormalTable();
  [[nodiscard]] const float* values() const { return values_.data(); }

 private:
  std::vector<float> values_;
};

/// What is the same for all rows. Borrows curves and table.
struct ClassRules {
  const MaterialCurves* curves = nullptr;
  const NormalTable* normal = nullptr;
  float scatter_left = 0;
  bool denoise = true;
  bool wide = true;  ///< The wide average may be asked.
  /// Information (1 / variance of m) below which no class is given, and below which the wide
  /// average is asked.
  float known = 0, settled = 0;
};

/// One row. Layers: H of what stands behind the pixel's cell and its m; H is 0 where there is none.
struct ClassRow {
  int columns = 0;
  const float* transmission_high = nullptr;
  const float* given = nullptr;  ///< kFarOff at edges.
  const float* high = nullptr;   ///< Of 7 x 7 pixels,
  const float* m = nullptr;      ///< or of the cells where these were asked,
  const float* information = nullptr;
  float* layer_high = nullptr;  ///< In: of the cell. After find_wanting(): of the pixel.
  const float* layer_m = nullptr;
  float* wanting = nullptr;  ///< After find_wanting(): information asked for, or 0 where enough.
  // Out:
  std::uint8_t *material = nullptr, *confidence_percent = nullptr, *marks = nullptr,
               *effective_z_halves = nullptr, *edge = nullptr;
  float* mass_g_cm2 = nullptr;
};

/// A layer counts where the pixel is thicker than it. Then the information a pixel needs, where it
/// has less.
void find_wanting(const ClassRules& rules, const ClassRow& row);

/// A row of cells, kCell pixels a side: the guide (kFarOff where a cell is silent), m, information.
struct CellsAround {
  const float *given = nullptr, *m = nullptr, *information = nullptr;
};
/// A row of pixels and the cells about it.
struct SettleRow {
  static constexpr int kCell = 4;
  int columns = 0;
  int phase = 0;                      ///< Pixel x stands in cell (x + phase) / kCell.
  int cells = 0;                      ///< To a row.
  std::array<CellsAround, 2> around;  ///< The cells of the row itself, then those nearest to it.
  const float *guide = nullptr, *alike = nullptr;
  const float* wanting = nullptr;              ///< Of find_wanting().
  float *m = nullptr, *information = nullptr;  ///< In and out.
};
/// Gives pixels that want information m and information of the best of the four cells nearest to
/// them, times its likeness to the pixel, where that is more than they have.
void settle_pixels(const SettleRow& row);

/// Class, confidence, marks, effective Z and areal density; and whether the pixel is at an edge.
void class_pixels(const ClassRules& rules, const ClassRow& row);

}  // namespace portcullis::imaging
