#include "imaging/enhance/decided_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "imaging/enhance/enhance.h"

namespace portcullis::imaging {
namespace {

using ::testing::HasSubstr;

constexpr int kDrawnColumns = 60, kDrawnRows = 40;

/// A ramp of attenuation in high energy, another in low; every class in stripes.
struct Drawing {
  std::vector<std::uint16_t> high, low;
  std::vector<std::uint8_t> material;

  Drawing() {
    for (int y = 0; y < kDrawnRows; ++y) {
      for (int x = 0; x < kDrawnColumns; ++x) {
        high.push_back(static_cast<std::uint16_t>(1'024 + 400 * x));
        low.push_back(static_cast<std::uint16_t>(1'024 + 500 * y));
        material.push_back(static_cast<std::uint8_t>(x % 6));
      }
    }
  }
  [[nodiscard]] ViewPlanes planes() const {
    return {kDrawnColumns, kDrawnRows, high, low, material};
  }
  [[nodiscard]] DecidedImage drawn(const core::DecidedView& view) const {
    auto image = draw_decided(planes(), view);
    EXPECT_TRUE(image.ok()) << (image.ok() ? "" : image.error().message);
    return image.ok() ? std::move(image).value() : DecidedImage{};
  }
};

core::DecidedView plain_view() {
  core::DecidedView view;
  view.window_hi = 6.2;
  view.power = 0.72;
  return view;
}

std::uint32_t at(const DecidedImage& image, int x, int y) {
  return image.argb[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.columns) +
                    static_cast<std::size_t>(x)];
}

TEST(DecidedImage, IsWhatTheScreensStepsGive) {
  const Drawing drawing;
  std::vector<std::uint8_t> gray(drawing.high.size());
  std::vector<std::uint32_t> argb(drawing.high.size());
  auto view = plain_view();
  const Window window{0, 6.2F, 0.72F};

  render_standard(drawing.high, window, gray);
  gray_to_argb(gray, kAirLight_argb, argb);
  EXPECT_EQ(drawing.drawn(view).argb, argb);

  view.low_energy = true;
  view.inverse = true;
  view.palette = static_cast<int>(Palette::kIce);
  render_standard(drawing.low, window, gray);
  inverse(gray);
  pseudo_colour(gray, Palette::kIce, argb);
  EXPECT_EQ(drawing.drawn(view).argb, argb);

  view = plain_view();
  view.mode = "material";
  MaterialView material;
  material.window = window;
  render_material(drawing.high, drawing.material, kDrawnColumns, kDrawnRows, material, argb);
  EXPECT_EQ(drawing.drawn(view).argb, argb);

  view.mode = "metal";
  view.heavy_mark = true;
  organic_strip(drawing.high, drawing.material, window, gray);
  gray_to_argb(gray, kAirLight_argb, argb);
  mark_heavy_metal(drawing.material, kDrawnColumns, kDrawnRows, {}, argb);
  EXPECT_EQ(drawing.drawn(view).argb, argb);
}

TEST(DecidedImage, ThePartInSightIsAPartOfTheWhole) {
  const Drawing drawing;
  for (const char* mode : {"standard", "material", "organic"}) {
    for (const bool local : {false, true}) {
      auto view = plain_view();
      view.mode = mode;
      view.local = local;
      view.denoise = true;
      const auto whole = drawing.drawn(view);
      view.fitted = false;
      view.part = {50, -5, 30, 20};  // Beyond two of the image's borders.
      const auto part = drawing.drawn(view);
      ASSERT_EQ(part.columns, 10);
      ASSERT_EQ(part.rows, 15);
      for (int y = 0; y < part.rows; ++y)
        for (int x = 0; x < part.columns; ++x)
          ASSERT_EQ(at(part, x, y), at(whole, x + 50, y)) << mode << ' ' << x << ',' << y;
    }
  }
}

TEST(DecidedImage, BothImagesStandOneAboveTheOther) {
  const Drawing drawing;
  auto view = plain_view();
  const auto standard = drawing.drawn(view);
  view.mode = "material";
  const auto material = drawing.drawn(view);
  view.mode = "both";
  const auto both = drawing.drawn(view);
  ASSERT_EQ(both.rows, 2 * kDrawnRows);
  EXPECT_TRUE(std::equal(standard.argb.begin(), standard.argb.end(), both.argb.begin()));
  EXPECT_TRUE(std::equal(material.argb.begin(), material.argb.end(),
                         both.argb.begin() + static_cast<std::ptrdiff_t>(standard.argb.size())));
}

TEST(DecidedImage, WhatCannotBeDrawnIsSaid) {
  const Drawing drawing;
  auto planes = drawing.planes();
  planes.low = planes.low.first(7);
  EXPECT_THAT(draw_decided(planes, plain_view()).error().message, HasSubstr("7"));
  EXPECT_FALSE(draw_decided({}, plain_view()).ok());
  auto view = plain_view();
  view.fitted = false;
  view.part = {kDrawnColumns, 0, 10, 10};
  EXPECT_THAT(draw_decided(drawing.planes(), view).error().message, HasSubstr("beside the image"));
  view = plain_view();
  view.palette = 4;
  EXPECT_THAT(draw_decided(drawing.planes(), view).error().message, HasSubstr("palette 4"));
}

}  // namespace
}  // namespace portcullis::imaging
