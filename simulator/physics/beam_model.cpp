#include "simulator/physics/beam_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace portcullis::simulator {

namespace {

constexpr double kElectronMev = 0.511;
constexpr double kLowestMev = 0.05;
constexpr std::size_t kLanes = 8;
constexpr std::size_t kPointsMax = 4096;

struct Node {
  double x, weight;
};

/// Gauss-Legendre nodes on [from, to]: roots of the Legendre polynomial by Newton's method.
void add_gauss_legendre(std::vector<Node>& nodes, double from, double to, std::size_t count) {
  const auto n = static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5));
    double slope = 1;
    for (int step = 0; step < 100; ++step) {
      double p0 = 1;
      double p1 = x;
      for (std::size_t k = 2; k <= count; ++k) {
        const auto kk = static_cast<double>(k);
        const double p2 = ((2 * kk - 1) * x * p1 - (kk - 1) * p0) / kk;
        p0 = p1;
        p1 = p2;
      }
      slope = n * (x * p1 - p0) / (x * x - 1);
      const double change = p1 / slope;
      x -= change;
      if (std::abs(change) < 1e-15) break;
    }
    const double weight = 2 / ((1 - x * x) * slope * slope);
    nodes.push_back({0.5 * (from + to) + 0.5 * (to - from) * x, 0.5 * (to - from) * weight});
  }
}

/// exp(x) for x <= 0 to about 2e-7 relative; 0 below -87. Written so that loops over it become
/// vectors: no branches, no calls.
inline float fast_exp(float x) {
  const float clamped = x < -87.0F ? -87.0F : x;
  const float scaled = clamped * 1.44269504F;
  const auto whole = static_cast<std::int32_t>(scaled - 0.5F);  // scaled <= 0: rounds to nearest
  const auto whole_f = static_cast<float>(whole);
  const float r = (clamped - whole_f * 0.693359375F) + whole_f * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  return p * std::bit_cast<float>((whole + 127) << 23);
}

}  // namespace

double schiff_photons_per_mev(double endpoint_mev, double photon_mev) {
  const double k = photon_mev;
  if (k <= 0 || k >= endpoint_mev) return 0;
  const double m = kElectronMev;
  const double z_third = std::cbrt(74.0);
  const double e0 = endpoint_mev + m;
  const double e = e0 - k;
  const double ratio = e / e0;
  const double inverse_m = std::pow(m * k / (2 * e0 * e), 2) + std::pow(z_third / 111.0, 2);
  const double log_m = -std::log(inverse_m);
  const double b = 2 * e0 * e * z_third / (111.0 * k * m);
  const double first = (1 + ratio * ratio - 2 * ratio / 3) * (log_m + 1 - (2 / b) * std::atan(b));
  const double second =
      ratio * ((2 / (b * b)) * std::log1p(b * b) +
               (4 * (2 - b * b) / (3 * b * b * b)) * std::atan(b) - 8 / (3 * b * b) + 2.0 / 9);
  return std::max(0.0, (first + second) / k);
}

core::Result<BeamModel> BeamModel::create(const BeamParameters& p, std::size_t points) {
  if (!(p.energy_low_mv >= 1 && p.energy_high_mv > p.energy_low_mv && p.energy_high_mv <= 10)) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       fmt::format("beam energies {} / {} MV: the low one must be at least 1, the "
                                   "high one above it and at most 10",
                                   p.energy_high_mv, p.energy_low_mv)};
  }
  PC_ASSERT(points >= 32 && points <= kPointsMax && points % kLanes == 0);
  // In log energy the integrand is smooth between the rows of NIST's table, which bend it a
  // little, and the lower endpoint, where one spectrum ends: panels end there.
  std::vector<double> borders{kLowestMev,      0.3, 1.0, 2.0, 3.0, 5.0, p.energy_low_mv,
                              p.energy_high_mv};
  std::sort(borders.begin(), borders.end());
  while (borders.back() > p.energy_high_mv) borders.pop_back();
  std::vector<double> kept{borders.front()};
  for (const double border : borders) {
    if (border > kept.back() * 1.05 || border == p.energy_high_mv || border == p.energy_low_mv)
      kept.push_back(border);
  }
  const std::size_t panels = kept.size() - 1;
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < panels; ++i) {
    const std::size_t count = points / panels + (i < points % panels ? 1 : 0);
    add_gauss_legendre(nodes, std::log(kept[i]), std::log(kept[i + 1]), count);
  }
  std::sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return a.x < b.x; });

  PC_TRY(const Material tungsten, find_material("tungsten"));
  PC_TRY(const Material iron, find_material("iron"));
  Material crystal;
  PC_TRY(crystal.elements, parse_formula("CdWO4"));
  constexpr double kCrystalDensity = 7.9;
  BeamModel model;
  std::array<double, 2> number_sum{};
  std::array<double, 2> energy_sum{};
  std::array<double, 2> all_sum{};
  for (const auto& node : nodes) {
    const double energy = std::exp(node.x);
    model.energy_mev_.push_back(energy);
    const double filter =
        mass_attenuation_cm2_g(tungsten, energy) * tungsten.density_g_cm3 * p.filter_tungsten_mm /
            10 +
        mass_attenuation_cm2_g(iron, energy) * iron.density_g_cm3 * p.filter_iron_mm / 10;
    const double mu = mass_attenuation_cm2_g(crystal, energy);
    const double interacts = -std::expm1(-mu * kCrystalDensity * p.crystal_depth_mm / 10);
    const double deposit = energy * mass_energy_absorption_cm2_g(crystal, energy) / mu;
    for (std::size_t e = 0; e < 2; ++e) {
      const double endpoint = e == 0 ? p.energy_high_mv : p.energy_low_mv;
      // dk = k d(ln k)
      const double emitted =
          schiff_photons_per_mev(endpoint, energy) * energy * node.weight * std::exp(-filter);
      const double n = emitted * interacts;
      model.number_[e].push_back(n);
      model.first_[e].push_back(n * deposit);
      model.second_[e].push_back(n * deposit * deposit);
      number_sum[e] += n;
      all_sum[e] += emitted;
      energy_sum[e] += emitted * energy;
    }
  }
  for (std::size_t e = 0; e < 2; ++e) {
    double first_sum = 0;
    double second_sum = 0;
    for (std::size_t i = 0; i < points; ++i) {
      model.number_[e][i] /= number_sum[e];
      model.first_[e][i] /= number_sum[e];
      model.second_[e][i] /= number_sum[e];
      first_sum += model.first_[e][i];
      second_sum += model.second_[e][i];
    }
    model.air_[e] = {first_sum, second_sum, 1};
    model.mean_energy_[e] = energy_sum[e] / all_sum[e];
    for (std::size_t i = 0; i < points; ++i) {
      model.first_fast_[e].push_back(static_cast<float>(model.first_[e][i] / first_sum));
      model.second_fast_[e].push_back(static_cast<float>(model.second_[e][i] / second_sum));
    }
  }
  const auto hardened = model.behind(iron, 100);
  for (std::size_t e = 0; e < 2; ++e) {
    const auto& h = hardened[e];
    model.variation2_[e] =
        h.deposit_squared_mev2 * h.interacting / (h.deposit_mev * h.deposit_mev) - 1;
  }
  return model;
}

std::vector<float> BeamModel::attenuation_on_grid(const Material& material) const {
  std::vector<float> result;
  result.reserve(points());
  for (const double energy : energy_mev_)
    result.push_back(static_cast<float>(mass_attenuation_cm2_g(material, energy)));
  return result;
}

std::array<Deposit, 2> BeamModel::behind(std::span<const double> optical_path) const {
  PC_ASSERT(optical_path.size() == points());
  std::array<Deposit, 2> result{};
  for (std::size_t i = 0; i < points(); ++i) {
    const double through = std::exp(-optical_path[i]);
    for (std::size_t e = 0; e < 2; ++e) {
      result[e].interacting += number_[e][i] * through;
      result[e].deposit_mev += first_[e][i] * through;
      result[e].deposit_squared_mev2 += second_[e][i] * through;
    }
  }
  return result;
}

std::array<Deposit, 2> BeamModel::behind(const Material& material,
                                         double areal_density_g_cm2) const {
  std::vector<double> path;
  path.reserve(points());
  for (const double energy : energy_mev_)
    path.push_back(mass_attenuation_cm2_g(material, energy) * areal_density_g_cm2);
  return behind(path);
}

std::array<double, 2> BeamModel::transmission(const Material& material,
                                              double areal_density_g_cm2) const {
  const auto through = behind(material, areal_density_g_cm2);
  return {through[0].deposit_mev / air_[0].deposit_mev,
          through[1].deposit_mev / air_[1].deposit_mev};
}

BeamModel::Fast BeamModel::fast(std::span<const float* const> attenuation,
                                std::span<const float> areal_density_g_cm2) const {
  const std::size_t count = points();
  alignas(64) float path[kPointsMax];
  if (attenuation.empty()) return {1, 1, 1, 1};
  {
    const float* mu = attenuation[0];
    const float amount = -areal_density_g_cm2[0];
    for (std::size_t i = 0; i < count; ++i) path[i] = mu[i] * amount;
  }
  for (std::size_t m = 1; m < attenuation.size(); ++m) {
    const float* mu = attenuation[m];
    const float amount = areal_density_g_cm2[m];
    for (std::size_t i = 0; i < count; ++i) path[i] -= mu[i] * amount;
  }
  const float* fh = first_fast_[0].data();
  const float* fl = first_fast_[1].data();
  const float* sh = second_fast_[0].data();
  const float* sl = second_fast_[1].data();
  // Separate running sums per lane: the order of additions is fixed whatever the vector width.
  float sum_fh[kLanes] = {};
  float sum_fl[kLanes] = {};
  float sum_sh[kLanes] = {};
  float sum_sl[kLanes] = {};
  for (std::size_t i = 0; i < count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const float through = fast_exp(path[i + lane]);
      sum_fh[lane] += fh[i + lane] * through;
      sum_fl[lane] += fl[i + lane] * through;
      sum_sh[lane] += sh[i + lane] * through;
      sum_sl[lane] += sl[i + lane] * through;
    }
  }
  float t_high = 0;
  float t_low = 0;
  float s_high = 0;
  float s_low = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    t_high += sum_fh[lane];
    t_low += sum_fl[lane];
    s_high += sum_sh[lane];
    s_low += sum_sl[lane];
  }
  constexpr float kTiny = 1e-30F;
  return {t_high, t_low, s_high / std::max(t_high, kTiny), s_low / std::max(t_low, kTiny)};
}

}  // namespace portcullis::simulator
