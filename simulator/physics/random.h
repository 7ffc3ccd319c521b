#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace portcullis::simulator {

/// The random streams of the simulation: one for each kind of defect, so that one can be switched
/// without changing the others.
enum class Stream : std::uint64_t {
  kPattern = 1,
  kPhoton,
  kElectronic,
  kDose,
  kReference,
  kMissed,
  kWobble,
  kSpeed,
  kBad,
  kFault,
  kGenerator,
};

inline std::uint64_t mix_bits(std::uint64_t x) noexcept {
  x += 0x9E3779B97F4A7C15ULL;  // splitmix64 (Steele, Lea, Flood 2014)
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

/// xoshiro256++ (Blackman, Vigna 2019), seeded by what the numbers are for; cheap to make, so
/// that each pulse has its own and no draw depends on how many were made before.
/// The distributions are our own because the library's differ between implementations.
class Random {
 public:
  Random(std::uint64_t seed, Stream stream, std::uint64_t a = 0, std::uint64_t b = 0) noexcept {
    std::uint64_t x =
        mix_bits(seed ^ mix_bits(static_cast<std::uint64_t>(stream) ^ mix_bits(a ^ mix_bits(b))));
    for (auto& word : state_) word = x = mix_bits(x);
  }

  // By pointer, and inlined whatever the build: where sanitizers are, the linker may otherwise
  // take the copy of a source that is compiled without optimisation, for all.
  [[gnu::always_inline]] std::uint64_t next() noexcept {
    std::uint64_t* const s = state_.data();
    const std::uint64_t sum = s[0] + s[3];
    const std::uint64_t result = ((sum << 23) | (sum >> 41)) + s[0];
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
  }
  /// In (0, 1).
  [[gnu::always_inline]] double uniform() noexcept {
    return (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52;
  }
  double uniform(double from, double to) noexcept { return from + (to - from) * uniform(); }
  /// 0 to count - 1.
  std::uint64_t below(std::uint64_t count) noexcept { return next() % count; }
  /// Standard normal; ziggurat of 256 layers (Marsaglia, Tsang 2000; layer and value from
  /// separate bits, as Doornik 2005 asks).
  [[gnu::always_inline]] double normal() noexcept {
    const Ziggurat& z = ziggurat();
    for (;;) {
      const std::uint64_t bits = next();
      const std::size_t layer = bits & 255;
      const double sign = (bits & 256) != 0 ? -1.0 : 1.0;
      const double u = static_cast<double>(bits >> 11) * 0x1p-53;
      const double x = u * z.x[layer];
      if (x < z.x[layer + 1]) return sign * x;
      if (layer == 0) return sign * tail(z.x[1]);
      const double y = z.y[layer] + (z.y[layer + 1] - z.y[layer]) * uniform();
      if (y < std::exp(-0.5 * x * x)) return sign * x;
    }
  }
  /// Poisson for means up to a few hundred (multiplication of uniforms, in pieces).
  std::uint32_t poisson(double mean) noexcept {
    std::uint32_t count = 0;
    while (mean > 20) {  // a sum of Poissons is a Poisson
      count += poisson_small(20);
      mean -= 20;
    }
    return count + poisson_small(mean);
  }
  /// Gamma of the given shape, scale 1 (Marsaglia, Tsang 2000).
  double gamma(double shape) noexcept {
    if (shape < 1) return gamma(shape + 1) * std::pow(uniform(), 1 / shape);
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal();
      const double v = 1 + c * x;
      if (v <= 0) continue;
      const double v3 = v * v * v;
      if (std::log(uniform()) < 0.5 * x * x + d - d * v3 + d * std::log(v3)) return d * v3;
    }
  }

 private:
  struct Ziggurat {
    std::array<double, 258> x{};
    std::array<double, 258> y{};
    Ziggurat() noexcept {
      constexpr double kR = 3.6541528853610088;
      constexpr double kV = 0.00492867323399;
      const auto f = [](double v) { return std::exp(-0.5 * v * v); };
      x[0] = kV / f(kR);
      x[1] = kR;
      for (std::size_t i = 2; i < 256; ++i)
        x[i] = std::sqrt(-2 * std::log(kV / x[i - 1] + f(x[i - 1])));
      x[256] = 0;
      for (std::size_t i = 0; i < 257; ++i) y[i] = f(x[i]);
    }
  };
  static const Ziggurat& ziggurat() noexcept {
    static const Ziggurat table;
    return table;
  }
  double tail(double r) noexcept {
    for (;;) {
      const double x = -std::log(uniform()) / r;
      const double y = -std::log(uniform());
      if (2 * y > x * x) return r + x;
    }
  }
  std::uint32_t poisson_small(double mean) noexcept {
    if (mean <= 0) return 0;
    const double limit = std::exp(-mean);
    double product = uniform();
    std::uint32_t count = 0;
    while (product > limit) {
      product *= uniform();
      ++count;
    }
    return count;
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace portcullis::simulator
