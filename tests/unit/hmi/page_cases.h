#pragma once

#include "tests/support/fake_lane.h"
#include "tests/support/fake_office.h"

namespace portcullis::hmi {

inline constexpr std::int64_t kReferredNs = 1'763'800'000'000'000'000;

/// The container of the drawn truck: 10 m long, 2.55 m high, doors at 13.15 m.
inline core::ContainerObservation drawn_container() {
  core::ContainerObservation container;
  container.number = "CSQU3054383";
  container.bbox_px = {630, 120, 2000, 510};
  return container;
}

/// "case-91" was sent to inspection and is no longer the current one; "case-90" has its outcome.
inline void refer_a_truck(test::FakeLane& lane, test::FakeOffice& office) {
  services::CaseView view = test::truck_case("case-91", "scan-91", false);
  view.report->containers = {drawn_container()};
  view.state = services::CaseState::kDecided;
  core::Decision decision;
  decision.case_id = view.case_id;
  decision.scan_id = view.scan_id;
  decision.kind = core::DecisionKind::kPhysicalInspection;
  decision.reason_code = "suspect_object";
  decision.officer = "bo";
  decision.answers = view.answers;
  view.decision = decision;
  view.outcome_wanted = true;
  lane.keep_case(std::move(view));
  services::InspectionOrder order;
  order.case_id = "case-91";
  order.vehicle_plate = "B-KL 4417";
  order.container_numbers = {"CSQU3054383"};
  order.referred.ns = kReferredNs;
  order.referred_by = "bo";
  order.reason_code = "suspect_object";
  services::InspectionOrder done = order;
  done.case_id = "case-90";
  done.vehicle_plate = "GD 77 KM";
  done.done = true;
  office.set_orders({order, done});
}

inline services::Supervision busy_day() {
  services::Supervision seen;
  seen.queue = 2;
  seen.oldest_s = 754;
  seen.waiting = {{"case-5", "B-KL 4417", "anna", {kReferredNs}}, {"case-6", "", "", {}}};
  seen.readers = {{"anna", 31, 42.4, 97.0, 1}, {"bo", 12, 61.2, 130.0, 0}};
  seen.finders = {{"shielding", 0, 0}, {"small_dense_object", 1, 2}};
  seen.checks = {{"mass", 15, 148}};
  seen.reasons = {{"suspect_object", 81, 263}};
  seen.rules = {{"undervalued-shoes", 3, 41}};
  seen.drawn = {{"open", 0, 20}, {"selected", 1, 12}};
  seen.overrides = {"case-3"};
  seen.outcomes_missing = {"case-91"};
  seen.complaints = {{"t-1", "case-2", "stripes", "from module 17", "bo", {kReferredNs}, "", ""}};
  return seen;
}

}  // namespace portcullis::hmi
