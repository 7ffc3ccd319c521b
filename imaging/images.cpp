#include "imaging/images.h"

#include <cmath>

namespace portcullis::imaging {

std::string_view material_name(Material material) {
  switch (material) {
    case Material::kNone:
      return "none";
    case Material::kOrganic:
      return "organic";
    case Material::kLightInorganic:
      return "light inorganic";
    case Material::kMetal:
      return "metal";
    case Material::kHeavyMetal:
      return "heavy metal";
    case Material::kTooThick:
      return "too thick";
  }
  return "none";
}

std::int64_t first_column_of(const core::ImageGrid& grid) {
  return static_cast<std::int64_t>(std::floor(grid.x_first_mm / grid.mm_per_px + 0.5));
}

ImageBlock whole_block(const Images& images) {
  ImageBlock block;
  block.first_column = first_column_of(images.grid);
  block.columns = images.grid.columns;
  block.rows = images.grid.rows;
  block.stride = static_cast<std::size_t>(images.grid.columns);
  block.transmission_high = images.transmission_high.data();
  block.transmission_low = images.transmission_low.data();
  block.mass_g_cm2 = images.mass_g_cm2.data();
  block.material_confidence_percent = images.material_confidence_percent.data();
  block.material = images.material.data();
  if (!images.material_marks.empty()) block.material_marks = images.material_marks.data();
  if (!images.effective_z_halves.empty())
    block.effective_z_halves = images.effective_z_halves.data();
  block.bad = images.bad.data();
  block.scatter_left = images.scatter_left;
  return block;
}

}  // namespace portcullis::imaging
