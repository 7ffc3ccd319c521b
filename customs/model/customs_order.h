#pragma once

#include <optional>
#include <string>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// What customs ordered of goods: a hold, not to load them, a control, screening, documents; what
/// became of their declaration (amended, invalidated) and what its declarant asked for; or
/// something in a code that no list holds.
struct CustomsOrder {
  Notice told;
  std::optional<Notice> lifted;  ///< By what customs ended it; absent: it is in force.
  /// An amendment whose every value is one that scans are compared with.
  bool is_compared = false;

  [[nodiscard]] bool in_force() const { return !lifted; }
  /// In force, and the goods may not go while it is: hold, do not load; or what declared them
  /// counts no more.
  [[nodiscard]] bool keeps() const {
    return in_force() && (told.effect == Effect::kHold || told.effect == Effect::kDoNotLoad ||
                          told.effect == Effect::kInvalidated);
  }
};

/// Whether such a notice orders something, by its effect.
bool orders_something(Effect effect);

/// Every order among the case's notices, in their order; the same order told again stands once, as
/// it was told last.
///
/// An order ends by a later release of the same system (or in the same code list) on the same
/// subject: the same declaration (MRN, else LRN), or where neither names one the same container. A
/// release of one container ends what was ordered of that container, and of the whole declaration
/// only where it has no other. An order whose list has a code that removes it (customs-lifts.txt)
/// ends by that code alone. What a declarant asked for ends when customs has dealt with it; what
/// customs made of a declaration does not end. Later: by the time that both state where both state
/// one that can be compared, else as they came. A code that no list holds ends nothing. Pure.
std::vector<CustomsOrder> customs_orders(const Case& customs_case);

/// Customs has invalidated the case's only declaration. Pure.
bool is_invalidated(const Case& customs_case);

/// Check "customs": `differs` while a hold or a do-not-load is in force; `unknown` while something
/// else is, or a code is not known; `agrees` where all that was ordered has been lifted and what
/// was amended is compared. Nothing where customs ordered nothing. Pure.
std::optional<core::Check> check_customs_orders(const std::vector<CustomsOrder>& orders);

}  // namespace portcullis::customs
