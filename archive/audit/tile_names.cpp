#include "archive/audit/tile_names.h"

#include <fmt/format.h>

#include <charconv>

namespace portcullis::archive {
namespace {

constexpr std::string_view kTileFolder = "tile/";
constexpr std::string_view kEntriesFolder = "entries/";
constexpr int kLevels = 8;

std::optional<std::uint64_t> decimal_of(std::string_view digits) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string tile_path(const TileName& tile) {
  std::string number = fmt::format("{:03}", tile.index % 1000);
  for (std::uint64_t rest = tile.index / 1000; rest != 0; rest /= 1000)
    number = fmt::format("x{:03}/{}", rest % 1000, number);
  const std::string level =
      tile.level == kEntriesLevel ? std::string(kEntriesFolder) : fmt::format("{}/", tile.level);
  const std::string partial = tile.width == kTileWidth ? "" : fmt::format(".p/{}", tile.width);
  return fmt::format("{}{}{}{}", kTileFolder, level, number, partial);
}

std::optional<TileName> parse_tile_path(std::string_view path) {
  const std::string_view whole = path;
  if (path.substr(0, kTileFolder.size()) != kTileFolder || path.size() > 80) return std::nullopt;
  path.remove_prefix(kTileFolder.size());
  TileName tile;
  if (path.substr(0, kEntriesFolder.size()) == kEntriesFolder) {
    tile.level = kEntriesLevel;
    path.remove_prefix(kEntriesFolder.size());
  } else {
    if (path.size() < 2 || path[0] < '0' || path[0] >= '0' + kLevels) return std::nullopt;
    tile.level = path[0] - '0';
    path.remove_prefix(2);
  }
  if (const auto partial = path.find(".p/"); partial != std::string_view::npos) {
    const auto width = decimal_of(path.substr(partial + 3));
    if (!width || *width == 0 || *width >= kTileWidth) return std::nullopt;
    tile.width = static_cast<std::uint32_t>(*width);
    path = path.substr(0, partial);
  }
  for (const char c : path) {
    if (c == 'x' || c == '/') continue;
    if (c < '0' || c > '9' || tile.index > (~std::uint64_t{0} - 9) / 10) return std::nullopt;
    tile.index = tile.index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  // One name for one tile.
  if (tile_path(tile) != whole) return std::nullopt;
  return tile;
}

std::vector<TileName> tiles_of(std::uint64_t size) {
  std::vector<TileName> tiles;
  const auto add_level = [&](int level, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count / kTileWidth; ++i) tiles.push_back({level, i, kTileWidth});
    if (count % kTileWidth != 0) {
      tiles.push_back({level, count / kTileWidth, static_cast<std::uint32_t>(count % kTileWidth)});
    }
  };
  add_level(kEntriesLevel, size);
  for (int level = 0; size != 0; ++level, size /= kTileWidth) add_level(level, size);
  return tiles;
}

void add_to_bundle(std::string& bundle, std::string_view entry) {
  PC_ASSERT(entry.size() <= 0xFFFF);
  bundle += static_cast<char>(entry.size() >> 8U);
  bundle += static_cast<char>(entry.size() & 0xFFU);
  bundle += entry;
}

core::Result<std::vector<std::string_view>> entries_of(std::string_view bundle,
                                                       std::uint32_t count) {
  std::vector<std::string_view> entries;
  while (!bundle.empty()) {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(bundle[i]));
    };
    const std::size_t size = bundle.size() < 2 ? bundle.size() : byte(0) << 8U | byte(1);
    if (bundle.size() < 2 || bundle.size() - 2 < size || entries.size() == count) {
      return core::Error{core::ErrorCode::kCorrupt,
                         fmt::format("is no bundle of {} entries: it breaks off or goes on in "
                                     "entry {}",
                                     count, entries.size())};
    }
    entries.push_back(bundle.substr(2, size));
    bundle.remove_prefix(2 + size);
  }
  if (entries.size() != count) {
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("holds {} entries, {} expected", entries.size(), count)};
  }
  return entries;
}

}  // namespace portcullis::archive
