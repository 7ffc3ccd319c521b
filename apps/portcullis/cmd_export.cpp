#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/note_export.h"
#include "apps/report_error.h"
#include "archive/export/tiff.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "core/time.h"
#include "core/version.h"
#include "firmware_bridge/rpm/n42.h"
#include "imaging/display/quantise.h"
#include "imaging/pipeline/process.h"
#include "imaging/pipeline/write_images.h"
#include "recording/radiation_event.h"

namespace portcullis::apps {

namespace {

struct ExportOptions {
  std::string scan, format, out;
};

core::Status export_tiff(const std::string& out, const core::RawScan& scan,
                         const imaging::Images& images) {
  const auto page_of = [&](const char* name, const std::vector<float>& transmission,
                           std::vector<std::uint16_t>& codes) {
    codes.resize(transmission.size());
    for (std::size_t i = 0; i < codes.size(); ++i)
      codes[i] = imaging::attenuation_code(transmission[i]);
    archive::TiffPage page;
    page.name = name;
    page.description = std::string("scan ") + scan.meta.id + ", " + name +
                       " energy, code = round(1024 - 4096 ln T)";
    page.columns = static_cast<std::uint32_t>(images.grid.columns);
    page.rows = static_cast<std::uint32_t>(images.grid.rows);
    page.mm_per_px = images.grid.mm_per_px;
    page.pixels = codes;
    return page;
  };
  std::vector<std::uint16_t> high;
  std::vector<std::uint16_t> low;
  const std::vector<archive::TiffPage> pages = {page_of("high", images.transmission_high, high),
                                                page_of("low", images.transmission_low, low)};
  return archive::write_tiff_pages(out, pages, std::string("Portcullis ") + core::kVersion);
}

core::Status export_png(const std::string& out, const imaging::Images& images) {
  PC_TRY(const auto encoded, imaging::encode_images(images));
  for (const auto& image : encoded) {
    if (image.name == "preview") return core::write_file_atomically(out, image.bytes);
  }
  return core::Error{core::ErrorCode::kInternal, "no preview was made"};
}

/// The passage as the portal told it, judged again from its lines.
core::Status export_n42(const ExportOptions& options) {
  PC_TRY(const auto info, archive::read_scan_info(options.scan));
  if (info.radiation.empty()) {
    return core::Error{core::ErrorCode::kNotFound,
                       options.scan + ": holds no lines of a radiation portal"};
  }
  firmware_bridge::PortalMonitor monitor(firmware_bridge::PortalMonitor::Config{});
  const core::TimePoint begin{std::chrono::hours(1)};
  const std::int64_t first_ns = info.radiation.front().utc.ns;
  core::TimePoint now = begin;
  monitor.set_connected(true, begin);
  for (const auto& line : info.radiation) {
    now = begin + core::Duration(std::max<std::int64_t>(0, line.utc.ns - first_ns));
    monitor.push(line.text, now, line.utc);
  }
  monitor.tick(now + std::chrono::seconds(20), info.radiation.back().utc);
  const auto passages = monitor.take_occupancies();
  if (passages.empty()) {
    return core::Error{core::ErrorCode::kCorrupt,
                       options.scan + ": its radiation lines hold no passage"};
  }
  auto passage = passages.back();
  // What the lane made of it then holds: it knew the background and the beam, the lines do not say.
  if (const auto stored = recording::stored_radiation(info)) {
    passage.valid = stored->valid;
    passage.invalid_reason = stored->problem;
    passage.gamma_alarm_own = stored->gamma_alarm && !passage.gamma_alarm;
    passage.neutron_alarm = stored->neutron_alarm;
    passage.sigma_max = stored->sigma_max;
  }
  firmware_bridge::N42Context context;
  context.document_uuid = core::make_uuid();
  context.identifier = info.meta.lane;
  context.description = info.meta.lane;
  context.software_version = core::kVersion;
  context.item = "scan " + info.meta.id;
  context.simulated = info.meta.simulated;
  PC_TRY(const std::string document, firmware_bridge::n42_document(passage, context));
  return core::write_file_atomically(options.out, document);
}

/// What leaves an archive stands in its audit log; a scan file that lies by itself has none.
core::Status note_scan_export(const ExportOptions& options) {
  const auto folder = archive_of_scan(options.scan);
  if (folder.empty()) return {};
  PC_TRY(const auto info, archive::read_scan_info(options.scan));
  return note_export(folder, "export", info.meta.id,
                     {{"format", options.format}, {"seal", info.sha256}});
}

core::Status run_export(const ExportOptions& options) {
  if (options.format == "n42") {
    PC_CHECK(note_scan_export(options));
    return export_n42(options);
  }
  if (options.format != "tiff" && options.format != "png") {
    return core::Error{core::ErrorCode::kUnsupported,
                       "--format " + options.format + ": not available yet (tiff, png, n42)"};
  }
  PC_TRY(const auto scan, archive::read_scan(options.scan));
  const auto images = imaging::process(scan, {}, {});
  if (!images.ok()) return images.error().with_context(options.scan);
  PC_CHECK(note_scan_export(options));
  PC_CHECK(options.format == "tiff" ? export_tiff(options.out, scan, *images)
                                    : export_png(options.out, *images));
  std::fprintf(stderr, "%s: %d x %d pixels\n", options.out.c_str(), images->grid.columns,
               images->grid.rows);
  return {};
}

}  // namespace

void add_export(Command app, int& exit_code) {
  auto options = std::make_shared<ExportOptions>();
  auto command = app.add_subcommand(
      "export",
      "A scan in a format for others: tiff (16-bit, one page an energy), png (material view)");
  command.add_option("scan", options->scan, "Scan file (*.pscan)").required();
  command
      .add_option("--format", options->format,
                  "tiff, png or n42 (dicos, pdf, bundle: not available yet)")
      .required()
      .one_of({"tiff", "png", "dicos", "n42", "pdf", "bundle"});
  command.add_option("--out", options->out, "File to write").required();
  command.callback([options, &exit_code] {
    const auto status = run_export(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
