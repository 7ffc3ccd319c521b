#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "imaging/images.h"
#include "simulator/physics/random.h"

namespace portcullis::test {

/// Attenuation of one material in a 6 / 4 MV pair, interpolated between 0, 10, 40, 80 and
/// 160 g/cm2: -ln T at the high energy and the ratio of the low energy's to it. From NIST
/// coefficients with a Schiff spectrum, narrow beam.
struct Attenuator {
  std::array<double, 4> high_at;
  std::array<double, 4> ratio_at;

  [[nodiscard]] double high(double m) const {
    constexpr std::array<double, 5> kMass{0, 10, 40, 80, 160};
    std::size_t i = 0;
    while (i < 3 && m > kMass[i + 1]) ++i;
    const double low_end = i == 0 ? 0 : high_at[i - 1];
    return low_end + (high_at[i] - low_end) * (m - kMass[i]) / (kMass[i + 1] - kMass[i]);
  }
  [[nodiscard]] double low(double m) const {
    constexpr std::array<double, 4> kMass{10, 40, 80, 160};
    std::size_t i = 0;
    while (i < 2 && m > kMass[i + 1]) ++i;
    const double part = std::clamp((m - kMass[i]) / (kMass[i + 1] - kMass[i]), 0.0, 1.0);
    return high(m) * (ratio_at[i] + (ratio_at[i + 1] - ratio_at[i]) * part);
  }
};
inline constexpr Attenuator kIron{{0.4524, 1.6912, 3.1998, 6.0203},
                                  {1.1560, 1.1515, 1.1440, 1.1324}};
inline constexpr Attenuator kLead{{0.5662, 2.0092, 3.8167, 7.3300},
                                  {1.1607, 1.1064, 1.0794, 1.0560}};
// Halfway between polyethylene and carbon, as paper and food are.
inline constexpr Attenuator kPaper{{0.4802, 1.7487, 3.2243, 5.8765},
                                   {1.1959, 1.2076, 1.2129, 1.2159}};

/// A truck as imaging would deliver it, made from theory: a fan from (y -7 m, z 1.2 m), a container
/// of steel sheet, loads as boxes that fill the width, small blocks within them, photon noise.
class SyntheticTruck {
 public:
  explicit SyntheticTruck(std::uint32_t seed = 1, double mm_per_px = 10, double length_mm = 6058,
                          double height_mm = 2591, bool noise = true)
      : random_(seed, simulator::Stream::kPattern),
        length_mm_(length_mm),
        height_mm_(height_mm),
        noise_(noise) {
    images_.grid.mm_per_px = mm_per_px;
    images_.grid.x_first_mm = -3000;
    images_.grid.z_first_mm = 4770;
    images_.grid.columns = static_cast<int>((length_mm + 3000 + 500) / mm_per_px);
    images_.grid.rows = static_cast<int>((4770 - 520) / mm_per_px);
    organic_.assign(images_.size(), 0.0);
    iron_.assign(images_.size(), 0.0);
    lead_.assign(images_.size(), 0.0);
    images_.obliquity.resize(static_cast<std::size_t>(images_.grid.rows));
    for (int r = 0; r < images_.grid.rows; ++r) {
      images_.obliquity[static_cast<std::size_t>(r)] =
          static_cast<float>(std::hypot(1.0, (images_.grid.z_mm(r) - kSourceZ) / kDistance));
    }
    add_chassis();
  }

  /// Cab ahead of the container, with air between.
  void add_cab() { add_box(iron_, -2600, -600, 900, 3600, -1150, 1150, 0.02); }

  void add_container() {
    const double t = 2.0;  // sheet, with its corrugation
    const double z0 = kFloor;
    const double z1 = kFloor + height_mm_ - 160;
    // Side walls, roof, floor, end walls, posts: each solid steel of its own thickness.
    slab_y(iron_, 0, length_mm_, z0, z1, -1219, t, 7.87);
    slab_y(iron_, 0, length_mm_, z0, z1, 1219 - t, t, 7.87);
    add_box(iron_, 0, length_mm_, z1 - t, z1, -1219, 1219, 7.87);
    add_box(organic_, 0, length_mm_, kFloor - 28, kFloor, -1200, 1200, 0.7);
    add_box(iron_, 0, length_mm_, kFloor - 160, kFloor - 28, -1200, 1200, 0.25);
    for (const double x : {0.0, length_mm_ - 40})
      add_box(iron_, x, x + 40, z0, z1, -1219, 1219, 0.30);
    for (const double x : {0.0, length_mm_ - 150}) {
      slab_y(iron_, x, x + 150, z0, z1, -1219, 12, 7.87);
      slab_y(iron_, x, x + 150, z0, z1, 1207, 12, 7.87);
    }
  }

  /// Goods between heights above the floor, filling the width between `y0` and `y1`.
  void add_goods(double x0, double x1, double h0, double h1, double g_cm3, double y0 = -1100,
                 double y1 = 1100) {
    add_box(organic_, x0, x1, kFloor + h0, kFloor + h1, y0, y1, g_cm3);
    goods_kg_ += (x1 - x0) * (h1 - h0) * (y1 - y0) / 1000 * g_cm3 / 1000;
  }
  void add_iron(double x0, double x1, double h0, double h1, double y0, double y1,
                double g_cm3 = 7.87) {
    add_box(iron_, x0, x1, kFloor + h0, kFloor + h1, y0, y1, g_cm3);
    goods_kg_ += (x1 - x0) * (h1 - h0) * (y1 - y0) / 1000 * g_cm3 / 1000;
  }
  void add_lead(double x0, double x1, double h0, double h1, double y0, double y1) {
    add_box(lead_, x0, x1, kFloor + h0, kFloor + h1, y0, y1, 11.35);
    goods_kg_ += (x1 - x0) * (h1 - h0) * (y1 - y0) / 1000 * 11.35 / 1000;
  }

  [[nodiscard]] double goods_kg() const { return goods_kg_; }

  /// Noise for 1e5 photons a pixel in air, twice that in compound Poisson's variance; mass as a
  /// middle organic would be read, iron as iron where it is most of the ray.
  imaging::Images make() {
    const std::size_t n = images_.size();
    images_.transmission_high.resize(n);
    images_.transmission_low.resize(n);
    images_.mass_g_cm2.resize(n);
    images_.material.resize(n);
    images_.material_confidence_percent.assign(n, 100);
    images_.bad.assign(n, 0);
    const double photons = 1e5 * (images_.grid.mm_per_px / 4) * (images_.grid.mm_per_px / 4);
    for (std::size_t i = 0; i < n; ++i) {
      const double l6 = kPaper.high(organic_[i]) + kIron.high(iron_[i]) + kLead.high(lead_[i]);
      const double l4 = kPaper.low(organic_[i]) + kIron.low(iron_[i]) + kLead.low(lead_[i]);
      const auto measured = [&](double l) {
        const double t = std::exp(-l);
        const double sigma = noise_ ? std::sqrt(1.6 * t / photons + 1e-12) : 0.0;
        return static_cast<float>(std::max(1e-7, t + sigma * random_.normal()));
      };
      images_.transmission_high[i] = measured(l6);
      images_.transmission_low[i] = measured(l4);
      const double total = organic_[i] + iron_[i] + lead_[i];
      images_.mass_g_cm2[i] =
          static_cast<float>(std::max(0.0, total * (1 + (noise_ ? 0.002 * random_.normal() : 0))));
      auto material = imaging::Material::kNone;
      if (images_.transmission_high[i] < 1e-4F)
        material = imaging::Material::kTooThick;
      else if (lead_[i] > 15)
        material = imaging::Material::kHeavyMetal;
      else if (iron_[i] > organic_[i])
        material = imaging::Material::kMetal;
      else if (total > 4)
        material = imaging::Material::kOrganic;
      images_.material[i] = static_cast<std::uint8_t>(material);
    }
    return images_;
  }

  static constexpr double kSourceZ = 1200;
  static constexpr double kDistance = 7000;
  static constexpr double kFloor = 1250;

 private:
  void add_chassis() {
    add_box(iron_, -2800, length_mm_ + 100, 850, 1050, -450, 450, 0.6);
    for (const double x : {-1800.0, length_mm_ - 1800, length_mm_ - 600})
      add_box(iron_, x, x + 900, 520, 1000, -1200, 1200, 0.9);
  }

  /// Path of every ray through a box, times its density.
  void add_box(std::vector<double>& plane, double x0, double x1, double z0, double z1, double y0,
               double y1, double g_cm3) {
    std::vector<double> path_cm(static_cast<std::size_t>(images_.grid.rows), 0.0);
    for (int r = 0; r < images_.grid.rows; ++r) {
      // Four rays a pixel soften the edges as an aperture does.
      double path = 0;
      for (int k = 0; k < 4; ++k) {
        const double slope = (images_.grid.z_mm(r - 0.375 + 0.25 * k) - kSourceZ) / kDistance;
        double from = y0, to = y1;  // z = kSourceZ + slope * (y + kDistance)
        if (std::abs(slope) < 1e-9) {
          if (kSourceZ < z0 || kSourceZ > z1) continue;
        } else {
          const double a = (z0 - kSourceZ) / slope - kDistance;
          const double b = (z1 - kSourceZ) / slope - kDistance;
          from = std::max(from, std::min(a, b));
          to = std::min(to, std::max(a, b));
        }
        if (to > from) path += (to - from) * std::hypot(1.0, slope) / 4;
      }
      path_cm[static_cast<std::size_t>(r)] = path / 10;
    }
    for (int c = 0; c < images_.grid.columns; ++c) {
      const double left = images_.grid.x_mm(c - 0.5);
      const double share =
          std::clamp((std::min(x1, left + images_.grid.mm_per_px) - std::max(x0, left)) /
                         images_.grid.mm_per_px,
                     0.0, 1.0);
      if (share <= 0) continue;
      for (int r = 0; r < images_.grid.rows; ++r) {
        plane[static_cast<std::size_t>(r) * static_cast<std::size_t>(images_.grid.columns) +
              static_cast<std::size_t>(c)] += share * path_cm[static_cast<std::size_t>(r)] * g_cm3;
      }
    }
  }
  void slab_y(std::vector<double>& plane, double x0, double x1, double z0, double z1, double y,
              double thick, double g_cm3) {
    add_box(plane, x0, x1, z0, z1, y, y + thick, g_cm3);
  }

  simulator::Random random_;
  double length_mm_;
  double height_mm_;
  bool noise_;
  double goods_kg_ = 0;
  imaging::Images images_;
  std::vector<double> organic_, iron_, lead_;
};

}  // namespace portcullis::test
