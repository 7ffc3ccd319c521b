#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "imaging/pipeline/png_stripes.h"
#include "tests/scenario/qa/qa_scene_run.h"

/// Before and after each correction and what lies between, as docs/corrections.md shows them
/// (tools/campaign pictures): one scan with every defect on, imaged once without the correction and
/// once whole.
namespace portcullis::qa_trials {
namespace {

constexpr int kPanelColumns = 200, kPanelRows = 150, kGapColumns = 6;
constexpr int kGreys = 32;  // steps that the eye still takes for smooth, and half the bytes

/// What shows a defect: where, in millimetres of the scene, how large a pixel, and how wide a
/// window of attenuation.
struct View {
  std::string_view correction;
  double x_mm, z_mm;  ///< Middle.
  double mm_per_px;
  double attenuation_from, attenuation_to;
};
constexpr std::array kViews{
    View{"dark", 1500, 1400, 4, 3.5, 9},         View{"dark-drift", 1500, 1400, 4, 3.5, 6},
    View{"dose", 600, 700, 4, 3.5, 3.8},         View{"gain", 600, 700, 4, 3.4, 3.9},
    View{"afterglow", 1500, 1400, 4, 3.5, 6},    View{"cross-talk", 1500, 1900, 2, 0, 5},
    View{"scatter", 1500, 1400, 4, 4, 6},        View{"bad-pixels", 600, 1800, 4, 0, 0.5},
    View{"line-level", 600, 1800, 4, 0.1, 0.25}, View{"sway", 1600, 1850, 1, 0, 5},
    View{"rise", 600, 1540, 2, 0.1, 4},
};

std::string pictures_scene() {
  return "seed = 4\n[scan]\nscanner = \"gantry-6mv\"\nx_from_mm = -400\nx_to_mm = 2100\n"
         "[vehicle]\nkind = \"none\"\n[[container]]\nnumber = \"CSQU3054383\"\n"
         "iso_type = \"22G1\"\n"
         "[[object]]\nname = \"paper\"\ncontainer = 0\nshape = \"box\"\n"
         "size_mm = [900, 1800, 1300]\ncenter_mm = [600, 0, 700]\nmaterial = \"paper\"\n"
         "density_g_cm3 = 0.5\n"
         "[[object]]\nname = \"drum\"\ncontainer = 0\nshape = \"cylinder\"\n"
         "size_mm = [580, 880]\ncenter_mm = [1500, 0, 460]\nmaterial = \"water\"\n"
         "[[object]]\nname = \"steel\"\ncontainer = 0\nshape = \"box\"\n"
         "size_mm = [300, 160, 900]\ncenter_mm = [1500, 0, 1500]\nmaterial = \"steel\"\n";
}

/// Attenuation of a view's pixels: of the mean transmission of the image's pixels in each.
std::vector<double> attenuation_of(const imaging::Images& images, const View& view) {
  const auto& grid = images.grid;
  const int step = std::max(1, static_cast<int>(std::lround(view.mm_per_px / grid.mm_per_px)));
  const int column = static_cast<int>(std::lround(grid.column_of(view.x_mm)));
  const int row = static_cast<int>(std::lround(grid.row_of(view.z_mm + simulator::kFloorHeightMm)));
  std::vector<double> out;
  for (int r = 0; r < kPanelRows; ++r) {
    for (int c = 0; c < kPanelColumns; ++c) {
      double sum = 0;
      for (int i = 0; i < step; ++i) {
        for (int j = 0; j < step; ++j) {
          const int y = std::clamp(row + (r - kPanelRows / 2) * step + i, 0, grid.rows - 1);
          const int x =
              std::clamp(column + (c - kPanelColumns / 2) * step + j, 0, grid.columns - 1);
          sum += static_cast<double>(
              images.transmission_high[static_cast<std::size_t>(y) *
                                           static_cast<std::size_t>(grid.columns) +
                                       static_cast<std::size_t>(x)]);
        }
      }
      out.push_back(-std::log(std::max(sum / (step * step), 1e-7)));
    }
  }
  return out;
}

/// What nine tenths of the differences stay within.
double span_of(const std::vector<double>& before, const std::vector<double>& after) {
  std::vector<double> sizes;
  for (std::size_t i = 0; i < before.size(); ++i) sizes.push_back(std::abs(before[i] - after[i]));
  const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 9 / 10);
  std::nth_element(sizes.begin(), at, sizes.end());
  return std::max(*at, 1e-4);
}

/// `share`: brightness, 0 to 1, of each pixel of the panel.
template <class Share>
void draw(int panel, const Share& share, std::vector<std::uint32_t>& argb, int columns) {
  for (int r = 0; r < kPanelRows; ++r) {
    for (int c = 0; c < kPanelColumns; ++c) {
      const double bright =
          std::clamp(share(static_cast<std::size_t>(r * kPanelColumns + c)), 0.0, 1.0);
      const auto grey =
          static_cast<std::uint32_t>(std::lround(bright * (kGreys - 1)) * 255 / (kGreys - 1));
      const int at = r * columns + panel * (kPanelColumns + kGapColumns) + c;
      argb[static_cast<std::size_t>(at)] = 0xFF000000U | grey << 16U | grey << 8U | grey;
    }
  }
}

std::string png_of(const std::vector<std::uint32_t>& argb, int columns) {
  imaging::PngStripes png(columns, kPanelRows);
  for (std::size_t s = 0; s < png.stripes(); ++s) {
    const auto from = static_cast<std::size_t>(png.first_row(s) * columns);
    const auto count = static_cast<std::size_t>(png.rows_of(s) * columns);
    EXPECT_TRUE(png.compress(s, std::span(argb).subspan(from, count)).ok());
  }
  return png.assemble();
}

TEST(Pictures, BeforeAndAfterEachCorrection) {
  const char* folder = std::getenv("PORTCULLIS_PICTURES");
  if (folder == nullptr) GTEST_SKIP() << "only in tools/campaign pictures";
  const auto scene = simulator::parse_scene(pictures_scene(), "pictures", ".");
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  const auto scanner = simulator::load_scanner(scene->scanner);
  ASSERT_TRUE(scanner.ok()) << scanner.error().message;
  simulator::SimulateOptions options;
  options.cache_folder = simulator::calibration_cache_folder();
  const auto raw = simulator::simulate_raw_scan(*scene, *scanner,
                                                core::UtcTime{1'767'225'600'000'000'000}, options);
  ASSERT_TRUE(raw.ok()) << raw.error().message;
  const auto whole = imaging::process(*raw, {}, {});
  ASSERT_TRUE(whole.ok()) << whole.error().message;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  constexpr int kColumns = 3 * kPanelColumns + 2 * kGapColumns;
  for (const View& view : kViews) {
    imaging::Parameters parameters;
    ASSERT_TRUE(imaging::without_correction(parameters.corrections, view.correction));
    // What the calibration does not name, the scan itself would.
    if (view.correction == "bad-pixels") parameters.corrections.live_pixels = false;
    const auto without = imaging::process(*raw, parameters, {});
    ASSERT_TRUE(without.ok()) << without.error().message;
    std::vector<std::uint32_t> argb(static_cast<std::size_t>(kColumns * kPanelRows), 0xFFFFFFFFU);
    const auto before = attenuation_of(*without, view);
    const auto after = attenuation_of(*whole, view);
    const double span = span_of(before, after);
    const auto window = [&](double attenuation) {
      return (view.attenuation_to - attenuation) / (view.attenuation_to - view.attenuation_from);
    };
    draw(
        0, [&](std::size_t i) { return window(before[i]); }, argb, kColumns);
    draw(
        1, [&](std::size_t i) { return window(after[i]); }, argb, kColumns);
    draw(
        2, [&](std::size_t i) { return 0.5 + 0.5 * (after[i] - before[i]) / span; }, argb,
        kColumns);
    const auto path =
        std::filesystem::path(folder) / ("correction-" + std::string(view.correction) + ".png");
    const auto status = core::write_file_atomically(path, png_of(argb, kColumns));
    ASSERT_TRUE(status.ok()) << status.error().message;
    std::printf("  %s: attenuation %g to %g, difference of %.4f black to white\n", path.c_str(),
                view.attenuation_from, view.attenuation_to, 2 * span);
  }
}

}  // namespace
}  // namespace portcullis::qa_trials
