#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "customs/gateway/message.h"
#include "customs/gateway/message_journal.h"
#include "customs/gateway/message_store.h"

namespace portcullis::customs {

/// Takes messages: one thread puts all that wait into the journal with one sync and tells their
/// senders, another puts them into the store's tables behind it and keeps the store's write-ahead
/// log short. So a sender waits for one write at the end of a file, and never for the tables.
///
/// While the tables cannot be written messages are not taken either: their senders are told why.
/// Ownership: borrows the stores that are references, and their mutex. The destructor finishes what
/// was submitted; what the tables lack then is in the journal, and start() finds it there.
/// Threading: all calls from any thread. `done` runs on the intake's thread.
class MessageIntake final {
 public:
  using Done = std::function<void(core::Result<Receipt>)>;
  /// Makes the bytes of a refused message safe before its refusal is told.
  using Keep = std::function<core::Status(const MessageForm&)>;
  struct Parts {
    MessageStore& refusals;   ///< For what is refused; under `store_mutex`.
    std::mutex& store_mutex;  ///< Held by whoever writes to the store's file.
    MessageStore tables;      ///< Sync::kCheckpoint.
    MessageStore lookup;
    std::unique_ptr<MessageJournal> journal;
    Keep keep;
  };
  /// Puts into the tables what they lack of the journal, then begins.
  static core::Result<std::unique_ptr<MessageIntake>> start(Parts parts);
  ~MessageIntake();
  MessageIntake(const MessageIntake&) = delete;
  MessageIntake& operator=(const MessageIntake&) = delete;

  /// Never waits.
  void submit(MessageForm form, Done done);
  /// Waits until the tables hold every message that was acknowledged before the call. kTimeout
  /// after a second and a half; else why the tables cannot be written.
  core::Status settle();

 private:
  explicit MessageIntake(Parts parts);
  struct Pending {
    MessageForm form;
    Done done;
    core::Status status{};
  };
  /// Acknowledged, and not in the tables yet.
  struct Journalled {
    std::int64_t number = 0;
    MessageForm form;
  };
  void run();
  void take(std::vector<Pending>& batch);
  core::Status decide(std::vector<Pending>& batch, std::vector<Pending*>& fresh);
  void refuse(std::vector<Pending>& batch);
  void follow();
  /// Frees the journal's files that the tables make up for.
  void checkpoint();

  Parts parts_;
  mutable std::mutex mutex_;
  std::condition_variable wake_, wake_tables_, applied_more_;
  std::vector<Pending> waiting_;
  std::deque<Journalled> journalled_;
  std::unordered_map<std::string_view, const MessageForm*> journalled_by_id_;
  std::int64_t acknowledged_ = 0, applied_ = 0;  ///< Numbers in the journal.
  core::Status tables_;                          ///< Of the last try to write them.
  int settling_ = 0;                             ///< Callers that wait in settle().
  bool stopping_ = false, tables_stopping_ = false;
  std::size_t since_checkpoint_ = 0;  ///< Of the tables' thread.
  std::thread tables_thread_, thread_;
};

}  // namespace portcullis::customs
