#pragma once

#include <string>
#include <vector>

#include "core/records.h"
#include "imaging/flag/containers.h"
#include "imaging/flag/work_plane.h"

namespace portcullis::imaging {

/// What the container itself puts into each row, and what is left: the load. Planes of
/// region.columns() x region.rows(), row-major, row 0 at the roof.
struct Load {
  std::vector<float> wall_mass_g_cm2;  ///< [rows] of the container, along the ray.
  std::vector<float> mass_g_cm2;       ///< Load alone, along the ray; may be slightly negative.
  std::vector<float> high;             ///< Attenuation of the load alone, high energy.
  std::vector<float> low;
  bool headspace_seen = false;        ///< The walls were measured, not assumed.
  double wall_uncertainty_g_cm2 = 0;  ///< 90 %, of both side walls together.
  int margin_columns = 0;             ///< Posts and door gear at each end: not judged.

  double mass_kg = 0;
  double mass_low_kg = 0;  ///< 90 % interval.
  double mass_high_kg = 0;
  double fill = 0;
  bool empty = false;
  double thick_share = 0;   ///< Of the filled area, too thick to measure.
  std::string mass_remark;  ///< Why the interval is wider than usual; empty where it is not.
};

/// Separates a container's load from its walls and weighs it.
///
/// The side walls are measured where the side view shows nothing behind them (a low quantile
/// over the columns of each row) and follow the obliquity where it does not; the roof likewise.
/// Between end posts and door gear the load is weighed above what the headspace shows of them, or
/// taken as beside them. Mass is the sum of areal density / obliquity * pixel area, divided by the
/// mean of D / (D + y) over the goods' width (D from source to centre line): 1.009 for goods that
/// fill a container. The 90 % interval holds the spread of goods of one class that no dual-energy
/// image can resolve (mass_spread()), the walls', the floor's edge, the goods' place across the
/// lane, what scatter may have left (next to nothing up to 100 g/cm2, more than 1 % past 150) and
/// what is too thick to measure, which widens it upwards.
Load measure_load(const WorkPlane& plane, const ContainerRegion& region);

}  // namespace portcullis::imaging
