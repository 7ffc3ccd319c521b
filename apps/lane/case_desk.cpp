#include "apps/lane/case_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/lane/case_notes.h"
#include "apps/lane/case_words.h"
#include "apps/lane/stored_planes.h"
#include "apps/lane/take_decision.h"
#include "core/log.h"
#include "customs/match/match.h"

namespace portcullis::apps {
namespace {

constexpr const char* kCasesComponent = "cases";
constexpr std::size_t kCasesKept = 64;  // in memory; the catalogue has all
constexpr std::size_t kJudgedAgain = 4;
constexpr core::Duration kGatewayRetry = std::chrono::seconds(2);
constexpr std::string_view kMarksEvent = "marks";
constexpr std::string_view kGone = "the vehicle is no longer in the lane";

/// Of the case's decision after `before` others.
std::string decision_key(const core::Decision& decision, std::size_t before) {
  const std::string key = decision.case_id + "/" + decision.container;
  return before == 0 ? key : fmt::format("{}/decision-{}", key, before + 1);
}

core::Decision decision_on(const services::CaseView& view, core::UtcTime now) {
  core::Decision decision;
  decision.case_id = view.case_id;
  decision.scan_id = view.scan_id;
  if (!view.container_numbers.empty()) decision.container = view.container_numbers.front();
  decision.decided = now;
  decision.answers = view.answers;
  return decision;
}

}  // namespace

std::vector<std::string> damage_of(core::ScanOutcome outcome, const std::string& reason) {
  if (outcome == core::ScanOutcome::kComplete || outcome == core::ScanOutcome::kRunning) return {};
  return {reason.empty() ? fmt::format("{} scan", core::scan_outcome_name(outcome))
                         : fmt::format("{} scan: {}", core::scan_outcome_name(outcome), reason)};
}

CaseDesk::CaseDesk(Parts parts)
    : parts_(std::move(parts)),
      answers_(parts_.catalogue, parts_.gateway, parts_.clock,
               [this](const std::string& case_id, const std::string& note) {
                 note_answer(case_id, note);
               }) {
  gateway_health_.name = "Customs gateway";
  if (parts_.gateway == nullptr) {
    gateway_health_.level = services::DeviceLevel::kAttention;
    gateway_health_.text = "no customs link is configured";
  }
  // Cases of before a restart: what was decided and not yet answered to customs is answered now;
  // what was scanned and not yet judged is judged now, the newest first.
  std::vector<std::string> unjudged, unchecked, corrected;
  if (const auto found = parts_.catalogue.find({.limit = 50}); found.ok()) {
    for (auto scan = found->rbegin(); scan != found->rend(); ++scan) {
      const auto stored = parts_.catalogue.show(scan->id);
      if (!stored.ok()) continue;
      cases_.push_back(from_catalogue(*stored));
      if (!stored->report && scan->lines > 0) unjudged.push_back(scan->id);
      if (judged_before_correction(*stored)) corrected.push_back(scan->id);
      if (!cases_.back().checked_again) unchecked.push_back(cases_.back().view.case_id);
      answers_.restore(*stored);
    }
  } else {
    core::log_warning(kCasesComponent, found.error().message);
  }
  thread_ = std::make_unique<TaskThread>([this] { idle(); });
  // Not so many that the next vehicle's image would wait for them.
  if (unjudged.size() > kJudgedAgain)
    unjudged.erase(unjudged.begin(), unjudged.end() - static_cast<std::ptrdiff_t>(kJudgedAgain));
  for (const auto& case_id : unchecked) thread_->post([this, case_id] { check_again(case_id); });
  for (const auto& scan_id : corrected)
    thread_->post([this, scan_id] { process_again(scan_id, Again::kIdentitySet); });
  for (auto scan = unjudged.rbegin(); scan != unjudged.rend(); ++scan)
    thread_->post([this, scan_id = *scan] { process_again(scan_id, Again::kAfterRestart); });
}

CaseDesk::~CaseDesk() {
  thread_->stop();
}

CaseDesk::Case CaseDesk::from_catalogue(const archive::CatalogueCase& stored) const {
  Case one;
  one.restored = true;
  services::CaseView& view = one.view;
  view.case_id = case_id_of(stored.scan.id);
  view.scan_id = stored.scan.id;
  view.report = stored.report;
  view.vehicle_plate = stored.scan.plate;
  for (const auto& container : stored.scan.containers)
    view.container_numbers.push_back(container.number);
  restore_choices(one, stored);
  view.simulated = stored.scan.simulated;
  view.scan_damage = damage_of(stored.scan.outcome, stored.scan.outcome_reason);
  for (const auto& event : stored.events) {
    const auto end = event.text.find(": ");
    if (event.kind == kMarksEvent && end != std::string::npos) {
      view.marks_json = event.text.substr(end + 2);
      ++view.marks_version;
    }
    restore_rescan(view, event.kind, event.text);
    restore_identity(view, event);
  }
  view.readings = readings_of(stored);
  if (view.report) {
    view.answers.assign(view.report->findings.size(), core::FindingAnswer::kNone);
    for (const auto& remark : view.report->quality) view.scan_damage.push_back(remark);
    view.state = services::CaseState::kToDecide;
    for (const auto& check : view.report->checks) {
      if (check.name == "declaration" && check.seen == customs::kNotAskedFor)
        view.declaration_problem = "the customs gateway gave no answer when the scan was judged";
    }
  }
  one.decisions = stored.decisions;
  show_standing(one);
  if (!stored.decisions.empty()) view.answers = stored.decisions.back().answers;
  if (view.decision)
    view.state = services::CaseState::kDecided;
  else
    view.decision_blocked_because = kGone;
  restore_reading(one, stored);
  return one;
}

CaseDesk::Case* CaseDesk::find(const std::string& case_id) {
  const std::string& wanted = case_id.empty() ? current_ : case_id;
  for (auto it = cases_.rbegin(); it != cases_.rend(); ++it) {
    if (it->view.case_id == wanted) return &*it;
  }
  return nullptr;
}

void CaseDesk::changed(Case& one) {
  ++one.version;
  one.told_hidden = hides_findings(one);
  if (one.view.case_id == current_) ++current_version_;
  case_changed_.notify_all();
}

CaseDesk::Case& CaseDesk::add(services::CaseView view) {
  if (Case* known = find(view.case_id)) {
    known->view = std::move(view);
    return *known;
  }
  Case one;
  one.view = std::move(view);
  cases_.push_back(std::move(one));
  if (cases_.size() > kCasesKept) {
    // A vehicle may stand in a bay for longer than that.
    const auto oldest =
        std::find_if(cases_.begin(), cases_.end(), [](const Case& c) { return !c.in_review(); });
    if (oldest != cases_.end() && &*oldest != &cases_.back()) cases_.erase(oldest);
  }
  return cases_.back();
}

/// The officer's screen stays with what he reads until he has decided.
void CaseDesk::choose_current() {
  const auto waits = [](const Case& one) { return one.in_review() && !one.view.decision; };
  const Case* now = current_.empty() ? nullptr : find(current_);
  if (now != nullptr && waits(*now)) return;
  const auto oldest = std::find_if(cases_.begin(), cases_.end(), waits);
  const std::string& next = oldest != cases_.end() ? oldest->view.case_id : newest_;
  if (next.empty() || next == current_) return;
  current_ = next;
  ++current_version_;
  case_changed_.notify_all();
}

core::Status CaseDesk::scan_opened(const core::ScanMeta& meta, const std::filesystem::path& path) {
  PC_CHECK(parts_.catalogue.begin_scan(meta, path));
  const std::lock_guard lock(mutex_);
  const std::int64_t day = meta.started.ns / (86'400LL * 1'000'000'000);
  if (day != day_) {
    day_ = day;
    scans_today_ = 0;
  }
  ++scans_today_;
  services::CaseView view;
  view.case_id = case_id_of(meta.id);
  view.scan_id = meta.id;
  view.simulated = meta.simulated;
  set_vehicle(view, meta.identity);
  view.radiation_profile = radiation_profile_;
  view.radiation_passage = radiation_passage_;
  if (taken_again_.first == meta.id) view.case_before = case_id_of(taken_again_.second);
  view.decision_blocked_because = "the scan is running";
  // They may have been kept before the record was open.
  if (const auto stored = parts_.catalogue.show(meta.id); stored.ok())
    view.readings = readings_of(*stored);
  newest_ = view.case_id;
  Case& one = add(std::move(view));
  show_standing(one);
  changed(one);
  choose_current();
  thread_->post([this, case_id = newest_] { look_up_early(case_id); });
  return {};
}

void CaseDesk::image_refused(const std::string& scan_id, const std::string& why) {
  core::log_error(kCasesComponent, fmt::format("scan {}: no image: {}", scan_id, why));
  const std::lock_guard lock(mutex_);
  Case* one = find(case_id_of(scan_id));
  if (one == nullptr || one->view.report) return;  // judged already, and said there
  one->view.scan_damage = {fmt::format("There is no image: {}.", why)};
  changed(*one);
}

void CaseDesk::radiation_measured(std::vector<services::RadiationSample> profile,
                                  const services::RadiationPassage& passage) {
  const std::lock_guard lock(mutex_);
  radiation_profile_ = std::move(profile);
  radiation_passage_ = passage;
  // A passage may end after its vehicle's scan began.
  Case* one = newest_.empty() ? nullptr : find(newest_);
  if (one == nullptr || one->view.state != services::CaseState::kWaitingForImage ||
      radiation_profile_.empty()) {
    return;
  }
  one->view.radiation_profile = radiation_profile_;
  one->view.radiation_passage = radiation_passage_;
  changed(*one);
}

void CaseDesk::scan_closed(recording::RecordedScan scan) {
  thread_->post([this, scan = std::move(scan)] { process(scan); });
}

void CaseDesk::review_wanted(const std::string& scan_id) {
  const std::lock_guard lock(mutex_);
  Case* one = find(case_id_of(scan_id));
  if (one == nullptr) return;
  services::CaseView& view = one->view;
  one->wanted = one->reviewed = true;
  newest_ = view.case_id;  // after a restart no scan has made it so
  view.review_deadline = core::UtcTime{parts_.clock.utc_now().ns + parts_.review_limit.count()};
  if (view.state == services::CaseState::kToDecide) view.decision_blocked_because.clear();
  changed(*one);
  choose_current();
}

void CaseDesk::lane_waits_for(const std::vector<std::string>& scan_ids) {
  const std::lock_guard lock(mutex_);
  for (Case& one : cases_) {
    services::CaseView& view = one.view;
    const bool with_lane =
        std::find(scan_ids.begin(), scan_ids.end(), view.scan_id) != scan_ids.end();
    const bool again = with_lane && view.decision.has_value();
    one.reviewed = one.reviewed || with_lane || one.restored;
    if (with_lane == one.with_lane && again == view.may_be_decided_again) {
      // Whether it was drawn is known a moment after its review was asked for.
      if (one.in_review() && one.told_hidden != hides_findings(one)) changed(one);
      continue;
    }
    const bool came = with_lane && !one.with_lane;
    one.with_lane = with_lane;
    one.wanted = one.wanted && !with_lane;
    view.may_be_decided_again = again;
    view.may_be_overridden = again;
    if (came && view.state == services::CaseState::kToDecide) view.decision_blocked_because.clear();
    if (came && !view.decision && view.review_deadline.ns == 0)
      view.review_deadline = core::UtcTime{parts_.clock.utc_now().ns + parts_.review_limit.count()};
    if (!with_lane && !one.wanted && !view.decision && view.scan_id != deciding_) {
      view.decision_blocked_because = "the vehicle does not wait for a decision now";
      view.review_deadline = {};
    }
    changed(one);
  }
  choose_current();
}

void CaseDesk::decided_by_lane(const std::string& scan_id, core::DecisionKind kind) {
  std::vector<core::Decision> taken;  // one on the vehicle, or on each container that was left
  std::vector<DecisionPlace> places;
  std::vector<services::MatchedDeclaration> declarations;
  AnsweredVehicle vehicle;
  std::optional<core::InspectionReport> report;
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(case_id_of(scan_id));
    if (one == nullptr || one->view.decision || deciding_ == scan_id) return;
    services::CaseView& view = one->view;
    core::Decision decision = decision_on(view, parts_.clock.utc_now());
    decision.kind = kind;
    decision.reason_code = "time_ran_out";
    decision.reason_text = "Nobody decided in time; the lane put the vehicle on hold.";
    decision.officer = "lane";
    if (one->decisions.empty()) taken.push_back(decision);
    for (const auto& left : view.container_decisions) {
      if (one->decisions.empty() || left.decision) continue;
      decision.container = left.container;
      decision.container_only = true;
      taken.push_back(decision);
    }
    for (const auto& each : taken) {
      one->decisions.push_back(each);
      places.push_back(place_of(*one, one->decisions.size() - 1));
    }
    show_standing(*one);
    view.state = services::CaseState::kDecided;
    view.decision_note = "put on hold: the time for a decision ran out";
    view.may_be_decided_again = one->with_lane;
    one->wanted = false;
    report = view.report;
    declarations = view.declarations;
    vehicle.containers = view.container_numbers;
    changed(*one);
    choose_current();
  }
  thread_->post([this, taken, places, declarations, vehicle, report] {
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const core::Decision& decision = taken[i];
      const std::size_t before = places[i].before;
      if (const auto stored =
              parts_.catalogue.add_decision(decision_key(decision, before), decision);
          !stored.ok()) {
        core::log_error(kCasesComponent, stored.error().message);
        return;
      }
      if (parts_.on_decision) parts_.on_decision(decision, places[i]);
      // Without a report nobody has been told of the scan either; the gateway wants one.
      answers_.add(decision, report.value_or(core::InspectionReport{}), declarations, vehicle,
                   before);
    }
  });
}

services::LaneBackend::VersionedCase CaseDesk::wait_case(const std::string& case_id,
                                                         std::uint64_t version_seen,
                                                         std::chrono::milliseconds timeout) {
  {
    std::unique_lock lock(mutex_);
    const auto version = [&] {
      if (case_id.empty()) return current_version_;
      const Case* one = find(case_id);
      return one == nullptr ? std::uint64_t{1} : one->version;
    };
    case_changed_.wait_for(lock, timeout, [&] { return version() != version_seen; });
    const bool none = case_id.empty() && current_.empty();
    const Case* one = none ? nullptr : find(case_id);
    if (one != nullptr || none) {
      return {version(), std::make_shared<const services::CaseView>(none ? services::CaseView{}
                                                                         : shown(*one))};
    }
  }
  // An old one: it changes no more.
  auto old = case_view(case_id);
  return {1, std::make_shared<const services::CaseView>(old.ok() ? std::move(old).value()
                                                                 : services::CaseView{})};
}

core::Result<services::CaseView> CaseDesk::case_view(const std::string& case_id) {
  {
    const std::lock_guard lock(mutex_);
    if (case_id.empty() && current_.empty()) return services::CaseView{};
    if (const Case* one = find(case_id)) return shown(*one);
  }
  PC_TRY(const auto stored, parts_.catalogue.show(case_id));
  return from_catalogue(stored).view;
}

std::vector<services::CaseSummary> CaseDesk::list_cases(std::uint32_t count_max) {
  std::vector<services::CaseSummary> list;
  const auto found = parts_.catalogue.find(
      {.limit = std::clamp<std::uint32_t>(count_max == 0 ? 50 : count_max, 1, 1000)});
  if (!found.ok()) return list;
  for (const auto& scan : *found) {
    services::CaseSummary summary;
    summary.case_id = case_id_of(scan.id);
    summary.scan_id = scan.id;
    summary.started = scan.started;
    summary.vehicle_plate = scan.plate;
    if (!scan.containers.empty()) summary.container_number = scan.containers.front().number;
    summary.scan_outcome = core::scan_outcome_name(scan.outcome);
    if (const auto view = case_view(summary.case_id); view.ok()) {
      if (view->report && view->first_look != services::FirstLook::kWanted)
        summary.verdict = core::verdict_outcome_name(view->report->verdict.outcome);
      if (view->decision) summary.decision = core::decision_kind_name(view->decision->kind);
    }
    list.push_back(std::move(summary));
  }
  return list;
}

core::Result<services::Image> CaseDesk::image(const std::string& scan_id,
                                              services::ImagePlane plane) {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& planes : planes_) {
      if (planes.scan_id == scan_id) return planes.planes[static_cast<std::size_t>(plane)];
    }
  }
  PC_TRY(const auto stored, parts_.catalogue.show(scan_id));
  if (stored.scan.outcome == core::ScanOutcome::kRunning) {
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("scan {}: its image is not made yet", scan_id)};
  }
  if (stored.scan.file.empty()) {
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("case {}: there is no image: {}", scan_id, stored.scan.outcome_reason)};
  }
  if (auto kept = stored_plane(stored.scan.file, plane); kept.ok()) return kept;
  thread_->post([this, scan_id] {
    {
      const std::lock_guard lock(mutex_);
      for (const auto& planes : planes_) {
        if (planes.scan_id == scan_id) return;
      }
    }
    if (const auto loaded = load_planes(scan_id); !loaded.ok())
      core::log_warning(kCasesComponent, loaded.error().message);
  });
  return core::Error{
      core::ErrorCode::kUnavailable,
      fmt::format("scan {}: its image is being made again; ask again in some seconds", scan_id)};
}

core::Status CaseDesk::answer_finding(const std::string& case_id, std::uint32_t finding,
                                      core::FindingAnswer answer, const std::string& user) {
  if (user.empty())
    return core::Error{core::ErrorCode::kRefused, "an answer needs the name of who gives it"};
  const std::lock_guard lock(mutex_);
  Case* one = find(case_id);
  if (one == nullptr)
    return core::Error{core::ErrorCode::kNotFound, fmt::format("there is no case {}", case_id)};
  services::CaseView& view = one->view;
  if (view.decision && !view.may_be_decided_again)
    return core::Error{core::ErrorCode::kRefused, "the case is decided; its answers stand"};
  if (hides_findings(*one)) return core::Error{core::ErrorCode::kRefused, kLookFirst};
  if (finding >= view.answers.size()) {
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("the case has no finding {}; it has {}", finding + 1, view.answers.size())};
  }
  PC_CHECK(may_act(*one, user));
  view.answers[finding] = answer;
  changed(*one);
  return {};
}

core::Status CaseDesk::set_marks(const services::MarksRequest& request) {
  const std::lock_guard lock(mutex_);
  Case* one = find(request.case_id);
  if (one == nullptr) {
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("there is no case {}", request.case_id)};
  }
  services::CaseView& view = one->view;
  if (request.version != view.marks_version) {
    return core::Error{core::ErrorCode::kRefused,
                       "somebody else changed the marks on this image; look at theirs first"};
  }
  const bool reads = view.state == services::CaseState::kToDecide || view.may_be_decided_again;
  if (reads) PC_CHECK(may_act(*one, request.user));
  PC_CHECK(parts_.catalogue.add_event(
      view.scan_id, kMarksEvent, request.user + ": " + request.marks_json, parts_.clock.utc_now()));
  view.marks_json = request.marks_json;
  ++view.marks_version;
  changed(*one);
  return {};
}

core::Status CaseDesk::check_decision(const Case& one,
                                      const services::DecisionRequest& request) const {
  const auto refused = [](std::string why) {
    return core::Error{core::ErrorCode::kRefused, std::move(why)};
  };
  const services::CaseView& view = one.view;
  if (view.decision && !view.may_be_decided_again) return refused("the case is decided already");
  if (!view.report || (!view.decision && view.state != services::CaseState::kToDecide))
    return refused("there is no image to decide on yet");
  if (!one.checked_again)
    return refused("the checks are being made again with the declaration that was chosen");
  if (!view.decision && !view.decision_blocked_because.empty())
    return refused(view.decision_blocked_because);
  if (hides_findings(one)) return refused(kLookFirst);
  if (request.user.empty()) return refused("a decision needs the name of who makes it");
  if (request.reason_code.empty()) return refused("a decision needs a reason");
  for (std::size_t i = 0; i < view.answers.size(); ++i) {
    if (view.answers[i] == core::FindingAnswer::kNone)
      return refused(fmt::format("finding {} is not answered yet", i + 1));
  }
  return {};
}

core::Status CaseDesk::decide(const services::DecisionRequest& request) {
  return carry_out(request, false);
}

core::Status CaseDesk::carry_out(const services::DecisionRequest& asked, bool overriding) {
  services::DecisionRequest request = asked;
  core::Decision decision;
  core::InspectionReport report;
  std::vector<services::MatchedDeclaration> declarations;
  AnsweredVehicle vehicle;
  std::size_t before = 0;
  std::optional<core::DecisionKind> vehicle_goes;  // by all its decisions, with this one
  const auto customs = customs_of(asked);
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(request.case_id);
    if (one == nullptr)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("there is no case {}", request.case_id)};
    PC_CHECK(check_decision(*one, request));
    PC_CHECK(check_container(*one, request, overriding));
    if (!overriding) PC_CHECK(customs_allow(customs, request));
    if (!deciding_.empty())
      return core::Error{core::ErrorCode::kRefused, "another decision is being taken"};
    decision = decision_on(one->view, parts_.clock.utc_now());
    decision.kind = request.kind;
    decision.reason_code = request.reason_code;
    decision.reason_text = request.reason_text;
    decision.officer = request.user;
    decision.time_on_image_ms = request.time_on_image_ms;
    decision.view_json = request.view_json;
    if (!request.container.empty()) {
      decision.container = request.container;
      decision.container_only = true;
    }
    if (!overriding) {
      PC_TRY(const bool settled, take_opinion(*one, decision));
      if (!settled) {
        if (parts_.on_opinion) parts_.on_opinion(decision);
        return {};
      }
      request.kind = decision.kind;
      request.reason_code = decision.reason_code;
    }
    report = one->view.report.value_or(core::InspectionReport{});
    declarations = one->view.declarations;
    vehicle.containers = one->view.container_numbers;
    before = one->decisions.size();
    auto with = one->decisions;
    with.push_back(decision);
    if (const auto goes =
            core::vehicle_decision(core::standing_decisions(with, one->view.container_numbers)))
      vehicle_goes = goes->kind;
    vehicle.released = vehicle_goes == core::DecisionKind::kRelease;
    deciding_ = decision.scan_id;
  }
  const TakenDecision taken = take_decision(
      decision,
      [&](bool only_ask) -> core::Status {
        // The lane is asked of each, and told when the vehicle can go: by the strictest.
        if (only_ask) PC_CHECK(parts_.decide_in_lane(request, decision.scan_id, true));
        if (!vehicle_goes || (only_ask && vehicle_goes == request.kind)) return {};
        services::DecisionRequest goes = request;
        goes.kind = *vehicle_goes;
        return parts_.decide_in_lane(goes, decision.scan_id, only_ask);
      },
      [&](const core::Decision& one, std::size_t nth) {
        return parts_.catalogue.add_decision(decision_key(one, before + nth), one);
      });
  DecisionPlace place{before};
  {
    const std::lock_guard lock(mutex_);
    deciding_.clear();
    if (taken.stored == 0) return taken.status;
    if (Case* one = find(decision.case_id)) {
      services::CaseView& view = one->view;
      one->decisions.push_back(decision);
      place = place_of(*one, before);
      if (taken.stored == 2) one->decisions.push_back(taken.stands);
      show_standing(*one);
      if (view.decision) view.state = services::CaseState::kDecided;
      view.decision_note = !taken.status.ok() ? "not carried out: " + taken.status.error().message
                           : parts_.gateway != nullptr
                               ? "decided; the answer to customs is on its way"
                               : "decided; no customs link is configured";
      one->wanted = one->wanted && !view.decision;
      settle_reading(*one, taken.stands);
      changed(*one);
      choose_current();
    }
    gateway_due_ = parts_.clock.now();
  }
  if (parts_.on_decision) {
    parts_.on_decision(decision, place);
    if (taken.stored == 2) parts_.on_decision(taken.stands, {before + 1, false, true});
  }
  // What the lane did not do customs are not told.
  if (!taken.status.ok()) return taken.status;
  answers_.add(decision, report, declarations, vehicle, before);
  thread_->post([this] { answers_.send(); });
  return {};
}

void CaseDesk::note_answer(const std::string& case_id, const std::string& note) {
  const std::lock_guard lock(mutex_);
  if (Case* one = find(case_id)) {
    one->view.decision_note = note;
    changed(*one);
  }
}

void CaseDesk::idle() {
  if (parts_.gateway == nullptr) return;
  const auto now = parts_.clock.now();
  {
    const std::lock_guard lock(mutex_);
    if (now < gateway_due_) return;
    gateway_due_ = now + kGatewayRetry;
  }
  const auto status = parts_.gateway->status();
  {
    const std::lock_guard lock(mutex_);
    gateway_health_.level =
        status.ok() ? services::DeviceLevel::kOk : services::DeviceLevel::kAttention;
    gateway_health_.text =
        !status.ok() ? fmt::format("no answer; scans go on, declarations and answers wait ({})",
                                   status.error().message)
        : status->quarantined == 0
            ? fmt::format("{} declarations", status->declarations)
            : fmt::format("{} declarations, {} messages set aside: {}", status->declarations,
                          status->quarantined, status->last_quarantine_reason);
  }
  if (!status.ok()) return;
  answers_.send();
  look_up_late();
  if (declarations_seen_ != status->declarations && look_for_more())
    declarations_seen_ = status->declarations;
  look_at_customs();
}

}  // namespace portcullis::apps
