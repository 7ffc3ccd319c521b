#include "apps/lane/camera_pictures.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "apps/lane/case_notes.h"
#include "apps/lane/photo_files.h"
#include "core/files.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using std::chrono::seconds;

/// A catalogue with one scan, and a folder that a camera puts pictures into.
class CameraPicturesTest : public ::testing::Test {
 protected:
  CameraPicturesTest() {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    EXPECT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    core::ScanMeta meta;
    meta.id = "scan-1";
    meta.started = clock_.utc_now();
    EXPECT_TRUE(catalogue_->begin_scan(meta, folder_.path() / "scan-1").ok());
    std::filesystem::create_directories(camera_);
    begin(camera_);
  }
  void begin(const std::filesystem::path& from) {
    CameraPictures::Parts parts{*catalogue_, clock_, from, folder_.path(), {}, {}};
    parts.changed = [this](const std::string&, const auto& readings) { told_ = readings; };
    parts.taken = [this](const std::string& scan_id, const std::string& camera,
                         const std::string& sha256, std::uint64_t bytes) {
      taken_[sha256] = scan_id + " " + camera + " " + std::to_string(bytes);
    };
    pictures_.emplace(std::move(parts));
  }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(camera_ / name, std::ios::binary) << bytes;
  }
  static lane::CameraReading reading(const std::string& image) {
    lane::CameraReading one;
    one.camera = "entry";
    one.said_kind = "plate";
    one.text = "AB 123";
    one.confidence = 0.5;
    one.utc = core::UtcTime{7};
    one.image = image;
    return one;
  }
  std::vector<services::CameraReading> kept() { return readings_of(*catalogue_->show("scan-1")); }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  std::filesystem::path camera_ = folder_.path() / "camera";
  std::optional<CameraPictures> pictures_;
  std::vector<services::CameraReading> told_;
  std::map<std::string, std::string> taken_;
  // Begins and ends as JPEG files do (ISO 10918-1, B.1.1.3: SOI, EOI).
  const std::string jpeg_ = "\xff\xd8\xff\xe0 a truck \xff\xd9";
};

TEST_F(CameraPicturesTest, AReadingIsKeptWithItsPicture) {
  put("1.jpg", jpeg_);
  pictures_->keep("scan-1", {reading("1.jpg"), reading("")});
  ASSERT_EQ(kept().size(), 2U);
  const auto first = kept()[0];
  EXPECT_EQ(first.camera, "entry");
  EXPECT_EQ(first.kind, "plate");
  EXPECT_EQ(first.text, "AB 123");
  EXPECT_EQ(first.confidence, 0.5);
  EXPECT_EQ(first.at.ns, 7);
  EXPECT_EQ(first.picture, core::sha256_hex(jpeg_));
  EXPECT_EQ(first.picture_problem, "");
  EXPECT_EQ(kept()[1].picture, "");
  EXPECT_FALSE(pictures_->waiting());
  EXPECT_EQ(told_.size(), 2U);
  EXPECT_EQ(taken_.at(first.picture), "scan-1 entry " + std::to_string(jpeg_.size()));
  // The camera clears up; the case keeps its own.
  std::filesystem::remove(camera_ / "1.jpg");
  EXPECT_EQ(read_photo(folder_.path(), "scan-1", first.picture).value(), jpeg_);
}

TEST_F(CameraPicturesTest, APictureIsWaitedForUntilItsLastByte) {
  pictures_->keep("scan-1", {reading("late.jpg")});
  EXPECT_TRUE(pictures_->waiting());
  put("late.jpg", jpeg_.substr(0, 8));
  clock_.advance(seconds(1));
  pictures_->look();
  EXPECT_TRUE(pictures_->waiting());
  EXPECT_EQ(kept()[0].picture, "");
  put("late.jpg", jpeg_);
  clock_.advance(seconds(1));
  pictures_->look();
  EXPECT_FALSE(pictures_->waiting());
  EXPECT_EQ(kept()[0].picture, core::sha256_hex(jpeg_));
  EXPECT_EQ(told_[0].picture, core::sha256_hex(jpeg_));
}

TEST_F(CameraPicturesTest, WhatDoesNotComeIsSaidAfterAMinute) {
  pictures_->keep("scan-1", {reading("never.jpg"), reading("torn.jpg"), reading("words.txt")});
  put("torn.jpg", jpeg_.substr(0, 8));
  put("words.txt", "AB 123");
  clock_.advance(seconds(59));
  pictures_->look();
  EXPECT_EQ(kept()[0].picture_problem, "");
  clock_.advance(seconds(1));
  pictures_->look();
  EXPECT_FALSE(pictures_->waiting());
  EXPECT_EQ(kept()[0].picture_problem, "the camera's picture did not come within a minute");
  EXPECT_EQ(kept()[1].picture_problem, "the camera's picture ends before its end");
  EXPECT_EQ(kept()[2].picture_problem, "the camera's file is no picture: JPEG and PNG are taken");
  EXPECT_TRUE(taken_.empty());
}

TEST_F(CameraPicturesTest, NothingOutsideTheFolderIsTaken) {
  std::ofstream(folder_.path() / "secret.jpg", std::ios::binary) << jpeg_;
  std::filesystem::create_symlink(folder_.path() / "secret.jpg", camera_ / "link.jpg");
  const std::string whole = (folder_.path() / "secret.jpg").string();
  pictures_->keep("scan-1", {reading("../secret.jpg"), reading(whole), reading("link.jpg"),
                             reading("sub/../../secret.jpg"), reading(".")});
  EXPECT_FALSE(pictures_->waiting());
  for (const auto& one : kept()) {
    EXPECT_EQ(one.picture, "");
    EXPECT_EQ(one.picture_problem,
              "the camera's reference does not lie in the folder of its pictures");
  }
  EXPECT_TRUE(taken_.empty());
}

TEST_F(CameraPicturesTest, ATooLargePictureIsRefused) {
  put("large.jpg", jpeg_ + std::string(std::size_t{8} * 1024 * 1024, 'x'));
  pictures_->keep("scan-1", {reading("large.jpg")});
  EXPECT_EQ(kept()[0].picture_problem, "the picture is larger than 8 MiB");
}

TEST_F(CameraPicturesTest, WithoutAFolderReadingsAreKeptAlone) {
  begin({});
  pictures_->keep("scan-1", {reading("1.jpg")});
  EXPECT_FALSE(pictures_->waiting());
  EXPECT_EQ(kept().size(), 1U);
  EXPECT_EQ(kept()[0].picture_problem, "");
}

TEST(PhotoFiles, APhotoIsWholeWhereItsLastMarkIsThere) {
  const std::string png = "\x89PNG\r\n\x1a\n....";
  const std::string png_end("\0\0\0\0IEND\xae\x42\x60\x82", 12);  // PNG 3rd edition, 11.2.5
  EXPECT_FALSE(photo_is_whole(png));
  EXPECT_TRUE(photo_is_whole(png + png_end));
  EXPECT_TRUE(photo_is_whole("\xff\xd8\xff\xe0 x \xff\xd9"));
  EXPECT_TRUE(photo_is_whole(std::string("\xff\xd8\xff\xe0 x \xff\xd9") + std::string(40, '\0')));
  EXPECT_FALSE(photo_is_whole("\xff\xd8\xff\xe0 x"));
  EXPECT_FALSE(photo_is_whole("BM"));
  EXPECT_FALSE(photo_is_whole(""));
}

}  // namespace
}  // namespace portcullis::apps
