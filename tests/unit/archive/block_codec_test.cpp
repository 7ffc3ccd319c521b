#include "archive/block_codec.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <random>

#include "core/line.h"

namespace portcullis::archive {
namespace {

constexpr std::array kEncodings{BlockEncoding::kPlain, BlockEncoding::kDifference,
                                BlockEncoding::kForeseen};

struct Block {
  BlockShape shape;
  std::vector<core::LineHeader> headers;
  std::vector<std::bitset<core::kModulesMax>> modules;
  std::vector<std::uint32_t> samples;
};

Block two_lines() {
  Block b;
  b.shape = {3, 2, 9};
  b.headers.resize(3);
  b.headers[0] = {0x0102030405060708ull,
                  0x1112131415161718ull,
                  -2,
                  0xa1b2c3d4u,
                  core::Energy::kHigh,
                  0x15,
                  -300};
  b.headers[1].energy = core::Energy::kLow;
  b.headers[2].energy = core::Energy::kHigh;
  b.modules.resize(3);
  b.modules[0][0] = b.modules[0][8] = true;
  b.samples = {0x0a0b0c, 1, 2, 3, 0x0a0b0b, 5};
  return b;
}

std::vector<std::uint8_t> unpack(std::span<const std::byte> data, std::size_t size) {
  std::vector<std::uint8_t> raw(size);
  EXPECT_EQ(ZSTD_decompress(raw.data(), raw.size(), data.data(), data.size()), size);
  return raw;
}

// Written out by hand from docs/pscan.sql.
TEST(BlockCodec, LayoutIsThatOfTheSchemaPage) {
  const Block b = two_lines();
  BlockEncoder encoder;
  ASSERT_EQ(b.shape.raw_bytes(), 3u * (32 + 2 + 6));
  const auto raw =
      unpack(encoder.encode(b.shape, BlockEncoding::kPlain, b.headers, b.modules, b.samples),
             b.shape.raw_bytes());
  const std::vector<std::uint8_t> header(raw.begin(), raw.begin() + 32);
  EXPECT_EQ(header, (std::vector<std::uint8_t>{8,    7,    6,    5,    4,    3,    2,    1,
                                               0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11,
                                               0xfe, 0xff, 0xff, 0xff, 0xd4, 0xc3, 0xb2, 0xa1,
                                               2,    0x15, 0xd4, 0xfe, 0,    0,    0,    0}));
  EXPECT_EQ(raw[96], 1);  // modules of line 0
  EXPECT_EQ(raw[97], 1);
  const std::vector<std::uint8_t> planes(raw.begin() + 96 + 6, raw.end());
  EXPECT_EQ(planes, (std::vector<std::uint8_t>{0x0c, 1, 2, 3, 0x0b, 5, 0x0b, 0, 0, 0, 0x0b, 0, 0x0a,
                                               0, 0, 0, 0x0a, 0}));
}

TEST(BlockCodec, DifferenceIsToTheLineTwoBefore) {
  const Block b = two_lines();
  BlockEncoder encoder;
  const auto raw =
      unpack(encoder.encode(b.shape, BlockEncoding::kDifference, b.headers, b.modules, b.samples),
             b.shape.raw_bytes());
  const std::vector<std::uint8_t> planes(raw.begin() + 96 + 6, raw.end());
  // Line 2 less line 0: -1 and +4, modulo 2^24.
  EXPECT_EQ(planes, (std::vector<std::uint8_t>{0x0c, 1, 2, 3, 0xff, 4, 0x0b, 0, 0, 0, 0xff, 0, 0x0a,
                                               0, 0, 0, 0xff, 0}));
}

core::Status decode(const Block& b, BlockEncoding encoding, std::span<const std::byte> data,
                    Block& out) {
  out = b;
  out.headers.assign(b.shape.lines, {});
  out.modules.assign(b.shape.lines, {});
  out.samples.assign(static_cast<std::size_t>(b.shape.lines) * b.shape.pixels, 0);
  BlockDecoder decoder;
  return decoder.decode(data, b.shape, encoding, out.headers, out.modules, out.samples);
}

// Written out by hand from docs/pscan.sql: what a line that is foreseen is read as.
TEST(BlockCodec, ForeseenIsTheLineTwoBeforeTimesItsGain) {
  const Block b = two_lines();
  BlockEncoder encoder;
  auto raw = unpack(encoder.encode(b.shape, BlockEncoding::kPlain, b.headers, b.modules, b.samples),
                    b.shape.raw_bytes());
  // Line 2: gain -0.5 (-16384 of 2^-15), offset 300 counts; residuals -129 and +200.
  raw[64 + 28] = 0x00;
  raw[64 + 29] = 0xc0;
  raw[64 + 30] = 0x2c;
  raw[64 + 31] = 0x01;
  const std::size_t planes = 96 + 6;
  raw[planes + 4] = 0x7f;      // -129 = 127 - 256
  raw[planes + 6 + 4] = 0xff;  // -1
  raw[planes + 12 + 4] = 0;
  raw[planes + 5] = 0xc8;  // 200 = -56 + 256
  raw[planes + 6 + 5] = 1;
  raw[planes + 12 + 5] = 0;
  std::vector<std::byte> data(ZSTD_compressBound(raw.size()));
  data.resize(ZSTD_compress(data.data(), data.size(), raw.data(), raw.size(), 1));
  Block out;
  ASSERT_TRUE(decode(b, BlockEncoding::kForeseen, data, out).ok());
  // 0x0a0b0c = 658188: half of it, 329094, and 300 less 129. 1: 1 + trunc(-0.5 + 300) + 200.
  EXPECT_EQ(out.samples, (std::vector<std::uint32_t>{0x0a0b0c, 1, 2, 3, 329094 + 300 - 129, 500}));
}

/// Any samples, dose jumps, lines without beam and the ends of the range among them, in blocks of
/// any length.
TEST(BlockCodec, ForeseenReadsBackWhateverItWas) {
  std::mt19937 random(20260302);
  for (const std::uint32_t lines : {1U, 2U, 3U, 7U, 256U}) {
    Block b;
    b.shape = {lines, 100, 5};
    b.headers.resize(lines);
    b.modules.resize(lines);
    for (std::uint32_t line = 0; line < lines; ++line) {
      const std::uint32_t full = std::array{1U << 20U, 0U, 0xff'ffffU, 5000U}[random() % 4];
      for (std::uint32_t p = 0; p < 100; ++p)
        b.samples.push_back(
            full == 0 ? 0 : full - static_cast<std::uint32_t>(random() % (full / 16 + 1)));
    }
    BlockEncoder encoder;
    const auto data =
        encoder.encode(b.shape, BlockEncoding::kForeseen, b.headers, b.modules, b.samples);
    Block out;
    ASSERT_TRUE(decode(b, BlockEncoding::kForeseen, data, out).ok());
    EXPECT_EQ(out.samples, b.samples) << lines << " lines";
  }
}

TEST(BlockCodec, AllEncodingsReadBack) {
  Block b = two_lines();
  for (const auto encoding : kEncodings) {
    BlockEncoder encoder;
    const auto data = encoder.encode(b.shape, encoding, b.headers, b.modules, b.samples);
    Block out;
    ASSERT_TRUE(decode(b, encoding, data, out).ok());
    EXPECT_EQ(out.samples, b.samples);
    EXPECT_EQ(out.modules, b.modules);
    EXPECT_EQ(out.headers[0].pulse, b.headers[0].pulse);
    EXPECT_EQ(out.headers[0].encoder_counts, -2);
    EXPECT_EQ(out.headers[0].temperature_centi_c, -300);
    EXPECT_EQ(out.headers[1].energy, core::Energy::kLow);
  }
}

TEST(BlockCodec, DamagedDataAreRefused) {
  const Block b = two_lines();
  BlockEncoder encoder;
  const auto span = encoder.encode(b.shape, BlockEncoding::kPlain, b.headers, b.modules, b.samples);
  const std::vector<std::byte> data(span.begin(), span.end());
  Block out;
  EXPECT_FALSE(decode(b, BlockEncoding::kPlain, {}, out).ok());
  EXPECT_FALSE(decode(b, BlockEncoding::kPlain, std::span(data).first(data.size() - 1), out).ok());
  EXPECT_FALSE(
      decode(b, BlockEncoding::kPlain, std::vector<std::byte>(data.size(), std::byte{0x55}), out)
          .ok());
  Block other = b;
  other.shape.pixels = 3;  // The frame's stated size does not belong to this shape.
  auto wrong = decode(other, BlockEncoding::kPlain, data, out);
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.error().message.find("129 expected"), std::string::npos) << wrong.error().message;
}

TEST(BlockCodec, UnknownEnergyIsRefused) {
  const Block b = two_lines();
  std::vector<std::byte> raw(b.shape.raw_bytes());
  raw[24] = std::byte{3};
  std::vector<std::byte> data(ZSTD_compressBound(raw.size()));
  data.resize(ZSTD_compress(data.data(), data.size(), raw.data(), raw.size(), 1));
  Block out;
  auto status = decode(b, BlockEncoding::kPlain, data, out);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("energy 3"), std::string::npos);
}

/// Air and a load with photon noise, as a scan has them: what the two encodings cost and save.
TEST(BlockCodec, PhotonNoiseRatioAndSpeed) {
  constexpr std::uint32_t kPixels = 1472;
  Block b;
  b.shape = {256, kPixels, 23};
  b.headers.resize(256);
  b.modules.resize(256);
  b.samples.resize(256 * kPixels);
  std::mt19937 random(20260301);
  std::normal_distribution<double> normal;
  std::vector<double> gain(kPixels);
  for (auto& g : gain) g = 1 + 0.08 * normal(random);
  for (std::uint32_t line = 0; line < 256; ++line) {
    // The dose differs from pulse to pulse.
    const double full = (line % 2 == 0 ? 700'000 : 330'000) * (1 + 0.02 * normal(random));
    for (std::uint32_t p = 0; p < kPixels; ++p) {
      const double transmission = p < 400 ? 1.0 : std::exp(-0.004 * (p - 400.0));
      const double mean = full * gain[p] * transmission;
      const double value = 800 + mean + 3.0 * std::sqrt(mean) * normal(random) + 4 * normal(random);
      b.samples[line * kPixels + p] = static_cast<std::uint32_t>(std::max(0.0, value));
    }
  }
  std::size_t sizes[4] = {};
  for (const auto encoding : kEncodings) {
    BlockEncoder encoder;
    std::span<const std::byte> data =
        encoder.encode(b.shape, encoding, b.headers, b.modules, b.samples);
    const auto start = std::chrono::steady_clock::now();
    constexpr int kRepeats = 20;
    for (int i = 0; i < kRepeats; ++i)
      data = encoder.encode(b.shape, encoding, b.headers, b.modules, b.samples);
    const double encode_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    sizes[static_cast<int>(encoding)] = data.size();
    std::vector<core::LineHeader> headers(256);
    std::vector<std::bitset<core::kModulesMax>> modules(256);
    std::vector<std::uint32_t> samples(b.samples.size());
    BlockDecoder decoder;
    const auto decode_start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRepeats; ++i)
      ASSERT_TRUE(decoder.decode(data, b.shape, encoding, headers, modules, samples).ok());
    const double decode_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - decode_start).count();
    EXPECT_EQ(samples, b.samples);
    const double megabytes = static_cast<double>(b.shape.raw_bytes()) * kRepeats / 1e6;
    std::printf("encoding %d: ratio %.2f, encode %.0f MB/s, decode %.0f MB/s\n",
                static_cast<int>(encoding),
                static_cast<double>(b.shape.raw_bytes()) / static_cast<double>(data.size()),
                megabytes / encode_s, megabytes / decode_s);
  }
  EXPECT_LT(sizes[2], sizes[1]);  // The difference is worth its pass.
  EXPECT_LT(static_cast<double>(sizes[3]),
            0.92 * static_cast<double>(sizes[2]));  // So is the dose.
}

}  // namespace
}  // namespace portcullis::archive
