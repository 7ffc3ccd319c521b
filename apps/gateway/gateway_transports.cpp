#include "apps/gateway/gateway_transports.h"

#include "customs/gateway/referral.h"
#include "customs/transport/repeating_thread.h"

namespace portcullis::apps {

namespace {

customs::HttpPeer load_peer(core::ConfigReader& table) {
  customs::HttpPeer peer;
  peer.ca = table.path("ca");
  peer.certificate = table.path("certificate");
  peer.key = table.path("key");
  peer.authorization = table.path("authorization");
  peer.timeout_ms = static_cast<int>(table.integer("timeout_ms", peer.timeout_ms, {100, 600'000}));
  if (peer.certificate.empty() != peer.key.empty())
    table.fail(peer.key.empty() ? "certificate" : "key", "certificate and key go together");
  return peer;
}

customs::HttpPoll::Config load_poll(core::ConfigReader& table) {
  customs::HttpPoll::Config poll;
  poll.name = table.required_text("name");
  poll.address = table.required_text("address");
  poll.keys = table.path("keys");
  poll.secret = table.path("secret");
  poll.period_s = table.integer("period_s", poll.period_s, {1, 86'400});
  poll.gap_ms = table.integer("gap_ms", poll.gap_ms, {0, 60'000});
  poll.peer = load_peer(table);
  if (!table.has("keys")) table.fail("keys", "is missing");
  if (table.good()) {
    if (const auto checked = customs::HttpPoll::check(poll); !checked.ok())
      table.fail("address", checked.error().message);
  }
  return poll;
}

customs::NatsLink::Config load_nats(core::ConfigReader& table) {
  customs::NatsLink::Config nats;
  nats.servers = table.texts("servers", {});
  nats.subject = table.text("subject", "");
  nats.queue = table.text("queue", nats.queue);
  nats.server_name = table.text("server_name", "");
  nats.ca = table.path("ca");
  nats.certificate = table.path("certificate");
  nats.key = table.path("key");
  nats.credentials = table.path("credentials");
  if (table.good()) {
    if (const auto checked = customs::NatsLink::check(nats); !checked.ok())
      table.fail("servers", checked.error().message);
  }
  return nats;
}

GatewayTransportsConfig::Deliver load_deliver(core::ConfigReader& table, bool has_nats) {
  GatewayTransportsConfig::Deliver deliver;
  deliver.address = table.text("address", "");
  deliver.subject = table.text("subject", "");
  deliver.peer = load_peer(table);
  if (deliver.address.empty() == deliver.subject.empty())
    table.fail("address", "is needed, or a subject of [nats], and not both");
  if (!deliver.subject.empty() && !has_nats)
    table.fail("subject", "is one of NATS, and there is no table [nats]");
  if (!deliver.address.empty() && table.good()) {
    if (const auto checked = customs::check_http_address(deliver.address); !checked.ok())
      table.fail("address", checked.error().message);
  }
  return deliver;
}

}  // namespace

GatewayTransportsConfig load_gateway_transports(core::ConfigReader& root) {
  GatewayTransportsConfig config;
  for (auto& table : root.tables("poll")) config.polls.push_back(load_poll(table));
  if (root.has("nats")) {
    auto table = root.table("nats");
    config.nats = load_nats(table);
  }
  if (root.has("deliver")) {
    auto table = root.table("deliver");
    config.deliver = load_deliver(table, config.nats.has_value());
  }
  if (root.has("refer")) {
    auto table = root.table("refer");
    config.refer = load_deliver(table, config.nats.has_value());
  }
  return config;
}

struct GatewayTransports::State {
  std::unique_ptr<customs::NatsLink> nats;
  std::vector<std::unique_ptr<customs::HttpClient>> clients;
  std::vector<std::unique_ptr<customs::OutboxDelivery>> deliveries;
  std::vector<std::unique_ptr<customs::HttpPoll>> polls;
  std::vector<std::unique_ptr<customs::RepeatingThread>> threads;  ///< They use all of the above.
};

GatewayTransports::GatewayTransports(std::unique_ptr<State> state) : state_(std::move(state)) {}

core::Result<std::unique_ptr<GatewayTransports>> GatewayTransports::start(
    const GatewayTransportsConfig& config, const std::filesystem::path& outbox,
    customs::Gateway& gateway, const core::Clock& clock) {
  auto state = std::make_unique<State>();
  if (config.nats) {
    PC_TRY(state->nats, customs::NatsLink::connect(*config.nats, gateway));
  }
  const auto deliver = [&](const GatewayTransportsConfig::Deliver& to,
                           const std::filesystem::path& folder) -> core::Status {
    customs::OutboxDelivery::Send send;
    if (to.address.empty()) {
      send = state->nats->send_to(to.subject);
    } else {
      auto& client = state->clients.emplace_back(std::make_unique<customs::HttpClient>(to.peer));
      send = customs::http_send(*client, to.address);
    }
    PC_TRY(auto made, customs::OutboxDelivery::create(folder, std::move(send), clock));
    auto* raw = state->deliveries.emplace_back(std::move(made)).get();
    state->threads.push_back(
        std::make_unique<customs::RepeatingThread>([raw] { return raw->step(); }));
    return {};
  };
  if (config.deliver) PC_CHECK(deliver(*config.deliver, outbox));
  if (config.refer) PC_CHECK(deliver(*config.refer, outbox / customs::kReferralFolder));
  for (const auto& poll : config.polls) {
    auto& made =
        state->polls.emplace_back(std::make_unique<customs::HttpPoll>(poll, gateway, clock));
    state->threads.push_back(
        std::make_unique<customs::RepeatingThread>([raw = made.get()] { return raw->step(); }));
  }
  return std::unique_ptr<GatewayTransports>(new GatewayTransports(std::move(state)));
}

GatewayTransports::~GatewayTransports() {
  for (const auto& client : state_->clients) client->abort();
  for (const auto& poll : state_->polls) poll->abort();
}

std::string GatewayTransports::problem() const {
  if (state_->nats) {
    if (auto problem = state_->nats->problem(); !problem.empty()) return problem;
  }
  for (const auto& delivery : state_->deliveries) {
    if (auto problem = delivery->problem(); !problem.empty()) return problem;
  }
  for (const auto& poll : state_->polls) {
    if (auto problem = poll->problem(); !problem.empty()) return problem;
  }
  return {};
}

}  // namespace portcullis::apps
