#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/scan_file.h"
#include "core/parallel.h"
#include "imaging/pipeline/process.h"
#include "imaging/pipeline/write_images.h"

namespace portcullis::apps {

namespace {

struct ProcessOptions {
  std::string scan;
  std::string out;
  bool no_denoise = false;
  bool refuse_stale = false;
  unsigned threads = 0;
  std::vector<std::string> without;
};

std::vector<std::string> correction_names() {
  std::vector<std::string> names;
  names.reserve(imaging::kCorrections.size() + imaging::kPlacements.size());
  for (const auto& [name, member] : imaging::kCorrections) names.emplace_back(name);
  for (const auto& [name, member] : imaging::kPlacements) names.emplace_back(name);
  return names;
}

core::Status run_process(const ProcessOptions& options) {
  const std::filesystem::path path = options.scan;
  std::filesystem::path folder = options.out;
  if (folder.empty()) folder = path.parent_path() / (path.stem().string() + "-images");
  PC_TRY(const core::RawScan scan, archive::read_scan(path));
  std::fprintf(stderr, "%s: %zu lines\n", path.c_str(), scan.lines.size());
  imaging::Parameters parameters;
  parameters.denoise = !options.no_denoise;
  parameters.calibration.refuse = options.refuse_stale;
  for (const auto& name : options.without) imaging::leave_out(parameters, name);
  core::set_parallel_threads(options.threads);
  int told = 0;  // tenths
  auto images = imaging::process(scan, parameters, [&told](double fraction) {
    const int now = static_cast<int>(fraction * 10);
    if (now <= told) return;
    told = now;
    std::fprintf(stderr, "correcting: %3d %%\n", now * 10);
  });
  if (!images) return images.error().with_context(path.string());
  for (const auto& remark : images->quality) std::fprintf(stderr, "quality: %s\n", remark.c_str());
  for (const auto& note : images->notes) std::fprintf(stderr, "note: %s\n", note.c_str());
  std::fprintf(stderr, "writing %s: %d x %d pixels of %g mm, corrected in %.0f ms\n",
               folder.c_str(), images->grid.columns, images->grid.rows, images->grid.mm_per_px,
               images->correct_ms);
  return imaging::write_images(folder, scan, *images, parameters);
}

}  // namespace

void add_process(Command app, int& exit_code) {
  auto options = std::make_shared<ProcessOptions>();
  auto command =
      app.add_subcommand("process",
                         "Corrected images of a raw scan: 16-bit TIFF of both energies, mass and "
                         "effective Z, material and its marks, a preview and images.json");
  command.add_option("RAW", options->scan, "Scan file (*.pscan)").required();
  command.add_option("--out", options->out,
                     "Folder for the images; made if missing. Default: RAW without its "
                     "suffix, with -images");
  command.add_flag("--no-denoise", options->no_denoise,
                   "Class each cell alone, without its neighbours");
  command.add_flag("--refuse-stale", options->refuse_stale,
                   "Refuse a scan whose calibration no longer fits, instead of marking it");
  command
      .add_option("--threads", options->threads,
                  "Threads to work on; the images are the same on any number. Default: one a "
                  "core")
      .range(1U, 256U);
  command
      .add_option("--without", options->without,
                  "Leave this correction out, to see what it does; may be repeated")
      .one_of(correction_names());
  command.callback([options, &exit_code] {
    const auto status = run_process(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
