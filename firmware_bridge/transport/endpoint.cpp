#include "firmware_bridge/transport/endpoint.h"

#include <arpa/inet.h>
#include <sys/un.h>

#include <charconv>

namespace portcullis::firmware_bridge {
namespace {

core::Error endpoint_error(std::string_view text) {
  return {core::ErrorCode::kInvalidConfig,
          "endpoint \"" + std::string(text.substr(0, 120)) +
              "\": expected 127.0.0.1:PORT, [::1]:PORT, localhost:PORT or unix:/PATH"};
}

}  // namespace

std::string Endpoint::text() const {
  if (!unix_path.empty()) return "unix:" + unix_path;
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

core::Result<Endpoint> parse_endpoint(std::string_view text) {
  Endpoint endpoint;
  if (text.substr(0, 5) == "unix:") {
    endpoint.unix_path = std::string(text.substr(5));
    if (endpoint.unix_path.empty() || endpoint.unix_path.size() >= sizeof(sockaddr_un{}.sun_path)) {
      return endpoint_error(text);
    }
    return endpoint;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return endpoint_error(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  endpoint.host = host == "localhost" ? "127.0.0.1" : std::string(host);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
  if (error != std::errc{} || end != port.data() + port.size() || endpoint.port == 0)
    return endpoint_error(text);
  in6_addr address{};
  const int family = bracketed ? AF_INET6 : AF_INET;
  if (inet_pton(family, endpoint.host.c_str(), &address) != 1) return endpoint_error(text);
  return endpoint;
}

}  // namespace portcullis::firmware_bridge
