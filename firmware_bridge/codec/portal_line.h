#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::firmware_bridge {

// Radiation portal, ASCII lines (CRLF on the wire; LineSplitter cuts them), in the widespread
// TSA / Rapiscan VM-250 style: a two-letter tag and comma-separated fields.

enum class PortalTag : std::uint8_t {
  kUnknown,  ///< Tolerated: fields are kept as text.
  kGB,       ///< Gamma background, counts in 1 s.
  kNB,       ///< Neutron background.
  kGH,       ///< Gamma background high: fault.
  kGL,       ///< Gamma background low: fault.
  kNH,       ///< Neutron background high: fault.
  kGS,       ///< Occupied, gamma counts in 200 ms.
  kGA,       ///< The same, in alarm.
  kNS,       ///< Neutron counts in 1 s.
  kNA,       ///< The same, in alarm.
  kSP,       ///< Speed.
  kGX,       ///< End of occupancy.
  kTT,       ///< Tamper on.
  kTC,       ///< Tamper cleared.
  kSG1,
  kSG2,
  kSG3,
  kSN1,
  kSN2,  ///< Settings: fields are kept as text.
};
/// "GB"; "" for kUnknown.
std::string_view portal_tag_name(PortalTag tag);

inline constexpr std::size_t kPortalLineBytesMax = 128;

struct PortalLine {
  PortalTag tag = PortalTag::kUnknown;
  std::string text;                 ///< The line as received, without its end.
  std::vector<std::string> fields;  ///< All fields after the tag, as text.
  /// Master upper, master lower, slave upper, slave lower. For GB to NA; for GX: occupancy number,
  /// neutron background x 1000, 0, 0. Else zeros.
  std::array<std::uint32_t, 4> counts{};
  double seconds_per_foot = 0, miles_per_hour = 0, km_per_hour = 0;  ///< SP only.

  [[nodiscard]] std::uint32_t count_sum() const {
    return counts[0] + counts[1] + counts[2] + counts[3];
  }
};

/// Reads one line without its end. A known tag with other than its fields (six digits each where
/// they are counts) fails with kInvalidInput and names tag and field; an unknown tag of printable
/// ASCII is kUnknown; anything else, or more than kPortalLineBytesMax bytes, fails.
core::Result<PortalLine> parse_portal_line(std::string_view line);

/// "GB,000256,000251,000249,000250" (no CRLF). Counts above 999,999 are written as 999,999.
std::string format_portal_counts(PortalTag tag, const std::array<std::uint32_t, 4>& counts);
/// "SP,0.2249,03.032,004.88,000000" from a speed above zero.
std::string format_portal_speed(double metres_per_second);
/// "GX,000123,004741,000000,000000"
std::string format_portal_occupancy_end(std::uint32_t number, double neutron_background);

}  // namespace portcullis::firmware_bridge
