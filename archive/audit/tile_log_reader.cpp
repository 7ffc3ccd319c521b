#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "archive/audit/tile_log.h"

namespace portcullis::archive {
namespace {

core::Error not_the_log(std::string why) {
  return {core::ErrorCode::kCorrupt, std::move(why)};
}

TreeHash hash_at(std::string_view tile, std::size_t i) {
  TreeHash hash{};
  std::memcpy(hash.data(), tile.data() + i * sizeof hash, sizeof hash);
  return hash;
}

/// Everything but entry bundles has this size.
std::size_t bytes_of_width(std::uint32_t width) {
  return width * sizeof(TreeHash);
}

/// The one pass over a whole log: entries up to tiles, level by level.
class Verification {
 public:
  using OnEntry = std::function<core::Status(std::uint64_t, std::string_view)>;
  Verification(const LogFiles& files, const OnEntry& on_entry)
      : files_(files), on_entry_(on_entry) {}

  /// Tiles come with levels ascending and, in a level, indices ascending.
  core::Status check(const TileName& tile) {
    const std::string path = tile_path(tile);
    auto bytes = files_.read(path);
    if (!bytes.ok()) {
      if (bytes.error().code != core::ErrorCode::kNotFound) return bytes.error();
      return not_the_log(fmt::format("{}: is missing", path));
    }
    if (tile.level == kEntriesLevel) return check_bundle(tile, path, *bytes);
    const std::vector<TreeHash>& below = level_[static_cast<std::size_t>(tile.level)];
    const std::size_t first = tile.index * kTileWidth;
    PC_ASSERT(below.size() >= first + tile.width);
    if (bytes->size() != bytes_of_width(tile.width)) {
      return not_the_log(fmt::format("{}: has {} bytes, {} expected", path, bytes->size(),
                                     bytes_of_width(tile.width)));
    }
    GrowingRoot root;
    for (std::uint32_t i = 0; i < tile.width; ++i) {
      if (hash_at(*bytes, i) != below[first + i]) {
        return not_the_log(fmt::format("{}: hash {} is not that of what is below it", path, i));
      }
      root.add(below[first + i]);
    }
    if (tile.width == kTileWidth)
      level_[static_cast<std::size_t>(tile.level) + 1].push_back(root.root());
    return {};
  }
  [[nodiscard]] TreeHash root() const { return root_.root(); }

 private:
  core::Status check_bundle(const TileName& tile, const std::string& path,
                            const std::string& bytes) {
    auto entries = entries_of(bytes, tile.width);
    if (!entries.ok()) return entries.error().with_context(path);
    std::uint64_t index = tile.index * kTileWidth;
    for (const auto entry : *entries) {
      level_[0].push_back(leaf_hash(entry));
      root_.add(level_[0].back());
      if (on_entry_) {
        if (const auto good = on_entry_(index, entry); !good.ok())
          return good.error().with_context(fmt::format("{}: entry {}", path, index));
      }
      ++index;
    }
    return {};
  }

  const LogFiles& files_;
  const OnEntry& on_entry_;
  std::array<std::vector<TreeHash>, 9> level_;  // what each level's tiles have to hold
  GrowingRoot root_;
};

}  // namespace

core::Result<TileLogReader> TileLogReader::open(const LogFiles& files, const VerifierKey& key) {
  PC_TRY(auto note, files.read(kCheckpointFile));
  auto checkpoint = open_checkpoint(note, key);
  if (!checkpoint.ok()) return checkpoint.error().with_context(kCheckpointFile);
  return TileLogReader(files, std::move(note), std::move(checkpoint).value());
}

core::Result<std::string> TileLogReader::tile_bytes(TileName tile) const {
  const std::uint32_t width = tile.width;
  auto bytes = files_.read(tile_path(tile));
  if (!bytes.ok() && bytes.error().code == core::ErrorCode::kNotFound && width < kTileWidth) {
    // A newer append has replaced it; the full one first, then the others, the likely ones first.
    tile.width = kTileWidth;
    auto wider = files_.read(tile_path(tile));
    for (tile.width = width + 1; !wider.ok() && tile.width < kTileWidth; ++tile.width)
      wider = files_.read(tile_path(tile));
    if (wider.ok()) bytes = std::move(wider);
  }
  if (!bytes.ok()) {
    return core::Error{bytes.error().code == core::ErrorCode::kNotFound ? core::ErrorCode::kCorrupt
                                                                        : bytes.error().code,
                       bytes.error().message};
  }
  if (tile.level == kEntriesLevel) return bytes;
  if (bytes->size() < bytes_of_width(width)) {
    tile.width = width;
    return not_the_log(fmt::format("{}: has {} bytes, {} expected", tile_path(tile), bytes->size(),
                                   bytes_of_width(width)));
  }
  bytes->resize(bytes_of_width(width));
  return bytes;
}

core::Result<TreeHash> TileLogReader::subtree(unsigned level, std::uint64_t index) const {
  const unsigned tile_level = level / 8;
  const std::uint64_t span = std::uint64_t{1} << (level % 8);
  const std::uint64_t first = index * span;  // in hashes of the tile's level
  std::uint64_t count = size();
  for (unsigned i = 0; i < tile_level; ++i) count /= kTileWidth;
  TileName tile{static_cast<int>(tile_level), first / kTileWidth, kTileWidth};
  tile.width = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(kTileWidth, count - tile.index * kTileWidth));
  PC_TRY(const auto bytes, tile_bytes(tile));
  const std::uint64_t within = first % kTileWidth;
  PC_ASSERT(within + span <= tile.width);
  GrowingRoot root;
  for (std::uint64_t i = within; i < within + span; ++i) root.add(hash_at(bytes, i));
  return root.root();
}

core::Status TileLogReader::for_each(
    std::uint64_t begin, std::uint64_t end,
    const std::function<core::Status(std::uint64_t, std::string_view)>& take) const {
  PC_ASSERT(begin <= end && end <= size());
  for (std::uint64_t at = begin; at < end;) {
    TileName tile{kEntriesLevel, at / kTileWidth, kTileWidth};
    tile.width = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(kTileWidth, size() - tile.index * kTileWidth));
    PC_TRY(const auto bundle, tile_bytes(tile));
    // A wider bundle may stand in its place: as many as the checkpoint knows are looked at.
    std::string_view rest = bundle;
    for (std::uint64_t index = tile.index * kTileWidth;
         index < tile.index * kTileWidth + tile.width && index < end; ++index) {
      const auto byte = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(rest[i]));
      };
      const std::size_t length = rest.size() < 2 ? 0 : byte(0) << 8U | byte(1);
      if (rest.size() < 2 || rest.size() - 2 < length)
        return not_the_log(fmt::format("{}: breaks off in entry {}", tile_path(tile), index));
      if (index == at) {
        PC_CHECK(take(index, rest.substr(2, length)));
        ++at;
      }
      rest.remove_prefix(2 + length);
    }
  }
  return {};
}

core::Result<std::string> TileLogReader::entry(std::uint64_t index) const {
  if (index >= size()) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("there is no entry {}; the log has {}", index, size())};
  }
  std::string found;
  PC_CHECK(for_each(index, index + 1, [&](std::uint64_t, std::string_view entry) -> core::Status {
    found = entry;
    return {};
  }));
  return found;
}

core::Result<std::vector<TreeHash>> TileLogReader::inclusion(std::uint64_t index) const {
  PC_TRY(const auto text, entry(index));
  const SubtreeReader subtrees = [this](unsigned level, std::uint64_t i) {
    return subtree(level, i);
  };
  PC_TRY(auto path, inclusion_path(subtrees, index, size()));
  if (!inclusion_holds(leaf_hash(text), index, size(), path, checkpoint_.root)) {
    return not_the_log(
        fmt::format("entry {} does not lead to the checkpoint's root; see `audit verify`", index));
  }
  return path;
}

core::Result<std::vector<TreeHash>> TileLogReader::consistency(const Checkpoint& older) const {
  const auto refused = [&](std::string_view why) {
    return not_the_log(
        fmt::format("the log of {} entries is no continuation of the older one of "
                    "{}: {}",
                    size(), older.size, why));
  };
  if (older.origin != checkpoint_.origin) return refused("it is another log");
  if (older.size > size()) return refused("it is shorter");
  std::vector<TreeHash> path;
  if (older.size != 0 && older.size != size()) {
    const SubtreeReader subtrees = [this](unsigned level, std::uint64_t i) {
      return subtree(level, i);
    };
    PC_TRY(path, consistency_path(subtrees, older.size, size()));
  }
  if (!consistency_holds(older.size, older.root, size(), checkpoint_.root, path))
    return refused("its first entries are not the same");
  return path;
}

namespace {

core::Result<LogVerification> verify_once(const LogFiles& files, const VerifierKey& key,
                                          const Verification::OnEntry& on_entry) {
  // The names first: what a writer adds later is not missed then, only what it takes away.
  PC_TRY(const auto names, files.list());
  if (names.empty())
    return core::Error{core::ErrorCode::kNotFound, "there is no audit log in this folder"};
  const auto has = [&](std::string_view name) {
    return std::binary_search(names.begin(), names.end(), name);
  };
  for (const char* needed : {kCheckpointFile, kKeyFile}) {
    if (!has(needed)) return not_the_log(fmt::format("{}: is missing", needed));
  }
  PC_TRY(const auto reader, TileLogReader::open(files, key));
  PC_TRY(const auto own_key, files.read(kKeyFile));
  if (own_key != key.text() + "\n") {
    return not_the_log(
        fmt::format("{}: is not the key that the checkpoint is verified with", kKeyFile));
  }

  const auto expected = tiles_of(reader.size());
  Verification verification(files, on_entry);
  for (const auto& tile : expected) PC_CHECK(verification.check(tile));
  if (verification.root() != reader.checkpoint().root) {
    return not_the_log(fmt::format("{}: its root is not that of the entries", kCheckpointFile));
  }

  LogVerification result;
  result.checkpoint = reader.checkpoint();
  result.files = expected.size() + 2;
  const std::set<TileName> wanted(expected.begin(), expected.end());
  for (const auto& name : names) {
    if (name == kCheckpointFile || name == kKeyFile) continue;
    const auto tile = parse_tile_path(name);
    if (tile && wanted.contains(*tile)) continue;
    if (!tile && name.rfind(std::string(kIncomingFolder) + "/", 0) != 0)
      return not_the_log(fmt::format("{}: is no file of an audit log", name));
    ++result.unneeded_files;
    if (!tile || tile->width == kTileWidth) continue;
    // An older partial tile begins as the one in its place does.
    const auto newer = wanted.upper_bound(*tile);
    if (newer == wanted.end() || newer->level != tile->level || newer->index != tile->index)
      continue;
    const auto left = files.read(name);
    if (!left.ok()) continue;  // the writer has taken it away
    PC_TRY(const auto whole, files.read(tile_path(*newer)));
    if (whole.compare(0, left->size(), *left) != 0)
      return not_the_log(fmt::format("{}: is not how {} begins", name, tile_path(*newer)));
  }
  return result;
}

}  // namespace

core::Result<LogVerification> verify_log(
    const LogFiles& files, const VerifierKey& key,
    const std::function<core::Status(std::uint64_t, std::string_view)>& on_entry) {
  constexpr int kTries = 10;
  for (int i = 1;; ++i) {
    const auto before = files.read(kCheckpointFile);
    auto result = verify_once(files, key, on_entry);
    if (result.ok() || i == kTries || !before.ok()) return result;
    // A writer at work takes away the partial tiles of the checkpoint that was begun with.
    const auto after = files.read(kCheckpointFile);
    if (!after.ok() || *after == *before) return result;
  }
}

}  // namespace portcullis::archive
