#include "imaging/geometry/column_track.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/assert.h"
#include "imaging/geometry/resample.h"

namespace portcullis::imaging {

namespace {

constexpr double kSlotsPerColumn = 4;
/// Columns to each side over which the usual distance of measurements is taken.
constexpr double kSpacingReach_columns = 4;
constexpr double kNowhere = std::numeric_limits<double>::infinity();

/// Distance from x to the nearest of `places` (ascending), from a hint that moves on with x.
double nearest_place(const std::vector<double>& places, double x, std::size_t& hint) {
  if (places.empty()) return kNowhere;
  while (hint + 1 < places.size() && std::abs(places[hint + 1] - x) <= std::abs(places[hint] - x))
    ++hint;
  return std::abs(places[hint] - x);
}

}  // namespace

ColumnTrack::ColumnTrack(const Options& options)
    : options_(options), slot_mm_(options.mm_per_px / kSlotsPerColumn) {
  PC_ASSERT(options.mm_per_px > 0 && options.pixels > 0 && options.modules > 0);
  dropped_seen_.assign(options.modules, kNowhere);
  dropped_without_.assign(options.modules, kNowhere);
}

std::int64_t ColumnTrack::slot_of(double x_mm) const {
  return static_cast<std::int64_t>(std::floor(x_mm / slot_mm_));
}

void ColumnTrack::add(double x_mm, std::span<const float> transmission,
                      const std::bitset<core::kModulesMax>& modules_filled) {
  PC_ASSERT(transmission.size() == options_.pixels);
  ++lines_;
  const std::int64_t slot = slot_of(x_mm);
  auto at = std::lower_bound(knots_.begin(), knots_.end(), slot,
                             [](const Knot& knot, std::int64_t s) { return knot.slot < s; });
  if (at == knots_.end() || at->slot != slot) {
    Knot knot;
    knot.slot = slot;
    if (free_rows_.empty()) {
      free_rows_.push_back(static_cast<std::uint32_t>(rows_.size()));
      rows_.emplace_back(options_.pixels);
    }
    knot.row = free_rows_.back();
    free_rows_.pop_back();
    at = knots_.insert(at, knot);
  }
  std::vector<float>& row = rows_[at->row];
  if (at->count == 0) {
    at->count = 1;
    at->x_mm = x_mm;
    at->absent = modules_filled;
    std::copy(transmission.begin(), transmission.end(), row.begin());
    return;
  }
  // A running mean: as exact after an hour's stop as after two lines.
  ++at->count;
  at->x_mm += (x_mm - at->x_mm) / at->count;
  at->absent &= modules_filled;
  const float share = 1.0F / static_cast<float>(at->count);
  for (std::size_t p = 0; p < row.size(); ++p) row[p] += (transmission[p] - row[p]) * share;
}

void ColumnTrack::add_lost(double x_mm) {
  if (lost_.empty() || lost_.back() <= x_mm) {
    lost_.push_back(x_mm);
  } else if (x_mm <= lost_.front()) {
    lost_.push_front(x_mm);
  } else {
    lost_.insert(std::upper_bound(lost_.begin(), lost_.end(), x_mm), x_mm);
  }
}

bool ColumnTrack::slot_closed(std::int64_t slot, Travel travel, double closed_mm) const {
  return travel == Travel::kForward ? static_cast<double>(slot + 1) * slot_mm_ <= closed_mm
                                    : static_cast<double>(slot) * slot_mm_ >= closed_mm;
}

bool ColumnTrack::measured_beyond(std::int64_t column, Travel travel, double closed_mm) const {
  if (travel == Travel::kForward) {
    const double edge = edge_mm(column, 0.5);
    // The first measurement past the edge; slots ascend, so if that one is open none is closed.
    auto at = std::lower_bound(knots_.begin(), knots_.end(), slot_of(edge),
                               [](const Knot& knot, std::int64_t s) { return knot.slot < s; });
    if (at != knots_.end() && at->x_mm < edge) ++at;
    return at != knots_.end() && slot_closed(at->slot, travel, closed_mm);
  }
  const double edge = edge_mm(column, -0.5);
  auto at = std::upper_bound(knots_.begin(), knots_.end(), slot_of(edge),
                             [](std::int64_t s, const Knot& knot) { return s < knot.slot; });
  if (at == knots_.begin()) return false;
  --at;
  if (at->x_mm > edge) {
    if (at == knots_.begin()) return false;
    --at;
  }
  return slot_closed(at->slot, travel, closed_mm);
}

bool ColumnTrack::ready(std::int64_t column, Travel travel, double closed_mm) const {
  if (lines_ == 0) return false;
  if (measured_beyond(column, travel, closed_mm)) return true;
  return travel == Travel::kForward ? edge_mm(column, 0.5) + kGapMax_mm <= closed_mm
                                    : edge_mm(column, -0.5) - kGapMax_mm >= closed_mm;
}

void ColumnTrack::settle(std::int64_t column, Travel travel, double closed_mm) {
  if (measured_beyond(column, travel, closed_mm)) return;
  const bool forward = travel == Travel::kForward;
  if (!held_.empty()) {
    Range& range = held_.back();
    if (forward && range.last + 1 == column) {
      range.last = column;
      return;
    }
    if (!forward && range.first - 1 == column) {
      range.first = column;
      return;
    }
  }
  held_.push_back({column, column});
}

ColumnTrack::Columns ColumnTrack::columns(std::int64_t first, std::size_t count,
                                          Travel travel) const {
  Columns out;
  out.start.assign(1, 0);
  out.spacing_mm.assign(count, static_cast<float>(kGapMax_mm));
  const auto last = first + static_cast<std::int64_t>(count) - 1;
  // The measurements from the last one before these columns to the first one behind them, and some
  // more for their usual distance.
  const double reach_mm = (kSpacingReach_columns + 0.5) * options_.mm_per_px;
  const double x_from = edge_mm(first, 0) - reach_mm;
  const double x_to = edge_mm(last, 0) + reach_mm;
  auto from = std::lower_bound(knots_.begin(), knots_.end(), x_from,
                               [](const Knot& knot, double x) { return knot.x_mm < x; });
  if (from != knots_.begin()) --from;
  auto to = std::upper_bound(from, knots_.end(), x_to,
                             [](double x, const Knot& knot) { return x < knot.x_mm; });
  if (to != knots_.end()) ++to;
  std::vector<const Knot*> knots;
  for (auto it = from; it != to; ++it) knots.push_back(&*it);

  const auto append = [&](std::span<const Knot* const> used, std::int64_t column,
                          std::size_t cells) {
    if (used.empty()) {
      out.start.insert(out.start.end(), cells, static_cast<std::uint32_t>(out.row.size()));
      return;
    }
    std::vector<double> places;
    for (const Knot* knot : used) places.push_back(knot->x_mm);
    const auto weights =
        make_resample_weights(places, edge_mm(column, 0), options_.mm_per_px, cells);
    const auto base = static_cast<std::uint32_t>(out.row.size());
    for (std::size_t k = 0; k < weights.index.size(); ++k) {
      out.row.push_back(rows_[used[weights.index[k]]->row].data());
      out.weight.push_back(weights.weight[k]);
    }
    for (std::size_t c = 1; c <= cells; ++c) out.start.push_back(base + weights.first[c]);
  };
  // A held column knows nothing of what came behind it later.
  const auto held_at = [&](std::int64_t column) {
    return std::any_of(held_.begin(), held_.end(), [&](const Range& range) {
      return column >= range.first && column <= range.last;
    });
  };
  for (std::size_t c = 0; c < count;) {
    const auto column = first + static_cast<std::int64_t>(c);
    const bool held = !held_.empty() && held_at(column);
    std::size_t end = c + 1;
    while (end < count &&
           held == (!held_.empty() && held_at(first + static_cast<std::int64_t>(end))))
      ++end;
    std::span<const Knot* const> used(knots);
    if (held) {
      const double near = travel == Travel::kForward
                              ? edge_mm(first + static_cast<std::int64_t>(end) - 1, 0.5)
                              : edge_mm(column, -0.5);
      std::size_t a = 0, b = used.size();
      if (travel == Travel::kForward) {
        while (b > a && used[b - 1]->x_mm >= near) --b;
      } else {
        while (a < b && used[a]->x_mm <= near) ++a;
      }
      used = used.subspan(a, b - a);
    } else {
      for (std::size_t k = c; k < end; ++k) {
        // Steps between measurements that touch the column's surroundings.
        const double x = edge_mm(first + static_cast<std::int64_t>(k), 0);
        double sum = 0;
        std::size_t steps = 0;
        // Not what lies further on than the measurement that made the column ready: more may
        // still come there.
        const bool forward = travel == Travel::kForward;
        const double behind = forward ? x - reach_mm : x + reach_mm;
        const double edge = forward ? x + 0.5 * options_.mm_per_px : x - 0.5 * options_.mm_per_px;
        for (std::size_t i = 1; i < used.size(); ++i) {
          const double a = used[i - 1]->x_mm;
          const double b = used[i]->x_mm;
          if (forward ? (b < behind || a >= edge) : (a > behind || b <= edge)) continue;
          sum += b - a;
          ++steps;
        }
        if (steps > 0) out.spacing_mm[k] = static_cast<float>(sum / static_cast<double>(steps));
      }
    }
    append(used, column, end - c);
    c = end;
  }
  mark_lost(first, count, travel, knots, out);
  return out;
}

void ColumnTrack::mark_lost(std::int64_t first, std::size_t count, Travel travel,
                            std::span<const Knot* const> knots, Columns& out) const {
  const bool some_absent =
      std::any_of(knots_.begin(), knots_.end(), [](const Knot& knot) { return knot.absent.any(); });
  const bool dropped = std::any_of(dropped_without_.begin(), dropped_without_.end(),
                                   [](double x) { return x < kNowhere; });
  if (!some_absent && !dropped && lost_.empty() && held_.empty()) {
    bool close = !knots.empty() && knots.front()->x_mm <= edge_mm(first, 0) + kSeenWithin_mm &&
                 knots.back()->x_mm >= edge_mm(first, static_cast<double>(count)) - kSeenWithin_mm;
    for (std::size_t i = 1; i < knots.size() && close; ++i)
      close = knots[i]->x_mm - knots[i - 1]->x_mm <= 2 * kSeenWithin_mm;
    if (close) return;
  }
  out.lost.assign(count * options_.modules, 0);
  const bool forward = travel == Travel::kForward;
  std::vector<double> with, without;
  for (std::size_t m = 0; m < options_.modules; ++m) {
    with.clear();
    without.clear();
    if (forward && dropped_seen_[m] < kNowhere) with.push_back(dropped_seen_[m]);
    if (dropped_without_[m] < kNowhere) without.push_back(dropped_without_[m]);
    for (const Knot& knot : knots_) (knot.absent.test(m) ? without : with).push_back(knot.x_mm);
    if (!forward && dropped_seen_[m] < kNowhere) with.push_back(dropped_seen_[m]);
    without.insert(without.end(), lost_.begin(), lost_.end());
    std::sort(without.begin(), without.end());
    std::size_t hint_with = 0, hint_without = 0;
    for (std::size_t c = 0; c < count; ++c) {
      const double x = edge_mm(first + static_cast<std::int64_t>(c), 0);
      const double to_lost = nearest_place(without, x, hint_without);
      const double to_seen = nearest_place(with, x, hint_with);
      out.lost[m * count + c] = to_lost < to_seen - 1e-9 || !(to_seen <= kSeenWithin_mm) ? 1 : 0;
    }
  }
  for (const Range& range : held_) {
    for (std::int64_t k = std::max(range.first, first);
         k <= std::min(range.last, first + static_cast<std::int64_t>(count) - 1); ++k) {
      for (std::size_t m = 0; m < options_.modules; ++m)
        out.lost[m * count + static_cast<std::size_t>(k - first)] = 1;
    }
  }
}

void ColumnTrack::drop(std::int64_t column, Travel travel) {
  const bool forward = travel == Travel::kForward;
  const double reach_mm = (kSpacingReach_columns + 1) * options_.mm_per_px;
  const double behind = edge_mm(column, forward ? 0.5 : -0.5) + (forward ? -reach_mm : reach_mm);
  const auto later = [&](double& known, double x) {
    if (!(known < kNowhere) || (forward ? x > known : x < known)) known = x;
  };
  const auto forget = [&](const Knot& knot) {
    for (std::size_t m = 0; m < options_.modules; ++m)
      later((knot.absent.test(m) ? dropped_without_ : dropped_seen_)[m], knot.x_mm);
    free_rows_.push_back(knot.row);
  };
  // The last one before `behind` stays: the next columns may be drawn from it.
  if (forward) {
    while (knots_.size() > 1 && knots_[1].x_mm < behind) {
      forget(knots_.front());
      knots_.pop_front();
    }
    while (!lost_.empty() && lost_.front() < behind) {
      for (auto& x : dropped_without_) later(x, lost_.front());
      lost_.pop_front();
    }
    while (!held_.empty() && held_.front().last <= column - 1) held_.pop_front();
  } else {
    while (knots_.size() > 1 && knots_[knots_.size() - 2].x_mm > behind) {
      forget(knots_.back());
      knots_.pop_back();
    }
    while (!lost_.empty() && lost_.back() > behind) {
      for (auto& x : dropped_without_) later(x, lost_.back());
      lost_.pop_back();
    }
    while (!held_.empty() && held_.front().first >= column + 1) held_.pop_front();
  }
}

}  // namespace portcullis::imaging
