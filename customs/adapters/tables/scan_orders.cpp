#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/adapter.h"
#include "customs/adapters/csv_rows.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/tables.h"

namespace portcullis::customs {

namespace {

using F = Field;

constexpr std::string_view kStateHeading = "state";
constexpr std::string_view kMovementHeading = "movement";
constexpr std::string_view kReferenceHeading = "reference";
constexpr std::string_view kPlannedHeading = "planned";
constexpr std::string_view kContainerHeading = "container";
constexpr std::string_view kPlateHeading = "plate";

// Our own headings: what a terminal's appointments hold.
constexpr CsvColumn kOrderColumns[] = {
    {kReferenceHeading, F::kOrderReference},
    {kPlannedHeading, F::kOrderPlanned},
    {kContainerHeading, F::kOrderContainer},
    {"size type", F::kOrderType},
    {kPlateHeading, F::kOrderPlate},
    {"driver", F::kOrderDriver},
    {"chassis", F::kOrderChassis},
    {"ucr", F::kOrderUcr},
    {"mrn", F::kOrderMrn},
    {"fullness", F::kOrderFullness},
    {"gross mass kg", F::kOrderGrossMass},
    {"verified mass kg", F::kOrderVerifiedMass},
    {"seal", F::kOrderSeal},
    {"second seal", F::kOrderSeal},
    // These two are no fields of a message.
    {kStateHeading, F::kKnown},
    {kMovementHeading, F::kKnown},
};

bool has_heading(const std::vector<std::string>& headings, std::string_view wanted) {
  return std::find(headings.begin(), headings.end(), wanted) != headings.end();
}

bool are_order_headings(const std::vector<std::string>& headings) {
  return has_heading(headings, kReferenceHeading) && has_heading(headings, kPlannedHeading) &&
         (has_heading(headings, kContainerHeading) || has_heading(headings, kPlateHeading));
}

bool looks_like_scan_orders(std::string_view bytes) {
  return are_order_headings(csv_headings(bytes));
}

core::Result<Case> parse_scan_orders(std::string_view bytes, std::string_view name) {
  const auto invalid = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
  };
  PC_TRY(const auto table, read_csv_rows(bytes, name, true));
  std::vector<std::string> headings;
  for (const auto& heading : table.headings) headings.push_back(small_letters(heading));
  if (!are_order_headings(headings))
    return invalid("row 1: no headings for reference, planned and container or plate");
  const auto columns = columns_of(table, kOrderColumns);
  CaseBuilder builder(name);
  builder.current().message.name = "SCAN-ORDERS";
  for (const auto& row : table.rows) {
    builder.begin(F::kBeginOrder, "appointment");
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& value = row.values[i];
      if (value.empty()) continue;
      const auto place = fmt::format("row {}, {}", row.number, quotable(table.headings[i], 40));
      if (columns[i] == nullptr) {
        builder.keep_unknown(place, value);
      } else if (columns[i]->heading == kStateHeading) {
        const auto state = order_state_from(small_letters(value));
        if (state)
          builder.order().state = *state;
        else
          builder.fail(place, fmt::format("\"{}\" is no state of a scan order (planned, arrived, "
                                          "mismatch, identified, scanned, decided, referred, "
                                          "closed, cancelled, no-show)",
                                          quotable(value, 30)));
      } else if (columns[i]->heading == kMovementHeading) {
        builder.order().movement = value;
      } else {
        builder.set(columns[i]->field, columns[i]->argument, value, place);
      }
    }
    if (builder.problem()) return *builder.problem();
    const auto& order = builder.order();
    if (order.reference.empty() ||
        (order.container.empty() && order.plate.empty() && order.chassis.empty()))
      return invalid(
          fmt::format("row {}: reference, or all of container, plate and chassis, are empty: "
                      "nothing at the gate could be told by it",
                      row.number));
  }
  return std::move(builder).finish();
}

}  // namespace

const Adapter& scan_orders_adapter() {
  static constexpr Adapter kAdapter = {"scan-orders",        "field list",
                                       "appointments (CSV)", looks_like_scan_orders,
                                       parse_scan_orders,    {}};
  return kAdapter;
}

}  // namespace portcullis::customs
