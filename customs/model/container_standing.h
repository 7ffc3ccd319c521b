#pragma once

#include <optional>
#include <string>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// How one container of a declaration stands by what officers decided.
struct ContainerStanding {
  std::string container;  ///< As the declaration writes it; one that it does not name, as decided.
  core::Decision last;
  std::optional<core::UtcTime> released;  ///< Absent: the last decision is no release.
};

/// Containers of the case's first declaration that were decided on, in its order, then those that
/// it does not name. Decisions count in the order of the case.
///
/// Where a declaration names containers, a decision on none of them (a number that could not be
/// read, or was misread) speaks for all of them; a release among those ends only what was decided
/// in its own visit. A decision on the whole vehicle takes the place of all those on its containers
/// before it. Pure.
std::vector<ContainerStanding> container_standings(const Case& customs_case);

/// The strictest of the last decisions on each container: `release` is the time of the last of
/// their releases, and absent while one of those decided on stands otherwise; `decision` is the
/// first decision's. Containers that nobody decided on are not waited for. Pure.
void set_decision_times(Case& customs_case);

}  // namespace portcullis::customs
