#include "simulator/live/detector_device.h"

#include <arpa/inet.h>

#include <cctype>
#include <cmath>

#include "core/version.h"

namespace portcullis::simulator {

namespace scpi = firmware_bridge;
namespace scpi_error = firmware_bridge::scpi_error;
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

DetectorDevice::DetectorDevice(const core::ScannerGeometry& geometry, PulseTrain& train)
    : geometry_(geometry), train_(train) {}

std::string DetectorDevice::identity() const {
  return std::string("Portcullis,SIM-DETECTOR,D0001,") + core::kVersion;
}

void DetectorDevice::reset(core::TimePoint) {
  train_.stop();
  train_.set_pattern(TestPattern::kOff);
  train_.set_integration_us(100);
  integration_us_ = 100;
  trigger_ = "EXT";
  pattern_ = "OFF";
}

ScpiDevice::Outcome DetectorDevice::answer(const scpi::ScpiUnit& unit) {
  const bool by_module =
      unit.is("DET:INFO") || unit.is("DET:RANG") || unit.is("DET:RANGE") || unit.is("DET:TEMP");
  if (by_module) {
    if (unit.parameters.empty()) return refuse(scpi_error::kMissingParameter);
    if (unit.parameters.size() > 1) return refuse(scpi_error::kParameterNotAllowed);
    const auto module = scpi::parse_scpi_integer(unit.parameters[0]);
    if (!module) return refuse(scpi_error::kIllegalParameter);
    if (*module < 0 || *module >= geometry_.module_count) {
      return refuse(scpi_error::kDataOutOfRange,
                    "modules are 0 to " + std::to_string(geometry_.module_count - 1));
    }
    const auto index = static_cast<std::uint16_t>(*module);
    if (unit.is("DET:INFO")) {
      return reply("M" + std::to_string(1000 + index) + "," + core::kVersion + "," +
                   std::to_string(geometry_.pixels_per_module) + "," +
                   scpi::format_scpi_number(geometry_.pixel_pitch_mm));
    }
    if (unit.is("DET:TEMP")) {
      return reply(scpi::format_scpi_number(std::round(train_.temperature_c() * 100) / 100));
    }
    const auto range = train_.range(index);
    return reply(range ? std::to_string(range->first) + "," + std::to_string(range->second)
                       : "NONE");
  }
  if (!unit.parameters.empty()) return refuse(scpi_error::kParameterNotAllowed);
  if (unit.is("DET:COUNT")) return reply(std::to_string(geometry_.module_count));
  if (unit.is("DET:ARM")) return reply(std::to_string(train_.arm_id()));
  if (unit.is("DET:TINT")) return reply(std::to_string(integration_us_));
  if (unit.is("DET:GAIN")) return reply("1");
  if (unit.is("DET:TRIG")) return reply(trigger_);
  if (unit.is("DET:PATT")) return reply(pattern_);
  return refuse(scpi_error::kUndefinedHeader);
}

ScpiDevice::Outcome DetectorDevice::set_destination(const scpi::ScpiUnit& unit) {
  if (unit.parameters.size() < 2) return refuse(scpi_error::kMissingParameter);
  if (unit.parameters.size() > 2) return refuse(scpi_error::kParameterNotAllowed);
  in_addr address{};
  if (::inet_pton(AF_INET, unit.parameters[0].c_str(), &address) != 1) {
    return refuse(scpi_error::kIllegalParameter, "not an IPv4 address");
  }
  const auto port = scpi::parse_scpi_integer(unit.parameters[1]);
  if (!port || *port < 1 || *port > 65535) return refuse(scpi_error::kDataOutOfRange);
  if (train_.running()) return refuse(scpi_error::kSettingsConflict, "stop first");
  train_.set_destination({ntohl(address.s_addr), static_cast<std::uint16_t>(*port)});
  return done();
}

ScpiDevice::Outcome DetectorDevice::set_trigger(const scpi::ScpiUnit& unit) {
  if (unit.parameters.empty()) return refuse(scpi_error::kMissingParameter);
  const std::string kind = upper(unit.parameters[0]);
  if (kind == "ENC") {
    return refuse(scpi_error::kSettingsConflict, "this detector is triggered by the source only");
  }
  if (kind != "INT" && kind != "EXT") return refuse(scpi_error::kIllegalParameter);
  if (unit.parameters.size() > 2) return refuse(scpi_error::kParameterNotAllowed);
  if (unit.parameters.size() == 2 && unit.parameters[1] != "1") {
    return refuse(scpi_error::kDataOutOfRange, "the divider is 1 here");
  }
  trigger_ = kind;
  return done();
}

ScpiDevice::Outcome DetectorDevice::set_pattern(const scpi::ScpiUnit& unit) {
  if (unit.parameters.empty()) return refuse(scpi_error::kMissingParameter);
  if (unit.parameters.size() > 1) return refuse(scpi_error::kParameterNotAllowed);
  const std::string name = upper(unit.parameters[0]);
  if (name == "OFF") {
    train_.set_pattern(TestPattern::kOff);
  } else if (name == "RAMP") {
    train_.set_pattern(TestPattern::kRamp);
  } else if (name == "PRBS") {
    train_.set_pattern(TestPattern::kPrbs);
  } else {
    return refuse(scpi_error::kIllegalParameter);
  }
  pattern_ = name;
  return done();
}

ScpiDevice::Outcome DetectorDevice::resend(const scpi::ScpiUnit& unit) {
  if (unit.parameters.size() < 3) return refuse(scpi_error::kMissingParameter);
  if (unit.parameters.size() > 3) return refuse(scpi_error::kParameterNotAllowed);
  const auto module = scpi::parse_scpi_integer(unit.parameters[0]);
  const auto first = scpi::parse_scpi_integer(unit.parameters[1]);
  const auto last = scpi::parse_scpi_integer(unit.parameters[2]);
  if (!module || !first || !last) return refuse(scpi_error::kIllegalParameter);
  constexpr std::int64_t kSequenceMax = 0xFFFFFFFF;
  if (*module < 0 || *module >= geometry_.module_count || *first < 0 || *last < *first ||
      *last > kSequenceMax) {
    return refuse(scpi_error::kDataOutOfRange);
  }
  const std::uint32_t sent =
      train_.resend(static_cast<std::uint16_t>(*module), static_cast<std::uint32_t>(*first),
                    static_cast<std::uint32_t>(*last));
  if (sent == 0) return refuse(scpi_error::kDataOutOfRange, "no longer or not yet in the ring");
  return done();
}

ScpiDevice::Outcome DetectorDevice::start() {
  if (train_.arm_id() == 0) return refuse(scpi_error::kSettingsConflict, "arm first");
  if (!train_.destination()) return refuse(scpi_error::kSettingsConflict, "no destination set");
  if (!train_.running()) train_.start();
  return done();
}

ScpiDevice::Outcome DetectorDevice::carry_out(const scpi::ScpiUnit& unit, core::TimePoint) {
  if (unit.query) return answer(unit);
  if (unit.is("DET:DEST")) return set_destination(unit);
  if (unit.is("DET:TRIG")) return set_trigger(unit);
  if (unit.is("DET:PATT")) return set_pattern(unit);
  if (unit.is("DET:RESEND")) return resend(unit);
  if (unit.is("DET:TINT") || unit.is("DET:GAIN")) {
    if (unit.parameters.empty()) return refuse(scpi_error::kMissingParameter);
    if (unit.parameters.size() > 1) return refuse(scpi_error::kParameterNotAllowed);
    const auto value = scpi::parse_scpi_integer(unit.parameters[0]);
    if (!value) return refuse(scpi_error::kIllegalParameter);
    if (unit.is("DET:GAIN")) {
      return *value == 1 ? done() : refuse(scpi_error::kDataOutOfRange, "the gain is 1 here");
    }
    const double period_us = 1e6 / geometry_.pulse_rate_hz;
    if (*value < 1 || static_cast<double>(*value) > period_us) {
      return refuse(scpi_error::kDataOutOfRange, "1 us to the pulse period");
    }
    train_.set_integration_us(static_cast<std::uint16_t>(*value));
    integration_us_ = *value;
    return done();
  }
  const bool arm = unit.is("DET:ARM"), start_it = unit.is("DET:START"),
             stop_it = unit.is("DET:STOP");
  if (!arm && !start_it && !stop_it) return refuse(scpi_error::kUndefinedHeader);
  if (!unit.parameters.empty()) return refuse(scpi_error::kParameterNotAllowed);
  if (start_it) return start();
  if (stop_it) train_.stop();
  if (arm) train_.arm();
  return done();
}

}  // namespace portcullis::simulator
