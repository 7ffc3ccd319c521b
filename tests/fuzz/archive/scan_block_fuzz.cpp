#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "archive/block_codec.h"
#include "core/assert.h"

// The first bytes choose the shape; the rest is the block, as it stands or (so that the inside of
// the decoder is reached) compressed first to exactly the size the shape asks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portcullis;  // NOLINT: in this function only
  if (size < 5) return 0;
  const archive::BlockShape shape{1u + data[0] % 4u, 1u + data[1] % 16u, 1u + data[2]};
  constexpr std::array kEncodings{archive::BlockEncoding::kPlain,
                                  archive::BlockEncoding::kDifference,
                                  archive::BlockEncoding::kForeseen};
  const auto encoding = kEncodings[data[3] % kEncodings.size()];
  std::vector<std::byte> block(size - 5);
  std::transform(data + 5, data + size, block.begin(),
                 [](std::uint8_t b) { return static_cast<std::byte>(b); });
  if (data[4] % 2 == 0) {
    block.resize(shape.raw_bytes());
    std::vector<std::byte> packed(ZSTD_compressBound(block.size()));
    packed.resize(ZSTD_compress(packed.data(), packed.size(), block.data(), block.size(), 1));
    block = packed;
  }
  std::vector<core::LineHeader> headers(shape.lines);
  std::vector<std::bitset<core::kModulesMax>> modules(shape.lines);
  std::vector<std::uint32_t> samples(static_cast<std::size_t>(shape.lines) * shape.pixels);
  archive::BlockDecoder decoder;
  const auto decoded = decoder.decode(block, shape, encoding, headers, modules, samples);
  if (!decoded.ok()) return 0;
  // What was read writes and reads back to the same.
  archive::BlockEncoder encoder;
  const auto again = encoder.encode(shape, encoding, headers, modules, samples);
  std::vector<core::LineHeader> headers2(shape.lines);
  std::vector<std::bitset<core::kModulesMax>> modules2(shape.lines);
  std::vector<std::uint32_t> samples2(samples.size());
  PC_ASSERT(decoder.decode(again, shape, encoding, headers2, modules2, samples2).ok());
  PC_ASSERT(samples2 == samples && modules2 == modules &&
            headers2.front().pulse == headers.front().pulse);
  return 0;
}
