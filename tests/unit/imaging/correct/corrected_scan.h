#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/scan.h"
#include "imaging/correct/chain.h"
#include "simulator/offline/simulate.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

/// Simulated scans for the tests of the corrections: few pixels, one defect at a time.
namespace portcullis::imaging::testing {

inline simulator::Scanner scanner_of(std::string_view name) {
  auto scanner = simulator::load_scanner(name);
  if (!scanner.ok()) throw std::runtime_error(scanner.error().message);
  return std::move(*scanner);
}

inline simulator::Scene scene_of(const std::string& text) {
  auto scene = simulator::parse_scene(text, "test", ".");
  if (!scene.ok()) throw std::runtime_error(scene.error().message);
  return std::move(*scene);
}

inline core::RawScan scan_of(const simulator::Scene& scene, const simulator::Scanner& scanner) {
  auto scan = simulator::simulate_raw_scan(scene, scanner, core::UtcTime{}, {});
  if (!scan.ok()) throw std::runtime_error(scan.error().message);
  return std::move(*scan);
}

/// All that came out of the chain.
struct Corrected {
  std::vector<CorrectedLine> lines;  ///< Spans point into the two below.
  std::vector<float> transmission;
  std::vector<std::uint8_t> bad;
  CorrectionReport report;
  std::size_t pixels = 0;

  [[nodiscard]] std::span<const float> line(std::size_t i) const {
    return {&transmission[i * pixels], pixels};
  }
};

inline Corrected correct(const core::RawScan& scan, const CorrectionParameters& parameters = {},
                         std::size_t batch = 1 << 20) {
  auto chain = CorrectionChain::create(scan.meta.geometry, scan.calibration, parameters);
  if (!chain.ok()) throw std::runtime_error(chain.error().message);
  Corrected out;
  out.pixels = scan.pixels();
  const auto sink = [&out](const CorrectedLine& line) {
    out.lines.push_back(line);
    out.lines.back().transmission = {};
    out.lines.back().bad = {};
    const std::size_t at = out.transmission.size();
    out.transmission.resize(at + out.pixels);
    out.bad.resize(at + out.pixels);
    std::copy(line.transmission.begin(), line.transmission.end(),
              out.transmission.begin() + static_cast<std::ptrdiff_t>(at));
    std::copy(line.bad.begin(), line.bad.end(), out.bad.begin() + static_cast<std::ptrdiff_t>(at));
  };
  for (std::size_t from = 0; from < scan.lines.size(); from += batch) {
    const std::size_t count = std::min(batch, scan.lines.size() - from);
    chain->push({&scan.lines[from], count}, {&scan.modules_present[from], count},
                {&scan.samples[from * out.pixels], count * out.pixels}, sink);
  }
  chain->finish(sink);
  out.report = chain->report();
  return out;
}

/// A small container part: floor, roof, wall with a post, goods of three thicknesses.
inline std::string cargo(std::string_view scanner, double x_to_mm) {
  return "seed = 11\n[scan]\nscanner = \"" + std::string(scanner) +
         "\"\nx_from_mm = -400\nx_to_mm = " + std::to_string(x_to_mm) +
         "\n[vehicle]\nkind = \"none\"\n[[container]]\nnumber = \"CSQU3054383\"\niso_type = "
         "\"22G1\"\n"
         "[[object]]\nname = \"paper\"\ncontainer = 0\nshape = \"box\"\nsize_mm = [900, 1800, "
         "1300]\ncenter_mm = [600, 0, 700]\nmaterial = \"paper\"\ndensity_g_cm3 = 0.5\n"
         "[[object]]\nname = \"drum\"\ncontainer = 0\nshape = \"cylinder\"\nsize_mm = [580, "
         "880]\ncenter_mm = [1500, 0, 460]\nmaterial = \"water\"\n"
         "[[object]]\nname = \"steel\"\ncontainer = 0\nshape = \"box\"\nsize_mm = [300, 150, "
         "700]\ncenter_mm = [1500, 0, 1400]\nmaterial = \"steel\"\n";
}

/// Over the lines that both measured and all pixels.
inline double rms_between(const Corrected& a, const Corrected& b) {
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < std::min(a.lines.size(), b.lines.size()); ++i) {
    if (a.lines[i].state != LineState::kMeasured || b.lines[i].state != LineState::kMeasured)
      continue;
    for (std::size_t p = 0; p < a.pixels; ++p) {
      const double d = static_cast<double>(a.line(i)[p]) - static_cast<double>(b.line(i)[p]);
      sum += d * d;
      count += 1;
    }
  }
  return std::sqrt(sum / count);
}

}  // namespace portcullis::imaging::testing
