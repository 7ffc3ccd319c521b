#include "plc/modbus/connection.h"

#include <modbus/modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/assert.h"

namespace portcullis::plc {
namespace {

using Progress = ModbusWire::Progress;
using AnswerKind = WireAnswer::Kind;

/// Silence after which a late reply on a serial line has ended: MODBUS over Serial Line V1.02 asks
/// for 3.5 characters, 1.75 ms at most above 19,200 baud; at 1,200 baud it is 32 ms. USB adapters
/// deliver in pieces of up to 16 ms.
constexpr core::Duration kLineSilence = std::chrono::milliseconds(20);

/// libmodbus takes any other rate for 9,600.
constexpr std::array kBaudRates = {1200,   2400,    4800,    9600,    19'200, 38'400,
                                   57'600, 115'200, 230'400, 460'800, 921'600};

std::string errno_words(std::string_view what) {
  return std::string(what) + ": " + ::modbus_strerror(errno);
}

/// Waits for something to read, or the other side's end, until `left` is over.
bool wait_readable(int fd, core::Duration left) {
  if (left < core::Duration::zero()) left = core::Duration::zero();
  const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
  const timespec time{static_cast<time_t>(ns / 1'000'000'000),
                      static_cast<long>(ns % 1'000'000'000)};
  pollfd wait{fd, POLLIN, 0};
  return ::ppoll(&wait, 1, &time, nullptr) > 0;
}

}  // namespace

struct ModbusConnection::Library {
  modbus_t* context;
};

core::Status ModbusConnection::check(const SerialLine& line) {
  const auto wrong = [](const std::string& why) {
    return core::Error{core::ErrorCode::kInvalidConfig, why};
  };
  if (std::find(kBaudRates.begin(), kBaudRates.end(), line.baud) == kBaudRates.end())
    return wrong(std::to_string(line.baud) + " baud is no standard rate");
  if (line.parity != 'N' && line.parity != 'E' && line.parity != 'O')
    return wrong("parity must be none, even or odd");
  if (line.stop_bits != 1 && line.stop_bits != 2) return wrong("stop bits must be 1 or 2");
  return {};
}

ModbusConnection::ModbusConnection(const Config& config, const core::Clock& clock)
    : config_(config), clock_(clock), library_(std::make_unique<Library>()) {
  const SerialLine& line = config_.serial;
  // A pseudo-terminal, as a serial line over a network has, knows no parity and refuses it.
  const bool terminal = line.device.rfind("/dev/pts/", 0) == 0;
  modbus_t* const context = serial()
                                ? ::modbus_new_rtu(line.device.c_str(), line.baud,
                                                   terminal ? 'N' : line.parity, 8, line.stop_bits)
                                : ::modbus_new_tcp(nullptr, MODBUS_TCP_DEFAULT_PORT);
  PC_ASSERT(context != nullptr);
  library_->context = context;
  // A whole reply has one deadline, however its bytes are spread over it.
  PC_ASSERT(::modbus_set_byte_timeout(context, 0, 0) == 0);
  // On a serial line it passes over frames of all other units.
  PC_ASSERT(!serial() || ::modbus_set_slave(context, config_.unit) == 0);
}

ModbusConnection::~ModbusConnection() {
  close();
  ::modbus_free(library_->context);
}

void ModbusConnection::close() noexcept {
  if (open_) {
    ::modbus_close(library_->context);
  } else if (fd_ >= 0) {
    ::close(fd_);
  }
  fd_ = -1;
  open_ = false;
  abandoned_.fill(0);
  timeouts_in_a_row_ = 0;
  quiet_wanted_ = late_seen_ = false;
}

Progress ModbusConnection::advance(std::string& why) {
  if (open_) return quiet_wanted_ ? wait_for_quiet() : Progress::kOpen;
  return serial() ? open_serial(why) : open_tcp(why);
}

Progress ModbusConnection::opened(std::string& why) {
  open_ = true;
  // libmodbus waits with select(), whose sets end there; beyond them it would write at random.
  if (fd_ >= FD_SETSIZE) {
    why = "the process has too many files open (" + std::to_string(FD_SETSIZE) + ")";
    close();
    return Progress::kFailed;
  }
  return Progress::kOpened;
}

Progress ModbusConnection::open_serial(std::string& why) {
  if (::modbus_connect(library_->context) != 0) {
    why = errno_words("the serial line cannot be opened");
    return Progress::kFailed;
  }
  fd_ = ::modbus_get_socket(library_->context);
  drain();
  return opened(why);
}

Progress ModbusConnection::open_tcp(std::string& why) {
  const auto failed = [&](std::string words) {
    why = std::move(words);
    close();
    return Progress::kFailed;
  };
  const auto connected = [&] {
    ::modbus_set_socket(library_->context, fd_);
    return opened(why);
  };
  if (fd_ < 0) {
    fd_ = ::socket(config_.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd_ < 0) return failed(errno_words("no socket"));
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    opening_since_ = clock_.now();
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&config_.address), config_.address_size) ==
        0)
      return connected();
    if (errno != EINPROGRESS) return failed(errno_words("no connection") + "; tried again");
  }
  pollfd wait{fd_, POLLOUT, 0};
  if (::poll(&wait, 1, 0) > 0) {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
      return failed(std::string("no connection: ") + std::strerror(error) + "; tried again");
    return connected();
  }
  if (clock_.now() - opening_since_ > config_.connect_timeout)
    return failed("no connection within its time; tried again");
  return Progress::kOpening;
}

bool ModbusConnection::drain() {
  if (!wait_readable(fd_, core::Duration::zero())) return false;
  ::modbus_flush(library_->context);
  return true;
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
  return Progress::kOpen;
}

WireAnswer ModbusConnection::lost(std::string text) {
  close();
  return {AnswerKind::kLost, 0, "connection lost: " + std::move(text)};
}

bool ModbusConnection::send_request(const ModbusRequest& request, WireAnswer& failed) {
  bool sent = false;
  if (serial()) {
    // Nobody speaks unasked on this line: what lies there is noise.
    drain();
    const ModbusFrame frame = encode_modbus_raw(request);
    sent = ::modbus_send_raw_request(library_->context, frame.bytes.data(),
                                     static_cast<int>(frame.size)) >= 0;
  } else {
    // modbus_send_raw_request() of 3.1.6 gives every TCP request the transaction id 0.
    const ModbusFrame frame = encode_modbus_tcp(request, transaction_);
    const ssize_t taken = ::send(fd_, frame.bytes.data(), frame.size, MSG_NOSIGNAL | MSG_DONTWAIT);
    sent = taken == static_cast<ssize_t>(frame.size);
    if (taken >= 0 && !sent) errno = EAGAIN;
  }
  if (sent) return true;
  if (errno == EAGAIN || errno == EMBBADDATA) {
    // Part of the request may be on its way: the stream of requests is lost.
    close();
    failed = {AnswerKind::kTimeout, 0, "the request cannot be sent: nothing takes it"};
  } else {
    failed = lost(::modbus_strerror(errno));
  }
  return false;
}

/// One frame, or false and why there is none.
bool ModbusConnection::receive(core::TimePoint deadline, ModbusReply& reply, WireAnswer& failed) {
  if (!wait_readable(fd_, deadline - clock_.now())) {
    failed = timed_out(false);
    return false;
  }
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - clock_.now());
  const auto left_us = static_cast<std::uint32_t>(std::max<std::int64_t>(left.count(), 1));
  ::modbus_set_response_timeout(library_->context, left_us / 1'000'000, left_us % 1'000'000);
  const int size = ::modbus_receive_confirmation(library_->context, frame_.data());
  last_byte_ = clock_.now();
  if (size < 0) {
    switch (errno) {
      case ETIMEDOUT:
        failed = timed_out(true);
        break;
      case EMBBADCRC:
        failed = misfit("its CRC is wrong");
        break;
      case EMBBADDATA:
        failed = misfit("it is no Modbus frame");
        break;
      case ECONNRESET:
        failed = lost("closed by the other side");
        break;
      default:
        failed = lost(::modbus_strerror(errno));
    }
    return false;
  }
  if (size == 0) {  // a serial frame of another unit
    failed = misfit("it comes from unit " + std::to_string(frame_[0]));
    return false;
  }
  const auto frame = std::span<const std::uint8_t>(frame_).first(static_cast<std::size_t>(size));
  const auto found = serial() ? split_modbus_rtu(frame) : split_modbus_tcp(frame);
  if (!found) {
    failed = misfit("it is no Modbus frame");
    return false;
  }
  reply = *found;
  return true;
}

WireAnswer ModbusConnection::timed_out(bool in_part) {
  ++timeouts_in_a_row_;
  if (serial()) {
    quiet_wanted_ = true;
    late_seen_ = in_part;
    last_byte_ = clock_.now();
    quiet_until_ = clock_.now() + config_.response_timeout;
  } else if (in_part || timeouts_in_a_row_ >= 2) {
    close();
  } else {
    std::rotate(abandoned_.begin(), abandoned_.begin() + 1, abandoned_.end());
    abandoned_.back() = transaction_;
  }
  return {AnswerKind::kTimeout, 0, in_part ? "half an answer in its time" : "no answer in time"};
}

WireAnswer ModbusConnection::misfit(std::string_view why) {
  if (serial()) {
    // The line stays; whatever else is on it is let pass.
    quiet_wanted_ = true;
    late_seen_ = false;
    quiet_until_ = clock_.now() + kLineSilence;
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

WireAnswer ModbusConnection::wait_for_reply(const ModbusRequest& request,
                                            std::span<std::uint16_t> out,
                                            core::TimePoint deadline) {
  WireAnswer failed;
  ModbusReply reply;
  do {
    if (!receive(deadline, reply, failed)) return failed;
  } while (!serial() && reply.transaction != transaction_ && forget_abandoned(reply.transaction));
  if (!serial() && reply.transaction != transaction_)
    return misfit("it carries another transaction's number");
  if (reply.unit != request.unit) return misfit("it comes from unit " + std::to_string(reply.unit));
  const ModbusVerdict verdict = judge_modbus_reply(request, reply.pdu, out);
  timeouts_in_a_row_ = 0;
  switch (verdict.kind) {
    case ModbusVerdict::Kind::kGood:
      return {AnswerKind::kGood, 0, {}};
    case ModbusVerdict::Kind::kException:
      return {AnswerKind::kException, verdict.exception, {}};
    case ModbusVerdict::Kind::kMisfit:
      break;
  }
  return misfit(verdict.why);
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
  if (!send_request(request, failed)) return failed;
  return wait_for_reply(request, out, deadline);
}

}  // namespace portcullis::plc
