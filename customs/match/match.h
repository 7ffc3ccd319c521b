#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "customs/match/goods_table.h"

namespace portcullis::customs {

/// What the check "declaration" has seen where nobody could be asked.
inline constexpr std::string_view kNotAskedFor = "could not be asked for";

/// What comparing the scan with the declarations showed.
struct MatchResult {
  /// "declaration", "identity", "mass", "empty", "goods": one each, always.
  std::vector<core::Check> checks;
  /// mass_mismatch, empty_mismatch and material_mismatch, boxes of the container.
  std::vector<core::Finding> findings;
};

/// Compares what was seen in each container with what was declared for it.
///
/// Mass and count compare only where all declarations of a container and their shares are known,
/// else the check is `unknown` and says why. Declared empty is a container marked empty or an item
/// list without goods. Where a container was weighed (verified_mass.h) the mass is compared with
/// that, too: it differs where the image does, and is `unknown` where image and scales agree and
/// the declaration does not. This function alone makes the *_mismatch findings.
///
/// Several declarations for one container are told apart by the check "declaration", never merged
/// silently: `agrees` where they read as groupage and their masses together are what the image
/// shows; `differs` where they contradict each other (empty and loaded, other seals, other type);
/// `unknown` where the same goods may be declared twice or only some of them fit. The mass then
/// differs only where no way to read them agrees with the image.
///
/// "goods" says whether the load looks like the HS chapters declared (goods_check.h); its finding
/// asks for a look and no more, for ranges are no proof. `goods`: what such loads look like; one
/// that simulated scans have taught speaks of simulated scans alone.
///
/// `not_looked_up`: why nobody could be asked for declarations; empty where somebody could. That
/// none is known and that none could be asked for are different checks. `set_aside`: how many there
/// are of which an officer said that they do not hold; they are no part of `declarations`. Pure.
MatchResult match(std::span<const core::ContainerObservation> containers,
                  std::span<const core::Declaration> declarations,
                  const std::string& not_looked_up = {}, std::size_t set_aside = 0,
                  const GoodsTable& goods = shipped_goods(), bool simulated_scan = false);

}  // namespace portcullis::customs
