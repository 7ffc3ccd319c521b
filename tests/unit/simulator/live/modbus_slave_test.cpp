#include "simulator/live/modbus_slave.h"

#include "simulator/live/modbus_rtu.h"

#include <gtest/gtest.h>

#include <random>

namespace portcullis::simulator {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Frames follow the examples of the MODBUS Application Protocol V1.1b3, section 6.
class Slave : public testing::Test {
 protected:
  Slave() {
    tables_.discrete_inputs.assign(40, false);
    tables_.coils.assign(40, false);
    tables_.input_registers.assign(20, 0);
    tables_.holding_registers.assign(130, 0);
  }
  ModbusTables tables_;
  ModbusSlave slave_{tables_, 1};
};

TEST_F(Slave, reads_coils_low_bit_first) {
  // Section 6.1's example: 19 coils CD 6B 05.
  const Bytes packed{0xCD, 0x6B, 0x05};
  for (std::size_t i = 0; i < 19; ++i) tables_.coils[0x13 + i] = (packed[i / 8] >> i % 8 & 1) != 0;
  EXPECT_EQ(slave_.answer(Bytes{0x01, 0x00, 0x13, 0x00, 0x13}),
            (Bytes{0x01, 0x03, 0xCD, 0x6B, 0x05}));
}

TEST_F(Slave, reads_discrete_inputs) {
  tables_.discrete_inputs[3] = true;
  EXPECT_EQ(slave_.answer(Bytes{0x02, 0x00, 0x03, 0x00, 0x01}), (Bytes{0x02, 0x01, 0x01}));
}

TEST_F(Slave, reads_holding_and_input_registers_high_byte_first) {
  tables_.holding_registers[0x6B] = 0x022B;
  tables_.holding_registers[0x6D] = 0x0064;
  EXPECT_EQ(slave_.answer(Bytes{0x03, 0x00, 0x6B, 0x00, 0x03}),
            (Bytes{0x03, 0x06, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64}));
  tables_.input_registers[8] = 0x000A;
  EXPECT_EQ(slave_.answer(Bytes{0x04, 0x00, 0x08, 0x00, 0x01}), (Bytes{0x04, 0x02, 0x00, 0x0A}));
}

TEST_F(Slave, writes_one_coil_and_one_register) {
  EXPECT_EQ(slave_.answer(Bytes{0x05, 0x00, 0x05, 0xFF, 0x00}),
            (Bytes{0x05, 0x00, 0x05, 0xFF, 0x00}));
  EXPECT_TRUE(tables_.coils[5]);
  EXPECT_EQ(slave_.answer(Bytes{0x05, 0x00, 0x05, 0x12, 0x34}), (Bytes{0x85, 0x03}));
  EXPECT_TRUE(tables_.coils[5]);
  EXPECT_EQ(slave_.answer(Bytes{0x06, 0x00, 0x01, 0x00, 0x03}),
            (Bytes{0x06, 0x00, 0x01, 0x00, 0x03}));
  EXPECT_EQ(tables_.holding_registers[1], 3);
}

TEST_F(Slave, writes_many) {
  // Section 6.11: ten coils from 0x13, CD 01. Section 6.12: two registers from 1, 000A 0102.
  EXPECT_EQ(slave_.answer(Bytes{0x0F, 0x00, 0x13, 0x00, 0x0A, 0x02, 0xCD, 0x01}),
            (Bytes{0x0F, 0x00, 0x13, 0x00, 0x0A}));
  const std::vector<bool> expected{true, false, true, true, false, false, true, true, true, false};
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(tables_.coils[0x13 + i], expected[i]) << i;
  EXPECT_EQ(slave_.answer(Bytes{0x10, 0x00, 0x01, 0x00, 0x02, 0x04, 0x00, 0x0A, 0x01, 0x02}),
            (Bytes{0x10, 0x00, 0x01, 0x00, 0x02}));
  EXPECT_EQ(tables_.holding_registers[1], 0x000A);
  EXPECT_EQ(tables_.holding_registers[2], 0x0102);
}

struct Refusal {
  const char* what;
  Bytes request;
  std::uint8_t code;
};
class SlaveRefuses : public Slave, public testing::WithParamInterface<Refusal> {};

TEST_P(SlaveRefuses, with_the_right_exception) {
  const Refusal& refusal = GetParam();
  const Bytes expected{static_cast<std::uint8_t>(refusal.request[0] | 0x80), refusal.code};
  EXPECT_EQ(slave_.answer(refusal.request), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Requests, SlaveRefuses,
    testing::Values(Refusal{"unknown_function", {0x2B, 0x0E, 0x01, 0x00}, 1},
                    Refusal{"past_the_end", {0x02, 0x00, 0x27, 0x00, 0x02}, 2},
                    Refusal{"far_address", {0x03, 0xFF, 0xFF, 0x00, 0x01}, 2},
                    Refusal{"quantity_zero", {0x01, 0x00, 0x00, 0x00, 0x00}, 3},
                    Refusal{"too_many_bits", {0x01, 0x00, 0x00, 0x07, 0xD1}, 3},
                    Refusal{"too_many_registers", {0x03, 0x00, 0x00, 0x00, 0x7E}, 3},
                    Refusal{"short_read", {0x04, 0x00, 0x00}, 3},
                    Refusal{"long_read", {0x04, 0x00, 0x00, 0x00, 0x01, 0x00}, 3},
                    Refusal{"only_function", {0x10}, 3},
                    Refusal{"coil_past_the_end", {0x05, 0x00, 0x28, 0x00, 0x00}, 2},
                    Refusal{"register_past_the_end", {0x06, 0x00, 0x82, 0x00, 0x00}, 2},
                    Refusal{"byte_count_lies", {0x10, 0x00, 0x00, 0x00, 0x02, 0x02, 0x00, 0x01}, 3},
                    Refusal{"bytes_missing", {0x10, 0x00, 0x00, 0x00, 0x02, 0x04, 0x00, 0x01}, 3},
                    Refusal{
                        "coils_bytes_extra", {0x0F, 0x00, 0x00, 0x00, 0x01, 0x01, 0x00, 0x00}, 3}),
    [](const auto& row) { return std::string(row.param.what); });

TEST_F(Slave, a_refused_write_changes_nothing) {
  ModbusSlave strict(tables_, 1,
                     [](const std::vector<std::uint16_t>& holding, std::size_t, std::size_t) {
                       return holding[3] <= 100;
                     });
  EXPECT_EQ(strict.answer(Bytes{0x10, 0x00, 0x02, 0x00, 0x02, 0x04, 0x00, 0x01, 0x00, 0xFF}),
            (Bytes{0x90, 0x03}));
  EXPECT_EQ(tables_.holding_registers[2], 0);
}

TEST_F(Slave, frames_keep_transaction_and_unit) {
  tables_.input_registers[0] = 0x1234;
  EXPECT_EQ(slave_.answer_frame(Bytes{0xAB, 0xCD, 0, 0, 0, 6, 1, 0x04, 0, 0, 0, 1}),
            (Bytes{0xAB, 0xCD, 0, 0, 0, 5, 1, 0x04, 2, 0x12, 0x34}));
  EXPECT_EQ(slave_.answer_frame(Bytes{0, 1, 0, 0, 0, 6, 9, 0x04, 0, 0, 0, 1}),
            (Bytes{0, 1, 0, 0, 0, 3, 9, 0x84, 11}));
  EXPECT_EQ(slave_.answer_frame(Bytes{0, 1, 0, 0, 0, 6, 1, 0x04, 0, 0, 0, 1},
                                ModbusException::kServerDeviceBusy),
            (Bytes{0, 1, 0, 0, 0, 3, 1, 0x84, 6}));
}

TEST(ModbusFramer, cuts_frames_from_pieces) {
  ModbusFramer framer;
  const Bytes two{0, 1, 0, 0, 0, 2, 1, 7, 0, 2, 0, 0, 0, 3, 1, 8, 9};
  std::vector<Bytes> frames;
  for (const std::uint8_t byte : two) {
    framer.push({&byte, 1});
    while (auto frame = framer.next()) frames.push_back(*frame);
  }
  EXPECT_EQ(frames, (std::vector<Bytes>{{0, 1, 0, 0, 0, 2, 1, 7}, {0, 2, 0, 0, 0, 3, 1, 8, 9}}));
  EXPECT_FALSE(framer.lost());
}

TEST(ModbusFramer, gives_up_on_an_impossible_header) {
  for (const Bytes& header : {Bytes{0, 1, 0, 1, 0, 6}, Bytes{0, 1, 0, 0, 0, 1},
                              Bytes{0, 1, 0, 0, 0, 255}, Bytes{0, 1, 0, 0, 1, 0}}) {
    ModbusFramer framer;
    framer.push(header);
    EXPECT_FALSE(framer.next().has_value());
    EXPECT_TRUE(framer.lost());
  }
}

TEST_F(Slave, random_requests_never_break_it) {
  const unsigned seed = 20260304;
  RecordProperty("seed", static_cast<int>(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 200'000; ++i) {
    Bytes pdu(random() % 20);
    for (auto& byte : pdu)
      byte = static_cast<std::uint8_t>(random() % 4 == 0 ? random() : random() % 17);
    const Bytes reply = slave_.answer(pdu);
    ASSERT_EQ(reply.empty(), pdu.empty());
    ASSERT_LE(reply.size(), 253U);
    if (!reply.empty()) {
      ASSERT_EQ(reply[0] & 0x7F, pdu[0] & 0x7F);
    }
  }
}

// MODBUS over Serial Line V1.02, 6.2.2: the CRC of 02 07 is 0x1241, sent as 41 12.
TEST(ModbusRtu, crc_of_the_specification) {
  EXPECT_EQ(modbus_rtu_crc(std::vector<std::uint8_t>{0x02, 0x07}), 0x1241);
}

TEST(ModbusRtu, requests_are_cut_wherever_their_bytes_come) {
  // Read 2 input registers; write 1 register (function 16): both to unit 17.
  std::vector<std::uint8_t> line;
  const std::vector<std::vector<std::uint8_t>> requests = {{17, 4, 0, 8, 0, 2},
                                                           {17, 16, 0, 1, 0, 1, 2, 0xAB, 0xCD}};
  for (const auto& request : requests) {
    line.insert(line.end(), request.begin(), request.end());
    const std::uint16_t crc = modbus_rtu_crc(request);
    line.push_back(static_cast<std::uint8_t>(crc & 0xFF));
    line.push_back(static_cast<std::uint8_t>(crc >> 8));
  }
  for (std::size_t cut = 0; cut <= line.size(); ++cut) {
    ModbusRtuFramer framer;
    std::vector<std::vector<std::uint8_t>> seen;
    const auto take = [&](std::span<const std::uint8_t> bytes) {
      framer.push(bytes);
      while (auto request = framer.next()) seen.push_back(std::move(*request));
    };
    take(std::span(line).first(cut));
    take(std::span(line).subspan(cut));
    EXPECT_EQ(seen, requests) << cut;
  }
  // Damage loses what came with it; silence ends a beginning.
  ModbusRtuFramer framer;
  line[3] ^= 1;
  framer.push(line);
  EXPECT_FALSE(framer.next());
  line[3] ^= 1;
  framer.push(std::span(line).first(3));
  EXPECT_FALSE(framer.next());
  framer.clear();
  framer.push(line);
  EXPECT_EQ(framer.next(), requests[0]);
}

TEST(ModbusRtu, another_unit_s_request_is_not_answered) {
  ModbusTables tables;
  tables.input_registers = {1, 2, 3};
  ModbusSlave slave(tables, 17);
  EXPECT_EQ(slave.answer_serial(std::vector<std::uint8_t>{17, 4, 0, 1, 0, 1}),
            (std::vector<std::uint8_t>{17, 4, 2, 0, 2}));
  EXPECT_TRUE(slave.answer_serial(std::vector<std::uint8_t>{18, 4, 0, 1, 0, 1}).empty());
  EXPECT_EQ(slave.answer_serial(std::vector<std::uint8_t>{17, 4, 0, 1, 0, 1},
                                ModbusException::kServerDeviceBusy),
            (std::vector<std::uint8_t>{17, 0x84, 6}));
}

}  // namespace
}  // namespace portcullis::simulator
