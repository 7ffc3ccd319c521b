#include "simulator/scene/scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <string>

namespace portcullis::simulator {
namespace {

using testing::AllOf;
using testing::HasSubstr;

core::Result<Scene> scene_of(const std::string& text) {
  return parse_scene(text, "s.toml", ".");
}

constexpr const char* kObject =
    "[[object]]\nshape = \"box\"\nsize_mm = [100, 200, 300]\ncenter_mm = [1000, 10, 500]\nmaterial "
    "= \"water\"\n";

TEST(SceneFile, PlacesAnObjectInLaneCoordinates) {
  const auto scene = scene_of(kObject);
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  ASSERT_EQ(scene->objects.size(), 1U);
  const auto& box = scene->objects[0].box;
  EXPECT_DOUBLE_EQ(box.x_min, 950);
  EXPECT_DOUBLE_EQ(box.y_max, 110);
  EXPECT_DOUBLE_EQ(box.z_min, 1250 + 350);            // the floor is 1.25 m above ground
  EXPECT_NEAR(scene->objects[0].mass_kg, 6.0, 1e-9);  // 6 litres
  EXPECT_DOUBLE_EQ(scene->scan_range_mm()[0], 700);
  EXPECT_DOUBLE_EQ(scene->scan_range_mm()[1], 1300);
}

TEST(SceneFile, ProblemsNameLineAndKey) {
  struct Case {
    std::string text, line, key, why;
  };
  const std::string object = kObject;
  const Case cases[] = {
      {"sed = 1\n", "s.toml:1", "sed", "unknown key"},
      {"[scan]\nspeed_mm_s = -4\n", "s.toml:2", "speed_mm_s", "outside"},
      {"[scan]\nx_from_mm = 5\nx_to_mm = 4\n", "s.toml:3", "x_to_mm", "greater"},
      {"[vehicle]\nkind = \"boat\"\n", "s.toml:2", "kind", "boat"},
      {"[vehicle]\nkind = \"rail\"\n", "s.toml:2", "kind", "not supported yet"},
      {"[[container]]\nnumber = \"A\"\niso_type = \"99X9\"\n", "s.toml:3", "iso_type", "99X9"},
      {"[[container]]\niso_type = \"22G1\"\n", "s.toml:1", "number", "missing"},
      {"[[object]]\nshape = \"blob\"\n", "s.toml:2", "shape", "blob"},
      {"[[object]]\nshape = \"mesh\"\nfile = \"a.stl\"\n", "s.toml:2", "shape",
       "not supported yet"},
      {"[[object]]\nshape = \"box\"\nsize_mm = [1, 2]\ncenter_mm = [0, 0, 0]\nmaterial = "
       "\"water\"\n",
       "s.toml:3", "size_mm", "expected 3"},
      {"[[object]]\nshape = \"box\"\nsize_mm = [1, -2, 3]\ncenter_mm = [0, 0, 0]\nmaterial = "
       "\"water\"\n",
       "s.toml:3", "size_mm", "outside"},
      {"[[object]]\nshape = \"sphere\"\nsize_mm = 9\ncenter_mm = [0, 0, 0]\nmaterial = "
       "\"waterr\"\n",
       "s.toml:5", "material", "waterr"},
      {"[[object]]\nshape = \"sphere\"\nsize_mm = 9\ncenter_mm = [0, 0, 0]\nmaterial = \"C6H6\"\n",
       "s.toml:5", "material", "density_g_cm3"},
      {object + "container = 2\n", "s.toml:6", "container", "0"},
      {object + "truth = \"bad\"\n", "s.toml:6", "truth", "bad"},
      {object + "colour = \"red\"\n", "s.toml:6", "colour", "unknown key"},
      {object + "inside = \"air\"\nwall_mm = 60\n", "s.toml:7", "wall_mm", "no inside"},
      {object + "wall_mm = 6\n", "s.toml:6", "wall_mm", "needs inside"},
      {"[noise]\nsnow = true\n", "s.toml:2", "snow", "unknown key"},
      {"[noise]\nphoton = 1\n", "s.toml:2", "photon", "true or false"},
      {"[declaration]\nfile = \"not-there.xml\"\n", "s.toml:2", "file", "no such file"},
      {"[[fault]]\nat_s = 1\nkind = \"gremlin\"\n", "s.toml:3", "kind", "gremlin"},
      {"[[object]]\nshape = \"prism\"\nsize_mm = 10\npoints_mm = [[0, 0], [1, 1]]\ncenter_mm = [0, "
       "0, 0]\nmaterial = \"ice\"\n",
       "s.toml:4", "points_mm", "corners"},
      {"[[object]]\nshape = \"prism\"\nsize_mm = 10\npoints_mm = [[0, 0], [1]]\ncenter_mm = [0, 0, "
       "0]\nmaterial = \"ice\"\n",
       "s.toml:4", "points_mm", "2 numbers"},
      {"x = [\n", "s.toml:", "", "not TOML"},
  };
  for (const auto& c : cases) {
    const auto scene = scene_of(c.text);
    ASSERT_FALSE(scene.ok()) << c.text;
    EXPECT_EQ(scene.error().code, core::ErrorCode::kInvalidConfig) << c.text;
    EXPECT_THAT(scene.error().message, AllOf(HasSubstr(c.line), HasSubstr(c.key), HasSubstr(c.why)))
        << c.text;
    EXPECT_EQ(scene.error().message.find('\n'), std::string::npos) << c.text;
  }
}

TEST(SceneFile, MissingFileIsNotFound) {
  const auto scene = load_scene("/nowhere/at/all.toml");
  ASSERT_FALSE(scene.ok());
  EXPECT_EQ(scene.error().code, core::ErrorCode::kNotFound);
}

TEST(SceneFile, EachNoiseCanBeSwitchedAlone) {
  for (const char* key :
       {"photon", "electronic", "dark", "gain", "bad_pixels", "cross_talk", "afterglow",
        "saturation", "scatter", "dose", "missed_pulses", "blur", "wobble", "speed"}) {
    const auto scene = scene_of(std::string("[noise]\n") + key + " = false\n");
    ASSERT_TRUE(scene.ok()) << key;
    EXPECT_EQ(scene->noise.text().find(key), std::string::npos) << key;
    EXPECT_GT(scene->noise.text().size(), 60U) << "the others stay on";
  }
}

TEST(SceneFile, FormulaAsMaterialWithDensity) {
  const auto scene =
      scene_of(std::string(kObject) +
               "[[object]]\nshape = \"sphere\"\nsize_mm = [200]\ncenter_mm = [0, 0, 200]\n"
               "material = \"C6H10O5\"\ndensity_g_cm3 = 0.5\nitem = 3\nname = \"ball\"\n");
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  EXPECT_EQ(scene->objects[1].item, 3);
  EXPECT_NEAR(scene->objects[1].mass_kg, 4.0 / 3 * std::numbers::pi * 1000 * 0.5 * 1e-3,
              1e-3 * 2.1);
}

TEST(SceneFile, LaterObjectsTakeTheirSpaceFromEarlierOnes) {
  const std::string outer =
      "[[object]]\nshape = \"box\"\nsize_mm = [1000, 1000, 1000]\ncenter_mm = [0, 0, "
      "500]\nmaterial = \"water\"\n";
  const std::string inner =
      "[[object]]\nshape = \"box\"\nsize_mm = [100, 200, 300]\ncenter_mm = [0, 0, 500]\nmaterial = "
      "\"lead\"\n";
  const auto scene = scene_of(outer + inner);
  ASSERT_TRUE(scene.ok());
  EXPECT_NEAR(scene->objects[0].mass_kg, 1000 - 6, 1e-6);
  EXPECT_NEAR(scene->objects[1].mass_kg, 6 * 11.35, 1e-6);
  const auto reversed = scene_of(inner + outer);
  ASSERT_TRUE(reversed.ok());
  EXPECT_NEAR(reversed->objects[0].mass_kg, 0, 1e-9);
  EXPECT_NEAR(reversed->objects[1].mass_kg, 1000, 1e-6);
}

TEST(SceneFile, HollowObject) {
  // A steel sphere of 200 mm with 5 mm wall: 4/3 pi (100^3 - 95^3) mm3 of steel.
  const auto scene = scene_of(
      "[[object]]\nshape = \"sphere\"\nsize_mm = [200]\ncenter_mm = [0, 0, 500]\nmaterial = "
      "\"steel\"\ninside = \"air\"\nwall_mm = 5\n");
  ASSERT_TRUE(scene.ok());
  const double steel_cm3 = 4.0 / 3 * std::numbers::pi * (1000 - 857.375);
  EXPECT_NEAR(scene->objects[0].mass_kg, steel_cm3 * 7.85e-3, 0.02);
}

TEST(Containers, TareMassesAreRoughlyRight) {
  // Data plates: 22G1 about 2.2 t, 42G1 3.7 t, 45G1 3.9 t, 45R1 4.5 t, 22T1 3.7 t, 42P1 5 t.
  struct Case {
    const char* type;
    double low, high;
  };
  for (const auto& c :
       {Case{"22G1", 2000, 2400}, Case{"42G1", 3400, 4000}, Case{"45G1", 3600, 4200},
        Case{"45R1", 3900, 5200}, Case{"22T1", 2600, 4200}, Case{"42P1", 3800, 6000}}) {
    const auto scene = scene_of(
        std::string("[[container]]\nnumber = \"CSQU3054383\"\niso_type = \"") + c.type + "\"\n");
    ASSERT_TRUE(scene.ok()) << c.type << scene.error().message;
    EXPECT_GT(scene->containers[0].tare_kg, c.low) << c.type;
    EXPECT_LT(scene->containers[0].tare_kg, c.high) << c.type;
    EXPECT_EQ(scene->containers[0].load_mass_kg, 0) << c.type;
  }
}

TEST(Containers, TwoOfThemStandOneBehindTheOther) {
  const auto scene = scene_of(
      "[vehicle]\nkind = \"semi-trailer\"\n[[container]]\nnumber = \"CSQU3054383\"\niso_type = "
      "\"22G1\"\n"
      "[[container]]\nnumber = \"MWCU6059784\"\niso_type = \"22G1\"\n"
      "[[object]]\ncontainer = 1\nshape = \"sphere\"\nsize_mm = 100\ncenter_mm = [100, 0, "
      "50]\nmaterial = \"water\"\n");
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  EXPECT_GT(scene->containers[1].outer.x_min, scene->containers[0].outer.x_max);
  EXPECT_DOUBLE_EQ(scene->objects[0].box.x_min, scene->containers[1].x_front_mm + 50);
  EXPECT_GT(scene->containers[1].load_mass_kg, 0.5);
  const auto identity = scene->identity();
  ASSERT_EQ(identity.containers.size(), 2U);
  EXPECT_TRUE(identity.containers[1].check_digit_ok);
}

TEST(SceneFile, DeclarationIsRelativeToTheScene) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder = std::filesystem::path(out != nullptr ? out : "/tmp") / "scene-declaration";
  std::filesystem::create_directories(folder / "docs");
  std::ofstream(folder / "docs" / "d.xml") << "<x/>";
  std::ofstream(folder / "s.toml") << kObject << "[declaration]\nfile = \"docs/d.xml\"\n";
  const auto scene = load_scene(folder / "s.toml");
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  EXPECT_TRUE(std::filesystem::equivalent(scene->declaration, folder / "docs" / "d.xml"));
}

}  // namespace
}  // namespace portcullis::simulator
