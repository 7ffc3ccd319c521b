#include "archive/audit/tlog_proof.h"

#include <fmt/format.h>

#include <charconv>
#include <cstring>

namespace portcullis::archive {
namespace {

constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kConsistencyHeader = "portcullis/tlog-consistency@v1\n";

std::string path_lines(const std::vector<TreeHash>& path) {
  std::string lines;
  for (const auto& hash : path) lines += base64_of(hash_bytes(hash)) + "\n";
  return lines;
}

core::Error no_proof(std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("is no proof of an entry: {}", why)};
}

/// Takes the next line off `text`; false where there is none.
bool next_line(std::string_view& text, std::string_view& line) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return false;
  line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return true;
}

bool takes_prefix(std::string_view& line, std::string_view prefix) {
  if (line.substr(0, prefix.size()) != prefix) return false;
  line.remove_prefix(prefix.size());
  return true;
}

}  // namespace

core::Result<std::string> make_inclusion_proof(const TileLogReader& reader, std::uint64_t index) {
  PC_TRY(const auto entry, reader.entry(index));
  PC_TRY(const auto path, reader.inclusion(index));
  return fmt::format("{}extra {}\nindex {}\n{}\n{}", kProofHeader, base64_of(entry), index,
                     path_lines(path), reader.checkpoint_note());
}

core::Result<ProvenEntry> check_inclusion_proof(std::string_view proof, const VerifierKey& key) {
  if (!takes_prefix(proof, kProofHeader)) return no_proof("it does not begin as one");
  std::string_view line;
  ProvenEntry proven;
  if (!next_line(proof, line) || !takes_prefix(line, "extra "))
    return no_proof("it does not hold the entry as `extra`");
  PC_TRY(proven.entry, from_base64(line));
  if (!next_line(proof, line) || !takes_prefix(line, "index ")) return no_proof("it has no index");
  const auto read = std::from_chars(line.data(), line.data() + line.size(), proven.index);
  if (read.ec != std::errc() || line != std::to_string(proven.index))
    return no_proof("its index is no number");
  std::vector<TreeHash> path;
  while (next_line(proof, line) && !line.empty()) {
    const auto bytes = from_base64(line);
    if (!bytes.ok() || bytes->size() != sizeof(TreeHash) || path.size() == 64)
      return no_proof(fmt::format("hash {} of its path is none", path.size()));
    std::memcpy(path.emplace_back().data(), bytes->data(), sizeof(TreeHash));
  }
  PC_TRY(proven.checkpoint, open_checkpoint(proof, key));
  if (!inclusion_holds(leaf_hash(proven.entry), proven.index, proven.checkpoint.size, path,
                       proven.checkpoint.root)) {
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("the entry does not lead to the root of the checkpoint of {} "
                                   "entries",
                                   proven.checkpoint.size)};
  }
  return proven;
}

core::Result<std::string> make_consistency_proof(const TileLogReader& reader,
                                                 const Checkpoint& older) {
  PC_TRY(const auto path, reader.consistency(older));
  return fmt::format("{}old {} {}\n{}\n{}", kConsistencyHeader, older.size,
                     base64_of(hash_bytes(older.root)), path_lines(path), reader.checkpoint_note());
}

}  // namespace portcullis::archive
