#include <cstdio>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/exchange/exchange.h"
#include "apps/portcullis/note_export.h"
#include "apps/report_error.h"
#include "archive/export/tiff.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "core/version.h"
#include "imaging/display/quantise.h"
#include "imaging/pipeline/process.h"
#include "imaging/pipeline/write_images.h"

namespace portcullis::apps {

namespace {

struct ExportOptions {
  std::string scan, format, out, audit, log_key, seal_key;
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

/// What leaves an archive stands in its audit log; a scan file that lies by itself has none.
core::Status note_scan_export(const ExportOptions& options) {
  const auto folder = archive_of_scan(options.scan);
  if (folder.empty()) return {};
  PC_TRY(const auto info, archive::read_scan_info(options.scan));
  return note_export(folder, "export", info.meta.id,
                     {{"format", options.format}, {"seal", info.sha256}});
}

/// The document or package that a format is.
core::Result<std::string> exchanged(const ExportOptions& options) {
  ExchangeOptions from;
  from.scan = options.scan;
  from.archive = archive_of_scan(options.scan);
  from.audit = options.audit;
  from.log_key = options.log_key;
  from.seal_key = options.seal_key;
  if (options.format == "n42") return radiation_document(options.scan);
  if (options.format == "bundle") return make_bundle(from);
  if (options.format == "evidence") return make_evidence(from);
  PC_TRY(auto report, exchanged_case(from));
  ScanPictures made;  // Only where the file holds none: they take seconds.
  if (!report.high || !report.material) {
    PC_TRY(made, make_pictures(options.scan));
  }
  return case_pages(std::move(report), made);
}

core::Status run_export(const ExportOptions& options) {
  if (options.format == "dicos")
    return core::Error{core::ErrorCode::kUnsupported,
                       "--format dicos: not available yet (tiff, png, n42, pdf, bundle, evidence)"};
  if (options.format != "tiff" && options.format != "png") {
    PC_TRY(const auto bytes, exchanged(options));
    PC_CHECK(note_scan_export(options));
    PC_CHECK(core::write_file_atomically(options.out, bytes));
    if (options.format == "evidence" && options.seal_key.empty())
      std::fprintf(stderr,
                   "portcullis: no --seal-key given: personal data are left out of the evidence\n");
    std::fprintf(stderr, "portcullis: wrote %s\n", options.out.c_str());
    return {};
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
  auto command = app.add_subcommand("export", "A scan in a format for others");
  command.add_option("scan", options->scan, "Scan file (*.pscan)").required();
  command
      .add_option(
          "--format", options->format,
          "tiff (16-bit, one page an energy), png (material view), n42 (radiation), pdf (the "
          "case as pages), bundle (all of these as a ZIP), evidence (for a court); dicos: not "
          "available yet")
      .required()
      .one_of({"tiff", "png", "dicos", "n42", "pdf", "bundle", "evidence"});
  command.add_option("--out", options->out, "File to write").required();
  command.add_option("--audit", options->audit,
                     "Folder of the audit log, where it is not in the archive");
  command.add_option("--log-key", options->log_key,
                     "The log's public key (log.vkey), from elsewhere");
  command.add_option(
      "--seal-key", options->seal_key,
      "Evidence: public key (`evidence key` makes one) that personal data are sealed "
      "for; without it they are left out");
  command.callback([options, &exit_code] {
    const auto status = run_export(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
