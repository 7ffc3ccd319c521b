#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/time.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// The scan orders as they stand at `now`: appointments with what later messages and scans said of
/// the same container (else plate), in the order in which they were made.
///
/// `messages` are oldest first. A message moves the open order of its container along its life
/// (scan_order.h) where that allows it; else it is an order of its own. A newer appointment of one
/// that is still planned takes its place. `scanned`: containers and plates, as comparison_key()
/// gives them, that a scan was bound to: such an order is scanned. One that is still planned
/// `grace` after its time is a no-show; where the appointment's time has no offset it is taken as
/// UTC, so that a grace below 14 hours may be too early. An order without a time that can be read
/// is never one. Weighings (VERMAS) are no orders to scan. Pure.
std::vector<ScanOrder> order_book(const std::vector<Case>& messages,
                                  const std::set<std::string>& scanned, core::UtcTime now,
                                  core::Duration grace);

}  // namespace portcullis::customs
