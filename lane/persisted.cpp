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

namespace {

nlohmann::json containers_json(const core::VehicleIdentity& identity) {
  nlohmann::json json = nlohmann::json::array();
  for (const auto& container : identity.containers) {
    json.push_back({{"number", container.number},
                    {"iso_type", container.iso_type},
                    {"check_digit_ok", container.check_digit_ok},
                    {"confidence", container.confidence}});
  }
  return json;
}

/// Plate and containers of `json`, which may have neither; empty where all is well, else what not.
std::string_view read_identity(const nlohmann::json& json, core::VehicleIdentity& identity) {
  if (json.contains("plate")) {
    if (!json["plate"].is_string()) return "plate: must be text";
    identity.plate = json["plate"].get<std::string>();
  }
  if (!json.contains("containers")) return {};
  if (!json["containers"].is_array()) return "containers: must be an array";
  for (const auto& item : json["containers"]) {
    const auto container = container_from(item);
    if (!container) return "containers: one is not understood";
    identity.containers.push_back(*container);
  }
  return {};
}

std::optional<BayPlace> bay_place_from(const std::string& name) {
  for (std::size_t i = 0; i < kBayPlaceCount; ++i)
    if (bay_place_name(static_cast<BayPlace>(i)) == name) return static_cast<BayPlace>(i);
  return std::nullopt;
}

std::optional<PersistedBay> bay_from(const nlohmann::json& json) {
  const auto is = [&](const char* key, nlohmann::json::value_t type) {
    const auto found = json.find(key);
    return found != json.end() && found->type() == type;
  };
  using Type = nlohmann::json::value_t;
  if (!json.is_object() || !is("number", Type::number_unsigned) || !is("place", Type::string) ||
      !is("vehicle", Type::number_unsigned) || !is("arrived", Type::boolean) ||
      !is("missing", Type::boolean) || !is("scan_id", Type::string) || !is("owner", Type::string))
    return std::nullopt;
  PersistedBay bay;
  const auto number = json["number"].get<std::uint64_t>();
  const auto place = bay_place_from(json["place"].get<std::string>());
  bay.vehicle = json["vehicle"].get<std::uint64_t>();
  if (number < 1 || number > kBaysMax || !place || *place == BayPlace::kEmpty || bay.vehicle == 0)
    return std::nullopt;
  bay.number = static_cast<std::uint8_t>(number);
  bay.place = *place;
  bay.arrived = json["arrived"].get<bool>();
  bay.missing = json["missing"].get<bool>();
  bay.scan_id = json["scan_id"].get<std::string>();
  bay.owner = json["owner"].get<std::string>();
  if (!read_identity(json, bay.identity).empty()) return std::nullopt;
  return bay;
}

std::optional<AwaitedVehicle> awaited_from(const nlohmann::json& json) {
  const auto is = [&](const char* key, auto&& right) {
    const auto found = json.find(key);
    return found != json.end() && right(*found);
  };
  const auto text = [](const nlohmann::json& value) { return value.is_string(); };
  const auto count = [](const nlohmann::json& value) { return value.is_number_unsigned(); };
  if (!json.is_object() || !is("vehicle", count) || !is("scan_id", text) || !is("officer", text) ||
      !is("since_utc_ns", [](const nlohmann::json& value) { return value.is_number_integer(); }) ||
      !is("came_as", count))
    return std::nullopt;
  AwaitedVehicle one;
  one.vehicle = json["vehicle"].get<std::uint64_t>();
  one.scan_id = json["scan_id"].get<std::string>();
  one.officer = json["officer"].get<std::string>();
  one.since = core::UtcTime{json["since_utc_ns"].get<std::int64_t>()};
  one.came_as = json["came_as"].get<std::uint64_t>();
  if (one.vehicle == 0 || one.scan_id.empty() || !read_identity(json, one.identity).empty())
    return std::nullopt;
  return one;
}

}  // namespace

bool Persisted::operator==(const Persisted& other) const {
  const auto same = [](const core::ContainerReading& a, const core::ContainerReading& b) {
    return std::tie(a.number, a.iso_type, a.check_digit_ok, a.confidence) ==
           std::tie(b.number, b.iso_type, b.check_digit_ok, b.confidence);
  };
  const auto facts = [](const Persisted& p) {
    return std::tie(p.latched, p.first_out, p.vehicles, p.vehicle, p.vehicle_scanned, p.decision,
                    p.scan_id, p.identity.plate, p.bay, p.tailgated);
  };
  const auto same_containers = [&](const core::VehicleIdentity& a, const core::VehicleIdentity& b) {
    return std::equal(a.containers.begin(), a.containers.end(), b.containers.begin(),
                      b.containers.end(), same);
  };
  const auto same_bay = [&](const PersistedBay& a, const PersistedBay& b) {
    return std::tie(a.number, a.place, a.vehicle, a.arrived, a.missing, a.scan_id, a.owner,
                    a.identity.plate) == std::tie(b.number, b.place, b.vehicle, b.arrived,
                                                  b.missing, b.scan_id, b.owner,
                                                  b.identity.plate) &&
           same_containers(a.identity, b.identity);
  };
  const auto same_awaited = [&](const AwaitedVehicle& a, const AwaitedVehicle& b) {
    return std::tie(a.vehicle, a.scan_id, a.officer, a.since.ns, a.came_as, a.identity.plate) ==
               std::tie(b.vehicle, b.scan_id, b.officer, b.since.ns, b.came_as, b.identity.plate) &&
           same_containers(a.identity, b.identity);
  };
  return std::equal(awaited.begin(), awaited.end(), other.awaited.begin(), other.awaited.end(),
                    same_awaited) &&
         facts(*this) == facts(other) && same_containers(identity, other.identity) &&
         std::equal(bays.begin(), bays.end(), other.bays.begin(), other.bays.end(), same_bay);
}

Persisted persisted_of(const State& state, std::string_view scan_id,
                       const core::VehicleIdentity& identity, const std::vector<BayView>& bays,
                       const std::vector<AwaitedVehicle>& awaited) {
  Persisted p{state.latched,
              state.first_out,
              state.vehicles,
              state.vehicle,
              state.vehicle_scanned,
              state.decision,
              std::string(scan_id),
              identity,
              state.bay,
              state.tailgated,
              {},
              awaited};
  for (const BayView& bay : bays)
    if (bay.state.place != BayPlace::kEmpty)
      p.bays.push_back({bay.number, bay.state.place, bay.state.vehicle, bay.state.arrived,
                        bay.state.missing, bay.scan_id, bay.owner, bay.record.identity});
  return p;
}

std::vector<BayView> bays_of(const Persisted& persisted, core::UtcTime now) {
  std::vector<BayView> bays;
  for (const PersistedBay& kept : persisted.bays) {
    BayView bay;
    bay.number = kept.number;
    bay.state.place = kept.place;
    bay.state.vehicle = kept.vehicle;
    bay.state.arrived = kept.arrived;
    bay.state.missing = kept.missing;
    bay.scan_id = kept.scan_id;
    bay.owner = kept.owner;
    bay.since = now;
    bay.record.vehicle = kept.vehicle;
    bay.record.arrived = now;
    bay.record.identity = kept.identity;
    bays.push_back(std::move(bay));
  }
  return bays;
}

State restored_state(const Persisted& persisted, core::TimePoint now, const CycleConfig& config) {
  State state = initial_state(now, config);
  state.latched = persisted.latched;
  state.first_out = persisted.first_out;
  state.vehicles = persisted.vehicles;
  state.vehicle = persisted.vehicle;
  state.vehicle_scanned = persisted.vehicle_scanned;
  state.decision = persisted.decision;
  state.bay = persisted.bay;
  state.tailgated = persisted.tailgated;
  return state;
}

std::string format_persisted(const Persisted& p) {
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
  json["containers"] = containers_json(p.identity);
  json["bay"] = p.bay;
  json["tailgated"] = p.tailgated;
  json["bays"] = nlohmann::json::array();
  for (const PersistedBay& bay : p.bays)
    json["bays"].push_back({{"number", bay.number},
                            {"place", bay_place_name(bay.place)},
                            {"vehicle", bay.vehicle},
                            {"arrived", bay.arrived},
                            {"missing", bay.missing},
                            {"scan_id", bay.scan_id},
                            {"owner", bay.owner},
                            {"plate", bay.identity.plate},
                            {"containers", containers_json(bay.identity)}});
  json["awaited"] = nlohmann::json::array();
  for (const AwaitedVehicle& one : p.awaited)
    json["awaited"].push_back({{"vehicle", one.vehicle},
                               {"scan_id", one.scan_id},
                               {"officer", one.officer},
                               {"since_utc_ns", one.since.ns},
                               {"came_as", one.came_as},
                               {"plate", one.identity.plate},
                               {"containers", containers_json(one.identity)}});
  return json.dump(2) + "\n";
}

core::Status save_persisted(const std::filesystem::path& path, const Persisted& persisted) {
  return core::write_file_atomically(path, format_persisted(persisted));
}

core::Result<Persisted> FileStateStore::load() {
  return load_persisted(path_);
}

core::Status FileStateStore::save(const Persisted& persisted) {
  return save_persisted(path_, persisted);
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
  if (const auto amiss = read_identity(json, p.identity); !amiss.empty())
    return state_file_error(name, amiss);
  if (json.contains("bay")) {
    if (!json["bay"].is_number_unsigned() || json["bay"].get<std::uint64_t>() > kBaysMax)
      return state_file_error(name, "bay: must be the number of a bay");
    p.bay = json["bay"].get<std::uint8_t>();
  }
  if (json.contains("tailgated")) {
    if (!json["tailgated"].is_boolean())
      return state_file_error(name, "tailgated: must be true or false");
    p.tailgated = json["tailgated"].get<bool>();
  }
  if (json.contains("bays")) {
    if (!json["bays"].is_array()) return state_file_error(name, "bays: must be an array");
    for (const auto& item : json["bays"]) {
      const auto bay = bay_from(item);
      if (!bay) return state_file_error(name, "bays: one is not understood");
      p.bays.push_back(*bay);
    }
  }
  if (json.contains("awaited")) {
    if (!json["awaited"].is_array()) return state_file_error(name, "awaited: must be an array");
    for (const auto& item : json["awaited"]) {
      const auto one = awaited_from(item);
      if (!one) return state_file_error(name, "awaited: one is not understood");
      p.awaited.push_back(*one);
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
