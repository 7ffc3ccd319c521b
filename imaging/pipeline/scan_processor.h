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
#include "core/time.h"
#include "imaging/geometry/column_track.h"
#include "imaging/images.h"
#include "imaging/pipeline/parameters.h"

namespace portcullis::imaging {

/// What is known of the whole scan once its last line is in.
struct ScanSummary {
  core::ImageGrid grid;
  std::int64_t first_column = 0;  ///< k of the grid's column 0.
  std::vector<float> obliquity;   ///< [rows]
  std::vector<std::string> quality;
  std::vector<std::string> notes;  ///< See Images::notes.
  std::uint64_t lines_lost = 0;
  Energies energies = Energies::kBoth;
  double busy_ms = 0;  ///< Spent in push() and finish().
};

/// Images of a scan while it runs: lines go in as they come, blocks of columns come out as soon as
/// nothing that follows can change them.
///
/// Blocks are of Options::block_columns, anchored to the encoder's zero, and come out in the
/// direction of travel; at both ends of a scan they are cut where it began and ended. A column is
/// final when the beam plane has gone kTurnBack_mm past it, so that the scan may stop, and turn
/// back by that much. Lines from further back than that are of a place whose image is already made:
/// they are counted, named in the quality remarks, and left out. What a block shows also depends on
/// kClassifyHalo_px columns to each side (material is told from the neighbourhood), so it comes out
/// when those are final: at most Options::block_columns + kClassifyHalo_px columns, kTurnBack_mm
/// and CorrectionChain::kLagPulses lines after it was scanned.
///
/// Blocks depend on geometry, calibration, parameters and the lines in their order alone: not on
/// how many lines a push() brings, on threads, on the machine, or on anything that comes after
/// them. A scan that is cut off has the same blocks as far as they had come out.
///
/// Damage that leaves an image is named in ScanSummary::quality and marked in the `bad` plane. A
/// scan that has one energy alone (kEnergyMissing_lines of the other one without a single line of
/// it) is imaged by that: the other plane is estimated, no material is told, mass is of middle
/// goods; all of it is said.
///
/// Ownership: copies what it needs. Threading: one thread at a time; works on core::parallel_for
/// (see also Options::aside). Memory: some 120 MB for the shipped gantry, however long the scan is
/// or stands still.
class ScanProcessor final {
 public:
  using BlockSink = std::function<void(const ImageBlock&)>;

  static constexpr int kBlockColumns = 256;
  static constexpr int kBlockColumnsLeast = 64;
  static constexpr double kTurnBack_mm = 32;
  /// Where the direction of travel is not told, it is the one in which the scan first has this
  /// extent.
  static constexpr double kDirectionTravel_mm = 200;
  static constexpr std::uint64_t kEnergyMissing_lines = 512;

  struct Options {
    Travel travel = Travel::kUnknown;
    /// Width of a block: divides kBlockColumns, is a multiple of kBlockColumnsLeast. Narrow ones
    /// come out sooner, and as each is classed with kClassifyHalo_px columns to both sides, for
    /// more work: 2.1 times as much at 64 columns as at 256 while the processor keeps up; where it
    /// has fallen behind, kBlockColumns are classed together all the same. The images are the same.
    int block_columns = kBlockColumns;
    /// So many times kBlockColumns are classed together where they are ready: less work for a file
    /// that is all there, later blocks for a scan that runs. The images are the same. With narrower
    /// blocks it is 1.
    int blocks_at_once = 1;
    /// Blocks are classed, and given out, on a thread of their own while push() goes on with the
    /// next lines: one after the other, in order, all of them before finish() returns. The sink is
    /// copied; what it refers to must outlive the processor. The images are the same.
    bool aside = false;
    core::UtcTime scan_started;  ///< Tells the calibration's age; 0: not judged.
  };

  /// Fails with kInvalidInput where geometry and calibration are no base for an image; the message
  /// names the field. Fails with kRefused where the calibration is too old and
  /// Parameters::calibration refuses such.
  static core::Result<ScanProcessor> create(const core::ScannerGeometry& geometry,
                                            const core::Calibration& calibration,
                                            const Parameters& parameters, const Options& options);
  ScanProcessor(ScanProcessor&&) noexcept;
  ScanProcessor& operator=(ScanProcessor&&) noexcept;
  ~ScanProcessor();

  /// Takes lines in pulse order. `samples`: [headers][pixels]. Fails with kInvalidInput where the
  /// three do not fit together (nothing is taken then), with kRefused once the first lines show
  /// that the calibration no longer fits and Parameters::calibration refuses such: there is no
  /// image then.
  core::Status push(std::span<const core::LineHeader> headers,
                    std::span<const std::bitset<core::kModulesMax>> modules_present,
                    std::span<const std::uint32_t> samples, const BlockSink& sink);

  /// The rest of the blocks, and what is known of the whole. Fails with kInvalidInput where the
  /// lines do not make an image: none, or a single one, measured anything, or most stand where the
  /// encoder cannot have come to; with kRefused where the calibration no longer fits and
  /// Parameters::calibration says so. To be called once; no push() afterwards.
  core::Result<ScanSummary> finish(const BlockSink& sink);

  [[nodiscard]] int rows() const;
  /// [rows] path per metre across, as Images::obliquity.
  [[nodiscard]] const std::vector<float>& obliquity() const;

 private:
  struct State;
  explicit ScanProcessor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::imaging
