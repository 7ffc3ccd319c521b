#pragma once

#include <cstddef>
#include <span>

namespace portcullis::imaging::kernels {

// The inner loops of following the boom's rise (imaging/correct/rise.h has what they mean), on the
// machine's vectors; the rules are those of line_kernels.h. Sums are taken in kRiseLanes fixed
// parts, whatever the vectors' width, so they too are the same bytes on every target.
//
// All pure, thread-safe, allocation-free. Spans of one call have the same length (asserted).

inline constexpr std::size_t kRiseLanes = 16;
/// Pixels at either end that give no sum.
inline constexpr std::size_t kRiseEdge = 8;

/// Variance of T is photon * T + least; a pixel further off than `outlier` standard deviations, or
/// than a rise by `step_mm` would make it, counts less and less, with the fourth power.
struct RiseNoise {
  float photon = 0, least = 0, outlier = 0, step_mm = 0;
};
/// How well a reference is known: the share of one line's variance that a pixel of `age` lines has,
/// max(least, 1 / (1 + age)). Only edges beyond `edge` standard deviations of that are believed.
struct RiseReference {
  std::span<const float> values, trust, age;
  float least = 0, edge = 0;
};
/// Sums of the least-squares problem T - R = rise * b + change * load.
struct RiseSums {
  double bb = 0, bt = 0, tt = 0, bd = 0, td = 0;
};
/// b = gain * (R[i + 1] - R[i]), or (R[i] - R[i - 1]) where not `upward`; load = R where R is below
/// `air` and the pixel has a gain, else 0. Pixel i goes to part (i - kRiseEdge) % kRiseLanes.
/// No b counts whose square is at most edge^2 gain^2 v max(least, 1 / (1 + age)), v the variance of
/// one line: the reference's noise would make a rise of its own.
RiseSums rise_sums(std::span<const float> gain, const RiseReference& reference,
                   std::span<const float> transmission, bool upward, float rise, float change,
                   float air, const RiseNoise& noise);

/// How fast a reference is learned: a part `memory` of what is new, more while it is young; trust
/// grows by `trust_memory` a line.
struct RiseMemory {
  float memory = 0, trust_memory = 0;
};
/// One line's part in the reference: `learned` = reference drawn towards `still`; where that is
/// further off than noise.outlier says the pixel sees another load: age and trust begin anew.
void rise_learn(std::span<const float> gain, std::span<const float> still,
                std::span<const float> reference, const RiseNoise& noise, const RiseMemory& memory,
                std::span<float> age, std::span<float> trust, std::span<float> learned);

/// In place, from the last to the first: t[i] = t[i] * u - t[i + 1] * (d * u), d = min(rise *
/// gain[i], shift_max), u = 1 / (1 - d); with `rise` below 0 from the first to the last, of
/// t[i - 1], by -rise. The first one of all stays.
void rise_undo(std::span<const float> gain, float rise, float shift_max, std::span<float> values);

/// What a line's rise is taken out by: of each pixel its gain, the mean of the lines around and
/// that mean of the pixel next to it, and what rise_undo() made of the line alone. All as long as
/// the values they go with.
struct RiseAround {
  const float *gain = nullptr, *mean = nullptr, *mean_next = nullptr, *alone = nullptr;
};
/// Variance of T as in RiseNoise; no share is above shift_max; where a shift is near a half, noise
/// grows to at most 1 / half_min; the line alone counts beyond `outlier` standard deviations.
struct RiseTakeOut {
  float photon = 0, least = 0, shift_max = 0, half_min = 0, outlier = 0;
};
/// In place: t -= even + believed * (t - alone - even), with d = min(shift_max, rise * gain), even
/// = d * (mean_next - mean), believed = max(0, x^2 - outlier^2 v) / (x^2 + 1e-20), x = t - alone -
/// even, v = (photon * max(t, 0) + least) * 2 * d * d / max(half_min, |1 - 2 d|).
void rise_take_out(const RiseAround& around, float rise, const RiseTakeOut& by,
                   std::span<float> values);

}  // namespace portcullis::imaging::kernels
