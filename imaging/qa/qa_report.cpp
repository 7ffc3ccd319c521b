#include "imaging/qa/qa_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/files.h"
#include "core/version.h"
#include "imaging/pipeline/png_stripes.h"
#include "imaging/qa/statistics.h"

namespace portcullis::imaging {

namespace {

/// Three significant digits.
double rounded(double value) {
  if (!std::isfinite(value) || value == 0) return 0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 2);
  return std::round(value / unit) * unit;
}
double tenths(double value) {
  return std::round(value * 10) / 10;
}

nlohmann::json json_box(const QaBox& b, const char* key_px, const char* key_mm) {
  return {{key_px, {b.x_px, b.y_px, b.width_px, b.height_px}},
          {key_mm, {tenths(b.x_mm), tenths(b.z_mm), tenths(b.width_mm), tenths(b.height_mm)}}};
}
nlohmann::json json_box(const QaBox& b) {
  return json_box(b, "bbox_px", "bbox_mm");
}

nlohmann::json json_air(const QaAir& air) {
  nlohmann::json out{{"measured", air.measured}, {"columns", air.columns}, {"rows", air.rows}};
  if (!air.measured) {
    out["reason"] = air.reason;
    return out;
  }
  out["column_rms"] = {{"high", rounded(air.column_rms_high)},
                       {"low", rounded(air.column_rms_low)},
                       {"max", kQaColumnRmsMax}};
  out["row_rms"] = {{"high", rounded(air.row_rms_high)},
                    {"low", rounded(air.row_rms_low)},
                    {"max", kQaRowRmsMax}};
  out["block16_max"] = {{"high", rounded(air.block16_max_high)},
                        {"low", rounded(air.block16_max_low)},
                        {"max", kQaBlock16Max}};
  out["passed"] = air.passed();
  return out;
}

nlohmann::json json_zones(const QaReport& report) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& z : report.zones) {
    nlohmann::json zone = json_box(z.box);
    zone["transmission_high"] = rounded(z.transmission_high);
    zone["transmission_low"] = rounded(z.transmission_low);
    zone["ratio"] = std::round(z.ratio * 1e5) / 1e5;
    zone["ratio_sigma"] = rounded(z.ratio_sigma);
    zone["areal_density_g_cm2"] = rounded(z.areal_density_g_cm2);
    zone["material"] = material_name(z.material);
    zone["material_share"] = rounded(z.material_share);
    zone["cluster"] = z.cluster;
    if (z.wedge >= 0) zone["wedge"] = z.wedge;
    out.push_back(std::move(zone));
  }
  return out;
}

nlohmann::json json_arrows(const QaReport& report) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& a : report.arrows) {
    nlohmann::json arrow = a.seen ? json_box(a.box) : nlohmann::json::object();
    arrow["zone"] = a.zone;
    arrow["seen"] = a.seen;
    arrow["direction"] = a.seen ? qa_direction_name(a.direction) : "not seen";
    arrow["score"] = rounded(a.score);
    arrow["threshold"] = rounded(a.threshold);
    if (a.seen) {
      arrow["runner_up"] = rounded(a.runner_up);
      arrow["contrast"] = rounded(a.contrast);
      arrow["center_mm"] = {tenths(a.x_mm), tenths(a.z_mm)};
    }
    out.push_back(std::move(arrow));
  }
  return out;
}

nlohmann::json json_wires(const QaReport& report) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& w : report.wires) {
    nlohmann::json wire{{"behind", w.zone < 0 ? nlohmann::json("air") : nlohmann::json(w.zone)},
                        {"score", rounded(w.score)},
                        {"threshold", rounded(w.threshold)},
                        {"diameter_mm", rounded(w.diameter_mm)},
                        {"from_mm", {tenths(w.from_x_mm), tenths(w.from_z_mm)}},
                        {"to_mm", {tenths(w.to_x_mm), tenths(w.to_z_mm)}}};
    out.push_back(std::move(wire));
  }
  return out;
}

std::string scan_date(const QaContext& context) {
  return core::to_iso8601(context.scanned);
}

// ---- pictures ----

constexpr int kCropScale = 2;

/// A crop, brightness stretched between 1 % and 99 % of the attenuation within `core`.
cv::Mat3b crop_picture(const Images& images, const cv::Rect& box, const cv::Rect& core) {
  const cv::Rect inside = box & cv::Rect(0, 0, images.grid.columns, images.grid.rows);
  const cv::Mat1f field(images.grid.rows, images.grid.columns,
                        const_cast<float*>(images.transmission_high.data()));
  cv::Mat1f part;
  cv::blur(field(inside), part, {5, 5});
  std::vector<float> values(part.begin(), part.end());
  for (auto& v : values) v = -std::log(std::max(v, 1e-6F));
  std::vector<float> sorted;
  for (int r = 0; r < part.rows; ++r) {
    for (int c = 0; c < part.cols; ++c) {
      if (core.contains({c + inside.x, r + inside.y}))
        sorted.push_back(values[static_cast<std::size_t>(r) * static_cast<std::size_t>(part.cols) +
                                static_cast<std::size_t>(c)]);
    }
  }
  if (sorted.empty()) sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
  };
  const float lo = at(0.01);
  const float hi = std::max(at(0.99), lo + 1e-3F);
  cv::Mat1b gray(part.size());
  for (int r = 0; r < part.rows; ++r) {
    for (int c = 0; c < part.cols; ++c) {
      const float a = values[static_cast<std::size_t>(r) * static_cast<std::size_t>(part.cols) +
                             static_cast<std::size_t>(c)];
      gray(r, c) = static_cast<std::uint8_t>(
          std::lround(std::clamp(255.0F * (hi - a) / (hi - lo), 0.0F, 255.0F)));
    }
  }
  cv::Mat big;
  cv::resize(gray, big, {}, kCropScale, kCropScale, cv::INTER_NEAREST);
  cv::Mat colour;
  cv::cvtColor(big, colour, cv::COLOR_GRAY2BGR);
  return colour;
}

struct Mark {
  bool line = false;
  cv::Rect box;
  cv::Point from, to;
};

/// OpenCV's own files would bring a hundred libraries that every start of a program waits for.
core::Result<std::string> png_of(const cv::Mat3b& picture) {
  PngStripes png(picture.cols, picture.rows);
  std::vector<std::uint32_t> argb;
  for (std::size_t stripe = 0; stripe < png.stripes(); ++stripe) {
    argb.clear();
    for (int row = 0; row < png.rows_of(stripe); ++row) {
      const cv::Vec3b* const blue_green_red = picture[png.first_row(stripe) + row];
      for (int column = 0; column < picture.cols; ++column) {
        const cv::Vec3b& at = blue_green_red[column];
        argb.push_back(std::uint32_t{at[2]} << 16U | std::uint32_t{at[1]} << 8U | at[0]);
      }
    }
    PC_CHECK(png.compress(stripe, argb));
  }
  return png.assemble();
}

core::Status write_crop(const std::filesystem::path& path, const Images& images, cv::Rect box,
                        const std::vector<Mark>& marks) {
  constexpr int kMargin = 30;
  const cv::Rect core = box;
  box = cv::Rect(box.x - kMargin, box.y - kMargin, box.width + 2 * kMargin,
                 box.height + 2 * kMargin) &
        cv::Rect(0, 0, images.grid.columns, images.grid.rows);
  if (box.area() <= 0) return {};
  cv::Mat3b picture = crop_picture(images, box, core);
  const cv::Scalar blue(200, 90, 0);
  for (const auto& mark : marks) {
    if (mark.line) {
      // Beside the wire, so that it stays to be seen.
      const cv::Point2d along(mark.to - mark.from);
      const double length = std::max(1.0, cv::norm(along));
      const cv::Point aside(static_cast<int>(std::lround(-along.y / length * 8)),
                            static_cast<int>(std::lround(along.x / length * 8)));
      for (const int side : {-1, 1}) {
        cv::line(picture, (mark.from - box.tl() + side * aside) * kCropScale,
                 (mark.to - box.tl() + side * aside) * kCropScale, blue, 1, cv::LINE_AA);
      }
    } else {
      const cv::Rect b((mark.box.tl() - box.tl()) * kCropScale,
                       cv::Size(mark.box.width * kCropScale, mark.box.height * kCropScale));
      cv::rectangle(picture, b, blue, 2);
    }
  }
  auto bytes = png_of(picture);
  if (!bytes) return bytes.error().with_context(path.string());
  return core::write_file_atomically(path, *bytes);
}

cv::Rect rect_of(const QaBox& b) {
  return {b.x_px, b.y_px, b.width_px, b.height_px};
}

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Collects the page and writes the pictures it shows.
class ReportPage {
 public:
  ReportPage(std::filesystem::path folder, const Images& images)
      : folder_(std::move(folder)), images_(images) {}

  void heading(std::string_view text) { body_ += fmt::format("<h2>{}</h2>\n", html_escape(text)); }
  void line(const std::string& text) { body_ += fmt::format("<p>{}</p>\n", html_escape(text)); }
  core::Status picture(const std::string& name, const cv::Rect& box, const std::vector<Mark>& marks,
                       const std::string& text) {
    PC_CHECK(write_crop(folder_ / (name + ".png"), images_, box, marks));
    body_ += fmt::format(
        "<figure><img src=\"{0}.png\" alt=\"{1}\"><figcaption>{1}</figcaption></figure>\n", name,
        html_escape(text));
    return {};
  }
  [[nodiscard]] std::string html(const QaContext& context) const {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Test objects, "
        "scan "
        "{0}</title>\n<style>body{{font-family:sans-serif;margin:2em;max-width:70em}}"
        "img{{max-width:100%;border:1px solid #888}}figure{{margin:1em 0}}</style></head><body>\n"
        "<h1>Reading of the test objects</h1>\n<p>Scan {0} of {1}, scanner {2}, calibration {3}, "
        "made by version {4}, read by version {5}.</p>\n{6}</body></html>\n",
        html_escape(context.scan_id), html_escape(scan_date(context)), html_escape(context.scanner),
        html_escape(context.calibration_id), html_escape(context.scan_software),
        html_escape(context.software), body_);
  }

 private:
  std::filesystem::path folder_;
  const Images& images_;
  std::string body_;
};

Mark wire_mark(const QaWire& w, const core::ImageGrid& grid) {
  Mark mark;
  mark.line = true;
  mark.from = {static_cast<int>(std::lround(grid.column_of(w.from_x_mm))),
               static_cast<int>(std::lround(grid.row_of(w.from_z_mm)))};
  mark.to = {static_cast<int>(std::lround(grid.column_of(w.to_x_mm))),
             static_cast<int>(std::lround(grid.row_of(w.to_z_mm)))};
  return mark;
}

core::Status write_zone_pages(ReportPage& page, const QaReport& report, const Images& images) {
  for (std::size_t i = 0; i < report.zones.size(); ++i) {
    const auto& zone = report.zones[i];
    std::vector<Mark> marks;
    std::string text =
        fmt::format("Zone {}: {:.0f} x {:.0f} mm, transmission {:.3g} / {:.3g}, {:.1f} g/cm2, {}",
                    i, zone.box.width_mm, zone.box.height_mm, zone.transmission_high,
                    zone.transmission_low, zone.areal_density_g_cm2, material_name(zone.material));
    for (const auto& a : report.arrows) {
      if (a.zone != static_cast<int>(i)) continue;
      if (a.seen) marks.push_back({false, rect_of(a.box), {}, {}});
      text +=
          a.seen ? fmt::format("; arrow {} ({:.1f} sigma)", qa_direction_name(a.direction), a.score)
                 : std::string("; arrow not seen");
    }
    for (const auto& s : report.shims) {
      if (s.zone != static_cast<int>(i)) continue;
      marks.push_back({false, rect_of(s.box), {}, {}});
      text += fmt::format("; shim of {:.2g} % ({:.1f} sigma)", s.percent, s.score);
    }
    for (const auto& w : report.wires) {
      if (w.zone != static_cast<int>(i)) continue;
      marks.push_back(wire_mark(w, images.grid));
      text += fmt::format("; wire of {:.2g} mm ({:.1f} sigma)", w.diameter_mm, w.score);
    }
    PC_CHECK(page.picture(fmt::format("zone-{}", i), rect_of(zone.box), marks, text));
  }
  return {};
}

}  // namespace

QaContext qa_context(const core::RawScan& scan) {
  QaContext context;
  context.scan_id = scan.meta.id;
  context.calibration_id = scan.calibration.id;
  context.scanner = scan.meta.geometry.name;
  context.scanned = scan.meta.started;
  context.scan_software = scan.meta.software_version;
  context.software = core::kVersion;
  return context;
}

nlohmann::json to_json(const QaReport& report, const QaContext& context, const Images& images) {
  nlohmann::json wedges = nlohmann::json::array();
  for (const auto& w : report.wedges)
    wedges.push_back(
        {{"zones", w.zones}, {"steps", w.zones.size()}, {"material", material_name(w.material)}});
  nlohmann::json shims = nlohmann::json::array();
  for (const auto& s : report.shims) {
    nlohmann::json shim = json_box(s.box);
    shim["zone"] = s.zone;
    shim["score"] = rounded(s.score);
    shim["threshold"] = rounded(s.threshold);
    shim["contrast"] = rounded(s.contrast);
    shim["percent"] = rounded(s.percent);
    shims.push_back(std::move(shim));
  }
  nlohmann::json gauges = nlohmann::json::array();
  for (const auto& g : report.gauges) {
    nlohmann::json gauge = json_box(g.box);
    gauge["axis"] = g.along ? "along" : "across";
    gauge["gap_mm"] = std::round(g.gap_mm * 100) / 100;
    gauge["tilt_deg"] = tenths(g.tilt_deg);
    gauge["modulation"] = rounded(g.modulation);
    gauge["score"] = rounded(g.score);
    gauge["resolved"] = g.resolved;
    gauges.push_back(std::move(gauge));
  }
  return {{"scan",
           {{"id", context.scan_id},
            {"scanner", context.scanner},
            {"date", scan_date(context)},
            {"calibration_id", context.calibration_id},
            {"software", context.scan_software},
            {"columns", images.grid.columns},
            {"rows", images.grid.rows},
            {"mm_per_px", images.grid.mm_per_px},
            {"quality", images.quality}}},
          {"software", context.software},
          {"air", json_air(report.air)},
          {"zones", json_zones(report)},
          {"wedges", wedges},
          {"material_clusters", report.material_clusters},
          {"arrows", json_arrows(report)},
          {"wires", json_wires(report)},
          {"wire_threshold_air", rounded(report.wire_threshold_air)},
          {"shims", shims},
          {"gauges", gauges},
          {"remarks", report.remarks}};
}

core::Status write_qa_report(const std::filesystem::path& folder, const QaReport& report,
                             const QaContext& context, const Images& images) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       folder.string() + ": cannot be made: " + error.message()};
  ReportPage page(folder, images);
  page.heading("Air");
  if (report.air.measured) {
    page.line(fmt::format(
        "Column means {:.3f} / {:.3f} % rms (at most 0.12), row means {:.3f} / {:.3f} % (0.05), "
        "16 columns within {:.3f} / {:.3f} % (0.1): {}",
        100 * report.air.column_rms_high, 100 * report.air.column_rms_low,
        100 * report.air.row_rms_high, 100 * report.air.row_rms_low,
        100 * report.air.block16_max_high, 100 * report.air.block16_max_low,
        report.air.passed() ? "passed" : "not passed"));
  } else {
    page.line("Not measured: " + report.air.reason);
  }
  page.heading("Plates, steps and blocks");
  for (std::size_t i = 0; i < report.wedges.size(); ++i) {
    page.line(fmt::format("Wedge {}: {} steps, {}", i, report.wedges[i].zones.size(),
                          material_name(report.wedges[i].material)));
  }
  if (report.zones.empty()) page.line("Not seen.");
  PC_CHECK(write_zone_pages(page, report, images));
  page.heading("Wires in air");
  cv::Rect all;
  std::vector<Mark> marks;
  std::string text;
  for (const auto& w : report.wires) {
    if (w.zone >= 0) continue;
    const Mark mark = wire_mark(w, images.grid);
    const cv::Rect box(mark.from, mark.to);
    all = marks.empty() ? box : (all | box);
    marks.push_back(mark);
    text +=
        fmt::format("{}{:.2g} mm ({:.1f} sigma)", text.empty() ? "" : ", ", w.diameter_mm, w.score);
  }
  if (marks.empty()) {
    page.line("Not seen.");
  } else {
    PC_CHECK(page.picture("wires-air", all, marks, text));
  }
  page.heading("Line pairs");
  if (report.gauges.empty()) page.line("Not seen.");
  for (std::size_t i = 0; i < report.gauges.size(); ++i) {
    const auto& g = report.gauges[i];
    PC_CHECK(page.picture(
        fmt::format("gauge-{}", i), rect_of(g.box), {},
        fmt::format("Gaps of {:.2f} mm {} the scan, tilted {:.1f} degrees: modulation {:.0f} %{}",
                    g.gap_mm, g.along ? "along" : "across", g.tilt_deg, 100 * g.modulation,
                    g.resolved ? "" : ", not resolved")));
  }
  PC_CHECK(core::write_file_atomically(folder / "qa.json",
                                       to_json(report, context, images).dump(2) + "\n"));
  return core::write_file_atomically(folder / "index.html", page.html(context));
}

}  // namespace portcullis::imaging
