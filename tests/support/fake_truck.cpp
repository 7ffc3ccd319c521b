#include "tests/support/fake_truck.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <mutex>
#include <span>
#include <utility>

#include "simulator/physics/random.h"

namespace portcullis::test {
namespace {

using services::CaseState;

constexpr int kColumns = kTruckColumns;
constexpr int kRows = kTruckRows;
constexpr double kMmPerPx = 5;

/// A truck as attenuation of both energies and class, drawn with rectangles and wheels.
struct Canvas {
  std::vector<float> high = std::vector<float>(static_cast<std::size_t>(kColumns) * kRows);
  std::vector<float> low = high;
  std::vector<float> mass = high;
  std::vector<std::uint8_t> material = std::vector<std::uint8_t>(high.size());

  void put(int column, int row, double attenuation, std::uint8_t kind) {
    if (column < 0 || row < 0 || column >= kColumns || row >= kRows) return;
    const auto at = static_cast<std::size_t>(row) * kColumns + static_cast<std::size_t>(column);
    static constexpr double kLowRatio[] = {1.0, 1.28, 1.20, 1.10, 1.02, 1.0};
    static constexpr double kMassPer[] = {0, 30, 32, 33, 24, 33};
    high[at] += static_cast<float>(attenuation);
    low[at] += static_cast<float>(attenuation * kLowRatio[kind]);
    mass[at] += static_cast<float>(attenuation * kMassPer[kind]);
    // What attenuates most names the class.
    if (attenuation > 0.4 * static_cast<double>(high[at]) || kind == 4) material[at] = kind;
    if (high[at] > 7.5F) material[at] = 5;
  }
  void box(double x_mm, double top_mm, double w_mm, double h_mm, double attenuation,
           std::uint8_t kind) {
    for (int row = static_cast<int>(top_mm / kMmPerPx);
         row < static_cast<int>((top_mm + h_mm) / kMmPerPx); ++row) {
      for (int column = static_cast<int>(x_mm / kMmPerPx);
           column < static_cast<int>((x_mm + w_mm) / kMmPerPx); ++column) {
        put(column, row, attenuation, kind);
      }
    }
  }
  void wheel(double x_mm, double top_mm, double radius_mm) {
    const int radius = static_cast<int>(radius_mm / kMmPerPx);
    const int x = static_cast<int>(x_mm / kMmPerPx);
    const int y = static_cast<int>(top_mm / kMmPerPx);
    for (int row = -radius; row <= radius; ++row) {
      for (int column = -radius; column <= radius; ++column) {
        const double r = std::hypot(row, column) / radius;
        if (r <= 1) put(x + column, y + row, r > 0.55 ? 1.2 : 2.6, r > 0.55 ? 1 : 3);
      }
    }
  }
};

Canvas draw_canvas() {
  Canvas canvas;
  canvas.box(700, 1350, 1800, 1900, 0.16, 3);  // cab
  canvas.box(1300, 2300, 1300, 900, 2.2, 3);   // engine
  canvas.box(900, 3150, 12600, 160, 1.4, 3);   // frame
  for (const double x : {1250.0, 3400.0, 4000.0, 10600.0, 11450.0, 12300.0})
    canvas.wheel(x, 3650, 500);
  canvas.box(3150, 600, 10000, 2550, 0.13, 3);  // walls, both sides
  canvas.box(3150, 600, 80, 2550, 0.8, 3);      // posts, front and rear
  canvas.box(13070, 600, 80, 2550, 0.8, 3);
  canvas.box(3150, 600, 10000, 60, 0.6, 3);   // roof
  canvas.box(3230, 3020, 9840, 120, 0.9, 1);  // floor
  for (int pallet = 0; pallet < 5; ++pallet) {
    for (int row = 0; row < 4; ++row) {
      for (int column = 0; column < 3; ++column) {
        canvas.box(3350 + pallet * 1250 + column * 365, 1300 + row * 430, 350, 415, 1.9, 1);
      }
    }
  }
  for (int drum = 0; drum < 3; ++drum) {
    for (int level = 0; level < 2; ++level) {
      canvas.box(9700 + drum * 620, 1300 + level * 880, 560, 830, 2.3, 1);
      canvas.box(9700 + drum * 620, 1300 + level * 880, 20, 830, 0.5, 3);
    }
  }
  canvas.box(11800, 1900, 1000, 1100, 3.6, 3);  // pump set
  canvas.box(12000, 1500, 350, 400, 2.9, 3);
  canvas.box(11850, 1650, 130, 240, 1.1, 2);
  canvas.box(5900, 2100, 160, 140, 1.6, 3);   // what does not belong: metal in a carton
  canvas.box(12150, 2250, 200, 160, 3.4, 4);  // and heavy metal in the pump set
  return canvas;
}

const Canvas& canvas_once() {
  static const Canvas canvas = draw_canvas();
  return canvas;
}

/// Little-endian, as the machine's own.
std::vector<std::byte> bytes_of(const std::vector<std::uint16_t>& codes) {
  static_assert(std::endian::native == std::endian::little);
  const auto bytes = std::as_bytes(std::span(codes));
  return {bytes.begin(), bytes.end()};
}

std::vector<std::byte> draw_plane(services::ImagePlane plane, unsigned seed) {
  const Canvas& canvas = canvas_once();
  if (plane == services::ImagePlane::kMaterial) {
    const auto bytes = std::as_bytes(std::span(canvas.material));
    return {bytes.begin(), bytes.end()};
  }
  const auto& values = plane == services::ImagePlane::kHigh  ? canvas.high
                       : plane == services::ImagePlane::kLow ? canvas.low
                                                             : canvas.mass;
  std::vector<std::uint16_t> codes(values.size());
  // The library's normal distribution would be most of what a screen's test spends.
  simulator::Random random(seed, simulator::Stream::kPattern);
  const auto noise = [&] { return static_cast<float>(random.normal()); };
  for (std::size_t i = 0; i < values.size(); ++i) {
    float code = 0.5F + 100 * values[i];
    if (plane == services::ImagePlane::kHigh)
      code = 1024.5F + 4096 * (values[i] + 0.006F * noise() * std::exp(values[i] / 2));
    else if (plane == services::ImagePlane::kLow)
      code = 1024.5F + 4096 * (values[i] + 0.006F * noise());
    codes[i] = static_cast<std::uint16_t>(std::clamp(code, 0.0F, 65535.0F));
  }
  return bytes_of(codes);
}

core::Declaration truck_declaration() {
  core::Declaration declaration;
  declaration.system = "wco";
  declaration.mrn = "26DE586600006143R8";
  declaration.procedure = "import";
  declaration.vehicle_plate = "B-KL 4417";
  const auto item = [](int number, const char* hs, const char* text, const char* kind, double count,
                       double kg) {
    core::DeclaredItem row;
    row.number = number;
    row.hs_code = hs;
    row.description = text;
    row.package_kind = kind;
    row.packages = count;
    row.gross_mass_kg = kg;
    return row;
  };
  declaration.items = {item(1, "480256", "Paper, in cartons", "PX", 5, 11240),
                       item(2, "271019", "Lubricating oil", "DR", 6, 1180),
                       item(3, "841370", "Centrifugal pumps", "CS", 1, 1460)};
  core::DeclaredContainer container;
  container.number = "CSQU3054383";
  container.iso_type = "45G1";
  container.seals = {"0088121"};
  declaration.containers = {container};
  return declaration;
}

core::Finding box_finding(core::FindingKind kind, double score, double x_mm, double top_mm,
                          double w_mm, double h_mm, const char* material, const char* text) {
  core::Finding finding;
  finding.kind = kind;
  finding.score = score;
  finding.bbox_px = {static_cast<int>(x_mm / kMmPerPx), static_cast<int>(top_mm / kMmPerPx),
                     static_cast<int>(w_mm / kMmPerPx), static_cast<int>(h_mm / kMmPerPx)};
  finding.bbox_mm = {x_mm, 4500 - top_mm - h_mm, w_mm, h_mm};
  finding.material = material;
  finding.text = text;
  return finding;
}

}  // namespace

services::Image draw_truck(services::ImagePlane plane, unsigned seed) {
  using Pixels = std::shared_ptr<const std::vector<std::byte>>;
  static std::mutex mutex;
  static std::map<std::pair<services::ImagePlane, unsigned>, Pixels> drawn;
  services::Image image;
  image.columns = kColumns;
  image.rows = kRows;
  image.mm_per_px = kMmPerPx;
  image.x_first_mm = 0;
  image.z_first_mm = 4500;
  image.bytes_per_pixel = plane == services::ImagePlane::kMaterial ? 1 : 2;
  const std::lock_guard lock(mutex);
  Pixels& pixels = drawn[{plane, seed}];
  if (!pixels) pixels = std::make_shared<const std::vector<std::byte>>(draw_plane(plane, seed));
  image.pixels = pixels;
  return image;
}

services::CaseView truck_case(const std::string& case_id, const std::string& scan_id, bool clear) {
  services::CaseView view;
  view.case_id = case_id;
  view.scan_id = scan_id;
  view.state = CaseState::kToDecide;
  view.simulated = true;
  view.vehicle_plate = "B-KL 4417";
  view.container_numbers = {"CSQU3054383"};
  view.declarations = {{"d-1", truck_declaration(), "container"}};
  core::InspectionReport report;
  report.scan_id = scan_id;
  report.columns = kColumns;
  report.rows = kRows;
  report.mm_per_px = kMmPerPx;
  const auto check = [](const char* name, core::CheckOutcome outcome, const char* text) {
    core::Check row;
    row.name = name;
    row.outcome = outcome;
    row.text = text;
    return row;
  };
  report.checks = {
      check("mass", core::CheckOutcome::kAgrees, "seen 13.6 t (13.1 to 14.2), declared 13.9 t"),
      check("packages", core::CheckOutcome::kAgrees, "5 pallets and 6 drums, as declared")};
  if (clear) {
    report.verdict.outcome = core::VerdictOutcome::kClear;
  } else {
    report.checks.push_back(
        check("material", core::CheckOutcome::kDiffers, "metal in a carton; HS 4802 is paper"));
    report.checks.push_back(
        check("pump_set", core::CheckOutcome::kUnknown, "cannot say behind 120 mm steel"));
    report.findings = {
        box_finding(core::FindingKind::kSmallDenseObject, 0.94, 5900, 2100, 160, 140, "metal",
                    "Metal, about 16 x 14 x 4 cm, in paper cartons; the neighbours hold none."),
        box_finding(core::FindingKind::kShielding, 0.61, 12150, 2250, 200, 160, "heavy metal",
                    "Heavy metal, 20 x 16 cm, in the pump set; more than steel there would need.")};
    report.verdict.outcome = core::VerdictOutcome::kInspect;
  }
  view.answers.assign(report.findings.size(), core::FindingAnswer::kNone);
  view.report = std::move(report);
  for (int i = 0; i < 300; ++i) {
    const bool beside = i < 8 || i > 291;
    const double dip = beside ? 0 : 55 + 14 * std::sin(i / 34.0);
    view.radiation_profile.push_back(
        {static_cast<float>(i) * 0.1F, static_cast<float>(251 - dip + 3 * std::sin(i * 1.7))});
  }
  // In 30 s; an alarm is 7 standard deviations over the background's 251 counts.
  view.radiation_passage = {30, 0.1, 251, 251 + 7 * std::sqrt(251.0), 1.5};
  return view;
}

services::CaseView scene_case(const std::string& scene, const std::string& case_id,
                              const std::string& scan_id) {
  services::CaseView view = truck_case(case_id, scan_id, false);
  core::InspectionReport& report = *view.report;
  if (scene == "partial") {
    report.lines_lost = 214;
    view.scan_damage = {"partial scan: interrupted, emergency stop 2", "214 lines lost",
                        "module 17 missing on 214 lines", "2 arced pulses left out"};
    report.quality = view.scan_damage;
  } else if (scene == "undeclared" || scene == "lookup") {
    view.declarations.clear();
    report.checks = {{"identity", core::CheckOutcome::kUnknown, "CSQU3054383", "not known",
                      "There is no declaration to compare with."},
                     {"mass", core::CheckOutcome::kUnknown, "13.6 t", "not known",
                      "Container CSQU3054383: the load weighs about 13.6 t in the image; no "
                      "declaration says what it should weigh."}};
    if (scene == "lookup") view.declaration_problem = "the customs gateway does not answer";
  } else if (scene == "ambiguous") {
    core::Declaration second = truck_declaration();
    second.mrn = "26DE586600007001R2";
    second.items.resize(1);
    second.items[0].description = "Office furniture of wood";
    second.items[0].hs_code = "9403308000";
    view.declarations.push_back({"d-2", second, "container"});
    report.checks.push_back({"declaration", core::CheckOutcome::kUnknown, "two", "one declaration",
                             "Container CSQU3054383: 26DE586600006143R8 and 26DE586600007001R2 "
                             "together declare 18.1 t, which the image does not show; "
                             "26DE586600006143R8 alone would agree: the documents must tell which "
                             "holds."});
  } else if (scene == "findings") {
    for (const double x_mm : {3600.0, 4900.0, 7400.0, 9800.0}) {
      report.findings.push_back(
          box_finding(core::FindingKind::kAnomalousRegion, 0.55, x_mm, 1400, 500, 600, "organic",
                      "A region unlike its neighbours: denser by 14 g/cm2 over 50 x 60 cm, where "
                      "the same goods "
                      "repeat on every other pallet and none of them looks like this."));
    }
  } else if (scene == "goods") {
    auto& items = view.declarations[0].declaration.items;
    items.clear();
    for (int i = 0; i < 40; ++i) {
      core::DeclaredItem item;
      item.number = i + 1;
      item.hs_code = "48025690" + std::to_string(10 + i);
      item.description =
          "Uncoated paper and paperboard, of a kind used for writing, printing or other graphic "
          "purposes, in reams of 500 sheets, on pallets wrapped in film, Donaudampfschifffahrts"
          "elektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft, lot " +
          std::to_string(i + 1);
      item.package_kind = "CT";
      item.packages = 1000 * i + 1;
      item.gross_mass_kg = 123.4 * i;
      items.push_back(item);
    }
  } else if (scene == "mass") {
    report.findings = {box_finding(core::FindingKind::kMassMismatch, 0.99, 3150, 600, 10000, 2550,
                                   "",
                                   "Container CSQU3054383: the load weighs about 410 kg in the "
                                   "image, 13.1 t less than the 13.5 t declared.")};
    report.checks = {
        {"identity", core::CheckOutcome::kAgrees, "CSQU3054383", "CSQU3054383",
         "Container CSQU3054383 is as declared."},
        {"mass", core::CheckOutcome::kDiffers, "410 kg", "13.5 t",
         "Container CSQU3054383: the load weighs about 410 kg in the image, 13.1 t less "
         "than the 13.5 t declared."}};
    view.scan_damage = {"1 pulse without dose", "2 arced pulses left out"};
  }
  view.answers.assign(report.findings.size(), core::FindingAnswer::kNone);
  return view;
}

services::Image plain_image(services::ImagePlane plane, std::uint32_t columns, std::uint32_t rows) {
  services::Image image;
  image.columns = columns;
  image.rows = rows;
  image.mm_per_px = kMmPerPx;
  image.bytes_per_pixel = plane == services::ImagePlane::kMaterial ? 1 : 2;
  image.pixels = std::make_shared<const std::vector<std::byte>>(
      static_cast<std::size_t>(columns) * rows * image.bytes_per_pixel, std::byte{3});
  return image;
}

void truck_column(int column, std::span<std::uint8_t> gray) {
  const Canvas& canvas = canvas_once();
  for (int row = 0; row < kRows; ++row) {
    const double a = static_cast<double>(
        canvas.high[static_cast<std::size_t>(row) * kColumns + static_cast<std::size_t>(column)]);
    gray[static_cast<std::size_t>(row)] =
        static_cast<std::uint8_t>(255 * (1 - std::pow(std::min(a / 6.2, 1.0), 0.72)));
  }
}

}  // namespace portcullis::test
