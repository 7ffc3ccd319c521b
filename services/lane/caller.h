#pragma once

#include <string>
#include <string_view>

#include "access/sessions.h"
#include "services/lane/lane_backend.h"

/// Who calls, and what he may do and see. Private to services/lane.
namespace portcullis::services {

struct Caller {
  std::string user;     ///< Of the session; empty where there are no accounts.
  access::Roles roles;  ///< All of them where there are no accounts.
};
struct Admission {
  enum class How : std::uint8_t { kMay, kNoSession, kMayNot };
  How how = How::kMay;
  Caller caller;
  std::string reason;  ///< Why not.
};
/// `sessions` null: there are no accounts, and everybody may do everything. `active`: a person does
/// this, so that his session lives on.
Admission admit(access::Sessions* sessions, std::string_view token, access::Right right,
                bool active);
access::Right right_of(LaneCommand command);

/// The status as somebody without a session sees it: the machine, but no vehicle.
void hide_vehicles(LaneStatus& status);
/// Only the commands that `roles` may give.
void keep_allowed_commands(LaneStatus& status, access::Roles roles);
/// What `caller` reads next; nothing for who reads no cases.
std::vector<NextCase> next_cases_of(LaneBackend& backend, const Caller& caller);
/// kRefused where the scan's case is not among next_cases_of().
core::Status may_fetch_ahead(LaneBackend& backend, const Caller& caller,
                             const std::string& scan_id);
/// Whoever has given an opinion on the case waits for the others' like everybody.
void show_to(const std::string& user, CaseView& view);

}  // namespace portcullis::services
