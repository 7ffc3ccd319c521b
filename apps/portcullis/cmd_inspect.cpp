#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/scan_file.h"
#include "core/record_json.h"
#include "core/time.h"
#include "customs/adapters/parse.h"
#include "customs/match/goods_table.h"
#include "imaging/flag/flag.h"
#include "imaging/pipeline/process.h"
#include "inspection/verdict/verdict.h"
#include "recording/radiation_event.h"

namespace portcullis::apps {

namespace {

struct InspectOptions {
  std::string scan;
  std::vector<std::string> declarations;
  std::string goods;
  bool json = false;
  bool refuse_stale = false;
};

core::Result<core::InspectionReport> inspect_scan(const InspectOptions& options) {
  const core::SystemClock clock;
  const auto begin = clock.now();
  // The declaration first: a mistake in it shows before the long work.
  std::vector<core::Declaration> declarations;
  for (const auto& file : options.declarations) {
    PC_TRY(core::Declaration declaration, customs::parse_declaration_file(file));
    declarations.push_back(std::move(declaration));
  }
  std::optional<customs::GoodsTable> goods;
  if (!options.goods.empty()) {
    PC_TRY(goods, customs::read_goods(options.goods));
  }
  const std::filesystem::path path = options.scan;
  PC_TRY(const archive::ScanInfo info, archive::read_scan_info(path));
  PC_TRY(const core::RawScan scan, archive::read_scan(path));
  imaging::Parameters parameters;
  parameters.calibration.refuse = options.refuse_stale;
  auto images = imaging::process(scan, parameters, {});
  if (!images.ok()) return images.error().with_context(path.string());
  const imaging::FlagResult flagged =
      imaging::flag(images.value(), scan.meta.identity, imaging::FlagParameters{});
  core::InspectionReport report =
      inspection::judge(images.value(), flagged,
                        inspection::Circumstances{declarations,
                                                  "",
                                                  recording::stored_radiation(info),
                                                  scan.meta.outcome,
                                                  scan.meta.outcome_reason,
                                                  0,
                                                  {},
                                                  goods ? &*goods : nullptr,
                                                  scan.meta.simulated});
  report.scan_id = scan.meta.id;
  report.sha256 = info.sha256;
  report.timing.total = std::chrono::duration<double, std::milli>(clock.now() - begin).count();
  return report;
}

void print_inspection(const core::InspectionReport& report) {
  std::printf("Scan %s, %d x %d pixels of %g mm", report.scan_id.c_str(), report.columns,
              report.rows, report.mm_per_px);
  if (report.lines_lost > 0)
    std::printf(", %llu lines lost", static_cast<unsigned long long>(report.lines_lost));
  std::printf("\n");
  for (const auto& remark : report.quality) std::printf("  image: %s\n", remark.c_str());
  for (const auto& c : report.containers) {
    if (c.empty) {
      std::printf("Container %s: empty\n",
                  c.number.empty() ? "(number not read)" : c.number.c_str());
      continue;
    }
    std::printf("Container %s: load %.1f t (%.1f to %.1f), %.0f %% of the side view filled\n",
                c.number.empty() ? "(number not read)" : c.number.c_str(), c.load_mass_kg / 1000,
                c.load_mass_low_kg / 1000, c.load_mass_high_kg / 1000, c.fill * 100);
  }
  if (report.containers.empty()) std::printf("No container or load found\n");
  for (const auto& f : report.findings) {
    std::printf("Finding %.2f %s: %s\n", f.score,
                std::string(core::finding_kind_name(f.kind)).c_str(), f.text.c_str());
  }
  for (const auto& c : report.checks) {
    std::printf("Check %s %s: seen %s, expected %s\n", c.name.c_str(),
                std::string(core::check_outcome_name(c.outcome)).c_str(), c.seen.c_str(),
                c.expected.c_str());
  }
  std::printf("Verdict: %s\n",
              std::string(core::verdict_outcome_name(report.verdict.outcome)).c_str());
  for (const auto& reason : report.verdict.reasons) std::printf("  %s\n", reason.c_str());
}

}  // namespace

void add_inspect(Command app, int& exit_code) {
  auto options = std::make_shared<InspectOptions>();
  auto command = app.add_subcommand(
      "inspect", "Findings and verdict of a scan, compared with its declaration");
  command.add_option("SCAN", options->scan, "Scan file (*.pscan)").required();
  command.add_option("--declaration", options->declarations,
                     "Declaration as received, of any supported system; once for each");
  command.add_option("--goods", options->goods,
                     "Table of what loads look like by HS chapter, of `customs learn-goods`; "
                     "without it the program's own");
  command.add_flag("--refuse-stale", options->refuse_stale,
                   "Refuse a scan whose calibration no longer fits, instead of marking it");
  command.add_flag("--json", options->json, "One JSON document on stdout");
  command.callback([options, &exit_code] {
    const auto report = inspect_scan(*options);
    if (!report.ok()) {
      exit_code = report_error(report.error());
      return;
    }
    if (options->json) {
      const std::string text = core::to_json(report.value())
                                   .dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
      std::printf("%s\n", text.c_str());
    } else {
      print_inspection(report.value());
    }
    exit_code = 0;
  });
}

}  // namespace portcullis::apps
