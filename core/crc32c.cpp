#include "core/crc32c.h"

#include <immintrin.h>

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

// One CRC instruction waits for the one before it (3 cycles) though one could start every cycle. So
// three stretches of a block run side by side and are joined afterwards: the CRC of what comes
// first, moved past n bits of what follows, is crc * x^n mod P. (Gopal et al., "Fast CRC
// Computation for iSCSI Polynomial Using CRC32 Instruction", Intel, 2011.)

/// x^n mod P as the instruction holds polynomials: the highest bit is x^0.
constexpr std::uint32_t power_of_x(std::uint64_t n) {
  std::uint32_t r = 0x80000000U;
  for (std::uint64_t i = 0; i < n; ++i) r = (r & 1U) != 0 ? (r >> 1U) ^ 0x82F63B78U : r >> 1U;
  return r;
}
/// The carry-less product of two such values is one place short and the instruction multiplies by
/// x^32 itself: 33 less.
constexpr std::uint64_t shift_factor(std::size_t bytes) {
  return power_of_x(8 * bytes - 33);
}

template <std::size_t kWords>
__attribute__((target("sse4.2,pclmul"))) inline std::uint64_t crc_three_stretches(
    const std::byte* data, std::uint64_t first) {
  constexpr std::size_t kBytes = kWords * 8;
  std::uint64_t second = 0;
  std::uint64_t third = 0;
  for (std::size_t i = 0; i < kBytes; i += 8) {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::uint64_t c = 0;
    std::memcpy(&a, data + i, 8);
    std::memcpy(&b, data + kBytes + i, 8);
    std::memcpy(&c, data + 2 * kBytes + i, 8);
    first = _mm_crc32_u64(first, a);
    second = _mm_crc32_u64(second, b);
    third = _mm_crc32_u64(third, c);
  }
  const __m128i far = _mm_clmulepi64_si128(
      _mm_cvtsi64_si128(static_cast<std::int64_t>(first)),
      _mm_cvtsi64_si128(static_cast<std::int64_t>(shift_factor(2 * kBytes))), 0);
  const __m128i near =
      _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<std::int64_t>(second)),
                           _mm_cvtsi64_si128(static_cast<std::int64_t>(shift_factor(kBytes))), 0);
  const auto moved = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_xor_si128(far, near)));
  return _mm_crc32_u64(0, moved) ^ third;
}

__attribute__((target("sse4.2,pclmul"))) std::uint32_t crc_three(std::span<const std::byte> data,
                                                                 std::uint32_t crc) {
  constexpr std::size_t kLong = 64;
  constexpr std::size_t kShort = 6;
  std::uint64_t wide = crc;
  std::size_t i = 0;
  for (; i + 3 * 8 * kLong <= data.size(); i += 3 * 8 * kLong)
    wide = crc_three_stretches<kLong>(data.data() + i, wide);
  for (; i + 3 * 8 * kShort <= data.size(); i += 3 * 8 * kShort)
    wide = crc_three_stretches<kShort>(data.data() + i, wide);
  return crc_sse42(data.subspan(i), static_cast<std::uint32_t>(wide));
}

// Long blocks without the instruction: 256 bytes are kept as a polynomial that is the same modulo P
// as all that came so far, and moved past the next 256 by carry-less multiplication, four times
// four products at once. (Gopal et al., "Fast CRC Computation for Generic Polynomials Using
// PCLMULQDQ Instruction", Intel, 2009.)

/// Factors that move 16 bytes past `bits`: its first eight bytes stand 64 bits higher; the product
/// is one place short and the factor stands in the lower half of its eight bytes, so 33 less.
struct FoldFactors {
  std::uint64_t first, second;
};
constexpr FoldFactors fold_factors(std::size_t bits) {
  return {power_of_x(bits + 64 - 33), power_of_x(bits - 33)};
}

__attribute__((target("avx512f,vpclmulqdq"))) inline __m512i fold(__m512i value, __m512i factors,
                                                                  __m512i next) {
  const __m512i first = _mm512_clmulepi64_epi128(value, factors, 0x00);
  const __m512i second = _mm512_clmulepi64_epi128(value, factors, 0x11);
  return _mm512_ternarylogic_epi64(first, second, next, 0x96);  // all three added
}

template <std::size_t kBits>
__attribute__((target("avx512f,vpclmulqdq"))) inline __m512i factors_past() {
  constexpr FoldFactors kFactors = fold_factors(kBits);
  return _mm512_maskz_broadcast_i32x4(~__mmask16{0},
                                      _mm_set_epi64x(static_cast<std::int64_t>(kFactors.second),
                                                     static_cast<std::int64_t>(kFactors.first)));
}

__attribute__((target("sse4.2,pclmul,avx512f,vpclmulqdq"))) std::uint32_t crc_folded(
    std::span<const std::byte> data, std::uint32_t crc) {
  constexpr std::size_t kPiece = 256;
  if (data.size() < 4 * kPiece) return crc_three(data, crc);
  const std::byte* at = data.data();
  __m512i part[4];
  for (std::size_t k = 0; k < 4; ++k) part[k] = _mm512_loadu_si512(at + 64 * k);
  part[0] = _mm512_xor_si512(
      part[0], _mm512_zextsi128_si512(_mm_cvtsi32_si128(static_cast<std::int32_t>(crc))));
  const __m512i past_piece = factors_past<8 * kPiece>();
  std::size_t done = kPiece;
  for (; done + kPiece <= data.size(); done += kPiece) {
    for (std::size_t k = 0; k < 4; ++k)
      part[k] = fold(part[k], past_piece, _mm512_loadu_si512(at + done + 64 * k));
  }
  const __m512i past_part = factors_past<512>();
  __m512i all = part[0];
  for (std::size_t k = 1; k < 4; ++k) all = fold(all, past_part, part[k]);
  // 64 bytes by the instruction, from nothing: what came before is in them.
  alignas(64) std::array<std::byte, 64> rest;
  _mm512_store_si512(rest.data(), all);
  return crc_three(data.subspan(done), crc_sse42(rest, 0));
}

using CrcFunction = std::uint32_t (*)(std::span<const std::byte>, std::uint32_t);
CrcFunction best_crc() {
  if (__builtin_cpu_supports("sse4.2") == 0) return &crc_portable;
  if (__builtin_cpu_supports("vpclmulqdq") != 0 && __builtin_cpu_supports("avx512f") != 0 &&
      __builtin_cpu_supports("pclmul") != 0)
    return &crc_folded;
  return __builtin_cpu_supports("pclmul") != 0 ? &crc_three : &crc_sse42;
}

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous) noexcept {
  static const CrcFunction crc = best_crc();
  return ~crc(data, ~previous);
}

}  // namespace portcullis::core
