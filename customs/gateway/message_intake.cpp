#include "customs/gateway/message_intake.h"

#include <chrono>

#include "core/log.h"

namespace portcullis::customs {

namespace {

constexpr std::chrono::milliseconds kUpkeepPeriod{1'000};
constexpr std::int64_t kTailPagesMax = 1'000;
constexpr int kPassesMax = 8;
constexpr std::size_t kBatchMax = 1'000;

}  // namespace

MessageIntake::MessageIntake(MessageStore& store, std::mutex& store_mutex,
                             MessageStore upkeep_store, Keep keep)
    : store_(store),
      store_mutex_(store_mutex),
      upkeep_store_(std::move(upkeep_store)),
      keep_(std::move(keep)),
      thread_([this] { run(); }),
      upkeep_([this] { keep_up(); }) {}

MessageIntake::~MessageIntake() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    upkeep_stopping_ = true;
  }
  wake_upkeep_.notify_all();
  upkeep_.join();
}

void MessageIntake::submit(MessageForm form, Done done) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(form), std::move(done)});
  }
  wake_.notify_one();
}

std::size_t MessageIntake::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void MessageIntake::run() {
  while (true) {
    std::vector<Pending> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      if (waiting_.size() <= kBatchMax) {
        batch.swap(waiting_);
      } else {
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(kBatchMax);
        batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
      }
    }
    commit(batch);
    for (auto& one : batch) {
      if (one.status.ok())
        one.done(std::move(one.form.receipt));
      else
        one.done(one.status.error());
    }
    if (tail_only_.exchange(false)) {
      // With nothing left in it, the write-ahead log begins anew instead of growing.
      const std::lock_guard lock(store_mutex_);
      if (const auto left = store_.checkpoint(); !left.ok())
        core::log_warning("gateway", left.error().message);
    }
  }
}

void MessageIntake::commit(std::vector<Pending>& batch) {
  std::vector<MessageForm*> forms;
  forms.reserve(batch.size());
  for (auto& one : batch) forms.push_back(&one.form);
  const std::lock_guard lock(store_mutex_);
  if (const auto all = store_.take(forms); !all.ok()) {
    for (auto& one : batch) one.status = store_.take({&one.form});
  }
  std::vector<MessageForm*> refused;
  for (auto& one : batch) {
    if (!one.status.ok() || one.form.receipt.state != MessageState::kRefused) continue;
    one.status = keep_(one.form);
    if (one.status.ok()) refused.push_back(&one.form);
  }
  if (refused.empty()) return;
  if (const auto noted = store_.note_refused(refused); !noted.ok()) {
    for (auto& one : batch) {
      if (one.form.receipt.state == MessageState::kRefused) one.status = noted;
    }
  }
}

void MessageIntake::keep_up() {
  std::unique_lock lock(mutex_);
  while (!wake_upkeep_.wait_for(lock, kUpkeepPeriod, [&] { return upkeep_stopping_; })) {
    lock.unlock();
    // Each pass takes what was written during the one before, so that less and less is left.
    for (int pass = 0; pass < kPassesMax; ++pass) {
      const auto left = upkeep_store_.checkpoint();
      // Another that holds the file for a moment is no fault; the writer's own errors are told.
      if (!left.ok() || *left == 0) break;
      if (*left < kTailPagesMax) {
        tail_only_ = true;
        break;
      }
    }
    lock.lock();
  }
}

}  // namespace portcullis::customs
