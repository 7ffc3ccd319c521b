#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "customs/adapters/case_builder.h"

namespace portcullis::customs {

// For the adapters only.

/// The word that tables of data (site_tables.h) have for a field: "container-number". Empty where
/// none may name it.
std::optional<Field> field_from(std::string_view word);

/// Whether it is of a declaration, its items or its containers, so that it needs one that began.
bool is_of_declaration(Field field);

/// Lines of a table of data: those that are empty or begin with '#' are left out, the others are
/// taken apart at '|', blanks around a value left out. Fails with kInvalidInput ("name: line n:
/// why"): more than a megabyte, not printable ASCII, another number of values than `columns`, more
/// than 5,000 lines, no line.
struct DataLine {
  std::size_t number = 0;
  std::vector<std::string_view> values;  ///< Of the text that was given.
};
core::Result<std::vector<DataLine>> read_data_lines(std::string_view text, std::string_view name,
                                                    std::size_t columns);

}  // namespace portcullis::customs
