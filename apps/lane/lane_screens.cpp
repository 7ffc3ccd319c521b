// What the lane's screens ask for and order: to the driver, the desk and the office.
#include <fmt/format.h>

#include "apps/lane/case_search.h"
#include "apps/lane/lane_process.h"
#include "apps/lane/status_text.h"
#include "core/log.h"

namespace portcullis::apps {

services::LaneStatus LaneProcess::wait_status(std::uint64_t sequence_seen,
                                              std::chrono::milliseconds timeout) {
  const auto now = status_.wait(sequence_seen, timeout);
  services::LaneStatus status = *now.value;
  status.sequence = now.version;
  return status;
}

core::Status LaneProcess::command(services::LaneCommand command, const std::string& user) {
  core::log_info("lane", fmt::format("{} by {}", services::lane_command_name(command), user));
  return driver_->command(to_lane_command(command), user);
}

services::LaneBackend::VersionedCase LaneProcess::wait_case(const std::string& case_id,
                                                            std::uint64_t version_seen,
                                                            std::chrono::milliseconds timeout) {
  return desk_->wait_case(case_id, version_seen, timeout);
}
core::Result<services::CaseView> LaneProcess::case_view(const std::string& case_id) {
  return desk_->case_view(case_id);
}
std::vector<services::CaseSummary> LaneProcess::list_cases(std::uint32_t count_max) {
  return desk_->list_cases(count_max);
}
core::Result<services::Image> LaneProcess::image(const std::string& scan_id,
                                                 services::ImagePlane plane) {
  return desk_->image(scan_id, plane);
}
core::Status LaneProcess::answer_finding(const std::string& case_id, std::uint32_t finding,
                                         core::FindingAnswer answer, const std::string& user) {
  return desk_->answer_finding(case_id, finding, answer, user);
}
core::Status LaneProcess::decide(const services::DecisionRequest& request) {
  return desk_->decide(request);
}
core::Status LaneProcess::set_marks(const services::MarksRequest& request) {
  return desk_->set_marks(request);
}

core::Status LaneProcess::first_look(const services::FirstLookRequest& request) {
  return desk_->first_look(request);
}
core::Status LaneProcess::propose_identity(const services::IdentityRequest& request) {
  return desk_->propose_identity(request);
}
core::Status LaneProcess::confirm_identity(const services::IdentityRequest& request) {
  return desk_->confirm_identity(request);
}
core::Status LaneProcess::open_case(const std::string& case_id, const std::string& user,
                                    bool leave) {
  return desk_->open_case(case_id, user, leave);
}
core::Status LaneProcess::override_decision(const services::DecisionRequest& request) {
  return desk_->override_decision(request);
}
core::Status LaneProcess::choose_declaration(const services::DeclarationChoice& choice) {
  return desk_->choose_declaration(choice);
}
core::Status LaneProcess::record_outcome(const services::OutcomeRequest& request) {
  return desk_->record_outcome(request);
}
core::Result<services::Supervision> LaneProcess::supervise(std::uint32_t days) {
  return desk_->supervise(days);
}
core::Status LaneProcess::answer_alarm(const services::AlarmAnswer& answer) {
  return alarms_->answer(answer);
}
core::Result<std::vector<services::AlarmEvent>> LaneProcess::find_alarms(
    const services::AlarmSearch& search) {
  return alarms_->find(search);
}

core::Result<services::FoundCases> LaneProcess::find_cases(const services::CaseSearch& search) {
  auto found = apps::find_cases(*catalogue_, search,
                                [this](const std::string& id) { return desk_->case_view(id); });
  if (found.ok() && !search.user.empty()) audit_->cases_searched(search, found->cases.size());
  return found;
}
std::vector<services::NextCase> LaneProcess::next_cases(const std::string& user) {
  return desk_->next_cases(user);
}
void LaneProcess::case_shown(const std::string& case_id, const std::string& user) {
  if (!user.empty()) audit_->case_viewed(case_id, user);
}

}  // namespace portcullis::apps
