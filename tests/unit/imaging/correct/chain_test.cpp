#include "imaging/correct/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/unit/imaging/correct/corrected_scan.h"

namespace portcullis::imaging {
namespace {

using testing::correct;
using testing::Corrected;

const char* const kBox = R"(
seed = 5
[scan]
scanner = "gantry-small"
x_from_mm = -300
x_to_mm = 1500
[vehicle]
kind = "none"
[[object]]
name = "box"
shape = "box"
size_mm = [800, 1000, 1400]
center_mm = [700, 0, 850]
material = "paper"
density_g_cm3 = 0.5
)";

core::RawScan box_scan() {
  return testing::scan_of(testing::scene_of(kBox), testing::scanner_of("gantry-small"));
}

std::uint64_t all_of(const CorrectionReport& r) {
  return r.measured + r.missing_sent + r.no_dose + r.arced + r.test_pattern + r.refused;
}

void remove_lines(core::RawScan& scan, const std::function<bool(std::size_t)>& goes) {
  std::size_t kept = 0;
  const std::size_t pixels = scan.pixels();
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    if (goes(i)) continue;
    scan.lines[kept] = scan.lines[i];
    scan.modules_present[kept] = scan.modules_present[i];
    std::copy_n(scan.samples.begin() + static_cast<std::ptrdiff_t>(i * pixels), pixels,
                scan.samples.begin() + static_cast<std::ptrdiff_t>(kept * pixels));
    ++kept;
  }
  scan.lines.resize(kept);
  scan.modules_present.resize(kept);
  scan.samples.resize(kept * pixels);
}

TEST(CorrectionChain, SameBytesWhateverTheBatch) {
  const auto scan = box_scan();
  const Corrected whole = correct(scan);
  ASSERT_EQ(whole.lines.size(), scan.lines.size());
  for (const std::size_t batch : {1U, 7U, 64U, 400U}) {
    const Corrected parts = correct(scan, {}, batch);
    ASSERT_EQ(parts.lines.size(), whole.lines.size()) << batch;
    EXPECT_TRUE(parts.transmission == whole.transmission) << batch;
    for (std::size_t i = 0; i < whole.lines.size(); ++i) {
      ASSERT_EQ(parts.lines[i].x_counts, whole.lines[i].x_counts) << batch << ' ' << i;
      ASSERT_EQ(parts.lines[i].rise_undone_mm, whole.lines[i].rise_undone_mm) << batch << ' ' << i;
    }
  }
}

TEST(CorrectionChain, KeepsNoMoreThanItsLag) {
  const auto scan = box_scan();
  auto chain = CorrectionChain::create(scan.meta.geometry, scan.calibration, {});
  ASSERT_TRUE(chain.ok());
  std::size_t out = 0;
  const auto sink = [&out](const CorrectedLine&) { ++out; };
  const std::size_t pixels = scan.pixels();
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    chain->push({&scan.lines[i], 1}, {&scan.modules_present[i], 1},
                {&scan.samples[i * pixels], pixels}, sink);
    ASSERT_LE(i + 1 - out, CorrectionChain::kLagPulses);
  }
  chain->finish(sink);
  EXPECT_EQ(out, scan.lines.size());
}

TEST(CorrectionChain, GivesPulsesThatNeverCameAsMissing) {
  auto scan = box_scan();
  const std::size_t before = scan.lines.size();
  remove_lines(scan, [](std::size_t i) { return i == 30 || (i >= 100 && i < 105) || i == 301; });
  const Corrected out = correct(scan);
  ASSERT_EQ(out.lines.size(), before);
  EXPECT_EQ(out.report.missing_inferred, 7U);
  EXPECT_EQ(all_of(out.report), out.report.lines_in);
  EXPECT_EQ(out.report.lines_out,
            out.report.lines_in - out.report.refused + out.report.missing_inferred);
  for (const std::size_t i : {30U, 100U, 102U, 104U, 301U}) {
    EXPECT_EQ(out.lines[i].state, LineState::kMissing);
    EXPECT_EQ(out.lines[i].header.pulse, i);
    EXPECT_EQ(out.lines[i].header.energy, i % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow);
    EXPECT_NEAR(
        out.lines[i].header.encoder_counts,
        (out.lines[i - 1].header.encoder_counts + out.lines[i + 1].header.encoder_counts) / 2.0,
        1.0);
  }
}

TEST(CorrectionChain, LivesOnATwoThirdsScan) {
  auto scan = box_scan();
  remove_lines(scan, [](std::size_t i) { return i * 2654435761U % 10 < 3 && i > 0; });
  const Corrected out = correct(scan);
  EXPECT_EQ(all_of(out.report), out.report.lines_in);
  EXPECT_GT(out.report.missing_inferred, 100U);
  EXPECT_FALSE(out.report.remarks.empty());
}

TEST(CorrectionChain, LivesOnSaturatedAndOnAllDarkSamples) {
  for (const std::uint32_t level : {0U, 2000U, 1'048'575U}) {
    auto scan = box_scan();
    std::fill(scan.samples.begin(), scan.samples.end(), level);
    for (auto& line : scan.lines)
      line.flags |= level > 1'000'000 ? core::line_flag::kSaturated : std::uint8_t{0};
    const Corrected out = correct(scan);
    EXPECT_EQ(out.lines.size(), scan.lines.size());
    for (const float t : out.transmission) ASSERT_TRUE(std::isfinite(t));
    EXPECT_EQ(out.report.saturated > 0, level > 1'000'000);
  }
}

TEST(CorrectionChain, SilentModuleIsNamedAndFilled) {
  auto scan = box_scan();
  const std::size_t pixels = scan.pixels();
  const std::size_t per_module = scan.meta.geometry.pixels_per_module;
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    scan.modules_present[i].reset(2);
    std::fill_n(scan.samples.begin() + static_cast<std::ptrdiff_t>(i * pixels + 2 * per_module),
                per_module, 0U);
  }
  const Corrected out = correct(scan);
  EXPECT_THAT(out.report.remarks, ::testing::Contains("module 2 silent"));
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    if (out.lines[i].state != LineState::kMeasured) continue;
    EXPECT_TRUE(out.lines[i].modules_filled.test(2));
    for (std::size_t p = 2 * per_module; p < 3 * per_module; ++p)
      ASSERT_GT(out.line(i)[p], 0.05F) << i << ' ' << p;
  }
}

TEST(CorrectionChain, AbsentModuleComesFromTheLinesAroundByPlace) {
  auto scan = box_scan();
  const std::size_t pixels = scan.pixels();
  const std::size_t per_module = scan.meta.geometry.pixels_per_module;
  CorrectionParameters plain;
  plain.sway = plain.rise = false;
  const Corrected whole = correct(scan, plain);
  const std::size_t gap = scan.lines.size() / 4 * 2;  // in the box
  scan.modules_present[gap].reset(1);
  std::fill_n(scan.samples.begin() + static_cast<std::ptrdiff_t>(gap * pixels + per_module),
              per_module, 0U);
  const Corrected out = correct(scan, plain);
  ASSERT_EQ(out.lines[gap].state, LineState::kMeasured);
  EXPECT_TRUE(out.lines[gap].modules_filled.test(1));
  EXPECT_EQ(out.report.module_absent[1], 1U);
  // The nearest lines of the same energy are two pulses away.
  const double from = whole.lines[gap - 2].x_counts;
  const double part = (whole.lines[gap].x_counts - from) / (whole.lines[gap + 2].x_counts - from);
  for (std::size_t p = per_module; p < 2 * per_module; ++p) {
    const auto before = static_cast<double>(out.line(gap - 2)[p]);
    const auto after = static_cast<double>(out.line(gap + 2)[p]);
    EXPECT_NEAR(static_cast<double>(out.line(gap)[p]), before + (after - before) * part, 1e-3) << p;
  }
}

TEST(CorrectionChain, NamesWhatDoesNotFit) {
  const auto scan = box_scan();
  auto calibration = scan.calibration;
  calibration.air_low.mean_counts.pop_back();
  auto chain = CorrectionChain::create(scan.meta.geometry, calibration, {});
  ASSERT_FALSE(chain.ok());
  EXPECT_NE(chain.error().message.find("air_low"), std::string::npos);
  calibration = scan.calibration;
  calibration.air_high.mean_counts = calibration.dark.mean_counts;
  chain = CorrectionChain::create(scan.meta.geometry, calibration, {});
  ASSERT_FALSE(chain.ok());
  EXPECT_NE(chain.error().message.find("not one detector pixel"), std::string::npos);
}

TEST(CorrectionChain, SaysWhatACalibrationLacks) {
  auto scan = box_scan();
  EXPECT_TRUE(correct(scan).report.notes.empty());
  scan.calibration.detector = {};
  const auto report = correct(scan).report;
  EXPECT_EQ(report.notes.size(), 3U);  // afterglow, cross-talk, scatter
  EXPECT_TRUE(report.remarks.empty());
}

TEST(CorrectionChain, EverySwitchHasItsName) {
  for (const auto& [name, member] : kCorrections) {
    CorrectionParameters parameters;
    EXPECT_TRUE(without_correction(parameters, name));
    EXPECT_FALSE(parameters.*member);
  }
  CorrectionParameters parameters;
  EXPECT_FALSE(without_correction(parameters, "nothing"));
}

}  // namespace
}  // namespace portcullis::imaging
