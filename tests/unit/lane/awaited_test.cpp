// Vehicles that are sent round to be scanned again: who is who, who does not come, and the way of
// one from its bay back into the lane.
#include <cstdlib>

#include "lane/awaited_desk.h"
#include "lane/identity.h"
#include "lane/panel.h"
#include "tests/support/environment.h"
#include "tests/unit/lane/driver_fixture.h"

namespace portcullis::lane {
namespace {

using test::DriverTest;

// Numbers with the check digits of ISO 6346.
constexpr const char* kBoxA = "CSQU3054383";
constexpr const char* kBoxB = "TOLU4734787";

core::VehicleIdentity read_as(std::string plate, const std::vector<std::string>& containers,
                              bool good = true) {
  core::VehicleIdentity identity;
  identity.plate = std::move(plate);
  for (const std::string& number : containers)
    identity.containers.push_back({number, "", good, 0.9});
  return identity;
}

TEST(Awaited, OnlyTheSamePlateWithNothingAgainstItIsTheSameVehicle) {
  const auto plate_and_box = read_as("AB123CD", {kBoxA});
  const auto plate = read_as("AB123CD", {});
  const auto box = read_as("", {kBoxA});
  EXPECT_EQ(likeness_of(plate_and_box, plate_and_box), Likeness::kSame);
  EXPECT_EQ(likeness_of(plate_and_box, read_as("AB123CD", {kBoxB, kBoxA})), Likeness::kSame);
  EXPECT_EQ(likeness_of(plate_and_box, plate), Likeness::kSame);
  EXPECT_EQ(likeness_of(plate_and_box, read_as("AB123CD", {kBoxB}, false)), Likeness::kSame)
      << "a number that was read wrongly speaks against nothing";
  EXPECT_EQ(likeness_of(plate_and_box, read_as("AB123CD", {kBoxB})), Likeness::kDoubtful);
  EXPECT_EQ(likeness_of(plate_and_box, read_as("ZZ999ZZ", {kBoxA})), Likeness::kDoubtful);
  EXPECT_EQ(likeness_of(plate_and_box, box), Likeness::kDoubtful);
  EXPECT_EQ(likeness_of(plate, box), Likeness::kDoubtful) << "nothing to compare";
  EXPECT_EQ(likeness_of(plate_and_box, read_as("", {})), Likeness::kDoubtful);
  EXPECT_EQ(likeness_of(plate_and_box, read_as("ZZ999ZZ", {kBoxB})), Likeness::kOther);
  EXPECT_EQ(likeness_of(plate, read_as("ZZ999ZZ", {})), Likeness::kOther);
  EXPECT_EQ(likeness_of(box, read_as("AB123CD", {kBoxB})), Likeness::kOther);
}

class AwaitedDeskTest : public testing::Test {
 protected:
  AwaitedDeskTest()
      : desk(std::chrono::minutes(15), listener,
             [this](const std::string& kind, const std::string& text) {
               log.add(kind + ": " + text);
             }) {}
  void expect(std::uint64_t vehicle, core::VehicleIdentity identity) {
    desk.expect(
        {vehicle, "scan-" + std::to_string(vehicle), std::move(identity), "bo", {}, now, 0, false});
  }
  VehicleRecord comes(std::uint64_t vehicle, const std::string& plate) const {
    VehicleRecord record;
    record.vehicle = vehicle;
    record.identity.plate = plate;
    return record;
  }
  const core::TimePoint now{std::chrono::hours(1)};
  test::CallLog log;
  test::FakeListener listener{log};
  AwaitedDesk desk;
};

TEST_F(AwaitedDeskTest, WhoDoesNotComeIsToldOnceAndStaysUntilAnOfficerHandsItOn) {
  expect(7, read_as("AB123CD", {}));
  desk.tick(now + std::chrono::minutes(14));
  EXPECT_EQ(desk.call(), "");
  log.calls.clear();
  desk.tick(now + std::chrono::minutes(15));
  desk.tick(now + std::chrono::minutes(16));
  EXPECT_EQ(log.calls, std::vector<std::string>{
                           "call: vehicle 7 was sent round to be scanned again and does not come"});
  EXPECT_EQ(desk.call(), "vehicle AB123CD was sent round to be scanned again and does not come");
  for (const auto kind :
       {core::DecisionKind::kRelease, core::DecisionKind::kHold, core::DecisionKind::kRescan,
        core::DecisionKind::kDocumentaryCheck, core::DecisionKind::kIsolate})
    EXPECT_FALSE(desk.decide("scan-7", kind).ok());
  EXPECT_TRUE(desk.has("scan-7"));
  EXPECT_TRUE(desk.decide("scan-7", core::DecisionKind::kOtherAgency).ok());
  EXPECT_TRUE(log.has("decided scan-7 other_agency"));
  EXPECT_TRUE(desk.list().empty());
}

TEST_F(AwaitedDeskTest, OneThatComesAndLeavesUnscannedIsAwaitedAgain) {
  expect(7, read_as("AB123CD", {}));
  VehicleRecord record = comes(9, "AB123CD");
  EXPECT_TRUE(desk.came(record).empty());
  EXPECT_EQ(record.scan_before, "scan-7");
  EXPECT_EQ(record.visit_after, 7U);
  EXPECT_EQ(desk.next(), "") << "it is in the lane";
  EXPECT_FALSE(desk.decide("scan-7", core::DecisionKind::kOtherAgency).ok());
  const core::TimePoint later = now + std::chrono::minutes(20);
  desk.tick(later);
  EXPECT_EQ(desk.call(), "");
  desk.left(9, later, {});
  EXPECT_EQ(desk.next(), "AB123CD");
  desk.tick(later + std::chrono::minutes(14));
  EXPECT_EQ(desk.call(), "") << "its time began again";
  record = comes(10, "AB123CD");
  EXPECT_TRUE(desk.came(record).empty());
  desk.settled(10);
  EXPECT_TRUE(desk.list().empty());
}

TEST_F(AwaitedDeskTest, OfTwoThatItMayBeNoneIsChosen) {
  expect(7, read_as("AB123CD", {}));
  expect(8, read_as("", {kBoxA}));
  VehicleRecord record = comes(9, "AB123CD");
  EXPECT_EQ(desk.came(record), (std::vector<std::uint64_t>{7, 8}));
  EXPECT_EQ(record.scan_before, "");
  record = comes(10, "ZZ999ZZ");
  EXPECT_EQ(desk.came(record), std::vector<std::uint64_t>{8}) << "nothing to compare with 8";
  EXPECT_EQ(desk.list().size(), 2U);
}

TEST_F(AwaitedDeskTest, IsBounded) {
  for (std::uint64_t vehicle = 1; vehicle <= AwaitedDesk::kAwaitedMax; ++vehicle) {
    EXPECT_FALSE(desk.full());
    expect(vehicle, {});
    expect(vehicle, {});  // the same scan is one vehicle
  }
  EXPECT_TRUE(desk.full());
}

TEST(IdentityAwaited, WhatItMayBeIsAnAmbiguity) {
  test::CallLog log;
  test::FakeListener listener(log);
  AwaitedDesk desk(std::chrono::minutes(15), listener, [](const auto&, const auto&) {});
  desk.expect({7, "scan-7", read_as("AB123CD", {kBoxA}), "bo", {}, {}, 0, false});
  const core::TimePoint now{std::chrono::hours(1)};
  IdentityBinder binder;
  binder.vehicle_arrived(9, now, {});
  binder.add(CameraReading{now, CameraReading::Kind::kPlate, "entry", "AB123CD", 0.9}, now);
  binder.add(CameraReading{now, CameraReading::Kind::kContainer, "entry", kBoxB, 0.9}, now);
  binder.compare_with(desk);
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kAmbiguous);
  EXPECT_EQ(
      binder.record().ambiguities,
      std::vector<std::string>{"it may be vehicle 7, which was sent round to be scanned again"});
  EXPECT_EQ(binder.record().scan_before, "");
}

/// From its bay round to the entry and into the lane: the panel at the bay, the operator, and the
/// second scan all know of the first, over a restart too.
TEST_F(DriverTest, AVehicleSentRoundFromItsBayComesBackToItsScan) {
  bays = 1;
  plc.set(plc::Tag::kBaysFree, 1);
  const std::filesystem::path file =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
      "lane_driver_awaited.json";
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::remove(file);
  make(file);
  const auto read = [&] {
    driver->submit(
        CameraReading{clock.now(), CameraReading::Kind::kPlate, "entry", "AB123CD", 0.9});
    driver->submit(
        CameraReading{clock.now(), CameraReading::Kind::kContainer, "entry", kBoxA, 0.9});
  };
  read();
  bring_to_beam();
  EXPECT_EQ(record.begin.scan_before, "");
  ASSERT_TRUE(run_to(CycleState::kHolding, 4000)) << driver->snapshot()->next_text;
  using plc::Tag;
  plc.set(Tag::kCabClear, 0);
  tick(5);
  plc.set(Tag::kBarrierExitOpen, 1);
  plc.set(Tag::kBarrierExitClosed, 0);
  tick(5);
  plc.set(Tag::kVehicleInTunnel, 0);
  ASSERT_TRUE(run_to(CycleState::kIdle, 200));
  plc.set(Tag::kCabClear, 1);
  plc.set(Tag::kBarrierExitOpen, 0);
  plc.set(Tag::kBarrierExitClosed, 1);
  plc.set(Tag::kBaysFree, 0);
  plc.set(Tag::kBaysOccupied, 1);
  tick(10);
  EXPECT_EQ(plc.outputs.bays_to_entry, 0);
  const auto decide = [&](core::DecisionKind kind) {
    return from_another_thread([&] { return driver->decide({"scan-1", kind, "bo", "", true}); });
  };
  ASSERT_TRUE(decide(core::DecisionKind::kRescan).ok());
  tick(10);
  EXPECT_EQ(plc.outputs.bays_exit_open, 1);
  EXPECT_EQ(plc.outputs.bays_to_entry, 1);
  EXPECT_TRUE(driver->snapshot()->awaited.empty()) << "it still stands in its bay";
  plc.set(Tag::kBaysFree, 1);
  plc.set(Tag::kBaysOccupied, 0);
  tick(200);
  EXPECT_TRUE(log.has("left 1"));
  EXPECT_TRUE(log.has("rescan: vehicle 1 goes round to be scanned again, as ordered by bo"));
  EXPECT_EQ(plc.outputs.bays_to_entry, 0);

  driver.reset();
  make(file);
  ASSERT_TRUE(run_to(CycleState::kIdle, 1000)) << driver->snapshot()->next_text;
  tick(10);
  ASSERT_EQ(driver->snapshot()->awaited.size(), 1U);
  EXPECT_EQ(driver->snapshot()->awaited[0].scan_id, "scan-1");
  EXPECT_EQ(driver->snapshot()->awaited[0].officer, "bo");
  EXPECT_EQ(driver->snapshot()->next_text, "ready; vehicle AB123CD comes to be scanned again");
  EXPECT_FALSE(decide(core::DecisionKind::kRelease).ok()) << "it is not there";

  read();
  position = 0;  // the gantry is at its start again
  plc.set(Tag::kVehicleInTunnel, 1);
  bring_to_beam();
  EXPECT_TRUE(log.has("rescan: vehicle 2 is vehicle 1, come to be scanned again"));
  EXPECT_EQ(record.begin.scan_id, "scan-2");
  EXPECT_EQ(record.begin.scan_before, "scan-1");
  EXPECT_EQ(driver->snapshot()->vehicle_record.scan_before, "scan-1");
  EXPECT_TRUE(driver->snapshot()->awaited.empty());
}

}  // namespace
}  // namespace portcullis::lane
