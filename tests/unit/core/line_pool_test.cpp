#include "core/line_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "core/mpmc_queue.h"

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

TEST(LinePool, GivesTheSlotThatCameBackLastFirst) {
  LinePool pool(4, 8);
  std::vector<LinePtr> held;
  for (int i = 0; i < 4; ++i) held.push_back(pool.acquire());
  const Line* const second = &*held[1];
  const Line* const fourth = &*held[3];
  held[3].reset();
  held[1].reset();
  EXPECT_EQ(pool.free_approx(), 2U);
  const LinePtr again = pool.acquire();
  EXPECT_EQ(&*again, second);
  const LinePtr then = pool.acquire();
  EXPECT_EQ(&*then, fourth);
  EXPECT_EQ(pool.free_approx(), 0U);
}

TEST(LinePool, FromManyThreadsNoSlotIsEverGivenTwice) {
  constexpr std::uint32_t kSlots = 8;
  LinePool pool(kSlots, 1);
  std::atomic<bool> twice{false};
  std::vector<std::thread> threads;
  for (std::uint32_t t = 1; t <= 4; ++t) {
    threads.emplace_back([&, t] {
      std::vector<LinePtr> held;
      for (int i = 0; i < 20'000; ++i) {
        LinePtr line = pool.acquire();
        if (line) {
          line->samples[0] = t;
          held.push_back(std::move(line));
        }
        for (const auto& mine : held) {
          if (mine->samples[0] != t) twice = true;
        }
        // One to three at a time, so that slots come back in other orders than they went.
        if (!held.empty() && (held.size() == 3 || i % 3 == 0)) {
          std::swap(held.front(), held.back());
          held.pop_back();
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(twice);
  EXPECT_EQ(pool.free_approx(), kSlots);
  std::vector<const Line*> slots;
  std::vector<LinePtr> all;
  for (std::uint32_t i = 0; i < kSlots; ++i) {
    all.push_back(pool.acquire());
    ASSERT_TRUE(all.back());
    slots.push_back(&*all.back());
  }
  std::sort(slots.begin(), slots.end());
  EXPECT_EQ(std::unique(slots.begin(), slots.end()), slots.end());
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
