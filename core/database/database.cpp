#include "core/database/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <limits>

namespace portcullis::core {

namespace {

ErrorCode database_error_code(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_NOTADB:
      return ErrorCode::kInvalidInput;
    case SQLITE_CORRUPT:
      return ErrorCode::kCorrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kUnavailable;
    case SQLITE_CONSTRAINT:
      return ErrorCode::kRefused;
    case SQLITE_NOMEM:
    case SQLITE_MISUSE:
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
      return ErrorCode::kInvalidInput;
    default:
      return ErrorCode::kIo;
  }
}

Error database_error(const std::filesystem::path& path, sqlite3* handle, int code) {
  std::string_view hint;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      hint = " (another process is writing it)";
      break;
    case SQLITE_FULL:
      hint = " (free space on this disk)";
      break;
    default:
      break;
  }
  return {database_error_code(code),
          fmt::format("{}: {}{}", path.string(),
                      handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code), hint)};
}

}  // namespace

struct Database::State {
  std::filesystem::path path;
  sqlite3* handle = nullptr;

  ~State() { sqlite3_close_v2(handle); }
};

struct Statement::Handle {
  Database::State* database = nullptr;
  sqlite3_stmt* statement = nullptr;

  ~Handle() { sqlite3_finalize(statement); }
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
  std::error_code ignored;
  if (mode != Mode::kCreate) {
    const auto status = std::filesystem::status(path, ignored);
    if (status.type() == std::filesystem::file_type::not_found) {
      return Error{ErrorCode::kNotFound, fmt::format("{}: no such file", path.string())};
    }
    if (status.type() == std::filesystem::file_type::directory) {
      return Error{ErrorCode::kInvalidInput,
                   fmt::format("{}: is a folder, not a file", path.string())};
    }
  }
  auto state = std::make_unique<State>();
  state->path = path;
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case Mode::kRead:
      flags |= SQLITE_OPEN_READONLY;
      break;
    case Mode::kReadWrite:
      flags |= SQLITE_OPEN_READWRITE;
      break;
    case Mode::kCreate:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
      break;
  }
  const int code = sqlite3_open_v2(path.c_str(), &state->handle, flags, nullptr);
  if (code != SQLITE_OK) return database_error(path, state->handle, code);
  sqlite3_db_config(state->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(state->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(state->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(state->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  Database database(std::move(state));
  PC_CHECK(database.execute(
      "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA foreign_keys = ON"));
  return database;
}

Status Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(state_->handle, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return database_error(state_->path, state_->handle, code);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  auto handle = std::make_unique<Statement::Handle>();
  handle->database = state_.get();
  const int code = sqlite3_prepare_v2(state_->handle, sql.data(), static_cast<int>(sql.size()),
                                      &handle->statement, nullptr);
  if (code != SQLITE_OK) return database_error(state_->path, state_->handle, code);
  return Statement(std::move(handle));
}

Result<std::string> Database::query_text(std::string_view sql) {
  PC_TRY(auto statement, prepare(sql));
  PC_TRY(const bool row, statement.step());
  if (!row)
    return Error{ErrorCode::kNotFound, fmt::format("{}: no such row", state_->path.string())};
  return std::string(statement.text(0));
}

Result<std::int64_t> Database::query_integer(std::string_view sql) {
  PC_TRY(auto statement, prepare(sql));
  PC_TRY(const bool row, statement.step());
  if (!row)
    return Error{ErrorCode::kNotFound, fmt::format("{}: no such row", state_->path.string())};
  return statement.integer(0);
}

void Database::set_busy_timeout_ms(int timeout_ms) {
  sqlite3_busy_timeout(state_->handle, timeout_ms);
}
std::int64_t Database::changes() const {
  return sqlite3_changes64(state_->handle);
}
std::int64_t Database::last_insert_row() const {
  return sqlite3_last_insert_rowid(state_->handle);
}
const std::filesystem::path& Database::path() const {
  return state_->path;
}

Status Database::close() {
  if (!state_ || state_->handle == nullptr) return {};
  const int code = sqlite3_close(state_->handle);
  if (code != SQLITE_OK) return database_error(state_->path, state_->handle, code);
  state_->handle = nullptr;
  return {};
}

Statement::Statement(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind(int parameter, std::int64_t value) {
  PC_ASSERT(sqlite3_bind_int64(handle_->statement, parameter + 1, value) == SQLITE_OK);
  return *this;
}
Statement& Statement::bind(int parameter, double value) {
  PC_ASSERT(sqlite3_bind_double(handle_->statement, parameter + 1, value) == SQLITE_OK);
  return *this;
}
// A text or blob too long for SQLite leaves the parameter NULL, and the NOT NULL constraint
// refuses the row: an error, not an abort, since sizes come from outside.
Statement& Statement::bind(int parameter, std::string_view text) {
  sqlite3_bind_text64(handle_->statement, parameter + 1, text.data() != nullptr ? text.data() : "",
                      text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_blob(int parameter, std::span<const std::byte> bytes) {
  if (bytes.empty())
    sqlite3_bind_zeroblob(handle_->statement, parameter + 1, 0);
  else
    sqlite3_bind_blob64(handle_->statement, parameter + 1, bytes.data(), bytes.size(),
                        SQLITE_STATIC);
  return *this;
}
Statement& Statement::bind_null(int parameter) {
  sqlite3_bind_null(handle_->statement, parameter + 1);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(handle_->statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_error(handle_->database->path, handle_->database->handle, code);
}

Status Statement::run() {
  auto row = step();
  while (row.ok() && *row) row = step();
  sqlite3_reset(handle_->statement);
  if (!row.ok()) return row.error();
  return {};
}

void Statement::reset() {
  sqlite3_reset(handle_->statement);
  sqlite3_clear_bindings(handle_->statement);
}

Statement::Type Statement::type(int column) const {
  switch (sqlite3_column_type(handle_->statement, column)) {
    case SQLITE_INTEGER:
      return Type::kInteger;
    case SQLITE_FLOAT:
      return Type::kReal;
    case SQLITE_TEXT:
      return Type::kText;
    case SQLITE_BLOB:
      return Type::kBlob;
    default:
      return Type::kNull;
  }
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_->statement, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(handle_->statement, column);
}
std::string_view Statement::text(int column) const {
  const auto* text = sqlite3_column_text(handle_->statement, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_->statement, column))};
}
std::span<const std::byte> Statement::blob(int column) const {
  const auto* bytes =
      static_cast<const std::byte*>(sqlite3_column_blob(handle_->statement, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_->statement, column))};
}
int Statement::columns() const {
  return sqlite3_column_count(handle_->statement);
}

Result<Transaction> Transaction::begin(Database& database) {
  PC_CHECK(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK").ok());
}

Status Transaction::commit() {
  PC_ASSERT(database_ != nullptr);
  PC_CHECK(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace portcullis::core
