// Devices that fail, in front of a scan and in the middle of it, over their real wires.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::CommandRequest;
using api::v1::DeviceHealth;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

/// What a fault is, how it must show, and what Start is answered meanwhile.
struct FaultRow {
  std::string kind;
  double value = 0;
  std::string device;    ///< Named in the status; empty: none.
  std::string says;      ///< Part of what the status says of first-out, doors or next step.
  bool latched = false;  ///< Stops the lane until a Reset.
  std::string refusal;   ///< Part of why Start is refused; empty: it is not.
};

bool shows(const FaultRow& row, const Status& s) {
  const std::string said = s.first_out() + " | " + s.doors_text() + " | " + s.next_text();
  if (said.find(row.says) == std::string::npos) return false;
  if (!row.device.empty()) {
    const auto found = device(s, row.device);
    if (found.level() == DeviceHealth::OK || found.text().empty()) return false;
  }
  return row.refusal.empty() || !allows(s, "START");
}

bool halted(const Status& s) {
  return s.state() == "Stopped" || s.state() == "Faulted";
}

TEST(LaneScenario, AFaultBeforeTheScanIsNamedRefusesStartAndPasses) {
  LaneSession lane("faults_before");
  ASSERT_TRUE(lane.start());
  ASSERT_TRUE(lane.send(lane.make_truck(2)));
  const std::vector<FaultRow> rows = {
      {"detector-silent", 0, "Detector", "", false, "detector"},
      {"source-silent", 0, "X-ray source", "", false, "X-ray source"},
      {"source-cold", 0, "X-ray source", "X-ray source", false, "X-ray source"},
      {"portal-silent", 0, "Radiation portal", "", false, ""},
      {"door-open", 0, "", "Door 2", false, "door"},
      {"estop", 0, "PLC", "emergency stop", true, "wait"},
      {"source-fault", 0, "X-ray source", "X-ray source reported a fault", true, "wait"},
      {"plc-silent", 0, "PLC", "PLC's data became stale", true, "wait"},
      {"plc-exception", 6, "PLC", "PLC's data became stale", true, "wait"},
      {"plc-slow", 400, "PLC", "PLC's data became stale", true, "wait"},
      {"heartbeat-frozen", 0, "PLC", "heartbeat", true, "wait"},
  };
  const std::size_t begin = lane.mark();
  for (const FaultRow& row : rows) {
    SCOPED_TRACE(row.kind);
    ASSERT_TRUE(lane.wait_for(
        "Start to be allowed", [](const Status& s) { return allows(s, "START"); }, Seconds(30)));
    ASSERT_TRUE(lane.fault(row.kind, row.value));
    ASSERT_TRUE(
        lane.wait_for("the fault to be shown", [&](const Status& s) { return shows(row, s); }));
    if (!row.refusal.empty()) {
      const auto reply = lane.command(CommandRequest::START);
      EXPECT_FALSE(reply.accepted());
      EXPECT_NE(reply.reason().find(row.refusal), std::string::npos) << reply.reason();
    }
    const bool latched = halted(lane.status());
    EXPECT_EQ(latched, row.latched) << in_words(lane.status());
    if (row.kind == "source-fault") {
      // A reset while the cause is there changes nothing.
      EXPECT_TRUE(lane.command(CommandRequest::RESET).accepted());
      ASSERT_TRUE(lane.wait_for("the reset to be over",
                                [](const Status& s) { return allows(s, "RESET"); }));
      EXPECT_EQ(lane.status().state(), "Faulted");
    }
    ASSERT_TRUE(lane.clear_fault(row.kind));
    if (latched) {
      ASSERT_TRUE(lane.reset());
    }
  }
  EXPECT_FALSE(lane.any_since(begin, [](const Status& s) { return s.beam_asked(); }));

  // A lamp that draws no current shows only when it is to burn: the warning ends, without beam.
  ASSERT_TRUE(lane.fault("lamp-failed"));
  ASSERT_TRUE(lane.wait_for(
      "Start to be allowed", [](const Status& s) { return allows(s, "START"); }, Seconds(30)));
  ASSERT_TRUE(lane.command(CommandRequest::START).accepted());
  ASSERT_TRUE(lane.wait_for("the lamp to be named", [](const Status& s) {
    return s.state() == "Faulted" && s.first_out().find("lamp") != std::string::npos;
  }));
  EXPECT_FALSE(lane.any_since(begin, [](const Status& s) { return s.beam_asked(); }));
  ASSERT_TRUE(lane.clear_fault("lamp-failed"));
  ASSERT_TRUE(lane.reset());

  ASSERT_TRUE(lane.truck_passes());
  const auto cases = lane.cases();
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases.front().scan_outcome(), "complete");
}

TEST(LaneScenario, AFaultInMidScanEndsBeamAndIsRecordedAndTheTruckIsScannedAgain) {
  LaneSession lane("faults_during");
  ASSERT_TRUE(lane.start());
  ASSERT_TRUE(lane.send(lane.make_truck(3)));
  const std::vector<FaultRow> rows = {
      {"estop", 0, "PLC", "emergency stop", true, ""},
      {"door-open", 0, "", "Door 2", false, ""},
      {"source-fault", 0, "X-ray source", "X-ray source", true, ""},
      {"source-silent", 0, "X-ray source", "X-ray source", false, ""},
      {"source-cold", 0, "X-ray source", "X-ray source", false, ""},
      {"detector-silent", 0, "Detector", "detector", false, ""},
      {"plc-silent", 0, "PLC", "PLC's data became stale", true, ""},
  };
  for (const FaultRow& row : rows) {
    SCOPED_TRACE(row.kind);
    ASSERT_TRUE(lane.scan_begins());
    const std::string scan_id = lane.status().scan_id();
    ASSERT_TRUE(lane.fault(row.kind, row.value));
    ASSERT_TRUE(lane.wait_for(
        "beam to be withdrawn", [](const Status& s) { return !s.beam_asked(); }, Seconds(3)));
    const std::size_t withdrawn = lane.mark();
    ASSERT_TRUE(
        lane.wait_for("the fault to be shown", [&](const Status& s) { return shows(row, s); }));
    const bool latched = halted(lane.status());
    EXPECT_EQ(latched, row.latched) << in_words(lane.status());
    const auto reply = lane.command(CommandRequest::START);
    EXPECT_FALSE(reply.accepted());
    EXPECT_FALSE(reply.reason().empty());
    ASSERT_TRUE(lane.wait_case("the partial record", [&](const api::v1::CaseView& view) {
      return view.scan_id() == scan_id && view.state() == "to_decide";
    }));
    const auto cases = lane.cases();
    ASSERT_FALSE(cases.empty());
    EXPECT_EQ(cases.front().scan_id(), scan_id);
    EXPECT_EQ(cases.front().scan_outcome(), "partial");
    EXPECT_FALSE(lane.any_since(withdrawn, [](const Status& s) { return s.beam_asked(); }));
    ASSERT_TRUE(lane.clear_fault(row.kind));
    if (latched) {
      ASSERT_TRUE(lane.reset());
    }
  }
  ASSERT_TRUE(lane.truck_passes());

  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok());
  const auto scans = catalogue->find({});
  ASSERT_TRUE(scans.ok());
  ASSERT_EQ(scans->size(), rows.size() + 1);
  EXPECT_EQ(scans->front().outcome, core::ScanOutcome::kComplete);
  for (const auto& scan : *scans) {
    EXPECT_TRUE(archive::verify_seal(scan.file).ok());
    if (scan.outcome == core::ScanOutcome::kComplete) continue;
    EXPECT_EQ(scan.outcome, core::ScanOutcome::kPartial) << scan.outcome_reason;
    EXPECT_FALSE(scan.outcome_reason.empty());
    EXPECT_GT(scan.lines, 0U);
  }
}

}  // namespace
}  // namespace portcullis::scenario
