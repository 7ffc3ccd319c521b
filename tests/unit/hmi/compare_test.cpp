// Comparison with this container's earlier scans: below, in turns and by a line, at the same scale
// and height, by keys alone.
#include <cstring>

#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

/// Goods of 1 m x 0.6 m in air: where they stand and how finely they were measured is all that
/// differs between two scans.
struct Goods {
  int columns = 400, rows = 200;
  double mm_per_px = 5;
  double z_first_mm = 3000;  ///< Of the first row.
  int left = 100;            ///< Column where the goods begin.
  double top_mm = 2600;      ///< Their height above the ground.
};

services::Image image_of(const Goods& goods, services::ImagePlane plane) {
  const std::size_t bytes = plane == services::ImagePlane::kMaterial ? 1 : 2;
  const auto count = static_cast<std::size_t>(goods.columns) * static_cast<std::size_t>(goods.rows);
  auto pixels = std::make_shared<std::vector<std::byte>>(count * bytes);
  const int top = static_cast<int>((goods.z_first_mm - goods.top_mm) / goods.mm_per_px);
  const int right = goods.left + static_cast<int>(1000 / goods.mm_per_px);
  const int bottom = top + static_cast<int>(600 / goods.mm_per_px);
  for (int row = 0; row < goods.rows && bytes == 2; ++row) {
    for (int column = 0; column < goods.columns; ++column) {
      const bool within = column >= goods.left && column < right && row >= top && row < bottom;
      const std::uint16_t code = within ? 4000 : 1024;
      const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(goods.columns) +
                      static_cast<std::size_t>(column);
      std::memcpy(pixels->data() + 2 * at, &code, 2);
    }
  }
  services::Image image;
  image.columns = static_cast<std::uint32_t>(goods.columns);
  image.rows = static_cast<std::uint32_t>(goods.rows);
  image.bytes_per_pixel = static_cast<std::uint32_t>(bytes);
  image.mm_per_px = goods.mm_per_px;
  image.z_first_mm = goods.z_first_mm;
  image.pixels = std::move(pixels);
  return image;
}

class CompareScreenTest : public ScreenTest {
 protected:
  static constexpr Goods kNow{};
  // Scanned by another gantry: finer, higher up, the vehicle elsewhere.
  static constexpr Goods kEarlier{900, 500, 2.5, 2900, 350, 2600};

  void review_it(bool with_earlier) {
    lane_.set_image_source([](const std::string& scan_id, services::ImagePlane plane) {
      return image_of(scan_id == "scan-99" ? kNow : kEarlier, plane);
    });
    if (with_earlier)
      for (const char* number : {"90", "91"})
        lane_.keep_case(
            test::truck_case(std::string("case-") + number, std::string("scan-") + number, true));
    open();
    lane_.show_case(test::truck_case("case-99", "scan-99", true));
    ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
    clock_.advance(std::chrono::milliseconds(501));
    key(Qt::Key_1);
    ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  }
  /// The goods' front and top lie at the same place of both panes.
  void expect_aligned() {
    const ViewState& now = app_->view();
    const ViewState& then = app_->compare().view();
    EXPECT_NEAR(now.scale() / kNow.mm_per_px, then.scale() / kEarlier.mm_per_px, 1e-9);
    const double x = (kNow.left - now.origin_column()) * now.scale();
    // Where goods begin is known to some pixels of the smallest picture of a scan.
    EXPECT_NEAR((kEarlier.left - then.origin_column()) * then.scale(), x, 20 * now.scale() / 5);
    const auto y = [](const Goods& goods, const ViewState& view) {
      return ((goods.z_first_mm - goods.top_mm) / goods.mm_per_px - view.origin_row()) *
             view.scale();
    };
    EXPECT_NEAR(y(kEarlier, then), y(kNow, now), 1e-6);
  }
  QString mode() { return app_->compare().mode(); }
};

TEST_F(CompareScreenTest, AnEarlierScanIsShownBelowInTurnsAndByALine) {
  review_it(true);
  control_key(Qt::Key_E);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  EXPECT_EQ(mode(), QStringLiteral("side"));
  ASSERT_EQ(lane_.searches().size(), 1U);
  EXPECT_EQ(lane_.searches()[0].text, "CSQU3054383");
  EXPECT_EQ(lane_.searches()[0].user, "anna");
  EXPECT_TRUE(text("compare_title").endsWith(QLatin1String("(1 of 2)")));
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  EXPECT_EQ(app_->compare().store().scan_id(), "scan-91") << "the newest of them";
  EXPECT_NE(item("upper_pane"), nullptr);
  EXPECT_EQ(item("lower_pane"), nullptr);
  EXPECT_EQ(item("compare_pane")->height(), item("upper_pane")->height());
  expect_aligned();
  app_->view().zoom_about(300, 100, 2.5);
  app_->view().pan_by(-40, 25);
  expect_aligned();
  shoot("compare-below");
  key(Qt::Key_PageUp);
  ASSERT_TRUE(wait_for([&] { return app_->compare().store().scan_id() == "scan-90"; }));
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  EXPECT_TRUE(text("compare_title").endsWith(QLatin1String("(2 of 2)")));
  key(Qt::Key_PageUp);
  EXPECT_EQ(app_->compare().store().scan_id(), "scan-90") << "there is no other";

  control_key(Qt::Key_E);
  EXPECT_EQ(mode(), QStringLiteral("blink"));
  ASSERT_TRUE(wait_for([&] { return item("compare_pane") == nullptr; }));
  ASSERT_TRUE(wait_for([&] { return item("compare_pane") != nullptr; }));
  expect_aligned();

  control_key(Qt::Key_E);
  EXPECT_EQ(mode(), QStringLiteral("swipe"));
  ASSERT_NE(item("compare_pane"), nullptr);
  const double whole = item("upper_pane")->width();
  EXPECT_NEAR(item("compare_pane")->width(), whole / 2, 1);
  const double column = app_->view().origin_column();
  key(Qt::Key_Left);
  EXPECT_NEAR(item("compare_pane")->width(), whole * 0.45, 1);
  EXPECT_EQ(app_->view().origin_column(), column) << "the line moves, not the image";
  expect_aligned();
  shoot("compare-swipe");
  control_key(Qt::Key_E);
  EXPECT_EQ(mode(), QString());
  EXPECT_EQ(item("compare_pane"), nullptr);
}

TEST_F(CompareScreenTest, WithoutAnEarlierScanItSaysSo) {
  review_it(false);
  control_key(Qt::Key_E);
  ASSERT_TRUE(wait_for([&] {
    return app_->compare().note() ==
           QLatin1String("No earlier scan of this container, and no reference");
  }));
  EXPECT_EQ(text("compare_note"), app_->compare().note());
  key(Qt::Key_Escape);
  EXPECT_EQ(mode(), QString());
  EXPECT_EQ(item("compare_note"), nullptr);
}

TEST_F(CompareScreenTest, ReferencesOfTheGoodsAndAnEmptyContainerFollowTheEarlierScans) {
  lane_.keep_case(test::truck_case("case-80", "scan-80", true));
  office_.set_references({{"scan-70", "case-70", "goods", "48", {1'760'000'000'000'000'000}, "sue"},
                          {"scan-60", "case-60", "empty", "", {1'750'000'000'000'000'000}, "sue"},
                          {"scan-80", "case-80", "goods", "48", {}, "sue"}});
  review_it(true);
  control_key(Qt::Key_E);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  ASSERT_TRUE(wait_for([&] { return app_->compare().scans().size() == 5; }))
      << "a scan that is an earlier one already is not there twice";
  EXPECT_TRUE(text("compare_title").endsWith(QLatin1String("(1 of 5)")));
  for (int i = 0; i < 3; ++i) key(Qt::Key_PageUp);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  EXPECT_EQ(app_->compare().store().scan_id(), "scan-70");
  EXPECT_TRUE(text("compare_title").startsWith(QLatin1String("Reference, goods of chapter ")))
      << text("compare_title").toStdString();
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  expect_aligned();
  shoot("compare-reference");
  key(Qt::Key_PageUp);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  EXPECT_TRUE(text("compare_title").startsWith(QLatin1String("Reference, an empty container: ")));
}

TEST_F(CompareScreenTest, WithoutAnEarlierScanAReferenceIsShownAtOnce) {
  office_.set_references({{"scan-60", "case-60", "empty", "", {}, "sue"}});
  review_it(false);
  control_key(Qt::Key_E);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  EXPECT_EQ(app_->compare().store().scan_id(), "scan-60");
}

TEST_F(CompareScreenTest, AnImageThatCannotBeReadIsSaidWithItsReason) {
  lane_.set_image_source(
      [](const std::string& scan_id, services::ImagePlane plane) -> core::Result<services::Image> {
        if (scan_id == "scan-99" && plane == services::ImagePlane::kMaterial)
          return core::Error{core::ErrorCode::kCorrupt, "block 7 of the image is torn"};
        if (scan_id == "scan-99") return image_of(kNow, plane);
        return core::Error{core::ErrorCode::kCorrupt, "the file is torn"};
      });
  lane_.keep_case(test::truck_case("case-90", "scan-90", true));
  open();
  lane_.show_case(test::truck_case("case-1", "scan-1", true));
  ASSERT_TRUE(
      wait_for([&] { return text("image_note").contains(QLatin1String("the file is torn")); }));
  EXPECT_EQ(text("image_note"), QStringLiteral("The image cannot be shown: the file is torn"));
  lane_.show_case(test::truck_case("case-99", "scan-99", true));
  ASSERT_TRUE(wait_for([&] { return text("view_text").contains(QLatin1String("block 7")); }));
  EXPECT_TRUE(app_->images().ready()) << "what is there is shown";
  EXPECT_EQ(item("image_note"), nullptr);
  clock_.advance(std::chrono::milliseconds(501));
  control_key(Qt::Key_E);
  ASSERT_TRUE(
      wait_for([&] { return text("compare_note").contains(QLatin1String("the file is torn")); }));
}

TEST_F(CompareScreenTest, ADecidedCaseIsKeptAsAReference) {
  open();
  review(true);
  control_key(Qt::Key_R);
  EXPECT_EQ(text("reference_blocked"),
            QStringLiteral("The case can be a reference when it is decided."));
  key(Qt::Key_1);
  auto view = test::truck_case("case-1", "scan-1", true);
  view.state = services::CaseState::kDecided;
  view.decision = core::Decision{};
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return item("reference_blocked") == nullptr; }));
  EXPECT_TRUE(office_.reference_choices().empty()) << "not before";
  // The truck declares paper, oil and pumps: 48, 27, 84.
  ASSERT_NE(item("reference_4"), nullptr);
  EXPECT_EQ(item("reference_5"), nullptr);
  shoot("reference-card");
  key(Qt::Key_3);
  ASSERT_TRUE(wait_for([&] { return office_.reference_choices().size() == 1; }));
  EXPECT_EQ(office_.reference_choices()[0].kind, "goods");
  EXPECT_EQ(office_.reference_choices()[0].chapter, "27");
  EXPECT_EQ(office_.reference_choices()[0].case_id, "case-1");
  EXPECT_EQ(office_.reference_choices()[0].user, "anna");
  ASSERT_TRUE(wait_for([&] { return text("reference_message") == QLatin1String("Kept."); }));
  click("reference_1");
  ASSERT_TRUE(wait_for([&] { return office_.reference_choices().size() == 2; }));
  EXPECT_EQ(office_.reference_choices()[1].kind, "empty");
  ASSERT_TRUE(wait_for([&] { return text("reference_message") == QLatin1String("Kept."); }));
  key(Qt::Key_0);
  ASSERT_TRUE(wait_for([&] { return office_.reference_choices().size() == 3; }));
  EXPECT_EQ(office_.reference_choices()[2].kind, "none");
}

TEST_F(CompareScreenTest, ANewCaseEndsTheComparison) {
  review_it(true);
  control_key(Qt::Key_E);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  lane_.show_case(test::truck_case("case-98", "scan-98", true));
  ASSERT_TRUE(wait_for([&] { return mode().isEmpty(); }));
  EXPECT_TRUE(app_->compare().store().scan_id().empty());
}

}  // namespace
}  // namespace portcullis::hmi
