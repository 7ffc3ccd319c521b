#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <random>

#include "archive/scan_file.h"
#include "scan_samples.h"
#include "tests/support/kill_test.h"

namespace portcullis::archive {
namespace {

using test::line_of;
using test::small_meta;

const core::UtcTime kRecovered{1'767'225'700'000'000'000};

/// The child: writes until it is killed, and tells through the pipe how many lines are committed
/// (append's word for whole blocks, flush's for short ones).
[[noreturn]] void write_until_killed(const std::filesystem::path& path, int acknowledge) {
  const auto meta = small_meta();
  auto writer =
      ScanWriter::create(path, meta, test::small_calibration(meta.geometry.pixels.size()));
  if (!writer.ok()) ::_exit(3);
  for (std::uint64_t pulse = 0;; ++pulse) {
    if (!writer->append(line_of(meta, pulse)).ok()) ::_exit(4);
    std::uint64_t committed = 0;
    if ((pulse + 1) % 700 == 0) {
      if (!writer->flush().ok()) ::_exit(5);
      committed = pulse + 1;
    }
    if (committed != 0 && ::write(acknowledge, &committed, sizeof committed) != sizeof committed)
      ::_exit(6);
    if (pulse > 5'000'000) ::_exit(7);
  }
}

// What was acknowledged before the kill is there after it, whole and in order.
TEST(ScanKill, AcknowledgedLinesSurviveKillAtAnyMoment) {
  std::mt19937 random(::portcullis::test::printed_seed(20260305));
  const auto folder = test::test_folder("kill");
  std::uint64_t most = 0;
  int unborn = 0;
  for (int round = 0; round < 24; ++round) {
    const auto path = folder / ("scan-" + std::to_string(round) + ".pscan");
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    std::fflush(nullptr);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      write_until_killed(path, ends[1]);
    }
    ::close(ends[1]);
    ASSERT_TRUE(
        ::portcullis::test::kill_after(child, std::chrono::microseconds(random() % 120'000)));
    std::uint64_t acknowledged = 0;
    std::uint64_t word = 0;
    while (::read(ends[0], &word, sizeof word) == sizeof word) acknowledged = word;
    ::close(ends[0]);
    if (!std::filesystem::exists(path)) {  // Killed before the scan began: nothing was promised.
      ASSERT_EQ(acknowledged, 0u);
      ++unborn;
      continue;
    }
    if (round % 3 == 0) {  // A partial file can be looked at before its recovery.
      auto info = read_scan_info(path);
      ASSERT_TRUE(info.ok()) << info.error().message;
      EXPECT_FALSE(info->sealed);
      EXPECT_GE(info->lines, acknowledged);
    }
    auto recovered = recover_scan(path, "the lane stopped during the scan", kRecovered);
    ASSERT_TRUE(recovered.ok()) << recovered.error().message;
    EXPECT_GE(recovered->lines, acknowledged);
    EXPECT_FALSE(std::filesystem::exists(path.string() + "-wal"));
    ASSERT_TRUE(verify_seal(path).ok());
    auto scan = read_scan(path);
    ASSERT_TRUE(scan.ok()) << scan.error().message;
    EXPECT_EQ(scan->meta.outcome, core::ScanOutcome::kPartial);
    EXPECT_EQ(scan->meta.outcome_reason, "the lane stopped during the scan");
    ASSERT_EQ(scan->lines.size(), recovered->lines);
    const auto meta = small_meta();
    for (std::uint64_t pulse = 0; pulse < scan->lines.size(); ++pulse) {
      ASSERT_EQ(scan->lines[pulse].pulse, pulse);
      const auto expected = line_of(meta, pulse);
      ASSERT_TRUE(
          std::equal(expected.samples.begin(), expected.samples.end(),
                     scan->samples.begin() + static_cast<std::ptrdiff_t>(pulse * scan->pixels())));
    }
    most = std::max(most, acknowledged);
  }
  std::printf(
      "most lines acknowledged before a kill: %llu; killed before the file was there: %d of 24\n",
      static_cast<unsigned long long>(most), unborn);
  EXPECT_GT(most, 0u);
}

}  // namespace
}  // namespace portcullis::archive
