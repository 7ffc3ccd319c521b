#include "customs/gateway/declaration_search.h"

#include <algorithm>

#include "customs/gateway/join_masses.h"
#include "customs/gateway/message_form.h"
#include "customs/model/customs_order.h"

namespace portcullis::customs {

namespace {

class Search {
 public:
  Search(MessageStore& store, const VisitLimits& limits, core::UtcTime now)
      : store_(store), limits_(limits), now_(now) {}

  [[nodiscard]] bool has_found() const { return !found_.empty(); }
  std::vector<FoundDeclaration> take() {
    return found_.empty() ? std::move(invalidated_) : std::move(found_);
  }
  /// `containers`: those the declarations are looked for by; empty for any other kind.
  core::Status by(ReferenceKind kind, std::string_view value, const char* matched_by,
                  const std::vector<std::string>& containers = {}) {
    if (value.empty()) return {};
    PC_TRY(auto cases, store_.find(kind, value));
    for (auto& one : cases) {
      if (std::find(seen_.begin(), seen_.end(), one.id) != seen_.end()) continue;
      seen_.push_back(one.id);
      // What others weighed of its containers comes in messages of its own, before or after it.
      PC_TRY(auto whole, store_.told(std::move(one)));
      if (of_earlier_visit(whole, containers, now_, limits_)) continue;
      join_masses(whole);
      auto& list = is_invalidated(whole) ? invalidated_ : found_;
      list.push_back({whole.id, std::move(whole.declarations.front()), matched_by});
    }
    return {};
  }

 private:
  MessageStore& store_;
  const VisitLimits& limits_;
  const core::UtcTime now_;
  std::vector<std::string> seen_;  ///< Also those of earlier visits.
  std::vector<FoundDeclaration> found_;
  std::vector<FoundDeclaration> invalidated_;
};

core::Status by_orders(Search& search, const std::vector<ScanOrder>& orders) {
  for (const auto& order : orders) {
    PC_CHECK(search.by(ReferenceKind::kUcr, order.ucr, "ucr"));
    PC_CHECK(search.by(ReferenceKind::kMrn, order.mrn, "mrn"));
    PC_CHECK(search.by(ReferenceKind::kContainer, comparison_key(order.container), "order",
                       {order.container}));
  }
  return {};
}

}  // namespace

core::Result<std::vector<FoundDeclaration>> search_declarations(MessageStore& store,
                                                                const VehicleNumbers& numbers,
                                                                const VisitLimits& limits,
                                                                core::UtcTime now) {
  Search search(store, limits, now);
  for (const auto& number : numbers.containers)
    PC_CHECK(search.by(ReferenceKind::kContainer, comparison_key(number), "container",
                       numbers.containers));
  if (search.has_found()) return search.take();
  PC_TRY(const auto orders, store.open_orders(numbers, now));
  PC_CHECK(by_orders(search, orders));
  const auto means = [&](const std::string& value, const char* matched_by) -> core::Status {
    for (const auto kind : {ReferenceKind::kPlate, ReferenceKind::kMeans})
      if (!search.has_found()) PC_CHECK(search.by(kind, comparison_key(value), matched_by));
    return {};
  };
  PC_CHECK(means(numbers.plate, "plate"));
  for (const auto& number : numbers.chassis) PC_CHECK(means(number, "chassis"));
  for (const auto& order : orders) PC_CHECK(means(order.chassis, "chassis"));
  return search.take();
}

}  // namespace portcullis::customs
