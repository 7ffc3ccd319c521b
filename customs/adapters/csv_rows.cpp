#include "customs/adapters/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/csv.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kCsvRowsMax = 200'000;
constexpr std::size_t kHeadingBytesMax = 4'000;

char separator_of(std::string_view bytes) {
  return bytes.substr(0, bytes.find('\n')).find(';') != std::string_view::npos ? ';' : ',';
}

/// What no text holds, and what no reader of text counts alike.
core::Status plain_text(std::string_view bytes, std::string_view name) {
  if (const auto bad = find_bad_utf8(bytes); bad != std::string_view::npos)
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: byte {}: not UTF-8", name, bad)};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n')
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: byte {}: a control character", name, i)};
  }
  return {};
}

}  // namespace

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::vector<std::string> csv_headings(std::string_view bytes) {
  const auto line = bytes.substr(0, std::min(bytes.find('\n'), kHeadingBytesMax));
  const auto csv = core::CsvReader::open(line, "", separator_of(line));
  if (!csv.ok() || !plain_text(line, "").ok()) return {};
  std::vector<std::string> headings;
  headings.reserve(csv->columns().size());
  for (const auto& heading : csv->columns()) headings.push_back(small_letters(heading));
  return headings;
}

core::Result<CsvRows> read_csv_rows(std::string_view bytes, std::string_view name, bool must_end) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  PC_CHECK(plain_text(bytes, name));
  PC_TRY(auto csv, core::CsvReader::open(bytes, std::string(name), separator_of(bytes)));
  CsvRows table;
  table.headings = csv.columns();
  while (true) {
    std::vector<std::string> values;
    PC_TRY(const bool any, csv.next(values));
    if (!any) break;
    if (table.rows.size() == kCsvRowsMax)
      return invalid(fmt::format("more than {} rows", kCsvRowsMax));
    table.rows.push_back({csv.row(), std::move(values)});
  }
  if (must_end && !bytes.ends_with('\n'))
    return invalid(fmt::format("row {}: is cut off: no line end stands after it", csv.row()));
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
