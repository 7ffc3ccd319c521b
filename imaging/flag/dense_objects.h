#pragma once

#include <vector>

#include "core/records.h"
#include "imaging/flag/load.h"

namespace portcullis::imaging {

/// Metal or heavy blocks of 3 to 45 cm that stand out of the goods around them.
///
/// A candidate attenuates more than the local median at one of several scales and its excess is
/// less "organic" than the goods: with L the attenuation at both energies, the goods of this
/// container give the curve L_low / L_high = R(L_high) (measured in this very image, so
/// that beam hardening, scatter and walls cancel), and metal lies below it. What cannot be seen
/// through at all stands out by attenuation alone. Candidates that are long and thin, at posts
/// and rails, open to the goods on no side, or many of one kind (the goods themselves) are
/// dropped. The score rises with the excess areal density and with its significance.
///
/// Boxes are in columns and rows of the work plane; the caller makes image boxes of them.
std::vector<core::Finding> find_dense_objects(const WorkPlane& plane, const ContainerRegion& region,
                                              const Load& load);

}  // namespace portcullis::imaging
