#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <span>

#include "archive/audit/tile_log.h"

namespace portcullis::archive {
namespace {

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string tile_bytes_of(const std::vector<TreeHash>& hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * sizeof(TreeHash));
  for (const auto& hash : hashes) bytes += hash_bytes(hash);
  return bytes;
}

TreeHash root_over(std::span<const TreeHash> hashes) {
  GrowingRoot root;
  for (const auto& hash : hashes) root.add(hash);
  return root.root();
}

core::Error log_corrupt(std::string why) {
  return {core::ErrorCode::kCorrupt, std::move(why)};
}

}  // namespace

core::Result<TileLogWriter> TileLogWriter::open(LogFiles& files, SignerKey key) {
  TileLogWriter writer(files, std::move(key));
  PC_CHECK(writer.reload());
  return writer;
}

core::Status TileLogWriter::begin_log() {
  PC_CHECK(files_.make_folder(kIncomingFolder));
  PC_CHECK(put(kKeyFile, key_.verifier().text() + "\n"));
  PC_CHECK(sync_changed());
  return publish(State{});
}

core::Status TileLogWriter::check_files(std::uint64_t size, std::vector<std::string>& stale) const {
  PC_TRY(const auto names, files_.list());
  const auto expected = tiles_of(size);
  std::set<TileName> missing(expected.begin(), expected.end());
  for (const auto& name : names) {
    if (name == kCheckpointFile || name == kKeyFile) continue;
    const auto tile = parse_tile_path(name);
    const bool incoming = folder_of(name) == kIncomingFolder;
    if (!tile && !incoming) return log_corrupt(fmt::format("{}: is no file of an audit log", name));
    if (incoming || missing.erase(*tile) == 0) stale.push_back(name);
  }
  if (!missing.empty()) {
    return log_corrupt(fmt::format("{}: is missing; bring the log back from its copy",
                                   tile_path(*missing.begin())));
  }
  return {};
}

core::Status TileLogWriter::reload() {
  usable_ = false;
  folders_.clear();
  changed_.clear();
  const auto note = files_.read(kCheckpointFile);
  if (!note.ok()) {
    if (note.error().code != core::ErrorCode::kNotFound) return note.error();
    // A first start that was cut short has left the key at most.
    PC_TRY(const auto names, files_.list());
    for (const auto& name : names) {
      if (name != kKeyFile && folder_of(name) != kIncomingFolder) {
        return log_corrupt(
            fmt::format("{}: is missing, but there is {}; bring the log back from "
                        "its copy",
                        kCheckpointFile, name));
      }
    }
    PC_CHECK(begin_log());
    state_ = State{};
    usable_ = true;
    return {};
  }
  auto opened = open_checkpoint(*note, key_.verifier());
  if (!opened.ok()) return opened.error().with_context(kCheckpointFile);
  std::vector<std::string> stale;
  PC_CHECK(check_files(opened->size, stale));
  State state;
  state.size = opened->size;
  std::uint64_t count = state.size;
  for (std::size_t level = 0; level < state.edge.size(); ++level, count /= kTileWidth) {
    const auto width = static_cast<std::uint32_t>(count % kTileWidth);
    if (width == 0) continue;
    const TileName tile{static_cast<int>(level), count / kTileWidth, width};
    PC_TRY(const auto bytes, files_.read(tile_path(tile)));
    if (bytes.size() != width * sizeof(TreeHash))
      return log_corrupt(fmt::format("{}: has {} bytes, {} expected", tile_path(tile), bytes.size(),
                                     width * sizeof(TreeHash)));
    state.edge[level].resize(width);
    std::memcpy(state.edge[level].data(), bytes.data(), bytes.size());
    if (level != 0) continue;
    const TileName entries{kEntriesLevel, tile.index, width};
    PC_TRY(state.bundle, files_.read(tile_path(entries)));
    auto split = entries_of(state.bundle, width);
    if (!split.ok()) return split.error().with_context(tile_path(entries));
    for (std::uint32_t i = 0; i < width; ++i) {
      if (leaf_hash((*split)[i]) != state.edge[0][i])
        return log_corrupt(fmt::format("{}: entry {} is not the one that was logged",
                                       tile_path(entries), tile.index * kTileWidth + i));
    }
  }
  if (root_of(state) != opened->root)
    return log_corrupt(fmt::format("{}: its root is not that of the tiles", kCheckpointFile));
  // Only now is anything changed: what was written before an append was cut short goes, and what
  // an older checkpoint needed only once the newer one is certain to stay.
  PC_CHECK(files_.make_folder(kIncomingFolder));
  PC_CHECK(files_.sync_folder(""));
  for (const auto& name : stale) PC_CHECK(files_.remove(name));
  state_ = std::move(state);
  note_ = *note;
  usable_ = true;
  return {};
}

core::Status TileLogWriter::make_folders_of(const std::string& path) {
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (folders_.contains(folder)) continue;
    PC_CHECK(files_.make_folder(folder));
    PC_CHECK(files_.sync_folder(folder_of(folder)));
    folders_.insert(folder);
  }
  return {};
}

core::Status TileLogWriter::put(const std::string& path, std::string_view content) {
  const std::string aside = std::string(kIncomingFolder) + "/file";
  PC_CHECK(make_folders_of(path));
  PC_CHECK(files_.write(aside, content));
  PC_CHECK(files_.rename(aside, path));
  changed_.insert(folder_of(path));
  return {};
}

core::Status TileLogWriter::sync_changed() {
  for (const auto& folder : changed_) PC_CHECK(files_.sync_folder(folder));
  changed_.clear();
  return {};
}

core::Status TileLogWriter::publish(const State& state) {
  const Checkpoint checkpoint{key_.verifier().name(), state.size, root_of(state)};
  std::string note = sign_note(checkpoint_text(checkpoint), key_);
  PC_CHECK(put(kCheckpointFile, note));
  PC_CHECK(sync_changed());
  note_ = std::move(note);
  return {};
}

core::Result<std::uint64_t> TileLogWriter::append(const std::vector<std::string>& entries) {
  if (!usable_) {
    return core::Error{core::ErrorCode::kUnavailable,
                       "the audit log could not be written before and was not read again"};
  }
  for (const auto& entry : entries) {
    if (entry.size() > 0xFFFF) {
      return core::Error{
          core::ErrorCode::kInvalidInput,
          fmt::format("an entry of {} bytes is longer than the 65535 a bundle can hold",
                      entry.size())};
    }
  }
  const std::uint64_t first = state_.size;
  if (entries.empty()) return first;
  usable_ = false;  // until the end is reached
  State next = state_;
  std::array<bool, 8> touched{};
  for (const auto& entry : entries) {
    TreeHash hash = leaf_hash(entry);
    add_to_bundle(next.bundle, entry);
    for (std::size_t level = 0;; ++level) {
      auto& edge = next.edge[level];
      touched[level] = true;
      edge.push_back(hash);
      if (edge.size() < kTileWidth) break;
      std::uint64_t index = next.size;
      for (std::size_t i = 0; i <= level; ++i) index /= kTileWidth;
      if (level == 0) {
        PC_CHECK(put(tile_path({kEntriesLevel, index, kTileWidth}), next.bundle));
        next.bundle.clear();
      }
      PC_CHECK(put(tile_path({static_cast<int>(level), index, kTileWidth}), tile_bytes_of(edge)));
      hash = root_over(edge);
      edge.clear();
    }
    ++next.size;
  }
  std::vector<std::string> superseded;
  std::uint64_t count = next.size, count_before = state_.size;
  for (std::size_t level = 0; level < touched.size(); ++level) {
    const auto partial = [&](int tile_level, std::uint64_t hashes) {
      return tile_path(
          {tile_level, hashes / kTileWidth, static_cast<std::uint32_t>(hashes % kTileWidth)});
    };
    const int tile_level = static_cast<int>(level);
    if (touched[level] && !next.edge[level].empty()) {
      if (level == 0) PC_CHECK(put(partial(kEntriesLevel, count), next.bundle));
      PC_CHECK(put(partial(tile_level, count), tile_bytes_of(next.edge[level])));
    }
    if (touched[level] && count_before % kTileWidth != 0) {
      if (level == 0) superseded.push_back(partial(kEntriesLevel, count_before));
      superseded.push_back(partial(tile_level, count_before));
    }
    count /= kTileWidth;
    count_before /= kTileWidth;
  }
  PC_CHECK(sync_changed());
  PC_CHECK(publish(next));
  state_ = std::move(next);
  usable_ = true;
  // A reader with the older checkpoint finds the newer tile, which begins with the same hashes.
  for (const auto& name : superseded) {
    if (!files_.remove(name).ok()) break;  // the next start tries again
  }
  return first;
}

TreeHash TileLogWriter::root_of(const State& state) {
  // The complete subtrees, the smallest and rightmost first, stand at the tiles' right edge.
  std::optional<TreeHash> root;
  for (unsigned bit = 0; bit < 64; ++bit) {
    if ((state.size >> bit & 1U) == 0) continue;
    const auto& edge = state.edge[bit / 8];
    const std::size_t span = std::size_t{1} << (bit % 8);
    const std::size_t begin = (edge.size() & ~(2 * span - 1));
    const TreeHash subtree = root_over(std::span(edge).subspan(begin, span));
    root = root ? node_hash(subtree, *root) : subtree;
  }
  return root ? *root : empty_tree_hash();
}

}  // namespace portcullis::archive
