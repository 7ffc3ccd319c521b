#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/line.h"
#include "core/result.h"
#include "core/scan.h"
#include "imaging/correct/parameters.h"

namespace portcullis::imaging {

/// What became of a pulse.
enum class LineState : std::uint8_t {
  kMeasured,
  kMissing,      ///< The detector sent nothing, or the pulse number never came: header inferred.
  kNoDose,       ///< The source missed: dose below a fifth of the usual, or no beam asked for.
  kArced,        ///< The pulse broke off: another spectrum than the one calibrated.
  kTestPattern,  ///< Samples are a test pattern.
};

/// One pulse after all corrections that are made in pulse order. Lent for the call.
struct CorrectedLine {
  core::LineHeader header;
  LineState state = LineState::kMissing;
  /// Encoder counts where `transmission` lies along x: header.encoder_counts, or between its
  /// neighbours' for an inferred line. The boom's sway along x is taken out of the transmission
  /// itself, as it moves each height by another amount; sway_undone_mm is that of the boom's top.
  double x_counts = 0;
  float sway_undone_mm = 0;
  /// Boom's vertical shift at its top that was taken out of `transmission`, up positive; a pixel
  /// moved by that times CorrectionChain::height_share() of it.
  float rise_undone_mm = 0;
  /// Modules that were absent and whose pixels are filled: from the lines before and after, or
  /// along the fan where those lack it too.
  std::bitset<core::kModulesMax> modules_filled;
  /// [pixels] linear transmission, air = 1, noise keeps its sign. Empty unless state is kMeasured.
  std::span<const float> transmission;
  /// [pixels] 1 where the pixel is taken as bad at this pulse and its value comes from its
  /// neighbours. Empty unless state is kMeasured.
  std::span<const std::uint8_t> bad;
  /// Pixels whose samples stood at the top of the scale: the light was at least what
  /// `transmission` says. Ascending; usually none. Empty unless state is kMeasured.
  std::span<const std::uint32_t> full_scale;
};

/// What the chain saw; the counters add up: in = measured + missing_sent + no_dose + arced +
/// test_pattern + refused, out = in - refused + missing_inferred.
struct CorrectionReport {
  std::uint64_t lines_in = 0;
  std::uint64_t lines_out = 0;
  std::uint64_t measured = 0;
  std::uint64_t missing_sent = 0;      ///< Came flagged as missing.
  std::uint64_t missing_inferred = 0;  ///< Pulse numbers that never came.
  std::uint64_t no_dose = 0;
  std::uint64_t arced = 0;
  std::uint64_t test_pattern = 0;
  std::uint64_t refused = 0;    ///< Repeated pulse numbers: nothing to do with them.
  std::uint64_t saturated = 0;  ///< Measured lines with saturation flagged, or at full scale.
  std::uint32_t full_scale_pixels = 0;       ///< Pixels that were at full scale in any line.
  std::uint64_t module_gaps = 0;             ///< Modules absent from measured lines, summed.
  std::uint32_t bad_pixels = 0;              ///< By the calibration.
  std::uint32_t live_bad_pixels = 0;         ///< Gone bad during the scan.
  std::vector<std::uint64_t> module_absent;  ///< [modules] measured lines it was absent from.
  std::vector<std::string> remarks;          ///< Damage in words, for Images::quality.
  /// What is not corrected because the calibration lacks what it takes; no damage of this scan.
  std::vector<std::string> notes;

  [[nodiscard]] std::uint64_t missing() const { return missing_sent + missing_inferred; }
};

/// Corrects a scan's lines in the order of their pulses, before anything is resampled:
/// dark and its drift, afterglow, dose, air gain, bad pixels, cross-talk, scatter, level of the
/// line, missing modules, the boom's sway and rise. Each is a small class of its own in this
/// folder with its own calibration and its own switch; docs/imaging.md says what each is worth.
///
/// Lines come out in pulse order, at most kLagPulses after they went in; finish() gives the rest.
/// Pulse numbers that never came are given out as kMissing (up to 4,000 in a row), places in
/// between.
///
/// The result depends on the lines, geometry, calibration and parameters alone: not on batch size
/// or threads (blocks of kBlockLines, counted from the first line).
///
/// Ownership: copies what it needs. Threading: one thread at a time; works on core::parallel_for.
/// Memory: taken at create(), push() allocates nothing that grows with the scan.
class CorrectionChain final {
 public:
  using Sink = std::function<void(const CorrectedLine&)>;

  static constexpr std::size_t kBlockLines = 64;
  /// Lines that may be held back.
  static constexpr std::size_t kLagPulses = 512;

  /// Fails with kInvalidInput where geometry or calibration are no base for correcting anything:
  /// frames that do not fit the geometry, not one usable pixel.
  static core::Result<CorrectionChain> create(const core::ScannerGeometry& geometry,
                                              const core::Calibration& calibration,
                                              const CorrectionParameters& parameters);
  CorrectionChain(CorrectionChain&&) noexcept;
  CorrectionChain& operator=(CorrectionChain&&) noexcept;
  ~CorrectionChain();

  /// Takes lines in pulse order. `samples`: [headers][pixels]; all three of the same length.
  void push(std::span<const core::LineHeader> headers,
            std::span<const std::bitset<core::kModulesMax>> modules_present,
            std::span<const std::uint32_t> samples, const Sink& sink);
  /// Gives out all that is held back. Afterwards only report() makes sense.
  void finish(const Sink& sink);

  [[nodiscard]] std::size_t pixels() const;
  /// [pixels] 0 at the boom's foot to 1 at its top: what share of sway and rise a pixel takes part
  /// in.
  [[nodiscard]] std::span<const float> height_share() const;
  /// [pixels] 1 where the calibration finds the pixel bad.
  [[nodiscard]] std::span<const std::uint8_t> bad_pixels() const;
  /// The calibration's wedge steps, free of what the corrections above take out of the scan: what
  /// the material curves are to be drawn from.
  [[nodiscard]] const std::vector<core::WedgeStep>& wedges() const;
  /// So far; complete after finish().
  [[nodiscard]] CorrectionReport report() const;

 private:
  struct State;
  explicit CorrectionChain(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::imaging
