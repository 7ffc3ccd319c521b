#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/scan_file.h"
#include "core/record_json.h"

namespace portcullis::apps {

namespace {

struct InfoOptions {
  std::string path;
  bool json = false;
  bool verify = false;
};

nlohmann::json info_json(const archive::ScanInfo& info) {
  auto meta = core::to_json(info.meta);
  // The survey's thousands of positions say little to a reader: their number does.
  auto& geometry = meta["geometry"];
  geometry.erase("pixels_y_mm");
  geometry.erase("pixels_z_mm");
  geometry["pixels"] = info.meta.geometry.pixels.size();
  nlohmann::json radiation = nlohmann::json::array();
  for (const auto& line : info.radiation)
    radiation.push_back({{"utc", core::to_iso8601(line.utc)}, {"text", line.text}});
  nlohmann::json events = nlohmann::json::array();
  for (const auto& event : info.events)
    events.push_back(
        {{"utc", core::to_iso8601(event.utc)}, {"kind", event.kind}, {"text", event.text}});
  return {{"scan", meta},
          {"sealed", info.sealed},
          {"sha256", info.sha256},
          {"lines", info.lines},
          {"lines_lost", info.lines_lost},
          {"blocks", info.blocks},
          {"file_bytes", info.file_bytes},
          {"calibration_id", info.calibration_id},
          {"wedge_materials", info.wedge_materials},
          {"images", info.images},
          {"reports", info.reports},
          {"radiation", radiation},
          {"events", events}};
}

void print_info(const std::string& path, const archive::ScanInfo& info) {
  const auto& meta = info.meta;
  std::printf("%s\n  scan %s, %s, %s%s\n", path.c_str(), meta.id.c_str(), meta.lane.c_str(),
              std::string(core::scan_outcome_name(meta.outcome)).c_str(),
              meta.simulated ? ", simulated" : "");
  if (!meta.outcome_reason.empty()) std::printf("  because: %s\n", meta.outcome_reason.c_str());
  std::printf("  %s to %s\n", core::to_iso8601(meta.started).c_str(),
              core::to_iso8601(meta.ended).c_str());
  std::printf("  vehicle %s",
              meta.identity.plate.empty() ? "(no plate)" : meta.identity.plate.c_str());
  for (const auto& container : meta.identity.containers)
    std::printf(", %s %s", container.number.c_str(), container.iso_type.c_str());
  std::printf("\n  %llu lines (%llu lost) of %zu pixels in %llu blocks, %llu bytes\n",
              static_cast<unsigned long long>(info.lines),
              static_cast<unsigned long long>(info.lines_lost), meta.geometry.pixels.size(),
              static_cast<unsigned long long>(info.blocks),
              static_cast<unsigned long long>(info.file_bytes));
  std::printf("  %s%s\n", info.sealed ? "sealed, SHA-256 " : "not sealed", info.sha256.c_str());
  std::printf("  calibration %s, images:", info.calibration_id.c_str());
  for (const auto& image : info.images) std::printf(" %s", image.c_str());
  std::printf("%s, %u reports, %zu radiation lines, %zu events\n",
              info.images.empty() ? " none" : "", info.reports, info.radiation.size(),
              info.events.size());
}

int run_info(const InfoOptions& options) {
  const auto info = archive::read_scan_info(options.path);
  if (!info.ok()) return report_error(info.error());
  if (options.verify) {
    if (const auto sealed = archive::verify_seal(options.path); !sealed.ok())
      return report_error(sealed.error());
  }
  if (options.json) {
    auto document = info_json(*info);
    if (options.verify) document["seal_verified"] = true;
    std::printf("%s\n",
                document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  } else {
    print_info(options.path, *info);
    if (options.verify) std::printf("  the seal holds\n");
  }
  return 0;
}

}  // namespace

void add_info(Command app, int& exit_code) {
  auto options = std::make_shared<InfoOptions>();
  auto command = app.add_subcommand("info", "What a scan file holds");
  command.add_option("file", options->path, "Scan file (*.pscan)").required();
  command.add_flag("--json", options->json, "One JSON document on stdout");
  command.add_flag("--verify", options->verify, "Compute the seal again and compare");
  command.callback([options, &exit_code] { exit_code = run_info(*options); });
}

}  // namespace portcullis::apps
