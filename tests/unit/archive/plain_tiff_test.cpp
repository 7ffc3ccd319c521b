#include <gtest/gtest.h>
#include <tiffio.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "archive/export/tiff.h"
#include "core/files.h"
#include "tests/support/environment.h"

namespace portcullis::archive {
namespace {

// libtiff, which wrote none of it, reads every pixel back.
TEST(PlainTiff, LibtiffReadsWhatWasPut) {
  constexpr std::uint32_t kWidth = 7, kHeight = 5;
  std::vector<std::uint32_t> argb;
  for (std::uint32_t i = 0; i < kWidth * kHeight; ++i)
    argb.push_back(0xFF000000U | (i * 7U << 16U) | ((255U - i) << 8U) | (i * 3U));
  const auto bytes = plain_colour_tiff(kWidth, kHeight, argb);
  ASSERT_TRUE(bytes.ok()) << bytes.error().message;
  EXPECT_EQ(*bytes, *plain_colour_tiff(kWidth, kHeight, argb));
  const auto path = std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
                    ("plain-" + std::to_string(::getpid()) + ".tif");
  ASSERT_TRUE(core::write_file_atomically(path, *bytes).ok());
  TIFF* tiff = TIFFOpen(path.c_str(), "r");
  ASSERT_NE(tiff, nullptr);
  std::vector<std::uint32_t> abgr(kWidth * kHeight);
  EXPECT_EQ(TIFFReadRGBAImageOriented(tiff, kWidth, kHeight, abgr.data(), ORIENTATION_TOPLEFT, 1),
            1);
  TIFFClose(tiff);
  std::filesystem::remove(path);
  for (std::size_t i = 0; i < argb.size(); ++i) {
    EXPECT_EQ(TIFFGetR(abgr[i]), (argb[i] >> 16U) & 0xFFU) << i;
    EXPECT_EQ(TIFFGetG(abgr[i]), (argb[i] >> 8U) & 0xFFU) << i;
    EXPECT_EQ(TIFFGetB(abgr[i]), argb[i] & 0xFFU) << i;
  }
  EXPECT_FALSE(plain_colour_tiff(kWidth, kHeight + 1, argb).ok());
  EXPECT_FALSE(plain_colour_tiff(0, 0, {}).ok());
}

}  // namespace
}  // namespace portcullis::archive
