#include "services/lane/caller.h"

#include <algorithm>

#include "core/assert.h"

namespace portcullis::services {

Admission admit(access::Sessions* sessions, std::string_view token, access::Right right,
                bool active) {
  Admission admission;
  if (sessions == nullptr) {
    admission.caller.roles = access::all_roles();
    return admission;
  }
  const auto session = sessions->get(token, active);
  if (!session.ok()) {
    admission.how = Admission::How::kNoSession;
    admission.reason = session.error().message;
    return admission;
  }
  admission.caller = {session->name, session->roles};
  if (!access::may(session->roles, right)) {
    admission.how = Admission::How::kMayNot;
    admission.reason = session->name + " may not " + access::row_of(right).what;
  }
  return admission;
}

access::Right right_of(LaneCommand command) {
  switch (command) {
    case LaneCommand::kStart:
      return access::Right::kScan;
    case LaneCommand::kReset:
    case LaneCommand::kWarmUp:
    case LaneCommand::kCalibrate:
      return access::Right::kPrepare;
    case LaneCommand::kMaintenanceEnter:
    case LaneCommand::kMaintenanceLeave:
      return access::Right::kMaintain;
    case LaneCommand::kStop:
      break;  // needs none: not asked for
  }
  PC_ASSERT(false);
  return access::Right::kMaintain;
}

void hide_vehicles(LaneStatus& status) {
  status.vehicle_plate.clear();
  status.container_numbers.clear();
  status.scan_id.clear();
  status.current_case_id.clear();
  for (BayStatus& bay : status.bays) {
    bay.owner.clear();
    bay.case_id.clear();
    bay.vehicle_plate.clear();
    bay.container_numbers.clear();
  }
  status.allowed_commands.clear();
  for (AlarmStatus& alarm : status.alarms) {
    alarm.detail.clear();
    alarm.acknowledged_by.clear();
    alarm.shelved_by.clear();
  }
}

void keep_allowed_commands(LaneStatus& status, access::Roles roles) {
  std::erase_if(status.allowed_commands, [roles](LaneCommand command) {
    return command != LaneCommand::kStop && !access::may(roles, right_of(command));
  });
}

std::vector<NextCase> next_cases_of(LaneBackend& backend, const Caller& caller) {
  if (!access::may(caller.roles, access::Right::kRead)) return {};
  return backend.next_cases(caller.user);
}

core::Status may_fetch_ahead(LaneBackend& backend, const Caller& caller,
                             const std::string& scan_id) {
  const auto next = next_cases_of(backend, caller);
  if (std::any_of(next.begin(), next.end(),
                  [&](const NextCase& one) { return one.scan_id == scan_id; }))
    return {};
  return core::Error{core::ErrorCode::kRefused,
                     "field ahead: scan " + scan_id + " is not among the next that you read"};
}

void show_to(const std::string& user, CaseView& view) {
  const bool has_read =
      std::find(view.has_read.begin(), view.has_read.end(), user) != view.has_read.end();
  if (view.state == CaseState::kDecided && !view.may_be_decided_again) return;
  if (has_read)
    view.decision_blocked_because = "you have read this case; it waits for another reader";
  else if (!view.reader.empty() && !user.empty() && view.reader != user)
    view.decision_blocked_because = view.reader + " reads this case now";
}

}  // namespace portcullis::services
