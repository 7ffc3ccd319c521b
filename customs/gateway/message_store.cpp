#include "customs/gateway/message_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/record_json.h"
#include "core/version.h"
#include "customs/gateway/join_masses.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/store_file.h"

namespace portcullis::customs {

namespace {

constexpr int kFoundMax = 200;
constexpr const char* kPartColumns = "p.position, m.id, m.system, m.received_ns, m.bytes";

std::string json_line(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

core::Error refused(std::string message) {
  return {core::ErrorCode::kRefused, std::move(message)};
}

/// Frees the statement for its next use, also where a call ends early.
class Use {
 public:
  explicit Use(core::Statement& statement) : statement_(statement) {}
  ~Use() { statement_.reset(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  core::Statement* operator->() { return &statement_; }

 private:
  core::Statement& statement_;
};

/// What is read while it lives is of one moment, and costs one look at the file's locks.
class Snapshot {
 public:
  explicit Snapshot(core::Database& database) : database_(database) {
    static_cast<void>(database_.execute("BEGIN").ok());  // Without it each row stands alone.
  }
  ~Snapshot() { static_cast<void>(database_.execute("COMMIT").ok()); }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  core::Database& database_;
};

}  // namespace

// Compiled once: compiling would cost more than running.
struct MessageStore::Prepared {
  core::Statement find_message, add_message, supersede, add_part, add_reference, add_event,
      add_message_event, add_refused, count_declarations, set_journalled, note_replaced;

  static core::Result<std::unique_ptr<Prepared>> make(core::Database& database) {
    PC_TRY(auto find_message,
           database.prepare("SELECT sha256, received_ns FROM message WHERE id = ?"));
    PC_TRY(auto add_message,
           database.prepare("INSERT INTO message (id, system, kind, sender, message_id, sha256, "
                            "origin, name, received_ns, declarations, bytes) VALUES "
                            "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    PC_TRY(auto supersede,
           database.prepare("UPDATE part SET withdrawn = 1 WHERE lrn = ? AND lrn <> '' AND system "
                            "= ? AND declarant = ? AND message_index < ?"));
    PC_TRY(auto add_part,
           database.prepare("INSERT INTO part (message_index, is_declaration, withdrawn, "
                            "system, declarant, lrn, position) VALUES (?, ?, ?, ?, ?, ?, ?)"));
    PC_TRY(auto add_reference,
           database.prepare("INSERT OR IGNORE INTO reference VALUES (?, ?, ?)"));
    PC_TRY(auto add_event,
           database.prepare("INSERT INTO event (type, subject, utc_ns, system, sha256, detail) "
                            "VALUES (?, ?, ?, ?, ?, ?)"));
    PC_TRY(auto add_message_event,
           database.prepare("INSERT INTO event (message_index, type, subject, utc_ns, system, "
                            "sha256, detail) VALUES (?, 'message_taken', '', ?, '', '', '')"));
    PC_TRY(auto add_refused,
           database.prepare("INSERT INTO quarantine (id, name, origin, sha256, bytes, system, "
                            "kind, sender, message_id, code, reason, utc_ns) VALUES (?, ?, ?, ?, "
                            "?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"));
    PC_TRY(auto count_declarations,
           database.prepare("UPDATE mark SET value = value + ? WHERE name = 'declarations'"));
    PC_TRY(auto set_journalled,
           database.prepare("UPDATE mark SET value = ? WHERE name = 'journal'"));
    // Only where selections are made is anything to be selected anew.
    PC_TRY(
        auto note_replaced,
        database.prepare("INSERT INTO replaced SELECT ? WHERE EXISTS (SELECT 1 FROM selection)"));
    return std::unique_ptr<Prepared>(new Prepared{
        std::move(find_message), std::move(add_message), std::move(supersede), std::move(add_part),
        std::move(add_reference), std::move(add_event), std::move(add_message_event),
        std::move(add_refused), std::move(count_declarations), std::move(set_journalled),
        std::move(note_replaced)});
  }
};

MessageStore::MessageStore(core::Database database, std::unique_ptr<Prepared> prepared)
    : database_(std::move(database)), prepared_(std::move(prepared)) {}
MessageStore::MessageStore(MessageStore&&) noexcept = default;
MessageStore& MessageStore::operator=(MessageStore&&) noexcept = default;
MessageStore::~MessageStore() = default;

core::Result<MessageStore> MessageStore::open(const std::filesystem::path& path, Sync sync) {
  PC_TRY(auto database, open_store_file(path, sync == Sync::kEach));
  PC_TRY(auto prepared, Prepared::make(database));
  return MessageStore(std::move(database), std::move(prepared));
}

core::Status MessageStore::add_event(std::string_view type, std::string_view subject,
                                     core::UtcTime now, std::string_view system,
                                     std::string_view sha256, std::string_view detail) {
  auto& insert = prepared_->add_event;
  return insert.bind(0, type)
      .bind(1, subject)
      .bind(2, now.ns)
      .bind(3, system)
      .bind(4, sha256)
      .bind(5, detail)
      .run();
}

core::Result<std::vector<std::optional<MessageStore::Known>>> MessageStore::known(
    const std::vector<std::string_view>& ids) {
  std::vector<std::optional<Known>> found;
  found.reserve(ids.size());
  const Snapshot all_of_one_moment(database_);
  for (const auto id : ids) {
    Use same(prepared_->find_message);
    PC_TRY(const bool row, same->bind(0, id).step());
    found.push_back(row ? std::optional<Known>({std::string(same->text(0)), {same->integer(1)}})
                        : std::nullopt);
  }
  return found;
}

core::Status MessageStore::take_one(const MessageForm& form) {
  const auto& receipt = form.receipt;
  auto& p = *prepared_;
  PC_CHECK(p.add_message.bind(0, receipt.id)
               .bind(1, receipt.system)
               .bind(2, receipt.kind)
               .bind(3, receipt.sender)
               .bind(4, receipt.message_id)
               .bind(5, receipt.sha256)
               .bind(6, form.incoming.origin)
               .bind(7, form.incoming.name)
               .bind(8, receipt.received.ns)
               .bind(9, receipt.declarations)
               .bind_blob(10, std::as_bytes(std::span(form.compressed)))
               .run());
  const auto message_index = database_.last_insert_row();
  for (const auto& part : form.parts) {
    bool replaces = false;
    if (part.is_declaration && !part.lrn.empty() && !part.test) {
      PC_CHECK(p.supersede.bind(0, part.lrn)
                   .bind(1, receipt.system)
                   .bind(2, part.declarant)
                   .bind(3, message_index)
                   .run());
      replaces = database_.changes() > 0;
    }
    PC_CHECK(p.add_part.bind(0, message_index)
                 .bind(1, part.is_declaration ? 1 : 0)
                 .bind(2, part.withdrawn ? 1 : 0)
                 .bind(3, receipt.system)
                 .bind(4, part.declarant)
                 .bind(5, part.lrn)
                 .bind(6, part.position)
                 .run());
    const auto part_index = database_.last_insert_row();
    if (replaces) PC_CHECK(p.note_replaced.bind(0, part_index).run());
    for (const auto& reference : part.references) {
      PC_CHECK(p.add_reference.bind(0, static_cast<int>(reference.kind))
                   .bind(1, reference.value)
                   .bind(2, part_index)
                   .run());
    }
  }
  return p.add_message_event.bind(0, message_index).bind(1, receipt.received.ns).run();
}

core::Status MessageStore::take(const std::vector<const MessageForm*>& forms,
                                std::int64_t journalled) {
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  std::uint64_t declarations = 0;
  for (const auto* form : forms) {
    PC_CHECK(take_one(*form));
    declarations += form->receipt.declarations;
  }
  if (declarations > 0) PC_CHECK(prepared_->count_declarations.bind(0, declarations).run());
  PC_CHECK(prepared_->set_journalled.bind(0, journalled).run());
  return transaction.commit();
}

core::Result<std::int64_t> MessageStore::journalled() {
  return database_.query_integer("SELECT value FROM mark WHERE name = 'journal'");
}

core::Status MessageStore::note_refused(const std::vector<MessageForm*>& forms) {
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  for (auto* form : forms) {
    auto& r = form->receipt;
    if (r.state != MessageState::kRefused) continue;
    PC_CHECK(prepared_->add_refused.bind(0, r.id)
                 .bind(1, form->incoming.name)
                 .bind(2, form->incoming.origin)
                 .bind(3, r.sha256)
                 .bind(4, static_cast<std::uint64_t>(form->incoming.bytes.size()))
                 .bind(5, r.system)
                 .bind(6, r.kind)
                 .bind(7, r.sender)
                 .bind(8, r.message_id)
                 .bind(9, static_cast<int>(r.code))
                 .bind(10, r.reason)
                 .bind(11, r.received.ns)
                 .run());
    if (database_.changes() == 0) {
      r.repeated = true;
      continue;
    }
    PC_CHECK(add_event("message_refused", r.id, r.received, r.system, r.sha256,
                       core::error_code_name(r.code)));
  }
  return transaction.commit();
}

core::Result<std::optional<Receipt>> MessageStore::receipt(std::string_view id) {
  Receipt found;
  found.id = id;
  {
    PC_TRY(auto row, database_.prepare("SELECT system, kind, sender, message_id, sha256, "
                                       "received_ns, declarations FROM message WHERE id = ?"));
    PC_TRY(const bool taken, row.bind(0, id).step());
    if (taken) {
      found.state = MessageState::kTaken;
      found.system = row.text(0);
      found.kind = row.text(1);
      found.sender = row.text(2);
      found.message_id = row.text(3);
      found.sha256 = row.text(4);
      found.received = {row.integer(5)};
      found.declarations = static_cast<std::uint64_t>(row.integer(6));
      return std::optional<Receipt>(std::move(found));
    }
  }
  PC_TRY(auto row,
         database_.prepare("SELECT system, kind, sender, message_id, sha256, utc_ns, code, reason "
                           "FROM quarantine WHERE id = ? ORDER BY quarantine_index LIMIT 1"));
  PC_TRY(const bool refused_before, row.bind(0, id).step());
  if (!refused_before) return std::optional<Receipt>();
  found.system = row.text(0);
  found.kind = row.text(1);
  found.sender = row.text(2);
  found.message_id = row.text(3);
  found.sha256 = row.text(4);
  found.received = {row.integer(5)};
  found.code = static_cast<core::ErrorCode>(row.integer(6));
  found.reason = row.text(7);
  return std::optional<Receipt>(std::move(found));
}

core::Result<std::vector<Case>> MessageStore::cases(core::Statement& rows) {
  std::vector<Case> found;
  std::string of;  // The message that `parts` were read from; its parts often come together.
  std::vector<ReadPart> parts;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return found;
    if (rows.text(1) != of) {
      Receipt receipt;
      receipt.id = of = rows.text(1);
      receipt.system = rows.text(2);
      receipt.received = {rows.integer(3)};
      const auto bytes = rows.blob(4);
      auto read = read_parts(receipt, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      if (!read.ok())
        return core::Error{core::ErrorCode::kCorrupt,
                           fmt::format("{}: a message that was read before is not any more: {}",
                                       database_.path().string(), read.error().message)};
      parts = std::move(read).value();
    }
    const auto position = static_cast<std::uint32_t>(rows.integer(0));
    const auto part = std::find_if(parts.begin(), parts.end(),
                                   [&](const auto& one) { return one.position == position; });
    if (part == parts.end())
      return core::Error{
          core::ErrorCode::kCorrupt,
          fmt::format("{}: message {} has no part {}", database_.path().string(), of, position)};
    found.push_back(part->part);
  }
}

core::Result<std::vector<Case>> MessageStore::find(ReferenceKind kind, std::string_view value) {
  if (value.empty()) return std::vector<Case>();
  PC_TRY(auto rows, database_.prepare(fmt::format(
                        "SELECT {} FROM reference r JOIN part p ON p.part_index = "
                        "r.part_index JOIN message m ON m.message_index = p.message_index WHERE "
                        "r.value = ? AND r.kind = ? AND p.is_declaration = 1 "
                        "AND p.withdrawn = 0 ORDER BY p.part_index LIMIT {}",
                        kPartColumns, kFoundMax)));
  rows.bind(0, value).bind(1, static_cast<int>(kind));
  return cases(rows);
}

core::Result<std::int64_t> MessageStore::part_index(std::string_view id) {
  const auto name = part_name(id);
  PC_TRY(auto row, database_.prepare(
                       "SELECT p.part_index FROM message m JOIN part p ON p.message_index = "
                       "m.message_index WHERE m.id = ? AND p.is_declaration = 1 AND CASE ? WHEN 0 "
                       "THEN m.declarations = 1 ELSE m.declarations > 1 AND p.position = ? END"));
  const auto position = static_cast<std::int64_t>(name.position);
  PC_TRY(const bool any, row.bind(0, name.message_id).bind(1, position).bind(2, position).step());
  return any ? row.integer(0) : std::int64_t{0};
}

core::Result<std::optional<Case>> MessageStore::part(std::string_view id) {
  PC_TRY(const auto index, part_index(id));
  PC_TRY(auto rows,
         database_.prepare(fmt::format(
             "SELECT {} FROM part p JOIN message m ON m.message_index = p.message_index WHERE "
             "p.part_index = ?",
             kPartColumns)));
  rows.bind(0, index);
  PC_TRY(auto found, cases(rows));
  if (found.empty()) return std::optional<Case>();
  return std::optional<Case>(std::move(found.front()));
}

core::Result<std::optional<Case>> MessageStore::whole_case(std::string_view id) {
  PC_TRY(auto whole, told_case(id));
  if (!whole) return whole;
  join_masses(*whole);
  PC_CHECK(add_judgement(*whole, id));
  PC_TRY(const auto selected, selections(id));
  if (selected.empty()) return whole;
  whole->selection = selected.back().selection;
  whole->times.selected = selected.front().time;
  for (const auto& one : selected) {
    if (std::find(whole->scan_ids.begin(), whole->scan_ids.end(), one.scan_id) ==
        whole->scan_ids.end())
      whole->scan_ids.push_back(one.scan_id);
  }
  return whole;
}

core::Result<std::optional<Case>> MessageStore::told_case(std::string_view id) {
  PC_TRY(auto own, part(id));
  if (!own) return own;
  PC_TRY(auto whole, told(std::move(*own)));
  return std::optional<Case>(std::move(whole));
}

core::Result<std::vector<MessageStore::Place>> MessageStore::declarations_after(std::int64_t after,
                                                                                int count_max) {
  PC_TRY(auto rows,
         database_.prepare(
             "SELECT p.part_index, m.id, m.declarations, p.position FROM part p JOIN message m ON "
             "m.message_index = p.message_index WHERE p.part_index > ? AND p.is_declaration = 1 "
             "AND p.withdrawn = 0 ORDER BY p.part_index LIMIT ?"));
  rows.bind(0, after).bind(1, count_max);
  std::vector<Place> places;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return places;
    places.push_back(
        {rows.integer(0), part_id(rows.text(1), static_cast<std::uint64_t>(rows.integer(2)),
                                  static_cast<std::uint32_t>(rows.integer(3)))});
  }
}

core::Result<std::vector<Case>> MessageStore::others_after(std::int64_t& after, int count_max) {
  PC_TRY(auto last,
         database_.prepare(
             "SELECT max(part_index) FROM (SELECT part_index FROM part WHERE part_index "
             "> ? AND is_declaration = 0 AND withdrawn = 0 ORDER BY part_index LIMIT ?)"));
  PC_TRY(const bool any, last.bind(0, after).bind(1, count_max).step());
  if (!any || last.type(0) == core::Statement::Type::kNull) return std::vector<Case>();
  PC_TRY(auto rows,
         database_.prepare(fmt::format(
             "SELECT {} FROM part p JOIN message m ON m.message_index = p.message_index WHERE "
             "p.part_index > ? AND p.part_index <= ? AND p.is_declaration = 0 AND p.withdrawn = 0 "
             "ORDER BY p.part_index",
             kPartColumns)));
  rows.bind(0, after).bind(1, last.integer(0));
  after = last.integer(0);
  return cases(rows);
}

core::Result<MessageStore::AppliedDecision> MessageStore::apply_decision(
    const DecisionSubmission& submission, const PendingAnswer& answer,
    const PendingAnswer& referral, core::UtcTime now) {
  const auto decision = json_line(core::to_json(submission.decision));
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
               .bind(5, json_line(core::to_json(submission.report)))
               .bind(6, answer.file_name)
               .run());
  for (const auto* message : {&answer, &referral}) {
    if (message->file_name.empty()) continue;
    PC_TRY(auto queue, database_.prepare("INSERT INTO answer (file_name, declaration_id, content) "
                                         "VALUES (?, ?, ?) ON CONFLICT DO NOTHING"));
    PC_CHECK(queue.bind(0, message->file_name)
                 .bind(1, submission.declaration_id)
                 .bind(2, message->content)
                 .run());
  }
  PC_CHECK(transaction.commit());
  return AppliedDecision{answer.file_name, true};
}

core::Result<std::vector<MessageStore::PendingAnswer>> MessageStore::answers_due(
    core::UtcTime now) {
  std::vector<PendingAnswer> answers;
  PC_TRY(auto rows,
         database_.prepare("SELECT file_name, content, declaration_id, attempts FROM answer WHERE "
                           "sent_ns = 0 AND next_try_ns <= ? ORDER BY next_try_ns, file_name LIMIT "
                           "100"));
  rows.bind(0, now.ns);
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return answers;
    answers.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                       std::string(rows.text(2)), static_cast<int>(rows.integer(3))});
  }
}

core::Status MessageStore::mark_sent(const PendingAnswer& answer, core::UtcTime now) {
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  PC_TRY(auto update,
         database_.prepare("UPDATE answer SET sent_ns = ?, attempts = ?, problem = '' WHERE "
                           "file_name = ? AND sent_ns = 0"));
  PC_CHECK(update.bind(0, now.ns).bind(1, answer.attempts + 1).bind(2, answer.file_name).run());
  if (database_.changes() > 0)
    PC_CHECK(add_event("answer_sent", answer.declaration_id, now, "",
                       core::sha256_hex(answer.content), answer.file_name));
  return transaction.commit();
}

core::Status MessageStore::mark_failed(const PendingAnswer& answer, std::string_view problem,
                                       core::UtcTime next_try) {
  PC_TRY(auto update, database_.prepare("UPDATE answer SET attempts = ?, problem = ?, next_try_ns "
                                        "= ? WHERE file_name = ?"));
  return update.bind(0, answer.attempts + 1)
      .bind(1, problem)
      .bind(2, next_try.ns)
      .bind(3, answer.file_name)
      .run();
}

core::Result<MessageStore::Waiting> MessageStore::answers_waiting() {
  PC_TRY(auto row, database_.prepare(
                       "SELECT count(*), coalesce(max(problem), '') FROM answer WHERE sent_ns = "
                       "0"));
  PC_TRY(const bool any, row.step());
  PC_ASSERT(any);
  return Waiting{static_cast<std::uint64_t>(row.integer(0)), std::string(row.text(1))};
}

core::Result<std::vector<MessageStore::Event>> MessageStore::events_after(std::int64_t index,
                                                                          int count_max) {
  PC_TRY(auto rows,
         database_.prepare("SELECT e.event_index, e.type, coalesce(m.id, e.subject), e.utc_ns, "
                           "coalesce(m.system, e.system), coalesce(m.sha256, e.sha256), "
                           "coalesce(m.kind, e.detail) FROM event e LEFT JOIN message m ON "
                           "m.message_index = e.message_index WHERE e.event_index > ? ORDER BY "
                           "e.event_index LIMIT ?"));
  rows.bind(0, index).bind(1, count_max);
  std::vector<Event> events;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return events;
    events.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)),
                      core::UtcTime{rows.integer(3)}, std::string(rows.text(4)),
                      std::string(rows.text(5)), std::string(rows.text(6))});
  }
}

core::Result<std::int64_t> MessageStore::audited() {
  return database_.query_integer("SELECT value FROM mark WHERE name = 'audited'");
}

core::Status MessageStore::set_audited(std::int64_t index) {
  PC_TRY(auto set, database_.prepare("UPDATE mark SET value = ? WHERE name = 'audited'"));
  return set.bind(0, index).run();
}

core::Result<GatewayStatus> MessageStore::status() {
  GatewayStatus status;
  status.software_version = core::kVersion;
  PC_TRY(const auto declarations,
         database_.query_integer("SELECT value FROM mark WHERE name = 'declarations'"));
  PC_TRY(const auto quarantined, database_.query_integer("SELECT count(*) FROM quarantine"));
  PC_TRY(const auto answers,
         database_.query_integer("SELECT count(*) FROM answer WHERE sent_ns > 0"));
  status.declarations = static_cast<std::uint64_t>(declarations);
  status.quarantined = static_cast<std::uint64_t>(quarantined);
  status.answers_written = static_cast<std::uint64_t>(answers);
  PC_TRY(auto last,
         database_.prepare("SELECT reason FROM quarantine ORDER BY quarantine_index DESC LIMIT 1"));
  PC_TRY(const bool row, last.step());
  if (row) status.last_quarantine_reason = last.text(0);
  return status;
}

core::Result<std::int64_t> MessageStore::checkpoint() {
  PC_TRY(auto row, database_.prepare("PRAGMA wal_checkpoint(PASSIVE)"));
  PC_TRY(const bool any, row.step());
  if (!any || row.integer(1) < 0) return std::int64_t{0};
  return row.integer(1) - row.integer(2);
}

}  // namespace portcullis::customs
