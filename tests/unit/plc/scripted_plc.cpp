#include "tests/unit/plc/scripted_plc.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace portcullis::plc {
namespace {
int be16(const std::vector<std::uint8_t>& bytes, std::size_t at) {
  return bytes[at] << 8 | bytes[at + 1];
}
void add16(std::vector<std::uint8_t>& bytes, int value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
}
bool receive_all(int fd, std::uint8_t* to, std::size_t count) {
  while (count > 0) {
    const ssize_t got = ::recv(fd, to, count, 0);
    if (got <= 0) return false;
    to += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}
}  // namespace

ScriptedPlc::ScriptedPlc() {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::pipe(wake_) != 0)
    std::abort();
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedPlc::~ScriptedPlc() {
  vanish();
  ::close(wake_[0]);
  ::close(wake_[1]);
}

void ScriptedPlc::vanish() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  if (::write(wake_[1], "x", 1) != 1) std::abort();
  thread_.join();
}

void ScriptedPlc::set_mode(Mode mode, int exception_code) {
  const std::lock_guard lock(mutex_);
  mode_ = mode;
  exception_code_ = exception_code;
}
void ScriptedPlc::set_input(std::size_t address, bool value) {
  const std::lock_guard lock(mutex_);
  inputs_[address] = value ? 1 : 0;
}
void ScriptedPlc::set_register(std::size_t address, std::uint16_t value) {
  const std::lock_guard lock(mutex_);
  registers_[address] = value;
}
std::uint16_t ScriptedPlc::coil(std::size_t address) {
  const std::lock_guard lock(mutex_);
  return coils_[address];
}
std::uint16_t ScriptedPlc::holding(std::size_t address) {
  const std::lock_guard lock(mutex_);
  return holding_[address];
}
std::vector<std::pair<int, int>> ScriptedPlc::log() {
  const std::lock_guard lock(mutex_);
  return log_;
}

void ScriptedPlc::serve() {
  while (!stopping_) {
    send_due();
    std::vector<pollfd> fds{{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
    bool reads = true;
    {
      const std::lock_guard lock(mutex_);
      reads = mode_ != Mode::kNotRead;
    }
    if (reads)
      for (const int fd : clients_) fds.push_back({fd, POLLIN, 0});
    ::poll(fds.data(), fds.size(), wait_ms());
    if (stopping_) break;
    if (fds[1].revents != 0) {
      clients_.push_back(::accept(listener_, nullptr, nullptr));
      ++connections;
    }
    for (std::size_t i = 2; i < fds.size(); ++i) {
      if (fds[i].revents != 0 && !answer(fds[i].fd)) close_client(fds[i].fd);
    }
  }
  for (const int fd : clients_) ::close(fd);
  ::close(listener_);
}

int ScriptedPlc::wait_ms() const {
  if (pending_.empty()) return 20;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(pending_.begin()->first -
                                                                 std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 20));
}

void ScriptedPlc::send_due() {
  while (!pending_.empty() && pending_.begin()->first <= std::chrono::steady_clock::now()) {
    const Pending next = std::move(pending_.extract(pending_.begin()).mapped());
    const ssize_t sent = ::send(next.fd, next.bytes.data(), next.bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(next.bytes.size())) close_client(next.fd);
  }
}

void ScriptedPlc::close_client(int fd) {
  ::close(fd);
  std::erase(clients_, fd);
  std::erase_if(pending_, [fd](const auto& entry) { return entry.second.fd == fd; });
}

bool ScriptedPlc::answer(int fd) {
  std::vector<std::uint8_t> request(7);
  if (!receive_all(fd, request.data(), 7)) return false;
  const int length = be16(request, 4);
  if (length < 2 || length > 254) return false;
  request.resize(6 + static_cast<std::size_t>(length));
  if (!receive_all(fd, request.data() + 7, request.size() - 7)) return false;
  ++requests;
  Mode mode;
  int code;
  {
    const std::lock_guard lock(mutex_);
    mode = mode_;
    code = exception_code_;
    if (mode == Mode::kLateOnce) mode_ = Mode::kWell;
    log_.emplace_back(request[7], be16(request, 8));
  }
  if (mode == Mode::kSilent) return true;
  if (mode == Mode::kClose) return false;
  const Bytes reply = reply_to(request, mode, code);
  const auto now = std::chrono::steady_clock::now();
  if (mode == Mode::kLate) {
    pending_.emplace(now + std::chrono::milliseconds(120), Pending{fd, reply});
    return true;
  }
  if (mode == Mode::kLateOnce) {
    pending_.emplace(now + std::chrono::milliseconds(60), Pending{fd, reply});
    return true;
  }
  if (mode == Mode::kDribble) {
    for (std::size_t i = 0; i < reply.size(); ++i)
      pending_.emplace(now + i * std::chrono::milliseconds(20), Pending{fd, {reply[i]}});
    return true;
  }
  if (mode == Mode::kStaleBefore) {
    Bytes stale = reply;
    stale[0] = static_cast<std::uint8_t>(stale[0] ^ 0x55);
    if (::send(fd, stale.data(), stale.size(), MSG_NOSIGNAL) < 0) return false;
  }
  const std::size_t count = mode == Mode::kShort ? reply.size() / 2 : reply.size();
  return ::send(fd, reply.data(), count, MSG_NOSIGNAL) == static_cast<ssize_t>(count);
}

ScriptedPlc::Bytes ScriptedPlc::reply_to(const Bytes& q, Mode mode, int code) {
  const std::lock_guard lock(mutex_);
  const int function = q[7];
  std::vector<std::uint8_t> pdu;
  if (mode == Mode::kException || (mode == Mode::kExceptionOnInputs && function == 2)) {
    pdu = {static_cast<std::uint8_t>(function | 0x80), static_cast<std::uint8_t>(code)};
  } else if (function == 1 || function == 2) {
    const auto first = static_cast<std::size_t>(be16(q, 8));
    auto count = static_cast<std::size_t>(be16(q, 10));
    if (mode == Mode::kFewer) count = count / 2;
    pdu = {static_cast<std::uint8_t>(function), static_cast<std::uint8_t>((count + 7) / 8)};
    pdu.resize(2 + (count + 7) / 8);
    const auto& bits = function == 1 ? coils_ : inputs_;
    for (std::size_t i = 0; i < count; ++i)
      if (bits[first + i] != 0)
        pdu[2 + i / 8] = static_cast<std::uint8_t>(pdu[2 + i / 8] | 1 << (i % 8));
  } else if (function == 3 || function == 4) {
    if (function == 4 && lives) {
      registers_[8] = static_cast<std::uint16_t>(registers_[8] + 1);
      registers_[9] = holding_[1];
    }
    const auto first = static_cast<std::size_t>(be16(q, 8));
    auto count = static_cast<std::size_t>(be16(q, 10));
    if (mode == Mode::kFewer) count = count / 2;
    pdu = {static_cast<std::uint8_t>(function), static_cast<std::uint8_t>(count * 2)};
    for (std::size_t i = 0; i < count; ++i)
      add16(pdu, (function == 3 ? holding_ : registers_)[first + i]);
  } else if (function == 15 || function == 16) {
    const auto first = static_cast<std::size_t>(be16(q, 8));
    const auto count = static_cast<std::size_t>(be16(q, 10));
    const bool had_speed = holding_[3] != 0;
    for (std::size_t i = 0; i < count && mode != Mode::kWritesLost; ++i) {
      if (function == 15)
        coils_[first + i] = static_cast<std::uint16_t>((q[13 + i / 8] >> (i % 8)) & 1);
      else
        holding_[first + i] = static_cast<std::uint16_t>(be16(q, 13 + 2 * i));
    }
    if (had_speed && holding_[3] == 0 && coils_[0] != 0) speed_fell_before_permit = true;
    pdu = {static_cast<std::uint8_t>(function), q[8], q[9], q[10], q[11]};
  } else {
    pdu = {static_cast<std::uint8_t>(function | 0x80), 1};
  }
  std::vector<std::uint8_t> reply;
  add16(reply, be16(q, 0) + (mode == Mode::kWrongTransaction ? 1 : 0));
  add16(reply, 0);
  add16(reply, static_cast<int>(pdu.size()) + 1);
  reply.push_back(static_cast<std::uint8_t>(q[6] + (mode == Mode::kWrongUnit ? 1 : 0)));
  reply.insert(reply.end(), pdu.begin(), pdu.end());
  if (mode == Mode::kGarbage)
    for (std::size_t i = 2; i < reply.size(); ++i)
      reply[i] = static_cast<std::uint8_t>(reply[i] * 31 + 7 * i + 101);
  return reply;
}

}  // namespace portcullis::plc
