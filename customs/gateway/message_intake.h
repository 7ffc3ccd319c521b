#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/result.h"
#include "customs/gateway/message.h"
#include "customs/gateway/message_store.h"

namespace portcullis::customs {

/// Puts messages into the store on a thread of its own: all that wait become one transaction with
/// one sync, so that the disk's sync rate bounds the delay and not the rate. A message that fails a
/// batch is tried alone, so that one cannot hold up the others.
///
/// A second thread, with a connection of its own, takes the write-ahead log into the database file,
/// so that no batch has to.
/// Ownership: borrows store and its mutex; the destructor finishes what was submitted.
/// Threading: submit() from any thread, never waits; `done` runs on the intake's thread.
class MessageIntake final {
 public:
  using Done = std::function<void(core::Result<Receipt>)>;
  /// Makes the bytes of a refused message safe before its refusal is told.
  using Keep = std::function<core::Status(const MessageForm&)>;

  MessageIntake(MessageStore& store, std::mutex& store_mutex, MessageStore upkeep_store, Keep keep);
  ~MessageIntake();
  MessageIntake(const MessageIntake&) = delete;
  MessageIntake& operator=(const MessageIntake&) = delete;

  void submit(MessageForm form, Done done);
  /// Messages that wait for the disk now.
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Pending {
    MessageForm form;
    Done done;
    core::Status status{};
  };
  void run();
  void commit(std::vector<Pending>& batch);
  void keep_up();

  MessageStore& store_;
  std::mutex& store_mutex_;
  MessageStore upkeep_store_;
  const Keep keep_;

  mutable std::mutex mutex_;
  std::condition_variable wake_, wake_upkeep_;
  std::vector<Pending> waiting_;
  bool stopping_ = false, upkeep_stopping_ = false;
  std::atomic<bool> tail_only_ = false;  ///< Little of the write-ahead log is left to take over.
  std::thread thread_, upkeep_;
};

}  // namespace portcullis::customs
