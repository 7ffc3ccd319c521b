// Measurements and annotations: figures by hand, and drawn on the screen, kept by the lane.
#include <QImage>
#include <cmath>
#include <numbers>

#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

PlaneSet flat_planes(int columns, int rows, std::uint16_t mass_code, std::uint8_t material) {
  const auto count = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  PlaneSet planes;
  for (const Plane plane : {Plane::kHigh, Plane::kMass, Plane::kMaterial}) {
    PlaneLevel level;
    level.columns = columns;
    level.rows = rows;
    if (plane == Plane::kMaterial)
      level.classes.assign(count, material);
    else
      level.codes.assign(count, plane == Plane::kMass ? mass_code : std::uint16_t{5000});
    auto data = std::make_shared<PlaneData>();
    data->plane = plane;
    data->mm_per_px = 5;
    data->levels = make_pyramid(std::move(level));
    planes[static_cast<std::size_t>(plane)] = data;
  }
  return planes;
}

TEST(Marks, ALengthAlongTheVehicleIsSureToAPixelAndAHeightToItsDepth) {
  const LengthResult along = measure_length({100, 50}, {300, 50}, 5);
  EXPECT_DOUBLE_EQ(along.mm, 1000);
  EXPECT_NEAR(along.uncertainty_mm, 7, 0.1);  // 1.4 pixels
  const LengthResult up = measure_length({100, 50}, {100, 250}, 5);
  EXPECT_DOUBLE_EQ(up.mm, 1000);
  EXPECT_NEAR(up.uncertainty_mm, std::hypot(7.0, 180.0), 0.1);
}

TEST(Marks, ARegionsMassIsItsDensityTimesItsArea) {
  // 20 g/cm2 over 100 x 40 pixels of 5 mm = 50 cm x 20 cm: 1,000 cm2, 20 kg.
  const PlaneSet planes = flat_planes(400, 200, 2000, 3);
  Mark mark;
  mark.kind = MarkKind::kRegion;
  mark.points = {{150, 90}, {50, 50}};  // drawn from its lower right corner
  const auto region = measure_region(planes, mark);
  ASSERT_TRUE(region.has_value());
  EXPECT_EQ(region->pixels, 4000U);
  EXPECT_NEAR(region->mass.area_cm2, 1000, 1e-9);
  EXPECT_NEAR(region->mass.g_cm2, 20, 1e-4);
  EXPECT_NEAR(region->g_cm2_uncertainty, 20 * 0.015, 1e-3);  // metal
  EXPECT_NEAR(region->mass.all.kg, 20, 1e-4);
  EXPECT_DOUBLE_EQ(region->class_share[3], 1);
  EXPECT_EQ(region->mass.thick_share, 0);
  EXPECT_FALSE(region->mass.above.has_value()) << "all around is the same";
  EXPECT_TRUE(mark_words(mark, planes).contains(QLatin1String("20.0 kg (16.7 to 23.3)")));

  const auto thick = measure_region(flat_planes(400, 200, 2000, 5), mark);
  EXPECT_EQ(thick->mass.thick_share, 1);
  EXPECT_TRUE(mark_words(mark, flat_planes(400, 200, 2000, 5)).contains(QLatin1String("at least")));
  mark.points = {{900, 900}, {950, 950}};
  EXPECT_FALSE(measure_region(planes, mark).has_value());
}

TEST(Marks, ALassoMeasuresWhatItEncloses) {
  Mark mark;
  mark.kind = MarkKind::kLasso;
  for (int i = 0; i < 360; ++i) {
    const double angle = i * std::numbers::pi / 180;
    mark.points.emplace_back(200 + 80 * std::cos(angle), 100 + 80 * std::sin(angle));
  }
  const auto region = measure_region(flat_planes(400, 200, 1000, 1), mark);
  ASSERT_TRUE(region.has_value());
  EXPECT_NEAR(region->mass.area_cm2, std::numbers::pi * 40 * 40, 20);  // 80 px = 40 cm
}

TEST(Marks, TheProfileReadsDensitiesAlongTheLine) {
  PlaneSet planes = flat_planes(100, 10, 0, 1);
  auto mass = std::make_shared<PlaneData>(*planes[static_cast<std::size_t>(Plane::kMass)]);
  for (std::size_t i = 0; i < mass->levels[0].codes.size(); ++i)
    mass->levels[0].codes[i] = static_cast<std::uint16_t>(i % 100 * 10);  // 0.1 g/cm2 a column
  planes[static_cast<std::size_t>(Plane::kMass)] = mass;
  const auto values = measure_profile(planes, {10.5, 5}, {60.5, 5});
  ASSERT_EQ(values.size(), 51U);
  EXPECT_NEAR(values.front(), 1.0, 1e-5);
  EXPECT_NEAR(values.back(), 6.0, 1e-5);
  EXPECT_TRUE(std::isnan(measure_profile(planes, {90, 5}, {120, 5}).back()));
}

TEST(Marks, TheFileGivesThemBackAndRubbishGivesNone) {
  std::vector<Mark> marks(2);
  marks[0].kind = MarkKind::kArrow;
  marks[0].points = {{1.25, 2}, {30, 40}};
  marks[0].text = QString::fromUtf8("الباب الخلفي");
  marks[0].author = QStringLiteral("anna");
  marks[1].kind = MarkKind::kLength;
  marks[1].points = {{0, 0}, {5, 5}};
  EXPECT_EQ(marks_from_json(marks_to_json(marks)), marks);
  for (const char* rubbish :
       {"", "x", "{}", "[1,null]", R"([{"kind":"box"}])", R"([{"kind":"box","points":[[1,2]]}])",
        R"([{"kind":"moon","points":[[1,2],[3,4]]}])"}) {
    EXPECT_TRUE(marks_from_json(rubbish).empty()) << rubbish;
  }
}

/// The model by itself: the test is the lane, and says what it says when it wants to.
class MarkRaceTest : public ::testing::Test {
 protected:
  /// The lane's word of the case: its marks of that version are `count` lengths.
  void lane_says(std::uint32_t version, int count, const char* author = "anna") {
    auto data = std::make_shared<CaseData>();
    data->case_id = "case-1";
    data->marks_version = version;
    data->marks_json = marks_to_json(lengths(count, author)).toStdString();
    case_.take(data);
  }
  static std::vector<Mark> lengths(int count, const char* author) {
    std::vector<Mark> marks(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < marks.size(); ++i) {
      const double at = 10.0 * static_cast<double>(i);
      marks[i].kind = MarkKind::kLength;
      marks[i].points = {{at, 0}, {at + 5, 5}};
      marks[i].author = QLatin1String(author);
    }
    return marks;
  }
  /// A change of the officer's, on its way to the lane.
  void take_one_away() { marks_.remove_last(); }
  void lane_answers(bool ok) { Q_EMIT client_.marks_answered(ok, QStringLiteral("no")); }

  core::ManualClock clock_;
  LaneClient client_{QStringLiteral("unix:/nobody/listens")};  // not started: sends nothing
  CaseModel case_{clock_};
  ImageStore images_;
  ImageTools tools_{clock_, images_};
  MarkModel marks_{{client_, case_, images_, tools_, QStringLiteral("anna")}};
};

TEST_F(MarkRaceTest, ALateWordOfAnEarlierChangeTakesNothingBack) {
  lane_says(7, 5);
  ASSERT_EQ(marks_.count(), 5);
  take_one_away();
  take_one_away();
  EXPECT_EQ(marks_.count(), 3);
  // Both are taken before the case itself, which comes by another stream, tells of the first.
  lane_answers(true);
  lane_answers(true);
  lane_says(8, 4);
  EXPECT_EQ(marks_.count(), 3) << "the second change was taken back";
  EXPECT_TRUE(tools_.changes().canUndo());
  lane_says(9, 3);
  EXPECT_EQ(marks_.count(), 3);
  EXPECT_TRUE(tools_.changes().canUndo()) << "our own changes can still be undone";
  // What somebody else does next is taken.
  lane_says(10, 1, "ben");
  EXPECT_EQ(marks_.count(), 1);
  EXPECT_FALSE(tools_.changes().canUndo());
}

TEST_F(MarkRaceTest, AWordBetweenTwoAnswersTakesNothingBack) {
  lane_says(7, 5);
  take_one_away();
  take_one_away();
  lane_says(8, 4);
  lane_answers(true);
  EXPECT_EQ(marks_.count(), 3);
  lane_says(8, 4);  // said again, as for another reason
  EXPECT_EQ(marks_.count(), 3);
  lane_says(9, 3);
  lane_answers(true);
  EXPECT_EQ(marks_.count(), 3);
}

TEST_F(MarkRaceTest, ARefusedChangeGivesWayToWhatTheLaneHas) {
  lane_says(7, 5);
  QString said;
  QObject::connect(&marks_, &MarkModel::refused, [&](const QString& reason) { said = reason; });
  take_one_away();
  lane_says(8, 2, "ben");  // ours was made from 7: crossed
  EXPECT_EQ(marks_.count(), 4) << "not before the lane has answered";
  lane_answers(false);
  EXPECT_EQ(said, QStringLiteral("no"));
  EXPECT_EQ(marks_.count(), 2);
  EXPECT_EQ(marks_.marks()[0].author, QStringLiteral("ben"));
  EXPECT_FALSE(tools_.changes().canUndo());
}

class MarkScreenTest : public ScreenTest {
 protected:
  void drag(const QPoint& from, const QPoint& to) {
    QTest::mousePress(&app_->window(), Qt::LeftButton, {}, from);
    QTest::mouseMove(&app_->window(), (from + to) / 2);
    QTest::mouseMove(&app_->window(), to);
    QTest::mouseRelease(&app_->window(), Qt::LeftButton, {}, to);
  }
  void shoot(const char* name) {
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    const std::filesystem::path folder =
        std::filesystem::path(out != nullptr ? out : folder_.string()) / "hmi";
    std::filesystem::create_directories(folder);
    EXPECT_TRUE(app_->window().grabWindow().save(
        QString::fromStdString((folder / (std::string(name) + ".png")).string())));
  }
  [[nodiscard]] std::vector<Mark> kept() {
    const auto view = lane_.case_view("case-1");
    return marks_from_json(QByteArray::fromStdString(view.ok() ? view->marks_json : ""));
  }
};

TEST_F(MarkScreenTest, MarksAreDrawnByKeyAndDragUndoneAndKeptWithTheCase) {
  open();
  review();
  MarkModel& marks = app_->marks();
  const QPoint at = item("upper_pane")->mapToScene(QPointF(0, 0)).toPoint();
  key(Qt::Key_Q);
  ASSERT_NE(item("mark_menu"), nullptr);
  key(Qt::Key_1);
  EXPECT_EQ(marks.tool(), QStringLiteral("length"));
  const double before = app_->view().origin_column();
  drag(at + QPoint(400, 120), at + QPoint(700, 120));
  ASSERT_EQ(marks.count(), 1);
  EXPECT_EQ(app_->view().origin_column(), before) << "the drag moved the image";
  EXPECT_EQ(marks.tool(), QString()) << "the next drag moves the image again";
  EXPECT_TRUE(marks.words_of(marks.marks()[0]).contains(QString::fromUtf8(" m ± ")));
  key(Qt::Key_Q);
  key(Qt::Key_2);
  drag(at + QPoint(560, 100), at + QPoint(660, 220));
  EXPECT_TRUE(marks.words_of(marks.marks()[1]).contains(QLatin1String(" kg ")));
  key(Qt::Key_Q);
  key(Qt::Key_4);
  drag(at + QPoint(300, 200), at + QPoint(1200, 200));
  EXPECT_EQ(marks.profile().size(), 300);
  key(Qt::Key_Q);
  key(Qt::Key_7);
  drag(at + QPoint(1250, 60), at + QPoint(1190, 140));
  ASSERT_TRUE(wait_for([&] { return item("mark_words") != nullptr; }));
  ASSERT_TRUE(wait_for([&] { return item("mark_words")->hasActiveFocus(); }));
  for (const char letter : {'l', 'a', 'b'})  // L alone would open Release
    QTest::sendKeyEvent(QTest::Click, &app_->window(), Qt::Key(Qt::Key_A + letter - 'a'),
                        QString(QLatin1Char(letter)), Qt::NoModifier);
  key(Qt::Key_Return);
  EXPECT_EQ(app_->controller().overlay(), QString());
  ASSERT_TRUE(wait_for([&] { return kept().size() == 4 && !kept()[3].text.isEmpty(); }));
  EXPECT_EQ(kept()[3].text, QStringLiteral("lab"));
  EXPECT_EQ(kept()[3].author, QStringLiteral("anna"));
  shoot("marks-dark-1080");

  key(Qt::Key_Delete);
  ASSERT_TRUE(wait_for([&] { return kept().size() == 3; }));
  QTest::keyClick(&app_->window(), Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(wait_for([&] { return kept().size() == 4; }));
}

TEST_F(MarkScreenTest, EachKindOfMarkHasItsKeyAndItsButton) {
  open();
  review(true);
  const QPoint at = item("upper_pane")->mapToScene(QPointF(0, 0)).toPoint();
  const struct {
    Qt::Key key;
    MarkKind kind;
  } kKinds[] = {{Qt::Key_3, MarkKind::kLasso},
                {Qt::Key_5, MarkKind::kBox},
                {Qt::Key_6, MarkKind::kEllipse},
                {Qt::Key_8, MarkKind::kText}};
  std::size_t count = 0;
  for (const auto& each : kKinds) {
    key(Qt::Key_Q);
    key(each.key);
    const QPoint from = at + QPoint(300 + 150 * static_cast<int>(count), 150);
    QTest::mousePress(&app_->window(), Qt::LeftButton, {}, from);
    for (const QPoint& to : {QPoint(90, 10), QPoint(80, 80), QPoint(10, 90)})
      QTest::mouseMove(&app_->window(), from + to);
    QTest::mouseRelease(&app_->window(), Qt::LeftButton, {}, from + QPoint(10, 90));
    if (item("mark_words") != nullptr) {
      ASSERT_TRUE(wait_for([&] { return item("mark_words")->hasActiveFocus(); }));
      QTest::sendKeyEvent(QTest::Click, &app_->window(), Qt::Key_O, QStringLiteral("o"),
                          Qt::NoModifier);
      key(Qt::Key_Return);
    }
    ++count;
    ASSERT_TRUE(wait_for([&] { return kept().size() == count; })) << count;
    EXPECT_EQ(kept().back().kind, each.kind);
  }
  EXPECT_GT(kept()[0].points.size(), 2U) << "a lasso is the line that was drawn";
  EXPECT_TRUE(app_->marks().words_of(kept()[0]).contains(QLatin1String(" kg ")));
  // The mark is sent when it is drawn, and again with its words.
  EXPECT_TRUE(wait_for([&] { return kept()[3].text == QStringLiteral("o"); }))
      << kept()[3].text.toStdString();
  shoot("marks-kinds");
  key(Qt::Key_Q);
  click("mark_1");
  EXPECT_EQ(app_->marks().tool(), QStringLiteral("length"));
  key(Qt::Key_Escape);
  EXPECT_EQ(app_->marks().tool(), QString()) << "Esc puts the tool down";
}

TEST_F(MarkScreenTest, TwoOfficersOnOneCaseLoseNothingSilently) {
  open();
  review();
  std::vector<Mark> theirs(1);
  theirs[0].kind = MarkKind::kBox;
  theirs[0].points = {{100, 100}, {200, 200}};
  theirs[0].author = QStringLiteral("ben");
  ASSERT_TRUE(lane_.set_marks({"case-1", marks_to_json(theirs).toStdString(), 0, "ben"}).ok());
  ASSERT_TRUE(wait_for([&] { return app_->marks().count() == 1; }));
  EXPECT_EQ(app_->marks().marks()[0].author, QStringLiteral("ben"));
  // Ours from a version that is gone.
  EXPECT_FALSE(lane_.set_marks({"case-1", "[]", 0, "anna"}).ok());
  // And ours from the one that is on the screen.
  key(Qt::Key_Delete);
  ASSERT_TRUE(wait_for([&] { return kept().empty(); }));
}

// ---- how many keys a decision takes

class KeyCountTest : public ScreenTest {};

TEST_F(KeyCountTest, ACaseWithoutFindingsIsDecidedInThreeKeysAndNoFewer) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  for (const Qt::Key one : {Qt::Key_L, Qt::Key_1}) {
    key(one);
    EXPECT_TRUE(stays([&] { return lane_.decisions().empty(); }, 20));
  }
  key(Qt::Key_Return);
  EXPECT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
}

TEST_F(KeyCountTest, EachFindingTakesAtMostTwoKeysMore) {
  open();
  review(false, false);
  const int findings = app_->inspection_case().finding_count();
  ASSERT_EQ(findings, 2);
  int keys = 0;
  for (int i = 0; i < findings; ++i) {
    if (i > 0) {
      key(Qt::Key_N);
      ++keys;
    }
    key(Qt::Key_A);
    ++keys;
    ASSERT_TRUE(wait_for([&] { return app_->inspection_case().unanswered() == findings - 1 - i; }));
  }
  EXPECT_LE(keys, 2 * findings);
  key(Qt::Key_I);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  EXPECT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
}

}  // namespace
}  // namespace portcullis::hmi
