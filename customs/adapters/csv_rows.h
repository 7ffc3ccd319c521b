#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/adapters/case_builder.h"

namespace portcullis::customs {

// For the adapters only.

/// A message that is a table: rows of RFC 4180 under a row of headings.
struct CsvRows {
  std::vector<std::string> headings;  ///< As they stand.
  struct Row {
    std::size_t number = 0;  ///< In the file; the headings are row 1.
    std::vector<std::string> values;
  };
  std::vector<Row> rows;  ///< Each with as many values as there are headings.
};

/// Reads UTF-8 with or without its mark, separated by ';' where the headings hold one, else by ','.
/// Empty rows are left out. `must_end`: the last row ends in a line end, so that one that was cut
/// off is seen. Fails with kInvalidInput ("name: row n: why"): not UTF-8, control characters, a
/// quote that is not closed, another number of values than headings, more than 200,000 rows.
core::Result<CsvRows> read_csv_rows(std::string_view bytes, std::string_view name, bool must_end);

/// A..Z of a heading as a..z.
std::string small_letters(std::string_view text);
/// Headings of the first row, in small letters; empty where it is no such row.
std::vector<std::string> csv_headings(std::string_view bytes);

/// One column of a table whose headings stand for fields of the case.
struct CsvColumn {
  std::string_view heading;  ///< In small letters.
  Field field;
  std::string_view argument = {};
};
/// The column of each heading, or null where none has that name.
std::vector<const CsvColumn*> columns_of(const CsvRows& table, std::span<const CsvColumn> columns);

/// One value as RFC 4180 writes it, in quotes where it needs them.
std::string csv_value(std::string_view text);

}  // namespace portcullis::customs
