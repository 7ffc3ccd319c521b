#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "customs/adapters/parse.h"
#include "imaging/flag/flag.h"
#include "imaging/pipeline/process.h"
#include "inspection/verdict/verdict.h"
#include "simulator/offline/simulate.h"
#include "simulator/scene/generate.h"
#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

/// The machine's judgement over seeded trucks: raw lines with all noise on, processed, flagged and
/// compared with the declaration. PORTCULLIS_JUDGEMENT_SEED and _COUNT try others.
namespace portcullis {
namespace {

std::uint64_t number_from_environment(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : fallback;
}

struct Judged {
  simulator::GeneratedScene generated;
  simulator::Scene scene;
  core::InspectionReport report;
};

std::filesystem::path out_folder() {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  auto folder =
      ((out != nullptr ? std::filesystem::path(out) : std::filesystem::temp_directory_path()) /
       "judgement") /
      // Tests run side by side and name their scenes alike.
      testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::create_directories(folder);
  return folder;
}

core::Result<Judged> judge_scene(std::string_view mix, std::uint64_t seed, int index) {
  static const std::string scanner_name = [] {
    const char* wanted = std::getenv("PORTCULLIS_JUDGEMENT_SCANNER");
    return std::string(wanted != nullptr ? wanted : "gantry-small");
  }();
  Judged judged;
  PC_TRY(judged.generated, simulator::generate_scene(mix, seed, index, scanner_name));
  const auto folder = out_folder();
  std::ofstream(folder / (judged.generated.name + ".xml")) << judged.generated.declaration_xml;
  std::ofstream(folder / (judged.generated.name + ".toml")) << judged.generated.scene_toml;
  PC_TRY(judged.scene, simulator::load_scene(folder / (judged.generated.name + ".toml")));
  PC_TRY(const auto scanner, simulator::load_scanner(judged.scene.scanner));
  PC_TRY(const auto raw, simulator::simulate_raw_scan(
                             judged.scene, scanner, core::UtcTime{1'767'225'600'000'000'000}, {}));
  PC_TRY(const auto images, imaging::process(raw, {}, {}));
  PC_TRY(const auto declaration, customs::parse_declaration(judged.generated.declaration_xml,
                                                            judged.generated.name + ".xml"));
  const auto flagged = imaging::flag(images, raw.meta.identity, {});
  inspection::Circumstances known{std::span(&declaration, 1)};
  known.simulated = true;
  judged.report = inspection::judge(images, flagged, known);
  return judged;
}

std::string describe(const Judged& judged) {
  std::string text = judged.generated.name + " (" + judged.generated.mix + "), load " +
                     std::to_string(std::lround(judged.generated.load_mass_kg)) + " kg: " +
                     std::string(core::verdict_outcome_name(judged.report.verdict.outcome));
  for (const auto& c : judged.report.containers)
    text += "; seen " + std::to_string(std::lround(c.load_mass_kg)) + " kg";
  for (const auto& reason : judged.report.verdict.reasons) text += "\n    " + reason;
  for (const auto& f : judged.report.findings) {
    text += "\n    [" + std::to_string(f.score) + "]";
    for (const auto& e : f.evidence) text += " " + e.name + "=" + std::to_string(e.value);
  }
  for (const auto& o : judged.scene.objects) {
    if (!o.is_threat()) continue;
    text += "\n    hidden: " + o.material + " x " + std::to_string(std::lround(o.box.x_min)) +
            ".." + std::to_string(std::lround(o.box.x_max)) + " y " +
            std::to_string(std::lround(o.box.y_min)) + ".." +
            std::to_string(std::lround(o.box.y_max)) + " z " +
            std::to_string(std::lround(o.box.z_min)) + ".." +
            std::to_string(std::lround(o.box.z_max));
  }
  return text;
}

/// Does the finding's box hold the middle of the hidden object as the fan sees it, and is it not
/// much larger?
bool covers(const core::Finding& finding, const simulator::SceneObject& object) {
  const double y = (object.box.y_min + object.box.y_max) / 2;
  const double scale = 7000 / (7000 + y);
  const double x = (object.box.x_min + object.box.x_max) / 2;
  const double z = 1200 + ((object.box.z_min + object.box.z_max) / 2 - 1200) * scale;
  const auto& b = finding.bbox_mm;
  return x > b.x && x < b.x + b.w && z > b.z && z < b.z + b.h &&
         b.w < 2 * (object.box.x_max - object.box.x_min) + 60 &&
         b.h < 2 * (object.box.z_max - object.box.z_min) + 60;
}

bool has_kind(const Judged& judged, core::FindingKind kind, double score_min) {
  for (const auto& f : judged.report.findings) {
    if (f.kind == kind && f.score >= score_min) return true;
  }
  return false;
}

TEST(Judgement, FiftyVariantsOfTheDemonstrationsTrucks) {
  const std::uint64_t seed = number_from_environment("PORTCULLIS_JUDGEMENT_SEED", 20260105);
  const int count = static_cast<int>(number_from_environment("PORTCULLIS_JUDGEMENT_COUNT", 50));
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  int clean = 0, clear = 0, alarms = 0, wrong = 0;
  int heavy = 0, heavy_named = 0;
  for (int i = 0; i < count; ++i) {
    const auto result = judge_scene("demo", seed, i);
    ASSERT_TRUE(result.ok()) << result.error().message;
    const Judged& judged = result.value();
    const auto outcome = judged.report.verdict.outcome;
    bool right = judged.report.containers.size() == 1;
    if (judged.generated.mix == "clean") {
      ++clean;
      clear += outcome == core::VerdictOutcome::kClear ? 1 : 0;
      alarms += outcome == core::VerdictOutcome::kInspect ? 1 : 0;
      right = right && outcome != core::VerdictOutcome::kInspect;
    } else if (judged.generated.mix == "hidden") {
      right = right && outcome == core::VerdictOutcome::kInspect;
      bool covered = false;
      for (const auto& object : judged.scene.objects) {
        for (const auto& f : judged.report.findings) {
          const bool kind = f.kind == core::FindingKind::kSmallDenseObject ||
                            f.kind == core::FindingKind::kShielding;
          if (!object.is_threat() || !kind || f.score < 0.7 || !covers(f, object)) continue;
          covered = true;
          // Steel is never heavy metal. What cannot be seen through may be either.
          if (object.material == "steel") right = right && f.material != "heavy metal";
          if (object.material == "steel" || f.kind != core::FindingKind::kSmallDenseObject ||
              f.text.starts_with("Metal too thick"))
            continue;
          ++heavy;
          heavy_named += f.material == "heavy metal" ? 1 : 0;
          if (f.material != "heavy metal")
            std::printf("not called heavy: %s\n", describe(judged).c_str());
        }
      }
      right = right && covered;
    } else {
      right = right && outcome == core::VerdictOutcome::kInspect &&
              (has_kind(judged, core::FindingKind::kMassMismatch, 0.7) ||
               has_kind(judged, core::FindingKind::kEmptyMismatch, 0.7));
    }
    if (!right) {
      ++wrong;
      ADD_FAILURE() << describe(judged);
    } else if (judged.generated.mix == "clean" && outcome != core::VerdictOutcome::kClear) {
      std::printf("not clear: %s\n", describe(judged).c_str());
    }
  }
  std::printf("%d trucks, %d judged wrong; of %d clean ones %d clear, %d alarms\n", count, wrong,
              clean, clear, alarms);
  std::printf("%d of %d blocks of lead and tungsten that are seen through called heavy metal\n",
              heavy_named, heavy);
  EXPECT_EQ(wrong, 0);
  EXPECT_GE(heavy_named, (heavy * 4 + 4) / 5);
  EXPECT_GE(clear, clean * 9 / 10) << "a clean truck should be clear, not looked at";
}

const core::Check& goods_check(const Judged& judged) {
  for (const auto& check : judged.report.checks) {
    if (check.name == "goods") return check;
  }
  ADD_FAILURE() << "no check of the goods";
  return judged.report.checks.front();
}

/// The table that comes with the program against trucks that did not teach it. What is of another
/// class must be said; goods of one class and one density look the same.
TEST(Judgement, GoodsLookAsDeclaredOrAreSaidNotTo) {
  const std::uint64_t seed = number_from_environment("PORTCULLIS_JUDGEMENT_SEED", 20260105);
  int agree = 0, declared = 0;
  for (int i = 0; i < 59; i += 6) {
    const auto result = judge_scene("goods", seed, i);
    ASSERT_TRUE(result.ok()) << result.error().message;
    ++declared;
    if (goods_check(*result).outcome == core::CheckOutcome::kAgrees)
      ++agree;
    else
      std::printf("%s\n", goods_check(*result).text.c_str());
  }
  EXPECT_GE(agree, declared - 1);

  const auto is_one_of = [](const std::string& chapter, std::string_view chapters) {
    return chapters.find(chapter) != std::string_view::npos;
  };
  int said = 0, wrong = 0;
  for (int i = 0; i < 177 && wrong < 8; ++i) {
    const auto generated = simulator::generate_scene("goods-wrong", seed, i, "gantry-small");
    ASSERT_TRUE(generated.ok());
    const auto expect = nlohmann::json::parse(generated->expect_json);
    if (!is_one_of(expect["declared_chapter"], "09 10 17 39 44 48 61 62 63 64 94 95") ||
        !is_one_of(expect["loaded_chapter"], "25 70 72 73 84 85 87"))
      continue;
    const auto result = judge_scene("goods-wrong", seed, i);
    ASSERT_TRUE(result.ok()) << result.error().message;
    ++wrong;
    if (goods_check(*result).outcome == core::CheckOutcome::kDiffers)
      ++said;
    else
      std::printf("not said: %s\n", describe(*result).c_str());
    EXPECT_NE(result->report.verdict.outcome, core::VerdictOutcome::kClear);
  }
  std::printf("%d of %d look as declared; %d of %d that are something else are said\n", agree,
              declared, said, wrong);
  EXPECT_GE(wrong, 6);
  EXPECT_EQ(said, wrong);
}

TEST(Judgement, UniformLoadsWeighWithinTenPercent) {
  const std::uint64_t seed = number_from_environment("PORTCULLIS_JUDGEMENT_SEED", 20260105);
  const int count = static_cast<int>(number_from_environment("PORTCULLIS_JUDGEMENT_COUNT", 16));
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  int covered = 0;
  for (int i = 0; i < count; ++i) {
    const auto result = judge_scene("uniform", seed, i);
    ASSERT_TRUE(result.ok()) << result.error().message;
    const Judged& judged = result.value();
    ASSERT_EQ(judged.report.containers.size(), 1U) << describe(judged);
    const auto& seen = judged.report.containers[0];
    const double truth = judged.generated.load_mass_kg;
    EXPECT_NEAR(seen.load_mass_kg, truth, 0.10 * truth)
        << describe(judged) << judged.scene.objects[0].material;
    covered += seen.load_mass_low_kg <= truth && truth <= seen.load_mass_high_kg ? 1 : 0;
    std::printf("%s %s: %.0f kg seen (%.0f to %.0f), %.0f real, %+.1f %%\n",
                judged.generated.name.c_str(), judged.scene.objects[0].material.c_str(),
                seen.load_mass_kg, seen.load_mass_low_kg, seen.load_mass_high_kg, truth,
                100 * (seen.load_mass_kg / truth - 1));
    for (const auto& f : judged.report.findings) EXPECT_LT(f.score, 0.7) << describe(judged);
  }
  std::printf("%d of %d within their 90 %% interval\n", covered, count);
  EXPECT_GE(covered, count * 3 / 4);
}

}  // namespace
}  // namespace portcullis
