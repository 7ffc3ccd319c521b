#include "simulator/live/scpi_device.h"

namespace portcullis::simulator {

namespace scpi = firmware_bridge;

ScpiDevice::Outcome ScpiDevice::refuse(int number) {
  return {{}, scpi::ScpiError{number, std::string(scpi::scpi_error_text(number))}};
}

ScpiDevice::Outcome ScpiDevice::refuse(int number, std::string_view why) {
  return {
      {},
      scpi::ScpiError{number, std::string(scpi::scpi_error_text(number)) + ";" + std::string(why)}};
}

ScpiDevice::Outcome ScpiDevice::carry_out_common(const scpi::ScpiUnit& unit, core::TimePoint now) {
  if (unit.header.starts_with('*') || unit.is("SYSTem:ERRor") || unit.is("SYSTem:ERRor:NEXT")) {
    if (!unit.parameters.empty()) return refuse(scpi::scpi_error::kParameterNotAllowed);
  }
  if (unit.header == "*IDN" && unit.query) return reply(identity());
  if (unit.header == "*TST" && unit.query) return reply(std::to_string(self_test()));
  if (unit.header == "*OPC" && unit.query) return reply("1");
  if (unit.header == "*RST" && !unit.query) {
    reset(now);
    return done();
  }
  if (unit.header == "*CLS" && !unit.query) {
    errors_.clear();
    return done();
  }
  if ((unit.is("SYSTem:ERRor") || unit.is("SYSTem:ERRor:NEXT")) && unit.query) {
    return reply(scpi::format_scpi_error(errors_.pop()));
  }
  return carry_out(unit, now);
}

std::optional<std::string> ScpiDevice::handle(std::string_view line, core::TimePoint now) {
  const scpi::ScpiMessage message = scpi::parse_scpi(line);
  std::optional<std::string> replies;
  for (const scpi::ScpiUnit& unit : message.units) {
    Outcome outcome = carry_out_common(unit, now);
    if (outcome.error) errors_.push(std::move(*outcome.error));
    if (outcome.reply) {
      replies = replies ? *replies + ";" + *outcome.reply : std::move(*outcome.reply);
    }
  }
  if (message.error) errors_.push(*message.error);
  return replies;
}

}  // namespace portcullis::simulator
