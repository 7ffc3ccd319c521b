#include "apps/lane/stored_planes.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "archive/scan_file.h"
#include "archive/stored_plane.h"

namespace portcullis::apps {
namespace {

constexpr std::array<const char*, 4> kPlaneNames = {"high", "low", "mass", "material"};

}  // namespace

std::string image_note(const imaging::Parameters& parameters, const core::ImageGrid& grid) {
  nlohmann::json note = imaging::to_json(parameters);
  note["grid"] = {{"mm_per_px", grid.mm_per_px},
                  {"x_first_mm", grid.x_first_mm},
                  {"z_first_mm", grid.z_first_mm},
                  {"source_distance_mm", grid.source_distance_mm},
                  {"source_z_mm", grid.source_z_mm}};
  return note.dump();
}

core::Result<services::Image> stored_plane(const std::filesystem::path& scan_file,
                                           services::ImagePlane plane) {
  const char* name = kPlaneNames[static_cast<std::size_t>(plane)];
  PC_TRY(const auto stored, archive::read_stored_image(scan_file, name));
  const auto note = nlohmann::json::parse(stored.parameters_json, nullptr, false);
  services::Image image;
  const auto place = [&](const char* key, double& value) {
    const auto grid = note.is_object() ? note.find("grid") : note.end();
    if (grid == note.end() || !grid->is_object() || !grid->contains(key)) return false;
    if (!(*grid)[key].is_number()) return false;
    value = (*grid)[key].get<double>();
    return true;
  };
  if (!place("mm_per_px", image.mm_per_px) || !place("x_first_mm", image.x_first_mm) ||
      !place("z_first_mm", image.z_first_mm) || image.mm_per_px <= 0)
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("{}: image '{}' does not say where it lies", scan_file.string(), name)};
  // Earlier versions did not keep these.
  if (!place("source_distance_mm", image.source_distance_mm) ||
      !place("source_z_mm", image.source_z_mm) || image.source_distance_mm < 0)
    image.source_distance_mm = image.source_z_mm = 0;
  auto decoded = archive::decode_plane(stored.bytes, name);
  if (!decoded.ok()) return decoded.error().with_context(scan_file.string());
  const int bytes_wanted = plane == services::ImagePlane::kMaterial ? 1 : 2;
  if (decoded->bytes_per_pixel != bytes_wanted)
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("{}: image '{}' has {} bytes a pixel", scan_file.string(), name,
                                   decoded->bytes_per_pixel)};
  image.columns = static_cast<std::uint32_t>(decoded->columns);
  image.rows = static_cast<std::uint32_t>(decoded->rows);
  image.bytes_per_pixel = static_cast<std::uint32_t>(bytes_wanted);
  image.pixels = std::make_shared<const std::vector<std::byte>>(std::move(decoded->pixels));
  return image;
}

}  // namespace portcullis::apps
