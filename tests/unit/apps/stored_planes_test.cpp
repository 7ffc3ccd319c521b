#include "apps/lane/stored_planes.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "archive/scan_file.h"
#include "imaging/display/quantise.h"
#include "imaging/pipeline/write_images.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

/// 7 x 5 pixels of all different codes, at 4 mm, 1.2 m from the first column of the scan.
imaging::Images few_pixels() {
  imaging::Images images;
  images.grid = {7, 5, 4.0, 1200.0, 3000.0};
  for (std::size_t i = 0; i < 35; ++i) {
    const auto code = static_cast<std::uint16_t>(1024 + 500 * i);
    images.transmission_high.push_back(imaging::transmission_from_code(code));
    images.transmission_low.push_back(imaging::transmission_from_code(code));
    images.mass_g_cm2.push_back(static_cast<float>(i));
    images.material.push_back(static_cast<std::uint8_t>(i % 6));
  }
  return images;
}

/// A sealed scan without lines.
std::filesystem::path sealed_scan(const std::filesystem::path& folder) {
  core::ScanMeta meta;
  meta.id = "scan-1";
  meta.geometry.module_count = 1;
  meta.geometry.pixels_per_module = 1;
  meta.geometry.pixels.push_back({});
  const auto path = folder / "stored.pscan";
  auto writer = archive::ScanWriter::create(path, meta, {});
  EXPECT_TRUE(writer.ok());
  EXPECT_TRUE(writer->seal(core::ScanOutcome::kComplete, "", {}).ok());
  return path;
}

TEST(StoredPlanes, ComeBackWithTheirPlaceAndOfOlderFilesNone) {
  const test::SocketFolder folder;
  const auto path = sealed_scan(folder.path());
  EXPECT_EQ(stored_plane(path, services::ImagePlane::kHigh).error().code,
            core::ErrorCode::kNotFound);
  const imaging::Images images = few_pixels();
  const auto encoded = imaging::encode_images(images);
  ASSERT_TRUE(encoded.ok());
  const auto store = [&](const std::string& note) {
    for (const auto& one : *encoded)
      ASSERT_TRUE(archive::store_image(path, one.name, note, one.bytes).ok());
  };
  store("{\"of\": \"before images said where they lie\"}");
  EXPECT_EQ(stored_plane(path, services::ImagePlane::kHigh).error().code,
            core::ErrorCode::kNotFound);
  store(image_note({}, images.grid));
  const auto high = stored_plane(path, services::ImagePlane::kHigh);
  ASSERT_TRUE(high.ok()) << high.error().message;
  EXPECT_EQ(high->columns, 7U);
  EXPECT_EQ(high->rows, 5U);
  EXPECT_EQ(high->mm_per_px, 4.0);
  EXPECT_EQ(high->x_first_mm, 1200.0);
  EXPECT_EQ(high->z_first_mm, 3000.0);
  for (std::size_t i = 0; i < 35; ++i) {
    const unsigned code = std::to_integer<unsigned>((*high->pixels)[2 * i]) |
                          std::to_integer<unsigned>((*high->pixels)[2 * i + 1]) << 8U;
    EXPECT_EQ(code, 1024 + 500 * i);
  }
  const auto material = stored_plane(path, services::ImagePlane::kMaterial);
  ASSERT_TRUE(material.ok()) << material.error().message;
  EXPECT_EQ(material->bytes_per_pixel, 1U);
  EXPECT_EQ(std::to_integer<int>((*material->pixels)[5]), 5);
  // What is stored under the name is no plane.
  ASSERT_TRUE(archive::store_image(path, "low", image_note({}, images.grid), "no image").ok());
  EXPECT_EQ(stored_plane(path, services::ImagePlane::kLow).error().code, core::ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace portcullis::apps
