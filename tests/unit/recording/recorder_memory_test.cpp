// The recorder on a machine without memory: each allocation of a short scan fails once.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>

#include "recording/scan_recorder.h"
#include "tests/support/eventually.h"
#include "tests/support/failing_allocator.h"
#include "tests/unit/archive/scan_samples.h"

namespace portcullis {
namespace {

using lane::RecordPhase;

constexpr std::uint32_t kLines = 40;

class RecorderMemory : public testing::Test {
 protected:
  RecorderMemory() {
    meta_ = archive::test::small_meta();
    calibration_ = std::make_shared<core::Calibration>(
        archive::test::small_calibration(meta_.geometry.pixels.size()));
    recording::ScanRecorder::Options options;
    options.folder = folder_;
    options.geometry = meta_.geometry;
    options.lines_max = kLines;
    options.calibration = [this] {
      testing_support::fail_allocation_after(fail_after_);  // on the recorder's thread
      return calibration_;
    };
    options.on_opened = [](const core::ScanMeta&, const std::filesystem::path&) {
      return core::Status{};
    };
    options.on_closed = [this](const recording::RecordedScan& scan) {
      problem_ = scan.problem;
      ++closed_;
    };
    recorder_ = std::make_unique<recording::ScanRecorder>(std::move(options), queue_, clock_);
  }
  ~RecorderMemory() override {
    recorder_.reset();
    std::filesystem::remove_all(folder_);
  }

  bool wait_for(std::initializer_list<RecordPhase> phases) {
    return test::eventually(
        [&] {
          const RecordPhase now = recorder_->view().phase;
          return std::find(phases.begin(), phases.end(), now) != phases.end();
        },
        std::chrono::seconds(20), std::chrono::milliseconds(1));
  }

  /// The phase in which a whole scan ends, its `fail_after`th allocation failing.
  RecordPhase record(const std::string& id, std::int64_t fail_after) {
    fail_after_ = fail_after;
    testing_support::an_allocation_failed();
    lane::ScanBegin begin;
    begin.scan_id = id;
    begin.vehicle = 1;
    begin.started = meta_.started;
    begin.identity = meta_.identity;
    recorder_->open(begin);
    EXPECT_TRUE(wait_for({RecordPhase::kOpen, RecordPhase::kFailed})) << id;
    const std::uint64_t before = queue_.popped();
    for (std::uint32_t i = 0; i < kLines; ++i) {
      core::LinePtr slot = pool_.acquire();
      EXPECT_TRUE(slot);
      if (!slot) return RecordPhase::kIdle;
      *slot = archive::test::line_of(meta_, i);
      EXPECT_TRUE(queue_.push(std::move(slot)));
    }
    queue_.notify();
    EXPECT_TRUE(test::eventually([&] { return queue_.popped() - before == kLines; },
                                 std::chrono::seconds(20), std::chrono::milliseconds(1)))
        << "its lines are taken whatever becomes of them";
    recorder_->close(core::ScanOutcome::kComplete, "", core::UtcTime{meta_.started.ns + 1});
    EXPECT_TRUE(wait_for({RecordPhase::kClosed, RecordPhase::kFailed})) << id;
    return recorder_->view().phase;
  }

  std::filesystem::path folder_ = archive::test::test_folder("recorder-memory");
  core::SystemClock clock_;
  core::ScanMeta meta_;
  std::shared_ptr<const core::Calibration> calibration_;
  core::LinePool pool_{2 * kLines, 24};
  acquisition::LineQueue queue_{2 * kLines};
  std::atomic<std::int64_t> fail_after_{-1};
  std::string problem_;
  std::atomic<int> closed_{0};
  std::unique_ptr<recording::ScanRecorder> recorder_;
};

/// Nothing leaves the recorder's thread, no destructor needs memory, a record that says it is
/// closed is whole, the file of one that failed can be recovered, and the next scan goes well.
/// PORTCULLIS_EVERY_ALLOCATION=1 fails each one; else, from the 40th on, every so many.
TEST_F(RecorderMemory, FailsItsScanAndLives) {
  const bool every = std::getenv("PORTCULLIS_EVERY_ALLOCATION") != nullptr;
  std::int64_t n = 0;
  int failed = 0;
  for (bool reached = true; reached; n += every || n < 40 ? 1 : 1 + n / 12) {
    const std::string id = "scan-" + std::to_string(n);
    const int closed_before = closed_;
    const RecordPhase phase = record(id, n);
    reached = testing_support::an_allocation_failed();
    const auto file = folder_ / (id + ".pscan");
    if (phase == RecordPhase::kClosed) {
      EXPECT_EQ(closed_, closed_before + 1);
      EXPECT_TRUE(problem_.empty()) << problem_;
      EXPECT_TRUE(archive::verify_seal(file).ok()) << id;
      continue;
    }
    ++failed;
    if (std::filesystem::exists(file) && archive::read_scan_info(file).ok()) {
      const auto recovered = archive::recover_scan(file, "test", meta_.started);
      EXPECT_TRUE(recovered.ok()) << id << ": " << recovered.error().message;
    }
    if (failed % 10 == 1) {
      EXPECT_EQ(record(id + "-next", -1), RecordPhase::kClosed);
    }
  }
  std::cout << n << " allocations in a scan, " << failed << " of those tried failed it\n";
  EXPECT_GT(failed, 10);
}

}  // namespace
}  // namespace portcullis
