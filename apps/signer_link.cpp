#include "apps/signer_link.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

namespace portcullis::apps {
namespace {

constexpr std::size_t kLineBytesMax = 1U << 20U;
constexpr std::chrono::seconds kClientLimit{2};

core::Error socket_error(const std::filesystem::path& path, const char* what) {
  return {core::ErrorCode::kUnavailable,
          fmt::format("{}: cannot {}: {}", path.string(), what, std::strerror(errno))};
}

/// A socket with both its directions bounded in time; -1 with errno set.
int local_socket(core::Duration limit) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return fd;
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(limit).count();
  const timeval time{static_cast<time_t>(us / 1'000'000), static_cast<suseconds_t>(us % 1'000'000)};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  return fd;
}

bool local_address(const std::filesystem::path& path, sockaddr_un& address) {
  address = {};
  address.sun_family = AF_UNIX;
  if (path.string().size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.c_str(), path.string().size());
  return true;
}

bool send_all(int fd, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::send(fd, text.data() + done, text.size() - done, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

/// The next line without its end, taking what is left over from `rest`.
bool receive_line(int fd, std::string& rest, std::string& line) {
  for (;;) {
    if (const auto end = rest.find('\n'); end != std::string::npos) {
      line = rest.substr(0, end);
      rest.erase(0, end + 1);
      return true;
    }
    char piece[4096];
    const ssize_t n = ::recv(fd, piece, sizeof piece, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0 || rest.size() > kLineBytesMax) return false;
    rest.append(piece, static_cast<std::size_t>(n));
  }
}

core::Error no_answer(std::string_view why) {
  return {core::ErrorCode::kUnavailable, fmt::format("the signer's answer {}", why)};
}

/// The answer as JSON where it is not a refusal.
core::Result<nlohmann::json> answer_of(const core::Result<std::string>& line) {
  if (!line.ok()) return line.error();
  auto reply = nlohmann::json::parse(*line, nullptr, false);
  if (!reply.is_object() || !reply.contains("ok") || !reply["ok"].is_boolean())
    return no_answer("is no JSON object with `ok`");
  if (reply["ok"].get<bool>()) return reply;
  const auto why = reply.find("error");
  return core::Error{core::ErrorCode::kRefused,
                     why != reply.end() && why->is_string() ? why->get<std::string>() : "refused"};
}

core::Status done_of(const core::Result<std::string>& line) {
  const auto reply = answer_of(line);
  if (!reply.ok()) return reply.error();
  return {};
}

}  // namespace

core::Result<std::string> SignerLink::ask(const std::string& request) const {
  sockaddr_un address{};
  if (!local_address(socket_, address)) {
    return core::Error{
        core::ErrorCode::kInvalidConfig,
        fmt::format("{}: is longer than a Unix socket's path may be", socket_.string())};
  }
  const int fd = local_socket(limit_);
  if (fd < 0) return socket_error(socket_, "make a socket");
  core::Result<std::string> result = socket_error(socket_, "reach the signer");
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    std::string rest, line;
    if (send_all(fd, request + "\n") && receive_line(fd, rest, line))
      result = line;
    else
      result = socket_error(socket_, "get an answer of the signer");
  } else {
    result = socket_error(socket_, "reach the signer");
  }
  ::close(fd);
  return result;
}

core::Status SignerLink::open_shift(const archive::DrawTerms& terms, core::UtcTime now) const {
  PC_TRY(const auto text, archive::to_canonical_json(terms.to_entry(now)));
  return done_of(ask(nlohmann::json{{"cmd", "open_shift"}, {"terms", text}}.dump()));
}

core::Status SignerLink::give_share(const std::string& shift, const std::string& party,
                                    const archive::TreeHash& share) const {
  return done_of(ask(nlohmann::json{
      {"cmd", "share"}, {"shift", shift}, {"party", party}, {"share", archive::hash_hex(share)}}
                         .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

core::Status SignerLink::end_shift(const std::string& shift) const {
  return done_of(ask(nlohmann::json{{"cmd", "end_shift"}, {"shift", shift}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

core::Result<archive::AuditEntry> SignerLink::draw(std::uint64_t arrival_index,
                                                   const std::string& purpose) const {
  const nlohmann::json request = {
      {"cmd", "draw"}, {"arrival", arrival_index}, {"purpose", purpose}};
  PC_TRY(const auto reply, answer_of(ask(request.dump())));
  const auto entry = reply.find("entry");
  if (entry == reply.end() || !entry->is_string()) return no_answer("has no `entry`");
  return archive::parse_audit_entry(entry->get<std::string>());
}

core::Result<std::vector<archive::AuditEntry>> SignerLink::pending() const {
  PC_TRY(const auto reply, answer_of(ask(nlohmann::json{{"cmd", "pending"}}.dump())));
  const auto list = reply.find("entries");
  if (list == reply.end() || !list->is_array()) return no_answer("has no `entries`");
  std::vector<archive::AuditEntry> entries;
  for (const auto& text : *list) {
    if (!text.is_string()) return no_answer("has an entry that is no text");
    PC_TRY(auto entry, archive::parse_audit_entry(text.get<std::string>()));
    entries.push_back(std::move(entry));
  }
  return entries;
}

// ---- the other end ------------------------------------------------------------------------------

core::Result<LocalLineServer> LocalLineServer::listen(const std::filesystem::path& socket) {
  sockaddr_un address{};
  if (!local_address(socket, address)) {
    return core::Error{
        core::ErrorCode::kInvalidConfig,
        fmt::format("{}: is longer than a Unix socket's path may be", socket.string())};
  }
  const auto* whole = reinterpret_cast<const sockaddr*>(&address);
  const int probe = local_socket(kClientLimit);
  const bool taken = probe >= 0 && ::connect(probe, whole, sizeof address) == 0;
  if (probe >= 0) ::close(probe);
  if (taken) {
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("{}: another program listens there", socket.string())};
  }
  std::error_code ignored;
  if (std::filesystem::is_socket(socket, ignored)) std::filesystem::remove(socket, ignored);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  LocalLineServer server(socket, fd);
  // Never open to others, not for an instant.
  const mode_t before = ::umask(0117);
  const bool bound = fd >= 0 && ::bind(fd, whole, sizeof address) == 0;
  ::umask(before);
  if (!bound || ::listen(fd, 8) != 0) return socket_error(socket, "listen");
  return server;
}

LocalLineServer::LocalLineServer(LocalLineServer&& other) noexcept
    : socket_(std::move(other.socket_)), fd_(std::exchange(other.fd_, -1)) {}

LocalLineServer::~LocalLineServer() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(socket_.c_str());
}

void LocalLineServer::serve(core::Duration limit,
                            const std::function<std::string(const std::string&)>& answer) {
  pollfd waiting{fd_, POLLIN, 0};
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
  if (::poll(&waiting, 1, static_cast<int>(ms)) <= 0) return;
  const int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
  if (fd < 0) return;
  const timeval time{kClientLimit.count(), 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  std::string rest, line;
  while (receive_line(fd, rest, line) && send_all(fd, answer(line) + "\n")) {
  }
  ::close(fd);
}

}  // namespace portcullis::apps
