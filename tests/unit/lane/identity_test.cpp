#include "lane/identity.h"

#include <gtest/gtest.h>

namespace portcullis::lane {
namespace {

using Kind = CameraReading::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;

const core::TimePoint kT0{std::chrono::hours(1)};

CameraReading reading(Kind kind, std::string text, double confidence = 0.9,
                      std::string camera = "entry", core::TimePoint at = kT0) {
  return {at, kind, std::move(camera), std::move(text), confidence};
}

TEST(Identity, BindsPlateContainersAndTypesByOrder) {
  IdentityBinder binder;
  binder.vehicle_arrived(7, kT0, {});
  EXPECT_FALSE(binder.facts().identity_read);
  EXPECT_TRUE(binder.add(reading(Kind::kPlate, "ab 123-cd"), kT0));
  EXPECT_TRUE(binder.add(reading(Kind::kContainer, "CSQU 305438-3"), kT0));
  EXPECT_TRUE(binder.add(reading(Kind::kIsoType, "22G1"), kT0));
  EXPECT_TRUE(binder.add(reading(Kind::kContainer, "TOLU4734787"), kT0));
  EXPECT_TRUE(binder.add(reading(Kind::kIsoType, "22G1"), kT0));
  const VehicleRecord& record = binder.record();
  EXPECT_EQ(record.vehicle, 7U);
  EXPECT_EQ(record.identity.plate, "AB123CD");
  ASSERT_EQ(record.identity.containers.size(), 2U);
  EXPECT_EQ(record.identity.containers[0].number, "CSQU3054383");
  EXPECT_TRUE(record.identity.containers[0].check_digit_ok);
  EXPECT_EQ(record.identity.containers[1].iso_type, "22G1");
  EXPECT_TRUE(record.ambiguities.empty());
  EXPECT_TRUE(binder.facts().identity_read);
}

TEST(Identity, EveryTroubleHasItsOutcome) {
  IdentityBinder binder;
  const auto arrives = [&](std::uint64_t vehicle, const char* container) {
    binder.vehicle_arrived(vehicle, kT0, {});
    binder.add(reading(Kind::kPlate, "AB123CD"), kT0);
    if (container != nullptr) binder.add(reading(Kind::kContainer, container), kT0);
  };
  arrives(1, "CSQU3054383");
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kBound);

  arrives(2, nullptr);
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kUnreadable);

  arrives(3, "CSQU3054384");  // wrong check digit: no number that can be relied on
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kUnreadable);
  EXPECT_EQ(binder.record().identity.containers.size(), 1U) << "kept, marked";

  arrives(4, "TOLU4734787");
  binder.followed_in();
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kTailgated);

  binder.vehicle_arrived(5, kT0, {});
  binder.add(reading(Kind::kPlate, "ZZ999ZZ"), kT0);
  binder.add(reading(Kind::kContainer, "CSQU3054383"), kT0);  // vehicle 1 had it
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kSplitLoad);
  EXPECT_EQ(binder.record().ambiguities.back(),
            "container CSQU3054383 was read on vehicle 1 before");
}

/// A truck comes to a lane again: a minute later, because it was sent back, or an hour later with
/// the next load. Each is a visit of its own, and neither is a load on two vehicles.
TEST(Identity, TheSameVehicleAgainIsItsOwnVisit) {
  for (const core::Duration later :
       {core::Duration(seconds(61)), core::Duration(std::chrono::hours(1))}) {
    IdentityBinder binder;
    const auto visit = [&](std::uint64_t vehicle, core::TimePoint at, const char* plate) {
      binder.vehicle_arrived(vehicle, at, {});
      binder.add(reading(Kind::kPlate, plate, 0.9, "entry", at), at);
      binder.add(reading(Kind::kContainer, "CSQU3054383", 0.9, "entry", at), at);
      binder.close_binding();
      const VehicleRecord record = binder.record();
      binder.vehicle_left();
      return record;
    };
    EXPECT_EQ(visit(1, kT0, "AB123CD").visit_after, 0U);
    const VehicleRecord second = visit(2, kT0 + later, "AB 123 CD");
    EXPECT_EQ(second.vehicle, 2U);
    EXPECT_EQ(second.outcome, IdentityOutcome::kBound);
    EXPECT_TRUE(second.ambiguities.empty());
    EXPECT_EQ(second.visit_after, 1U);
    // The container on another plate soon after: one of the readings, or the load, is not right.
    EXPECT_EQ(visit(3, kT0 + later + seconds(60), "ZZ999ZZ").outcome, IdentityOutcome::kSplitLoad);
    // A day later it has simply changed trucks.
    const VehicleRecord next_day = visit(4, kT0 + later + std::chrono::hours(24), "QQ111QQ");
    EXPECT_EQ(next_day.outcome, IdentityOutcome::kBound);
    EXPECT_EQ(next_day.visit_after, 0U);
  }
}

TEST(Identity, TwoContainersOnATruckAreOneVehicleAndAThirdNumberIsNot) {
  IdentityBinder binder;
  binder.vehicle_arrived(1, kT0, {});
  binder.add(reading(Kind::kPlate, "AB123CD"), kT0);
  binder.add(reading(Kind::kContainer, "CSQU3054383"), kT0);
  binder.add(reading(Kind::kContainer, "TOLU4734787"), kT0);
  binder.close_binding();
  EXPECT_EQ(binder.record().outcome, IdentityOutcome::kBound);
  EXPECT_EQ(binder.record().identity.containers.size(), 2U);

  IdentityBinder other;
  other.vehicle_arrived(1, kT0, {});
  for (const char* number : {"CSQU3054383", "TOLU4734787", "MSKU6011672"})
    other.add(reading(Kind::kContainer, number), kT0);
  other.close_binding();
  EXPECT_EQ(other.record().outcome, IdentityOutcome::kAmbiguous);
}

TEST(Identity, ReadingsBeforeTheVehicleCountForAMinute) {
  IdentityBinder binder;
  binder.add(reading(Kind::kPlate, "OLD1", 0.9, "entry", kT0), kT0);
  binder.add(reading(Kind::kPlate, "NEW1", 0.9, "entry", kT0 + seconds(59)), kT0 + seconds(59));
  binder.vehicle_arrived(1, kT0 + seconds(61), {});
  EXPECT_EQ(binder.record().identity.plate, "NEW1");
  EXPECT_EQ(binder.readings_dropped(), 1U);
}

TEST(Identity, ReadingsOfTheNextVehicleAreNotThisOnes) {
  IdentityBinder binder;
  binder.vehicle_arrived(1, kT0, {});
  binder.add(reading(Kind::kPlate, "ONE1"), kT0);
  binder.close_binding();
  EXPECT_FALSE(binder.add(reading(Kind::kPlate, "TWO2", 0.9, "entry", kT0 + seconds(20)),
                          kT0 + seconds(20)));
  EXPECT_EQ(binder.record().identity.plate, "ONE1");
  binder.vehicle_left();
  binder.vehicle_arrived(2, kT0 + seconds(30), {});
  EXPECT_EQ(binder.record().identity.plate, "TWO2");
}

TEST(Identity, AmbiguitiesAreToldAndNotResolved) {
  IdentityBinder binder;
  binder.vehicle_arrived(1, kT0, {});
  binder.add(reading(Kind::kPlate, "ONE1", 0.6), kT0);
  binder.add(reading(Kind::kPlate, "TWO2", 0.8), kT0);
  binder.add(reading(Kind::kContainer, "CSQU3054384"), kT0);  // misread check digit
  ASSERT_EQ(binder.record().ambiguities.size(), 2U);
  EXPECT_NE(binder.record().ambiguities[0].find("two plates"), std::string::npos);
  EXPECT_NE(binder.record().ambiguities[1].find("check digit"), std::string::npos);
  EXPECT_FALSE(binder.record().identity.containers[0].check_digit_ok);
}

TEST(Identity, ASecondOccupancyNeverClearsAnAlarm) {
  IdentityBinder binder;
  binder.vehicle_arrived(1, kT0, {});
  binder.add(OccupancyReading{kT0, kT0, 11, true, true, ""}, kT0);
  EXPECT_TRUE(binder.facts().radiation_measured);
  EXPECT_TRUE(binder.facts().radiation_alarm);
  // The binding of radiation stays open until something valid is bound; a second one while the
  // entry is open is an ambiguity.
  binder.add(OccupancyReading{kT0, kT0, 12, true, false, ""}, kT0);
  EXPECT_TRUE(binder.facts().radiation_alarm);
  EXPECT_EQ(binder.record().ambiguities.size(), 1U);
}

TEST(Identity, AnOccupancyThatThePortalNeverEndedIsNotReplacedByTheNext) {
  IdentityBinder binder;
  binder.vehicle_arrived(1, kT0, {});
  // The connection broke in the passage: it has no number, and it alarmed.
  binder.add(OccupancyReading{kT0, kT0, 0, false, true, "", 71}, kT0);
  binder.add(OccupancyReading{kT0, kT0, 12, true, false, "", 72}, kT0);
  EXPECT_FALSE(binder.record().radiation_measured);
  EXPECT_TRUE(binder.record().radiation_alarm);
  EXPECT_EQ(binder.record().occupancies, (std::vector<std::uint64_t>{71, 72}));
}

TEST(Identity, AnOccupancyThatEndsAfterTheCamerasStillCounts) {
  IdentityBinder binder;
  binder.vehicle_arrived(1, kT0, {});
  binder.close_binding();
  EXPECT_TRUE(
      binder.add(OccupancyReading{kT0, kT0 + seconds(8), 3, true, false, ""}, kT0 + seconds(8)));
  EXPECT_TRUE(binder.facts().radiation_measured);
}

TEST(Identity, WaitingReadingsAreBounded) {
  IdentityBinder binder;
  for (std::size_t i = 0; i < 10 * IdentityBinder::kReadingsMax; ++i)
    binder.add(reading(Kind::kPlate, "X" + std::to_string(i)), kT0);
  EXPECT_EQ(binder.readings_dropped(), 9 * IdentityBinder::kReadingsMax);
}

}  // namespace
}  // namespace portcullis::lane
