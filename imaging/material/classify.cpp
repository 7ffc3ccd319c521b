#include "imaging/material/classify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "core/assert.h"
#include "core/huge_pages.h"
#include "core/parallel.h"
#include "core/scratch.h"
#include "imaging/display/portable_math.h"
#include "imaging/material/background.h"
#include "imaging/material/class_row.h"
#include "imaging/material/neighbourhood.h"

namespace portcullis::imaging {

struct ClassifyWorkspace::Planes {
  /// H, m and information of every pixel or cell.
  struct Measured {
    PaddedPlane high, m, information;
  };
  SmoothPlanes pixels;
  Measured pixel;
  SmoothPlanes cells;  ///< Of 4 x 4 pixels.
  Measured cell;
  PaddedPlane silent;
  core::HugePageVector<std::uint8_t> edge, before;
};

ClassifyWorkspace::ClassifyWorkspace() : planes_(std::make_unique<Planes>()) {}
ClassifyWorkspace::ClassifyWorkspace(ClassifyWorkspace&&) noexcept = default;
ClassifyWorkspace& ClassifyWorkspace::operator=(ClassifyWorkspace&&) noexcept = default;
ClassifyWorkspace::~ClassifyWorkspace() = default;

namespace {

constexpr int kSmallCell = SettleRow::kCell;  ///< Pixels of a cell's side in the wide average,
constexpr int kLargeCell = 8;                 ///< and in the search for layers.
constexpr int kLayerReach = 4;                ///< Large cells at most,
constexpr double kLayerReach_mm = 64;         ///< and no further than this.
constexpr double kLayerHeight_mm = 100;
constexpr int kVectorMost = 16;  ///< Columns that kernels may go past a row's end.
constexpr std::size_t kRowsAtOnce = 16;
constexpr int kBand = 64;  ///< Rows of pixels that are measured together, a multiple of a cell's.
/// Rows to each side that a row's guide is made of, an edge by guides, a mean by edges.
constexpr int kGuideReach = 1, kEdgeReach = kGuideReach + 2, kMeanReach = kEdgeReach + 3;
static_assert(kBand % kSmallCell == 0 && kBand >= 2 * kMeanReach && kSmallCell > kEdgeReach);
/// Information (1 / variance of m) at which 7 x 7 pixels are enough, sigma 0.075; a class is given
/// from sigma 0.16 on.
constexpr float kSettled = 1.0F / (0.075F * 0.075F);
constexpr float kKnown = 1.0F / (0.16F * 0.16F);

constexpr auto kNone = static_cast<std::uint8_t>(Material::kNone);
constexpr auto kMetal = static_cast<std::uint8_t>(Material::kMetal);
constexpr auto kHeavy = static_cast<std::uint8_t>(Material::kHeavyMetal);
constexpr auto kTooThick = static_cast<std::uint8_t>(Material::kTooThick);

void for_rows(int rows, const std::function<void(int from, int to)>& body) {
  core::parallel_for(
      static_cast<std::size_t>(rows), kRowsAtOnce,
      [&](std::size_t a, std::size_t b) { body(static_cast<int>(a), static_cast<int>(b)); });
}

RowNoise row_noise(const ClassifyInput& in, int y) {
  // The mean over n pixels has variance photon * T * share / n: share is how much of a pixel one
  // detector pixel's pulse covers.
  const double share = static_cast<double>(in.ray_spacing_mm[static_cast<std::size_t>(y)]) /
                       (in.mm_per_px * in.mm_per_px);
  return {static_cast<float>(in.photon_high * share), static_cast<float>(in.photon_low * share),
          static_cast<float>(in.electronic_high * share),
          static_cast<float>(in.electronic_low * share)};
}

void shape_planes(SmoothPlanes& p, int width, int height) {
  for (auto* plane : {&p.high, &p.low, &p.guide, &p.given, &p.alike}) plane->reshape(width, height);
  p.spacing_mm.assign(static_cast<std::size_t>(width + 2 * PaddedPlane::kPad + 16), 1.0F);
}

using Measured = ClassifyWorkspace::Planes::Measured;

void shape_measured(Measured& m, int width, int height) {
  for (auto* plane : {&m.high, &m.m, &m.information}) plane->reshape(width, height);
}

/// The next column from x on that is an edge; `columns` if there is none.
int next_edge(const std::uint8_t* edge, int x, int columns) {
  for (std::uint64_t eight = 0; x + 8 <= columns; x += 8) {
    std::memcpy(&eight, edge + x, sizeof(eight));
    if (eight != 0) break;
  }
  while (x < columns && edge[x] == 0) ++x;
  return x;
}

class Classifier {
 public:
  Classifier(const ClassifyInput& in, const MaterialCurves& curves,
             ClassifyWorkspace::Planes& planes, ClassifyOutput& out)
      : in_(in),
        curves_(curves),
        rules_{&curves, &normal_, static_cast<float>(in.scatter_left), in.denoise, in.wide,
               kKnown,  kSettled},
        out_(out),
        p_(planes.pixels),
        pixel_(planes.pixel),
        c_(planes.cells),
        cell_(planes.cell),
        silent_(planes.silent),
        edge_(planes.edge),
        before_(planes.before) {}

  void run() {
    out_.stride = p_.high.stride();
    const std::size_t count = out_.stride * static_cast<std::size_t>(in_.rows);
    phase_ = static_cast<int>(((in_.column_first % kLargeCell) + kLargeCell) % kLargeCell);
    measure_pixels();
    if (in_.denoise && in_.wide) measure_small_cells();
    find_background();
    core::resized_on_huge_pages(out_.mass_g_cm2, count);
    for (auto* plane :
         {&out_.material, &out_.confidence_percent, &out_.marks, &out_.effective_z_halves, &edge_})
      core::resized_on_huge_pages(*plane, count);
    if (in_.denoise) core::resized_on_huge_pages(before_, count);
    for_rows(in_.rows, [&](int from, int to) {
      RowRoom room(in_.columns);
      for (int y = from; y < to; ++y) class_row(y, room);
    });
    if (in_.denoise) {
      for_rows(in_.rows, [&](int from, int to) {
        for (int y = from; y < to; ++y) edge_row(y, before_);
      });
    }
  }

 private:
  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * out_.stride + static_cast<std::size_t>(x);
  }

  /// Rows [from, to).
  struct Rows {
    int from = 0, to = 0;
    [[nodiscard]] bool hold(int y) const { return y >= from && y < to; }
  };

  /// Guides, edges, means of 7 x 7 pixels and of cells: band by band, each step following the one
  /// before it by the rows that it asks for, so that these are still in the cache. What asks for
  /// rows of two bands is left until both are there.
  void measure_pixels() {
    shape_planes(p_, in_.columns, in_.rows);
    p_.spacing_mm.assign(p_.spacing_mm.size(),
                         static_cast<float>(std::max(in_.line_spacing_mm, 0.05)));
    for (std::size_t x = 0; x < in_.column_spacing_mm.size(); ++x)
      p_.spacing_mm[x] = std::max(in_.column_spacing_mm[x], 0.05F);
    shape_measured(pixel_, in_.columns, in_.rows);
    shape_small_cells();
    const int bands = std::max(1, in_.rows / kBand);
    const auto begin_of = [&](std::size_t band) {
      return static_cast<int>(band) == bands ? in_.rows : static_cast<int>(band) * kBand;
    };
    core::parallel_for(static_cast<std::size_t>(bands), 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t band = from; band < to; ++band)
        measure_band(begin_of(band), begin_of(band + 1));
    });
    core::parallel_for(static_cast<std::size_t>(bands - 1), 1,
                       [&](std::size_t from, std::size_t to) {
                         for (std::size_t seam = from; seam < to; ++seam)
                           measure_seam(begin_of(seam + 1));
                       });
  }

  void measure_band(int first, int end) {
    const auto within = [&](int reach) {
      return Rows{first == 0 ? 0 : first + reach, end == in_.rows ? end : end - reach};
    };
    const Rows guides = within(kGuideReach);
    const Rows edges = within(kEdgeReach);
    const Rows cells = within(kSmallCell);
    const Rows means = within(kMeanReach);
    for (int y = first; y < end + kMeanReach; ++y) {
      if (y < end) {
        for (auto* plane : {&p_.high, &p_.low})
          plane->pad(y, (*plane)(0, y), (*plane)(in_.columns - 1, y));
      }
      if (const int row = y - kGuideReach; guides.hold(row)) find_guides(row);
      if (const int row = y - kEdgeReach; edges.hold(row)) {
        find_edges(row);
        const bool last = row % kSmallCell == kSmallCell - 1 || row == in_.rows - 1;
        if (last && cells.hold(row) && cells.hold(row / kSmallCell * kSmallCell))
          make_small_cells(row / kSmallCell);
      }
      if (const int row = y - kMeanReach; means.hold(row)) find_means(row);
    }
  }

  /// What the bands that meet before row `at` left.
  void measure_seam(int at) {
    for (int y = at - kGuideReach; y < at + kGuideReach; ++y) find_guides(y);
    for (int y = at - kEdgeReach; y < at + kEdgeReach; ++y) find_edges(y);
    for (int row = at / kSmallCell - 1; row <= at / kSmallCell; ++row) make_small_cells(row);
    for (int y = at - kMeanReach; y < at + kMeanReach; ++y) find_means(y);
  }

  void find_guides(int y) { guide_row(p_, row_noise(in_, y), y); }

  void find_edges(int y) {
    static thread_local core::Scratch<float> kept;
    const std::span<float> bad = kept.of(out_.stride);
    const std::uint8_t* const from = &in_.bad[at(0, y)];
    for (std::size_t x = 0; x < static_cast<std::size_t>(in_.columns); ++x)
      bad[x] = from[x] != 0 ? 1.0F : 0.0F;
    std::fill(bad.begin() + in_.columns, bad.end(), 0.0F);
    given_row(p_, bad.data(), y);
  }

  void find_means(int y) {
    measure_row(p_, curves_, row_noise(in_, y), 1.0F, !in_.denoise, y, pixel_.high.row(y),
                pixel_.m.row(y), pixel_.information.row(y));
  }

  void shape_small_cells() {
    const int width = (in_.columns + phase_ + kSmallCell - 1) / kSmallCell;
    const int height = (in_.rows + kSmallCell - 1) / kSmallCell;
    shape_planes(c_, width, height);
    silent_.reshape(width, height);
    for (int x = 0; x < width; ++x)
      c_.spacing_mm[static_cast<std::size_t>(x)] = spacing_at(x * kSmallCell - phase_);
  }

  /// A row of means of 4 x 4 pixels; those at edges left out.
  void make_small_cells(int y) {
    const int width = c_.high.width();
    for (int x = 0; x < width; ++x) make_small_cell(x, y);
    c_.high.pad(y, c_.high(0, y), c_.high(width - 1, y));
    c_.low.pad(y, c_.low(0, y), c_.low(width - 1, y));
    silent_.pad(y, 1.0F, 1.0F);
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
    shape_measured(cell_, c_.high.width(), c_.high.height());
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

  /// m and information of pixels whose 7 x 7 pixels are not enough, from the cells around them.
  void settle(int y, const float* wanting) {
    SettleRow row;
    row.columns = in_.columns;
    row.phase = phase_;
    row.cells = c_.high.width();
    const int own = y / kSmallCell;
    const int beside =
        std::clamp(y % kSmallCell < kSmallCell / 2 ? own - 1 : own + 1, 0, c_.high.height() - 1);
    row.around = {
        CellsAround{c_.given.row(own), cell_.m.row(own), cell_.information.row(own)},
        CellsAround{c_.given.row(beside), cell_.m.row(beside), cell_.information.row(beside)}};
    row.guide = p_.guide.row(y);
    row.alike = p_.alike.row(y);
    row.wanting = wanting;
    row.m = pixel_.m.row(y);
    row.information = pixel_.information.row(y);
    settle_pixels(row);
  }

  /// Room for a row, up to the last whole vector.
  struct RowRoom {
    explicit RowRoom(int columns) {
      const auto size = static_cast<std::size_t>(columns + kVectorMost);
      for (auto* row : {&layer_high, &layer_m, &wanting}) row->resize(size);
    }
    std::vector<float> layer_high, layer_m, wanting;
  };

  void class_row(int y, RowRoom& room) {
    const auto columns = static_cast<std::size_t>(in_.columns);
    const Layer* layers =
        &layer_[static_cast<std::size_t>(y / kLargeCell) * static_cast<std::size_t>(layer_width_)];
    for (std::size_t x = 0, cell = 0; x < columns; ++cell) {
      const std::size_t end =
          std::min(columns, (cell + 1) * kLargeCell - static_cast<std::size_t>(phase_));
      for (; x < end; ++x) {
        room.layer_high[x] = layers[cell].high;
        room.layer_m[x] = layers[cell].m;
      }
    }
    ClassRow row;
    row.columns = in_.columns;
    row.transmission_high = p_.high.row(y);
    row.given = p_.given.row(y);
    row.high = pixel_.high.row(y);
    row.m = pixel_.m.row(y);
    row.information = pixel_.information.row(y);
    row.layer_high = room.layer_high.data();
    row.layer_m = room.layer_m.data();
    row.wanting = room.wanting.data();
    // Rows have room for whole vectors past their ends.
    const std::size_t first = at(0, y);
    row.material = in_.denoise ? &before_[first] : &out_.material[first];
    row.marks = &out_.marks[first];
    row.effective_z_halves = &out_.effective_z_halves[first];
    row.edge = &edge_[first];
    row.confidence_percent = &out_.confidence_percent[first];
    row.mass_g_cm2 = &out_.mass_g_cm2[first];
    find_wanting(rules_, row);
    if (rules_.denoise && rules_.wide) settle(y, room.wanting.data());
    class_pixels(rules_, row);
    // Classes as they were before edges asked for them: the answer does not depend on the order.
    if (in_.denoise) std::copy_n(row.material, columns, &out_.material[first]);
    for (auto* plane : {&p_.high, &p_.low}) {
      float* const values = plane->row(y);
      for (std::size_t x = 0; x < columns; ++x) values[x] = std::max(values[x], kTransmissionLeast);
    }
  }

  /// A pixel at an edge is part of one thing and part of another, and the mean of two transmissions
  /// looks like heavier matter than either: it takes the class of what stands evenly beside it and
  /// is no thinner.
  void edge_row(int y, const core::HugePageVector<std::uint8_t>& before) {
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
    // What stands beside pixel 0 of the row, of the rows that there are.
    struct Beside {
      int step;
      const std::uint8_t *edge, *before;
      const float* high;
    };
    std::array<Beside, kBeside.size()> beside{};
    std::size_t besides = 0;
    for (const auto& step : kBeside) {
      const int yy = y + step[1];
      if (yy < 0 || yy >= in_.rows) continue;
      beside[besides++] = {step[0], &edge_[at(0, yy)], &before[at(0, yy)], pixel_.high.row(yy)};
    }
    const std::uint8_t* const edge = &edge_[at(0, y)];
    for (int x = 0; x < in_.columns; ++x) {
      x = next_edge(edge, x, in_.columns);
      if (x == in_.columns) break;
      const std::size_t i = at(x, y);
      const float high = pixel_.high(x, y);
      std::array<float, 6> votes{};
      for (std::size_t k = 0; k < besides; ++k) {
        const int xx = x + beside[k].step;
        if (xx < 0 || xx >= in_.columns) continue;
        const float there = beside[k].high[xx];
        const std::uint8_t material = beside[k].before[xx];
        if (beside[k].edge[xx] != 0 || material == kNone || there < 0.7F * high) continue;
        // Much thicker neighbours say what an edge belongs to; a like one says what this is.
        votes[material] += there < 1.5F * high ? 2.0F : 1.0F;
      }
      const auto best =
          static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
      if (votes[best] > 0 && best != kTooThick) {
        if (best == before[i]) continue;
        out_.material[i] = static_cast<std::uint8_t>(best);
        out_.confidence_percent[i] =
            static_cast<std::uint8_t>(std::min(50.0F, votes[best] / 0.24F + 0.5F));
        out_.effective_z_halves[i] = 0;
        if (best == kHeavy) out_.marks[i] &= static_cast<std::uint8_t>(~kMarkHeavyNotExcluded);
        out_.marks[i] &= static_cast<std::uint8_t>(~kMarkTooThin);
      } else if (before[i] == kHeavy) {
        // Nothing even bears it out.
        out_.material[i] = kMetal;
        out_.marks[i] |= kMarkHeavyNotExcluded;
        out_.confidence_percent[i] = std::min<std::uint8_t>(50, out_.confidence_percent[i]);
        out_.effective_z_halves[i] = 0;
      }
    }
  }

  const ClassifyInput& in_;
  const MaterialCurves& curves_;
  const NormalTable normal_;
  const ClassRules rules_;
  ClassifyOutput& out_;
  int phase_ = 0;
  SmoothPlanes& p_;  ///< Pixels.
  Measured& pixel_;
  SmoothPlanes& c_;  ///< Cells of 4 x 4 pixels.
  Measured& cell_;
  PaddedPlane& silent_;
  std::vector<Layer> layer_;
  int layer_width_ = 0;
  core::HugePageVector<std::uint8_t>& edge_;
  core::HugePageVector<std::uint8_t>& before_;
};

}  // namespace

ClassifyOutput classify(const ClassifyInput& in, const MaterialCurves& curves) {
  PC_ASSERT(in.columns > 0 && in.rows > 0);
  const auto columns = static_cast<std::size_t>(in.columns);
  const auto rows = static_cast<std::size_t>(in.rows);
  PC_ASSERT(in.transmission_high.size() == columns * rows &&
            in.transmission_low.size() == columns * rows && in.bad.size() == columns * rows);
  PaddedPlane high, low;
  for (auto [plane, values] :
       {std::pair{&high, &in.transmission_high}, std::pair{&low, &in.transmission_low}}) {
    plane->reshape(in.columns, in.rows);
    for (std::size_t y = 0; y < rows; ++y)
      std::copy_n(values->begin() + static_cast<std::ptrdiff_t>(y * columns), columns,
                  plane->row(static_cast<int>(y)));
  }
  const std::size_t stride = high.stride();
  std::vector<std::uint8_t> bad(stride * rows, 0);
  for (std::size_t y = 0; y < rows; ++y)
    std::copy_n(in.bad.begin() + static_cast<std::ptrdiff_t>(y * columns), columns,
                &bad[y * stride]);
  ClassifyInput padded = in;
  padded.bad = bad;
  ClassifyWorkspace workspace;
  ClassifyOutput out;
  classify(padded, curves, high, low, workspace, out);
  const auto move_together = [&](auto& plane) {
    for (std::size_t y = 1; y < rows; ++y)
      std::copy_n(plane.begin() + static_cast<std::ptrdiff_t>(y * stride), columns,
                  plane.begin() + static_cast<std::ptrdiff_t>(y * columns));
    plane.resize(columns * rows);
  };
  move_together(out.mass_g_cm2);
  for (auto* plane : {&out.material, &out.confidence_percent, &out.marks, &out.effective_z_halves})
    move_together(*plane);
  out.stride = columns;
  return out;
}

void classify(const ClassifyInput& in, const MaterialCurves& curves, PaddedPlane& high,
              PaddedPlane& low, ClassifyWorkspace& workspace, ClassifyOutput& out) {
  PC_ASSERT(in.columns > 0 && in.rows > 0 && in.mm_per_px > 0);
  for (const auto* plane : {&high, &low})
    PC_ASSERT(plane->width() == in.columns && plane->height() == in.rows);
  const auto rows = static_cast<std::size_t>(in.rows);
  PC_ASSERT(in.bad.size() == high.stride() * rows);
  PC_ASSERT(in.ray_spacing_mm.size() == rows && in.obliquity.size() == rows);
  PC_ASSERT(in.column_spacing_mm.empty() ||
            in.column_spacing_mm.size() == static_cast<std::size_t>(in.columns));
  ClassifyWorkspace::Planes& planes = workspace.planes();
  std::swap(planes.pixels.high, high);
  std::swap(planes.pixels.low, low);
  Classifier(in, curves, planes, out).run();
  std::swap(planes.pixels.high, high);
  std::swap(planes.pixels.low, low);
}

}  // namespace portcullis::imaging
