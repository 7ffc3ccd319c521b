#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "customs/gateway/earlier_visit.h"
#include "customs/gateway/gateway_api.h"
#include "customs/gateway/message.h"
#include "customs/gateway/message_store.h"

namespace portcullis::customs {

/// The customs link of one site: messages in by a watched folder and by submit(), a store, answers
/// out.
///
/// A file in the inbox is taken when it has one size over two looks (or was renamed into place and
/// has), read by the adapter that knows it, stored, and moved to inbox/done. What cannot be read
/// goes to inbox/quarantine with `NAME.reason.txt` beside it, bytes untouched. The same message (by
/// its sender and id, else by its bytes) again is moved to done and changes nothing. Names that
/// begin with a dot or end in ".tmp" or ".part" are left alone: somebody is writing them.
///
/// Every step can be cut off by kill -9: the store's transaction comes first and a file found
/// again is recognised; an answer is queued in the store with the decision and sent from there, and
/// sent again after 1, 2, 4 s and so on up to 5 min where that fails, also over restarts.
///
/// Ownership: borrows `clock`. Threading: all calls are thread-safe. Errors: as GatewayPort;
/// create() also kInvalidConfig and kCorrupt (the store).
class Gateway final : public GatewayPort {
 public:
  struct Config {
    std::filesystem::path inbox;   ///< Made where absent, with done/ and quarantine/ in it.
    std::filesystem::path outbox;  ///< Made where absent.
    std::filesystem::path store;   ///< SQLite file; the journal's files stand beside it.
    /// Folder of what selects (customs/risk/risk_site.h); empty: nothing is selected.
    std::filesystem::path risk_site{};
    /// Folder for scan bundles of partner administrations (partner_shelf.h); empty: none is taken.
    std::filesystem::path partner{};
    VisitLimits visits{};  ///< Which declarations are proposed for a vehicle.
  };
  static core::Result<std::unique_ptr<Gateway>> create(const Config& config,
                                                       const core::Clock& clock);
  ~Gateway() override;

  /// One look at the inbox, and answers that are due. Call it about every 200 ms. Returns how many
  /// messages it stored or quarantined. Fails only where folder or store do, and as long as answers
  /// wait because their last try failed.
  core::Result<int> poll();

  /// Takes a message from elsewhere (form_message() made it). `done` gets its receipt, taken or
  /// refused, once it is on the disk, or the store's error; it runs on the gateway's own thread and
  /// must not wait. A refused one's bytes are in inbox/quarantine by then. Never waits.
  using Done = std::function<void(core::Result<Receipt>)>;
  void submit(MessageForm form, Done done);
  /// What became of a message, by our id of it.
  core::Result<std::optional<Receipt>> receipt(const std::string& id);
  /// The case of a declaration, with all that is known of it: by our id, else by MRN, else by UCR.
  /// Empty also where MRN or UCR name several: whose it is would be a guess.
  core::Result<std::optional<Case>> find_case(const std::string& key);
  /// The same for a trader: by our id, MRN, UCR or LRN, only where one of `parties`
  /// (comparison_key()) declares, is declared for, sends or receives in it. Another's case is not
  /// told from one that is not there.
  core::Result<std::optional<Case>> find_case_of(const std::string& key,
                                                 const std::vector<std::string>& parties);
  [[nodiscard]] core::UtcTime utc_now() const;

  /// For the audit log: what happened after `index`, oldest first; and how far it was logged.
  core::Result<std::vector<MessageStore::Event>> events_after(std::int64_t index, int count_max);
  core::Result<std::int64_t> audited();
  core::Status set_audited(std::int64_t index);

  core::Result<std::vector<FoundDeclaration>> find_declarations(
      const VehicleNumbers& numbers) override;
  core::Result<std::vector<BoundSelection>> bind(const BindingReport& report) override;
  core::Result<std::optional<core::Check>> assess_revenue(
      const std::vector<std::string>& declaration_ids,
      const core::InspectionReport& report) override;
  core::Result<std::optional<core::Check>> check_orders(
      const std::vector<std::string>& container_numbers,
      const std::vector<std::string>& declaration_ids) override;
  core::Result<DecisionReceipt> submit_decision(const DecisionSubmission& submission) override;
  core::Result<GatewayStatus> status() override;

 private:
  struct State;
  explicit Gateway(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::customs
