#include "archive/audit/audit_entry.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace portcullis::archive {
namespace {

constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53U;  // what a JSON number holds exactly
constexpr int kEntryVersion = 1;

core::Error bad_entry(std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("is no audit entry: {}", why)};
}

/// Calls `take` with the text at `key`; false where there is none.
bool read_text(const nlohmann::json& object, const char* key, std::string& text) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return false;
  text = found->get<std::string>();
  return true;
}

}  // namespace

std::string AuditEntry::text(const std::string& key) const {
  const auto found = data.find(key);
  const auto* value = found == data.end() ? nullptr : std::get_if<std::string>(&found->second);
  return value == nullptr ? std::string() : *value;
}

std::int64_t AuditEntry::number(const std::string& key, std::int64_t otherwise) const {
  const auto found = data.find(key);
  const auto* value = found == data.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
  return value == nullptr ? otherwise : *value;
}

core::Result<std::string> to_canonical_json(const AuditEntry& entry) {
  nlohmann::json data = nlohmann::json::object();
  for (const auto& [key, value] : entry.data) {
    if (const auto* number = std::get_if<std::int64_t>(&value);
        number != nullptr && (*number > kIntegerMax || *number < -kIntegerMax))
      return bad_entry(fmt::format("{}: {} is beyond 2^53", key, *number));
    std::visit([&data, &key = key](const auto& held) { data[key] = held; }, value);
  }
  // Keys are sorted, there are no blanks, and integers and texts are written as RFC 8785 says.
  const nlohmann::json object = {{"actor", entry.actor},     {"data", data},
                                 {"subject", entry.subject}, {"time", core::to_iso8601(entry.time)},
                                 {"type", entry.type},       {"v", kEntryVersion}};
  try {
    return object.dump();
  } catch (const nlohmann::json::exception&) {
    return bad_entry("a text of it is no UTF-8");
  }
}

core::Result<AuditEntry> parse_audit_entry(std::string_view text) {
  const auto object = nlohmann::json::parse(text, nullptr, false);
  if (!object.is_object()) return bad_entry("it is no JSON object");
  AuditEntry entry;
  std::string time;
  const auto version = object.find("v");
  const auto data = object.find("data");
  if (version == object.end() || *version != kEntryVersion)
    return bad_entry("v: is not the version this program reads, 1");
  if (!read_text(object, "type", entry.type)) return bad_entry("type: is missing");
  if (!read_text(object, "actor", entry.actor)) return bad_entry("actor: is missing");
  if (!read_text(object, "subject", entry.subject)) return bad_entry("subject: is missing");
  if (!read_text(object, "time", time)) return bad_entry("time: is missing");
  const auto utc = core::parse_iso8601(time);
  if (!utc.ok()) return bad_entry("time: " + utc.error().message);
  entry.time = *utc;
  if (data == object.end() || !data->is_object()) return bad_entry("data: is missing");
  for (const auto& [key, value] : data->items()) {
    if (value.is_string())
      entry.data[key] = value.get<std::string>();
    else if (value.is_boolean())
      entry.data[key] = value.get<bool>();
    else if (value.is_number_integer())
      entry.data[key] = value.get<std::int64_t>();
    else
      return bad_entry(fmt::format("data.{}: is neither text, whole number nor boolean", key));
  }
  // One text for one entry: no other key, order, blank or way to write a number.
  const auto again = to_canonical_json(entry);
  if (!again.ok()) return again.error();
  if (*again != text) return bad_entry("it is not in canonical form");
  return entry;
}

}  // namespace portcullis::archive
