#include "lane/persisted.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace portcullis::lane {
namespace {

std::filesystem::path scratch(const char* name) {
  const std::filesystem::path folder =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
      "lane_persisted";
  std::filesystem::create_directories(folder);
  std::filesystem::remove(folder / name);
  return folder / name;
}

TEST(Persisted, ComesBackWhole) {
  Persisted p;
  p.latched.set(static_cast<std::size_t>(Fault::kBeamUnrequested));
  p.latched.set(static_cast<std::size_t>(Fault::kLampFailed));
  p.first_out = Fault::kLampFailed;
  p.vehicles = 41;
  p.vehicle = 41;
  p.vehicle_scanned = true;
  p.decision = core::DecisionKind::kIsolate;
  p.scan_id = "an id";
  p.identity = {"AB123CD", {{"CSQU3054383", "22G1", true, 0.97}, {"CSQU3054380", "", false, 0.5}}};
  p.awaited = {
      {3, "scan-3", p.identity, "bo", core::UtcTime{1'700'000'000'000'000'000}, {}, 5, false}};
  const auto path = scratch("state.json");
  ASSERT_TRUE(save_persisted(path, p).ok());
  const auto back = load_persisted(path);
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(*back, p);
  const State state = restored_state(*back, core::TimePoint(std::chrono::hours(1)), {});
  EXPECT_EQ(state.cycle, CycleState::kOff);
  EXPECT_EQ(state.latched, p.latched);
  EXPECT_FALSE(state.beam_permit_requested);
  EXPECT_EQ(state.act.kind, Act::Kind::kNone);
}

TEST(Persisted, AnAbsentFileKeepsNothing) {
  const auto none = load_persisted(scratch("absent.json"));
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(*none, Persisted{});
}

TEST(Persisted, ADamagedFileIsNeverTakenForNoLatches) {
  const std::string good =
      R"({"format":1,"latched":[],"first_out":null,"vehicles":1,"vehicle":1,"vehicle_scanned":false,"decision":null,"scan_id":""})";
  ASSERT_TRUE(parse_persisted(good, "f").ok());
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(parse_persisted(good.substr(0, length), "f").ok()) << length;
  const std::pair<std::string, std::string> edits[] = {
      {"\"format\":1", "\"format\":2"},
      {"\"latched\":[]", "\"latched\":[\"new\"]"},
      {"\"latched\":[]", "\"latched\":[7]"},
      {"\"latched\":[]", "\"latched\":{}"},
      {"\"vehicle\":1", "\"vehicle\":2"},
      {"\"vehicle\":1", "\"vehicle\":-1"},
      {"\"decision\":null", "\"decision\":\"go\""},
      {"\"decision\":null", "\"decision\":3"},
      {"\"scan_id\":\"\"", "\"scan_id\":null"},
      {"\"first_out\":null", "\"first_out\":\"x\""},
      {"\"scan_id\":\"\"", "\"scan_id\":\"\",\"plate\":7"},
      {"\"scan_id\":\"\"", "\"scan_id\":\"\",\"containers\":{}"},
      {"\"scan_id\":\"\"", "\"scan_id\":\"\",\"containers\":[{\"number\":\"X\"}]"},
      {"\"scan_id\":\"\"", "\"scan_id\":\"\",\"awaited\":7"},
      {"\"scan_id\":\"\"", "\"scan_id\":\"\",\"awaited\":[{\"vehicle\":1}]"}};
  for (const auto& [from, to] : edits) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const auto result = parse_persisted(text, "lane-state.json");
    ASSERT_FALSE(result.ok()) << to;
    EXPECT_EQ(result.error().code, core::ErrorCode::kCorrupt);
    EXPECT_NE(result.error().message.find("lane-state.json"), std::string::npos);
  }
}

}  // namespace
}  // namespace portcullis::lane
