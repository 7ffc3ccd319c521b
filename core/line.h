#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

namespace portcullis::core {

/// From the trigger line of the pulse; numbers as on the detector's wire.
enum class Energy : std::uint8_t { kNone = 0, kLow = 1, kHigh = 2 };

inline constexpr std::uint16_t kModulesMax = 256;

/// Quality of a line, bits of LineHeader::flags.
namespace line_flag {
inline constexpr std::uint8_t kModuleMissing = 1;  ///< At least one module never reported.
inline constexpr std::uint8_t kSaturated = 2;      ///< A module saw saturation.
inline constexpr std::uint8_t kTriggerMissed = 4;  ///< A trigger was missed before this pulse.
inline constexpr std::uint8_t kTestPattern = 8;    ///< Samples are a test pattern.
inline constexpr std::uint8_t kLineMissing = 16;   ///< No datagram at all came: header is inferred.
inline constexpr std::uint8_t kConflict = 32;  ///< Modules disagreed on encoder, energy or dose.
}  // namespace line_flag

/// What is known of one pulse besides its samples.
struct LineHeader {
  std::uint64_t pulse = 0;         ///< Since arm; missed triggers count too.
  std::uint64_t timestamp_ns = 0;  ///< Detector clock.
  std::int32_t encoder_counts = 0;
  std::uint32_t dose_counts = 0;  ///< Source dose reference of this pulse.
  Energy energy = Energy::kNone;
  std::uint8_t flags = 0;                ///< line_flag bits.
  std::int16_t temperature_centi_c = 0;  ///< Mean over the modules that reported, 0.01 degC.
};

/// One pulse: `samples` holds pixels in array order (module 0 first), raw counts of the 20-bit
/// scale. A pixel of a module that is not in `modules_present` holds 0 and means nothing.
struct Line {
  LineHeader header;
  std::bitset<kModulesMax> modules_present;
  std::vector<std::uint32_t> samples;  ///< Sized once, when the pool is made.
};

}  // namespace portcullis::core
