// Any bytes, cut into lines as on the wire: no crash; a unit written out reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware_bridge/codec/line_splitter.h"
#include "firmware_bridge/codec/scpi.h"

namespace bridge = portcullis::firmware_bridge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  bridge::LineSplitter splitter(64);
  for (std::size_t at = 0; at < size; at += 13) {
    splitter.push(text.substr(at, 13));
    while (const auto line = splitter.next()) {
      if (line->size() > 64 || line->find('\n') != std::string_view::npos) std::abort();
      const auto message = bridge::parse_scpi(*line);
      for (const auto& unit : message.units) {
        if (unit.header.empty()) std::abort();
        const auto again = bridge::parse_scpi(unit.header + (unit.query ? "?" : ""));
        if (again.error || again.units.size() != 1 || again.units[0].header != unit.header)
          std::abort();
        if (!unit.is(unit.header)) std::abort();
        for (const auto& parameter : unit.parameters) {
          [[maybe_unused]] const auto number = bridge::parse_scpi_number(parameter);
          [[maybe_unused]] const auto integer = bridge::parse_scpi_integer(parameter);
          const auto fields = bridge::split_scpi_fields(bridge::quote_scpi(parameter));
          if (fields.size() != 1 || fields[0] != parameter) std::abort();
        }
      }
      [[maybe_unused]] const auto error = bridge::parse_scpi_error(*line);
      [[maybe_unused]] const auto identity = bridge::parse_scpi_identity(*line);
    }
  }
  return 0;
}
