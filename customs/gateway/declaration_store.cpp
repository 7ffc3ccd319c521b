#include "customs/gateway/declaration_store.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/iso6346.h"
#include "core/record_json.h"
#include "core/version.h"

namespace portcullis::customs {

namespace {

constexpr std::int64_t kStoreId = 0x5053'4333;  // "PSC3"
constexpr std::int64_t kStoreVersion = 1;

// `superseded`: a later message of the same sender under the same reference replaced it. The bytes
// of every message are kept as they came.
constexpr const char* kStoreSchema = R"sql(
CREATE TABLE declaration (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE, system TEXT NOT NULL, message_id TEXT NOT NULL,
  sha256 TEXT NOT NULL, declarant TEXT NOT NULL, lrn TEXT NOT NULL, mrn TEXT NOT NULL, ucr TEXT NOT NULL,
  plate_key TEXT NOT NULL, received_ns INTEGER NOT NULL, superseded INTEGER NOT NULL DEFAULT 0,
  file_name TEXT NOT NULL, json TEXT NOT NULL, bytes BLOB NOT NULL, UNIQUE (system, message_id)) WITHOUT ROWID;
CREATE INDEX declaration_ucr ON declaration (ucr);
CREATE INDEX declaration_plate ON declaration (plate_key);
CREATE INDEX declaration_lrn ON declaration (system, lrn);
CREATE TABLE container (
  declaration_id TEXT NOT NULL REFERENCES declaration (id), number_key TEXT NOT NULL,
  PRIMARY KEY (number_key, declaration_id)) WITHOUT ROWID;
CREATE TABLE quarantine (
  quarantine_index INTEGER PRIMARY KEY, file_name TEXT NOT NULL, sha256 TEXT NOT NULL, reason TEXT NOT NULL,
  utc_ns INTEGER NOT NULL, UNIQUE (file_name, sha256));
CREATE TABLE decision (
  idempotency_key TEXT PRIMARY KEY, declaration_id TEXT NOT NULL, content_sha256 TEXT NOT NULL, utc_ns INTEGER NOT NULL,
  decision TEXT NOT NULL, report TEXT NOT NULL, answer_file TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE answer (
  file_name TEXT PRIMARY KEY, content TEXT NOT NULL, written_ns INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX answer_waiting ON answer (written_ns) WHERE written_ns = 0;
)sql";

std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Letters and digits alone, capitals: how plates and container numbers are compared.
std::string comparison_key(std::string_view text) {
  std::string key;
  for (const char c : core::normalise_container_number(text)) {
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      key += c;
  }
  return key;
}

core::Error refused(std::string message) {
  return {core::ErrorCode::kRefused, std::move(message)};
}

}  // namespace

core::Result<DeclarationStore> DeclarationStore::open(const std::filesystem::path& path) {
  PC_TRY(auto database, core::Database::open(path, core::Database::Mode::kCreate));
  database.set_busy_timeout_ms(5000);
  const auto tables = database.query_integer("SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables.error();
  if (*tables == 0) {
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
  PC_CHECK(database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
  return DeclarationStore(std::move(database));
}

core::Result<DeclarationStore::Stored> DeclarationStore::add(const core::Declaration& declaration,
                                                             std::string_view file_name,
                                                             std::string_view sha256,
                                                             std::string_view bytes,
                                                             core::UtcTime now) {
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  {
    PC_TRY(auto same,
           database_.prepare(
               "SELECT id, sha256 FROM declaration WHERE system = ? AND message_id = ?"));
    PC_TRY(const bool row, same.bind(0, declaration.system).bind(1, declaration.message_id).step());
    if (row && same.text(1) == sha256) return Stored{std::string(same.text(0)), false};
    if (row)
      return refused(fmt::format("message id {} was used before by a message with other content",
                                 declaration.message_id));
  }
  if (!declaration.lrn.empty()) {
    PC_TRY(auto supersede, database_.prepare("UPDATE declaration SET superseded = 1 WHERE system = "
                                             "? AND lrn = ? AND declarant = ?"));
    PC_CHECK(supersede.bind(0, declaration.system)
                 .bind(1, declaration.lrn)
                 .bind(2, declaration.declarant)
                 .run());
  }
  // The id follows from the message, so that the same one always has the same.
  const auto id =
      core::sha256_hex(declaration.system + "\n" + declaration.message_id).substr(0, 32);
  core::Declaration stored = declaration;
  stored.received = now;
  PC_TRY(
      auto insert,
      database_.prepare("INSERT INTO declaration (id, position, system, message_id, sha256, "
                        "declarant, lrn, mrn, ucr, plate_key, received_ns, file_name, json, bytes) "
                        "VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM declaration), ?, "
                        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  PC_CHECK(insert.bind(0, id)
               .bind(1, stored.system)
               .bind(2, stored.message_id)
               .bind(3, sha256)
               .bind(4, stored.declarant)
               .bind(5, stored.lrn)
               .bind(6, stored.mrn)
               .bind(7, stored.ucr)
               .bind(8, comparison_key(stored.vehicle_plate))
               .bind(9, now.ns)
               .bind(10, file_name)
               .bind(11, dump(core::to_json(stored)))
               .bind_blob(12, std::as_bytes(std::span(bytes)))
               .run());
  PC_TRY(auto container, database_.prepare("INSERT OR IGNORE INTO container VALUES (?, ?)"));
  for (const auto& c : stored.containers)
    PC_CHECK(container.bind(0, id).bind(1, comparison_key(c.number)).run());
  PC_CHECK(transaction.commit());
  return Stored{id, true};
}

core::Status DeclarationStore::note_quarantined(std::string_view file_name, std::string_view sha256,
                                                std::string_view reason, core::UtcTime now) {
  PC_TRY(auto insert, database_.prepare("INSERT INTO quarantine (file_name, sha256, reason, "
                                        "utc_ns) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"));
  return insert.bind(0, file_name).bind(1, sha256).bind(2, reason).bind(3, now.ns).run();
}

core::Result<std::vector<FoundDeclaration>> DeclarationStore::find(std::string_view sql,
                                                                   std::string_view value,
                                                                   std::string_view matched_by) {
  std::vector<FoundDeclaration> found;
  PC_TRY(auto rows, database_.prepare(sql));
  rows.bind(0, value);
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return found;
    const auto json = nlohmann::json::parse(rows.text(1), nullptr, false);
    if (json.is_discarded())
      return core::Error{
          core::ErrorCode::kCorrupt,
          fmt::format("{}: declaration {} is not JSON", database_.path().string(), rows.text(0))};
    auto declaration = core::declaration_from_json(json);
    if (!declaration.ok()) return declaration.error().with_context(database_.path().string());
    found.push_back(
        {std::string(rows.text(0)), std::move(declaration).value(), std::string(matched_by)});
  }
}

core::Result<std::vector<FoundDeclaration>> DeclarationStore::find_by_container(
    std::string_view number) {
  const auto key = comparison_key(number);
  if (key.empty()) return std::vector<FoundDeclaration>();
  return find(
      "SELECT d.id, d.json FROM container c JOIN declaration d ON d.id = c.declaration_id "
      "WHERE c.number_key = ? AND d.superseded = 0 ORDER BY d.position LIMIT 200",
      key, "container");
}

core::Result<std::vector<FoundDeclaration>> DeclarationStore::find_by_plate(
    std::string_view plate) {
  const auto key = comparison_key(plate);
  if (key.empty()) return std::vector<FoundDeclaration>();
  return find(
      "SELECT id, json FROM declaration WHERE plate_key = ? AND superseded = 0 ORDER BY position "
      "LIMIT 200",
      key, "plate");
}

core::Result<std::vector<FoundDeclaration>> DeclarationStore::find_by_ucr(std::string_view ucr) {
  if (ucr.empty()) return std::vector<FoundDeclaration>();
  return find(
      "SELECT id, json FROM declaration WHERE ucr = ? AND superseded = 0 ORDER BY position LIMIT "
      "200",
      ucr, "ucr");
}

core::Result<std::optional<core::Declaration>> DeclarationStore::declaration(std::string_view id) {
  PC_TRY(auto found, find("SELECT id, json FROM declaration WHERE id = ?", id, ""));
  if (found.empty()) return std::optional<core::Declaration>();
  return std::optional<core::Declaration>(std::move(found.front().declaration));
}

core::Result<DeclarationStore::AppliedDecision> DeclarationStore::apply_decision(
    const DecisionSubmission& submission, const PendingAnswer& answer, core::UtcTime now) {
  const auto decision = dump(core::to_json(submission.decision));
  const auto content = core::sha256_hex(submission.declaration_id + "\n" + decision);
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  {
    PC_TRY(auto same,
           database_.prepare(
               "SELECT content_sha256, answer_file FROM decision WHERE idempotency_key = ?"));
    PC_TRY(const bool row, same.bind(0, submission.idempotency_key).step());
    if (row && same.text(0) == content) return AppliedDecision{std::string(same.text(1)), false};
    if (row)
      return refused(fmt::format("idempotency_key {} belongs to another decision",
                                 submission.idempotency_key));
  }
  PC_TRY(auto insert, database_.prepare("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)"));
  PC_CHECK(insert.bind(0, submission.idempotency_key)
               .bind(1, submission.declaration_id)
               .bind(2, content)
               .bind(3, now.ns)
               .bind(4, decision)
               .bind(5, dump(core::to_json(submission.report)))
               .bind(6, answer.file_name)
               .run());
  if (!answer.file_name.empty()) {
    PC_TRY(auto queue,
           database_.prepare(
               "INSERT INTO answer (file_name, content) VALUES (?, ?) ON CONFLICT DO NOTHING"));
    PC_CHECK(queue.bind(0, answer.file_name).bind(1, answer.content).run());
  }
  PC_CHECK(transaction.commit());
  return AppliedDecision{answer.file_name, true};
}

core::Result<std::vector<DeclarationStore::PendingAnswer>> DeclarationStore::answers_to_write() {
  std::vector<PendingAnswer> answers;
  PC_TRY(auto rows, database_.prepare("SELECT file_name, content FROM answer WHERE written_ns = 0 "
                                      "ORDER BY file_name LIMIT 100"));
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return answers;
    answers.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
  }
}

core::Status DeclarationStore::mark_written(std::string_view file_name, core::UtcTime now) {
  PC_TRY(auto update, database_.prepare("UPDATE answer SET written_ns = ? WHERE file_name = ?"));
  return update.bind(0, now.ns).bind(1, file_name).run();
}

core::Result<GatewayStatus> DeclarationStore::status() {
  GatewayStatus status;
  status.software_version = core::kVersion;
  PC_TRY(const auto declarations, database_.query_integer("SELECT count(*) FROM declaration"));
  PC_TRY(const auto quarantined, database_.query_integer("SELECT count(*) FROM quarantine"));
  PC_TRY(const auto answers,
         database_.query_integer("SELECT count(*) FROM answer WHERE written_ns > 0"));
  status.declarations = static_cast<std::uint64_t>(declarations);
  status.quarantined = static_cast<std::uint64_t>(quarantined);
  status.answers_written = static_cast<std::uint64_t>(answers);
  PC_TRY(auto last,
         database_.prepare("SELECT reason FROM quarantine ORDER BY quarantine_index DESC LIMIT 1"));
  PC_TRY(const bool row, last.step());
  if (row) status.last_quarantine_reason = last.text(0);
  return status;
}

}  // namespace portcullis::customs
