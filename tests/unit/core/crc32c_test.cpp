#include "core/crc32c.h"

#include <gtest/gtest.h>

#include <cstring>
#include <span>
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

TEST(Crc32c, IsThePolynomialsRemainderAtEveryLength) {
  // Bit by bit from the definition: all ways of the fast code, their borders and tails.
  const auto bitwise = [](std::span<const std::byte> data) {
    std::uint32_t crc = ~0U;
    for (const std::byte b : data) {
      crc ^= static_cast<std::uint32_t>(b);
      for (int i = 0; i < 8; ++i) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0x82F63B78U : crc >> 1U;
    }
    return ~crc;
  };
  std::vector<std::byte> data(9000);
  std::uint32_t state = 12345;
  for (auto& b : data) {
    state = state * 1664525U + 1013904223U;
    b = static_cast<std::byte>(state >> 24U);
  }
  const std::span<const std::byte> all(data);
  for (std::size_t n = 0; n < 1600; ++n)
    ASSERT_EQ(crc32c(all.first(n)), bitwise(all.first(n))) << n;
  for (std::size_t n = 1500; n < data.size(); n += 61) {
    ASSERT_EQ(crc32c(all.first(n)), bitwise(all.first(n))) << n;
    const std::size_t cut = n / 3;
    ASSERT_EQ(crc32c(all.subspan(cut, n - cut), crc32c(all.first(cut))), bitwise(all.first(n)));
  }
}

}  // namespace
}  // namespace portcullis::core
