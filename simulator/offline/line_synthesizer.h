#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/line.h"
#include "core/result.h"
#include "core/scan.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

namespace portcullis::simulator {

/// Noise-free photon statistics of a scene: what share of air's signal reaches each pixel at each
/// position of the beam plane, and how coarse its photons are, for both energies.
///
/// Kept on a regular grid along x (3 bytes a value: 9 MB a metre for the 1,472-pixel gantry at 1
/// mm); between grid positions it is interpolated, outside of them there is air.
///
/// Ownership: owns its figures, copies nothing of scene or scanner. Threading: immutable, any
/// number of readers; moving and copying (cheap, shared) is as with any value.
class SceneRays final {
 public:
  struct Options {
    double step_mm = 0;  ///< Grid along x; 0: speed / pulse rate of scene and scanner.
    bool parallel =
        true;  ///< false: on the calling thread alone (so that a nice thread stays nice).
    /// Called now and then with the share done; false stops the trace (kRefused, "stopped").
    /// With `parallel` it is called from one thread at a time, but not always the same one.
    std::function<bool(double share)> progress;
  };

  /// Traces the scene over `range_mm` (x from, x to). Fails with kInvalidInput (empty range, grid
  /// too large for 4 GiB) or kRefused (stopped).
  static core::Result<SceneRays> trace(const Scene& scene, const Scanner& scanner,
                                       std::array<double, 2> range_mm, const Options& options);
  /// The same plate before every pixel at every x: a wedge step close to the source (no scatter
  /// reaches the array).
  static core::Result<SceneRays> uniform(const Scanner& scanner, const Material& material,
                                         double areal_density_g_cm2);

  [[nodiscard]] std::array<double, 2> range_mm() const;
  [[nodiscard]] std::size_t pixels() const;
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] bool scatters() const;

  /// Fills `transmission` (air = 1) and `spread` (second moment of a deposit over its mean,
  /// relative to air) for the beam plane at x. Both of size pixels(). Never allocates.
  void at(core::Energy energy, double x_mm, std::span<float> transmission,
          std::span<float> spread) const noexcept;
  /// The same where each pixel's ray lies `offset_mm` beside the beam plane (a boom that leans).
  void at(core::Energy energy, double x_mm, std::span<const float> offset_mm,
          std::span<float> transmission, std::span<float> spread) const noexcept;

 private:
  struct Data;
  explicit SceneRays(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

/// One trigger of the detector.
struct PulseState {
  std::uint64_t pulse = 0;  ///< Since arm; selects the random numbers of this pulse.
  core::Energy energy = core::Energy::kNone;  ///< kNone: dark (no beam is asked for).
  double x_mm = 0;                            ///< Beam plane in scene x.
  double time_s = 0;       ///< Since some start, never decreasing: afterglow, drifts, wobble.
  bool moving = true;      ///< Standing still there is no wobble.
  double dose_factor = 1;  ///< On top of the dose's own fluctuation; 0: the source gave nothing.
  double temperature_offset_c = 0;  ///< Detector warmer than usual; acts with the dark's switch.
};

/// What of a pulse is not samples.
struct PulseFacts {
  std::uint32_t dose_counts = 0;
  double temperature_c = 0;
  bool saturated = false;
};

/// The detector and the source's pulse-to-pulse behaviour: turns rays into raw samples as the
/// electronics would give them (20-bit scale), defects and all.
///
/// The detector's own pattern (gain, dark, bad pixels) follows from `seed` alone; the draws of a
/// pulse from seed, `stream` and PulseState::pulse, so that a run can be repeated. Afterglow
/// remembers earlier pulses: call in time order; reset() forgets.
///
/// Ownership: copies what it needs of scanner. Threading: one thread at a time.
/// Real time: synthesize() never allocates, locks, blocks or reads a clock; about 40 us for 1,472
/// pixels.
class LineSynthesizer final {
 public:
  LineSynthesizer(const Scanner& scanner, const NoiseSwitches& switches, std::uint64_t seed,
                  std::uint64_t stream = 0);
  LineSynthesizer(LineSynthesizer&&) noexcept;
  LineSynthesizer& operator=(LineSynthesizer&&) noexcept;
  ~LineSynthesizer();

  /// `rays` null: nothing but air before the array. `samples` has one element a pixel.
  void synthesize(const PulseState& pulse, const SceneRays* rays, std::span<std::uint32_t> samples,
                  PulseFacts& facts) noexcept;
  /// Forgets afterglow, and draws from another stream from now on (one per arm, say).
  void reset(std::uint64_t stream) noexcept;
  /// Other switches for the pulses to come; the detector's pattern stays.
  void set_switches(const NoiseSwitches& switches) noexcept;

  [[nodiscard]] std::size_t pixels() const;
  /// Pixels made dead or hot; for tests and truth.
  [[nodiscard]] std::vector<std::size_t> bad_pixels() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Encoder reading at x: rounded to the nearest count.
std::int32_t encoder_counts_at(const core::ScannerGeometry& geometry, double x_mm);
/// Energies alternate: even pulses are high.
inline core::Energy energy_of_pulse(std::uint64_t pulse) {
  return pulse % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
}

}  // namespace portcullis::simulator
