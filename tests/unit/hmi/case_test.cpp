#include <QImage>
#include <atomic>

#include "hmi/app/unattended.h"
#include "hmi/models/words.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

class CaseTest : public ScreenTest {};

TEST_F(CaseTest, NoDeclarationIsAnAttentionOnlyOnceTheCaseIsToBeDecided) {
  open();
  services::CaseView view = test::scene_case("undeclared", "case-1", "scan-1");
  view.state = services::CaseState::kWaitingForImage;
  auto report = std::exchange(view.report, std::nullopt);
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().waiting_for_image(); }));
  EXPECT_EQ(text("declaration_pending"), QStringLiteral("Declaration: looking"));
  EXPECT_EQ(item("declaration_text"), nullptr);
  view.state = services::CaseState::kToDecide;
  view.report = std::move(report);
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  EXPECT_EQ(item("declaration_pending"), nullptr);
  EXPECT_TRUE(text("declaration_text").contains(QLatin1String("No declaration found")));
}

TEST_F(CaseTest, AGatewayThatDidNotAnswerIsNotAMissingDeclaration) {
  open();
  review_scene("lookup");
  EXPECT_TRUE(text("declaration_text").contains(QLatin1String("could not be asked for")));
  EXPECT_FALSE(text("declaration_text").contains(QLatin1String("found for this vehicle")));
  EXPECT_EQ(item("damage"), nullptr) << "it says nothing about the image";
}

TEST_F(CaseTest, TwoDeclarationsForOneContainerAreNamedAndNotResolved) {
  open();
  review_scene("ambiguous");
  EXPECT_TRUE(text("declaration_text").contains(QLatin1String("2 declarations name this vehicle")));
  EXPECT_EQ(app_->inspection_case().item_count(), 4);
  key(Qt::Key_G);
  ASSERT_NE(item("goods_list"), nullptr);
}

TEST_F(CaseTest, OneDeclarationForEachOfTwoContainersIsInOrder) {
  open();
  services::CaseView view = test::scene_case("ambiguous", "case-1", "scan-1");
  view.container_numbers.emplace_back("MSKU0383250");
  view.declarations[1].declaration.containers[0].number = "MSKU0383250";
  view.report->checks.back().outcome = core::CheckOutcome::kAgrees;  // the lane's word
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  EXPECT_EQ(app_->inspection_case().declaration_text(), QString());
}

TEST_F(CaseTest, AFewPulsesLeftOutAreARemarkAndLostLinesAreAnAttention) {
  open();
  review_scene("mass");
  EXPECT_EQ(item("damage"), nullptr);
  EXPECT_EQ(text("remarks"),
            QStringLiteral("Image: 1 pulse without dose; 2 arced pulses left out"));
  services::CaseView view = test::scene_case("partial", "case-1", "scan-1");
  view.scan_damage.emplace_back("400 arced pulses left out");  // more than 0.5 % of 3,000 columns
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return item("damage") != nullptr; }));
  for (const char* words : {"partial scan", "214 lines lost", "module 17", "400 arced"}) {
    EXPECT_TRUE(text("damage").contains(QLatin1String(words))) << words;
  }
  EXPECT_EQ(text("remarks"), QStringLiteral("Image: 2 arced pulses left out"));
}

TEST_F(CaseTest, TheUnattendedOfficersReasonFitsWhatWasFound) {
  using core::DecisionKind;
  using core::FindingKind;
  CaseData data;
  const auto code = [&](DecisionKind kind) {
    return std::string(
        words::reasons(kind)[static_cast<std::size_t>(fitting_reason(data, kind))].code);
  };
  data.report.emplace();
  EXPECT_EQ(code(DecisionKind::kRelease), "image_agrees");
  EXPECT_EQ(code(DecisionKind::kPhysicalInspection), "cannot_see_through");
  const auto found = [&](FindingKind kind) {
    core::Finding finding;
    finding.kind = kind;
    data.report->findings = {finding};
    return code(DecisionKind::kPhysicalInspection);
  };
  EXPECT_EQ(found(FindingKind::kMassMismatch), "declaration_differs");
  EXPECT_EQ(found(FindingKind::kEmptyMismatch), "declaration_differs");
  EXPECT_EQ(found(FindingKind::kCountMismatch), "declaration_differs");
  EXPECT_EQ(found(FindingKind::kFalseWall), "structure_changed");
  EXPECT_EQ(found(FindingKind::kShielding), "suspect_object");
  core::Finding mass;
  mass.kind = FindingKind::kMassMismatch;
  data.report->findings.push_back(mass);  // an object weighs more than a difference
  EXPECT_EQ(code(DecisionKind::kPhysicalInspection), "suspect_object");
  data.report->findings.clear();
  data.report->checks = {{"identity", core::CheckOutcome::kDiffers, "", "", ""}};
  EXPECT_EQ(code(DecisionKind::kPhysicalInspection), "declaration_differs");
  data.report->containers.emplace_back();
  data.report->containers[0].empty = true;
  EXPECT_EQ(code(DecisionKind::kRelease), "empty_confirmed");
}

TEST(Words, CodesAndSentencesAreShortenedWithoutLosingAnything) {
  const QString space(QChar(0x202F));
  EXPECT_EQ(words::hs_code("4802569000"), QStringList({"4802", "56", "90", "00"}).join(space));
  EXPECT_EQ(words::hs_code("480256"), QStringList({"4802", "56"}).join(space));
  EXPECT_EQ(words::hs_code("48"), QStringLiteral("48"));
  const std::string number = "CSQU3054383";
  EXPECT_EQ(words::without_container("Container CSQU3054383: the load weighs 4 t.", number),
            QStringLiteral("The load weighs 4 t."));
  EXPECT_EQ(words::without_container("Container CSQU3054383 is declared empty.", number),
            QStringLiteral("Declared empty."));
  for (const char* other :
       {"Container MSKU0383250: the load weighs 4 t.", "No container was found.",
        "Container CSQU3054383 and MSKU0383250: loaded."}) {
    EXPECT_EQ(words::without_container(other, number), QString::fromUtf8(other));
  }
  EXPECT_EQ(words::without_container("Container : odd", ""), QStringLiteral("Container : odd"));
}

TEST(Words, ANumberAndItsUnitStayTogether) {
  const QString space(QChar(0x00A0));
  EXPECT_EQ(words::with_units(QStringLiteral("about 5.0 t in 3 cartons, 18 cm above, 20 % full")),
            QStringLiteral("about 5.0%1t in 3 cartons, 18%1cm above, 20%1% full").arg(space));
  EXPECT_EQ(words::with_units(QStringLiteral("1 more metre of 2 trucks")),
            QStringLiteral("1 more metre of 2 trucks"));
}

class AlarmTest : public ScreenTest {
 protected:
  void many_alarms() {
    lane_.change_status([](services::LaneStatus& status) {
      using services::DeviceLevel;
      status.next_text = "a door is not closed on both channels (Door 1)";
      status.doors_text = status.next_text;
      status.portal_text = "portal background not known yet";
      status.search_text = "not complete";
      status.beam_asked = true;
      status.devices = {
          {"X-ray source", DeviceLevel::kAttention, "warming up"},
          {"Detector", DeviceLevel::kAttention, "not calibrated"},
          {"Radiation portal", DeviceLevel::kAttention, "portal background not known yet"},
          {"Recorder", DeviceLevel::kFault, "no space left on the disk for the next scan"},
          {"Customs gateway", DeviceLevel::kUnknown, ""}};
    });
    ASSERT_TRUE(wait_for([&] { return app_->lane().alarm_count() == 5; }));
  }
};

TEST_F(AlarmTest, AlarmsThatFindNoRoomAreCountedAndListedAndNextStaysInSight) {
  open();
  many_alarms();
  ASSERT_TRUE(wait_for([&] { return item("more_alarms") != nullptr; }));
  EXPECT_EQ(clipped(), std::vector<std::string>());
  const QQuickItem* next = item("next_text");
  ASSERT_NE(next, nullptr);
  EXPECT_LE(next->mapToScene(QPointF(next->width(), 0)).x(), 1920);
  EXPECT_GT(next->width(), 300);
  const QString more = item("more_alarms")->property("label").toString();
  click("more_alarms");
  ASSERT_NE(item("alarm_list"), nullptr);
  key(Qt::Key_Down);
  key(Qt::Key_F5);  // nothing goes through the list
  EXPECT_TRUE(stays([&] { return lane_.commands().empty(); }));
  key(Qt::Key_F2);
  EXPECT_EQ(item("alarm_list"), nullptr);
  lane_.change_status([](services::LaneStatus& status) { status.devices.clear(); });
  EXPECT_TRUE(wait_for([&] { return item("more_alarms") == nullptr; }));
  EXPECT_TRUE(more.startsWith(QLatin1Char('+'))) << more.toStdString();
}

TEST_F(AlarmTest, ALongAlarmIsShortenedAndNextKeepsItsPlace) {
  open();
  lane_.change_status([](services::LaneStatus& status) {
    status.first_out = std::string(400, 'x');
    status.next_text = std::string(400, 'y');
  });
  ASSERT_TRUE(wait_for([&] { return app_->lane().alarm_count() == 1; }));
  ASSERT_TRUE(wait_for([&] { return item("alarm_chip") != nullptr; }));
  const auto left = [&](const char* name) { return item(name)->mapToScene(QPointF(0, 0)).x(); };
  const auto right = [&](const char* name) { return left(name) + item(name)->width(); };
  EXPECT_TRUE(wait_for([&] { return item("next_text")->width() > 400; }));
  EXPECT_TRUE(wait_for([&] { return right("alarm_chip") <= left("next_text"); }));
  EXPECT_LE(right("next_text"), 1920);
}

class UnclippedTest : public ScreenTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(UnclippedTest, NoSentenceIsCutShort) {
  open();
  review_scene(GetParam());
  EXPECT_EQ(clipped(), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Scenes, UnclippedTest,
                         ::testing::Values("partial", "undeclared", "ambiguous", "mass"),
                         [](const auto& parameter) { return std::string(parameter.param); });

class BadInputTest : public ScreenTest {};

TEST_F(BadInputTest, FortyItemsWithEndlessDescriptionsKeepTheirCodesAndMasses) {
  open(true, 1280, 720);
  services::CaseView view = test::scene_case("goods", "case-1", "scan-1");
  auto& items = view.declarations[0].declaration.items;
  items[1].description = std::string(5000, 'w');
  items[2].description = "two\nlines\tand <b>markup</b>";
  items[3].hs_code = std::string(300, '9');
  items[3].package_kind = std::string(300, 'Z');
  items[4].gross_mass_kg = 1e17;
  view.container_numbers = {std::string(2000, 'C')};
  view.vehicle_plate = "\xff\xfe broken";
  for (core::Check& check : view.report->checks) check.text = std::string(900, 'k');
  view.report->findings[0].text = std::string(3000, 'f');
  view.report->findings[0].bbox_px = {-900000000, -900000000, 1000000000, 1000000000};
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  EXPECT_EQ(app_->inspection_case().item_count(), 40);
  EXPECT_FALSE(app_->window().grabWindow().isNull());
  // Whatever the case says, the decision's buttons stay on the screen and findings can be answered.
  for (const char* name : {"release", "inspect", "more"}) {
    const QQuickItem* button = item(name);
    ASSERT_NE(button, nullptr) << name;
    EXPECT_LE(button->mapToScene(QPointF(0, button->height())).y(), 720) << name;
  }
  key(Qt::Key_A);
  EXPECT_TRUE(wait_for([&] { return lane_.answers().size() == 1; }));
  key(Qt::Key_G);
  ASSERT_NE(item("goods_list"), nullptr);
  for (int i = 0; i < 60; ++i) key(Qt::Key_Down);
  EXPECT_FALSE(app_->window().grabWindow().isNull());
  key(Qt::Key_Escape);
  EXPECT_EQ(item("goods_list"), nullptr);
}

TEST_F(BadInputTest, ACaseThatCannotBeReadIsNotDecidedHere) {
  open();
  services::CaseView view = test::scene_case("usual", "case-1", "scan-1");
  view.report->findings[0].bbox_px.w = 2'000'000'000;  // out of the record's range
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  ASSERT_TRUE(wait_for([&] { return app_->images().ready(); }));
  EXPECT_FALSE(app_->controller().decisions_allowed()) << "its findings were not seen";
  EXPECT_TRUE(text("decision_words").contains(QLatin1String("cannot be read")));
  EXPECT_TRUE(text("declaration_text").contains(QLatin1String("bbox_px")));
  EXPECT_TRUE(app_->controller().more_allowed()) << "Isolate never waits";
}

TEST_F(BadInputTest, AnImageOfOnePixelIsDrawnAndZoomed) {
  open();
  lane_.set_image_size(1, 1);
  review();
  key(Qt::Key_Plus);
  key(Qt::Key_Left);
  for (const Qt::Key mode : {Qt::Key_1, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_0}) {
    key(mode);
    ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  }
  key(Qt::Key_N);  // a finding whose box lies outside the image
  EXPECT_FALSE(app_->window().grabWindow().isNull());
}

TEST_F(BadInputTest, AnImageOfOneRowIsDrawn) {
  open();
  lane_.set_image_size(4000, 1);
  review();
  EXPECT_FALSE(app_->window().grabWindow().isNull());
}

TEST_F(BadInputTest, ALiveColumnOfOneRowIsDrawn) {
  open();
  lane_.waterfall().begin("scan-5", 1, true);
  for (int i = 0; i < 3; ++i) lane_.waterfall().push(std::vector<std::uint8_t>{9});
  ASSERT_TRUE(wait_for([&] { return app_->waterfall().columns() == 3; }));
  EXPECT_FALSE(app_->window().grabWindow().isNull());
}

/// A wall clock that somebody sets while the screen runs; time itself goes on as it does.
class SetClock final : public core::Clock {
 public:
  explicit SetClock(const core::ManualClock& time) : time_(time) {}
  void set_by(std::chrono::seconds by) { shift_ns_ += core::Duration(by).count(); }
  [[nodiscard]] core::TimePoint now() const noexcept override { return time_.now(); }
  [[nodiscard]] core::UtcTime utc_now() const noexcept override {
    return {time_.utc_now().ns + shift_ns_};
  }

 private:
  const core::ManualClock& time_;
  std::atomic<std::int64_t> shift_ns_{0};
};

TEST_F(BadInputTest, AClockThatIsSetInASessionChangesNoDeadlineAndMakesNothingStale) {
  lane_.set_image_size(300, 100);
  ASSERT_TRUE(server_.start(socket_).ok());
  SetClock clock(clock_);
  ScreenOptions options;
  options.address = QStringLiteral("unix:") + QString::fromStdString(socket_.string());
  app_ = std::make_unique<HmiApp>(options, clock);
  ASSERT_TRUE(app_->start().ok());
  ASSERT_TRUE(wait_for([&] { return !app_->lane().stale(); }));
  services::CaseView view = test::truck_case("case-1", "scan-1", true);
  view.review_deadline.ns = core::SystemClock().utc_now().ns + 240'000'000'000;
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  const auto left = [&] { return app_->inspection_case().deadline_text(); };
  EXPECT_TRUE(left().startsWith(QLatin1String("Goes to hold in 03:5")) ||
              left() == QLatin1String("Goes to hold in 04:00."))
      << left().toStdString();
  const QString before = left();
  for (const auto by : {std::chrono::hours(26), std::chrono::hours(-24 * 400)}) {
    clock.set_by(by);
    EXPECT_EQ(left(), before);
    EXPECT_FALSE(app_->lane().stale());
    EXPECT_TRUE(app_->controller().decisions_allowed());
  }
  EXPECT_FALSE(app_->window().grabWindow().isNull());
  clock_.advance(std::chrono::seconds(60));
  EXPECT_NE(left(), before);
  clock_.advance(std::chrono::seconds(3600));
  EXPECT_EQ(left(), QStringLiteral("Goes to hold in 00:00."));
}

TEST_F(BadInputTest, ADeclarationOf9999ItemsIsShownAtOnceAndReadToItsEnd) {
  lane_.set_image_size(300, 100);
  open();
  services::CaseView view = test::truck_case("case-1", "scan-1", true);
  auto& items = view.declarations[0].declaration.items;
  const core::DeclaredItem first = items[0];
  items.clear();
  for (int i = 1; i <= 9999; ++i) {
    items.push_back(first);
    items.back().description = "Paper, lot " + std::to_string(i);
  }
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  EXPECT_EQ(app_->inspection_case().item_count(), 9999);
  EXPECT_NE(item("goods_5"), nullptr);
  EXPECT_EQ(item("goods_6"), nullptr) << "the rest is one key away";
  key(Qt::Key_G);
  QQuickItem* list = item("goods_list");
  ASSERT_NE(list, nullptr);
  EXPECT_FALSE(app_->window().grabWindow().isNull());
  // Only what is in sight is made.
  const std::function<int(QQuickItem*)> count = [&](QQuickItem* from) {
    int sum = 1;
    for (QQuickItem* child : from->childItems()) sum += count(child);
    return sum;
  };
  EXPECT_LT(count(list), 2000);
  for (int i = 0; i < 40; ++i) key(Qt::Key_Down);
  EXPECT_FALSE(app_->window().grabWindow().isNull());
  key(Qt::Key_Escape);
  key(Qt::Key_L);
  EXPECT_EQ(text("card_title"), QStringLiteral("Release"));
}

TEST_F(BadInputTest, TextsOfTenThousandCharactersTakeNobodysPlace) {
  lane_.set_image_size(300, 100);
  open(true, 1280, 720);
  std::string words;
  while (words.size() < 10'000) words += "endless \xd9\x88\xd8\xb1\xd9\x82 ";
  const std::string one_word(10'000, 'w');
  for (const std::string& endless : {words, one_word}) {
    lane_.change_status([&](services::LaneStatus& status) {
      status.lane = status.state_text = status.next_text = status.first_out = endless;
      status.search_text = status.doors_text = status.portal_text = status.beam = endless;
      status.light_entry = status.barrier_exit = status.operator_call = endless;
      status.beam_refused_because = status.vehicle_plate = endless;
      for (auto& device : status.devices)
        device = {endless, services::DeviceLevel::kFault, endless};
      status.driver_panel = {1, "stop", {{"en", endless}}};
    });
    services::CaseView view = test::truck_case("case-1", "scan-1", false);
    view.vehicle_plate = view.decision_blocked_because = endless;
    view.container_numbers = {endless, "CSQU3054383"};
    view.scan_damage = {endless, endless};
    view.identity_outcome = "unreadable";
    view.identity_remarks = {endless};
    view.declarations[0].declaration.mrn = endless;
    view.declarations[0].declaration.items[0].description = endless;
    for (core::Check& check : view.report->checks) check.text = endless;
    view.report->findings[0].text = endless;
    lane_.show_case(view);
    ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
    ASSERT_TRUE(wait_for([&] { return app_->lane().state_text().size() > 5000; }));
    for (const Qt::Key list : {Qt::Key_F2, Qt::Key_G, Qt::Key_Escape}) {
      clock_.advance(std::chrono::milliseconds(501));
      key(list);
      EXPECT_FALSE(app_->window().grabWindow().isNull());
    }
    for (const char* name : {"release", "inspect", "more", "stop", "start"}) {
      const QQuickItem* button = item(name);
      ASSERT_NE(button, nullptr) << name;
      const QPointF end = button->mapToScene(QPointF(button->width(), button->height()));
      EXPECT_LE(end.y(), 720) << name;
      EXPECT_LE(end.x(), 1280) << name;
    }
  }
}

TEST_F(BadInputTest, AScanWithoutCalibrationSaysSoAndHasNoMaterials) {
  // As the lane judges it: air and steps unknown, so no mass, no material, and a finding that says
  // so.
  lane_.set_image_size(300, 100);
  open();
  services::CaseView view = test::truck_case("case-1", "scan-1", true);
  view.scan_damage = {"no calibration is in force; calibrate first"};
  view.report->checks.clear();
  core::Finding finding;
  finding.kind = core::FindingKind::kImageQuality;
  finding.score = 1;
  finding.text = "There is no image: no calibration is in force; calibrate first.";
  view.report->findings = {finding};
  view.answers = {core::FindingAnswer::kNone};
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  EXPECT_TRUE(text("damage").contains(QLatin1String("no calibration is in force")));
  EXPECT_EQ(text("findings_title"), QStringLiteral("Findings, 1 to answer"));
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  EXPECT_FALSE(app_->controller().decisions_allowed()) << "before it was seen";
  key(Qt::Key_N);  // a finding without a place
  key(Qt::Key_2);  // material of an image of one class
  key(Qt::Key_A);
  EXPECT_TRUE(wait_for([&] { return lane_.answers().size() == 1; }));
  EXPECT_FALSE(app_->window().grabWindow().isNull());
}

}  // namespace
}  // namespace portcullis::hmi
