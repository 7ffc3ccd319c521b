#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "archive/audit/audit_log.h"
#include "customs/gateway/gateway.h"

namespace portcullis::apps {

/// Takes what happened in the gateway from its store to the audit log (docs/audit.md lists the
/// entries). The store notes each event in the transaction that makes it happen and this follows
/// behind, so that a kill at any moment loses no entry and doubles none: an entry carries its
/// event's number, and a start looks for the last one in the log.
///
/// Ownership: borrows the gateway; owns a thread. The destructor logs what is left, if the disk
/// lets it. Threading: thread-safe.
class GatewayAudit final {
 public:
  /// Fails where the log cannot be written or is not the one that was written before.
  static core::Result<std::unique_ptr<GatewayAudit>> open(const archive::AuditLog::Options& options,
                                                          const std::string& name,
                                                          customs::Gateway& gateway);
  ~GatewayAudit();
  GatewayAudit(const GatewayAudit&) = delete;
  GatewayAudit& operator=(const GatewayAudit&) = delete;

  /// Empty while all is well; else why entries wait.
  [[nodiscard]] std::string problem() const;

 private:
  GatewayAudit(std::unique_ptr<archive::AuditLog> log, std::string name, customs::Gateway& gateway);
  core::Status find_mark();
  void run();
  /// True: there was something to log, perhaps there is more.
  core::Result<bool> follow();

  std::unique_ptr<archive::AuditLog> log_;
  const std::string name_;
  customs::Gateway& gateway_;
  std::int64_t logged_ = 0;  ///< The last event in the log; the thread's own once it runs.

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::string problem_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace portcullis::apps
