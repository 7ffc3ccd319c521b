#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// Names and bundles of c2sp.org/tlog-tiles. Threading: free functions without state.
namespace portcullis::archive {

inline constexpr std::uint32_t kTileWidth = 256;
/// Level of an entry bundle in TileName.
inline constexpr int kEntriesLevel = -1;

/// `width` hashes (or entries) beginning at number index * 256 of its level.
struct TileName {
  int level = 0;  ///< 0 to 7 (2^64 entries), or kEntriesLevel.
  std::uint64_t index = 0;
  std::uint32_t width = kTileWidth;  ///< 1 to 256; below 256 it is a partial tile.
  auto operator<=>(const TileName&) const = default;
};

/// "tile/0/x001/234", "tile/entries/000.p/17"
std::string tile_path(const TileName& tile);
/// Only what tile_path() gives; absent for anything else.
std::optional<TileName> parse_tile_path(std::string_view path);
/// All that a log of `size` entries has: bundles and tiles of every level, full and partial.
std::vector<TileName> tiles_of(std::uint64_t size);

/// Adds an entry with its length (big-endian, 16 bits). PC_ASSERTs that it fits.
void add_to_bundle(std::string& bundle, std::string_view entry);
/// The entries, as views into `bundle`; kCorrupt unless it is exactly `count` of them.
core::Result<std::vector<std::string_view>> entries_of(std::string_view bundle,
                                                       std::uint32_t count);

}  // namespace portcullis::archive
