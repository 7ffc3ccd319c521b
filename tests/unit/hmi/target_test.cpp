// Two containers on one vehicle: each is decided on, or both at once.
#include "hmi/models/operate_controller.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

const std::string kFrontNumber = "CSQU3054383";
const std::string kRearNumber = "MWCU6059784";

class TargetTest : public ScreenTest {
 protected:
  void review_two() {
    lane_.set_image_size(300, 100);
    open();
    auto view = test::truck_case("case-2", "scan-2", false);
    view.container_numbers = {kFrontNumber, kRearNumber};
    view.container_decisions = {{kFrontNumber, std::nullopt}, {kRearNumber, std::nullopt}};
    std::fill(view.answers.begin(), view.answers.end(), core::FindingAnswer::kAgree);
    lane_.show_case(std::move(view));
    ASSERT_TRUE(wait_for([&] {
      return app_->inspection_case().data().case_id == "case-2" && app_->images().ready() &&
             app_->images().scan_id() == "scan-2";
    }));
    clock_.advance(std::chrono::milliseconds(501));
    ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  }
};

TEST_F(TargetTest, EachIsDecidedOnByItsChoiceAndTheBarSaysWhich) {
  review_two();
  key(Qt::Key_L);
  ASSERT_EQ(app_->controller().card_targets().size(), 3);
  EXPECT_EQ(app_->controller().card_target(), -1) << "nothing is chosen beforehand";
  key(Qt::Key_1);
  key(Qt::Key_Return);
  EXPECT_EQ(text("card_message").contains(QLatin1String("Choose the container first")), true);
  EXPECT_TRUE(stays([&] { return lane_.decisions().empty(); }));
  key(Qt::Key_Right);
  EXPECT_EQ(app_->controller().card_target(), 0);
  shoot("two-containers-card");
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  EXPECT_EQ(lane_.decisions()[0].container, kFrontNumber);
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kRelease);
  ASSERT_TRUE(wait_for([&] { return text("decision_words").contains(QLatin1String("Released")); }));
  EXPECT_TRUE(text("decision_words").contains(QLatin1String("305438")))
      << text("decision_words").toStdString();
  EXPECT_FALSE(app_->inspection_case().decided());
  shoot("two-containers-one-decided");

  // One is left: it is what the card is on, and the keys are as for a vehicle with one.
  ASSERT_TRUE(wait_for([&] { return app_->controller().overlay().isEmpty(); }));
  key(Qt::Key_H);
  EXPECT_EQ(app_->controller().card_targets().size(), 1);
  EXPECT_EQ(app_->controller().card_target(), 0);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
  ASSERT_EQ(lane_.decisions().size(), 2U);
  EXPECT_EQ(lane_.decisions()[1].container, kRearNumber);
  const QString words = text("decision_words");
  shoot("two-containers-decided");
  for (const char* part : {"305438", "Released by", "605978", "Held by"})
    EXPECT_TRUE(words.contains(QLatin1String(part))) << words.toStdString();
}

TEST_F(TargetTest, BothAtOnceAreTheWholeVehicle) {
  review_two();
  key(Qt::Key_L);
  click("target_3");
  EXPECT_EQ(app_->controller().card_target(), 2);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
  ASSERT_EQ(lane_.decisions().size(), 1U);
  EXPECT_EQ(lane_.decisions()[0].container, "");
}

TEST_F(TargetTest, IsolateIsOfTheWholeVehicleAndAsksForNoContainer) {
  review_two();
  key(Qt::Key_M);
  key(Qt::Key_4);
  ASSERT_NE(item("decision_card"), nullptr);
  EXPECT_TRUE(app_->controller().card_targets().isEmpty());
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  EXPECT_EQ(lane_.decisions()[0].container, "");
}

TEST_F(TargetTest, OneContainerAsksForNothingMore) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_L);
  EXPECT_TRUE(app_->controller().card_targets().isEmpty());
  EXPECT_EQ(item("target_1"), nullptr);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; })) << "three keys";
}

}  // namespace
}  // namespace portcullis::hmi
