#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::simulator {

/// A generated truck: the files that `portcullis scenes` writes, as texts.
struct GeneratedScene {
  std::string name;             ///< "scene_000"
  std::string mix;              ///< What it really is: clean, hidden, nearly-empty, uniform.
  std::string scene_toml;       ///< Refers to NAME.xml beside it.
  std::string declaration_xml;  ///< WCO DEC; empty for a scene without one.
  std::string expect_json;      ///< mix, verdict class, kinds, load mass; or what test objects are.
  std::string container_number;
  double load_mass_kg = 0;      ///< Real, of the load.
  double declared_mass_kg = 0;  ///< Gross mass of the goods as declared.
};

/// Names of the mixes: clean, hidden, nearly-empty, demo (those three in turn), uniform.
const std::vector<std::string_view>& mix_names();

/// Scene `index` of the seeded sequence of `mix`; the same arguments give the same bytes. The
/// truck is rigid with one 20 ft container and fits 4,450 columns of 2 mm. Mixes that begin with
/// "qa-" are test objects without a truck: generate_qa.h.
/// Fails with kInvalidInput for an unknown mix or scanner.
core::Result<GeneratedScene> generate_scene(std::string_view mix, std::uint64_t seed, int index,
                                            std::string_view scanner = "gantry-6mv");

/// Makes an ISO 6346 number from owner code with category letter ("CSQU") and serial, check digit
/// included: ("CSQU", 305438) is "CSQU3054383".
std::string make_container_number(std::string_view owner_and_category, int serial);

}  // namespace portcullis::simulator
