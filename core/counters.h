#pragma once

#include <atomic>
#include <cstdint>

namespace portcullis::core {

/// A moment's copy of a stage's counters. They always add up:
/// in == out + dropped + late + malformed + queue_depth (once the stage is at rest).
struct CounterValues {
  std::uint64_t in = 0;
  std::uint64_t out = 0;
  std::uint64_t dropped = 0;    ///< Well-formed, not passed on: no slot, duplicate, wrong arm.
  std::uint64_t late = 0;       ///< Came after its line had been closed.
  std::uint64_t malformed = 0;  ///< Wrong magic, version, length or CRC.
  std::uint64_t queue_depth = 0;
  std::uint64_t busy_ns = 0;
};

/// The same counters on every stage of the data path.
/// Threading: any thread may add and read; values are each exact, not one common instant.
struct StageCounters {
  std::atomic<std::uint64_t> in{0}, out{0}, dropped{0}, late{0}, malformed{0}, queue_depth{0},
      busy_ns{0};

  static void add(std::atomic<std::uint64_t>& counter, std::uint64_t n = 1) noexcept {
    counter.fetch_add(n, std::memory_order_relaxed);
  }
  [[nodiscard]] CounterValues values() const noexcept {
    constexpr auto r = std::memory_order_relaxed;
    return {in.load(r),        out.load(r),         dropped.load(r), late.load(r),
            malformed.load(r), queue_depth.load(r), busy_ns.load(r)};
  }
  void reset() noexcept {
    for (auto* c : {&in, &out, &dropped, &late, &malformed, &queue_depth, &busy_ns})
      c->store(0, std::memory_order_relaxed);
  }
};

}  // namespace portcullis::core
