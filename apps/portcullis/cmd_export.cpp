#include <cstdio>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/report_error.h"
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

core::Status run_export(const ExportOptions& options) {
  if (options.format != "tiff" && options.format != "png") {
    return core::Error{core::ErrorCode::kUnsupported,
                       "--format " + options.format + ": not available yet (tiff, png)"};
  }
  PC_TRY(const auto scan, archive::read_scan(options.scan));
  const auto images = imaging::process(scan, {}, {});
  if (!images.ok()) return images.error().with_context(options.scan);
  PC_CHECK(options.format == "tiff" ? export_tiff(options.out, scan, *images)
                                    : export_png(options.out, *images));
  std::fprintf(stderr, "%s: %d x %d pixels\n", options.out.c_str(), images->grid.columns,
               images->grid.rows);
  return {};
}

}  // namespace

void add_export(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ExportOptions>();
  auto* command = app.add_subcommand(
      "export",
      "A scan in a format for others: tiff (16-bit, one page an energy), png (material view)");
  command->add_option("scan", options->scan, "Scan file (*.pscan)")->required();
  command
      ->add_option("--format", options->format,
                   "tiff or png (dicos, n42, pdf, bundle: not available yet)")
      ->required()
      ->check(CLI::IsMember({"tiff", "png", "dicos", "n42", "pdf", "bundle"}));
  command->add_option("--out", options->out, "File to write")->required();
  command->callback([options, &exit_code] {
    const auto status = run_export(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
