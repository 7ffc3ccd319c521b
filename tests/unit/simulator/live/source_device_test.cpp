#include "simulator/live/source_device.h"

#include <gtest/gtest.h>

#include <chrono>

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

class Source : public testing::Test {
 protected:
  void run(double seconds, bool heartbeat = true) {
    for (int i = 0; i < static_cast<int>(seconds * 200 + 0.5); ++i) {
      now_ += milliseconds(5);
      if (heartbeat && i % 10 == 0) tell("HB 1");
      source_.tick(now_, interlocks_);
    }
  }
  void tell(const char* line) { EXPECT_EQ(source_.handle(line, now_), std::nullopt) << line; }
  std::string ask(const char* line) { return source_.handle(line, now_).value_or("(no reply)"); }
  void warm_up() {
    tell("SOUR:WARM ON");
    run(3.1);
    ASSERT_EQ(ask("BEAM:STAT?"), "READY");
  }
  void close_interlocks() { interlocks_ = {true, true, false}; }

  static core::ScannerGeometry geometry() {
    core::ScannerGeometry geometry;
    geometry.pulse_rate_hz = 400;
    geometry.energy_high_mv = 6;
    geometry.energy_low_mv = 4;
    return geometry;
  }
  core::TimePoint now_{std::chrono::hours(1)};
  SourceInterlocks interlocks_;
  SourceDevice source_{geometry(), 3.0};
};

TEST_F(Source, says_that_it_is_simulated) {
  EXPECT_TRUE(ask("*IDN?").starts_with("Portcullis,SIM-SOURCE 6/4,")) << ask("*IDN?");
  EXPECT_EQ(ask("*TST?"), "0");
}

TEST_F(Source, warms_up_before_it_is_ready) {
  EXPECT_EQ(ask("BEAM:STAT?"), "OFF");
  tell("SOUR:WARM ON");
  run(1);
  EXPECT_EQ(ask("BEAM:STAT?"), "WARMING");
  run(2.1);
  EXPECT_EQ(ask("BEAM:STAT?"), "READY");
}

TEST_F(Source, a_lost_warm_up_takes_the_beam_and_begins_anew) {
  warm_up();
  close_interlocks();
  tell("BEAM:REQ ON");
  run(0.1);
  ASSERT_TRUE(source_.beam_on());
  source_.set_cold(true);
  run(0.01);
  EXPECT_FALSE(source_.beam_on());
  EXPECT_EQ(ask("BEAM:STAT?"), "WARMING");
  run(5);
  EXPECT_EQ(ask("BEAM:STAT?"), "WARMING") << "as long as it is cold";
  source_.set_cold(false);
  run(2.9);
  EXPECT_EQ(ask("BEAM:STAT?"), "WARMING") << "the whole warm-up, 3 s";
  EXPECT_EQ(ask("BEAM:REQ?"), "OFF");
  run(0.2);
  // It does not come back by itself.
  EXPECT_EQ(ask("BEAM:STAT?"), "READY");
  tell("BEAM:REQ ON");
  run(0.1);
  EXPECT_TRUE(source_.beam_on());
}

TEST_F(Source, an_arc_is_counted_and_takes_a_pulse_s_dose) {
  warm_up();
  close_interlocks();
  ASSERT_EQ(ask("HIST:ARC?"), "20");
  source_.set_arcs_per_s(2);
  run(2);
  EXPECT_EQ(ask("HIST:ARC?"), "20") << "without beam nothing arcs";
  tell("BEAM:REQ ON");
  int weak = 0;
  for (int i = 0; i < 200 * 5; ++i) {
    run(0.005);
    if (source_.dose_factor() < 0.1) ++weak;
  }
  EXPECT_EQ(ask("HIST:ARC?"), "30") << "five seconds of two";
  EXPECT_EQ(weak, 10);
  EXPECT_TRUE(source_.beam_on()) << "an arc is no fault";
}

TEST_F(Source, beam_needs_every_interlock) {
  warm_up();
  EXPECT_EQ(ask("INTL?"), "\"beam permit\",\"hv contactor\",\"trigger inhibit\"");
  tell("BEAM:REQ ON");
  for (const SourceInterlocks open :
       {SourceInterlocks{false, true, false}, SourceInterlocks{true, false, false},
        SourceInterlocks{true, true, true}}) {
    interlocks_ = open;
    run(0.1);
    EXPECT_FALSE(source_.beam_on());
  }
  close_interlocks();
  run(0.1);
  EXPECT_EQ(ask("INTL?"), "OK");
  EXPECT_EQ(ask("BEAM:STAT?"), "ON");
  EXPECT_TRUE(ask("MEAS?").starts_with("6000,100,5,")) << ask("MEAS?");
  tell("BEAM:REQ OFF");
  EXPECT_EQ(ask("BEAM:STAT?"), "READY");  // in the same call
}

TEST_F(Source, drops_the_beam_200_ms_after_the_last_heartbeat_and_keeps_it_off) {
  warm_up();
  close_interlocks();
  tell("BEAM:REQ ON");
  run(0.5);
  tell("HB 2");
  run(0.2, false);
  EXPECT_TRUE(source_.beam_on());
  run(0.01, false);
  EXPECT_FALSE(source_.beam_on());
  EXPECT_EQ(ask("SYST:ERR?"), "-240,\"Hardware error;no heartbeat for 200 ms\"");
  run(1);  // heartbeats again
  EXPECT_FALSE(source_.beam_on());
}

TEST_F(Source, a_late_heartbeat_does_not_hide_the_gap) {
  warm_up();
  close_interlocks();
  tell("BEAM:REQ ON");
  run(0.5);
  now_ += milliseconds(300);  // no tick in between
  tell("HB 3");
  EXPECT_FALSE(source_.beam_on());
}

TEST_F(Source, a_lost_interlock_needs_a_new_request) {
  warm_up();
  close_interlocks();
  tell("BEAM:REQ ON");
  run(0.1);
  interlocks_.beam_permit = false;
  run(0.1);
  close_interlocks();
  run(0.5);
  EXPECT_FALSE(source_.beam_on());
  tell("BEAM:REQ ON");
  EXPECT_TRUE(source_.beam_on());
}

TEST_F(Source, its_own_fault_latches_until_reset) {
  warm_up();
  close_interlocks();
  tell("BEAM:REQ ON");
  run(0.1);
  source_.set_hardware_fault(true);
  run(0.1);
  EXPECT_EQ(ask("BEAM:STAT?"), "FAULT");
  EXPECT_EQ(ask("*TST?"), "1");
  tell("*RST");
  EXPECT_EQ(ask("BEAM:STAT?"), "FAULT");
  source_.set_hardware_fault(false);
  run(0.1);
  EXPECT_EQ(ask("BEAM:STAT?"), "FAULT");
  tell("*RST");
  EXPECT_EQ(ask("BEAM:STAT?"), "READY");
}

struct BadLine {
  const char* name;
  const char* line;
  int number;
};
class SourceRefuses : public Source, public testing::WithParamInterface<BadLine> {};

TEST_P(SourceRefuses, into_the_error_queue) {
  EXPECT_EQ(source_.handle(GetParam().line, now_), std::nullopt);
  const std::string error = ask("SYST:ERR?");
  EXPECT_TRUE(error.starts_with(std::to_string(GetParam().number) + ",\"")) << error;
  EXPECT_EQ(ask("SYST:ERR?"), "0,\"No error\"");
}

INSTANTIATE_TEST_SUITE_P(Lines, SourceRefuses,
                         testing::Values(BadLine{"unknown_command", "NONSENSE", -113},
                                         BadLine{"unknown_query", "NONSENSE?", -113},
                                         BadLine{"missing_parameter", "BEAM:REQ", -109},
                                         BadLine{"unknown_word", "BEAM:REQ MAYBE", -224},
                                         BadLine{"beam_not_ready", "BEAM:REQ ON", -221},
                                         BadLine{"too_many_parameters", "BEAM:REQ ON,OFF", -108},
                                         BadLine{"energy_out_of_range", "SOUR:ENER 9.0,6.0", -222},
                                         BadLine{"energy_missing", "SOUR:ENER 6", -109},
                                         BadLine{"rate_out_of_range", "SOUR:PRF 1000", -222},
                                         BadLine{"dose_out_of_range", "SOUR:DOSE 7", -222},
                                         BadLine{"heartbeat_missing", "HB", -109},
                                         BadLine{"heartbeat_not_a_number", "HB x", -224}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(Source, several_queries_in_one_message_are_answered_on_one_line) {
  EXPECT_EQ(ask("BEAM:STAT?;SOUR:PRF?;SYST:ERR?"), "OFF;400;0,\"No error\"");
}

}  // namespace
}  // namespace portcullis::simulator
