#pragma once

#include <string>
#include <vector>

#include "core/records.h"
#include "customs/match/contents.h"
#include "customs/match/declared_goods.h"
#include "customs/match/goods_table.h"

namespace portcullis::customs {

/// What comparing one load with what such goods look like showed. Texts as in core::Check.
struct GoodsComparison {
  core::CheckOutcome outcome = core::CheckOutcome::kUnknown;
  std::string seen, expected, text;
  std::vector<core::Evidence> evidence;  ///< Where it differs: of the figure farthest off.
  double beyond = 0;  ///< How far that is outside its range, in margins; 0 where it agrees.
};

/// Whether the load of `container` looks like goods of the chapters that are declared for it.
///
/// A figure differs where it lies outside the least and the most that scans of such goods showed,
/// by more than a margin: half of the 5 to 95 % range, at least 0.15 of areal density and mass per
/// volume, 0.06 of a share, 0.1 of what cannot be seen through. Goods need not stand across the
/// whole vehicle, so areal density and mass per volume are too low only below 0.4 of the least.
/// Several chapters: the range runs from the least of any to the most of any; shares of classes are
/// those of the mixture by mass where all masses are declared and nearly all (98 %) is seen
/// through; the texture of a mixture is not judged, and neither are unevenness and fill of any
/// load, which are the stowage's. Shares count only where at most 30 % of the load is too thick to
/// see through. Unknown, with the reason, where the chapters are not known, the table has fewer
/// than 12 samples of one of them, or the load was not measured; and where the table is learnt from
/// simulated scans and the scan is a real one
/// (`simulated_scan` false): of real goods it knows nothing. `words` names the container in the
/// sentence. Pure.
GoodsComparison compare_goods(const core::ContainerObservation& container,
                              const DeclaredContents& contents, const DeclaredGoods& declared,
                              const GoodsTable& table, bool simulated_scan,
                              const std::string& words);

}  // namespace portcullis::customs
