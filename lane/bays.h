#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/records.h"
#include "core/time.h"
#include "lane/cycle.h"

/// The bays: places outside the tunnel where scanned vehicles wait for their decision, so that the
/// lane can go on. Each is its own pure machine; step_bay() has no clock, thread or text building.
///
/// Only a decision opens a bay's way out. A vehicle that is not where it should be is told and
/// stays on the books until an officer disposes of it: the lane never forgets one by itself.
namespace portcullis::lane {

enum class BayPlace : std::uint8_t {
  kEmpty,
  kWaiting,       ///< Given to a vehicle, which may still be on its way; no decision yet.
  kReleased,      ///< Its way out is open.
  kToInspection,  ///< Its way to the inspection place is open.
  kHeld,          ///< Decided to stay; another decision moves it.
  kRescan,        ///< Its way back to the entry is open.
  kIsolated,      ///< As held; nobody goes near it.
};
inline constexpr std::size_t kBayPlaceCount = 7;
[[nodiscard]] std::string_view bay_place_name(BayPlace place) noexcept;  ///< "ToInspection"

/// What a bay knows of the world. The first two are both false where the sensor is not trusted.
struct BayInputs {
  bool occupied = false;  ///< Certainly.
  bool free = false;      ///< Certainly.
  bool radiation_measured = false;
  bool radiation_clear = false;
};

struct BayState {
  BayPlace place = BayPlace::kEmpty;
  std::uint64_t vehicle = 0;  ///< 0 in kEmpty alone.
  bool arrived = false;       ///< It was seen in the bay.
  bool missing = false;       ///< It was there and is not, and no decision let it go.
  bool told = false;          ///< The operator was called, about what is amiss now.
  core::TimePoint since;      ///< In this place.
  std::optional<core::TimePoint> free_since;
  bool operator==(const BayState&) const = default;
};

struct BayEvent {
  enum class Kind : std::uint8_t { kTick, kAssign, kDecision } kind = Kind::kTick;
  std::uint64_t vehicle = 0;  ///< Of kAssign.
  DecisionInput decision;
};

enum class BayActionKind : std::uint8_t {
  kDecided,       ///< `decision` stands.
  kEmptied,       ///< The vehicle is gone, as decided.
  kMissing,       ///< It is gone, and nobody decided that.
  kIntruder,      ///< A vehicle stands in an empty bay.
  kCallOperator,  ///< The vehicle does not arrive.
};
struct BayAction {
  BayActionKind kind = BayActionKind::kDecided;
  core::DecisionKind decision = core::DecisionKind::kHold;
  std::uint64_t vehicle = 0;
};

struct BayResult {
  BayState state;
  std::optional<BayAction> action;
  bool accepted = true;      ///< Of an assignment or decision.
  std::string_view refusal;  ///< Static text.
};

/// One step of one bay. Uses of `config`: bay_arrive_max, review_max, gone_for and the rules of a
/// release.
[[nodiscard]] BayResult step_bay(const BayState& state, const BayInputs& inputs,
                                 const BayEvent& event, core::TimePoint now,
                                 const CycleConfig& config) noexcept;

/// Certainly free, and given to nobody: a vehicle may be sent there.
[[nodiscard]] bool bay_is_free(const BayState& state, const BayInputs& inputs) noexcept;
/// The level for the bay's way out (to the port, the inspection place or the entry).
[[nodiscard]] bool bay_exit_open(const BayState& state) noexcept;
/// Empty where the decision would be taken now, else the reason.
[[nodiscard]] std::string_view bay_decision_refusal(const BayState& state, const BayInputs& inputs,
                                                    const DecisionInput& decision,
                                                    const CycleConfig& config) noexcept;

/// What must hold after every step of a bay, written apart from step_bay(); empty where it does.
[[nodiscard]] std::string_view violated_bay_invariant(const BayState& before,
                                                      const BayInputs& inputs,
                                                      const BayEvent& event,
                                                      const BayResult& result, core::TimePoint now,
                                                      const CycleConfig& config) noexcept;

}  // namespace portcullis::lane
