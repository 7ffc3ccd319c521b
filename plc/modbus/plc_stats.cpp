#include "plc/modbus/plc_stats.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

namespace portcullis::plc {
namespace {

std::string describe_histogram(std::span<const double> bounds_ms,
                               std::span<const std::uint64_t> counts, double max_ms) {
  std::string text = fmt::format("median {:g} ms, 99.9 % {:g} ms, longest {:.2f} ms (",
                                 histogram_quantile(bounds_ms, counts, max_ms, 0.5),
                                 histogram_quantile(bounds_ms, counts, max_ms, 0.999), max_ms);
  bool first = true;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    if (!first) text += ", ";
    first = false;
    text += i < bounds_ms.size() ? fmt::format("to {:g}: {}", bounds_ms[i], counts[i])
                                 : fmt::format("longer: {}", counts[i]);
  }
  return text + ")";
}

}  // namespace

std::size_t histogram_bucket(std::span<const double> bounds_ms, double ms) noexcept {
  std::size_t bucket = 0;
  while (bucket < bounds_ms.size() && ms > bounds_ms[bucket]) ++bucket;
  return bucket;
}

double histogram_quantile(std::span<const double> bounds_ms, std::span<const std::uint64_t> counts,
                          double max_ms, double share) noexcept {
  const std::uint64_t total = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  if (total == 0) return 0;
  const double wanted = share * static_cast<double>(total);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts.size() && i < bounds_ms.size(); ++i) {
    seen += counts[i];
    if (static_cast<double>(seen) >= wanted) return bounds_ms[i];
  }
  return max_ms;
}

std::string describe_plc_stats(const PlcStats& stats) {
  std::uint64_t refused = 0;
  for (const std::uint64_t count : stats.exceptions) refused += count;
  std::string text = fmt::format("{} polls, {} failed", stats.polls, stats.polls_failed);
  const auto add = [&text](std::uint64_t count, const char* what) {
    if (count > 0) text += fmt::format(", {} {}", count, what);
  };
  add(stats.timeouts, "time-outs");
  add(stats.late_replies, "late replies dropped");
  add(stats.bad_replies, "wrong replies");
  add(refused, "exceptions");
  add(stats.connection_losses, "connections lost");
  add(stats.write_mismatches, "writes read back otherwise");
  add(stats.overruns, "polls over a period late");
  add(stats.implausible, "contradictions");
  text += "; poll period " +
          describe_histogram(kPeriodBoundsMs, stats.period_histogram, stats.period_max_ms);
  text += "; round trip " + describe_histogram(kRoundTripBoundsMs, stats.round_trip_histogram,
                                               stats.round_trip_max_ms);
  return text + "; thread " + (stats.scheduling.empty() ? "not started" : stats.scheduling);
}

}  // namespace portcullis::plc
