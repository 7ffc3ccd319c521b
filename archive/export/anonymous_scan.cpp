#include "archive/export/anonymous_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "archive/scan_file.h"
#include "archive/scan_seal.h"
#include "core/files.h"

namespace portcullis::archive {
namespace {

constexpr std::size_t kTellingBytes = 6;
constexpr const char* kTakenOut = "(in the part that is sealed apart)";

/// Events of other kinds name people (commands, decisions) and vehicles.
bool speaks_of_the_machine(std::string_view kind) {
  constexpr std::string_view kKinds[] = {"radiation", "state", "fault", "reset", "bypass"};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

/// Takes the identity out of the metadata; whether there was anything to take.
core::Result<bool> take_from_meta(core::Database& database, const std::string& plate,
                                  nlohmann::json& out) {
  PC_TRY(const auto text, meta_value(database, "scan"));
  out["scan"] = text;
  if (plate.empty()) return false;
  auto meta = nlohmann::json::parse(text, nullptr, false);
  if (!meta.is_object() || !meta.contains("identity") || !meta["identity"].is_object())
    return core::Error{
        core::ErrorCode::kCorrupt,
        fmt::format("{}: meta 'scan' is not as it should be", database.path().string())};
  meta["identity"]["plate"] = "";
  if (const auto extra = meta.find("extra"); extra != meta.end() && extra->is_object()) {
    for (auto& [key, value] : extra->items())
      if (value.is_string() && value.get<std::string>().find(plate) != std::string::npos)
        value = kTakenOut;
  }
  PC_CHECK(set_meta_value(database, "scan", meta.dump()));
  return true;
}

core::Result<bool> take_from_events(core::Database& database, nlohmann::json& out) {
  std::vector<std::pair<std::int64_t, std::string>> named;
  {
    PC_TRY(auto rows,
           database.prepare("SELECT event_index, kind, text FROM event ORDER BY event_index"));
    while (true) {
      PC_TRY(const bool row, rows.step());
      if (!row) break;
      if (!speaks_of_the_machine(rows.text(1))) named.emplace_back(rows.integer(0), rows.text(2));
    }
  }
  PC_TRY(auto update, database.prepare("UPDATE event SET text = ? WHERE event_index = ?"));
  for (const auto& [index, text] : named) {
    PC_CHECK(update.bind(0, kTakenOut).bind(1, index).run());
    out["events"].push_back({{"index", index}, {"text", text}});
  }
  return !named.empty();
}

}  // namespace

core::Result<AnonymousScan> without_identity(const std::filesystem::path& scan,
                                             const std::filesystem::path& scratch) {
  PC_CHECK(verify_seal(scan));
  PC_TRY(const auto info, read_scan_info(scan));
  const auto& plate = info.meta.identity.plate;
  const auto copy = scratch / (info.meta.id + ".copy.pscan");
  std::error_code error;
  std::filesystem::copy_file(scan, copy, std::filesystem::copy_options::overwrite_existing, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot be copied from {}: {}", copy.string(), scan.string(),
                                   error.message())};
  AnonymousScan out;
  out.seal = info.sha256;
  bool any = false;
  nlohmann::json taken = {{"scan", ""}, {"events", nlohmann::json::array()}};
  {
    PC_TRY(auto database, open_scan_database(copy, core::Database::Mode::kReadWrite));
    PC_CHECK(database.execute("PRAGMA secure_delete = ON"));
    PC_CHECK(database.execute("DELETE FROM image; DELETE FROM report"));
    PC_TRY(const bool of_meta, take_from_meta(database, plate, taken));
    PC_TRY(const bool of_events, take_from_events(database, taken));
    any = of_meta || of_events;
    PC_CHECK(database.execute("VACUUM"));
    PC_CHECK(database.close());
  }
  if (any)
    out.restore_json = taken.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  PC_TRY(out.bytes, core::read_file(copy, std::numeric_limits<std::size_t>::max()));
  std::filesystem::remove(copy, error);
  // A shorter text stands somewhere in any lines by chance.
  if (plate.size() >= kTellingBytes && out.bytes.find(plate) != std::string::npos)
    return core::Error{
        core::ErrorCode::kInternal,
        fmt::format("{}: the plate stands in a part of the file from which it cannot "
                    "be taken out",
                    scan.string())};
  return out;
}

core::Status restore_identity(const std::filesystem::path& scan, std::string_view restore_json) {
  const auto wrong = [&] {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("{}: what is to be put back is not as it should be", scan.string())};
  };
  const auto taken = nlohmann::json::parse(restore_json, nullptr, false);
  if (!taken.is_object() || !taken.contains("scan") || !taken["scan"].is_string() ||
      !taken.contains("events") || !taken["events"].is_array())
    return wrong();
  PC_TRY(auto database, open_scan_database(scan, core::Database::Mode::kReadWrite));
  PC_CHECK(set_meta_value(database, "scan", taken["scan"].get<std::string>()));
  {
    PC_TRY(auto update, database.prepare("UPDATE event SET text = ? WHERE event_index = ?"));
    for (const auto& event : taken["events"]) {
      if (!event.is_object() || !event.contains("index") || !event["index"].is_number_integer() ||
          !event.contains("text") || !event["text"].is_string())
        return wrong();
      const auto text = event["text"].get<std::string>();
      PC_CHECK(update.bind(0, text).bind(1, event["index"].get<std::int64_t>()).run());
    }
  }
  return database.close();
}

}  // namespace portcullis::archive
