#include <gtest/gtest.h>

#include <QColor>
#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <cmath>
#include <memory>

namespace portcullis::hmi {
namespace {

// WCAG 2.1, relative luminance and contrast ratio.
double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}
double luminance(const QColor& colour) {
  return 0.2126 * linear(static_cast<double>(colour.redF())) +
         0.7152 * linear(static_cast<double>(colour.greenF())) +
         0.0722 * linear(static_cast<double>(colour.blueF()));
}
double contrast(const QColor& a, const QColor& b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

TEST(Contrast, TheRatioIsWcags) {
  EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 1e-6);
  EXPECT_NEAR(contrast(QColor("#767676"), Qt::white), 4.54, 0.01);
}

class ThemeTest : public ::testing::TestWithParam<bool> {
 protected:
  ThemeTest() {
    engine_.rootContext()->setContextProperty(QStringLiteral("start_dark"), GetParam());
    QQmlComponent component(&engine_);
    component.setData(
        "import QtQuick\nimport \"qrc:/portcullis\"\nQtObject { property var theme: Theme }",
        QUrl());
    holder_.reset(component.create());
    theme_ = holder_ == nullptr ? nullptr : holder_->property("theme").value<QObject*>();
  }
  QColor token(const char* name) const {
    const QColor colour = theme_->property(name).value<QColor>();
    EXPECT_TRUE(colour.isValid()) << name;
    return colour;
  }

  QQmlEngine engine_;
  std::unique_ptr<QObject> holder_;
  QObject* theme_ = nullptr;
};

TEST_P(ThemeTest, TextAndEdgesCanBeRead) {
  ASSERT_NE(theme_, nullptr);
  for (const char* under : {"ground", "panel", "card"}) {
    for (const char* ink : {"ink", "ink_second", "attention", "alarm"}) {
      EXPECT_GE(contrast(token(ink), token(under)), 4.5) << ink << " on " << under;
    }
    EXPECT_GE(contrast(token("edge"), token(under)), 3.0) << "edge on " << under;
  }
  for (const char* fill : {"action", "attention", "alarm", "ink_second"}) {
    EXPECT_GE(contrast(token("on_fill"), token(fill)), 4.5) << "text on " << fill;
  }
  EXPECT_GE(contrast(token("on_simulation"), token("simulation")), 4.5);
  EXPECT_GE(contrast(token("on_air"), token("air")), 4.5);
}

INSTANTIATE_TEST_SUITE_P(Themes, ThemeTest, ::testing::Values(true, false),
                         [](const auto& parameter) { return parameter.param ? "dark" : "light"; });

}  // namespace
}  // namespace portcullis::hmi
