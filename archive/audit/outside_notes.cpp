#include "archive/audit/outside_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/files.h"

namespace portcullis::archive {
namespace {

constexpr std::size_t kNoteBytesMax = 64U << 10U;
constexpr std::size_t kNotesAtOnce = 256;

bool may_come_from_outside(const std::string& type) {
  return type == "print" || type == "export";
}

core::Result<OutsideNote> parse_note(const std::string& text) {
  const auto bad = [](const char* why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("is no note: {}", why)};
  };
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return bad("it is no JSON object");
  OutsideNote note;
  for (const auto& [key, field] : {std::pair("type", &note.type),
                                   {"subject", &note.subject},
                                   {"person", &note.person},
                                   {"id", &note.id}}) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string()) return bad(key);
    *field = found->get<std::string>();
  }
  if (!may_come_from_outside(note.type)) return bad("its type is neither print nor export");
  const auto time = json.find("time");
  if (time == json.end() || !time->is_string()) return bad("time");
  PC_TRY(note.time, core::parse_iso8601(time->get<std::string>()));
  const auto data = json.find("data");
  if (data == json.end() || !data->is_object()) return bad("data");
  for (const auto& [key, value] : data->items()) {
    if (!value.is_string()) return bad("data");
    note.data[key] = value.get<std::string>();
  }
  return note;
}

}  // namespace

core::Status leave_note(const std::filesystem::path& archive, const OutsideNote& note) {
  if (!may_come_from_outside(note.type))
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("audit note: type {} is not taken from outside", note.type)};
  const auto folder = archive / kNotesFolder;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}; without a note for the audit log nothing is printed or "
                                   "exported",
                                   folder.string(), error.message())};
  const nlohmann::json json = {
      {"id", note.id},           {"type", note.type},     {"time", core::to_iso8601(note.time)},
      {"subject", note.subject}, {"person", note.person}, {"data", note.data}};
  return core::write_file_atomically(
      folder / (note.id + ".json"),
      json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::vector<OutsideNote> waiting_notes(const std::filesystem::path& archive,
                                       std::vector<std::string>& problems) {
  std::vector<OutsideNote> notes;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(archive / kNotesFolder, none)) {
    const auto& path = entry.path();
    if (path.extension() != ".json" || notes.size() == kNotesAtOnce) continue;
    const auto text = core::read_file(path, kNoteBytesMax);
    auto note = text.ok() ? parse_note(*text) : core::Result<OutsideNote>(text.error());
    if (note.ok() && note->id == path.stem().string()) {
      notes.push_back(std::move(note).value());
      continue;
    }
    problems.push_back(fmt::format("{}: {}; set aside", path.string(),
                                   note.ok() ? "its name is not its id" : note.error().message));
    std::error_code ignored;
    std::filesystem::rename(path, path.string() + ".bad", ignored);
  }
  std::sort(notes.begin(), notes.end(), [](const OutsideNote& a, const OutsideNote& b) {
    return std::pair(a.time.ns, a.id) < std::pair(b.time.ns, b.id);
  });
  return notes;
}

core::Status remove_note(const std::filesystem::path& archive, const OutsideNote& note) {
  const auto path = archive / kNotesFolder / (note.id + ".json");
  std::error_code error;
  std::filesystem::remove(path, error);
  if (error)
    return core::Error{core::ErrorCode::kIo, fmt::format("{}: {}", path.string(), error.message())};
  return {};
}

}  // namespace portcullis::archive
