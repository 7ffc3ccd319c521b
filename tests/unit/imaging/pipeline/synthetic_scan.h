#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "core/scan.h"
#include "simulator/physics/random.h"

/// A scanner and its raw data made from theory alone, for the tests of imaging: it shares no code
/// with the product or its simulator.
///
/// Spectra: thin-target bremsstrahlung of 6 and 4 MV behind 2 mm of tungsten and 5 mm of iron
/// (Koch and Motz 1959, 3BS(e)), detected by 30 mm of CdWO4 that integrates energy; coefficients of
/// NIST (Hubbell and Seltzer); 28 Gauss-Legendre points in the logarithm of energy. The figures
/// below were worked out by a separate program.
namespace portcullis::imaging::testing {

enum Matter { kPolyethylene, kPaper, kWater, kAluminium, kIron, kLead };
/// Areal density along the ray of each Matter, g/cm2.
using Path = std::array<double, 6>;

inline constexpr std::size_t kPoints = 28;
inline constexpr std::array<double, kPoints> kWeight_high{
    3.81423e-03, 1.61646e-02, 3.65854e-02, 5.92046e-02, 7.88962e-02, 9.31552e-02, 1.01052e-01,
    1.03234e-01, 9.97424e-02, 9.25437e-02, 8.23900e-02, 7.01367e-02, 5.67114e-02, 4.37349e-02,
    3.14047e-02, 1.94660e-02, 9.03692e-03, 2.43917e-03, 2.80737e-04, 7.56241e-06, 2.34564e-08,
    4.92637e-12, 4.05239e-17, 1.43977e-08, 9.32690e-11, 4.66437e-13, 4.04936e-15, 1.12850e-16};
inline constexpr std::array<std::array<double, kPoints>, 6> kAttenuation_high_cm2_g{{
    {{2.77326e-02, 2.82771e-02, 2.92770e-02, 3.07762e-02, 3.28666e-02, 3.56061e-02,
      3.91066e-02, 4.34388e-02, 4.87488e-02, 5.50684e-02, 6.24619e-02, 7.08520e-02,
      8.02032e-02, 9.03070e-02, 1.01138e-01, 1.12320e-01, 1.23745e-01, 1.35013e-01,
      1.46082e-01, 1.56428e-01, 1.65844e-01, 1.74683e-01, 1.82519e-01, 1.89738e-01,
      1.95920e-01, 2.01457e-01, 2.05548e-01, 2.07877e-01}},  // polyethylene
    {{2.64733e-02, 2.69570e-02, 2.78433e-02, 2.91734e-02, 3.10459e-02, 3.35075e-02,
      3.66716e-02, 4.06191e-02, 4.54700e-02, 5.12708e-02, 5.81040e-02, 6.59147e-02,
      7.46107e-02, 8.40133e-02, 9.41027e-02, 1.04557e-01, 1.15290e-01, 1.25912e-01,
      1.36440e-01, 1.46491e-01, 1.55955e-01, 1.65129e-01, 1.73855e-01, 1.82994e-01,
      1.90924e-01, 1.98841e-01, 2.04896e-01, 2.08375e-01}},  // paper
    {{2.78146e-02, 2.83175e-02, 2.92391e-02, 3.06223e-02, 3.25708e-02, 3.51337e-02,
      3.84302e-02, 4.25492e-02, 4.76137e-02, 5.36668e-02, 6.08075e-02, 6.89958e-02,
      7.80980e-02, 8.79342e-02, 9.84977e-02, 1.09466e-01, 1.20755e-01, 1.31939e-01,
      1.43059e-01, 1.53771e-01, 1.64012e-01, 1.74084e-01, 1.83959e-01, 1.94787e-01,
      2.04237e-01, 2.13978e-01, 2.21509e-01, 2.25852e-01}},  // water
    {{2.66319e-02, 2.69833e-02, 2.76226e-02, 2.85878e-02, 3.00092e-02, 3.19176e-02,
      3.44509e-02, 3.77289e-02, 4.18023e-02, 4.68144e-02, 5.28747e-02, 5.99620e-02,
      6.79160e-02, 7.65830e-02, 8.59076e-02, 9.57947e-02, 1.06247e-01, 1.17248e-01,
      1.29165e-01, 1.42843e-01, 1.59290e-01, 1.78364e-01, 2.02870e-01, 2.38127e-01,
      2.71806e-01, 3.10856e-01, 3.43527e-01, 3.63293e-01}},  // aluminium
    {{3.06110e-02, 3.07861e-02, 3.11014e-02, 3.16026e-02, 3.24817e-02, 3.37396e-02,
      3.55397e-02, 3.81418e-02, 4.14845e-02, 4.58975e-02, 5.15137e-02, 5.84623e-02,
      6.64887e-02, 7.55320e-02, 8.58573e-02, 9.81555e-02, 1.13759e-01, 1.35475e-01,
      1.67224e-01, 2.18795e-01, 3.03545e-01, 4.22101e-01, 6.02185e-01, 8.57633e-01,
      1.14837e+00, 1.46286e+00, 1.73804e+00, 1.91410e+00}},  // iron
    {{4.38537e-02, 4.36148e-02, 4.31914e-02, 4.26535e-02, 4.22523e-02, 4.20466e-02,
      4.22622e-02, 4.34874e-02, 4.54081e-02, 4.93045e-02, 5.59571e-02, 6.81103e-02,
      8.73762e-02, 1.18917e-01, 1.72480e-01, 2.70587e-01, 4.50062e-01, 7.86292e-01,
      1.37662e+00, 2.39091e+00, 4.02214e+00, 6.46901e+00, 2.44840e+00, 3.53088e+00,
      4.77691e+00, 6.06021e+00, 7.16317e+00, 7.86606e+00}},  // lead
}};
inline constexpr std::array<double, kPoints> kWeight_low{
    3.77232e-03, 1.36979e-02, 3.02164e-02, 4.98968e-02, 6.87400e-02, 8.46876e-02, 9.58240e-02,
    1.01877e-01, 1.03160e-01, 9.95076e-02, 9.10765e-02, 7.89814e-02, 6.52043e-02, 5.03826e-02,
    3.48598e-02, 1.93878e-02, 7.10990e-03, 1.50864e-03, 1.07578e-04, 1.54194e-06, 2.70389e-09,
    3.21463e-13, 1.75577e-18, 8.65620e-09, 6.61128e-11, 4.21755e-13, 4.93878e-15, 1.71154e-16};
inline constexpr std::array<std::array<double, kPoints>, 6> kAttenuation_low_cm2_g{{
    {{3.45858e-02, 3.52334e-02, 3.64206e-02, 3.81863e-02, 4.05857e-02, 4.36661e-02,
      4.75418e-02, 5.22743e-02, 5.79094e-02, 6.44540e-02, 7.19094e-02, 8.02254e-02,
      8.92540e-02, 9.90858e-02, 1.09328e-01, 1.19845e-01, 1.30294e-01, 1.41017e-01,
      1.51055e-01, 1.60308e-01, 1.69119e-01, 1.77149e-01, 1.84462e-01, 1.91132e-01,
      1.96825e-01, 2.02038e-01, 2.05790e-01, 2.07924e-01}},  // polyethylene
    {{3.25831e-02, 3.31700e-02, 3.42448e-02, 3.58409e-02, 3.80074e-02, 4.08270e-02,
      4.43684e-02, 4.86996e-02, 5.38837e-02, 5.99562e-02, 6.68997e-02, 7.46313e-02,
      8.30332e-02, 9.21882e-02, 1.01750e-01, 1.11621e-01, 1.21462e-01, 1.31588e-01,
      1.41208e-01, 1.50386e-01, 1.59256e-01, 1.67857e-01, 1.76302e-01, 1.84773e-01,
      1.92093e-01, 1.99696e-01, 2.05257e-01, 2.08445e-01}},  // paper
    {{3.41703e-02, 3.47819e-02, 3.59019e-02, 3.75648e-02, 3.98219e-02, 4.27663e-02,
      4.64638e-02, 5.09843e-02, 5.63922e-02, 6.27474e-02, 7.00289e-02, 7.81196e-02,
      8.69090e-02, 9.64915e-02, 1.06514e-01, 1.16895e-01, 1.27253e-01, 1.37921e-01,
      1.48110e-01, 1.57983e-01, 1.67588e-01, 1.77163e-01, 1.86852e-01, 1.96903e-01,
      2.05634e-01, 2.15039e-01, 2.21959e-01, 2.25939e-01}},  // water
    {{3.11705e-02, 3.16452e-02, 3.25111e-02, 3.37892e-02, 3.55174e-02, 3.79043e-02,
      4.08809e-02, 4.45615e-02, 4.90988e-02, 5.45454e-02, 6.08579e-02, 6.79349e-02,
      7.56788e-02, 8.41166e-02, 9.31022e-02, 1.02583e-01, 1.12625e-01, 1.23301e-01,
      1.34985e-01, 1.49520e-01, 1.65204e-01, 1.85759e-01, 2.11948e-01, 2.45430e-01,
      2.77021e-01, 3.15338e-01, 3.45543e-01, 3.63697e-01}},  // aluminium
    {{3.32001e-02, 3.35434e-02, 3.41653e-02, 3.50737e-02, 3.63000e-02, 3.82871e-02,
      4.07338e-02, 4.38530e-02, 4.79631e-02, 5.31052e-02, 5.93520e-02, 6.65079e-02,
      7.45840e-02, 8.37703e-02, 9.44662e-02, 1.07615e-01, 1.26148e-01, 1.48988e-01,
      1.86581e-01, 2.50982e-01, 3.38677e-01, 4.72641e-01, 6.63263e-01, 9.16751e-01,
      1.19756e+00, 1.49943e+00, 1.75567e+00, 1.91778e+00}},  // iron
    {{4.19800e-02, 4.20225e-02, 4.20985e-02, 4.22074e-02, 4.23941e-02, 4.35725e-02,
      4.49835e-02, 4.72639e-02, 5.13595e-02, 5.82005e-02, 6.98445e-02, 8.74266e-02,
      1.15304e-01, 1.59340e-01, 2.36389e-01, 3.74308e-01, 6.26112e-01, 1.04753e+00,
      1.78386e+00, 2.97344e+00, 4.78653e+00, 7.41466e+00, 2.70596e+00, 3.78318e+00,
      4.98889e+00, 6.20711e+00, 7.23365e+00, 7.88073e+00}},  // lead
}};
struct Transmission {
  double high = 1, low = 1;
};
inline Transmission transmission(const Path& path) {
  Transmission t{0, 0};
  for (std::size_t k = 0; k < kPoints; ++k) {
    double high = 0;
    double low = 0;
    for (std::size_t m = 0; m < path.size(); ++m) {
      high += path[m] * kAttenuation_high_cm2_g[m][k];
      low += path[m] * kAttenuation_low_cm2_g[m][k];
    }
    t.high += kWeight_high[k] * std::exp(-high);
    t.low += kWeight_low[k] * std::exp(-low);
  }
  return t;
}

/// What stands at x along the vehicle and height z in the centre line's plane; areal density along
/// the ray (the scene multiplies by obliquity itself where it means a layer).
using Scene = std::function<Path(double x_mm, double z_mm)>;

struct SyntheticOptions {
  double pitch_mm = 10;  ///< 7 mm in the plane of the centre line.
  double mm_per_px = 5;
  std::uint16_t modules = 16;
  std::uint16_t pixels_per_module = 32;
  int pairs = 240;
  double pair_mm = 5;  ///< Travel from pair to pair; the energies lie half of it apart.
  double start_mm = -200;
  double photons = 53'000;  ///< Effective, in air, a pixel and pulse; 0: no noise.
  double electronic_counts = 3;
  double dose_noise = 0.001;  ///< Of the reference.
  double dose_spread = 0.02;
  std::uint32_t seed = 1;
};

inline core::ScannerGeometry synthetic_geometry(const SyntheticOptions& o) {
  core::ScannerGeometry g;
  g.name = "synthetic";
  g.source_y_mm = -7000;
  g.source_z_mm = 1200;
  g.pixel_pitch_mm = o.pitch_mm;
  g.module_count = o.modules;
  g.pixels_per_module = o.pixels_per_module;
  g.encoder_mm_per_count = 0.1;
  g.pulse_rate_hz = 400;
  g.energy_high_mv = 6;
  g.energy_low_mv = 4;
  g.image_mm_per_px = o.mm_per_px;
  for (int p = 0; p < o.modules * o.pixels_per_module; ++p)
    g.pixels.push_back({3000, 200 + o.pitch_mm * (p + 0.5)});
  return g;
}

inline core::Calibration synthetic_calibration(const SyntheticOptions& o) {
  const std::size_t pixels = static_cast<std::size_t>(o.modules) * o.pixels_per_module;
  std::mt19937 random(o.seed + 77);
  std::normal_distribution<double> normal;
  core::Calibration c;
  c.id = "synthetic";
  c.dark.lines = 400;
  c.air_high.energy = core::Energy::kHigh;
  c.air_low.energy = core::Energy::kLow;
  c.air_high.lines = c.air_low.lines = 1000;
  c.air_high.dose_mean_counts = 50'000;
  c.air_low.dose_mean_counts = 40'000;
  for (std::size_t p = 0; p < pixels; ++p) {
    const double gain =
        1 + 0.05 * normal(random) + (p / o.pixels_per_module % 2 == 0 ? 0.04 : -0.04);
    const double dark = 500 + 20 * normal(random);
    c.dark.mean_counts.push_back(static_cast<float>(dark));
    c.dark.variance_counts2.push_back(
        static_cast<float>(o.electronic_counts * o.electronic_counts));
    c.air_high.mean_counts.push_back(static_cast<float>(dark + 700'000 * gain));
    c.air_low.mean_counts.push_back(static_cast<float>(dark + 600'000 * gain));
    for (auto* air : {&c.air_high, &c.air_low}) {
      const double signal = static_cast<double>(air->mean_counts.back());
      air->variance_counts2.push_back(static_cast<float>(signal * signal * (4e-4 + 2e-5)));
    }
  }
  const std::array<std::pair<const char*, Matter>, 4> wedges{{{"polyethylene", kPolyethylene},
                                                              {"aluminium", kAluminium},
                                                              {"iron", kIron},
                                                              {"lead", kLead}}};
  for (const auto& [name, matter] : wedges) {
    for (const double g_cm2 :
         {1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 50.0, 80.0, 120.0, 160.0, 200.0, 250.0}) {
      Path path{};
      path[matter] = g_cm2;
      const auto t = transmission(path);
      core::WedgeStep step;
      step.material = name;
      step.areal_density_g_cm2 = g_cm2;
      step.lines = 200;
      step.transmission_high.assign(pixels, static_cast<float>(t.high));
      step.transmission_low.assign(pixels, static_cast<float>(t.low));
      c.wedges.push_back(step);
    }
  }
  return c;
}

inline core::RawScan synthetic_scan(const SyntheticOptions& o, const Scene& scene) {
  core::RawScan scan;
  scan.meta.id = "synthetic";
  scan.meta.simulated = true;
  scan.meta.geometry = synthetic_geometry(o);
  scan.calibration = synthetic_calibration(o);
  const std::size_t pixels = scan.pixels();
  simulator::Random random(o.seed, simulator::Stream::kPattern);
  std::vector<double> z_mm;
  for (const auto& pixel : scan.meta.geometry.pixels)
    z_mm.push_back(1200 + (pixel.z_mm - 1200) * 0.7);
  for (int pulse = 0; pulse < 2 * o.pairs; ++pulse) {
    const bool high = pulse % 2 == 0;
    const double x_mm = o.start_mm + pulse * o.pair_mm / 2;
    const auto& air = high ? scan.calibration.air_high : scan.calibration.air_low;
    const double dose = o.photons > 0 ? 1 + o.dose_spread * random.normal() : 1.0;
    const double seen = o.photons > 0 ? dose * (1 + o.dose_noise * random.normal()) : 1.0;
    core::LineHeader header;
    header.pulse = static_cast<std::uint64_t>(pulse);
    header.encoder_counts = static_cast<std::int32_t>(std::lround(x_mm / 0.1));
    header.dose_counts = static_cast<std::uint32_t>(std::lround(air.dose_mean_counts * seen));
    header.energy = high ? core::Energy::kHigh : core::Energy::kLow;
    scan.lines.push_back(header);
    scan.modules_present.emplace_back();
    for (std::size_t m = 0; m < o.modules; ++m) scan.modules_present.back().set(m);
    for (std::size_t p = 0; p < pixels; ++p) {
      const auto both = transmission(scene(header.encoder_counts * 0.1, z_mm[p]));
      double t = dose * (high ? both.high : both.low);
      if (o.photons > 0) t += std::sqrt(t / o.photons) * random.normal();
      const double dark = static_cast<double>(scan.calibration.dark.mean_counts[p]);
      double counts = dark + t * (static_cast<double>(air.mean_counts[p]) - dark);
      if (o.photons > 0) counts += o.electronic_counts * random.normal();
      scan.samples.push_back(
          static_cast<std::uint32_t>(std::clamp(std::lround(counts), 0L, 1'048'575L)));
    }
  }
  return scan;
}

inline bool inside(double v, double lo, double hi) {
  return v >= lo && v < hi;
}

}  // namespace portcullis::imaging::testing
