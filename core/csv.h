#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::core {

/// A table of texts as RFC 4180 has it: the first row names the columns, fields may be quoted,
/// quoted fields may hold commas, doubled quotes and line ends. Lines end in LF or CRLF; a byte
/// order mark before the header is passed over. Bytes are not judged: who needs UTF-8 checks it.
///
/// Rows are counted as a spreadsheet does: the header is row 1.
class CsvReader final {
 public:
  /// `text` is borrowed and must outlive the reader; `name` stands for the file in messages. Fails
  /// with kInvalidInput for an empty file, a column without a name or one named twice.
  static Result<CsvReader> open(std::string_view text, std::string name, char separator = ',');

  /// Names of the columns, in their order.
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

  /// The place of a column in each row. kInvalidInput: "FILE: has no column 'X'".
  [[nodiscard]] Result<std::size_t> column(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;

  /// Reads the next row into `fields`, one for each column; false at the end. Empty lines are
  /// passed over. Fails with kInvalidInput that names file and row: another number of fields than
  /// the header has, a quote that is not closed.
  Result<bool> next(std::vector<std::string>& fields);
  /// "FILE: row 12, COLUMN": the row that next() gave last.
  [[nodiscard]] std::string where(std::size_t column) const;
  [[nodiscard]] std::size_t row() const { return row_; }

 private:
  CsvReader(std::string_view text, std::string name, char separator)
      : rest_(text), name_(std::move(name)), separator_(separator) {}
  Result<bool> record(std::vector<std::string>& fields);
  [[nodiscard]] Error error(std::string_view why) const;

  std::string_view rest_;
  std::string name_;
  char separator_;
  std::vector<std::string> columns_;
  std::size_t row_ = 0;
};

}  // namespace portcullis::core
