#pragma once

#include <pugixml.hpp>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs::wco {

// For this adapter only.

/// What a message changes in a declaration: each value of `parts` (Declaration elements that hold
/// new values and nothing else), under our name for the field (declared_changes.h) where it has
/// one, else under its path below Declaration. What the Amendment elements of `holder` point at is
/// listed, without a value, only where the message has no value at all: which of them a value
/// belongs to is said by numbers of the WCO that are not resolved here. Pure.
std::vector<DeclaredChange> read_changes(const pugi::xml_node& holder,
                                         const std::vector<pugi::xml_node>& parts);

/// Kilograms of a mass's unit (UN/ECE Recommendation 20); kilograms where it is empty. Nothing: not
/// a mass unit that is read.
std::optional<double> kilograms_of(std::string_view unit);

}  // namespace portcullis::customs::wco
