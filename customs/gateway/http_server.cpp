#include "customs/gateway/http_server.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "core/log.h"
#include "customs/adapters/parse.h"
#include "customs/gateway/http_json.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/trader_tokens.h"

namespace portcullis::customs {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Response = http::response<http::string_body>;
using Parser = http::request_parser<http::string_body>;

constexpr std::size_t kHeaderBytesMax = 8'192;
/// Bigger messages are parsed on a thread of their own, so that the small ones pass them.
constexpr std::size_t kSmallBytesMax = 262'144;
constexpr std::size_t kKeyBytesMax = 200;
constexpr int kAcceptBacklog = 1'024;
constexpr std::chrono::milliseconds kAcceptRetry{100};

constexpr std::string_view kMessagesPath = "/v1/messages";
constexpr std::string_view kCasesPath = "/v1/cases/";
constexpr std::string_view kBearer = "Bearer ";

constexpr HttpRoute kRoutes[] = {
    {"POST", "/v1/messages", "200 201 400 409 413 422 503"},
    {"GET", "/v1/messages/{id}", "200 404 503"},
    {"GET", "/v1/cases/{key}", "200 401 403 404 503"},
    {"GET", "/health", "200 503"},
};

Response make_response(http::status status, std::string_view type, std::string body) {
  Response response(status, 11);
  response.set(http::field::content_type, type);
  response.set(http::field::cache_control, "no-store");
  response.body() = std::move(body);
  return response;
}

Response json_response(http::status status, std::string body) {
  return make_response(status, "application/json", std::move(body));
}

Response problem(http::status status, std::string_view detail, const Receipt* receipt = nullptr) {
  const auto reason = http::obsolete_reason(status);
  return make_response(
      status, "application/problem+json",
      problem_json(static_cast<unsigned>(status), {reason.data(), reason.size()}, detail, receipt));
}

Response not_now(const core::Error& error) {
  auto response = problem(http::status::service_unavailable, error.message);
  response.set(http::field::retry_after, "5");
  return response;
}

Response receipt_response(const core::Result<Receipt>& told) {
  if (!told.ok()) return not_now(told.error());
  const auto& receipt = *told;
  auto response =
      receipt.state == MessageState::kTaken
          ? json_response(receipt.repeated ? http::status::ok : http::status::created,
                          receipt_json(receipt))
          : problem(receipt.code == core::ErrorCode::kRefused ? http::status::conflict
                                                              : http::status::unprocessable_entity,
                    receipt.reason, &receipt);
  response.set(http::field::location, fmt::format("{}/{}", kMessagesPath, receipt.id));
  return response;
}

/// "%41" and the like; nothing where the text is not of that form or holds control characters.
std::optional<std::string> percent_decoded(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
        return std::nullopt;
      c = static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
    out += c;
  }
  return out.empty() || out.size() > kKeyBytesMax ? std::nullopt
                                                  : std::optional<std::string>(std::move(out));
}

}  // namespace

std::span<const HttpRoute> http_routes() {
  return kRoutes;
}

class HttpServer::Impl {
 public:
  Impl(Config config, Gateway& gateway)
      : config_(std::move(config)),
        gateway_(gateway),
        acceptor_(asio::make_strand(io_)),
        retry_(acceptor_.get_executor()) {}

  core::Status listen() {
    ErrorCode error;
    const auto address = asio::ip::make_address(config_.address, error);
    if (error)
      return core::Error{core::ErrorCode::kInvalidConfig,
                         fmt::format("http: address \"{}\": is no IP address", config_.address)};
    const bool tls = !config_.certificate.empty() || !config_.key.empty();
    if (!address.is_loopback() && (!tls || config_.client_ca.empty())) {
      return core::Error{core::ErrorCode::kInvalidConfig,
                         fmt::format("http: address {} can be reached from elsewhere: certificate, "
                                     "key and client_ca are needed",
                                     config_.address)};
    }
    on_this_machine_ = address.is_loopback();
    if (!config_.traders.empty()) {
      traders_.emplace(config_.traders);
      if (const auto read = traders_->check(); !read.ok())
        return core::Error{core::ErrorCode::kInvalidConfig, "http: " + read.error().message};
    }
    if (tls) PC_CHECK(set_up_tls());
    const tcp::endpoint endpoint(address, config_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(kAcceptBacklog, error);
    if (error)
      return core::Error{
          error == asio::error::address_in_use ? core::ErrorCode::kUnavailable
                                               : core::ErrorCode::kIo,
          fmt::format("http: {}:{}: {}", config_.address, config_.port, error.message())};
    port_ = acceptor_.local_endpoint(error).port();
    accept();
    for (int i = 0; i < config_.threads; ++i) threads_.emplace_back([this] { io_.run(); });
    return {};
  }

  ~Impl() {
    asio::post(acceptor_.get_executor(), [this] {
      ErrorCode ignored;
      acceptor_.close(ignored);
    });
    {
      // The gateway still holds callbacks that need this object; it always calls them.
      std::unique_lock lock(mutex_);
      stopping_ = true;
      none_outstanding_.wait(lock, [&] { return outstanding_ == 0; });
    }
    large_.join();
    io_.stop();
    for (auto& thread : threads_) thread.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] Counters counters() const { return {requests_, turned_, connections_}; }

  [[nodiscard]] const Config& config() const { return config_; }
  asio::ssl::context& tls() { return *tls_; }

  void opened() { ++connections_; }
  void closed() { --connections_; }

  /// Answers by calling `answer` once, from any thread, at once or later.
  void handle(Parser& parser, std::function<void(Response)> answer) {
    ++requests_;
    auto& request = parser.get();
    const std::string_view target(request.target().data(), request.target().size());
    if (target == kMessagesPath) {
      if (request.method() != http::verb::post) return answer(wrong_method("POST"));
      return take(std::move(request.body()), std::move(answer));
    }
    const bool known = target == "/health" || target.starts_with(kCasesPath) ||
                       (target.starts_with(kMessagesPath) && target.size() > kMessagesPath.size() &&
                        target[kMessagesPath.size()] == '/');
    if (!known) return answer(problem(http::status::not_found, "no such resource"));
    if (request.method() != http::verb::get) return answer(wrong_method("GET"));
    if (target == "/health") return answer(health());
    if (target.starts_with(kCasesPath)) {
      const auto shown = request[http::field::authorization];
      return answer(show_case(target.substr(kCasesPath.size()), {shown.data(), shown.size()}));
    }
    return answer(show_receipt(target.substr(kMessagesPath.size() + 1)));
  }

 private:
  core::Status set_up_tls() {
    const auto wrong = [](const char* field, const std::filesystem::path& path,
                          const ErrorCode& error) {
      return core::Error{core::ErrorCode::kInvalidConfig,
                         fmt::format("http: {}: {}: {}", field, path.string(), error.message())};
    };
    tls_.emplace(asio::ssl::context::tls_server);
    ErrorCode error;
    tls_->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                          asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                          asio::ssl::context::no_tlsv1_1,
                      error);
    tls_->use_certificate_chain_file(config_.certificate.string(), error);
    if (error) return wrong("certificate", config_.certificate, error);
    tls_->use_private_key_file(config_.key.string(), asio::ssl::context::pem, error);
    if (error) return wrong("key", config_.key, error);
    if (!config_.client_ca.empty()) {
      tls_->load_verify_file(config_.client_ca.string(), error);
      if (error) return wrong("client_ca", config_.client_ca, error);
      tls_->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert, error);
    }
    return {};
  }

  void accept();

  static Response wrong_method(std::string_view allowed) {
    auto response = problem(http::status::method_not_allowed, "this resource has another method");
    response.set(http::field::allow, allowed);
    return response;
  }

  void take(std::string body, std::function<void(Response)> answer) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return answer(not_now({core::ErrorCode::kUnavailable, "the gateway stops"}));
      ++outstanding_;
    }
    const bool small = body.size() <= kSmallBytesMax;
    auto work = [this, body = std::move(body), answer = std::move(answer)]() mutable {
      auto form = form_message({std::move(body), "http", "http"}, gateway_.utc_now());
      gateway_.submit(
          std::move(form), [this, answer = std::move(answer)](core::Result<Receipt> told) {
            // The gateway's thread has other messages to take: the text is made on ours.
            asio::post(io_, [answer, told = std::move(told)] { answer(receipt_response(told)); });
            const std::lock_guard lock(mutex_);
            if (--outstanding_ == 0) none_outstanding_.notify_all();
          });
    };
    if (small)
      work();
    else
      asio::post(large_, std::move(work));
  }

  Response show_receipt(std::string_view id) {
    const auto key = percent_decoded(id);
    const auto found =
        key ? gateway_.receipt(*key) : core::Result<std::optional<Receipt>>(std::nullopt);
    if (!found.ok()) return not_now(found.error());
    if (!*found)
      return problem(http::status::not_found, "no message of this id was taken or refused");
    return json_response(http::status::ok, receipt_json(**found));
  }

  Response show_case(std::string_view text, std::string_view authorization) {
    const auto key = percent_decoded(text);
    if (!traders_ && !on_this_machine_)
      return problem(
          http::status::forbidden,
          "cases are told to traders with a token, and no file of traders is configured");
    core::Result<std::optional<Case>> found(std::nullopt);
    if (traders_) {
      const auto parties = authorization.starts_with(kBearer)
                               ? traders_->parties_of(authorization.substr(kBearer.size()))
                               : core::Result<std::vector<std::string>>(std::vector<std::string>());
      if (!parties.ok()) {
        core::log_error("gateway", "http: " + parties.error().message);
        return not_now({core::ErrorCode::kUnavailable, "tokens cannot be looked up"});
      }
      if (parties->empty()) {
        auto response = problem(http::status::unauthorized, "a trader's token is needed");
        response.set(http::field::www_authenticate, "Bearer");
        return response;
      }
      if (key) found = gateway_.find_case_of(*key, *parties);
    } else if (key) {
      found = gateway_.find_case(*key);
    }
    if (!found.ok()) return not_now(found.error());
    if (!*found)
      return problem(http::status::not_found,
                     traders_
                         ? "no one case of yours has this key: a message's id, an MRN, UCR or LRN"
                         : "no one case has this key: a message's id, an MRN or a UCR");
    return json_response(http::status::ok, case_status_json(**found));
  }

  Response health() {
    const auto status = gateway_.status();
    if (!status.ok())
      return json_response(http::status::service_unavailable,
                           health_json(false, status.error().message, 0, 0));
    return json_response(http::status::ok,
                         health_json(true, "", status->declarations, status->quarantined));
  }

  const Config config_;
  Gateway& gateway_;
  std::optional<TraderTokens> traders_;
  bool on_this_machine_ = true;
  std::optional<asio::ssl::context> tls_;
  std::uint16_t port_ = 0;
  std::atomic<std::uint64_t> requests_ = 0, turned_ = 0, connections_ = 0;

  std::mutex mutex_;
  std::condition_variable none_outstanding_;
  std::size_t outstanding_ = 0;
  bool stopping_ = false;

  // Connections end with it: they use what stands above.
  asio::io_context io_;
  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  asio::thread_pool large_{1};
  std::vector<std::thread> threads_;
};

namespace {

/// One connection, on a strand. Stream: beast::tcp_stream or ssl_stream of one. It keeps itself.
template <class Stream, class Server>
class Session final : public std::enable_shared_from_this<Session<Stream, Server>> {
  static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;

 public:
  template <class... Arguments>
  Session(Server& server, tcp::socket socket, Arguments&... context)
      : server_(server), stream_(std::move(socket), context...) {
    server_.opened();
  }
  ~Session() { server_.closed(); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    asio::dispatch(stream_.get_executor(), [self = this->shared_from_this()] {
      if constexpr (kTls) {
        self->limit(self->server_.config().header_ms_max);
        self->stream_.async_handshake(asio::ssl::stream_base::server,
                                      [self](const ErrorCode& error) {
                                        if (!error) self->read();
                                      });
      } else {
        self->read();
      }
    });
  }

 private:
  void limit(int ms) {
    beast::get_lowest_layer(stream_).expires_after(std::chrono::milliseconds(ms));
  }

  /// What follows an operation of the stream: of one type, as each type of handler is compiled anew
  /// with all of the stream's operations.
  struct Next {
    std::shared_ptr<Session> session;
    void (Session::*step)(const ErrorCode&, std::size_t);
    void operator()(const ErrorCode& error, std::size_t bytes) const {
      (*session.*step)(error, bytes);
    }
  };
  Next next(void (Session::*step)(const ErrorCode&, std::size_t)) {
    return {this->shared_from_this(), step};
  }

  /// Waits for the first byte of a request, then for its header, then for its body.
  void read() {
    parser_.emplace();
    parser_->header_limit(kHeaderBytesMax);
    parser_->body_limit(kMessageBytesMax);
    begun_ = false;
    if (buffer_.size() > 0) return begin_request();
    limit(server_.config().idle_ms_max);
    read_more();
  }
  void read_more() {
    stream_.async_read_some(buffer_.prepare(kReadBytes), next(&Session::take_bytes));
  }
  void take_bytes(const ErrorCode& error, std::size_t bytes) {
    if (error && !begun_) return close();
    if (error == asio::error::eof) return fail(http::error::partial_message);
    if (error) return fail(error);
    buffer_.commit(bytes);
    if (begun_)
      parse();
    else
      begin_request();
  }
  void begin_request() {
    begun_ = true;
    limit(server_.config().header_ms_max);
    parse();
  }

  /// What has arrived, up to the header's end and then up to the body's.
  void parse() {
    const bool had_header = parser_->is_header_done();
    parser_->eager(had_header);
    ErrorCode error;
    buffer_.consume(parser_->put(buffer_.data(), error));
    if (error && error != http::error::need_more) return fail(error);
    if (!had_header && parser_->is_header_done()) return take_header();
    if (parser_->is_done()) return respond();
    read_more();
  }
  void take_header() {
    limit(server_.config().body_ms_max);
    if (!parser_->is_done() && beast::iequals(parser_->get()[http::field::expect], "100-continue"))
      return send(Response(http::status::continue_, 11), &Session::follow_continue);
    go_on();
  }
  void go_on() {
    if (parser_->is_done()) return respond();
    if (buffer_.size() > 0) return parse();
    read_more();
  }
  void follow_continue(const ErrorCode& error, std::size_t) {
    if (!error) go_on();
  }

  void respond() {
    const bool keep = parser_->get().keep_alive();
    server_.handle(*parser_, [self = this->shared_from_this(), keep](Response response) {
      // From the gateway's thread: back to the connection's own.
      asio::dispatch(self->stream_.get_executor(),
                     [self, keep, response = std::move(response)]() mutable {
                       self->write(std::move(response), keep);
                     });
    });
  }

  void write(Response response, bool keep) {
    response.keep_alive(keep);
    response.prepare_payload();
    keep_ = keep;
    limit(server_.config().idle_ms_max);
    send(std::move(response), &Session::follow_response);
  }
  void send(Response response, void (Session::*step)(const ErrorCode&, std::size_t)) {
    std::ostringstream header;
    header << response.base();
    out_ = std::move(header).str() + response.body();
    asio::async_write(stream_, asio::buffer(out_), next(step));
  }
  void follow_response(const ErrorCode& error, std::size_t) {
    if (error) return;
    if (keep_)
      read();
    else
      close();
  }

  /// A request that cannot be read is answered where it can be, and ends the connection.
  void fail(const ErrorCode& error) {
    if (error == http::error::end_of_stream) return close();
    if (error == http::error::body_limit)
      return write(problem(http::status::payload_too_large,
                           fmt::format("a message has at most {} bytes", kMessageBytesMax)),
                   false);
    if (error == beast::error::timeout) return;  // The stream is closed by now.
    if (error.category() == http::make_error_code(http::error::bad_method).category())
      return write(problem(http::status::bad_request, error.message()), false);
  }

  void close() {
    if constexpr (kTls) {
      // Told in TLS, so that the client knows that nothing was cut off.
      limit(server_.config().header_ms_max);
      stream_.async_shutdown([self = this->shared_from_this()](const ErrorCode&) {});
    } else {
      ErrorCode ignored;
      stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }
  }

  static constexpr std::size_t kReadBytes = 65'536;
  Server& server_;
  Stream stream_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  bool begun_ = false;  ///< The request's first byte has come.
  std::string out_;     ///< What is being sent.
  bool keep_ = false;   ///< The connection, after it.
};

}  // namespace

void HttpServer::Impl::accept() {
  acceptor_.async_accept(
      asio::make_strand(io_), [this](const ErrorCode& error, tcp::socket socket) {
        if (!acceptor_.is_open()) return;
        if (error) {
          // Out of descriptors, most likely: the next one is taken when one is free.
          core::log_warning("gateway", fmt::format("http: accept: {}", error.message()));
          retry_.expires_after(kAcceptRetry);
          retry_.async_wait([this](const ErrorCode&) { accept(); });
          return;
        } else if (connections_ >= config_.connections_max) {
          ++turned_;
          ErrorCode ignored;
          socket.non_blocking(true, ignored);
          static constexpr std::string_view kFull =
              "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
              "Connection: close\r\n\r\n";
          if (!tls_) socket.write_some(asio::buffer(kFull), ignored);
          socket.shutdown(tcp::socket::shutdown_both, ignored);
        } else {
          ErrorCode ignored;
          socket.set_option(tcp::no_delay(true), ignored);
          using TlsStream = beast::ssl_stream<beast::tcp_stream>;
          if (tls_)
            std::make_shared<Session<TlsStream, Impl>>(*this, std::move(socket), *tls_)->start();
          else
            std::make_shared<Session<beast::tcp_stream, Impl>>(*this, std::move(socket))->start();
        }
        accept();
      });
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

core::Result<std::unique_ptr<HttpServer>> HttpServer::start(const Config& config,
                                                            Gateway& gateway) {
  auto impl = std::make_unique<Impl>(config, gateway);
  PC_CHECK(impl->listen());
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const {
  return impl_->port();
}

HttpServer::Counters HttpServer::counters() const {
  return impl_->counters();
}

}  // namespace portcullis::customs
