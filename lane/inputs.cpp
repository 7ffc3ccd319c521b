#include "lane/inputs.h"

#include <algorithm>

namespace portcullis::lane {
namespace {

constexpr double kMovingMin_mm_s = 1;
constexpr double kAnySpeed_mm_s = 1e6;

}  // namespace

bool hardware_kinds_agree(const plc::PlcView& plc, const SourceView& source,
                          const AcquisitionView& acquisition,
                          const RadiationView& radiation) noexcept {
  const auto simulated = plc::hardware_simulated(plc);
  if (!simulated) return false;
  const HardwareKind kind = *simulated ? HardwareKind::kSimulated : HardwareKind::kReal;
  return source.hardware == kind && acquisition.hardware == kind && radiation.hardware == kind;
}

bool source_on(const SourceView& source, core::TimePoint beam_withdrawn) noexcept {
  return source.connected && source.state == SourceState::kOn &&
         source.seen >= beam_withdrawn + kSourceStatusLag;
}

bool travel_done(const plc::PlcView& plc, const CycleConfig& config, Direction direction) noexcept {
  if (config.drive_through)
    return direction == Direction::kForward && plc.is_false(plc::Tag::kVehicleInTunnel) &&
           plc::vehicle_at_exit(plc);
  const double slow = config.scan_speed_mm_s * (1 - config.speed_band);
  if (direction == Direction::kForward) {
    if (plc::gantry_at_or_above(plc, config.travel_to_mm - config.braking_mm)) return true;
    return plc::gantry_at_or_above(plc, config.travel_to_mm - config.end_tolerance_mm) &&
           plc::speed_in_band(plc, -slow, slow);
  }
  if (plc::gantry_at_or_below(plc, config.travel_from_mm + config.braking_mm)) return true;
  return plc::gantry_at_or_below(plc, config.travel_from_mm + config.end_tolerance_mm) &&
         plc::speed_in_band(plc, -slow, slow);
}

Inputs evaluate_inputs(const plc::PlcView& plc, const plc::DiscrepancyResult& channels,
                       const SourceView& source, const AcquisitionView& acquisition,
                       const RecordView& record, const RadiationView& radiation,
                       const VehicleFacts& vehicle, const CabWay& cab,
                       core::TimePoint beam_withdrawn, const CycleConfig& config) noexcept {
  Inputs in;
  in.set(Input::kPlcFresh, plc::plc_data_fresh(plc));
  in.set(Input::kPlcHeartbeat, plc::plc_heartbeat_alive(plc, config.watchdog));
  in.set(Input::kCommandsConfirmed, plc::commands_confirmed(plc, config.watchdog));
  in.set(Input::kPlcRunning, plc::plc_running(plc));
  in.set(Input::kPlcFaultFree, plc::plc_fault_free(plc));
  in.set(Input::kEstopHealthy, plc::estop_healthy(plc));
  in.set(Input::kEstopButtonsReleased, plc::estop_buttons_released(plc));
  in.set(Input::kKeyOn, plc::key_on(plc));
  in.set(Input::kKeyOff, plc::key_off(plc));
  in.set(Input::kKeyService, plc::key_service(plc));
  in.set(Input::kNoBypass, plc::no_bypass(plc));
  in.set(Input::kDoorsClosed, plc::doors_closed(plc));
  in.set(Input::kCurtainsClear, plc::curtains_clear(plc));
  in.set(Input::kChannelsAgree, channels.doors_and_curtains_agree());
  in.set(Input::kBeamOffMeansAgree, channels.beam_off_means_agree() &&
                                        plc.fresh(plc::Tag::kSourceHvContactor) &&
                                        plc.fresh(plc::Tag::kTriggerInhibit));
  in.set(Input::kSearchComplete, plc::search_complete(plc));
  in.set(Input::kBarriersClosed, plc::barriers_closed(plc));
  in.set(Input::kPeopleClear, plc::people_clear(plc));
  in.set(Input::kCabClear, plc::cab_clear(plc));
  in.set(Input::kCabOccupied, plc::cab_occupied(plc));
  in.set(Input::kLaneEmpty, plc::lane_empty(plc));
  in.set(Input::kDoseMonitorsWell, plc::dose_monitors_well(plc));
  in.set(Input::kLampProven, plc::lamp_proven(plc));
  in.set(Input::kBeamNotSensed, plc::beam_not_sensed(plc));
  in.set(Input::kBeamEnabled, plc::beam_enabled(plc));
  in.set(Input::kBeamPermitGranted, plc::beam_permit_granted(plc));
  in.set(Input::kMotionPermitGranted, plc::motion_permit_granted(plc));

  const double low = config.scan_speed_mm_s * (1 - config.speed_band);
  const double high = config.scan_speed_mm_s * (1 + config.speed_band);
  in.set(Input::kStandstill, plc::standstill(plc, config.standstill_mm_s));
  in.set(
      Input::kMovingForward,
      plc::speed_in_band(plc, std::max(config.standstill_mm_s, kMovingMin_mm_s), kAnySpeed_mm_s));
  in.set(Input::kGantryInside, plc::gantry_inside(plc, config.travel_from_mm - config.overrun_mm,
                                                  config.travel_to_mm + config.overrun_mm));
  // A count that is beyond an end by more than it may be near it, or at one end while the switch of
  // the other is made, has slipped: it says nothing of where the gantry is.
  const double near_mm = config.end_tolerance_mm;
  const bool at_start = plc::gantry_at_or_below(plc, config.travel_from_mm + near_mm) &&
                        plc::gantry_at_or_above(plc, config.travel_from_mm - near_mm);
  const bool at_end = plc::gantry_at_or_above(plc, config.travel_to_mm - near_mm) &&
                      plc::gantry_at_or_below(plc, config.travel_to_mm + near_mm);
  in.set(Input::kGantryAtStart, at_start && plc.is_false(plc::Tag::kGantryLimitEnd));
  in.set(Input::kGantryAtEnd, at_end && plc.is_false(plc::Tag::kGantryLimitStart));
  in.set(Input::kGantryHomed, plc.is_true(plc::Tag::kGantryLimitStart));
  in.set(Input::kSpeedInBandForward, plc::speed_in_band(plc, low, high));
  in.set(Input::kSpeedInBandBack, plc::speed_in_band(plc, -high, -low));
  in.set(Input::kTravelDoneForward, travel_done(plc, config, Direction::kForward));
  in.set(Input::kTravelDoneBack, travel_done(plc, config, Direction::kBack));

  in.set(Input::kVehicleAtEntry, plc::vehicle_at_entry(plc));
  in.set(Input::kEntryFree, plc::entry_free(plc));
  in.set(Input::kVehicleInTunnel, plc::vehicle_in_tunnel(plc));
  in.set(Input::kVehicleAtExit, plc::vehicle_at_exit(plc));
  in.set(Input::kNoSecondVehicle, plc.is_false(plc::Tag::kSecondVehicleUpstream));
  in.set(Input::kCabSeen, plc.is_true(plc::Tag::kCabSeen));
  in.set(Input::kCabPast, cab_past(cab));
  in.set(Input::kEntryOpen, plc::barrier_entry_open(plc));
  in.set(Input::kEntryClosed, plc::barrier_entry_closed(plc));
  in.set(Input::kExitOpen, plc::barrier_exit_open(plc));
  in.set(Input::kExitClosed, plc::barrier_exit_closed(plc));
  in.set(Input::kEntryClearBeneath, plc::entry_clear_beneath(plc));
  in.set(Input::kExitClearBeneath, plc::exit_clear_beneath(plc));

  const core::TimePoint now = plc.now();
  // Its driver forgets the state of a source that is silent; what is left is its silence.
  const bool source_alive = source.connected && now - source.seen <= kDeviceStaleAfter &&
                            source.state != SourceState::kUnknown;
  in.set(Input::kHardwareKindsAgree, hardware_kinds_agree(plc, source, acquisition, radiation));
  in.set(Input::kSourceAlive, source_alive);
  in.set(Input::kSourceReady,
         source_alive && (source.state == SourceState::kReady || source.state == SourceState::kOn));
  in.set(Input::kSourceFaultFree, source_alive && source.state != SourceState::kFault);
  in.set(Input::kSourceOn, source_on(source, beam_withdrawn));
  const bool acquisition_alive =
      acquisition.connected && now - acquisition.seen <= kDetectorStaleAfter;
  in.set(Input::kAcquisitionAlive, acquisition_alive);
  in.set(Input::kCaptureArmed, acquisition_alive && acquisition.phase == CapturePhase::kArmed);
  in.set(Input::kCaptureRunning, acquisition_alive && acquisition.phase == CapturePhase::kRunning);
  in.set(Input::kCaptureDone, acquisition.phase == CapturePhase::kDone);
  in.set(Input::kCaptureFailed, acquisition.phase == CapturePhase::kFailed);
  in.set(Input::kCalibrated, acquisition.calibrated);
  in.set(Input::kRecordOpen, record.phase == RecordPhase::kOpen);
  in.set(Input::kRecordStored, record.phase == RecordPhase::kClosed);
  // One that failed is over too: it does not keep the lane from trying the next.
  in.set(Input::kRecordEnded, record.phase == RecordPhase::kClosed ||
                                  record.phase == RecordPhase::kIdle ||
                                  record.phase == RecordPhase::kFailed);
  in.set(Input::kRecordFailed, record.phase == RecordPhase::kFailed);
  in.set(Input::kStorageReady, record.storage_ready);
  in.set(Input::kMainsPower, plc::ups_on_mains(plc));
  in.set(Input::kIdentityRead, vehicle.identity_read);
  in.set(Input::kRadiationMeasured, vehicle.radiation_measured);
  in.set(Input::kRadiationClear, vehicle.radiation_measured && !vehicle.radiation_alarm);
  return in;
}

}  // namespace portcullis::lane
