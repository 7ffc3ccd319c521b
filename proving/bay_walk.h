#pragma once

#include "lane/bays.h"
#include "proving/explore.h"

namespace portcullis::proving {

/// As explore(), of one bay (lane/bays.h): every reachable state, every input, every assignment and
/// decision, every threshold of time. The bays of a lane share nothing but the lane's choice of a
/// free one, which the lane cycle sees as one input.
[[nodiscard]] ExploreReport explore_bay(const lane::CycleConfig& config);

}  // namespace portcullis::proving
