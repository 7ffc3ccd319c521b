#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/line.h"

namespace portcullis::imaging {

/// What puts samples at their places in the image, each with its switch; the defaults are the
/// product's. Without one of them its error shows, for before-and-after pictures and tests, and
/// the image is marked: it is no measure of places, material or mass.
struct PlacementParameters {
  bool motion = true;        ///< Lines stand where the encoder says; off: evenly over the scan.
  bool registration = true;  ///< Each energy at its own place; off: both of a pair at the high's.
  bool geometry = true;      ///< Rows by the height of rays; off: the pixels evenly over them.
};

/// Name of each switch, as in `portcullis process --without NAME`.
inline constexpr std::array<std::pair<std::string_view, bool PlacementParameters::*>, 3>
    kPlacements{{{"motion", &PlacementParameters::motion},
                 {"registration", &PlacementParameters::registration},
                 {"geometry", &PlacementParameters::geometry}}};

/// What an image is marked with that was laid out without the step of that name.
std::string unplaced_remark(std::string_view name);

/// The headers with the encoder counts that a scan has whose motion or energies are not placed:
/// without motion from the first line's to the last's evenly by pulse; without registration those
/// of a low line are those of the high one before it. In the order given, which need not be that of
/// pulses. A whole scan is needed, so this is for stored ones.
std::vector<core::LineHeader> placed_without(std::span<const core::LineHeader> headers,
                                             const PlacementParameters& placement);

}  // namespace portcullis::imaging
