// The Modbus codec against the examples of the specifications and against damage.
#include "plc/modbus/wire.h"

#include <gtest/gtest.h>

#include <vector>

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

// MODBUS over Serial Line V1.02, 6.2.2: the CRC of 02 07 is 0x1241, sent as 41 12.
TEST(ModbusWire, CrcOfTheSpecification) {
  EXPECT_EQ(modbus_crc(Bytes{0x02, 0x07}), 0x1241);
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
  const Bytes rtu = bytes_of(encode_modbus_rtu(force));
  EXPECT_EQ(Bytes(rtu.begin(), rtu.end() - 2),
            (Bytes{0x11, 0x0F, 0x00, 0x13, 0x00, 0x0A, 0x02, 0xCD, 0x01}));
  // The check of a whole frame with its CRC is 0.
  EXPECT_EQ(modbus_crc(rtu), 0);
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

TEST(ModbusWire, TcpStreamCutsWhereverBytesArrive) {
  const Bytes two{0, 1, 0, 0, 0, 3, 17, 0x84, 2, 0, 2, 0, 0, 0, 5, 17, 4, 2, 0xAB, 0xCD};
  for (std::size_t cut = 0; cut <= two.size(); ++cut) {
    ModbusStream stream(ModbusStream::Wire::kTcp);
    std::vector<std::pair<int, std::size_t>> seen;
    const auto drain = [&] {
      while (const auto reply = stream.next())
        seen.emplace_back(reply->transaction, reply->pdu.size());
    };
    stream.push(std::span(two).first(cut));
    drain();
    stream.push(std::span(two).subspan(cut));
    drain();
    EXPECT_EQ(seen, (std::vector<std::pair<int, std::size_t>>{{1, 2}, {2, 4}})) << cut;
    EXPECT_TRUE(stream.empty());
  }
  for (const Bytes& wrong : {Bytes{0, 1, 0, 1, 0, 3, 1}, Bytes{0, 1, 0, 0, 0, 2, 1},
                             Bytes{0, 1, 0, 0, 0, 255, 1}, Bytes{0, 1, 0, 0, 1, 0, 1}}) {
    ModbusStream stream(ModbusStream::Wire::kTcp);
    stream.push(wrong);
    EXPECT_FALSE(stream.next());
    EXPECT_TRUE(stream.lost());
  }
}

TEST(ModbusWire, RtuStreamKnowsItsEndAndItsCrc) {
  Bytes frame{0x11, 0x04, 0x02, 0x00, 0x2A};
  const std::uint16_t crc = modbus_crc(frame);
  frame.push_back(static_cast<std::uint8_t>(crc & 0xFF));
  frame.push_back(static_cast<std::uint8_t>(crc >> 8));
  ModbusStream stream(ModbusStream::Wire::kRtu);
  for (const std::uint8_t byte : frame) {
    EXPECT_FALSE(stream.next());
    stream.push({&byte, 1});
  }
  const auto reply = stream.next();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->unit, 0x11);
  EXPECT_EQ(Bytes(reply->pdu.begin(), reply->pdu.end()), (Bytes{0x04, 0x02, 0x00, 0x2A}));
  // Every single wrong bit is noticed: as a wrong CRC, another length or no frame at all.
  for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
    Bytes damaged = frame;
    damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ 1U << bit % 8);
    ModbusStream other(ModbusStream::Wire::kRtu);
    other.push(damaged);
    EXPECT_FALSE(other.next()) << bit;
  }
}

TEST(ModbusWire, AFloodLosesTheStreamAndNothingElse) {
  ModbusStream stream(ModbusStream::Wire::kTcp);
  const Bytes many(700, 0);
  stream.push(many);
  EXPECT_FALSE(stream.lost());
  stream.push(many);
  EXPECT_TRUE(stream.lost());
  stream.clear();
  EXPECT_FALSE(stream.lost());
  EXPECT_TRUE(stream.empty());
}

}  // namespace
}  // namespace portcullis::plc
