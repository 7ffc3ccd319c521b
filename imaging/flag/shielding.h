#pragma once

#include <vector>

#include "core/records.h"
#include "imaging/flag/load.h"

namespace portcullis::imaging {

/// Blocks of at least 25 cm that cannot be seen through: too thick, or heavy metal. A single
/// block much denser than what is around it scores high; goods that are too thick as a whole
/// score below 0.7: somebody should look, nothing says that they hide anything.
/// Boxes are in columns and rows of the work plane.
std::vector<core::Finding> find_shielding(const WorkPlane& plane, const ContainerRegion& region,
                                          const Load& load);

}  // namespace portcullis::imaging
