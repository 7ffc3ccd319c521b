#include "customs/adapters/parse.h"

#include <fmt/format.h>

#include "core/files.h"
#include "customs/adapters/wco/wco.h"

namespace portcullis::customs {

namespace {

struct Adapter {
  std::string_view system;
  bool (*looks_like)(std::string_view bytes);
  core::Result<core::Declaration> (*parse)(std::string_view bytes, std::string_view name);
};
constexpr Adapter kAdapters[] = {
    {"wco", wco::looks_like_message, wco::parse_declaration},
};

std::string supported_list() {
  std::string list;
  for (const auto& adapter : kAdapters)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", adapter.system);
  return list;
}

}  // namespace

std::vector<std::string> supported_systems() {
  std::vector<std::string> systems;
  for (const auto& adapter : kAdapters) systems.emplace_back(adapter.system);
  return systems;
}

core::Result<std::string> detect_system(std::string_view bytes, std::string_view name) {
  for (const auto& adapter : kAdapters) {
    if (adapter.looks_like(bytes)) return std::string(adapter.system);
  }
  return core::Error{
      core::ErrorCode::kUnsupported,
      fmt::format(
          "{}: no supported customs message (systems: {}); name the system if it is one of them",
          name, supported_list())};
}

core::Result<core::Declaration> parse_declaration(std::string_view bytes, std::string_view name,
                                                  std::string_view system) {
  std::string chosen(system);
  if (chosen.empty()) {
    PC_TRY(chosen, detect_system(bytes, name));
  }
  for (const auto& adapter : kAdapters) {
    if (adapter.system != chosen) continue;
    PC_TRY(auto declaration, adapter.parse(bytes, name));
    declaration.system = chosen;
    if (declaration.message_id.empty())
      declaration.message_id = "sha256:" + core::sha256_hex(bytes);
    return declaration;
  }
  return core::Error{
      core::ErrorCode::kUnsupported,
      fmt::format("{}: unknown system \"{}\" (systems: {})", name, chosen, supported_list())};
}

core::Result<core::Declaration> parse_declaration_file(const std::filesystem::path& path,
                                                       std::string_view system) {
  PC_TRY(const auto bytes, core::read_file(path, kMessageBytesMax));
  return parse_declaration(bytes, path.string(), system);
}

}  // namespace portcullis::customs
