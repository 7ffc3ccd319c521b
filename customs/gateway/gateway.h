#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/time.h"
#include "customs/gateway/gateway_api.h"

namespace portcullis::customs {

/// The customs link of one site: messages in by a watched folder, a store, answers out.
///
/// A file in the inbox is taken when it has one size over two looks (or was renamed into place and
/// has), read by the adapter that knows it, stored, and moved to inbox/done. What cannot be read
/// goes to inbox/quarantine with `NAME.reason.txt` beside it, bytes untouched. The same message (by
/// its id, else by its bytes) again is moved to done and changes nothing. Names that begin with a
/// dot or end in ".tmp" or ".part" are left alone: somebody is writing them.
///
/// Every step can be cut off by kill -9: the store's transaction comes first and a file found
/// again is recognised; an answer is queued in the store with the decision and written from there.
///
/// Ownership: borrows `clock`. Threading: all calls are thread-safe. Errors: as GatewayPort;
/// create() also kInvalidConfig and kCorrupt (the store).
class Gateway final : public GatewayPort {
 public:
  struct Config {
    std::filesystem::path inbox;   ///< Made where absent, with done/ and quarantine/ in it.
    std::filesystem::path outbox;  ///< Made where absent.
    std::filesystem::path store;   ///< SQLite file.
  };
  static core::Result<std::unique_ptr<Gateway>> create(const Config& config,
                                                       const core::Clock& clock);
  ~Gateway() override;

  /// One look at the inbox, and answers that are still to be written. Call it about every 200 ms.
  /// Returns how many messages it stored or quarantined. Fails only where folder or store do.
  core::Result<int> poll();

  core::Result<std::vector<FoundDeclaration>> find_declarations(
      const std::vector<std::string>& container_numbers, const std::string& vehicle_plate) override;
  core::Result<std::vector<FoundDeclaration>> find_by_ucr(const std::string& ucr);
  core::Result<DecisionReceipt> submit_decision(const DecisionSubmission& submission) override;
  core::Result<GatewayStatus> status() override;

 private:
  struct State;
  explicit Gateway(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::customs
