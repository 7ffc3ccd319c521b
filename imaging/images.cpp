#include "imaging/images.h"

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

}  // namespace portcullis::imaging
