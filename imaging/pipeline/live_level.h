#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Level of whole lines for a picture that cannot wait: what imaging/correct/line_level.h does
/// with ten pulses before and after, with those before alone.
///
/// The mean of the rays above the vehicle says how far a line stands off air. A swaying boom loses
/// q (z / z_top)^2 of its signal, slowly (1 to 5 Hz, up to some per cent at the top: plain to see
/// as vertical stripes in air); the dose reference's noise (0.1 %) moves all pixels of a pulse
/// alike. q is the end of a parabola through the levels of the last 12 pulses of both energies; the
/// rest belongs to the pulse. Where the uppermost rays are covered q stays as it was.
///
/// Threading: one thread. Real time: add() and apply() never allocate.
class LiveLevel final {
 public:
  /// `bad`: [pixels], 1 where a pixel says nothing.
  LiveLevel(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad);

  struct Level {
    bool off = false;  ///< Over 1.5 % off what its neighbours let expect: an arced pulse.
    float pulse = 0;   ///< T is divided by 1 + pulse and by
    float sway = 0;    ///< 1 - sway (z / z_top)^2
  };
  /// The next line of either energy, [pixels] linear transmission, air = 1. Pulses ascend.
  Level add(std::uint64_t pulse, std::span<const float> transmission) noexcept;
  void apply(const Level& level, std::span<float> transmission) const noexcept;

 private:
  struct Entry {
    std::uint64_t pulse = 0;
    double level = 0;
  };
  static constexpr std::size_t kKept = 12;

  [[nodiscard]] std::optional<double> air_level(std::span<const float> transmission) noexcept;
  /// The parabola's value at `pulse`; the mean where there are few.
  [[nodiscard]] double expected(std::uint64_t pulse) const noexcept;
  void keep(std::uint64_t pulse, double level) noexcept;

  std::vector<std::uint32_t> top_;     ///< Good pixels of the uppermost rays.
  std::vector<float> scratch_;         ///< [top]
  std::vector<float> height_squared_;  ///< [pixels]
  std::array<Entry, kKept> kept_{};    ///< Ring, the oldest at next_ once full.
  std::size_t count_ = 0, next_ = 0;
  std::size_t off_in_a_row_ = 0;
  double smooth_ = 0;
};

}  // namespace portcullis::imaging
