#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
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

}  // namespace portcullis::imaging::testing
