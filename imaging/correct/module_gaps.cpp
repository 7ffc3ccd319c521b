#include "imaging/correct/module_gaps.h"

#include <algorithm>

#include "core/assert.h"

namespace portcullis::imaging {

ModuleGaps find_module_gaps(const EnergyLines& lines,
                            std::span<const std::bitset<core::kModulesMax>> present,
                            std::uint16_t module_count) {
  ModuleGaps gaps;
  gaps.absent.resize(module_count);
  for (std::size_t i = 0; i < lines.measured.size(); ++i) {
    const auto& bits = present[lines.measured[i].line];
    if (bits.count() >= module_count) continue;
    for (std::uint16_t m = 0; m < module_count; ++m) {
      if (bits.test(m)) continue;
      gaps.absent[m].push_back(static_cast<std::uint32_t>(i));
      ++gaps.total;
    }
  }
  return gaps;
}

void fill_module_gaps(const EnergyLines& lines, const ModuleGaps& gaps,
                      std::size_t pixels_per_module, std::size_t pixels,
                      std::span<float> transmission) {
  const std::size_t count = lines.measured.size();
  PC_ASSERT(transmission.size() == count * pixels);
  for (std::size_t m = 0; m < gaps.absent.size(); ++m) {
    const auto& absent = gaps.absent[m];
    if (absent.empty() || absent.size() >= count) continue;
    const std::size_t first = m * pixels_per_module;
    const std::size_t last = std::min(pixels, first + pixels_per_module);
    for (std::size_t k = 0; k < absent.size();) {
      std::size_t end = k + 1;
      while (end < absent.size() && absent[end] == absent[end - 1] + 1) ++end;
      const std::size_t run_first = absent[k];
      const std::size_t run_last = absent[end - 1];
      const bool has_before = run_first > 0;
      const bool has_after = run_last + 1 < count;
      const std::size_t before = has_before ? run_first - 1 : run_last + 1;
      const std::size_t after = has_after ? run_last + 1 : run_first - 1;
      const double x_before = lines.measured[before].x_counts;
      const double width = lines.measured[after].x_counts - x_before;
      for (std::size_t line = run_first; line <= run_last; ++line) {
        const double part = width > 0 ? (lines.measured[line].x_counts - x_before) / width : 0.5;
        const auto weight = static_cast<float>(std::clamp(part, 0.0, 1.0));
        for (std::size_t p = first; p < last; ++p) {
          const float a = transmission[before * pixels + p];
          transmission[line * pixels + p] = a + (transmission[after * pixels + p] - a) * weight;
        }
      }
      k = end;
    }
  }
}

}  // namespace portcullis::imaging
