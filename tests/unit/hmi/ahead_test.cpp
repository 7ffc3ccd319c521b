// The image of the case that comes next is fetched while an officer reads another, out of his way
// and out of his sight.
#include <algorithm>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>

#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

using services::ImagePlane;

constexpr std::uint32_t kColumns = 800, kRows = 300;

class AheadTest : public ScreenTest {
 protected:
  AheadTest() {
    lane_.set_image_source([gate = gate_](const std::string& scan_id, ImagePlane plane) {
      std::unique_lock lock(gate->mutex);
      gate->let_go.wait(lock, [&] { return gate->held.count(scan_id) == 0; });
      return core::Result<services::Image>(test::plain_image(plane, kColumns, kRows));
    });
  }
  ~AheadTest() override { hold({}); }

  /// The lane does not answer for these scans' images.
  void hold(std::set<std::string> scans) {
    {
      const std::lock_guard lock(gate_->mutex);
      gate_->held = std::move(scans);
    }
    gate_->let_go.notify_all();
  }
  /// How often the lane was asked for a plane of that scan, and when first and last.
  struct Asked {
    std::ptrdiff_t count = 0, first = -1, last = -1;
  };
  [[nodiscard]] Asked asked(const std::string& scan_id) const {
    Asked found;
    const auto all = lane_.images_asked_for();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].rfind(scan_id + " ", 0) != 0) continue;
      found.last = static_cast<std::ptrdiff_t>(i);
      if (found.count++ == 0) found.first = found.last;
    }
    return found;
  }
  [[nodiscard]] bool was_shown(const std::string& id) const {
    const auto all = lane_.shown();
    return std::find(all.begin(), all.end(), id) != all.end();
  }
  void show(int number) {
    const std::string id = std::to_string(number);
    lane_.show_case(test::truck_case("case-" + id, "scan-" + id, true));
  }
  bool shows(int number) {
    const std::string id = std::to_string(number);
    return wait_for([&] {
      return app_->inspection_case().data().case_id == "case-" + id && app_->image_drawn() &&
             app_->images().scan_id() == "scan-" + id;
    });
  }
  bool ahead(const char* scan_id) {
    return wait_for([&] { return app_->is_ahead(scan_id); }, kWhenIdle_ms);
  }

 private:
  /// The lane's own: it may still be asked when the test is over.
  struct Gate {
    std::mutex mutex;
    std::condition_variable let_go;
    std::set<std::string> held;
  };
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
};

TEST_F(AheadTest, TheNextCaseIsThereWhenItIsOpenedAndWasSeenByNobodyBefore) {
  lane_.set_next({1, 2, 3});
  open();
  show(1);
  ASSERT_TRUE(shows(1));
  ASSERT_TRUE(ahead("scan-2"));
  EXPECT_EQ(asked("scan-1").count, 4);
  EXPECT_EQ(asked("scan-2").count, 4);
  EXPECT_EQ(asked("scan-3").count, 0) << "one case ahead, no more";
  // Nothing of it is on the screen, and it is no view in the lane's audit log.
  EXPECT_EQ(app_->images().scan_id(), "scan-1");
  for (const auto& plane : app_->images().planes()) EXPECT_EQ(plane->scan_id, "scan-1");
  EXPECT_EQ(app_->inspection_case().data().case_id, "case-1");
  EXPECT_TRUE(was_shown("case-1"));
  EXPECT_FALSE(was_shown("case-2") || was_shown("scan-2"));

  clock_.advance(std::chrono::milliseconds(501));
  key(Qt::Key_L);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  lane_.set_next({2, 3});
  show(2);
  ASSERT_TRUE(shows(2));
  EXPECT_EQ(asked("scan-2").count, 4) << "fetched once more";
  EXPECT_TRUE(was_shown("case-2"));
  EXPECT_TRUE(ahead("scan-3"));
  EXPECT_FALSE(app_->is_ahead("scan-2"));
}

TEST_F(AheadTest, TheCaseOnTheScreenIsFetchedFirst) {
  hold({"scan-1"});
  open();
  show(1);
  ASSERT_TRUE(wait_for([&] { return asked("scan-1").count > 0; }));
  lane_.set_next({1, 2});
  EXPECT_TRUE(stays([&] { return asked("scan-2").count == 0; }, 300));
  hold({});
  ASSERT_TRUE(ahead("scan-2"));
  EXPECT_LT(asked("scan-1").last, asked("scan-2").first);
}

TEST_F(AheadTest, WhatTheOfficerOpensDoesNotWaitForIt) {
  lane_.set_next({1, 2});
  open();
  show(1);
  ASSERT_TRUE(shows(1));
  ASSERT_TRUE(ahead("scan-2"));
  hold({"scan-4"});
  lane_.set_next({1, 4});
  ASSERT_TRUE(wait_for([&] { return asked("scan-4").count > 0; }));
  lane_.set_next({4, 3});
  show(3);
  ASSERT_TRUE(shows(3)) << "while the lane does not answer for the next one";
  EXPECT_FALSE(app_->is_ahead("scan-4"));
  hold({});
  EXPECT_TRUE(ahead("scan-4"));
}

TEST_F(AheadTest, ItIsDroppedWhenTheQueueChangesOrTheCaseIsSomebodyElses) {
  lane_.set_next({1, 2});
  open();
  show(1);
  ASSERT_TRUE(shows(1));
  ASSERT_TRUE(ahead("scan-2"));
  lane_.set_next({1, 3});
  ASSERT_TRUE(ahead("scan-3"));
  EXPECT_FALSE(app_->is_ahead("scan-2"));
  lane_.set_next({1});
  ASSERT_TRUE(wait_for([&] { return !app_->is_ahead("scan-3"); }));
  show(2);
  ASSERT_TRUE(shows(2));
  EXPECT_EQ(asked("scan-2").count, 8) << "nothing of it was kept";
}

TEST_F(AheadTest, ALaneThatDoesNotGiveItIsNotComplainedAbout) {
  lane_.set_image_source([](const std::string& scan_id, ImagePlane plane) {
    if (scan_id == "scan-2")
      return core::Result<services::Image>(
          core::Error{core::ErrorCode::kCorrupt, "the file is torn"});
    return core::Result<services::Image>(test::plain_image(plane, kColumns, kRows));
  });
  lane_.set_next({1, 2});
  open();
  show(1);
  ASSERT_TRUE(shows(1));
  ASSERT_TRUE(wait_for([&] { return asked("scan-2").count > 0; }));
  EXPECT_TRUE(stays([&] { return asked("scan-2").count == 1; }, 400)) << "asked over and over";
  EXPECT_EQ(app_->controller().message(), QString());
  show(2);
  EXPECT_TRUE(wait_for([&] { return asked("scan-2").count == 2; }));
}

}  // namespace
}  // namespace portcullis::hmi
