#pragma once

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QImage>
#include <QKeyEvent>
#include <QQuickItem>
#include <QTest>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hmi/app/hmi_app.h"
#include "hmi/app/warnings.h"
#include "services/lane/lane_server.h"
#include "tests/support/fake_lane.h"
#include "tests/support/fake_office.h"
#include "tests/support/socket_folder.h"

namespace portcullis::hmi {

/// The whole screen against a lane without hardware, over a real socket. Time stands still until a
/// test moves it.
class ScreenTest : public ::testing::Test {
 protected:
  /// `sessions`: the lane has accounts.
  explicit ScreenTest(access::Sessions* sessions = nullptr)
      : socket_(folder_ / "lane.sock"),
        server_(lane_, sessions, &office_),
        warnings_before_(warnings_counted()) {}
  ~ScreenTest() override {
    app_.reset();
    server_.stop();
    EXPECT_EQ(warnings_counted(), warnings_before_) << "Qt warned; see stderr";
  }

  /// What is fetched ahead takes only the time that nothing else on the machine wants.
  static constexpr int kWhenIdle_ms = 180'000;
  static bool wait_for(const std::function<bool()>& condition, int ms_max = 20000) {
    return QTest::qWaitFor(condition, ms_max);
  }

  void open(bool dark = true, int width = 1920, int height = 1080) {
    const core::Status served = server_.start(socket_);
    ASSERT_TRUE(served.ok()) << served.error().message;
    ScreenOptions options;
    options.address = QStringLiteral("unix:") + QString::fromStdString(socket_.string());
    options.user = QStringLiteral("anna");
    options.dark = dark;
    options.width = width;
    options.height = height;
    options.print = print_;
    app_ = std::make_unique<HmiApp>(options, clock_);
    const core::Status status = app_->start();
    ASSERT_TRUE(status.ok()) << status.error().message;
    ASSERT_TRUE(wait_for([&] { return !app_->lane().stale(); }));
  }

  /// A truck in review, its image drawn, and the officer has had time to look up.
  void review(bool clear = false, bool drawn = true) {
    lane_.show_case(test::truck_case("case-1", "scan-1", clear));
    ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
    if (drawn) {
      ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
    } else {
      ASSERT_TRUE(wait_for([&] { return app_->images().ready(); }));
    }
    clock_.advance(std::chrono::milliseconds(501));
  }

  /// A case of test::scene_case() in review.
  void review_scene(const std::string& scene) {
    lane_.show_case(test::scene_case(scene, "case-1", "scan-1"));
    ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
    ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
    clock_.advance(std::chrono::milliseconds(501));
  }

  /// What is on the screen and was cut short with "...": object names and texts.
  [[nodiscard]] std::vector<std::string> clipped() const {
    std::vector<std::string> found;
    collect_clipped(app_->window().contentItem(), found);
    return found;
  }

  void key(Qt::Key key) { QTest::keyClick(&app_->window(), key); }
  void control_key(Qt::Key key) { QTest::keyClick(&app_->window(), key, Qt::ControlModifier); }
  /// As a person does: on what a drawn frame shows, where its layout has put it.
  void click(const char* name) {
    ASSERT_NE(item(name), nullptr) << name;
    std::atomic<bool> drawn{false};
    const auto told = QObject::connect(
        &app_->window(), &QQuickWindow::frameSwapped, &app_->window(), [&] { drawn = true; },
        Qt::DirectConnection);
    app_->window().update();
    ASSERT_TRUE(wait_for([&] { return drawn.load(); })) << name;
    QObject::disconnect(told);
    QQuickItem* target = item(name);
    ASSERT_NE(target, nullptr) << name;
    QTest::mouseClick(
        &app_->window(), Qt::LeftButton, {},
        target->mapToScene(QPointF(target->width() / 2, target->height() / 2)).toPoint());
  }
  /// The visible item of that name; null where there is none.
  QQuickItem* item(const char* name) {
    return find(app_->window().contentItem(), QLatin1String(name));
  }
  QString text(const char* name) {
    QQuickItem* found = item(name);
    return found == nullptr ? QStringLiteral("(no such item)") : found->property("text").toString();
  }
  /// What the screen shows now, kept with the build's output.
  void shoot(const std::string& name) {
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    const std::filesystem::path folder =
        std::filesystem::path(out != nullptr ? out : folder_.string()) / "hmi";
    std::filesystem::create_directories(folder);
    EXPECT_TRUE(app_->window().grabWindow().save(
        QString::fromStdString((folder / (name + ".png")).string())));
  }
  /// Nothing that is under way changes it: it holds for 60 ms of events, and at their end.
  template <class Condition>
  [[nodiscard]] static bool stays(Condition condition, int limit_ms = 60) {
    return !QTest::qWaitFor([&] { return !condition(); }, limit_ms);
  }

  test::SocketFolder own_folder_;
  std::filesystem::path folder_ = own_folder_.path();
  std::filesystem::path socket_;
  core::ManualClock clock_;
  test::FakeLane lane_;
  test::FakeOffice office_;
  services::LaneServer server_;
  PrintOptions print_;
  std::unique_ptr<HmiApp> app_;

 private:
  static void collect_clipped(QQuickItem* from, std::vector<std::string>& found) {
    if (!from->isVisible()) return;
    if (from->inherits("QQuickText") && from->property("truncated").toBool())
      found.push_back(from->property("text").toString().toStdString());
    for (QQuickItem* child : from->childItems()) collect_clipped(child, found);
  }
  static QQuickItem* find(QQuickItem* from, QLatin1String name) {
    if (!from->isVisible()) return nullptr;
    if (from->objectName() == name) return from;
    for (QQuickItem* child : from->childItems()) {
      if (QQuickItem* found = find(child, name)) return found;
    }
    return nullptr;
  }

  int warnings_before_;
};

}  // namespace portcullis::hmi
