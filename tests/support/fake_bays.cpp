#include <utility>

#include "tests/support/fake_lane.h"

namespace portcullis::test {

using services::CaseState;
using services::LaneStatus;

void fill_bays(FakeLane& lane) {
  const core::SystemClock clock;
  const auto ago = [&](std::int64_t seconds) {
    return core::UtcTime{clock.utc_now().ns - seconds * 1'000'000'000};
  };
  std::vector<services::BayStatus> bays(4);
  bays[0] = {1,         "Waiting",   "waits for a decision", "lane", ago(194),
             "case-91", "B-KL 4417", {"CSQU3054383"},        true,   false,
             ""};
  bays[1] = {2,          "Held",          "held", "anna", ago(5000), "case-92",
             "GD 77 KM", {"TOLU4734787"}, true,   false,  ""};
  bays[2] = {3,           "Isolated", "isolated: stay away, do not open",
             "bo",        ago(61),    "case-93",
             "34 ABC 56", {},         true,
             false,       ""};
  bays[3].number = 4;
  bays[3].place = "Empty";
  bays[3].place_text = "empty";
  for (int i = 0; i < 3; ++i) {
    const std::string number = std::to_string(91 + i);
    services::CaseView view = truck_case("case-" + number, "scan-" + number, i != 0);
    view.vehicle_plate = bays[static_cast<std::size_t>(i)].vehicle_plate;
    view.container_numbers = bays[static_cast<std::size_t>(i)].container_numbers;
    if (i > 0) {
      core::Decision decision;
      decision.case_id = view.case_id;
      decision.scan_id = view.scan_id;
      decision.kind = i == 1 ? core::DecisionKind::kHold : core::DecisionKind::kIsolate;
      decision.reason_code = i == 1 ? "waiting_for_documents" : "person";
      decision.officer = bays[static_cast<std::size_t>(i)].owner;
      decision.decided = bays[static_cast<std::size_t>(i)].since;
      view.decision = decision;
      view.state = CaseState::kDecided;
      view.may_be_decided_again = true;
    }
    if (i == 2) {
      view.identity_outcome = "unreadable";
      view.identity_remarks = {"no container number could be read"};
    }
    lane.keep_case(std::move(view));
  }
  lane.change_status([&](LaneStatus& status) {
    status.bays = bays;
    status.state = "Holding";
    status.state_text = "Vehicle goes to wait in bay 4";
    status.next_text = "the vehicle drives to bay 4";
    status.driver_panel = {14, "go_to_bay", {{"fr", "Allez à la place 4"}, {"en", "Go to bay 4"}}};
    status.operator_call = "the vehicle does not drive out";
  });
}

}  // namespace portcullis::test
