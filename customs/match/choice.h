#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/records.h"

namespace portcullis::customs {

/// Which declarations of a vehicle hold no more once an officer has said that `chosen` does; by
/// their indices, in order. Those that compete with it, that is: both name one of `containers` (the
/// vehicle's, as read), or either names none of them. A declaration of the vehicle's other
/// container stays. Without `chosen` none of those that compete with another holds. `chosen` must
/// be an index of `declarations`. Pure.
std::vector<std::size_t> set_aside_by_choice(std::span<const core::Declaration> declarations,
                                             std::optional<std::size_t> chosen,
                                             std::span<const std::string> containers);

}  // namespace portcullis::customs
