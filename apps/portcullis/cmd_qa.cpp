#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/scan_file.h"
#include "imaging/pipeline/process.h"
#include "imaging/qa/qa.h"
#include "imaging/qa/qa_report.h"

namespace portcullis::apps {

namespace {

struct QaArguments {
  std::string scan;
  std::string report;
  bool json = false;
};

void print_reading(const imaging::QaReport& report) {
  const auto& air = report.air;
  if (air.measured) {
    std::printf(
        "Air: columns %.3f / %.3f %% rms, rows %.3f / %.3f %%, 16 columns within %.3f / "
        "%.3f %%: %s\n",
        100 * air.column_rms_high, 100 * air.column_rms_low, 100 * air.row_rms_high,
        100 * air.row_rms_low, 100 * air.block16_max_high, 100 * air.block16_max_low,
        air.passed() ? "passed" : "not passed");
  } else {
    std::printf("Air: not measured: %s\n", air.reason.c_str());
  }
  for (std::size_t i = 0; i < report.zones.size(); ++i) {
    const auto& z = report.zones[i];
    std::printf("Zone %zu: %.0f x %.0f mm, %.3g / %.3g, ratio %.4f, %.1f g/cm2, %s\n", i,
                z.box.width_mm, z.box.height_mm, z.transmission_high, z.transmission_low, z.ratio,
                z.areal_density_g_cm2, std::string(imaging::material_name(z.material)).c_str());
  }
  for (const auto& w : report.wedges) {
    std::printf("Wedge: %zu steps, %s\n", w.zones.size(),
                std::string(imaging::material_name(w.material)).c_str());
  }
  for (const auto& a : report.arrows) {
    std::printf("Zone %d: arrow %s (%.1f sigma, threshold %.1f)\n", a.zone,
                a.seen ? std::string(imaging::qa_direction_name(a.direction)).c_str() : "not seen",
                a.score, a.threshold);
  }
  for (const auto& s : report.shims) {
    std::printf("Zone %d: shim of %.2f %% at x %.0f, z %.0f mm (%.1f sigma)\n", s.zone, s.percent,
                s.box.x_mm + s.box.width_mm / 2, s.box.z_mm + s.box.height_mm / 2, s.score);
  }
  for (const auto& w : report.wires) {
    std::printf("%s: wire of %.2f mm from %.0f, %.0f to %.0f, %.0f mm (%.1f sigma)\n",
                w.zone < 0 ? "Air" : ("Zone " + std::to_string(w.zone)).c_str(), w.diameter_mm,
                w.from_x_mm, w.from_z_mm, w.to_x_mm, w.to_z_mm, w.score);
  }
  if (report.wires.empty()) std::printf("Wires: not seen\n");
  for (const auto& g : report.gauges) {
    std::printf(
        "Line pairs %s the scan, gaps of %.2f mm, tilt %.1f degrees: modulation %.1f %%%s\n",
        g.along ? "along" : "across", g.gap_mm, g.tilt_deg, 100 * g.modulation,
        g.resolved ? "" : ", not resolved");
  }
  for (const auto& remark : report.remarks) std::printf("%s\n", remark.c_str());
}

core::Status run_qa(const QaArguments& arguments) {
  const std::filesystem::path path = arguments.scan;
  PC_TRY(const core::RawScan scan, archive::read_scan(path));
  auto images = imaging::process(scan, {}, {});
  if (!images.ok()) return images.error().with_context(path.string());
  const auto report = imaging::read_test_objects(*images, {});
  const auto context = imaging::qa_context(scan);
  if (!arguments.report.empty())
    PC_CHECK(imaging::write_qa_report(arguments.report, report, context, *images));
  if (arguments.json) {
    const std::string text = imaging::to_json(report, context, *images)
                                 .dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
    std::printf("%s\n", text.c_str());
  } else {
    print_reading(report);
  }
  return {};
}

}  // namespace

void add_qa(Command app, int& exit_code) {
  auto arguments = std::make_shared<QaArguments>();
  auto command = app.add_subcommand(
      "qa", "Reads the standard test objects in a scan: what is there, which way and how plainly");
  command.add_option("SCAN", arguments->scan, "Scan file (*.pscan)").required();
  command.add_flag("--json", arguments->json, "One JSON document on stdout");
  command.add_option("--report", arguments->report,
                     "Folder for a page with pictures (index.html, *.png, qa.json)");
  command.callback([arguments, &exit_code] {
    const auto status = run_qa(*arguments);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
