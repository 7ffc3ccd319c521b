#include "firmware_bridge/codec/portal_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "firmware_bridge/codec/scpi.h"

namespace portcullis::firmware_bridge {
namespace {

struct PortalTagName {
  PortalTag tag;
  std::string_view name;
};
constexpr std::array<PortalTagName, 18> kPortalTags = {{
    {PortalTag::kGB, "GB"},
    {PortalTag::kNB, "NB"},
    {PortalTag::kGH, "GH"},
    {PortalTag::kGL, "GL"},
    {PortalTag::kNH, "NH"},
    {PortalTag::kGS, "GS"},
    {PortalTag::kGA, "GA"},
    {PortalTag::kNS, "NS"},
    {PortalTag::kNA, "NA"},
    {PortalTag::kSP, "SP"},
    {PortalTag::kGX, "GX"},
    {PortalTag::kTT, "TT"},
    {PortalTag::kTC, "TC"},
    {PortalTag::kSG1, "SG1"},
    {PortalTag::kSG2, "SG2"},
    {PortalTag::kSG3, "SG3"},
    {PortalTag::kSN1, "SN1"},
    {PortalTag::kSN2, "SN2"},
}};

core::Error portal_error(std::string_view line, std::string why) {
  std::string shown;
  for (const char c : line.substr(0, 48)) shown.push_back(c >= 0x20 && c < 0x7F ? c : '?');
  return {core::ErrorCode::kInvalidInput, "portal line \"" + shown + "\": " + why};
}

std::optional<std::uint32_t> six_digits(std::string_view field) {
  if (field.size() != 6) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : field) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

/// Digits with at most one point, up to 8 bytes, as in "03.032".
std::optional<double> plain_decimal(std::string_view field) {
  const bool plain = field.size() <= 8 && std::all_of(field.begin(), field.end(), [](char c) {
                       return (c >= '0' && c <= '9') || c == '.';
                     });
  return plain ? parse_scpi_number(field) : std::nullopt;
}

core::Status read_portal_counts(PortalLine& out) {
  if (out.fields.size() != 4) {
    return portal_error(out.text, fmt::format("has {} fields, expected 4", out.fields.size()));
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const auto value = six_digits(out.fields[i]);
    if (!value) {
      return portal_error(out.text,
                          fmt::format("field {} \"{}\" is not six digits", i + 1, out.fields[i]));
    }
    out.counts[i] = *value;
  }
  return {};
}

core::Status read_portal_speed(PortalLine& out) {
  const std::array<double*, 3> to = {&out.seconds_per_foot, &out.miles_per_hour, &out.km_per_hour};
  if (out.fields.size() < 3) return portal_error(out.text, "has fewer than 3 fields");
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = plain_decimal(out.fields[i]);
    if (!value) {
      return portal_error(out.text,
                          fmt::format("field {} \"{}\" is not a number", i + 1, out.fields[i]));
    }
    *to[i] = *value;
  }
  return {};
}

}  // namespace

std::string_view portal_tag_name(PortalTag tag) {
  for (const auto& entry : kPortalTags) {
    if (entry.tag == tag) return entry.name;
  }
  return "";
}

core::Result<PortalLine> parse_portal_line(std::string_view line) {
  if (line.size() > kPortalLineBytesMax) {
    return portal_error(line, fmt::format("is {} bytes long, at most {} allowed", line.size(),
                                          kPortalLineBytesMax));
  }
  const bool printable =
      std::all_of(line.begin(), line.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (line.empty() || !printable) return portal_error(line, "is empty or not printable ASCII");
  PortalLine out;
  out.text = std::string(line);
  std::string_view rest = line;
  std::string_view name = rest.substr(0, rest.find(','));
  while (rest.find(',') != std::string_view::npos) {
    rest.remove_prefix(rest.find(',') + 1);
    out.fields.emplace_back(rest.substr(0, rest.find(',')));
  }
  for (const auto& entry : kPortalTags) {
    if (entry.name == name) out.tag = entry.tag;
  }
  switch (out.tag) {
    case PortalTag::kGB:
    case PortalTag::kNB:
    case PortalTag::kGH:
    case PortalTag::kGL:
    case PortalTag::kNH:
    case PortalTag::kGS:
    case PortalTag::kGA:
    case PortalTag::kNS:
    case PortalTag::kNA:
    case PortalTag::kGX:
      PC_CHECK(read_portal_counts(out));
      break;
    case PortalTag::kSP:
      PC_CHECK(read_portal_speed(out));
      break;
    default:
      break;
  }
  return out;
}

std::string format_portal_counts(PortalTag tag, const std::array<std::uint32_t, 4>& counts) {
  const auto six = [](std::uint32_t value) { return std::min<std::uint32_t>(value, 999'999); };
  return fmt::format("{},{:06},{:06},{:06},{:06}", portal_tag_name(tag), six(counts[0]),
                     six(counts[1]), six(counts[2]), six(counts[3]));
}

std::string format_portal_speed(double metres_per_second) {
  const double speed = std::clamp(metres_per_second, 0.031, 40.0);
  return fmt::format("SP,{:06.4f},{:06.3f},{:06.2f},000000", 0.3048 / speed, speed / 0.44704,
                     speed * 3.6);
}

std::string format_portal_occupancy_end(std::uint32_t number, double neutron_background) {
  const double scaled = std::clamp(neutron_background * 1000.0, 0.0, 999'999.0);
  return fmt::format("GX,{:06},{:06},000000,000000", number % 1'000'000,
                     static_cast<std::uint32_t>(scaled + 0.5));
}

}  // namespace portcullis::firmware_bridge
