// The lane's driver on a machine without memory: each allocation of a scan's ticks fails once.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/support/failing_allocator.h"
#include "tests/unit/lane/driver_fixture.h"

namespace portcullis::lane {
namespace {

class DriverMemory : public test::DriverTest {
 protected:
  [[nodiscard]] std::int64_t calls(const std::string& begin) const {
    return std::count_if(log.calls.begin(), log.calls.end(),
                         [&](const std::string& call) { return call.starts_with(begin); });
  }

  void begin() {
    tick_driver = {};
    driver.reset();
    log.calls.clear();
    plc.now_image = {};
    plc.outputs = {};
    source.beam = false;
    record.now_view = {};
    acquisition.now_view = {};
    position = 0;
    starts = answers = 0;
    SetUp();
    make();
  }
  void ask(Command command) {
    ++starts;
    driver->submit(command, "ann", [this](const core::Status&) { ++answers; });
  }

  /// From the program's begin to the review of a scan; of the driver's allocations the one after
  /// `count` fails. False where it did not come to so many.
  bool scan_with_failure(std::int64_t count) {
    begin();
    bool failed = false;
    tick_driver = [&](core::TimePoint now) {
      testing_support::fail_allocation_after(count);
      driver->tick(now);
      count = testing_support::stop_failing_allocations();
      failed = failed || testing_support::an_allocation_failed();
    };
    for (int i = 0; i < 6000 && !failed; ++i) {
      tick();
      const auto now = driver->snapshot();
      if (now->cycle == CycleState::kReviewing) return false;
      const auto& allowed = now->allowed_commands;
      if (starts == 0 &&
          std::find(allowed.begin(), allowed.end(), Command::kStart) != allowed.end())
        ask(Command::kStart);
    }
    return failed;
  }

  int starts = 0, answers = 0;
};

/// Beam and motion go in that very tick, the fault is named, every record that was opened is
/// closed, whoever asked is answered, and after a reset the lane goes on.
/// PORTCULLIS_EVERY_ALLOCATION=1 fails each one; else, from the 60th on, every so many.
TEST_F(DriverMemory, WithdrawsNamesTheFaultAndLives) {
  const bool every = std::getenv("PORTCULLIS_EVERY_ALLOCATION") != nullptr;
  int failed = 0, in_beam = 0;
  std::int64_t n = 0;
  for (; n < 10'000'000; n += every || n < 60 ? 1 : 1 + n / 40) {
    if (!scan_with_failure(n)) break;
    SCOPED_TRACE("allocation " + std::to_string(n));
    ++failed;
    in_beam += log.has("source beam on") ? 1 : 0;
    ASSERT_FALSE(source.beam);
    ASSERT_FALSE(plc.outputs.request_beam_permit);
    ASSERT_FALSE(plc.outputs.request_motion);
    ASSERT_TRUE(run_to(CycleState::kFaulted, 20)) << driver->snapshot()->state;
    ASSERT_TRUE(driver->snapshot()->first_out.find("memory") != std::string::npos)
        << driver->snapshot()->first_out;
    ASSERT_EQ(calls("fault: the lane's program had no memory"), 1);
    ASSERT_GE(calls("close "), calls("open "));
    ASSERT_LE(calls("open "), 1);
    ASSERT_EQ(answers, starts);
    ask(Command::kReset);
    ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 600)) << driver->snapshot()->next_text;
    ASSERT_EQ(answers, starts);
  }
  std::cout << n << " allocations in a scan's ticks, " << failed << " of them failed, " << in_beam
            << " after beam was asked for\n";
  EXPECT_GT(failed, 60);
  EXPECT_GT(in_beam, 5);
}

}  // namespace
}  // namespace portcullis::lane
