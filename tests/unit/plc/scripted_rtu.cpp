#include "tests/unit/plc/scripted_rtu.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace portcullis::plc {
namespace {

/// Opens a pseudo-terminal in raw mode: {master, slave}.
std::pair<int, int> open_terminal(std::string& name) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) std::abort();
  char text[128];
  if (::ptsname_r(master, text, sizeof text) != 0) std::abort();
  name = text;
  const int slave = ::open(text, O_RDWR | O_NOCTTY | O_CLOEXEC);
  termios settings{};
  if (slave < 0 || ::tcgetattr(slave, &settings) != 0) std::abort();
  ::cfmakeraw(&settings);
  if (::tcsetattr(slave, TCSANOW, &settings) != 0) std::abort();
  return {master, slave};
}

/// By the table-less algorithm of MODBUS over Serial Line V1.02, 6.2.2, written with a shift
/// register of single bits.
std::uint16_t line_crc(const std::vector<std::uint8_t>& bytes) {
  std::uint32_t remainder = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const std::uint32_t feedback = (remainder ^ (static_cast<unsigned>(byte) >> bit)) & 1U;
      remainder >>= 1U;
      if (feedback != 0) remainder ^= 0xA001U;
    }
  }
  return static_cast<std::uint16_t>(remainder);
}

}  // namespace

SerialPair::End SerialPair::open_end() {
  End end;
  std::tie(end.master, end.slave) = open_terminal(end.name);
  return end;
}

SerialPair::SerialPair() : a_(open_end()), b_(open_end()) {
  if (::pipe(wake_) != 0) std::abort();
  thread_ = std::thread([this] { relay(); });
}

SerialPair::~SerialPair() {
  if (::write(wake_[1], "x", 1) != 1) std::abort();
  thread_.join();
  for (const int fd : {a_.master, a_.slave, b_.master, b_.slave, wake_[0], wake_[1]}) ::close(fd);
}

void SerialPair::relay() {
  for (;;) {
    pollfd fds[] = {{wake_[0], POLLIN, 0}, {a_.master, POLLIN, 0}, {b_.master, POLLIN, 0}};
    ::poll(fds, 3, -1);
    if (fds[0].revents != 0) return;
    for (int i = 1; i < 3; ++i) {
      if ((fds[i].revents & POLLIN) == 0) continue;
      char bytes[256];
      const ssize_t got = ::read(fds[i].fd, bytes, sizeof bytes);
      const int to = i == 1 ? b_.master : a_.master;
      if (got > 0 && ::write(to, bytes, static_cast<std::size_t>(got)) != got) std::abort();
    }
  }
}

ScriptedRtu::ScriptedRtu(ScriptedPlc& tables) : tables_(tables) {
  std::tie(master_, slave_) = open_terminal(device_);
  if (::pipe(wake_) != 0) std::abort();
  thread_ = std::thread([this] { serve(); });
}

ScriptedRtu::~ScriptedRtu() {
  if (::write(wake_[1], "x", 1) != 1) std::abort();
  thread_.join();
  for (const int fd : {master_, slave_, wake_[0], wake_[1]}) ::close(fd);
}

void ScriptedRtu::serve() {
  std::vector<std::uint8_t> buffer;
  for (;;) {
    int wait = -1;
    if (!late_.empty()) {
      const auto left = late_at_ - std::chrono::steady_clock::now();
      wait = static_cast<int>(
          std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(left).count()));
    }
    pollfd fds[] = {{wake_[0], POLLIN, 0}, {master_, POLLIN, 0}};
    ::poll(fds, 2, wait);
    if (fds[0].revents != 0) return;
    if (!late_.empty() && std::chrono::steady_clock::now() >= late_at_) {
      send(late_);
      late_.clear();
    }
    if ((fds[1].revents & POLLIN) == 0) continue;
    std::uint8_t bytes[256];
    const ssize_t got = ::read(master_, bytes, sizeof bytes);
    if (got > 0) buffer.insert(buffer.end(), bytes, bytes + got);
    while (buffer.size() >= 8) {
      const std::size_t size = buffer[1] >= 15 ? std::size_t{9} + buffer[6] : 8;
      if (buffer.size() < size) break;
      const std::vector<std::uint8_t> request(buffer.begin(),
                                              buffer.begin() + static_cast<std::ptrdiff_t>(size));
      buffer.erase(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
      if (line_crc(request) == 0) answer(request);
    }
  }
}

void ScriptedRtu::answer(const std::vector<std::uint8_t>& request) {
  ++requests;
  if (!late_.empty()) ++requests_while_late;
  const Mode mode = mode_;
  if (mode == Mode::kSilent) return;
  std::vector<std::uint8_t> frame{0, 0, 0, 0, 0, static_cast<std::uint8_t>(request.size() - 2)};
  frame.insert(frame.end(), request.begin(), request.end() - 2);
  const auto replied = tables_.reply_to(
      frame, mode == Mode::kException ? ScriptedPlc::Mode::kException : ScriptedPlc::Mode::kWell,
      code_);
  std::vector<std::uint8_t> reply(replied.begin() + 6, replied.end());
  if (mode == Mode::kWrongUnit) reply[0] = static_cast<std::uint8_t>(reply[0] + 1);
  const std::uint16_t crc =
      static_cast<std::uint16_t>(line_crc(reply) ^ (mode == Mode::kBadCrc ? 0x0100 : 0));
  reply.push_back(static_cast<std::uint8_t>(crc & 0xFF));
  reply.push_back(static_cast<std::uint8_t>(crc >> 8));
  if (mode == Mode::kShort) reply.resize(reply.size() / 2);
  if (mode == Mode::kNoise) reply.assign(300, 0x5A);
  if (mode == Mode::kLateOnce) {
    mode_ = Mode::kWell;
    late_ = reply;
    late_at_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(late_ms);
    return;
  }
  send(reply);
}

void ScriptedRtu::send(const std::vector<std::uint8_t>& bytes) const {
  if (::write(master_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    std::abort();
}

}  // namespace portcullis::plc
