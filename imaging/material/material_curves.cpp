#include "imaging/material/material_curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "core/assert.h"
#include "imaging/kernels/portable_double.h"

namespace portcullis::imaging {

namespace {

/// One wedge: at each step H, the ratio L / H and the areal density per H, both slow in H.
struct WedgeCurve {
  std::vector<double> high, ratio, mass_per_high;
};

double mean_over_good(const std::vector<float>& values, std::span<const std::uint8_t> bad) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (p < bad.size() && bad[p] != 0) continue;
    if (!std::isfinite(values[p])) continue;
    sum += static_cast<double>(values[p]);
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

/// Thin steps carry the noise of the dose reference whole (1e-3 of a small H): there the ratio is
/// taken from a straight line through the thinner steps, weighted by what each is worth.
void smooth_thin_ratio(WedgeCurve& curve) {
  constexpr double kThin = 0.25;
  constexpr double kUsed = 1.1;
  double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
  std::size_t used = 0;
  for (std::size_t i = 0; i < curve.high.size(); ++i) {
    if (curve.high[i] > kUsed) break;
    const double weight = curve.high[i] * curve.high[i];
    w += weight;
    wx += weight * curve.high[i];
    wy += weight * curve.ratio[i];
    wxx += weight * curve.high[i] * curve.high[i];
    wxy += weight * curve.high[i] * curve.ratio[i];
    ++used;
  }
  const double determinant = w * wxx - wx * wx;
  if (used < 4 || !(determinant > 0)) return;
  const double slope = (w * wxy - wx * wy) / determinant;
  const double at_zero = (wy - slope * wx) / w;
  for (std::size_t i = 0; i < curve.high.size() && curve.high[i] < kThin; ++i) {
    // Half line, half measurement where both say something; the line alone at the thin end.
    const double trust = curve.high[i] / kThin;
    curve.ratio[i] = trust * curve.ratio[i] + (1 - trust) * (at_zero + slope * curve.high[i]);
  }
}

core::Result<WedgeCurve> make_curve(std::string_view material,
                                    std::span<const core::WedgeStep> wedges,
                                    std::span<const std::uint8_t> bad) {
  std::vector<const core::WedgeStep*> steps;
  for (const auto& step : wedges) {
    if (step.material == material && step.areal_density_g_cm2 > 0) steps.push_back(&step);
  }
  std::stable_sort(steps.begin(), steps.end(), [](const auto* a, const auto* b) {
    return a->areal_density_g_cm2 < b->areal_density_g_cm2;
  });
  WedgeCurve curve;
  for (const auto* step : steps) {
    const double high = mean_over_good(step->transmission_high, bad);
    const double low = mean_over_good(step->transmission_low, bad);
    // Past 2e-5 scatter and dark drift are of the signal's size.
    if (!(high > 2e-5) || !(low > 2e-5) || high >= 1 || low >= 1) continue;
    const double h = -portable_ln(high);
    if (!curve.high.empty() && h <= curve.high.back()) continue;
    curve.high.push_back(h);
    curve.ratio.push_back(-portable_ln(low) / h);
    curve.mass_per_high.push_back(step->areal_density_g_cm2 / h);
  }
  if (curve.high.size() < 3) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        "calibration: wedge of " + std::string(material) + " has " +
            std::to_string(curve.high.size()) +
            " usable steps, at least 3 are needed; take the material calibration again"};
  }
  smooth_thin_ratio(curve);
  return curve;
}

/// Piecewise cubic through the steps with slopes that add no waves (M. Steffen, A&A 239, 1990).
/// Below the first step the line through the first two goes on; above the last one it is level.
double interpolate(const std::vector<double>& x, const std::vector<double>& y, double at) {
  const std::size_t n = x.size();
  if (at <= x.front()) return y[0] + (y[1] - y[0]) / (x[1] - x[0]) * (at - x[0]);
  if (at >= x.back()) return y.back();
  const auto i = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), at) - x.begin()) - 1;
  const auto secant = [&](std::size_t k) { return (y[k + 1] - y[k]) / (x[k + 1] - x[k]); };
  const auto slope = [&](std::size_t k) {
    if (k == 0) return secant(0);
    if (k == n - 1) return secant(n - 2);
    const double a = secant(k - 1);
    const double b = secant(k);
    if (a * b <= 0) return 0.0;
    const double ha = x[k] - x[k - 1];
    const double hb = x[k + 1] - x[k];
    const double p = (a * hb + b * ha) / (ha + hb);
    return std::copysign(std::min({std::abs(p), 2 * std::abs(a), 2 * std::abs(b)}), a);
  };
  const double h = x[i + 1] - x[i];
  const double t = (at - x[i]) / h;
  const double d0 = slope(i);
  const double d1 = slope(i + 1);
  const double c = (3 * secant(i) - 2 * d0 - d1) / h;
  const double d = (d0 + d1 - 2 * secant(i)) / (h * h);
  const double u = t * h;
  return y[i] + u * (d0 + u * (c + u * d));
}

/// Areal density per H: past the last step, matter goes on to attenuate as between the last two.
double mass_per_high(const WedgeCurve& curve, double high) {
  const std::size_t n = curve.high.size();
  if (high <= curve.high.back()) return interpolate(curve.high, curve.mass_per_high, high);
  const double last = curve.mass_per_high[n - 1] * curve.high[n - 1];
  const double before = curve.mass_per_high[n - 2] * curve.high[n - 2];
  const double slope = (last - before) / (curve.high[n - 1] - curve.high[n - 2]);
  return (last + slope * (high - curve.high[n - 1])) / high;
}

}  // namespace

core::Result<MaterialCurves> MaterialCurves::create(std::span<const core::WedgeStep> wedges,
                                                    std::span<const std::uint8_t> bad) {
  PC_TRY(const WedgeCurve polyethylene, make_curve("polyethylene", wedges, bad));
  PC_TRY(const WedgeCurve aluminium, make_curve("aluminium", wedges, bad));
  PC_TRY(const WedgeCurve iron, make_curve("iron", wedges, bad));
  auto lead = make_curve("lead", wedges, bad);

  MaterialCurves out;
  out.has_lead_ = lead.ok();
  out.points_.resize(kSteps + 1);
  out.high_max_ = static_cast<float>(
      std::min({polyethylene.high.back(), aluminium.high.back(), iron.high.back()}));
  for (std::size_t i = 0; i <= kSteps; ++i) {
    const double high = std::max(static_cast<double>(i) / static_cast<double>(kStepsPerUnit), 1e-3);
    const double r_polyethylene = interpolate(polyethylene.high, polyethylene.ratio, high);
    const double r_aluminium = interpolate(aluminium.high, aluminium.ratio, high);
    const double r_iron = interpolate(iron.high, iron.ratio, high);
    if (!(r_polyethylene > r_aluminium + 0.002) || !(r_aluminium > r_iron + 0.002)) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         "calibration: the wedges of polyethylene, aluminium and iron do not "
                         "separate at attenuation " +
                             std::to_string(high) +
                             " (low over high: " + std::to_string(r_polyethylene) + ", " +
                             std::to_string(r_aluminium) + ", " + std::to_string(r_iron) +
                             "); take the material calibration again"};
    }
    Point& p = out.points_[i];
    const double span_ratio = r_polyethylene - r_iron;
    p.low_aluminium = static_cast<float>(r_aluminium * high);
    p.span = static_cast<float>(span_ratio * high);
    p.m_polyethylene = static_cast<float>((r_polyethylene - r_aluminium) / span_ratio);
    p.m_iron = static_cast<float>((r_iron - r_aluminium) / span_ratio);
    p.mass_polyethylene = static_cast<float>(mass_per_high(polyethylene, high));
    p.mass_aluminium = static_cast<float>(mass_per_high(aluminium, high));
    p.mass_iron = static_cast<float>(mass_per_high(iron, high));
    if (out.has_lead_) {
      p.m_lead = static_cast<float>((interpolate(lead->high, lead->ratio, high) - r_aluminium) /
                                    span_ratio);
      p.mass_lead = static_cast<float>(mass_per_high(*lead, high));
    } else {
      p.m_lead = 0;
      p.mass_lead = p.mass_iron;
    }
  }
  out.fill_tables();
  return out;
}

MaterialCurves::Point MaterialCurves::at(float high) const {
  const float place = std::clamp(high * kStepsPerUnit, 0.0F, static_cast<float>(kSteps) - 0.001F);
  const auto i = static_cast<std::size_t>(place);
  const float part = place - static_cast<float>(i);
  const Point& a = points_[i];
  const Point& b = points_[i + 1];
  const auto mix = [part](float x, float y) { return x + (y - x) * part; };
  return {mix(a.low_aluminium, b.low_aluminium),
          mix(a.span, b.span),
          mix(a.m_polyethylene, b.m_polyethylene),
          mix(a.m_iron, b.m_iron),
          mix(a.m_lead, b.m_lead),
          mix(a.mass_polyethylene, b.mass_polyethylene),
          mix(a.mass_aluminium, b.mass_aluminium),
          mix(a.mass_iron, b.mass_iron),
          mix(a.mass_lead, b.mass_lead)};
}

MaterialCurves::Boundaries MaterialCurves::boundaries(const Point& point) const {
  // Organic down to tobacco, fertiliser and PTFE (0.55 of polyethylene's m), light inorganic from
  // soil on (0.32).
  const float organic = 0.51F * point.m_polyethylene;
  // Rock salt lies at -0.08, titanium at -0.41.
  const float light = 0.45F * point.m_iron;
  // Lead's curve comes from above iron's and crosses it; until it is clearly below, heavy metal
  // cannot be told, and metal means "heavy not excluded". Copper, brass and zinc lie up to 0.14
  // below iron, tin and silver past 0.8 of the way to lead. 20 g/cm2 of copper attenuate as 16.5 of
  // lead do, whose m is -0.8.
  const float gap = point.m_iron - point.m_lead;
  const float metal = has_lead_ && gap > kHeavyGapLeast
                          ? point.m_iron - std::max(0.6F * gap, kHeavyOffsetLeast)
                          : -1e3F;
  return {organic, light, metal};
}

float MaterialCurves::heavy_reach(float high, const Point& point) const {
  if (!has_lead_) return 1e3F;
  return point.m_lead + 0.16F / std::max(high, 0.05F);
}

namespace {

/// Areal density per H against a wedge's own, over m. Shares of the way from aluminium to
/// polyethylene, and from iron to lead; NIST coefficients, densities do not matter.
struct MassAnchor {
  float part, factor;
};
/// Over polyethylene: oil and soap lie at 0.91 to 0.95; paper, wood, flour and sugar (+6.0 to
/// +6.5 %) at 0.79 and water and meat (+1.5 to +2.5 %) at 0.76 to 0.78 cannot be told apart and are
/// taken as three parts of the dry and one of the wet; tobacco and fertiliser lie at 0.71. Above
/// polyethylene the curve goes on, so that noise about it averages out.
constexpr std::array<MassAnchor, 6> kOrganicMass{{{1.25F, 0.9125F},
                                                  {1.0F, 1.0F},
                                                  {0.92F, 1.028F},
                                                  {0.80F, 1.052F},
                                                  {0.76F, 1.050F},
                                                  {0.70F, 1.066F}}};
/// Over aluminium: soil, concrete, ceramics, glass, gypsum (0.946 to 0.977); salt is 1 at -0.08.
constexpr std::array<MassAnchor, 3> kLightMass{{{0.30F, 0.962F}, {0.14F, 0.965F}, {0.0F, 1.0F}}};
/// Over iron: copper, brass and zinc lie at 0.15 to 0.2, silver and tin at 0.8 to 0.86.
constexpr std::array<MassAnchor, 2> kMetalMass{{{0.2F, 1.0F}, {0.85F, 0.965F}}};

float mass_per_high_at(const MaterialCurves::Point& p, bool has_lead, float m) {
  std::array<std::pair<float, float>, 13> knot;
  std::size_t n = 0;
  for (const auto& a : kOrganicMass)
    knot[n++] = {a.part * p.m_polyethylene, a.factor * p.mass_polyethylene};
  for (const auto& a : kLightMass)
    knot[n++] = {a.part * p.m_polyethylene, a.factor * p.mass_aluminium};
  knot[n++] = {p.m_iron, p.mass_iron};
  if (const float gap = p.m_iron - p.m_lead; has_lead && gap > kHeavyGapLeast) {
    for (const auto& a : kMetalMass) knot[n++] = {p.m_iron - a.part * gap, a.factor * p.mass_iron};
    knot[n++] = {p.m_lead, p.mass_lead};
  }
  if (m >= knot[0].first) return knot[0].second;
  for (std::size_t i = 1; i < n; ++i) {
    if (m < knot[i].first) continue;
    const float part = (m - knot[i].first) / (knot[i - 1].first - knot[i].first);
    return knot[i].second + (knot[i - 1].second - knot[i].second) * part;
  }
  return knot[n - 1].second;
}

}  // namespace

void MaterialCurves::fill_tables() {
  looks_.resize(kSteps + 1);
  for (std::size_t i = 0; i <= kSteps; ++i) {
    const float high = static_cast<float>(i) / kStepsPerUnit;
    const Point& p = points_[i];
    const Boundaries edge = boundaries(p);
    Look& look = looks_[i];
    look.low_offset = p.low_aluminium - kLowSlope * high;
    look.span_inverse = 1.0F / p.span;
    look.noise = hardened_noise(high);
    look.organic = edge.organic;
    look.light = edge.light;
    look.metal = edge.metal;
    look.heavy_reach = heavy_reach(high, p);
    look.m_polyethylene = p.m_polyethylene;
    look.m_iron = p.m_iron;
    look.m_lead = p.m_lead;
    const auto grown = [](float attenuation) {
      return portable_exp(static_cast<double>(attenuation));
    };
    look.scatter_m = static_cast<float>((grown(p.low_aluminium) - 1.2 * grown(high)) /
                                        static_cast<double>(p.span));
  }
  using T = MassTable;
  mass_.resize(static_cast<std::size_t>(T::kRows * T::kColumns));
  for (int r = 0; r < T::kRows; ++r) {
    const Point p = at(static_cast<float>(r) / T::kRowsPerUnit);
    for (int c = 0; c < T::kColumns; ++c) {
      const float m = T::kFrom + static_cast<float>(c) / T::kColumnsPerUnit;
      mass_[static_cast<std::size_t>(r * T::kColumns + c)] = mass_per_high_at(p, has_lead_, m);
    }
  }
}

float MaterialCurves::effective_z(float m, const Look& look) const {
  // Sum of w Z^2 / A over sum of w Z / A, which is what pair production and Compton scattering
  // see: polyethylene 4.8, paper 6.3, water 6.6. Nearly linear in m up to iron.
  if (m >= look.m_polyethylene) return 4.8F;
  if (m >= 0) return 13.0F - 8.2F * m / look.m_polyethylene;
  if (m >= look.m_iron) return 13.0F + 13.0F * m / look.m_iron;
  const float gap = look.m_iron - look.m_lead;
  if (!has_lead_ || gap <= kHeavyGapLeast) return 26.0F;
  // Silver (47) and tin (50) at 0.8 to 0.86 of the way from iron to lead.
  const float part = std::min(1.0F, (look.m_iron - m) / gap);
  return part < 0.8F ? 26.0F + 26.25F * part : 47.0F + 175.0F * (part - 0.8F);
}

float MaterialCurves::low_of(float high, float m) const {
  const Point p = at(high);
  return p.low_aluminium + m * p.span;
}

}  // namespace portcullis::imaging
