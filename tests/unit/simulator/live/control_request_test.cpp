#include "simulator/live/control_request.h"

#include <gtest/gtest.h>

namespace portcullis::simulator {
namespace {

TEST(ControlRequest, reads_every_command) {
  auto truck = parse_control_request(R"({"cmd":"truck","scene":"/a/b.toml"})");
  ASSERT_TRUE(truck.ok());
  EXPECT_EQ(truck->scene, "/a/b.toml");
  auto fault =
      parse_control_request(R"({"cmd":"fault","kind":"packet-loss","value":0.01,"for_s":2})");
  ASSERT_TRUE(fault.ok());
  EXPECT_EQ(fault->fault, LiveFault::kPacketLoss);
  EXPECT_DOUBLE_EQ(fault->value, 0.01);
  EXPECT_DOUBLE_EQ(fault->for_s, 2);
  auto input =
      parse_control_request(R"({"cmd":"input","tag":"estop_chain_healthy","value":false})");
  ASSERT_TRUE(input.ok());
  EXPECT_EQ(input->input->name, "estop_chain_healthy");
  EXPECT_EQ(input->input_value, false);
  EXPECT_TRUE(parse_control_request(R"({"cmd":"input","tag":"key_on","value":null})").ok());
  EXPECT_TRUE(parse_control_request(R"({"cmd":"status"})").ok());
  EXPECT_TRUE(parse_control_request(R"({"cmd":"clock"})").ok());
}

struct Refused {
  const char* name;
  const char* line;
  const char* says;
};
class ControlRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ControlRefuses, by_name) {
  const auto request = parse_control_request(GetParam().line);
  ASSERT_FALSE(request.ok());
  EXPECT_NE(request.error().message.find(GetParam().says), std::string::npos)
      << request.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, ControlRefuses,
    testing::Values(Refused{"empty", "", "JSON"}, Refused{"array", "[1]", "JSON"},
                    Refused{"half_object", "{", "JSON"}, Refused{"no_command", R"({"a":1})", "cmd"},
                    Refused{"command_not_text", R"({"cmd":7})", "cmd"},
                    Refused{"unknown_command", R"({"cmd":"dance"})", "\"dance\""},
                    Refused{"clock_in_real_time", R"({"cmd":"clock","set":5})", "real time"},
                    Refused{"unknown_key", R"({"cmd":"status","x":1})", "x"},
                    Refused{"unknown_fault", R"({"cmd":"fault","kind":"gremlins"})",
                            "\"gremlins\"; known are packet-loss"},
                    Refused{"fault_value", R"({"cmd":"fault","kind":"packet-loss","value":"lots"})",
                            "value"},
                    Refused{"unknown_tag", R"({"cmd":"input","tag":"warp_drive","value":true})",
                            "\"warp_drive\""},
                    Refused{"input_value", R"({"cmd":"input","tag":"key_on","value":3})", "value"},
                    Refused{"truck_without_scene", R"({"cmd":"truck"})", "scene"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FaultTable, expires_and_refuses_impossible_values) {
  FaultTable faults;
  const core::TimePoint now{std::chrono::hours(1)};
  EXPECT_FALSE(faults.set(LiveFault::kPacketLoss, 1.5, 0, now).ok());
  EXPECT_FALSE(faults.set(LiveFault::kPlcException, 0, 0, now).ok());
  EXPECT_FALSE(faults.set(LiveFault::kEstop, 0, -1, now).ok());
  ASSERT_TRUE(faults.set(LiveFault::kEstop, 0, 2, now).ok());
  EXPECT_TRUE(faults.active(LiveFault::kEstop));
  faults.expire(now + std::chrono::milliseconds(1999));
  EXPECT_TRUE(faults.active(LiveFault::kEstop));
  faults.expire(now + std::chrono::seconds(2));
  EXPECT_FALSE(faults.active(LiveFault::kEstop));
}

TEST(FaultTable, every_name_is_found_again) {
  for (std::size_t i = 0; i < kLiveFaultCount; ++i) {
    EXPECT_EQ(find_live_fault(live_fault_name(static_cast<LiveFault>(i))),
              static_cast<LiveFault>(i));
  }
}

}  // namespace
}  // namespace portcullis::simulator
