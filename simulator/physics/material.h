#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::simulator {

struct ElementFraction {
  int z = 0;              ///< Atomic number, 1 to 92.
  double mass_share = 0;  ///< The shares of a material sum to 1.
};

/// What a solid is made of. The classes are those of the material image, by the mass-weighted
/// mean atomic number, which is what pair production per gram follows.
struct Material {
  std::string name;
  double density_g_cm3 = 0;  ///< As usually met, voids between pieces included where that is usual.
  std::vector<ElementFraction> elements;

  [[nodiscard]] double mean_z() const;
};

/// Value of the material image for a mass-weighted mean atomic number: 1 organic, 2 light
/// inorganic, 3 metal, 4 heavy metal.
std::uint8_t material_class_of_mean_z(double mean_z);

/// A material by its name in materials.toml, or a chemical formula such as "C6H10O5" or
/// "Ca(OH)2". A formula has no density of its own (0): whoever uses it must give one.
/// Fails with kInvalidInput, naming what was not understood. Thread-safe.
core::Result<Material> find_material(std::string_view name_or_formula);

/// Mass shares of a chemical formula. Fails with kInvalidInput. Thread-safe.
core::Result<std::vector<ElementFraction>> parse_formula(std::string_view formula);

/// Names of materials.toml in its order. Thread-safe.
const std::vector<std::string>& material_names();

/// Mass attenuation and mass energy-absorption coefficients, cm2/g, log-log between NIST's rows and
/// never across an edge. Energy in MeV, 0.04 to 10. Thread-safe.
double mass_attenuation_cm2_g(int z, double energy_mev);
double mass_energy_absorption_cm2_g(int z, double energy_mev);
double mass_attenuation_cm2_g(const Material& material, double energy_mev);
double mass_energy_absorption_cm2_g(const Material& material, double energy_mev);

}  // namespace portcullis::simulator
