#include "imaging/pipeline/block_classifier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/huge_pages.h"
#include "core/parallel.h"
#include "imaging/display/portable_math.h"

namespace portcullis::imaging {

namespace {

constexpr float kTransmissionMin = 1e-7F;
/// Behind 320 mm of steel (1.09e-4 and 3.5e-5 of air) within 5e-6 of the narrow beam's figures.
constexpr double kScatterLeftCorrected = 1.5e-5;
constexpr float kAttenuationMax = 15.9F;
/// Goods of which nothing but the attenuation is known: half way from light inorganic goods to the
/// middle of organic ones, in the material coordinate of polyethylene.
constexpr float kUnknownGoods = 0.38F;

double electronic_variance(const core::CalibrationFrame& dark, const core::CalibrationFrame& air) {
  std::vector<double> relative;
  for (std::size_t p = 0; p < dark.variance_counts2.size() && p < air.mean_counts.size(); ++p) {
    const double signal =
        static_cast<double>(air.mean_counts[p]) - static_cast<double>(dark.mean_counts[p]);
    if (signal > 0)
      relative.push_back(static_cast<double>(dark.variance_counts2[p]) / (signal * signal));
  }
  if (relative.empty()) return 0;
  const auto middle = relative.begin() + static_cast<std::ptrdiff_t>(relative.size() / 2);
  std::nth_element(relative.begin(), middle, relative.end());
  return *middle;
}

/// exp(-h) by powers of 2^-1/16 and a short series: the same bits on every machine.
float portable_exp_minus(float h) {
  double x = static_cast<double>(h);
  // (1 - y + y^2/2 - y^3/6 + y^4/24) of x / 1024, squared ten times: within 1e-9.
  const double y = x / 1024.0;
  double e = 1.0 - y * (1.0 - y / 2.0 * (1.0 - y / 3.0 * (1.0 - y / 4.0)));
  for (int i = 0; i < 10; ++i) e *= e;
  return static_cast<float>(e);
}

}  // namespace

void Strip::resize(int new_columns, int new_rows) {
  columns = new_columns;
  rows = new_rows;
  const std::size_t size = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  // All of it is written; what was there before need not be cleared.
  for (auto* plane : {&high, &low}) core::resized_on_huge_pages(*plane, size);
  core::resized_on_huge_pages(bad, size);
  line_spacing_mm.resize(static_cast<std::size_t>(columns));
}

BlockClassifier::BlockClassifier(const core::ScannerGeometry& geometry,
                                 const core::Calibration& calibration,
                                 std::span<const core::WedgeStep> wedges,
                                 std::span<const std::uint8_t> bad_pixels,
                                 std::span<const float> rows_obliquity,
                                 std::span<const float> ray_spacing_mm, bool denoise)
    : mm_per_px_(geometry.image_mm_per_px),
      denoise_(denoise),
      obliquity_(rows_obliquity.begin(), rows_obliquity.end()),
      ray_spacing_mm_(ray_spacing_mm.begin(), ray_spacing_mm.end()),
      electronic_high_(electronic_variance(calibration.dark, calibration.air_high)),
      electronic_low_(electronic_variance(calibration.dark, calibration.air_low)),
      // Without an opaque block in the calibration the scatter of a wide load is all there.
      scatter_left_(calibration.detector.blocks.empty() ? kScatterLeftUnknown
                                                        : kScatterLeftCorrected) {
  auto curves = MaterialCurves::create(wedges, bad_pixels);
  if (curves.ok()) {
    curves_ = std::make_unique<MaterialCurves>(std::move(curves).value());
  } else {
    problem_ = "no material and no mass: " + curves.error().message;
  }
}

void BlockClassifier::set_photon_variance(double high, double low) {
  photon_high_ = high;
  photon_low_ = low;
}

void BlockClassifier::estimate_plane(Strip& strip, Energies energies) const {
  const auto& from = energies == Energies::kHighOnly ? strip.high : strip.low;
  auto& to = energies == Energies::kHighOnly ? strip.low : strip.high;
  if (curves_ == nullptr) {
    to = from;
    return;
  }
  // H of aluminium for L, in the steps the curves have.
  std::vector<float> high_of_low;
  constexpr float kStep = 1.0F / MaterialCurves::kStepsPerUnit;
  if (energies == Energies::kLowOnly) {
    high_of_low.resize(MaterialCurves::kSteps + 1);
    float high = 0;
    for (std::size_t i = 0; i < high_of_low.size(); ++i) {
      const float low = static_cast<float>(i) * kStep;
      while (high < kAttenuationMax && curves_->low_of(high, 0) < low) high += 0.25F * kStep;
      high_of_low[i] = high;
    }
  }
  core::parallel_for(from.size(), 1U << 16U, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const float t = from[i];
      if (t > 0.999F) {  // air, with its noise
        to[i] = t;
        continue;
      }
      const float seen = std::min(-portable_log(std::max(t, kTransmissionMin)), kAttenuationMax);
      const float other =
          energies == Energies::kHighOnly
              ? curves_->low_of(seen, 0)
              : high_of_low[static_cast<std::size_t>(seen * MaterialCurves::kStepsPerUnit)];
      to[i] = portable_exp_minus(other);
    }
  });
}

void BlockClassifier::classify_strip(Strip& strip, Energies energies,
                                     ClassifyWorkspace& workspace) const {
  const std::size_t size = strip.high.size();
  if (energies != Energies::kBoth) estimate_plane(strip, energies);
  if (curves_ == nullptr) {
    strip.found.mass_g_cm2.assign(size, 0.0F);
    strip.found.material.assign(size, static_cast<std::uint8_t>(Material::kNone));
    strip.found.confidence.assign(size, 0.0F);
    strip.found.marks.assign(size, 0);
    strip.found.effective_z_halves.assign(size, 0);
  } else if (energies != Energies::kBoth) {
    strip.found.mass_g_cm2.resize(size);
    strip.found.material.assign(size, static_cast<std::uint8_t>(Material::kNone));
    strip.found.confidence.assign(size, 0.0F);
    strip.found.marks.assign(size, 0);
    strip.found.effective_z_halves.assign(size, 0);
    core::parallel_for(size, 1U << 16U, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const float high = -portable_log(std::max(strip.high[i], kTransmissionMin));
        const float m = kUnknownGoods * curves_->at(std::max(high, 0.0F)).m_polyethylene;
        strip.found.mass_g_cm2[i] = curves_->mass_g_cm2(high, m);
        if (high > kTooThick_attenuation)
          strip.found.material[i] = static_cast<std::uint8_t>(Material::kTooThick);
      }
    });
  } else {
    ClassifyInput input;
    input.columns = strip.columns;
    input.rows = strip.rows;
    input.mm_per_px = mm_per_px_;
    input.column_first = strip.first_column;
    input.transmission_high = strip.high;
    input.transmission_low = strip.low;
    input.bad = strip.bad;
    input.photon_high = photon_high_;
    input.photon_low = photon_low_;
    input.electronic_high = electronic_high_;
    input.electronic_low = electronic_low_;
    input.column_spacing_mm = strip.line_spacing_mm;
    input.ray_spacing_mm = ray_spacing_mm_;
    input.obliquity = obliquity_;
    input.denoise = denoise_;
    input.scatter_left = scatter_left_;
    classify(input, *curves_, workspace, strip.found);
  }
  for (auto* plane : {&strip.high, &strip.low}) {
    core::parallel_for(size, 1U << 16U, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        (*plane)[i] = std::max((*plane)[i], kTransmissionMin);
    });
  }
}

}  // namespace portcullis::imaging
