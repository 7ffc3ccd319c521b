#include "customs/gateway/earlier_visit.h"

#include <algorithm>

#include "core/iso6346.h"

namespace portcullis::customs {

bool of_earlier_visit(const Case& whole, const std::vector<std::string>& containers,
                      core::UtcTime now, const VisitLimits& limits) {
  const core::Decision* last = nullptr;
  for (const auto& decision : whole.decisions) {
    const std::string number = core::normalise_container_number(decision.container);
    const bool of_these =
        number.empty() || containers.empty() ||
        std::any_of(containers.begin(), containers.end(), [&](const std::string& one) {
          return core::normalise_container_number(one) == number;
        });
    if (of_these && (last == nullptr || last->decided <= decision.decided)) last = &decision;
  }
  const auto longer_ago = [&](core::UtcTime then, core::Duration limit) {
    return then.ns > 0 && now.ns - then.ns > limit.count();
  };
  if (last == nullptr) {
    // One that was scanned in another of its containers goes by its own age as well.
    return !whole.declarations.empty() &&
           longer_ago(whole.declarations.front().received, limits.never_scanned);
  }
  return longer_ago(last->decided,
                    last->kind == core::DecisionKind::kRelease ? limits.released : limits.decided);
}

}  // namespace portcullis::customs
