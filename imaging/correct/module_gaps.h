#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/line.h"
#include "imaging/correct/line_order.h"

namespace portcullis::imaging {

/// Modules that did not report on single lines.
struct ModuleGaps {
  /// [module]: indices into EnergyLines::measured of the lines this module is absent from;
  /// ascending.
  std::vector<std::vector<std::uint32_t>> absent;
  std::uint64_t total = 0;  ///< Sum of their sizes.
};
ModuleGaps find_module_gaps(const EnergyLines& lines,
                            std::span<const std::bitset<core::kModulesMax>> present,
                            std::uint16_t module_count);

/// Fills each gap of a module from the same module on the nearest lines before and after, linear by
/// place. `transmission` is [measured lines][pixels]. A module absent from every line is left alone
/// (the caller treats its pixels as bad).
void fill_module_gaps(const EnergyLines& lines, const ModuleGaps& gaps,
                      std::size_t pixels_per_module, std::size_t pixels,
                      std::span<float> transmission);

}  // namespace portcullis::imaging
