#include "acquisition/line_assembler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "acquisition/line_queue.h"
#include "tests/support/allocation_counter.h"

namespace portcullis::acquisition {
namespace {

using firmware_bridge::PacketHeader;
using firmware_bridge::PacketView;
using std::chrono::milliseconds;
namespace lf = core::line_flag;

constexpr std::uint16_t kModules = 3;
constexpr std::uint16_t kPixels = 4;
constexpr std::uint32_t kArm = 77;

/// What module `m` measures at `pulse`: different everywhere, so that a shifted sample is seen.
std::uint32_t sample_of(std::uint64_t pulse, std::uint16_t m, std::uint16_t pixel) {
  return static_cast<std::uint32_t>((pulse * 1000 + m * 100U + pixel + 1) &
                                    firmware_bridge::kSampleMax);
}

struct Datagram {
  PacketHeader header;
  std::vector<std::byte> bytes;
  [[nodiscard]] PacketView view() const {
    PacketView out;
    EXPECT_EQ(firmware_bridge::parse_packet(bytes, out), firmware_bridge::PacketCheck::kOk);
    return out;
  }
};

/// Pulses come every 2.5 ms, even ones high, the encoder grows by 10 a pulse. `sequence` differs
/// from the pulse where triggers were missed.
Datagram datagram(std::uint64_t pulse, std::uint16_t module, std::uint32_t sequence) {
  Datagram out;
  PacketHeader& h = out.header;
  h.module = module;
  h.pulse = pulse;
  h.sequence = sequence;
  h.arm_id = kArm;
  h.energy = pulse % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
  h.timestamp_ns = 1'000'000'000 + pulse * 2'500'000;
  h.encoder_counts = static_cast<std::int32_t>(pulse % 1'000'000) * 10 - 1000;
  h.dose_counts = 5000;
  h.temperature_centi_c = static_cast<std::int16_t>(2500 + module * 10);
  std::vector<std::uint32_t> samples;
  for (std::uint16_t i = 0; i < kPixels; ++i) samples.push_back(sample_of(pulse, module, i));
  out.bytes.resize(firmware_bridge::packet_bytes(h.format, kPixels));
  EXPECT_EQ(firmware_bridge::encode_packet(h, samples, out.bytes), out.bytes.size());
  return out;
}
Datagram datagram(std::uint64_t pulse, std::uint16_t module) {
  return datagram(pulse, module, static_cast<std::uint32_t>(pulse));
}

class LineAssemblerTest : public ::testing::Test {
 protected:
  void make(std::uint32_t slots = 256, std::uint16_t window = 64) {
    lines.clear();
    assembler.reset();
    pool = std::make_unique<core::LinePool>(slots, kModules * kPixels);
    LineAssembler::Config config;
    config.module_count = kModules;
    config.pixels_per_module = kPixels;
    config.arm_id = kArm;
    config.lines_open_max = window;
    auto made = LineAssembler::create(config, *pool);
    ASSERT_TRUE(made.ok()) << made.error().message;
    assembler.emplace(std::move(*made));
  }
  void SetUp() override { make(); }
  void TearDown() override {
    lines.clear();
    assembler.reset();
  }

  void push(const Datagram& d) {
    const PacketView view = d.view();
    if (assembler->push(view, clock.now())) return;
    collect();
    EXPECT_TRUE(assembler->push(view, clock.now()));
  }
  void push_line(std::uint64_t pulse) {
    for (std::uint16_t m = 0; m < kModules; ++m) push(datagram(pulse, m));
  }
  /// Takes what is due.
  void collect() {
    for (auto line = assembler->poll(clock.now()); line; line = assembler->poll(clock.now()))
      lines.push_back(line);
  }
  /// Every line so far: pulse order without hole, samples where they belong or 0.
  void expect_exact() const {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const core::Line& line = *lines[i];
      ASSERT_EQ(line.header.pulse, i);
      for (std::uint16_t m = 0; m < kModules; ++m) {
        for (std::uint16_t p = 0; p < kPixels; ++p) {
          const std::uint32_t expected = line.modules_present[m] ? sample_of(i, m, p) : 0;
          ASSERT_EQ(line.samples[static_cast<std::size_t>(m * kPixels + p)], expected)
              << "line " << i << " module " << m;
        }
      }
    }
    const core::CounterValues c = assembler->counters();
    EXPECT_EQ(c.in, c.out + c.dropped + c.late + c.malformed);
  }

  core::ManualClock clock;
  std::unique_ptr<core::LinePool> pool;
  std::optional<LineAssembler> assembler;
  std::vector<core::LinePtr> lines;
};

TEST_F(LineAssemblerTest, ACompleteLineIsReleasedAtOnce) {
  push(datagram(0, 2));
  push(datagram(0, 0));
  collect();
  EXPECT_TRUE(lines.empty());
  push(datagram(0, 1));
  collect();
  ASSERT_EQ(lines.size(), 1U);
  const core::LineHeader& h = lines[0]->header;
  EXPECT_EQ(h.flags, 0);
  EXPECT_EQ(h.energy, core::Energy::kHigh);
  EXPECT_EQ(h.encoder_counts, -1000);
  EXPECT_EQ(h.dose_counts, 5000U);
  EXPECT_EQ(h.temperature_centi_c, 2510);
  EXPECT_EQ(h.timestamp_ns, 1'000'000'000U);
  expect_exact();
}

TEST_F(LineAssemblerTest, LinesComeOutInOrderWhateverTheOrderOfArrival) {
  constexpr unsigned kSeed = 4711;
  std::mt19937 random(kSeed);
  RecordProperty("seed", static_cast<int>(kSeed));
  std::vector<Datagram> all;
  for (std::uint64_t pulse = 0; pulse < 200; ++pulse) {
    for (std::uint16_t m = 0; m < kModules; ++m) all.push_back(datagram(pulse, m));
  }
  // Local disorder: each datagram moves by up to 30 places.
  for (std::size_t i = 0; i + 30 < all.size(); ++i) std::swap(all[i], all[i + random() % 30]);
  for (const Datagram& d : all) {
    push(d);
    collect();
  }
  EXPECT_EQ(lines.size(), 200U);
  expect_exact();
  const AssemblyCounts c = assembler->counts();
  EXPECT_EQ(c.lines_complete, 200U);
  EXPECT_GT(c.reordered, 0U);
  EXPECT_EQ(c.gaps_filled, c.gaps_seen);
}

TEST_F(LineAssemblerTest, AMissingModuleIsFlaggedAfterTheDeadlineAndItsSamplesAreZero) {
  push(datagram(0, 0));
  push(datagram(0, 2));
  push_line(1);
  clock.advance(milliseconds(39));
  collect();
  EXPECT_TRUE(lines.empty()) << "a later complete line never overtakes";
  clock.advance(milliseconds(1));
  collect();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0]->header.flags, lf::kModuleMissing);
  EXPECT_FALSE(lines[0]->modules_present[1]);
  expect_exact();
  EXPECT_EQ(assembler->counts().modules_missing, 1U);
}

TEST_F(LineAssemblerTest, AModuleThatRepeatsItsLastSamplesIsMissing) {
  make(64, 64);
  const auto again = [](std::uint64_t pulse, std::uint64_t as) {
    Datagram d = datagram(as, 1);
    d.header.pulse = pulse;
    d.header.sequence = static_cast<std::uint32_t>(pulse);
    d.header.energy = pulse % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
    d.header.encoder_counts = datagram(pulse, 1).header.encoder_counts;
    std::vector<std::uint32_t> samples;
    for (std::uint16_t i = 0; i < kPixels; ++i) samples.push_back(sample_of(as, 1, i));
    EXPECT_EQ(firmware_bridge::encode_packet(d.header, samples, d.bytes), d.bytes.size());
    return d;
  };
  for (std::uint64_t pulse = 0; pulse < 12; ++pulse) {
    push(datagram(pulse, 0));
    push(pulse > 3 && pulse < 10 ? again(pulse, 3) : datagram(pulse, 1));
    push(datagram(pulse, 2));
    collect();
  }
  // From the fourth alike on, at once and not after a deadline; well again with the first that
  // differs.
  ASSERT_EQ(lines.size(), 12U);
  for (std::uint64_t pulse = 0; pulse < 12; ++pulse) {
    const bool missing = pulse >= 6 && pulse < 10;
    EXPECT_EQ(lines[pulse]->modules_present[1], !missing) << pulse;
    EXPECT_EQ(lines[pulse]->header.flags, missing ? lf::kModuleMissing : 0) << pulse;
    if (missing) {
      EXPECT_EQ(lines[pulse]->samples[kPixels], 0U) << pulse;
    }
  }
  EXPECT_EQ(assembler->counts().frozen, 4U);
  EXPECT_EQ(assembler->counts().modules_missing, 4U);
  const core::CounterValues c = assembler->counters();
  EXPECT_EQ(c.in, c.out + c.dropped + c.late + c.malformed);
}

TEST_F(LineAssemblerTest, SlotsAreReusedAndAMissingModuleStillReadsZero) {
  make(4, 4);
  for (std::uint64_t pulse = 0; pulse < 20; ++pulse) {
    push_line(pulse);
    collect();
    lines.clear();
  }
  push(datagram(20, 1));
  clock.advance(milliseconds(40));
  collect();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]->samples,
            (std::vector<std::uint32_t>{0, 0, 0, 0, sample_of(20, 1, 0), sample_of(20, 1, 1),
                                        sample_of(20, 1, 2), sample_of(20, 1, 3), 0, 0, 0, 0}));
}

TEST_F(LineAssemblerTest, WholeMissingLinesAreInsertedWithInferredHeaders) {
  for (std::uint64_t p : {0, 1, 2}) push_line(p);
  push_line(6);
  collect();
  EXPECT_EQ(lines.size(), 3U);
  clock.advance(milliseconds(40));
  collect();
  ASSERT_EQ(lines.size(), 7U);
  expect_exact();
  for (std::size_t i = 3; i < 6; ++i) {
    const core::LineHeader& h = lines[i]->header;
    EXPECT_EQ(h.flags, lf::kLineMissing | lf::kModuleMissing);
    EXPECT_EQ(h.energy, i % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow);
    EXPECT_EQ(h.encoder_counts, static_cast<int>(i) * 10 - 1000);
    EXPECT_EQ(h.timestamp_ns, 1'000'000'000U + i * 2'500'000U);
    EXPECT_EQ(h.dose_counts, 0U);
  }
  EXPECT_EQ(assembler->counts().lines_missing, 3U);
}

TEST_F(LineAssemblerTest, LinesMissingAtTheStartAreInsertedToo) {
  push_line(3);
  clock.advance(milliseconds(40));
  collect();
  ASSERT_EQ(lines.size(), 4U);
  expect_exact();
  EXPECT_EQ(lines[0]->header.energy, core::Energy::kHigh);
  EXPECT_EQ(lines[1]->header.energy, core::Energy::kLow);
}

TEST_F(LineAssemblerTest, AMissedTriggerLeavesALineButNoGap) {
  push_line(0);
  for (std::uint16_t m = 0; m < kModules; ++m) {
    Datagram d = datagram(2, m, 1);  // pulse 1 was never triggered: the sequence goes on
    push(d);
  }
  EXPECT_FALSE(assembler->gaps_open());
  clock.advance(milliseconds(40));
  collect();
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1]->header.flags & lf::kLineMissing, lf::kLineMissing);
  EXPECT_FALSE(assembler->next_resend(clock.now()));
  expect_exact();
}

TEST_F(LineAssemblerTest, LateAndDuplicateAndForeignDatagramsAreEachCounted) {
  push_line(0);
  push(datagram(0, 1));
  push(datagram(1, 0));
  push(datagram(1, 0));
  collect();
  push(datagram(0, 1));
  Datagram foreign = datagram(1, 1);
  foreign.header.arm_id = kArm + 1;
  const std::vector<std::uint32_t> samples(kPixels, 9);
  firmware_bridge::encode_packet(foreign.header, samples, foreign.bytes);
  push(foreign);
  Datagram shape = datagram(1, 1);
  shape.header.module = kModules;
  firmware_bridge::encode_packet(shape.header, samples, shape.bytes);
  push(shape);
  assembler->count_malformed(firmware_bridge::PacketCheck::kCrc);
  const AssemblyCounts a = assembler->counts();
  EXPECT_EQ(a.duplicates, 2U);
  EXPECT_EQ(a.wrong_arm, 1U);
  EXPECT_EQ(a.wrong_shape, 1U);
  const core::CounterValues c = assembler->counters();
  EXPECT_EQ(c.in, 10U);
  EXPECT_EQ(c.out, 4U);
  EXPECT_EQ(c.dropped, 3U);
  EXPECT_EQ(c.late, 1U);
  EXPECT_EQ(c.malformed, 2U);
  EXPECT_EQ(assembler->malformed()[static_cast<std::size_t>(firmware_bridge::PacketCheck::kCrc)],
            1U);
}

TEST_F(LineAssemblerTest, AGapIsAskedForAfter5MsAndAgainAndNoMoreWhenFilled) {
  push_line(0);
  for (std::uint64_t p : {1, 2, 3}) {
    push(datagram(p, 0));
    push(datagram(p, 2));
  }
  push_line(4);
  EXPECT_FALSE(assembler->next_resend(clock.now()));
  clock.advance(milliseconds(5));
  auto request = assembler->next_resend(clock.now());
  ASSERT_TRUE(request);
  EXPECT_EQ(request->module, 1);
  EXPECT_EQ(request->first, 1U);
  EXPECT_EQ(request->last, 3U);
  EXPECT_FALSE(assembler->next_resend(clock.now()));
  push(datagram(2, 1));  // the middle one comes
  clock.advance(milliseconds(10));
  std::vector<std::uint32_t> asked;
  while ((request = assembler->next_resend(clock.now()))) {
    EXPECT_EQ(request->first, request->last);
    asked.push_back(request->first);
  }
  std::sort(asked.begin(), asked.end());
  EXPECT_EQ(asked, (std::vector<std::uint32_t>{1, 3}));
  push(datagram(1, 1));
  push(datagram(3, 1));
  EXPECT_FALSE(assembler->gaps_open());
  collect();
  EXPECT_EQ(lines.size(), 5U);
  expect_exact();
  EXPECT_EQ(assembler->counts().gaps_filled, 3U);
}

TEST_F(LineAssemblerTest, AGapWhoseLineIsClosedIsNotAskedForAnyMore) {
  push(datagram(0, 0));
  push(datagram(1, 0));
  push(datagram(1, 1));
  clock.advance(milliseconds(41));
  EXPECT_FALSE(assembler->next_resend(clock.now()));
  EXPECT_FALSE(assembler->gaps_open());
}

TEST_F(LineAssemblerTest, ALostLastDatagramIsNoticedByTheDevicesRange) {
  push_line(0);
  for (std::uint16_t m : {0, 1}) push(datagram(1, m));
  // Of pulse 2 nothing came at all.
  assembler->hold(true);
  clock.advance(milliseconds(100));
  collect();
  EXPECT_EQ(lines.size(), 1U) << "held: the deadline does not close lines now";
  for (std::uint16_t m = 0; m < kModules; ++m) assembler->expect_until(m, 2, clock.now());
  EXPECT_TRUE(assembler->gaps_open());
  EXPECT_EQ(assembler->open_lines(), 2U);
  clock.advance(milliseconds(5));
  std::vector<std::uint32_t> firsts(kModules, 99);
  while (auto request = assembler->next_resend(clock.now()))
    firsts[request->module] = request->first;
  EXPECT_EQ(firsts, (std::vector<std::uint32_t>{2, 2, 1}));
  push(datagram(1, 2));
  for (std::uint16_t m : {0, 2}) push(datagram(2, m));
  EXPECT_TRUE(assembler->gaps_open());
  assembler->finish();
  collect();
  ASSERT_EQ(lines.size(), 3U);
  expect_exact();
  EXPECT_EQ(lines[1]->header.flags, 0);
  EXPECT_EQ(lines[2]->header.flags, lf::kModuleMissing);
}

TEST_F(LineAssemblerTest, TrailingLinesOfWhichNothingCameAreInserted) {
  push_line(0);
  push_line(1);
  for (std::uint16_t m = 0; m < kModules; ++m) assembler->expect_until(m, 4, clock.now());
  assembler->finish();
  collect();
  ASSERT_EQ(lines.size(), 5U);
  expect_exact();
  EXPECT_EQ(lines[4]->header.timestamp_ns, 1'000'000'000U + 4 * 2'500'000U);
  EXPECT_EQ(lines[4]->header.energy, core::Energy::kHigh);
}

TEST_F(LineAssemblerTest, AnOutageLongerThanTheWindowStillKeepsThePulseOrder) {
  make(2048, 16);
  push_line(0);
  push_line(500);
  push_line(501);
  clock.advance(milliseconds(40));
  collect();
  ASSERT_EQ(lines.size(), 502U);
  expect_exact();
  EXPECT_EQ(assembler->counts().lines_missing, 499U);
  EXPECT_EQ(lines[250]->header.encoder_counts, 250 * 10 - 1000);
}

TEST_F(LineAssemblerTest, AnAbsurdPulseNumberIsNotBelieved) {
  push_line(0);
  push(datagram(1'000'000'000'000ULL, 0, 1));
  push(datagram(~0ULL, 0, 2));
  EXPECT_EQ(assembler->counts().far_ahead, 2U);
  push_line(1);
  collect();
  EXPECT_EQ(lines.size(), 2U);
  expect_exact();
}

TEST_F(LineAssemblerTest, WithoutAFreeSlotPacketsGoToScratchAndNoLineIsShifted) {
  make(4, 16);
  for (std::uint64_t p = 0; p < 10; ++p) push_line(p);
  collect();
  EXPECT_EQ(lines.size(), 4U);
  EXPECT_EQ(assembler->counts().no_slot, 18U);
  collect();
  EXPECT_EQ(lines.size(), 4U) << "line 4 waits for a slot";
  // The sink gives slots back one by one.
  std::vector<std::uint64_t> pulses;
  for (int i = 0; i < 100 && pulses.size() < 10; ++i) {
    for (const auto& line : lines) pulses.push_back(line->header.pulse);
    lines.clear();
    collect();
  }
  EXPECT_EQ(pulses, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(assembler->counts().lines_missing, 6U);
  const core::CounterValues c = assembler->counters();
  EXPECT_EQ(c.in, c.out + c.dropped + c.late + c.malformed);
}

TEST_F(LineAssemblerTest, ModulesThatDisagreeAreFlagged) {
  push(datagram(0, 0));
  Datagram odd = datagram(0, 1);
  odd.header.encoder_counts += 5;
  const std::vector<std::uint32_t> samples(kPixels, 9);
  firmware_bridge::encode_packet(odd.header, samples, odd.bytes);
  push(odd);
  push(datagram(0, 2));
  collect();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0]->header.flags, lf::kConflict);
  EXPECT_EQ(lines[0]->header.encoder_counts, -1000);
}

TEST_F(LineAssemblerTest, FlagsOfModulesReachTheLine) {
  Datagram d = datagram(0, 0);
  d.header.flags =
      firmware_bridge::packet_flag::kSaturated | firmware_bridge::packet_flag::kTestPattern;
  const std::vector<std::uint32_t> samples(kPixels, 9);
  firmware_bridge::encode_packet(d.header, samples, d.bytes);
  push(d);
  push(datagram(0, 1));
  d = datagram(0, 2);
  d.header.flags = firmware_bridge::packet_flag::kTriggerMissed;
  firmware_bridge::encode_packet(d.header, samples, d.bytes);
  push(d);
  collect();
  EXPECT_EQ(lines.at(0)->header.flags, lf::kSaturated | lf::kTestPattern | lf::kTriggerMissed);
}

TEST_F(LineAssemblerTest, DoesNotAllocate) {
  std::vector<Datagram> all;
  for (std::uint64_t p = 0; p < 300; ++p) {
    if (p > 100 && p < 130) continue;  // an outage
    for (std::uint16_t m = 0; m < kModules; ++m) {
      if ((p + m) % 7 == 0) continue;  // losses
      all.push_back(datagram(p, m));
      if ((p + m) % 11 == 0) all.push_back(datagram(p, m));  // duplicates
    }
  }
  std::vector<PacketView> views;
  for (const Datagram& d : all) views.push_back(d.view());
  LineQueue queue(64);
  // The canary: the counter does count.
  std::uint64_t before = testing_support::allocations_so_far();
  int* volatile canary = new int(1);  // volatile: a pair nobody sees is optimised away
  delete canary;
  ASSERT_GT(testing_support::allocations_so_far(), before);

  before = testing_support::allocations_so_far();
  std::size_t released = 0;
  std::size_t asked = 0;
  for (const PacketView& view : views) {
    clock.advance(std::chrono::microseconds(800));
    for (int turn = 0; turn < 2; ++turn) {
      const bool taken = assembler->push(view, clock.now());
      while (core::LinePtr line = assembler->poll(clock.now())) {
        queue.push(line);
        while (queue.pop()) ++released;
      }
      if (taken) break;
    }
    while (assembler->next_resend(clock.now())) ++asked;
    queue.notify();
  }
  EXPECT_EQ(testing_support::allocations_so_far(), before);
  EXPECT_GT(released, 200U);
  EXPECT_GT(asked, 0U);
}

TEST(LineAssemblerConfig, ImpossibleValuesAreNamed) {
  core::LinePool pool(2, 12);
  const auto message = [&](LineAssembler::Config config) {
    const auto made = LineAssembler::create(config, pool);
    return made.ok() ? std::string("accepted") : made.error().message;
  };
  EXPECT_EQ(message({.module_count = 3, .pixels_per_module = 4}), "accepted");
  EXPECT_NE(message({.module_count = 0, .pixels_per_module = 4}).find("module_count"),
            std::string::npos);
  EXPECT_NE(message({.module_count = 257, .pixels_per_module = 4}).find("module_count"),
            std::string::npos);
  EXPECT_NE(message({.module_count = 3, .pixels_per_module = 0}).find("pixels_per_module"),
            std::string::npos);
  EXPECT_NE(message({.module_count = 3, .pixels_per_module = 5}).find("15"), std::string::npos);
  LineAssembler::Config config{.module_count = 3, .pixels_per_module = 4};
  config.deadline = std::chrono::microseconds(0);
  EXPECT_NE(message(config).find("deadline"), std::string::npos);
  config = {.module_count = 3, .pixels_per_module = 4};
  config.lines_open_max = 1;
  EXPECT_NE(message(config).find("lines_open_max"), std::string::npos);
}

/// Any mix of loss, duplication, disorder and corruption: pulse order whole, samples in place,
/// counters that add up.
TEST_F(LineAssemblerTest, SurvivesAnyMixOfFaults) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    make(512, 32);
    std::mt19937 random(seed);
    std::vector<Datagram> all;
    for (std::uint64_t p = 0; p < 150; ++p) {
      for (std::uint16_t m = 0; m < kModules; ++m) {
        if (random() % 100 < seed) continue;
        all.push_back(datagram(p, m));
        if (random() % 20 == 0) all.push_back(datagram(p, m));
      }
    }
    for (std::size_t i = 0; i + 40 < all.size(); ++i) std::swap(all[i], all[i + random() % 40]);
    std::uint64_t corrupted = 0;
    for (Datagram& d : all) {
      clock.advance(std::chrono::microseconds(random() % 1500));
      if (random() % 50 == 0) {
        d.bytes[random() % d.bytes.size()] ^= std::byte{0x10};
        PacketView view;
        const auto check = firmware_bridge::parse_packet(d.bytes, view);
        ASSERT_NE(check, firmware_bridge::PacketCheck::kOk);
        assembler->count_malformed(check);
        ++corrupted;
      } else {
        push(d);
      }
      collect();
      while (assembler->next_resend(clock.now())) {
      }
    }
    assembler->finish();
    collect();
    expect_exact();
    EXPECT_GE(lines.size(), 140U);
    EXPECT_EQ(assembler->counters().malformed, corrupted);
    EXPECT_EQ(assembler->counters().in, all.size());
  }
}

}  // namespace
}  // namespace portcullis::acquisition
