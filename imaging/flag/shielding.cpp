#include "imaging/flag/shielding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace portcullis::imaging {

namespace {

constexpr double kSideLeastMm = 250;
/// T = 1e-4: beyond what the material curves and most detectors can say anything about.
constexpr float kOpaque = 9.2F;
/// A wall of the block is steep where the attenuation falls by this much within 120 mm.
constexpr double kStepLeast = 2.0;

}  // namespace

std::vector<core::Finding> find_shielding(const WorkPlane& plane, const ContainerRegion& region,
                                          const Load& load) {
  std::vector<core::Finding> findings;
  const double mm = plane.grid.mm_per_px;
  const int columns = region.columns();
  const int rows = region.rows();
  const int margin = load.margin_columns;
  if (columns <= 2 * margin || rows < 4) return findings;
  const auto at = [&](int c, int r) {
    return static_cast<std::size_t>(r) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(c);
  };
  cv::Mat mask(rows, columns, CV_8U, cv::Scalar(0));
  std::int64_t loaded = 0;
  for (int r = 0; r < rows; ++r) {
    for (int c = margin; c < columns - margin; ++c) {
      const std::size_t p = plane.at(region.column_front + c, region.row_top + r);
      loaded += load.high[at(c, r)] > 0.1F ? 1 : 0;
      if (plane.bad[p] != 0) continue;
      if (plane.thick[p] > 0.5F || plane.heavy[p] > 0.5F || load.high[at(c, r)] > kOpaque)
        mask.at<std::uint8_t>(r, c) = 255;
    }
  }
  const int close = std::max(3, static_cast<int>(std::lround(40 / mm)));
  const int open = std::max(3, static_cast<int>(std::lround(0.6 * kSideLeastMm / mm)));
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {close, close}));
  cv::morphologyEx(mask, mask, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {open, open}));
  cv::Mat labels, stats, centroids;
  const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
  std::int64_t opaque_area = 0;
  for (int i = 1; i < count; ++i) opaque_area += stats.at<int>(i, cv::CC_STAT_AREA);
  const double opaque_share =
      loaded > 0 ? static_cast<double>(opaque_area) / static_cast<double>(loaded) : 0;

  struct Block {
    core::PixelBox box;
    int area = 0;
    double step = 0;
    double heavy = 0;
    int sides = 0;
    int sharp = 0;
  };
  std::vector<Block> blocks;
  for (int i = 1; i < count; ++i) {
    Block block{{stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                 stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)},
                stats.at<int>(i, cv::CC_STAT_AREA),
                0,
                0,
                0,
                0};
    if (std::min(block.box.w, block.box.h) * mm < kSideLeastMm) continue;
    std::vector<float> inside;
    double heavy = 0;
    for (int r = block.box.y; r < block.box.y + block.box.h; ++r) {
      for (int c = block.box.x; c < block.box.x + block.box.w; ++c) {
        if (labels.at<int>(r, c) != i) continue;
        inside.push_back(load.high[at(c, r)]);
        heavy +=
            static_cast<double>(plane.heavy[plane.at(region.column_front + c, region.row_top + r)]);
      }
    }
    block.heavy = heavy / static_cast<double>(std::max<std::size_t>(1, inside.size()));
    const double middle = static_cast<double>(quantile(inside, 0.5));
    const int away = std::max(2, static_cast<int>(std::lround(120 / mm)));
    double steps = 0;
    const auto side = [&](int x, int y, int w, int h) {
      std::vector<float> values;
      for (int r = y; r < y + h; ++r) {
        for (int c = x; c < x + w; ++c) {
          if (c >= margin && c < columns - margin && r >= 0 && r < rows)
            values.push_back(load.high[at(c, r)]);
        }
      }
      if (values.size() * 2 < static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) return;
      const double step = middle - static_cast<double>(quantile(values, 0.5));
      ++block.sides;
      steps += step;
      if (step > kStepLeast) ++block.sharp;
    };
    side(block.box.x - away, block.box.y, away / 2, block.box.h);
    side(block.box.x + block.box.w + away / 2, block.box.y, away / 2, block.box.h);
    side(block.box.x, block.box.y - away, block.box.w, away / 2);
    side(block.box.x, block.box.y + block.box.h + away / 2, block.box.w, away / 2);
    block.step = block.sides > 0 ? steps / block.sides : 0;
    blocks.push_back(block);
  }
  for (const Block& block : blocks) {
    int alike = 0;
    for (const Block& other : blocks) {
      const double area = static_cast<double>(other.area) / block.area;
      if (area > 0.6 && area < 1.7) ++alike;
    }
    const double fill =
        static_cast<double>(block.area) / (static_cast<double>(block.box.w) * block.box.h);
    // Alone, box-like, with steep sides and a small part of the load: a thing of its own.
    double score = 0.55;
    const bool own = block.sides >= 2 && block.sharp >= 2 && block.sharp >= block.sides - 1 &&
                     alike < 4 && opaque_share < 0.3;
    if (own)
      score = 0.72 + 0.13 * std::clamp((block.step - kStepLeast) / 4, 0.0, 1.0) +
              0.1 * std::clamp(fill - 0.6, 0.0, 0.4) / 0.4;
    if (block.heavy > 0.5) score = std::max(score, alike < 4 && opaque_share < 0.3 ? 0.85 : 0.65);
    core::Finding finding;
    finding.kind = core::FindingKind::kShielding;
    finding.score = std::min(0.97, score);
    finding.material = block.heavy > 0.5 ? "heavy metal" : "";
    finding.bbox_px = {block.box.x + region.column_front, block.box.y + region.row_top, block.box.w,
                       block.box.h};
    const double from_doors_m = (columns - (block.box.x + block.box.w * 0.5)) * mm / 1000;
    finding.text = fmt::format(
        "{}, about {:.0f} x {:.0f} cm{}. About {:.1f} m from the rear.",
        block.heavy > 0.5 ? "A block of heavy metal" : "A block that cannot be seen through",
        block.box.w * mm / 10, block.box.h * mm / 10,
        own ? ", much denser than the goods around it"
            : ": part of goods that are too thick as a whole",
        from_doors_m);
    finding.evidence = {{"step_attenuation", block.step},
                        {"heavy_metal_share", block.heavy},
                        {"opaque_share_of_load", opaque_share},
                        {"area_cm2", block.area * mm * mm / 100}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace portcullis::imaging
