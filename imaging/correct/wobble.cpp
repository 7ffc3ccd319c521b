#include "imaging/correct/wobble.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kSwayReach_lines = 16;
constexpr float kSwayWorthIt_mm = 0.03F;  // a better place is worth the work again
constexpr std::size_t kWobbleGrain = 8;
constexpr std::size_t kRiseReach_lines = 384;  // or a second
constexpr std::size_t kStillReach_lines = 16;  // whose edges are averaged

std::uint64_t before_by(std::uint64_t n, std::size_t lines) {
  return n < lines ? 0 : n - lines;
}

}  // namespace

WobbleRemoval::WobbleRemoval(const core::ScannerGeometry& geometry,
                             const CorrectionParameters& parameters,
                             std::span<const float> height_share, std::span<const std::uint8_t> bad,
                             LineRing& ring)
    : ring_(ring),
      sway_on_(parameters.sway),
      rise_on_(parameters.rise),
      mm_per_count_(geometry.encoder_mm_per_count),
      height_(height_share.begin(), height_share.end()),
      side_(geometry.pulse_rate_hz),
      scale_(geometry, height_share),
      rise_gain_(rise_gain_px_mm(geometry, height_share)),
      rise_reach_(std::clamp<std::size_t>(static_cast<std::size_t>(geometry.pulse_rate_hz), 16,
                                          kRiseReach_lines)),
      upright_values_(LineRing::kLines * ring.pixels()),
      still_values_(LineRing::kLines * ring.pixels()) {
  for (int e = 0; e < 2; ++e) rise_.emplace_back(geometry, height_share, bad);
  rise_window_.reserve(LineRing::kLines);
}

void WobbleRemoval::follow_loss(std::uint64_t n) {
  if (!sway_on_) return;
  HeldLine& s = ring_.slot(n);
  const auto followed = side_.follow(s.level.sway);
  s.sway = followed.sway;
  // The place itself belongs to the new side; this line has its side already.
  for (const std::uint64_t from : followed.turned) {
    for (std::uint64_t k = from; k < n; ++k) ring_.slot(k).sway *= -1;
  }
  if (followed.doubt >= 0) parity_.judged(followed.judged, followed.doubt);
  followed_ = n + 1;
}

/// What upright edges say of the scale and of the sides.
void WobbleRemoval::follow_edges(std::uint64_t n) {
  const HeldLine& s = ring_.slot(n);
  if (s.state != LineState::kMeasured || s.header.energy != core::Energy::kHigh) return;
  const SwayEdge edge =
      scale_.observe(n, s.x_counts * mm_per_count_, s.sway, {ring_.values(n), ring_.pixels()});
  if (!(edge.weight > 0)) return;
  const auto turn = parity_.edge(edge);
  if (turn.from == 0) return;
  scale_.turn(turn.from, turn.product);
  side_.turn(turn.from);
  for (std::uint64_t k = std::max(turn.from, stilled_); k < followed_; ++k)
    ring_.slot(k).sway *= -1;
}

std::uint64_t WobbleRemoval::advance(std::uint64_t whole, std::uint64_t first, bool last_ones) {
  whole_ = std::max(whole_, whole);
  // Only where sides are final.
  const std::uint64_t edges_end =
      last_ones ? whole_
                : std::max(edged_, std::min(whole_, before_by(followed_, SwaySide::kReach_pulses)));
  for (; edged_ < edges_end; ++edged_) {
    if (sway_on_) follow_edges(edged_);
  }
  undo_sways(last_ones ? whole_ : std::max(upright_, before_by(whole_, kSwayReach_lines)), first);
  follow_rise();
  const std::uint64_t still_end =
      last_ones ? tracked_ : std::max(stilled_, before_by(tracked_, rise_reach_));
  undo_sways_again(still_end, first);
  undo_rises(still_end, first);
  take_rises_out(last_ones ? stilled_ : std::max(done_, before_by(stilled_, kStillReach_lines)),
                 first);
  return done_;
}

/// Brings the lines before `end` upright_, with what the edges up to the latest whole line say.
void WobbleRemoval::undo_sways(std::uint64_t end, std::uint64_t first) {
  if (end == upright_) return;
  const float scale_mm = sway_on_ ? scale_.scale_mm() : 0.0F;
  core::parallel_for(static_cast<std::size_t>(end - upright_), kWobbleGrain,
                     [&](std::size_t a, std::size_t b) {
                       for (std::uint64_t n = upright_ + a; n < upright_ + b; ++n) {
                         ring_.slot(n).sway_mm = scale_mm * ring_.slot(n).sway;
                         if (ring_.slot(n).state == LineState::kMeasured)
                           undo_sway_of(n, first, scale_mm);
                       }
                     });
  upright_ = end;
}

void WobbleRemoval::undo_sway_of(std::uint64_t n, std::uint64_t first, float scale_mm) {
  const HeldLine& line_slot = ring_.slot(n);
  if (!(std::abs(scale_mm * line_slot.sway) > 0)) {
    std::copy_n(ring_.values(n), ring_.pixels(), upright_line(n));
    return;
  }
  // Two lines of each energy before and after it; of its own the line itself, too.
  std::array<SwayedLine, 5> own;
  std::array<SwayedLine, 4> other;
  std::array<std::uint64_t, 4> found{};
  const auto swayed = [&](std::uint64_t k) {
    const HeldLine& s = ring_.slot(k);
    return SwayedLine{s.x_counts * mm_per_count_, scale_mm * s.sway, ring_.values(k)};
  };
  const auto measured = [&](std::uint64_t k, bool same) {
    const HeldLine& s = ring_.slot(k);
    return s.state == LineState::kMeasured && (s.header.energy == line_slot.header.energy) == same;
  };
  const std::uint64_t from = std::max(first, before_by(n, kSwayReach_lines));
  const std::uint64_t to = std::min(whole_, n + kSwayReach_lines + 1);
  const auto gather = [&](bool same, SwayedLine* into) {
    std::size_t before = 0, count = 0;
    for (std::uint64_t k = n; k > from && before < 2;) {
      if (measured(--k, same)) found[before++] = k;
    }
    for (std::size_t k = before; k-- > 0;) into[count++] = swayed(found[k]);
    if (same) into[count++] = swayed(n);
    std::size_t after = 0;
    for (std::uint64_t k = n + 1; k < to && after < 2; ++k) {
      if (!measured(k, same)) continue;
      into[count++] = swayed(k);
      ++after;
    }
    return std::array<std::size_t, 2>{before, count};
  };
  const auto mine = gather(true, own.data());
  const auto theirs = gather(false, other.data());
  undo_sway({own.data(), mine[1]}, mine[0], {other.data(), theirs[0] == 2 ? theirs[1] : 0}, height_,
            {upright_line(n), ring_.pixels()});
}

/// Rise of the new whole lines, against those before; the energies apart.
void WobbleRemoval::follow_rise() {
  if (rise_on_) {
    core::parallel_for(2, 1, [&](std::size_t a, std::size_t b) {
      for (std::size_t e = a; e < b; ++e) {
        const auto energy = e == 0 ? core::Energy::kHigh : core::Energy::kLow;
        for (std::uint64_t n = tracked_; n < upright_; ++n) {
          HeldLine& s = ring_.slot(n);
          if (s.state != LineState::kMeasured || s.header.energy != energy) continue;
          const auto found = rise_[e].follow({upright_line(n), ring_.pixels()});
          s.rise = {found.rise_mm, found.weight, energy};
        }
      }
    });
  }
  tracked_ = upright_;
}

/// Again upright, where by now the scale is known better: the edges up to a second after the line
/// have been seen.
void WobbleRemoval::undo_sways_again(std::uint64_t end, std::uint64_t first) {
  if (!sway_on_) return;
  const float scale_mm = scale_.scale_mm();
  core::parallel_for(static_cast<std::size_t>(end - stilled_), kWobbleGrain,
                     [&](std::size_t a, std::size_t b) {
                       for (std::uint64_t n = stilled_ + a; n < stilled_ + b; ++n) {
                         HeldLine& s = ring_.slot(n);
                         const float better_mm = std::abs(s.sway * scale_mm - s.sway_mm);
                         if (s.state != LineState::kMeasured || better_mm < kSwayWorthIt_mm)
                           continue;
                         s.sway_mm = scale_mm * s.sway;
                         undo_sway_of(n, first, scale_mm);
                       }
                     });
}

void WobbleRemoval::undo_rises(std::uint64_t end, std::uint64_t first) {
  if (rise_on_ && end > stilled_) {
    const std::uint64_t from = std::max(first, before_by(stilled_, rise_reach_));
    rise_window_.clear();
    for (std::uint64_t n = from; n < tracked_; ++n) rise_window_.push_back(ring_.slot(n).rise);
    core::parallel_for(
        static_cast<std::size_t>(end - stilled_), kWobbleGrain, [&](std::size_t a, std::size_t b) {
          for (std::uint64_t n = stilled_ + a; n < stilled_ + b; ++n) {
            if (ring_.slot(n).state != LineState::kMeasured) continue;
            ring_.slot(n).rise_mm =
                high_passed_rise(rise_window_, static_cast<std::size_t>(n - from), rise_reach_);
            std::copy_n(upright_line(n), ring_.pixels(), still_line(n));
            undo_rise(rise_gain_, ring_.slot(n).rise_mm, {still_line(n), ring_.pixels()});
          }
        });
  }
  stilled_ = end;
}

/// Takes the rise out of the lines before `end`, with the edges of the lines around.
void WobbleRemoval::take_rises_out(std::uint64_t end, std::uint64_t first) {
  const std::uint64_t from_line = std::exchange(done_, end);
  if (!rise_on_) return;
  core::parallel_for(
      static_cast<std::size_t>(end - from_line), kWobbleGrain, [&](std::size_t a, std::size_t b) {
        std::array<const float*, 2 * kStillReach_lines + 1> around;
        for (std::uint64_t n = from_line + a; n < from_line + b; ++n) {
          const HeldLine& s = ring_.slot(n);
          if (s.state != LineState::kMeasured) continue;
          std::size_t count = 0, own = 0;
          const std::uint64_t from = std::max(first, before_by(n, kStillReach_lines));
          for (std::uint64_t k = from; k < std::min(stilled_, n + kStillReach_lines + 1); ++k) {
            const HeldLine& other = ring_.slot(k);
            if (other.state != LineState::kMeasured || other.header.energy != s.header.energy)
              continue;
            if (k == n) own = count;
            around[count++] = still_line(k);
          }
          take_rise_out(rise_gain_, s.rise_mm, {around.data(), count}, own,
                        {upright_line(n), ring_.pixels()});
        }
      });
}

}  // namespace portcullis::imaging
