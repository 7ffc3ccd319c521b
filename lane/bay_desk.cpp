#include "lane/bay_desk.h"

#include <algorithm>

#include "core/assert.h"

namespace portcullis::lane {

BayDesk::BayDesk(const CycleConfig& config, LaneListener& listener, Tell tell, SentRound sent_round,
                 Watch watch)
    : config_(config),
      listener_(listener),
      tell_(std::move(tell)),
      sent_round_(std::move(sent_round)),
      watch_(std::move(watch)) {
  bays_.resize(config.review_in_bays ? config.bay_count : 0);
  for (std::size_t i = 0; i < bays_.size(); ++i) bays_[i].number = static_cast<std::uint8_t>(i + 1);
}

BayInputs BayDesk::inputs_of(const BayView& bay, const plc::PlcView& plc) const {
  BayInputs in;
  in.occupied = plc::bay_occupied(plc, bay.number);
  in.free = plc::bay_free(plc, bay.number);
  in.radiation_measured = bay.record.radiation_measured;
  in.radiation_clear = bay.record.radiation_measured && !bay.record.radiation_alarm;
  return in;
}

BayResult BayDesk::step(const BayView& bay, const BayEvent& event, const plc::PlcView& plc) const {
  const BayInputs inputs = inputs_of(bay, plc);
  const BayResult result = step_bay(bay.state, inputs, event, plc.now(), config_);
  if (watch_) watch_({bay.number, bay.state, inputs, event, result, plc.now()});
  return result;
}

std::uint8_t BayDesk::free_bay(const plc::PlcView& plc) const {
  for (const BayView& bay : bays_)
    if (bay_is_free(bay.state, inputs_of(bay, plc))) return bay.number;
  return 0;
}

void BayDesk::take(BayView& bay, const BayResult& result, const std::string& who,
                   core::UtcTime utc) {
  const BayPlace before = bay.state.place;
  if (before == BayPlace::kRescan && result.state.place == BayPlace::kEmpty) sent_round_(bay);
  bay.state = result.state;
  if (before != bay.state.place) {
    bay.since = utc;
    bay.owner = who;
    tell_("bay", "bay " + std::to_string(bay.number) + ": " + std::string(bay_place_name(before)) +
                     " to " + std::string(bay_place_name(bay.state.place)) + " by " + who);
  }
  if (!result.action) return;
  const std::string place = "bay " + std::to_string(bay.number);
  const std::string vehicle = "vehicle " + std::to_string(result.action->vehicle);
  switch (result.action->kind) {
    case BayActionKind::kDecided:
      listener_.on_decided(bay.scan_id, result.action->decision);
      break;
    case BayActionKind::kEmptied:
      break;
    case BayActionKind::kMissing:
      tell_("alarm", vehicle + " is not in " + place + " any more, and no decision let it go");
      break;
    case BayActionKind::kIntruder:
      tell_("alarm", place + " is occupied by a vehicle that was not sent there");
      break;
    case BayActionKind::kCallOperator:
      tell_("call", vehicle + " does not arrive in " + place);
      break;
  }
  if (bay.state.place == BayPlace::kEmpty && before != BayPlace::kEmpty) {
    listener_.on_vehicle_left(result.action->vehicle);
    bay.scan_id.clear();
    bay.record = {};
    bay.owner.clear();
  }
}

void BayDesk::assign(std::uint8_t number, const std::string& scan_id, const VehicleRecord& record,
                     const plc::PlcView& plc, core::UtcTime utc) {
  PC_ASSERT(number >= 1 && number <= bays_.size());
  BayView& bay = bays_[number - 1U];
  BayEvent event;
  event.kind = BayEvent::Kind::kAssign;
  event.vehicle = record.vehicle;
  const BayResult result = step(bay, event, plc);
  PC_ASSERT(result.accepted);
  bay.scan_id = scan_id;
  bay.record = record;
  take(bay, result, "lane", utc);
}

void BayDesk::tick(const plc::PlcView& plc, core::UtcTime utc) {
  for (BayView& bay : bays_) take(bay, step(bay, {}, plc), "lane", utc);
}

bool BayDesk::has(std::string_view scan_id) const {
  return !scan_id.empty() && std::any_of(bays_.begin(), bays_.end(), [&](const BayView& bay) {
    return bay.scan_id == scan_id;
  });
}

core::Status BayDesk::decide(std::string_view scan_id, const DecisionInput& decision,
                             const std::string& officer, const plc::PlcView& plc,
                             core::UtcTime utc) {
  for (BayView& bay : bays_) {
    if (bay.scan_id != scan_id) continue;
    BayEvent event;
    event.kind = BayEvent::Kind::kDecision;
    event.decision = decision;
    event.decision.of_this_vehicle = true;
    const BayResult result = step(bay, event, plc);
    if (!result.accepted)
      return core::Error{core::ErrorCode::kRefused, std::string(result.refusal)};
    take(bay, result, officer, utc);
    return {};
  }
  return core::Error{core::ErrorCode::kRefused, "no bay has the vehicle of this scan"};
}

std::string_view BayDesk::refusal(std::string_view scan_id, const DecisionInput& decision,
                                  const plc::PlcView& plc) const {
  for (const BayView& bay : bays_) {
    if (bay.scan_id != scan_id) continue;
    DecisionInput of_it = decision;
    of_it.of_this_vehicle = true;
    return bay_decision_refusal(bay.state, inputs_of(bay, plc), of_it, config_);
  }
  return "no bay has the vehicle of this scan";
}

std::uint16_t BayDesk::exits_open() const {
  std::uint16_t mask = 0;
  for (const BayView& bay : bays_)
    if (bay_exit_open(bay.state)) mask = static_cast<std::uint16_t>(mask | 1U << (bay.number - 1U));
  return mask;
}

std::uint16_t BayDesk::to_entry() const {
  std::uint16_t mask = 0;
  for (const BayView& bay : bays_)
    if (bay.state.place == BayPlace::kRescan && bay_exit_open(bay.state))
      mask = static_cast<std::uint16_t>(mask | 1U << (bay.number - 1U));
  return mask;
}

void BayDesk::refresh(std::uint8_t number, const VehicleRecord& record) {
  PC_ASSERT(number >= 1 && number <= bays_.size());
  if (bays_[number - 1U].record.vehicle == record.vehicle) bays_[number - 1U].record = record;
}

std::string BayDesk::oldest_undecided() const {
  const BayView* oldest = nullptr;
  for (const BayView& bay : bays_)
    if (bay.state.place == BayPlace::kWaiting &&
        (oldest == nullptr || bay.state.vehicle < oldest->state.vehicle))
      oldest = &bay;
  return oldest == nullptr ? std::string() : oldest->scan_id;
}

void BayDesk::restore(std::vector<BayView> bays, core::TimePoint now) {
  for (BayView& kept : bays) {
    if (kept.number < 1 || kept.number > bays_.size()) continue;
    kept.state.since = now;
    kept.state.free_since.reset();
    kept.record.radiation_measured = false;
    kept.record.radiation_alarm = false;
    kept.record.ambiguities.emplace_back("the lane was started again with this vehicle in a bay");
    bays_[kept.number - 1U] = std::move(kept);
  }
}

}  // namespace portcullis::lane
