#include "apps/lane/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

namespace portcullis::apps {

std::string detector_inventory_text(const firmware_bridge::DetectorView& detector) {
  if (!detector.inventory_known) return "inventory not known";
  std::map<std::string, std::size_t> versions;
  std::optional<double> coldest, warmest;
  for (const auto& module : detector.modules) {
    ++versions[module.firmware];
    if (!module.temperature_c) continue;
    coldest = std::min(coldest.value_or(*module.temperature_c), *module.temperature_c);
    warmest = std::max(warmest.value_or(*module.temperature_c), *module.temperature_c);
  }
  std::string text = fmt::format("{}; {} modules", detector.identity, detector.modules.size());
  if (versions.empty()) return text;
  const auto common =
      std::max_element(versions.begin(), versions.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  text += fmt::format("; firmware {}", common->first);
  for (std::size_t i = 0; i < detector.modules.size(); ++i) {
    const auto& module = detector.modules[i];
    if (module.firmware != common->first)
      text += fmt::format(", module {} ({}) {}", i, module.serial, module.firmware);
  }
  if (coldest) text += fmt::format("; {:.1f} to {:.1f} degC", *coldest, *warmest);
  text += fmt::format("; {} resends asked, {} refused", detector.resends_asked,
                      detector.resends_refused);
  return text;
}

std::vector<services::DeviceHealth> diagnostics_of(const plc::PlcStats& plc,
                                                   const firmware_bridge::SourceView& source,
                                                   const firmware_bridge::DetectorView& detector,
                                                   const firmware_bridge::PortalView& portal,
                                                   const std::string& realtime_text) {
  constexpr auto kOk = services::DeviceLevel::kOk;
  std::vector<services::DeviceHealth> rows;
  rows.push_back({"PLC link", kOk, plc::describe_plc_stats(plc)});
  rows.push_back(
      {"X-ray source details", kOk,
       source.identity.empty()
           ? "not known"
           : fmt::format("{}; {:.1f} h of beam, {} arcs, interlocks {}; {} connections, "
                         "{} time-outs, {} wrong replies{}{}",
                         source.identity, source.hours, source.arcs, source.interlock_text,
                         source.connections, source.timeouts, source.malformed,
                         source.last_error.empty() ? "" : "; last: ", source.last_error)});
  rows.push_back({"Detector details", kOk, detector_inventory_text(detector)});
  rows.push_back(
      {"Portal details", kOk,
       fmt::format("background {:.0f} gamma and {:.1f} neutron counts/s; {} passages; {} lines, {} "
                   "malformed, {} unknown",
                   portal.gamma_background_cps, portal.neutron_background_cps, portal.occupancies,
                   portal.lines, portal.malformed, portal.unknown)});
  rows.push_back({"Real time", kOk, realtime_text});
  return rows;
}

}  // namespace portcullis::apps
