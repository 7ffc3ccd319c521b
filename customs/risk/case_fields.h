#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

/// Fields of the canonical case by name, as rules speak of them: the keys of its JSON
/// (customs/model/case.h) joined by dots; what stands in a list is meant for every element.
/// "declarations.items.hs_code" is the code of every item of every declaration.
namespace portcullis::customs {

enum class FieldKind : std::uint8_t { kText, kNumber, kFlag, kObject };

/// What kind of value a field holds; nothing where no case has such a field. Lists of objects and
/// objects are kObject.
std::optional<FieldKind> case_field_kind(std::string_view path);

/// Calls `visit` for each value at `path` below `node`, in the order of the case; values that are
/// absent (null) are passed over. True as soon as `visit` says so, else false.
bool any_value(const nlohmann::json& node, std::string_view path,
               const std::function<bool(const nlohmann::json&)>& visit);

}  // namespace portcullis::customs
