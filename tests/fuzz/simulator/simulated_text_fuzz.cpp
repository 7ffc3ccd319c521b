// Whatever a client writes to the simulated source or to the control socket gets an answer or an
// entry in the error queue; the source never makes beam without its interlocks.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware_bridge/codec/line_splitter.h"
#include "simulator/live/control_request.h"
#include "simulator/live/source_device.h"

namespace core = portcullis::core;
namespace simulator = portcullis::simulator;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  core::ScannerGeometry geometry;
  geometry.pulse_rate_hz = 400;
  geometry.energy_high_mv = 6;
  geometry.energy_low_mv = 4;
  simulator::SourceDevice source(geometry, 0);
  core::TimePoint now{std::chrono::hours(1)};
  portcullis::firmware_bridge::LineSplitter splitter(1024);
  splitter.push({reinterpret_cast<const char*>(data), size});
  while (const auto line = splitter.next()) {
    now += std::chrono::milliseconds(10);
    source.handle(*line, now);
    source.tick(now, {});
    if (source.beam_on()) std::abort();
    const auto request = simulator::parse_control_request(*line);
    if (!request.ok() && request.error().message.empty()) std::abort();
  }
  return 0;
}
