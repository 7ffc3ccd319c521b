#include "proving/soak/plan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/assert.h"

namespace portcullis::proving {
namespace {

using PlanFault = SoakFault;
using lane::CycleState;

constexpr SoakFault kFaultsOfLines[] = {PlanFault::kPacketLoss,    PlanFault::kPacketDuplicate,
                                        PlanFault::kPacketReorder, PlanFault::kPacketCorrupt,
                                        PlanFault::kModuleDead,    PlanFault::kPulseMissed};
constexpr SoakFault kFaultsOfMotion[] = {PlanFault::kGantryStall, PlanFault::kGantryReversal};
constexpr SoakFault kFaultsOfBeam[] = {PlanFault::kSourceArc};

constexpr CycleState kStatesWithLines[] = {CycleState::kCalibrating, CycleState::kScanning};
constexpr CycleState kStatesWithMotion[] = {CycleState::kWarning, CycleState::kScanning};
constexpr CycleState kStatesWithBeam[] = {CycleState::kCalibrating, CycleState::kScanning};

constexpr ImpossiblePairs kImpossible[] = {
    {kFaultsOfLines, kStatesWithLines,
     "the detector is started in Calibrating and with the scan, and stopped in the step that "
     "leaves "
     "them: elsewhere no line can be lost"},
    {kFaultsOfMotion, kStatesWithMotion,
     "motion is asked for in Warning and Scanning only: what does not move can neither stall nor "
     "turn round"},
    {kFaultsOfBeam, kStatesWithBeam,
     "beam is asked for in Calibrating and Scanning only: without beam nothing arcs"},
};

template <typename T>
constexpr bool holds(std::span<const T> list, T value) {
  for (const T& item : list)
    if (item == value) return true;
  return false;
}

constexpr const ImpossiblePairs* row_against(SoakFault fault, CycleState state) {
  for (const ImpossiblePairs& row : kImpossible)
    if (holds(row.faults, fault) && !holds(row.only_in, state)) return &row;
  return nullptr;
}

constexpr std::size_t kAllPairs = kSoakFaultCount * lane::kCycleStateCount;
constexpr std::size_t count_possible() {
  std::size_t count = 0;
  for (std::size_t pair = 0; pair < kAllPairs; ++pair)
    if (row_against(static_cast<SoakFault>(pair / lane::kCycleStateCount),
                    static_cast<CycleState>(pair % lane::kCycleStateCount)) == nullptr)
      ++count;
  return count;
}
constexpr std::size_t kPossiblePairs = count_possible();

struct FaultInState {
  SoakFault fault;
  CycleState state;
};
/// In a lane with bays, every third, hardly a vehicle is released in the tunnel: that state is
/// aimed at twice as often as others.
constexpr std::size_t places_of(CycleState state) {
  return state == CycleState::kReleasing ? 2 : 1;
}
constexpr std::size_t count_places() {
  std::size_t count = 0;
  for (std::size_t pair = 0; pair < kAllPairs; ++pair) {
    const auto state = static_cast<CycleState>(pair % lane::kCycleStateCount);
    if (row_against(static_cast<SoakFault>(pair / lane::kCycleStateCount), state) == nullptr)
      count += places_of(state);
  }
  return count;
}
constexpr std::size_t kPlaces = count_places();
constexpr std::array<FaultInState, kPlaces> list_possible() {
  std::array<FaultInState, kPlaces> list{};
  std::size_t count = 0;
  for (std::size_t pair = 0; pair < kAllPairs; ++pair) {
    const auto fault = static_cast<SoakFault>(pair / lane::kCycleStateCount);
    const auto state = static_cast<CycleState>(pair % lane::kCycleStateCount);
    if (row_against(fault, state) != nullptr) continue;
    for (std::size_t i = 0; i < places_of(state); ++i) list[count++] = {fault, state};
  }
  return list;
}
constexpr auto kPossible = list_possible();

/// The way through the table, and how far apart neighbouring seeds begin on it. No factor in common
/// with the table's size: the way comes by every pair.
constexpr std::uint64_t kPairStride = 389;
constexpr std::uint64_t kPairsApart = 97;
static_assert(std::gcd(kPlaces, kPairStride) == 1);
static_assert(std::gcd(kPlaces, kPairsApart) == 1);

core::Duration from_seconds(double seconds) {
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

/// How long, and how much.
void draw_extent(PlannedFault& planned, Draws& draws) {
  const SoakFaultInfo& info = soak_fault_info(planned.fault);
  // Short ones are as likely as long ones.
  planned.lasts =
      from_seconds(info.lasts_min_s * std::pow(info.lasts_max_s / info.lasts_min_s, draws.unit()));
  // Whole numbers read well; shares need their fractions.
  const double value = draws.between(info.value_min, info.value_max);
  planned.value = info.value_max > 1 ? std::round(value) : std::round(value * 1000) / 1000;
  if (info.value_min == 0 && info.value_max == 1) planned.value = std::round(value);
  planned.value = std::clamp(planned.value, info.value_min, info.value_max);
}

/// What brings the lane into a state in which it seldom is by itself.
std::optional<PlannedFault> way_into(const PlannedFault& aimed) {
  if (!aimed.in_state) return std::nullopt;
  const auto begin = [&](SoakFault fault, double seconds) {
    return PlannedFault{aimed.at, std::nullopt, fault, from_seconds(seconds), 0};
  };
  switch (*aimed.in_state) {
    case CycleState::kOff:
      return begin(PlanFault::kKeyOff, 5);
    case CycleState::kMaintenance:
      return begin(PlanFault::kKeyService, 60);
    case CycleState::kStopped:
    case CycleState::kSelfTest:
    case CycleState::kWarmUp:
      return begin(PlanFault::kOperatorStop, 0.01);
    case CycleState::kFaulted:
      return begin(PlanFault::kDoseFailed, 0.2);
    default:
      return std::nullopt;
  }
}

}  // namespace

FaultObject fault_object(SoakFault fault) noexcept {
  if (holds<SoakFault>(kFaultsOfLines, fault)) return FaultObject::kLines;
  if (holds<SoakFault>(kFaultsOfMotion, fault)) return FaultObject::kMotion;
  if (holds<SoakFault>(kFaultsOfBeam, fault)) return FaultObject::kBeam;
  return FaultObject::kAlways;
}

std::span<const ImpossiblePairs> impossible_pairs() noexcept {
  return kImpossible;
}

std::string_view why_impossible(SoakFault fault, CycleState state) noexcept {
  const ImpossiblePairs* row = row_against(fault, state);
  return row == nullptr ? std::string_view() : row->why;
}

std::size_t possible_pair_count() noexcept {
  return kPossiblePairs;
}

FaultPlanner::FaultPlanner(std::uint64_t seed, core::Duration length, double per_hour)
    : draws_(seed, 1),
      seed_(seed),
      length_s_(std::chrono::duration<double>(length).count()),
      per_hour_(per_hour) {
  draw_next();
}

void FaultPlanner::draw_next() {
  next_at_.reset();
  if (per_hour_ <= 0) return;
  // Exponential gaps: faults come alone, in pairs and in bursts.
  at_s_ += -std::log(1 - draws_.unit()) * 3600 / per_hour_;
  if (at_s_ < length_s_) next_at_ = from_seconds(at_s_);
}

bool FaultPlanner::aim(PlannedFault& planned, const SoakCover& met) {
  for (std::size_t tried = 0; tried < kPlaces; ++tried) {
    const std::uint64_t place = (seed_ * kPairsApart + looked_at_++) * kPairStride;
    const FaultInState& pair = kPossible[place % kPlaces];
    if (met[static_cast<std::size_t>(pair.fault)][static_cast<std::size_t>(pair.state)] != 0)
      continue;
    planned.fault = pair.fault;
    planned.in_state = pair.state;
    return true;
  }
  return false;
}

std::vector<PlannedFault> FaultPlanner::take(const SoakCover& met) {
  PC_ASSERT(next_at_.has_value());
  PlannedFault planned;
  planned.at = *next_at_;
  if (!draws_.chance(0.5) || !aim(planned, met)) {
    // Kills more often than the rest: each tries the state that they leave behind.
    planned.fault = draws_.chance(0.12)
                        ? draws_.chance(0.7) ? PlanFault::kLaneKilled : PlanFault::kPowerLost
                        : static_cast<SoakFault>(draws_.below(kSoakFaultCount));
  }
  draw_extent(planned, draws_);
  std::vector<PlannedFault> plan;
  if (const auto way = way_into(planned)) plan.push_back(*way);
  plan.push_back(planned);
  draw_next();
  return plan;
}

std::vector<PlannedFault> plan_soak_faults(std::uint64_t seed, core::Duration length,
                                           double per_hour) {
  FaultPlanner planner(seed, length, per_hour);
  std::vector<PlannedFault> plan;
  const SoakCover nothing{};
  while (planner.next_at()) {
    const auto next = planner.take(nothing);
    plan.insert(plan.end(), next.begin(), next.end());
  }
  return plan;
}

}  // namespace portcullis::proving
