#include <chrono>

#include "lane/driver.h"

namespace portcullis::lane {

CycleConfig read_cycle_config(core::ConfigReader& table) {
  CycleConfig c;
  const auto time = [&](std::string_view key, core::Duration fallback, double unit_s, double low,
                        double high) {
    const double value =
        table.number(key, std::chrono::duration<double>(fallback).count() / unit_s, {low, high});
    return std::chrono::duration_cast<core::Duration>(
        std::chrono::duration<double>(value * unit_s));
  };
  c.stale_after = time("stale_after_ms", c.stale_after, 1e-3, 20, 500);
  c.watchdog = time("watchdog_ms", c.watchdog, 1e-3, 100, 500);
  c.warning_min = time("warning_min_s", c.warning_min, 1, 5, 60);
  c.warning_max = time("warning_max_s", c.warning_max, 1, 6, 120);
  c.permit_max = time("permit_max_s", c.permit_max, 1, 0.1, 10);
  c.calibration_beam_max = time("calibration_beam_max_s", c.calibration_beam_max, 1, 1, 60);
  c.calibration_wait_max = time("calibration_wait_max_s", c.calibration_wait_max, 1, 1, 3600);
  c.identity_max = time("identity_max_s", c.identity_max, 1, 0, 120);
  c.drain_max = time("drain_max_s", c.drain_max, 1, 0.1, 60);
  c.record_max = time("record_max_s", c.record_max, 1, 1, 300);
  c.review_max = time("review_max_s", c.review_max, 1, 10, 86'400);
  c.gone_for = time("gone_for_s", c.gone_for, 1, 0.1, 60);
  c.dark_lines =
      static_cast<std::uint32_t>(table.integer("dark_lines", c.dark_lines, {10, 100'000}));
  c.air_lines = static_cast<std::uint32_t>(table.integer("air_lines", c.air_lines, {10, 100'000}));
  c.scan_lines_max = static_cast<std::uint32_t>(
      table.integer("scan_lines_max", c.scan_lines_max, {100, 1'000'000}));
  c.auto_warm_up = table.boolean("auto_warm_up", c.auto_warm_up);
  c.auto_calibrate = table.boolean("auto_calibrate", c.auto_calibrate);
  c.second_reader = table.boolean("second_reader", c.second_reader);
  c.radiation_required = table.boolean("radiation_required", c.radiation_required);
  c.scan_speed_mm_s =
      static_cast<std::int32_t>(table.integer("scan_speed_mm_s", c.scan_speed_mm_s, {50, 2000}));
  c.return_speed_mm_s = static_cast<std::int32_t>(
      table.integer("return_speed_mm_s", c.return_speed_mm_s, {50, 2000}));
  c.speed_band = table.number("speed_band", c.speed_band, {0.02, 0.5});
  c.standstill_mm_s = table.number("standstill_mm_s", c.standstill_mm_s, {0, 100});
  c.travel_from_mm = table.number("travel_from_mm", c.travel_from_mm, {-100'000, 100'000});
  c.travel_to_mm = table.number("travel_to_mm", c.travel_to_mm, {-100'000, 100'000});
  c.end_tolerance_mm = table.number("end_tolerance_mm", c.end_tolerance_mm, {10, 5000});
  c.braking_mm = table.number("braking_mm", c.braking_mm, {0, 5000});
  c.overrun_mm = table.number("overrun_mm", c.overrun_mm, {0, 5000});
  if (c.travel_to_mm - c.travel_from_mm <= 2 * c.end_tolerance_mm)
    table.fail("travel_to_mm",
               "must lie beyond travel_from_mm by more than twice end_tolerance_mm");
  if (c.warning_max <= c.warning_min)
    table.fail("warning_max_s", "must be more than warning_min_s");
  if (c.braking_mm > c.end_tolerance_mm)
    table.fail("braking_mm", "must not be more than end_tolerance_mm");
  c.drive_through = table.choice("lane_type", 0, {"gantry", "drive-through"}) == 1;
  c.driver_step_max = time("driver_step_max_s", c.driver_step_max, 1, 5, 3600);
  c.review_in_bays = table.choice("review", 0, {"tunnel", "bay"}) == 1;
  c.bay_count = static_cast<std::uint8_t>(table.integer("bays", 0, {0, kBaysMax}));
  c.bay_arrive_max = time("bay_arrive_max_s", c.bay_arrive_max, 1, 5, 3600);
  c.come_again_max = time("come_again_max_s", c.come_again_max, 1, 5, 86'400);
  if (c.review_in_bays && c.bay_count == 0)
    table.fail("bays", "review = \"bay\" needs the number of bays, 1 to 8");
  if (!c.review_in_bays && c.bay_count != 0)
    table.fail("bays", "bays are used with review = \"bay\" only");
  return c;
}

DriverConfig read_driver_config(core::ConfigReader& lane_table) {
  DriverConfig config;
  config.lane = lane_table.text("name", config.lane);
  config.state_file = lane_table.path("state_file");
  core::ConfigReader cycle = lane_table.table("cycle");
  config.cycle = read_cycle_config(cycle);
  return config;
}

}  // namespace portcullis::lane
