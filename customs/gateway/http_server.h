#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"
#include "customs/gateway/gateway.h"

namespace portcullis::customs {

/// The gateway over HTTP/1.1, or HTTPS where a certificate is configured
/// (docs/customs/openapi.yaml). A message is answered only once it is on the disk. Errors are
/// application/problem+json (RFC 9457).
///
/// What a stranger can do is bounded: connections, header and body sizes, and the time that each
/// step may take.
/// Ownership: borrows `gateway`; the destructor ends all connections. Threading: threads of its own
/// read, parse and answer.
class HttpServer final {
 public:
  struct Config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any that is free.
    int threads = 2;
    std::size_t connections_max = 256;
    int header_ms_max = 10'000;  ///< From the first byte of a request; also for a TLS handshake.
    int body_ms_max = 30'000;
    int idle_ms_max = 60'000;  ///< Between requests, and for an answer to be taken.
    /// PEM files. Off the machine itself all three are needed: clients show a certificate.
    std::filesystem::path certificate, key, client_ca;
    /// Traders and their tokens (trader_tokens.h). Empty: whoever asks from this machine is told
    /// how any case stands, and from elsewhere nobody is.
    std::filesystem::path traders{};
  };
  /// Listens when it returns. Fails with kInvalidConfig (address, certificates), kUnavailable (the
  /// port is taken), kIo.
  static core::Result<std::unique_ptr<HttpServer>> start(const Config& config, Gateway& gateway);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  struct Counters {
    std::uint64_t requests = 0;            ///< Answered, whatever the answer.
    std::uint64_t connections_turned = 0;  ///< There were too many.
    std::uint64_t connections_now = 0;
  };
  [[nodiscard]] Counters counters() const;

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What is served, for the page that says so: "GET", "/v1/messages/{id}", "200 404 503".
struct HttpRoute {
  std::string_view method, path, statuses;
};
std::span<const HttpRoute> http_routes();

}  // namespace portcullis::customs
