#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "core/line.h"

namespace portcullis::imaging {

/// Which way the beam plane runs over the vehicle: encoder growing or falling.
enum class Travel : std::int8_t { kUnknown = 0, kForward = 1, kBack = -1 };

/// The lines of one energy in the order of their place, and the columns they make as soon as no
/// later line can change them.
///
/// Column k is centred at k * mm_per_px. Its value is the mean over its width of the straight lines
/// between neighbouring measurements (see resample.h): a ramp comes out exact at any spacing, so
/// that the two energies, measured half a period apart, lie on each other. Lines that stand within
/// a quarter of a column of each other become one measurement at their mean place with their mean
/// value (a ramp stays exact): a stop or a way back and forth costs no memory and no blur.
///
/// The caller says how far the scan is closed: no line will be given any more whose slot (see
/// slot_mm()) begins before that place in the direction of travel. A column is ready when a
/// measurement of a closed slot stands on or beyond its far edge. Where none came over
/// kGapMax_mm of closed travel, the column holds the last measurement and counts as not measured;
/// before the first line of all, none is ready.
///
/// What comes out depends on the lines and the order of add(), add_lost() and close() calls alone;
/// columns may be read any time after they are ready.
/// Ownership: owns its lines; drop() gives their memory back for new ones.
/// Threading: one thread; between changes column reads may run on any number of threads.
class ColumnTrack final {
 public:
  struct Options {
    double mm_per_px = 0;
    std::size_t pixels = 0;
    std::uint16_t modules = 0;
  };
  explicit ColumnTrack(const Options& options);

  /// Without a measurement over this much of closed travel nothing is drawn to the next one.
  static constexpr double kGapMax_mm = 500;
  /// A column further than this from the nearest measurement counts as not measured.
  static constexpr double kSeenWithin_mm = 50;

  [[nodiscard]] double slot_mm() const { return slot_mm_; }
  [[nodiscard]] std::int64_t slot_of(double x_mm) const;

  void add(double x_mm, std::span<const float> transmission,
           const std::bitset<core::kModulesMax>& modules_filled);
  /// A pulse of this energy that measured nothing.
  void add_lost(double x_mm);

  /// Is column k final? `closed_mm`: where the scan is closed; `travel` is known.
  [[nodiscard]] bool ready(std::int64_t column, Travel travel, double closed_mm) const;
  /// The next column in the direction of travel is taken as final; call in order, where ready(). At
  /// the end of a scan columns may be read without: they hold the outermost measurement.
  void settle(std::int64_t column, Travel travel, double closed_mm);

  /// What columns [first, first + count) are made of; all settled.
  struct Columns {
    /// For column c of these: k in [start[c], start[c + 1]), weight[k] * row[k].
    std::vector<std::uint32_t> start;
    std::vector<const float*> row;
    std::vector<float> weight;
    /// [count] usual distance of measurements around the column.
    std::vector<float> spacing_mm;
    /// [modules * count] 1: the nearest pulse was lost for the module. Empty: none anywhere.
    std::vector<std::uint8_t> lost;
  };
  [[nodiscard]] Columns columns(std::int64_t first, std::size_t count, Travel travel) const;

  /// Columns up to and with this one, in the direction of travel, will not be asked for again.
  void drop(std::int64_t column, Travel travel);

  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] std::size_t rows_in_memory() const { return rows_.size(); }

 private:
  struct Knot {
    std::int64_t slot = 0;
    double x_mm = 0;
    std::uint32_t count = 0;
    std::uint32_t row = 0;
    std::bitset<core::kModulesMax> absent;  ///< Modules filled on all its lines.
  };
  [[nodiscard]] double edge_mm(std::int64_t column, double side) const {
    return (static_cast<double>(column) + side) * options_.mm_per_px;
  }
  [[nodiscard]] bool slot_closed(std::int64_t slot, Travel travel, double closed_mm) const;
  [[nodiscard]] bool measured_beyond(std::int64_t column, Travel travel, double closed_mm) const;
  void mark_lost(std::int64_t first, std::size_t count, Travel travel,
                 std::span<const Knot* const> knots, Columns& out) const;

  Options options_;
  double slot_mm_;
  std::deque<Knot> knots_;   ///< By slot.
  std::deque<double> lost_;  ///< By place.
  std::vector<std::vector<float>> rows_;
  std::vector<std::uint32_t> free_rows_;
  std::uint64_t lines_ = 0;
  /// Columns settled without a measurement beyond them, [first, last] ascending, in the order of
  /// travel.
  struct Range {
    std::int64_t first, last;
  };
  std::deque<Range> held_;
  /// What was dropped and is still the nearest behind: places by module, and of lost pulses.
  std::vector<double> dropped_seen_, dropped_without_;
};

}  // namespace portcullis::imaging
