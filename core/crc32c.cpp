#include "core/crc32c.h"

#include <nmmintrin.h>

#include <array>
#include <cstring>

namespace portcullis::core {
namespace {

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1U) != 0 ? 0x82F63B78U ^ (c >> 1U) : c >> 1U;
    table[i] = c;
  }
  return table;
}
constexpr auto kCrcTable = make_crc_table();

std::uint32_t crc_portable(std::span<const std::byte> data, std::uint32_t crc) {
  for (const std::byte b : data)
    crc = kCrcTable[(crc ^ static_cast<std::uint32_t>(b)) & 0xFFU] ^ (crc >> 8U);
  return crc;
}

__attribute__((target("sse4.2"))) std::uint32_t crc_sse42(std::span<const std::byte> data,
                                                          std::uint32_t crc) {
  std::uint64_t wide = crc;
  std::size_t i = 0;
  for (; i + 8 <= data.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data.data() + i, 8);
    wide = _mm_crc32_u64(wide, word);
  }
  auto narrow = static_cast<std::uint32_t>(wide);
  for (; i < data.size(); ++i) narrow = _mm_crc32_u8(narrow, static_cast<std::uint8_t>(data[i]));
  return narrow;
}

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous) noexcept {
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  const std::uint32_t start = ~previous;
  return ~(has_instruction ? crc_sse42(data, start) : crc_portable(data, start));
}

}  // namespace portcullis::core
