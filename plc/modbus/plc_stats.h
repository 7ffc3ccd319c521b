#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace portcullis::plc {

/// Upper bounds of the histogram of poll periods, ms; one more bucket holds what is longer. Made
/// for a period of 10 ms.
inline constexpr std::array<double, 9> kPeriodBoundsMs = {9, 10, 10.5, 11, 12, 15, 20, 50, 100};
/// The same of the round trips of single requests.
inline constexpr std::array<double, 9> kRoundTripBoundsMs = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50};

struct PlcStats {
  std::uint64_t polls = 0;  ///< Complete ones: both input areas read.
  std::uint64_t polls_failed = 0;
  std::uint64_t connects = 0;
  std::uint64_t connect_failures = 0;
  std::uint64_t timeouts = 0;      ///< No whole reply in time.
  std::uint64_t late_replies = 0;  ///< Came after their time-out and were dropped.
  std::uint64_t bad_replies = 0;   ///< Wrong unit, transaction, length, function; see connection.h.
  std::uint64_t connection_losses = 0;         ///< Closed or refused by the other side.
  std::array<std::uint64_t, 16> exceptions{};  ///< By code; 0 holds codes above 15.
  std::uint64_t writes = 0;
  std::uint64_t write_mismatches = 0;  ///< Read back otherwise than written.
  std::uint64_t overruns = 0;          ///< Polls that began more than a period late.
  std::uint64_t implausible = 0;       ///< Times that readings began to contradict each other.
  std::array<std::uint64_t, kPeriodBoundsMs.size() + 1> period_histogram{};
  double period_max_ms = 0;
  std::array<std::uint64_t, kRoundTripBoundsMs.size() + 1> round_trip_histogram{};
  double round_trip_max_ms = 0;
  std::string scheduling;  ///< "SCHED_FIFO 50", "ordinary", or why not as asked.
};

/// The bucket of `ms` in a histogram with these upper bounds.
[[nodiscard]] std::size_t histogram_bucket(std::span<const double> bounds_ms, double ms) noexcept;

/// The least upper bound that holds at least `share` of all entries; `max_ms` where it is the last
/// bucket's, 0 where there is no entry.
[[nodiscard]] double histogram_quantile(std::span<const double> bounds_ms,
                                        std::span<const std::uint64_t> counts, double max_ms,
                                        double share) noexcept;

/// One line for a log and for the diagnostics page: polls, what failed, and both histograms as
/// "median, 99.9 %, longest" and by bucket.
[[nodiscard]] std::string describe_plc_stats(const PlcStats& stats);

}  // namespace portcullis::plc
