#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "archive/audit/draws.h"
#include "archive/audit/tile_log.h"
#include "core/time.h"

namespace portcullis::archive {

/// Holds the shares of the draws, in memory alone, and draws for those vehicles only whose arrival
/// is in the log: whoever wanted to try arrivals until one is drawn as he likes would have to log
/// each. It follows the log and checks every entry of it, so that a log that was rewritten draws
/// nothing any more. When a shift has ended its shares are revealed.
///
/// It writes no log itself: pending() is what the lane is to enter, repeated until it stands there.
/// A signer that was started again has no shares until they are given once more.
/// Errors: kRefused names the rule, kCorrupt the log's fault. Ownership: borrows files and clock.
/// Threading: one thread.
class DrawSigner final {
 public:
  DrawSigner(const LogFiles& files, VerifierKey key, const core::Clock& clock);
  ~DrawSigner();
  DrawSigner(const DrawSigner&) = delete;
  DrawSigner& operator=(const DrawSigner&) = delete;

  core::Status open_shift(const DrawTerms& terms);
  /// `party`: "office" or "auditor". The share itself is not told to anyone before the shift's end.
  core::Status give_share(const std::string& shift, const std::string& party,
                          const TreeHash& share);
  core::Status end_shift(const std::string& shift);
  /// The entry to log; the same again for the same arrival and purpose.
  core::Result<AuditEntry> draw(std::uint64_t arrival_index, const std::string& purpose);
  /// Takes up what was logged meanwhile; entries to log, oldest first.
  core::Result<std::vector<AuditEntry>> pending();

 private:
  core::Status follow();
  [[nodiscard]] bool is_pending(std::string_view type, std::string_view shift) const;
  void queue(AuditEntry entry);

  const LogFiles& files_;
  const VerifierKey key_;
  const core::Clock& clock_;
  DrawLedger ledger_;
  GrowingRoot seen_;
  std::string fault_;  // the log is not what it was; nothing is drawn from it
  std::map<std::string, std::map<std::string, TreeHash>> shares_;  // by shift and party
  std::vector<AuditEntry> pending_;
};

}  // namespace portcullis::archive
