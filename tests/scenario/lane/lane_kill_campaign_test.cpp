// kill -9 of any process of a lane at any moment, again and again, while trucks pass: what an
// operator does brings it back, no record is lost or doubled, and no restart asks for beam.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <set>

#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "tests/scenario/lane/lane_session.h"
#include "tests/support/eventually.h"
#include "tests/support/kill_test.h"

namespace portcullis::scenario {
namespace {

using api::v1::CommandRequest;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

/// Looks at the lane as an operator and an officer do, and does what it asks for next.
class Attendant {
 public:
  explicit Attendant(LaneSession& lane) : lane_(lane) {}

  /// One look. True where there is nothing to do and the lane waits for a truck.
  bool attend(bool may_start) {
    const Status now = lane_.status();
    if (!now.scan_id().empty())
      scans_[now.scan_id()] |= now.state() == "Scanning" && now.beam_asked();
    if (allows(now, "RESET")) {
      static_cast<void>(lane_.command(CommandRequest::RESET));
      return false;
    }
    if (now.state() == "Reviewing" || now.state() == "Holding") {
      decide();
      return false;
    }
    if (may_start && allows(now, "START")) {
      static_cast<void>(lane_.command(CommandRequest::START));
      return false;
    }
    return now.state() == "Idle";
  }
  /// Scans that the lane named, and whether beam was asked for in them.
  [[nodiscard]] const std::map<std::string, bool>& scans() const { return scans_; }

 private:
  void decide() {
    const auto view = lane_.case_view();
    if (view.state() != "to_decide" || view.case_id().empty()) return;
    for (int i = 0; i < view.answers_size(); ++i)
      static_cast<void>(lane_.answer(view.case_id(), static_cast<std::uint32_t>(i), "agree"));
    // A partial scan, or a passage that nobody measured to its end, is an officer's to judge.
    if (lane_.decide(view.case_id(), "release", "as_declared").ok()) return;
    if (lane_.decide(view.case_id(), "release", "radiation_judged").ok()) return;
    static_cast<void>(lane_.decide(view.case_id(), "physical_inspection", "partial_scan"));
  }
  LaneSession& lane_;
  std::map<std::string, bool> scans_;
};

void check_records(const LaneSession& lane, const std::map<std::string, bool>& seen) {
  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  const auto scans = catalogue->find({.limit = 10'000});
  ASSERT_TRUE(scans.ok()) << scans.error().message;
  std::set<std::string> recorded;
  for (const auto& scan : *scans) {
    EXPECT_TRUE(recorded.insert(scan.id).second) << scan.id << " is recorded twice";
    EXPECT_NE(scan.outcome, core::ScanOutcome::kRunning) << scan.id;
    if (scan.outcome != core::ScanOutcome::kAborted || std::filesystem::exists(scan.file)) {
      EXPECT_TRUE(archive::verify_seal(scan.file).ok()) << scan.file;
    }
  }
  // A lane that dies between naming a scan and making its file leaves nothing of it; but neither
  // was there any beam, which waits for the record.
  for (const auto& [id, irradiated] : seen) {
    EXPECT_TRUE(!irradiated || recorded.count(id) == 1) << id << " has no record";
  }
  for (const auto& entry : std::filesystem::directory_iterator(lane.records() / "scans")) {
    if (entry.path().extension() != ".pscan") continue;
    EXPECT_EQ(recorded.count(entry.path().stem()), 1U) << entry.path() << " has no record";
  }
}

TEST(LaneKill, AnyProcessAtAnyMoment) {
  int kills = 2;
  if (const char* wanted = std::getenv("PORTCULLIS_KILLS")) kills = std::atoi(wanted);
  std::mt19937 random(test::printed_seed(2024));
  LaneSession lane("kill_any");
  ASSERT_TRUE(lane.start());
  Attendant attendant(lane);
  for (int round = 0; round < kills; ++round) {
    ASSERT_TRUE(lane.send(lane.make_truck(round)));
    // At any moment of the 12 s or so that a truck is in the lane.
    const Seconds moment(std::uniform_real_distribution<double>(0.5, 12)(random));
    static_cast<void>(test::eventually(
        [&] {
          attendant.attend(true);
          return false;
        },
        moment, std::chrono::milliseconds(50)));
    const char* const victims[] = {"lane", "simulator", "gateway", "worker"};
    const std::string victim = victims[random() % 4];
    SCOPED_TRACE("round " + std::to_string(round) + ": " + victim + " killed in " +
                 lane.status().state() + " after " + std::to_string(moment.count()) + " s");
    const std::size_t before = lane.mark();
    if (victim == "worker") {
      if (const pid_t worker = lane.worker_pid(); worker > 0) ::kill(worker, SIGKILL);
    } else {
      lane.kill(victim);
      ASSERT_TRUE(victim == "lane"        ? lane.start_lane()
                  : victim == "simulator" ? lane.start_simulator()
                                          : lane.start_gateway());
    }
    if (victim == "lane") {
      // Until an operator starts a scan nothing asks for beam, whatever it was doing before.
      ASSERT_TRUE(lane.wait_for(
          "the lane to know where it stands",
          [](const Status& s) {
            return allows(s, "RESET") || allows(s, "START") || s.state() == "Idle" ||
                   s.state() == "Reviewing" || s.state() == "Holding";
          },
          Seconds(40)));
      EXPECT_FALSE(lane.any_since(before + 1, [](const Status& s) { return s.beam_asked(); }));
    }
    if (victim == "simulator") {
      ASSERT_TRUE(lane.wait_for(
          "beam not to be asked for", [](const Status& s) { return !s.beam_asked(); }, Seconds(3)));
    }
    ASSERT_TRUE(test::eventually([&] { return attendant.attend(true); }, Seconds(90),
                                 std::chrono::milliseconds(50)))
        << "the lane does not come back: " << in_words(lane.status());
  }
  check_records(lane, attendant.scans());
}

}  // namespace
}  // namespace portcullis::scenario
