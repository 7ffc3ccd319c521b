#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "lane/cycle.h"
#include "proving/soak/draws.h"
#include "proving/soak/faults.h"

/// Which faults a simulated lane gets, and when: so that each meets the lane in every state in
/// which there is something for it to act on.
namespace portcullis::proving {

/// By fault and state: polls with the fault acting in the state.
using SoakCover = std::array<std::array<std::uint64_t, lane::kCycleStateCount>, kSoakFaultCount>;

/// What there must be for a fault to act on. The rest of them act on what is always there: the
/// links, the chain's inputs, the disk, the program, people.
enum class FaultObject : std::uint8_t {
  kAlways,
  kLines,   ///< The detector sends lines.
  kMotion,  ///< The lane asks for motion.
  kBeam,    ///< The lane asks for beam, and there is beam.
};
[[nodiscard]] FaultObject fault_object(SoakFault fault) noexcept;

/// Faults that have nothing to act on but in a few states. A run in which one does act elsewhere
/// breaks a promise: the table is checked by every campaign.
struct ImpossiblePairs {
  std::span<const SoakFault> faults;
  std::span<const lane::CycleState> only_in;
  std::string_view why;
};
[[nodiscard]] std::span<const ImpossiblePairs> impossible_pairs() noexcept;
/// Empty: the fault can act in that state.
[[nodiscard]] std::string_view why_impossible(SoakFault fault, lane::CycleState state) noexcept;
/// Of all pairs of fault and state.
[[nodiscard]] std::size_t possible_pair_count() noexcept;

/// Draws the faults of a run from its seed: `per_hour` in the mean, half of them bound to a state
/// of the lane, so that short states meet them too. These go through the table of all possible
/// pairs, each seed from another place on, and leave out what the run has met already. A state that
/// is seldom brings what leads to it. One thread.
class FaultPlanner {
 public:
  FaultPlanner(std::uint64_t seed, core::Duration length, double per_hour);
  /// When the next is due, since the run's begin; nothing where the run is over before.
  [[nodiscard]] std::optional<core::Duration> next_at() const noexcept { return next_at_; }
  /// That one, behind what leads to its state; there must be a next. `met`: by this run so far.
  [[nodiscard]] std::vector<PlannedFault> take(const SoakCover& met);

 private:
  void draw_next();
  /// False where the run has met every pair.
  bool aim(PlannedFault& planned, const SoakCover& met);

  Draws draws_;
  std::uint64_t seed_;
  double length_s_;
  double per_hour_;
  double at_s_ = 0;
  std::uint64_t looked_at_ = 0;  ///< Pairs of the table.
  std::optional<core::Duration> next_at_;
};

/// The whole plan of a run that meets nothing by itself.
[[nodiscard]] std::vector<PlannedFault> plan_soak_faults(std::uint64_t seed, core::Duration length,
                                                         double per_hour);

}  // namespace portcullis::proving
