// A decision is stored before it is acted on.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "apps/lane/take_decision.h"

namespace portcullis {
namespace {

using core::DecisionKind;

struct Taking {
  std::vector<std::string> order;
  core::Status may, does, keeps;
  std::vector<core::Decision> kept;

  apps::TakenDecision take(DecisionKind kind) {
    core::Decision decision;
    decision.case_id = decision.scan_id = "scan-1";
    decision.kind = kind;
    decision.officer = "otto";
    decision.reason_code = "as_declared";
    return apps::take_decision(
        decision,
        [this](bool only_ask) {
          order.push_back(only_ask ? "ask" : "lane");
          return only_ask ? may : does;
        },
        [this](const core::Decision& one, std::size_t nth) {
          order.push_back("store " + std::to_string(nth));
          if (keeps.ok()) kept.push_back(one);
          return keeps;
        });
  }
};

core::Error refused(const std::string& why) {
  return {core::ErrorCode::kRefused, why};
}

TEST(TakeDecision, IsStoredBeforeTheVehicleGoes) {
  Taking t;
  const auto taken = t.take(DecisionKind::kRelease);
  EXPECT_TRUE(taken.status.ok());
  EXPECT_EQ(taken.stored, 1U);
  EXPECT_EQ(t.order, (std::vector<std::string>{"ask", "store 0", "lane"}));
}

TEST(TakeDecision, WhatTheLaneWouldRefuseIsNotStored) {
  Taking t;
  t.may = refused("a release needs a second reader here");
  EXPECT_FALSE(t.take(DecisionKind::kRelease).status.ok());
  EXPECT_EQ(t.order, (std::vector<std::string>{"ask"}));
}

TEST(TakeDecision, ADiskThatFailsKeepsTheVehicle) {
  Taking t;
  t.keeps = core::Error{core::ErrorCode::kIo, "catalogue.sqlite: disk I/O error"};
  const auto taken = t.take(DecisionKind::kRelease);
  ASSERT_FALSE(taken.status.ok());
  EXPECT_NE(taken.status.error().message.find("the vehicle stays"), std::string::npos);
  EXPECT_EQ(taken.stored, 0U);
  EXPECT_EQ(t.order, (std::vector<std::string>{"ask", "store 0"}));
}

TEST(TakeDecision, WhatTheLaneDidNotDoIsTakenBackInTheRecord) {
  Taking t;
  t.does = refused("the lane has just halted");
  const auto taken = t.take(DecisionKind::kRelease);
  EXPECT_FALSE(taken.status.ok());
  EXPECT_EQ(taken.stored, 2U);
  ASSERT_EQ(t.kept.size(), 2U);
  EXPECT_EQ(t.kept[1].kind, DecisionKind::kHold);
  EXPECT_EQ(t.kept[1].officer, "lane");
  EXPECT_EQ(taken.stands.kind, DecisionKind::kHold);
  // Customs are told of neither; of a later one they are.
  core::Decision later = t.kept[0];
  t.kept.push_back(later);
  EXPECT_TRUE(apps::not_carried_out(t.kept, 0));
  EXPECT_TRUE(apps::not_carried_out(t.kept, 1));
  EXPECT_FALSE(apps::not_carried_out(t.kept, 2));
}

}  // namespace
}  // namespace portcullis
