#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/database/database.h"
#include "customs/gateway/gateway_api.h"
#include "customs/gateway/message.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// The gateway's store: messages as they came with what they can be found by, what was refused,
/// decisions, the answers to send, and what the audit log is to be told, in one SQLite file in WAL
/// mode.
///
/// Errors: as core::Database. Threading: one thread at a time; make a second store of the same file
/// to read beside a writer.
class MessageStore final {
 public:
  enum class Sync : std::uint8_t {
    kEach,        ///< What a call wrote is on the disk when it returns.
    kCheckpoint,  ///< It is after the next checkpoint(): take() has a journal to rest on.
  };
  static core::Result<MessageStore> open(const std::filesystem::path& path,
                                         Sync sync = Sync::kEach);
  MessageStore(MessageStore&&) noexcept;
  MessageStore& operator=(MessageStore&&) noexcept;
  ~MessageStore();

  /// Stores messages that known() did not know, in one transaction, and notes that all up to
  /// number `journalled` of the journal are stored.
  core::Status take(const std::vector<const MessageForm*>& forms, std::int64_t journalled);
  core::Result<std::int64_t> journalled();
  /// What was taken under these ids before, as of one moment.
  struct Known {
    std::string sha256;
    core::UtcTime received;
  };
  core::Result<std::vector<std::optional<Known>>> known(const std::vector<std::string_view>& ids);
  /// The same bytes under the same name are noted once; `repeated` says so.
  core::Status note_refused(const std::vector<MessageForm*>& forms);
  core::Result<std::optional<Receipt>> receipt(std::string_view id);

  /// Cases of one declaration each, oldest first, at most 200. Withdrawn and superseded ones are
  /// not found.
  core::Result<std::vector<Case>> find(ReferenceKind kind, std::string_view value);
  /// A declaration's case by its id, also a superseded one.
  core::Result<std::optional<Case>> part(std::string_view id);
  /// All that is known about one declaration: its case with the notices, orders and manifests that
  /// name it or its containers, the decisions on it and the times that follow.
  core::Result<std::optional<Case>> whole_case(std::string_view id);
  /// The same without our own selections: a selection in it is the customs system's. The
  /// declaration is as customs amended it, where that can be said of its fields; a replacement has
  /// what was amended before it came. (message_store_orders.cpp)
  core::Result<std::optional<Case>> told_case(std::string_view id);
  /// told_case() of a declaration's case that find() or part() has read: it is not read again.
  core::Result<Case> told(Case own);
  /// The notices that speak of these declarations or containers, in the order in which they came,
  /// with the declarations: what customs_orders() asks for. A notice of one container speaks of no
  /// other; of no declaration given here, it counts for 60 days. (message_store_orders.cpp)
  core::Result<Case> told_of(const std::vector<std::string>& container_numbers,
                             const std::vector<std::string>& declaration_ids, core::UtcTime now);
  /// The scan orders of these containers, plate and chassis that are neither over nor long past,
  /// each with all that was told of it; the newest last. (message_store_orders.cpp)
  core::Result<std::vector<ScanOrder>> open_orders(const VehicleNumbers& numbers,
                                                   core::UtcTime now);
  /// Grows with every message that is taken; 0: there is none.
  core::Result<std::int64_t> newest_message();
  /// Ids of declarations, oldest first, after `after` (its place; 0: from the first).
  struct Place {
    std::int64_t index = 0;
    std::string id;
  };
  core::Result<std::vector<Place>> declarations_after(std::int64_t after, int count_max);

  /// Cases of messages that declare nothing (orders, notices, manifests), oldest first, after
  /// `after`, which is moved on; withdrawn ones are left out. Empty: there are no more.
  core::Result<std::vector<Case>> others_after(std::int64_t& after, int count_max);

  // message_store_selection.cpp
  /// How a declaration's case was selected when it was bound to a scan. All are kept.
  struct KeptSelection {
    std::string declaration_id, scan_id;
    core::UtcTime time;
    std::optional<double> draw;
    Selection selection;
  };
  /// False: it is as the newest one of this declaration and scan, and nothing was added. `detail`:
  /// for the audit log.
  core::Result<bool> add_selection(const KeptSelection& kept, std::string_view detail);
  /// Oldest first.
  core::Result<std::vector<KeptSelection>> selections(std::string_view declaration_id);
  /// Ids of declarations whose case was selected, in the order of their first selection, after
  /// `after`.
  core::Result<std::vector<Place>> selected_after(std::int64_t after, int count_max);
  /// A declaration that took the place of others which had been bound to a scan.
  struct Replaced {
    std::int64_t index = 0;
    std::string declaration_id;  ///< Empty: it is withdrawn, too.
    std::string scan_id;         ///< Of the newest selection; empty: none had one.
    std::optional<double> draw;
  };
  core::Result<std::vector<Replaced>> replaced(int count_max);
  core::Status forget_replaced(std::int64_t index);

  struct PendingAnswer {
    std::string file_name;  ///< In the outbox; may begin with a folder of it.
    std::string content;
    std::string declaration_id;
    int attempts = 0;  ///< So far.
  };
  struct AppliedDecision {
    std::string answer_file;
    bool is_new = false;
  };
  /// Stores the decision with its answer and its referral to another agency (empty names: none) in
  /// one transaction. The same key with the same decision again: what was stored the first time.
  /// With another: kRefused.
  core::Result<AppliedDecision> apply_decision(const DecisionSubmission& submission,
                                               const PendingAnswer& answer,
                                               const PendingAnswer& referral, core::UtcTime now);
  /// Answers that are due for a try, oldest first, at most 100.
  core::Result<std::vector<PendingAnswer>> answers_due(core::UtcTime now);
  core::Status mark_sent(const PendingAnswer& answer, core::UtcTime now);
  core::Status mark_failed(const PendingAnswer& answer, std::string_view problem,
                           core::UtcTime next_try);
  struct Waiting {
    std::uint64_t answers = 0;
    std::string problem;  ///< Of the last try of one of them; empty: none failed.
  };
  core::Result<Waiting> answers_waiting();

  /// What is to stand in the audit log, in the order it happened.
  struct Event {
    std::int64_t index = 0;
    std::string type, subject;  ///< "message_taken", "message_refused", "answer_sent", ...
    core::UtcTime time;
    std::string system, sha256, detail;
  };
  /// What happened beside messages: a partner's bundle.
  core::Status note_event(std::string_view type, std::string_view subject, core::UtcTime now,
                          std::string_view sha256, std::string_view detail) {
    return add_event(type, subject, now, "partner", sha256, detail);
  }
  core::Result<std::vector<Event>> events_after(std::int64_t index, int count_max);
  /// How far the log has come, kept over restarts.
  core::Result<std::int64_t> audited();
  core::Status set_audited(std::int64_t index);

  core::Result<GatewayStatus> status();
  /// Takes what stands in the write-ahead log into the file; does not wait for readers or writers.
  /// Returns how many of its pages are left; with none all that was written is on the disk.
  core::Result<std::int64_t> checkpoint();

 private:
  struct Prepared;
  MessageStore(core::Database database, std::unique_ptr<Prepared> prepared);
  core::Status take_one(const MessageForm& form);
  core::Status add_event(std::string_view type, std::string_view subject, core::UtcTime now,
                         std::string_view system, std::string_view sha256, std::string_view detail);
  /// `rows`: position of a part, and the message's id, system, time and bytes.
  core::Result<std::vector<Case>> cases(core::Statement& rows);
  core::Result<std::int64_t> part_index(std::string_view id);
  /// Several declarants of the system use the declaration's local reference.
  core::Result<bool> is_shared(const core::Declaration& declaration);
  /// Findings and checks as they were at the newest decision on the declaration.
  core::Status add_judgement(Case& whole, std::string_view id);

  core::Database database_;
  std::unique_ptr<Prepared> prepared_;  ///< Last: statements must not outlive the database.
};

}  // namespace portcullis::customs
