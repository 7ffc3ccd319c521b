#include "customs/transport/nats_link.h"

#include <fmt/format.h>
#include <nats/nats.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/log.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/quotable.h"
#include "customs/gateway/http_json.h"
#include "customs/gateway/message_form.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kOutstandingMax = 256;
constexpr std::int64_t kReconnectWaitMs = 1'000;
constexpr std::int64_t kNatsConnectMs = 5'000;
constexpr int kPendingMessagesMax = 1'000;
constexpr int kPendingBytesMax = 64'000'000;
constexpr std::chrono::seconds kEndMax{5};
constexpr std::int64_t kEndMaxMs = 5'000;
constexpr std::size_t kReplyShown = 200;
constexpr const char* kMessageIdHeader = "Nats-Msg-Id";

struct NatsFree {
  void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
  void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
  void operator()(natsSubscription* subscription) const { natsSubscription_Destroy(subscription); }
  void operator()(natsMsg* message) const { natsMsg_Destroy(message); }
};
using NatsMessage = std::unique_ptr<natsMsg, NatsFree>;

core::Error nats_config_error(std::string_view key, std::string_view why) {
  return {core::ErrorCode::kInvalidConfig, fmt::format("nats: {}: {}", key, why)};
}

struct ServerName {
  std::string scheme, host;
};
/// Of "tls://HOST:PORT"; empty where it is of another form.
ServerName split_server(const std::string& server) {
  const auto scheme_end = server.find("://");
  if (scheme_end == std::string::npos) return {};
  auto host = server.substr(scheme_end + 3);
  if (host.find_first_of("/@ ") != std::string::npos) return {};
  if (host.starts_with('['))
    host = host.substr(0, host.find(']') + 1);
  else
    host = host.substr(0, host.find(':'));
  return {server.substr(0, scheme_end), host};
}

/// Words of letters and the like, divided by single dots; the wildcards only where `many` allows.
bool is_subject(const std::string& subject, bool many) {
  if (subject.empty() || subject.starts_with('.') || subject.ends_with('.') ||
      subject.find("..") != std::string::npos)
    return false;
  return std::all_of(subject.begin(), subject.end(), [&](char c) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
    return word || (many && (c == '*' || c == '>'));
  });
}

}  // namespace

core::Status NatsLink::check(const Config& config) {
  if (config.servers.empty()) return nats_config_error("servers", "names none");
  for (const auto& server : config.servers) {
    const auto [scheme, host] = split_server(server);
    if (host.empty() || (scheme != "tls" && scheme != "nats"))
      return nats_config_error("servers",
                               fmt::format("\"{}\" is not of the form tls://HOST:PORT", server));
    const bool here = host == "127.0.0.1" || host == "localhost" || host == "[::1]";
    if (scheme == "nats" && !here)
      return nats_config_error(
          "servers", fmt::format("\"{}\" leaves this machine, so it must be tls://", server));
  }
  if (!config.subject.empty() && !is_subject(config.subject, true))
    return nats_config_error("subject", fmt::format("\"{}\" is no subject", config.subject));
  if (!is_subject(config.queue, false))
    return nats_config_error("queue", fmt::format("\"{}\" is no word", config.queue));
  if (config.certificate.empty() != config.key.empty())
    return nats_config_error("certificate", "certificate and key go together");
  return {};
}

class NatsLink::Impl {
 public:
  Impl(Config config, Gateway& gateway) : config_(std::move(config)), gateway_(gateway) {}

  core::Status connect() {
    natsOptions* made = nullptr;
    PC_CHECK(done("options", natsOptions_Create(&made)));
    options_.reset(made);
    PC_CHECK(set_options());
    natsConnection* connection = nullptr;
    const auto connected = natsConnection_Connect(&connection, options_.get());
    connection_.reset(connection);
    if (connected != NATS_OK && connected != NATS_NOT_YET_CONNECTED)
      return done("servers", connected);
    if (connected == NATS_NOT_YET_CONNECTED)
      core::log_warning("gateway",
                        fmt::format("nats: {}: cannot be reached yet", config_.servers.front()));
    if (config_.subject.empty()) return {};
    natsSubscription* subscription = nullptr;
    const auto subscribed =
        natsConnection_QueueSubscribe(&subscription, connection_.get(), config_.subject.c_str(),
                                      config_.queue.c_str(), &Impl::on_message, this);
    if (subscribed != NATS_OK) return unless_given_up("subject", subscribed);
    subscription_.reset(subscription);
    const auto watched =
        natsSubscription_SetOnCompleteCB(subscription_.get(), &Impl::on_complete, this);
    if (watched != NATS_OK) {
      // Ended already: nobody will say so, and nobody is to wait for it.
      subscription_.reset();
      return unless_given_up("subject", watched);
    }
    const auto limited = natsSubscription_SetPendingLimits(subscription_.get(), kPendingMessagesMax,
                                                           kPendingBytesMax);
    if (limited != NATS_OK) return unless_given_up("subject", limited);
    // The server knows of it when this returns, where there is one.
    if (is_connected()) natsConnection_FlushTimeout(connection_.get(), kNatsConnectMs);
    return {};
  }

  ~Impl() {
    if (!connection_) return;
    if (subscription_) {
      // What has come is still taken; nothing new comes.
      if (is_connected())
        natsSubscription_Drain(subscription_.get());
      else
        natsSubscription_Unsubscribe(subscription_.get());
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kEndMax, [&] { return completed_; });
    }
    {
      // The gateway holds callbacks that need this object; it always calls them.
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return outstanding_ == 0; });
    }
    if (is_connected()) natsConnection_FlushTimeout(connection_.get(), kEndMaxMs);
    natsConnection_Close(connection_.get());
    // The library tells this as the last of all, on a thread of its own.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kEndMax, [&] { return closed_; });
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::string problem() const {
    return is_connected() ? std::string()
                          : fmt::format("nats: no connection to {}", config_.servers.front());
  }

  OutboxDelivery::Told send(const std::string& subject, const std::string& name,
                            const std::string& content) {
    OutboxDelivery::Told told;
    told.reason = problem();
    // Else the library would keep the message and send it later, after we had sent it again.
    if (!told.reason.empty()) return told;
    natsMsg* made = nullptr;
    auto status = natsMsg_Create(&made, subject.c_str(), nullptr, content.data(),
                                 static_cast<int>(content.size()));
    const NatsMessage message(made);
    if (status == NATS_OK) status = natsMsgHeader_Set(made, kMessageIdHeader, name.c_str());
    natsMsg* replied = nullptr;
    if (status == NATS_OK)
      status = natsConnection_RequestMsg(&replied, connection_.get(), made, config_.reply_ms_max);
    const NatsMessage reply(replied);
    if (status != NATS_OK) {
      told.reason = fmt::format(
          "nats: {}: {}", subject,
          status == NATS_NO_RESPONDERS ? "nobody listens there" : natsStatus_GetText(status));
      if (status == NATS_MAX_PAYLOAD) told.outcome = OutboxDelivery::Told::Outcome::kRefused;
      return told;
    }
    const std::string_view text(natsMsg_GetData(replied),
                                static_cast<std::size_t>(natsMsg_GetDataLength(replied)));
    if (text.find("\"error\"") != std::string_view::npos) {
      told.reason = fmt::format("nats: {}: {}", subject, quotable(text, kReplyShown));
      return told;
    }
    told.outcome = OutboxDelivery::Told::Outcome::kTaken;
    return told;
  }

 private:
  [[nodiscard]] bool is_connected() const {
    return natsConnection_Status(connection_.get()) == NATS_CONN_STATUS_CONNECTED;
  }
  void note(bool& flag) {
    const std::lock_guard lock(mutex_);
    flag = true;
    changed_.notify_all();
  }

  static core::Status done(std::string_view key, natsStatus status) {
    if (status == NATS_OK) return {};
    const char* detail = nats_GetLastError(nullptr);
    return nats_config_error(
        key, fmt::format("{}{}{}", natsStatus_GetText(status), detail != nullptr ? ": " : "",
                         detail != nullptr ? quotable(detail, kReplyShown) : ""));
  }

  /// The error, unless the library has given up the connection meanwhile: refused so soon (a
  /// certificate, a name), it closes it between any two calls; later it would do so by itself. The
  /// other ways in go on then, and problem() says that this one does not.
  core::Status unless_given_up(std::string_view key, natsStatus status) {
    if (!natsConnection_IsClosed(connection_.get())) return done(key, status);
    core::log_error("gateway", fmt::format("nats: {}: refused; check [nats] ca, certificate and "
                                           "server_name, then start the gateway again",
                                           config_.servers.front()));
    return {};
  }

  core::Status set_options() {
    auto* const o = options_.get();
    std::vector<const char*> servers;
    servers.reserve(config_.servers.size());
    bool secure = false;
    for (const auto& server : config_.servers) {
      servers.push_back(server.c_str());
      secure = secure || server.starts_with("tls://");
    }
    PC_CHECK(done("servers",
                  natsOptions_SetServers(o, servers.data(), static_cast<int>(servers.size()))));
    natsOptions_SetName(o, "portcullis-gateway");
    natsOptions_SetTimeout(o, kNatsConnectMs);
    natsOptions_SetMaxReconnect(o, -1);
    natsOptions_SetReconnectWait(o, kReconnectWaitMs);
    natsOptions_SetRetryOnFailedConnect(o, true, &Impl::on_connected, this);
    natsOptions_SetReconnectedCB(o, &Impl::on_connected, this);
    natsOptions_SetDisconnectedCB(o, &Impl::on_disconnected, this);
    natsOptions_SetClosedCB(o, &Impl::on_closed, this);
    natsOptions_SetErrorHandler(o, &Impl::on_error, this);
    if (secure) {
      PC_CHECK(done("servers", natsOptions_SetSecure(o, true)));
      const auto name = config_.server_name.empty() ? split_server(config_.servers.front()).host
                                                    : config_.server_name;
      PC_CHECK(done("server_name", natsOptions_SetExpectedHostname(o, name.c_str())));
    }
    if (!config_.ca.empty())
      PC_CHECK(done("ca", natsOptions_LoadCATrustedCertificates(o, config_.ca.c_str())));
    if (!config_.certificate.empty())
      PC_CHECK(done("certificate", natsOptions_LoadCertificatesChain(o, config_.certificate.c_str(),
                                                                     config_.key.c_str())));
    if (!config_.credentials.empty())
      PC_CHECK(done("credentials", natsOptions_SetUserCredentialsFromFiles(
                                       o, config_.credentials.c_str(), nullptr)));
    return {};
  }

  static void on_message(natsConnection* /*connection*/, natsSubscription* /*subscription*/,
                         natsMsg* message, void* self) {
    static_cast<Impl*>(self)->take(NatsMessage(message));
  }
  static void on_connected(natsConnection* /*connection*/, void* /*self*/) {
    core::log_info("gateway", "nats: connected");
  }
  static void on_disconnected(natsConnection* /*connection*/, void* /*self*/) {
    core::log_warning("gateway", "nats: disconnected");
  }
  static void on_closed(natsConnection* /*connection*/, void* self) {
    auto& link = *static_cast<Impl*>(self);
    link.note(link.closed_);
  }
  /// No callback for a message comes any more.
  static void on_complete(void* self) {
    auto& link = *static_cast<Impl*>(self);
    link.note(link.completed_);
  }
  static void on_error(natsConnection* /*connection*/, natsSubscription* /*subscription*/,
                       natsStatus problem, void* /*self*/) {
    core::log_error("gateway", fmt::format("nats: {}", natsStatus_GetText(problem)));
  }

  void take(const NatsMessage& message) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return outstanding_ < kOutstandingMax; });
      ++outstanding_;
    }
    const char* reply_to = natsMsg_GetReply(message.get());
    std::string reply = reply_to != nullptr ? reply_to : "";
    std::string bytes(natsMsg_GetData(message.get()),
                      static_cast<std::size_t>(natsMsg_GetDataLength(message.get())));
    gateway_.submit(form_message({std::move(bytes), "nats", "nats"}, gateway_.utc_now()),
                    [this, reply = std::move(reply)](const core::Result<Receipt>& told) {
                      answer(reply, told);
                      const std::lock_guard lock(mutex_);
                      --outstanding_;
                      changed_.notify_all();
                    });
  }

  void answer(const std::string& reply, const core::Result<Receipt>& told) {
    if (reply.empty()) {
      if (!told.ok())
        core::log_error(
            "gateway", fmt::format("nats: a message whose sender asked for no receipt could not be "
                                   "kept: {}",
                                   told.error().message));
      return;
    }
    constexpr unsigned kUnavailable = 503;
    constexpr unsigned kUnprocessable = 422;
    const auto text =
        !told.ok() ? problem_json(kUnavailable, "Service Unavailable", told.error().message)
        : told->state == MessageState::kTaken
            ? receipt_json(*told)
            : problem_json(kUnprocessable, "Unprocessable Entity", told->reason, &*told);
    natsConnection_Publish(connection_.get(), reply.c_str(), text.data(),
                           static_cast<int>(text.size()));
  }

  const Config config_;
  Gateway& gateway_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t outstanding_ = 0;
  bool completed_ = false, closed_ = false;
  std::unique_ptr<natsOptions, NatsFree> options_;
  std::unique_ptr<natsConnection, NatsFree> connection_;
  std::unique_ptr<natsSubscription, NatsFree> subscription_;
};

NatsLink::NatsLink(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NatsLink::~NatsLink() = default;

core::Result<std::unique_ptr<NatsLink>> NatsLink::connect(const Config& config, Gateway& gateway) {
  PC_CHECK(check(config));
  auto impl = std::make_unique<Impl>(config, gateway);
  PC_CHECK(impl->connect());
  return std::unique_ptr<NatsLink>(new NatsLink(std::move(impl)));
}

OutboxDelivery::Send NatsLink::send_to(std::string subject) {
  return [impl = impl_.get(), subject = std::move(subject)](const std::string& name,
                                                            const std::string& content) {
    return impl->send(subject, name, content);
  };
}

std::string NatsLink::problem() const {
  return impl_->problem();
}

}  // namespace portcullis::customs
