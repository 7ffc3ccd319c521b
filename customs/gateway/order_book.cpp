#include "customs/gateway/order_book.h"

#include <algorithm>

#include "customs/gateway/message_form.h"
#include "customs/model/scan_order.h"

namespace portcullis::customs {

namespace {

constexpr std::string_view kWeighing = "weighing";

bool is_final(OrderState state) {
  return state == OrderState::kClosed || state == OrderState::kCancelled;
}

/// A container is one in the whole world; a plate stands for a vehicle, which comes again.
std::string order_key(const ScanOrder& order) {
  if (!order.container.empty()) return comparison_key(order.container);
  return comparison_key(order.plate.empty() ? order.chassis : order.plate);
}

/// What the newer message says of the same order; what it leaves out stays.
void take_over(ScanOrder& order, ScanOrder newer) {
  if (newer.reference.empty()) newer.reference = order.reference;
  if (newer.planned.empty()) newer.planned = order.planned;
  if (newer.plate.empty()) newer.plate = order.plate;
  if (newer.driver.empty()) newer.driver = order.driver;
  if (newer.chassis.empty()) newer.chassis = order.chassis;
  if (newer.ucr.empty()) newer.ucr = order.ucr;
  if (newer.mrn.empty()) newer.mrn = order.mrn;
  order = std::move(newer);
}

void fold(std::vector<ScanOrder>& book, const ScanOrder& told) {
  const auto key = order_key(told);
  const auto open = std::find_if(book.rbegin(), book.rend(), [&](const ScanOrder& one) {
    return !is_final(one.state) && order_key(one) == key;
  });
  if (key.empty() || open == book.rend()) return book.push_back(told);
  const bool is_new = told.state == OrderState::kPlanned;
  const bool waits = open->state == OrderState::kPlanned || open->state == OrderState::kNoShow;
  if (is_new && waits) return take_over(*open, told);
  if (!is_new && may_advance(open->state, told.state))
    open->state = told.state;
  else
    book.push_back(told);
}

}  // namespace

std::vector<ScanOrder> order_book(const std::vector<Case>& messages,
                                  const std::set<std::string>& scanned, core::UtcTime now,
                                  core::Duration grace) {
  std::vector<ScanOrder> book;
  for (const auto& message : messages)
    for (const auto& told : message.orders)
      if (told.movement != kWeighing) fold(book, told);
  for (auto& order : book) {
    const bool seen = scanned.contains(comparison_key(order.container)) ||
                      (order.container.empty() && scanned.contains(comparison_key(order.plate)));
    if (seen) {
      // It came and was known, or nothing could have been bound to its scan.
      for (const auto state : {OrderState::kArrived, OrderState::kIdentified, OrderState::kScanned})
        if (may_advance(order.state, state)) order.state = state;
      continue;
    }
    const auto planned = parse_stated_time(order.planned);
    if (order.state == OrderState::kPlanned && planned && now.ns - planned->time.ns > grace.count())
      order.state = OrderState::kNoShow;
  }
  return book;
}

}  // namespace portcullis::customs
