#pragma once

#include <optional>
#include <string>

#include "core/records.h"

namespace portcullis::hmi {

/// Where in its container a box on the image is, for a hand that opens the doors.
struct BoxPlace {
  std::string container;         ///< Its number; may be empty.
  double near_m = 0, far_m = 0;  ///< From the doors' end of the container to the box's ends.
  double low_m = 0, high_m = 0;  ///< Above the container's lower edge.
  bool whole = false;            ///< The box covers most of the container: it is no place.
};

/// The place of `box` in the container of the report that it overlaps most along the vehicle;
/// nothing where it lies in none.
///
/// Columns run from the vehicle's front to its rear, and a container's doors are at its rear end
/// (ISO 668 containers on the road, doors aft); of two containers each has its own. Pixels are
/// square in the plane of the vehicle's centre line, `mm_per_px` each: lengths along the vehicle
/// are the encoder's, heights are as sure as where across the vehicle the thing stands (see
/// ViewState's users: 18 %). Left and right cannot be told from one view.
std::optional<BoxPlace> place_of(const core::InspectionReport& report, const core::PixelBox& box);

}  // namespace portcullis::hmi
