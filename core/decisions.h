#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/records.h"

/// How the containers of a vehicle stand by what officers decided on them, and what the vehicle may
/// do then. All pure.
namespace portcullis::core {

/// The one of two that keeps a vehicle longer, in the order release, documentary check, rescan,
/// hold, other agency, physical inspection, radiation secondary, isolate.
DecisionKind stricter(DecisionKind a, DecisionKind b);

/// Whether the containers of a vehicle can be decided on apart: it carries two or more, and each
/// has a number that is not another's.
bool decided_apart(std::span<const std::string> vehicle);

struct ContainerDecision {
  std::string container;             ///< As the vehicle's; empty: it has none that was read.
  std::optional<Decision> decision;  ///< The last one on it; absent: none yet.
};
/// One for each container of `vehicle` (numbers, front to rear), or one for a vehicle without any.
/// A decision on the whole vehicle is one on each; one on a container that the vehicle is not known
/// to carry stands at the end, so that it is not lost.
std::vector<ContainerDecision> standing_decisions(std::span<const Decision> decisions,
                                                  std::span<const std::string> vehicle);

/// The strictest of them, by which the vehicle goes; of equally strict ones the last. Nothing while
/// a container has none.
std::optional<Decision> vehicle_decision(std::span<const ContainerDecision> standing);

/// The decisions before the nth that it takes the place of: the last one on the whole vehicle, or
/// those on the same container; by their places, the earliest first. None: it is a first one.
std::vector<std::size_t> replaced_by(std::span<const Decision> decisions, std::size_t nth);

}  // namespace portcullis::core
