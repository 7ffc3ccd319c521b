#include "simulator/live/control_request.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>

namespace portcullis::simulator {
namespace {

using nlohmann::json;

core::Error bad_request(const std::string& message) {
  return {core::ErrorCode::kInvalidInput, message};
}

core::Status only_keys(const json& request, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : request.items()) {
    if (key != "cmd" && std::find(known.begin(), known.end(), key) == known.end()) {
      return bad_request(key + ": unknown key");
    }
  }
  return {};
}

core::Result<double> number_or(const json& request, const char* key, double fallback) {
  if (!request.contains(key)) return fallback;
  if (!request[key].is_number()) return bad_request(std::string(key) + ": must be a number");
  return request[key].get<double>();
}

core::Result<std::string> text_of(const json& request, const char* key) {
  if (!request.contains(key) || !request[key].is_string()) {
    return bad_request(std::string(key) + ": must be text");
  }
  return request[key].get<std::string>();
}

core::Result<ControlRequest> parse_truck(const json& request) {
  PC_CHECK(only_keys(request, {"scene", "gamma_cps"}));
  ControlRequest out;
  out.command = ControlCommand::kTruck;
  PC_TRY(const std::string scene, text_of(request, "scene"));
  out.scene = scene;
  PC_TRY(out.gamma_cps, number_or(request, "gamma_cps", 0));
  if (!(out.gamma_cps >= 0 && out.gamma_cps <= 1e6)) {
    return bad_request("gamma_cps: must be 0 to 1000000");
  }
  return out;
}

core::Result<ControlRequest> parse_fault(const json& request) {
  PC_CHECK(only_keys(request, {"kind", "value", "for_s", "clear"}));
  ControlRequest out;
  out.command = ControlCommand::kFault;
  PC_TRY(const std::string kind, text_of(request, "kind"));
  const auto fault = find_live_fault(kind);
  if (!fault) {
    return core::Error{core::ErrorCode::kUnsupported,
                       "kind: no fault \"" + kind + "\"; known are " + live_fault_names()};
  }
  out.fault = *fault;
  PC_TRY(out.value, number_or(request, "value", live_fault_info(*fault).value_default));
  PC_TRY(out.for_s, number_or(request, "for_s", 0));
  if (request.contains("clear")) {
    if (!request["clear"].is_boolean()) return bad_request("clear: must be true or false");
    out.clear = request["clear"].get<bool>();
  }
  return out;
}

core::Result<ControlRequest> parse_input(const json& request) {
  PC_CHECK(only_keys(request, {"tag", "value"}));
  ControlRequest out;
  out.command = ControlCommand::kInput;
  PC_TRY(const std::string tag, text_of(request, "tag"));
  out.input = find_plc_input(tag);
  if (out.input == nullptr) {
    return bad_request("tag: \"" + tag + "\" is no discrete input of the PLC");
  }
  if (!request.contains("value")) return bad_request("value: is missing");
  if (request["value"].is_boolean()) {
    out.input_value = request["value"].get<bool>();
  } else if (!request["value"].is_null()) {
    return bad_request("value: must be true, false or null");
  }
  return out;
}

}  // namespace

core::Result<ControlRequest> parse_control_request(std::string_view line) {
  const json request = json::parse(line, nullptr, false);
  if (request.is_discarded() || !request.is_object()) {
    return bad_request("not a JSON object on one line");
  }
  if (!request.contains("cmd") || !request["cmd"].is_string()) {
    return bad_request("cmd: must be text");
  }
  const std::string command = request["cmd"].get<std::string>();
  if (command == "truck") return parse_truck(request);
  if (command == "fault") return parse_fault(request);
  if (command == "input") return parse_input(request);
  ControlRequest out;
  if (command == "status") {
    PC_CHECK(only_keys(request, {}));
    return out;
  }
  if (command == "faults") {
    PC_CHECK(only_keys(request, {}));
    out.command = ControlCommand::kFaults;
    return out;
  }
  if (command == "clock") {
    if (request.size() > 1) {
      return core::Error{core::ErrorCode::kUnsupported,
                         "clock: the live simulator runs in real time and cannot be set"};
    }
    out.command = ControlCommand::kClock;
    return out;
  }
  return core::Error{
      core::ErrorCode::kUnsupported,
      "cmd: no command \"" + command + "\"; known are truck, status, clock, fault, faults, input"};
}

}  // namespace portcullis::simulator
