// A truck through the whole lane, what is refused on its way, and a truck whose packets, worker and
// gateway suffer.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <nlohmann/json.hpp>

#include "archive/audit/audit_entry.h"
#include "archive/audit/tile_log.h"
#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "tests/scenario/lane/lane_session.h"
#include "tests/support/environment.h"

namespace portcullis::scenario {
namespace {

using api::v1::CaseView;
using api::v1::CommandRequest;
using api::v1::DeviceHealth;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

/// The record of the scan as the archive keeps it; checks file and seal.
archive::CatalogueCase kept_record(const LaneSession& lane, const std::string& scan_id) {
  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  EXPECT_TRUE(catalogue.ok()) << catalogue.error().message;
  if (!catalogue.ok()) return {};
  auto record = catalogue->show(scan_id);
  EXPECT_TRUE(record.ok()) << record.error().message;
  if (!record.ok()) return {};
  const auto seal = archive::verify_seal(record->scan.file);
  EXPECT_TRUE(seal.ok()) << seal.error().message;
  const auto check = catalogue->check(true);
  EXPECT_TRUE(check.ok());
  if (check.ok()) {
    for (const auto& problem : check->problems) ADD_FAILURE() << problem;
  }
  return std::move(record).value();
}

/// What the lane's audit log holds, after `portcullis audit verify` has taken it.
std::vector<archive::AuditEntry> audited(const LaneSession& lane) {
  const auto folder = lane.records() / "audit";
  core::ChildProcess::Options options;
  options.program =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / "portcullis";
  options.arguments = {"audit", "verify", folder.string()};
  auto process = core::ChildProcess::start(options);
  EXPECT_TRUE(process.ok());
  if (!process.ok()) return {};
  const auto exit = process->wait(std::chrono::seconds(30));
  EXPECT_TRUE(exit && exit->clean());
  const auto files = archive::DiskLogFiles::open(folder, archive::DiskLogFiles::Access::kRead);
  const auto key = archive::VerifierKey::load(folder / archive::kKeyFile);
  EXPECT_TRUE(files.ok() && key.ok());
  if (!files.ok() || !key.ok()) return {};
  std::vector<archive::AuditEntry> entries;
  const auto verified =
      archive::verify_log(*files, *key, [&](std::uint64_t, std::string_view text) -> core::Status {
        PC_TRY(auto entry, archive::parse_audit_entry(text));
        entries.push_back(std::move(entry));
        return {};
      });
  EXPECT_TRUE(verified.ok()) << verified.error().message;
  return entries;
}

std::string outcome_of(const nlohmann::json& report, const std::string& check_name) {
  for (const auto& check : report.at("checks")) {
    if (check.at("name") == check_name) return check.at("outcome");
  }
  return "no such check";
}

TEST(LaneScenario, ATruckIsScannedDecidedOnAnsweredAndGone) {
  // Long enough for the whole truck, so that what the image shows is a truck.
  LaneSession lane("truck", {.travel_from_mm = -2700, .travel_to_mm = 6200});
  ASSERT_TRUE(lane.start());
  EXPECT_TRUE(lane.status().simulated());

  // Without a vehicle there is nothing to start, to reset or to decide on.
  auto refused = lane.command(CommandRequest::START);
  EXPECT_FALSE(refused.accepted());
  EXPECT_NE(refused.reason().find("vehicle"), std::string::npos) << refused.reason();
  refused = lane.command(CommandRequest::RESET);
  EXPECT_FALSE(refused.accepted());
  EXPECT_NE(refused.reason().find("nothing to reset"), std::string::npos) << refused.reason();

  const Truck truck = lane.make_truck(0, "hidden");
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.scan_begins());
  refused = lane.command(CommandRequest::START);
  EXPECT_FALSE(refused.accepted());
  EXPECT_FALSE(refused.reason().empty());
  const auto early = lane.decide(lane.case_view().case_id(), "release", "as_declared");
  EXPECT_FALSE(early.ok());
  EXPECT_FALSE(early.reason().empty());

  ASSERT_TRUE(lane.wait_state("Reviewing", Seconds(40)));
  EXPECT_FALSE(lane.status().beam_asked());
  ASSERT_TRUE(lane.wait_case("a report to decide on", [](const CaseView& view) {
    return view.state() == "to_decide" && view.decision_blocked_because().empty();
  }));
  const CaseView view = lane.case_view();
  EXPECT_TRUE(view.simulated());
  ASSERT_EQ(view.container_numbers_size(), 1);
  EXPECT_EQ(view.container_numbers(0), truck.container);
  ASSERT_EQ(view.declarations_size(), 1) << "the declaration of its container is bound";
  EXPECT_EQ(view.declarations(0).matched_by(), "container");
  const auto report = nlohmann::json::parse(view.report_json());
  EXPECT_EQ(report.at("scan").at("lines_lost"), 0);
  ASSERT_GT(view.answers_size(), 0) << "something is hidden in this truck: " << view.report_json();
  EXPECT_GT(view.radiation_profile().size(), 0U);
  // Speed by time is the length of the vehicle, and the level is seven standard deviations.
  const auto& passage = view.radiation_passage();
  EXPECT_NEAR(passage.speed_km_h() / 3.6 * passage.passage_s(), 12, 1.2);
  EXPECT_NEAR(passage.background_cps(), 1000, 6 * std::sqrt(1000.0));
  EXPECT_NEAR(passage.alarm_cps(),
              passage.background_cps() + 7 * std::sqrt(passage.background_cps()), 0.01);
  EXPECT_EQ(outcome_of(report, "radiation"), "agrees") << view.report_json();
  EXPECT_EQ(outcome_of(report, "declaration"), "agrees") << view.report_json();

  // A decision needs every finding answered and a reason.
  auto reply = lane.decide(view.case_id(), "physical_inspection", "finding_confirmed");
  EXPECT_FALSE(reply.ok());
  EXPECT_NE(reply.reason().find("not answered"), std::string::npos) << reply.reason();
  reply = lane.answer(view.case_id(), 999, "agree");
  EXPECT_FALSE(reply.ok());
  for (int i = 0; i < view.answers_size(); ++i)
    EXPECT_TRUE(lane.answer(view.case_id(), static_cast<std::uint32_t>(i), "agree").ok());
  reply = lane.decide(view.case_id(), "release", "");
  EXPECT_FALSE(reply.ok());
  EXPECT_NE(reply.reason().find("reason"), std::string::npos) << reply.reason();
  EXPECT_EQ(lane.status().state(), "Reviewing");

  ASSERT_TRUE(lane.decide(view.case_id(), "release", "as_declared").ok());
  reply = lane.decide(view.case_id(), "hold", "second_thoughts");
  EXPECT_FALSE(reply.ok()) << "a case is decided once";
  ASSERT_TRUE(lane.wait_state("Idle"));
  EXPECT_EQ(lane.ask_simulator({{"cmd", "status"}}).value("trucks_left", 0), 1);
  ASSERT_TRUE(lane.wait_case("the answer to customs", [](const CaseView& now) {
    return now.decision_note().find("answer written") != std::string::npos;
  }));
  const auto answers = lane.answers();
  ASSERT_EQ(answers.size(), 1U);
  const auto answer = core::read_file(answers.front(), 1 << 20);
  ASSERT_TRUE(answer.ok());
  EXPECT_NE(answer->find(truck.container), std::string::npos) << *answer;

  const auto record = kept_record(lane, view.scan_id());
  EXPECT_EQ(record.scan.outcome, core::ScanOutcome::kComplete);
  EXPECT_EQ(record.scan.lines_lost, 0U);
  // 8.9 m less both ramps at 0.8 m/s and 200 lines a second.
  EXPECT_GT(record.scan.lines, 1900U);
  EXPECT_LT(record.scan.lines, 2300U);
  ASSERT_EQ(record.decisions.size(), 1U);
  EXPECT_EQ(record.decisions.front().kind, core::DecisionKind::kRelease);
  EXPECT_EQ(record.decisions.front().officer, "officer");
  ASSERT_EQ(record.declarations.size(), 1U);
  EXPECT_TRUE(record.report.has_value());

  // The audit log tells the same story, without the officer's name.
  lane.stop_lane();
  const auto entries = audited(lane);
  std::vector<std::string> types;
  for (const auto& entry : entries) types.push_back(entry.type);
  const auto entry_of = [&](const char* type) {
    EXPECT_EQ(std::count(types.begin(), types.end(), type), 1) << type;
    const auto at = std::find(types.begin(), types.end(), type);
    return at == types.end() ? archive::AuditEntry{}
                             : entries[static_cast<std::size_t>(at - types.begin())];
  };
  ASSERT_FALSE(types.empty());
  EXPECT_EQ(types.front(), "service_started");
  EXPECT_EQ(types.back(), "service_stopped");
  EXPECT_GE(std::count(types.begin(), types.end(), "calibration"), 1);
  EXPECT_EQ(entry_of("arrival").type, "arrival");
  EXPECT_EQ(entry_of("scan_sealed").subject, record.scan.id);
  EXPECT_EQ(entry_of("scan_sealed").text("sha256"), record.scan.sha256);
  EXPECT_EQ(entry_of("decision").text("kind"), "release");
  EXPECT_EQ(entry_of("decision").actor.rfind("person:", 0), 0U);
}

TEST(LaneScenario, ARadiationAlarmIsAFindingAndItsReleaseNeedsAName) {
  LaneSession lane("radiation");
  ASSERT_TRUE(lane.start());
  ASSERT_TRUE(lane.send(lane.make_truck(7), 2000));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView view = lane.case_view();
  const auto report = nlohmann::json::parse(view.report_json());
  EXPECT_EQ(outcome_of(report, "radiation"), "differs") << view.report_json();
  EXPECT_EQ(report.at("verdict").at("outcome"), "inspect");
  const auto& findings = report.at("findings");
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
    return finding.at("kind") == "radiation_alarm";
  })) << view.report_json();
  const auto refused = lane.decide(view.case_id(), "release", "image_agrees");
  EXPECT_FALSE(refused.ok());
  EXPECT_NE(refused.reason().find("radiation alarm"), std::string::npos) << refused.reason();
  const auto decided = lane.decide(view.case_id(), "release", "radiation_judged");
  EXPECT_TRUE(decided.ok()) << decided.reason();
  ASSERT_TRUE(lane.wait_state("Idle"));

  // The record alone says the same.
  const auto record = kept_record(lane, view.scan_id());
  const auto out = lane.records() / "inspect.json";
  auto process = core::ChildProcess::start(
      {std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / "portcullis",
       {"inspect", record.scan.file.string(), "--json"},
       {},
       out,
       -1});
  ASSERT_TRUE(process.ok());
  const auto ended = process->wait(std::chrono::seconds(60));
  ASSERT_TRUE(ended.has_value() && ended->clean());
  const auto said = core::read_file(out, 1 << 20);
  ASSERT_TRUE(said.ok());
  EXPECT_EQ(outcome_of(nlohmann::json::parse(*said), "radiation"), "differs") << *said;
}

TEST(LaneScenario, BadPacketsADeadWorkerAndADeadGatewayCostNothing) {
  LaneSession lane("packets");
  ASSERT_TRUE(lane.start());
  const Truck truck = lane.make_truck(1);
  ASSERT_TRUE(lane.send(truck));
  for (const char* kind : {"packet-loss", "packet-duplicate", "packet-corrupt", "packet-reorder"})
    ASSERT_TRUE(lane.fault(kind, 0.01));
  ASSERT_TRUE(lane.scan_begins());
  // The worker hangs with its job in hand, and is killed there.
  const pid_t worker = lane.worker_pid();
  ASSERT_GT(worker, 0);
  ASSERT_EQ(::kill(worker, SIGSTOP), 0);
  ASSERT_TRUE(lane.wait_state("Reviewing", Seconds(30)));
  EXPECT_EQ(lane.status().lines_lost(), 0U);
  const auto sim = lane.ask_simulator({{"cmd", "status"}});
  EXPECT_GT(sim.at("detector").value("resent", 0), 0) << "packets were lost and asked for again";
  for (const char* kind : {"packet-loss", "packet-duplicate", "packet-corrupt", "packet-reorder"})
    ASSERT_TRUE(lane.clear_fault(kind));
  EXPECT_NE(lane.case_view().state(), "to_decide") << "the worker stands still";
  ASSERT_EQ(::kill(worker, SIGKILL), 0);
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  EXPECT_NE(lane.worker_pid(), worker);
  EXPECT_EQ(device(lane.status(), "Image worker").text(), "ready; restarted 1 times");
  const CaseView view = lane.case_view();
  ASSERT_EQ(view.declarations_size(), 1);
  for (const auto& remark : view.scan_damage())
    EXPECT_EQ(remark.find("findings unavailable"), std::string::npos) << remark;

  // Without its gateway the lane decides all the same; the answer follows, once.
  lane.kill("gateway");
  ASSERT_TRUE(lane.decide(view.case_id(), "release", "as_declared").ok());
  ASSERT_TRUE(lane.wait_state("Idle"));
  ASSERT_TRUE(lane.wait_for("the missing gateway to be named", [](const Status& s) {
    return device(s, "Customs gateway").level() == DeviceHealth::ATTENTION;
  }));
  ASSERT_TRUE(lane.wait_case("the answer to be waiting", [](const CaseView& now) {
    return now.decision_note().find("sent again") != std::string::npos;
  }));
  EXPECT_TRUE(lane.answers().empty());
  ASSERT_TRUE(lane.start_gateway());
  ASSERT_TRUE(lane.wait_case("the answer to customs", [](const CaseView& now) {
    return now.decision_note().find("answer written") != std::string::npos;
  }));
  ASSERT_TRUE(lane.wait_for("the gateway to be well", [](const Status& s) {
    return device(s, "Customs gateway").level() == DeviceHealth::OK;
  }));
  EXPECT_EQ(lane.answers().size(), 1U);

  const auto record = kept_record(lane, view.scan_id());
  EXPECT_EQ(record.scan.outcome, core::ScanOutcome::kComplete);
  EXPECT_EQ(record.scan.lines_lost, 0U);
  EXPECT_EQ(record.decisions.size(), 1U);
}

TEST(LaneScenario, ABadConfigurationIsOneLineWithFileAndKeyAndExit2) {
  const std::filesystem::path folder =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
      "scenario_lane" / "config";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  struct Row {
    std::string name, text, key;
  };
  const std::string good =
      "installation = \"i.pscan\"\n[api]\nsocket = \"lane.sock\"\n[storage]\nfolder = \"s\"\n"
      "[plc]\nport = 1\n[source]\nport = 2\n[detector]\ncontrol_port = 3\n[portal]\nport = 4\n"
      "[camera]\nport = 5\n";
  const std::vector<Row> rows = {
      {"unknown-key", good + "[cycle]\nwarning_min = 5\n", "warning_min"},
      {"short-warning", good + "[cycle]\nwarning_min_s = 1\n", "warning_min_s"},
      {"no-installation", "[api]\nsocket = \"lane.sock\"\n", "installation"},
      {"no-such-lane", good + "[cycle]\nlane_type = \"portal\"\n", "lane_type"},
      {"no-file", good, "i.pscan"},
  };
  for (const Row& row : rows) {
    const auto file = folder / (row.name + ".toml");
    ASSERT_TRUE(core::write_file_atomically(file, row.text).ok());
    const auto log = folder / (row.name + ".log");
    auto process = core::ChildProcess::start(
        {std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) /
             "portcullis-lane",
         {"--config", file.string()},
         {},
         log,
         -1});
    ASSERT_TRUE(process.ok());
    const auto exit = process->wait(std::chrono::seconds(20));
    ASSERT_TRUE(exit.has_value()) << row.name;
    EXPECT_EQ(exit->code, 2) << row.name;
    const auto said = core::read_file(log, 1 << 16);
    ASSERT_TRUE(said.ok());
    EXPECT_EQ(std::count(said->begin(), said->end(), '\n'), 1) << row.name << ": " << *said;
    const std::string file_named = row.name == "no-file" ? row.key : row.name + ".toml";
    EXPECT_NE(said->find(file_named), std::string::npos) << *said;
    EXPECT_NE(said->find(row.key), std::string::npos) << row.name << ": " << *said;
  }
}

}  // namespace
}  // namespace portcullis::scenario
