#pragma once

#include <QObject>
#include <array>
#include <memory>
#include <optional>

#include "hmi/models/lane_data.h"

namespace portcullis::hmi {

/// Levels of half the size each until both sides are at most 512 pixels. Codes are averaged;
/// of classes the most frequent is taken, of two equally frequent the denser, so that thin steel
/// stays to be seen. Pure.
std::vector<PlaneLevel> make_pyramid(PlaneLevel full);

/// The part of a high-energy image that holds more than air, with some air around it; all of the
/// image where there is hardly anything in it. In its pixels. Pure.
core::PixelBox content_box(const PlaneData& high);

/// The columns of a high-energy image that the vehicle fills, in its pixels; none where there is
/// hardly anything in it. Pure.
struct ColumnSpan {
  int first = 0;
  int end = 0;  ///< One past the last.
};
ColumnSpan vehicle_columns(const PlaneData& high);

/// How far the pixels around bear a class out: of those of 7 x 7 around (column, row) that have a
/// class, the share of the middle one's, in per cent. Nothing where the middle has none (too thin,
/// too thick). `level` holds classes, the place lies in it. Pure.
std::optional<int> class_agreement_percent(const PlaneLevel& level, int column, int row);

using PlaneSet =
    std::array<std::shared_ptr<const PlaneData>, 4>;  ///< By Plane; null: not here yet.

}  // namespace portcullis::hmi
