#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry.h"
#include "imaging/material/classify.h"
#include "imaging/material/material_curves.h"
#include "imaging/pipeline/process.h"
#include "simulator/offline/simulate.h"
#include "simulator/physics/beam_model.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

/// Share of pixels whose material is right on plates of known areal density: the full simulated
/// gantry with every defect on, raw lines to material image. Beside each share stands what photon
/// noise alone would allow (Fisher information of the material coordinate in 7 x 7 pixels).
/// PORTCULLIS_STEPS_SCENES: scenes with other seeds (default 1); PORTCULLIS_STEPS_OFF: names of
/// noise switches to turn off, "scatter afterglow".
namespace portcullis {
namespace {

using imaging::Material;

struct Plate {
  const char* material;
  Material expected;
  double from_g_cm2;  ///< From here to kSurely_g_cm2 the material must be right.
};
constexpr std::array<Plate, 9> kPlates{{{"polyethylene", Material::kOrganic, 14},
                                        {"paper", Material::kOrganic, 14},
                                        {"water", Material::kOrganic, 14},
                                        {"glass", Material::kLightInorganic, 14},
                                        {"aluminium", Material::kLightInorganic, 14},
                                        {"iron", Material::kMetal, 20},
                                        {"copper", Material::kMetal, 20},
                                        {"lead", Material::kHeavyMetal, 20},
                                        {"tungsten", Material::kHeavyMetal, 20}}};
constexpr std::array<double, 15> kSteps{3,  5,  8,  11,  14,  17,  20, 30,
                                        45, 60, 80, 100, 130, 160, 300};
constexpr double kSurely_g_cm2 = 100;
/// Nothing is seen through so much: every class would be a guess.
constexpr double kNever_g_cm2 = 300;
constexpr double kStepMm = 100, kBandMm = 230, kBandFirstMm = 330, kEdgeMm = 16;
/// So dense that a plate's faces are seen as its edges.
constexpr double kDensity = 12;

std::string scene_text(std::uint64_t seed) {
  const char* off = std::getenv("PORTCULLIS_STEPS_OFF");
  std::string text =
      fmt::format("seed = {}\n[scan]\nscanner = \"gantry-6mv\"\nspeed_mm_s = 400\n", seed) +
      fmt::format("x_from_mm = -300\nx_to_mm = {}\n[vehicle]\nkind = \"none\"\n",
                  kStepMm * kSteps.size() + 300);
  if (off != nullptr) {
    text += "[noise]\n";
    std::string word;
    for (const char* c = off;; ++c) {
      if (*c != ' ' && *c != 0) {
        word += *c;
        continue;
      }
      if (!word.empty()) text += word + " = false\n";
      word.clear();
      if (*c == 0) break;
    }
  }
  for (std::size_t p = 0; p < kPlates.size(); ++p) {
    for (std::size_t s = 0; s < kSteps.size(); ++s) {
      text += fmt::format(
          "[[object]]\nname = \"{}-{}\"\nshape = \"box\"\nsize_mm = [{}, {}, {}]\n"
          "center_mm = [{}, 0, {}]\nmaterial = \"{}\"\ndensity_g_cm3 = {}\ntruth = \"goods\"\n",
          kPlates[p].material, kSteps[s], kStepMm, kSteps[s] / kDensity * 10, kBandMm,
          kStepMm * (static_cast<double>(s) + 0.5),
          kBandFirstMm + kBandMm * (static_cast<double>(p) + 0.5) - simulator::kFloorHeightMm,
          kPlates[p].material, kDensity);
    }
  }
  return text;
}

/// What is right to say of a plate: its class; below the range in which it must be told, also that
/// it is too thin, and of heavy metal that it is metal with heavy not excluded; above it, that it
/// is too thick.
bool is_right(const Plate& plate, double g_cm2, Material seen, std::uint8_t marks) {
  if (seen == plate.expected) return true;
  if (g_cm2 > kSurely_g_cm2) return seen == Material::kTooThick;
  if (g_cm2 >= plate.from_g_cm2) return false;
  if ((marks & imaging::kMarkTooThin) != 0) return true;
  return plate.expected == Material::kHeavyMetal && (marks & imaging::kMarkHeavyNotExcluded) != 0;
}

double normal_below(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// Share that photon noise alone allows in 7 x 7 pixels: the standard deviation of m from the
/// deposits' first two moments, both energies, and the calibrated boundaries.
double photon_limit(const simulator::BeamModel& beam, const simulator::Material& material,
                    const imaging::MaterialCurves& curves, const Plate& plate, double g_cm2,
                    double photons, double* sigma_out) {
  const auto behind = beam.behind(material, g_cm2);
  std::array<double, 2> log_t{}, variance{};
  for (std::size_t e = 0; e < 2; ++e) {
    const auto& air = beam.air()[e];
    log_t[e] = -std::log(behind[e].deposit_mev / air.deposit_mev);
    variance[e] =
        behind[e].deposit_squared_mev2 / (photons * behind[e].deposit_mev * behind[e].deposit_mev);
  }
  const auto point = curves.at(static_cast<float>(log_t[0]));
  const auto edge = curves.boundaries(point);
  const double ratio = log_t[1] / log_t[0];
  const double span = static_cast<double>(point.span);
  const double sigma = std::sqrt(variance[1] + ratio * ratio * variance[0]) / span;
  *sigma_out = sigma;
  const double m = (log_t[1] - static_cast<double>(point.low_aluminium)) / span;
  const std::array<double, 6> bound{1e9,
                                    1e9,
                                    static_cast<double>(edge.organic),
                                    static_cast<double>(edge.light),
                                    static_cast<double>(edge.metal),
                                    -1e9};
  const auto c = static_cast<std::size_t>(plate.expected);
  return normal_below((bound[c] - m) / sigma) - normal_below((bound[c + 1] - m) / sigma);
}

/// Wedges as narrow beams give them: what the photons say is measured against their own curves, not
/// against those of a detector whose afterglow mixes the energies.
core::Result<imaging::MaterialCurves> narrow_beam_curves(const simulator::BeamModel& beam) {
  std::vector<core::WedgeStep> wedges;
  for (const char* name : {"polyethylene", "aluminium", "iron", "lead"}) {
    PC_TRY(const auto material, simulator::find_material(name));
    for (const double g : {1.0, 2.0, 4.0, 7.0, 12.0, 20.0, 35.0, 55.0, 80.0, 110.0, 150.0, 200.0}) {
      const auto t = beam.transmission(material, g);
      wedges.push_back({name, g, 1, {static_cast<float>(t[0])}, {static_cast<float>(t[1])}});
    }
  }
  return imaging::MaterialCurves::create(wedges, {});
}

struct Tally {
  double right = 0, pixels = 0, m = 0, z = 0;
  std::array<double, 6> seen{};
  double marked = 0;
};

TEST(MaterialSteps, ShareOfPixelsWhoseMaterialIsRight) {
  const char* scenes_text = std::getenv("PORTCULLIS_STEPS_SCENES");
  const int scenes = scenes_text != nullptr ? std::atoi(scenes_text) : 1;
  const auto scanner = simulator::load_scanner("gantry-6mv");
  ASSERT_TRUE(scanner.ok());
  const auto beam = simulator::BeamModel::create(scanner->beam, 256);
  ASSERT_TRUE(beam.ok());
  const auto curves = narrow_beam_curves(*beam);
  ASSERT_TRUE(curves.ok());
  std::array<std::array<Tally, kSteps.size()>, kPlates.size()> tally{};
  std::array<std::array<double, kSteps.size()>, kPlates.size()> limit{}, sigma{};
  for (int k = 0; k < scenes; ++k) {
    const std::uint64_t seed = 7100 + static_cast<std::uint64_t>(k);
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    const auto scene = simulator::parse_scene(scene_text(seed), "steps.toml", ".");
    ASSERT_TRUE(scene.ok()) << scene.error().message;
    const auto raw = simulator::simulate_raw_scan(*scene, *scanner,
                                                  core::UtcTime{1'767'225'600'000'000'000}, {});
    ASSERT_TRUE(raw.ok()) << raw.error().message;
    const auto images = imaging::process(*raw, {}, {});
    ASSERT_TRUE(images.ok()) << images.error().message;
    const auto& grid = images->grid;
    for (std::size_t p = 0; p < kPlates.size(); ++p) {
      const auto material =
          std::find_if(scene->materials.begin(), scene->materials.end(),
                       [&](const auto& m) { return m.name == kPlates[p].material; });
      ASSERT_NE(material, scene->materials.end());
      const double z_from = kBandFirstMm + kBandMm * static_cast<double>(p) + kEdgeMm;
      const double z_to = kBandFirstMm + kBandMm * static_cast<double>(p + 1) - kEdgeMm;
      const double ray_mm = scanner->geometry.pixel_pitch_mm * 7000 / 10'000;
      const double photons =
          scanner->photons_per_pulse * (7 * grid.mm_per_px / 2.0) * (7 * grid.mm_per_px / ray_mm);
      for (std::size_t s = 0; s < kSteps.size(); ++s) {
        limit[p][s] =
            photon_limit(*beam, *material, *curves, kPlates[p], kSteps[s], photons, &sigma[p][s]);
        auto& t = tally[p][s];
        const double x_from = kStepMm * static_cast<double>(s) + kEdgeMm;
        const double x_to = x_from + kStepMm - 2 * kEdgeMm;
        for (int r = 0; r < grid.rows; ++r) {
          if (grid.z_mm(r) < z_from || grid.z_mm(r) > z_to) continue;
          for (int c = 0; c < grid.columns; ++c) {
            if (grid.x_mm(c) < x_from || grid.x_mm(c) > x_to) continue;
            const auto i = static_cast<std::size_t>(r) * static_cast<std::size_t>(grid.columns) +
                           static_cast<std::size_t>(c);
            if (images->bad[i] != 0) continue;
            const auto seen = static_cast<Material>(images->material[i]);
            t.pixels += 1;
            t.seen[static_cast<std::size_t>(seen)] += 1;
            t.marked += (images->material_marks[i] & imaging::kMarkHeavyNotExcluded) != 0 ? 1 : 0;
            t.z += 0.5 * static_cast<double>(images->effective_z_halves[i]);
            t.right += is_right(kPlates[p], kSteps[s], seen, images->material_marks[i]) ? 1 : 0;
          }
        }
      }
    }
  }
  for (std::size_t p = 0; p < kPlates.size(); ++p) {
    for (std::size_t s = 0; s < kSteps.size(); ++s) {
      const auto& t = tally[p][s];
      ASSERT_GT(t.pixels, 100);
      const double right = t.right / t.pixels;
      std::printf(
          "%-12s %5.0f g/cm2: right %5.1f %%, photon limit %5.1f %% (sigma m %.3f); none %.2f o "
          "%.2f "
          "l %.2f m %.2f h %.2f thick %.2f, heavy not excluded %.2f, Z %.1f\n",
          kPlates[p].material, kSteps[s], 100 * right, 100 * limit[p][s], sigma[p][s],
          t.seen[0] / t.pixels, t.seen[1] / t.pixels, t.seen[2] / t.pixels, t.seen[3] / t.pixels,
          t.seen[4] / t.pixels, t.seen[5] / t.pixels, t.marked / t.pixels, t.z / t.pixels);
      if (kSteps[s] >= kPlates[p].from_g_cm2) {
        EXPECT_GE(right, 0.95) << kPlates[p].material << " " << kSteps[s] << " g/cm2";
      }
      if (kSteps[s] >= kNever_g_cm2) {
        EXPECT_GE(t.seen[static_cast<std::size_t>(Material::kTooThick)] / t.pixels, 0.95)
            << kPlates[p].material << " " << kSteps[s] << " g/cm2";
      }
    }
  }
}

}  // namespace
}  // namespace portcullis
