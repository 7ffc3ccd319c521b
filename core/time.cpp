#include "core/time.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <ctime>

namespace portcullis::core {
namespace {

std::int64_t read_clock_ns(clockid_t id) noexcept {
  timespec t{};
  clock_gettime(id, &t);
  return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

TimePoint SystemClock::now() const noexcept {
  return TimePoint(Duration(read_clock_ns(CLOCK_MONOTONIC)));
}
UtcTime SystemClock::utc_now() const noexcept {
  return UtcTime{read_clock_ns(CLOCK_REALTIME)};
}

std::string to_iso8601(UtcTime time) {
  const std::int64_t seconds = floor_div(time.ns, 1'000'000'000);
  const auto millis = static_cast<int>((time.ns - seconds * 1'000'000'000) / 1'000'000);
  const auto day_count = floor_div(seconds, 86'400);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day_count}}};
  const auto second_of_day = static_cast<int>(seconds - day_count * 86'400);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60, millis);
}

Result<UtcTime> parse_iso8601(std::string_view text) {
  const Error bad{
      ErrorCode::kInvalidInput,
      fmt::format("\"{}\" is not a UTC time like 2026-03-04T05:06:07Z", text.substr(0, 40))};
  const auto digits = [&](std::size_t at, std::size_t count, int& out) {
    out = 0;
    if (at + count > text.size()) return false;
    for (std::size_t i = at; i < at + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      out = out * 10 + (text[i] - '0');
    }
    return true;
  };
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || !digits(0, 4, year) || !digits(5, 2, month) || !digits(8, 2, day) ||
      !digits(11, 2, hour) || !digits(14, 2, minute) || !digits(17, 2, second)) {
    return bad;
  }
  std::int64_t fraction_ns = 0;
  std::size_t at = 19;
  if (text[at] == '.') {
    ++at;
    std::int64_t scale = 100'000'000;
    const std::size_t first = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - first < 9;
         ++at, scale /= 10) {
      fraction_ns += (text[at] - '0') * scale;
    }
    if (at == first) return bad;
  }
  if (at + 1 != text.size() || text[at] != 'Z') return bad;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || year < 1970 || year > 2261 || hour > 23 || minute > 59 || second > 60)
    return bad;
  const std::int64_t day_count = std::chrono::sys_days{date}.time_since_epoch().count();
  const std::int64_t seconds = ((day_count * 24 + hour) * 60 + minute) * 60 + second;
  return UtcTime{seconds * 1'000'000'000 + fraction_ns};
}

}  // namespace portcullis::core
