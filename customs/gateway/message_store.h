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
/// mode with synchronous FULL: what a call wrote is on the disk when it returns.
///
/// Several forms in one take() are one transaction and one sync: that is what makes thousands of
/// messages a second possible. Errors: as core::Database. Threading: one thread at a time; make a
/// second store of the same file to read beside a writer.
class MessageStore final {
 public:
  static core::Result<MessageStore> open(const std::filesystem::path& path);
  MessageStore(MessageStore&&) noexcept;
  MessageStore& operator=(MessageStore&&) noexcept;
  ~MessageStore();

  /// Stores the taken ones of `forms` and sets `repeated` where the same message was there before
  /// (its receipt is then the first one's). A message whose id was used before with other bytes
  /// becomes refused (kRefused). Refused ones are left alone: note_refused() is for them, once
  /// their bytes are safe.
  core::Status take(const std::vector<MessageForm*>& forms);
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
  /// Ids of declarations, oldest first, after `after` (its place; 0: from the first).
  struct Place {
    std::int64_t index = 0;
    std::string id;
  };
  core::Result<std::vector<Place>> declarations_after(std::int64_t after, int count_max);

  struct PendingAnswer {
    std::string file_name;
    std::string content;
    std::string declaration_id;
    int attempts = 0;  ///< So far.
  };
  struct AppliedDecision {
    std::string answer_file;
    bool is_new = false;
  };
  /// Stores the decision with its answer (empty name: none) in one transaction. The same key with
  /// the same decision again: what was stored the first time. With another: kRefused.
  core::Result<AppliedDecision> apply_decision(const DecisionSubmission& submission,
                                               const PendingAnswer& answer, core::UtcTime now);
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
    std::string type, subject;  ///< "message_taken", "message_refused", "answer_sent"
    core::UtcTime time;
    std::string system, sha256, detail;
  };
  core::Result<std::vector<Event>> events_after(std::int64_t index, int count_max);
  /// How far the log has come, kept over restarts.
  core::Result<std::int64_t> audited();
  core::Status set_audited(std::int64_t index);

  core::Result<GatewayStatus> status();
  /// Takes what stands in the write-ahead log into the file; does not wait for readers or writers.
  /// Returns how many of its pages are left.
  core::Result<std::int64_t> checkpoint();

 private:
  struct Prepared;
  MessageStore(core::Database database, std::unique_ptr<Prepared> prepared);
  core::Status take_one(MessageForm& form);
  core::Status add_event(std::string_view type, std::string_view subject, core::UtcTime now,
                         std::string_view system, std::string_view sha256, std::string_view detail);
  /// `rows`: position of a part, and the message's id, system, time and bytes.
  core::Result<std::vector<Case>> cases(core::Statement& rows);
  core::Result<std::int64_t> part_index(std::string_view id);

  core::Database database_;
  std::unique_ptr<Prepared> prepared_;  ///< Last: statements must not outlive the database.
};

}  // namespace portcullis::customs
