#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace portcullis::customs {

/// How a server is spoken to.
struct HttpPeer {
  /// PEM: who may have signed the server's certificate; empty: whom the system trusts.
  std::filesystem::path ca;
  std::filesystem::path certificate, key;  ///< PEM; shown where the server asks. Both or none.
  /// Its first line is the value of the header Authorization; empty: none is sent.
  std::filesystem::path authorization;
  int timeout_ms = 30'000;  ///< For a request as a whole.
};

struct HttpAnswer {
  long status = 0;
  std::string body;
  std::int64_t retry_after_s = 0;  ///< What the server asks for; 0: nothing.
};

/// "https://..." of any host, or "http://..." of this machine, without a user's name in it. Fails
/// with kInvalidConfig that names what is wrong.
core::Status check_http_address(const std::string& address);
/// A text as a part of an address's query.
std::string http_encoded(std::string_view text);
/// The first line of a file of at most 4 KB; fails as read_file(), and with kInvalidInput where it
/// is empty.
core::Result<std::string> read_secret(const std::filesystem::path& path);

/// Requests of HTTP/1.1, one at a time over a connection that is kept (libcurl). TLS 1.2 or later;
/// the server's certificate and its name are checked. Redirections are not followed: nobody is told
/// what was meant for another. An answer has at most as many bytes as a message.
///
/// Errors: kInvalidConfig (certificates), kUnavailable (no connection, a certificate that is not
/// trusted), kTimeout, kProtocol, kInvalidInput (too large an answer). They name the address
/// without its query, as keys stand there. Threading: one thread; abort() from any.
class HttpClient final {
 public:
  explicit HttpClient(HttpPeer peer);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  core::Result<HttpAnswer> get(const std::string& address);
  using Headers = std::vector<std::pair<std::string, std::string>>;
  core::Result<HttpAnswer> post(const std::string& address, std::string_view body,
                                const Headers& headers);
  /// Ends a request that runs, and all after it, with kUnavailable.
  void abort();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::customs
