// The kept list of alarms: whatever the file holds, it is refused or read to the same list again,
// and no acknowledgement comes out of a row that does not stand in the table.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lane/alarms/alarm_desk.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using portcullis::core::TimePoint;
  using portcullis::core::UtcTime;
  using portcullis::lane::AlarmDesk;
  const TimePoint now{};
  const UtcTime utc{1'700'000'000'000'000'000};
  auto desk = AlarmDesk::from_text({reinterpret_cast<const char*>(data), size}, now);
  if (!desk.ok()) return 0;
  const auto entries = desk->entries();
  for (const auto& entry : entries)
    if (portcullis::lane::alarm_row(entry.key) == nullptr) std::abort();
  auto again = AlarmDesk::from_text(desk->to_text(), now);
  if (!again.ok() || again->to_text() != desk->to_text()) std::abort();
  if (again->entries().size() != entries.size()) std::abort();
  if (desk->raised_last_10_min(utc) > desk->raised_per_10_min(utc) * 144 + 0.5) std::abort();
  desk->update({}, now, utc);
  desk->update({}, now + AlarmDesk::kRestartGrace, utc);
  return 0;
}
