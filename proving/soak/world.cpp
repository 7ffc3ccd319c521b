#include "proving/soak/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/assert.h"
#include "core/iso6346.h"
#include "firmware_bridge/codec/portal_line.h"
#include "plc/tags/tags.h"
#include "plc/tags/words.h"
#include "simulator/live/plc_map.h"

namespace portcullis::proving {
namespace {

using simulator::TruckState;
using F = SoakFault;

constexpr core::Duration kResponseTimeout = std::chrono::milliseconds(50);
constexpr double kWarmUpS = 3;
constexpr double kWarningS = 5;

simulator::GantryConfig soak_gantry(double travel_to_mm) {
  simulator::GantryConfig gantry;
  gantry.travel_from_mm = 0;
  gantry.travel_to_mm = travel_to_mm;
  return gantry;
}

simulator::DriveThroughConfig soak_drive(const SoakWorld::Config& config) {
  simulator::DriveThroughConfig drive;
  drive.on = config.drive_through;
  drive.cab_from_mm = 300;
  drive.cab_to_mm = 1500;
  drive.rear_mm = config.travel_to_mm - 1000;
  return drive;
}

simulator::PortalDevice::Config soak_portal(std::uint64_t seed) {
  simulator::PortalDevice::Config config;
  config.seed = seed;
  return config;
}

core::Duration gap(Draws& draws, double per_hour) {
  const double gap_s = -std::log(1 - draws.unit()) * 3600 / per_hour;
  return std::chrono::milliseconds(10 * std::llround(std::clamp(gap_s, 1.0, 3600.0) * 100));
}

/// A container number with its right check digit (ISO 6346).
std::string container_number(Draws& draws) {
  const auto body = fmt::format("PCLU{:06}", draws.below(1'000'000));
  return body + core::container_check_digit(body);
}

/// What the PLC decides by itself; a flip of these comes after it.
bool set_by_plc(bool simulator::PlcDiscreteInputs::*member) {
  using In = simulator::PlcDiscreteInputs;
  return member == &In::beam_permit_granted || member == &In::motion_permit_granted ||
         member == &In::source_hv_contactor || member == &In::trigger_inhibit;
}

core::VehicleIdentity draw_identity(Draws& draws) {
  core::VehicleIdentity identity;
  identity.plate = fmt::format("SK{:05}", draws.below(100'000));
  const std::uint64_t containers = draws.below(10);  // mostly one, some none, some two
  const std::uint64_t count = containers == 0 ? 0 : containers == 1 ? 2 : 1;
  for (std::uint64_t i = 0; i < count; ++i)
    identity.containers.push_back({container_number(draws), "22G1", true, 0.97});
  return identity;
}

}  // namespace

core::ScannerGeometry soak_geometry() {
  core::ScannerGeometry geometry;
  geometry.name = "soak";
  geometry.source_y_mm = -3000;
  geometry.source_z_mm = 1000;
  geometry.module_count = 2;
  geometry.pixels_per_module = 16;
  for (int i = 0; i < 32; ++i) geometry.pixels.push_back({3000, 100.0 * i});
  geometry.pixel_pitch_mm = 100;
  geometry.encoder_mm_per_count = 0.5;
  geometry.pulse_rate_hz = 20;
  geometry.energy_high_mv = 6;
  geometry.energy_low_mv = 4;
  return geometry;
}

SoakWorld::SoakWorld(const Config& config, const FaultBoard& faults, core::TimePoint now)
    : config_(config),
      faults_(faults),
      geometry_(soak_geometry()),
      lane_(simulator::LaneTiming{}, soak_gantry(config.travel_to_mm), now, soak_drive(config)),
      plc_(kWarningS, now, config.drive_through),
      source_(geometry_, kWarmUpS),
      portal_(soak_portal(config.seed), now),
      camera_(config.seed),
      tables_(simulator::PlcMap::make_tables()),
      discrete_(plc::kAreaSize[static_cast<std::size_t>(plc::Area::kDiscreteInput)]),
      registers_(plc::kAreaSize[static_cast<std::size_t>(plc::Area::kInputRegister)]),
      trucks_draws_(config.seed, 3) {
  for (const plc::TagInfo& tag : plc::tag_table()) {
    if (tag.area != plc::Area::kDiscreteInput) continue;
    const auto* name = simulator::find_plc_input(tag.name);
    PC_ASSERT(name != nullptr);
    discrete_rows_.push_back({tag.address, name->member});
  }
  next_truck_ = now + gap(trucks_draws_, config_.trucks_per_hour);
  commands_written();
}

void SoakWorld::commands_written() {
  commands_ = simulator::PlcMap::read_commands(tables_);
}

void SoakWorld::fault_begins(SoakFault fault, double value, core::TimePoint now) {
  switch (fault) {
    case F::kEncoderSlip:
      slip_mm_ += value;
      break;
    case F::kSourceArc:
      arc_ = true;
      break;
    case F::kWarmUpLoss:
      static_cast<void>(source_.handle("SOUR:WARM OFF", now));
      break;
    case F::kBayConfused:
      if (value > 1.5 && value < 2.5)  // the vehicle with the lowest number is gone
        bays_occupied_ = static_cast<std::uint16_t>(bays_occupied_ & (bays_occupied_ - 1U));
      break;
    case F::kPlcRestart:
      tables_ = simulator::PlcMap::make_tables();
      plc_ = simulator::SafetyPlc(kWarningS, now, config_.drive_through);
      commands_written();
      break;
    default:
      break;
  }
}

void SoakWorld::move_trucks(core::TimePoint now) {
  if (lane_.truck() != TruckState::kNone || now < next_truck_) return;
  if (round_.empty()) {
    identity_ = draw_identity(trucks_draws_);
    ++trucks_;
  } else {
    identity_ = round_.front();
    round_.pop_front();
  }
  lane_.truck_arrives(now);
  next_truck_ = now + gap(trucks_draws_, config_.trucks_per_hour);
}

void SoakWorld::move_bays(core::TimePoint now) {
  namespace panel = simulator::panel;
  const std::uint16_t message = commands_.driver_panel_message;
  if (lane_.truck() == TruckState::kLeaving) {
    if (message > panel::kGoToBay && message <= panel::kGoToBay + panel::kBays)
      bay_target_ = static_cast<std::uint16_t>(message - panel::kGoToBay);
    goes_round_ = message == panel::kToEntry;
  } else if (bay_target_ != 0) {
    bays_occupied_ = static_cast<std::uint16_t>(bays_occupied_ | 1U << (bay_target_ - 1U));
    bay_identities_[bay_target_ - 1U] = identity_;
    bay_target_ = 0;
  } else if (std::exchange(goes_round_, false)) {
    round_.push_back(identity_);
  }
  for (unsigned i = 0; i < panel::kBays; ++i) {
    const auto bit = static_cast<std::uint16_t>(1U << i);
    if ((commands_.bays_exit_open & bays_occupied_ & bit) == 0) {
      bay_opened_[i].reset();
    } else if (!bay_opened_[i]) {
      bay_opened_[i] = now;
    } else if (now - *bay_opened_[i] >= std::chrono::seconds(2)) {
      bays_occupied_ = static_cast<std::uint16_t>(bays_occupied_ & ~bit);
      if ((commands_.bays_to_entry & bit) != 0) round_.push_back(bay_identities_[i]);
    }
  }
}

void SoakWorld::apply_faults(core::TimePoint now, simulator::PlcDiscreteInputs& in) const {
  if (faults_.count() == 0) return;
  using In = simulator::PlcDiscreteInputs;
  static constexpr bool In::*kDoors[][2] = {{&In::door_1_closed_a, &In::door_1_closed_b},
                                            {&In::door_2_closed_a, &In::door_2_closed_b},
                                            {&In::door_3_closed_a, &In::door_3_closed_b},
                                            {&In::door_4_closed_a, &In::door_4_closed_b},
                                            {&In::curtain_1_clear_a, &In::curtain_1_clear_b},
                                            {&In::curtain_2_clear_a, &In::curtain_2_clear_b},
                                            {&In::curtain_3_clear_a, &In::curtain_3_clear_b},
                                            {&In::curtain_4_clear_a, &In::curtain_4_clear_b}};
  const auto on = [&](F fault) { return faults_.active(fault); };
  const auto number = [&](F fault, std::size_t max) {
    return std::min(max, static_cast<std::size_t>(std::max(0.0, faults_.value(fault))));
  };
  const auto pair_false = [&](std::size_t pair) {
    in.*kDoors[pair][0] = in.*kDoors[pair][1] = false;
  };
  if (on(F::kEstop)) {
    in.estop_chain_healthy = false;
    static constexpr bool In::*kStops[] = {&In::estop_panel_ok, &In::estop_source_ok,
                                           &In::estop_detector_ok};
    in.*kStops[number(F::kEstop, 2)] = false;
  }
  if (on(F::kDoorOpen)) pair_false(number(F::kDoorOpen, 3));
  if (on(F::kDoorFlicker) && (now.time_since_epoch() / std::chrono::milliseconds(10)) % 3 == 0)
    pair_false(number(F::kDoorFlicker, 3));
  if (on(F::kCurtainBroken)) pair_false(4 + number(F::kCurtainBroken, 3));
  if (on(F::kChannelsDiffer)) in.*kDoors[number(F::kChannelsDiffer, 7)][1] = false;
  if (on(F::kLampFailed)) in.warning_lamp_current = false;
  if (on(F::kDoseAlarm)) in.dose_monitor_alarm = true;
  if (on(F::kDoseFailed)) in.dose_monitor_ok = false;
  if (on(F::kKeyOff)) {
    in.key_on = in.key_service = false;
    in.key_off = true;
  }
  if (on(F::kKeyService)) {
    in.key_on = in.key_off = false;
    in.key_service = true;
  }
  if (on(F::kBypass)) in.bypass_active = true;
  if (on(F::kPersonInside)) in.people_clear = in.search_complete = false;
  if (on(F::kSearchLost)) in.search_complete = false;
  if (on(F::kBeamStuck)) in.beam_sensed = true;
  if (on(F::kMainsLost)) in.ups_on_battery = true;
  if (on(F::kTailgater)) {
    in.vehicle_at_entry = true;
    in.barrier_entry_clear_beneath = false;
  }
  if (on(F::kDriverStays) && lane_.truck() != TruckState::kNone &&
      lane_.truck() != TruckState::kWaiting)
    in.cab_clear = in.people_clear = false;
  if (on(F::kInputFlip) && !set_by_plc(flipped())) flip(in);
}

bool simulator::PlcDiscreteInputs::*SoakWorld::flipped() const {
  const auto names = simulator::plc_input_names();
  const auto index = static_cast<std::size_t>(std::max(0.0, faults_.value(F::kInputFlip)));
  return names[std::min(index, names.size() - 1)].member;
}

void SoakWorld::flip(simulator::PlcDiscreteInputs& in) const {
  in.*flipped() = !(in.*flipped());
}

void SoakWorld::tick(core::TimePoint now, core::UtcTime utc) {
  plc_.set_heartbeat_frozen(faults_.active(F::kPlcHeartbeat) || faults_.active(F::kPlcRestart));
  source_.set_hardware_fault(faults_.active(F::kSourceFault));
  move_trucks(now);
  auto actuators = simulator::wire_outputs(commands_, inputs_, plc_);
  if (faults_.active(F::kGantryStall)) actuators.motion_permit = false;
  if (faults_.active(F::kGantryReversal)) {
    using simulator::MotionDirection;
    actuators.direction =
        actuators.direction == MotionDirection::kForward       ? MotionDirection::kBackToStart
        : actuators.direction == MotionDirection::kBackToStart ? MotionDirection::kForward
                                                               : MotionDirection::kHold;
  }
  lane_.tick(now, actuators, true);

  std::optional<simulator::PortalDevice::Passage> passage;
  if (lane_.trucks_entered() != trucks_entered_seen_) {
    trucks_entered_seen_ = lane_.trucks_entered();
    camera_.vehicle(identity_);
  }
  if (lane_.truck() == TruckState::kEntering)
    passage = {lane_.drive_share(), faults_.active(F::kPortalAlarm) ? 400.0 : 0.0};
  for (std::string& line : portal_.tick(now, passage))
    if (!faults_.active(F::kPortalSilent)) portal_lines_.push_back(std::move(line));
  if (lane_.truck() == TruckState::kEntering)
    for (std::string& line : camera_.tick(lane_.drive_share(), utc))
      if (!faults_.active(F::kCameraSilent)) camera_lines_.push_back(std::move(line));

  inputs_ = simulator::PlcDiscreteInputs{};
  simulator::wire_inputs(lane_.facts(), inputs_);
  inputs_.beam_sensed = source_.beam_on();
  apply_faults(now, inputs_);
  plc_.tick(now, inputs_, commands_);
  if (faults_.active(F::kInputFlip) && set_by_plc(flipped())) flip(inputs_);
  simulator::SourceInterlocks interlocks{inputs_.beam_permit_granted, inputs_.source_hv_contactor,
                                         inputs_.trigger_inhibit};
  if (arc_) interlocks.trigger_inhibit = true;
  arc_ = false;
  source_.tick(now, interlocks);
  if (faults_.active(F::kBeamOffDiffers)) {
    if (faults_.value(F::kBeamOffDiffers) < 0.5)
      inputs_.source_hv_contactor = true;
    else
      inputs_.trigger_inhibit = false;
  }
  move_bays(now);
  publish();
}

void SoakWorld::publish() {
  for (const DiscreteRow& row : discrete_rows_) discrete_[row.address] = inputs_.*row.member;
  const auto put = [&](plc::Tag tag, std::int64_t raw) {
    const plc::TagInfo& info = plc::tag_info(tag);
    plc::encode_words(info.type, raw, std::span(registers_).subspan(info.address, info.words));
  };
  using plc::Tag;
  const simulator::LaneFacts& facts = lane_.facts();
  if (facts.gantry_at_start) slip_mm_ = 0;  // the encoder is set anew at its reference
  double position = position_mm();
  if (faults_.active(F::kGantryOverrun)) position += faults_.value(F::kGantryOverrun);
  put(Tag::kSpeedMmS, std::lround(facts.speed_mm_s));
  const double way = way_mm() + (position - position_mm());
  put(Tag::kEncoderCounts, std::lround(way / geometry_.encoder_mm_per_count));
  put(Tag::kGantryPositionMm, std::lround(position));
  put(Tag::kAreaDoseRateNsvH, beam_on() ? 450 : 80);
  put(Tag::kWindSpeedDmS, 32);
  put(Tag::kPlcHeartbeat, plc_.heartbeat());
  put(Tag::kCommandEcho, plc_.command_echo());
  put(Tag::kFaultWord, plc_.fault_word());
  put(Tag::kFirstOutCode, plc_.first_out_code());
  put(Tag::kFirstOutTimeMs, plc_.first_out_time_ms());
  put(Tag::kPlcMode, faults_.active(F::kPlcRestart) ? 0 : plc_.mode());
  std::uint16_t occupied = bays_occupied_;
  std::uint16_t free = static_cast<std::uint16_t>(~occupied & 0xFF);
  if (faults_.active(F::kBayConfused)) {
    const double what = faults_.value(F::kBayConfused);
    if (what < 1.5) {
      occupied = free = what < 0.5 ? 0 : 0xFF;
    } else if (what > 2.5) {
      occupied = static_cast<std::uint16_t>(occupied | 1U);
      free = static_cast<std::uint16_t>(free & ~1U);
    }
  }
  put(Tag::kBaysOccupied, occupied);
  put(Tag::kBaysFree, free);
  if (faults_.active(F::kPlcRange)) put(Tag::kGantryPositionMm, 2'000'000'000);
}

std::vector<std::string> SoakWorld::take_portal_lines() {
  return std::exchange(portal_lines_, {});
}
std::vector<std::string> SoakWorld::take_camera_lines() {
  return std::exchange(camera_lines_, {});
}

bool SoakWorld::at_rest() const {
  switch (lane_.truck()) {
    case TruckState::kEntering:
    case TruckState::kLeavingCab:
    case TruckState::kReturning:
    case TruckState::kLeaving:
      return false;
    case TruckState::kWaiting:
      if (lane_.waits_for().empty()) return false;
      break;
    default:
      break;
  }
  return lane_.facts().speed_mm_s == 0 && bay_target_ == 0 &&
         (commands_.bays_exit_open & bays_occupied_) == 0 && !commands_.request_motion &&
         !commands_.request_beam_permit && !commands_.warning_on && !beam_on() &&
         source_.state() != simulator::SourceDevice::BeamState::kWarming;
}

// ---- the PLC's wire -----------------------------------------------------------------------------

plc::WholeAreaWire::Connecting SoakWire::begin_connect(std::string& why) {
  if (!life_.act() || faults_.active(F::kPlcCut)) {
    why = "Connection refused";
    return Connecting::kFailed;
  }
  return Connecting::kUp;
}

plc::WholeAreaWire::Connecting SoakWire::poll_connect(std::string& why) {
  return begin_connect(why);
}

plc::WireAnswer SoakWire::gate(bool& reaches) {
  using Kind = plc::WireAnswer::Kind;
  reaches = true;
  if (life_.dying() && !life_.act()) {
    reaches = false;
    return {Kind::kLost, 0, "killed"};
  }
  if (faults_.count() == 0) return {};
  if (faults_.active(F::kPlcCut)) {
    reaches = false;
    return {Kind::kLost, 0, "Connection reset by peer"};
  }
  if (faults_.active(F::kPlcSilent)) {
    reaches = draws_.chance(0.5);
    clock_.advance(kResponseTimeout);
    return {Kind::kTimeout, 0, {}};
  }
  if (faults_.active(F::kPlcLate)) {
    const auto late = std::chrono::milliseconds(std::lround(faults_.value(F::kPlcLate)));
    clock_.advance(std::min<core::Duration>(late, kResponseTimeout));
    if (late >= kResponseTimeout) return {Kind::kTimeout, 0, {}};
  }
  if (faults_.active(F::kPlcException)) {
    reaches = false;
    return {Kind::kException, static_cast<int>(faults_.value(F::kPlcException)), {}};
  }
  if (faults_.active(F::kPlcGarbage) && draws_.chance(faults_.value(F::kPlcGarbage)))
    return {Kind::kBadReply, 0, {}};
  return {};
}

plc::WireAnswer SoakWire::read_discrete_inputs(std::span<std::uint8_t> bits) {
  bool reaches = false;
  auto answer = gate(reaches);
  if (!faults_.active(F::kPlcStale)) stale_discrete_ = world_.discrete_inputs();
  std::copy_n(stale_discrete_.begin(), std::min(bits.size(), stale_discrete_.size()), bits.begin());
  return answer;
}

plc::WireAnswer SoakWire::read_input_registers(std::span<std::uint16_t> words) {
  bool reaches = false;
  auto answer = gate(reaches);
  if (!faults_.active(F::kPlcStale)) stale_registers_ = world_.input_registers();
  std::copy_n(stale_registers_.begin(), std::min(words.size(), stale_registers_.size()),
              words.begin());
  return answer;
}

plc::WireAnswer SoakWire::read_coils(std::span<std::uint8_t> bits) {
  bool reaches = false;
  auto answer = gate(reaches);
  const auto& coils = world_.tables().coils;
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = coils[i] ? 1 : 0;
  return answer;
}

plc::WireAnswer SoakWire::read_holding_registers(std::span<std::uint16_t> words) {
  bool reaches = false;
  auto answer = gate(reaches);
  std::copy_n(world_.tables().holding_registers.begin(), words.size(), words.begin());
  return answer;
}

plc::WireAnswer SoakWire::write_coils(std::uint16_t first, std::span<const std::uint8_t> bits) {
  bool reaches = false;
  auto answer = gate(reaches);
  if (reaches && !faults_.active(F::kPlcWriteLost)) {
    const std::size_t permit = plc::tag_info(plc::Tag::kRequestBeamPermit).address;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      const bool holds = beam_stays_ && first + i == permit && bits[i] == 0 && world_.beam_on();
      if (!holds) world_.tables().coils[first + i] = bits[i] != 0;
    }
    world_.commands_written();
  }
  return answer;
}

plc::WireAnswer SoakWire::write_holding_registers(std::uint16_t first,
                                                  std::span<const std::uint16_t> words) {
  bool reaches = false;
  auto answer = gate(reaches);
  if (reaches && !faults_.active(F::kPlcWriteLost)) {
    std::copy(words.begin(), words.end(), world_.tables().holding_registers.begin() + first);
    world_.commands_written();
  }
  return answer;
}

}  // namespace portcullis::proving
