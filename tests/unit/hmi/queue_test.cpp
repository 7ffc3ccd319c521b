// The queue and the search: by words, state, finding and time, by keys alone; what is found is
// shown with its picture and opened; nothing found, searching and failing are said in words.
#include <QBuffer>

#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

std::string a_picture() {
  QImage picture(240, 75, QImage::Format_RGB32);
  picture.fill(Qt::white);
  for (int x = 20; x < 220; ++x)
    for (int y = 20; y < 60; ++y) picture.setPixel(x, y, qRgb(200, 140, 60));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  picture.save(&buffer, "PNG");
  return bytes.toStdString();
}

class QueueScreenTest : public ScreenTest {
 protected:
  /// The bays' three vehicles: one to decide, one held, one isolated.
  void open_queue() {
    lane_.set_image_size(300, 100);
    lane_.set_thumbnail(a_picture());
    test::fill_bays(lane_);
    open();
    key(Qt::Key_F3);
    ASSERT_NE(item("queue_list"), nullptr);
    ASSERT_TRUE(wait_for([&] { return !app_->queue().searching(); }));
  }
  [[nodiscard]] std::vector<std::string> found() const {
    std::vector<std::string> ids;
    for (const FoundCaseData& one : app_->queue().cases()) ids.push_back(one.case_id);
    return ids;
  }
  using Ids = std::vector<std::string>;
};

TEST_F(QueueScreenTest, ItShowsTheNewestCasesWithTheirPictures) {
  open_queue();
  EXPECT_EQ(found(), (Ids{"case-93", "case-92", "case-91"}));
  EXPECT_EQ(text("queue_note"), QStringLiteral("3 cases"));
  ASSERT_TRUE(wait_for([&] { return item("queue_picture") != nullptr; }));
  // QQuickImage::Ready, and as large as it was made.
  ASSERT_TRUE(wait_for([&] { return item("queue_picture")->property("status").toInt() == 1; }));
  EXPECT_EQ(item("queue_picture")->property("sourceSize").toSize(), QSize(240, 75));
  EXPECT_TRUE(clipped().empty()) << clipped().front();
  shoot("queue-dark");
  app_->language().set(QStringLiteral("ar"));
  app_->language().choose(app_->language().index());
  shoot("queue-ar");
  EXPECT_GT(item("queue_words")->width(), 200) << "mirrored, the words still have their room";
}

TEST_F(QueueScreenTest, WordsAreLookedForWithEnterAndEachSearchIsTheOfficers) {
  open_queue();
  ASSERT_EQ(lane_.searches().size(), 1U);
  click("queue_words");
  for (const char letter : {'G', 'D', ' ', '7', '7'}) QTest::keyClick(&app_->window(), letter);
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("queue")) << "letters are typed";
  EXPECT_TRUE(stays([&] { return lane_.searches().size() == 1; })) << "not while somebody types";
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return found() == Ids{"case-92"}; }));
  const auto searches = lane_.searches();
  ASSERT_EQ(searches.size(), 2U);
  EXPECT_EQ(searches[1].text, "GD 77");
  EXPECT_EQ(searches[1].user, "anna");
  EXPECT_TRUE(searches[1].thumbnails);
  EXPECT_EQ(text("queue_note"), QStringLiteral("1 case"));
  // Closed and opened it begins anew: the next may be another person.
  key(Qt::Key_F3);
  EXPECT_EQ(item("queue_list"), nullptr);
  key(Qt::Key_F3);
  ASSERT_TRUE(wait_for([&] { return found().size() == 3; }));
}

TEST_F(QueueScreenTest, ChoicesByKeysAndNothingFoundIsSaid) {
  open_queue();
  key(Qt::Key_1);
  EXPECT_EQ(text("queue_note"), QStringLiteral("Searching"));
  ASSERT_TRUE(wait_for([&] { return found() == Ids{"case-91"}; }));
  EXPECT_EQ(item("queue_choice_1")->property("label").toString(),
            QStringLiteral("State: not decided"));
  // Two steps soon after each other are one search.
  const std::size_t before = lane_.searches().size();
  key(Qt::Key_1);
  key(Qt::Key_1);
  ASSERT_TRUE(wait_for([&] { return !app_->queue().searching(); }));
  EXPECT_EQ(lane_.searches().size(), before + 1);
  EXPECT_EQ(lane_.searches().back().state, "release");
  EXPECT_EQ(text("queue_note"), QStringLiteral("No case is like that"));
  key(Qt::Key_2);
  key(Qt::Key_3);
  ASSERT_TRUE(wait_for([&] { return !app_->queue().searching(); }));
  EXPECT_EQ(lane_.searches().back().finding, "small_dense_object");
  EXPECT_EQ(lane_.searches().back().from.ns, clock_.utc_now().ns - 86'400'000'000'000);
}

TEST_F(QueueScreenTest, AFailedSearchSaysWhy) {
  open_queue();
  lane_.fail_searches(core::Error{core::ErrorCode::kIo, "catalogue.sqlite: disk I/O error"});
  key(Qt::Key_1);
  ASSERT_TRUE(wait_for([&] { return app_->queue().failed(); }));
  EXPECT_EQ(text("queue_note"), QStringLiteral("Not searched: catalogue.sqlite: disk I/O error"));
  EXPECT_TRUE(found().empty()) << "what was found before is not what was asked for";
}

TEST_F(QueueScreenTest, TheSelectedCaseIsShownAndEscGoesBackToTheLane) {
  open_queue();
  lane_.show_case(test::truck_case("case-1", "scan-1", true));
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  clock_.advance(std::chrono::milliseconds(501));
  ASSERT_EQ(app_->controller().overlay(), QStringLiteral("queue")) << "a new case closes no search";
  key(Qt::Key_Down);
  key(Qt::Key_Down);
  key(Qt::Key_Up);
  EXPECT_EQ(app_->queue().selected(), 1);
  key(Qt::Key_Return);
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-92"); }));
  EXPECT_EQ(item("queue_list"), nullptr);
  ASSERT_NE(item("searched_note"), nullptr);
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  shoot("queue-shown");
  clock_.advance(std::chrono::milliseconds(501));
  key(Qt::Key_Escape);
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-1"); }));
  EXPECT_EQ(item("searched_note"), nullptr);
}

}  // namespace
}  // namespace portcullis::hmi
