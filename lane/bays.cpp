#include "lane/bays.h"

#include "core/assert.h"

namespace portcullis::lane {
namespace {

constexpr std::array<std::string_view, kBayPlaceCount> kBayPlaceNames = {
    "Empty", "Waiting", "Released", "ToInspection", "Held", "Rescan", "Isolated"};

BayPlace place_of(core::DecisionKind kind) {
  switch (kind) {
    case core::DecisionKind::kRelease:
      return BayPlace::kReleased;
    case core::DecisionKind::kPhysicalInspection:
    case core::DecisionKind::kRadiationSecondary:
    case core::DecisionKind::kOtherAgency:
      return BayPlace::kToInspection;
    case core::DecisionKind::kDocumentaryCheck:
    case core::DecisionKind::kHold:
      return BayPlace::kHeld;
    case core::DecisionKind::kRescan:
      return BayPlace::kRescan;
    case core::DecisionKind::kIsolate:
      return BayPlace::kIsolated;
  }
  return BayPlace::kHeld;
}

/// Not where it should be: gone, or overdue on its way from the tunnel.
bool is_astray(const BayState& s) {
  return s.missing || (s.vehicle != 0 && !s.arrived && s.told);
}

struct BayContext {
  BayResult r;
  const BayInputs& in;
  core::TimePoint now;
  const CycleConfig& config;

  void act(BayActionKind kind, core::DecisionKind decision = core::DecisionKind::kHold) {
    PC_ASSERT(!r.action);
    r.action = BayAction{kind, decision, r.state.vehicle};
  }
  void go(BayPlace place) {
    r.state.place = place;
    r.state.since = now;
    r.state.free_since.reset();
    r.state.told = false;
  }
  void empty() {
    r.state = {};
    r.state.since = now;
  }
  [[nodiscard]] bool gone_long_enough() {
    if (!in.free) {
      r.state.free_since.reset();
      return false;
    }
    if (!r.state.free_since) r.state.free_since = now;
    return guard(Guard::kBayGoneForItsTime, now - *r.state.free_since >= config.gone_for);
  }
};

void tick_bay(BayContext& c) {
  BayState& s = c.r.state;
  if (s.place == BayPlace::kEmpty) {
    if (guard(Guard::kBayIntruderIsTold, !c.in.occupied))
      s.told = s.told && !c.in.free;
    else if (!s.told) {
      s.told = true;
      c.act(BayActionKind::kIntruder);
    }
    return;
  }
  if (!s.arrived) {
    if (c.in.occupied) {
      s.arrived = true;
      s.told = false;
    } else if (!guard(Guard::kBayArrivalIsWatched, c.now - s.since < c.config.bay_arrive_max) &&
               !s.told) {
      s.told = true;
      c.act(BayActionKind::kCallOperator);
    }
    return;
  }
  if (c.gone_long_enough()) {
    if (bay_exit_open(s)) {
      c.act(BayActionKind::kEmptied);
      return c.empty();
    }
    if (guard(Guard::kBayMissingIsTold, s.missing)) return;
    s.missing = true;
    return c.act(BayActionKind::kMissing);
  }
  if (s.place == BayPlace::kWaiting &&
      !guard(Guard::kBayReviewEndsInHold, c.now - s.since < c.config.review_max)) {
    c.act(BayActionKind::kDecided, core::DecisionKind::kHold);
    c.go(BayPlace::kHeld);
  }
}

}  // namespace

std::string_view bay_place_name(BayPlace place) noexcept {
  return kBayPlaceNames[static_cast<std::size_t>(place)];
}

bool bay_is_free(const BayState& state, const BayInputs& inputs) noexcept {
  return state.place == BayPlace::kEmpty && inputs.free && !inputs.occupied;
}

bool bay_exit_open(const BayState& state) noexcept {
  return guard(Guard::kBayOpensForTheArrived, state.arrived) && !state.missing &&
         (state.place == BayPlace::kReleased || state.place == BayPlace::kToInspection ||
          state.place == BayPlace::kRescan);
}

std::string_view bay_decision_refusal(const BayState& s, const BayInputs& in,
                                      const DecisionInput& decision,
                                      const CycleConfig& config) noexcept {
  if (s.place == BayPlace::kEmpty) return "no vehicle waits for a decision in this bay";
  if (!guard(Guard::kBayDecisionOfThisVehicle, decision.of_this_vehicle))
    return "the decision is not about the vehicle in this bay";
  const bool stays =
      decision.kind == core::DecisionKind::kHold || decision.kind == core::DecisionKind::kIsolate;
  const bool decided = s.place == BayPlace::kReleased || s.place == BayPlace::kToInspection ||
                       s.place == BayPlace::kRescan;
  if (decided && !stays) return "the vehicle's way is open already: hold it first";
  if (!guard(Guard::kBayMissingIsNotReleased,
             !is_astray(s) || decision.kind == core::DecisionKind::kPhysicalInspection ||
                 decision.kind == core::DecisionKind::kOtherAgency))
    return "the vehicle is not in its bay: another agency or an inspection must take the case on";
  if (decision.kind != core::DecisionKind::kRelease) return {};
  Inputs facts;
  facts.set(Input::kRadiationMeasured, in.radiation_measured);
  facts.set(Input::kRadiationClear, in.radiation_clear);
  return release_refusal(facts, decision, config);
}

BayResult step_bay(const BayState& state, const BayInputs& inputs, const BayEvent& event,
                   core::TimePoint now, const CycleConfig& config) noexcept {
  BayContext c{{state, {}, true, {}}, inputs, now, config};
  switch (event.kind) {
    case BayEvent::Kind::kTick:
      tick_bay(c);
      break;
    case BayEvent::Kind::kAssign:
      if (!guard(Guard::kBayAssignedWhenFree, bay_is_free(state, inputs)) || event.vehicle == 0) {
        c.r.accepted = false;
        c.r.refusal = "the bay is not free";
        break;
      }
      c.empty();
      c.go(BayPlace::kWaiting);
      c.r.state.vehicle = event.vehicle;
      break;
    case BayEvent::Kind::kDecision:
      c.r.refusal = bay_decision_refusal(state, inputs, event.decision, config);
      c.r.accepted = c.r.refusal.empty();
      if (!c.r.accepted) break;
      c.act(BayActionKind::kDecided, event.decision.kind);
      if (is_astray(state))
        c.empty();
      else
        c.go(place_of(event.decision.kind));
      break;
  }
  return c.r;
}

std::string_view violated_bay_invariant(const BayState& before, const BayInputs& in,
                                        const BayEvent& event, const BayResult& r,
                                        core::TimePoint now, const CycleConfig& config) noexcept {
  const BayState& after = r.state;
  const bool decision = event.kind == BayEvent::Kind::kDecision && r.accepted;
  const bool ticked = event.kind == BayEvent::Kind::kTick;
  const auto opens = [](BayPlace place) {
    return place == BayPlace::kReleased || place == BayPlace::kToInspection ||
           place == BayPlace::kRescan;
  };
  if ((after.vehicle == 0) != (after.place == BayPlace::kEmpty))
    return "a bay has a place for each vehicle and a vehicle in each place";
  if (after.vehicle != before.vehicle && after.vehicle != 0 &&
      !(event.kind == BayEvent::Kind::kAssign && before.place == BayPlace::kEmpty && in.free))
    return "a bay is given only when it is free";
  if (bay_exit_open(after) && !(opens(after.place) && after.arrived && !after.missing))
    return "a way out opens only for a vehicle that is there and decided on";
  if (opens(after.place) && after.place != before.place &&
      !(decision && event.decision.of_this_vehicle &&
        event.decision.kind != core::DecisionKind::kHold))
    return "only a decision on its vehicle opens a bay's way out";
  if (after.place == BayPlace::kReleased && before.place != BayPlace::kReleased) {
    const auto& d = event.decision;
    const bool two = !config.second_reader || d.two_officers;
    const bool radiation = !config.radiation_required || d.radiation_adjudicated ||
                           (in.radiation_measured && in.radiation_clear);
    if (!(d.kind == core::DecisionKind::kRelease && two && radiation && !before.missing))
      return "a release from a bay is decided as the rules want";
  }
  if (decision && !event.decision.of_this_vehicle) return "a decision in a bay is of its vehicle";
  if (before.place != BayPlace::kEmpty && after.place == BayPlace::kEmpty) {
    const bool drove_off = ticked && opens(before.place) && before.arrived && in.free &&
                           before.free_since && now - *before.free_since >= config.gone_for;
    const bool taken_on = decision && (before.missing || (!before.arrived && before.told)) &&
                          (event.decision.kind == core::DecisionKind::kOtherAgency ||
                           event.decision.kind == core::DecisionKind::kPhysicalInspection);
    if (!drove_off && !taken_on) return "a bay's vehicle is forgotten only when it went as decided";
  }
  if (ticked && before.arrived && !opens(before.place) && in.free && before.free_since &&
      now - *before.free_since >= config.gone_for && !after.missing)
    return "a vehicle missing from its bay is told";
  if (before.missing && after.place != BayPlace::kEmpty && !after.missing)
    return "a missing vehicle is not found again by itself";
  if (ticked && before.place == BayPlace::kWaiting && before.arrived && !in.free &&
      now - before.since >= config.review_max && after.place != BayPlace::kHeld)
    return "a review in a bay ends in a hold";
  if (ticked && before.place != BayPlace::kEmpty && !before.arrived && !in.occupied &&
      now - before.since >= config.bay_arrive_max && !after.told)
    return "a vehicle that does not arrive is told";
  if (ticked && before.place == BayPlace::kEmpty && in.occupied && !after.told)
    return "a vehicle in an empty bay is told";
  return {};
}

}  // namespace portcullis::lane
