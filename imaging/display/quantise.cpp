#include "imaging/display/quantise.h"

#include <cmath>

#include "imaging/display/portable_math.h"

namespace portcullis::imaging {

namespace {
std::uint16_t clip_to_u16(double value) {
  if (!(value > 0)) return 0;
  if (value >= 65535.0) return 65535;
  return static_cast<std::uint16_t>(std::floor(value + 0.5));
}
}  // namespace

std::uint16_t attenuation_code(float transmission) {
  if (!(transmission > 0.0F)) return 65535;
  if (transmission < 1e-30F) return 65535;
  return clip_to_u16(kAirCode -
                     kCodesPerAttenuation * static_cast<double>(portable_log(transmission)));
}

float transmission_from_code(std::uint16_t code) {
  return std::exp(-attenuation_from_code(code));
}

std::uint16_t code_from_attenuation(float attenuation) {
  if (std::isnan(attenuation)) return 65535;
  return clip_to_u16(kAirCode + kCodesPerAttenuation * static_cast<double>(attenuation));
}

std::uint16_t mass_code(float mass_g_cm2) {
  return clip_to_u16(static_cast<double>(mass_g_cm2) / kMassPerCode_g_cm2);
}

}  // namespace portcullis::imaging
