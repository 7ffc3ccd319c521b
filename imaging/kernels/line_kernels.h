#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace portcullis::imaging::kernels {

// The inner loops of imaging over lines of pixels, on the machine's vectors (Highway, dynamic
// dispatch: the best of what this processor has is chosen at run time, from one binary).
//
// Every function works element by element in IEEE single precision, in the order written here, with
// no fused multiply-add, no approximate reciprocal and no sum across lanes: the same bytes on every
// target, and the same as the plain loop in the comment. Values must not be NaN.
//
// All pure, thread-safe, allocation-free unless stated. Spans of one call have the same length
// unless stated (asserted); any length and alignment. In place means the output may be the input.

/// transmission = (sample - dark) * (gain * per_dose): dark, air and dose reference of one line;
/// the same bytes as a plain loop. Samples are counts of the 20-bit scale.
void normalise(std::span<const std::uint32_t> samples, std::span<const float> dark,
               std::span<const float> gain, float per_dose, std::span<float> transmission);

/// values *= factor. In place.
void scale(float factor, std::span<float> values);

/// log = portable_log(value) (imaging/display/portable_math.h). Values positive and normal. In
/// place.
void logarithm(std::span<const float> values, std::span<float> log);

/// attenuation = -portable_log(max(transmission, transmission_min)); the minimum positive and
/// normal. In place.
void attenuation(std::span<const float> transmission, float transmission_min,
                 std::span<float> attenuation);

/// The same as attenuation_code() of imaging/display/quantise.h for every pixel.
void attenuation_codes(std::span<const float> transmission, std::span<std::uint16_t> codes);

/// The same as mass_code() of imaging/display/quantise.h for every pixel: in double precision.
void mass_codes(std::span<const float> mass_g_cm2, std::span<std::uint16_t> codes);

/// Rows made of pixels: rows[r] = sum over taps k, in order, of weight[k][r] * pixels[index[k][r]].
/// Taps are kept tap by tap, so that neighbouring rows go side by side; rows with fewer taps than
/// others end in taps of weight 0.
class RowMap final {
 public:
  /// CSR, as in ResampleWeights (imaging/geometry/resample.h): taps of row r are
  /// [first[r], first[r + 1]). Allocates.
  RowMap(std::span<const std::uint32_t> first, std::span<const std::uint32_t> index,
         std::span<const float> weight);
  /// `pixels` at least as long as the largest index + 1 (asserted), `rows` rows() long.
  void apply(std::span<const float> pixels, std::span<float> rows) const;
  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  std::size_t rows_ = 0, taps_ = 0, pixels_min_ = 0;
  std::vector<std::int32_t> index_;  ///< [taps][rows]
  std::vector<float> weight_;
};

/// Brightness by attenuation: entry floor(attenuation * kGrayStepsPerUnit), the last one for all
/// above.
inline constexpr std::size_t kGraySteps = 1024;
inline constexpr float kGrayStepsPerUnit = 128.0F;  ///< Attenuation 0 to 8.
struct GrayTable {
  std::vector<std::int32_t> gray;  ///< [kGraySteps], 0 to 255.
};
/// The logarithm of pictures, whose steps are 1/256 and more: within 3e-6 of the true one (values
/// positive and normal), just below 1, where air is, exact to first order; as plain loop;
/// `gray` and the colours go by it.
float quick_log(float value);
/// gray = table[-quick_log(max(transmission, 1e-4)) * kGrayStepsPerUnit]: grey of one line.
void gray(std::span<const float> transmission, const GrayTable& table, std::span<std::uint8_t> out);

/// Colour and class by two attenuations, read off the transmissions' bits.
///
/// A positive float's bits, less those of 1, are 2^23 times its logarithm to base 2 but for a hump
/// between the powers of two that is never more than 0.0861. So the bits are an attenuation
/// already, on a scale that is uneven but known; the table holds the true colours at the uneven
/// places, and no logarithm is left to be worked out a pixel. With b the bits of a transmission:
///
///     row    = (b(1) - b(T_high)) >> kHighShift                            attenuation of the high
///     energy excess = b(T_high) - b(T_low) - ((b(1) - b(T_high)) >> 6)            low energy
///     beyond 1 + 1/64 of it column = clamp((excess >> kExcessShift) + kExcessBefore, 0,
///     kExcessSteps - 1)
///
/// Goods of one kind lie on a line of it, so what they need of the table stays together in the
/// cache. A row is 1/128 of an octave, a column 1/256: the high energy's attenuation is that of the
/// row's middle within 0.004, what the low one's exceeds it by that of the column's within 0.004
/// (half a column, and half a row times the difference of two slopes of 1 / (1 + mantissa)).
inline constexpr int kHighShift = 16;
inline constexpr std::size_t kHighSteps = 1711;  ///< Attenuation 0 to 9.21: kLineTransmissionMin.
inline constexpr int kExcessShift = 15;
inline constexpr std::int32_t kExcessBefore =
    24;  ///< Columns for the hump: 0.0861 * (1 + 1/64) octaves.
/// 2.06 octaves, 1.43 of attenuation. Not a power of two: rows would share the cache's places.
inline constexpr std::size_t kExcessSteps = 528;
struct ColourTable {
  std::vector<std::uint32_t> entries;  ///< [kHighSteps][kExcessSteps], 0xMMRRGGBB, M the class.
};
/// The table of a rule: `rule(high, low)` gives 0xMMRRGGBB for attenuations, at each entry's
/// middle. Some 900,000 calls. Allocates.
ColourTable colour_table(const std::function<std::uint32_t(float high, float low)>& rule);
/// Transmission below this is drawn as this (attenuation 9.2).
inline constexpr float kLineTransmissionMin = 1e-4F;

/// One line of each energy and what is known of the pixels.
struct DualLine {
  std::span<const std::uint32_t> high, low;  ///< Samples.
  float per_dose_high = 1, per_dose_low = 1;
};
struct DualCorrection {
  std::span<const float> dark, gain_high, gain_low;
};
/// Correction, logarithm, material and colour of one line of both energies in one pass:
///
///     T = (sample - dark) * (gain * per_dose)
///     T_high held within kLineTransmissionMin and 1, T_low at least kLineTransmissionMin
///     entry = table[row][column], argb = entry | 0xFF000000, material = entry >> 24
///
/// `argb` and `material` have a pixel's place each.
void dual_line(const DualLine& line, const DualCorrection& correction, const ColourTable& table,
               std::span<std::uint32_t> argb, std::span<std::uint8_t> material);

/// The same from transmissions (after bad pixels and geometry).
void dual_colour(std::span<const float> transmission_high, std::span<const float> transmission_low,
                 const ColourTable& table, std::span<std::uint32_t> argb,
                 std::span<std::uint8_t> material);

/// "AVX3", "AVX2", "SSE4", ...: what runs here.
const char* target_name();

}  // namespace portcullis::imaging::kernels
