#include "core/crc32c.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace portcullis::core {
namespace {

// Vectors of RFC 3720, appendix B.4.
TEST(Crc32c, PublishedVectors) {
  std::vector<std::byte> zeros(32);
  EXPECT_EQ(crc32c(zeros), 0x8A9136AAU);
  std::vector<std::byte> ones(32, std::byte{0xFF});
  EXPECT_EQ(crc32c(ones), 0x62A8AB43U);
  std::vector<std::byte> rising(32);
  for (int i = 0; i < 32; ++i) rising[static_cast<std::size_t>(i)] = static_cast<std::byte>(i);
  EXPECT_EQ(crc32c(rising), 0x46DD794EU);
}

TEST(Crc32c, ContinuesOverPieces) {
  const char text[] = "123456789";
  const auto bytes = std::as_bytes(std::span(text, 9));
  EXPECT_EQ(crc32c(bytes), 0xE3069283U);
  EXPECT_EQ(crc32c(bytes.subspan(4), crc32c(bytes.first(4))), 0xE3069283U);
}

}  // namespace
}  // namespace portcullis::core
