#pragma once

#include <chrono>
#include <thread>

namespace portcullis::test {

/// Looks at `condition` every `step` until it holds; false if it did not within `limit`.
///
/// The one way in which tests let time pass (tests/layering looks for others): a test that waits
/// for something ends as soon as it is there, and one that waits in vain says so. To see that
/// something stays as it is, wait for the opposite with a short limit and expect false.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition,
                              std::chrono::duration<double> limit = std::chrono::seconds(5),
                              std::chrono::milliseconds step = std::chrono::milliseconds(1)) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    // Once more after the end: this thread may have been away for longer than the limit.
    if (std::chrono::steady_clock::now() > end) return condition();
    std::this_thread::sleep_for(step);
  }
  return true;
}

}  // namespace portcullis::test
