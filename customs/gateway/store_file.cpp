#include "customs/gateway/store_file.h"

#include <fmt/format.h>

namespace portcullis::customs {

namespace {

constexpr std::int64_t kStoreId = 0x5053'4333;  // "PSC3"
constexpr std::int64_t kStoreVersion = 3;

// `withdrawn`: kept, but not found any more: a later message of the same sender under the same
// reference replaced it, or it was a test or a cancellation. The bytes of every message are kept as
// they came, packed with zstd. Tables with big rows grow at their end; only indices are written all
// over. An event of a message says no more than `message_index`: the message says the rest.
// `replaced`: declarations that took the place of others, whose selections are still to be looked
// at.
constexpr const char* kStoreSchema = R"sql(
CREATE TABLE message (
  message_index INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, system TEXT NOT NULL, kind TEXT NOT NULL,
  sender TEXT NOT NULL, message_id TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL,
  name TEXT NOT NULL, received_ns INTEGER NOT NULL, declarations INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE part (
  part_index INTEGER PRIMARY KEY, message_index INTEGER NOT NULL, position INTEGER NOT NULL, is_declaration INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  system TEXT NOT NULL, declarant TEXT NOT NULL, lrn TEXT NOT NULL);
CREATE INDEX part_message ON part (message_index, position);
CREATE INDEX part_lrn ON part (lrn, system, declarant) WHERE lrn <> '';
CREATE TABLE reference (
  kind INTEGER NOT NULL, value TEXT NOT NULL, part_index INTEGER NOT NULL,
  PRIMARY KEY (value, kind, part_index)) WITHOUT ROWID;
CREATE INDEX reference_part ON reference (part_index);
CREATE TABLE quarantine (
  quarantine_index INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, origin TEXT NOT NULL,
  sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, system TEXT NOT NULL, kind TEXT NOT NULL, sender TEXT NOT NULL,
  message_id TEXT NOT NULL, code INTEGER NOT NULL, reason TEXT NOT NULL, utc_ns INTEGER NOT NULL,
  UNIQUE (name, sha256));
CREATE INDEX quarantine_id ON quarantine (id);
CREATE TABLE decision (
  idempotency_key TEXT PRIMARY KEY, declaration_id TEXT NOT NULL, content_sha256 TEXT NOT NULL, utc_ns INTEGER NOT NULL,
  decision TEXT NOT NULL, report TEXT NOT NULL, answer_file TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX decision_declaration ON decision (declaration_id);
CREATE TABLE answer (
  file_name TEXT PRIMARY KEY, declaration_id TEXT NOT NULL, content TEXT NOT NULL, sent_ns INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0, next_try_ns INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX answer_waiting ON answer (next_try_ns) WHERE sent_ns = 0;
CREATE TABLE selection (
  selection_index INTEGER PRIMARY KEY, declaration_id TEXT NOT NULL, scan_id TEXT NOT NULL, utc_ns INTEGER NOT NULL,
  draw REAL, selection TEXT NOT NULL);
CREATE INDEX selection_declaration ON selection (declaration_id);
CREATE TABLE replaced (part_index INTEGER PRIMARY KEY);
CREATE TABLE event (
  event_index INTEGER PRIMARY KEY, message_index INTEGER, type TEXT NOT NULL, subject TEXT NOT NULL, utc_ns INTEGER NOT NULL,
  system TEXT NOT NULL, sha256 TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO mark VALUES ('declarations', 0), ('audited', 0), ('journal', 0);
)sql";

}  // namespace

core::Result<core::Database> open_store_file(const std::filesystem::path& path, bool sync_each) {
  PC_TRY(auto database, core::Database::open(path, core::Database::Mode::kCreate));
  database.set_busy_timeout_ms(5000);
  PC_TRY(const auto tables, database.query_integer("SELECT count(*) FROM sqlite_schema"));
  if (tables == 0) {
    PC_TRY(auto transaction, core::Transaction::begin(database));
    PC_CHECK(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                          kStoreId, kStoreVersion)));
    PC_CHECK(database.execute(kStoreSchema));
    PC_CHECK(transaction.commit());
  }
  PC_TRY(const auto id, database.query_integer("PRAGMA application_id"));
  PC_TRY(const auto version, database.query_integer("PRAGMA user_version"));
  if (id != kStoreId || version != kStoreVersion) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("{}: is not a gateway's store of version {}", path.string(), kStoreVersion)};
  }
  // MessageIntake takes the write-ahead log over in time; 400 MB of it are the last resort.
  PC_CHECK(database.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 100000"));
  PC_CHECK(database.execute(sync_each ? "PRAGMA synchronous = FULL"
                                      : "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536"));
  return database;
}

}  // namespace portcullis::customs
