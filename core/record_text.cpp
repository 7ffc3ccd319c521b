#include "core/record_text.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/time.h"

namespace portcullis::core {
namespace {

/// Objects and lists are put together here; the library writes single values, which own nothing
/// that their destructors would need memory for.
class TextWriter {
 public:
  /// Keys must come in their order.
  template <class Value>
  TextWriter& field(std::string_view key, const Value& value) {
    name(key);
    put(nlohmann::json(value));
    return *this;
  }
  TextWriter& field(std::string_view key, std::string_view value) {
    name(key);
    put(nlohmann::json(std::string(value)));
    return *this;
  }
  /// `text` is JSON already.
  TextWriter& nested(std::string_view key, std::string_view text) {
    name(key);
    out_ += text;
    return *this;
  }
  TextWriter& element(double value) {
    next();
    put(nlohmann::json(value));
    return *this;
  }
  TextWriter& element_text(std::string_view text) {
    next();
    out_ += text;
    return *this;
  }
  [[nodiscard]] std::string object() const { return '{' + out_ + '}'; }
  [[nodiscard]] std::string list() const { return '[' + out_ + ']'; }

 private:
  void next() {
    if (!out_.empty()) out_ += ',';
  }
  void name(std::string_view key) {
    next();
    put(nlohmann::json(std::string(key)));
    out_ += ':';
  }
  void put(const nlohmann::json& value) {
    out_ += value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  std::string out_;
};

}  // namespace

std::string geometry_text(const ScannerGeometry& g) {
  TextWriter pixels_y;
  TextWriter pixels_z;
  for (const auto& p : g.pixels) {
    pixels_y.element(p.y_mm);
    pixels_z.element(p.z_mm);
  }
  return TextWriter()
      .field("encoder_mm_per_count", g.encoder_mm_per_count)
      .field("energy_high_mv", g.energy_high_mv)
      .field("energy_low_mv", g.energy_low_mv)
      .field("gantry_moves", g.gantry_moves)
      .field("image_mm_per_px", g.image_mm_per_px)
      .field("module_count", g.module_count)
      .field("name", std::string_view(g.name))
      .field("pixel_pitch_mm", g.pixel_pitch_mm)
      .field("pixels_per_module", g.pixels_per_module)
      .nested("pixels_y_mm", pixels_y.list())
      .nested("pixels_z_mm", pixels_z.list())
      .field("pulse_rate_hz", g.pulse_rate_hz)
      .field("source_y_mm", g.source_y_mm)
      .field("source_z_mm", g.source_z_mm)
      .object();
}

std::string scan_meta_text(const ScanMeta& m) {
  TextWriter containers;
  for (const auto& c : m.identity.containers)
    containers.element_text(TextWriter()
                                .field("check_digit_ok", c.check_digit_ok)
                                .field("confidence", c.confidence)
                                .field("iso_type", std::string_view(c.iso_type))
                                .field("number", std::string_view(c.number))
                                .object());
  TextWriter extra;
  for (const auto& [key, value] : m.extra) extra.field(key, std::string_view(value));
  const std::string identity = TextWriter()
                                   .nested("containers", containers.list())
                                   .field("plate", std::string_view(m.identity.plate))
                                   .object();
  return TextWriter()
      .field("arm_id", m.arm_id)
      .field("ended", std::string_view(to_iso8601(m.ended)))
      .nested("extra", extra.object())
      .nested("geometry", geometry_text(m.geometry))
      .field("id", std::string_view(m.id))
      .nested("identity", identity)
      .field("lane", std::string_view(m.lane))
      .field("outcome", scan_outcome_name(m.outcome))
      .field("outcome_reason", std::string_view(m.outcome_reason))
      .field("simulated", m.simulated)
      .field("software_version", std::string_view(m.software_version))
      .field("started", std::string_view(to_iso8601(m.started)))
      .object();
}

std::string radiation_text(const RadiationMeasurement& m) {
  return TextWriter()
      .field("gamma_alarm", m.gamma_alarm)
      .field("neutron_alarm", m.neutron_alarm)
      .field("problem", std::string_view(m.problem))
      .field("sigma_max", m.sigma_max)
      .field("valid", m.valid)
      .object();
}

}  // namespace portcullis::core
