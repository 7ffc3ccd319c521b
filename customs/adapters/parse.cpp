#include "customs/adapters/parse.h"

#include <fmt/format.h>

#include "core/files.h"
#include "customs/adapters/adapter.h"
#include "customs/adapters/camir/camir.h"
#include "customs/adapters/edifact/edifact.h"
#include "customs/adapters/ncts/ncts.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/tables.h"
#include "customs/adapters/wco/wco.h"
#include "customs/adapters/x12/x12.h"

namespace portcullis::customs {

namespace {

/// In the order they are asked whether a message is theirs: the most particular first.
std::span<const Adapter* const> adapters() {
  static const Adapter* const kAdapters[] = {
      &wco::adapter(),         &ncts::adapter(),    &ics2_adapter(), &asycuda_adapter(),
      &unipass_adapter(),      &tradenet_adapter(), &carm_adapter(), &edifact::adapter(),
      &x12_adapter(),          &camir_adapter(),    &caps_adapter(), &scan_orders_adapter(),
      &eu_decisions_adapter(), &cis_adapter()};
  return kAdapters;
}

std::string supported_list() {
  std::string list;
  for (const auto* adapter : adapters())
    list += fmt::format("{}{}", list.empty() ? "" : ", ", adapter->system);
  return list;
}

core::Error unsupported(std::string why) {
  return {core::ErrorCode::kUnsupported, std::move(why)};
}

const Adapter* adapter_of(std::string_view system) {
  for (const auto* adapter : adapters())
    if (adapter->system == system) return adapter;
  return nullptr;
}

}  // namespace

std::vector<SystemInfo> supported_systems() {
  std::vector<SystemInfo> systems;
  for (const auto* adapter : adapters()) {
    auto& info =
        systems.emplace_back(SystemInfo{adapter->system, adapter->basis, adapter->reads, {}});
    for (const auto& writer : adapter->writers) info.writes.push_back(writer.message);
  }
  return systems;
}

core::Result<std::string> detect_system(std::string_view bytes, std::string_view name) {
  for (const auto* adapter : adapters()) {
    if (adapter->looks_like(bytes)) return std::string(adapter->system);
  }
  return unsupported(fmt::format(
      "{}: no supported customs message (systems: {}); name the system if it is one of them", name,
      supported_list()));
}

core::Result<Case> parse_message(std::string_view bytes, std::string_view name,
                                 std::string_view system) {
  if (bytes.size() > kMessageBytesMax) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: {} bytes; a message has at most {}", name, bytes.size(),
                                   kMessageBytesMax)};
  }
  std::string chosen(system);
  if (chosen.empty()) {
    PC_TRY(chosen, detect_system(bytes, name));
  }
  const auto* adapter = adapter_of(chosen);
  if (adapter == nullptr) {
    return unsupported(fmt::format("{}: unknown system \"{}\" (systems: {})", name,
                                   quotable(chosen, 40), supported_list()));
  }
  PC_TRY(auto read, adapter->parse(bytes, name));
  read.message.system = chosen;
  if (read.message.basis.empty()) read.message.basis = adapter->basis;
  if (read.message.id.empty()) read.message.id = "sha256:" + core::sha256_hex(bytes);
  for (std::size_t i = 0; i < read.declarations.size(); ++i) {
    auto& declaration = read.declarations[i];
    declaration.system = chosen;
    // Several of one message are told apart by their position in it.
    if (declaration.message_id.empty())
      declaration.message_id = read.declarations.size() == 1
                                   ? read.message.id
                                   : fmt::format("{}#{}", read.message.id, i + 1);
  }
  return read;
}

core::Result<Case> parse_message_file(const std::filesystem::path& path, std::string_view system) {
  PC_TRY(const auto bytes, core::read_file(path, kMessageBytesMax));
  return parse_message(bytes, path.string(), system);
}

core::Result<Emitted> emit_message(const Case& customs_case, std::string_view system,
                                   std::string_view message) {
  const auto* adapter = adapter_of(system);
  if (adapter == nullptr) {
    return unsupported(
        fmt::format("--system {}: is not one of {}", quotable(system, 40), supported_list()));
  }
  std::string names;
  for (const auto& writer : adapter->writers) {
    if (writer.message == message) return writer.write(customs_case);
    names += fmt::format("{}{}", names.empty() ? "" : ", ", writer.message);
  }
  return unsupported(fmt::format("--message {}: of {} {} can be written", quotable(message, 40),
                                 system, names.empty() ? "nothing" : names));
}

core::Result<core::Declaration> parse_declaration(std::string_view bytes, std::string_view name,
                                                  std::string_view system) {
  PC_TRY(auto read, parse_message(bytes, name, system));
  if (read.declarations.size() == 1) return std::move(read.declarations.front());
  if (read.declarations.empty())
    return unsupported(fmt::format("{}: \"{}\" is no declaration", name, read.message.name));
  return unsupported(
      fmt::format("{}: holds {} declarations, not one", name, read.declarations.size()));
}

core::Result<core::Declaration> parse_declaration_file(const std::filesystem::path& path,
                                                       std::string_view system) {
  PC_TRY(const auto bytes, core::read_file(path, kMessageBytesMax));
  return parse_declaration(bytes, path.string(), system);
}

}  // namespace portcullis::customs
