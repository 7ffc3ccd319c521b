#pragma once

#include <span>
#include <vector>

#include "core/records.h"

namespace portcullis::customs {

/// What comparing the scan with the declarations showed.
struct MatchResult {
  std::vector<core::Check> checks;  ///< "identity", "mass", "empty": one each, always.
  std::vector<core::Finding>
      findings;  ///< mass_mismatch and empty_mismatch, boxes of the container.
};

/// Compares what was seen in each container with what was declared for it.
///
/// Mass and count compare only where all declarations of a container and their shares are known,
/// else the check is `unknown` and says why. Declared empty is a container marked empty or an item
/// list without goods. This function alone makes the *_mismatch findings. Pure.
MatchResult match(std::span<const core::ContainerObservation> containers,
                  std::span<const core::Declaration> declarations);

}  // namespace portcullis::customs
