#pragma once

#include <cstdint>

namespace portcullis::proving {

/// Draws of the deterministic simulation: the same sequence for a seed with every compiler and
/// library, which the standard's distributions do not promise. splitmix64 (Steele, Lea, Flood:
/// Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
class Draws {
 public:
  /// `stream` keeps the draws of one actor apart from those of the others, so that taking a fault
  /// away (shrinking) does not change what everybody else does.
  Draws(std::uint64_t seed, std::uint64_t stream) noexcept
      : state_(mix(mix(seed + 1) ^ mix(~stream))) {}

  std::uint64_t next() noexcept {
    state_ += 0x9E3779B97F4A7C15ULL;
    return mix(state_);
  }
  /// 0 to below 1.
  double unit() noexcept { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  double between(double low, double high) noexcept { return low + (high - low) * unit(); }
  /// 0 to below `count`, which is not 0.
  std::uint64_t below(std::uint64_t count) noexcept { return next() % count; }
  bool chance(double share) noexcept { return unit() < share; }

 private:
  static std::uint64_t mix(std::uint64_t z) noexcept {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::uint64_t state_;
};

}  // namespace portcullis::proving
