#include "lane/persisted.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "core/files.h"

namespace portcullis::lane {
namespace {

constexpr std::size_t kStateFileBytesMax = 64 * 1024;

core::Error state_file_error(std::string_view name, std::string_view why) {
  return {core::ErrorCode::kCorrupt,
          std::string(name) + ": " + std::string(why) +
              "; the lane does not start without its latches: repair the file, or have a "
              "responsible person remove it"};
}

std::optional<Fault> fault_from(std::string_view name) {
  for (std::size_t i = 0; i < kFaultCount; ++i)
    if (fault_name(static_cast<Fault>(i)) == name) return static_cast<Fault>(i);
  return std::nullopt;
}

std::optional<core::ContainerReading> container_from(const nlohmann::json& json) {
  const auto is = [&](const char* key, auto&& right) {
    const auto found = json.find(key);
    return found != json.end() && right(*found);
  };
  const auto text = [](const nlohmann::json& value) { return value.is_string(); };
  if (!json.is_object() || !is("number", text) || !is("iso_type", text) ||
      !is("check_digit_ok", [](const nlohmann::json& value) { return value.is_boolean(); }) ||
      !is("confidence", [](const nlohmann::json& value) { return value.is_number(); }))
    return std::nullopt;
  return core::ContainerReading{
      json["number"].get<std::string>(), json["iso_type"].get<std::string>(),
      json["check_digit_ok"].get<bool>(), json["confidence"].get<double>()};
}

}  // namespace

bool Persisted::operator==(const Persisted& other) const {
  const auto same = [](const core::ContainerReading& a, const core::ContainerReading& b) {
    return std::tie(a.number, a.iso_type, a.check_digit_ok, a.confidence) ==
           std::tie(b.number, b.iso_type, b.check_digit_ok, b.confidence);
  };
  const auto facts = [](const Persisted& p) {
    return std::tie(p.latched, p.first_out, p.vehicles, p.vehicle, p.vehicle_scanned, p.decision,
                    p.scan_id, p.identity.plate);
  };
  const auto& a = identity.containers;
  const auto& b = other.identity.containers;
  return facts(*this) == facts(other) && std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

Persisted persisted_of(const State& state, std::string_view scan_id,
                       const core::VehicleIdentity& identity) {
  return {state.latched,         state.first_out, state.vehicles,       state.vehicle,
          state.vehicle_scanned, state.decision,  std::string(scan_id), identity};
}

State restored_state(const Persisted& persisted, core::TimePoint now, const CycleConfig& config) {
  State state = initial_state(now, config);
  state.latched = persisted.latched;
  state.first_out = persisted.first_out;
  state.vehicles = persisted.vehicles;
  state.vehicle = persisted.vehicle;
  state.vehicle_scanned = persisted.vehicle_scanned;
  state.decision = persisted.decision;
  return state;
}

core::Status save_persisted(const std::filesystem::path& path, const Persisted& p) {
  nlohmann::json json;
  json["format"] = 1;
  json["latched"] = nlohmann::json::array();
  for (std::size_t i = 0; i < kFaultCount; ++i)
    if (p.latched[i]) json["latched"].push_back(fault_name(static_cast<Fault>(i)));
  json["first_out"] =
      p.first_out ? nlohmann::json(fault_name(*p.first_out)) : nlohmann::json(nullptr);
  json["vehicles"] = p.vehicles;
  json["vehicle"] = p.vehicle;
  json["vehicle_scanned"] = p.vehicle_scanned;
  json["decision"] =
      p.decision ? nlohmann::json(core::decision_kind_name(*p.decision)) : nlohmann::json(nullptr);
  json["scan_id"] = p.scan_id;
  json["plate"] = p.identity.plate;
  json["containers"] = nlohmann::json::array();
  for (const auto& container : p.identity.containers) {
    json["containers"].push_back({{"number", container.number},
                                  {"iso_type", container.iso_type},
                                  {"check_digit_ok", container.check_digit_ok},
                                  {"confidence", container.confidence}});
  }
  return core::write_file_atomically(path, json.dump(2) + "\n");
}

core::Result<Persisted> parse_persisted(std::string_view text, std::string_view name) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return state_file_error(name, "not a JSON object");
  const auto has = [&](const char* key, nlohmann::json::value_t type) {
    const auto found = json.find(key);
    return found != json.end() &&
           (found->type() == type ||
            (type == nlohmann::json::value_t::number_unsigned && found->is_number_unsigned()));
  };
  if (!has("format", nlohmann::json::value_t::number_unsigned) || json["format"] != 1)
    return state_file_error(name, "format: must be 1");
  if (!has("latched", nlohmann::json::value_t::array))
    return state_file_error(name, "latched: must be an array");
  Persisted p;
  for (const auto& item : json["latched"]) {
    const auto fault =
        item.is_string() ? fault_from(item.get_ref<const std::string&>()) : std::nullopt;
    if (!fault) return state_file_error(name, "latched: an unknown fault");
    p.latched.set(static_cast<std::size_t>(*fault));
  }
  const auto first_out = json.find("first_out");
  if (first_out != json.end() && first_out->is_string()) {
    p.first_out = fault_from(first_out->get_ref<const std::string&>());
    if (!p.first_out) return state_file_error(name, "first_out: an unknown fault");
  }
  for (const char* key : {"vehicles", "vehicle"})
    if (!has(key, nlohmann::json::value_t::number_unsigned))
      return state_file_error(name, std::string(key) + ": must be a count");
  p.vehicles = json["vehicles"].get<std::uint64_t>();
  p.vehicle = json["vehicle"].get<std::uint64_t>();
  if (p.vehicle > p.vehicles)
    return state_file_error(name, "vehicle: must not be more than vehicles");
  if (!has("vehicle_scanned", nlohmann::json::value_t::boolean))
    return state_file_error(name, "vehicle_scanned: must be true or false");
  p.vehicle_scanned = json["vehicle_scanned"].get<bool>();
  const auto decision = json.find("decision");
  if (decision != json.end() && !decision->is_null()) {
    if (decision->is_string())
      p.decision = core::decision_kind_from(decision->get_ref<const std::string&>());
    if (!p.decision) return state_file_error(name, "decision: unknown");
  }
  if (!has("scan_id", nlohmann::json::value_t::string))
    return state_file_error(name, "scan_id: must be text");
  p.scan_id = json["scan_id"].get<std::string>();
  // Files of before these keys were kept have neither.
  if (json.contains("plate")) {
    if (!json["plate"].is_string()) return state_file_error(name, "plate: must be text");
    p.identity.plate = json["plate"].get<std::string>();
  }
  if (json.contains("containers")) {
    if (!json["containers"].is_array())
      return state_file_error(name, "containers: must be an array");
    for (const auto& item : json["containers"]) {
      const auto container = container_from(item);
      if (!container) return state_file_error(name, "containers: one is not understood");
      p.identity.containers.push_back(*container);
    }
  }
  return p;
}

core::Result<Persisted> load_persisted(const std::filesystem::path& path) {
  auto text = core::read_file(path, kStateFileBytesMax);
  if (!text.ok()) {
    if (text.error().code == core::ErrorCode::kNotFound) return Persisted{};
    return text.error();
  }
  return parse_persisted(*text, path.string());
}

}  // namespace portcullis::lane
