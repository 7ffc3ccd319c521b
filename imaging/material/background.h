#pragma once

#include <span>
#include <vector>

#include "imaging/material/neighbourhood.h"

namespace portcullis::imaging {

/// Cells of the image, each the mean of the pixels in it that stand in an even place.
struct CellPlanes {
  int width = 0, height = 0;
  std::vector<float> high;          ///< H.
  std::vector<float> m;             ///< Material coordinate.
  std::vector<float> information;   ///< 1 / variance of m.
  std::vector<unsigned char> even;  ///< 1: one level of attenuation and enough pixels.

  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// What stands behind (or before) everything else at a cell. high = 0: nothing seen.
struct Layer {
  float high = 0;
  float m = 0;
};

/// The layer that a cell's surroundings show, for each cell.
///
/// Two looks. Around: in eight directions, up to `reach` cells away, the first even cell that is
/// clearly thinner; if at least six directions find one, and all alike, the cell belongs to
/// something that stands before that layer. Else along the columns of cells nearby: the thinnest
/// even level (of a level ray: divided by obliquity) that shows over enough height, as a
/// container's walls do in a headspace or gap; over a high load, where rays leave by the roof, the
/// near wall twice.
/// A cell depends on cells at most reach + 1 columns away.
/// `obliquity`: of each row of cells. `cells_min`: how many cells of a column make a layer.
std::vector<Layer> find_layers(const CellPlanes& cells, std::span<const float> obliquity,
                               int cells_min, int reach);

}  // namespace portcullis::imaging
