#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "lane/driver.h"

/// The lane's driver over fake devices that log each call.
namespace portcullis::lane::test {

using std::chrono::milliseconds;

/// One log of all calls of all ports, in order.
struct CallLog {
  std::vector<std::string> calls;
  void add(std::string call) { calls.push_back(std::move(call)); }
  [[nodiscard]] std::size_t index(const std::string& call, std::size_t from = 0) const {
    for (std::size_t i = from; i < calls.size(); ++i)
      if (calls[i] == call) return i;
    return calls.size();
  }
  [[nodiscard]] bool has(const std::string& call) const { return index(call) < calls.size(); }
};

struct FakePlc final : plc::PlcLink {
  explicit FakePlc(CallLog& l) : log(l) {}
  [[nodiscard]] plc::PlcImage image() const override { return now_image; }
  void set_outputs(const plc::PlcOutputs& o) override {
    if (outputs.request_beam_permit != o.request_beam_permit)
      log.add(o.request_beam_permit ? "plc beam on" : "plc beam off");
    if (outputs.request_motion != o.request_motion)
      log.add(o.request_motion ? "plc motion on" : "plc motion off");
    outputs = o;
  }
  void set(plc::Tag tag, std::int64_t raw) { now_image.at(tag).raw = raw; }
  CallLog& log;
  plc::PlcImage now_image;
  plc::PlcOutputs outputs;
};
struct FakeSource final : SourcePort {
  explicit FakeSource(CallLog& l) : log(l) {}
  [[nodiscard]] SourceView view() const override { return now_view; }
  void request_beam(bool on) override {
    if (on != beam) log.add(on ? "source beam on" : "source beam off");
    beam = on;
  }
  void request_warm(bool on) override { log.add(on ? "source warm on" : "source warm off"); }
  void reset() override { log.add("source reset"); }
  void alive() override { ++lives; }
  CallLog& log;
  SourceView now_view;
  bool beam = false;
  int lives = 0;
};
struct FakeAcquisition final : AcquisitionPort {
  explicit FakeAcquisition(CallLog& l) : log(l) {}
  [[nodiscard]] AcquisitionView view() const override { return now_view; }
  void arm(CaptureKind kind, std::uint32_t) override {
    log.add("arm");
    now_view.kind = kind;
    now_view.phase = CapturePhase::kArmed;
  }
  void start() override {
    log.add("start");
    now_view.phase = CapturePhase::kRunning;
  }
  void stop() override {
    log.add("stop");
    now_view.phase =
        now_view.phase == CapturePhase::kRunning ? CapturePhase::kDone : CapturePhase::kIdle;
  }
  CallLog& log;
  AcquisitionView now_view;
};
struct FakeRecord final : RecordPort {
  explicit FakeRecord(CallLog& l) : log(l) {}
  [[nodiscard]] RecordView view() const override { return now_view; }
  void open(const ScanBegin& b) override {
    log.add("open " + b.scan_id);
    begin = b;
    now_view.phase = RecordPhase::kOpen;
  }
  void close(core::ScanOutcome outcome, const std::string&, core::UtcTime) override {
    log.add("close " + std::string(core::scan_outcome_name(outcome)));
    now_view.phase = fails ? RecordPhase::kFailed : RecordPhase::kClosed;
  }
  CallLog& log;
  bool fails = false;  ///< Its close() cannot be written.
  RecordView now_view;
  ScanBegin begin;
};
struct FakeRadiation final : RadiationPort {
  [[nodiscard]] RadiationView view() const override { return now_view; }
  RadiationView now_view;
};
struct FakeListener final : LaneListener {
  explicit FakeListener(CallLog& l) : log(l) {}
  void on_vehicle_arrived(const VehicleRecord& v) override {
    log.add("arrived " + std::to_string(v.vehicle));
  }
  void on_vehicle_identity(const VehicleRecord& v) override {
    log.add("identity " + v.identity.plate);
  }
  void on_scan_started(const ScanBegin& b) override { log.add("started " + b.scan_id); }
  void on_scan_ended(const std::string& id, core::ScanOutcome, const std::string& reason) override {
    log.add("ended " + id + " " + reason);
  }
  void on_review_wanted(const std::string& id, const VehicleRecord&) override {
    log.add("review " + id);
  }
  void on_decided(const std::string& id, core::DecisionKind kind) override {
    log.add("decided " + id + " " + std::string(core::decision_kind_name(kind)));
  }
  void on_vehicle_left(std::uint64_t vehicle) override {
    log.add("left " + std::to_string(vehicle));
  }
  void on_calibration(bool good, const std::string&) override {
    log.add(good ? "calibrated" : "not calibrated");
  }
  void on_event(core::UtcTime, const std::string& kind, const std::string& text) override {
    log.add(kind + ": " + text);
  }
  CallLog& log;
};

class DriverTest : public testing::Test {
 protected:
  void SetUp() override {
    // A healthy closed lane with a truck in the tunnel.
    for (plc::TagReading& r : plc.now_image.tags) r.validity = plc::Validity::kGood;
    for (std::size_t i = 0; i < plc::kTagCount; ++i)
      if (plc::tag_table()[i].area == plc::Area::kDiscreteInput) plc.now_image.tags[i].raw = 1;
    using plc::Tag;
    for (const Tag tag :
         {Tag::kKeyOff, Tag::kKeyService, Tag::kVehicleAtEntry, Tag::kVehicleAtExit,
          Tag::kSecondVehicleUpstream, Tag::kGantryLimitEnd, Tag::kSourceHvContactor,
          Tag::kBeamSensed, Tag::kDoseMonitorAlarm, Tag::kBypassActive, Tag::kUpsOnBattery,
          Tag::kBarrierEntryOpen, Tag::kBarrierExitOpen, Tag::kBeamPermitGranted,
          Tag::kMotionPermitGranted})
      plc.set(tag, 0);
    plc.set(Tag::kPlcMode, 1);
    source.now_view = {true, {}, SourceState::kReady, HardwareKind::kSimulated, ""};
    acquisition.now_view.connected = acquisition.now_view.calibrated = true;
    acquisition.now_view.hardware = HardwareKind::kSimulated;
    record.now_view.storage_ready = true;
    radiation.now_view.connected = radiation.now_view.healthy = true;
    radiation.now_view.hardware = HardwareKind::kSimulated;
  }

  void make(std::filesystem::path state_file = {}) {
    DriverConfig config;
    config.state_file = std::move(state_file);
    config.new_scan_id = [this] { return "scan-" + std::to_string(++scans); };
    config.cycle.identity_max = milliseconds(0);
    config.cycle.review_in_bays = bays > 0;
    config.cycle.bay_count = bays;
    auto made =
        LaneDriver::create(config, {plc, source, acquisition, record, radiation, listener, clock});
    ASSERT_TRUE(made.ok()) << made.error().message;
    driver = std::move(*made);
  }

  /// The PLC and the source follow what was asked, as simply as can be.
  void tick(int count = 1) {
    for (int i = 0; i < count; ++i) {
      clock.advance(milliseconds(10));
      const core::TimePoint now = clock.now();
      using plc::Tag;
      const auto& o = plc.outputs;
      plc.set(Tag::kWarningLampCurrent, o.warning_on);
      plc.set(Tag::kMotionPermitGranted, o.request_motion);
      plc.set(Tag::kSpeedMmS, o.request_motion
                                  ? (o.direction == 2 ? -o.target_speed_mm_s : o.target_speed_mm_s)
                                  : 0);
      position += plc.now_image.at(Tag::kSpeedMmS).raw * 10;
      plc.set(Tag::kGantryPositionMm, position / 1000);
      plc.set(Tag::kBeamPermitGranted, o.request_beam_permit);
      plc.set(Tag::kSourceHvContactor, o.request_beam_permit);
      plc.set(Tag::kTriggerInhibit, !o.request_beam_permit);
      plc.set(Tag::kBeamSensed, source.beam && o.request_beam_permit);
      source.now_view.state = source.beam ? SourceState::kOn : SourceState::kReady;
      if (plc_answers)
        for (plc::TagReading& r : plc.now_image.tags) r.read_at = now;
      plc.now_image.heartbeat_seen = plc.now_image.commands_seen = true;
      if (plc_answers) plc.now_image.heartbeat_changed = plc.now_image.commands_confirmed = now;
      source.now_view.seen = acquisition.now_view.seen = radiation.now_view.seen = now;
      if (tick_driver)
        tick_driver(now);
      else
        driver->tick(now);
    }
  }
  /// command() and decide() wait for a tick, so they come from another thread, as in the product.
  core::Status from_another_thread(const std::function<core::Status()>& call) {
    core::Status status;
    std::atomic<bool> done{false};
    std::thread caller([&] {
      status = call();
      done = true;
    });
    while (!done) {
      tick();
      std::this_thread::yield();
    }
    caller.join();
    return status;
  }
  bool run_to(CycleState state, int ticks) {
    for (int i = 0; i < ticks && driver->snapshot()->cycle != state; ++i) tick();
    return driver->snapshot()->cycle == state;
  }
  core::Status start() {
    return from_another_thread([&] { return driver->command(Command::kStart, "ann"); });
  }
  void bring_to_beam() {
    ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500)) << driver->snapshot()->next_text;
    tick(10);
    const core::Status status = start();
    ASSERT_TRUE(status.ok()) << status.error().message;
    ASSERT_TRUE(run_to(CycleState::kScanning, 1000)) << driver->snapshot()->next_text;
    tick(20);
    ASSERT_TRUE(source.beam);
  }

  core::ManualClock clock;
  CallLog log;
  FakePlc plc{log};
  FakeSource source{log};
  FakeAcquisition acquisition{log};
  FakeRecord record{log};
  FakeRadiation radiation;
  FakeListener listener{log};
  std::unique_ptr<LaneDriver> driver;
  std::function<void(core::TimePoint)> tick_driver;  ///< Instead of driver->tick(); may be empty.
  bool plc_answers = true;
  std::uint8_t bays = 0;
  std::int64_t position = 0;  // micrometres
  int scans = 0;
};

}  // namespace portcullis::lane::test
