#include "archive/scan_seal.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <memory>
#include <span>

#include "core/hex.h"
#include "core/record_text.h"

namespace portcullis::archive {

namespace {

struct DigestFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class SealDigest {
 public:
  SealDigest() : context_(EVP_MD_CTX_new()) {
    PC_ASSERT(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(const void* data, std::size_t size) {
    PC_ASSERT(EVP_DigestUpdate(context_.get(), data, size) == 1);
  }
  void add(std::string_view text) { add(text.data(), text.size()); }
  void add_column(const void* data, std::size_t size) {
    add(fmt::format("{}:", size));
    add(data, size);
    add(";");
  }
  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    PC_ASSERT(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
    return core::hex(std::as_bytes(std::span(digest)).first(size));
  }

 private:
  std::unique_ptr<EVP_MD_CTX, DigestFree> context_;
};

/// Shortest decimal text that reads back as the same value.
template <class Number>
std::string_view shortest_text(Number value, std::array<char, 32>& buffer) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

struct SealedTable {
  const char* name;
  const char* rows;
};
// The order of tables and columns is part of the format.
constexpr SealedTable kSealedTables[] = {
    {"meta", "SELECT key, value FROM meta WHERE key <> 'seal_sha256' ORDER BY key"},
    {"raw_block",
     "SELECT block_index, first_line, line_count, encoding, raw_bytes, crc32c, data FROM raw_block "
     "ORDER BY block_index"},
    {"calibration_frame",
     "SELECT kind, line_count, dose_mean_counts, temperature_c, taken_utc, mean, variance "
     "FROM calibration_frame ORDER BY kind"},
    {"wedge_step",
     "SELECT material, areal_density_g_cm2, line_count, transmission_high, transmission_low "
     "FROM wedge_step ORDER BY material, areal_density_g_cm2"},
    {"radiation_line", "SELECT line_index, utc, text FROM radiation_line ORDER BY line_index"},
    {"event", "SELECT event_index, utc, kind, text FROM event ORDER BY event_index"},
};

/// A process killed while it sealed may leave a rollback journal, which a reader may not play
/// back: one that may write does so first. Where it cannot, the reader's own error says why.
void undo_interrupted_write(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path.string() + "-journal", ignored)) return;
  auto writer = core::Database::open(path, core::Database::Mode::kReadWrite);
  if (writer.ok()) (void)writer->query_integer("PRAGMA user_version");
}

}  // namespace

core::Result<core::Database> open_scan_database(const std::filesystem::path& path,
                                                core::Database::Mode mode) {
  const auto not_a_scan = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: is not a scan file (*.pscan): {}", path.string(), why)};
  };
  if (mode == core::Database::Mode::kRead) undo_interrupted_write(path);
  auto opened = core::Database::open(path, mode);
  if (!opened.ok()) {
    if (opened.error().code == core::ErrorCode::kInvalidInput)
      return not_a_scan("it is no SQLite file");
    return opened.error();
  }
  core::Database database = std::move(opened).value();
  // Images and reports are added to a sealed file in short writes: a reader waits for one.
  if (mode == core::Database::Mode::kRead) database.set_busy_timeout_ms(1000);
  const auto id = database.query_integer("PRAGMA application_id");
  if (!id.ok()) {
    if (id.error().code == core::ErrorCode::kInvalidInput)
      return not_a_scan("it is no SQLite file");
    return id.error();
  }
  if (*id != kApplicationId)
    return not_a_scan(fmt::format("its application id is {:#x}, not {:#x}", *id, kApplicationId));
  PC_TRY(const auto version, database.query_integer("PRAGMA user_version"));
  if (version != kSchemaVersion) {
    return core::Error{core::ErrorCode::kUnsupported,
                       fmt::format("{}: scan file version {}, this program reads version {}",
                                   path.string(), version, kSchemaVersion)};
  }
  PC_TRY(const auto pages, database.query_integer("PRAGMA page_count"));
  PC_TRY(const auto page_bytes, database.query_integer("PRAGMA page_size"));
  std::error_code error;
  const auto file_bytes = std::filesystem::file_size(path, error);
  // In WAL mode the newest pages may still stand in the log, so only a file without one is held
  // to its page count.
  if (!error && !std::filesystem::exists(path.string() + "-wal") &&
      file_bytes < static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes)) {
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("{}: is truncated: {} bytes, {} expected", path.string(),
                                   file_bytes, pages * page_bytes)};
  }
  // One snapshot for all that is read, whoever else writes images or reports meanwhile.
  if (mode == core::Database::Mode::kRead) PC_CHECK(database.execute("BEGIN"));
  for (const char* table : {"meta", "raw_block", "calibration_frame", "wedge_step",
                            "radiation_line", "event", "image", "report"}) {
    PC_TRY(
        auto statement,
        database.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?"));
    PC_TRY(const bool row, statement.bind(0, table).step());
    if (!row || statement.integer(0) != 1)
      return not_a_scan(fmt::format("it has no table '{}'", table));
  }
  return database;
}

core::Result<std::string> meta_value(core::Database& database, std::string_view key) {
  PC_TRY(auto statement, database.prepare("SELECT value FROM meta WHERE key = ?"));
  PC_TRY(const bool row, statement.bind(0, key).step());
  return row ? std::string(statement.text(0)) : std::string();
}

core::Status set_meta_value(core::Database& database, std::string_view key,
                            std::string_view value) {
  PC_TRY(auto statement,
         database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"));
  return statement.bind(0, key).bind(1, value).run();
}

core::Result<std::string> compute_seal(core::Database& database) {
  SealDigest digest;
  std::array<char, 32> buffer{};
  for (const auto& table : kSealedTables) {
    digest.add(table.name);
    digest.add("\n");
    PC_TRY(auto rows, database.prepare(table.rows));
    while (true) {
      PC_TRY(const bool row, rows.step());
      if (!row) break;
      for (int column = 0; column < rows.columns(); ++column) {
        switch (rows.type(column)) {
          case core::Statement::Type::kNull:
            digest.add("-;");
            break;
          case core::Statement::Type::kInteger: {
            const auto text = shortest_text(rows.integer(column), buffer);
            digest.add_column(text.data(), text.size());
            break;
          }
          case core::Statement::Type::kReal: {
            const auto text = shortest_text(rows.real(column), buffer);
            digest.add_column(text.data(), text.size());
            break;
          }
          case core::Statement::Type::kText: {
            const auto text = rows.text(column);
            digest.add_column(text.data(), text.size());
            break;
          }
          case core::Statement::Type::kBlob: {
            const auto blob = rows.blob(column);
            digest.add_column(blob.data(), blob.size());
            break;
          }
        }
      }
    }
  }
  return digest.finish();
}

core::Status leave_wal_mode(core::Database& database) {
  PC_CHECK(database.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  PC_TRY(const auto mode, database.query_text("PRAGMA journal_mode = DELETE"));
  if (mode != "delete") {
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("{}: does not leave WAL mode: another process has it open",
                                   database.path().string())};
  }
  return {};
}

core::Result<SealInfo> write_outcome_and_seal(core::Database& database, const core::ScanMeta& meta,
                                              std::uint64_t lines, std::uint64_t lines_lost) {
  PC_TRY(auto transaction, core::Transaction::begin(database));
  PC_CHECK(set_meta_value(database, "scan", core::scan_meta_text(meta)));
  PC_CHECK(set_meta_value(database, "lines", std::to_string(lines)));
  PC_CHECK(set_meta_value(database, "lines_lost", std::to_string(lines_lost)));
  PC_TRY(auto sha256, compute_seal(database));
  PC_CHECK(set_meta_value(database, "seal_sha256", sha256));
  PC_CHECK(transaction.commit());
  PC_CHECK(leave_wal_mode(database));
  return SealInfo{std::move(sha256), lines, lines_lost};
}

}  // namespace portcullis::archive
