#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace portcullis::lane {

/// How soon somebody has to do something. Sites measure their tables against about 80 / 15 / 5 %
/// of low / medium / high (ANSI/ISA-18.2, EEMUA 191).
enum class AlarmPriority : std::uint8_t { kLow, kMedium, kHigh };
[[nodiscard]] std::string_view alarm_priority_name(AlarmPriority priority) noexcept;

/// What belongs together: the alarms of one device.
enum class AlarmGroup : std::uint8_t {
  kLane,
  kPlc,
  kSource,
  kDetector,
  kPortal,
  kRecorder,
  kCamera,
  kService,
  kBay,
};

/// One alarm of the lane, as data: nothing is raised that is not in this table.
struct AlarmRow {
  std::string_view key;  ///< For ever: logs and kept acknowledgements name it.
  AlarmPriority priority = AlarmPriority::kLow;
  AlarmGroup group = AlarmGroup::kLane;
  bool trips = false;  ///< It ends work and is latched: of these the first cause is sought.
  bool hides = false;  ///< While it stands nothing is known of its group: suppressed by design.
  std::string_view title, cause, consequence, action;
};
[[nodiscard]] std::span<const AlarmRow> alarm_table() noexcept;
/// By an alarm's key, which is the row's or "row:instance" ("bay_missing:2"). Null: no such row.
[[nodiscard]] const AlarmRow* alarm_row(std::string_view key) noexcept;

}  // namespace portcullis::lane
