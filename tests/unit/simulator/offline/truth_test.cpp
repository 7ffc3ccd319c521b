#include "simulator/offline/truth.h"

#include <gtest/gtest.h>
#include <tiffio.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace portcullis::simulator {
namespace {

/// A thin plate in the plane of the centre line: no magnification, so the mass image times pixel
/// area, with each ray's obliquity taken off, is its mass.
TEST(Truth, MassImageWeighsAPlate) {
  const auto scene = parse_scene(
      "[[object]]\nshape = \"box\"\nsize_mm = [800, 20, 900]\ncenter_mm = [500, 0, 800]\nmaterial "
      "= \"aluminium\"\n",
      "s", ".");
  const auto scanner = load_scanner("gantry-6mv");
  ASSERT_TRUE(scene.ok() && scanner.ok());
  const auto images = truth_images(*scene, *scanner, 0, 10'000);
  ASSERT_TRUE(images.ok());
  const auto& grid = images->grid;
  double mass_kg = 0;
  for (int row = 0; row < grid.rows; ++row) {
    const double slope = (grid.z_mm(row) - 1200) / 7000;
    const double cosine = 1 / std::hypot(1, slope);
    for (int column = 0; column < grid.columns; ++column) {
      const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                      static_cast<std::size_t>(column);
      mass_kg += static_cast<double>(images->mass_g_cm2[at]) * cosine * 0.2 * 0.2 / 1000;
      if (images->mass_g_cm2[at] > 4) {
        EXPECT_EQ(images->material[at], 2) << "light inorganic";
      }
    }
  }
  EXPECT_NEAR(mass_kg, 80 * 2 * 90 * 2.70 / 1000, 0.005 * 38.9);
}

TEST(Truth, FilesHoldWhatIsThere) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder = std::filesystem::path(out != nullptr ? out : "/tmp") / "truth";
  std::filesystem::remove_all(folder);
  const auto scene = parse_scene(
      "seed = 3\n[vehicle]\nkind = \"rigid\"\nplate = \"AB123CD\"\n[[container]]\nnumber = "
      "\"CSQU3054383\"\niso_type = \"22G1\"\n"
      "[[object]]\nname = \"pallet\"\nshape = \"box\"\nsize_mm = [1000, 1000, 1000]\ncenter_mm = "
      "[2000, 0, 500]\nmaterial = \"paper\"\nitem = 1\n"
      "[[object]]\nname = \"block\"\nshape = \"box\"\nsize_mm = [100, 100, 100]\ncenter_mm = "
      "[2000, 0, 500]\nmaterial = \"lead\"\ntruth = \"threat:small_dense_object\"\n",
      "s.toml", ".");
  const auto scanner = load_scanner("gantry-small");
  ASSERT_TRUE(scene.ok() && scanner.ok());
  ASSERT_TRUE(write_truth(folder, *scene, *scanner, -25'000, 62'000).ok());
  std::ifstream file(folder / "truth.json");
  const auto json = nlohmann::json::parse(file);
  EXPECT_EQ(json["containers"][0]["number"], "CSQU3054383");
  EXPECT_NEAR(json["containers"][0]["load_mass_kg"].get<double>(), (1000 - 1) * 0.75 + 11.35, 1e-6);
  const auto& block = json["objects"][1];
  EXPECT_EQ(block["kind"], "small_dense_object");
  EXPECT_EQ(block["truth"], "threat:small_dense_object");
  EXPECT_NEAR(block["mass_kg"].get<double>(), 11.35, 1e-9);
  // The block spans x 1950 to 2050 and, in the centre plane, a little more than z 1700 to 1800.
  EXPECT_NEAR(block["bbox_mm"][0].get<double>(), 1950, 1e-6);
  EXPECT_NEAR(block["bbox_mm"][1].get<double>(), 1200 + 500 * 7000.0 / 7050, 0.1);
  EXPECT_NEAR(block["bbox_mm"][3].get<double>(), 600 * 7000.0 / 6950 - 500 * 7000.0 / 7050, 0.1);
  EXPECT_NEAR(block["bbox_px"][2].get<double>(), 10, 1.1);
  EXPECT_EQ(json["objects"][0]["kind"], nullptr);

  TIFF* tiff = TIFFOpen((folder / "truth_mass.tif").c_str(), "r");
  ASSERT_NE(tiff, nullptr);
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint16_t bits = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  EXPECT_EQ(width, json["grid"]["columns"].get<std::uint32_t>());
  EXPECT_EQ(height, json["grid"]["rows"].get<std::uint32_t>());
  EXPECT_EQ(bits, 16);
  // Through the middle of the block: 100 mm of lead, 900 of paper, and two walls of 2 mm steel.
  const auto row = static_cast<std::uint32_t>(
      std::lround((json["grid"]["z_first_mm"].get<double>() - 1750) / 10));
  std::vector<std::uint16_t> line(width);
  for (std::uint32_t r = 0; r <= row; ++r) ASSERT_EQ(TIFFReadScanline(tiff, line.data(), r, 0), 1);
  TIFFClose(tiff);
  const auto column = static_cast<std::size_t>(std::lround((2000 - -2500) / 10.0));
  EXPECT_NEAR(line[column] / 100.0, 113.5 + 67.5 + 3.14, 1.5);
}

TEST(Truth, AFolderThatCannotBeMadeIsNamed) {
  const auto scene = parse_scene(
      "[[object]]\nshape = \"sphere\"\nsize_mm = 100\ncenter_mm = [0, 0, 100]\nmaterial = "
      "\"water\"\n",
      "s", ".");
  const auto scanner = load_scanner("gantry-small");
  const auto status = write_truth("/proc/none", *scene, *scanner, 0, 1000);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("/proc/none"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::simulator
