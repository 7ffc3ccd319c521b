#include "apps/lane/lane_audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "apps/lane/case_words.h"
#include "apps/lane/lane_office.h"
#include "archive/audit/outside_notes.h"
#include "core/log.h"
#include "core/version.h"

namespace portcullis::apps {
namespace {

// What a start looks back over; a kill leaves at most what waited then.
constexpr std::uint64_t kEntriesLookedAt = 4096;
constexpr std::uint32_t kScansLookedAt = 1000;

constexpr const char* kSealEntry = "scan_sealed";
constexpr const char* kDecisionEntry = "decision";
constexpr const char* kOverrideEntry = "override";
constexpr const char* kChoiceEntry = "declaration_chosen";

constexpr std::size_t kViewsRemembered = 256;
constexpr std::size_t kDrawnRemembered = 256;
constexpr std::array<const char*, 3> kReadingPurposes = {"second", "open",
                                                         archive::kFirstLookPurpose};
constexpr std::chrono::seconds kDiskLimit{10};
constexpr std::chrono::seconds kSignerLimit{1};
constexpr const char* kDrawComponent = "draws";

std::string seal_key(const std::string& scan_id, const std::string& sha256) {
  return fmt::format("seal {} {}", scan_id, sha256);
}

std::string decision_key_of(const std::string& case_id, const std::string& container,
                            std::int64_t number) {
  return fmt::format("decision {} {} {}", case_id, container, number);
}

std::string choice_key_of(const std::string& case_id, std::int64_t number) {
  return fmt::format("choice {} {}", case_id, number);
}

}  // namespace

core::Result<std::unique_ptr<LaneAudit>> LaneAudit::open(const archive::AuditLog::Options& options,
                                                         const std::string& lane,
                                                         const std::filesystem::path& signer,
                                                         const core::Clock& clock) {
  PC_TRY(auto log, archive::AuditLog::open(options));
  std::unique_ptr<LaneAudit> audit(new LaneAudit(std::move(log), lane, clock));
  if (!signer.empty()) {
    audit->signer_ = std::make_unique<SignerLink>(signer, kSignerLimit);
    audit->draws_ = std::make_unique<TaskThread>([raw = audit.get()] { raw->log_pending(); },
                                                 std::chrono::seconds(1));
    audit->draws_->post([raw = audit.get()] { raw->draw_what_is_missing(); });
  }
  return audit;
}

archive::AuditLog::Draft LaneAudit::draft(std::string type, std::string subject) const {
  archive::AuditLog::Draft made;
  made.entry.type = std::move(type);
  made.entry.time = clock_.utc_now();
  made.entry.actor = "portcullis-lane";
  made.entry.subject = std::move(subject);
  made.entry.data["lane"] = lane_;
  return made;
}

void LaneAudit::service_started() {
  auto entry = draft("service_started", "");
  entry.entry.data["version"] = std::string(core::kVersion);
  log_->add(std::move(entry));
}

void LaneAudit::service_stopped() {
  log_->add(draft("service_stopped", ""));
}

void LaneAudit::vehicle_arrived(const lane::VehicleRecord& vehicle) {
  auto entry = draft(archive::kArrivalEntry, visit_of(vehicle.vehicle));
  entry.entry.data["arrived"] = core::to_iso8601(vehicle.arrived);
  entry.personal["plate"] = vehicle.identity.plate;
  if (!draws_) {
    log_->add(std::move(entry));
    return;
  }
  draws_->post([this, entry, number = vehicle.vehicle] {
    // Terms and shares that wait go before the vehicle that they are for.
    log_pending();
    const auto index = log_->add_and_wait(entry, kDiskLimit);
    if (!index.ok()) {
      core::log_error(kDrawComponent, index.error().message);
      return;
    }
    visits_[number].arrival = *index;
    auto drawn = draw(*index, visit_of(number), archive::kDrawPurposes.front());
    remember_scan_draw(number, drawn.entry);
    log_->add(std::move(drawn));
  });
}

void LaneAudit::remember_scan_draw(std::uint64_t vehicle, const archive::AuditEntry& entry) {
  constexpr std::size_t kDigits = 8;  // 32 bits, as draw_selects() takes them
  const auto value = entry.text("value").substr(0, kDigits);
  std::uint32_t bits = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), bits, 16);
  if (value.size() != kDigits || read.ptr != value.data() + kDigits) return;  // not drawn
  const std::lock_guard lock(drawn_mutex_);
  scan_draws_[vehicle] = static_cast<double>(bits) / 4'294'967'296.0;
  if (scan_draws_.size() > kDrawnRemembered) scan_draws_.erase(scan_draws_.begin());
}

void LaneAudit::scan_started(const lane::ScanBegin& begin) {
  const std::lock_guard lock(drawn_mutex_);
  scanned_.emplace_back(begin.scan_id, begin.vehicle);
  if (scanned_.size() > kDrawnRemembered) scanned_.pop_front();
}

std::optional<double> LaneAudit::scan_draw(const std::string& scan_id) const {
  const std::lock_guard lock(drawn_mutex_);
  for (const auto& [scan, vehicle] : scanned_) {
    if (scan != scan_id) continue;
    const auto drawn = scan_draws_.find(vehicle);
    return drawn == scan_draws_.end() ? std::nullopt : std::optional<double>(drawn->second);
  }
  return std::nullopt;
}

void LaneAudit::review_begins(std::uint64_t vehicle) {
  if (!draws_) return;
  draws_->post([this, vehicle] {
    const auto visit = visits_.find(vehicle);
    std::map<std::string, bool> drawn;
    for (const char* purpose : kReadingPurposes) {
      drawn[purpose] = true;  // also of a vehicle from before a restart
      if (visit == visits_.end()) continue;
      auto& early = visit->second.early;
      if (!early.contains(purpose))
        early.emplace(purpose, draw(visit->second.arrival, visit_of(vehicle), purpose));
      const auto& data = early.at(purpose).entry.data;
      const auto value = data.find("drawn");
      const bool* said = value == data.end() ? nullptr : std::get_if<bool>(&value->second);
      drawn[purpose] = said == nullptr || *said;
    }
    if (visit != visits_.end()) visit->second.undecided = true;
    const std::lock_guard lock(drawn_mutex_);
    drawn_[vehicle] = std::move(drawn);
    if (drawn_.size() > kDrawnRemembered) drawn_.erase(drawn_.begin());
  });
}

std::optional<bool> LaneAudit::drawn(std::uint64_t vehicle, const std::string& purpose) const {
  const std::lock_guard lock(drawn_mutex_);
  const auto found = drawn_.find(vehicle);
  if (found == drawn_.end()) return std::nullopt;
  return found->second.at(purpose);
}

void LaneAudit::vehicle_decided(std::uint64_t vehicle) {
  if (!draws_) return;
  draws_->post([this, vehicle] {
    const auto visit = visits_.find(vehicle);
    if (visit == visits_.end()) return;
    visit->second.undecided = false;
    if (visit->second.left) log_draws_of(vehicle);
  });
}

void LaneAudit::vehicle_left(std::uint64_t vehicle) {
  if (!draws_) return;
  draws_->post([this, vehicle] {
    const auto visit = visits_.find(vehicle);
    if (visit == visits_.end()) return;
    visit->second.left = true;
    // It may stand in a bay now and be read there.
    if (!visit->second.undecided) log_draws_of(vehicle);
  });
}

void LaneAudit::log_draws_of(std::uint64_t vehicle) {
  const auto visit = visits_.find(vehicle);
  for (std::size_t i = 1; i < archive::kDrawPurposes.size(); ++i) {
    const char* purpose = archive::kDrawPurposes[i];
    const auto early = visit->second.early.find(purpose);
    log_->add(early != visit->second.early.end()
                  ? early->second
                  : draw(visit->second.arrival, visit_of(vehicle), purpose));
  }
  visits_.erase(visit);
}

archive::AuditLog::Draft LaneAudit::draw(std::uint64_t arrival, const std::string& visit,
                                         const std::string& purpose) {
  auto drawn = signer_->draw(arrival, purpose);
  archive::AuditLog::Draft made;
  if (drawn.ok()) {
    made.entry = std::move(drawn).value();
    return made;
  }
  core::log_warning(kDrawComponent, fmt::format("{}: {}: not drawn, so it counts as drawn: {}",
                                                visit, purpose, drawn.error().message));
  made = draft(archive::kDrawMissingEntry, visit);
  made.entry.data["arrival"] = static_cast<std::int64_t>(arrival);
  made.entry.data["purpose"] = purpose;
  made.entry.data["drawn"] = true;
  made.entry.data["reason"] = drawn.error().message;
  return made;
}

void LaneAudit::draw_what_is_missing() {
  const auto newest = log_->newest(kEntriesLookedAt);
  if (!newest.ok()) {
    core::log_error(kDrawComponent, newest.error().message);
    return;
  }
  // Nothing is in the log that is not in `newest`, as far as arrivals and draws go: only this
  // thread enters them.
  std::map<std::int64_t, std::pair<std::string, std::set<std::string>>> arrivals;
  for (const auto& [index, entry] : *newest) {
    if (entry.type == archive::kArrivalEntry)
      arrivals[static_cast<std::int64_t>(index)].first = entry.subject;
    else if (entry.type == archive::kDrawEntry || entry.type == archive::kDrawMissingEntry)
      arrivals[entry.number("arrival", -1)].second.insert(entry.text("purpose"));
  }
  for (const auto& [index, arrival] : arrivals) {
    if (arrival.first.empty()) continue;  // before what was looked at
    for (const char* purpose : archive::kDrawPurposes) {
      if (!arrival.second.contains(purpose))
        log_->add(draw(static_cast<std::uint64_t>(index), arrival.first, purpose));
    }
  }
}

void LaneAudit::log_pending() {
  const auto pending = signer_->pending();
  if (!pending.ok()) return;  // the next draw says so
  for (const auto& entry : *pending) {
    archive::AuditLog::Draft made;
    made.entry = entry;
    if (const auto logged = log_->add_and_wait(std::move(made), kDiskLimit); !logged.ok()) {
      core::log_error(kDrawComponent, logged.error().message);
      return;
    }
  }
}

void LaneAudit::add_seal(const std::string& scan_id, const std::string& sha256, std::uint64_t lines,
                         core::ScanOutcome outcome, bool late) {
  auto entry = draft(kSealEntry, scan_id);
  entry.entry.data["sha256"] = sha256;
  entry.entry.data["lines"] = static_cast<std::int64_t>(lines);
  entry.entry.data["outcome"] = std::string(core::scan_outcome_name(outcome));
  if (late) entry.entry.data["late"] = true;
  log_->add(std::move(entry));
}

void LaneAudit::scan_closed(const recording::RecordedScan& scan) {
  const auto& meta = scan.raw->meta;
  if (!scan.seal.sha256.empty()) {
    add_seal(meta.id, scan.seal.sha256, scan.seal.lines, meta.outcome, false);
    return;
  }
  auto entry = draft("scan_not_sealed", meta.id);
  entry.entry.data["reason"] = scan.problem;
  log_->add(std::move(entry));
}

void LaneAudit::add_decision(const core::Decision& decision, std::size_t before, bool first,
                             bool late) {
  auto entry = draft(first ? kDecisionEntry : kOverrideEntry, decision.case_id);
  // The lane decides itself when time runs out; else it was a person.
  if (decision.officer != "lane") entry.person = decision.officer;
  auto& data = entry.entry.data;
  data["scan"] = decision.scan_id;
  data["container"] = decision.container;
  if (decision.container_only) data["container_only"] = true;
  data["kind"] = std::string(core::decision_kind_name(decision.kind));
  data["reason"] = decision.reason_code;
  data["decided"] = core::to_iso8601(decision.decided);
  data["time_on_image_ms"] = decision.time_on_image_ms;
  data["number"] = static_cast<std::int64_t>(before);
  if (late) data["late"] = true;
  log_->add(std::move(entry));
}

void LaneAudit::decided(const core::Decision& decision, std::size_t before, bool first) {
  add_decision(decision, before, first, false);
}

void LaneAudit::read(const core::Decision& opinion) {
  auto entry = draft("reading", opinion.case_id);
  entry.person = opinion.officer;
  entry.entry.data["scan"] = opinion.scan_id;
  entry.entry.data["time_on_image_ms"] = opinion.time_on_image_ms;
  log_->add(std::move(entry));
}

void LaneAudit::identity_corrected(const std::string& case_id,
                                   const services::IdentityCorrection& correction) {
  auto entry = draft("identity_corrected", case_id);
  entry.person = correction.confirmed_by;
  entry.personal["by"] = correction.by;
  entry.personal["plate"] = correction.plate;
  std::string containers;
  for (const auto& number : correction.containers)
    containers += (containers.empty() ? "" : " ") + number;
  entry.entry.data["containers"] = containers;
  log_->add(std::move(entry));
}

void LaneAudit::looked_first(const services::FirstLookRequest& look) {
  auto entry = draft("first_look", look.case_id);
  entry.person = look.user;
  log_->add(std::move(entry));
}

void LaneAudit::inspected(const services::OutcomeRequest& outcome) {
  auto entry = draft("inspection_outcome", outcome.case_id);
  entry.person = outcome.user;
  std::int64_t found = 0, not_examined = 0;
  for (const auto& one : outcome.outcomes) {
    if (one.result == access::OutcomeResult::kFound) ++found;
    if (one.result == access::OutcomeResult::kNotExamined) ++not_examined;
  }
  auto& data = entry.entry.data;
  data["outcomes"] = static_cast<std::int64_t>(outcome.outcomes.size());
  data["found"] = found;
  data["not_examined"] = not_examined;
  log_->add(std::move(entry));
}

void LaneAudit::declaration_chosen(const std::string& case_id,
                                   const archive::CatalogueChoice& choice, std::size_t before,
                                   bool late) {
  const auto listed = [](const std::vector<std::string>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : " ") + id;
    return text;
  };
  auto entry = draft(kChoiceEntry, case_id);
  entry.person = choice.by;
  auto& data = entry.entry.data;
  data["shown"] = listed(choice.shown);
  data["chosen"] = choice.chosen;
  data["set_aside"] = listed(choice.set_aside);
  data["at"] = core::to_iso8601(choice.at);
  data["number"] = static_cast<std::int64_t>(before);
  if (late) data["late"] = true;
  log_->add(std::move(entry));
}

void LaneAudit::office(const OfficeNote& note) {
  auto entry = draft(note.type, note.subject);
  entry.person = note.person;
  for (const auto& [key, value] : note.data) entry.entry.data[key] = value;
  entry.personal = note.personal;
  log_->add(std::move(entry));
}

void LaneAudit::calibrated(bool good, const std::string& text) {
  auto entry = draft("calibration", "");
  entry.entry.data["good"] = good;
  entry.entry.data["text"] = text;
  log_->add(std::move(entry));
}

void LaneAudit::session_event(const char* type, const std::string& name) {
  auto entry = draft(type, "");
  entry.person = name;
  if (name.empty()) entry.entry.actor = "unknown";
  log_->add(std::move(entry));
}

void LaneAudit::case_viewed(const std::string& case_id, const std::string& user) {
  {
    const std::lock_guard lock(viewed_mutex_);
    const std::pair<std::string, std::string> view{user, case_id};
    if (std::find(viewed_.begin(), viewed_.end(), view) != viewed_.end()) return;
    viewed_.push_back(view);
    if (viewed_.size() > kViewsRemembered) viewed_.pop_front();
  }
  auto entry = draft("case_viewed", case_id);
  entry.person = user;
  log_->add(std::move(entry));
}

void LaneAudit::cases_searched(const services::CaseSearch& search, std::size_t found) {
  auto entry = draft("cases_searched", "");
  entry.person = search.user;
  if (!search.state.empty()) entry.entry.data["state"] = search.state;
  if (!search.finding.empty()) entry.entry.data["finding"] = search.finding;
  if (search.from.ns != 0) entry.entry.data["from"] = core::to_iso8601(search.from);
  if (search.to.ns != 0) entry.entry.data["to"] = core::to_iso8601(search.to);
  entry.entry.data["found"] = static_cast<std::int64_t>(found);
  if (!search.text.empty()) entry.personal["text"] = search.text;
  log_->add(std::move(entry));
}

core::Status LaneAudit::account_changed(const access::AccountChange& change) {
  auto entry = draft("account_changed", "");
  entry.entry.actor = "portcullis-account";
  entry.entry.data["changed"] = core::to_iso8601(change.at);
  entry.entry.data["what"] = change.what;
  entry.entry.data["roles"] = change.roles;
  entry.personal["by"] = change.actor;
  entry.personal["account"] = change.account;
  const auto logged = log_->add_and_wait(std::move(entry), kDiskLimit);
  if (!logged.ok()) return logged.error();
  return {};
}

void LaneAudit::enter_notes(const std::filesystem::path& archive) {
  std::vector<std::string> problems;
  for (const auto& note : archive::waiting_notes(archive, problems)) {
    auto entry = draft(note.type, note.subject);
    entry.entry.time = note.time;
    entry.person = note.person;
    for (const auto& [key, value] : note.data) entry.entry.data[key] = value;
    entry.entry.data["note"] = note.id;
    core::Status kept;
    if (const auto logged = log_->add_and_wait(std::move(entry), kDiskLimit); !logged.ok())
      kept = logged.error();
    if (kept.ok()) kept = archive::remove_note(archive, note);
    if (!kept.ok()) return core::log_warning("audit", kept.error().message);
  }
  for (const auto& problem : problems) core::log_warning("audit", problem);
}

core::Status LaneAudit::enter_missing(archive::Catalogue& catalogue) {
  PC_TRY(const auto newest, log_->newest(kEntriesLookedAt));
  std::set<std::string> logged;
  for (const auto& [index, entry] : newest) {
    if (entry.type == kSealEntry) {
      logged.insert(seal_key(entry.subject, entry.text("sha256")));
    } else if (entry.type == kDecisionEntry || entry.type == kOverrideEntry) {
      logged.insert(
          decision_key_of(entry.subject, entry.text("container"), entry.number("number", -1)));
    } else if (entry.type == kChoiceEntry) {
      logged.insert(choice_key_of(entry.subject, entry.number("number", -1)));
    }
  }
  archive::CatalogueQuery query;
  query.limit = kScansLookedAt;
  // With more entries than are looked at, only of what they cover is known what is missing.
  if (newest.size() == kEntriesLookedAt) query.from = newest.front().second.time;
  PC_TRY(const auto scans, catalogue.find(query));
  for (auto scan = scans.rbegin(); scan != scans.rend(); ++scan) {
    if (!scan->sha256.empty() && !logged.contains(seal_key(scan->id, scan->sha256)))
      add_seal(scan->id, scan->sha256, scan->lines, scan->outcome, true);
    PC_TRY(const auto kept, catalogue.show(scan->id));
    for (std::size_t i = 0; i < kept.decisions.size(); ++i) {
      const auto& decision = kept.decisions[i];
      if (!logged.contains(
              decision_key_of(decision.case_id, decision.container, static_cast<std::int64_t>(i))))
        add_decision(decision, i, core::replaced_by(kept.decisions, i).empty(), true);
    }
    const std::string case_id = case_id_of(scan->id);
    for (std::size_t i = 0; i < kept.choices.size(); ++i) {
      if (!logged.contains(choice_key_of(case_id, static_cast<std::int64_t>(i))))
        declaration_chosen(case_id, kept.choices[i], i, true);
    }
  }
  return {};
}

services::DeviceHealth LaneAudit::health() const {
  const std::string problem = log_->problem();
  if (problem.empty()) {
    return {"Audit log", services::DeviceLevel::kOk, fmt::format("{} entries", log_->size())};
  }
  return {"Audit log", services::DeviceLevel::kAttention,
          fmt::format("entries wait and would be lost by a loss of power: {}", problem)};
}

}  // namespace portcullis::apps
