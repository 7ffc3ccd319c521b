#include "customs/match/verified_mass.h"

#include <algorithm>

#include "customs/match/contents.h"

namespace portcullis::customs {

namespace {

/// Type codes begin with the length ('2': 20 ft) and the height; the third letter is the kind.
struct TareRow {
  char length, kind;
  TareSpan span;
};
// Container specifications of carriers (Hapag-Lloyd, "Container Specification"; Maersk, equipment
// pages): lightest and heaviest of each group, rounded outwards to 100 kg.
constexpr TareRow kTares[] = {
    {'2', 'G', {1'900, 2'600}}, {'2', 'R', {2'500, 3'400}}, {'2', 'H', {2'500, 3'400}},
    {'2', 'U', {2'000, 2'800}}, {'2', 'P', {2'100, 3'200}}, {'2', 'T', {2'500, 4'500}},
    {'2', 'K', {2'500, 4'500}}, {'4', 'G', {3'400, 4'300}}, {'4', 'R', {4'000, 5'200}},
    {'4', 'H', {4'000, 5'200}}, {'4', 'U', {3'700, 4'600}}, {'4', 'P', {4'200, 6'400}},
    {'L', 'G', {4'400, 5'100}}, {'L', 'R', {4'800, 6'000}}};
constexpr TareSpan kAnyTare{1'900, 6'400};

}  // namespace

TareSpan tare_span(const std::string& iso_type) {
  const std::string type = plain_number(iso_type);
  if (type.size() < 3) return kAnyTare;
  for (const auto& row : kTares)
    if (row.length == type[0] && row.kind == type[2]) return row.span;
  return kAnyTare;
}

std::optional<VerifiedLoad> verified_load(std::span<const core::Declaration> declarations,
                                          const std::string& number) {
  std::optional<double> low_gross, high_gross, tare;
  TareSpan span = kAnyTare;
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
