#pragma once

#include "core/result.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// Moves an order along its life:
///
///     Planned -> Arrived -> Identified -> Scanned -> Decided -> Closed
///         |          |  ^        |                      |
///         |          v  |        v                      v
///         |        Mismatch   (Arrived)              Referred -> Closed, Scanned
///         +-> Cancelled, No-show (from Planned; Cancelled from Arrived and Mismatch too)
///
/// No-show may still arrive. Closed and Cancelled are final. Fails with kRefused and leaves the
/// order as it was; the same state again is no fault. Pure.
core::Status advance(ScanOrder& order, OrderState to);
bool may_advance(OrderState from, OrderState to);

}  // namespace portcullis::customs
