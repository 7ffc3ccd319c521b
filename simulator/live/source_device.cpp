#include "simulator/live/source_device.h"

#include <chrono>
#include <cmath>
#include <vector>

#include "core/version.h"

namespace portcullis::simulator {

namespace scpi = firmware_bridge;
namespace {

constexpr std::chrono::milliseconds kHeartbeatMax{200};
constexpr double kBeamCurrentMa = 100;
constexpr double kDoseRateGyMin = 5.0;

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-6 * std::abs(b);
}

}  // namespace

SourceDevice::SourceDevice(const core::ScannerGeometry& geometry, double warm_up_s)
    : geometry_(geometry), warm_up_s_(warm_up_s) {}

std::string SourceDevice::identity() const {
  return "Portcullis,SIM-SOURCE " + scpi::format_scpi_number(geometry_.energy_high_mv) + "/" +
         scpi::format_scpi_number(geometry_.energy_low_mv) + ",S0001," + core::kVersion;
}

bool SourceDevice::heartbeat_alive(core::TimePoint now) const {
  return heartbeat_at_ && now - *heartbeat_at_ <= kHeartbeatMax;
}

void SourceDevice::reset(core::TimePoint now) {
  requested_ = false;
  dose_ = 1.0;
  if (!hardware_fault_) fault_latched_ = false;
  update(now);
}

void SourceDevice::set_hardware_fault(bool fault) {
  hardware_fault_ = fault;
  if (fault) fault_latched_ = true;
}

void SourceDevice::tick(core::TimePoint now, const SourceInterlocks& interlocks) {
  interlocks_ = interlocks;
  update(now);
}

void SourceDevice::update(core::TimePoint now) {
  if (updated_at_ && state_ == BeamState::kOn) {
    beam_hours_ += std::chrono::duration<double, std::ratio<3600>>(now - *updated_at_).count();
  }
  // What comes between two ticks does not end an arc.
  if (updated_at_ && now > *updated_at_) arcing_ = false;
  if (updated_at_ && state_ == BeamState::kOn && arcs_per_s_ > 0) {
    const double before = std::floor(arcs_);
    arcs_ += arcs_per_s_ * std::chrono::duration<double>(now - *updated_at_).count();
    arcing_ = arcing_ || std::floor(arcs_) > before;
  }
  updated_at_ = now;
  if (cold_ && warming_since_) {
    warming_since_ = now;
    warm_ = false;
  }
  if (warming_since_ && !warm_ &&
      std::chrono::duration<double>(now - *warming_since_).count() >= warm_up_s_) {
    warm_ = true;
  }
  const bool interlocked =
      interlocks_.beam_permit && interlocks_.hv_contactor && !interlocks_.trigger_inhibit;
  if (requested_ && !heartbeat_alive(now)) {
    requested_ = false;
    errors_.push({scpi::scpi_error::kHardware, "Hardware error;no heartbeat for 200 ms"});
  }
  if (requested_ && state_ == BeamState::kOn && !interlocked) {
    requested_ = false;
    errors_.push({scpi::scpi_error::kSettingsConflict,
                  "Settings conflict;beam lost to " + open_interlocks(now)});
  }
  if (fault_latched_) {
    requested_ = false;
    state_ = BeamState::kFault;
  } else if (!warming_since_) {
    requested_ = false;
    state_ = BeamState::kOff;
  } else if (!warm_) {
    requested_ = false;
    state_ = BeamState::kWarming;
  } else {
    state_ = requested_ && interlocked ? BeamState::kOn : BeamState::kReady;
  }
}

std::string SourceDevice::open_interlocks(core::TimePoint now) const {
  std::string open;
  const auto add = [&open](bool is_open, std::string_view name) {
    if (is_open) open += (open.empty() ? "" : ",") + scpi::quote_scpi(name);
  };
  add(!interlocks_.beam_permit, "beam permit");
  add(!interlocks_.hv_contactor, "hv contactor");
  add(interlocks_.trigger_inhibit, "trigger inhibit");
  add(!heartbeat_alive(now), "heartbeat");
  return open.empty() ? "OK" : open;
}

ScpiDevice::Outcome SourceDevice::set_energies(const scpi::ScpiUnit& unit) {
  if (unit.parameters.size() < 2) return refuse(scpi::scpi_error::kMissingParameter);
  if (unit.parameters.size() > 2) return refuse(scpi::scpi_error::kParameterNotAllowed);
  const auto high = scpi::parse_scpi_number(unit.parameters[0]);
  const auto low = scpi::parse_scpi_number(unit.parameters[1]);
  if (!high || !low) return refuse(scpi::scpi_error::kIllegalParameter);
  if (!near(*high, geometry_.energy_high_mv) || !near(*low, geometry_.energy_low_mv)) {
    return refuse(scpi::scpi_error::kDataOutOfRange,
                  "this source makes " + scpi::format_scpi_number(geometry_.energy_high_mv) + "," +
                      scpi::format_scpi_number(geometry_.energy_low_mv) + " MV only");
  }
  return done();
}

ScpiDevice::Outcome SourceDevice::request_beam(const scpi::ScpiUnit& unit, core::TimePoint now) {
  const auto wanted = scpi::parse_scpi_boolean(unit.parameters[0]);
  if (!wanted) return refuse(scpi::scpi_error::kIllegalParameter);
  if (!*wanted) {
    requested_ = false;
    update(now);
    return done();
  }
  update(now);
  if (state_ != BeamState::kReady && state_ != BeamState::kOn) {
    return refuse(scpi::scpi_error::kSettingsConflict, "the source is not ready");
  }
  if (!heartbeat_alive(now)) return refuse(scpi::scpi_error::kSettingsConflict, "no heartbeat");
  requested_ = true;
  update(now);
  return done();
}

ScpiDevice::Outcome SourceDevice::carry_out(const scpi::ScpiUnit& unit, core::TimePoint now) {
  const auto one_parameter = [&unit]() -> std::optional<int> {
    if (unit.parameters.empty()) return scpi::scpi_error::kMissingParameter;
    if (unit.parameters.size() > 1) return scpi::scpi_error::kParameterNotAllowed;
    return std::nullopt;
  };
  if (unit.query) {
    if (!unit.parameters.empty()) return refuse(scpi::scpi_error::kParameterNotAllowed);
    if (unit.is("BEAM:STATe")) {
      update(now);
      static constexpr const char* kNames[] = {"OFF", "WARMING", "READY", "ON", "FAULT"};
      return reply(kNames[static_cast<int>(state_)]);
    }
    if (unit.is("INTLock")) return reply(open_interlocks(now));
    if (unit.is("MEASure")) {
      const bool on = beam_on();
      return reply(scpi::format_scpi_number(on ? geometry_.energy_high_mv * 1000 : 0) + "," +
                   scpi::format_scpi_number(on ? kBeamCurrentMa : 0) + "," +
                   scpi::format_scpi_number(on ? kDoseRateGyMin * dose_ : 0) + "," +
                   scpi::format_scpi_number(std::round(beam_hours_ * 1e4) / 1e4));
    }
    if (unit.is("HISTory:ARC"))
      return reply(scpi::format_scpi_number(std::floor(arcs_) - (counter_back_ ? 7 : 0)));
    if (unit.is("SOURce:ENERgy")) {
      return reply(scpi::format_scpi_number(geometry_.energy_high_mv) + "," +
                   scpi::format_scpi_number(geometry_.energy_low_mv));
    }
    if (unit.is("SOURce:PRF")) return reply(scpi::format_scpi_number(geometry_.pulse_rate_hz));
    if (unit.is("SOURce:DOSE")) return reply(scpi::format_scpi_number(dose_));
    if (unit.is("SOURce:WARM")) return reply(warming_since_ ? "ON" : "OFF");
    if (unit.is("BEAM:REQuest")) return reply(requested_ ? "ON" : "OFF");
    return refuse(scpi::scpi_error::kUndefinedHeader);
  }
  if (unit.is("SOURce:ENERgy")) return set_energies(unit);

  const bool known = unit.header == "HB" || unit.is("BEAM:REQuest") || unit.is("SOURce:WARM") ||
                     unit.is("SOURce:PRF") || unit.is("SOURce:DOSE");
  if (!known) return refuse(scpi::scpi_error::kUndefinedHeader);
  if (const auto wrong = one_parameter()) return refuse(*wrong);
  if (unit.header == "HB") {
    if (!scpi::parse_scpi_integer(unit.parameters[0])) {
      return refuse(scpi::scpi_error::kIllegalParameter);
    }
    update(now);  // a heartbeat that comes late finds the beam gone, not revived
    heartbeat_at_ = now;
    return done();
  }
  if (unit.is("BEAM:REQuest")) return request_beam(unit, now);
  if (unit.is("SOURce:WARM")) {
    const auto wanted = scpi::parse_scpi_boolean(unit.parameters[0]);
    if (!wanted) return refuse(scpi::scpi_error::kIllegalParameter);
    if (*wanted && !warming_since_) warming_since_ = now;
    if (!*wanted) {
      warming_since_.reset();
      warm_ = false;
    }
    update(now);
    return done();
  }
  const auto value = scpi::parse_scpi_number(unit.parameters[0]);
  if (!value) return refuse(scpi::scpi_error::kIllegalParameter);
  if (unit.is("SOURce:PRF")) {
    if (!near(*value, geometry_.pulse_rate_hz)) {
      return refuse(scpi::scpi_error::kDataOutOfRange,
                    "this source pulses at " + scpi::format_scpi_number(geometry_.pulse_rate_hz) +
                        " Hz only");
    }
    return done();
  }
  if (*value < 0.1 || *value > 1.0) {
    return refuse(scpi::scpi_error::kDataOutOfRange, "dose is 0.1 to 1.0");
  }
  dose_ = *value;
  return done();
}

}  // namespace portcullis::simulator
