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
#include "imaging/material/background.h"
#include "imaging/material/neighbourhood.h"

namespace portcullis::imaging {

namespace {

constexpr int kSmallCell = 4;          ///< Pixels of a cell's side in the wide average,
constexpr int kLargeCell = 8;          ///< and in the search for layers.
constexpr int kLayerReach = 4;         ///< Large cells at most,
constexpr double kLayerReach_mm = 64;  ///< and no further than this.
constexpr double kLayerHeight_mm = 100;
constexpr float kLayerError =
    0.05F;  ///< Of a layer's m behind other places than those that show it.
constexpr std::size_t kRowsAtOnce = 16;
/// Information (1 / variance of m) at which 7 x 7 pixels are enough, sigma 0.075; a class is given
/// from sigma 0.16 on.
constexpr float kSettled = 1.0F / (0.075F * 0.075F);
constexpr float kKnown = 1.0F / (0.16F * 0.16F);
constexpr float kThickTransmission = 2e-3F;  ///< Below, areal density is of smoothed transmission.
constexpr float kCurveError2 = 0.05F * 0.05F;  ///< Matter differs within a class, and curves err.

constexpr auto kNone = static_cast<std::uint8_t>(Material::kNone);
constexpr auto kMetal = static_cast<std::uint8_t>(Material::kMetal);
constexpr auto kHeavy = static_cast<std::uint8_t>(Material::kHeavyMetal);
constexpr auto kTooThick = static_cast<std::uint8_t>(Material::kTooThick);

void for_rows(int rows, const std::function<void(int from, int to)>& body) {
  core::parallel_for(
      static_cast<std::size_t>(rows), kRowsAtOnce,
      [&](std::size_t a, std::size_t b) { body(static_cast<int>(a), static_cast<int>(b)); });
}

/// Normal distribution function by the logistic curve of D. Zogheib and M. Hlynka (2009), within
/// 0.002: enough for a confidence. Made by plain arithmetic, the same on every machine, and read
/// from a table.
class NormalTable final {
 public:
  NormalTable() {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double z = (static_cast<double>(i) - 320.0) / 64.0;
      const double u = z * (1.5976 + 0.07056 * z * z);
      // exp(-u) as (exp(-u / 1024))^1024 of its series.
      double e = 1.0 - u / 1024.0 + u * u / (2.0 * 1024.0 * 1024.0);
      for (int k = 0; k < 10; ++k) e *= e;
      values_[i] = static_cast<float>(1.0 / (1.0 + e));
    }
  }
  [[nodiscard]] float below(float z) const {
    const float place = z * kPerUnit + (kMiddle + 0.5F);
    const float held = place > 0 ? (place < 2 * kMiddle ? place : 2 * kMiddle) : 0.0F;
    return values_[static_cast<std::size_t>(held)];
  }

 private:
  static constexpr float kPerUnit = 64, kMiddle = 5 * kPerUnit;
  std::array<float, 641> values_{};
};

RowNoise row_noise(const ClassifyInput& in, int y) {
  // The mean over n pixels has variance photon * T * share / n: share is how much of a pixel one
  // detector pixel's pulse covers.
  const double share = static_cast<double>(in.ray_spacing_mm[static_cast<std::size_t>(y)]) /
                       (in.mm_per_px * in.mm_per_px);
  return {static_cast<float>(in.photon_high * share), static_cast<float>(in.photon_low * share),
          static_cast<float>(in.electronic_high * share),
          static_cast<float>(in.electronic_low * share)};
}

/// H, m and information of every pixel or cell.
struct Measured {
  PaddedPlane high, m, information;
};

SmoothPlanes make_planes(int width, int height) {
  SmoothPlanes p;
  for (auto* plane : {&p.high, &p.low, &p.guide, &p.given, &p.alike})
    *plane = PaddedPlane(width, height);
  p.spacing_mm.assign(static_cast<std::size_t>(width + 2 * PaddedPlane::kPad + 16), 1.0F);
  return p;
}

Measured make_measured(int width, int height) {
  return {PaddedPlane(width, height), PaddedPlane(width, height), PaddedPlane(width, height)};
}

/// Guides and edges of what stands in planes.high and .low already.
void prepare(SmoothPlanes& p, const std::function<RowNoise(int y)>& noise,
             const std::function<const float*(int y, std::vector<float>& scratch)>& bad) {
  for_rows(p.high.height(), [&](int from, int to) {
    for (int y = from; y < to; ++y) guide_row(p, noise(y), y);
  });
  for_rows(p.high.height(), [&](int from, int to) {
    std::vector<float> scratch;
    for (int y = from; y < to; ++y) given_row(p, bad(y, scratch), y);
  });
}

class Classifier {
 public:
  Classifier(const ClassifyInput& in, const MaterialCurves& curves) : in_(in), curves_(curves) {}

  ClassifyOutput run() {
    const auto count = static_cast<std::size_t>(in_.columns) * static_cast<std::size_t>(in_.rows);
    phase_ = static_cast<int>(((in_.column_first % kLargeCell) + kLargeCell) % kLargeCell);
    measure_pixels();
    make_small_cells();
    if (in_.denoise && in_.wide) measure_small_cells();
    find_background();
    out_.material.resize(count);
    out_.confidence.resize(count);
    out_.mass_g_cm2.resize(count);
    out_.marks.resize(count);
    out_.effective_z_halves.resize(count);
    edge_.resize(count);
    for_rows(in_.rows, [&](int from, int to) {
      for (int y = from; y < to; ++y) class_row(y);
    });
    if (in_.denoise) {
      // Classes as they were before edges asked for them: the answer does not depend on the order.
      const auto before = out_.material;
      for_rows(in_.rows, [&](int from, int to) {
        for (int y = from; y < to; ++y) edge_row(y, before);
      });
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(in_.columns) +
           static_cast<std::size_t>(x);
  }

  void measure_pixels() {
    p_ = make_planes(in_.columns, in_.rows);
    p_.spacing_mm.assign(p_.spacing_mm.size(),
                         static_cast<float>(std::max(in_.line_spacing_mm, 0.05)));
    for (std::size_t x = 0; x < in_.column_spacing_mm.size(); ++x)
      p_.spacing_mm[x] = std::max(in_.column_spacing_mm[x], 0.05F);
    pixel_ = make_measured(in_.columns, in_.rows);
    for_rows(in_.rows, [&](int from, int to) {
      for (int y = from; y < to; ++y) {
        for (auto [plane, values] : {std::pair{&p_.high, &in_.transmission_high},
                                     std::pair{&p_.low, &in_.transmission_low}}) {
          std::copy_n(values->begin() + static_cast<std::ptrdiff_t>(at(0, y)), in_.columns,
                      plane->row(y));
          plane->pad(y, (*plane)(0, y), (*plane)(in_.columns - 1, y));
        }
      }
    });
    prepare(
        p_, [&](int y) { return row_noise(in_, y); },
        [&](int y, std::vector<float>& scratch) {
          const auto* bad = &in_.bad[at(0, y)];
          scratch.assign(static_cast<std::size_t>(in_.columns + 32), 0.0F);
          for (int x = 0; x < in_.columns; ++x)
            scratch[static_cast<std::size_t>(x)] = bad[x] != 0 ? 1.0F : 0.0F;
          return static_cast<const float*>(scratch.data());
        });
    for_rows(in_.rows, [&](int from, int to) {
      for (int y = from; y < to; ++y) {
        measure_row(p_, curves_, row_noise(in_, y), 1.0F, !in_.denoise, y, pixel_.high.row(y),
                    pixel_.m.row(y), pixel_.information.row(y));
      }
    });
  }

  /// Means of 4 x 4 pixels; those at edges left out.
  void make_small_cells() {
    const int width = (in_.columns + phase_ + kSmallCell - 1) / kSmallCell;
    const int height = (in_.rows + kSmallCell - 1) / kSmallCell;
    c_ = make_planes(width, height);
    silent_ = PaddedPlane(width, height);
    for (int x = 0; x < width; ++x)
      c_.spacing_mm[static_cast<std::size_t>(x)] = spacing_at(x * kSmallCell - phase_);
    for_rows(height, [&](int from, int to) {
      for (int y = from; y < to; ++y) {
        for (int x = 0; x < width; ++x) make_small_cell(x, y);
        c_.high.pad(y, c_.high(0, y), c_.high(width - 1, y));
        c_.low.pad(y, c_.low(0, y), c_.low(width - 1, y));
        silent_.pad(y, 1.0F, 1.0F);
      }
    });
  }

  [[nodiscard]] float spacing_at(int column) const {
    return p_.spacing_mm[static_cast<std::size_t>(std::clamp(column, 0, in_.columns - 1))];
  }

  void make_small_cell(int x, int y) {
    const int x0 = std::max(0, x * kSmallCell - phase_);
    const int x1 = std::min(in_.columns, (x + 1) * kSmallCell - phase_);
    const int y0 = y * kSmallCell;
    const int y1 = std::min(in_.rows, y0 + kSmallCell);
    float high = 0, low = 0, least = kFarOff, most = -kFarOff;
    int count = 0;
    for (int yy = y0; yy < y1; ++yy) {
      const float* given = p_.given.row(yy);
      const float* row_high = p_.high.row(yy);
      const float* row_low = p_.low.row(yy);
      for (int xx = x0; xx < x1; ++xx) {
        if (given[xx] >= kFarOff) continue;
        high += row_high[xx];
        low += row_low[xx];
        least = std::min(least, given[xx]);
        most = std::max(most, given[xx]);
        ++count;
      }
    }
    if (count == 0) {
      // For the guides of its neighbours alone.
      c_.high(x, y) = p_.high(x0, y0);
      c_.low(x, y) = p_.low(x0, y0);
      silent_(x, y) = 1.0F;
      return;
    }
    const float part = 1.0F / static_cast<float>(count);
    c_.high(x, y) = high * part;
    c_.low(x, y) = low * part;
    const float room = 2.0F / std::sqrt(p_.alike(x0, y0));
    silent_(x, y) = count < 8 || most - least > room ? 1.0F : 0.0F;
  }

  void measure_small_cells() {
    const auto noise = [&](int y) {
      return row_noise(in_, std::min(in_.rows - 1, y * kSmallCell));
    };
    cell_ = make_measured(c_.high.width(), c_.high.height());
    // A cell of 16 pixels stands for itself: its guide is its own, not that of 3 x 3 cells.
    for_rows(c_.high.height(), [&](int from, int to) {
      for (int y = from; y < to; ++y) {
        for (int x = 0; x < c_.high.width(); ++x) {
          const float t = std::max(0.5F * (c_.high(x, y) + c_.low(x, y)), kTransmissionFloor);
          const float guide = -portable_log(t);
          c_.guide(x, y) = guide;
          c_.given(x, y) = silent_(x, y) > 0 ? kFarOff : guide;
          const RowNoise n = noise(y);
          const float variance =
              (n.photon_high + n.photon_low + (n.electronic_high + n.electronic_low) / t) / t *
              (2.0F / 64.0F) * c_.spacing_mm[static_cast<std::size_t>(x)];
          const float tolerance =
              0.03F + 0.05F * std::max(guide, 0.0F) + 4.0F * std::sqrt(variance);
          c_.alike(x, y) = 1.0F / (tolerance * tolerance);
        }
        c_.given.pad(y, kFarOff, kFarOff);
      }
    });
    for_rows(c_.high.height(), [&](int from, int to) {
      for (int y = from; y < to; ++y) {
        measure_row(c_, curves_, noise(y), kSmallCell * kSmallCell, false, y, cell_.high.row(y),
                    cell_.m.row(y), cell_.information.row(y));
      }
    });
  }

  void find_background() {
    CellPlanes cells;
    cells.width = (in_.columns + phase_ + kLargeCell - 1) / kLargeCell;
    cells.height = (in_.rows + kLargeCell - 1) / kLargeCell;
    const auto count =
        static_cast<std::size_t>(cells.width) * static_cast<std::size_t>(cells.height);
    for (auto* plane : {&cells.high, &cells.m, &cells.information}) plane->resize(count);
    cells.even.resize(count);
    for_rows(cells.height, [&](int from, int to) {
      for (int y = from; y < to; ++y) {
        const RowNoise noise = row_noise(in_, std::min(in_.rows - 1, y * kLargeCell));
        for (int x = 0; x < cells.width; ++x) make_large_cell(x, y, noise, cells);
      }
    });
    std::vector<float> obliquity(static_cast<std::size_t>(cells.height));
    for (std::size_t y = 0; y < obliquity.size(); ++y)
      obliquity[y] = in_.obliquity[std::min<std::size_t>(static_cast<std::size_t>(in_.rows) - 1,
                                                         y * kLargeCell + kLargeCell / 2)];
    const int cells_min =
        std::max(2, static_cast<int>(kLayerHeight_mm / (kLargeCell * in_.mm_per_px)));
    const int reach =
        std::clamp(static_cast<int>(kLayerReach_mm / (kLargeCell * in_.mm_per_px)), 1, kLayerReach);
    layer_ = find_layers(cells, obliquity, cells_min, reach);
    layer_width_ = cells.width;
  }

  void make_large_cell(int x, int y, const RowNoise& noise, CellPlanes& cells) const {
    float high = 0, low = 0, least = 2.0F, most = -1.0F;
    int count = 0;
    for (int yy = 2 * y; yy < std::min(c_.high.height(), 2 * y + 2); ++yy) {
      for (int xx = 2 * x; xx < std::min(c_.high.width(), 2 * x + 2); ++xx) {
        if (silent_(xx, yy) > 0) continue;
        high += c_.high(xx, yy);
        low += c_.low(xx, yy);
        least = std::min(least, c_.high(xx, yy));
        most = std::max(most, c_.high(xx, yy));
        ++count;
      }
    }
    const std::size_t i = cells.at(x, y);
    cells.even[i] = 0;
    if (count == 0) return;
    const float part = 1.0F / static_cast<float>(count);
    const float t_high = std::max(high * part, kTransmissionFloor);
    const float t_low = std::max(low * part, kTransmissionFloor);
    const float h = -portable_log(t_high);
    const MaterialCurves::Look& look = curves_.look(h);
    cells.high[i] = h;
    cells.m[i] = (-portable_log(t_low) - MaterialCurves::kLowSlope * h - look.low_offset) *
                 look.span_inverse;
    const float variance =
        look.noise * (noise.photon_low / t_low + 1.42F * noise.photon_high / t_high) +
        noise.electronic_low / (t_low * t_low) + 1.42F * noise.electronic_high / (t_high * t_high);
    cells.information[i] = 16.0F * static_cast<float>(count) /
                           (look.span_inverse * look.span_inverse * variance *
                                spacing_at(x * kLargeCell - phase_ + kLargeCell / 2) +
                            1e-12F);
    cells.even[i] = count >= 3 && most - least < 0.08F * most + 0.01F ? 1 : 0;
  }

  /// What stands behind a pixel, of its large cell or of one beside it.
  [[nodiscard]] Layer layer_at(int x, int y, float high) const {
    const Layer& own =
        layer_[static_cast<std::size_t>(y / kLargeCell) * static_cast<std::size_t>(layer_width_) +
               static_cast<std::size_t>((x + phase_) / kLargeCell)];
    // What is hardly thicker than the layer is the layer.
    if (own.high > 0 && high > 1.35F * own.high && high > own.high + 0.05F) return own;
    return {};
  }

  /// m and information of the pixel, by 7 x 7 pixels or, where that is not enough, by the cells.
  void settle(int x, int y, float enough, float& m, float& information) const {
    m = pixel_.m(x, y);
    information = pixel_.information(x, y);
    if (information >= enough || !in_.denoise || !in_.wide) return;
    const float guide = p_.guide(x, y);
    const float alike = p_.alike(x, y);
    const int cx = (x + phase_) / kSmallCell;
    const int cy = y / kSmallCell;
    const int ox = std::clamp(((x + phase_) % kSmallCell) < kSmallCell / 2 ? cx - 1 : cx + 1, 0,
                              c_.high.width() - 1);
    const int oy =
        std::clamp((y % kSmallCell) < kSmallCell / 2 ? cy - 1 : cy + 1, 0, c_.high.height() - 1);
    for (const auto& [kx, ky] :
         {std::pair{cx, cy}, std::pair{ox, cy}, std::pair{cx, oy}, std::pair{ox, oy}}) {
      const float apart = c_.guide(kx, ky) - guide;
      const float likeness = 1.0F - apart * apart * alike;
      if (silent_(kx, ky) > 0 || likeness < 0.2F) continue;
      if (const float worth = cell_.information(kx, ky) * likeness; worth > information) {
        information = worth;
        m = cell_.m(kx, ky);
      }
    }
  }

  struct Answer {
    std::uint8_t material = kNone, marks = 0;
    float confidence = 0;
  };

  [[nodiscard]] Answer class_of(const MaterialCurves::Look& look, float high, float m,
                                float information) const {
    Answer a;
    if (high > kTooThick_attenuation) return {kTooThick, 0, 1.0F};
    const float spread_inverse = 1.0F / std::sqrt(1.0F / information + kCurveError2);
    // Within two standard deviations of what heavy metal may look like.
    if (m - 2.0F / std::sqrt(information) < look.heavy_reach) a.marks = kMarkHeavyNotExcluded;
    if (information < kKnown) {
      if (high > 4.0F) return {kTooThick, a.marks, 0.5F};
      a.marks |= kMarkTooThin;
      a.confidence = 0.5F;
      return a;
    }
    if (m > look.organic) {
      a.material = static_cast<std::uint8_t>(Material::kOrganic);
      a.confidence = normal_.below((m - look.organic) * spread_inverse);
    } else if (m > look.light) {
      a.material = static_cast<std::uint8_t>(Material::kLightInorganic);
      a.confidence = normal_.below((look.organic - m) * spread_inverse) -
                     normal_.below((look.light - m) * spread_inverse);
    } else if (m > look.metal) {
      a.material = kMetal;
      a.confidence = normal_.below((look.light - m) * spread_inverse) -
                     normal_.below((look.metal - m) * spread_inverse);
    } else {
      a.material = kHeavy;
      a.confidence = normal_.below((look.metal - m) * spread_inverse);
      a.marks = 0;
    }
    if (a.marks != 0) a.confidence = std::min(a.confidence, 0.5F);
    return a;
  }

  void class_row(int y) {
    const float* given = p_.given.row(y);
    for (int x = 0; x < in_.columns; ++x) {
      const std::size_t i = at(x, y);
      const float t_high = in_.transmission_high[i];
      float high = pixel_.high(x, y);
      edge_[i] = given[x] >= kFarOff && in_.denoise ? 1 : 0;
      const float own = t_high > kThickTransmission ? -portable_log(t_high) : high;
      if (high < kTooThin_attenuation) {
        out_.material[i] = kNone;
        out_.confidence[i] = 1.0F;
        out_.marks[i] = 0;
        out_.effective_z_halves[i] = 0;
        edge_[i] = edge_[i] != 0 && own > kTooThin_attenuation ? 1 : 0;
        // Air: as organic as anything; what is there is too thin to matter.
        out_.mass_g_cm2[i] = curves_.mass_g_cm2(own, 0.0F);
        continue;
      }
      const Layer layer = layer_at(x, y, high);
      const float load = (high - layer.high) / high;
      // m of what stands before a layer is that much less sure.
      float m = 0, information = 0;
      settle(x, y, kSettled / (load * load), m, information);
      const MaterialCurves::Look& look = curves_.look(high);
      float load_m = m, load_information = information;
      std::uint8_t marks = 0;
      float layer_mass = 0, layer_high = 0, mass_of_m = m, mass_information = information;
      if (layer.high > 0) {
        // At one thickness m mixes by shares of H.
        const float part = 1.0F / load;
        const float layer_error = kLayerError * (1.0F - load) * part;
        const float worth = 1.0F / (part * part / information + layer_error * layer_error);
        if (worth >= kKnown) {
          load_m = (m - layer.m * (1.0F - load)) * part;
          load_information = worth;
          marks = kMarkDecomposed;
          // The layer's mass is what it shows alone; behind the rest it attenuates as matter does
          // at the sum's thickness. Interpolating the sum's m would weigh polyethylene behind steel
          // as paper, 4 % too heavy.
          layer_mass = curves_.mass_g_cm2(layer.high, layer.m);
          layer_high = high * layer_mass / std::max(curves_.mass_g_cm2(high, layer.m), 1e-6F);
          mass_of_m = load_m;
          mass_information = load_information;
        }
      }
      // Scatter makes thick things look heavier. Its middle is taken out, and what is not true both
      // without it and with twice that is not said.
      const float scatter = std::max(0.0F, static_cast<float>(in_.scatter_left) * look.scatter_m);
      const float cleared_m = load_m + std::min(0.5F * scatter, 0.5F);
      Answer answer = class_of(look, high, cleared_m, load_information);
      if (scatter > 0.1F && answer.material != kNone &&
          (class_of(look, high, load_m, load_information).material != answer.material ||
           class_of(look, high, load_m + scatter, load_information).material != answer.material))
        answer = {kTooThick, answer.marks, 0.5F};
      out_.material[i] = answer.material;
      out_.confidence[i] = answer.confidence;
      out_.marks[i] = static_cast<std::uint8_t>(answer.marks | marks);
      const bool known = answer.material != kNone && answer.material != kTooThick;
      out_.effective_z_halves[i] =
          known
              ? static_cast<std::uint8_t>(std::lround(2.0F * curves_.effective_z(cleared_m, look)))
              : 0;
      // For the mass: what is not known of m is drawn to the middle of what is shipped.
      const float half = 0.5F * scatter;
      const float mass_m = (mass_of_m + std::min(half, 0.5F)) *
                           (0.25F / (0.25F + 1.0F / mass_information + 4.0F * half * half));
      const float of_load = std::max(own - layer_high, 0.0F) / own;
      out_.mass_g_cm2[i] = own > 0 ? layer_mass + curves_.mass_g_cm2(own, mass_m) * of_load : 0.0F;
    }
  }

  /// A pixel at an edge is part of one thing and part of another, and the mean of two transmissions
  /// looks like heavier matter than either: it takes the class of what stands evenly beside it and
  /// is no thinner.
  void edge_row(int y, const std::vector<std::uint8_t>& before) {
    constexpr std::array<std::array<int, 2>, 16> kBeside{{{-3, 0},
                                                          {3, 0},
                                                          {0, -3},
                                                          {0, 3},
                                                          {-2, -2},
                                                          {2, -2},
                                                          {-2, 2},
                                                          {2, 2},
                                                          {-5, 0},
                                                          {5, 0},
                                                          {0, -5},
                                                          {0, 5},
                                                          {-4, -4},
                                                          {4, -4},
                                                          {-4, 4},
                                                          {4, 4}}};
    for (int x = 0; x < in_.columns; ++x) {
      const std::size_t i = at(x, y);
      if (edge_[i] == 0) continue;
      const float high = pixel_.high(x, y);
      std::array<float, 6> votes{};
      for (const auto& step : kBeside) {
        const int xx = x + step[0];
        const int yy = y + step[1];
        if (xx < 0 || yy < 0 || xx >= in_.columns || yy >= in_.rows) continue;
        const std::size_t j = at(xx, yy);
        const float there = pixel_.high(xx, yy);
        if (edge_[j] != 0 || before[j] == kNone || there < 0.7F * high) continue;
        // Much thicker neighbours say what an edge belongs to; a like one says what this is.
        votes[before[j]] += there < 1.5F * high ? 2.0F : 1.0F;
      }
      const auto best =
          static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
      if (votes[best] > 0 && best != kTooThick) {
        if (best == before[i]) continue;
        out_.material[i] = static_cast<std::uint8_t>(best);
        out_.confidence[i] = std::min(0.5F, votes[best] / 24.0F);
        out_.effective_z_halves[i] = 0;
        if (best == kHeavy) out_.marks[i] &= static_cast<std::uint8_t>(~kMarkHeavyNotExcluded);
        out_.marks[i] &= static_cast<std::uint8_t>(~kMarkTooThin);
      } else if (before[i] == kHeavy) {
        // Nothing even bears it out.
        out_.material[i] = kMetal;
        out_.marks[i] |= kMarkHeavyNotExcluded;
        out_.confidence[i] = std::min(0.5F, out_.confidence[i]);
        out_.effective_z_halves[i] = 0;
      }
    }
  }

  const ClassifyInput& in_;
  const MaterialCurves& curves_;
  const NormalTable normal_;
  ClassifyOutput out_;
  int phase_ = 0;
  SmoothPlanes p_;  ///< Pixels.
  Measured pixel_;
  SmoothPlanes c_;  ///< Cells of 4 x 4 pixels.
  Measured cell_;
  PaddedPlane silent_;
  std::vector<Layer> layer_;
  int layer_width_ = 0;
  std::vector<std::uint8_t> edge_;
};

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
  return Classifier(in, curves).run();
}

}  // namespace portcullis::imaging
