#include "firmware_bridge/codec/camera_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace portcullis::firmware_bridge {
namespace {

core::Error camera_error(std::string_view why) {
  return {core::ErrorCode::kInvalidInput, "camera line: " + std::string(why)};
}

struct CameraText {
  const char* key;
  std::size_t bytes_min;
  std::size_t bytes_max;
  std::string CameraReading::*member;
};
constexpr std::array<CameraText, 4> kCameraTexts = {{
    {"camera", 1, 64, &CameraReading::camera},
    {"kind", 1, 32, &CameraReading::kind},
    {"text", 0, 256, &CameraReading::text},
    {"image", 0, 1024, &CameraReading::image},
}};

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

core::Result<CameraReading> parse_camera_line(std::string_view line) {
  if (line.size() > kCameraLineBytesMax) {
    return camera_error(
        fmt::format("is {} bytes long, at most {} allowed", line.size(), kCameraLineBytesMax));
  }
  // The library keeps the last of two equal keys; a duplicate is counted while parsing. Nesting
  // is cut off at once: a reading is flat.
  std::size_t keys = 0;
  bool nested = false;
  const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json&) {
    if (event == nlohmann::json::parse_event_t::key) ++keys;
    const bool opens = event == nlohmann::json::parse_event_t::object_start ||
                       event == nlohmann::json::parse_event_t::array_start;
    if (opens && depth > 0) nested = true;
    return !(opens && depth > 0);
  };
  const nlohmann::json json = nlohmann::json::parse(line.begin(), line.end(), watch, false);
  if (json.is_discarded() || nested || !json.is_object())
    return camera_error("is not one flat JSON object");

  CameraReading reading;
  const auto t_ns = json.find("t_ns");
  if (t_ns == json.end() || !t_ns->is_number_unsigned() ||
      t_ns->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return camera_error("t_ns: missing, or not a whole number of nanoseconds since 1970");
  }
  reading.t_ns = static_cast<std::int64_t>(t_ns->get<std::uint64_t>());
  const auto confidence = json.find("confidence");
  if (confidence == json.end() || !confidence->is_number())
    return camera_error("confidence: missing, or not a number");
  reading.confidence = confidence->get<double>();
  if (!(reading.confidence >= 0 && reading.confidence <= 1))
    return camera_error("confidence: not within 0 to 1");
  for (const CameraText& field : kCameraTexts) {
    const auto value = json.find(field.key);
    if (value == json.end() || !value->is_string()) {
      return camera_error(fmt::format("{}: missing, or not a string", field.key));
    }
    const auto& text = value->get_ref<const std::string&>();
    if (text.size() < field.bytes_min || text.size() > field.bytes_max) {
      return camera_error(fmt::format("{}: {} bytes, {} to {} allowed", field.key, text.size(),
                                      field.bytes_min, field.bytes_max));
    }
    if (has_control_character(text))
      return camera_error(fmt::format("{}: has a control character", field.key));
    reading.*field.member = text;
  }
  if (keys != kCameraTexts.size() + 2) return camera_error("has an unknown key, or one key twice");
  return reading;
}

std::string format_camera_line(const CameraReading& reading) {
  const nlohmann::ordered_json json = {
      {"t_ns", reading.t_ns}, {"camera", reading.camera},         {"kind", reading.kind},
      {"text", reading.text}, {"confidence", reading.confidence}, {"image", reading.image},
  };
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace portcullis::firmware_bridge
