#include "proving/bay_walk.h"

#include <fmt/format.h>

#include <array>
#include <set>
#include <tuple>

namespace portcullis::proving {
namespace {

using lane::BayEvent;
using lane::BayState;

constexpr core::TimePoint kBayNow{std::chrono::hours(100'000)};

using BayKey = std::tuple<lane::BayPlace, bool, bool, bool, bool>;
BayKey bay_key(const BayState& s) {
  return {s.place, s.arrived, s.missing, s.told, s.free_since.has_value()};
}

std::vector<BayEvent> bay_events() {
  std::vector<BayEvent> events(2);
  events[1].kind = BayEvent::Kind::kAssign;
  events[1].vehicle = 1;
  for (int kind = 0; kind <= static_cast<int>(core::DecisionKind::kIsolate); ++kind)
    for (unsigned facts = 0; facts < 8; ++facts) {
      BayEvent event;
      event.kind = BayEvent::Kind::kDecision;
      event.decision.kind = static_cast<core::DecisionKind>(kind);
      event.decision.of_this_vehicle = (facts & 1U) != 0;
      event.decision.two_officers = (facts & 2U) != 0;
      event.decision.radiation_adjudicated = (facts & 4U) != 0;
      events.push_back(event);
    }
  return events;
}

std::string bay_text(const BayState& s) {
  return fmt::format("{}{}{}{}", lane::bay_place_name(s.place), s.arrived ? " arrived" : "",
                     s.missing ? " missing" : "", s.told ? " told" : "");
}

}  // namespace

ExploreReport explore_bay(const lane::CycleConfig& config) {
  ExploreReport report;
  report.whole = true;
  const std::vector<BayEvent> events = bay_events();
  const std::array since_ages = {core::Duration::zero(), config.bay_arrive_max, config.review_max};
  const std::array free_ages = {core::Duration::zero(), config.gone_for};
  std::vector<BayState> states(1);
  std::vector<std::uint32_t> depths(1);
  std::set<BayKey> known{bay_key(states[0])};
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (const core::Duration since : since_ages)
      for (const core::Duration free : free_ages)
        for (unsigned bits = 0; bits < 16; ++bits)
          for (const BayEvent& event : events) {
            BayState before = states[i];
            before.since = kBayNow - since;
            if (before.free_since) before.free_since = kBayNow - free;
            const lane::BayInputs in{(bits & 1U) != 0, (bits & 2U) != 0, (bits & 4U) != 0,
                                     (bits & 8U) != 0};
            if (in.occupied && in.free) continue;  // plc::bay_occupied() and bay_free() exclude it
            const lane::BayResult result = lane::step_bay(before, in, event, kBayNow, config);
            ++report.transitions;
            const auto broken =
                lane::violated_bay_invariant(before, in, event, result, kBayNow, config);
            if (!broken.empty()) {
              bool new_kind = true;
              for (const Violation& told : report.violations)
                new_kind = new_kind && told.invariant != broken;
              if (new_kind)
                report.violations.push_back(
                    {std::string(broken),
                     {bay_text(before),
                      fmt::format(
                          "event {} decision {} occupied {} free {}", static_cast<int>(event.kind),
                          core::decision_kind_name(event.decision.kind), in.occupied, in.free),
                      bay_text(result.state)}});
            }
            if (known.insert(bay_key(result.state)).second) {
              BayState next = result.state;
              next.vehicle = next.vehicle != 0 ? 1 : 0;
              states.push_back(next);
              depths.push_back(depths[i] + 1);
            }
          }
  }
  report.states = states.size();
  report.depth = depths.back();
  return report;
}

}  // namespace portcullis::proving
