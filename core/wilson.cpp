#include "core/wilson.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"

namespace portcullis::core {

ShareInterval wilson_interval(std::uint64_t hits, std::uint64_t count) {
  PC_ASSERT(hits <= count);
  if (count == 0) return {};
  constexpr double kZ = 1.959963984540054;  // 97.5 % point of the normal distribution
  const auto n = static_cast<double>(count);
  const double share = static_cast<double>(hits) / n, z2 = kZ * kZ;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace portcullis::core
