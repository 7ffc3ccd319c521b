#include "core/line_pool.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace portcullis::core {
namespace {

TEST(LinePool, GivesEachSlotOnceAndNothingWhenEmpty) {
  LinePool pool(3, 8);
  std::vector<LinePtr> held;
  for (int i = 0; i < 3; ++i) held.push_back(pool.acquire());
  for (const auto& line : held) EXPECT_TRUE(line);
  EXPECT_FALSE(pool.acquire());
  held.pop_back();
  EXPECT_TRUE(pool.acquire());
}

TEST(LinePool, SlotIsFreeOnlyWhenTheLastShareIsGone) {
  LinePool pool(1, 8);
  LinePtr a = pool.acquire();
  LinePtr b = a;
  a.reset();
  EXPECT_FALSE(pool.acquire());
  b->header.pulse = 9;
  b.reset();
  LinePtr c = pool.acquire();
  ASSERT_TRUE(c);
  EXPECT_EQ(c->header.pulse, 0U);
}

TEST(LinePool, ManyThreadsShareWithoutLoss) {
  LinePool pool(64, 4);
  MpmcQueue<LinePtr> queue(64);
  constexpr int kLines = 20000;
  std::atomic<int> received{0};
  std::thread producer([&] {
    for (int i = 0; i < kLines;) {
      LinePtr line = pool.acquire();
      if (!line) {
        std::this_thread::yield();
        continue;
      }
      line->samples[0] = static_cast<std::uint32_t>(i);
      while (!queue.try_push(line)) std::this_thread::yield();
      ++i;
    }
  });
  std::vector<std::thread> consumers;
  std::atomic<std::uint64_t> sum{0};
  for (int t = 0; t < 2; ++t) {
    consumers.emplace_back([&] {
      LinePtr line;
      while (received.load() < kLines) {
        if (!queue.try_pop(line)) {
          std::this_thread::yield();
          continue;
        }
        sum += line->samples[0];
        line.reset();
        ++received;
      }
    });
  }
  producer.join();
  for (auto& thread : consumers) thread.join();
  EXPECT_EQ(sum.load(), static_cast<std::uint64_t>(kLines) * (kLines - 1) / 2);
  EXPECT_EQ(pool.free_approx(), 64U);
}

}  // namespace
}  // namespace portcullis::core
