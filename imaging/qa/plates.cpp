#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/qa/fields.h"
#include "imaging/qa/statistics.h"

/// What stands before or behind an even plate: arrow, shims, wires. Found one after another, the
/// plainest first; what was found is taken out before the next is looked for.
namespace portcullis::imaging::qa {

namespace {

constexpr double kLowOverHigh = 1.15;  ///< Attenuation of thin steel, low over high energy.
/// Above this (200 mm of steel) scatter is of the signal's size: an object's contrast no longer
/// tells its thickness, and only arrows are asked for.
constexpr double kThick = 5.5;
constexpr double kArrowPercentMin = 8, kArrowPercentMax = 40;  ///< Of the plate's thickness; 20.
constexpr double kShimPercentMax = 8;
constexpr double kPlateSideForArrow_mm = 140;
constexpr double kMask_mm = 12;
constexpr int kFoundMax = 12;
constexpr double kCorrelation_mm = 10;  ///< Shift that makes a template another one.

enum class Seek : std::uint8_t { kArrow, kShim };

/// Something to look for: excess 1 inside, blurred as the scanner does.
struct Template {
  Seek seek = Seek::kArrow;
  QaDirection direction = QaDirection::kNone;
  cv::Mat1f shape;
};

using Outline = std::vector<cv::Point2d>;

/// Rasters a closed outline (millimetres, z up, middle at 0).
cv::Mat1f raster(const Outline& outline_mm, double mm) {
  constexpr int kFine = 8;
  double reach = 0;
  for (const auto& p : outline_mm) reach = std::max({reach, std::abs(p.x), std::abs(p.y)});
  const int half = static_cast<int>(std::ceil(reach / mm)) + 3;
  const int side = 2 * half + 1;
  cv::Mat1b fine(side * kFine, side * kFine, std::uint8_t{0});
  std::vector<cv::Point> corners;
  for (const auto& p : outline_mm) {
    corners.emplace_back(static_cast<int>(std::lround((p.x / mm + half + 0.5) * kFine - 0.5)),
                         static_cast<int>(std::lround((-p.y / mm + half + 0.5) * kFine - 0.5)));
  }
  cv::fillPoly(fine, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar(255));
  cv::Mat1f coarse;
  cv::Mat1f wide;
  fine.convertTo(wide, CV_32F, 1.0 / 255);
  cv::resize(wide, coarse, {side, side}, 0, 0, cv::INTER_AREA);
  cv::GaussianBlur(coarse, coarse, {0, 0}, 1.9 / mm, 2.7 / mm);
  return coarse;
}

/// Arrows 100 mm long. The standards' drawings differ in their heads: head length and breadth,
/// shaft breadth.
std::vector<Template> make_templates(double mm) {
  struct Arrow {
    double head_length, head_breadth, shaft_breadth;
  };
  constexpr std::array<Arrow, 4> kArrows{{{45, 80, 30}, {35, 60, 20}, {50, 50, 25}, {100, 90, 0}}};
  constexpr std::array<QaDirection, 4> kTurns{QaDirection::kRight, QaDirection::kUp,
                                              QaDirection::kLeft, QaDirection::kDown};
  std::vector<Template> out;
  for (const auto& a : kArrows) {
    const double neck = 50 - a.head_length;
    Outline outline{{neck, -a.head_breadth / 2}, {50, 0}, {neck, a.head_breadth / 2}};
    if (a.shaft_breadth > 0) {
      outline.push_back({neck, a.shaft_breadth / 2});
      outline.push_back({-50, a.shaft_breadth / 2});
      outline.push_back({-50, -a.shaft_breadth / 2});
      outline.push_back({neck, -a.shaft_breadth / 2});
    }
    for (const auto turn : kTurns) {
      out.push_back({Seek::kArrow, turn, raster(outline, mm)});
      for (auto& p : outline) p = {-p.y, p.x};
    }
  }
  for (const double side : {25.0, 36.0, 50.0, 70.0, 100.0}) {
    const double h = side / 2;
    out.push_back(
        {Seek::kShim, QaDirection::kNone, raster({{-h, -h}, {h, -h}, {h, h}, {-h, h}}, mm)});
  }
  return out;
}

/// How noise is correlated between pixels: resampling spreads a ray over rows and a pulse over
/// columns, no further than half these lags; what is left at the outermost ones is not noise but
/// what stands on the plate, and is taken off. [2 * kLagRows + 1][2 * kLagColumns + 1].
constexpr int kLagRows = 6, kLagColumns = 5;
cv::Mat1d correlation_of(const PlateField& plate) {
  // What is plain to see is no noise: left out where means over 5 x 5 pixels stand out.
  cv::Mat1f smooth;
  cv::blur(plate.excess.mul(plate.weight), smooth, {5, 5});
  std::vector<float> values;
  for (int r = 0; r < smooth.rows; ++r) {
    for (int c = 0; c < smooth.cols; ++c) {
      if (plate.weight(r, c) > 0) values.push_back(smooth(r, c));
    }
  }
  const auto limit = static_cast<float>(4 * robust_sigma(values));
  cv::Mat1f kept(plate.excess.size(), 0.0F);
  double counted = 1;
  for (int r = 0; r < kept.rows; ++r) {
    for (int c = 0; c < kept.cols; ++c) {
      if (!(plate.weight(r, c) > 0) || std::abs(smooth(r, c)) > limit) continue;
      kept(r, c) = plate.excess(r, c);
      counted += 1;
    }
  }
  cv::Mat1d out(2 * kLagRows + 1, 2 * kLagColumns + 1, 0.0);
  for (int dr = 0; dr <= kLagRows; ++dr) {
    for (int dc = -kLagColumns; dc <= kLagColumns; ++dc) {
      const cv::Rect a(std::max(0, dc), dr, kept.cols - std::abs(dc), kept.rows - dr);
      const cv::Rect b(std::max(0, -dc), 0, kept.cols - std::abs(dc), kept.rows - dr);
      if (a.width <= 0 || a.height <= 0) continue;
      const double covariance = kept(a).dot(kept(b)) / counted;
      out(kLagRows + dr, kLagColumns + dc) = covariance;
      out(kLagRows - dr, kLagColumns - dc) = covariance;
    }
  }
  double rim = 0;
  for (int dr = -kLagRows; dr <= kLagRows; ++dr)
    rim += out(kLagRows + dr, 0) + out(kLagRows + dr, 2 * kLagColumns);
  out -= std::max(0.0, rim / (2 * (2 * kLagRows + 1)));
  return out;
}

/// Standard deviation of sum(template * noise).
double sigma_of(const cv::Mat1f& shape, const cv::Mat1d& correlation) {
  cv::Mat1f padded;
  cv::copyMakeBorder(shape, padded, kLagRows, kLagRows, kLagColumns, kLagColumns,
                     cv::BORDER_CONSTANT, cv::Scalar(0));
  double variance = 0;
  for (int dr = -kLagRows; dr <= kLagRows; ++dr) {
    for (int dc = -kLagColumns; dc <= kLagColumns; ++dc) {
      const cv::Rect moved(kLagColumns + dc, kLagRows + dr, shape.cols, shape.rows);
      variance += correlation(kLagRows + dr, kLagColumns + dc) * padded(moved).dot(shape);
    }
  }
  return std::sqrt(std::max(1e-12, variance));
}

struct Match {
  double score = 0, excess = 0;
  cv::Point at;
  std::size_t which = 0;
};

/// Best place of a template.
Match match_template(const PlateField& plate, const cv::Mat1d& correlation, const Template& t) {
  Match best;
  if (t.shape.cols > plate.excess.cols + 8 || t.shape.rows > plate.excess.rows + 8) return best;
  cv::Mat1f sum;
  cv::Mat1f cover;
  const cv::Mat1f counted = plate.excess.mul(plate.weight);
  cv::filter2D(counted, sum, CV_32F, t.shape, {-1, -1}, 0, cv::BORDER_CONSTANT);
  cv::filter2D(plate.weight, cover, CV_32F, t.shape, {-1, -1}, 0, cv::BORDER_CONSTANT);
  const double sigma = sigma_of(t.shape, correlation);
  const double whole = cv::sum(t.shape)[0];
  // What is left of the template itself when rows' and columns' means are taken out.
  double squares = t.shape.dot(t.shape);
  for (int r = 0; r < t.shape.rows; ++r)
    squares -= std::pow(cv::sum(t.shape.row(r))[0], 2) / plate.excess.cols;
  for (int c = 0; c < t.shape.cols; ++c)
    squares -= std::pow(cv::sum(t.shape.col(c))[0], 2) / plate.excess.rows;
  squares = std::max(squares, 0.1 * t.shape.dot(t.shape));
  for (int r = 0; r < sum.rows; ++r) {
    for (int c = 0; c < sum.cols; ++c) {
      if (static_cast<double>(cover(r, c)) < 0.85 * whole) continue;
      const double score = static_cast<double>(sum(r, c)) / sigma;
      if (score > best.score) {
        best.score = score;
        best.excess = static_cast<double>(sum(r, c)) / squares;
        best.at = {c, r};
      }
    }
  }
  return best;
}

/// Thickness of a piece over that of its plate, per cent, if both are of one material. Attenuation
/// per millimetre falls with thickness (hardening): at a plate's back it is 0.9 of the mean.
double percent_of(double contrast, double attenuation) {
  const double more = -std::log(std::max(1e-3, 1 - contrast));
  return attenuation > 0 ? 100 * more / (0.9 * attenuation) : 0;
}

struct Thresholds {
  double arrow = 0, shim = 0, wire = 0;
};

class PlateReader {
 public:
  PlateReader(const QaFields& fields, const ZonePlace& place, int zone,
              const std::vector<Template>& templates, const QaOptions& options)
      : f_(fields),
        place_(place),
        zone_(zone),
        templates_(templates),
        plate_(make_plate_field(fields, place)) {
    raw_ = plate_.excess.clone();
    const double places = static_cast<double>(plate_.box.area()) * f_.mm * f_.mm /
                          (kCorrelation_mm * kCorrelation_mm);
    thresholds_.arrow = threshold_for(16 * places, options.false_alarms);
    thresholds_.shim = threshold_for(5 * places, options.false_alarms);
    thresholds_.wire = line_threshold(plate_.weight, f_.mm, options.false_alarms);
  }

  void read(QaReport& report) {
    const bool thick = place_.attenuation > kThick;
    const bool for_arrow =
        std::min(plate_.box.width, plate_.box.height) * f_.mm >= kPlateSideForArrow_mm;
    QaArrow arrow;
    arrow.zone = zone_;
    arrow.threshold = thresholds_.arrow;
    for (int round = 0; round < kFoundMax; ++round) {
      remove_lines(plate_);
      std::vector<Match> matches;
      const Match blob = best_blob(thick, for_arrow && !arrow.seen, arrow, matches);
      std::vector<FoundLine> lines;
      if (!thick) {
        LineSearch search;
        search.threshold = thresholds_.wire;
        lines = find_lines(raw_, plate_.weight, f_.mm, search);
      }
      // An object's own edges and limbs look like lines too.
      const bool blob_first =
          blob.score > 0 &&
          (lines.empty() || blob.score >= lines.front().score ||
           (covers(blob, lines.front()) && blob.score >= 0.5 * lines.front().score));
      if (blob_first) {
        take_blob(blob, matches, arrow, report);
      } else if (!lines.empty()) {
        take_line(lines.front(), report);
      } else {
        break;
      }
    }
    if (for_arrow) report.arrows.push_back(arrow);
  }

 private:
  [[nodiscard]] bool covers(const Match& blob, const FoundLine& line) const {
    const auto& shape = templates_[blob.which].shape;
    const cv::Point2d middle = (line.from + line.to) * 0.5;
    return std::abs(middle.x - blob.at.x) <= 0.5 * shape.cols &&
           std::abs(middle.y - blob.at.y) <= 0.5 * shape.rows;
  }
  [[nodiscard]] double contrast(double excess) const {
    return std::clamp(excess * plate_.contrast_per_excess, -1.0, 0.999);
  }

  /// The best template over its threshold; `arrow` learns of the best arrow in any case.
  Match best_blob(bool thick, bool for_arrow, QaArrow& arrow, std::vector<Match>& matches) {
    const cv::Mat1d correlation = correlation_of(plate_);
    Match best;
    if (for_arrow) arrow.score = 0;  // of what is left by now
    for (std::size_t i = 0; i < templates_.size(); ++i) {
      const auto& t = templates_[i];
      if (t.seek == Seek::kShim ? thick : !for_arrow) continue;
      Match m = match_template(plate_, correlation, t);
      m.which = i;
      matches.push_back(m);
      const double percent = percent_of(contrast(m.excess), place_.attenuation);
      if (t.seek == Seek::kArrow) {
        arrow.score = std::max(arrow.score, m.score);
        if (!thick && (percent < kArrowPercentMin || percent > kArrowPercentMax)) continue;
        if (m.score < thresholds_.arrow) continue;
      } else if (percent > kShimPercentMax || m.score < thresholds_.shim) {
        continue;
      }
      if (m.score > best.score) best = m;
    }
    return best;
  }

  void take_blob(const Match& m, const std::vector<Match>& matches, QaArrow& arrow,
                 QaReport& report) {
    const auto& t = templates_[m.which];
    const cv::Rect local(m.at.x - t.shape.cols / 2, m.at.y - t.shape.rows / 2, t.shape.cols,
                         t.shape.rows);
    const cv::Rect on_image = local + plate_.box.tl();
    if (t.seek == Seek::kArrow) {
      arrow.seen = true;
      arrow.direction = t.direction;
      arrow.score = m.score;
      for (const auto& other : matches) {
        if (templates_[other.which].seek == Seek::kArrow &&
            templates_[other.which].direction != t.direction)
          arrow.runner_up = std::max(arrow.runner_up, other.score);
      }
      arrow.contrast = contrast(m.excess);
      arrow.x_mm = f_.images->grid.x_mm(plate_.box.x + m.at.x);
      arrow.z_mm = f_.images->grid.z_mm(plate_.box.y + m.at.y);
      arrow.box = f_.box_of(on_image);
    } else {
      QaShim shim;
      shim.zone = zone_;
      shim.score = m.score;
      shim.threshold = thresholds_.shim;
      shim.contrast = contrast(m.excess);
      shim.percent = percent_of(shim.contrast, place_.attenuation);
      shim.box = f_.box_of(on_image);
      report.shims.push_back(shim);
    }
    const int margin = f_.px(kMask_mm);
    cover(cv::Rect(local.x - margin, local.y - margin, local.width + 2 * margin,
                   local.height + 2 * margin));
  }

  void take_line(const FoundLine& line, QaReport& report) {
    const auto& grid = f_.images->grid;
    QaWire wire;
    wire.zone = zone_;
    wire.score = line.score;
    wire.threshold = thresholds_.wire;
    wire.from_x_mm = grid.x_mm(line.from.x + plate_.box.x);
    wire.from_z_mm = grid.z_mm(line.from.y + plate_.box.y);
    wire.to_x_mm = grid.x_mm(line.to.x + plate_.box.x);
    wire.to_z_mm = grid.z_mm(line.to.y + plate_.box.y);
    // Attenuation integrated across = mu * cross section; behind steel, mu is 0.0285 per mm at 50
    // to 120 mm (NIST's coefficients over a 6 MV spectrum).
    const double integral_mm = line.excess_mm * plate_.contrast_per_excess;
    wire.diameter_mm = std::sqrt(std::max(0.0, integral_mm) / 0.0285 * 4 / 3.14159265);
    report.wires.push_back(wire);
    const double margin = kMask_mm / f_.mm;
    const double length =
        std::max(1.0, std::hypot(line.to.x - line.from.x, line.to.y - line.from.y));
    const cv::Point2d along = (line.to - line.from) * (2 * margin / length);
    cv::line(plate_.weight, line.from - along, line.to + along, cv::Scalar(0),
             static_cast<int>(2 * margin));
  }

  void cover(const cv::Rect& local) {
    const cv::Rect inside = local & cv::Rect(0, 0, plate_.weight.cols, plate_.weight.rows);
    if (inside.area() > 0) plate_.weight(inside).setTo(0.0);
  }

  const QaFields& f_;
  const ZonePlace& place_;
  int zone_;
  const std::vector<Template>& templates_;
  PlateField plate_;
  cv::Mat1f raw_;  ///< Excess with rows and columns as they are.
  Thresholds thresholds_;
};

}  // namespace

PlateField make_plate_field(const QaFields& f, const ZonePlace& place) {
  PlateField plate;
  plate.box = place.inner;
  plate.weight = cv::Mat1f(place.inner.size(), 1.0F);
  // Differences over 8 mm: noise, little of the plate's own slopes.
  const int lag = f.px(8);
  struct Part {
    double median = 1, sigma = 1, contrast = 0;
  };
  std::array<Part, 2> parts;
  std::array<cv::Mat1f, 2> levels;
  for (std::size_t e = 0; e < 2; ++e) {
    const cv::Mat1f& field = e == 0 ? f.high : f.low;
    const auto& air = e == 0 ? f.levels_high : f.levels_low;
    levels[e] = field(place.inner).clone();
    std::vector<float> values;
    std::vector<float> differences;
    for (int r = 0; r < levels[e].rows; ++r) {
      float* row = levels[e].ptr<float>(r);
      for (int c = 0; c < levels[e].cols; ++c) {
        row[c] /= f.air_level(air, r + place.inner.y, c + place.inner.x);
        values.push_back(row[c]);
        if (c >= lag) differences.push_back(row[c] - row[c - lag]);
      }
    }
    parts[e].median = median_of(values);
    parts[e].sigma = std::max(1e-9, robust_sigma(differences) / std::sqrt(2.0));
  }
  // What a thin piece of steel takes of each energy. Behind very thick plates much of what is seen
  // is scatter, which nothing takes from: there the share of low energy is that of the primary.
  parts[0].contrast = parts[0].median;
  const double low_share = place.attenuation > kThick
                               ? std::exp(-0.14 * place.attenuation)
                               : parts[1].median / std::max(1e-9, parts[0].median);
  parts[1].contrast = parts[0].median * low_share * kLowOverHigh;
  double information = 0;
  for (const auto& part : parts) information += std::pow(part.contrast / part.sigma, 2);
  const double scale = 1 / std::sqrt(std::max(1e-12, information));
  plate.excess = cv::Mat1f(place.inner.size(), 0.0F);
  for (std::size_t e = 0; e < 2; ++e) {
    const double weight = parts[e].contrast / (parts[e].sigma * parts[e].sigma) * scale;
    plate.excess += (parts[e].median - levels[e]) * weight;
  }
  plate.contrast_per_excess = scale;
  return plate;
}

void remove_lines(PlateField& plate) {
  for (int pass = 0; pass < 4; ++pass) {
    for (int r = 0; r < plate.excess.rows; ++r) {
      const double counted = cv::sum(plate.weight.row(r))[0];
      if (counted < 1) continue;
      const auto mean = static_cast<float>(plate.excess.row(r).dot(plate.weight.row(r)) / counted);
      for (int c = 0; c < plate.excess.cols; ++c) plate.excess(r, c) -= mean;
    }
    for (int c = 0; c < plate.excess.cols; ++c) {
      const double counted = cv::sum(plate.weight.col(c))[0];
      if (counted < 1) continue;
      const auto mean = static_cast<float>(plate.excess.col(c).dot(plate.weight.col(c)) / counted);
      for (int r = 0; r < plate.excess.rows; ++r) plate.excess(r, c) -= mean;
    }
  }
}

void read_plates(const QaFields& f, const std::vector<ZonePlace>& places, const QaOptions& options,
                 QaReport& report) {
  const std::vector<Template> templates = make_templates(f.mm);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& zone = report.zones[i];
    if (zone.wedge >= 0) continue;  // steps bear nothing
    PlateReader(f, places[i], static_cast<int>(i), templates, options).read(report);
  }
}

}  // namespace portcullis::imaging::qa
