#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portcullis::imaging {

/// The boom's sway in widths of the beam (sigma), from the signal it loses: q = u^2 / 2 gives the
/// size, not the side. It can change sides only where the loss comes down to nothing. Whether it
/// does, or only touches, is decided for the whole stretch at once: a boom sways between 0.5 and
/// 5.2 Hz, so of all ways to give the pieces between such places their sides the likeliest is taken
/// for a Gaussian process of that band,
///
///     y' (K + N)^-1 y least,   y_i = +-sqrt(2 q_i),   N_i = s^2 / (2 q_i + s) + (0.02 y_i)^2,
///
/// with s the noise of the loss and K flat over the band, of the stretch's own power and with a
/// little at rest (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, eq. 2.30:
/// what the sides change of the evidence). The stretch reaches kBehind_pulses back and
/// kReach_pulses ahead; sides kReach_pulses back are final. Which side is positive stays open: it
/// is whatever the first line is taken for.
///
/// Threading: one thread at a time. Allocates at construction only.
class SwaySide final {
 public:
  static constexpr std::size_t kReach_pulses = 96;
  static constexpr std::size_t kBehind_pulses = 160;

  explicit SwaySide(double pulse_rate_hz);  ///< Above 0.

  struct Followed {
    float sway = 0;  ///< Of this pulse, with the side that is known so far.
    /// From each of these pulses up to the one before this all are on the other side than thought;
    /// `sway` has its side already. Valid until the next call.
    std::span<const std::uint64_t> turned;
    /// A place where sides might change whose judgement is final now: the pulse, and how nearly
    /// the other answer fits as well, 0 to 1; below 0 where none is.
    std::uint64_t judged = 0;
    float doubt = -1;
  };
  /// The next pulse's loss at the boom's top (LineLevel::sway); counted from 0.
  Followed follow(float loss);
  /// All from pulse `from` on, whose judgement is final, are on the other side than thought.
  void turn(std::uint64_t from);

 private:
  static constexpr std::size_t kWindow = kReach_pulses + kBehind_pulses + 1;
  static constexpr std::size_t kStep_pulses = 4;
  static constexpr std::size_t kPoints = kWindow / kStep_pulses + 1;
  static constexpr std::size_t kOpen = 6;  ///< Places judged together.
  static constexpr std::size_t kKept = 32;
  struct Place {
    std::uint64_t pulse = 0;
    bool crossed = false, final = false;
    float doubt = 0;
  };
  [[nodiscard]] float loss_at(std::uint64_t pulse) const { return loss_[pulse % kWindow]; }
  [[nodiscard]] bool is_least(std::uint64_t pulse) const;
  void judge();

  std::array<double, kPoints> band_{};  ///< Autocorrelation by steps.
  std::array<float, kWindow> loss_{};
  std::vector<Place> places_;  ///< The oldest first.
  std::vector<std::uint64_t> turned_;
  std::vector<double> factor_;  ///< [kPoints][kPoints], lower triangle.
  std::uint64_t seen_ = 0;
  float side_ = 1;
};

}  // namespace portcullis::imaging
