#include "apps/lane/alarm_keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/files.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kAlarmComponent = "alarms";
constexpr std::size_t kAlarmFileBytesMax = std::size_t{4} * 1024 * 1024;

/// Parts of the lane that the cycle does not know, and their rows.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kServiceRows = {{
    {"Camera", "camera_lost"},
    {"Image worker", "worker_amiss"},
    {"Customs gateway", "gateway_amiss"},
    {"Audit log", "audit_amiss"},
    {"Accounts", "accounts_amiss"},
}};
constexpr std::array<std::string_view, 5> kOfTheCycle = {"PLC", "X-ray source", "Detector",
                                                         "Radiation portal", "Recorder"};

void add_services(const std::vector<services::DeviceHealth>& devices,
                  std::vector<lane::AlarmCondition>& list) {
  for (const services::DeviceHealth& device : devices) {
    if (device.level == services::DeviceLevel::kOk ||
        std::find(kOfTheCycle.begin(), kOfTheCycle.end(), device.name) != kOfTheCycle.end())
      continue;
    const auto row = std::find_if(kServiceRows.begin(), kServiceRows.end(),
                                  [&](const auto& one) { return one.first == device.name; });
    lane::AlarmCondition condition;
    if (row != kServiceRows.end()) {
      condition.key = row->second;
      condition.detail = device.text;
    } else {
      condition.key = "device_amiss:" + device.name;
      condition.detail = device.name + (device.text.empty() ? "" : ": " + device.text);
    }
    const bool known = std::any_of(list.begin(), list.end(),
                                   [&](const auto& one) { return one.key == condition.key; });
    if (!known) list.push_back(std::move(condition));
  }
}

services::AlarmStatus to_alarm_status(const lane::AlarmEntry& entry) {
  const lane::AlarmRow& row = *lane::alarm_row(entry.key);
  services::AlarmStatus status;
  status.key = entry.key;
  status.occurrence = entry.occurrence;
  status.priority = lane::alarm_priority_name(row.priority);
  status.state = lane::alarm_standing_name(entry.standing);
  status.title = row.title;
  status.detail = entry.detail;
  status.cause = row.cause;
  status.consequence = row.consequence;
  status.action = row.action;
  status.raised = entry.raised;
  status.first_out = entry.first_out;
  status.acknowledged_by = entry.acknowledged_by;
  status.shelved_until = entry.shelved_until;
  status.shelved_by = entry.shelved_by;
  status.shelved_reason = entry.shelved_reason;
  status.suppressed_by = entry.suppressed_by;
  return status;
}

}  // namespace

AlarmKeeper::AlarmKeeper(std::filesystem::path file, archive::Catalogue& catalogue,
                         TaskThread& notes, const core::Clock& clock)
    : file_(std::move(file)), catalogue_(catalogue), notes_(notes), clock_(clock) {
  const auto text = core::read_file(file_, kAlarmFileBytesMax);
  if (!text.ok()) {
    if (text.error().code != core::ErrorCode::kNotFound)
      core::log_error(kAlarmComponent, text.error().message);
    return;
  }
  auto desk = lane::AlarmDesk::from_text(*text, clock_.now());
  if (desk.ok()) {
    desk_ = std::move(desk).value();
    return;
  }
  std::filesystem::path aside = file_;
  aside += ".damaged";
  std::error_code error;
  std::filesystem::rename(file_, aside, error);
  core::log_error(kAlarmComponent,
                  fmt::format("{}: {}; put aside as {}, all alarms are raised anew", file_.string(),
                              desk.error().message, aside.string()));
}

void AlarmKeeper::log(const std::vector<lane::AlarmChange>& changes) {
  if (changes.empty()) return;
  notes_.post([this, changes] {
    for (const lane::AlarmChange& change : changes) {
      core::log_info(kAlarmComponent, fmt::format("{}: {}", change.kind, change.text));
      if (const auto kept = catalogue_.add_event("", change.kind, change.text, change.utc);
          !kept.ok())
        core::log_warning(kAlarmComponent, kept.error().message);
    }
  });
}

void AlarmKeeper::update(std::vector<lane::AlarmCondition> conditions,
                         services::LaneStatus& status) {
  add_services(status.devices, conditions);
  const core::UtcTime utc = clock_.utc_now();
  const std::lock_guard lock(mutex_);
  const auto changes = desk_.update(conditions, clock_.now(), utc);
  log(changes);
  unsaved_ = unsaved_ || !changes.empty();
  if (unsaved_) {
    const auto saved = core::write_file_atomically(file_, desk_.to_text());
    unsaved_ = !saved.ok();
    if (!saved.ok() && !changes.empty()) core::log_error(kAlarmComponent, saved.error().message);
  }
  status.alarms_served = true;
  for (const lane::AlarmEntry& entry : desk_.entries())
    status.alarms.push_back(to_alarm_status(entry));
  status.alarms_last_10_min = desk_.raised_last_10_min(utc);
  status.alarms_per_10_min = desk_.raised_per_10_min(utc);
}

core::Status AlarmKeeper::answer(const services::AlarmAnswer& answer) {
  using Kind = services::AlarmAnswer::Kind;
  const core::UtcTime utc = clock_.utc_now();
  const std::lock_guard lock(mutex_);
  lane::AlarmDesk changed = desk_;
  const auto change = answer.kind == Kind::kAcknowledge
                          ? changed.acknowledge(answer.key, answer.occurrence, answer.user, utc)
                      : answer.kind == Kind::kShelve
                          ? changed.shelve(answer.key, answer.occurrence, answer.minutes,
                                           answer.reason, answer.user, utc)
                          : changed.unshelve(answer.key, answer.user, utc);
  if (!change.ok()) return change.error();
  PC_CHECK(core::write_file_atomically(file_, changed.to_text()));
  desk_ = std::move(changed);
  log({*change});
  return {};
}

core::Result<std::vector<services::AlarmEvent>> AlarmKeeper::find(
    const services::AlarmSearch& search) {
  archive::CatalogueEventQuery query;
  query.kind_prefix = "alarm ";
  query.text = search.text;
  query.from = search.from;
  if (search.to.ns != 0) query.to = search.to;
  query.limit = search.count_max;
  PC_TRY(const auto events, catalogue_.find_events(query));
  std::vector<services::AlarmEvent> found;
  for (const auto& event : events) found.push_back({event.utc, event.kind, event.text});
  return found;
}

}  // namespace portcullis::apps
