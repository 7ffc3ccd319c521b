#pragma once

#include <algorithm>
#include <cstdint>

namespace portcullis::customs {

/// How long to wait before the next try, after `attempts` that failed before this one: 1, 2, 4 s
/// and so on up to 5 min.
constexpr std::int64_t retry_after_ns(int attempts) {
  constexpr std::int64_t kFirstNs = 1'000'000'000;
  constexpr std::int64_t kMaxNs = 300 * kFirstNs;
  constexpr int kDoublings = 8;  // 256 s
  return std::min(kFirstNs << std::clamp(attempts, 0, kDoublings + 1), kMaxNs);
}

/// The same, or as long as the other side asks for where that is longer: at most an hour.
constexpr std::int64_t retry_after_ns(int attempts, std::int64_t asked_s) {
  constexpr std::int64_t kAskedMaxS = 3'600;
  constexpr std::int64_t kSecondNs = 1'000'000'000;
  return std::max(retry_after_ns(attempts),
                  std::clamp<std::int64_t>(asked_s, 0, kAskedMaxS) * kSecondNs);
}

}  // namespace portcullis::customs
