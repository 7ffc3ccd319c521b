// What of the cargo was on the screen at 1:2 or closer, and the word about what was not.
#include "hmi/models/shown_parts.h"

#include "core/decided_view.h"
#include "tests/unit/hmi/page_cases.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

/// 1,000 x 400 pixels, two steps: air but for goods at columns 200 to 799, rows 100 to 299.
PlaneData goods() {
  PlaneLevel full;
  full.columns = 1000;
  full.rows = 400;
  full.codes.assign(400'000, 1024);
  for (std::size_t row = 100; row < 300; ++row)
    for (std::size_t column = 200; column < 800; ++column) full.codes[row * 1000 + column] = 9000;
  PlaneData plane;
  plane.levels = make_pyramid(std::move(full));
  return plane;
}

TEST(ShownMap, CountsTheCargosAreaAndNoAir) {
  const PlaneData plane = goods();
  ASSERT_EQ(plane.levels.size(), 2U);
  ShownMap map(plane, {});
  EXPECT_EQ(map.never_shown(), 1);
  map.show({0, 0, 200, 400});  // air
  EXPECT_EQ(map.never_shown(), 1);
  map.show({0, 0, 500, 400});  // 300 of 600 columns of goods
  EXPECT_NEAR(map.never_shown(), 0.5, 1e-9);
  map.show({0, 0, 500, 400});  // once more is no more
  EXPECT_NEAR(map.never_shown(), 0.5, 1e-9);
  map.show({500, 0, 500, 200});  // half the height of what is left
  EXPECT_NEAR(map.never_shown(), 0.25, 1e-9);
  map.show({-100, -100, 5000, 5000});
  EXPECT_EQ(map.never_shown(), 0);
}

TEST(ShownMap, OfContainersOnlyWhatIsInThemIsCargo) {
  ShownMap map(goods(), {{200, 100, 200, 200}, {600, 0, 400, 400}});
  map.show({0, 0, 400, 400});  // 200 of 200 + 200 columns
  EXPECT_NEAR(map.never_shown(), 0.5, 1e-9);
  EXPECT_EQ(ShownMap(goods(), {{0, 0, 100, 100}}).never_shown(), 0) << "an empty container";
  EXPECT_EQ(ShownMap(PlaneData(), {}).never_shown(), 0);
}

class ShownScreenTest : public ScreenTest {
 protected:
  /// A key, and the frame after it, which alone shows anything.
  void see(Qt::Key one) {
    int frames = 0;
    const auto told = QObject::connect(
        &app_->window(), &QQuickWindow::frameSwapped, app_.get(), [&] { ++frames; },
        Qt::QueuedConnection);
    key(one);
    app_->window().update();
    ASSERT_TRUE(wait_for([&] { return frames > 0; }));
    QObject::disconnect(told);
  }
};

TEST_F(ShownScreenTest, TheDecisionsCardSaysWhatOfTheCargoWasNeverShownClose) {
  open();
  services::CaseView view = test::truck_case("case-1", "scan-1", true);
  view.report->containers = {drawn_container()};
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide() && app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  ASSERT_LT(app_->view().scale(), ShownParts::kCloseScale) << "the whole truck is no close look";
  key(Qt::Key_L);
  EXPECT_TRUE(text("card_never_shown")
                  .contains(QLatin1String("100 % of the cargo was never shown at 1:2 or closer.")));
  EXPECT_TRUE(clipped().empty()) << clipped().front();
  shoot("never-shown");
  key(Qt::Key_Escape);
  // Close, and along the whole container, by keys.
  see(Qt::Key_Plus);
  ASSERT_GE(app_->view().scale(), ShownParts::kCloseScale);
  const double before = app_->shown_parts().never_shown().value();
  EXPECT_LT(before, 0.6);
  EXPECT_GT(before, 0);
  for (int i = 0; i < 2; ++i) see(Qt::Key_Up);  // to its roof
  for (int i = 0; i < 6; ++i) see(Qt::Key_Left);
  for (int i = 0; i < 12; ++i) see(Qt::Key_Right);
  EXPECT_LT(app_->shown_parts().never_shown().value(), before);
  const double rest = app_->shown_parts().never_shown().value();
  key(Qt::Key_L);
  EXPECT_EQ(item("card_never_shown"), nullptr) << rest;
  key(Qt::Key_1);
  key(Qt::Key_Escape);
  // Another case begins anew; nothing of it forbids a decision.
  lane_.show_case(test::truck_case("case-2", "scan-2", true));
  ASSERT_TRUE(
      wait_for([&] { return app_->images().scan_id() == "scan-2" && app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  EXPECT_EQ(app_->shown_parts().never_shown(), 1);
  EXPECT_TRUE(app_->controller().decisions_allowed());
  // It is kept with the decision's record.
  for (const Qt::Key one : {Qt::Key_L, Qt::Key_1, Qt::Key_Return}) key(one);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  const auto decided = core::decided_view_from(lane_.decisions()[0].view_json);
  ASSERT_TRUE(decided.ok()) << decided.error().message;
  EXPECT_EQ(decided->never_shown, 1);
}

}  // namespace
}  // namespace portcullis::hmi
