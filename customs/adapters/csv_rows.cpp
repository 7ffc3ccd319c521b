#include "customs/adapters/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/quotable.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kCsvRowsMax = 200'000;
constexpr std::size_t kHeadingBytesMax = 4'000;

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return bytes;
}

char separator_of(std::string_view bytes) {
  return bytes.substr(0, bytes.find('\n')).find(';') != std::string_view::npos ? ';' : ',';
}

using Rows = std::vector<std::vector<std::string>>;

core::Result<Rows> split_rows(std::string_view bytes, char separator, std::string_view name) {
  Rows rows(1);
  rows.back().emplace_back();
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n')
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: byte {}: a control character", name, i)};
    if (quoted) {
      if (c != '"')
        rows.back().back() += c;
      else if (i + 1 < bytes.size() && bytes[i + 1] == '"')
        rows.back().back() += bytes[++i];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == separator) {
      rows.back().emplace_back();
    } else if (c == '\n') {
      if (rows.size() > kCsvRowsMax)
        return core::Error{core::ErrorCode::kInvalidInput,
                           fmt::format("{}: more than {} rows", name, kCsvRowsMax)};
      rows.emplace_back().emplace_back();
    } else if (c != '\r') {
      rows.back().back() += c;
    }
  }
  if (quoted)
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: row {}: a quote is not closed", name, rows.size())};
  return rows;
}

}  // namespace

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::vector<std::string> csv_headings(std::string_view bytes) {
  bytes = without_mark(bytes);
  const auto line = bytes.substr(0, std::min(bytes.find('\n'), kHeadingBytesMax));
  const auto rows = split_rows(line, separator_of(bytes), "");
  if (!rows.ok()) return {};
  std::vector<std::string> headings;
  for (const auto& heading : rows->front()) headings.push_back(small_letters(heading));
  return headings;
}

core::Result<CsvRows> read_csv_rows(std::string_view bytes, std::string_view name, bool must_end) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  bytes = without_mark(bytes);
  if (const auto bad = find_bad_utf8(bytes); bad != std::string_view::npos)
    return invalid(fmt::format("byte {}: not UTF-8", bad));
  PC_TRY(auto rows, split_rows(bytes, separator_of(bytes), name));
  CsvRows table;
  table.headings = std::move(rows.front());
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (rows[r].size() == 1 && rows[r][0].empty()) continue;
    if (rows[r].size() != table.headings.size())
      return invalid(fmt::format("row {}: has {} values, {} headings stand above", r + 1,
                                 rows[r].size(), table.headings.size()));
    table.rows.push_back({r + 1, std::move(rows[r])});
  }
  if (must_end && !bytes.ends_with('\n'))
    return invalid(fmt::format("row {}: is cut off: no line end stands after it", rows.size()));
  if (table.rows.empty()) return invalid("holds no row under its headings");
  return table;
}

std::vector<const CsvColumn*> columns_of(const CsvRows& table, std::span<const CsvColumn> columns) {
  std::vector<const CsvColumn*> found;
  found.reserve(table.headings.size());
  for (const auto& heading : table.headings) {
    const auto it = std::find_if(columns.begin(), columns.end(), [&](const CsvColumn& c) {
      return c.heading == small_letters(heading);
    });
    found.push_back(it == columns.end() ? nullptr : &*it);
  }
  return found;
}

std::string csv_value(std::string_view text) {
  if (text.find_first_of(",;\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace portcullis::customs
