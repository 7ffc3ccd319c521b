#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/line.h"
#include "core/result.h"

namespace portcullis::archive {

/// The bytes of one row of `raw_block` (docs/pscan.sql): up to 256 lines with their samples.

inline constexpr std::uint32_t kBlockLinesMax = 256;
inline constexpr std::uint32_t kPixelsMax = 65'535;

/// kForeseen is what is written; all of them are read.
enum class BlockEncoding : std::uint8_t { kPlain = 1, kDifference = 2, kForeseen = 3 };

/// What both sides know of a block before they touch its data.
struct BlockShape {
  std::uint32_t lines = 0;    ///< 1 to kBlockLinesMax.
  std::uint32_t pixels = 0;   ///< 1 to kPixelsMax.
  std::uint32_t modules = 0;  ///< 1 to core::kModulesMax.

  [[nodiscard]] bool valid() const;
  /// Bytes before compression.
  [[nodiscard]] std::size_t raw_bytes() const;
};

/// Compresses blocks; keeps its buffers and its zstd context between calls.
/// Threading: one thread.
class BlockEncoder final {
 public:
  BlockEncoder();
  BlockEncoder(BlockEncoder&&) noexcept;
  BlockEncoder& operator=(BlockEncoder&&) noexcept;
  ~BlockEncoder();

  /// `headers`, `modules`: one a line; `samples`: [line * pixels + pixel], at most 2^24 - 1.
  /// The result holds until the next call.
  std::span<const std::byte> encode(const BlockShape& shape, BlockEncoding encoding,
                                    std::span<const core::LineHeader> headers,
                                    std::span<const std::bitset<core::kModulesMax>> modules,
                                    std::span<const std::uint32_t> samples);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

/// The opposite, for bytes from a file: every size is checked before anything is allocated.
/// Fails with kCorrupt that says what is wrong, without the name of the file.
/// Threading: one thread an object.
class BlockDecoder final {
 public:
  BlockDecoder();
  BlockDecoder(BlockDecoder&&) noexcept;
  BlockDecoder& operator=(BlockDecoder&&) noexcept;
  ~BlockDecoder();

  /// Writes exactly shape.lines elements into `headers` and `modules`, and lines * pixels into
  /// `samples`; the spans must have these sizes.
  core::Status decode(std::span<const std::byte> data, const BlockShape& shape,
                      BlockEncoding encoding, std::span<core::LineHeader> headers,
                      std::span<std::bitset<core::kModulesMax>> modules,
                      std::span<std::uint32_t> samples);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

}  // namespace portcullis::archive
