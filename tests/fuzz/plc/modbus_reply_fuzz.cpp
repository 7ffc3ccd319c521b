// Whatever bytes answer a Modbus request: a value is taken only from a reply that fits its request,
// and nothing beyond what was asked for is touched. The bytes go by a local socket through the
// library and our judgement of what it gives; as a serial frame past the library.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/time.h"
#include "plc/modbus/connection.h"

using namespace portcullis;

namespace {

constexpr std::uint16_t kMark = 0xA5A5;

struct LocalPeer {
  LocalPeer() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = "portcullis-modbus-fuzz-" + std::to_string(::getpid());
    name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
    listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, 1) != 0)
      std::abort();
    std::memcpy(&config.address, &address, sizeof address);
    config.address_size = sizeof address;
  }
  int listener;
  plc::ModbusConnection::Config config;
};

void check(const plc::ModbusRequest& request, bool good, const std::vector<std::uint16_t>& out) {
  const std::size_t from = good && request.function < 15 ? request.count : 0;
  for (std::size_t i = from; i < out.size(); ++i)
    if (out[i] != kMark) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  constexpr std::uint8_t kFunctions[] = {1, 2, 3, 4, 15, 16};
  plc::ModbusRequest request;
  request.unit = data[0];
  request.function = kFunctions[data[1] % 6];
  request.count = static_cast<std::uint16_t>(1 + data[2] % 120);
  const std::vector<std::uint16_t> written(request.count, 1);
  request.words = written;
  if (plc::encode_modbus_tcp(request, 7).size > 260 || plc::encode_modbus_raw(request).size > 254)
    std::abort();
  const std::span<const std::uint8_t> bytes(data + 4, size - 4);

  if (const auto reply = plc::split_modbus_rtu(bytes)) {
    std::vector<std::uint16_t> out(request.count + 8U, kMark);
    const auto verdict = plc::judge_modbus_reply(request, reply->pdu, out);
    check(request, verdict.kind == plc::ModbusVerdict::Kind::kGood, out);
  }

  // Its first request has the transaction id 1. What was sent is all there is: nothing is waited
  // for.
  static LocalPeer peer;
  static const core::SystemClock clock;
  peer.config.unit = request.unit;
  plc::ModbusConnection connection(peer.config, clock);
  std::string why;
  if (connection.advance(why) != plc::ModbusWire::Progress::kOpened) std::abort();
  const int other = ::accept(peer.listener, nullptr, nullptr);
  if (::send(other, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
    std::abort();
  ::shutdown(other, SHUT_WR);
  std::vector<std::uint16_t> out(request.count + 8U, kMark);
  const auto answer =
      connection.transact(request.function, 0, request.count, written, std::span(out));
  check(request, answer.good(), out);
  ::close(other);
  return 0;
}
