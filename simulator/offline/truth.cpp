#include "simulator/offline/truth.h"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/parallel.h"
#include "core/records.h"
#include "simulator/physics/beam_model.h"
#include "simulator/scene/tracer.h"

namespace portcullis::simulator {

namespace {

constexpr float kThinGcm2 = 1.0F;  // below: no material is said
constexpr float kThickTransmission = 1e-5F;

/// Ends of the rays through the rows' centres: as far across as the array stands.
std::vector<core::PixelPosition> row_rays(const core::ScannerGeometry& g,
                                          const core::ImageGrid& grid) {
  double y_end = 0;
  for (const auto& p : g.pixels) y_end = std::max(y_end, p.y_mm);
  std::vector<core::PixelPosition> ends;
  for (int row = 0; row < grid.rows; ++row) {
    const double slope = (grid.z_mm(row) - g.source_z_mm) / (0 - g.source_y_mm);
    ends.push_back({y_end, g.source_z_mm + slope * (y_end - g.source_y_mm)});
  }
  return ends;
}

/// A lane box as seen from the source in the plane of the centre line.
core::MillimetreBox outline(const core::ScannerGeometry& g, const LaneBox& box) {
  double z_min = 1e300;
  double z_max = -1e300;
  for (const double y : {box.y_min, box.y_max}) {
    for (const double z : {box.z_min, box.z_max}) {
      const double at_centre =
          g.source_z_mm + (z - g.source_z_mm) * (0 - g.source_y_mm) / (y - g.source_y_mm);
      z_min = std::min(z_min, at_centre);
      z_max = std::max(z_max, at_centre);
    }
  }
  return {box.x_min, z_min, box.x_max - box.x_min, z_max - z_min};
}

nlohmann::json boxes_json(const core::ScannerGeometry& g, const core::ImageGrid& grid,
                          const LaneBox& box) {
  const auto mm = outline(g, box);
  const int left =
      std::clamp(static_cast<int>(std::floor(grid.column_of(mm.x) + 0.5)), 0, grid.columns);
  const int right = std::clamp(static_cast<int>(std::ceil(grid.column_of(mm.x + mm.w) + 0.5)), left,
                               grid.columns);
  const int top =
      std::clamp(static_cast<int>(std::floor(grid.row_of(mm.z + mm.h) + 0.5)), 0, grid.rows);
  const int bottom =
      std::clamp(static_cast<int>(std::ceil(grid.row_of(mm.z) + 0.5)), top, grid.rows);
  return {{"bbox_px", {left, top, right - left, bottom - top}},
          {"bbox_mm", {mm.x, mm.z, mm.w, mm.h}}};
}

template <class T>
core::Status write_tiff(const std::filesystem::path& path, const std::vector<T>& image, int columns,
                        int rows) {
  const auto failed = [&path] {
    return core::Error{core::ErrorCode::kIo, fmt::format("{}: cannot be written", path.string())};
  };
  TIFF* tiff = TIFFOpen(path.c_str(), "w");
  if (tiff == nullptr) return failed();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(columns));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(rows));
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, static_cast<int>(8 * sizeof(T)));
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 64U);
  bool good = true;
  std::vector<T> line(static_cast<std::size_t>(columns));
  for (int row = 0; row < rows && good; ++row) {
    std::memcpy(line.data(),
                image.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(columns),
                line.size() * sizeof(T));
    good = TIFFWriteScanline(tiff, line.data(), static_cast<std::uint32_t>(row), 0) == 1;
  }
  good = good && TIFFFlush(tiff) == 1;
  TIFFClose(tiff);
  if (!good) return failed();
  return {};
}

}  // namespace

core::Result<TruthImages> truth_images(const Scene& scene, const Scanner& scanner,
                                       std::int32_t encoder_min, std::int32_t encoder_max) {
  const auto& g = scanner.geometry;
  TruthImages images;
  images.grid = core::make_image_grid(g, encoder_min, encoder_max);
  const auto& grid = images.grid;
  const auto columns = static_cast<std::size_t>(grid.columns);
  const auto rows = static_cast<std::size_t>(grid.rows);
  images.mass_g_cm2.resize(columns * rows);
  images.material.resize(columns * rows);
  PC_TRY(const BeamModel beam, BeamModel::create(scanner.beam));
  std::vector<std::vector<float>> attenuation;
  std::vector<float> mean_z;
  for (const auto& material : scene.materials) {
    attenuation.push_back(beam.attenuation_on_grid(material));
    mean_z.push_back(static_cast<float>(material.mean_z()));
  }
  const PlaneTracer tracer(scene, g.source_y_mm, g.source_z_mm, row_rays(g, grid));
  core::parallel_for(columns, 32, [&](std::size_t begin, std::size_t end) {
    PlaneTracer::Plane planes[2];
    std::vector<const float*> pointers;
    std::vector<float> amounts;
    for (std::size_t c = begin; c < end; ++c) {
      auto& plane = planes[c % 2];
      tracer.trace(grid.x_mm(static_cast<double>(c)), c == begin ? nullptr : &planes[(c + 1) % 2],
                   plane);
      for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t at = r * columns + c;
        if (c > begin && plane.changed[r] == 0) {
          images.mass_g_cm2[at] = images.mass_g_cm2[at - 1];
          images.material[at] = images.material[at - 1];
          continue;
        }
        float mass = 0;
        float weighted_z = 0;
        pointers.clear();
        amounts.clear();
        for (const auto& piece : plane.ray(r)) {
          mass += piece.areal_density_g_cm2;
          weighted_z += piece.areal_density_g_cm2 * mean_z[piece.material];
          pointers.push_back(attenuation[piece.material].data());
          amounts.push_back(piece.areal_density_g_cm2);
        }
        images.mass_g_cm2[at] = mass;
        if (mass < kThinGcm2) continue;
        const bool too_thick = beam.fast(pointers, amounts).transmission_high < kThickTransmission;
        images.material[at] =
            too_thick ? std::uint8_t{5}
                      : material_class_of_mean_z(static_cast<double>(weighted_z / mass));
      }
    }
  });
  return images;
}

std::string truth_json(const Scene& scene, const Scanner& scanner, const core::ImageGrid& grid) {
  const auto& g = scanner.geometry;
  nlohmann::json root;
  root["scene"] = scene.path.filename().string();
  root["seed"] = scene.seed;
  root["scanner"] = g.name;
  root["grid"] = {{"columns", grid.columns},
                  {"rows", grid.rows},
                  {"mm_per_px", grid.mm_per_px},
                  {"x_first_mm", grid.x_first_mm},
                  {"z_first_mm", grid.z_first_mm}};
  root["vehicle"] = {{"kind", scene.vehicle_kind}, {"plate", scene.plate}};
  // What is declared stands in the declaration itself, which is not read here.
  root["declaration"] = scene.declaration.empty()
                            ? nlohmann::json(nullptr)
                            : nlohmann::json({{"file", scene.declaration.filename().string()},
                                              {"declared", nullptr}});
  root["containers"] = nlohmann::json::array();
  for (const auto& container : scene.containers) {
    auto entry = boxes_json(g, grid, container.outer);
    entry["number"] = container.number;
    entry["iso_type"] = container.iso_type;
    entry["tare_kg"] = container.tare_kg;
    entry["load_mass_kg"] = container.load_mass_kg;
    root["containers"].push_back(std::move(entry));
  }
  root["objects"] = nlohmann::json::array();
  for (const auto& object : scene.objects) {
    auto entry = boxes_json(g, grid, object.box);
    entry["name"] = object.name;
    entry["container"] =
        object.container < 0 ? nlohmann::json(nullptr) : nlohmann::json(object.container);
    entry["material"] = object.material;
    entry["truth"] = object.truth;
    entry["kind"] =
        object.is_threat() ? nlohmann::json(object.truth.substr(7)) : nlohmann::json(nullptr);
    entry["item"] = object.item == 0 ? nlohmann::json(nullptr) : nlohmann::json(object.item);
    entry["mass_kg"] = object.mass_kg;
    root["objects"].push_back(std::move(entry));
  }
  return root.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

core::Status write_truth(const std::filesystem::path& folder, const Scene& scene,
                         const Scanner& scanner, std::int32_t encoder_min,
                         std::int32_t encoder_max) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot be made: {}", folder.string(), error.message())};
  PC_TRY(const TruthImages images, truth_images(scene, scanner, encoder_min, encoder_max));
  std::vector<std::uint16_t> mass;
  mass.reserve(images.mass_g_cm2.size());
  for (const float value : images.mass_g_cm2)
    mass.push_back(static_cast<std::uint16_t>(std::min(65'535.0F, std::round(value * 100))));
  PC_CHECK(write_tiff(folder / "truth_mass.tif", mass, images.grid.columns, images.grid.rows));
  PC_CHECK(write_tiff(folder / "truth_material.tif", images.material, images.grid.columns,
                      images.grid.rows));
  return core::write_file_atomically(folder / "truth.json",
                                     truth_json(scene, scanner, images.grid));
}

}  // namespace portcullis::simulator
