#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>

#include "imaging/images.h"
#include "simulator/physics/random.h"

namespace portcullis::imaging {

/// Images drawn by hand: attenuation of both energies by place, and white noise of photons.
struct DrawnScene {
  int columns = 500, rows = 500;
  double mm_per_px = 2;
  double noise_in_air = 0.004;  ///< Of a pixel; goes with the root of transmission.
  std::uint32_t seed = 1;
  /// Attenuation (high, low) at x, z in millimetres, origin in the middle.
  std::function<std::pair<double, double>(double x_mm, double z_mm)> attenuation;
};

inline Images draw_images(const DrawnScene& scene) {
  Images images;
  images.grid = {scene.columns, scene.rows, scene.mm_per_px,
                 -scene.mm_per_px * (scene.columns - 1) / 2,
                 scene.mm_per_px * (scene.rows - 1) / 2};
  const std::size_t size = images.size();
  images.transmission_high.resize(size);
  images.transmission_low.resize(size);
  images.mass_g_cm2.assign(size, 0);
  images.material.assign(size, 0);
  images.material_confidence_percent.assign(size, 0);
  images.obliquity.assign(static_cast<std::size_t>(scene.rows), 1);
  images.bad.assign(size, 0);
  simulator::Random random(scene.seed, simulator::Stream::kPattern);
  for (int r = 0; r < scene.rows; ++r) {
    for (int c = 0; c < scene.columns; ++c) {
      const auto [high, low] = scene.attenuation(images.grid.x_mm(c), images.grid.z_mm(r));
      const auto at = static_cast<std::size_t>(r) * static_cast<std::size_t>(scene.columns) +
                      static_cast<std::size_t>(c);
      const auto draw = [&](double attenuation) {
        const double t = std::exp(-attenuation);
        return static_cast<float>(
            std::max(1e-7, t + scene.noise_in_air * std::sqrt(t) * random.normal()));
      };
      images.transmission_high[at] = draw(high);
      images.transmission_low[at] = draw(low);
    }
  }
  return images;
}

inline bool in_box(double x, double z, double cx, double cz, double width, double height) {
  return std::abs(x - cx) <= width / 2 && std::abs(z - cz) <= height / 2;
}

}  // namespace portcullis::imaging
