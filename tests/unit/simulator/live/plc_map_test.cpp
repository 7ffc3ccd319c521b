#include "simulator/live/plc_map.h"

#include <gtest/gtest.h>

namespace portcullis::simulator {
namespace {

// Addresses counted by hand in the order of the PLC table of the protocol description.

TEST(PlcMap, serves_every_tag) {
  const auto status = PlcMap::check();
  EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().message);
}

TEST(PlcMap, puts_inputs_at_their_addresses) {
  ModbusTables tables = PlcMap::make_tables();
  PlcDiscreteInputs inputs;
  inputs.estop_chain_healthy = false;
  inputs.door_1_closed_b = false;
  inputs.search_complete = true;
  PlcInputRegisters registers;
  registers.speed_mm_s = -400;
  registers.encoder_counts = 0x00012345;
  registers.gantry_position_mm = -3000;
  registers.plc_heartbeat = 77;
  registers.first_out_time_ms = 0xA0000001;
  registers.bays_occupied = 0x05;
  registers.bays_free = 0xFA;
  PlcMap::publish(inputs, registers, tables);
  EXPECT_FALSE(tables.discrete_inputs[0]);
  EXPECT_TRUE(tables.discrete_inputs[1]);
  EXPECT_FALSE(tables.discrete_inputs[5]);
  EXPECT_TRUE(tables.discrete_inputs[20]);
  EXPECT_TRUE(tables.discrete_inputs.back());  // simulated
  const std::vector<std::uint16_t> expected{0xFFFF, 0xFE70, 0x0001, 0x2345, 0xFFFF, 0xF448,
                                            80,     32,     77,     0,      0,      0,
                                            0xA000, 0x0001, 1,      0x05,   0xFA};
  EXPECT_EQ(tables.input_registers, expected);
}

TEST(PlcMap, reads_commands) {
  ModbusTables tables = PlcMap::make_tables();
  EXPECT_EQ(PlcMap::read_commands(tables).watchdog_ms, 300);
  tables.coils[0] = tables.coils[8] = tables.coils[11] = true;
  tables.holding_registers = {5, 6, 0, 400, 1, 9, 250, 3, 2, 2};
  const PlcCommands commands = PlcMap::read_commands(tables);
  EXPECT_TRUE(commands.request_beam_permit);
  EXPECT_FALSE(commands.request_motion);
  EXPECT_TRUE(commands.light_entry_green);
  EXPECT_TRUE(commands.fault_reset);
  EXPECT_EQ(commands.lane_heartbeat, 5);
  EXPECT_EQ(commands.command_sequence, 6);
  EXPECT_EQ(commands.target_speed_mm_s, 400);
  EXPECT_EQ(commands.direction, 1);
  EXPECT_EQ(commands.lane_state, 9);
  EXPECT_EQ(commands.watchdog_ms, 250);
  EXPECT_EQ(commands.driver_panel_message, 3);
  EXPECT_EQ(commands.bays_exit_open, 2);
  EXPECT_EQ(commands.bays_to_entry, 2);
}

TEST(PlcMap, refuses_values_outside_their_range) {
  std::vector<std::uint16_t> holding{0, 0, 0, 400, 1, 0, 300, 0};
  EXPECT_TRUE(PlcMap::holding_in_range(holding, 0, 8));
  holding[6] = 99;  // watchdog 100 to 500 ms
  EXPECT_FALSE(PlcMap::holding_in_range(holding, 6, 1));
  EXPECT_TRUE(PlcMap::holding_in_range(holding, 0, 6));  // not touched
  holding[2] = 0xFFFF;                                   // a negative speed
  EXPECT_FALSE(PlcMap::holding_in_range(holding, 3, 1));
}

}  // namespace
}  // namespace portcullis::simulator
