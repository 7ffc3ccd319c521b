// What is looked for in the catalogue.
#include <limits>
#include <utility>

#include "archive/catalogue_rows.h"
#include "core/iso6346.h"

namespace portcullis::archive {
namespace {

using core::Database;
using core::Statement;

constexpr std::uint32_t kFoundMax = 10'000;
constexpr auto kEver = std::numeric_limits<std::int64_t>::max();

// Of the scans of the time asked for the newest ?3 are looked at, so that words that stand nowhere
// do not take a look at every declaration of years. instr() takes the words as they are; LIKE would
// read % and _ in them as patterns. An empty key (words without a letter or digit) is in no number.
constexpr const char* kSearchSql = R"sql(
SELECT {columns} FROM (
  SELECT * FROM scan WHERE started_ns >= ?1 AND started_ns < ?2 ORDER BY started_ns DESC, id LIMIT ?3) AS s
WHERE (?4 = '' OR instr(lower(id), ?4) > 0
    OR (?5 <> '' AND (instr(plate_key, ?5) > 0 OR EXISTS (
      SELECT 1 FROM container AS c WHERE c.scan_id = s.id AND instr(c.number_key, ?5) > 0)))
    OR EXISTS (SELECT 1 FROM declaration AS d WHERE d.scan_id = s.id AND (
      instr(lower(json_extract(d.json, '$.mrn')), ?4) > 0 OR instr(lower(json_extract(d.json, '$.lrn')), ?4) > 0
      OR instr(lower(json_extract(d.json, '$.ucr')), ?4) > 0)))
  AND (?6 = '' OR EXISTS (
    SELECT 1 FROM report AS r, json_each(r.json, '$.findings') AS f WHERE r.scan_id = s.id
      AND r.version = (SELECT max(version) FROM report WHERE scan_id = s.id)
      AND json_extract(f.value, '$.kind') = ?6))
  AND (?7 = '' OR (?7 IN ('decided', 'undecided') AND (?7 = 'decided') = (
      EXISTS (SELECT 1 FROM decision WHERE scan_id = s.id AND json_extract(json, '$.container_only') IS NULL)
      OR (EXISTS (SELECT 1 FROM container WHERE scan_id = s.id) AND NOT EXISTS (
        SELECT 1 FROM container AS c WHERE c.scan_id = s.id AND NOT EXISTS (
          SELECT 1 FROM decision AS d WHERE d.scan_id = s.id AND d.container = c.number)))))
    OR EXISTS (SELECT 1 FROM container AS c WHERE c.scan_id = s.id AND ?7 = (
      SELECT kind FROM decision AS d WHERE d.scan_id = s.id
        AND (json_extract(d.json, '$.container_only') IS NULL OR d.container = c.number)
      ORDER BY decision_index DESC LIMIT 1))
    OR (NOT EXISTS (SELECT 1 FROM container WHERE scan_id = s.id) AND ?7 = (
      SELECT kind FROM decision WHERE scan_id = s.id ORDER BY decision_index DESC LIMIT 1)))
ORDER BY started_ns DESC, id LIMIT ?8
)sql";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

core::Status check_limit(std::uint32_t limit) {
  if (limit >= 1 && limit <= kFoundMax) return {};
  return core::Error{core::ErrorCode::kInvalidInput,
                     fmt::format("limit: {} is outside 1 to {}", limit, kFoundMax)};
}

core::Result<std::vector<core::ContainerReading>> read_containers(Database& database,
                                                                  std::string_view scan_id) {
  std::vector<core::ContainerReading> containers;
  PC_TRY(auto rows, database.prepare("SELECT number, iso_type, check_digit_ok, confidence FROM "
                                     "container WHERE scan_id = ? ORDER BY position"));
  rows.bind(0, scan_id);
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return containers;
    containers.push_back(
        {std::string(rows.text(0)), std::string(rows.text(1)), rows.integer(2) != 0, rows.real(3)});
  }
}

}  // namespace

std::string plate_key(std::string_view plate) {
  std::string key;
  for (const char c : core::normalise_container_number(plate)) {
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      key += c;
  }
  return key;
}

core::Result<CatalogueScan> read_scan_row(Database& database, const Statement& row) {
  CatalogueScan scan;
  scan.id = row.text(0);
  scan.file = row.text(1);
  scan.started.ns = row.integer(2);
  scan.ended.ns = row.integer(3);
  const auto outcome = core::scan_outcome_from(row.text(4));
  if (!outcome)
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("{}: scan {}: unknown outcome \"{}\"", database.path().string(),
                                   scan.id, row.text(4))};
  scan.outcome = *outcome;
  scan.outcome_reason = row.text(5);
  scan.lane = row.text(6);
  scan.simulated = row.integer(7) != 0;
  scan.plate = row.text(8);
  scan.sha256 = row.text(9);
  scan.lines = static_cast<std::uint64_t>(row.integer(10));
  scan.lines_lost = static_cast<std::uint64_t>(row.integer(11));
  PC_TRY(scan.containers, read_containers(database, scan.id));
  return scan;
}

core::Result<std::vector<CatalogueScan>> read_scan_rows(Database& database, Statement& rows) {
  std::vector<CatalogueScan> scans;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return scans;
    PC_TRY(auto scan, read_scan_row(database, rows));
    scans.push_back(std::move(scan));
  }
}

core::Result<std::vector<CatalogueScan>> Catalogue::find(const CatalogueQuery& query) {
  const std::lock_guard lock(state_->mutex);
  auto& database = state_->database;
  PC_CHECK(check_limit(query.limit));
  std::string sql = fmt::format("SELECT {} FROM scan WHERE 1", kScanColumns);
  if (!query.id.empty()) sql += " AND id = :id";
  if (!query.plate.empty()) sql += " AND plate_key = :plate";
  if (!query.container.empty())
    sql += " AND id IN (SELECT scan_id FROM container WHERE number_key = :container)";
  if (query.from) sql += " AND started_ns >= :from";
  if (query.to) sql += " AND started_ns < :to";
  sql += " ORDER BY started_ns DESC, id LIMIT :limit";
  PC_TRY(auto rows, database.prepare(sql));
  int parameter = 0;
  if (!query.id.empty()) rows.bind(parameter++, query.id);
  if (!query.plate.empty()) rows.bind(parameter++, plate_key(query.plate));
  if (!query.container.empty())
    rows.bind(parameter++, core::normalise_container_number(query.container));
  if (query.from) rows.bind(parameter++, query.from->ns);
  if (query.to) rows.bind(parameter++, query.to->ns);
  rows.bind(parameter, query.limit);
  return read_scan_rows(database, rows);
}

core::Result<CatalogueFound> Catalogue::search(const CatalogueSearch& search) {
  const std::lock_guard lock(state_->mutex);
  auto& database = state_->database;
  PC_CHECK(check_limit(search.limit));
  const std::int64_t from =
      search.from ? search.from->ns : std::numeric_limits<std::int64_t>::min();
  const std::int64_t to = search.to ? search.to->ns : kEver;
  CatalogueFound found;
  {
    PC_TRY(auto count, database.prepare("SELECT count(*) FROM (SELECT 1 FROM scan WHERE started_ns "
                                        ">= ?1 AND started_ns < ?2 LIMIT ?3)"));
    count.bind(0, from).bind(1, to).bind(2, kCatalogueLookedAt + 1);
    PC_TRY(const bool counted, count.step());
    found.older_left_out = counted && count.integer(0) > kCatalogueLookedAt;
  }
  PC_TRY(auto rows, database.prepare(fmt::format(kSearchSql, fmt::arg("columns", kScanColumns))));
  rows.bind(0, from).bind(1, to).bind(2, kCatalogueLookedAt);
  rows.bind(3, lower(search.text)).bind(4, plate_key(search.text));
  rows.bind(5, search.finding).bind(6, search.state);
  rows.bind(7, static_cast<std::int64_t>(search.limit) + 1);
  PC_TRY(found.scans, read_scan_rows(database, rows));
  found.more = found.scans.size() > search.limit;
  if (found.more) found.scans.resize(search.limit);
  return found;
}

core::Result<std::vector<CatalogueEvent>> Catalogue::find_events(const CatalogueEventQuery& query) {
  const std::lock_guard lock(state_->mutex);
  auto& database = state_->database;
  PC_CHECK(check_limit(query.limit));
  // instr() takes the words as they are; LIKE would read % and _ in them as patterns.
  PC_TRY(auto rows,
         database.prepare("SELECT utc_ns, kind, text FROM event WHERE scan_id = '' "
                          "AND utc_ns >= ?1 AND utc_ns < ?2 AND substr(kind, 1, length(?3)) = ?3 "
                          "AND instr(lower(kind || ' ' || text), lower(?4)) > 0 "
                          "ORDER BY event_index DESC LIMIT ?5"));
  rows.bind(0, query.from ? query.from->ns : std::int64_t{0});
  rows.bind(1, query.to ? query.to->ns : kEver);
  rows.bind(2, query.kind_prefix);
  rows.bind(3, query.text);
  rows.bind(4, static_cast<std::int64_t>(query.limit));
  std::vector<CatalogueEvent> found;
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return found;
    found.push_back({core::UtcTime{rows.integer(0)}, std::string(), std::string(rows.text(1)),
                     std::string(rows.text(2))});
  }
}

}  // namespace portcullis::archive
