#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/line.h"
#include "core/scan.h"

namespace portcullis::imaging {

/// A scintillator gives a share of each pulse's light late, dying away in two exponentials; what
/// comes between two triggers is integrated into the later one (two exponentials are the usual
/// description: Hsieh, Gurmen, King, IEEE Trans. Med. Imaging 19 (2000) 930).
struct AfterglowModel {
  struct Part {
    double share = 0;   ///< Of the light.
    double time_s = 1;  ///< Time constant.
  };
  std::array<Part, 2> parts;  ///< Fast, slow.

  [[nodiscard]] double total() const { return parts[0].share + parts[1].share; }
};

/// The model that fits the calibration's decay after beam: least squares over the array's mean, an
/// offset left free for dark drift. Nothing where there is no decay (fewer than 8 steps), or where
/// it shows less than 1e-5 of air.
std::optional<AfterglowModel> fit_afterglow(const core::ScannerGeometry& geometry,
                                            const core::Calibration& calibration,
                                            std::span<const std::uint8_t> bad);

/// Takes out of two means, measured while high and low alternated for long, what each has of the
/// other's afterglow. Either both counts or both transmissions of the same scale.
void remove_steady_afterglow(const AfterglowModel& model, double period_s, std::span<float> high,
                             std::span<float> low);

/// The inverse of the model, pulse by pulse: with g_i the light of part i that is still to come and
/// k_i = exp(-dt / time_i),
///
///     x = (y - sum g_i (1 - k_i)) / (1 - sum share_i),      g_i <- g_i k_i + share_i x
///
/// in counts above dark. Where a pixel was not read (line lost, module absent) its last reading of
/// that energy stands for it.
///
/// Threading: pixels are independent: different ranges may be worked on at once. Does not allocate.
class AfterglowRemoval final {
 public:
  /// `period_s`: usual time between two pulses.
  AfterglowRemoval(const AfterglowModel& model, std::size_t pixels, double period_s);

  /// One pulse: how long after the one before, and what of it was read.
  struct Pulse {
    float* counts = nullptr;  ///< [pixels], changed in place; null where the line was lost.
    const std::bitset<core::kModulesMax>* present = nullptr;  ///< Of counts, where not null.
    core::Energy energy = core::Energy::kNone;
    bool beam = true;  ///< false: none was asked for or none came; what is lost is then dark.
    double since_s = 0;
  };
  /// Pulses in order, for the modules [from, to).
  void apply(std::span<const Pulse> pulses, std::size_t pixels_per_module, std::size_t from_module,
             std::size_t to_module);

 private:
  AfterglowModel model_;
  double period_s_;
  std::array<float, 2> usual_keep_{};
  std::vector<float> glow_fast_, glow_slow_, last_high_, last_low_;
};

}  // namespace portcullis::imaging
