#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "imaging/qa/fields.h"
#include "imaging/qa/statistics.h"

/// Straight lines by sums along all slopes (a discrete Radon transform in two levels): 50 mm pieces
/// at coarse slopes first, which are then joined at fine ones.
namespace portcullis::imaging::qa {

namespace {

constexpr double kPiece_mm = 50;
constexpr int kPieceCounts[] = {2, 3, 4, 6, 8, 12};
constexpr double kCoarseSlope = 0.08;  ///< Half of it moves the end of a piece by half a pixel.
constexpr double kFineSlope = 0.01;
constexpr double kBandHalf_mm = 10;         ///< What a found line takes for itself, to each side.
constexpr double kProfileUpright_mm = 1.9;  ///< Standard deviations of what a thin wire becomes:
constexpr double kProfileLevel_mm = 2.7;    ///< columns are 2 mm apart, rays 3.5 mm.
constexpr std::size_t kLinesMax = 64;
constexpr double kNoiseOfNoise = 1.2;

/// One direction of search: lines nearer to the columns' direction than 45 degrees.
struct Sweep {
  cv::Mat1f response;  ///< Matched across the line, variance 1.
  cv::Mat1b valid;
  int piece = 25;                ///< Rows of a piece.
  double amplitude_per_sum = 1;  ///< Excess integrated across, px, per sum of profile * excess.
  cv::Mat1f scale;               ///< What response was divided by.
};

struct LineCandidate {
  double score = 0;
  bool upright = true;
  double slope = 0;
  double column = 0;  ///< At the middle of the first piece.
  int first_piece = 0, pieces = 0;
};

/// Standard deviation of what lies within 4 robust ones: surer than the robust one, and not moved
/// by wires.
double clipped_sigma(std::vector<float>& values) {
  const std::vector<float> all = values;
  std::vector<float> scratch = values;
  const double middle = median_of(scratch);
  const double limit = 4 * robust_sigma(values);
  double sum = 0;
  double count = 0;
  for (const float v : all) {
    const double d = static_cast<double>(v) - middle;
    if (std::abs(d) > limit) continue;
    sum += d * d;
    count += 1;
  }
  return count > 0 ? std::sqrt(sum / count) : 0;
}

/// Noise changes slowly from place to place: means of variances over neighbours, so that a chance
/// in the noise's own estimate does not make a line. Entries of 0 are unknown and get theirs.
void smooth_sigmas(std::vector<double>& sigma, int half) {
  const std::vector<double> before = sigma;
  const int n = static_cast<int>(sigma.size());
  double usual = 0;
  for (int i = 0; i < n; ++i) {
    double sum = 0;
    int count = 0;
    for (int k = std::max(0, i - half); k <= std::min(n - 1, i + half); ++k) {
      const double s = before[static_cast<std::size_t>(k)];
      if (!(s > 0)) continue;
      sum += s * s;
      ++count;
    }
    if (count > 0) usual = std::sqrt(sum / count);
    sigma[static_cast<std::size_t>(i)] = usual;
  }
}

void normalise_by_columns_and_rows(Sweep& s) {
  s.scale = cv::Mat1f(s.response.size(), 1.0F);
  std::vector<float> values;
  const auto divide = [&](bool by_row) {
    const int outer = by_row ? s.response.rows : s.response.cols;
    const int inner = by_row ? s.response.cols : s.response.rows;
    std::vector<double> sigmas(static_cast<std::size_t>(outer), 0.0);
    for (int o = 0; o < outer; ++o) {
      values.clear();
      for (int i = 0; i < inner; ++i) {
        const int r = by_row ? o : i;
        const int c = by_row ? i : o;
        if (s.valid(r, c) != 0) values.push_back(s.response(r, c));
      }
      if (values.size() >= 40) sigmas[static_cast<std::size_t>(o)] = clipped_sigma(values);
    }
    smooth_sigmas(sigmas, 4);
    for (int o = 0; o < outer; ++o) {
      const double sigma = sigmas[static_cast<std::size_t>(o)];
      if (!(sigma > 0)) continue;
      for (int i = 0; i < inner; ++i) {
        const int r = by_row ? o : i;
        const int c = by_row ? i : o;
        s.response(r, c) /= static_cast<float>(sigma);
        s.scale(r, c) *= static_cast<float>(sigma);
      }
    }
  };
  divide(false);
  divide(true);
}

Sweep make_sweep(const cv::Mat1f& excess, const cv::Mat1f& weight, double mm, double profile_mm,
                 bool keep_level) {
  Sweep s;
  s.piece = std::max(4, static_cast<int>(std::lround(kPiece_mm / mm)));
  const double sigma = profile_mm / mm;
  const int half = std::max(1, static_cast<int>(std::ceil(2.5 * sigma)));
  cv::Mat1f profile(1, 2 * half + 1);
  double sum = 0;
  for (int k = -half; k <= half; ++k) {
    const double p = std::exp(-0.5 * k * k / (sigma * sigma));
    profile(0, k + half) = static_cast<float>(p);
    sum += p;
  }
  double squares = 0;
  for (int k = 0; k <= 2 * half; ++k) {
    profile(0, k) /= static_cast<float>(sum);
    squares += static_cast<double>(profile(0, k)) * static_cast<double>(profile(0, k));
  }
  s.amplitude_per_sum = 1 / squares;
  const cv::Mat1f counted = excess.mul(weight);
  cv::filter2D(counted, s.response, CV_32F, profile, {-1, -1}, 0, cv::BORDER_CONSTANT);
  cv::Mat1f covered;
  cv::filter2D(weight, covered, CV_32F, profile, {-1, -1}, 0, cv::BORDER_CONSTANT);
  s.valid = (covered > 0.8) & (weight > 0.5);
  if (!keep_level) {
    // The surroundings' mean, beyond what the line itself reaches.
    const int near = half + 1;
    const int far = near + std::max(3, static_cast<int>(std::lround(12 / mm)));
    cv::Mat1f ring(1, 2 * far + 1, 0.0F);
    for (int k = near; k <= far; ++k) ring(0, far - k) = ring(0, far + k) = 1.0F;
    cv::Mat1f level;
    cv::Mat1f share;
    cv::filter2D(counted, level, CV_32F, ring, {-1, -1}, 0, cv::BORDER_CONSTANT);
    cv::filter2D(weight, share, CV_32F, ring, {-1, -1}, 0, cv::BORDER_CONSTANT);
    const auto wanted = static_cast<float>(far - near + 1);
    for (int r = 0; r < level.rows; ++r) {
      for (int c = 0; c < level.cols; ++c) {
        if (share(r, c) < 0.6F * wanted) {
          s.valid(r, c) = 0;
        } else {
          s.response(r, c) -= covered(r, c) * level(r, c) / share(r, c);
        }
      }
    }
  }
  for (int r = 0; r < s.valid.rows; ++r) {
    for (int c = 0; c < s.valid.cols; ++c) {
      if (s.valid(r, c) == 0) s.response(r, c) = 0;
    }
  }
  normalise_by_columns_and_rows(s);
  return s;
}

/// Sums of pieces at one coarse slope: [piece][column at the piece's middle], variance 1; NaN-free:
/// `usable` is 0 where too little of the piece counts.
struct Pieces {
  cv::Mat1f sum;
  cv::Mat1b usable;
};

/// Where rays stand wider apart, rows are more alike and slanted sums spread more: the pieces of
/// one band of columns share a factor.
void normalise_bands(Pieces& pieces) {
  constexpr int kBand = 64;
  constexpr std::size_t kValuesMin = 300;
  std::vector<float> values;
  for (int from = 0; from < pieces.sum.cols; from += kBand) {
    const int to = std::min(pieces.sum.cols, from + kBand);
    values.clear();
    for (int b = 0; b < pieces.sum.rows; ++b) {
      for (int c = from; c < to; ++c) {
        if (pieces.usable(b, c) != 0) values.push_back(pieces.sum(b, c));
      }
    }
    if (values.size() < kValuesMin) continue;
    const double sigma = clipped_sigma(values);
    if (!(sigma > 0)) continue;
    for (int b = 0; b < pieces.sum.rows; ++b) {
      for (int c = from; c < to; ++c) pieces.sum(b, c) /= static_cast<float>(sigma);
    }
  }
}

Pieces sum_pieces(const Sweep& s, double slope) {
  const int count = s.response.rows / s.piece;
  const int columns = s.response.cols;
  Pieces out;
  out.sum = cv::Mat1f(count, columns, 0.0F);
  out.usable = cv::Mat1b(count, columns, std::uint8_t{0});
  std::vector<float> seen(static_cast<std::size_t>(columns));
  std::vector<double> sigmas(static_cast<std::size_t>(count), 0.0);
  std::vector<float> values;
  for (int b = 0; b < count; ++b) {
    std::fill(seen.begin(), seen.end(), 0.0F);
    float* sum = out.sum.ptr<float>(b);
    for (int k = 0; k < s.piece; ++k) {
      const int r = b * s.piece + k;
      const double shift = slope * (k - 0.5 * (s.piece - 1));
      const int whole = static_cast<int>(std::floor(shift));
      const auto upper = static_cast<float>(shift - whole);
      const float* response = s.response.ptr<float>(r);
      const std::uint8_t* valid = s.valid.ptr<std::uint8_t>(r);
      const int from = std::max(0, -whole);
      const int to = std::min(columns, columns - 1 - whole);
      for (int c = from; c < to; ++c) {
        const int a = c + whole;
        if (valid[a] == 0 || valid[a + 1] == 0) continue;
        sum[c] += response[a] * (1.0F - upper) + response[a + 1] * upper;
        seen[static_cast<std::size_t>(c)] += 1.0F;
      }
    }
    values.clear();
    const float enough = 0.6F * static_cast<float>(s.piece);
    for (int c = 0; c < columns; ++c) {
      const float n = seen[static_cast<std::size_t>(c)];
      if (n < enough) {
        sum[c] = 0;
        continue;
      }
      sum[c] /= std::sqrt(n);
      out.usable(b, c) = 1;
      values.push_back(sum[c]);
    }
    if (values.size() >= 40) sigmas[static_cast<std::size_t>(b)] = clipped_sigma(values);
  }
  smooth_sigmas(sigmas, 2);
  for (int b = 0; b < count; ++b) {
    const double sigma = sigmas[static_cast<std::size_t>(b)];
    for (int c = 0; c < columns; ++c) {
      if (sigma > 0) out.sum(b, c) /= static_cast<float>(sigma);
      if (!(sigma > 0)) out.usable(b, c) = 0;
    }
  }
  normalise_bands(out);
  return out;
}

/// Best candidate of each neighbourhood over all slopes and lengths.
void collect(const Sweep& s, bool upright, double threshold, std::vector<LineCandidate>& out) {
  const int count = s.response.rows / s.piece;
  const int columns = s.response.cols;
  constexpr int kBucket = 4;
  const int buckets = columns / kBucket + 1;
  std::vector<LineCandidate> best(static_cast<std::size_t>(count) *
                                  static_cast<std::size_t>(buckets));
  const int coarse_steps = static_cast<int>(std::ceil(1.0 / kCoarseSlope));
  const int fine_half = static_cast<int>(std::lround(kCoarseSlope / kFineSlope / 2));
  for (int coarse = -coarse_steps; coarse <= coarse_steps; ++coarse) {
    const Pieces pieces = sum_pieces(s, coarse * kCoarseSlope);
    for (int fine = -fine_half; fine < fine_half; ++fine) {
      const double slope = coarse * kCoarseSlope + fine * kFineSlope;
      if (std::abs(slope) > 1) continue;
      for (int b = 0; b < count; ++b) {
        for (int c = 0; c < columns; ++c) {
          float sum = 0;
          int used = 0;
          int next_count = 0;
          for (int j = 0; b + j < count && j < kPieceCounts[std::size(kPieceCounts) - 1]; ++j) {
            const int at = c + static_cast<int>(std::lround(slope * s.piece * j));
            if (at < 0 || at >= columns || pieces.usable(b + j, at) == 0) break;
            sum += pieces.sum(b + j, at);
            ++used;
            if (used != kPieceCounts[next_count]) continue;
            ++next_count;
            const double score = static_cast<double>(sum) / std::sqrt(static_cast<double>(used));
            if (score < threshold) continue;
            auto& slot = best[static_cast<std::size_t>(b) * static_cast<std::size_t>(buckets) +
                              static_cast<std::size_t>(c / kBucket)];
            if (score > slot.score) slot = {score, upright, slope, static_cast<double>(c), b, used};
          }
        }
      }
    }
  }
  for (const auto& candidate : best) {
    if (candidate.pieces > 0) out.push_back(candidate);
  }
}

/// What is found along a candidate that no better line has taken already.
struct Trace {
  std::vector<float> response;  ///< Per row, 0 where it does not count.
  std::vector<std::uint8_t> counts;
  int counted = 0;
};

double column_at(const LineCandidate& line, const Sweep& s, double row) {
  return line.column + line.slope * (row - (line.first_piece + 0.5) * s.piece + 0.5);
}

Trace trace_line(const LineCandidate& line, const Sweep& s, const cv::Mat1b& taken, int from,
                 int to) {
  Trace t;
  for (int r = from; r < to; ++r) {
    const double at = column_at(line, s, r);
    const int c = static_cast<int>(std::floor(at));
    float value = 0;
    std::uint8_t counts = 0;
    if (c >= 0 && c + 1 < s.response.cols && s.valid(r, c) != 0 && s.valid(r, c + 1) != 0) {
      const int nearest = static_cast<int>(std::lround(at));
      const bool free = line.upright ? taken(r, nearest) == 0 : taken(nearest, r) == 0;
      if (free) {
        const auto upper = static_cast<float>(at - c);
        value = s.response(r, c) * (1.0F - upper) + s.response(r, c + 1) * upper;
        counts = 1;
        ++t.counted;
      }
    }
    t.response.push_back(value);
    t.counts.push_back(counts);
  }
  return t;
}

/// The stretch whose sum above half the usual response is greatest.
std::pair<int, int> extent_of(const Trace& t, double usual) {
  double sum = 0;
  double best = 0;
  int start = 0;
  std::pair<int, int> out{0, 0};
  for (int i = 0; i < static_cast<int>(t.response.size()); ++i) {
    if (t.counts[static_cast<std::size_t>(i)] != 0)
      sum += static_cast<double>(t.response[static_cast<std::size_t>(i)]) - 0.5 * usual;
    if (sum <= 0) {
      sum = 0;
      start = i + 1;
    } else if (sum > best) {
      best = sum;
      out = {start, i + 1};
    }
  }
  return out;
}

}  // namespace

double line_threshold(const cv::Mat1f& weight, double mm, double false_alarms) {
  // A line of length l and width w = 4 mm: area / (l w) places times pi l / (2 w) slopes, for each
  // of the lengths tried.
  constexpr double kWidth_mm = 4;
  const double area_mm2 = cv::sum(weight)[0] * mm * mm;
  const double places = static_cast<double>(std::size(kPieceCounts)) * area_mm2 * std::numbers::pi /
                        (2 * kWidth_mm * kWidth_mm);
  return kNoiseOfNoise * threshold_for(places, false_alarms);
}

std::vector<FoundLine> find_lines(const cv::Mat1f& excess, const cv::Mat1f& weight, double mm,
                                  const LineSearch& search) {
  const Sweep upright = make_sweep(excess, weight, mm, kProfileUpright_mm, search.keep_level);
  const Sweep level = make_sweep(excess.t(), weight.t(), mm, kProfileLevel_mm, search.keep_level);
  std::vector<LineCandidate> candidates;
  collect(upright, true, search.threshold, candidates);
  collect(level, false, search.threshold, candidates);
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const LineCandidate& a, const LineCandidate& b) { return a.score > b.score; });
  cv::Mat1b taken(excess.size(), std::uint8_t{0});
  std::vector<FoundLine> found;
  for (const auto& line : candidates) {
    const Sweep& s = line.upright ? upright : level;
    const int from = line.first_piece * s.piece;
    const int to = from + line.pieces * s.piece;
    const Trace core = trace_line(line, s, taken, from, to);
    if (core.counted < 0.6 * (to - from)) continue;
    double sum = 0;
    for (const float v : core.response) sum += static_cast<double>(v);
    // Rows are correlated: how much, the candidate's own score says where all of it is free.
    const Trace whole = trace_line(line, s, cv::Mat1b::zeros(taken.size()), from, to);
    double whole_sum = 0;
    for (const float v : whole.response) whole_sum += static_cast<double>(v);
    if (!(whole_sum > 0)) continue;
    const double score = line.score * (sum / whole_sum) *
                         std::sqrt(static_cast<double>(whole.counted) / core.counted);
    if (score < search.threshold) continue;
    const double usual = sum / core.counted;
    const int reach = 8 * s.piece;
    const int wide_from = std::max(0, from - reach);
    const int wide_to = std::min(s.response.rows, to + reach);
    const auto [first, last] = extent_of(trace_line(line, s, taken, wide_from, wide_to), usual);
    const int row_from = wide_from + first;
    const int row_to = wide_from + last;
    const auto point = [&](int row) {
      const double column = column_at(line, s, row);
      return line.upright ? cv::Point2d(column, row) : cv::Point2d(row, column);
    };
    FoundLine out;
    out.from = point(row_from);
    out.to = point(row_to);
    out.score = score;
    double raw = 0;
    int rows = 0;
    for (int r = row_from; r < row_to; ++r) {
      const int c = static_cast<int>(std::lround(column_at(line, s, r)));
      if (c < 0 || c >= s.response.cols || s.valid(r, c) == 0) continue;
      raw += static_cast<double>(s.response(r, c) * s.scale(r, c));
      ++rows;
    }
    if (rows > 0) {
      out.excess_mm = raw / rows * s.amplitude_per_sum * mm / std::hypot(1.0, line.slope);
    }
    const int band = static_cast<int>(std::lround(2 * kBandHalf_mm / mm));
    const double margin = 20 / mm;
    const double length = std::max(1.0, std::hypot(out.to.x - out.from.x, out.to.y - out.from.y));
    const cv::Point2d along = (out.to - out.from) * (margin / length);
    cv::line(taken, out.from - along, out.to + along, cv::Scalar(255), band);
    found.push_back(out);
    if (found.size() >= kLinesMax) break;
  }
  return found;
}

}  // namespace portcullis::imaging::qa
