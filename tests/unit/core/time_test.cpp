#include "core/time.h"

#include <gtest/gtest.h>

namespace portcullis::core {
namespace {

TEST(Time, Iso8601KnownInstants) {
  EXPECT_EQ(to_iso8601(UtcTime{0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_iso8601(UtcTime{1'709'164'800'123'000'000}), "2024-02-29T00:00:00.123Z");
  EXPECT_EQ(parse_iso8601("2024-02-29T00:00:00.123Z")->ns, 1'709'164'800'123'000'000);
  EXPECT_EQ(parse_iso8601("1970-01-01T00:00:01Z")->ns, 1'000'000'000);
}

TEST(Time, RefusesWhatIsNotATime) {
  for (const char* bad :
       {"", "2024-02-30T00:00:00Z", "2024-02-29 00:00:00Z", "2024-02-29T00:00:00",
        "2024-02-29T24:00:00Z", "2024-02-29T00:00:00.Z", "2024-02-29T00:00:00.5+01:00"}) {
    EXPECT_FALSE(parse_iso8601(bad).ok()) << bad;
  }
}

TEST(Time, ManualClockMovesOnlyWhenTold) {
  ManualClock clock;
  const auto start = clock.now();
  const auto utc = clock.utc_now();
  clock.advance(std::chrono::milliseconds(5));
  EXPECT_EQ(clock.now() - start, std::chrono::milliseconds(5));
  EXPECT_EQ(clock.utc_now().ns - utc.ns, 5'000'000);
}

}  // namespace
}  // namespace portcullis::core
