// The facade over a real socket, with a detector played by hand: it sends real datagrams and keeps
// a ring to send from again.
#include "acquisition/acquisition.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "acquisition/calibration_capture.h"
#include "acquisition/capture_service.h"
#include "tests/support/eventually.h"

namespace portcullis::acquisition {
namespace {

using firmware_bridge::DetectorDriver;
using firmware_bridge::DetectorSettings;
using firmware_bridge::DetectorView;
using firmware_bridge::ResendRequest;
using firmware_bridge::SequenceRange;
using std::chrono::milliseconds;

constexpr std::uint16_t kModuleCount = 4;
constexpr std::uint16_t kModulePixels = 16;

class FakeDetector final : public DetectorDriver {
 public:
  FakeDetector() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}
  ~FakeDetector() override {
    halt();
    ::close(socket_);
  }

  // How it misbehaves.
  std::function<bool(std::uint64_t pulse, std::uint16_t module)> loses =
      [](std::uint64_t, std::uint16_t) { return false; };
  std::atomic<bool> connected{true}, fails_stop{false}, fails_start{false}, resends_work{true};
  std::uint32_t level_dark = 2000, level_beam = 300'000;
  std::atomic<bool> beam{true};
  std::uint64_t pulses_at_start = 200;  ///< Sent in one go by start().
  std::uint16_t modules_said = kModuleCount;

  core::Status configure(const DetectorSettings&) override { return {}; }
  core::Status set_destination(std::string_view ip, std::uint16_t port) override {
    EXPECT_EQ(ip, "127.0.0.1");
    port_ = port;
    return {};
  }
  core::Result<std::uint32_t> arm() override {
    const std::lock_guard lock(mutex_);
    ring_.clear();
    next_pulse_ = 0;
    return ++arm_id_;
  }
  core::Status start() override {
    if (fails_start)
      return core::Error{core::ErrorCode::kRefused, "detector: DET:START: arm first"};
    running_ = true;
    // In bursts with pauses, as on a wire: a whole run at once would be a test of the socket
    // buffer.
    sender_ = std::thread([this] {
      for (std::uint64_t i = 0; i < pulses_at_start && running_; ++i) {
        send_pulse();
        if (i % 20 == 19 && test::eventually([this] { return !running_; }, milliseconds(1))) break;
      }
      sent_all = true;
    });
    return {};
  }
  core::Status stop() override {
    halt();
    if (fails_stop || !connected)
      return core::Error{core::ErrorCode::kUnavailable, "detector: not connected"};
    return {};
  }
  core::Result<std::optional<SequenceRange>> range(std::uint16_t) override {
    const std::lock_guard lock(mutex_);
    if (next_pulse_ == 0) return std::optional<SequenceRange>();
    return std::optional<SequenceRange>(
        SequenceRange{0, static_cast<std::uint32_t>(next_pulse_ - 1)});
  }
  bool request_resend(const ResendRequest& request) noexcept override {
    ++resend_requests;
    if (!resends_work) return true;
    const std::lock_guard lock(mutex_);
    for (std::uint32_t s = request.first; s <= request.last; ++s) {
      const auto found = ring_.find({request.module, s});
      if (found != ring_.end()) send(found->second);
    }
    return true;
  }
  [[nodiscard]] DetectorView view() const override {
    DetectorView out;
    out.connected = out.inventory_known = connected;
    for (int m = 0; m < modules_said; ++m)
      out.modules.push_back({"M" + std::to_string(m), "1", kModulePixels, 4.6, std::nullopt});
    return out;
  }
  void halt() {
    running_ = false;
    if (sender_.joinable()) sender_.join();
  }

  std::atomic<bool> sent_all{false};
  std::atomic<int> resend_requests{0};

 private:
  void send_pulse() {
    const std::lock_guard lock(mutex_);
    const std::uint64_t pulse = next_pulse_++;
    for (std::uint16_t m = 0; m < kModuleCount; ++m) {
      firmware_bridge::PacketHeader h;
      h.module = m;
      h.pulse = pulse;
      h.sequence = static_cast<std::uint32_t>(pulse);
      h.arm_id = arm_id_;
      h.energy = !beam            ? core::Energy::kNone
                 : pulse % 2 == 0 ? core::Energy::kHigh
                                  : core::Energy::kLow;
      h.timestamp_ns = pulse * 2'500'000;
      h.encoder_counts = static_cast<std::int32_t>(pulse);
      // Dose varies by 10 % and the signal with it.
      const std::uint32_t dose = !beam ? 0 : 10'000 + static_cast<std::uint32_t>(pulse % 5) * 250;
      h.dose_counts = dose;
      std::vector<std::uint32_t> samples;
      for (std::uint16_t p = 0; p < kModulePixels; ++p) {
        const std::uint32_t signal =
            beam ? static_cast<std::uint32_t>(std::uint64_t{level_beam} * dose / 10'000) : 0;
        samples.push_back(level_dark + m * 10U + p + signal +
                          static_cast<std::uint32_t>(pulse / 2 % 2) * 2);
      }
      std::vector<std::byte> bytes(firmware_bridge::packet_bytes(h.format, kModulePixels));
      firmware_bridge::encode_packet(h, samples, bytes);
      if (!loses(pulse, m)) send(bytes);
      ring_[{m, h.sequence}] = std::move(bytes);
    }
  }
  void send(const std::vector<std::byte>& bytes) const {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(port_);
    [[maybe_unused]] const auto sent = ::sendto(socket_, bytes.data(), bytes.size(), 0,
                                                reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }

  int socket_;
  std::uint16_t port_ = 0;
  std::atomic<std::uint32_t> arm_id_{40};
  std::atomic<bool> running_{false};
  mutable std::mutex mutex_;
  std::uint64_t next_pulse_ = 0;
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::vector<std::byte>> ring_;
  std::thread sender_;
};

core::ScannerGeometry small_geometry() {
  core::ScannerGeometry g;
  g.name = "small";
  g.module_count = kModuleCount;
  g.pixels_per_module = kModulePixels;
  g.pixels.resize(kModuleCount * kModulePixels);
  return g;
}

class AcquisitionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AcquisitionConfig config;
    config.line_slots = 1024;
    config.live_queue_lines = 64;
    config.rules.lines_min = 50;
    auto made = Acquisition::create(config, detector, clock);
    ASSERT_TRUE(made.ok()) << made.error().message;
    acquisition = std::move(*made);
  }
  CaptureRequest request(CaptureKind kind, std::uint32_t lines_max = 10'000) {
    CaptureRequest r;
    r.kind = kind;
    r.lines_max = lines_max;
    r.geometry = small_geometry();
    return r;
  }
  /// A whole run: arm, start, until the detector has sent all, stop.
  core::Result<CaptureSummary> run(const CaptureRequest& r) {
    detector.sent_all = false;
    PC_TRY([[maybe_unused]] const std::uint32_t id, acquisition->arm(r));
    PC_CHECK(acquisition->start());
    EXPECT_TRUE(
        test::eventually([&] { return detector.sent_all.load() || acquisition->view().full; }));
    return acquisition->stop();
  }
  std::vector<std::uint64_t> archived_pulses() {
    std::vector<std::uint64_t> out;
    while (auto line = acquisition->archive_queue().pop()) out.push_back(line->header.pulse);
    return out;
  }
  static std::vector<std::uint64_t> count_to(std::uint64_t n) {
    std::vector<std::uint64_t> out(n);
    for (std::uint64_t i = 0; i < n; ++i) out[i] = i;
    return out;
  }

  core::SystemClock clock;
  FakeDetector detector;
  std::unique_ptr<Acquisition> acquisition;
};

TEST_F(AcquisitionTest, ACleanScanAgainAndAgain) {
  for (int i = 0; i < 5; ++i) {
    const auto summary = run(request(CaptureKind::kScan));
    ASSERT_TRUE(summary.ok()) << summary.error().message;
    EXPECT_EQ(summary->problems, std::vector<std::string>{});
    EXPECT_EQ(summary->arm_id, 41U + static_cast<unsigned>(i));
    EXPECT_EQ(summary->assembly.lines_complete, 200U);
    EXPECT_EQ(summary->packets.in, 800U);
    EXPECT_EQ(summary->archive_dropped, 0U);
    EXPECT_EQ(archived_pulses(), count_to(200));
    EXPECT_EQ(acquisition->view().state, AcquisitionState::kIdle);
  }
  // Nobody took the live lines: they were dropped, the archive's were not.
  EXPECT_EQ(acquisition->view().live_dropped, 200U - 64U);
}

TEST_F(AcquisitionTest, LostDatagramsComeAgain) {
  detector.loses = [](std::uint64_t pulse, std::uint16_t m) {
    return (pulse * 7 + m * 3) % 20 == 0;
  };
  const auto summary = run(request(CaptureKind::kScan));
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary->problems, std::vector<std::string>{});
  EXPECT_EQ(summary->assembly.lines_complete, 200U);
  EXPECT_EQ(summary->assembly.gaps_filled, summary->assembly.gaps_seen);
  EXPECT_GT(summary->assembly.gaps_filled, 20U);
  EXPECT_EQ(archived_pulses(), count_to(200));
}

TEST_F(AcquisitionTest, TheLastDatagramsComeAgainToo) {
  detector.loses = [](std::uint64_t pulse, std::uint16_t m) {
    return pulse >= 198 || (pulse >= 190 && m == 2);
  };
  const auto summary = run(request(CaptureKind::kScan));
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary->problems, std::vector<std::string>{});
  EXPECT_EQ(summary->assembly.lines_complete, 200U);
  EXPECT_EQ(archived_pulses(), count_to(200));
}

TEST_F(AcquisitionTest, WhatStaysMissingIsToldAndKeepsItsPlace) {
  detector.resends_work = false;
  detector.loses = [](std::uint64_t pulse, std::uint16_t m) {
    return pulse == 50 || pulse == 199 || m == 3;
  };
  const auto summary = run(request(CaptureKind::kScan));
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(summary->assembly.lines_missing, 2U);
  ASSERT_EQ(summary->problems.size(), 2U);
  EXPECT_EQ(summary->problems[0], "2 of 200 lines missing");
  EXPECT_EQ(summary->problems[1], "module 3 sent nothing");
  EXPECT_EQ(archived_pulses(), count_to(200));
}

TEST_F(AcquisitionTest, ADetectorThatIsGoneAtTheEndLosesNothingThatCame) {
  detector.fails_stop = true;
  const auto summary = run(request(CaptureKind::kScan));
  ASSERT_TRUE(summary.ok());
  ASSERT_EQ(summary->problems.size(), 1U);
  EXPECT_NE(summary->problems[0].find("not connected"), std::string::npos);
  EXPECT_EQ(archived_pulses(), count_to(200));
}

TEST_F(AcquisitionTest, ItEndsAtLinesMax) {
  const auto summary = run(request(CaptureKind::kScan, 120));
  ASSERT_TRUE(summary.ok());
  EXPECT_TRUE(summary->full);
  EXPECT_EQ(archived_pulses(), count_to(120));
}

TEST_F(AcquisitionTest, WrongOrderAndWrongGeometryAreRefused) {
  EXPECT_EQ(acquisition->start().error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(acquisition->stop().error().code, core::ErrorCode::kRefused);
  detector.modules_said = 5;
  const auto geometry = acquisition->arm(request(CaptureKind::kScan));
  ASSERT_FALSE(geometry.ok());
  EXPECT_NE(geometry.error().message.find("5 modules, the geometry 4"), std::string::npos);
  detector.modules_said = kModuleCount;
  detector.connected = false;
  EXPECT_EQ(acquisition->arm(request(CaptureKind::kScan)).error().code,
            core::ErrorCode::kUnavailable);
  detector.connected = true;
  EXPECT_NE(acquisition->arm(request(CaptureKind::kScan, 0)).error().message.find("lines_max"),
            std::string::npos);
  ASSERT_TRUE(run(request(CaptureKind::kScan)).ok());
  const auto undrained = acquisition->arm(request(CaptureKind::kScan));
  ASSERT_FALSE(undrained.ok());
  EXPECT_NE(undrained.error().message.find("200 lines"), std::string::npos);
  archived_pulses();
  detector.fails_start = true;
  ASSERT_TRUE(acquisition->arm(request(CaptureKind::kScan)).ok());
  EXPECT_NE(acquisition->start().error().message.find("arm first"), std::string::npos);
  EXPECT_TRUE(acquisition->stop().ok());
}

TEST_F(AcquisitionTest, SchedulingIsSaidPlainly) {
  AcquisitionConfig config;
  config.realtime_priority = 40;
  auto other = Acquisition::create(config, detector, clock);
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE((*other)->arm(request(CaptureKind::kScan)).ok());
  EXPECT_EQ((*other)->view().scheduling.substr(0, 13), "SCHED_FIFO 40");
  EXPECT_TRUE((*other)->stop().ok());
}

TEST_F(AcquisitionTest, DarkAndAirAreReduced) {
  detector.beam = false;
  const auto dark = run(request(CaptureKind::kDark, 200));
  ASSERT_TRUE(dark.ok());
  ASSERT_TRUE(dark->calibration);
  EXPECT_TRUE(dark->calibration->fit) << ::testing::PrintToString(dark->calibration->problems);
  EXPECT_EQ(dark->calibration->dark.lines, 200U);
  // Samples alternate between base and base + 2 every second pulse: mean base + 1, variance
  // 200 / 199.
  EXPECT_FLOAT_EQ(dark->calibration->dark.mean_counts.at(0), 2001.0F);
  EXPECT_FLOAT_EQ(dark->calibration->dark.mean_counts.at(kModulePixels + 5), 2016.0F);
  EXPECT_NEAR(dark->calibration->dark.variance_counts2.at(3), 200.0 / 199.0, 1e-6);
  EXPECT_EQ(dark->calibration->dark.dose_mean_counts, 0);

  detector.beam = true;
  CaptureRequest air_request = request(CaptureKind::kAir, 200);
  air_request.dark = dark->calibration->dark;
  const auto air = run(air_request);
  ASSERT_TRUE(air.ok());
  EXPECT_TRUE(air->calibration->fit) << ::testing::PrintToString(air->calibration->problems);
  EXPECT_EQ(air->calibration->air_high.lines, 100U);
  EXPECT_EQ(air->calibration->air_low.lines, 100U);
  // The dose steps through 10,000 to 11,000 evenly; signal per dose is 30 whatever the dose.
  EXPECT_NEAR(air->calibration->air_high.dose_mean_counts, 10'500, 1e-9);
  const double net = static_cast<double>(air->calibration->air_high.mean_counts[7]) - 2008.0;
  EXPECT_NEAR(net / air->calibration->air_high.dose_mean_counts, 30.0, 1e-3);
  EXPECT_TRUE(archived_pulses().empty());
}

TEST_F(AcquisitionTest, TheServiceNeverWaitsAndEndsCalibrationsByItself) {
  CaptureService service(*acquisition, detector, small_geometry(), clock);
  const auto phase = [&] { return service.view().phase; };
  detector.pulses_at_start = 400;
  detector.beam = false;
  service.arm(CaptureKind::kDark, 150);
  EXPECT_NE(phase(), CapturePhase::kIdle);
  service.start();
  ASSERT_TRUE(test::eventually([&] { return phase() == CapturePhase::kDone; }))
      << service.view().problem;
  EXPECT_FALSE(service.view().calibrated);
  EXPECT_FALSE(service.calibration());
  detector.beam = true;
  service.arm(CaptureKind::kAir, 150);
  service.start();
  ASSERT_TRUE(test::eventually([&] { return phase() == CapturePhase::kDone; }))
      << service.view().problem;
  ASSERT_TRUE(service.calibration());
  EXPECT_EQ(service.calibration()->air_low.lines, 75U);

  detector.sent_all = false;
  service.arm(CaptureKind::kScan, 10'000);
  service.start();
  ASSERT_TRUE(test::eventually([&] { return detector.sent_all.load(); }));
  service.stop();
  // Done is said only when every line has been taken.
  std::vector<std::uint64_t> taken;
  ASSERT_TRUE(test::eventually([&] {
    const bool done = phase() == CapturePhase::kDone;
    for (const std::uint64_t pulse : archived_pulses()) {
      EXPECT_FALSE(done);
      taken.push_back(pulse);
    }
    return done;
  }));
  EXPECT_EQ(taken, count_to(400));

  // Called off before it ran; and an air capture without beam fails with its reason.
  service.arm(CaptureKind::kScan, 10'000);
  service.stop();
  ASSERT_TRUE(test::eventually([&] { return phase() == CapturePhase::kIdle; }));
  detector.beam = false;
  service.arm(CaptureKind::kAir, 150);
  service.start();
  ASSERT_TRUE(test::eventually([&] { return phase() == CapturePhase::kFailed; }));
  EXPECT_NE(service.view().problem.find("no beam"), std::string::npos) << service.view().problem;
  EXPECT_TRUE(service.view().calibrated) << "the former one stays";
}

// ---- CalibrationCapture alone ----

core::Line flat_line(core::Energy energy, std::uint32_t value, std::uint32_t dose) {
  core::Line line;
  line.header.energy = energy;
  line.header.dose_counts = dose;
  line.modules_present.set(0).set(1);
  line.samples.assign(16, value);
  return line;
}

std::string problems_of(const CalibrationCapture& capture) {
  std::string out;
  for (const auto& p : capture.finish({}, nullptr).problems) out += p + "\n";
  return out;
}

TEST(CalibrationCaptureTest, SaysWhyItIsUnfit) {
  const auto air = [](const std::function<void(core::Line&, int)>& change, int pairs = 100) {
    CalibrationCapture capture(CalibrationCapture::Kind::kAir, 2, 8);
    for (int i = 0; i < 2 * pairs; ++i) {
      core::Line line =
          flat_line(i % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow, 100'000, 5000);
      change(line, i);
      capture.add(line);
    }
    return problems_of(capture);
  };
  EXPECT_EQ(air([](core::Line&, int) {}), "");
  EXPECT_NE(air([](core::Line&, int) {}, 99).find("99 usable lines, 100 needed"),
            std::string::npos);
  EXPECT_NE(air([](core::Line& l, int i) {
              if (i % 10 == 0) l.header.flags = core::line_flag::kModuleMissing;
            }).find("missing modules"),
            std::string::npos);
  EXPECT_NE(air([](core::Line& l, int i) {
              if (i == 7) l.header.flags = core::line_flag::kSaturated;
            }).find("1 of 200 lines are saturated"),
            std::string::npos);
  EXPECT_NE(air([](core::Line& l, int) { l.header.energy = core::Energy::kNone; }).find("no beam"),
            std::string::npos);
  EXPECT_NE(air([](core::Line& l, int) { l.header.dose_counts = 0; }).find("no dose reference"),
            std::string::npos);
  EXPECT_NE(
      air([](core::Line& l, int) { std::fill_n(l.samples.begin() + 8, 8, 5000U); }).find("module"),
      std::string::npos);
  EXPECT_NE(air([](core::Line& l, int i) {
              for (auto& s : l.samples) s += static_cast<std::uint32_t>(i) * 60;
            }).find("not steady"),
            std::string::npos);
  // Dose drifts and the signal with it: that is what the dose reference is for.
  EXPECT_EQ(air([](core::Line& l, int i) {
              l.header.dose_counts += static_cast<std::uint32_t>(i) * 5;
              for (auto& s : l.samples) s += static_cast<std::uint32_t>(i) * 100;
            }),
            "");

  CalibrationCapture dark(CalibrationCapture::Kind::kDark, 2, 8);
  for (int i = 0; i < 200; ++i)
    dark.add(flat_line(i == 5 ? core::Energy::kHigh : core::Energy::kNone, 2000, 0));
  EXPECT_NE(problems_of(dark).find("beam in 1 of 200 lines"), std::string::npos);
}

TEST(CalibrationCaptureTest, VarianceIsExactWhereTheMeanIsLarge) {
  constexpr unsigned kSeed = 99;
  std::mt19937 random(kSeed);
  CalibrationCapture capture(CalibrationCapture::Kind::kDark, 2, 8);
  std::vector<double> values;
  for (int i = 0; i < 5000; ++i) {
    const std::uint32_t value = 1'000'000 + random() % 7;
    values.push_back(value);
    capture.add(flat_line(core::Energy::kNone, value, 0));
  }
  double mean = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  double variance = 0;
  for (const double v : values)
    variance += (v - mean) * (v - mean) / static_cast<double>(values.size() - 1);
  const auto out = capture.finish({}, nullptr);
  EXPECT_NEAR(out.dark.variance_counts2[0], variance, variance * 1e-6);
  EXPECT_NEAR(out.dark.mean_counts[0], mean, 0.07);
}

}  // namespace
}  // namespace portcullis::acquisition
