#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "customs/adapters/adapter.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/tables.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kHoldersMax = 200'000;

// Headings, in small letters, of the public search of authorised economic operators.
constexpr struct {
  std::string_view heading;
  std::string Authorisation::*member;
} kColumns[] = {
    {"holder of authorisation", &Authorisation::holder},
    {"holder", &Authorisation::holder},
    {"eori number", &Authorisation::holder_id},
    {"issuing country", &Authorisation::country},
    {"country", &Authorisation::country},
    {"competent customs authority", &Authorisation::office},
    {"authorisation type", &Authorisation::type},
    {"aeo type", &Authorisation::type},
    {"reference number", &Authorisation::reference},
    {"effective date", &Authorisation::valid_from},
    {"status", &Authorisation::status},
};

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  return bytes;
}

bool looks_like_decisions(std::string_view bytes) {
  bytes = without_mark(bytes);
  const auto head = small_letters(bytes.substr(0, std::min<std::size_t>(bytes.find('\n'), 1000)));
  return head.find("holder") != std::string::npos && head.find("type") != std::string::npos &&
         head.find_first_of(",;") != std::string::npos && head.find('<') == std::string::npos;
}

/// Rows of RFC 4180 with `separator`; quotes may hold line ends.
core::Result<std::vector<std::vector<std::string>>> read_rows(std::string_view bytes,
                                                              char separator,
                                                              std::string_view name) {
  std::vector<std::vector<std::string>> rows(1);
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
      if (rows.size() > kHoldersMax)
        return core::Error{core::ErrorCode::kInvalidInput,
                           fmt::format("{}: more than {} rows", name, kHoldersMax)};
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

core::Result<Case> parse_decisions(std::string_view bytes, std::string_view name) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  bytes = without_mark(bytes);
  if (const auto bad = find_bad_utf8(bytes); bad != std::string_view::npos)
    return invalid(fmt::format("byte {}: not UTF-8", bad));
  const auto first_line = bytes.substr(0, bytes.find('\n'));
  const char separator = first_line.find(';') != std::string_view::npos ? ';' : ',';
  PC_TRY(const auto rows, read_rows(bytes, separator, name));
  std::vector<std::string Authorisation::*> members;
  bool has_holder = false;
  bool has_type = false;
  for (const auto& heading : rows.front()) {
    const auto* column = std::find_if(std::begin(kColumns), std::end(kColumns), [&](const auto& c) {
      return c.heading == small_letters(heading);
    });
    members.push_back(column == std::end(kColumns) ? nullptr : column->member);
    has_holder = has_holder || members.back() == &Authorisation::holder;
    has_type = has_type || members.back() == &Authorisation::type;
  }
  if (!has_holder || !has_type)
    return invalid("row 1: no headings for holder and type of authorisation");
  Case read;
  read.message.name = "HOLDERS";
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (rows[r].size() == 1 && rows[r][0].empty()) continue;
    if (rows[r].size() != members.size())
      return invalid(fmt::format("row {}: has {} values, {} headings stand above", r + 1,
                                 rows[r].size(), members.size()));
    auto& holder = read.holders.emplace_back();
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i] != nullptr)
        holder.*members[i] = rows[r][i];
      else if (!rows[r][i].empty())
        read.unknown.push_back({fmt::format("row {}, {}", r + 1, rows[0][i]), rows[r][i]});
    }
    if (holder.holder.empty() || holder.type.empty())
      return invalid(fmt::format("row {}: holder or type is empty", r + 1));
  }
  if (read.holders.empty()) return invalid("holds no row under its headings");
  return read;
}

}  // namespace

const Adapter& eu_decisions_adapter() {
  static constexpr Adapter kAdapter = {"eu-decisions",       "field list",    "holders (CSV)",
                                       looks_like_decisions, parse_decisions, {}};
  return kAdapter;
}

}  // namespace portcullis::customs
