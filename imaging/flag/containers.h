#pragma once

#include <string>
#include <vector>

#include "core/scan.h"
#include "imaging/flag/work_plane.h"

namespace portcullis::imaging {

/// Half the width of every ISO container.
inline constexpr double kContainerHalfWidthMm = 1219;

/// One container (or load region) found in the work plane. Columns and rows are inclusive.
struct ContainerRegion {
  std::string number;
  bool walls = true;     ///< False: an open load, no walls to take off.
  int column_front = 0;  ///< Outer face of the front wall.
  int column_rear = 0;   ///< Outer face of the rear wall.
  int row_top = 0;       ///< The roof's near edge: as high as the container is seen.
  int row_floor = 0;     ///< Lowest row of the load, just above the floor.
  double floor_z_mm = 1250;
  double roof_z_mm = 0;  ///< True height of the roof.

  [[nodiscard]] int columns() const { return column_rear - column_front + 1; }
  [[nodiscard]] int rows() const { return row_floor - row_top + 1; }
};

/// Containers by their walls, front to rear: a run of columns that never shows air below the
/// roof, as long as a container is, between air or its own end walls. Identity's ISO types
/// decide where several readings are possible. Without any container the load as a whole is
/// one region without walls; without a load there is none.
std::vector<ContainerRegion> find_containers(const WorkPlane& plane,
                                             const core::VehicleIdentity& identity);

}  // namespace portcullis::imaging
