#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

/// SQLite behind Result: the one place where its return codes become errors that name the file.
/// A part of core of its own, so that core itself needs no SQLite.
namespace portcullis::core {

class Statement;

/// One open SQLite file. Opened so that a hostile file can do nothing but be wrong: no triggers or
/// views run, the schema is not trusted, cells are checked.
///
/// Errors: kNotFound (no such file), kInvalidInput (not a database), kCorrupt (damaged),
/// kUnavailable (locked by another process), kRefused (a constraint), kIo; each names the path.
/// Threading: one thread at a time.
class Database final {
 public:
  enum class Mode : std::uint8_t {
    kRead,       ///< The file must exist; nothing is written.
    kReadWrite,  ///< The file must exist.
    kCreate,     ///< Made where it does not exist.
  };
  static Result<Database> open(const std::filesystem::path& path, Mode mode);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs one or more statements without parameters; rows are dropped.
  Status execute(const std::string& sql);
  /// Compiles one statement. It must not outlive the database.
  Result<Statement> prepare(std::string_view sql);
  /// First column of the first row as a text; kNotFound where there is no row.
  Result<std::string> query_text(std::string_view sql);
  Result<std::int64_t> query_integer(std::string_view sql);
  /// How long a call waits for another process's lock before kUnavailable; 0 at open.
  void set_busy_timeout_ms(int timeout_ms);
  /// Rows changed by the last INSERT, UPDATE or DELETE.
  [[nodiscard]] std::int64_t changes() const;
  [[nodiscard]] std::int64_t last_insert_row() const;
  [[nodiscard]] const std::filesystem::path& path() const;
  /// Closes, and says whether that worked (a checkpoint may fail). Idempotent.
  Status close();

 private:
  struct State;
  friend class Statement;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A compiled statement. Parameters and columns count from 0. A view that a column getter returns
/// holds until the next step() or reset().
class Statement final {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  Statement& bind(int parameter, std::int64_t value);
  Statement& bind(int parameter, int value) {
    return bind(parameter, static_cast<std::int64_t>(value));
  }
  Statement& bind(int parameter, std::uint64_t value) {
    return bind(parameter, static_cast<std::int64_t>(value));
  }
  Statement& bind(int parameter, std::uint32_t value) {
    return bind(parameter, static_cast<std::int64_t>(value));
  }
  Statement& bind(int parameter, double value);
  /// Copies the text.
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, const char* text) {
    return bind(parameter, std::string_view(text));
  }
  Statement& bind(int parameter, const std::string& text) {
    return bind(parameter, std::string_view(text));
  }
  /// Does not copy: the bytes must stay until the statement has run.
  Statement& bind_blob(int parameter, std::span<const std::byte> bytes);
  Statement& bind_null(int parameter);

  /// True: there is a row. False: done.
  Result<bool> step();
  /// For a statement without rows: runs it and makes it ready for the next values.
  Status run();
  void reset();

  enum class Type : std::uint8_t { kNull, kInteger, kReal, kText, kBlob };
  [[nodiscard]] Type type(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::span<const std::byte> blob(int column) const;
  [[nodiscard]] int columns() const;

 private:
  struct Handle;
  friend class Database;
  explicit Statement(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

/// Rolls back unless committed.
class Transaction final {
 public:
  /// BEGIN IMMEDIATE: takes the write lock at once.
  static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(other.database_) {
    other.database_ = nullptr;
  }
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace portcullis::core
