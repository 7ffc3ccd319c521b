#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/geometry.h"
#include "core/result.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

namespace portcullis::simulator {

/// What is really there, on the images' grid (row-major, origin top left).
struct TruthImages {
  core::ImageGrid grid;
  std::vector<float> mass_g_cm2;       ///< Along the ray through the pixel's centre.
  std::vector<std::uint8_t> material;  ///< Values of material.tif, by mass-weighted mean Z.
};

/// Traces the scene on the grid of a scan whose encoder ran over [encoder_min, encoder_max].
core::Result<TruthImages> truth_images(const Scene& scene, const Scanner& scanner,
                                       std::int32_t encoder_min, std::int32_t encoder_max);

/// truth.json: grid, objects (boxes in pixels and millimetres, masses, kinds, item), containers
/// with their load's mass. Boxes are outlines as projected on the centre line's plane.
std::string truth_json(const Scene& scene, const Scanner& scanner, const core::ImageGrid& grid);

/// Writes truth.json, truth_mass.tif (16-bit, 0.01 g/cm2) and truth_material.tif (8-bit) into
/// `folder`, which is made if need be. Fails with kIo naming the path.
core::Status write_truth(const std::filesystem::path& folder, const Scene& scene,
                         const Scanner& scanner, std::int32_t encoder_min,
                         std::int32_t encoder_max);

}  // namespace portcullis::simulator
