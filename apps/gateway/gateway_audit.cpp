#include "apps/gateway/gateway_audit.h"

#include <algorithm>
#include <chrono>

#include "core/log.h"

namespace portcullis::apps {

namespace {

constexpr int kEventsPerBatch = 1'000;
// A kill leaves at most one batch in the log that the store does not know to be there.
constexpr std::uint64_t kGatewayEntriesLookedAt = 4'096;
static_assert(kGatewayEntriesLookedAt > kEventsPerBatch);
constexpr std::chrono::milliseconds kFollowPeriod{200};
constexpr std::chrono::seconds kLogLimit{10};
constexpr const char* kEventKey = "event";
constexpr const char* kGatewayKey = "gateway";

}  // namespace

GatewayAudit::GatewayAudit(std::unique_ptr<archive::AuditLog> log, std::string name,
                           customs::Gateway& gateway)
    : log_(std::move(log)), name_(std::move(name)), gateway_(gateway) {}

core::Result<std::unique_ptr<GatewayAudit>> GatewayAudit::open(
    const archive::AuditLog::Options& options, const std::string& name, customs::Gateway& gateway) {
  PC_TRY(auto log, archive::AuditLog::open(options));
  std::unique_ptr<GatewayAudit> audit(new GatewayAudit(std::move(log), name, gateway));
  PC_CHECK(audit->find_mark());
  audit->thread_ = std::thread([raw = audit.get()] { raw->run(); });
  return audit;
}

GatewayAudit::~GatewayAudit() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::string GatewayAudit::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

core::Status GatewayAudit::find_mark() {
  PC_TRY(logged_, gateway_.audited());
  PC_TRY(const auto newest, log_->newest(kGatewayEntriesLookedAt));
  for (const auto& [index, entry] : newest) {
    if (entry.text(kGatewayKey) == name_) logged_ = std::max(logged_, entry.number(kEventKey, 0));
  }
  return {};
}

core::Result<bool> GatewayAudit::follow() {
  PC_TRY(const auto events, gateway_.events_after(logged_, kEventsPerBatch));
  if (events.empty()) return false;
  for (const auto& event : events) {
    archive::AuditLog::Draft draft;
    draft.entry.type = event.type;
    draft.entry.time = event.time;
    draft.entry.actor = "portcullis-gateway";
    draft.entry.subject = event.subject;
    draft.entry.data[kGatewayKey] = name_;
    draft.entry.data[kEventKey] = event.index;
    draft.entry.data["sha256"] = event.sha256;
    if (!event.system.empty()) draft.entry.data["system"] = event.system;
    draft.entry.data["detail"] = event.detail;
    log_->add(std::move(draft));
  }
  // They are the log's now, which tries them until they are in: never given to it again.
  logged_ = events.back().index;
  if (!log_->flush(kLogLimit))
    return core::Error{core::ErrorCode::kTimeout, "audit log: entries wait: " + log_->problem()};
  PC_CHECK(gateway_.set_audited(logged_));
  return true;
}

void GatewayAudit::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    const bool last = stopping_;
    lock.unlock();
    auto followed = follow();
    lock.lock();
    const std::string problem = followed.ok() ? std::string() : followed.error().message;
    if (problem != problem_) {
      if (!problem.empty())
        core::log_error("gateway", problem);
      else
        core::log_info("gateway", "audit log works again");
      problem_ = problem;
    }
    if (followed.ok() && *followed) continue;  // Perhaps more stands there.
    if (last) return;
    wake_.wait_for(lock, kFollowPeriod, [&] { return stopping_; });
  }
}

}  // namespace portcullis::apps
