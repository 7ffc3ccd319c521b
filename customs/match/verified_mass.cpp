#include "customs/match/verified_mass.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

#include "core/assert.h"
#include "customs/match/contents.h"

namespace portcullis::customs {

// Written by the build (cmake/embed.cmake).
std::string_view tare_data(std::string_view file_name);

namespace {

/// Type codes begin with the length ('2': 20 ft) and the height; the third letter is the kind.
struct TareRow {
  char length = 0, kind = 0;
  TareSpan span;
};

/// A number that fills its field.
double kilograms_of(std::string_view field) {
  double value = 0;
  const auto read = std::from_chars(field.data(), field.data() + field.size(), value);
  PC_ASSERT(read.ec == std::errc() && read.ptr == field.data() + field.size() && value > 0);
  return value;
}

/// container-tare.txt, which says where its figures come from.
std::vector<TareRow> read_tares() {
  std::vector<TareRow> rows;
  auto text = tare_data("container-tare.txt");
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    std::array<std::string_view, 4> fields;
    for (auto& field : fields) {
      const auto bar = line.find('|');
      PC_ASSERT(bar != std::string_view::npos);
      field = line.substr(0, bar);
      line.remove_prefix(bar + 1);
    }
    PC_ASSERT(fields[0].size() == 1 && fields[1].size() == 1);
    rows.push_back(
        {fields[0][0], fields[1][0], {kilograms_of(fields[2]), kilograms_of(fields[3])}});
  }
  PC_ASSERT(!rows.empty());
  return rows;
}

const std::vector<TareRow>& tares() {
  static const auto kRows = read_tares();
  return kRows;
}

TareSpan any_tare() {
  TareSpan any = tares().front().span;
  for (const auto& row : tares())
    any = {std::min(any.low_kg, row.span.low_kg), std::max(any.high_kg, row.span.high_kg)};
  return any;
}

}  // namespace

TareSpan tare_span(const std::string& iso_type) {
  const std::string type = plain_number(iso_type);
  if (type.size() < 3) return any_tare();
  for (const auto& row : tares())
    if (row.length == type[0] && row.kind == type[2]) return row.span;
  return any_tare();
}

std::optional<VerifiedLoad> verified_load(std::span<const core::Declaration> declarations,
                                          const std::string& number) {
  std::optional<double> low_gross, high_gross, tare;
  TareSpan span = any_tare();
  for (const auto& declaration : declarations) {
    for (const auto& container : declaration.containers) {
      if (plain_number(container.number) != number) continue;
      if (!container.iso_type.empty()) span = tare_span(container.iso_type);
      if (container.tare_kg && *container.tare_kg > 0) tare = container.tare_kg;
      if (!container.verified_gross_kg || *container.verified_gross_kg <= 0) continue;
      const double gross = *container.verified_gross_kg;
      low_gross = low_gross ? std::min(*low_gross, gross) : gross;
      high_gross = high_gross ? std::max(*high_gross, gross) : gross;
    }
  }
  if (!low_gross || !high_gross) return std::nullopt;
  if (tare) span = {*tare, *tare};
  if (*high_gross < span.low_kg) return std::nullopt;
  return VerifiedLoad{*high_gross, std::max(0.0, *low_gross - span.high_kg),
                      *high_gross - span.low_kg, tare.has_value()};
}

}  // namespace portcullis::customs
