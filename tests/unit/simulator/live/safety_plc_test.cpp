#include "simulator/live/safety_plc.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

/// A PLC in a healthy lane with a living lane computer.
class Grants : public testing::Test {
 protected:
  void run(double seconds) {
    for (int i = 0; i < static_cast<int>(seconds * 200 + 0.5); ++i) step();
  }
  void step() {
    now_ += milliseconds(5);
    if (lane_lives_) ++commands_.lane_heartbeat;
    PlcDiscreteInputs inputs = field_;
    inputs.warning_lamp_current = commands_.warning_on && lamp_works_;
    plc_.tick(now_, inputs, commands_);
    inputs_ = inputs;
  }
  void grant() {
    commands_.warning_on = commands_.request_beam_permit = commands_.request_motion = true;
    run(5.1);
    ASSERT_TRUE(inputs_.beam_permit_granted);
  }

  core::TimePoint now_{std::chrono::hours(1)};
  SafetyPlc plc_{5.0, now_};
  PlcCommands commands_;
  PlcDiscreteInputs field_ = [] {
    PlcDiscreteInputs inputs;
    inputs.search_complete = true;
    return inputs;
  }();
  PlcDiscreteInputs inputs_;
  bool lane_lives_ = true, lamp_works_ = true;
};

TEST_F(Grants, beam_only_after_five_seconds_of_warning) {
  commands_.warning_on = commands_.request_beam_permit = true;
  run(4.95);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_TRUE(inputs_.trigger_inhibit);
  EXPECT_FALSE(inputs_.source_hv_contactor);
  run(0.1);
  EXPECT_TRUE(inputs_.beam_permit_granted);
  EXPECT_FALSE(inputs_.trigger_inhibit);
  EXPECT_TRUE(inputs_.source_hv_contactor);
}

TEST_F(Grants, a_break_in_the_warning_starts_the_five_seconds_anew) {
  commands_.warning_on = commands_.request_beam_permit = true;
  run(4.5);
  commands_.warning_on = false;
  step();
  commands_.warning_on = true;
  run(4.9);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  run(0.2);
  EXPECT_TRUE(inputs_.beam_permit_granted);
}

TEST_F(Grants, nothing_without_a_request_or_a_living_lane) {
  commands_.warning_on = true;
  run(6);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_FALSE(inputs_.motion_permit_granted);
  lane_lives_ = false;
  run(1);
  commands_.request_beam_permit = commands_.request_motion = true;
  run(6);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_FALSE(inputs_.motion_permit_granted);
}

TEST_F(Grants, a_silent_lane_loses_both_permits_within_the_watchdog_and_latches) {
  commands_.watchdog_ms = 200;
  grant();
  lane_lives_ = false;
  run(0.19);
  EXPECT_TRUE(inputs_.beam_permit_granted);
  run(0.02);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_FALSE(inputs_.motion_permit_granted);
  EXPECT_EQ(plc_.fault_word(), plc_fault::kLaneHeartbeatLost);
  EXPECT_EQ(plc_.first_out_code(), kFirstOutLaneHeartbeat);
  lane_lives_ = true;
  run(6);
  EXPECT_FALSE(inputs_.beam_permit_granted);  // latched until reset
  commands_.fault_reset = true;
  step();
  EXPECT_EQ(plc_.fault_word(), 0);
}

TEST_F(Grants, a_lost_permit_needs_a_new_request) {
  grant();
  field_.people_clear = false;
  step();
  EXPECT_FALSE(inputs_.beam_permit_granted);
  field_.people_clear = true;
  run(6);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_TRUE(inputs_.motion_permit_granted);
  commands_.request_beam_permit = false;
  step();
  commands_.request_beam_permit = true;
  step();
  EXPECT_TRUE(inputs_.beam_permit_granted);  // the warning had gone on
}

TEST_F(Grants, emergency_stop_latches_and_resets_only_when_its_cause_is_gone) {
  grant();
  field_.estop_source_ok = false;
  step();
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_FALSE(inputs_.motion_permit_granted);
  EXPECT_TRUE(plc_.emergency_stop());
  commands_.fault_reset = true;
  step();
  EXPECT_TRUE(plc_.emergency_stop());
  commands_.fault_reset = false;
  field_.estop_source_ok = true;
  run(1);
  EXPECT_TRUE(plc_.emergency_stop());
  commands_.fault_reset = true;
  step();
  EXPECT_FALSE(plc_.emergency_stop());
  EXPECT_FALSE(inputs_.beam_permit_granted);  // reset is not restart
}

TEST_F(Grants, channels_that_differ_for_half_a_second_latch) {
  field_.door_3_closed_b = false;
  run(0.49);
  EXPECT_EQ(plc_.fault_word(), 0);
  field_.door_3_closed_b = true;
  run(0.1);
  field_.door_3_closed_b = false;
  run(0.52);
  EXPECT_EQ(plc_.fault_word(), plc_fault::kChannelsDiffer);
  // Inputs are numbered in the table's order, so door 3 channel B is the tenth.
  EXPECT_EQ(plc_.first_out_code(), 10);
}

TEST_F(Grants, a_dark_lamp_is_a_fault) {
  lamp_works_ = false;
  commands_.warning_on = commands_.request_beam_permit = true;
  run(6);
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_EQ(plc_.fault_word(), plc_fault::kLampFailed);
}

TEST_F(Grants, beam_without_a_permit_is_a_fault_after_150_ms) {
  field_.beam_sensed = true;
  run(0.14);
  EXPECT_EQ(plc_.fault_word(), 0);
  run(0.03);
  EXPECT_EQ(plc_.fault_word(), plc_fault::kBeamUnpermitted);
}

TEST_F(Grants, heartbeat_counts_twenty_a_second_and_freezes_on_demand) {
  const std::uint16_t before = plc_.heartbeat();
  run(2);
  EXPECT_EQ(plc_.heartbeat() - before, 40);
  plc_.set_heartbeat_frozen(true);
  const std::uint16_t frozen = plc_.heartbeat();
  run(1);
  EXPECT_EQ(plc_.heartbeat(), frozen);
}

TEST_F(Grants, echoes_the_command_sequence) {
  commands_.command_sequence = 4711;
  step();
  EXPECT_EQ(plc_.command_echo(), 4711);
}

struct Loss {
  const char* input;
  bool unhealthy;
  bool motion_too;
};
class ChainLoss : public Grants, public testing::WithParamInterface<Loss> {};

TEST_P(ChainLoss, takes_the_beam_permit_in_the_same_tick) {
  grant();
  const PlcInputName* input = find_plc_input(GetParam().input);
  ASSERT_NE(input, nullptr);
  field_.*input->member = GetParam().unhealthy;
  step();
  EXPECT_FALSE(inputs_.beam_permit_granted);
  EXPECT_TRUE(inputs_.trigger_inhibit);
  EXPECT_FALSE(inputs_.source_hv_contactor);
  EXPECT_EQ(inputs_.motion_permit_granted, !GetParam().motion_too);
  EXPECT_EQ(plc_input_names()[plc_.first_out_code() - 1].name, GetParam().input);
}

INSTANTIATE_TEST_SUITE_P(
    EveryInterlock, ChainLoss,
    testing::Values(Loss{"estop_chain_healthy", false, true}, Loss{"estop_panel_ok", false, true},
                    Loss{"estop_source_ok", false, true}, Loss{"estop_detector_ok", false, true},
                    Loss{"door_1_closed_a", false, true}, Loss{"door_1_closed_b", false, true},
                    Loss{"door_2_closed_a", false, true}, Loss{"door_2_closed_b", false, true},
                    Loss{"door_3_closed_a", false, true}, Loss{"door_3_closed_b", false, true},
                    Loss{"door_4_closed_a", false, true}, Loss{"door_4_closed_b", false, true},
                    Loss{"curtain_1_clear_a", false, true}, Loss{"curtain_1_clear_b", false, true},
                    Loss{"curtain_2_clear_a", false, true}, Loss{"curtain_2_clear_b", false, true},
                    Loss{"curtain_3_clear_a", false, true}, Loss{"curtain_3_clear_b", false, true},
                    Loss{"curtain_4_clear_a", false, true}, Loss{"curtain_4_clear_b", false, true},
                    Loss{"search_complete", false, false}, Loss{"key_on", false, true},
                    Loss{"people_clear", false, true}, Loss{"cab_clear", false, true},
                    Loss{"dose_monitor_ok", false, true}, Loss{"dose_monitor_alarm", true, true},
                    Loss{"bypass_active", true, false}, Loss{"barrier_entry_closed", false, false},
                    Loss{"barrier_exit_closed", false, false}),
    [](const auto& row) { return std::string(row.param.input); });

}  // namespace
}  // namespace portcullis::simulator
