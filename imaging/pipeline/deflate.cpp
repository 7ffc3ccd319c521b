#include "imaging/pipeline/deflate.h"

#include <isa-l/igzip_lib.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

#include "core/assert.h"
#include "core/scratch.h"

namespace portcullis::imaging {

namespace {

/// Strips are as large as each other: a thread's room is taken, and touched, once.
std::span<std::uint8_t> compressed_room(std::size_t size) {
  static thread_local core::Scratch<std::uint8_t> kept;
  return kept.of(size);
}

}  // namespace

core::Result<std::span<const std::byte>> deflate(std::span<const std::byte> raw, DeflateForm form) {
  // What does not compress is stored, at some bytes for each 64 KiB; headers, flush and checksum.
  const std::size_t room = raw.size() + raw.size() / 64 + 4096;
  PC_ASSERT(room <= std::numeric_limits<std::uint32_t>::max());
  static thread_local core::Scratch<std::uint8_t> work_kept;
  const std::span<std::uint8_t> out = compressed_room(room);
  const std::span<std::uint8_t> work = work_kept.of(ISAL_DEF_LVL1_DEFAULT);
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.level = 1;
  stream.level_buf = work.data();
  stream.level_buf_size = static_cast<std::uint32_t>(work.size());
  stream.gzip_flag = form == DeflateForm::kZlibStream ? IGZIP_ZLIB : IGZIP_DEFLATE;
  stream.flush = form == DeflateForm::kPiece ? FULL_FLUSH : NO_FLUSH;
  stream.end_of_stream = form == DeflateForm::kPiece ? 0 : 1;
  // It reads only.
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(raw.data()));
  stream.avail_in = static_cast<std::uint32_t>(raw.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<std::uint32_t>(room);
  const int done = isal_deflate_stateless(&stream);
  if (done != COMP_OK || stream.avail_in != 0)
    return core::Error{core::ErrorCode::kInternal,
                       "deflate: ISA-L refused (" + std::to_string(done) + ")"};
  return std::as_bytes(out.first(stream.total_out));
}

core::Result<std::span<const std::byte>> deflate_noise(std::span<const std::byte> raw) {
  constexpr std::size_t kEnd = 256;      // the symbol of a block's end
  constexpr unsigned kCodeBitsMax = 15;  // RFC 1951
  // ISA-L makes the codes and the block's header; what is counted and written is bytes alone.
  std::array<std::array<std::uint32_t, 256>, 2> seen{};
  for (std::size_t i = 0; i + 2 <= raw.size(); i += 2) {
    ++seen[0][std::to_integer<std::size_t>(raw[i])];
    ++seen[1][std::to_integer<std::size_t>(raw[i + 1])];
  }
  if (raw.size() % 2 != 0) ++seen[0][std::to_integer<std::size_t>(raw.back())];
  isal_huff_histogram histogram{};
  for (std::size_t s = 0; s < kEnd; ++s)
    histogram.lit_len_histogram[s] = std::uint64_t{seen[0][s]} + seen[1][s];
  histogram.lit_len_histogram[kEnd] = 1;
  isal_hufftables tables{};
  if (const int failed = isal_create_hufftables_subset(&tables, &histogram); failed != 0)
    return core::Error{core::ErrorCode::kInternal,
                       "deflate: ISA-L found no codes (" + std::to_string(failed) + ")"};
  struct Code {
    std::uint32_t bits = 0, count = 0;
  };
  std::array<Code, kEnd + 1> codes;
  std::uint64_t bits_in_all = 0;
  for (std::size_t s = 0; s < codes.size(); ++s) {
    codes[s] = {tables.lit_table[s], tables.lit_table_sizes[s]};
    PC_ASSERT(codes[s].count <= kCodeBitsMax);
    bits_in_all += histogram.lit_len_histogram[s] * codes[s].count;
  }
  constexpr std::size_t kAround = 64;  // stream header, checksum, and what a store writes too much
  const std::span<std::uint8_t> room =
      compressed_room(bits_in_all / 8 + tables.deflate_hdr_count + kAround);
  std::uint8_t* out = room.data();
  *out++ = 0x78;  // zlib, 32 KiB window, fastest
  *out++ = 0x01;
  std::memcpy(out, tables.deflate_hdr, tables.deflate_hdr_count);
  *out |= 1U;  // the last block
  out += tables.deflate_hdr_count;
  std::uint64_t held = 0;
  unsigned count = tables.deflate_hdr_extra_bits;
  if (count > 0) held = tables.deflate_hdr[tables.deflate_hdr_count] & ((1U << count) - 1U);
  static_assert(std::endian::native == std::endian::little, "bits are stored as they stand");
  const auto put = [&](const Code& code) {
    held |= std::uint64_t{code.bits} << count;
    count += code.count;
  };
  const auto store = [&] {
    std::memcpy(out, &held, sizeof(held));
    out += count / 8;
    held >>= count / 8 * 8;
    count %= 8;
  };
  // Two bytes at a time: of the codes of 16 bits that noise has, few differ in their high bytes.
  static thread_local core::Scratch<Code> pairs_kept;
  const std::span<Code> pairs = pairs_kept.of(kEnd * kEnd);
  for (std::size_t second = 0; second < kEnd; ++second) {
    if (seen[1][second] == 0) continue;
    for (std::size_t first = 0; first < kEnd; ++first) {
      pairs[second * kEnd + first] = {codes[first].bits | codes[second].bits << codes[first].count,
                                      codes[first].count + codes[second].count};
    }
  }
  const auto pair_at = [&](std::size_t at) {
    return pairs[std::to_integer<std::size_t>(raw[at + 1]) * kEnd +
                 std::to_integer<std::size_t>(raw[at])];
  };
  std::size_t i = 0;
  for (; i + 4 <= raw.size(); i += 4) {
    const Code next = pair_at(i + 2);
    put(pair_at(i));
    if (count + next.count >= 64) store();  // hardly ever: four of the longest codes
    put(next);
    store();
  }
  for (; i < raw.size(); ++i) {
    put(codes[std::to_integer<std::size_t>(raw[i])]);
    store();
  }
  put(codes[kEnd]);
  count = (count + 7) / 8 * 8;
  store();
  const std::uint32_t adler =
      isal_adler32(1, reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
  for (unsigned shift = 32; shift > 0; shift -= 8)
    *out++ = static_cast<std::uint8_t>(adler >> (shift - 8));
  return std::as_bytes(room.first(static_cast<std::size_t>(out - room.data())));
}

}  // namespace portcullis::imaging
