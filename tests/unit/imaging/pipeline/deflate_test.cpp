#include "imaging/pipeline/deflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace portcullis::imaging {
namespace {

/// What zlib makes of a stream; it must be whole, checksum and all.
void expect_inflates_to(const std::vector<std::uint8_t>& raw, std::span<const std::byte> stream,
                        const std::string& what) {
  std::vector<std::uint8_t> back(raw.size() + 1);
  uLongf size = back.size();
  ASSERT_EQ(::uncompress(back.data(), &size, reinterpret_cast<const Bytef*>(stream.data()),
                         static_cast<uLong>(stream.size())),
            Z_OK)
      << what;
  back.resize(size);
  EXPECT_EQ(back, raw) << what;
}

TEST(Deflate, NoiseIsReadByZlibWhateverItsBytes) {
  constexpr std::uint32_t kSeed = 21;
  std::mt19937 random(kSeed);
  for (const std::size_t n : {0U, 1U, 2U, 3U, 4U, 100U, 70'001U}) {
    for (const std::string kind : {"one byte", "all bytes", "rare ones", "very rare ones"}) {
      std::vector<std::uint8_t> raw(n);
      for (auto& b : raw) {
        const auto r = static_cast<std::uint32_t>(random());
        if (kind == "all bytes") b = static_cast<std::uint8_t>(r);
        // Halving shares: codes longer than the format allows, were they not limited.
        if (kind == "rare ones") b = static_cast<std::uint8_t>(std::countr_zero(r | 0x80000000U));
        if (kind == "very rare ones") b = r % 1000 == 0 ? static_cast<std::uint8_t>(r >> 16U) : 7;
      }
      const auto what = kind + ", " + std::to_string(n) + ", seed " + std::to_string(kSeed);
      const auto noise = deflate_noise(std::as_bytes(std::span(raw)));
      ASSERT_TRUE(noise.ok()) << what;
      expect_inflates_to(raw, *noise, what);
      const auto plain = deflate(std::as_bytes(std::span(raw)), DeflateForm::kZlibStream);
      ASSERT_TRUE(plain.ok()) << what;
      expect_inflates_to(raw, *plain, what);
    }
  }
}

TEST(Deflate, NoiseComesNearItsEntropy) {
  std::mt19937 random(22);
  std::normal_distribution<double> noise(0, 12);
  std::vector<std::uint8_t> raw(200'000);
  std::vector<double> share(256, 0.0);
  for (auto& b : raw) {
    b = static_cast<std::uint8_t>(static_cast<int>(std::lround(noise(random))));
    share[b] += 1.0 / static_cast<double>(raw.size());
  }
  double bits = 0;
  for (const double p : share) bits -= p > 0 ? p * std::log2(p) : 0;
  const auto made = deflate_noise(std::as_bytes(std::span(raw)));
  ASSERT_TRUE(made.ok());
  const double got = 8.0 * static_cast<double>(made->size()) / static_cast<double>(raw.size());
  EXPECT_GT(got, bits);
  // What whole bits a symbol cost at most: R. G. Gallager, IEEE Trans. Inform. Theory 24 (1978)
  // 668; 0.01 for the stream's header and checksum.
  EXPECT_LT(got, bits + *std::max_element(share.begin(), share.end()) + 0.0861 + 0.01);
}

}  // namespace
}  // namespace portcullis::imaging
