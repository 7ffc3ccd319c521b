#include "customs/gateway/join_masses.h"

#include "customs/gateway/message_form.h"

namespace portcullis::customs {

void join_masses(Case& whole) {
  for (std::size_t i = 0; i < whole.declarations.size(); ++i) {
    for (auto& container : whole.declarations[i].containers) {
      const auto number = comparison_key(container.number);
      if (i < whole.details.size()) {
        for (const auto& told : whole.details[i].containers) {
          if (comparison_key(told.number) != number) continue;
          if (told.verified_mass_kg) container.verified_gross_kg = told.verified_mass_kg;
          if (told.tare_kg) container.tare_kg = told.tare_kg;
        }
      }
      for (const auto& order : whole.orders) {
        if (comparison_key(order.container) != number) continue;
        if (order.verified_mass_kg && order.state != OrderState::kCancelled)
          container.verified_gross_kg = order.verified_mass_kg;
        if (container.iso_type.empty()) container.iso_type = order.iso_type;
      }
    }
  }
}

}  // namespace portcullis::customs
