#include "plc/modbus/connection.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "core/assert.h"

namespace portcullis::plc {
namespace {

using Progress = ModbusWire::Progress;
using AnswerKind = WireAnswer::Kind;

/// Silence after which a late reply on a serial line has ended: MODBUS over Serial Line V1.02 asks
/// for 3.5 characters, 1.75 ms at most above 19,200 baud; at 1,200 baud it is 32 ms. USB adapters
/// deliver in pieces of up to 16 ms.
constexpr core::Duration kLineSilence = std::chrono::milliseconds(20);

std::optional<speed_t> speed_of(int baud) {
  switch (baud) {
    case 1200:
      return B1200;
    case 2400:
      return B2400;
    case 4800:
      return B4800;
    case 9600:
      return B9600;
    case 19'200:
      return B19200;
    case 38'400:
      return B38400;
    case 57'600:
      return B57600;
    case 115'200:
      return B115200;
    case 230'400:
      return B230400;
    case 460'800:
      return B460800;
    case 921'600:
      return B921600;
    default:
      return std::nullopt;
  }
}

std::string errno_words(std::string_view what) {
  return std::string(what) + ": " + std::strerror(errno);
}

/// Waits for `events` until the deadline; false where it passed.
bool wait_ready(int fd, short events, core::Duration left) {
  if (left < core::Duration::zero()) left = core::Duration::zero();
  const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
  const timespec time{static_cast<time_t>(ns / 1'000'000'000),
                      static_cast<long>(ns % 1'000'000'000)};
  pollfd wait{fd, events, 0};
  return ::ppoll(&wait, 1, &time, nullptr) > 0;
}

}  // namespace

core::Status ModbusConnection::check(const SerialLine& line) {
  const auto wrong = [](const std::string& why) {
    return core::Error{core::ErrorCode::kInvalidConfig, why};
  };
  if (!speed_of(line.baud)) return wrong(std::to_string(line.baud) + " baud is no standard rate");
  if (line.parity != 'N' && line.parity != 'E' && line.parity != 'O')
    return wrong("parity must be none, even or odd");
  if (line.stop_bits != 1 && line.stop_bits != 2) return wrong("stop bits must be 1 or 2");
  return {};
}

void ModbusConnection::close() noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
  open_ = false;
  stream_.clear();
  abandoned_.fill(0);
  timeouts_in_a_row_ = 0;
  quiet_wanted_ = late_seen_ = false;
}

Progress ModbusConnection::advance(std::string& why) {
  if (open_) return quiet_wanted_ ? wait_for_quiet() : Progress::kOpen;
  return serial() ? open_serial(why) : open_tcp(why);
}

Progress ModbusConnection::open_serial(std::string& why) {
  const SerialLine& line = config_.serial;
  fd_ = ::open(line.device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  termios settings{};
  if (fd_ < 0 || ::tcgetattr(fd_, &settings) != 0) {
    why = errno_words("the serial line cannot be opened");
    close();
    return Progress::kFailed;
  }
  ::cfmakeraw(&settings);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | PARENB | PARODD | CRTSCTS);
  if (line.stop_bits == 2) settings.c_cflag |= CSTOPB;
  // A pseudo-terminal, as a serial line over a network has, knows no parity and refuses it.
  const bool real = line.device.rfind("/dev/pts/", 0) != 0;
  if (real && line.parity != 'N') settings.c_cflag |= PARENB;
  if (real && line.parity == 'O') settings.c_cflag |= PARODD;
  const speed_t speed = speed_of(line.baud).value_or(B115200);
  ::cfsetispeed(&settings, speed);
  ::cfsetospeed(&settings, speed);
  if (::tcsetattr(fd_, TCSANOW, &settings) != 0) {
    why = errno_words("the serial line does not take its settings");
    close();
    return Progress::kFailed;
  }
  ::tcflush(fd_, TCIOFLUSH);
  open_ = true;
  return Progress::kOpened;
}

Progress ModbusConnection::open_tcp(std::string& why) {
  const auto failed = [&](std::string words) {
    why = std::move(words);
    close();
    return Progress::kFailed;
  };
  if (fd_ < 0) {
    fd_ = ::socket(config_.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd_ < 0) return failed(errno_words("no socket"));
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    opening_since_ = clock_.now();
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&config_.address), config_.address_size) ==
        0) {
      open_ = true;
      return Progress::kOpened;
    }
    if (errno != EINPROGRESS) return failed(errno_words("no connection") + "; tried again");
  }
  pollfd wait{fd_, POLLOUT, 0};
  if (::poll(&wait, 1, 0) > 0) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
      return failed(std::string("no connection: ") + std::strerror(error) + "; tried again");
    open_ = true;
    return Progress::kOpened;
  }
  if (clock_.now() - opening_since_ > config_.connect_timeout)
    return failed("no connection within its time; tried again");
  return Progress::kOpening;
}

bool ModbusConnection::drain() {
  std::array<std::uint8_t, 512> bytes{};
  bool any = false;
  for (;;) {
    const ssize_t got = ::read(fd_, bytes.data(), bytes.size());
    if (got <= 0) return any;
    any = true;
  }
}

Progress ModbusConnection::wait_for_quiet() {
  const core::TimePoint now = clock_.now();
  if (drain()) {
    late_seen_ = true;
    last_byte_ = now;
  }
  const bool silent = late_seen_ && now - last_byte_ >= kLineSilence;
  if (!silent && now < quiet_until_) return Progress::kQuiet;
  if (late_seen_) ++late_replies_;
  quiet_wanted_ = late_seen_ = false;
  stream_.clear();
  return Progress::kOpen;
}

bool ModbusConnection::send_frame(const ModbusFrame& frame, core::TimePoint deadline,
                                  WireAnswer& failed) {
  std::span<const std::uint8_t> left = frame.view();
  while (!left.empty()) {
    const ssize_t sent = serial()
                             ? ::write(fd_, left.data(), left.size())
                             : ::send(fd_, left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      left = left.subspan(static_cast<std::size_t>(sent));
      continue;
    }
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
      failed = {AnswerKind::kLost, 0, errno_words("connection lost")};
      close();
      return false;
    }
    const core::Duration time = deadline - clock_.now();
    if (time <= core::Duration::zero() || !wait_ready(fd_, POLLOUT, time)) {
      // Part of a request may be on its way: the stream of requests is lost.
      close();
      failed = {AnswerKind::kTimeout, 0, "the request cannot be sent: nothing takes it"};
      return false;
    }
  }
  return true;
}

bool ModbusConnection::receive(core::TimePoint deadline, WireAnswer& failed) {
  std::array<std::uint8_t, 512> bytes{};
  for (;;) {
    const ssize_t got = ::read(fd_, bytes.data(), bytes.size());
    if (got > 0) {
      stream_.push(std::span(bytes).first(static_cast<std::size_t>(got)));
      last_byte_ = clock_.now();
      return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
      failed = {
          AnswerKind::kLost, 0,
          got == 0 ? "connection lost: closed by the other side" : errno_words("connection lost")};
      close();
      return false;
    }
    const core::Duration left = deadline - clock_.now();
    if (left <= core::Duration::zero() || !wait_ready(fd_, POLLIN, left)) {
      failed = timed_out();
      return false;
    }
  }
}

WireAnswer ModbusConnection::timed_out() {
  ++timeouts_in_a_row_;
  if (serial()) {
    quiet_wanted_ = true;
    late_seen_ = !stream_.empty();
    last_byte_ = clock_.now();
    quiet_until_ = clock_.now() + config_.response_timeout;
  } else if (timeouts_in_a_row_ >= 2) {
    close();
  } else {
    std::rotate(abandoned_.begin(), abandoned_.begin() + 1, abandoned_.end());
    abandoned_.back() = transaction_;
  }
  return {AnswerKind::kTimeout, 0, "no answer in time"};
}

WireAnswer ModbusConnection::misfit(std::string_view why) {
  if (serial()) {
    // The line stays; whatever else is on it is let pass.
    quiet_wanted_ = true;
    late_seen_ = false;
    quiet_until_ = clock_.now() + kLineSilence;
    stream_.clear();
  } else {
    close();
  }
  return {AnswerKind::kBadReply, 0, "the answer does not fit the request: " + std::string(why)};
}

bool ModbusConnection::forget_abandoned(std::uint16_t transaction) noexcept {
  if (transaction == 0) return false;
  const auto found = std::find(abandoned_.begin(), abandoned_.end(), transaction);
  if (found == abandoned_.end()) return false;
  *found = 0;
  ++late_replies_;
  return true;
}

WireAnswer ModbusConnection::wait_for_reply(const ModbusRequest& request, std::uint16_t transaction,
                                            std::span<std::uint16_t> out,
                                            core::TimePoint deadline) {
  WireAnswer failed;
  for (;;) {
    while (const auto reply = stream_.next()) {
      if (!serial() && reply->transaction != transaction) {
        if (forget_abandoned(reply->transaction)) continue;
        return misfit("it carries another transaction's number");
      }
      if (reply->unit != request.unit)
        return misfit("it comes from unit " + std::to_string(reply->unit));
      const ModbusVerdict verdict = judge_modbus_reply(request, reply->pdu, out);
      timeouts_in_a_row_ = 0;
      switch (verdict.kind) {
        case ModbusVerdict::Kind::kGood:
          return {AnswerKind::kGood, 0, {}};
        case ModbusVerdict::Kind::kException:
          return {AnswerKind::kException, verdict.exception, {}};
        case ModbusVerdict::Kind::kMisfit:
          return misfit(verdict.why);
      }
    }
    if (stream_.lost()) return misfit("it is no Modbus frame");
    if (!receive(deadline, failed)) return failed;
  }
}

WireAnswer ModbusConnection::transact(std::uint8_t function, std::uint16_t first,
                                      std::uint16_t count, std::span<const std::uint16_t> words,
                                      std::span<std::uint16_t> out) {
  PC_ASSERT(open_);
  if (quiet_wanted_) return {AnswerKind::kTimeout, 0, "a late answer is waited for"};
  const core::TimePoint deadline = clock_.now() + config_.response_timeout;
  ModbusRequest request;
  request.unit = config_.unit;
  request.function = function;
  request.first = first;
  request.count = count;
  request.words = words;
  // 0 stands for "none" among the abandoned ones.
  if (++transaction_ == 0) ++transaction_;
  WireAnswer failed;
  if (serial()) {
    // Nobody speaks unasked on this line: what lies there is noise.
    drain();
    stream_.clear();
  }
  const ModbusFrame frame =
      serial() ? encode_modbus_rtu(request) : encode_modbus_tcp(request, transaction_);
  if (!send_frame(frame, deadline, failed)) return failed;
  return wait_for_reply(request, transaction_, out, deadline);
}

}  // namespace portcullis::plc
