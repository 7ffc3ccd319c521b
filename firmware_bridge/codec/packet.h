#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/line.h"

namespace portcullis::firmware_bridge {

// Native detector data: one UDP datagram per module and pulse, little-endian, a 64-byte header and
// then the samples. The first datagram of a module after an arm has sequence number 0.
//
// Samples are handled on the 20-bit scale everywhere above the wire. Format 1 (u16) carries the
// upper 16 of the 20 bits: unpacking shifts left by 4, packing shifts right by 4.

inline constexpr std::uint32_t kPacketMagic = 0x31444C50;  ///< "PLD1" on the wire.
inline constexpr std::uint8_t kPacketVersion = 1;
inline constexpr std::size_t kPacketHeaderBytes = 64;
inline constexpr std::uint32_t kSampleMax = 0xFFFFF;
/// What one IPv4 datagram can carry.
inline constexpr std::size_t kPacketBytesMax = 65'507;

enum class SampleFormat : std::uint8_t { kU16 = 1, kPacked20 = 2 };

/// Bits of PacketHeader::flags.
namespace packet_flag {
inline constexpr std::uint8_t kTestPattern = 1;
inline constexpr std::uint8_t kSaturated = 2;
inline constexpr std::uint8_t kTriggerMissed = 4;
}  // namespace packet_flag

struct PacketHeader {
  SampleFormat format = SampleFormat::kPacked20;
  core::Energy energy = core::Energy::kNone;
  std::uint8_t flags = 0;  ///< packet_flag bits.
  std::uint16_t module = 0;
  std::uint64_t pulse = 0;         ///< Triggers since arm, missed ones too.
  std::uint64_t timestamp_ns = 0;  ///< Detector clock.
  std::int32_t encoder_counts = 0;
  std::uint16_t sample_count = 0;
  std::uint32_t dose_counts = 0;
  std::int16_t temperature_centi_c = 0;  ///< 0.01 degC
  std::uint16_t integration_us = 0;
  std::uint32_t sequence = 0;     ///< Of this module's datagrams since arm, from 0.
  std::uint16_t first_pixel = 0;  ///< Within the module.
  std::uint32_t arm_id = 0;
};

/// Which check a datagram failed. Checked in this order; the arm id is the receiver's to check.
enum class PacketCheck : std::uint8_t {
  kOk,
  kTooShort,
  kMagic,
  kVersion,
  kFormat,
  kLength,
  kCrc,
  kEnergy,
};
inline constexpr std::size_t kPacketCheckCount = 8;
/// "ok", "too_short", "magic", ...: stable words for counters and logs.
std::string_view packet_check_name(PacketCheck check) noexcept;

/// A checked datagram: the header by value, the packed samples still in the caller's buffer.
/// Ownership: borrows the bytes handed to parse_packet().
struct PacketView {
  PacketHeader header;
  std::span<const std::byte> samples;  ///< sample_bytes(format, sample_count) bytes.
};

/// Bytes that `count` samples take on the wire.
[[nodiscard]] constexpr std::size_t sample_bytes(SampleFormat format, std::size_t count) noexcept {
  return format == SampleFormat::kU16 ? count * 2 : count / 2 * 5 + count % 2 * 3;
}
[[nodiscard]] constexpr std::size_t packet_bytes(SampleFormat format, std::size_t count) noexcept {
  return kPacketHeaderBytes + sample_bytes(format, count);
}

/// Checks everything but the arm id, CRC included. `out` is written only where the answer is kOk.
/// Reserved bytes are under the CRC and otherwise ignored. Pure; never allocates.
[[nodiscard]] PacketCheck parse_packet(std::span<const std::byte> datagram,
                                       PacketView& out) noexcept;

/// Writes a datagram of `header` (its sample_count is taken from `samples`) into `out`, CRC
/// included. Samples above kSampleMax are clipped to it. Returns the bytes written, or 0 where
/// `out` is too small or there are more than 65,535 samples. Pure; never allocates.
std::size_t encode_packet(const PacketHeader& header, std::span<const std::uint32_t> samples,
                          std::span<std::byte> out) noexcept;

/// Unpacks as many samples as `out` holds, on the 20-bit scale. `packed` must hold at least
/// sample_bytes(format, out.size()) bytes (asserted). Pure; never allocates.
void unpack_samples(SampleFormat format, std::span<const std::byte> packed,
                    std::span<std::uint32_t> out) noexcept;

}  // namespace portcullis::firmware_bridge
