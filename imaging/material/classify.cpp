#include "imaging/material/classify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

#include "core/assert.h"
#include "core/parallel.h"
#include "imaging/display/portable_math.h"

namespace portcullis::imaging {

namespace {

constexpr int kPad = 8;  ///< Cells beside each row, copies of the outermost one.
constexpr float kTransmissionFloor = 2e-6F;
constexpr float kSettled = 0.04F;  ///< Uncertainty of m at which a cell needs no more neighbours.
constexpr float kUnknown = 0.40F;  ///< Uncertainty of m past which no class is given.
constexpr float kScatter = 2e-4F;  ///< What scatter and dark drift leave of air, each energy.
constexpr float kBackgroundMin = 0.05F;  ///< H of a background: more than air's unevenness,
constexpr float kBackgroundMax = 0.60F;  ///< less than goods worth looking at.
constexpr float kBackgroundBin = 0.01F;
constexpr int kBackgroundBins = 55;
constexpr double kBackgroundHeight_mm = 100;
constexpr int kBackgroundReach = 50;  ///< Columns of cells that a missing background is taken over.
constexpr std::size_t kRowsAtOnce = 16;
/// Variance gain of the kernel after each pass, all taps alike: 4 pi sigma^2.
constexpr std::array<float, 4> kPassGain{6.3F, 31.0F, 132.0F, 534.0F};

struct Planes {
  int width = 0, height = 0, stride = 0;
  std::vector<float> high;       ///< H of the cell.
  std::vector<float> tolerance;  ///< How different in H a neighbour may be.
  std::vector<float> a, b;       ///< Information times m, information.
  std::vector<float> a2, b2;     ///< Of the pass being made.
  std::vector<float> kept;       ///< Product of the passes' shares of taps that were alike.
  std::vector<float> m, sigma;   ///< The answer; sigma below 0 while the cell still grows.
  std::vector<float> load;       ///< Share of H that stands before the background, 1 without one.
  std::vector<float> scatter;    ///< How much larger m is if scatter is what it may be.
  std::vector<float> given;      ///< H as neighbours compare with it; far off for cells at an edge.
  std::vector<float> uneven;     ///< Spread of H over 3 x 3 cells beyond noise.

  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(stride) +
           static_cast<std::size_t>(x + kPad);
  }
};

void for_rows(int rows, const std::function<void(int from, int to)>& body) {
  core::parallel_for(
      static_cast<std::size_t>(rows), kRowsAtOnce,
      [&](std::size_t a, std::size_t b) { body(static_cast<int>(a), static_cast<int>(b)); });
}

void pad_row(std::vector<float>& plane, const Planes& p, int y) {
  float* row = &plane[p.at(0, y)];
  for (int i = 1; i <= kPad; ++i) {
    row[-i] = row[0];
    row[p.width - 1 + i] = row[p.width - 1];
  }
}

/// Means of 2 x 2 pixels (fewer at the right and lower edge), linear transmission.
void make_cells(const ClassifyInput& in, const Planes& p, std::vector<float>& th,
                std::vector<float>& tl, std::vector<float>& bad_share) {
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      const std::size_t r0 = static_cast<std::size_t>(2 * y) * static_cast<std::size_t>(in.columns);
      const std::size_t r1 = 2 * y + 1 < in.rows ? r0 + static_cast<std::size_t>(in.columns) : r0;
      for (int x = 0; x < p.width; ++x) {
        const auto c0 = static_cast<std::size_t>(2 * x);
        const std::size_t c1 = 2 * x + 1 < in.columns ? c0 + 1 : c0;
        const std::size_t i = p.at(x, y);
        const auto& h = in.transmission_high;
        const auto& l = in.transmission_low;
        th[i] = 0.25F * ((h[r0 + c0] + h[r0 + c1]) + (h[r1 + c0] + h[r1 + c1]));
        tl[i] = 0.25F * ((l[r0 + c0] + l[r0 + c1]) + (l[r1 + c0] + l[r1 + c1]));
        bad_share[i] = 0.25F * static_cast<float>(in.bad[r0 + c0] + in.bad[r0 + c1] +
                                                  in.bad[r1 + c0] + in.bad[r1 + c1]);
      }
      pad_row(th, p, y);
      pad_row(tl, p, y);
    }
  });
}

/// Behind little transmission a cell's few photons would bias its logarithm: there the mean over
/// 3 x 3 cells takes its place, smoothly.
void steady_thick(const Planes& p, const std::vector<float>& t, std::vector<float>& out) {
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      const std::array<int, 3> ys{std::max(0, y - 1), y, std::min(p.height - 1, y + 1)};
      for (int x = 0; x < p.width; ++x) {
        const std::size_t i = p.at(x, y);
        out[i] = t[i];
        if (t[i] > 0.01F) continue;
        float sum = 0;
        for (const int yy : ys) {
          const float* row = &t[p.at(x, yy)];
          sum += (row[-1] + row[1]) + row[0];
        }
        const float mean = sum * (1.0F / 9.0F);
        const float trust = std::clamp((mean - 5e-4F) * (1.0F / 1.5e-3F), 0.0F, 1.0F);
        out[i] = trust * t[i] + (1.0F - trust) * mean;
      }
      pad_row(out, p, y);
    }
  });
}

constexpr auto kHeavy = static_cast<std::uint8_t>(Material::kHeavyMetal);
constexpr float kAtEdge = 1e6F;  ///< Unlike anything.
bool at_edge(float uneven, float high) {
  return uneven > 0.03F + 0.08F * std::max(high, 0.0F);
}

/// The information of each cell alone.
void measure_cells(const ClassifyInput& in, const MaterialCurves& curves,
                   const std::vector<float>& th, const std::vector<float>& tl,
                   const std::vector<float>& bad_share, Planes& p) {
  const double cell_mm2 = 4.0 * in.mm_per_px * in.mm_per_px;
  std::vector<float> line_spacing_mm(static_cast<std::size_t>(p.width),
                                     static_cast<float>(std::max(in.line_spacing_mm, 0.05)));
  if (!in.column_spacing_mm.empty()) {
    for (std::size_t x = 0; x < line_spacing_mm.size(); ++x) {
      const std::size_t right = std::min(2 * x + 1, static_cast<std::size_t>(in.columns) - 1);
      line_spacing_mm[x] =
          std::max(0.5F * (in.column_spacing_mm[2 * x] + in.column_spacing_mm[right]), 0.05F);
    }
  }
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      for (int x = 0; x < p.width; ++x)
        p.high[p.at(x, y)] = -portable_log(std::max(th[p.at(x, y)], kTransmissionFloor));
      pad_row(p.high, p, y);
    }
  });
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      const double spacing = static_cast<double>(
          in.ray_spacing_mm[static_cast<std::size_t>(std::min(2 * y, in.rows - 1))]);
      const auto row_share = static_cast<float>(spacing / cell_mm2);
      const auto row_ph = static_cast<float>(in.photon_high) * row_share;
      const auto row_pl = static_cast<float>(in.photon_low) * row_share;
      const auto row_eh = static_cast<float>(in.electronic_high) * row_share;
      const auto row_el = static_cast<float>(in.electronic_low) * row_share;
      const std::array<int, 3> ys{std::max(0, y - 1), y, std::min(p.height - 1, y + 1)};
      for (int x = 0; x < p.width; ++x) {
        const std::size_t i = p.at(x, y);
        const float between_lines = line_spacing_mm[static_cast<std::size_t>(x)];
        const float ph = row_ph * between_lines;
        const float pl = row_pl * between_lines;
        const float eh = row_eh * between_lines;
        const float el = row_el * between_lines;
        const float t_high = std::max(th[i], kTransmissionFloor);
        const float t_low = std::max(tl[i], kTransmissionFloor);
        const float high = p.high[i];
        const float low = -portable_log(t_low);
        const float variance_high = (ph + eh / t_high) / t_high;
        const float variance_low = (pl + el / t_low) / t_low;
        float sum = 0;
        float sum2 = 0;
        for (const int yy : ys) {
          const float* row = &p.high[p.at(x, yy)];
          for (int k = -1; k <= 1; ++k) {
            const float d = row[k] - high;
            sum += d;
            sum2 += d * d;
          }
        }
        const float mean = sum * (1.0F / 9.0F);
        // Unevenness that noise does not explain: an edge runs through or beside the cell.
        const float uneven =
            std::max(0.0F, sum2 * (1.0F / 9.0F) - mean * mean - 1.5F * variance_high);
        const auto point = curves.at(std::max(high, 0.0F));
        // Mean of unlike transmissions: L - R H falls short by R (R - 1) / 2 of their variance in
        // H. And at an edge the energies' pixels, which lie half a pulse apart, are never quite
        // alike.
        const float across_edge = 0.35F * uneven;
        float variance = variance_low + 1.44F * variance_high + across_edge * across_edge +
                         6e-4F * uneven + 1e-9F;
        variance *= 1.0F + 30.0F * bad_share[i];
        p.b[i] = point.span * point.span / variance;
        p.a[i] = (low - point.low_aluminium) * point.span / variance;
        p.tolerance[i] = 0.03F + 0.05F * std::max(high, 0.0F) + 3.0F * std::sqrt(variance_high) +
                         1.2F * std::sqrt(uneven);
        p.uneven[i] = std::sqrt(uneven);
        // A cell at an edge takes from its neighbours and gives nothing: what it took from one side
        // it would hand on to the other.
        p.given[i] = at_edge(p.uneven[i], high) ? kAtEdge : high;
        p.kept[i] = 1.0F;
        p.m[i] = 0.0F;
        p.sigma[i] = -1.0F;
        p.scatter[i] = std::max(0.0F, kScatter / t_low - 1.2F * kScatter / t_high) / point.span;
      }
      pad_row(p.a, p, y);
      pad_row(p.b, p, y);
      pad_row(p.given, p, y);
    }
  });
}

/// The even thin thing that stands along a whole column: a container's walls.
struct Background {
  float high = 0;  ///< H of a level ray; 0: none seen.
  float m = 0;
};

/// The thinnest H that a column of cells shows over enough height, and its m.
Background column_background(const Planes& p, const std::vector<float>& obliquity, int x,
                             int cells_min) {
  std::array<int, kBackgroundBins + 2> histogram{};
  const auto bin_of = [&](int y) {
    const float level = p.high[p.at(x, y)] / obliquity[static_cast<std::size_t>(y)];
    if (!(level >= kBackgroundMin) || level >= kBackgroundMax) return -1;
    if (at_edge(p.uneven[p.at(x, y)], level)) return -1;
    return static_cast<int>((level - kBackgroundMin) / kBackgroundBin);
  };
  for (int y = 0; y < p.height; ++y) {
    const int bin = bin_of(y);
    if (bin >= 0 && bin < kBackgroundBins) ++histogram[static_cast<std::size_t>(bin) + 1];
  }
  for (int bin = 0; bin < kBackgroundBins; ++bin) {
    const auto i = static_cast<std::size_t>(bin) + 1;
    if (histogram[i - 1] + histogram[i] + histogram[i + 1] < cells_min) continue;
    // The peak is here or one further on.
    const int peak = bin + 1 < kBackgroundBins && histogram[i + 1] > histogram[i] ? bin + 1 : bin;
    double level = 0, a = 0, b = 0;
    int count = 0;
    for (int y = 0; y < p.height; ++y) {
      const int at = bin_of(y);
      if (at < 0 || std::abs(at - peak) > 1) continue;
      const std::size_t cell = p.at(x, y);
      level += static_cast<double>(p.high[cell] / obliquity[static_cast<std::size_t>(y)]);
      a += static_cast<double>(p.a[cell]);
      b += static_cast<double>(p.b[cell]);
      ++count;
    }
    if (count < cells_min || !(b > 0)) continue;
    return {static_cast<float>(level / count), static_cast<float>(a / b)};
  }
  return {};
}

/// A background per column of cells; one that shows none takes its nearest neighbour's. m is
/// averaged over neighbours with a background of like thickness.
std::vector<Background> find_backgrounds(const ClassifyInput& in, const Planes& p,
                                         const std::vector<float>& obliquity) {
  std::vector<Background> seen(static_cast<std::size_t>(p.width));
  const int cells_min = std::max(6, static_cast<int>(kBackgroundHeight_mm / (2 * in.mm_per_px)));
  core::parallel_for(seen.size(), 64, [&](std::size_t from, std::size_t to) {
    for (std::size_t x = from; x < to; ++x)
      seen[x] = column_background(p, obliquity, static_cast<int>(x), cells_min);
  });
  std::vector<Background> out(seen.size());
  for (int x = 0; x < p.width; ++x) {
    const Background* nearest = nullptr;
    for (int d = 0; d <= kBackgroundReach && nearest == nullptr; ++d) {
      for (const int other : {x - d, x + d}) {
        if (other < 0 || other >= p.width || seen[static_cast<std::size_t>(other)].high <= 0)
          continue;
        nearest = &seen[static_cast<std::size_t>(other)];
        break;
      }
    }
    if (nearest == nullptr) continue;
    double sum = 0;
    int count = 0;
    for (int other = std::max(0, x - 15); other <= std::min(p.width - 1, x + 15); ++other) {
      const Background& b = seen[static_cast<std::size_t>(other)];
      if (b.high <= 0 || std::abs(b.high - nearest->high) > 0.3F * nearest->high) continue;
      sum += static_cast<double>(b.m);
      ++count;
    }
    const float m = count > 0 ? static_cast<float>(sum / count) : nearest->m;
    out[static_cast<std::size_t>(x)] = {nearest->high, std::clamp(m, -0.65F, 0.5F)};
  }
  return out;
}

/// How much of each cell's H is not background.
void mark_load(const std::vector<Background>& background, const std::vector<float>& obliquity,
               Planes& p) {
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      for (int x = 0; x < p.width; ++x) {
        const std::size_t i = p.at(x, y);
        const float behind =
            background[static_cast<std::size_t>(x)].high * obliquity[static_cast<std::size_t>(y)];
        const float high = p.high[i];
        // What is hardly thicker than the background is the background.
        p.load[i] = behind > 0 && high > 1.35F * behind && high > behind + 0.05F
                        ? (high - behind) / high
                        : 1.0F;
      }
    }
  });
}

/// Takes the answer of each cell that is settled, or of all at the end.
void settle(Planes& p, float gain, bool last) {
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      for (int x = 0; x < p.width; ++x) {
        const std::size_t i = p.at(x, y);
        if (p.sigma[i] >= 0) continue;
        const float cells = 1.0F + (gain - 1.0F) * p.kept[i];
        const float information = p.b[i] * cells;
        // The background's share taken out, m of the load is that much less sure.
        if (!last && information * p.load[i] * p.load[i] < 1.0F / (kSettled * kSettled)) continue;
        p.m[i] = p.b[i] > 0 ? p.a[i] / p.b[i] : 0.0F;
        p.sigma[i] = information > 1e-4F ? 1.0F / std::sqrt(information) : 100.0F;
      }
    }
  });
}

/// One pass of the wavelet: taps `step` cells apart.
void smooth_pass(Planes& p, int step) {
  for_rows(p.height, [&](int from, int to) {
    std::vector<float> sum_w(static_cast<std::size_t>(p.width));
    std::vector<float> sum_a(sum_w.size());
    std::vector<float> sum_b(sum_w.size());
    for (int y = from; y < to; ++y) {
      std::fill(sum_w.begin(), sum_w.end(), 0.0F);
      std::fill(sum_a.begin(), sum_a.end(), 0.0F);
      std::fill(sum_b.begin(), sum_b.end(), 0.0F);
      const float* high = &p.high[p.at(0, y)];
      const float* tolerance = &p.tolerance[p.at(0, y)];
      for (int dy = -1; dy <= 1; ++dy) {
        const int yy = std::clamp(y + dy * step, 0, p.height - 1);
        for (int dx = -1; dx <= 1; ++dx) {
          const float kernel = (dy == 0 ? 2.0F : 1.0F) * (dx == 0 ? 2.0F : 1.0F) * (1.0F / 16.0F);
          const bool itself = dy == 0 && dx == 0;
          const float* nh = itself ? high : &p.given[p.at(0, yy)] + dx * step;
          const float* na = &p.a[p.at(0, yy)] + dx * step;
          const float* nb = &p.b[p.at(0, yy)] + dx * step;
          float* sw = sum_w.data();
          float* sa = sum_a.data();
          float* sb = sum_b.data();
          for (int x = 0; x < p.width; ++x) {
            const float apart = (nh[x] - high[x]) / tolerance[x];
            const float alike = std::max(0.0F, 1.0F - apart * apart);
            const float w = kernel * alike * alike;
            sw[x] += w;
            sa[x] += w * na[x];
            sb[x] += w * nb[x];
          }
        }
      }
      float* a2 = &p.a2[p.at(0, y)];
      float* b2 = &p.b2[p.at(0, y)];
      float* kept = &p.kept[p.at(0, y)];
      for (int x = 0; x < p.width; ++x) {
        const float w = sum_w[static_cast<std::size_t>(x)];  // at least the centre's 1/4
        a2[x] = sum_a[static_cast<std::size_t>(x)] / w;
        b2[x] = sum_b[static_cast<std::size_t>(x)] / w;
        kept[x] *= w;
      }
      pad_row(p.a2, p, y);
      pad_row(p.b2, p, y);
    }
  });
  std::swap(p.a, p.a2);
  std::swap(p.b, p.b2);
}

/// Normal distribution function by the logistic curve of D. Zogheib and M. Hlynka (2009), within
/// 0.002: enough for a confidence, and the same on every machine.
float normal_below(float z) {
  if (z > 5) return 1.0F;
  if (z < -5) return 0.0F;
  const double u =
      static_cast<double>(z) * (1.5976 + 0.07056 * static_cast<double>(z) * static_cast<double>(z));
  // exp(-u) as (exp(-u / 1024))^1024 of its series: plain arithmetic only.
  double e = 1.0 - u / 1024.0 + u * u / (2.0 * 1024.0 * 1024.0);
  for (int i = 0; i < 10; ++i) e *= e;
  return static_cast<float>(1.0 / (1.0 + e));
}

struct CellClass {
  std::uint8_t material = 0;
  float confidence = 0;
};

CellClass class_of(const MaterialCurves& curves, float high, float m, float sigma) {
  if (high < kTooThin_attenuation) return {static_cast<std::uint8_t>(Material::kNone), 1.0F};
  if (high > kTooThick_attenuation) return {static_cast<std::uint8_t>(Material::kTooThick), 1.0F};
  if (sigma > kUnknown) {
    const auto unknown = high > 4.0F ? Material::kTooThick : Material::kNone;
    return {static_cast<std::uint8_t>(unknown), 0.5F};
  }
  const auto point = curves.at(high);
  const auto edge = curves.boundaries(point);
  // Matter differs within a class, and curves have errors of their own.
  const float spread = std::sqrt(sigma * sigma + 0.05F * 0.05F);
  const float above_organic = 1.0F - normal_below((edge.organic - m) / spread);
  const float above_light = 1.0F - normal_below((edge.light - m) / spread);
  const float above_metal = 1.0F - normal_below((edge.metal - m) / spread);
  if (m > edge.organic) return {static_cast<std::uint8_t>(Material::kOrganic), above_organic};
  if (m > edge.light)
    return {static_cast<std::uint8_t>(Material::kLightInorganic), above_light - above_organic};
  if (m > edge.metal) {
    float confidence = above_metal - above_light;
    // "Metal, heavy not excluded": lead's curve is within reach.
    if (edge.metal < -100.0F && curves.has_lead()) confidence = std::min(confidence, 0.5F);
    return {static_cast<std::uint8_t>(Material::kMetal), confidence};
  }
  return {static_cast<std::uint8_t>(Material::kHeavyMetal), 1.0F - above_metal};
}

/// Classes of cells from m, sigma and the backgrounds; draws m together for the mass.
void class_cells(const MaterialCurves& curves, const std::vector<Background>& background, Planes& p,
                 std::vector<std::uint8_t>& material, std::vector<float>& confidence) {
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      for (int x = 0; x < p.width; ++x) {
        const std::size_t i = p.at(x, y);
        const float sigma2 = p.sigma[i] * p.sigma[i];
        const float load = p.load[i];
        // At one thickness m mixes by shares of H.
        const float behind_m = background[static_cast<std::size_t>(x)].m;
        const float m = load < 1.0F ? (p.m[i] - behind_m * (1.0F - load)) / load : p.m[i];
        const float behind_error = 0.15F * (1.0F - load) / load;
        const float sigma = std::sqrt(sigma2 / (load * load) + behind_error * behind_error);
        auto answer = class_of(curves, p.high[i], m, sigma);
        if (p.scatter[i] > 0.1F && answer.material != 0) {
          // Scatter makes thick things look heavier: what is only true without it is not said.
          const auto cleared = class_of(curves, p.high[i], m + p.scatter[i], sigma);
          if (cleared.material != answer.material)
            answer = {static_cast<std::uint8_t>(Material::kTooThick), 0.5F};
        }
        material[i] = answer.material;
        confidence[i] = answer.confidence;
        // For the mass: what is not known of m is drawn to the middle of what is shipped.
        const float scatter = 0.5F * p.scatter[i];
        p.m[i] = (p.m[i] + std::min(scatter, 0.5F)) *
                 (0.25F / (0.25F + sigma2 + 4.0F * scatter * scatter));
      }
    }
  });
}

/// Single cells that differ from all around, and cells at an edge that could not be classed, take
/// the class most of their likes have: neighbours (5 x 5) weighted by confidence and by being no
/// thinner.
void tidy_classes(const Planes& p, const std::vector<std::uint8_t>& material,
                  const std::vector<float>& confidence, std::vector<std::uint8_t>& material_out,
                  std::vector<float>& confidence_out) {
  for_rows(p.height, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      for (int x = 0; x < p.width; ++x) {
        const std::size_t i = p.at(x, y);
        material_out[i] = material[i];
        confidence_out[i] = confidence[i];
        const float high = p.high[i];
        if (high < kTooThin_attenuation || high > kTooThick_attenuation) continue;
        // A thin line or an edge lets part of the beam by and looks heavier than it is: heavy metal
        // is said only where an even place nearby says so too.
        std::uint8_t own = material[i];
        if (own == kHeavy && at_edge(p.uneven[i], high)) {
          bool borne_out = false;
          for (int yy = std::max(0, y - 2); yy <= std::min(p.height - 1, y + 2); ++yy) {
            for (int xx = std::max(0, x - 2); xx <= std::min(p.width - 1, x + 2); ++xx) {
              const std::size_t j = p.at(xx, yy);
              borne_out = borne_out || (material[j] == kHeavy && !at_edge(p.uneven[j], p.high[j]));
            }
          }
          if (!borne_out) {
            own = static_cast<std::uint8_t>(Material::kMetal);
            material_out[i] = own;
            confidence_out[i] = std::min(0.5F, confidence[i]);
          }
        }
        int same = 0;
        const int x0 = std::max(0, x - 1), x1 = std::min(p.width - 1, x + 1);
        for (int yy = std::max(0, y - 1); yy <= std::min(p.height - 1, y + 1); ++yy) {
          for (int xx = x0; xx <= x1; ++xx) same += material[p.at(xx, yy)] == own ? 1 : 0;
        }
        const bool unknown = own == 0;
        if (!unknown && same >= 5) continue;
        std::array<float, 6> votes{};
        for (int yy = std::max(0, y - 2); yy <= std::min(p.height - 1, y + 2); ++yy) {
          for (int xx = std::max(0, x - 2); xx <= std::min(p.width - 1, x + 2); ++xx) {
            const std::size_t j = p.at(xx, yy);
            if (material[j] == 0 || p.high[j] < 0.7F * high) continue;
            if (material[j] == kHeavy && at_edge(p.uneven[j], p.high[j])) continue;
            // Much thicker neighbours say what an edge belongs to; a like one says what this is.
            // Its own class counts half: it is what is in doubt.
            votes[material[j]] += confidence[j] * (p.high[j] < 1.5F * high ? 2.0F : 1.0F) *
                                  (material[j] == own ? 0.5F : 1.0F);
          }
        }
        const auto best =
            static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
        if (votes[best] < 1.0F) continue;
        if (best == static_cast<std::size_t>(Material::kTooThick))
          continue;  // it was not too thick itself
        if (best == own) continue;
        material_out[i] = static_cast<std::uint8_t>(best);
        confidence_out[i] = std::min(0.5F, votes[best] / 25.0F);
      }
    }
  });
}

}  // namespace

ClassifyOutput classify(const ClassifyInput& in, const MaterialCurves& curves) {
  PC_ASSERT(in.columns > 0 && in.rows > 0 && in.mm_per_px > 0);
  const auto count = static_cast<std::size_t>(in.columns) * static_cast<std::size_t>(in.rows);
  PC_ASSERT(in.transmission_high.size() == count && in.transmission_low.size() == count &&
            in.bad.size() == count);
  PC_ASSERT(in.ray_spacing_mm.size() == static_cast<std::size_t>(in.rows));
  PC_ASSERT(in.obliquity.size() == static_cast<std::size_t>(in.rows));
  PC_ASSERT(in.column_spacing_mm.empty() ||
            in.column_spacing_mm.size() == static_cast<std::size_t>(in.columns));
  Planes p;
  p.width = (in.columns + 1) / 2;
  p.height = (in.rows + 1) / 2;
  p.stride = p.width + 2 * kPad;
  const std::size_t cells = static_cast<std::size_t>(p.stride) * static_cast<std::size_t>(p.height);
  for (auto* plane : {&p.high, &p.tolerance, &p.a, &p.b, &p.a2, &p.b2, &p.kept, &p.m, &p.sigma,
                      &p.load, &p.scatter, &p.given, &p.uneven})
    plane->resize(cells);
  std::vector<float> steady_high(cells);
  {
    std::vector<float> th(cells), tl(cells), bad_share(cells), steady_low(cells);
    make_cells(in, p, th, tl, bad_share);
    steady_thick(p, th, steady_high);
    steady_thick(p, tl, steady_low);
    measure_cells(in, curves, steady_high, steady_low, bad_share, p);
  }
  std::vector<float> obliquity(static_cast<std::size_t>(p.height));
  for (std::size_t y = 0; y < obliquity.size(); ++y) obliquity[y] = in.obliquity[2 * y];
  const auto background = find_backgrounds(in, p, obliquity);
  mark_load(background, obliquity, p);
  if (in.denoise) {
    settle(p, 1.0F, false);
    for (std::size_t pass = 0; pass < kPassGain.size(); ++pass) {
      smooth_pass(p, 1 << pass);
      settle(p, kPassGain[pass], pass + 1 == kPassGain.size());
    }
  } else {
    settle(p, 1.0F, true);
  }

  std::vector<std::uint8_t> cell_class(cells), tidy_class(cells);
  std::vector<float> cell_confidence(cells), tidy_confidence(cells);
  class_cells(curves, background, p, cell_class, cell_confidence);
  if (in.denoise) {
    tidy_classes(p, cell_class, cell_confidence, tidy_class, tidy_confidence);
    std::swap(cell_class, tidy_class);
    std::swap(cell_confidence, tidy_confidence);
  }

  ClassifyOutput out;
  out.material.resize(count);
  out.confidence.resize(count);
  out.mass_g_cm2.resize(count);
  for_rows(in.rows, [&](int from, int to) {
    for (int y = from; y < to; ++y) {
      const int cy = y / 2;
      const int cy2 = std::clamp((y & 1) != 0 ? cy + 1 : cy - 1, 0, p.height - 1);
      for (int x = 0; x < in.columns; ++x) {
        const std::size_t i = static_cast<std::size_t>(y) * static_cast<std::size_t>(in.columns) +
                              static_cast<std::size_t>(x);
        const int cx = x / 2;
        const int cx2 = std::clamp((x & 1) != 0 ? cx + 1 : cx - 1, 0, p.width - 1);
        const float high = -portable_log(std::max(in.transmission_high[i], kTransmissionFloor));
        std::size_t best = p.at(cx, cy);
        // The pixel's own cell unless another is clearly more alike.
        float apart = std::abs(p.high[best] - high) - 0.3F * p.tolerance[best];
        for (const std::size_t other : {p.at(cx2, cy), p.at(cx, cy2), p.at(cx2, cy2)}) {
          const float d = std::abs(p.high[other] - high);
          if (d < apart) {
            apart = d;
            best = other;
          }
        }
        out.material[i] = cell_class[best];
        out.confidence[i] = cell_confidence[best];
        const bool thick = steady_high[p.at(cx, cy)] < 1e-3F;
        out.mass_g_cm2[i] = curves.mass_g_cm2(thick ? p.high[p.at(cx, cy)] : high, p.m[best]);
      }
    }
  });
  return out;
}

}  // namespace portcullis::imaging
