#include "core/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis::core {
namespace {

using enum DecisionKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kVehicle = {"CSQU3054383", "MWCU6059784"};

Decision whole(DecisionKind kind, std::int64_t at) {
  Decision d;
  d.container = kVehicle.front();
  d.kind = kind;
  d.decided = {at};
  return d;
}

Decision only(const std::string& container, DecisionKind kind, std::int64_t at) {
  Decision d = whole(kind, at);
  d.container = container;
  d.container_only = true;
  return d;
}

std::optional<DecisionKind> vehicle_kind(const std::vector<Decision>& decisions) {
  const auto stands = vehicle_decision(standing_decisions(decisions, kVehicle));
  return stands ? std::optional(stands->kind) : std::nullopt;
}

TEST(Decisions, AVehicleGoesByTheStrictestOfItsContainers) {
  const std::vector<DecisionKind> mildest_first = {kRelease,
                                                   kDocumentaryCheck,
                                                   kRescan,
                                                   kHold,
                                                   kOtherAgency,
                                                   kPhysicalInspection,
                                                   kRadiationSecondary,
                                                   kIsolate};
  for (std::size_t i = 0; i < mildest_first.size(); ++i) {
    for (std::size_t k = 0; k < mildest_first.size(); ++k) {
      const auto a = mildest_first[i], b = mildest_first[k];
      EXPECT_EQ(stricter(a, b), mildest_first[std::max(i, k)]);
      EXPECT_EQ(vehicle_kind({only(kVehicle[0], a, 1), only(kVehicle[1], b, 2)}),
                mildest_first[std::max(i, k)]);
    }
  }
}

TEST(Decisions, AVehicleOfWhichOneContainerIsNotDecidedOnStays) {
  EXPECT_FALSE(vehicle_kind({}).has_value());
  EXPECT_FALSE(vehicle_kind({only(kVehicle[1], kRelease, 1)}).has_value());
  EXPECT_EQ(vehicle_kind({only(kVehicle[1], kRelease, 1), only("csqu 305438-3", kHold, 2)}), kHold);
}

TEST(Decisions, OneOnTheVehicleIsOneOnEachOfItsContainers) {
  EXPECT_EQ(vehicle_kind({whole(kHold, 1)}), kHold) << "as records of before have it";
  EXPECT_EQ(vehicle_kind({whole(kHold, 1), only(kVehicle[0], kRelease, 2)}), kHold);
  EXPECT_EQ(vehicle_kind(
                {whole(kHold, 1), only(kVehicle[0], kRelease, 2), only(kVehicle[1], kRelease, 3)}),
            kRelease);
  EXPECT_EQ(vehicle_kind({only(kVehicle[0], kHold, 1), whole(kRelease, 2)}), kRelease);
  const auto standing = standing_decisions(std::vector{whole(kRelease, 1)}, {});
  ASSERT_EQ(standing.size(), 1U) << "of a vehicle without a number that was read";
  EXPECT_EQ(vehicle_decision(standing)->kind, kRelease);
}

TEST(Decisions, OneOnANumberThatTheVehicleIsNotKnownToCarryStillKeepsIt) {
  EXPECT_EQ(vehicle_kind({whole(kRelease, 1), only("TGHU1234560", kHold, 2)}), kHold);
}

TEST(Decisions, OfEquallyStrictOnesTheLastIsTheVehicles) {
  const auto standing = standing_decisions(
      std::vector{only(kVehicle[0], kHold, 7), only(kVehicle[1], kHold, 5)}, kVehicle);
  EXPECT_EQ(vehicle_decision(standing)->container, kVehicle[0]);
}

TEST(Decisions, ContainersCanBeToldApartByTheirNumbersAlone) {
  EXPECT_TRUE(decided_apart(kVehicle));
  EXPECT_FALSE(decided_apart(std::vector<std::string>{"CSQU3054383"}));
  EXPECT_FALSE(decided_apart(std::vector<std::string>{"CSQU3054383", ""}));
  EXPECT_FALSE(decided_apart(std::vector<std::string>{"CSQU3054383", "csqu 305438 3"}));
}

TEST(Decisions, OneTakesThePlaceOfThoseOnTheSameContainerOnly) {
  const std::vector decisions = {only(kVehicle[0], kRelease, 1), only(kVehicle[1], kHold, 2),
                                 only(kVehicle[1], kRelease, 3), whole(kHold, 4),
                                 only(kVehicle[0], kRelease, 5), whole(kRelease, 6)};
  EXPECT_THAT(replaced_by(decisions, 0), IsEmpty());
  EXPECT_THAT(replaced_by(decisions, 1), IsEmpty()) << "the first on the second container";
  EXPECT_THAT(replaced_by(decisions, 2), ElementsAre(1));
  EXPECT_THAT(replaced_by(decisions, 3), ElementsAre(0, 2));
  EXPECT_THAT(replaced_by(decisions, 4), ElementsAre(3));
  EXPECT_THAT(replaced_by(decisions, 5), ElementsAre(3, 4));
}

}  // namespace
}  // namespace portcullis::core
