#pragma once

#include <cstddef>
#include <cstdint>
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

/// Colour and class by attenuation of the high energy, H, and by what the low energy's exceeds the
/// least that any goods have, E = L - 1.02 H: entry [round(E * kExcessStepsPerUnit)][round(H *
/// kHighStepsPerUnit)], E clamped, halves to even; 0xMMRRGGBB with M the material class. Goods of
/// one kind lie on a line of it, so what they need of the table stays together in the cache; and no
/// division is needed, as it would be for the ratio L / H.
inline constexpr float kExcessOfHigh = 1.02F;
inline constexpr std::size_t kExcessSteps = 384;
inline constexpr float kExcessStepsPerUnit = 256.0F;  ///< E from 0 to 1.5.
inline constexpr std::size_t kHighSteps = 640;
inline constexpr float kHighStepsPerUnit = 64.0F;  ///< H from 0 to 9.21, which is step 589.
struct ColourTable {
  std::vector<std::uint32_t> entries;  ///< [kExcessSteps * kHighSteps]
};
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
///     H = -quick_log(min(max(T_high, kLineTransmissionMin), 1)), L = -quick_log(max(T_low, ..))
///     E = L - kExcessOfHigh * H
///     argb = table[E][H] | 0xFF000000, material = table[E][H] >> 24
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
