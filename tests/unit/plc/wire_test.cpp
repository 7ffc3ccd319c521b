// The Modbus codec against the examples of the specifications and against damage, and a connection
// against a peer of bytes.
#include "plc/modbus/wire.h"

#include <gtest/gtest.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "plc/modbus/connection.h"
#include "tests/support/eventually.h"

namespace portcullis::plc {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const ModbusFrame& frame) {
  return {frame.bytes.begin(), frame.bytes.begin() + static_cast<std::ptrdiff_t>(frame.size)};
}

ModbusRequest read_request(std::uint8_t function, std::uint16_t first, std::uint16_t count) {
  ModbusRequest request;
  request.unit = 0x11;
  request.function = function;
  request.first = first;
  request.count = count;
  return request;
}

// MODBUS Application Protocol V1.1b3, 6.1 (read coils 20 to 38) and 6.12 (write two registers).
TEST(ModbusWire, RequestsAreTheSpecificationsOwn) {
  EXPECT_EQ(bytes_of(encode_modbus_tcp(read_request(1, 0x13, 0x13), 0x1501)),
            (Bytes{0x15, 0x01, 0, 0, 0, 6, 0x11, 0x01, 0x00, 0x13, 0x00, 0x13}));
  const std::vector<std::uint16_t> two{0x000A, 0x0102};
  ModbusRequest write = read_request(16, 1, 2);
  write.words = two;
  EXPECT_EQ(bytes_of(encode_modbus_tcp(write, 1)),
            (Bytes{0, 1, 0, 0, 0, 11, 0x11, 0x10, 0, 1, 0, 2, 4, 0x00, 0x0A, 0x01, 0x02}));
  // 6.11: ten coils from 20 on, CD 01.
  const std::vector<std::uint16_t> coils{1, 0, 1, 1, 0, 0, 1, 1, 1, 0};
  ModbusRequest force = read_request(15, 0x13, 10);
  force.words = coils;
  EXPECT_EQ(bytes_of(encode_modbus_raw(force)),
            (Bytes{0x11, 0x0F, 0x00, 0x13, 0x00, 0x0A, 0x02, 0xCD, 0x01}));
}

TEST(ModbusWire, RepliesAreReadOrRefused) {
  using Kind = ModbusVerdict::Kind;
  std::vector<std::uint16_t> out(32, 7);
  // 6.1: coils 27 to 20 are CD, 35 to 28 are 6B, 38 to 36 are 05.
  EXPECT_EQ(judge_modbus_reply(read_request(1, 0x13, 19), Bytes{1, 3, 0xCD, 0x6B, 0x05}, out).kind,
            Kind::kGood);
  const std::vector<std::uint16_t> bits{1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1};
  EXPECT_EQ(std::vector<std::uint16_t>(out.begin(), out.begin() + 19), bits);
  EXPECT_EQ(out[19], 7) << "nothing beyond what was asked for";
  // 6.3: three holding registers.
  EXPECT_EQ(judge_modbus_reply(read_request(3, 0x6B, 3),
                               Bytes{3, 6, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64}, out)
                .kind,
            Kind::kGood);
  EXPECT_EQ(out[0], 0x022B);
  EXPECT_EQ(out[2], 0x0064);

  struct Row {
    const char* what;
    std::uint8_t function;
    Bytes pdu;
    Kind kind;
    int exception;
  };
  const Row rows[] = {
      {"exception", 4, {0x84, 0x02}, Kind::kException, 2},
      {"unknown exception", 4, {0x84, 0xFF}, Kind::kException, 0xFF},
      {"exception with more", 4, {0x84, 0x02, 0x00}, Kind::kMisfit, 0},
      {"exception to another function", 4, {0x83, 0x02}, Kind::kMisfit, 0},
      {"another function", 4, {3, 2, 0, 1}, Kind::kMisfit, 0},
      {"fewer registers", 4, {4, 2, 0, 1}, Kind::kMisfit, 0},
      {"count says more than there is", 4, {4, 4, 0, 1}, Kind::kMisfit, 0},
      {"more than the count says", 4, {4, 4, 0, 1, 0, 2, 0}, Kind::kMisfit, 0},
      {"write echoes another address", 16, {16, 0, 2, 0, 2}, Kind::kMisfit, 0},
      {"write echoes another count", 16, {16, 0, 1, 0, 1}, Kind::kMisfit, 0},
      {"write cut short", 16, {16, 0, 1, 0}, Kind::kMisfit, 0},
      {"write as asked", 16, {16, 0, 1, 0, 2}, Kind::kGood, 0},
      {"empty", 4, {}, Kind::kMisfit, 0},
      {"function alone", 4, {4}, Kind::kMisfit, 0},
  };
  for (const Row& row : rows) {
    std::fill(out.begin(), out.end(), std::uint16_t{7});
    const auto verdict = judge_modbus_reply(read_request(row.function, 1, 2), row.pdu, out);
    EXPECT_EQ(verdict.kind, row.kind) << row.what;
    EXPECT_EQ(verdict.exception, row.exception) << row.what;
    EXPECT_EQ(verdict.why.empty(), row.kind != Kind::kMisfit) << row.what;
    EXPECT_EQ(out[0], 7) << row.what << ": values are only taken from good replies";
  }
}

TEST(ModbusWire, ReplyFramesAreSplitOrRefused) {
  const Bytes on_tcp{0x15, 0x01, 0, 0, 0, 5, 17, 4, 2, 0xAB, 0xCD};
  const auto tcp = split_modbus_tcp(on_tcp);
  ASSERT_TRUE(tcp);
  EXPECT_EQ(tcp->transaction, 0x1501);
  EXPECT_EQ(tcp->unit, 17);
  EXPECT_EQ(Bytes(tcp->pdu.begin(), tcp->pdu.end()), (Bytes{4, 2, 0xAB, 0xCD}));
  for (const Bytes& wrong : {Bytes{}, Bytes{0, 1, 0, 0, 0, 2, 1, 4},  // no data at all
                             Bytes{0, 1, 0, 1, 0, 3, 1, 0x84, 2},     // another protocol
                             Bytes{0, 1, 0, 0, 0, 4, 1, 0x84, 2},     // less than the header says
                             Bytes{0, 1, 0, 0, 0, 2, 1, 0x84, 2},     // more
                             Bytes{0, 1, 0, 0, 1, 3, 1, 0x84, 2}})
    EXPECT_FALSE(split_modbus_tcp(wrong)) << wrong.size();
  const Bytes on_line{0x11, 0x04, 0x02, 0x00, 0x2A, 0x78, 0xEC};
  const auto rtu = split_modbus_rtu(on_line);
  ASSERT_TRUE(rtu);
  EXPECT_EQ(rtu->unit, 0x11);
  EXPECT_EQ(Bytes(rtu->pdu.begin(), rtu->pdu.end()), (Bytes{0x04, 0x02, 0x00, 0x2A}));
  EXPECT_FALSE(split_modbus_rtu(Bytes{0x11, 0x84, 0x02, 0x00}));
}

/// The other end of a connection's stream socket, bytes alone.
class StreamPeer {
 public:
  StreamPeer() {
    address_.sun_family = AF_UNIX;
    // In the abstract name space: no file, and gone with the process.
    const std::string name = "portcullis-wire-test-" + std::to_string(::getpid());
    name.copy(address_.sun_path + 1, sizeof address_.sun_path - 1);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address_), sizeof address_) != 0 ||
        ::listen(listener_, 1) != 0)
      std::abort();
    std::memcpy(&config.address, &address_, sizeof address_);
    config.address_size = sizeof address_;
    config.unit = 0x11;
    config.response_timeout = std::chrono::seconds(2);
  }
  ~StreamPeer() {
    ::close(listener_);
    if (fd_ >= 0) ::close(fd_);
  }
  void accept() { fd_ = ::accept(listener_, nullptr, nullptr); }
  [[nodiscard]] Bytes take_request() const {
    Bytes bytes(260);
    const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return bytes;
  }
  void send(std::span<const std::uint8_t> bytes) const {
    if (::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) std::abort();
  }
  /// All that was sent has been read.
  [[nodiscard]] bool read_by_now() const {
    int left = 1;
    return ::ioctl(fd_, SIOCOUTQ, &left) == 0 && left == 0;
  }
  ModbusConnection::Config config;

 private:
  sockaddr_un address_{};
  int listener_ = -1, fd_ = -1;
};

TEST(ModbusConnection, AReplyIsTakenInWhateverPiecesItComes) {
  StreamPeer peer;
  const core::SystemClock clock;
  ModbusConnection connection(peer.config, clock);
  std::string why;
  ASSERT_EQ(connection.advance(why), ModbusWire::Progress::kOpened) << why;
  peer.accept();
  const Bytes reply{0, 0, 0, 0, 0, 7, 0x11, 4, 4, 0xAB, 0xCD, 0x00, 0x2A};
  for (std::size_t cut = 1; cut < reply.size(); ++cut) {
    bool all_read = false;
    std::thread answers([&] {
      const Bytes request = peer.take_request();
      Bytes mine = reply;
      std::copy(request.begin(), request.begin() + 2, mine.begin());
      peer.send(std::span(mine).first(cut));
      all_read = test::eventually([&] { return peer.read_by_now(); });
      peer.send(std::span(mine).subspan(cut));
    });
    std::array<std::uint16_t, 2> out{};
    const WireAnswer answer = connection.transact(4, 0, 2, {}, out);
    answers.join();
    EXPECT_TRUE(all_read) << cut;
    EXPECT_TRUE(answer.good()) << cut << " " << answer.text;
    EXPECT_EQ(out[0], 0xABCD) << cut;
    EXPECT_EQ(out[1], 0x002A) << cut;
  }
}

TEST(ModbusConnection, HalfAReplyInItsTimeEndsTheConnection) {
  StreamPeer peer;
  peer.config.response_timeout = std::chrono::milliseconds(20);
  const core::SystemClock clock;
  ModbusConnection connection(peer.config, clock);
  std::string why;
  ASSERT_EQ(connection.advance(why), ModbusWire::Progress::kOpened) << why;
  peer.accept();
  // What is left of it would be taken for the head of the next one.
  peer.send(Bytes{0, 1, 0, 0, 0, 7, 0x11, 4, 4, 0xAB});
  std::array<std::uint16_t, 2> out{};
  EXPECT_EQ(connection.transact(4, 0, 2, {}, out).kind, WireAnswer::Kind::kTimeout);
  EXPECT_FALSE(connection.open());
}

}  // namespace
}  // namespace portcullis::plc
