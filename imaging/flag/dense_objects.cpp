#include "imaging/flag/dense_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/parallel.h"
#include "imaging/flag/sparse_median.h"

namespace portcullis::imaging {

namespace {

/// Sizes looked for, and the least excess: 1 cm of steel is 0.36 in attenuation.
constexpr double kSizeLeastMm = 24;
constexpr double kSizeMostMm = 480;
constexpr float kExcessLeast = 0.30F;
constexpr double kAspectMost = 5.0;
constexpr double kBoxFillLeast = 0.45;
/// Beyond this attenuation (T = 2e-4) the ratio of the energies says nothing any more.
constexpr float kRatioLimit = 8.5F;
/// Organic goods have R = 1.20 to 1.22, iron 1.13 to 1.16, lead 1.06 to 1.11.
constexpr double kRatioUsual = 1.21;
constexpr float kRatioMetal = 1.1F;
constexpr double kMetalContrast = 0.028;
/// Standard deviations that a contrast must stand beyond the limit to be called heavy.
constexpr double kHeavySigmas = 2;
constexpr float kEdge = 0.8F;
/// A side with less attenuation is open to the air.
constexpr double kOpenSide = 0.25;
constexpr float kBinWidth = 0.25F;
constexpr int kBins = 40;
/// A bin counts for the goods' curve where it holds at least this share of the load.
constexpr double kBinShareLeast = 0.012;
constexpr double kSignificanceLeast = 5.0;
/// A block that is denser than any goods for its size, on all sides, needs no more than this: in
/// thick goods the ratio of the energies is noise before nothing is seen through.
constexpr double kSignificanceOfDense = 2.5;
/// Its least excess, and the least density that it has if it is as deep as it is wide.
constexpr double kDenseExcess = 1.5;
constexpr double kDense_g_cm3 = 4;
constexpr float kThickLeast = static_cast<float>(kDenseExcess);
/// Where iron's contrast would be lost in noise too, size and attenuation alone tell, from here on.
constexpr double kIronContrast = 0.07, kLost_g_cm3 = 6;
/// The ground that its pixels are found by is of pixels of so many mm.
constexpr double kCoarse_mm = 24;
/// The background's median is of codes of a twentieth: fine enough to find candidates by.
constexpr double kCodesPerUnit = 20.0;
/// What a median filter of the whole costs a pixel, in updates of sparse_median()'s histogram.
constexpr double kMedianUpdates = 20;
/// Pixels that may stand out: by their metal, as too thick to be seen through, or, where noise
/// hides what they are made of, by far more attenuation.
constexpr std::uint8_t kMetalMark = 1, kOpaqueMark = 2, kThickMark = 3;

struct Scale {
  double window_mm;  ///< Of the background's median.
  double box_mm;     ///< Of the smoothing.
  /// Looks for what is far thicker, too; smaller blocks show no such excess.
  bool by_thickness = false;
};
constexpr std::array<Scale, 3> kScales{{{260, 24}, {480, 40, true}, {960, 56, true}}};

struct Candidate {
  core::Finding finding;
  double excess_g_cm2 = 0;
  double area_mm2 = 0;
  double metal_signal = 0;
  bool opaque = false;
  bool by_metal = false;  ///< Its metal signal stands out; else it is found by its attenuation.
  bool lost = false;      ///< What it is made of is: in noise.
};

int odd_px(double mm, double mm_per_px, int least) {
  int n = std::max(least, static_cast<int>(std::lround(mm / mm_per_px)));
  return n % 2 == 0 ? n + 1 : n;
}

/// Of a median over `window_mm`: odd, and within a plane of this size.
int window_px(double window_mm, double mm_per_px, int columns, int rows) {
  return std::min(odd_px(window_mm, mm_per_px, 5), 2 * (std::min(columns, rows) / 2) - 1);
}

/// How far the ratio of what an object adds lies below that of the goods before it, half way from
/// copper to tin: beyond is heavy metal. `around`: attenuation of the goods, `excess`: what the
/// object adds. Within 0.006 of the forward model (NIST coefficients, Schiff spectra, paper of 10
/// to 120 g/cm2, excess 0.5 to 6): iron 0.04 to 0.10, copper 0.05 to 0.11, tin 0.07 to 0.17, lead
/// and tungsten 0.05 to 0.20. Goods harden the beam, and so does the object itself.
double heavy_contrast(double around, double excess) {
  return 0.15 - 0.125 * std::exp(-(around + 0.3 * excess) / 2.6);
}

class DenseObjectFinder {
 public:
  DenseObjectFinder(const WorkPlane& plane, const ContainerRegion& region, const Load& load)
      : plane_(plane), region_(region), load_(load), mm_(plane.grid.mm_per_px) {
    columns_ = region.columns();
    rows_ = region.rows();
  }

  std::vector<core::Finding> find() {
    if (columns_ < 12 || rows_ < 12) return {};
    prepare();
    std::array<std::vector<Candidate>, kScales.size()> found;
    // The longest search first, so that no core is left with it alone.
    constexpr std::array<std::size_t, kScales.size()> kOrder{1, 2, 0};
    core::parallel_for(kScales.size(), 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) found[kOrder[i]] = search(kScales[kOrder[i]]);
    });
    for (auto& candidates : found)
      std::move(candidates.begin(), candidates.end(), std::back_inserter(candidates_));
    return conclude();
  }

 private:
  [[nodiscard]] std::size_t at(int c, int r) const {
    return static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(c);
  }
  [[nodiscard]] bool inside(int c, int r) const {
    return c >= load_.margin_columns && c < columns_ - load_.margin_columns && r >= 0 && r < rows_;
  }

  /// The goods' own curve R(L), and the metal signal F = R(L) L - L_low: positive for metal.
  void prepare() {
    high_ = cv::Mat(rows_, columns_, CV_32F);
    low_ = cv::Mat(rows_, columns_, CV_32F);
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        high_.at<float>(r, c) = load_.high[at(c, r)];
        low_.at<float>(r, c) = load_.low[at(c, r)];
      }
    }
    cv::blur(high_, smooth_high_, {3, 3}, {-1, -1}, cv::BORDER_REPLICATE);
    high_.convertTo(codes_, CV_8U, kCodesPerUnit);
    std::array<std::vector<float>, kBins> ratios;
    std::size_t loaded = 0;
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        const float l = high_.at<float>(r, c);
        if (!inside(c, r) || l < 0.3F || l >= kRatioLimit) continue;
        ++loaded;
        const int bin = std::min(kBins - 1, static_cast<int>(l / kBinWidth));
        ratios[static_cast<std::size_t>(bin)].push_back(low_.at<float>(r, c) / l);
      }
    }
    const auto enough = std::max<std::size_t>(
        40, static_cast<std::size_t>(kBinShareLeast * static_cast<double>(loaded)));
    double last = -1;
    for (std::size_t i = 0; i < kBins; ++i) {
      curve_[i] = last;
      if (ratios[i].size() < enough) continue;
      double ratio = static_cast<double>(quantile(ratios[i], 0.5));
      ratio = std::clamp(ratio, 1.03, 1.27);
      // A curve that dives is another material in the thick places, not hardening.
      if (last > 0) ratio = std::max(ratio, last - 0.012);
      curve_[i] = ratio;
      last = ratio;
    }
    double next = -1;
    for (std::size_t i = kBins; i-- > 0;) {
      if (curve_[i] > 0)
        next = curve_[i];
      else
        curve_[i] = next > 0 ? next : kRatioUsual;
    }
    // A pixel half over an edge of d in attenuation averages transmissions, which looks like
    // R (R - 1) d^2 / 8 of metal: steep places say nothing of material.
    cv::Mat calm, most, least;
    cv::medianBlur(high_, calm, 3);
    const cv::Mat around = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
    cv::dilate(calm, most, around);
    cv::erode(calm, least, around);
    metal_ = cv::Mat(rows_, columns_, CV_32F, cv::Scalar(0));
    trusted_ = cv::Mat(rows_, columns_, CV_32F, cv::Scalar(0));
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        const float l = high_.at<float>(r, c);
        if (l > kRatioLimit || most.at<float>(r, c) - least.at<float>(r, c) > kEdge) continue;
        trusted_.at<float>(r, c) = 1.0F;
        if (l >= 0.15F)
          metal_.at<float>(r, c) = static_cast<float>(ratio_at(l)) * l - low_.at<float>(r, c);
      }
    }
  }

  /// Mean of the metal signal over what can be trusted within a box; 0 where that is next to
  /// nothing.
  [[nodiscard]] cv::Mat smooth_metal_over(int box) const {
    cv::Mat sum, weight;
    cv::blur(metal_, sum, {box, box}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::blur(trusted_, weight, {box, box}, {-1, -1}, cv::BORDER_REPLICATE);
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        const float w = weight.at<float>(r, c);
        sum.at<float>(r, c) = w > 0.15F ? sum.at<float>(r, c) / w : 0.0F;
      }
    }
    return sum;
  }

  [[nodiscard]] double ratio_at(float l) const {
    const double position = std::clamp(
        static_cast<double>(l) / static_cast<double>(kBinWidth) - 0.5, 0.0, kBins - 1.001);
    const auto i = static_cast<std::size_t>(position);
    const double part = position - static_cast<double>(i);
    return curve_[i] * (1 - part) + curve_[i + 1] * part;
  }

  /// Spread of the smoothed metal signal among the goods, by attenuation; where few show it, it
  /// grows as photon noise does.
  std::array<float, kBins> spread_of(const cv::Mat& smoothed) const {
    std::array<std::vector<float>, kBins> values;
    std::size_t loaded = 0;
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < columns_; ++c) {
        const float l = high_.at<float>(r, c);
        if (!inside(c, r) || l < 0.15F || l >= kRatioLimit) continue;
        ++loaded;
        values[static_cast<std::size_t>(std::min(kBins - 1, static_cast<int>(l / kBinWidth)))]
            .push_back(std::abs(smoothed.at<float>(r, c)));
      }
    }
    const auto enough = std::max<std::size_t>(
        40, static_cast<std::size_t>(kBinShareLeast * static_cast<double>(loaded)));
    std::array<float, kBins> spread{};
    float last = 0.003F;
    const float growth = std::exp(kBinWidth / 2);
    for (std::size_t i = 0; i < kBins; ++i) {
      last = last * growth;
      if (values[i].size() >= enough) last = std::max(0.002F, 1.48F * quantile(values[i], 0.5));
      spread[i] = last;
    }
    return spread;
  }

  [[nodiscard]] int coarse_px() const {
    return std::max(1, static_cast<int>(std::lround(kCoarse_mm / mm_)));
  }
  /// Median of the surroundings, of coarse pixels: nearly every pixel of goods has to be compared
  /// with its own.
  [[nodiscard]] cv::Mat coarse_ground(double window_mm) const {
    const int coarse = coarse_px();
    cv::Mat ground(rows_ / coarse, columns_ / coarse, CV_8U);
    for (int r = 0; r < ground.rows; ++r)
      for (int c = 0; c < ground.cols; ++c)
        ground.at<std::uint8_t>(r, c) =
            codes_.at<std::uint8_t>(r * coarse + coarse / 2, c * coarse + coarse / 2);
    cv::medianBlur(ground, ground, window_px(window_mm, mm_ * coarse, ground.cols, ground.rows));
    return ground;
  }

  /// Of the pixels that nothing but their surroundings can still speak against: those.
  /// `ground`: coarse_ground(), or empty where no pixel is to stand out by its thickness alone.
  [[nodiscard]] cv::Mat promising(const cv::Mat& smooth_metal,
                                  const std::array<float, kBins>& spread,
                                  const cv::Mat& ground) const {
    cv::Mat out(rows_, columns_, CV_8U, cv::Scalar(0));
    const int coarse = coarse_px();
    for (int r = 0; r < rows_; ++r) {
      const float* high = smooth_high_.ptr<float>(r);
      const float* metal = smooth_metal.ptr<float>(r);
      const std::uint8_t* bad = &plane_.bad[plane_.at(region_.column_front, region_.row_top + r)];
      const std::uint8_t* beside =
          ground.empty() ? nullptr
                         : ground.ptr<std::uint8_t>(std::min(r / coarse, ground.rows - 1));
      std::uint8_t* mark = out.ptr<std::uint8_t>(r);
      for (int c = load_.margin_columns; c < columns_ - load_.margin_columns; ++c) {
        // The ground is never below 0.
        const float l = high[c];
        if (bad[c] != 0 || l < kExcessLeast) continue;
        const auto bin =
            static_cast<std::size_t>(std::min(static_cast<int>(l / kBinWidth), kBins - 1));
        if (metal[c] > std::max(0.012F, 3.5F * spread[bin]))
          mark[c] = kMetalMark;
        else if (l > kRatioLimit)
          mark[c] = kOpaqueMark;
        else if (beside != nullptr && l > kThickLeast &&
                 l > beside[std::min(c / coarse, ground.cols - 1)] *
                             static_cast<float>(1.0 / kCodesPerUnit) +
                         static_cast<float>(kDenseExcess))
          mark[c] = kThickMark;
      }
    }
    return out;
  }

  /// Takes from `marks` what does not stand out of the median of its surroundings.
  void keep_what_stands_out(double window_mm, cv::Mat& marks) const {
    const int window = window_px(window_mm, mm_, columns_, rows_);
    const std::size_t size = codes_.total();
    const int count = cv::countNonZero(marks);
    if (count == 0) return;
    std::vector<std::uint8_t> some;
    cv::Mat all;
    const std::uint8_t* ground = nullptr;
    if (static_cast<double>(count) * window < kMedianUpdates * static_cast<double>(size)) {
      some = sparse_median({codes_.data, size}, {marks.data, size}, columns_, rows_, window);
      ground = some.data();
    } else {
      cv::medianBlur(codes_, all, window);
      ground = all.data;
    }
    for (int r = 0; r < rows_; ++r) {
      std::uint8_t* mark = marks.ptr<std::uint8_t>(r);
      for (int c = 0; c < columns_; ++c) {
        if (mark[c] == 0) continue;
        const float excess =
            smooth_high_.at<float>(r, c) -
            static_cast<float>(ground[at(c, r)]) * static_cast<float>(1.0 / kCodesPerUnit);
        const bool stands_out =
            excess >= kExcessLeast &&
            (mark[c] == kMetalMark || static_cast<double>(excess) > kDenseExcess);
        if (!stands_out) mark[c] = 0;
      }
    }
  }

  [[nodiscard]] std::vector<Candidate> search(const Scale& scale) const {
    std::vector<Candidate> candidates;
    const int box = odd_px(scale.box_mm, mm_, 3);
    const cv::Mat smooth_metal = smooth_metal_over(box);
    const std::array<float, kBins> spread = spread_of(smooth_metal);
    cv::Mat marks = promising(smooth_metal, spread,
                              scale.by_thickness ? coarse_ground(scale.window_mm) : cv::Mat());
    keep_what_stands_out(scale.window_mm, marks);
    const cv::Mat thick = marks == kThickMark, any = marks != 0;
    judge_blobs(any & ~thick, false, smooth_metal, spread, box, candidates);
    if (cv::countNonZero(thick) > 0) judge_blobs(any, true, smooth_metal, spread, box, candidates);
    return candidates;
  }

  /// The blobs of `mask` (255 where it is set). `only_dense`: those that are dense for their size.
  void judge_blobs(cv::Mat mask, bool only_dense, const cv::Mat& smooth_metal,
                   const std::array<float, kBins>& spread, int box,
                   std::vector<Candidate>& candidates) const {
    cv::morphologyEx(mask, mask, cv::MORPH_CLOSE,
                     cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    const int open = std::max(2, static_cast<int>(std::lround(kSizeLeastMm * 0.8 / mm_)));
    cv::morphologyEx(mask, mask, cv::MORPH_OPEN,
                     cv::getStructuringElement(cv::MORPH_RECT, {open, open}));
    cv::Mat labels, stats, centroids;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
      const core::PixelBox found{
          stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
          stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)};
      judge_candidate(labels, i, found, stats.at<int>(i, cv::CC_STAT_AREA), only_dense,
                      smooth_metal, spread, box, candidates);
    }
  }

  /// How much thicker a place is than it looks, where as much scatter was left in it as may be.
  [[nodiscard]] double scattered(double attenuation) const {
    return -std::log(std::max(0.02, 1 - plane_.scatter_left * std::exp(attenuation)));
  }

  struct Side {
    double high = 0, low = 0, metal = 0, mass = 0;
    bool known = false;
  };

  /// Medians of a strip; known where most of it lies within the load region.
  Side side_of(int x, int y, int w, int h, const cv::Mat& smooth_metal) const {
    std::vector<float> high, low, metal, mass;
    int outside = 0;
    for (int r = y; r < y + h; ++r) {
      for (int c = x; c < x + w; ++c) {
        if (!inside(c, r)) {
          ++outside;
          continue;
        }
        high.push_back(high_.at<float>(r, c));
        low.push_back(low_.at<float>(r, c));
        metal.push_back(smooth_metal.at<float>(r, c));
        mass.push_back(load_.mass_g_cm2[at(c, r)]);
      }
    }
    Side side;
    side.known = static_cast<int>(high.size()) > outside;
    side.high = static_cast<double>(quantile(high, 0.5));
    side.low = static_cast<double>(quantile(low, 0.5));
    side.metal = static_cast<double>(quantile(metal, 0.5));
    side.mass = static_cast<double>(quantile(mass, 0.5));
    return side;
  }

  void judge_candidate(const cv::Mat& labels, int label, core::PixelBox found, int area,
                       bool only_dense, const cv::Mat& smooth_metal,
                       const std::array<float, kBins>& spread, int smoothing_px,
                       std::vector<Candidate>& candidates) const {
    const double w_mm = found.w * mm_;
    const double h_mm = found.h * mm_;
    if (std::min(w_mm, h_mm) < kSizeLeastMm || std::max(w_mm, h_mm) > kSizeMostMm) return;
    if (std::max(w_mm, h_mm) / std::min(w_mm, h_mm) > kAspectMost) return;
    if (area < kBoxFillLeast * found.w * found.h) return;

    // The core, a pixel in from the edge where it is large enough.
    // Medians: its blurred edges are nearly as bright as the goods.
    std::vector<float> highs, lows, masses, walls;
    double metal = 0, opaque_share = 0, heavy_share = 0;
    double noise = 0, noise2 = 0;  // sums of what noise alone makes uneven, thickness not
    int n = 0;
    const int inset = std::min(found.w, found.h) >= 5 ? 1 : 0;
    for (int r = found.y + inset; r < found.y + found.h - inset; ++r) {
      for (int c = found.x + inset; c < found.x + found.w - inset; ++c) {
        if (labels.at<int>(r, c) != label) continue;
        const float l = high_.at<float>(r, c);
        highs.push_back(l);
        lows.push_back(low_.at<float>(r, c));
        masses.push_back(load_.mass_g_cm2[at(c, r)]);
        walls.push_back(plane_.high[plane_.at(region_.column_front + c, region_.row_top + r)] - l);
        metal += static_cast<double>(smooth_metal.at<float>(r, c));
        opaque_share += l > kRatioLimit ? 1 : 0;
        const double uneven = static_cast<double>(low_.at<float>(r, c) - kRatioMetal * l);
        noise += uneven;
        noise2 += uneven * uneven;
        heavy_share += static_cast<double>(
            plane_.heavy[plane_.at(region_.column_front + c, region_.row_top + r)]);
        ++n;
      }
    }
    if (n < 4) return;
    const double high = static_cast<double>(quantile(highs, 0.5));
    const double low = static_cast<double>(quantile(lows, 0.5));
    const double mass = static_cast<double>(quantile(masses, 0.5));
    metal /= n;
    heavy_share /= n;
    noise /= n;
    // Of a median.
    const double low_sigma = 1.25 * std::sqrt(std::max(0.0, noise2 / n - noise * noise) / n);
    const bool opaque = opaque_share / n > 0.3;

    // Around it: a strip on each side, a little away because edges are blurred.
    const int away = std::max(2, static_cast<int>(std::lround(16 / mm_)));
    const int wide = std::max(3, static_cast<int>(std::lround(48 / mm_)));
    const std::array<Side, 4> sides{
        side_of(found.x - away - wide, found.y, wide, found.h, smooth_metal),
        side_of(found.x + found.w + away, found.y, wide, found.h, smooth_metal),
        side_of(found.x, found.y - away - wide, found.w, wide, smooth_metal),
        side_of(found.x, found.y + found.h + away, found.w, wide, smooth_metal)};
    int known = 0;
    int clear = 0;
    int goods = 0;
    for (const Side& side : sides) {
      if (!side.known) continue;
      ++known;
      goods += side.high > kOpenSide ? 1 : 0;
      if (side.high < high - 0.7 * static_cast<double>(kExcessLeast) &&
          (opaque || only_dense || side.metal < 0.6 * metal))
        ++clear;
    }
    // Against the goods on all sides, or on three: an end or a corner of the goods is open on two.
    if (known < 2 || (clear < 3 && clear < known)) return;
    // It is measured against the goods: at their edge, air on one side would make it of them all.
    const double least = goods >= 2 ? kOpenSide : -1;
    Side around;
    std::vector<double> sides_high;
    for (const Side& side : sides) {
      if (!side.known || !(side.high > least)) continue;
      sides_high.push_back(side.high);
      around.high += side.high;
      around.low += side.low;
      around.metal += side.metal;
      around.mass += side.mass;
    }
    const auto compared = static_cast<double>(sides_high.size());
    if (sides_high.empty()) return;
    around.high /= compared;
    around.low /= compared;
    around.metal /= compared;
    around.mass /= compared;

    const double excess = high - around.high;
    if (excess < 0.8 * static_cast<double>(kExcessLeast)) return;
    const double ratio_excess = (low - around.low) / excess;
    const double contrast = ratio_at(static_cast<float>(high)) - ratio_excess;
    const auto bin = static_cast<std::size_t>(
        std::clamp(static_cast<int>(high / static_cast<double>(kBinWidth)), 0, kBins - 1));
    const double independent =
        std::max(1.0, static_cast<double>(area) / (smoothing_px * smoothing_px));
    const double significance =
        (metal - around.metal) / static_cast<double>(spread[bin]) * std::sqrt(independent);
    // Where it cannot be seen through, the attenuation gives the least it can be.
    const double excess_g_cm2 =
        opaque ? std::max(mass - around.mass, 18 * excess) : mass - around.mass;
    // As deep as it is wide, it would have this density: beyond 2 g/cm3 no goods do.
    const double density_g_cm3 = excess_g_cm2 / (std::max(1.0, std::min(w_mm, h_mm)) / 10);
    const double highest_side = *std::max_element(sides_high.begin(), sides_high.end());
    const bool dense =
        clear == known && high - highest_side > kDenseExcess && density_g_cm3 > kDense_g_cm3;
    if (only_dense && !dense) return;
    // Medians stand where noise has made a mean of logarithms meaningless.
    const double dense_significance = dense ? contrast * excess / std::max(1e-6, low_sigma) : 0;
    const bool sure =
        significance >= kSignificanceLeast || dense_significance >= kSignificanceOfDense;
    // Iron would not show either, and is not excluded.
    const bool lost = !opaque && dense && density_g_cm3 > kLost_g_cm3 &&
                      kSignificanceOfDense * low_sigma > kIronContrast * excess &&
                      contrast + kSignificanceOfDense * low_sigma / excess > kIronContrast;
    if (!opaque && !lost && (contrast < kMetalContrast || !sure)) return;

    Candidate candidate;
    candidate.opaque = opaque;
    candidate.by_metal = !opaque && significance >= kSignificanceLeast;
    candidate.lost = lost && !sure;
    candidate.area_mm2 = area * mm_ * mm_;
    candidate.metal_signal = metal;
    candidate.excess_g_cm2 = excess_g_cm2;
    const double by_mass = std::clamp((excess_g_cm2 - 4) / 20, 0.0, 1.0);
    const double by_density = std::clamp((density_g_cm3 - 2) / 8, 0.0, 0.5);
    const double by_significance =
        opaque || lost
            ? std::clamp((excess - 1) / 2, 0.0, 1.0)
            : std::clamp(std::max(significance - 4, dense_significance - 2) / 6 + by_density, 0.0,
                         1.0);
    double score = 0.5 + 0.48 * by_mass * by_significance;
    // Alone in the air it is goods like any other, unless it is too heavy for that.
    const bool alone = around.high < kOpenSide;
    // What noise and unlike surroundings leave open, and scatter that was not taken out: it makes
    // all that is thick look heavier.
    const double apart = (highest_side - *std::min_element(sides_high.begin(), sides_high.end())) /
                         (2 * std::sqrt(compared));
    const double wall = static_cast<double>(quantile(walls, 0.5));
    const double wall_low = static_cast<double>(kRatioMetal) * wall;
    const double clean_ratio =
        (low + scattered(low + wall_low) - around.low - scattered(around.low + wall_low)) /
        (high + scattered(high + wall) - around.high - scattered(around.high + wall));
    const double doubt = kHeavySigmas * std::hypot(low_sigma, contrast * apart) / excess +
                         std::max(0.0, clean_ratio - ratio_excess);
    const bool heavy =
        !opaque && (heavy_share > 0.5 || contrast - doubt > heavy_contrast(around.high, excess));
    if (alone && !opaque && !heavy) score *= 0.6;
    candidate.finding.kind = core::FindingKind::kSmallDenseObject;
    candidate.finding.score = score;
    candidate.finding.bbox_px = grown(found, around.high + 0.4 * excess);
    candidate.finding.material = heavy ? "heavy metal" : "metal";
    candidate.finding.evidence = {{"excess_g_cm2", candidate.excess_g_cm2},
                                  {"attenuation_excess", excess},
                                  {"surroundings_g_cm2", around.mass},
                                  {"ratio_of_excess", ratio_excess},
                                  {"ratio_of_goods", ratio_at(static_cast<float>(high))},
                                  {"heavy_metal_share", heavy_share},
                                  {"ratio_doubt", doubt},
                                  {"significance_sigma", significance}};
    describe(candidate, alone);
    candidates.push_back(std::move(candidate));
  }

  /// The box of what stands out by more than `level` in and next to `box`: blurred edges are
  /// half of it.
  core::PixelBox grown(core::PixelBox box, double level) const {
    const int reach = std::max(2, static_cast<int>(std::lround(32 / mm_)));
    core::PixelBox out = box;
    for (int r = std::max(0, box.y - reach); r < std::min(rows_, box.y + box.h + reach); ++r) {
      int above = 0;
      for (int c = box.x; c < box.x + box.w; ++c)
        above += static_cast<double>(high_.at<float>(r, c)) > level ? 1 : 0;
      if (2 * above < box.w) continue;
      const int bottom = std::max(out.y + out.h, r + 1);
      out.y = std::min(out.y, r);
      out.h = bottom - out.y;
    }
    for (int c = std::max(0, box.x - reach); c < std::min(columns_, box.x + box.w + reach); ++c) {
      int above = 0;
      for (int r = box.y; r < box.y + box.h; ++r)
        above += static_cast<double>(high_.at<float>(r, c)) > level ? 1 : 0;
      if (2 * above < box.h) continue;
      const int right = std::max(out.x + out.w, c + 1);
      out.x = std::min(out.x, c);
      out.w = right - out.x;
    }
    return out;
  }

  void describe(Candidate& candidate, bool alone) const {
    const core::PixelBox& box = candidate.finding.bbox_px;
    const double from_doors_m = (columns_ - (box.x + box.w * 0.5)) * mm_ / 1000;
    const double above_floor_m = std::max(
        0.0, (plane_.grid.z_mm(region_.row_top + box.y + box.h * 0.5) - region_.floor_z_mm) / 1000);
    if (candidate.lost) {
      candidate.finding.text = fmt::format(
          "A block much denser than the goods around it, about {:.0f} x {:.0f} cm; noise hides its "
          "material. About {:.1f} m from the rear, {:.1f} m above the floor.",
          box.w * mm_ / 10, box.h * mm_ / 10, from_doors_m, above_floor_m);
      return;
    }
    const std::string what = candidate.opaque ? "Metal too thick to be seen through"
                             : candidate.finding.material == "heavy metal" ? "Heavy metal"
                                                                           : "Metal";
    const std::string where =
        alone ? "standing free" : "in lighter goods; the neighbours hold none";
    candidate.finding.text = fmt::format(
        "{}, about {:.0f} x {:.0f} cm, {}. About {:.1f} m from the rear, {:.1f} m above the floor.",
        what, box.w * mm_ / 10, box.h * mm_ / 10, where, from_doors_m, above_floor_m);
  }

  static double overlap(const core::PixelBox& a, const core::PixelBox& b) {
    const int w = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
    const int h = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
    if (w <= 0 || h <= 0) return 0;
    return static_cast<double>(w) * h /
           std::min(static_cast<double>(a.w) * a.h, static_cast<double>(b.w) * b.h);
  }

  /// One finding for each thing, and less of what the goods themselves are made of.
  std::vector<core::Finding> conclude() {
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) {
                       // Of two that are as sure the larger one: the other is a part of it.
                       return a.finding.score > b.finding.score ||
                              (a.finding.score == b.finding.score && a.area_mm2 > b.area_mm2);
                     });
    std::vector<Candidate> kept;
    for (auto& candidate : candidates_) {
      const bool known = std::any_of(kept.begin(), kept.end(), [&](const Candidate& k) {
        return overlap(k.finding.bbox_px, candidate.finding.bbox_px) > 0.3;
      });
      if (!known) kept.push_back(std::move(candidate));
    }
    cv::Mat smooth = smooth_metal_over(odd_px(40, mm_, 3));
    for (const auto& candidate : kept) {
      const core::PixelBox b = candidate.finding.bbox_px;
      smooth(cv::Rect(b.x, b.y, b.w, b.h)).setTo(cv::Scalar(-1));
    }
    std::vector<core::Finding> findings;
    for (const auto& candidate : kept) {
      core::Finding finding = candidate.finding;
      int alike = 0;
      for (const auto& other : kept) {
        const double area = other.area_mm2 / candidate.area_mm2;
        const double excess = other.excess_g_cm2 / candidate.excess_g_cm2;
        if (area > 0.4 && area < 2.5 && excess > 0.5 && excess < 2) ++alike;
      }
      if (alike >= 4) finding.score *= 0.6;
      if (candidate.by_metal) {
        std::int64_t loaded = 0;
        std::int64_t metal = 0;
        for (int r = 0; r < rows_; ++r) {
          for (int c = load_.margin_columns; c < columns_ - load_.margin_columns; ++c) {
            if (high_.at<float>(r, c) < 0.15F || smooth.at<float>(r, c) <= -1.0F) continue;
            ++loaded;
            metal +=
                static_cast<double>(smooth.at<float>(r, c)) > 0.5 * candidate.metal_signal ? 1 : 0;
          }
        }
        const double share =
            loaded > 0 ? static_cast<double>(metal) / static_cast<double>(loaded) : 0;
        finding.score *= 1 - 0.7 * std::clamp((share - 0.015) / 0.045, 0.0, 1.0);
        finding.evidence.push_back({"metal_elsewhere_share", share});
      }
      // Into the work plane's own coordinates.
      finding.bbox_px.x += region_.column_front;
      finding.bbox_px.y += region_.row_top;
      findings.push_back(std::move(finding));
    }
    return findings;
  }

  const WorkPlane& plane_;
  const ContainerRegion& region_;
  const Load& load_;
  double mm_;
  int columns_ = 0;
  int rows_ = 0;
  cv::Mat high_, smooth_high_;
  cv::Mat low_;
  cv::Mat codes_;  ///< 8 bits, of high_.
  cv::Mat metal_;
  cv::Mat trusted_;  ///< 1: away from edges.
  std::array<double, kBins> curve_{};
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<core::Finding> find_dense_objects(const WorkPlane& plane, const ContainerRegion& region,
                                              const Load& load) {
  return DenseObjectFinder(plane, region, load).find();
}

}  // namespace portcullis::imaging
