#include "imaging/pipeline/write_images.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <string_view>

#include "archive/stored_plane.h"
#include "core/files.h"
#include "imaging/pipeline/thumbnail.h"

namespace portcullis::imaging {
namespace {

Images small_images() {
  Images images;
  images.grid = {70, 65, 2.0, -100.0, 3000.0};  // more than one strip of 64 rows
  const std::size_t n = images.size();
  images.transmission_high.assign(n, 1.0F);
  images.transmission_low.assign(n, 0.5F);
  images.mass_g_cm2.assign(n, 0.0F);
  images.material.assign(n, 0);
  images.material_confidence_percent.assign(n, 100);
  images.bad.assign(n, 0);
  images.obliquity.assign(65, 1.0F);
  images.transmission_high[70 * 64 + 69] = 1e-3F;
  images.mass_g_cm2[70 * 2 + 1] = 123.456F;
  images.material[70 * 3 + 5] = 4;
  images.effective_z_halves.assign(images.size(), 0);
  images.effective_z_halves[3 * 70 + 5] = 164;
  images.material_marks.assign(images.size(), 0);
  images.material_marks[3 * 70 + 5] = kMarkHeavyNotExcluded;
  images.material_marks[4 * 70 + 5] = kMarkTooThin;
  images.bad[4 * 70 + 5] = 1;
  images.lines_lost = 3;
  images.quality = {"3 lines lost"};
  return images;
}

std::filesystem::path out_folder(const char* name) {
  const char* root = std::getenv("PORTCULLIS_TEST_OUT");
  return std::filesystem::path(root != nullptr ? root
                                               : std::filesystem::temp_directory_path().string()) /
         name;
}

TEST(WriteImages, FilesAreWhatTheirReadersExpect) {
  const auto folder = out_folder("write_images");
  std::filesystem::remove_all(folder);
  core::RawScan scan;
  scan.meta.id = "scan-1";
  scan.calibration.id = "cal-1";
  const auto images = small_images();
  ASSERT_TRUE(write_images(folder, scan, images, {}).ok());
  const auto high = cv::imread((folder / "high.tif").string(), cv::IMREAD_UNCHANGED);
  ASSERT_EQ(high.type(), CV_16U);
  ASSERT_EQ(high.cols, 70);
  ASSERT_EQ(high.rows, 65);
  EXPECT_EQ(high.at<std::uint16_t>(0, 0), 1024);
  EXPECT_EQ(high.at<std::uint16_t>(64, 69), 29318);  // 1024 + 4096 ln 1000 = 29318.2
  const auto low = cv::imread((folder / "low.tif").string(), cv::IMREAD_UNCHANGED);
  EXPECT_EQ(low.at<std::uint16_t>(5, 5), 3863);  // 1024 + 4096 ln 2 = 3863.1
  const auto mass = cv::imread((folder / "mass.tif").string(), cv::IMREAD_UNCHANGED);
  EXPECT_EQ(mass.at<std::uint16_t>(2, 1), 12346);
  const auto material = cv::imread((folder / "material.tif").string(), cv::IMREAD_UNCHANGED);
  ASSERT_EQ(material.type(), CV_8U);
  EXPECT_EQ(material.at<std::uint8_t>(3, 5), 4);
  const auto z = cv::imread((folder / "effective_z.tif").string(), cv::IMREAD_UNCHANGED);
  ASSERT_EQ(z.type(), CV_16U);
  EXPECT_EQ(z.at<std::uint16_t>(3, 5), 820);  // 82.0
  EXPECT_EQ(z.at<std::uint16_t>(0, 0), 0);
  const auto marks = cv::imread((folder / "marks.tif").string(), cv::IMREAD_UNCHANGED);
  ASSERT_EQ(marks.type(), CV_8U);
  EXPECT_EQ(marks.at<std::uint8_t>(3, 5), kMarkHeavyNotExcluded);
  EXPECT_EQ(marks.at<std::uint8_t>(4, 5), kMarkTooThin | kMarkNotMeasured);
  EXPECT_EQ(marks.at<std::uint8_t>(0, 0), 0);
  const auto preview = cv::imread((folder / "preview.png").string(), cv::IMREAD_COLOR);
  EXPECT_EQ(preview.size(), high.size());
  EXPECT_GE(preview.at<cv::Vec3b>(0, 0)[1], 254);

  const auto text = core::read_file(folder / "images.json", 1 << 20);
  ASSERT_TRUE(text.ok());
  const auto json = nlohmann::json::parse(*text);
  EXPECT_EQ(json["scan"], "scan-1");
  EXPECT_EQ(json["calibration"], "cal-1");
  EXPECT_EQ(json["columns"], 70);
  EXPECT_EQ(json["rows"], 65);
  EXPECT_EQ(json["mm_per_px"], 2.0);
  EXPECT_EQ(json["lines_lost"], 3);
  EXPECT_EQ(json["quality"][0], "3 lines lost");
  EXPECT_EQ(json["parameters"]["denoise"], true);
  EXPECT_FALSE(json["software_version"].get<std::string>().empty());
  for (const char* name : {"high", "low", "mass", "material", "preview", "effective_z", "marks"}) {
    const auto& file = json["files"][name];
    const auto hash = core::sha256_file_hex(folder / file["file"].get<std::string>());
    ASSERT_TRUE(hash.ok());
    EXPECT_EQ(file["sha256"], *hash) << name;
    // The pixels' as a reader of the file makes it: two strips, of 64 rows and of one.
    if (std::string_view(name) == "preview") continue;
    const auto plane =
        cv::imread((folder / file["file"].get<std::string>()).string(), cv::IMREAD_UNCHANGED);
    const std::size_t row = 70 * plane.elemSize();
    const auto* codes = reinterpret_cast<const char*>(plane.data);
    EXPECT_EQ(file["pixels_sha256"], core::sha256_hex(core::sha256_hex({codes, 64 * row}) +
                                                      core::sha256_hex({codes + 64 * row, row})))
        << name;
  }
}

TEST(WriteImages, TheSameImagesGiveTheSameBytes) {
  const auto a = encode_images(small_images());
  const auto b = encode_images(small_images());
  ASSERT_TRUE(a.ok() && b.ok());
  for (std::size_t i = 0; i < a->size(); ++i)
    EXPECT_EQ((*a)[i].bytes, (*b)[i].bytes) << (*a)[i].name;
}

TEST(WriteImages, ADecodedPlaneIsWhatWasEncoded) {
  const auto images = small_images();
  const auto encoded = encode_images(images);
  ASSERT_TRUE(encoded.ok());
  for (const auto& one : *encoded) {
    if (one.name == "preview") {
      EXPECT_EQ(archive::decode_plane(one.bytes, one.name).error().code, core::ErrorCode::kCorrupt);
      continue;
    }
    const auto plane = archive::decode_plane(one.bytes, one.name);
    ASSERT_TRUE(plane.ok()) << one.name << ": " << plane.error().message;
    EXPECT_EQ(plane->columns, 70);
    EXPECT_EQ(plane->rows, 65);
    EXPECT_EQ(plane->bytes_per_pixel, one.name == "material" ? 1 : 2);
    const auto* codes = reinterpret_cast<const char*>(plane->pixels.data());
    const std::size_t row = 70U * static_cast<std::size_t>(plane->bytes_per_pixel);
    EXPECT_EQ(one.pixels_sha256, core::sha256_hex(core::sha256_hex({codes, 64 * row}) +
                                                  core::sha256_hex({codes + 64 * row, row})))
        << one.name;
    // Cut short anywhere it is refused, or its end held nothing.
    for (std::size_t length = 0; length < one.bytes.size(); length += one.bytes.size() / 40 + 1) {
      const auto cut =
          archive::decode_plane(std::string_view(one.bytes).substr(0, length), one.name);
      if (cut.ok()) {
        EXPECT_EQ(cut->pixels, plane->pixels);
      }
    }
  }
}

TEST(Thumbnail, ShowsTheWholeScanSmallInTheMaterialsColours) {
  Images images;
  images.grid = {1200, 300, 5.0, 0.0, 3000.0};
  images.transmission_high.assign(images.size(), 1.0F);
  images.material.assign(images.size(), 0);
  // The right half of the lower half is metal, but for one row in four.
  for (int row = 150; row < 300; ++row) {
    for (int column = 600; column < 1200; ++column) {
      const auto at = static_cast<std::size_t>(row * 1200 + column);
      images.transmission_high[at] = 0.2F;
      images.material[at] = row % 4 == 0 ? 1 : 3;
    }
  }
  const auto png = thumbnail_png(images);
  ASSERT_TRUE(png.ok()) << png.error().message;
  EXPECT_EQ(*png, *thumbnail_png(images));
  const std::vector<char> bytes(png->begin(), png->end());
  const cv::Mat small = cv::imdecode(bytes, cv::IMREAD_COLOR);
  ASSERT_EQ(small.cols, kThumbnailColumns);
  ASSERT_EQ(small.rows, 60);
  EXPECT_GE(small.at<cv::Vec3b>(10, 200)[0], 250) << "air";
  EXPECT_GE(small.at<cv::Vec3b>(50, 60)[2], 250) << "air";
  const auto metal = small.at<cv::Vec3b>(50, 200);  // blue, green, red
  EXPECT_GT(metal[0], metal[2] + 20) << "blue";
  EXPECT_FALSE(thumbnail_png(Images()).ok());
}

TEST(WriteImages, AnUnwritableFolderIsNamed) {
  const auto status = write_images("/proc/nowhere", {}, small_images(), {});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kIo);
  EXPECT_NE(status.error().message.find("/proc/nowhere"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::imaging
