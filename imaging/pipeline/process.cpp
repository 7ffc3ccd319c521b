#include "imaging/pipeline/process.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include "core/time.h"
#include "imaging/pipeline/calibration_mending.h"
#include "imaging/pipeline/image_assembler.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kLinesAtOnce = 1024;
constexpr int kBlocksAtOnce = 6;

/// Columns that these lines will make up, as far as their encoder counts can be believed.
int columns_of(const core::ScannerGeometry& geometry, std::span<const core::LineHeader> headers) {
  if (headers.empty()) return 1;
  std::int32_t least = headers.front().encoder_counts;
  std::int32_t most = least;
  for (const auto& header : headers) {
    least = std::min(least, header.encoder_counts);
    most = std::max(most, header.encoder_counts);
  }
  const auto range = core::image_columns(geometry, least, most);
  // An encoder that jumps says more; memory is then taken as columns come.
  const auto believed = 2 * static_cast<std::int64_t>(headers.size());
  return static_cast<int>(std::clamp<std::int64_t>(range.last - range.first + 1, 1, believed));
}

}  // namespace

Travel travel_of(const core::ScanMeta& meta) {
  const auto found = meta.extra.find("direction");
  if (found == meta.extra.end()) return Travel::kUnknown;
  if (found->second == "forward") return Travel::kForward;
  if (found->second == "back") return Travel::kBack;
  return Travel::kUnknown;
}

core::Result<Images> process(const core::RawScan& scan, const Parameters& parameters,
                             const Progress& progress) {
  const core::SystemClock clock;  // only to say how long it took
  const core::TimePoint began = clock.now();
  const std::size_t pixels = scan.pixels();
  const std::size_t lines = scan.lines.size();
  ScanProcessor::Options options;
  options.travel = travel_of(scan.meta);
  options.blocks_at_once = kBlocksAtOnce;
  options.aside = true;
  std::optional<ImageAssembler> images;  // outlives the processor, which writes to it
  options.scan_started = scan.meta.started;
  PC_TRY(const auto mended, mend_calibration(scan));
  if (mended && parameters.calibration.refuse) {
    return core::Error{core::ErrorCode::kRefused,
                       "calibration does not fit: " + mended->damage.front()};
  }
  Parameters placed_here = parameters;  // by what the lines' headers say
  placed_here.placement.motion = placed_here.placement.registration = true;
  PC_TRY(auto processor,
         ScanProcessor::create(scan.meta.geometry, mended ? mended->calibration : scan.calibration,
                               placed_here, options));
  if (scan.samples.size() != lines * pixels || scan.modules_present.size() != lines) {
    return core::Error{core::ErrorCode::kInvalidInput, "scan: samples and lines do not match"};
  }
  const PlacementParameters& placement = parameters.placement;
  std::vector<core::LineHeader> laid_out;
  if (!placement.motion || !placement.registration)
    laid_out = placed_without(scan.lines, placement);
  const std::span<const core::LineHeader> headers(laid_out.empty() ? scan.lines : laid_out);
  images.emplace(processor.rows(), columns_of(scan.meta.geometry, headers));
  const auto sink = [&](const ImageBlock& block) { images->add(block); };
  const std::span<const std::bitset<core::kModulesMax>> modules(scan.modules_present);
  const std::span<const std::uint32_t> samples(scan.samples);
  const auto in_order = [](const core::LineHeader& a, const core::LineHeader& b) {
    return a.pulse < b.pulse;
  };
  if (std::is_sorted(headers.begin(), headers.end(), in_order)) {
    for (std::size_t i = 0; i < lines; i += kLinesAtOnce) {
      const std::size_t count = std::min(kLinesAtOnce, lines - i);
      PC_CHECK(processor.push(headers.subspan(i, count), modules.subspan(i, count),
                              samples.subspan(i * pixels, count * pixels), sink));
      if (progress) progress(0.98 * static_cast<double>(i + count) / static_cast<double>(lines));
    }
  } else {
    // A file from elsewhere: line by line in the order of pulses.
    std::vector<std::size_t> order(lines);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return headers[a].pulse < headers[b].pulse;
    });
    for (const std::size_t i : order) {
      PC_CHECK(processor.push(headers.subspan(i, 1), modules.subspan(i, 1),
                              samples.subspan(i * pixels, pixels), sink));
    }
  }
  PC_TRY(const auto summary, processor.finish(sink));
  PC_TRY(Images made, images->take(summary));
  for (const auto& [name, member] : kPlacements) {
    if (!(placement.*member) && member != &PlacementParameters::geometry)
      made.quality.push_back(unplaced_remark(name));  // the processor says it of the geometry
  }
  if (mended)
    made.quality.insert(made.quality.begin(), mended->damage.begin(), mended->damage.end());
  made.correct_ms = std::chrono::duration<double, std::milli>(clock.now() - began).count();
  if (progress) progress(1.0);
  return made;
}

}  // namespace portcullis::imaging
