#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "imaging/flag/flag.h"
#include "imaging/pipeline/process.h"
#include "simulator/offline/simulate.h"
#include "simulator/scene/generate.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

/// The mass of seeded loads and the intervals that go with it, against what the scenes hold: raw
/// lines with every defect on. PORTCULLIS_MASS_COUNT loads (default 24) from PORTCULLIS_MASS_SEED;
/// every third one is of packages, the others are uniform. PORTCULLIS_MASS_SCANNER: another
/// scanner.
namespace portcullis {
namespace {

const char* mass_variable(const char* name, const char* fallback) {
  const char* text = std::getenv(name);
  return text != nullptr ? text : fallback;
}

struct Weighed {
  std::string material;
  bool uniform = false;
  double truth_kg = 0, seen_kg = 0, low_kg = 0, high_kg = 0;
  double g_cm2 = 0;  ///< Of a uniform load, across the lane.
};

/// Gives the uniform load of `scene` another density, so that it is `g_cm2` across the lane.
void make_deep(std::string& scene, double g_cm2) {
  const auto load = scene.find("name = \"load\"");
  const auto size = scene.find("size_mm = [", load) + 11;
  const double width_mm = std::strtod(scene.c_str() + scene.find(',', size) + 1, nullptr);
  const auto density = scene.find("density_g_cm3 = ", load);
  scene.replace(density, scene.find('\n', density) - density,
                fmt::format("density_g_cm3 = {:.6f}", g_cm2 / (width_mm / 10)));
}

/// `deep_g_cm2`: a uniform load of it; 0: every third load is of packages, as it comes.
core::Result<Weighed> weigh(std::uint64_t seed, int index, double deep_g_cm2 = 0) {
  Weighed w;
  w.uniform = deep_g_cm2 > 0 || index % 3 != 2;
  PC_TRY(const auto generated,
         simulator::generate_scene(w.uniform ? "uniform" : "clean", seed, index,
                                   mass_variable("PORTCULLIS_MASS_SCANNER", "gantry-small")));
  // Weighing asks for no declaration, so none is written.
  std::string text = generated.scene_toml;
  if (const auto at = text.find("[declaration]"); at != std::string::npos)
    text.erase(at, text.find('\n', text.find("file", at)) - at);
  if (deep_g_cm2 > 0) make_deep(text, deep_g_cm2);
  PC_TRY(const auto scene, simulator::parse_scene(text, generated.name, "."));
  PC_TRY(const auto scanner, simulator::load_scanner(scene.scanner));
  PC_TRY(const auto raw, simulator::simulate_raw_scan(
                             scene, scanner, core::UtcTime{1'767'225'600'000'000'000}, {}));
  PC_TRY(const auto images, imaging::process(raw, {}, {}));
  const auto flagged = imaging::flag(images, raw.meta.identity, {});
  if (flagged.containers.size() != 1)
    return core::Error{core::ErrorCode::kInvalidInput, "not one container was found"};
  w.material = scene.objects.empty() ? "nothing" : scene.objects[0].material;
  w.truth_kg = generated.load_mass_kg;
  if (w.uniform && !scene.objects.empty()) {
    const auto& box = scene.objects[0].box;
    if (deep_g_cm2 > 0)
      w.truth_kg = deep_g_cm2 * (box.x_max - box.x_min) * (box.z_max - box.z_min) / 1e5;
    w.g_cm2 = w.truth_kg * 1e5 / ((box.x_max - box.x_min) * (box.z_max - box.z_min));
  }
  const auto& seen = flagged.containers[0];
  w.seen_kg = seen.load_mass_kg;
  w.low_kg = seen.load_mass_low_kg;
  w.high_kg = seen.load_mass_high_kg;
  return w;
}

TEST(LoadMass, IsWithinFivePerCentAndItsIntervalsCover) {
  const int count = std::atoi(mass_variable("PORTCULLIS_MASS_COUNT", "24"));
  const auto seed = std::strtoull(mass_variable("PORTCULLIS_MASS_SEED", "20260301"), nullptr, 10);
  std::printf("seed %llu\n", seed);
  int covered = 0, uniform = 0, within = 0;
  std::map<std::string, std::vector<double>> errors;
  for (int i = 0; i < count; ++i) {
    const auto result = weigh(seed, i);
    ASSERT_TRUE(result.ok()) << result.error().message;
    const Weighed& w = result.value();
    const double error = w.seen_kg - w.truth_kg;
    const bool in = w.low_kg <= w.truth_kg && w.truth_kg <= w.high_kg;
    covered += in ? 1 : 0;
    std::printf(
        "%3d %-8s %-13s %3.0f g/cm2: %6.0f kg seen (%6.0f to %6.0f), %6.0f real, %+5.1f %% %s\n", i,
        w.uniform ? "uniform" : "packages", w.material.c_str(), w.g_cm2, w.seen_kg, w.low_kg,
        w.high_kg, w.truth_kg, 100 * error / w.truth_kg, in ? "" : "outside");
    errors[(w.uniform ? "" : "packages of ") + w.material].push_back(100 * error / w.truth_kg);
    if (!w.uniform || w.g_cm2 > 150) continue;
    ++uniform;
    const bool close = std::abs(error) <= std::max(0.05 * w.truth_kg, 150.0);
    within += close ? 1 : 0;
    EXPECT_TRUE(close) << i << " " << w.material << " " << w.g_cm2 << " g/cm2: " << w.seen_kg
                       << " kg for " << w.truth_kg;
  }
  for (const auto& [material, all] : errors) {
    double mean = 0;
    for (const double e : all) mean += e / static_cast<double>(all.size());
    const auto [least, most] = std::minmax_element(all.begin(), all.end());
    std::printf("%-26s %3zu loads, mean %+.1f %%, %+.1f to %+.1f\n", material.c_str(), all.size(),
                mean, *least, *most);
  }
  std::printf(
      "%d of %d uniform loads within max(5 %%, 150 kg); %d of %d (%.0f %%) within their 90 %% "
      "interval\n",
      within, uniform, covered, count, 100.0 * covered / count);
  // 90 % less three standard deviations of a count.
  EXPECT_GE(covered, count * 0.9 - 3 * std::sqrt(count * 0.9 * 0.1));
}

// Bulk goods that lie loose come to 137 g/cm2 across the lane; the same goods, pressed.
TEST(LoadMass, OfDeepLoadsIsWithinFivePerCent) {
  const int count = std::max(3, std::atoi(mass_variable("PORTCULLIS_MASS_COUNT", "24")) / 8);
  const auto seed = std::strtoull(mass_variable("PORTCULLIS_MASS_SEED", "20260301"), nullptr, 10);
  std::printf("seed %llu\n", seed);
  for (int i = 0; i < count; ++i) {
    const double g_cm2 = count > 1 ? 137 + 13.0 * i / (count - 1) : 150;
    const auto result = weigh(seed + 1, i, g_cm2);
    ASSERT_TRUE(result.ok()) << result.error().message;
    const Weighed& w = result.value();
    std::printf("%3d %-13s %5.1f g/cm2: %6.0f kg seen (%6.0f to %6.0f), %6.0f real, %+5.1f %%\n", i,
                w.material.c_str(), w.g_cm2, w.seen_kg, w.low_kg, w.high_kg, w.truth_kg,
                100 * (w.seen_kg / w.truth_kg - 1));
    EXPECT_LE(std::abs(w.seen_kg - w.truth_kg), std::max(0.05 * w.truth_kg, 150.0));
    EXPECT_LE(w.low_kg, w.truth_kg);
    EXPECT_GE(w.high_kg, w.truth_kg);
  }
}

}  // namespace
}  // namespace portcullis
