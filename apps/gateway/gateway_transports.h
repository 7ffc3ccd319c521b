#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/result.h"
#include "core/time.h"
#include "customs/gateway/gateway.h"
#include "customs/transport/http_poll.h"
#include "customs/transport/nats_link.h"
#include "customs/transport/outbox_delivery.h"

namespace portcullis::apps {

/// Ways in and out of the gateway that begin here: systems that are asked, a receiver that answers
/// are brought to, NATS (docs/customs.md, "Configuration").
struct GatewayTransportsConfig {
  struct Deliver {
    std::string address;  ///< By HTTP POST; empty: by NATS.
    std::string subject;
    customs::HttpPeer peer;
  };
  std::vector<customs::HttpPoll::Config> polls;
  std::optional<customs::NatsLink::Config> nats;
  std::optional<Deliver> deliver;  ///< Absent: answers stay in the outbox for others to fetch.
  std::optional<Deliver> refer;    ///< The same for referrals to other agencies.
};

/// Reads [[poll]], [nats], [deliver] and [refer]; problems are noted in `root`.
GatewayTransportsConfig load_gateway_transports(core::ConfigReader& root);

/// Runs them, each on a thread of its own. Ownership: borrows gateway and clock. Threading:
/// problem() from any thread.
class GatewayTransports final {
 public:
  static core::Result<std::unique_ptr<GatewayTransports>> start(
      const GatewayTransportsConfig& config, const std::filesystem::path& outbox,
      customs::Gateway& gateway, const core::Clock& clock);
  ~GatewayTransports();
  GatewayTransports(const GatewayTransports&) = delete;
  GatewayTransports& operator=(const GatewayTransports&) = delete;

  /// The first that there is; empty while all work.
  [[nodiscard]] std::string problem() const;

 private:
  struct State;
  explicit GatewayTransports(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::apps
