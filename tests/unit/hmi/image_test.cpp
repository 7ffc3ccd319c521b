#include <gtest/gtest.h>

#include "hmi/models/image_item.h"
#include "hmi/models/image_renderer.h"
#include "hmi/models/view_state.h"
#include "hmi/models/waterfall_item.h"

namespace portcullis::hmi {
namespace {

std::shared_ptr<const PlaneData> plane_of(Plane plane, int columns, int rows,
                                          std::vector<std::uint16_t> codes,
                                          std::vector<std::uint8_t> classes) {
  PlaneLevel level;
  level.columns = columns;
  level.rows = rows;
  level.codes = std::move(codes);
  level.classes = std::move(classes);
  auto data = std::make_shared<PlaneData>();
  data->scan_id = "s";
  data->plane = plane;
  data->mm_per_px = 5;
  data->x_first_mm = 1000;
  data->z_first_mm = 4000;
  data->levels = make_pyramid(std::move(level));
  return data;
}

TEST(Pyramid, CodesAreAveragedAndOfClassesTheCommonestThenTheDenser) {
  PlaneLevel full;
  full.columns = 1024;
  full.rows = 2;
  full.codes.assign(2048, 0);
  full.classes.assign(2048, 0);
  full.codes[0] = 100;
  full.codes[1] = 200;
  full.codes[1024] = 300;
  full.codes[1025] = 401;
  full.classes[0] = 1;  // 1 1 / 3 3: a tie
  full.classes[1] = 1;
  full.classes[1024] = 3;
  full.classes[1025] = 3;
  full.classes[2] = 4;  // 4 1 / 1 0: the commonest
  full.classes[3] = 1;
  full.classes[1026] = 1;
  const auto levels = make_pyramid(full);
  ASSERT_EQ(levels.size(), 2U);
  EXPECT_EQ(levels[1].columns, 512);
  EXPECT_EQ(levels[1].rows, 1);
  EXPECT_EQ(levels[1].codes[0], 250);  // (100 + 200 + 300 + 401 + 2) / 4
  EXPECT_EQ(levels[1].classes[0], 3);
  EXPECT_EQ(levels[1].classes[1], 1);
}

TEST(Pyramid, OddSizesKeepTheirLastRowAndColumn) {
  PlaneLevel full;
  full.columns = 513;
  full.rows = 3;
  full.codes.assign(513 * 3, 7);
  full.codes.back() = 107;
  const auto levels = make_pyramid(full);
  ASSERT_EQ(levels.size(), 2U);
  EXPECT_EQ(levels[1].columns, 257);
  EXPECT_EQ(levels[1].rows, 2);
  EXPECT_EQ(levels[1].codes.back(), 107);  // the corner pixel, alone in its block
}

TEST(Render, StandardGoesFromAirToBlackAndDrawsAirOutsideTheImage) {
  RenderRequest request;
  // Air, then attenuation 6.2 (the end of the default window): 1024 + 4096 * 6.2.
  request.look.planes[0] = plane_of(Plane::kHigh, 2, 1, {1024, 26419}, {});
  request.look.dark = false;
  request.scale = 1;
  request.column_first = -1;
  request.width = 4;
  request.height = 1;
  const QImage picture = render(request);
  ASSERT_EQ(picture.size(), QSize(4, 1));
  EXPECT_EQ(picture.pixel(0, 0), 0xFFFFFFFFU);
  EXPECT_EQ(picture.pixel(1, 0), 0xFFFFFFFFU);
  EXPECT_LT(qGray(picture.pixel(2, 0)), 30);
  EXPECT_EQ(picture.pixel(3, 0), 0xFFFFFFFFU);
}

TEST(Render, EveryViewDrawsAndMaterialNeedsItsPlane) {
  RenderRequest request;
  request.look.planes[0] =
      plane_of(Plane::kHigh, 40, 30, std::vector<std::uint16_t>(1200, 5120), {});
  request.width = 40;
  request.height = 30;
  request.look.mode = ViewMode::kMaterial;
  EXPECT_TRUE(render(request).isNull());
  request.look.planes[3] =
      plane_of(Plane::kMaterial, 40, 30, {}, std::vector<std::uint8_t>(1200, 1));
  for (const char* name : {"standard", "material", "metal", "organic"}) {
    const auto mode = view_mode_from(name);
    ASSERT_TRUE(mode.has_value()) << name;
    request.look.mode = *mode;
    EXPECT_FALSE(render(request).isNull()) << name;
  }
  EXPECT_FALSE(view_mode_from("both").has_value());
  // Organic of attenuation 1 in the material view: hue 30 to 45 degrees.
  request.look.mode = ViewMode::kMaterial;
  const QColor colour = render(request).pixelColor(20, 15);
  EXPECT_GE(colour.hue(), 28);
  EXPECT_LE(colour.hue(), 47);
}

TEST(ViewState, ThePointUnderTheCursorStays) {
  ViewState view;
  view.set_pane(1000, 400);
  view.set_image(4000, 1000, 5);
  EXPECT_DOUBLE_EQ(view.scale(), 0.25);
  const double column = view.origin_column() + 300 / view.scale();
  const double row = view.origin_row() + 120 / view.scale();
  view.zoom_about(300, 120, 4);
  EXPECT_DOUBLE_EQ(view.scale(), 1);
  EXPECT_NEAR(view.origin_column() + 300 / view.scale(), column, 1e-9);
  EXPECT_NEAR(view.origin_row() + 120 / view.scale(), row, 1e-9);
  view.zoom_about(0, 0, 1e9);
  EXPECT_DOUBLE_EQ(view.scale(), 16);
  view.fit();
  EXPECT_DOUBLE_EQ(view.scale(), 0.25);
  EXPECT_DOUBLE_EQ(view.origin_column(), 0);
}

TEST(ViewState, AFittedViewStaysFittedAndABoxIsBroughtIntoSight) {
  ViewState view;
  view.set_pane(1000, 400);
  view.set_image(4000, 1000, 5);
  view.set_pane(2000, 800);
  EXPECT_DOUBLE_EQ(view.scale(), 0.5);
  view.zoom_about(0, 0, 4);
  view.show_box(3000, 800, 100, 50);
  EXPECT_GE(3000, view.origin_column());
  EXPECT_LE(3100, view.origin_column() + 2000 / view.scale());
  const double before = view.origin_column();
  view.show_box(3000, 800, 100, 50);
  EXPECT_DOUBLE_EQ(view.origin_column(), before);
}

TEST(ContentBox, HoldsTheVehicleWithAirAroundItAndNoLonelyPixels) {
  // 400 x 300 pixels of 5 mm: one level. A load at columns 100 to 299, rows 150 to 299.
  std::vector<std::uint16_t> codes(400 * 300, 1024);
  for (std::size_t row = 150; row < 300; ++row) {
    for (std::size_t column = 100; column < 300; ++column) codes[row * 400 + column] = 5000;
  }
  codes[20 * 400 + 390] = 5000;  // noise
  const auto box = content_box(*plane_of(Plane::kHigh, 400, 300, codes, {}));
  EXPECT_EQ(box.x, 100 - 30);  // 150 mm of air beside
  EXPECT_EQ(box.x + box.w, 300 + 30);
  EXPECT_EQ(box.y, 150 - 70);  // 350 mm above
  EXPECT_EQ(box.y + box.h, 300);
}

TEST(ContentBox, IsTheWholeImageWhereThereIsHardlyAnythingInIt) {
  const auto box =
      content_box(*plane_of(Plane::kHigh, 400, 300, std::vector<std::uint16_t>(120000, 1030), {}));
  EXPECT_EQ(box.x, 0);
  EXPECT_EQ(box.w, 400);
  EXPECT_EQ(box.h, 300);
}

TEST(ViewState, FitShowsTheVehicleAsLargeAsThePaneAllows) {
  ViewState view;
  view.set_pane(1000, 400);
  view.set_image(4000, 1000, 5, QRectF(1000, 200, 1000, 800));
  EXPECT_DOUBLE_EQ(view.scale(), 0.5);
  EXPECT_DOUBLE_EQ(view.origin_column() + 500 / view.scale(), 1500);
  EXPECT_DOUBLE_EQ(view.origin_row(), 200);
  view.zoom_about(500, 200, 0.5);  // and all of the image can still be seen
  EXPECT_LE(view.origin_column(), 500);
}

TEST(ClassAgreement, IsTheShareOfThoseAroundThatHaveAClass) {
  // Columns 0 to 4 metal, 5 to 9 organic, the lowest row too thin, one pixel too thick.
  PlaneLevel level{10, 10, {}, {}};
  for (int row = 0; row < 10; ++row) {
    for (int column = 0; column < 10; ++column)
      level.classes.push_back(row == 9 ? std::uint8_t{0}
                                       : static_cast<std::uint8_t>(column < 5 ? 3 : 1));
  }
  level.classes[5 * 10 + 5] = 5;
  // 7 columns by 7 rows, the lowest without a class: 6 x 7 less the thick one; 4 columns are metal.
  EXPECT_EQ(class_agreement_percent(level, 4, 6), 100 * 24 / 41);
  EXPECT_EQ(class_agreement_percent(level, 0, 0), 100);  // 4 x 4 at the corner
  EXPECT_EQ(class_agreement_percent(level, 5, 5), std::nullopt);
  EXPECT_EQ(class_agreement_percent(level, 2, 9), std::nullopt);
}

TEST(ImageStore, TheReadOutNamesPlaceClassAndMass) {
  ImageStore store;
  store.clear("s");
  store.add(plane_of(Plane::kHigh, 4, 4, std::vector<std::uint16_t>(16, 2000), {}));
  EXPECT_TRUE(store.ready());
  EXPECT_FALSE(store.complete());
  store.add(plane_of(Plane::kMaterial, 4, 4, {}, std::vector<std::uint8_t>(16, 3)));
  store.add(plane_of(Plane::kMass, 4, 4, std::vector<std::uint16_t>(16, 1240), {}));
  // Column 2 at 1000 + 2 * 5 mm, row 1 at 4000 - 5 mm; 1240 steps of 0.01 g/cm2.
  EXPECT_EQ(store.read_out(2.4, 1.9),
            QString::fromUtf8("x 1.01 m   z 4.00 m   metal (100 % around)   12.4 g/cm²"));
  EXPECT_EQ(store.read_out(-0.1, 0), QString());
  EXPECT_EQ(store.read_out(4, 0), QString());
  store.clear("other");
  store.add(plane_of(Plane::kHigh, 4, 4, std::vector<std::uint16_t>(16, 2000), {}));
  EXPECT_FALSE(store.ready()) << "a plane of another scan was taken";
}

TEST(WaterfallStore, MissingColumnsAreCountedAndOldBlocksNotTaken) {
  WaterfallStore store;
  WaterfallData block;
  block.scan_id = "s";
  block.rows = 2;
  block.columns = 2;
  block.gray = {1, 2, 3, 4};
  store.add(block);
  EXPECT_EQ(store.columns(), 2);
  block.first_column = 5;
  store.add(block);
  EXPECT_EQ(store.columns(), 7);
  EXPECT_EQ(store.columns_missed(), 3);
  EXPECT_EQ(store.gray().size(), 14U);
  EXPECT_EQ(store.gray()[5], 0);  // missed
  EXPECT_EQ(store.gray()[10], 1);
  block.first_column = 1;  // again: not taken
  store.add(block);
  EXPECT_EQ(store.columns(), 7);
  block.first_column = 0;
  store.add(block);
  EXPECT_EQ(store.columns(), 2);
  block.first_column = 3'000'000'000U;
  store.add(block);
  EXPECT_EQ(store.columns(), 2);
}

}  // namespace
}  // namespace portcullis::hmi
