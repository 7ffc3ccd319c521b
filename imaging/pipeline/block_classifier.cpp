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

constexpr std::size_t kRowsOfOneEnergy = 16;  ///< At once.
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

/// Calls `body(y)` for all rows of the strip, on core::parallel_for.
template <class Body>
void for_rows_of(const Strip& strip, const Body& body) {
  core::parallel_for(static_cast<std::size_t>(strip.rows), kRowsOfOneEnergy,
                     [&](std::size_t from, std::size_t to) {
                       for (std::size_t y = from; y < to; ++y) body(static_cast<int>(y));
                     });
}

}  // namespace

void Strip::resize(int new_columns, int new_rows) {
  columns = new_columns;
  rows = new_rows;
  // All of it is written; what was there before need not be cleared.
  for (auto* plane : {&high, &low}) plane->reshape(columns, rows);
  core::resized_on_huge_pages(bad, stride() * static_cast<std::size_t>(rows));
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

std::vector<std::string> BlockClassifier::notes() const {
  if (curves_ == nullptr || curves_->has_lead()) return {};
  return {"heavy metal is not told from metal: the calibration has no wedge of lead"};
}

void BlockClassifier::set_photon_variance(double high, double low) {
  photon_high_ = high;
  photon_low_ = low;
}

void BlockClassifier::estimate_plane(Strip& strip, Energies energies) const {
  const auto& from_plane = energies == Energies::kHighOnly ? strip.high : strip.low;
  auto& to_plane = energies == Energies::kHighOnly ? strip.low : strip.high;
  if (curves_ == nullptr) {
    to_plane = from_plane;
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
  for_rows_of(strip, [&](int y) {
    const float* const from = from_plane.row(y);
    float* const to = to_plane.row(y);
    for (int x = 0; x < strip.columns; ++x) {
      const float t = from[x];
      if (t > 0.999F) {  // air, with its noise
        to[x] = t;
        continue;
      }
      const float seen = std::min(-portable_log(std::max(t, kTransmissionLeast)), kAttenuationMax);
      const float other =
          energies == Energies::kHighOnly
              ? curves_->low_of(seen, 0)
              : high_of_low[static_cast<std::size_t>(seen * MaterialCurves::kStepsPerUnit)];
      to[x] = portable_exp_minus(other);
    }
  });
}

void BlockClassifier::classify_strip(Strip& strip, Energies energies, ClassifyWorkspace& workspace,
                                     ClassifyOutput& found) const {
  if (energies != Energies::kBoth) estimate_plane(strip, energies);
  if (curves_ != nullptr && energies == Energies::kBoth) {
    ClassifyInput input;
    input.columns = strip.columns;
    input.rows = strip.rows;
    input.mm_per_px = mm_per_px_;
    input.column_first = strip.first_column;
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
    classify(input, *curves_, strip.high, strip.low, workspace, found);
    return;
  }
  const std::size_t stride = strip.stride();
  const std::size_t size = stride * static_cast<std::size_t>(strip.rows);
  found.stride = stride;
  found.mass_g_cm2.assign(size, 0.0F);
  found.material.assign(size, static_cast<std::uint8_t>(Material::kNone));
  found.confidence_percent.assign(size, 0);
  found.marks.assign(size, 0);
  found.effective_z_halves.assign(size, 0);
  for_rows_of(strip, [&](int y) {
    float* const highs = strip.high.row(y);
    float* const lows = strip.low.row(y);
    const std::size_t first = static_cast<std::size_t>(y) * stride;
    for (std::size_t x = 0; x < static_cast<std::size_t>(strip.columns); ++x) {
      highs[x] = std::max(highs[x], kTransmissionLeast);
      lows[x] = std::max(lows[x], kTransmissionLeast);
      if (curves_ == nullptr) continue;
      const float high = -portable_log(highs[x]);
      const float m = kUnknownGoods * curves_->at(std::max(high, 0.0F)).m_polyethylene;
      found.mass_g_cm2[first + x] = curves_->mass_g_cm2(high, m);
      if (high > kTooThick_attenuation)
        found.material[first + x] = static_cast<std::uint8_t>(Material::kTooThick);
    }
  });
}

}  // namespace portcullis::imaging
