// The bays on the screen: what stands where, whose case is shown, and decisions on held vehicles.
#include <QImage>

#include "hmi/models/words.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

class BayScreenTest : public ScreenTest {
 protected:
  void open_with_bays(int width = 1920, int height = 1080, bool dark = true) {
    test::fill_bays(lane_);
    open(dark, width, height);
    review(false, false);
    ASSERT_EQ(app_->lane().bay_count(), 4);
  }
  bool shows(const char* case_id) {
    return wait_for([&] { return app_->inspection_case().case_id() == QLatin1String(case_id); });
  }
  /// The time after a new case in which keys do nothing is over.
  void look_up() {
    clock_.advance(std::chrono::milliseconds(501));
    lane_.change_status([](services::LaneStatus&) {});
    ASSERT_TRUE(wait_for([&] { return !app_->lane().stale(); }));
  }
  void shoot(const char* name) {
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    const std::filesystem::path folder =
        std::filesystem::path(out != nullptr ? out : folder_.string()) / "hmi";
    std::filesystem::create_directories(folder);
    EXPECT_TRUE(app_->window().grabWindow().save(
        QString::fromStdString((folder / (std::string(name) + ".png")).string())));
  }
};

TEST_F(BayScreenTest, EachBaySaysItsVehicleItsPlaceAndItsAge) {
  open_with_bays();
  ASSERT_NE(item("bay_strip"), nullptr);
  for (const char* name : {"bay_1", "bay_2", "bay_3", "bay_4"}) ASSERT_NE(item(name), nullptr);
  const auto value = [&](const char* tile, const char* what) {
    return item(tile)->property(what).toString();
  };
  EXPECT_EQ(value("bay_1", "place"), QStringLiteral("waits for a decision"));
  EXPECT_EQ(value("bay_1", "vehicle"), words::container_number("CSQU3054383"));
  EXPECT_EQ(value("bay_1", "age"), QStringLiteral("3 min"));
  EXPECT_EQ(value("bay_2", "owner"), QStringLiteral("anna"));
  EXPECT_EQ(value("bay_2", "age"), QStringLiteral("1 h 23 min"));
  EXPECT_EQ(value("bay_3", "vehicle"), QStringLiteral("plate 34 ABC 56"));
  EXPECT_TRUE(item("bay_3")->property("isolated").toBool());
  EXPECT_TRUE(item("bay_4")->property("empty").toBool());
  // The driver is shown what this screen's language says; somebody has to go and look.
  EXPECT_EQ(text("panel_text"), QStringLiteral("Go to bay 4"));
  EXPECT_EQ(item("panel_sign")->property("pictogram").toString(), QStringLiteral("go_to_bay"));
  EXPECT_EQ(app_->lane().alarm_count(), 1);
  shoot("bays-1920");
}

TEST_F(BayScreenTest, AKeyShowsTheCaseOfABayAndTheHeldVehicleIsDecidedOnAgain) {
  open_with_bays();
  key(Qt::Key_B);
  ASSERT_NE(item("bay_list"), nullptr);
  shoot("bays-list");
  key(Qt::Key_4);
  EXPECT_EQ(app_->inspection_case().case_id(), QStringLiteral("case-1")) << "bay 4 is empty";
  key(Qt::Key_2);
  ASSERT_TRUE(shows("case-92"));
  EXPECT_EQ(item("bay_list"), nullptr);
  EXPECT_TRUE(app_->inspection_case().decided());
  look_up();
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  shoot("bays-held");
  key(Qt::Key_L);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return !lane_.decisions().empty(); }));
  EXPECT_EQ(lane_.decisions()[0].case_id, "case-92");
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kRelease);

  // Its vehicle has left: the screen follows the lane again.
  lane_.change_status([](services::LaneStatus& status) {
    status.bays[1] = {};
    status.bays[1].number = 2;
    status.bays[1].place = "Empty";
  });
  ASSERT_TRUE(shows("case-1"));
}

TEST_F(BayScreenTest, AClickShowsACaseAndZeroTheOneThatTheLaneWantsDecided) {
  open_with_bays();
  click("bay_3");
  ASSERT_TRUE(shows("case-93"));
  EXPECT_TRUE(text("identity_text").contains(QLatin1String("no container number could be read")));
  look_up();
  key(Qt::Key_B);
  key(Qt::Key_0);
  ASSERT_TRUE(shows("case-1"));
}

TEST_F(BayScreenTest, ALaneWithoutBaysShowsNoneAndLosesNoRoomToThem) {
  open();
  review(false, false);
  EXPECT_EQ(item("bay_strip"), nullptr);
  key(Qt::Key_B);
  EXPECT_EQ(item("bay_list"), nullptr);
  EXPECT_TRUE(text("message").contains(QLatin1String("no bays")));
}

TEST_F(BayScreenTest, EightBaysAreReadableOnASmallScreen) {
  lane_.change_status([](services::LaneStatus& status) {
    for (std::uint32_t i = 1; i <= 8; ++i) {
      services::BayStatus bay;
      bay.number = i;
      bay.place = i % 2 == 0 ? "Waiting" : "Held";
      bay.place_text = i % 2 == 0 ? "waits for a decision" : "held";
      bay.owner = "anna";
      bay.since = core::UtcTime{core::SystemClock().utc_now().ns - 61'000'000'000};
      bay.case_id = "case-" + std::to_string(100 + i);
      bay.container_numbers = {"CSQU3054383"};
      status.bays.push_back(bay);
    }
  });
  open(false, 1280, 800);
  review(false, false);
  shoot("bays-1280");
  for (const std::string& words : clipped()) ADD_FAILURE() << "cut short: " << words;
}

}  // namespace
}  // namespace portcullis::hmi
