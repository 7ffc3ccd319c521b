#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portcullis::core {

using Duration = std::chrono::nanoseconds;

/// A monotonic instant: for deadlines, ages and orders, never shown to people.
struct MonotonicClockTag {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = Duration;
  using time_point = std::chrono::time_point<MonotonicClockTag, Duration>;
  static constexpr bool is_steady = true;
};
using TimePoint = MonotonicClockTag::time_point;

/// Nanoseconds since 1970-01-01T00:00:00Z: for records, never for deadlines.
struct UtcTime {
  std::int64_t ns = 0;
  auto operator<=>(const UtcTime&) const = default;
};

/// "2026-03-04T05:06:07.890Z"
std::string to_iso8601(UtcTime time);
/// Reads what to_iso8601 writes, with 0 to 9 fraction digits. Fails with kInvalidInput.
Result<UtcTime> parse_iso8601(std::string_view text);

/// Time is handed in: product code takes a Clock, only apps make a SystemClock.
/// Threading: all calls are thread-safe and never block.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual TimePoint now() const noexcept = 0;
  [[nodiscard]] virtual UtcTime utc_now() const noexcept = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] TimePoint now() const noexcept override;
  [[nodiscard]] UtcTime utc_now() const noexcept override;
};

/// Stands still until told to move. For tests and deterministic simulation.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start = TimePoint(std::chrono::hours(1)),
                       UtcTime utc = UtcTime{1'767'225'600'000'000'000}) noexcept
      : now_ns_(start.time_since_epoch().count()), utc_offset_ns_(utc.ns - now_ns_.load()) {}

  void advance(Duration by) noexcept { now_ns_ += by.count(); }
  [[nodiscard]] TimePoint now() const noexcept override {
    return TimePoint(Duration(now_ns_.load()));
  }
  [[nodiscard]] UtcTime utc_now() const noexcept override {
    return UtcTime{now_ns_.load() + utc_offset_ns_};
  }

 private:
  std::atomic<std::int64_t> now_ns_;
  std::int64_t utc_offset_ns_;
};

}  // namespace portcullis::core
