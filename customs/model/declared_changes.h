#pragma once

#include <string>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// Name of a field for DeclaredChange: "packages", "gross_mass_kg", "origin_country",
/// "destination_country"; of an item "items[2].description", ".hs_code", ".gross_mass_kg",
/// ".net_mass_kg", ".packages", ".package_kind". 2 is the item's number, not its place.
std::string item_field(int item_number, std::string_view field);

/// Sets what `changes` name, each or not at all; the total mass follows its items' where it was
/// their sum. Returns those that were not set, in their order: of a field that is not among the
/// names above, of an item that is not declared, or not a number where one belongs. Pure.
std::vector<DeclaredChange> apply_changes(const std::vector<DeclaredChange>& changes,
                                          core::Declaration& declaration);

/// "items[2].packages 20; packages 40", at most `count_max` of them, then how many more there are.
std::string said_changes(const std::vector<DeclaredChange>& changes, std::size_t count_max);

}  // namespace portcullis::customs
