#include <QColor>
#include <QImage>
#include <algorithm>
#include <cmath>
#include <set>

#include "hmi/app/unattended.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

struct ScreenLook {
  const char* name;
  bool dark;
  int width;
  int height;
};

class ScreenShotTest : public ScreenTest, public ::testing::WithParamInterface<ScreenLook> {
 protected:
  QImage shoot(const std::string& moment) {
    const QImage picture = app_->window().grabWindow();
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    const std::filesystem::path folder =
        std::filesystem::path(out != nullptr ? out : folder_.string()) / "hmi";
    std::filesystem::create_directories(folder);
    EXPECT_TRUE(picture.save(QString::fromStdString(
        (folder / (std::string(GetParam().name) + "-" + moment + ".png")).string())));
    return picture;
  }
};

int hues_in(const QImage& picture, int from, int to) {
  int count = 0;
  for (int y = 0; y < picture.height(); y += 3) {
    for (int x = 0; x < picture.width(); x += 3) {
      const QColor colour = QColor::fromRgb(picture.pixel(x, y));
      if (colour.saturation() > 100 && colour.hue() >= from && colour.hue() <= to) ++count;
    }
  }
  return count;
}

TEST_P(ScreenShotTest, TheReviewShowsTheTruckInBothRows) {
  open(GetParam().dark, GetParam().width, GetParam().height);
  review();
  const QImage picture = shoot("review");
  ASSERT_EQ(picture.size(), QSize(GetParam().width, GetParam().height));
  std::set<QRgb> colours;
  for (int y = 0; y < picture.height(); y += 5) {
    for (int x = 0; x < picture.width(); x += 5) colours.insert(picture.pixel(x, y));
  }
  EXPECT_GT(colours.size(), 60U) << "blank";
  // Paper orange and steel blue of the material row; the truck's goods fill much of it.
  EXPECT_GT(hues_in(picture, 28, 47), 500);
  EXPECT_GT(hues_in(picture, 205, 225), 500);
}

TEST_P(ScreenShotTest, TheSheetAndALostLaneChangeThePicture) {
  open(GetParam().dark, GetParam().width, GetParam().height);
  review();
  const QImage before = shoot("before");
  key(Qt::Key_F2);
  EXPECT_NE(shoot("alarms"), before);
  key(Qt::Key_G);  // from one list to the other
  EXPECT_EQ(item("alarm_list"), nullptr);
  EXPECT_NE(shoot("goods"), before);
  key(Qt::Key_G);
  key(Qt::Key_F1);
  EXPECT_NE(shoot("sheet"), before);
  key(Qt::Key_Escape);
  server_.stop();
  clock_.advance(std::chrono::seconds(2));
  ASSERT_TRUE(wait_for([&] { return app_->lane().stale(); }));
  const QImage stale = shoot("stale");
  const QQuickItem* notice = item("stale_notice");
  EXPECT_GE(item("next_text")->mapToScene(QPointF(0, 0)).x(),
            notice->mapToScene(QPointF(notice->width(), 0)).x());
  // The notice is a bar filled with the alarm's red, hue about 5 degrees in both themes.
  EXPECT_GT(hues_in(stale, 0, 12), hues_in(before, 0, 12) + 500);
}

TEST_P(ScreenShotTest, NoWordIsSetSmallerThanSixteenPixelsAt1080) {
  open(GetParam().dark, GetParam().width, GetParam().height);
  review(false, false);
  const double unit = std::min(GetParam().width / 1920.0, GetParam().height / 1080.0);
  const std::function<void(QQuickItem*)> check = [&](QQuickItem* from) {
    if (!from->isVisible()) return;
    if (from->inherits("QQuickText")) {
      const int size = from->property("font").value<QFont>().pixelSize();
      EXPECT_GE(size, static_cast<int>(std::floor(16 * unit)))
          << from->property("text").toString().toStdString();
    }
    for (QQuickItem* child : from->childItems()) check(child);
  };
  check(app_->window().contentItem());
}

INSTANTIATE_TEST_SUITE_P(Looks, ScreenShotTest,
                         ::testing::Values(ScreenLook{"dark-1080", true, 1920, 1080},
                                           ScreenLook{"light-1080", false, 1920, 1080},
                                           ScreenLook{"dark-720", true, 1280, 720}),
                         [](const auto& parameter) {
                           std::string name = parameter.param.name;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class ScreenLiveTest : public ScreenTest {};

TEST_F(ScreenLiveTest, ColumnsAppearWhileTheScanRuns) {
  open();
  const QImage before = app_->window().grabWindow();
  services::WaterfallFeed& feed = lane_.waterfall();
  feed.begin("scan-5", 400);
  const std::vector<std::uint8_t> column(400, 128);
  for (int i = 0; i < 300; ++i) feed.push(column);
  ASSERT_TRUE(wait_for([&] { return app_->waterfall().columns() == 300; }));
  const QImage during = app_->window().grabWindow();
  EXPECT_NE(before, during);
  EXPECT_TRUE(app_->waterfall().running());
  EXPECT_TRUE(text("live_text").contains(QLatin1String("live, as the lines arrive")));
  feed.end();
  EXPECT_TRUE(wait_for([&] { return !app_->waterfall().running(); }));
}

TEST_F(ScreenLiveTest, TheVehiclesFrontIsAtTheLeftWhicheverEndIsScannedFirst) {
  open();
  services::WaterfallFeed& feed = lane_.waterfall();
  const std::vector<std::uint8_t> black(400, 0);
  const auto dark_at = [&](const QImage& picture, int x) {
    return qGray(picture.pixel(x, 600)) < 20;
  };
  feed.begin("scan-5", 400);
  for (int i = 0; i < 100; ++i) feed.push(black);
  ASSERT_TRUE(wait_for([&] { return app_->waterfall().columns() == 100; }));
  QImage picture = app_->window().grabWindow();
  EXPECT_TRUE(dark_at(picture, 30));
  EXPECT_FALSE(dark_at(picture, 1360));
  feed.begin("scan-6", 400, true);
  for (int i = 0; i < 100; ++i) feed.push(black);
  ASSERT_TRUE(wait_for([&] {
    return app_->waterfall().scan_id() == "scan-6" && app_->waterfall().columns() == 100;
  }));
  picture = app_->window().grabWindow();
  EXPECT_FALSE(dark_at(picture, 30));
  EXPECT_TRUE(dark_at(picture, 1360));
}

TEST_F(ScreenLiveTest, TheWheelZoomsAboutTheCursor) {
  open();
  review();
  ViewState& view = app_->view();
  const double before = view.scale();
  const QPointF cursor(500, 380);
  QWheelEvent wheel(cursor, app_->window().mapToGlobal(cursor), QPoint(), QPoint(0, 240),
                    Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&app_->window(), &wheel);
  EXPECT_NEAR(view.scale(), before * 1.25 * 1.25, 1e-9);
  key(Qt::Key_F);
  EXPECT_NEAR(view.scale(), before, 1e-9);
}

TEST_F(ScreenLiveTest, NobodyAtTheScreenDecidesATruckByKeys) {
  const core::SystemClock clock;
  ASSERT_TRUE(server_.start(socket_).ok());
  lane_.play(std::chrono::milliseconds(200));
  lane_.beat();
  ScreenOptions options;
  options.address = QStringLiteral("unix:") + QString::fromStdString(socket_.string());
  options.user = QStringLiteral("nobody");
  app_ = std::make_unique<HmiApp>(options, clock);
  ASSERT_TRUE(app_->start().ok());
  Unattended unattended(*app_, clock, {folder_ / "shots", 1, true});
  std::filesystem::create_directories(folder_ / "shots");
  int exit_code = -1;
  QObject::connect(&unattended, &Unattended::finished, [&](int code) { exit_code = code; });
  unattended.start();
  ASSERT_TRUE(wait_for([&] { return exit_code >= 0; }, 60000));
  EXPECT_EQ(exit_code, 0);
  ASSERT_EQ(lane_.decisions().size(), 1U);
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kPhysicalInspection);
  EXPECT_EQ(lane_.decisions()[0].reason_code, "suspect_object");
  // A key is pressed again where the lane's word is late: the same answer twice is no other one.
  std::set<std::uint32_t> answered;
  for (const auto& answer : lane_.answers()) {
    EXPECT_EQ(answer.answer, core::FindingAnswer::kAgree);
    answered.insert(answer.finding);
  }
  EXPECT_EQ(answered, (std::set<std::uint32_t>{0, 1}));
  for (const char* name : {"startup", "1-review", "1-card", "1-decided"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_ / "shots" / (std::string(name) + ".png"))) << name;
  }
}

}  // namespace
}  // namespace portcullis::hmi
