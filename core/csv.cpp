#include "core/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace portcullis::core {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

Error CsvReader::error(std::string_view why) const {
  return {ErrorCode::kInvalidInput, fmt::format("{}: row {}: {}", name_, row_, why)};
}

Result<CsvReader> CsvReader::open(std::string_view text, std::string name, char separator) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  CsvReader reader(text, std::move(name), separator);
  std::vector<std::string> columns;
  PC_TRY(const bool any, reader.record(columns));
  if (!any)
    return Error{ErrorCode::kInvalidInput,
                 reader.name_ + ": is empty; its first row must name the columns"};
  for (auto it = columns.begin(); it != columns.end(); ++it) {
    if (it->empty()) return reader.error("a column has no name");
    if (std::find(columns.begin(), it, *it) != it)
      return reader.error(fmt::format("two columns are named '{}'", *it));
  }
  reader.columns_ = std::move(columns);
  return reader;
}

Result<std::size_t> CsvReader::column(std::string_view name) const {
  const auto it = std::find(columns_.begin(), columns_.end(), name);
  if (it == columns_.end())
    return Error{ErrorCode::kInvalidInput,
                 fmt::format("{}: row 1: has no column '{}'", name_, name)};
  return static_cast<std::size_t>(it - columns_.begin());
}

bool CsvReader::has(std::string_view name) const {
  return std::find(columns_.begin(), columns_.end(), name) != columns_.end();
}

Result<bool> CsvReader::next(std::vector<std::string>& fields) {
  PC_TRY(const bool any, record(fields));
  if (any && fields.size() != columns_.size())
    return error(fmt::format("has {} fields, the header has {}", fields.size(), columns_.size()));
  return any;
}

std::string CsvReader::where(std::size_t column) const {
  return fmt::format("{}: row {}, {}", name_, row_, columns_.at(column));
}

Result<bool> CsvReader::record(std::vector<std::string>& fields) {
  while (rest_.starts_with('\n') || rest_.starts_with("\r\n")) {
    rest_.remove_prefix(rest_.front() == '\n' ? 1 : 2);
    ++row_;
  }
  if (rest_.empty()) return false;
  ++row_;
  // Fields are reused: a table has as many texts as rows times columns.
  std::size_t used = 0;
  const auto field = [&]() -> std::string& {
    if (used == fields.size()) fields.emplace_back();
    fields[used].clear();
    return fields[used++];
  };
  const char ends[] = {separator_, '\n', '\0'};
  while (true) {
    auto& value = field();
    if (rest_.starts_with('"')) {
      rest_.remove_prefix(1);
      while (true) {
        const auto quote = rest_.find('"');
        if (quote == std::string_view::npos) return error("a quote is not closed");
        value.append(rest_.substr(0, quote));
        rest_.remove_prefix(quote + 1);
        if (!rest_.starts_with('"')) break;
        value += '"';
        rest_.remove_prefix(1);
      }
      if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n' &&
          !rest_.starts_with("\r\n"))
        return error("text stands behind a closing quote");
    } else {
      auto end = std::min(rest_.find_first_of(ends), rest_.size());
      auto text = rest_.substr(0, end);
      rest_.remove_prefix(end);
      if (!rest_.starts_with(separator_) && text.ends_with('\r')) text.remove_suffix(1);
      if (text.find('"') != std::string_view::npos) return error("a quote stands inside a field");
      value.append(text);
    }
    if (rest_.starts_with(separator_)) {
      rest_.remove_prefix(1);
      continue;
    }
    if (!rest_.empty()) rest_.remove_prefix(rest_.front() == '\n' ? 1 : 2);
    break;
  }
  fields.resize(used);
  return true;
}

}  // namespace portcullis::core
