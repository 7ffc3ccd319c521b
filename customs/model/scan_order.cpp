#include "customs/model/scan_order.h"

#include <fmt/format.h>

namespace portcullis::customs {

bool may_advance(OrderState from, OrderState to) {
  using S = OrderState;
  constexpr struct {
    S from, to;
  } kSteps[] = {
      {S::kPlanned, S::kArrived},     {S::kPlanned, S::kCancelled},  {S::kPlanned, S::kNoShow},
      {S::kNoShow, S::kArrived},      {S::kArrived, S::kMismatch},   {S::kArrived, S::kIdentified},
      {S::kArrived, S::kCancelled},   {S::kMismatch, S::kArrived},   {S::kMismatch, S::kIdentified},
      {S::kMismatch, S::kCancelled},  {S::kIdentified, S::kArrived}, {S::kIdentified, S::kScanned},
      {S::kIdentified, S::kMismatch}, {S::kScanned, S::kDecided},    {S::kScanned, S::kIdentified},
      {S::kDecided, S::kReferred},    {S::kDecided, S::kClosed},     {S::kReferred, S::kScanned},
      {S::kReferred, S::kClosed},
  };
  if (from == to) return true;
  for (const auto& step : kSteps)
    if (step.from == from && step.to == to) return true;
  return false;
}

core::Status advance(ScanOrder& order, OrderState to) {
  if (!may_advance(order.state, to)) {
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("scan order {}: is {}, so it cannot become {}", order.reference,
                                   order_state_name(order.state), order_state_name(to))};
  }
  order.state = to;
  return {};
}

}  // namespace portcullis::customs
