// What the screen says of the lane and of a case without being asked: each fact of the strip, and
// what was declared beside the image.
#include <QAccessible>

#include "tests/unit/hmi/page_cases.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

class FactsTest : public ScreenTest {
 protected:
  /// Some visible text of the screen holds these words, whatever stands between lines.
  bool says(const QString& words) { return says(app_->window().contentItem(), words); }
  bool says(const char* words) { return says(QString::fromUtf8(words)); }

 private:
  static bool says(QQuickItem* from, const QString& words) {
    if (!from->isVisible()) return false;
    if (from->inherits("QQuickText")) {
      // A number and its unit are kept together by spaces of their own.
      QString text = from->property("text").toString();
      text.replace(QChar(0xA0), QLatin1Char(' ')).replace(QChar(0x202F), QLatin1Char(' '));
      if (text.contains(words, Qt::CaseInsensitive)) return true;
    }
    for (QQuickItem* child : from->childItems())
      if (says(child, words)) return true;
    return false;
  }
};

TEST_F(FactsTest, TheStripSaysEveryFactOfTheLane) {
  lane_.change_status([](services::LaneStatus& status) {
    status.beam = "on";
    status.beam_asked = status.beam_permit = status.motion_asked = true;
    status.speed_mm_s = 400;
    status.dose_rate_usv_h = 0.31;
    status.light_entry = "red";
    status.light_exit = "green";
    status.barrier_entry = "closed";
    status.barrier_exit = "open";
    status.first_out = "emergency stop 2, exit side";
    status.waiting = 7;
    status.scans_today = 31;
    status.median_cycle_s = 74;
  });
  open();
  ASSERT_TRUE(wait_for([&] { return says("7 trucks"); }));
  for (const char* fact : {"Lane 3", "Ready", "asked, granted", "400 mm/s", "asked, not granted",
                           "entry red, closed", "exit green, open", "0.31 \u00b5Sv/h",
                           "background ok", "emergency stop 2, exit side", "31 today", "74 s"})
    EXPECT_TRUE(says(fact)) << fact;
}

TEST_F(FactsTest, GoodsChecksAndRadiationStandBesideTheImage) {
  open();
  review();
  EXPECT_TRUE(says("CSQU 305438 3"));
  EXPECT_TRUE(says("B-KL 4417"));
  EXPECT_TRUE(says("0088121")) << "the declared seal";
  EXPECT_TRUE(says("26DE586600006143R8")) << "the declaration";
  for (const char* good : {"Paper, in cartons", "Lubricating oil", "Centrifugal pumps"})
    EXPECT_TRUE(says(good)) << good;
  for (const char* check :
       {"seen 13.6 t (13.1 to 14.2), declared 13.9 t", "5 pallets and 6 drums, as declared",
        "metal in a carton; HS 4802 is paper", "cannot say behind 120 mm steel"})
    EXPECT_TRUE(says(check)) << check;
  // Findings: title, score and sentence of each.
  EXPECT_TRUE(says("0.94") && says("0.61"));
  EXPECT_TRUE(says("in paper cartons; the neighbours hold none"));
  EXPECT_TRUE(says("Radiation portal, gamma counts"));
  shoot("facts");
}

TEST_F(FactsTest, TheSupervisorsPageSaysLoadOverridesAndWhatIsMissing) {
  lane_.set_supervision(busy_day());
  open();
  key(Qt::Key_F12);
  ASSERT_TRUE(wait_for([&] { return says("2 cases wait"); }));
  for (const char* fact : {"B-KL 4417", "nobody reads it", "anna", "bo", "31", "42 s", "case-3",
                           "case-91", "stripes", "from module 17"})
    EXPECT_TRUE(says(fact)) << fact;
  shoot("facts-supervise");
}

TEST_F(FactsTest, EveryButtonHasItsWordsForAScreenReader) {
  open();
  review();
  key(Qt::Key_T);
  ASSERT_TRUE(wait_for([&] { return item("tool_panel") != nullptr; }));
  int buttons = 0;
  const std::function<void(QQuickItem*)> check = [&](QQuickItem* from) {
    if (!from->isVisible()) return;
    if (from->inherits("PushButton") ||
        QString(from->metaObject()->className()).startsWith(QLatin1String("PushButton"))) {
      ++buttons;
      QAccessibleInterface* read = QAccessible::queryAccessibleInterface(from);
      ASSERT_NE(read, nullptr);
      EXPECT_EQ(read->role(), QAccessible::Button);
      EXPECT_EQ(read->text(QAccessible::Name), from->property("label").toString());
      EXPECT_FALSE(read->text(QAccessible::Name).isEmpty());
    }
    for (QQuickItem* child : from->childItems()) check(child);
  };
  check(app_->window().contentItem());
  EXPECT_GT(buttons, 30);
}

}  // namespace
}  // namespace portcullis::hmi
