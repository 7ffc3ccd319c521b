#pragma once

#include <cstdint>

namespace portcullis::imaging {

/// The 16-bit planes that images are stored and shown in.
///
/// Attenuation code: round(1024 - 4096 ln T), clipped to 0..65535. Air (T = 1) is 1024, so that
/// noise above air keeps its sign; the code ends at T = 1.4e-7 (attenuation 15.75).
/// Mass code: 0.01 g/cm2 a step, clipped to 0..65535 (655.35 g/cm2).
/// All pure, thread-safe, allocation-free.
inline constexpr double kAirCode = 1024.0;
inline constexpr double kCodesPerAttenuation = 4096.0;
inline constexpr double kMassPerCode_g_cm2 = 0.01;

/// T at most 0, or not a number, gives 65535.
std::uint16_t attenuation_code(float transmission);
/// Inverse: exp((1024 - code) / 4096).
float transmission_from_code(std::uint16_t code);
/// -ln T of a code; negative for codes below air.
inline float attenuation_from_code(std::uint16_t code) {
  return (static_cast<float>(code) - 1024.0F) * (1.0F / 4096.0F);
}
/// The code nearest to an attenuation (-ln T), clipped.
std::uint16_t code_from_attenuation(float attenuation);

/// Negative or not a number gives 0.
std::uint16_t mass_code(float mass_g_cm2);
inline float mass_from_code_g_cm2(std::uint16_t code) {
  return static_cast<float>(code) * 0.01F;
}

}  // namespace portcullis::imaging
