#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "customs/adapters/adapter.h"
#include "customs/adapters/csv_rows.h"
#include "customs/adapters/tables/tables.h"

namespace portcullis::customs {

namespace {

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

bool looks_like_decisions(std::string_view bytes) {
  const auto headings = csv_headings(bytes);
  const auto any = [&](std::string_view word) {
    return std::any_of(headings.begin(), headings.end(), [&](const std::string& heading) {
      return heading.find(word) != std::string::npos;
    });
  };
  return headings.size() > 1 && any("holder") && any("type") && !any("<");
}

core::Result<Case> parse_decisions(std::string_view bytes, std::string_view name) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  // A list as it was exported: its last row may end with the file.
  PC_TRY(const auto table, read_csv_rows(bytes, name, false));
  std::vector<std::string Authorisation::*> members;
  bool has_holder = false;
  bool has_type = false;
  for (const auto& heading : table.headings) {
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
  for (const auto& row : table.rows) {
    auto& holder = read.holders.emplace_back();
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i] != nullptr)
        holder.*members[i] = row.values[i];
      else if (!row.values[i].empty())
        read.unknown.push_back(
            {fmt::format("row {}, {}", row.number, table.headings[i]), row.values[i]});
    }
    if (holder.holder.empty() || holder.type.empty())
      return invalid(fmt::format("row {}: holder or type is empty", row.number));
  }
  return read;
}

}  // namespace

const Adapter& eu_decisions_adapter() {
  static constexpr Adapter kAdapter = {"eu-decisions",       "field list",    "holders (CSV)",
                                       looks_like_decisions, parse_decisions, {}};
  return kAdapter;
}

}  // namespace portcullis::customs
