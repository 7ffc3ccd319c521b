#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/physics/random.h"

/// What all generators of trucks write: objects, identities, declarations. The same draws give the
/// same bytes.
namespace portcullis::simulator {

struct DeclaredLine {
  std::string description, hs_code, package;
  double packages = 0, gross_kg = 0, net_kg = 0;
};

/// Collects the scene's text; every number goes through one format, so the bytes are stable.
class SceneText {
 public:
  std::string text;

  /// Lengths in millimetres from the container's front inner wall, centre line and floor.
  void object(std::string_view name, std::string_view shape, const std::vector<double>& size,
              std::array<double, 3> center, std::array<double, 3> rotation,
              std::string_view material, double density, std::string_view truth, int item,
              std::string_view inside = {}, double wall = 0);
};

/// "CSQU3054383", "GG758NJ": drawn.
std::string draw_container_number(Random& random);
std::string draw_plate(Random& random);

/// What the scene as the simulator will read it says the load weighs, its threats included.
struct SceneMasses {
  double load_kg = 0, threats_kg = 0;
};
/// `text`: of a scene with a [declaration] that need not exist yet.
SceneMasses masses_of(const std::string& text, const std::string& name);

/// A WCO declaration of these goods in this container.
std::string declaration_xml(Random& random, const std::string& plate, const std::string& container,
                            const std::vector<DeclaredLine>& lines);

}  // namespace portcullis::simulator
