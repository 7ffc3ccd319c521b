#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/portcullis/customs_tables.h"
#include "apps/report_error.h"
#include "core/time.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/message_store.h"
#include "customs/gateway/order_book.h"

namespace portcullis::apps {

namespace {

struct CustomsOrdersOptions {
  std::string store, at, tables;
  double late_h = 24;
  bool json = false;
};

/// Containers and plates of the declarations that were bound to a scan.
core::Result<std::set<std::string>> scanned_things(customs::MessageStore& store) {
  constexpr int kPerLook = 1'000;
  std::set<std::string> things;
  std::int64_t after = 0;
  while (true) {
    PC_TRY(const auto places, store.declarations_after(after, kPerLook));
    if (places.empty()) return things;
    for (const auto& place : places) {
      PC_TRY(const auto whole, store.whole_case(place.id));
      if (!whole || whole->scan_ids.empty()) continue;
      for (const auto& declaration : whole->declarations) {
        for (const auto& container : declaration.containers)
          things.insert(customs::comparison_key(container.number));
        things.insert(customs::comparison_key(declaration.vehicle_plate));
      }
    }
    after = places.back().index;
  }
}

core::Result<std::vector<customs::ScanOrder>> read_orders(const CustomsOrdersOptions& options) {
  constexpr int kPerLook = 200;
  std::error_code ignored;
  if (!std::filesystem::exists(options.store, ignored))
    return core::Error{core::ErrorCode::kNotFound, "--store " + options.store + ": no such file"};
  core::UtcTime now = core::SystemClock().utc_now();
  if (!options.at.empty()) {
    PC_TRY(now, core::parse_iso8601(options.at));
  }
  PC_CHECK(use_tables(options.tables));
  PC_TRY(auto store, customs::MessageStore::open(options.store));
  std::vector<customs::Case> messages;
  std::int64_t after = 0;
  while (true) {
    PC_TRY(auto some, store.others_after(after, kPerLook));
    if (some.empty()) break;
    for (auto& one : some)
      if (!one.orders.empty()) messages.push_back(std::move(one));
  }
  PC_TRY(const auto scanned, scanned_things(store));
  const auto grace = std::chrono::duration_cast<core::Duration>(
      std::chrono::duration<double, std::ratio<3600>>(options.late_h));
  return customs::order_book(messages, scanned, now, grace);
}

int run_customs_orders(const CustomsOrdersOptions& options) {
  auto orders = read_orders(options);
  if (!orders.ok()) return report_error(orders.error());
  if (options.json) {
    customs::Case holder;
    holder.orders = std::move(orders).value();
    std::printf("%s\n", customs::to_json(holder)["orders"]
                            .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                            .c_str());
    return 0;
  }
  for (const auto& order : *orders)
    std::printf("%-10s %-20s %-12s %-10s %s\n",
                std::string(customs::order_state_name(order.state)).c_str(), order.planned.c_str(),
                order.container.c_str(), order.plate.c_str(), order.reference.c_str());
  return 0;
}

}  // namespace

void add_customs_orders(Command customs, int& exit_code) {
  auto options = std::make_shared<CustomsOrdersOptions>();
  auto orders = customs.add_subcommand(
      "orders", "Scan orders as they stand: planned, arrived, scanned, no-show ...");
  orders.add_option("--store", options->store, "The gateway's store").required();
  orders.add_option("--late-h", options->late_h,
                    "Hours after its time from which on a planned one is a no-show (default 24)");
  orders.add_option("--at", options->at, "As of this time (ISO 8601; default now)");
  orders.add_flag("--json", options->json, "One JSON document");
  add_tables_option(orders, options->tables);
  orders.callback([options, &exit_code] { exit_code = run_customs_orders(*options); });
}

}  // namespace portcullis::apps
