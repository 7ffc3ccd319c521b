#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/line.h"
#include "core/result.h"
#include "core/scan.h"

namespace portcullis::imaging {

/// Quick picture of a scan while it runs: each line of high energy becomes a column of bytes, top
/// first, air 255, brightness falling with the log of attenuation to the power of 0.72, as the
/// standard image does over its whole range (attenuation 0 to 6.2).
///
/// Dark, dose, gain, bad pixels, the level of the line (LiveLevel: the dose reference's noise and
/// the boom's sway, told from the pulses before) and the fan's geometry are taken into account;
/// nothing that needs later lines is. A missing module is drawn as mid grey. Runs on
/// imaging/kernels.
///
/// Ownership: copies what it needs. Threading: one thread. Real time: push() never allocates,
/// locks or blocks; about 5 us a line of 1,472 pixels.
class Waterfall final {
 public:
  /// `rows`: of the column that comes out, 16 to 4096. Fails with kInvalidInput where calibration
  /// and geometry do not belong together.
  static core::Result<Waterfall> create(const core::ScannerGeometry& geometry,
                                        const core::Calibration& calibration, int rows);
  Waterfall(Waterfall&&) noexcept;
  Waterfall& operator=(Waterfall&&) noexcept;
  ~Waterfall();

  [[nodiscard]] int rows() const;

  /// Takes lines of both energies in the order of their pulses. The line's column, valid until the
  /// next call; empty where the line is not of high energy, carries no measurement (missing line,
  /// pulse without dose, arced pulse) or has the wrong size.
  std::span<const std::uint8_t> push(const core::Line& line) noexcept;

 private:
  struct State;
  explicit Waterfall(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::imaging
