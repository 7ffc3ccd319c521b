#include "plc/interlock/interlock.h"

#include <algorithm>
#include <cmath>

namespace portcullis::plc {

std::optional<double> PlcView::value(Tag tag) const noexcept {
  if (!fresh(tag)) return std::nullopt;
  return image_.value(tag);
}

bool plc_data_fresh(const PlcView& plc) noexcept {
  const std::span<const TagInfo> table = tag_table();
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const TagInfo& info = table[i];
    const auto tag = static_cast<Tag>(i);
    if (info.area != Area::kDiscreteInput && info.area != Area::kInputRegister) continue;
    if (info.safety == SafetyClass::kNone) continue;
    if (info.safety == SafetyClass::kStatus && plc.image().at(tag).validity == Validity::kUnwired)
      continue;
    if (!plc.fresh(tag)) return false;
  }
  return true;
}

bool plc_heartbeat_alive(const PlcView& plc, core::Duration watchdog) noexcept {
  return plc.fresh(Tag::kPlcHeartbeat) && plc.image().heartbeat_seen &&
         plc.now() - plc.image().heartbeat_changed <= watchdog;
}

bool commands_confirmed(const PlcView& plc, core::Duration watchdog) noexcept {
  return plc.image().commands_seen && plc.now() - plc.image().commands_confirmed <= watchdog;
}

bool plc_running(const PlcView& plc) noexcept {
  return plc.value(Tag::kPlcMode) == 1.0;
}
bool plc_fault_free(const PlcView& plc) noexcept {
  return plc.value(Tag::kFaultWord) == 0.0;
}

bool estop_buttons_released(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kEstopPanelOk) && plc.is_true(Tag::kEstopSourceOk) &&
         plc.is_true(Tag::kEstopDetectorOk);
}
bool estop_healthy(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kEstopChainHealthy) && estop_buttons_released(plc);
}

bool key_on(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kKeyOn) && plc.is_false(Tag::kKeyOff) && plc.is_false(Tag::kKeyService);
}
bool key_off(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kKeyOff) && plc.is_false(Tag::kKeyOn) && plc.is_false(Tag::kKeyService);
}
bool key_service(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kKeyService) && plc.is_false(Tag::kKeyOn) && plc.is_false(Tag::kKeyOff);
}

bool search_complete(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kSearchComplete);
}

bool doors_closed(const PlcView& plc) noexcept {
  constexpr std::array kDoors = {Tag::kDoor1ClosedA, Tag::kDoor1ClosedB, Tag::kDoor2ClosedA,
                                 Tag::kDoor2ClosedB, Tag::kDoor3ClosedA, Tag::kDoor3ClosedB,
                                 Tag::kDoor4ClosedA, Tag::kDoor4ClosedB};
  return std::all_of(kDoors.begin(), kDoors.end(), [&](Tag tag) { return plc.is_true(tag); });
}
bool curtains_clear(const PlcView& plc) noexcept {
  constexpr std::array kCurtains = {
      Tag::kCurtain1ClearA, Tag::kCurtain1ClearB, Tag::kCurtain2ClearA, Tag::kCurtain2ClearB,
      Tag::kCurtain3ClearA, Tag::kCurtain3ClearB, Tag::kCurtain4ClearA, Tag::kCurtain4ClearB};
  return std::all_of(kCurtains.begin(), kCurtains.end(), [&](Tag tag) { return plc.is_true(tag); });
}

bool barrier_entry_open(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBarrierEntryOpen) && plc.is_false(Tag::kBarrierEntryClosed);
}
bool barrier_entry_closed(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBarrierEntryClosed) && plc.is_false(Tag::kBarrierEntryOpen);
}
bool barrier_exit_open(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBarrierExitOpen) && plc.is_false(Tag::kBarrierExitClosed);
}
bool barrier_exit_closed(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBarrierExitClosed) && plc.is_false(Tag::kBarrierExitOpen);
}
bool barriers_closed(const PlcView& plc) noexcept {
  return barrier_entry_closed(plc) && barrier_exit_closed(plc);
}
bool entry_clear_beneath(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBarrierEntryClearBeneath);
}
bool exit_clear_beneath(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBarrierExitClearBeneath);
}

bool people_clear(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kPeopleClear);
}
bool cab_clear(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kCabClear);
}
bool cab_occupied(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kCabClear);
}
bool vehicle_at_entry(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kVehicleAtEntry);
}
bool vehicle_in_tunnel(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kVehicleInTunnel);
}
bool vehicle_at_exit(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kVehicleAtExit);
}
bool entry_free(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kVehicleAtEntry);
}
bool lane_empty(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kVehicleInTunnel) && plc.is_false(Tag::kVehicleAtExit);
}
bool lamp_proven(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kWarningLampCurrent);
}
bool dose_monitors_well(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kDoseMonitorOk) && plc.is_false(Tag::kDoseMonitorAlarm);
}
bool no_bypass(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kBypassActive);
}
bool ups_on_mains(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kUpsOnBattery);
}

namespace {

bool bay_bit(const PlcView& plc, Tag tag, unsigned number) {
  return plc.fresh(tag) && (plc.image().at(tag).raw >> (number - 1) & 1) != 0;
}
bool bays_known(const PlcView& plc) {
  return plc.fresh(Tag::kBaysOccupied) && plc.fresh(Tag::kBaysFree);
}

}  // namespace

bool bay_occupied(const PlcView& plc, unsigned number) noexcept {
  return bays_known(plc) && bay_bit(plc, Tag::kBaysOccupied, number) &&
         !bay_bit(plc, Tag::kBaysFree, number);
}
bool bay_free(const PlcView& plc, unsigned number) noexcept {
  return bays_known(plc) && bay_bit(plc, Tag::kBaysFree, number) &&
         !bay_bit(plc, Tag::kBaysOccupied, number);
}

bool beam_enabled(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kSourceHvContactor) && plc.is_false(Tag::kTriggerInhibit);
}
bool beam_disabled(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kSourceHvContactor) && plc.is_true(Tag::kTriggerInhibit);
}
bool beam_not_sensed(const PlcView& plc) noexcept {
  return plc.is_false(Tag::kBeamSensed);
}
bool beam_permit_granted(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kBeamPermitGranted);
}
bool motion_permit_granted(const PlcView& plc) noexcept {
  return plc.is_true(Tag::kMotionPermitGranted);
}

bool speed_in_band(const PlcView& plc, double low_mm_s, double high_mm_s) noexcept {
  const auto speed = plc.value(Tag::kSpeedMmS);
  return speed && *speed >= low_mm_s && *speed <= high_mm_s;
}
bool standstill(const PlcView& plc, double speed_max_mm_s) noexcept {
  const auto speed = plc.value(Tag::kSpeedMmS);
  return speed && std::abs(*speed) <= speed_max_mm_s;
}
bool gantry_inside(const PlcView& plc, double low_mm, double high_mm) noexcept {
  const auto position = plc.value(Tag::kGantryPositionMm);
  const bool a_limit_is_free =
      plc.is_false(Tag::kGantryLimitStart) || plc.is_false(Tag::kGantryLimitEnd);
  return position && *position >= low_mm && *position <= high_mm && a_limit_is_free &&
         plc.fresh(Tag::kGantryLimitStart) && plc.fresh(Tag::kGantryLimitEnd);
}
bool gantry_at_or_below(const PlcView& plc, double position_mm) noexcept {
  const auto position = plc.value(Tag::kGantryPositionMm);
  return position && *position <= position_mm;
}
bool gantry_at_or_above(const PlcView& plc, double position_mm) noexcept {
  const auto position = plc.value(Tag::kGantryPositionMm);
  return position && *position >= position_mm;
}

std::optional<bool> hardware_simulated(const PlcView& plc) noexcept {
  if (!plc.fresh(Tag::kSimulated)) return std::nullopt;
  return plc.is_true(Tag::kSimulated);
}

const std::array<ChannelPair, kPairCount>& channel_pairs() noexcept {
  static constexpr std::array<ChannelPair, kPairCount> kPairs = {{
      {Tag::kDoor1ClosedA, Tag::kDoor1ClosedB, false, "Door 1"},
      {Tag::kDoor2ClosedA, Tag::kDoor2ClosedB, false, "Door 2"},
      {Tag::kDoor3ClosedA, Tag::kDoor3ClosedB, false, "Door 3"},
      {Tag::kDoor4ClosedA, Tag::kDoor4ClosedB, false, "Door 4"},
      {Tag::kCurtain1ClearA, Tag::kCurtain1ClearB, false, "Light curtain 1"},
      {Tag::kCurtain2ClearA, Tag::kCurtain2ClearB, false, "Light curtain 2"},
      {Tag::kCurtain3ClearA, Tag::kCurtain3ClearB, false, "Light curtain 3"},
      {Tag::kCurtain4ClearA, Tag::kCurtain4ClearB, false, "Light curtain 4"},
      {Tag::kSourceHvContactor, Tag::kTriggerInhibit, true,
       "High-voltage contactor and trigger inhibit"},
  }};
  return kPairs;
}

bool DiscrepancyResult::doors_and_curtains_agree() const noexcept {
  return std::none_of(discrepant.begin(), discrepant.end() - 1, [](bool pair) { return pair; });
}

DiscrepancyResult watch_channels(const DiscrepancyState& state, const PlcView& plc) noexcept {
  DiscrepancyResult result{state, {}};
  for (std::size_t i = 0; i < kPairCount; ++i) {
    const ChannelPair& pair = channel_pairs()[i];
    auto& since = result.state.since[i];
    if (plc.fresh(pair.a) && plc.fresh(pair.b)) {
      const bool agree =
          plc.is_true(pair.a) == (pair.b_inverted ? plc.is_false(pair.b) : plc.is_true(pair.b));
      if (agree)
        since.reset();
      else if (!since)
        since = plc.now();
    }
    result.discrepant[i] = since && plc.now() - *since > kDiscrepancyMax;
  }
  return result;
}

}  // namespace portcullis::plc
