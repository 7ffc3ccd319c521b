#include "imaging/correct/calibrated.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace portcullis::imaging {

namespace {

std::vector<BlockTransmission> block_transmissions(const core::ScannerGeometry& geometry,
                                                   const core::Calibration& calibration,
                                                   const CorrectionParameters& on,
                                                   const Calibrated& c) {
  const std::size_t pixels = geometry.pixels.size();
  const PixelFill fill(geometry, c.found.bad);
  std::vector<BlockTransmission> out;
  for (const auto& block : calibration.detector.blocks) {
    if (block.high.mean_counts.size() != pixels || block.low.mean_counts.size() != pixels) continue;
    BlockTransmission t;
    t.high.resize(pixels);
    t.low.resize(pixels);
    c.dark.apply(block.high.mean_counts, block.high.temperature_c, t.high);
    c.dark.apply(block.low.mean_counts, block.low.temperature_c, t.low);
    if (c.afterglow) {
      remove_steady_afterglow(*c.afterglow, 1 / geometry.pulse_rate_hz, t.high, t.low);
    }
    for (auto* one : {&t.high, &t.low}) {
      const bool is_high = one == &t.high;
      const AirGain& gain = is_high ? c.high : c.low;
      const double dose = is_high ? block.high.dose_mean_counts : block.low.dose_mean_counts;
      const double share = on.dose ? gain.dose_share(dose) : 1.0;
      if (!(share > 0)) return {};
      gain.apply(share, *one);
      fill.apply(*one);
      for (std::size_t m = 0; c.cross_talk && m < geometry.module_count; ++m) {
        c.cross_talk->apply(
            {one->data() + m * geometry.pixels_per_module, geometry.pixels_per_module});
      }
      fill.apply(*one);
    }
    out.push_back(std::move(t));
  }
  return out;
}

}  // namespace

Calibrated calibrate(const core::ScannerGeometry& geometry, const core::Calibration& calibration,
                     const CorrectionParameters& on, BadPixels found) {
  const std::size_t pixels = geometry.pixels.size();
  core::CalibrationFrame none;
  none.mean_counts.assign(pixels, 0.0F);
  const core::CalibrationFrame& dark_frame = on.dark ? calibration.dark : none;
  DarkLevel dark(dark_frame, calibration.detector.dark_second, found.bad, on.dark && on.dark_drift);
  std::vector<float> high(pixels), low(pixels);
  dark.apply(calibration.air_high.mean_counts, calibration.air_high.temperature_c, high);
  dark.apply(calibration.air_low.mean_counts, calibration.air_low.temperature_c, low);
  std::vector<std::string> notes;
  std::optional<AfterglowModel> afterglow;
  const double period_s = 1 / geometry.pulse_rate_hz;
  const auto& detector = calibration.detector;
  if (on.afterglow) afterglow = fit_afterglow(geometry, calibration, found.bad);
  if (on.afterglow && detector.decay.empty())
    notes.emplace_back("afterglow not corrected: the calibration has no decay after beam");
  else if (on.afterglow && !afterglow)
    notes.emplace_back("afterglow not corrected: the calibration's decay after beam shows none");
  auto wedges = calibration.wedges;
  if (afterglow) {
    std::vector<float> step_high(pixels), step_low(pixels);
    const auto air_high = high;
    const auto air_low = low;
    remove_steady_afterglow(*afterglow, period_s, high, low);
    for (auto& step : wedges) {
      if (step.transmission_high.size() != pixels || step.transmission_low.size() != pixels)
        continue;
      for (std::size_t p = 0; p < pixels; ++p) {
        step_high[p] = step.transmission_high[p] * air_high[p];
        step_low[p] = step.transmission_low[p] * air_low[p];
      }
      remove_steady_afterglow(*afterglow, period_s, step_high, step_low);
      for (std::size_t p = 0; p < pixels; ++p) {
        step.transmission_high[p] = high[p] > 0 ? step_high[p] / high[p] : 0.0F;
        step.transmission_low[p] = low[p] > 0 ? step_low[p] / low[p] : 0.0F;
      }
    }
  }
  Calibrated c{std::move(found),
               std::move(dark),
               AirGain(high, calibration.air_high.dose_mean_counts, on.gain),
               AirGain(low, calibration.air_low.dose_mean_counts, on.gain),
               afterglow,
               std::nullopt,
               0,
               std::nullopt,
               std::move(wedges),
               std::move(notes)};
  const auto share = measure_cross_talk(geometry, detector.neighbours, c.found.bad);
  if (share) c.cross_talk_share = std::max(0.0, *share);
  if (on.cross_talk) {
    if (share) c.cross_talk.emplace(*share, geometry.pixels_per_module);
    if (detector.neighbours.lines == 0)
      c.notes.emplace_back("cross-talk not corrected: the calibration has no neighbours' noise");
    else if (!share)
      c.notes.emplace_back(
          "cross-talk not corrected: the noise of the calibration's neighbours tells none");
  }
  if (on.scatter) {
    const auto blocks = block_transmissions(geometry, calibration, on, c);
    if (const auto model = fit_scatter(blocks, c.found.bad)) c.scatter.emplace(*model, pixels);
    if (detector.blocks.empty())
      c.notes.emplace_back("scatter not corrected: the calibration has no opaque block");
    else if (!c.scatter)
      c.notes.emplace_back(
          "scatter not corrected: the shadow of the calibration's opaque blocks fits no model");
  }
  return c;
}

}  // namespace portcullis::imaging
