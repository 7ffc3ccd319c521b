#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/record_json.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/message_store.h"

namespace portcullis::customs {

namespace {

constexpr const char* kSelectionKey = "selection";

std::string selection_text(const Selection& selection) {
  Case holder;
  holder.selection = selection;
  return to_json(holder)[kSelectionKey].dump(-1, ' ', false,
                                             nlohmann::json::error_handler_t::replace);
}

core::Result<Selection> selection_from(std::string_view text) {
  nlohmann::json holder;
  holder[kSelectionKey] = nlohmann::json::parse(text, nullptr, false);
  PC_TRY(auto read, case_from_json(holder));
  if (!read.selection)
    return core::Error{core::ErrorCode::kCorrupt, "a stored selection cannot be read"};
  return std::move(*read.selection);
}

}  // namespace

core::Result<bool> MessageStore::add_selection(const KeptSelection& kept, std::string_view detail) {
  const auto text = selection_text(kept.selection);
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  {
    PC_TRY(auto newest, database_.prepare("SELECT selection FROM selection WHERE declaration_id = "
                                          "? AND scan_id = ? ORDER BY selection_index DESC LIMIT "
                                          "1"));
    newest.bind(0, kept.declaration_id).bind(1, kept.scan_id);
    PC_TRY(const bool any, newest.step());
    if (any && newest.text(0) == text) return false;
  }
  PC_TRY(auto insert, database_.prepare("INSERT INTO selection (declaration_id, scan_id, utc_ns, "
                                        "draw, selection) VALUES (?, ?, ?, ?, ?)"));
  insert.bind(0, kept.declaration_id).bind(1, kept.scan_id).bind(2, kept.time.ns).bind(4, text);
  if (kept.draw)
    insert.bind(3, *kept.draw);
  else
    insert.bind_null(3);
  PC_CHECK(insert.run());
  PC_CHECK(add_event("case_selected", kept.declaration_id, kept.time, "", core::sha256_hex(text),
                     detail));
  PC_CHECK(transaction.commit());
  return true;
}

core::Result<std::vector<MessageStore::KeptSelection>> MessageStore::selections(
    std::string_view declaration_id) {
  PC_TRY(auto rows, database_.prepare("SELECT scan_id, utc_ns, draw, selection FROM selection "
                                      "WHERE declaration_id = ? ORDER BY selection_index"));
  rows.bind(0, declaration_id);
  std::vector<KeptSelection> kept;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return kept;
    auto& one = kept.emplace_back();
    one.declaration_id = declaration_id;
    one.scan_id = rows.text(0);
    one.time = {rows.integer(1)};
    if (rows.type(2) != core::Statement::Type::kNull) one.draw = rows.real(2);
    auto selection = selection_from(rows.text(3));
    if (!selection.ok()) return selection.error().with_context(database_.path().string());
    one.selection = std::move(selection).value();
  }
}

core::Result<std::vector<MessageStore::Place>> MessageStore::selected_after(std::int64_t after,
                                                                            int count_max) {
  PC_TRY(auto rows,
         database_.prepare("SELECT min(selection_index) AS first, declaration_id FROM selection "
                           "GROUP BY declaration_id HAVING first > ? ORDER BY first LIMIT ?"));
  rows.bind(0, after).bind(1, count_max);
  std::vector<Place> places;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return places;
    places.push_back({rows.integer(0), std::string(rows.text(1))});
  }
}

core::Result<std::vector<MessageStore::Replaced>> MessageStore::replaced(int count_max) {
  PC_TRY(auto rows, database_.prepare(
                        "SELECT r.part_index, m.id, m.declarations, p.position, p.withdrawn FROM "
                        "replaced r JOIN part p ON p.part_index = r.part_index JOIN message m ON "
                        "m.message_index = p.message_index ORDER BY r.part_index LIMIT ?"));
  rows.bind(0, count_max);
  std::vector<Replaced> all;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) break;
    auto& one = all.emplace_back();
    one.index = rows.integer(0);
    if (rows.integer(4) == 0)
      one.declaration_id = part_id(rows.text(1), static_cast<std::uint64_t>(rows.integer(2)),
                                   static_cast<std::uint32_t>(rows.integer(3)));
  }
  // A part's id as part_id() makes it.
  PC_TRY(auto before,
         database_.prepare(
             "SELECT s.scan_id, s.draw FROM part n JOIN part o ON o.lrn = n.lrn AND o.system = "
             "n.system AND o.declarant = n.declarant AND o.part_index < n.part_index JOIN message "
             "m ON m.message_index = o.message_index JOIN selection s ON s.declaration_id = CASE "
             "m.declarations WHEN 1 THEN m.id ELSE m.id || '-' || o.position END WHERE "
             "n.part_index = ? AND n.lrn <> '' ORDER BY s.selection_index DESC LIMIT 1"));
  for (auto& one : all) {
    PC_TRY(const bool any, before.bind(0, one.index).step());
    if (any) {
      one.scan_id = before.text(0);
      if (before.type(1) != core::Statement::Type::kNull) one.draw = before.real(1);
    }
    before.reset();
  }
  return all;
}

core::Status MessageStore::add_judgement(Case& whole, std::string_view id) {
  PC_TRY(auto newest, database_.prepare("SELECT report FROM decision WHERE declaration_id = ? "
                                        "ORDER BY utc_ns DESC, idempotency_key DESC LIMIT 1"));
  PC_TRY(const bool any, newest.bind(0, id).step());
  if (!any) return {};
  const auto json = nlohmann::json::parse(newest.text(0), nullptr, false);
  auto report = core::report_from_json(json);
  if (!report.ok()) return report.error().with_context(database_.path().string());
  whole.findings = std::move(report->findings);
  whole.checks = std::move(report->checks);
  return {};
}

core::Status MessageStore::forget_replaced(std::int64_t index) {
  PC_TRY(auto forget, database_.prepare("DELETE FROM replaced WHERE part_index = ?"));
  return forget.bind(0, index).run();
}

}  // namespace portcullis::customs
