#pragma once

#include <string>
#include <string_view>

#include "archive/audit/tile_log.h"

/// Proofs as text files that stand alone: c2sp.org/tlog-proof for an entry, and a like form for one
/// checkpoint continuing another. Both are checked when they are made.
namespace portcullis::archive {

/// The entry itself is the proof's `extra` data. kInvalidInput where there is no such entry,
/// kCorrupt where the log does not bear it out.
core::Result<std::string> make_inclusion_proof(const TileLogReader& reader, std::uint64_t index);

struct ProvenEntry {
  std::uint64_t index = 0;
  std::string entry;
  Checkpoint checkpoint;
};
/// kInvalidInput for text that is no proof with its entry, kCorrupt for one that does not hold.
core::Result<ProvenEntry> check_inclusion_proof(std::string_view proof, const VerifierKey& key);

/// "portcullis/tlog-consistency@v1", "old SIZE ROOT", the path's hashes (RFC 6962, section 2.1.2)
/// in base64, an empty line, the newer checkpoint.
core::Result<std::string> make_consistency_proof(const TileLogReader& reader,
                                                 const Checkpoint& older);

}  // namespace portcullis::archive
