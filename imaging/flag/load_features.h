#pragma once

#include "core/records.h"
#include "imaging/flag/containers.h"
#include "imaging/flag/load.h"
#include "imaging/flag/work_plane.h"

namespace portcullis::imaging {

/// What the load of one container looks like as a whole: what it weighs per area and volume, how
/// even it is, and which classes of matter it is of. `load`: of measure_load() for this region.
///
/// Places count that hold more than 2 g/cm2 of load and were measured, between end posts and door
/// gear. Lengths straight across follow from the ray's by the row's obliquity. What is too thick to
/// measure counts with what is seen of it, and `too_thick` says how much that is; its class is not
/// counted. Classes are those of the whole ray, walls included, as the image shows them. All 0
/// where nothing counts. Pure; works on core::parallel_for, the same numbers on any number of
/// threads.
core::LoadFeatures load_features(const WorkPlane& plane, const ContainerRegion& region,
                                 const Load& load);

}  // namespace portcullis::imaging
