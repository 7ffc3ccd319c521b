#include "plc/modbus/command_words.h"

#include <gtest/gtest.h>

namespace portcullis::plc {
namespace {

TEST(CommandWords, StandAtTheirAddresses) {
  PlcOutputs out;
  out.request_beam_permit = true;
  out.light_entry_green = true;
  out.target_speed_mm_s = 400;
  out.direction = 2;
  out.lane_state = 9;
  out.driver_panel_message = 3;
  out.bays_exit_open = 0x81;  // bays 1 and 8
  out.bays_to_entry = 0x80;
  const CommandWords words = encode_commands(TagMap::built_in(), out, 0xBEEF, 0x0102, 300);
  // Coils: permit, motion, warning, entry open, entry close, exit open, exit close, entry red,
  // entry green, exit red, exit green, reset.
  EXPECT_EQ(words.coils, (std::vector<std::uint16_t>{1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0}));
  // Holding: heartbeat, sequence, speed (two), direction, state, watchdog, panel, bays (two).
  EXPECT_EQ(words.holding,
            (std::vector<std::uint16_t>{0xBEEF, 0x0102, 0, 400, 2, 9, 300, 3, 0x81, 0x80}));
}

TEST(CommandWords, NothingIsAskedForByDefault) {
  const CommandWords words = encode_commands(TagMap::built_in(), {}, 0, 0, 300);
  for (const std::uint16_t coil : words.coils) EXPECT_EQ(coil, 0);
}

TEST(CommandWords, TakingBeamOrMotionAwayIsAWithdrawal) {
  PlcOutputs both;
  both.request_beam_permit = both.request_motion = true;
  PlcOutputs beam = both, motion = both;
  beam.request_motion = false;
  motion.request_beam_permit = false;
  EXPECT_TRUE(withdraws(both, beam));
  EXPECT_TRUE(withdraws(both, motion));
  EXPECT_TRUE(withdraws(beam, motion));
  EXPECT_FALSE(withdraws({}, both));
  EXPECT_FALSE(withdraws(both, both));
}

TEST(CommandWords, AllowListIsExactlyTheWritableTags) {
  const auto coils = TagMap::built_in().write_runs(Area::kCoil);
  ASSERT_EQ(coils.size(), 1U);
  EXPECT_EQ(coils[0].first, 0);
  EXPECT_EQ(coils[0].count, 12);
  const auto holding = TagMap::built_in().write_runs(Area::kHoldingRegister);
  ASSERT_EQ(holding.size(), 1U);
  EXPECT_EQ(holding[0].count, 10);
  EXPECT_TRUE(TagMap::built_in().write_runs(Area::kDiscreteInput).empty());
  EXPECT_TRUE(TagMap::built_in().write_runs(Area::kInputRegister).empty());
}

// Modbus Application Protocol V1.1b3, section 7: the codes and what they mean.
TEST(CommandWords, EveryExceptionCodeHasAnOutcome) {
  for (const int code : {1, 2, 3, 4, 7, 8, 9, 12, 0, 255})
    EXPECT_EQ(exception_outcome(code), ExceptionOutcome::kInvalidate) << code;
  for (const int code : {5, 6})
    EXPECT_EQ(exception_outcome(code), ExceptionOutcome::kRetry) << code;
  for (const int code : {10, 11})
    EXPECT_EQ(exception_outcome(code), ExceptionOutcome::kReopen) << code;
}

}  // namespace
}  // namespace portcullis::plc
