#include "simulator/scene/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/iso6346.h"
#include "simulator/scene/goods_list.h"
#include "simulator/scene/scene.h"

namespace portcullis::simulator {
namespace {

core::Result<Scene> generated_scene(const GeneratedScene& generated) {
  std::string text = generated.scene_toml;
  const auto from = text.find("[declaration]");
  text.erase(from, text.find("[[object]]") - from);  // the declaration is not on disk here
  return parse_scene(text, generated.name + ".toml", ".");
}

TEST(Generate, ContainerNumbersHaveTheirCheckDigit) {
  EXPECT_EQ(make_container_number("CSQU", 305438), "CSQU3054383");
  EXPECT_EQ(make_container_number("MWCU", 605978), "MWCU6059784");
}

TEST(Generate, SameSeedSameBytes) {
  const auto a = generate_scene("demo", 42, 4);
  const auto b = generate_scene("demo", 42, 4);
  const auto c = generate_scene("demo", 43, 4);
  ASSERT_TRUE(a.ok() && b.ok() && c.ok());
  EXPECT_EQ(a->scene_toml, b->scene_toml);
  EXPECT_EQ(a->declaration_xml, b->declaration_xml);
  EXPECT_EQ(a->expect_json, b->expect_json);
  EXPECT_NE(a->scene_toml, c->scene_toml);
}

/// Every commodity stands within the container, weighs what a truck carries, and is declared as
/// what the mix says.
TEST(Generate, GoodsOfEveryKindFitAndAreDeclaredAsTheMixSays) {
  const int kinds = static_cast<int>(goods_kinds().size());
  for (const std::string_view mix : {"goods", "goods-wrong", "goods-two"}) {
    for (int index = 0; index < kinds; ++index) {
      SCOPED_TRACE(std::string(mix) + " seed 5 index " + std::to_string(index));
      const auto generated = generate_scene(mix, 5, index);
      ASSERT_TRUE(generated.ok());
      const auto again = generate_scene(mix, 5, index);
      EXPECT_EQ(generated->scene_toml, again->scene_toml);
      EXPECT_EQ(generated->declaration_xml, again->declaration_xml);
      const auto scene = generated_scene(*generated);
      ASSERT_TRUE(scene.ok()) << scene.error().message;
      const auto& container = scene->containers[0];
      EXPECT_NEAR(container.load_mass_kg, generated->load_mass_kg, 0.1);
      EXPECT_GT(container.load_mass_kg, 200);
      EXPECT_LT(container.load_mass_kg, 28'000);
      EXPECT_NEAR(generated->declared_mass_kg, generated->load_mass_kg,
                  0.021 * generated->load_mass_kg + 1);
      for (const auto& object : scene->objects) {
        EXPECT_GE(object.box.x_min, container.inner.x_min) << object.name;
        EXPECT_LE(object.box.x_max, container.inner.x_max) << object.name;
        EXPECT_GE(object.box.y_min, container.inner.y_min) << object.name;
        EXPECT_LE(object.box.y_max, container.inner.y_max) << object.name;
        EXPECT_LE(object.box.z_max, container.inner.z_max) << object.name;
      }
      const auto expect = nlohmann::json::parse(generated->expect_json);
      EXPECT_EQ(expect["declared_chapter"] == expect["loaded_chapter"], mix != "goods-wrong");
      const auto& kind = goods_kinds()[static_cast<std::size_t>(index)];
      EXPECT_THAT(generated->declaration_xml,
                  testing::HasSubstr("<ID>" + std::string(kind.hs_code) + "</ID>"));
    }
  }
}

TEST(Generate, EveryMixIsWhatItSays) {
  for (const auto mix : mix_names()) {
    for (int index = 0; index < 12; ++index) {
      SCOPED_TRACE(std::string(mix) + " seed 11 index " + std::to_string(index));
      const auto generated = generate_scene(mix, 11, index);
      ASSERT_TRUE(generated.ok());
      const auto scene = generated_scene(*generated);
      ASSERT_TRUE(scene.ok()) << scene.error().message;
      EXPECT_EQ(core::check_container_number(generated->container_number),
                core::ContainerNumberProblem::kNone);
      EXPECT_THAT(generated->declaration_xml,
                  testing::HasSubstr("<ID>" + generated->container_number + "</ID>"));
      const auto range = scene->scan_range_mm();
      EXPECT_LE((range[1] - range[0]) / 2, 4450) << "columns of 2 mm";
      const auto& container = scene->containers[0];
      EXPECT_NEAR(container.load_mass_kg, generated->load_mass_kg, 0.1);
      EXPECT_LT(container.load_mass_kg, 28'000);
      int threats = 0;
      for (const auto& object : scene->objects) {
        EXPECT_GE(object.box.x_min, container.inner.x_min) << object.name;
        EXPECT_LE(object.box.x_max, container.inner.x_max) << object.name;
        EXPECT_GE(object.box.y_min, container.inner.y_min) << object.name;
        EXPECT_LE(object.box.y_max, container.inner.y_max) << object.name;
        EXPECT_LE(object.box.z_max, container.inner.z_max) << object.name;
        EXPECT_GT(object.mass_kg, 0) << object.name;
        threats += object.is_threat() ? 1 : 0;
      }
      const auto expect = nlohmann::json::parse(generated->expect_json);
      EXPECT_EQ(expect["mix"], generated->mix);
      const double ratio = generated->load_mass_kg / generated->declared_mass_kg;
      if (generated->mix == "hidden") {
        EXPECT_EQ(threats, 1);
        EXPECT_EQ(expect["verdict"], "inspect");
      } else {
        EXPECT_EQ(threats, 0);
      }
      if (generated->mix == "nearly-empty") {
        EXPECT_LT(ratio, 0.15);
        EXPECT_GE(generated->declared_mass_kg, 8000);
        EXPECT_LE(generated->declared_mass_kg, 15'000);
      } else {
        EXPECT_NEAR(ratio, 1, 0.05);
      }
    }
  }
}

TEST(Generate, RefusesUnknownNames) {
  EXPECT_FALSE(generate_scene("dirty", 1, 0).ok());
  EXPECT_FALSE(generate_scene("clean", 1, 0, "no-such-scanner").ok());
}

}  // namespace
}  // namespace portcullis::simulator
