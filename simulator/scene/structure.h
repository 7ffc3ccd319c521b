#pragma once

#include <optional>
#include <string_view>

#include "simulator/scene/scene.h"

namespace portcullis::simulator {

/// Index of a material in the scene's list, added where it is new. The name must be one of
/// materials.toml: for the structure's own parts.
std::size_t scene_material(Scene& scene, std::string_view name);

/// Size of a container by ISO 6346 type code ("22G1"), without placing it; absent where the type is
/// not one that can be built. x starts at the front inner wall.
struct ContainerSize {
  double outer_length_mm, outer_width_mm, outer_height_mm;
  double inner_length_mm, inner_width_mm, inner_height_mm;
  double front_mm;  ///< From the outer front to the inner front wall.
  double base_mm;   ///< From the outer bottom to the floor's top.
  char group;       ///< G, R, T, P
};
std::optional<ContainerSize> container_size(std::string_view iso_type);

/// Adds walls, floor, posts, doors and so on of container `index`, whose number, type and
/// x_front_mm are set, and fills its boxes.
void add_container_structure(Scene& scene, int index);

/// Adds the vehicle's body around what is loaded. kind: "semi-trailer" or "rigid".
void add_vehicle_structure(Scene& scene);

/// Mass in kg of what `solids[first, last)` keep after later solids have taken their part.
double mass_of_solids_kg(const Scene& scene, std::size_t first, std::size_t last);

}  // namespace portcullis::simulator
