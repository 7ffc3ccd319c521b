#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "customs/gateway/gateway.h"
#include "customs/transport/outbox_delivery.h"

namespace portcullis::customs {

/// The gateway on NATS (libnats): messages from a subject, answers to one.
///
/// Each message on the subject is taken as by HTTP, and where it was sent as a request the receipt
/// is its reply once the message is on the disk: the same JSON that POST /v1/messages answers with,
/// or a problem of RFC 9457. NATS itself keeps nothing, so that a sender who wants to be sure asks
/// and asks again without a reply; the same message is applied once. Several gateways of a queue
/// share the subject.
///
/// The connection is made and made again in the background for as long as it takes.
/// Ownership: borrows the gateway; the destructor finishes what was begun. Threading: thread-safe;
/// messages come on a thread of the library.
class NatsLink final {
 public:
  struct Config {
    /// "tls://HOST:PORT", or "nats://HOST:PORT" of this machine; tried in turn.
    std::vector<std::string> servers;
    std::string subject;  ///< Of messages; empty: none are taken.
    std::string queue = "portcullis-gateway";
    std::filesystem::path ca;                ///< PEM; empty: whom the system trusts.
    std::filesystem::path certificate, key;  ///< PEM; both or none.
    std::filesystem::path credentials;       ///< User's JWT and seed, as `nsc` writes them.
    std::string server_name;  ///< In the servers' certificate; empty: the first one's host.
    int reply_ms_max = 10'000;
  };
  /// Fails with kInvalidConfig that names the key.
  static core::Status check(const Config& config);
  /// Returns at once, connected or not. Fails with kInvalidConfig (certificates, subject).
  static core::Result<std::unique_ptr<NatsLink>> connect(const Config& config, Gateway& gateway);
  ~NatsLink();
  NatsLink(const NatsLink&) = delete;
  NatsLink& operator=(const NatsLink&) = delete;

  /// Gives answers to `subject` as requests: taken is what is replied to, a stream's (JetStream)
  /// own word too; an "error" there is for later. The name goes along as "Nats-Msg-Id", by which a
  /// stream knows a repetition. The link must outlive what this gives.
  OutboxDelivery::Send send_to(std::string subject);
  /// Empty while there is a connection.
  [[nodiscard]] std::string problem() const;

 private:
  class Impl;
  explicit NatsLink(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::customs
