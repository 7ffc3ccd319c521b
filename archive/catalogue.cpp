#include "archive/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "archive/catalogue_choice.h"
#include "archive/catalogue_rows.h"
#include "core/database/database.h"
#include "core/iso6346.h"
#include "core/record_json.h"

namespace portcullis::archive {

namespace {

using core::Database;
using core::Transaction;

constexpr std::int64_t kCatalogueId = 0x5053'4332;  // "PSC2"
constexpr std::int64_t kCatalogueVersion = 1;

constexpr const char* kCatalogueSchema = R"sql(
CREATE TABLE scan (
  id TEXT PRIMARY KEY, file TEXT NOT NULL, started_ns INTEGER NOT NULL, ended_ns INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL, outcome_reason TEXT NOT NULL DEFAULT '', lane TEXT NOT NULL, simulated INTEGER NOT NULL,
  plate TEXT NOT NULL, plate_key TEXT NOT NULL, sha256 TEXT NOT NULL DEFAULT '',
  lines INTEGER NOT NULL DEFAULT 0, lines_lost INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX scan_started ON scan (started_ns);
CREATE INDEX scan_plate ON scan (plate_key, started_ns);
CREATE INDEX scan_running ON scan (outcome) WHERE outcome = 'running';
CREATE TABLE container (
  scan_id TEXT NOT NULL REFERENCES scan (id), position INTEGER NOT NULL, number TEXT NOT NULL, number_key TEXT NOT NULL,
  iso_type TEXT NOT NULL, check_digit_ok INTEGER NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (scan_id, position)) WITHOUT ROWID;
CREATE INDEX container_number ON container (number_key);
CREATE TABLE declaration (
  scan_id TEXT NOT NULL REFERENCES scan (id), store_id TEXT NOT NULL, matched_by TEXT NOT NULL, bound_ns INTEGER NOT NULL,
  json TEXT NOT NULL, PRIMARY KEY (scan_id, store_id)) WITHOUT ROWID;
CREATE TABLE report (
  scan_id TEXT NOT NULL REFERENCES scan (id), version INTEGER NOT NULL, utc_ns INTEGER NOT NULL, outcome TEXT NOT NULL,
  score REAL NOT NULL, json TEXT NOT NULL, PRIMARY KEY (scan_id, version)) WITHOUT ROWID;
CREATE TABLE decision (
  decision_index INTEGER PRIMARY KEY, idempotency_key TEXT NOT NULL UNIQUE, scan_id TEXT NOT NULL REFERENCES scan (id),
  container TEXT NOT NULL, kind TEXT NOT NULL, officer TEXT NOT NULL, decided_ns INTEGER NOT NULL, json TEXT NOT NULL);
CREATE INDEX decision_scan ON decision (scan_id);
CREATE TABLE event (
  event_index INTEGER PRIMARY KEY, utc_ns INTEGER NOT NULL, scan_id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX event_scan ON event (scan_id);
)sql";

std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

core::Error bad_row(const Database& database, std::string_view what) {
  return {core::ErrorCode::kCorrupt, fmt::format("{}: {}", database.path().string(), what)};
}

core::Status insert_containers(Database& database, std::string_view scan_id,
                               const core::VehicleIdentity& identity) {
  PC_TRY(auto insert, database.prepare("INSERT INTO container VALUES (?, ?, ?, ?, ?, ?, ?)"));
  int position = 0;
  for (const auto& c : identity.containers) {
    PC_CHECK(insert.bind(0, scan_id)
                 .bind(1, position++)
                 .bind(2, c.number)
                 .bind(3, core::normalise_container_number(c.number))
                 .bind(4, c.iso_type)
                 .bind(5, c.check_digit_ok ? 1 : 0)
                 .bind(6, c.confidence)
                 .run());
  }
  return {};
}

core::Result<std::optional<CatalogueScan>> find_scan(Database& database, std::string_view id) {
  PC_TRY(auto rows,
         database.prepare(fmt::format("SELECT {} FROM scan WHERE id = ?", kScanColumns)));
  PC_TRY(const bool row, rows.bind(0, id).step());
  if (!row) return std::optional<CatalogueScan>();
  PC_TRY(auto scan, read_scan_row(database, rows));
  return std::optional<CatalogueScan>(std::move(scan));
}

core::Status require_scan(Database& database, std::string_view id) {
  PC_TRY(const auto scan, find_scan(database, id));
  if (!scan)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{}: no scan \"{}\" was begun", database.path().string(), id)};
  return {};
}

core::Status insert_running(Database& database, const core::ScanMeta& meta,
                            const std::filesystem::path& file) {
  PC_TRY(auto insert,
         database.prepare("INSERT INTO scan (id, file, started_ns, outcome, lane, simulated, "
                          "plate, plate_key) VALUES (?, ?, ?, 'running', ?, ?, ?, ?)"));
  PC_CHECK(insert.bind(0, meta.id)
               .bind(1, file.string())
               .bind(2, meta.started.ns)
               .bind(3, meta.lane)
               .bind(4, meta.simulated ? 1 : 0)
               .bind(5, meta.identity.plate)
               .bind(6, plate_key(meta.identity.plate))
               .run());
  return insert_containers(database, meta.id, meta.identity);
}

/// Files that a program made and died before it noted them. Only an unfinished one has a log beside
/// it; one that cannot be read had not come as far as to hold anything, and is left.
core::Status adopt_orphans(Database& database, const std::filesystem::path& scans) {
  constexpr std::string_view kLog = "-wal";
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(scans, unreadable)) {
    std::string name = entry.path().string();
    if (!name.ends_with(std::string(".pscan").append(kLog))) continue;
    name.resize(name.size() - kLog.size());
    const auto info = read_scan_info(name);
    if (!info.ok()) continue;
    PC_TRY(auto transaction, Transaction::begin(database));
    PC_TRY(const auto known, find_scan(database, info->meta.id));
    if (known) continue;
    PC_CHECK(insert_running(database, info->meta, name));
    PC_CHECK(transaction.commit());
  }
  return {};
}

core::Status write_end(Database& database, std::string_view id, core::ScanOutcome outcome,
                       std::string_view reason, core::UtcTime ended, const SealInfo& seal) {
  PC_TRY(auto update, database.prepare("UPDATE scan SET outcome = ?, outcome_reason = ?, ended_ns "
                                       "= ?, sha256 = ?, lines = ?, lines_lost = ? WHERE id = ?"));
  return update.bind(0, core::scan_outcome_name(outcome))
      .bind(1, reason)
      .bind(2, ended.ns)
      .bind(3, seal.sha256)
      .bind(4, seal.lines)
      .bind(5, seal.lines_lost)
      .bind(6, id)
      .run();
}

core::Status write_event(Database& database, std::string_view scan_id, std::string_view kind,
                         std::string_view text, core::UtcTime now) {
  PC_TRY(auto insert,
         database.prepare("INSERT INTO event (utc_ns, scan_id, kind, text) VALUES (?, ?, ?, ?)"));
  return insert.bind(0, now.ns).bind(1, scan_id).bind(2, kind).bind(3, text).run();
}

core::Status check_identity(Database& database) {
  const auto not_ours = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: is not a catalogue: {}", database.path().string(), why)};
  };
  const auto id = database.query_integer("PRAGMA application_id");
  if (!id.ok())
    return id.error().code == core::ErrorCode::kInvalidInput ? not_ours("it is no SQLite file")
                                                             : id.error();
  if (*id != kCatalogueId) return not_ours(fmt::format("its application id is {:#x}", *id));
  PC_TRY(const auto version, database.query_integer("PRAGMA user_version"));
  if (version != kCatalogueVersion) {
    return core::Error{core::ErrorCode::kUnsupported,
                       fmt::format("{}: catalogue version {}, this program keeps version {}",
                                   database.path().string(), version, kCatalogueVersion)};
  }
  return {};
}

}  // namespace

Catalogue::Catalogue(std::unique_ptr<State> state) : state_(std::move(state)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

core::Result<Catalogue> Catalogue::open_for_lane(const std::filesystem::path& path,
                                                 core::UtcTime now,
                                                 std::vector<Recovered>* recovered,
                                                 const std::filesystem::path& scans) {
  PC_TRY(auto database, Database::open(path, Database::Mode::kCreate));
  database.set_busy_timeout_ms(5000);
  const auto tables = database.query_integer("SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) {
    return tables.error().code == core::ErrorCode::kInvalidInput
               ? core::Error{core::ErrorCode::kInvalidInput,
                             fmt::format("{}: is not a catalogue: it is no SQLite file",
                                         path.string())}
               : tables.error();
  }
  if (*tables == 0) {
    PC_TRY(auto transaction, Transaction::begin(database));
    PC_CHECK(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                          kCatalogueId, kCatalogueVersion)));
    PC_CHECK(database.execute(kCatalogueSchema));
    PC_CHECK(transaction.commit());
  }
  PC_CHECK(check_identity(database));
  PC_CHECK(database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));

  if (!scans.empty()) PC_CHECK(adopt_orphans(database, scans));
  std::vector<CatalogueScan> running;
  {
    PC_TRY(auto rows,
           database.prepare(fmt::format(
               "SELECT {} FROM scan WHERE outcome = 'running' ORDER BY started_ns", kScanColumns)));
    while (true) {
      PC_TRY(const bool row, rows.step());
      if (!row) break;
      PC_TRY(auto scan, read_scan_row(database, rows));
      running.push_back(std::move(scan));
    }
  }
  for (const auto& scan : running) {
    Recovered r;
    r.scan_id = scan.id;
    r.outcome_reason = "the lane's program ended during the scan";
    auto outcome = core::ScanOutcome::kPartial;
    // The wall clock may have been set back meanwhile; no scan ends before it began.
    auto ended = std::max(now, scan.started);
    const auto seal = recover_scan(scan.file, r.outcome_reason, ended);
    r.file_ok = seal.ok();
    if (seal.ok()) {
      r.lines = seal->lines;
      // It may have been sealed before the end: then the file knows how it ended.
      if (const auto info = read_scan_info(scan.file); info.ok()) {
        outcome = info->meta.outcome;
        r.outcome_reason = info->meta.outcome_reason;
        ended = info->meta.ended;
      }
    } else {
      r.outcome_reason +=
          fmt::format("; its file could not be recovered: {}", seal.error().message);
    }
    PC_TRY(auto transaction, Transaction::begin(database));
    PC_CHECK(write_end(database, scan.id, outcome, r.outcome_reason, ended,
                       seal.ok() ? *seal : SealInfo{}));
    PC_CHECK(write_event(database, scan.id, "recovered",
                         r.outcome_reason.empty() ? "found sealed at start" : r.outcome_reason,
                         now));
    PC_CHECK(transaction.commit());
    if (recovered != nullptr) recovered->push_back(std::move(r));
  }
  return Catalogue(std::make_unique<State>(std::move(database), true));
}

core::Result<Catalogue> Catalogue::open_to_read(const std::filesystem::path& path) {
  PC_TRY(auto database, Database::open(path, Database::Mode::kRead));
  database.set_busy_timeout_ms(5000);
  PC_CHECK(check_identity(database));
  return Catalogue(std::make_unique<State>(std::move(database), false));
}

core::Status Catalogue::begin_scan(const core::ScanMeta& meta, const std::filesystem::path& file) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  PC_TRY(auto transaction, Transaction::begin(database));
  PC_TRY(const auto before, find_scan(database, meta.id));
  if (before) {
    if (before->file == file) return {};
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: scan {} was begun with file {}", database.path().string(),
                                   meta.id, before->file.string())};
  }
  PC_CHECK(insert_running(database, meta, file));
  return transaction.commit();
}

core::Status Catalogue::add_unscanned(const core::ScanMeta& meta, std::string_view reason,
                                      core::UtcTime left) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  PC_TRY(auto transaction, Transaction::begin(database));
  PC_TRY(const auto before, find_scan(database, meta.id));
  if (before && before->file.empty()) return {};
  if (before)
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: scan {} was begun", database.path().string(), meta.id)};
  PC_CHECK(insert_running(database, meta, {}));
  PC_CHECK(write_end(database, meta.id, core::ScanOutcome::kAborted, reason, left, {}));
  return transaction.commit();
}

core::Status Catalogue::set_identity(std::string_view scan_id,
                                     const core::VehicleIdentity& identity) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  PC_TRY(auto transaction, Transaction::begin(database));
  PC_CHECK(require_scan(database, scan_id));
  PC_TRY(auto update, database.prepare("UPDATE scan SET plate = ?, plate_key = ? WHERE id = ?"));
  PC_CHECK(
      update.bind(0, identity.plate).bind(1, plate_key(identity.plate)).bind(2, scan_id).run());
  PC_TRY(auto remove, database.prepare("DELETE FROM container WHERE scan_id = ?"));
  PC_CHECK(remove.bind(0, scan_id).run());
  PC_CHECK(insert_containers(database, scan_id, identity));
  return transaction.commit();
}

core::Status Catalogue::end_scan(std::string_view scan_id, core::ScanOutcome outcome,
                                 std::string_view reason, core::UtcTime ended,
                                 const SealInfo& seal) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  const auto refused = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: scan {}: {}", database.path().string(), scan_id, why)};
  };
  if (outcome == core::ScanOutcome::kRunning) return refused("running is not an end");
  PC_TRY(auto transaction, Transaction::begin(database));
  PC_TRY(const auto before, find_scan(database, scan_id));
  if (!before) return require_scan(database, scan_id);
  if (before->outcome != core::ScanOutcome::kRunning) {
    if (before->outcome == outcome && before->sha256 == seal.sha256) return {};
    return refused(fmt::format("ended {} before", core::scan_outcome_name(before->outcome)));
  }
  PC_CHECK(write_end(database, scan_id, outcome, reason, ended, seal));
  return transaction.commit();
}

core::Status Catalogue::bind_declaration(std::string_view scan_id, std::string_view store_id,
                                         std::string_view matched_by,
                                         const core::Declaration& declaration, core::UtcTime now) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  PC_CHECK(require_scan(state_->database, scan_id));
  PC_TRY(auto insert, state_->database.prepare("INSERT INTO declaration VALUES (?, ?, ?, ?, ?) ON "
                                               "CONFLICT (scan_id, store_id) DO NOTHING"));
  return insert.bind(0, scan_id)
      .bind(1, store_id)
      .bind(2, matched_by)
      .bind(3, now.ns)
      .bind(4, dump(core::to_json(declaration)))
      .run();
}

core::Status Catalogue::amend_declaration(std::string_view scan_id, std::string_view store_id,
                                          const core::Declaration& declaration, core::UtcTime now) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  PC_TRY(auto transaction, Transaction::begin(database));
  nlohmann::json note{{"id", store_id}};
  {
    PC_TRY(auto bound,
           database.prepare("SELECT json FROM declaration WHERE scan_id = ? AND store_id = ?"));
    PC_TRY(const bool row, bound.bind(0, scan_id).bind(1, store_id).step());
    if (!row)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("{}: no declaration \"{}\" is bound to scan \"{}\"",
                                     database.path().string(), store_id, scan_id)};
    note["before"] = nlohmann::json::parse(bound.text(0), nullptr, false);
  }
  PC_CHECK(write_event(database, scan_id, kDeclarationAmendedEvent, dump(note), now));
  PC_TRY(auto update,
         database.prepare("UPDATE declaration SET json = ? WHERE scan_id = ? AND store_id = ?"));
  PC_CHECK(
      update.bind(0, dump(core::to_json(declaration))).bind(1, scan_id).bind(2, store_id).run());
  return transaction.commit();
}

core::Status Catalogue::add_report(const core::InspectionReport& report, core::UtcTime now) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  PC_TRY(auto transaction, Transaction::begin(database));
  PC_CHECK(require_scan(database, report.scan_id));
  const auto json = dump(core::to_json(report));
  std::int64_t version = 1;
  {
    PC_TRY(auto newest,
           database.prepare(
               "SELECT version, json FROM report WHERE scan_id = ? ORDER BY version DESC LIMIT 1"));
    PC_TRY(const bool row, newest.bind(0, report.scan_id).step());
    if (row && newest.text(1) == json) return {};
    if (row) version = newest.integer(0) + 1;
  }
  PC_TRY(auto insert, database.prepare("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?)"));
  PC_CHECK(insert.bind(0, report.scan_id)
               .bind(1, version)
               .bind(2, now.ns)
               .bind(3, core::verdict_outcome_name(report.verdict.outcome))
               .bind(4, report.verdict.score)
               .bind(5, json)
               .run());
  return transaction.commit();
}

core::Status Catalogue::add_decision(std::string_view key, const core::Decision& decision) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  auto& database = state_->database;
  const auto json = dump(core::to_json(decision));
  PC_TRY(auto transaction, Transaction::begin(database));
  PC_CHECK(require_scan(database, decision.scan_id));
  {
    PC_TRY(auto same, database.prepare("SELECT json FROM decision WHERE idempotency_key = ?"));
    PC_TRY(const bool row, same.bind(0, key).step());
    if (row && same.text(0) == json) return {};
    if (row)
      return core::Error{core::ErrorCode::kRefused,
                         fmt::format("{}: the key \"{}\" belongs to another decision",
                                     database.path().string(), key)};
  }
  PC_TRY(auto insert,
         database.prepare("INSERT INTO decision (idempotency_key, scan_id, container, kind, "
                          "officer, decided_ns, json) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  PC_CHECK(insert.bind(0, key)
               .bind(1, decision.scan_id)
               .bind(2, decision.container)
               .bind(3, core::decision_kind_name(decision.kind))
               .bind(4, decision.officer)
               .bind(5, decision.decided.ns)
               .bind(6, json)
               .run());
  return transaction.commit();
}

core::Status Catalogue::add_event(std::string_view scan_id, std::string_view kind,
                                  std::string_view text, core::UtcTime now) {
  const std::lock_guard lock(state_->mutex);
  PC_CHECK(state_->may_change());
  return write_event(state_->database, scan_id, kind, text, now);
}

core::Result<CatalogueCase> Catalogue::show(std::string_view scan_id) {
  const std::lock_guard lock(state_->mutex);
  auto& database = state_->database;
  PC_TRY(auto scan, find_scan(database, scan_id));
  if (!scan)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{}: no scan \"{}\"", database.path().string(), scan_id)};
  CatalogueCase found;
  found.scan = std::move(*scan);
  const auto parse = [&](std::string_view text,
                         std::string_view what) -> core::Result<nlohmann::json> {
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded())
      return bad_row(database, fmt::format("scan {}: {} is not JSON", scan_id, what));
    return json;
  };
  PC_TRY(auto declarations,
         database.prepare("SELECT store_id, matched_by, bound_ns, json FROM declaration WHERE "
                          "scan_id = ? ORDER BY bound_ns, store_id"));
  declarations.bind(0, scan_id);
  while (true) {
    PC_TRY(const bool row, declarations.step());
    if (!row) break;
    PC_TRY(const auto json, parse(declarations.text(3), "a declaration"));
    PC_TRY(auto declaration, core::declaration_from_json(json));
    found.declarations.push_back({std::string(declarations.text(0)),
                                  std::string(declarations.text(1)),
                                  core::UtcTime{declarations.integer(2)}, std::move(declaration)});
  }
  PC_TRY(auto reports,
         database.prepare(
             "SELECT version, json FROM report WHERE scan_id = ? ORDER BY version DESC LIMIT 1"));
  PC_TRY(const bool reported, reports.bind(0, scan_id).step());
  if (reported) {
    found.report_versions = static_cast<std::uint32_t>(reports.integer(0));
    PC_TRY(const auto json, parse(reports.text(1), "the report"));
    PC_TRY(found.report, core::report_from_json(json));
    PC_TRY(auto judged,
           database.prepare("SELECT min(utc_ns), max(utc_ns) FROM report WHERE scan_id = ?"));
    PC_TRY([[maybe_unused]] const bool any, judged.bind(0, scan_id).step());
    found.judged_first.ns = judged.integer(0);
    found.judged_last.ns = judged.integer(1);
  }
  PC_TRY(auto decisions,
         database.prepare("SELECT json FROM decision WHERE scan_id = ? ORDER BY decision_index"));
  decisions.bind(0, scan_id);
  while (true) {
    PC_TRY(const bool row, decisions.step());
    if (!row) break;
    PC_TRY(const auto json, parse(decisions.text(0), "a decision"));
    PC_TRY(auto decision, core::decision_from_json(json));
    found.decisions.push_back(std::move(decision));
  }
  PC_TRY(auto events,
         database.prepare(
             "SELECT utc_ns, kind, text FROM event WHERE scan_id = ? ORDER BY event_index"));
  events.bind(0, scan_id);
  while (true) {
    PC_TRY(const bool row, events.step());
    if (!row) break;
    found.events.push_back({core::UtcTime{events.integer(0)}, found.scan.id,
                            std::string(events.text(1)), std::string(events.text(2))});
    const auto& event = found.events.back();
    if (event.kind == kArrivalEvent) found.arrival = CatalogueArrival{event.utc, event.text};
    if (event.kind == kChoiceEvent) {
      if (auto choice = choice_from_json(event.text, event.utc))
        found.choices.push_back(std::move(*choice));
    }
  }
  part_declarations(found);
  return found;
}

core::Result<Catalogue::CheckResult> Catalogue::check(bool seals) {
  const std::lock_guard lock(state_->mutex);
  auto& database = state_->database;
  CheckResult result;
  {
    PC_TRY(auto integrity, database.prepare("PRAGMA integrity_check(20)"));
    while (true) {
      PC_TRY(const bool row, integrity.step());
      if (!row) break;
      if (integrity.text(0) != "ok")
        result.problems.push_back(fmt::format("database: {}", integrity.text(0)));
    }
    PC_TRY(auto foreign, database.prepare("PRAGMA foreign_key_check"));
    while (true) {
      PC_TRY(const bool row, foreign.step());
      if (!row) break;
      result.problems.push_back(
          fmt::format("database: a row of '{}' belongs to no scan", foreign.text(0)));
    }
  }
  PC_TRY(auto rows,
         database.prepare(fmt::format("SELECT {} FROM scan ORDER BY started_ns", kScanColumns)));
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return result;
    PC_TRY(const auto scan, read_scan_row(database, rows));
    ++result.scans;
    if (scan.outcome == core::ScanOutcome::kRunning)
      continue;  // The lane is at it, or will recover it.
    const auto problem = [&](std::string_view what) {
      result.problems.push_back(fmt::format("scan {}: {}", scan.id, what));
    };
    if (scan.ended < scan.started) problem("ended before it started");
    if (scan.file.empty()) {
      if (scan.outcome != core::ScanOutcome::kAborted || scan.lines != 0 || !scan.sha256.empty())
        problem("it has no file, and its record is not that of a vehicle without a scan");
      continue;
    }
    const auto info = read_scan_info(scan.file);
    if (!info.ok()) {
      problem(info.error().message);
      continue;
    }
    ++result.files_checked;
    if (info->meta.id != scan.id)
      problem(fmt::format("its file {} belongs to scan {}", scan.file.string(), info->meta.id));
    if (info->sha256 != scan.sha256)
      problem(fmt::format("its file {} has seal {}, the record {}", scan.file.string(),
                          info->sha256, scan.sha256));
    if (info->lines != scan.lines)
      problem(fmt::format("its file has {} lines, the record {}", info->lines, scan.lines));
    if (info->meta.outcome != scan.outcome)
      problem(fmt::format("its file says {}, the record {}",
                          core::scan_outcome_name(info->meta.outcome),
                          core::scan_outcome_name(scan.outcome)));
    if (seals) {
      if (const auto sealed = verify_seal(scan.file); !sealed.ok()) problem(sealed.error().message);
    }
  }
}

}  // namespace portcullis::archive
