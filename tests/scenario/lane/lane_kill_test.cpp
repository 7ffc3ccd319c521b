// kill -9 of the simulated hardware and of the lane itself, in the middle of a scan.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "core/record_json.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::DeviceHealth;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

archive::CatalogueScan newest_record(const LaneSession& lane) {
  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  EXPECT_TRUE(catalogue.ok()) << catalogue.error().message;
  if (!catalogue.ok()) return {};
  const auto scans = catalogue->find({.limit = 1});
  EXPECT_TRUE(scans.ok() && !scans->empty());
  return scans.ok() && !scans->empty() ? scans->front() : archive::CatalogueScan{};
}

TEST(LaneScenario, TheHardwareIsGoneInMidScanAndTheLaneGoesOnWithNewHardware) {
  LaneSession lane("kill_simulator");
  ASSERT_TRUE(lane.start());
  ASSERT_TRUE(lane.send(lane.make_truck(4)));
  ASSERT_TRUE(lane.scan_begins());
  const std::string scan_id = lane.status().scan_id();
  lane.kill("simulator");
  ASSERT_TRUE(lane.wait_for(
      "beam to be withdrawn", [](const Status& s) { return !s.beam_asked(); }, Seconds(3)));
  ASSERT_TRUE(lane.wait_for("all devices to be named", [](const Status& s) {
    return s.state() == "Faulted" && device(s, "PLC").level() == DeviceHealth::FAULT &&
           device(s, "X-ray source").level() == DeviceHealth::FAULT &&
           device(s, "Detector").level() == DeviceHealth::FAULT &&
           device(s, "Radiation portal").level() == DeviceHealth::FAULT;
  }));
  ASSERT_TRUE(lane.wait_case("the partial record", [&](const api::v1::CaseView& view) {
    return view.scan_id() == scan_id && view.state() == "to_decide";
  }));
  const auto scan = newest_record(lane);
  EXPECT_EQ(scan.id, scan_id);
  EXPECT_EQ(scan.outcome, core::ScanOutcome::kPartial);
  EXPECT_GT(scan.lines, 0U);
  EXPECT_TRUE(archive::verify_seal(scan.file).ok());

  ASSERT_TRUE(lane.start_simulator());
  ASSERT_TRUE(lane.reset());
  // The truck was the old simulator's: the lane finds itself empty.
  ASSERT_TRUE(lane.wait_ready());
  ASSERT_TRUE(lane.send(lane.make_truck(5)));
  ASSERT_TRUE(lane.truck_passes());
  EXPECT_EQ(newest_record(lane).outcome, core::ScanOutcome::kComplete);
}

TEST(LaneScenario, TheLaneIsKilledInMidScanAndItsSuccessorKeepsTheScanAndTheTruck) {
  LaneSession lane("kill_lane");
  ASSERT_TRUE(lane.start());
  const Truck truck = lane.make_truck(6);
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.scan_begins());
  // More than one block of lines, so that there is something to keep.
  ASSERT_TRUE(lane.wait_for("some lines", [](const Status& s) { return s.scan_lines() > 400; }));
  const std::string scan_id = lane.status().scan_id();
  lane.kill("lane");
  const auto running = newest_record(lane);
  EXPECT_EQ(running.id, scan_id);
  EXPECT_EQ(running.outcome, core::ScanOutcome::kRunning);

  const std::size_t restarted = lane.mark();
  ASSERT_TRUE(lane.start_lane());
  const auto scan = newest_record(lane);
  EXPECT_EQ(scan.id, scan_id);
  EXPECT_EQ(scan.outcome, core::ScanOutcome::kPartial);
  EXPECT_FALSE(scan.outcome_reason.empty());
  EXPECT_GE(scan.lines, 256U);
  EXPECT_TRUE(archive::verify_seal(scan.file).ok());
  const auto kept = lane.case_view(scan_id);
  EXPECT_EQ(kept.scan_id(), scan_id);
  // What there is of it is judged and marked partial, and nobody decides on it by mistake: not
  // before the lane has its vehicle again.
  const auto waits_to_be_cleared = [](const Status& s) { return s.state() == "AwaitingClear"; };
  ASSERT_TRUE(lane.wait_for(
      "the partial scan to be judged",
      [&](const Status&) { return !lane.case_view(scan_id).report_json().empty(); }, Seconds(30)));
  const auto judged = lane.case_view(scan_id);
  const auto report = core::report_from_json(nlohmann::json::parse(judged.report_json()));
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_NE(report->verdict.outcome, core::VerdictOutcome::kClear);
  const auto& reasons = report->verdict.reasons;
  EXPECT_TRUE(std::any_of(reasons.begin(), reasons.end(), [](const auto& reason) {
    return reason.find("Not all of the vehicle was scanned") != std::string::npos;
  })) << judged.report_json();
  if (judged.decision_blocked_because().empty()) {
    EXPECT_TRUE(lane.any_since(restarted, waits_to_be_cleared) ||
                lane.wait_for("the vehicle to wait", waits_to_be_cleared));
  }
  ASSERT_GT(judged.scan_damage_size(), 0);
  EXPECT_EQ(judged.scan_damage(0).rfind("partial scan", 0), 0U) << judged.scan_damage(0);

  // Where the lane's heartbeat stood still for too long, the safety PLC holds that against it.
  ASSERT_TRUE(lane.wait_for("the lane to be on its way",
                            [](const Status& s) { return s.state() != "Off"; }));
  ASSERT_TRUE(lane.wait_for(
      "Start or Reset to be allowed",
      [](const Status& s) { return allows(s, "RESET") || allows(s, "START"); }, Seconds(40)));
  if (allows(lane.status(), "RESET")) {
    ASSERT_TRUE(lane.reset());
  }
  ASSERT_TRUE(lane.wait_for(
      "Start to be allowed for the truck that still stands there",
      [](const Status& s) { return allows(s, "START"); }, Seconds(40)));
  EXPECT_FALSE(lane.any_since(restarted, [](const Status& s) { return s.beam_asked(); }))
      << "beam is never asked for by a restart";
  ASSERT_TRUE(lane.scan_begins());

  // Killed once more, when the scan is whole and its report, for want of a worker, not made yet.
  const pid_t worker = lane.worker_pid();
  ASSERT_GT(worker, 0);
  ASSERT_EQ(::kill(worker, SIGSTOP), 0);
  ASSERT_TRUE(lane.wait_state("Reviewing", Seconds(30)));
  const auto again = newest_record(lane);
  EXPECT_NE(again.id, scan_id);
  lane.kill("lane");
  ASSERT_TRUE(lane.start_lane());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const auto view = lane.case_view();
  EXPECT_EQ(view.scan_id(), again.id);
  ASSERT_EQ(view.container_numbers_size(), 1);
  EXPECT_EQ(view.container_numbers(0), truck.container);
  EXPECT_EQ(view.declarations_size(), 1);
  // Nobody watched the truck meanwhile: its radiation is an officer's to judge.
  const auto refused = lane.decide(view.case_id(), "release", "as_declared");
  EXPECT_FALSE(refused.ok());
  EXPECT_NE(refused.reason().find("radiation"), std::string::npos) << refused.reason();
  const auto decided = lane.decide(view.case_id(), "release", "radiation_judged");
  ASSERT_TRUE(decided.ok()) << decided.reason();
  ASSERT_TRUE(lane.wait_state("Idle"));
  EXPECT_EQ(newest_record(lane).outcome, core::ScanOutcome::kComplete);
  EXPECT_EQ(lane.ask_simulator({{"cmd", "status"}}).value("trucks_left", 0), 1);
}

}  // namespace
}  // namespace portcullis::scenario
