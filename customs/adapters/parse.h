#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/model/case.h"

/// Messages of customs systems to the canonical case and back: the system is found from the bytes,
/// its adapter (a folder beside this file) reads them.
///
/// Input is from outside and hostile until shown otherwise: at most kMessageBytesMax, XML without
/// DOCTYPE and entities and at most 64 deep. Nothing throws, nothing is fetched.
/// Errors: kNotFound, kIo (the file); kInvalidInput (names the message and the path of the
/// element, "/MetaData/Declaration/GoodsShipment/...: why"); kUnsupported (a system or kind of
/// message that no adapter reads). Threading: pure.
namespace portcullis::customs {

inline constexpr std::size_t kMessageBytesMax = 10'000'000;

struct SystemInfo {
  std::string_view system;  ///< "wco"
  std::string_view basis;   ///< What it was made from: "published samples", ..., "field list".
  std::string_view reads;
  std::vector<std::string_view> writes;  ///< Names for emit_message().
};
/// Systems with an adapter.
std::vector<SystemInfo> supported_systems();

/// The adapter that `bytes` belong to. Fails with kUnsupported where none does.
core::Result<std::string> detect_system(std::string_view bytes, std::string_view name);

/// Any message of a supported system. `remarks` say what was taken though it is not as it should
/// be; `unknown` holds what no field of the case does.
core::Result<Case> parse_message(std::string_view bytes, std::string_view name,
                                 std::string_view system = {});
core::Result<Case> parse_message_file(const std::filesystem::path& path,
                                      std::string_view system = {});

struct Emitted {
  std::string message_id;
  std::string content;
};
/// The message that `system` calls `message`. Fails with kUnsupported (names those that can be
/// written) and kInvalidInput (names what the case lacks).
core::Result<Emitted> emit_message(const Case& customs_case, std::string_view system,
                                   std::string_view message);

/// A message with one declaration; others fail with kUnsupported. `name` stands for the message in
/// errors (a file name). `system` forces the adapter; empty: detected. `received` of the result is
/// left at 0: the caller knows when. `message_id` is the sender's where the message carries one,
/// else "sha256:" and the hash of the bytes.
core::Result<core::Declaration> parse_declaration(std::string_view bytes, std::string_view name,
                                                  std::string_view system = {});
core::Result<core::Declaration> parse_declaration_file(const std::filesystem::path& path,
                                                       std::string_view system = {});

}  // namespace portcullis::customs
