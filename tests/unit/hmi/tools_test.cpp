// The image's tools, each end to end: a key or a click, and what it does to the picture.
#include <QImage>
#include <cmath>

#include "hmi/models/tile_board.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

// Test macros would print the pictures' insides; they are compared with == instead.
class ToolsTest : public ScreenTest {
 protected:
  void begin(int width = 1280, int height = 720, bool dark = true) {
    open(dark, width, height);
    review();
  }
  QImage picture() {
    EXPECT_TRUE(wait_for([&] { return app_->image_drawn(); }));
    return app_->window().grabWindow();
  }
  /// The pane's picture alone, without strips and cards.
  QImage pane() {
    const QQuickItem* area = item("upper_pane");
    EXPECT_NE(area, nullptr);
    const QPoint corner = area->mapToScene(QPointF(0, 0)).toPoint();
    return picture().copy(corner.x(), corner.y(), static_cast<int>(area->width()),
                          static_cast<int>(area->height()));
  }
  void drag(Qt::MouseButton button, const QPoint& from, const QPoint& to) {
    QTest::mousePress(&app_->window(), button, {}, from);
    QTest::mouseMove(&app_->window(), (from + to) / 2);
    QTest::mouseMove(&app_->window(), to);
    QTest::mouseRelease(&app_->window(), button, {}, to);
  }
  /// The same picture, but for the smoothed edges of overlays where they were drawn anew.
  static bool alike(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return false;
    int differ = 0;
    for (int y = 0; y < a.height(); ++y) {
      for (int x = 0; x < a.width(); ++x) {
        if (std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 2) ++differ;
      }
    }
    if (differ > 0) std::printf("%d pixels differ\n", differ);
    return differ <= a.width() * a.height() / 500;
  }
  void shoot(const char* name) {
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    const std::filesystem::path folder =
        std::filesystem::path(out != nullptr ? out : folder_.string()) / "hmi";
    std::filesystem::create_directories(folder);
    EXPECT_TRUE(
        picture().save(QString::fromStdString((folder / (std::string(name) + ".png")).string())));
  }
  QString badge() { return item("chain_badge") == nullptr ? QString() : text("chain_words"); }
};

TEST_F(ToolsTest, EachEnhancementChangesThePictureIsBadgedAndGoesWithOneKey) {
  begin();
  const QImage standard = pane();
  EXPECT_EQ(badge(), QString());
  const struct {
    Qt::Key key;
    const char* words;
  } kTools[] = {{Qt::Key_5, "high penetration"},
                {Qt::Key_6, "low penetration"},
                {Qt::Key_7, "edges"},
                {Qt::Key_8, "local contrast"},
                {Qt::Key_9, "inverse"},
                {Qt::Key_J, "noise taken down"},
                {Qt::Key_X, "heavy metal"},
                {Qt::Key_E, "low energy alone"},
                {Qt::Key_C, "hot metal"},
                {Qt::Key_K, "plain logarithm"},
                {Qt::Key_Period, "gamma 0.82"},
                {Qt::Key_Comma, "gamma 0.62"}};
  for (const auto& tool : kTools) {
    key(tool.key);
    EXPECT_FALSE(pane() == standard) << tool.words;  // heavy metal is a small place
    EXPECT_TRUE(badge().contains(QLatin1String(tool.words)))
        << tool.words << ": " << badge().toStdString();
    key(Qt::Key_S);
    EXPECT_TRUE(alike(pane(), standard)) << tool.words;
    EXPECT_EQ(badge(), QString());
  }
}

TEST_F(ToolsTest, EachViewIsOneKeyAndOneClickAway) {
  begin();
  const struct {
    Qt::Key key;
    const char* button;
    const char* view;
  } kViews[] = {{Qt::Key_1, "view_1", "standard"},
                {Qt::Key_2, "view_2", "material"},
                {Qt::Key_3, "view_3", "metal"},
                {Qt::Key_4, "view_4", "organic"},
                {Qt::Key_0, "view_0", "both"}};
  std::vector<QImage> seen;
  for (const auto& each : kViews) {
    key(each.key);
    EXPECT_EQ(app_->tools().view_mode(), QLatin1String(each.view));
    EXPECT_EQ(item("lower_pane") != nullptr, QLatin1String(each.view) == QLatin1String("both"));
    seen.push_back(pane());
    for (std::size_t i = 0; i + 1 < seen.size(); ++i)
      EXPECT_FALSE(alike(seen[i], seen.back())) << kViews[i].view << " and " << each.view;
  }
  for (const auto& each : kViews) {
    click(each.button);
    EXPECT_EQ(app_->tools().view_mode(), QLatin1String(each.view));
  }
}

TEST_F(ToolsTest, DraggingAndArrowsMoveTheImage) {
  begin();
  for (int i = 0; i < 5; ++i) key(Qt::Key_Plus);
  const ViewState& view = app_->view();
  double column = view.origin_column(), row = view.origin_row();
  const double scale = view.scale();
  const QPoint at = item("upper_pane")->mapToScene(QPointF(0, 0)).toPoint() + QPoint(300, 100);
  drag(Qt::LeftButton, at, at + QPoint(-60, 20));
  // What was under the cursor is under it still.
  EXPECT_NEAR(view.origin_column(), column + 60 / scale, 1e-6);
  EXPECT_NEAR(view.origin_row(), row - 20 / scale, 1e-6);
  column = view.origin_column();
  row = view.origin_row();
  key(Qt::Key_Right);
  EXPECT_GT(view.origin_column(), column);
  key(Qt::Key_Left);
  EXPECT_NEAR(view.origin_column(), column, 1e-6);
  key(Qt::Key_Up);
  EXPECT_LT(view.origin_row(), row);
  key(Qt::Key_Down);
  EXPECT_NEAR(view.origin_row(), row, 1e-6);
  key(Qt::Key_Minus);
  EXPECT_NEAR(view.scale(), scale / 1.25, 1e-9);
  QTest::mouseDClick(&app_->window(), Qt::LeftButton, {}, at);
  EXPECT_TRUE(view.fitted());
}

TEST_F(ToolsTest, TheRightButtonDragsTheContrastAndTheHistoryGoesBackByAClick) {
  begin(1920, 1080);
  const ImageTools& tools = app_->tools();
  const QPoint at = item("upper_pane")->mapToScene(QPointF(0, 0)).toPoint() + QPoint(500, 100);
  drag(Qt::RightButton, at, at + QPoint(0, -90));  // up: a narrower window
  const double width = tools.chain().window_hi - tools.chain().window_lo;
  EXPECT_LT(width, ViewChain{}.window_hi - ViewChain{}.window_lo);
  drag(Qt::RightButton, at, at + QPoint(50, 0));  // across: the same, elsewhere
  EXPECT_NEAR(tools.chain().window_hi - tools.chain().window_lo, width, 1e-6);
  EXPECT_EQ(tools.history().size(), 3) << "each drag is one step";
  EXPECT_TRUE(badge().contains(QLatin1String("contrast"))) << badge().toStdString();
  key(Qt::Key_W);
  EXPECT_EQ(tools.chain(), ViewChain{});
  key(Qt::Key_T);
  ASSERT_TRUE(wait_for([&] { return item("history_1") != nullptr; }));
  shoot("tools-history");
  click("history_1");
  EXPECT_NEAR(tools.chain().window_hi - tools.chain().window_lo, width, 1e-6);
  EXPECT_EQ(tools.history().size(), 4) << "what came after it can still be had";
  click("history_0");
  EXPECT_TRUE(tools.standard());
  key(Qt::Key_T);
  EXPECT_EQ(item("tool_panel"), nullptr);
}

TEST_F(ToolsTest, TheReadOutSaysWhatLiesUnderTheCursor) {
  lane_.set_image_size(800, 300);  // each byte 3: class 3, 0x0303 hundredths of g/cm2; 5 mm a pixel
  begin();
  key(Qt::Key_1);
  const QPointF local(210, 120);
  const QPoint at = item("upper_pane")->mapToScene(local).toPoint();
  QTest::mouseMove(&app_->window(), at - QPoint(40, 0));  // it comes from somewhere
  QTest::mouseMove(&app_->window(), at);
  ASSERT_TRUE(wait_for([&] { return item("cursor_words") != nullptr; }));
  const ViewState& view = app_->view();
  const QString words = text("cursor_words");
  const double x_m = std::floor(view.origin_column() + local.x() / view.scale()) * 0.005;
  EXPECT_TRUE(words.startsWith(QStringLiteral("x %1 m").arg(x_m, 0, 'f', 2)))
      << words.toStdString() << ", expected x " << x_m;
  EXPECT_TRUE(words.contains(QLatin1String("metal (100 % around)"))) << words.toStdString();
  EXPECT_TRUE(words.contains(QString::fromUtf8("7.7 g/cm²"))) << words.toStdString();
  QTest::mouseMove(&app_->window(), QPoint(5, 5));
  EXPECT_TRUE(wait_for([&] { return item("cursor_words") == nullptr; })) << "off the image";
}

TEST_F(ToolsTest, WhileSpaceIsHeldTheStandardImageIsShown) {
  begin();
  const QImage standard = pane();
  key(Qt::Key_9);
  const QImage inverse = pane();
  EXPECT_FALSE(alike(inverse, standard));
  QTest::keyPress(&app_->window(), Qt::Key_Space);
  EXPECT_TRUE(alike(pane(), standard));
  QTest::keyRelease(&app_->window(), Qt::Key_Space);
  EXPECT_TRUE(alike(pane(), inverse));
}

TEST_F(ToolsTest, UndoAndRedoStepThroughTheHistoryAndADragIsOneStep) {
  begin();
  key(Qt::Key_2);
  key(Qt::Key_5);
  ImageTools& tools = app_->tools();
  for (int i = 0; i < 10; ++i) tools.drag_window(2, 1);
  tools.settle();
  EXPECT_EQ(tools.history().size(), 4);  // as it was, material, high penetration, the drag
  const ViewChain dragged = tools.chain();
  control_key(Qt::Key_Z);
  EXPECT_EQ(tools.chain().window_lo, 3);
  control_key(Qt::Key_Z);
  EXPECT_EQ(tools.chain(), ViewChain{});
  EXPECT_EQ(tools.view_mode(), QStringLiteral("material"));
  control_key(Qt::Key_Z);
  EXPECT_EQ(tools.view_mode(), QStringLiteral("both"));
  control_key(Qt::Key_Z);  // nothing is left to undo
  tools.go_to(3);
  EXPECT_EQ(tools.chain(), dragged);
  control_key(Qt::Key_Z);
  control_key(Qt::Key_Y);
  EXPECT_EQ(tools.chain(), dragged);
}

TEST_F(ToolsTest, AnotherCaseBeginsWithTheStandardImageAndNothingToUndo) {
  begin();
  key(Qt::Key_9);
  lane_.show_case(test::truck_case("case-2", "scan-2", true));
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-2"); }));
  EXPECT_EQ(app_->tools().chain(), ViewChain{});
  clock_.advance(std::chrono::milliseconds(600));
  control_key(Qt::Key_Z);
  EXPECT_EQ(app_->tools().chain(), ViewChain{});
}

TEST_F(ToolsTest, TheSweepRunsThroughAllDensitiesAndStaysWhereItIsStopped) {
  begin();
  ImageTools& tools = app_->tools();
  key(Qt::Key_V);
  clock_.advance(std::chrono::milliseconds(3000));  // of 6 s
  ASSERT_TRUE(wait_for([&] { return tools.chain().window_lo > 1; }));
  EXPECT_NEAR(tools.chain().window_lo, 3.4, 1e-6);  // half of 8 - 1.2
  EXPECT_TRUE(badge().contains(QLatin1String("sweep")));
  key(Qt::Key_V);
  EXPECT_FALSE(tools.sweeping());
  EXPECT_NEAR(tools.chain().window_lo, 3.4, 1e-6);
  control_key(Qt::Key_Z);
  EXPECT_EQ(tools.chain(), ViewChain{});
  key(Qt::Key_V);
  clock_.advance(std::chrono::milliseconds(1000));
  control_key(Qt::Key_Z);  // while it runs: back to what was before
  EXPECT_FALSE(tools.sweeping());
  EXPECT_EQ(tools.chain(), ViewChain{});
}

TEST_F(ToolsTest, TheToolPanelHoldsHistogramHandlesPresetsAndHistory) {
  begin(1920, 1080, false);
  key(Qt::Key_T);
  ASSERT_TRUE(wait_for([&] { return item("tool_panel") != nullptr; }));
  ASSERT_NE(item("histogram"), nullptr);
  EXPECT_EQ(app_->tools().histogram().size(), 128);
  QQuickItem* handle = item("window_hi");
  ASSERT_NE(handle, nullptr);
  const QPoint from =
      handle->mapToScene(QPointF(handle->width() / 2, handle->height() - 5)).toPoint();
  QTest::mousePress(&app_->window(), Qt::LeftButton, {}, from);
  QTest::mouseMove(&app_->window(), from - QPoint(40, 0));
  QTest::mouseMove(&app_->window(), from - QPoint(80, 0));
  QTest::mouseRelease(&app_->window(), Qt::LeftButton, {}, from - QPoint(80, 0));
  EXPECT_LT(app_->tools().chain().window_hi, 4.5);
  EXPECT_EQ(app_->tools().history().size(), 2) << "the drag is one step";
  click("step_heavy_mark");
  EXPECT_TRUE(app_->tools().chain().heavy_mark);
  click("preset_log");
  EXPECT_NEAR(app_->tools().chain().power, 1, 1e-9);
  key(Qt::Key_O);
  shoot("tools-light-1080");
  for (const std::string& words : clipped()) ADD_FAILURE() << "cut short: " << words;
  click("standard");
  EXPECT_TRUE(app_->tools().standard());
}

TEST_F(ToolsTest, TheLoupeShowsTheCursorsPlaceThreeTimesCloser) {
  begin();
  key(Qt::Key_1);
  key(Qt::Key_Z);
  QTest::mouseMove(&app_->window(), QPoint(300, 400));
  ASSERT_TRUE(wait_for([&] { return item("loupe") != nullptr; }));
  shoot("loupe-dark-720");
  key(Qt::Key_Z);
  EXPECT_EQ(item("loupe"), nullptr);
}

TEST_F(ToolsTest, TheOverviewsFrameIsThePartInSightAndAClickGoesThere) {
  begin();
  key(Qt::Key_O);
  ASSERT_NE(item("overview"), nullptr);
  const double whole = item("overview_frame")->width();
  for (int i = 0; i < 5; ++i) key(Qt::Key_Plus);
  EXPECT_NEAR(item("overview_frame")->width(), whole / std::pow(1.25, 5), 1.5);
  const QQuickItem* overview = item("overview");
  const double before = app_->view().origin_column();
  QTest::mouseClick(
      &app_->window(), Qt::LeftButton, {},
      overview->mapToScene(QPointF(overview->width() * 0.8, overview->height() / 2)).toPoint());
  EXPECT_GT(app_->view().origin_column(), before + 200);
}

// ---- tiles

std::shared_ptr<const PlaneData> noise_plane(Plane plane, int columns, int rows) {
  PlaneLevel level;
  level.columns = columns;
  level.rows = rows;
  std::uint32_t seed = 7;
  for (int i = 0; i < columns * rows; ++i) {
    seed = seed * 1664525U + 1013904223U;
    if (plane == Plane::kMaterial)
      level.classes.push_back(static_cast<std::uint8_t>((seed >> 16U) % 6));
    else
      level.codes.push_back(static_cast<std::uint16_t>(1024 + (seed >> 16U) % 20000));
  }
  auto data = std::make_shared<PlaneData>();
  data->plane = plane;
  data->levels = make_pyramid(std::move(level));
  return data;
}

Look noise_look(ViewMode mode) {
  Look look;
  look.mode = mode;
  look.planes[0] = noise_plane(Plane::kHigh, 900, 700);
  look.planes[3] = noise_plane(Plane::kMaterial, 900, 700);
  return look;
}

TEST(TileBoard, TilesJoinToThePictureOfTheWhole) {
  for (const ViewMode mode : {ViewMode::kStandard, ViewMode::kMaterial, ViewMode::kMetal}) {
    const Look look = noise_look(mode);
    TileBoard board;
    const double scale = 0.73;
    const QRect visible(-20, -30, 620, 500);
    board.show(look, scale, visible);
    RenderRequest request;
    request.look = look;
    request.scale = scale;
    request.column_first = visible.x() / scale;
    request.row_first = visible.y() / scale;
    request.width = visible.width();
    request.height = visible.height();
    const QImage whole = render(request);
    int differ = 0;
    for (const TileBoard::Tile* tile : board.visible()) {
      for (int y = 0; y < TileBoard::kTilePx; ++y) {
        for (int x = 0; x < TileBoard::kTilePx; ++x) {
          const QPoint at(tile->x + x - visible.x(), tile->y + y - visible.y());
          if (whole.rect().contains(at) && whole.pixel(at) != tile->picture.pixel(x, y)) ++differ;
        }
      }
    }
    // A weight that rounds the other way for a place worked out from another corner.
    EXPECT_LE(differ, visible.width() * visible.height() / 1000);
  }
}

TEST(TileBoard, APanReadsOnlyWhatComesIntoSightAndAnotherWindowReadsNothing) {
  Look look = noise_look(ViewMode::kStandard);
  TileBoard board;
  constexpr int kTwo = 2 * TileBoard::kTilePx;
  board.show(look, 1, QRect(0, 0, kTwo, kTwo));
  EXPECT_EQ(board.visible().size(), 4U);
  EXPECT_EQ(board.sampled(), 4U);
  board.show(look, 1, QRect(10, 0, kTwo - 10, kTwo));
  EXPECT_EQ(board.sampled(), 4U);
  EXPECT_EQ(board.painted(), 4U);
  board.show(look, 1, QRect(20, 0, kTwo, kTwo));  // one column of tiles more
  EXPECT_EQ(board.sampled(), 6U);
  look.chain.window_hi = 3;
  board.show(look, 1, QRect(20, 0, kTwo, kTwo));
  EXPECT_EQ(board.sampled(), 6U);
  EXPECT_EQ(board.painted(), 12U);
  board.show(look, 1.1, QRect(20, 0, kTwo, kTwo));
  EXPECT_EQ(board.sampled(), 12U);
}

TEST(TileBoard, OneByOnePixelIsAPicture) {
  Look look;
  look.planes[0] = noise_plane(Plane::kHigh, 1, 1);
  TileBoard board;
  board.show(look, 16, QRect(-100, -100, 300, 200));
  EXPECT_FALSE(board.visible().empty());
}

}  // namespace
}  // namespace portcullis::hmi
