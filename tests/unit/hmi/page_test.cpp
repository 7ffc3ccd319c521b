// The pages Inspect and Supervise, over a real socket: by keys alone, by clicks alone, in every
// look. PORTCULLIS_SCREENS=all keeps the pictures.
#include <QBuffer>
#include <QDateTime>
#include <QImage>
#include <QImageWriter>
#include <algorithm>

#include "hmi/models/box_place.h"
#include "tests/unit/hmi/lane_accounts.h"
#include "tests/unit/hmi/page_cases.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

TEST(BoxPlace, IsCountedFromTheDoors) {
  core::InspectionReport report;
  report.mm_per_px = 5;
  report.containers = {drawn_container()};
  // 160 x 140 mm at 5.9 m from the image's edge: by hand 13.15 - 6.06 and 13.15 - 5.9 m.
  const auto place = place_of(report, {1180, 420, 32, 28});
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->container, "CSQU3054383");
  EXPECT_NEAR(place->near_m, 7.09, 1e-9);
  EXPECT_NEAR(place->far_m, 7.25, 1e-9);
  EXPECT_NEAR(place->low_m, 0.91, 1e-9);   // (630 - 448) * 5 mm
  EXPECT_NEAR(place->high_m, 1.05, 1e-9);  // (630 - 420) * 5 mm
  EXPECT_FALSE(place->whole);
  EXPECT_TRUE(place_of(report, report.containers[0].bbox_px)->whole);
  EXPECT_FALSE(place_of(report, {100, 300, 50, 50}).has_value()) << "the cab is in no container";
  EXPECT_FALSE(place_of(report, {}).has_value());
}

TEST(BoxPlace, OfTwoContainersItIsTheOneThatHoldsMostOfTheBox) {
  core::InspectionReport report;
  report.mm_per_px = 10;
  report.containers.resize(2);
  report.containers[0].number = "front";
  report.containers[0].bbox_px = {100, 0, 600, 200};
  report.containers[1].number = "rear";
  report.containers[1].bbox_px = {710, 0, 600, 200};
  EXPECT_EQ(place_of(report, {650, 100, 40, 20})->container, "front");
  EXPECT_NEAR(place_of(report, {650, 100, 40, 20})->near_m, 0.1, 1e-9);
  EXPECT_EQ(place_of(report, {690, 100, 100, 20})->container, "rear");
  EXPECT_NEAR(place_of(report, {690, 100, 100, 20})->far_m, 6.0, 1e-9)
      << "no farther than its wall";
}

/// The smallest PNG there is a use for: 8 x 8, grey.
std::filesystem::path write_photo(const std::filesystem::path& folder) {
  QImage picture(8, 8, QImage::Format_RGB888);
  picture.fill(Qt::gray);
  auto path = folder / "seal.png";
  EXPECT_TRUE(picture.save(QString::fromStdString(path.string())));
  return path;
}

std::string png_of(int width, int height) {
  QImage picture(width, height, QImage::Format_RGB888);
  picture.fill(Qt::darkCyan);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  EXPECT_TRUE(picture.save(&buffer, "PNG"));
  return bytes.toStdString();
}

class PageTest : public ScreenTest {
 protected:
  void open_inspect() {
    lane_.set_image_size(300, 100);
    refer_a_truck(lane_, office_);
    open();
    key(Qt::Key_F4);
    ASSERT_TRUE(wait_for([&] { return item("order_0") != nullptr; }));
  }
  /// Focus to the item of that name by Tab alone.
  void tab_to(const char* name) {
    for (int i = 0; i < 60; ++i) {
      QQuickItem* focus = app_->window().activeFocusItem();
      for (QQuickItem* at = focus; at != nullptr; at = at->parentItem())
        if (at->objectName() == QLatin1String(name)) return;
      key(Qt::Key_Tab);
    }
    FAIL() << "Tab never comes to " << name;
  }
  void type(const char* words) {
    for (const char* c = words; *c != '\0'; ++c) QTest::keyClick(&app_->window(), *c);
  }
  [[nodiscard]] const services::OutcomeRequest& sent() {
    static services::OutcomeRequest last;
    last = lane_.outcomes().empty() ? services::OutcomeRequest{} : lane_.outcomes().back();
    return last;
  }
};

TEST_F(PageTest, AnInspectionIsRecordedByKeysAlone) {
  open_inspect();
  EXPECT_EQ(text("orders_title"), QStringLiteral("1 inspection waits"));
  tab_to("order_0");
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return item("outcome_0") != nullptr; }));
  EXPECT_EQ(text("place_1"),
            QStringLiteral("7.1 to 7.3 m from the doors, 0.9 to 1.1 m above the floor"));
  // Nothing is sent that is not said, and no key decides anything here.
  EXPECT_FALSE(item("record_outcome")->property("allowed").toBool());
  key(Qt::Key_L);
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("page_inspect"));
  tab_to("found_1");
  key(Qt::Key_Space);
  EXPECT_EQ(text("inspect_message"), QStringLiteral("Finding 1: say what, where and how much."));
  tab_to("what_1");
  type("cigarettes");
  tab_to("where_1");
  type("second pallet");
  tab_to("how_much_1");
  type("40 cartons");
  tab_to("nothing_2");
  key(Qt::Key_Return);
  tab_to("not_examined_0");
  key(Qt::Key_Return);
  tab_to("seals_found");
  type("0088121");
  tab_to("seals_put");
  type("A77, A78");
  tab_to("record_outcome");
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return !lane_.outcomes().empty(); }));
  ASSERT_EQ(sent().outcomes.size(), 3U);
  EXPECT_EQ(sent().case_id, "case-91");
  EXPECT_EQ(sent().user, "anna");
  EXPECT_EQ(sent().outcomes[0].what, "cigarettes");
  EXPECT_EQ(sent().outcomes[0].where, "second pallet");
  EXPECT_EQ(sent().outcomes[0].how_much, "40 cartons");
  EXPECT_EQ(sent().outcomes[1].result, access::OutcomeResult::kNothing);
  EXPECT_EQ(sent().outcomes[2].result, access::OutcomeResult::kNotExamined);
  EXPECT_EQ(sent().seals_found, std::vector<std::string>{"0088121"});
  EXPECT_EQ(sent().seals_put, (std::vector<std::string>{"A77", "A78"}));
  ASSERT_TRUE(wait_for([&] { return text("recorded_words").contains(QStringLiteral("anna")); }));
  // Back to the lane; the analyst who looks at the case is told.
  key(Qt::Key_Escape);
  EXPECT_EQ(item("inspect_page"), nullptr);
}

TEST_F(PageTest, PhotosAreSeenSmallAndOneOfThemLarge) {
  ASSERT_TRUE(office_.add_photo("case-91", "doors.png", png_of(600, 300), "bo").ok());
  ASSERT_TRUE(office_.add_photo("case-91", "torn.jpg", "\xff\xd8\xff no more of it", "bo").ok());
  open_inspect();
  tab_to("order_0");
  key(Qt::Key_Return);
  const auto& rows = app_->pages().photos().rows();
  ASSERT_TRUE(wait_for([&] { return rows.size() == 2 && rows[1].failed; }));
  EXPECT_TRUE(rows[0].picture.startsWith(QLatin1String("data:image/jpeg")));
  tab_to("photo_0");
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] {
    QQuickItem* large = item("photo_large");
    return large != nullptr && large->implicitWidth() == 600 && large->implicitHeight() == 300;
  }));
  EXPECT_EQ(item("photo_note"), nullptr);
  EXPECT_EQ(text("photo_title"), QStringLiteral("doors.png (1 of 2), by bo"));
  shoot("inspect-photo");
  key(Qt::Key_Right);
  ASSERT_TRUE(
      wait_for([&] { return text("photo_note") == QLatin1String("This photo cannot be shown."); }));
  key(Qt::Key_Right);
  EXPECT_EQ(app_->pages().photos().opened(), 1) << "there is no other";
  key(Qt::Key_Left);
  ASSERT_TRUE(wait_for([&] { return item("photo_note") == nullptr; }));
  // Esc goes back to the page and to where one was on it, then from the page.
  key(Qt::Key_Escape);
  EXPECT_EQ(item("photo_view"), nullptr);
  EXPECT_TRUE(item("photo_0")->hasActiveFocus());
  key(Qt::Key_Escape);
  EXPECT_EQ(item("inspect_page"), nullptr);
}

TEST(PhotoPicture, IsSmallAndUprightAsItsCameraSays) {
  QImage picture(400, 100, QImage::Format_RGB32);
  picture.fill(Qt::black);
  for (int y = 0; y < 100; ++y)
    for (int x = 0; x < 100; ++x) picture.setPixelColor(x, y, Qt::white);
  QByteArray photo;
  QBuffer buffer(&photo);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, "jpeg");
  // The camera lay on its side: what it wrote first is the top right corner.
  writer.setTransformation(QImageIOHandler::TransformationRotate90);
  ASSERT_TRUE(writer.write(picture));
  const QImage small = QImage::fromData(photo_picture(photo, 40));
  ASSERT_EQ(small.size(), QSize(10, 40));
  EXPECT_GT(qGray(small.pixel(5, 4)), 200);
  EXPECT_LT(qGray(small.pixel(5, 25)), 50);
  EXPECT_EQ(QImage::fromData(photo_picture(photo, 4000)).size(), QSize(100, 400)) << "never larger";
  EXPECT_TRUE(photo_picture("no photo", 40).isEmpty());
  EXPECT_TRUE(photo_picture(photo.left(60), 40).isEmpty());
}

TEST_F(PageTest, AnInspectionIsRecordedByTouchAlone) {
  lane_.set_image_size(300, 100);
  refer_a_truck(lane_, office_);
  open();
  app_->pages().inspect().set_photo_folder(QString::fromStdString(folder_.string()));
  write_photo(folder_);
  key(Qt::Key_F11);  // as a finger on the clock does
  click("open_page_inspect");
  ASSERT_TRUE(wait_for([&] { return item("order_0") != nullptr; }));
  click("order_0");
  ASSERT_TRUE(wait_for([&] { return item("outcome_0") != nullptr; }));
  click("choose_photo");
  ASSERT_TRUE(wait_for([&] { return item("photo_file_0") != nullptr; }));
  click("photo_file_0");
  ASSERT_TRUE(wait_for([&] { return item("photo_0") != nullptr; }));
  EXPECT_EQ(item("photo_0")->property("name").toString(), QStringLiteral("seal.png"));
  ASSERT_EQ(office_.photos().size(), 1U);
  EXPECT_EQ(office_.photos()[0].case_id, "case-91");
  EXPECT_EQ(office_.photos()[0].bytes.substr(1, 3), "PNG");
  click("found_1");
  ASSERT_TRUE(wait_for([&] { return item("choose_what_1") != nullptr; }));
  click("choose_what_1");
  const auto choices_ready = [&] {
    return item("choice_0") != nullptr && item("choice_0")->hasActiveFocus();
  };
  ASSERT_TRUE(wait_for(choices_ready));
  click("choice_1");
  click("choose_where_1");
  ASSERT_TRUE(wait_for(choices_ready));
  click("choice_0");
  click("how_much_1");
  click("keys_button");
  ASSERT_TRUE(wait_for([&] { return item("touch_4") != nullptr; }));
  for (const char* touched :
       {"touch_4", "touch_0", "touch_space", "touch_K", "touch_G", "touch_K", "touch_erase"})
    click(touched);
  click("keys_button");
  click("nothing_2");
  auto* rows = item("outcome_rows");
  rows->setProperty("contentY",
                    std::max(0.0, rows->property("contentHeight").toDouble() - rows->height()));
  click("nothing_0");
  click("record_outcome");
  ASSERT_TRUE(wait_for([&] { return !lane_.outcomes().empty(); }));
  EXPECT_EQ(sent().outcomes[0].what, "Cigarettes");
  EXPECT_EQ(sent().outcomes[0].where, "In the box on the image");
  EXPECT_EQ(sent().outcomes[0].how_much, "40 KG");
  click("inspect_back");
  EXPECT_EQ(item("inspect_page"), nullptr);
}

TEST_F(PageTest, EscClosesTheChoiceOfWordsFirstAndThePageAfterwards) {
  lane_.set_image_size(300, 100);
  refer_a_truck(lane_, office_);
  open();
  key(Qt::Key_F11);  // closed again by the page that opens
  click("open_page_inspect");
  ASSERT_TRUE(wait_for([&] { return item("order_0") != nullptr; }));
  click("order_0");
  ASSERT_TRUE(wait_for([&] { return item("outcome_0") != nullptr; }));
  click("found_1");
  ASSERT_TRUE(wait_for([&] { return item("choose_what_1") != nullptr; }));
  item("choose_what_1")->forceActiveFocus();
  key(Qt::Key_Return);
  ASSERT_TRUE(
      wait_for([&] { return item("choice_0") != nullptr && item("choice_0")->hasActiveFocus(); }));
  key(Qt::Key_Escape);
  ASSERT_TRUE(wait_for([&] { return item("choice_0") == nullptr; }));
  ASSERT_NE(item("inspect_page"), nullptr);
  EXPECT_TRUE(item("choose_what_1")->hasActiveFocus()) << "the way back is lost";
  key(Qt::Key_Escape);
  EXPECT_EQ(item("inspect_page"), nullptr);
}

TEST_F(PageTest, WhatWasFoundStandsInTheAnalystsCase) {
  lane_.set_image_size(300, 100);
  services::CaseView view = test::truck_case("case-1", "scan-1", false);
  view.state = services::CaseState::kDecided;
  core::Decision decision;
  decision.kind = core::DecisionKind::kPhysicalInspection;
  decision.officer = "anna";
  decision.answers = view.answers;
  view.decision = decision;
  view.outcomes = {{access::OutcomeResult::kFound, "cigarettes", "second pallet", "40 cartons"},
                   {access::OutcomeResult::kNotExamined, "", "", ""},
                   {access::OutcomeResult::kNothing, "", "", ""}};
  view.outcome_by = "ivan";
  view.seals_found = {"0088121"};
  view.seals_put = {"A77"};
  lane_.show_case(view);
  open();
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
  const auto& rows = app_->inspection_case().finding_rows();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[0].text.endsWith(
      QStringLiteral("Opened: found cigarettes, 40 cartons, second pallet.")));
  EXPECT_TRUE(rows[1].text.endsWith(QStringLiteral("Opened: not examined.")));
  EXPECT_EQ(app_->inspection_case().outcome_text(),
            QStringLiteral("Inspected by ivan. The rest of the load: nothing found. "
                           "Old seal: 0088121. New seal: A77."));
}

TEST_F(PageTest, TheSupervisorSeesFiguresWithTheirIntervals) {
  lane_.set_supervision(busy_day());
  open();
  key(Qt::Key_F12);
  ASSERT_TRUE(wait_for([&] { return item("rate_6") != nullptr; }));
  EXPECT_EQ(text("queue_words"), QStringLiteral("2 cases wait, the oldest for 12:34"));
  // Wilson, Newcombe 1998 table I: 15 of 148 is 6.2 to 16.1 %, 81 of 263 is 25.5 to 36.6 %.
  EXPECT_EQ(text("rate_2"), QStringLiteral("hits 10 % (6 to 16), false alarms 90 % (84 to 94)"));
  EXPECT_EQ(text("rate_3"), QStringLiteral("hits 31 % (26 to 37), false alarms 69 % (63 to 74)"));
  // By the same formula 3 of 41 is 2.5 to 19.4 %, 1 of 12 is 1.5 to 35.4 %.
  EXPECT_EQ(text("rate_4"), QStringLiteral("hits 7 % (3 to 19), false alarms 93 % (81 to 97)"));
  EXPECT_EQ(text("rate_5"), QStringLiteral("held something: 0 % (0 to 16)"));
  EXPECT_EQ(text("rate_6"), QStringLiteral("held something: 8 % (1 to 35)"));
  EXPECT_EQ(item("rate_0"), nullptr) << "nothing was opened for it";
  EXPECT_EQ(item("left_out"), nullptr);
  key(Qt::Key_L);  // no key decides anything here
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("page_supervise"));
  EXPECT_FALSE(item("begin_handover")->property("allowed").toBool()) << "there are no accounts";
  key(Qt::Key_Escape);
  EXPECT_EQ(item("supervise_page"), nullptr);
}

TEST_F(PageTest, FiguresThatLeaveCasesOutSayFromWhenOnTheyAre) {
  services::Supervision seen = busy_day();
  seen.counted_from.ns = kReferredNs;
  lane_.set_supervision(seen);
  open();
  key(Qt::Key_F12);
  ASSERT_TRUE(wait_for([&] { return item("left_out") != nullptr; }));
  const QString since = QDateTime::fromMSecsSinceEpoch(kReferredNs / 1'000'000)
                            .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
  EXPECT_TRUE(text("left_out").contains(since)) << text("left_out").toStdString();
  EXPECT_TRUE(clipped().empty());
  shoot("supervise-left-out");
}

TEST_F(PageTest, AnUnfitImageIsSaidWithItsCause) {
  lane_.set_image_size(300, 100);
  open();
  review();
  key(Qt::Key_Y);
  ASSERT_NE(item("complaint_card"), nullptr);
  key(Qt::Key_6);
  EXPECT_EQ(text("complaint_message"), QStringLiteral("Another cause needs words that say which."));
  key(Qt::Key_1);
  ASSERT_TRUE(wait_for([&] { return !office_.complaints().empty(); }));
  EXPECT_EQ(office_.complaints()[0].case_id, "case-1");
  EXPECT_EQ(office_.complaints()[0].cause, "stripes");
  EXPECT_EQ(office_.complaints()[0].user, "anna");
  ASSERT_TRUE(wait_for([&] {
    return text("complaint_message") == QStringLiteral("A ticket for maintenance is open.");
  }));
  key(Qt::Key_Escape);
  EXPECT_EQ(item("complaint_card"), nullptr);
  EXPECT_TRUE(app_->inspection_case().to_decide()) << "nothing is decided by it";
}

TEST_F(PageTest, ALaneThatDoesNotAnswerIsSaidOnThePage) {
  open();
  server_.stop();
  key(Qt::Key_F12);
  EXPECT_TRUE(wait_for([&] {
    return text("supervise_message") == QStringLiteral("The lane does not answer.");
  })) << text("supervise_message").toStdString();
}

/// A lane with accounts.
class ShiftTest : private LaneAccounts, public ScreenTest {
 protected:
  ShiftTest() : ScreenTest(sessions_.get()) {}
  ~ShiftTest() override {
    app_.reset();
    server_.stop();
  }
  using LaneAccounts::kWords;
  void type(const char* words) {
    for (const char* c = words; *c != '\0'; ++c) QTest::keyClick(&app_->window(), *c);
  }
  void log_in(const char* name) {
    lane_.set_image_size(300, 100);
    open();
    ASSERT_TRUE(wait_for([&] { return item("login_page") != nullptr; }));
    type(name);
    key(Qt::Key_Return);
    type(kWords);
    key(Qt::Key_Return);
    ASSERT_TRUE(wait_for([&] { return !app_->session().locked(); }));
  }
};

TEST_F(ShiftTest, AShiftIsHandedOverWithBothPasswords) {
  lane_.set_supervision(busy_day());
  office_.set_items({{"open_case", "B-KL 4417", "waits for a decision", {kReferredNs}},
                     {"device", "Camera", "no connection", {}}});
  log_in("sue");
  key(Qt::Key_F12);
  ASSERT_TRUE(wait_for([&] { return item("rate_4") != nullptr; }));
  click("begin_handover");
  ASSERT_TRUE(wait_for([&] { return item("sign_handover") != nullptr; }));
  click("sign_handover");
  EXPECT_EQ(text("supervise_message"), QStringLiteral("Both sign: two names and two passwords."));
  const auto sign = [&](const char* password) {
    click("own_password");
    type(kWords);
    click("other_name");
    while (!item("other_name_input")->property("text").toString().isEmpty()) key(Qt::Key_Backspace);
    type("tom");
    click("other_password");
    type(password);
    click("sign_handover");
  };
  sign("wrong");
  ASSERT_TRUE(
      wait_for([&] { return text("supervise_message").startsWith(QStringLiteral("Not signed")); }));
  EXPECT_TRUE(office_.signatures().empty());
  EXPECT_EQ(item("other_password_input")->property("text").toString(), QString());
  sign(kWords);
  ASSERT_TRUE(wait_for([&] { return !office_.signatures().empty(); }));
  const auto signature = office_.signatures()[0];
  EXPECT_EQ(signature.draft, "draft-1");
  EXPECT_EQ(signature.from, "sue");
  EXPECT_EQ(signature.from_password, kWords);
  EXPECT_EQ(signature.to, "tom");
  EXPECT_EQ(signature.to_password, kWords);
  ASSERT_TRUE(wait_for(
      [&] { return text("supervise_message") == QStringLiteral("Signed by both and kept."); }));
  EXPECT_EQ(item("sign_handover"), nullptr);
}

TEST_F(ShiftTest, WhoInspectsBeginsWithHisPageAndHasNoOther) {
  refer_a_truck(lane_, office_);
  log_in("ivan");
  ASSERT_TRUE(wait_for([&] { return item("order_0") != nullptr; }));
  key(Qt::Key_F12);
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("page_inspect"));
  EXPECT_EQ(app_->controller().message(), QStringLiteral("Your role does not have this page."));
  key(Qt::Key_F10);
  ASSERT_TRUE(wait_for([&] { return item("login_page") != nullptr; }));
  EXPECT_EQ(app_->pages().inspect().order_count(), 0) << "nothing of a vehicle stays behind";
}

TEST_F(ShiftTest, WhoReadsCasesHasNoSuchPage) {
  log_in("anna");
  key(Qt::Key_F4);
  EXPECT_EQ(item("inspect_page"), nullptr);
  EXPECT_EQ(app_->controller().message(), QStringLiteral("Your role does not have this page."));
}

}  // namespace
}  // namespace portcullis::hmi
