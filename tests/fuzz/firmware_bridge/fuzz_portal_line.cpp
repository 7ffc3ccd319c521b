#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware_bridge/rpm/portal_monitor.h"

namespace bridge = portcullis::firmware_bridge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  bridge::PortalMonitor::Config config;
  config.occupancy_lines_max = 50;
  bridge::PortalMonitor monitor(config);
  portcullis::core::ManualClock clock;
  monitor.set_connected(true, clock.now());
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : text.size());
    const auto parsed = bridge::parse_portal_line(line);
    if (parsed.ok() && parsed->text != line) std::abort();
    // A count line that is accepted is exactly what would be written.
    if (parsed.ok() && parsed->tag >= bridge::PortalTag::kGB &&
        parsed->tag <= bridge::PortalTag::kNA &&
        bridge::format_portal_counts(parsed->tag, parsed->counts) != line) {
      std::abort();
    }
    clock.advance(std::chrono::milliseconds(200));
    monitor.set_beam_on(line.size() % 7 == 0, clock.now());
    monitor.push(line, clock.now(), clock.utc_now());
    const auto view = monitor.view(clock.now());
    if (view.healthy != (view.health_text == "ok")) std::abort();
  }
  for (const auto& passage : monitor.take_occupancies()) {
    if (passage.valid != passage.invalid_reason.empty()) std::abort();
    if (passage.lines.size() > 50) std::abort();
  }
  return 0;
}
