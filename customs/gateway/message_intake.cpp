#include "customs/gateway/message_intake.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/files.h"
#include "core/log.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kBatchMax = 1'000;
/// In one transaction; other writers come in between.
constexpr std::size_t kTableBatchMax = 256;
/// So long the tables wait for more, as many at a time cost them much less than each alone.
constexpr std::chrono::milliseconds kGatherPeriod{50};
/// Few, so that what a checkpoint writes holds up no sync of the journal: 500 cost the slowest in a
/// hundred 15 ms, 4,000 cost them 200.
constexpr std::size_t kCheckpointMessages = 500;
/// So far the tables may be behind before senders have to wait for them.
constexpr std::size_t kJournalledMax = 20'000;
constexpr std::chrono::milliseconds kRetryPeriod{500};
constexpr std::chrono::milliseconds kQuietPeriod{1'000};
constexpr std::chrono::milliseconds kSettleLimit{1'500};
constexpr int kLastTries = 3;

void refuse_other_content(MessageForm& form) {
  auto& receipt = form.receipt;
  receipt.state = MessageState::kRefused;
  receipt.code = core::ErrorCode::kRefused;
  receipt.reason = fmt::format("{}: message id {} was used before by a message with other content",
                               form.incoming.name, receipt.message_id);
  receipt.id = core::sha256_hex("refused\n" + receipt.sha256).substr(0, receipt.id.size());
}

}  // namespace

MessageIntake::MessageIntake(Parts parts) : parts_(std::move(parts)) {}

core::Result<std::unique_ptr<MessageIntake>> MessageIntake::start(Parts parts) {
  std::unique_ptr<MessageIntake> intake(new MessageIntake(std::move(parts)));
  auto& tables = intake->parts_.tables;
  auto& journal = *intake->parts_.journal;
  PC_TRY(const auto applied, tables.journalled());
  PC_CHECK(journal.replay(applied, [&](std::vector<MessageForm>& forms, std::int64_t last) {
    std::vector<const MessageForm*> all;
    all.reserve(forms.size());
    for (const auto& form : forms) all.push_back(&form);
    return tables.take(all, last);
  }));
  intake->acknowledged_ = intake->applied_ = journal.last();
  intake->checkpoint();
  intake->tables_thread_ = std::thread([raw = intake.get()] { raw->follow(); });
  intake->thread_ = std::thread([raw = intake.get()] { raw->run(); });
  return intake;
}

MessageIntake::~MessageIntake() {
  if (!thread_.joinable()) return;  // start() failed.
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  applied_more_.notify_all();
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    tables_stopping_ = true;
  }
  wake_tables_.notify_all();
  tables_thread_.join();
}

void MessageIntake::submit(MessageForm form, Done done) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({std::move(form), std::move(done)});
  }
  wake_.notify_one();
}

core::Status MessageIntake::settle() {
  std::unique_lock lock(mutex_);
  const auto upto = acknowledged_;
  if (applied_ >= upto) return {};
  ++settling_;
  wake_tables_.notify_one();
  const bool told = applied_more_.wait_for(
      lock, kSettleLimit, [&] { return applied_ >= upto || !tables_.ok() || stopping_; });
  --settling_;
  if (applied_ >= upto) return {};
  if (!tables_.ok()) return tables_;
  return core::Error{
      told ? core::ErrorCode::kUnavailable : core::ErrorCode::kTimeout,
      fmt::format("{} messages are still being put in their place: ask again", upto - applied_)};
}

void MessageIntake::run() {
  while (true) {
    std::vector<Pending> batch;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      applied_more_.wait(
          lock, [&] { return stopping_ || !tables_.ok() || journalled_.size() < kJournalledMax; });
      if (waiting_.size() <= kBatchMax) {
        batch.swap(waiting_);
      } else {
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(kBatchMax);
        batch.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
      }
    }
    take(batch);
    refuse(batch);
    for (auto& one : batch) {
      if (one.status.ok())
        one.done(std::move(one.form.receipt));
      else
        one.done(one.status.error());
    }
  }
}

core::Status MessageIntake::decide(std::vector<Pending>& batch, std::vector<Pending*>& fresh) {
  const auto compare = [](Pending& one, const std::string& sha256, core::UtcTime received) {
    if (one.form.receipt.sha256 != sha256) return refuse_other_content(one.form);
    one.form.receipt.repeated = true;
    one.form.receipt.received = received;
  };
  // First what is not in the tables yet: what goes over meanwhile is found in them.
  std::vector<Pending*> not_waiting;
  std::vector<std::string_view> ids;
  {
    const std::lock_guard lock(mutex_);
    PC_CHECK(tables_);
    for (auto& one : batch) {
      if (one.form.receipt.state != MessageState::kTaken) continue;
      const auto same = journalled_by_id_.find(one.form.receipt.id);
      if (same != journalled_by_id_.end()) {
        compare(one, same->second->receipt.sha256, same->second->receipt.received);
        continue;
      }
      not_waiting.push_back(&one);
      ids.push_back(one.form.receipt.id);
    }
  }
  if (ids.empty()) return {};
  PC_TRY(const auto known, parts_.lookup.known(ids));
  std::unordered_map<std::string_view, const MessageForm*> in_batch;
  for (std::size_t i = 0; i < not_waiting.size(); ++i) {
    auto& one = *not_waiting[i];
    if (known[i]) {
      compare(one, known[i]->sha256, known[i]->received);
      continue;
    }
    const auto [same, first] = in_batch.emplace(one.form.receipt.id, &one.form);
    if (first)
      fresh.push_back(&one);
    else
      compare(one, same->second->receipt.sha256, same->second->receipt.received);
  }
  return {};
}

void MessageIntake::take(std::vector<Pending>& batch) {
  std::vector<Pending*> fresh;
  auto taken = decide(batch, fresh);
  std::vector<const MessageForm*> forms;
  forms.reserve(fresh.size());
  for (const auto* one : fresh) forms.push_back(&one->form);
  if (taken.ok()) taken = parts_.journal->append(forms);
  if (!taken.ok()) {
    // Also those that repeat one of this batch.
    for (auto& one : batch) {
      if (one.form.receipt.state == MessageState::kTaken) one.status = taken;
    }
    return;
  }
  if (fresh.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    auto number = acknowledged_;
    for (auto* one : fresh) {
      // Its sender gets the receipt; the tables need no bytes but the packed ones.
      auto& stored = journalled_.emplace_back();
      stored.number = ++number;
      stored.form.receipt = one->form.receipt;
      stored.form.incoming.name = one->form.incoming.name;
      stored.form.incoming.origin = one->form.incoming.origin;
      stored.form.parts = std::move(one->form.parts);
      stored.form.compressed = std::move(one->form.compressed);
      journalled_by_id_.emplace(stored.form.receipt.id, &stored.form);
    }
    acknowledged_ = number;
  }
  wake_tables_.notify_one();
}

void MessageIntake::refuse(std::vector<Pending>& batch) {
  std::vector<MessageForm*> refused;
  for (auto& one : batch) {
    if (!one.status.ok() || one.form.receipt.state != MessageState::kRefused) continue;
    one.status = parts_.keep(one.form);
    if (one.status.ok()) refused.push_back(&one.form);
  }
  if (refused.empty()) return;
  const std::lock_guard lock(parts_.store_mutex);
  if (const auto noted = parts_.refusals.note_refused(refused); !noted.ok()) {
    for (auto& one : batch) {
      if (one.form.receipt.state == MessageState::kRefused) one.status = noted;
    }
  }
}

void MessageIntake::follow() {
  int tries_left = kLastTries;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_tables_.wait_for(lock, kQuietPeriod,
                          [&] { return tables_stopping_ || !journalled_.empty(); });
    if (parts_.journal->wants_room()) {
      lock.unlock();
      if (const auto made = parts_.journal->make_room(); !made.ok())
        core::log_warning("gateway", made.error().message);
      lock.lock();
    }
    const bool quiet = journalled_.empty();
    if (since_checkpoint_ >= kCheckpointMessages || (quiet && since_checkpoint_ > 0)) {
      lock.unlock();
      checkpoint();
      lock.lock();
    }
    if (journalled_.empty()) {
      if (tables_stopping_) return;
      continue;
    }
    wake_tables_.wait_for(lock, kGatherPeriod, [&] {
      return tables_stopping_ || settling_ > 0 || journalled_.size() >= kTableBatchMax;
    });
    std::vector<const MessageForm*> forms;
    const auto count = std::min(journalled_.size(), kTableBatchMax);
    forms.reserve(count);
    for (std::size_t i = 0; i < count; ++i) forms.push_back(&journalled_[i].form);
    const auto last = journalled_[count - 1].number;
    lock.unlock();
    auto stored = [&] {
      const std::lock_guard writing(parts_.store_mutex);
      return parts_.tables.take(forms, last);
    }();
    lock.lock();
    if (stored.ok() != tables_.ok()) {
      if (stored.ok())
        core::log_info("gateway", "the store can be written again");
      else
        core::log_error("gateway", stored.error().message);
    }
    tables_ = stored;
    if (stored.ok()) {
      for (std::size_t i = 0; i < count; ++i) {
        journalled_by_id_.erase(journalled_.front().form.receipt.id);
        journalled_.pop_front();
      }
      applied_ = last;
      since_checkpoint_ += count;
    } else if (tables_stopping_ && --tries_left == 0) {
      return;  // The journal has it.
    }
    applied_more_.notify_all();
    if (!stored.ok()) wake_tables_.wait_for(lock, kRetryPeriod, [&] { return tables_stopping_; });
  }
}

void MessageIntake::checkpoint() {
  const auto safe = parts_.tables.journalled();
  const auto left = parts_.tables.checkpoint();
  if (!safe.ok() || !left.ok()) {
    core::log_warning("gateway", safe.ok() ? left.error().message : safe.error().message);
    return;
  }
  // A reader or another writer was in the way: the next one takes the rest.
  if (*left > 0) return;
  since_checkpoint_ = 0;
  parts_.journal->release(*safe);
}

}  // namespace portcullis::customs
