#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "customs/adapters/adapter.h"
#include "customs/adapters/csv_rows.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/tables.h"
#include "customs/adapters/tables/xml_draft.h"

namespace portcullis::customs {

namespace {

using F = Field;

constexpr std::string_view kTraderHeading = "trader id";
constexpr std::string_view kCapsReferenceHeading = "declaration reference";
constexpr std::string_view kItemHeading = "commodity code";

/// Of the whole declaration: the same in every row, or in the first alone.
constexpr CsvColumn kWholeColumns[] = {
    {kCapsReferenceHeading, F::kLrn},
    {"registration number", F::kMrn},
    {"declaration type", F::kProcedure, "caps-type"},
    {kTraderHeading, F::kPartyId, "declarant"},
    {"trader name", F::kPartyName, "declarant"},
    {"importer id", F::kPartyId, "importer"},
    {"importer name", F::kPartyName, "importer"},
    {"exporter name", F::kPartyName, "exporter"},
    {"supplier name", F::kPartyName, "consignor"},
    {"country of original shipment", F::kOriginCountry},
    {"country of destination", F::kDestinationCountry},
    {"port of arrival", F::kPlace, "arrival"},
    {"vessel name", F::kManifestVessel},
    {"voyage number", F::kManifestVoyage},
    {"arrival date", F::kManifestArrival},
    {"vehicle plate", F::kPlate},
    {"total gross mass kg", F::kGrossMass},
    {"total packages", F::kPackages},
    {"total value", F::kValue},
    {"currency", F::kCurrency},
};
constexpr CsvColumn kItemColumns[] = {
    {"item number", F::kItemNumber},
    {kItemHeading, F::kHsCode},
    {"description", F::kDescription},
    {"country of origin", F::kItemOrigin},
    {"packages", F::kItemPackages},
    {"package kind", F::kPackageKind},
    {"marks", F::kMarks},
    {"gross mass kg", F::kItemGrossMass},
    {"net mass kg", F::kItemNetMass},
    {"item value", F::kItemValue},
    {"container", F::kItemContainer},
};

bool are_caps_headings(const std::vector<std::string>& headings) {
  const auto has = [&](std::string_view wanted) {
    return std::find(headings.begin(), headings.end(), wanted) != headings.end();
  };
  return has(kTraderHeading) && has(kCapsReferenceHeading) && has(kItemHeading);
}

bool looks_like_caps(std::string_view bytes) {
  return are_caps_headings(csv_headings(bytes));
}

core::Result<Case> parse_caps(std::string_view bytes, std::string_view name) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  PC_TRY(const auto table, read_csv_rows(bytes, name, true));
  std::vector<std::string> headings;
  for (const auto& heading : table.headings) headings.push_back(small_letters(heading));
  if (!are_caps_headings(headings))
    return invalid("row 1: no headings for declaration reference, trader id and commodity code");
  const auto whole = columns_of(table, kWholeColumns);
  const auto item = columns_of(table, kItemColumns);
  const auto& first = table.rows.front();
  CaseBuilder builder(name);
  builder.current().message.name = "CAPS";
  for (const auto& row : table.rows) {
    builder.begin(F::kBeginItem);
    for (std::size_t i = 0; i < headings.size(); ++i) {
      const auto& value = row.values[i];
      if (value.empty()) continue;
      const auto place = fmt::format("row {}, {}", row.number, quotable(table.headings[i], 40));
      if (item[i] != nullptr)
        builder.set(item[i]->field, item[i]->argument, value, place);
      else if (row.number == first.number && whole[i] != nullptr)
        builder.set(whole[i]->field, whole[i]->argument, value, place);
      else if (whole[i] == nullptr)
        builder.keep_unknown(place, value);
      else if (value != first.values[i])
        builder.fail(place, fmt::format("\"{}\" is another than in row {}: a file is one "
                                        "declaration",
                                        quotable(value, 40), first.number));
    }
    if (builder.problem()) return *builder.problem();
  }
  if (builder.declaration().lrn.empty())
    return invalid(fmt::format("row {}: declaration reference: is empty", first.number));
  return std::move(builder).finish();
}

core::Result<Emitted> write_caps_status(const Case& c) {
  PC_TRY(const auto a, answered(c));
  const std::string values[] = {a.id,
                                a.declaration->lrn,
                                a.declaration->mrn,
                                a.decision->container,
                                a.decision->scan_id,
                                core::to_iso8601(a.decision->decided),
                                std::string(core::decision_kind_name(a.decision->kind)),
                                a.decision->reason_code,
                                a.decision->reason_text};
  std::string out =
      "status id,declaration reference,registration number,container,scan,decided,decision,"
      "reason code,reason\r\n";
  for (std::size_t i = 0; i < std::size(values); ++i)
    out += fmt::format("{}{}", i == 0 ? "" : ",", csv_value(clean_text(values[i], 2'000)));
  return Emitted{a.id, out + "\r\n"};
}

}  // namespace

const Adapter& caps_adapter() {
  static constexpr MessageWriter kWriters[] = {{"STATUS-DRAFT", write_caps_status}};
  static constexpr Adapter kAdapter = {"caps",          "field list", "declarations (CSV)",
                                       looks_like_caps, parse_caps,   kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs
