#pragma once

#include <cstdint>

#include "core/line.h"

namespace portcullis::imaging {

/// Which lines of a scan stand where the encoder can have come to, and how far the scan has come.
/// An encoder that slips or a header that is damaged puts a line elsewhere: it is told by a speed
/// that nothing moves at. Threading: one thread at a time.
class LinePlaces final {
 public:
  /// `pulse_rate_hz`: 0 where it is not known.
  LinePlaces(double encoder_mm_per_count, double pulse_rate_hz);

  enum class Verdict {
    kPossible,
    kAstray,
    kStartAgain,  ///< It was the few lines before that stood wrong: all of them are astray now, and
                  ///< this one too.
  };
  Verdict judge(const core::LineHeader& header, bool may_start_again);
  /// Takes in the place of a line that judge() found possible and that is not left out for others.
  void note(std::int32_t encoder_counts, double x_mm);

  [[nodiscard]] std::uint64_t possible() const { return possible_; }
  [[nodiscard]] std::uint64_t astray() const { return astray_; }
  [[nodiscard]] std::int32_t encoder_min() const { return encoder_min_; }
  [[nodiscard]] std::int32_t encoder_max() const { return encoder_max_; }
  [[nodiscard]] double x_min_mm() const { return x_min_mm_; }
  [[nodiscard]] double x_max_mm() const { return x_max_mm_; }

 private:
  [[nodiscard]] bool within_reach(const core::LineHeader& header, std::uint64_t pulse,
                                  std::int32_t encoder) const;

  double encoder_mm_per_count_;
  double mm_per_pulse_max_;
  bool any_ = false;
  std::uint64_t pulse_last_ = 0;
  std::int32_t encoder_last_ = 0;
  std::int32_t encoder_min_ = 0, encoder_max_ = 0;
  double x_min_mm_ = 0, x_max_mm_ = 0;
  std::uint64_t possible_ = 0;
  std::uint64_t astray_ = 0;
  std::uint64_t astray_run_ = 0;  ///< In a row, and in line with each other.
  core::LineHeader astray_last_;
};

}  // namespace portcullis::imaging
