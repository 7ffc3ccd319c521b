#include "firmware_bridge/codec/packet.h"

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/assert.h"
#include "core/crc32c.h"

namespace portcullis::firmware_bridge {
namespace {

static_assert(std::endian::native == std::endian::little, "the wire is read as it stands");

constexpr std::size_t kCrcAt = 60;

template <class T>
T get_field(std::span<const std::byte> bytes, std::size_t at) noexcept {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

template <class T>
void put_field(std::span<std::byte> bytes, std::size_t at, T value) noexcept {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

/// The CRC covers the datagram with its own field read as zero.
std::uint32_t packet_crc(std::span<const std::byte> datagram) noexcept {
  std::array<std::byte, kPacketHeaderBytes> header;
  std::memcpy(header.data(), datagram.data(), kPacketHeaderBytes);
  std::memset(header.data() + kCrcAt, 0, 4);
  return core::crc32c(datagram.subspan(kPacketHeaderBytes), core::crc32c(header));
}

void unpack_u16(const std::byte* in, std::span<std::uint32_t> out) noexcept {
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint16_t sample = 0;
    std::memcpy(&sample, in + i * 2, 2);
    out[i] = static_cast<std::uint32_t>(sample) << 4U;
  }
}

/// Eight samples of twenty bytes at a time; returns how many it did. Sixteen bytes are read where
/// ten are used: for the last eight from six bytes before, so that nothing outside is touched.
__attribute__((target("avx2"))) std::size_t unpack_20_avx2(const std::byte* in,
                                                           std::size_t in_bytes, std::uint32_t* to,
                                                           std::size_t count) noexcept {
  // Ten bytes to four samples: bytes 0-2 and 2-4, 5-7 and 7-9; the second of a pair sits 4 higher.
  const __m256i here = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, -1, 2, 3, 4, -1, 5, 6, 7, -1, 7, 8, 9, -1));
  const __m256i six_later = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(6, 7, 8, -1, 8, 9, 10, -1, 11, 12, 13, -1, 13, 14, 15, -1));
  const __m256i down = _mm256_setr_epi32(0, 4, 0, 4, 0, 4, 0, 4);
  const __m256i mask = _mm256_set1_epi32(static_cast<int>(kSampleMax));
  const auto load = [](const std::byte* from) __attribute__((target("avx2"))) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));  // NOLINT: the vector's type
  };
  std::size_t i = 0;
  std::size_t at = 0;
  for (; i + 8 <= count; i += 8, at += 20) {
    const bool inside = at + 26 <= in_bytes;
    if (!inside && (at < 6 || at + 20 > in_bytes)) break;
    const std::byte* from = inside ? in + at : in + at - 6;
    const __m256i bytes =
        _mm256_inserti128_si256(_mm256_castsi128_si256(load(from)), load(from + 10), 1);
    const __m256i samples =
        _mm256_srlv_epi32(_mm256_shuffle_epi8(bytes, inside ? here : six_later), down);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i),  // NOLINT: the vector's type
                        _mm256_and_si256(samples, mask));
  }
  return i;
}

/// Sixteen samples of forty bytes at a time, as long as 64 bytes may be read; returns how many it
/// did.
__attribute__((target("avx512f,avx512bw,avx512vbmi"))) std::size_t unpack_20_avx512(
    const std::byte* in, std::size_t in_bytes, std::uint32_t* to, std::size_t count) noexcept {
  alignas(64) std::array<std::uint8_t, 64> places{};
  for (std::size_t k = 0; k < 16; ++k) {
    for (std::size_t b = 0; b < 4; ++b)
      places[4 * k + b] = static_cast<std::uint8_t>(20 * k / 8 + b);
  }
  const __m512i spread = _mm512_load_si512(places.data());
  const __m512i mask = _mm512_set1_epi32(static_cast<int>(kSampleMax));
  constexpr __mmask16 kOdd = 0xAAAA;  // the second of a pair sits 4 bits higher
  std::size_t i = 0;
  for (std::size_t at = 0; i + 16 <= count && at + 64 <= in_bytes; i += 16, at += 40) {
    const __m512i bytes =
        _mm512_maskz_permutexvar_epi8(~__mmask64{0}, spread, _mm512_loadu_si512(in + at));
    const __m512i samples = _mm512_mask_srli_epi32(bytes, kOdd, bytes, 4);
    _mm512_storeu_si512(to + i, _mm512_and_si512(samples, mask));
  }
  return i;
}

void unpack_20(const std::byte* in, std::size_t in_bytes, std::span<std::uint32_t> out) noexcept {
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  static const bool has_vbmi =
      __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("avx512bw") != 0;
  const std::size_t count = out.size();
  std::uint32_t* to = out.data();
  std::size_t i = has_vbmi ? unpack_20_avx512(in, in_bytes, to, count) : 0;
  if (has_avx2) {
    const std::size_t done = i / 8 * 20;
    i += unpack_20_avx2(in + done, in_bytes - done, to + i, count - i);
  }
  std::size_t at = i / 8 * 20;
  // Eight bytes are read where five are used, so the last pairs are left to the careful loop.
  for (; i + 4 <= count && at + 13 <= in_bytes; i += 4, at += 10) {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::memcpy(&a, in + at, 8);
    std::memcpy(&b, in + at + 5, 8);
    to[i] = static_cast<std::uint32_t>(a) & kSampleMax;
    to[i + 1] = static_cast<std::uint32_t>(a >> 20U) & kSampleMax;
    to[i + 2] = static_cast<std::uint32_t>(b) & kSampleMax;
    to[i + 3] = static_cast<std::uint32_t>(b >> 20U) & kSampleMax;
  }
  for (; i < count; i += 2, at += 5) {
    const bool pair = i + 1 < count;
    std::uint64_t bits = 0;
    std::memcpy(&bits, in + at, pair ? 5 : 3);
    to[i] = static_cast<std::uint32_t>(bits) & kSampleMax;
    if (pair) to[i + 1] = static_cast<std::uint32_t>(bits >> 20U) & kSampleMax;
  }
}

}  // namespace

std::string_view packet_check_name(PacketCheck check) noexcept {
  switch (check) {
    case PacketCheck::kOk:
      return "ok";
    case PacketCheck::kTooShort:
      return "too_short";
    case PacketCheck::kMagic:
      return "magic";
    case PacketCheck::kVersion:
      return "version";
    case PacketCheck::kFormat:
      return "format";
    case PacketCheck::kLength:
      return "length";
    case PacketCheck::kCrc:
      return "crc";
    case PacketCheck::kEnergy:
      return "energy";
  }
  return "unknown";
}

PacketCheck parse_packet(std::span<const std::byte> datagram, PacketView& out) noexcept {
  if (datagram.size() < kPacketHeaderBytes) return PacketCheck::kTooShort;
  if (get_field<std::uint32_t>(datagram, 0) != kPacketMagic) return PacketCheck::kMagic;
  if (get_field<std::uint8_t>(datagram, 4) != kPacketVersion) return PacketCheck::kVersion;
  const auto format = get_field<std::uint8_t>(datagram, 5);
  if (format != 1 && format != 2) return PacketCheck::kFormat;
  const auto sample_count = get_field<std::uint16_t>(datagram, 30);
  const auto sample_format = static_cast<SampleFormat>(format);
  if (datagram.size() != packet_bytes(sample_format, sample_count)) return PacketCheck::kLength;
  if (packet_crc(datagram) != get_field<std::uint32_t>(datagram, kCrcAt)) return PacketCheck::kCrc;
  const auto energy = get_field<std::uint8_t>(datagram, 28);
  if (energy > 2) return PacketCheck::kEnergy;

  PacketHeader& h = out.header;
  h.format = sample_format;
  h.energy = static_cast<core::Energy>(energy);
  h.flags = get_field<std::uint8_t>(datagram, 29);
  h.module = get_field<std::uint16_t>(datagram, 6);
  h.pulse = get_field<std::uint64_t>(datagram, 8);
  h.timestamp_ns = get_field<std::uint64_t>(datagram, 16);
  h.encoder_counts = get_field<std::int32_t>(datagram, 24);
  h.sample_count = sample_count;
  h.dose_counts = get_field<std::uint32_t>(datagram, 32);
  h.temperature_centi_c = get_field<std::int16_t>(datagram, 36);
  h.integration_us = get_field<std::uint16_t>(datagram, 38);
  h.sequence = get_field<std::uint32_t>(datagram, 40);
  h.first_pixel = get_field<std::uint16_t>(datagram, 44);
  h.arm_id = get_field<std::uint32_t>(datagram, 48);
  out.samples = datagram.subspan(kPacketHeaderBytes);
  return PacketCheck::kOk;
}

std::size_t encode_packet(const PacketHeader& header, std::span<const std::uint32_t> samples,
                          std::span<std::byte> out) noexcept {
  if (samples.size() > 0xFFFF) return 0;
  const std::size_t bytes = packet_bytes(header.format, samples.size());
  if (bytes > out.size()) return 0;
  out = out.first(bytes);
  std::memset(out.data(), 0, kPacketHeaderBytes);
  put_field(out, 0, kPacketMagic);
  put_field(out, 4, kPacketVersion);
  put_field(out, 5, static_cast<std::uint8_t>(header.format));
  put_field(out, 6, header.module);
  put_field(out, 8, header.pulse);
  put_field(out, 16, header.timestamp_ns);
  put_field(out, 24, header.encoder_counts);
  put_field(out, 28, static_cast<std::uint8_t>(header.energy));
  put_field(out, 29, header.flags);
  put_field(out, 30, static_cast<std::uint16_t>(samples.size()));
  put_field(out, 32, header.dose_counts);
  put_field(out, 36, header.temperature_centi_c);
  put_field(out, 38, header.integration_us);
  put_field(out, 40, header.sequence);
  put_field(out, 44, header.first_pixel);
  put_field(out, 48, header.arm_id);

  std::byte* to = out.data() + kPacketHeaderBytes;
  if (header.format == SampleFormat::kU16) {
    for (const std::uint32_t sample : samples) {
      const auto wire = static_cast<std::uint16_t>(std::min(sample, kSampleMax) >> 4U);
      std::memcpy(to, &wire, 2);
      to += 2;
    }
  } else {
    std::size_t i = 0;
    for (; i + 2 <= samples.size(); i += 2, to += 5) {
      const std::uint64_t bits = static_cast<std::uint64_t>(std::min(samples[i], kSampleMax)) |
                                 static_cast<std::uint64_t>(std::min(samples[i + 1], kSampleMax))
                                     << 20U;
      std::memcpy(to, &bits, 5);
    }
    if (i < samples.size()) {
      const std::uint32_t bits = std::min(samples[i], kSampleMax);
      std::memcpy(to, &bits, 3);
    }
  }
  put_field(out, kCrcAt, packet_crc(out));
  return bytes;
}

void unpack_samples(SampleFormat format, std::span<const std::byte> packed,
                    std::span<std::uint32_t> out) noexcept {
  PC_ASSERT(packed.size() >= sample_bytes(format, out.size()));
  if (format == SampleFormat::kU16) {
    unpack_u16(packed.data(), out);
  } else {
    unpack_20(packed.data(), packed.size(), out);
  }
}

}  // namespace portcullis::firmware_bridge
