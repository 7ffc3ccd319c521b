#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/time.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// How long a declaration is still proposed for a vehicle that comes. Containers travel on and come
/// again under new declarations, and trucks come daily.
struct VisitLimits {
  core::Duration released = std::chrono::hours(24);             ///< After our own release.
  core::Duration decided = std::chrono::hours(30 * 24);         ///< After another decision of ours.
  core::Duration never_scanned = std::chrono::hours(365 * 24);  ///< After it came.
};

/// Whether a declaration belongs to an earlier visit of these containers, and to no vehicle that
/// comes now: the last decision on one of them (or, of none, on the declaration) lies back longer
/// than its limit, or it was never decided on and is that old. `containers`: those it was found by;
/// empty where it was found by the plate. Pure.
[[nodiscard]] bool of_earlier_visit(const Case& whole, const std::vector<std::string>& containers,
                                    core::UtcTime now, const VisitLimits& limits);

}  // namespace portcullis::customs
