// The radiation portal's counts under the image: where a peak stands, and what the cursor says.
#include <algorithm>
#include <cmath>
#include <limits>

#include "hmi/models/profile_item.h"
#include "hmi/models/radiation_plot.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

// The drawn truck (tests/support/fake_truck.cpp): 5 mm a pixel, its cab begins at 700 mm, its frame
// ends at 13,500 mm.
constexpr double kMmPerPx = 5;
constexpr double kFront_mm = 700, kRear_mm = 13'500;
// It passes in 9.6 s, 4.8 km/h; a source stands where it was in the middle of the 21st sample.
constexpr int kSamples = 48;
constexpr double kSample_s = 0.2;
constexpr double kSourceShare = 20.5 / kSamples;
constexpr double kSource_mm = kFront_mm + kSourceShare * (kRear_mm - kFront_mm);

/// Gamma counts a second of a source half a second wide over a background that the truck shadows.
double counts_at(double share) {
  const double away_s = (share - kSourceShare) * kSamples * kSample_s;
  return 1000 - 100 * std::sin(3.14159265 * share) + 600 * std::exp(-away_s * away_s / 0.5);
}

services::CaseView source_case(const std::string& case_id, const std::string& scan_id) {
  services::CaseView view = test::truck_case(case_id, scan_id, true);
  view.radiation_profile.clear();
  for (int i = 0; i < kSamples; ++i)  // the lane's zero is the end of the first
    view.radiation_profile.push_back(
        {static_cast<float>(i * kSample_s), static_cast<float>(counts_at((i + 0.5) / kSamples))});
  view.radiation_passage = {kSamples * kSample_s, kSample_s, 1000, 1000 + 7 * std::sqrt(1000.0),
                            4.8};
  return view;
}

PlaneData plane_of(int columns, int rows, int first, int end) {
  PlaneLevel full;
  full.columns = columns;
  full.rows = rows;
  full.codes.assign(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 1024);
  for (int row = rows / 4; row < rows / 2; ++row)
    for (int column = first; column < end; ++column)
      full.codes[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                 static_cast<std::size_t>(column)] = 5000;
  PlaneData plane;
  plane.mm_per_px = kMmPerPx;
  plane.levels = make_pyramid(std::move(full));
  return plane;
}

TEST(RadiationPlot, TheVehiclesColumnsAreFoundToThePixel) {
  for (const auto& [first, end] : {std::pair(203, 1801), {0, 2000}, {517, 530}, {1, 1999}}) {
    const ColumnSpan span = vehicle_columns(plane_of(2000, 300, first, end));
    EXPECT_EQ(span.first, first);
    EXPECT_EQ(span.end, end);
  }
  const ColumnSpan none = vehicle_columns(plane_of(2000, 300, 0, 0));
  EXPECT_EQ(none.first, none.end);
  EXPECT_EQ(vehicle_columns(PlaneData()).end, 0);
}

TEST(RadiationPlot, APeakStandsWhereTheVehicleWasWhenItWasCounted) {
  std::vector<ProfilePoint> samples;
  for (int i = 0; i < kSamples; ++i)
    samples.push_back(
        {static_cast<float>(i * kSample_s), static_cast<float>(counts_at((i + 0.5) / kSamples))});
  samples[3].gamma_cps = std::numeric_limits<float>::quiet_NaN();
  const auto points = radiation_points(samples, {kSamples * kSample_s, kSample_s, 0, 0, 0});
  ASSERT_EQ(points.size(), static_cast<std::size_t>(kSamples - 1 - 4)) << "of five samples each";
  const auto peak = std::max_element(
      points.begin(), points.end(),
      [](const auto& one, const auto& other) { return one.gamma_cps < other.gamma_cps; });
  const ColumnSpan vehicle{140, 2700};
  EXPECT_NEAR(column_of_share(peak->share, vehicle), kSource_mm / kMmPerPx, 2);
  EXPECT_EQ(gamma_at(points, peak->share), peak->gamma_cps);
  EXPECT_FALSE(gamma_at(points, 0).has_value()) << "no whole second is over yet";
  EXPECT_FALSE(gamma_at({}, 0.5).has_value());
  // Of one sample nothing can be drawn; of fewer than a second's each stands for itself.
  EXPECT_TRUE(radiation_points({{0, 1000}}, {}).empty());
  const auto few = radiation_points({{0, 900}, {0.2F, 1100}}, {0.4, 0.2, 0, 0, 0});
  ASSERT_EQ(few.size(), 2U);
  EXPECT_NEAR(few[0].share, 0.25, 1e-6);
  EXPECT_NEAR(few[1].share, 0.75, 1e-6);
}

class RadiationScreenTest : public ScreenTest {
 protected:
  void review_source(const services::CaseView& view) {
    lane_.show_case(view);
    ASSERT_TRUE(wait_for([&] {
      return app_->inspection_case().to_decide() && app_->image_drawn() &&
             app_->images().scan_id() == view.scan_id;
    }));
    clock_.advance(std::chrono::milliseconds(501));
  }
  /// Where on the window the topmost of the drawn line is.
  double peak_x() {
    QQuickItem* plot = item("profile_plot");
    const QPointF corner = plot->mapToScene({0, 0});
    const QImage window = app_->window().grabWindow();
    for (int y = static_cast<int>(corner.y()); y < corner.y() + plot->height(); ++y) {
      double sum = 0;
      int count = 0;
      for (int x = static_cast<int>(corner.x()); x < corner.x() + plot->width(); ++x) {
        const QColor colour = window.pixelColor(x, y);
        if (colour.red() < 190 || colour.green() < 190 || colour.blue() < 190) continue;
        sum += x + 0.5;
        ++count;
      }
      if (count > 0) return sum / count;
    }
    return -1;
  }
  /// Where on the window that place of the image is.
  double image_x(double column) {
    const ViewState& view = app_->view();
    return item("upper_pane")->mapToScene({0, 0}).x() +
           (column - view.origin_column()) * view.scale();
  }
};

TEST_F(RadiationScreenTest, APeakOfTheProfileStandsUnderItsPlaceInTheImage) {
  open();
  review_source(source_case("case-1", "scan-1"));
  const double column = kSource_mm / kMmPerPx;
  EXPECT_NEAR(peak_x(), image_x(column), 2) << "the whole vehicle";
  EXPECT_TRUE(text("profile_title").contains(QLatin1String("along the vehicle")));
  EXPECT_TRUE(text("profile_text").contains(QLatin1String("background 1000, alarm above 1221")))
      << text("profile_text").toStdString();
  shoot("radiation");
  key(Qt::Key_Plus);
  key(Qt::Key_Plus);
  key(Qt::Key_Left);
  EXPECT_NEAR(peak_x(), image_x(column), 2) << "closer, and moved";
  shoot("radiation-close");
  key(Qt::Key_T);
  ASSERT_TRUE(wait_for([&] { return item("tool_panel") != nullptr; }));
  EXPECT_NEAR(peak_x(), image_x(column), 2) << "beside the tools";
  key(Qt::Key_T);
  key(Qt::Key_F);
  // Right to left mirrors the screen, neither the image nor what lies along it.
  ASSERT_TRUE(app_->language().set(QStringLiteral("ar")));
  ASSERT_TRUE(wait_for([&] { return item("upper_pane")->mapToScene({0, 0}).x() > 500; }));
  EXPECT_NEAR(peak_x(), image_x(column), 2) << "in Arabic";
  shoot("radiation-ar");
}

TEST_F(RadiationScreenTest, TheCursorShowsBothTheImagesPlaceAndItsCounts) {
  open();
  review_source(source_case("case-1", "scan-1"));
  QQuickItem* plot = item("profile_plot");
  const double x = image_x(kSource_mm / kMmPerPx);
  EXPECT_EQ(item("profile_line"), nullptr);
  QTest::mouseMove(&app_->window(),
                   QPoint(static_cast<int>(std::lround(x)),
                          static_cast<int>(plot->mapToScene({0, plot->height() / 2}).y())));
  ASSERT_TRUE(wait_for([&] { return item("profile_line") != nullptr; }));
  QQuickItem* line = item("profile_line");
  EXPECT_NEAR(line->mapToScene({line->width() / 2, 0}).x(), x, 2);
  // 5.47 m behind the front, where one second holds most counts.
  EXPECT_TRUE(text("profile_text").startsWith(QLatin1String("5.4")))
      << text("profile_text").toStdString();
  QQuickItem* pane = item("upper_pane");
  const QPoint at(static_cast<int>(std::lround(x)),
                  static_cast<int>(pane->mapToScene({0, pane->height() / 2}).y()));
  QTest::mouseMove(&app_->window(), at - QPoint(40, 0));  // it comes from somewhere
  QTest::mouseMove(&app_->window(), at);
  ASSERT_TRUE(wait_for([&] { return item("profile_line") == nullptr; }));
  EXPECT_TRUE(text("profile_text").contains(QLatin1String("m from the front: ")))
      << text("profile_text").toStdString();
  EXPECT_NE(item("cursor_words"), nullptr) << "and the image's words as ever";
}

TEST_F(RadiationScreenTest, APassageInSeveralGoesIsNotLaidAlongTheVehicle) {
  open();
  services::CaseView view = source_case("case-1", "scan-1");
  view.radiation_passage.passage_s = 0;
  review_source(view);
  EXPECT_TRUE(text("profile_title").contains(QLatin1String("as the vehicle passed")));
  EXPECT_FALSE(item("profile_plot")->property("placed").toBool());
}

}  // namespace
}  // namespace portcullis::hmi
