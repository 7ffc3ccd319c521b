#include "firmware_bridge/codec/packet.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "core/crc32c.h"

namespace portcullis::firmware_bridge {
namespace {

std::vector<std::byte> read_capture(const std::string& name) {
  std::ifstream in("tests/data/firmware_bridge/" + name);
  std::vector<std::byte> bytes;
  std::string word;
  while (in >> word) bytes.push_back(static_cast<std::byte>(std::stoi(word, nullptr, 16)));
  return bytes;
}

/// The capture with one byte changed and the CRC made right again: later checks are reached.
std::vector<std::byte> patched(std::size_t at, unsigned value) {
  auto bytes = read_capture("packet_20bit.hex");
  bytes.at(at) = static_cast<std::byte>(value);
  std::fill_n(bytes.begin() + 60, 4, std::byte{0});
  const std::uint32_t crc = core::crc32c(bytes);
  std::memcpy(bytes.data() + 60, &crc, 4);
  return bytes;
}

PacketCheck check(const std::vector<std::byte>& bytes) {
  PacketView view;
  return parse_packet(bytes, view);
}

TEST(Packet, ReadsTheHandWrittenCaptureOf20BitSamples) {
  const auto bytes = read_capture("packet_20bit.hex");
  ASSERT_EQ(bytes.size(), 72U);
  PacketView view;
  ASSERT_EQ(parse_packet(bytes, view), PacketCheck::kOk);
  const PacketHeader& h = view.header;
  EXPECT_EQ(h.format, SampleFormat::kPacked20);
  EXPECT_EQ(h.module, 7);
  EXPECT_EQ(h.pulse, 0x0123456789ABCDEFULL);
  EXPECT_EQ(h.timestamp_ns, 0x0102030405060708ULL);
  EXPECT_EQ(h.encoder_counts, -2);
  EXPECT_EQ(h.energy, core::Energy::kHigh);
  EXPECT_EQ(h.flags, packet_flag::kSaturated | packet_flag::kTriggerMissed);
  EXPECT_EQ(h.sample_count, 3);
  EXPECT_EQ(h.dose_counts, 100'000U);
  EXPECT_EQ(h.temperature_centi_c, -2514);
  EXPECT_EQ(h.integration_us, 100);
  EXPECT_EQ(h.sequence, 0x01020304U);
  EXPECT_EQ(h.first_pixel, 64);
  EXPECT_EQ(h.arm_id, 0xDEADBEEFU);
  std::array<std::uint32_t, 3> samples{};
  unpack_samples(h.format, view.samples, samples);
  EXPECT_EQ(samples, (std::array<std::uint32_t, 3>{0x12345, 0x6789A, 0xFFFFF}));
}

TEST(Packet, ReadsTheHandWrittenCaptureOf16BitSamplesOnThe20BitScale) {
  const auto bytes = read_capture("packet_u16.hex");
  PacketView view;
  ASSERT_EQ(parse_packet(bytes, view), PacketCheck::kOk);
  EXPECT_EQ(view.header.energy, core::Energy::kLow);
  EXPECT_EQ(view.header.flags, packet_flag::kTestPattern);
  EXPECT_EQ(view.header.encoder_counts, 10'000);
  std::array<std::uint32_t, 2> samples{};
  unpack_samples(view.header.format, view.samples, samples);
  EXPECT_EQ(samples, (std::array<std::uint32_t, 2>{0x12340, 0xFFFF0}));
}

TEST(Packet, WritesExactlyTheHandWrittenBytes) {
  for (const char* name : {"packet_20bit.hex", "packet_u16.hex"}) {
    const auto bytes = read_capture(name);
    PacketView view;
    ASSERT_EQ(parse_packet(bytes, view), PacketCheck::kOk);
    std::vector<std::uint32_t> samples(view.header.sample_count);
    unpack_samples(view.header.format, view.samples, samples);
    std::vector<std::byte> out(200, std::byte{0xEE});
    ASSERT_EQ(encode_packet(view.header, samples, out), bytes.size()) << name;
    out.resize(bytes.size());
    EXPECT_EQ(out, bytes) << name;
  }
}

TEST(Packet, NamesTheCheckThatFailed) {
  EXPECT_EQ(check(patched(0, 0x51)), PacketCheck::kMagic);
  EXPECT_EQ(check(patched(4, 2)), PacketCheck::kVersion);
  EXPECT_EQ(check(patched(5, 0)), PacketCheck::kFormat);
  EXPECT_EQ(check(patched(5, 3)), PacketCheck::kFormat);
  EXPECT_EQ(check(patched(30, 4)), PacketCheck::kLength);
  EXPECT_EQ(check(patched(28, 3)), PacketCheck::kEnergy);
  auto bytes = read_capture("packet_20bit.hex");
  bytes.push_back(std::byte{0});
  EXPECT_EQ(check(bytes), PacketCheck::kLength);
  bytes.resize(63);
  EXPECT_EQ(check(bytes), PacketCheck::kTooShort);
  EXPECT_EQ(check({}), PacketCheck::kTooShort);
}

TEST(Packet, EveryFlippedBitIsNoticed) {
  const auto good = read_capture("packet_20bit.hex");
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    auto bytes = good;
    bytes[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    EXPECT_NE(check(bytes), PacketCheck::kOk) << "bit " << bit;
  }
}

TEST(Packet, EverySampleCountGoesThereAndBack) {
  constexpr unsigned kSeed = 20260301;
  std::mt19937 random(kSeed);
  RecordProperty("seed", static_cast<int>(kSeed));
  for (const SampleFormat format : {SampleFormat::kPacked20, SampleFormat::kU16}) {
    for (std::size_t count = 0; count < 140; ++count) {
      std::vector<std::uint32_t> samples(count);
      for (auto& s : samples) s = random() & (format == SampleFormat::kU16 ? 0xFFFF0U : kSampleMax);
      PacketHeader header;
      header.format = format;
      std::vector<std::byte> bytes(packet_bytes(format, count));
      ASSERT_EQ(encode_packet(header, samples, bytes), bytes.size());
      PacketView view;
      ASSERT_EQ(parse_packet(bytes, view), PacketCheck::kOk);
      std::vector<std::uint32_t> back(count, 1);
      unpack_samples(format, view.samples, back);
      ASSERT_EQ(back, samples) << "seed " << kSeed << " count " << count;
    }
  }
}

TEST(Packet, SizesAreThoseOfTheWire) {
  EXPECT_EQ(packet_bytes(SampleFormat::kPacked20, 64), 224U);
  EXPECT_EQ(packet_bytes(SampleFormat::kU16, 64), 192U);
  std::array<std::byte, 223> small{};
  std::array<std::uint32_t, 64> samples{};
  EXPECT_EQ(encode_packet({}, samples, small), 0U);
}

TEST(Packet, SamplesAboveFullScaleAreClipped) {
  const std::array<std::uint32_t, 1> samples = {0xFFFFFFFF};
  std::array<std::byte, 80> bytes{};
  const std::size_t size = encode_packet({}, samples, bytes);
  PacketView view;
  ASSERT_EQ(parse_packet(std::span(bytes).first(size), view), PacketCheck::kOk);
  std::array<std::uint32_t, 1> back{};
  unpack_samples(view.header.format, view.samples, back);
  EXPECT_EQ(back[0], kSampleMax);
}

}  // namespace
}  // namespace portcullis::firmware_bridge
