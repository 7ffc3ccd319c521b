#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/result.h"
#include "simulator/physics/material.h"

namespace portcullis::simulator {

/// Photon number per MeV (any scale) that a thin tungsten target gives at `photon_mev` with
/// electrons of `endpoint_mev` kinetic energy: Schiff integrated over angle, Koch and Motz 1959
/// formula 3BS(e). Zero at and above the endpoint.
double schiff_photons_per_mev(double endpoint_mev, double photon_mev);

struct BeamParameters {
  double energy_high_mv = 6.0;  ///< 1 to 10, above the low one.
  double energy_low_mv = 4.0;
  double filter_tungsten_mm = 2.0;
  double filter_iron_mm = 5.0;
  double crystal_depth_mm = 30.0;  ///< CdWO4, 7.9 g/cm3.
};

/// What one pulse leaves in the detector behind some matter, per photon that would interact in air:
/// with photon numbers Poisson, the signal's mean is N * deposit and its variance is
/// N * deposit_squared for N interacting photons in air.
struct Deposit {
  double deposit_mev = 0;           ///< E[d] over air's interacting photons.
  double deposit_squared_mev2 = 0;  ///< E[d^2], likewise.
  double interacting = 0;           ///< Photons that interact, air = 1.
};

/// The beam of both energies as the detector sees it, on one energy grid (Gauss-Legendre, split at
/// the lower endpoint) that serves both, so that one exponential a grid point gives both energies.
/// Immutable after create(); thread-safe.
class BeamModel final {
 public:
  /// `points` is the size of the energy grid, 32 to 4096; 48 is within 0.05 % of 2,000 points for
  /// all materials up to 300 g/cm2.
  static core::Result<BeamModel> create(const BeamParameters& parameters, std::size_t points = 48);

  [[nodiscard]] std::size_t points() const { return energy_mev_.size(); }
  /// Mass attenuation on the grid, cm2/g, [points()] (points is a multiple of 8).
  [[nodiscard]] std::vector<float> attenuation_on_grid(const Material& material) const;

  /// Statistics behind an optical path given per grid point (sum of mu * areal density), double
  /// precision; index 0 high, 1 low.
  [[nodiscard]] std::array<Deposit, 2> behind(std::span<const double> optical_path) const;
  /// Behind one material; areal density in g/cm2.
  [[nodiscard]] std::array<Deposit, 2> behind(const Material& material,
                                              double areal_density_g_cm2) const;
  /// Signal relative to air, high and low.
  [[nodiscard]] std::array<double, 2> transmission(const Material& material,
                                                   double areal_density_g_cm2) const;
  [[nodiscard]] const std::array<Deposit, 2>& air() const { return air_; }
  /// Squared coefficient of variation of the deposits of a hardened beam (behind 100 g/cm2 of
  /// iron): what the Poisson branch of the photon noise draws its deposits with.
  [[nodiscard]] const std::array<double, 2>& deposit_variation2() const { return variation2_; }
  /// Mean photon energy after the filter, before any object, MeV.
  [[nodiscard]] const std::array<double, 2>& mean_energy_mev() const { return mean_energy_; }

  /// The fast path: for each of high and low the transmission and the ratio
  /// (E[d^2] / E[d]) relative to air. Single precision, within 0.05 % of behind().
  struct Fast {
    float transmission_high, transmission_low, spread_high, spread_low;
  };
  [[nodiscard]] Fast fast(std::span<const float* const> attenuation,
                          std::span<const float> areal_density_g_cm2) const;

 private:
  BeamModel() = default;
  std::vector<double> energy_mev_;
  // Per grid point: share of interacting photons, of deposit and of squared deposit (air sums to
  // air_'s figures), high then low.
  std::array<std::vector<double>, 2> number_, first_, second_;
  std::array<std::vector<float>, 2> first_fast_, second_fast_;  // scaled so that air sums to 1
  std::array<Deposit, 2> air_{};
  std::array<double, 2> variation2_{};
  std::array<double, 2> mean_energy_{};
};

}  // namespace portcullis::simulator
