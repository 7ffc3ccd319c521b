#include "apps/lane/case_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "apps/radiation_event.h"
#include "core/log.h"
#include "core/record_json.h"
#include "customs/match/match.h"
#include "imaging/flag/flag.h"
#include "imaging/pipeline/process.h"
#include "imaging/pipeline/write_images.h"
#include "inspection/verdict/verdict.h"

namespace portcullis::apps {
namespace {

constexpr const char* kCasesComponent = "cases";
constexpr std::size_t kCasesKept = 64;  // in memory; the catalogue has all
constexpr std::size_t kPlanesKept = 4;  // scans whose images stay in memory
constexpr std::size_t kJudgedAgain = 4;
constexpr core::Duration kGatewayRetry = std::chrono::seconds(2);

std::string case_id_of(const std::string& scan_id) {
  return scan_id;
}  // one case, one scan

std::vector<std::string> damage_of(core::ScanOutcome outcome, const std::string& reason) {
  if (outcome == core::ScanOutcome::kComplete || outcome == core::ScanOutcome::kRunning) return {};
  return {reason.empty() ? fmt::format("{} scan", core::scan_outcome_name(outcome))
                         : fmt::format("{} scan: {}", core::scan_outcome_name(outcome), reason)};
}

std::string decision_key(const core::Decision& decision) {
  return decision.case_id + "/" + decision.container;
}

}  // namespace

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
  std::vector<std::string> unjudged;
  if (const auto found = parts_.catalogue.find({.limit = 50}); found.ok()) {
    for (auto scan = found->rbegin(); scan != found->rend(); ++scan) {
      const auto stored = parts_.catalogue.show(scan->id);
      if (!stored.ok()) continue;
      cases_.push_back(from_catalogue(*stored));
      if (!stored->report && scan->lines > 0) unjudged.push_back(scan->id);
      answers_.restore(*stored);
    }
  } else {
    core::log_warning(kCasesComponent, found.error().message);
  }
  thread_ = std::make_unique<TaskThread>([this] { idle(); });
  // Not so many that the next vehicle's image would wait for them.
  if (unjudged.size() > kJudgedAgain)
    unjudged.erase(unjudged.begin(), unjudged.end() - static_cast<std::ptrdiff_t>(kJudgedAgain));
  for (auto scan = unjudged.rbegin(); scan != unjudged.rend(); ++scan)
    thread_->post([this, scan_id = *scan] { process_again(scan_id); });
}

CaseDesk::~CaseDesk() {
  thread_->stop();
}

services::CaseView CaseDesk::from_catalogue(const archive::CatalogueCase& stored) const {
  services::CaseView view;
  view.case_id = case_id_of(stored.scan.id);
  view.scan_id = stored.scan.id;
  view.report = stored.report;
  view.vehicle_plate = stored.scan.plate;
  for (const auto& container : stored.scan.containers)
    view.container_numbers.push_back(container.number);
  for (const auto& bound : stored.declarations)
    view.declarations.push_back({bound.store_id, bound.declaration, bound.matched_by});
  view.simulated = stored.scan.simulated;
  view.scan_damage = damage_of(stored.scan.outcome, stored.scan.outcome_reason);
  if (view.report) {
    view.answers.assign(view.report->findings.size(), core::FindingAnswer::kNone);
    for (const auto& remark : view.report->quality) view.scan_damage.push_back(remark);
    view.state = services::CaseState::kToDecide;
    for (const auto& check : view.report->checks) {
      if (check.name == "declaration" && check.seen == customs::kNotAskedFor)
        view.declaration_problem = "the customs gateway gave no answer when the scan was judged";
    }
  }
  if (!stored.decisions.empty()) {
    view.decision = stored.decisions.back();
    view.answers = view.decision->answers;
    view.state = services::CaseState::kDecided;
  } else {
    view.decision_blocked_because = "the vehicle is no longer in the lane";
  }
  return view;
}

services::CaseView* CaseDesk::find(const std::string& case_id) {
  const std::string& wanted = case_id.empty() ? current_ : case_id;
  for (auto it = cases_.rbegin(); it != cases_.rend(); ++it) {
    if (it->case_id == wanted) return &*it;
  }
  return nullptr;
}

void CaseDesk::put(services::CaseView view) {
  services::CaseView* kept = find(view.case_id);
  if (kept == nullptr) {
    cases_.push_back(std::move(view));
    if (cases_.size() > kCasesKept) cases_.pop_front();
    kept = &cases_.back();
  } else {
    *kept = std::move(view);
  }
  if (kept->case_id == current_) published_.publish(*kept);
}

void CaseDesk::scan_opened(const core::ScanMeta& meta, const std::filesystem::path& path) {
  if (const auto status = parts_.catalogue.begin_scan(meta, path); !status.ok())
    core::log_error(kCasesComponent, status.error().message);
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
  view.vehicle_plate = meta.identity.plate;
  for (const auto& container : meta.identity.containers)
    view.container_numbers.push_back(container.number);
  view.radiation_profile = radiation_profile_;
  view.decision_blocked_because = "the scan is running";
  current_ = view.case_id;
  put(std::move(view));
  thread_->post([this, case_id = current_] { look_up_early(case_id); });
}

void CaseDesk::vehicle_known(const std::string& scan_id, const lane::VehicleRecord& vehicle) {
  if (const auto status = parts_.catalogue.set_identity(scan_id, vehicle.identity); !status.ok()) {
    core::log_warning(kCasesComponent, status.error().message);
  }
  const std::lock_guard lock(mutex_);
  if (services::CaseView* view = find(case_id_of(scan_id))) {
    view->vehicle_plate = vehicle.identity.plate;
    view->container_numbers.clear();
    for (const auto& container : vehicle.identity.containers)
      view->container_numbers.push_back(container.number);
    put(*view);
  }
}

void CaseDesk::radiation_measured(std::vector<services::RadiationSample> profile) {
  const std::lock_guard lock(mutex_);
  radiation_profile_ = std::move(profile);
  // A passage may end after its vehicle's scan began.
  services::CaseView* view = find(current_);
  if (view == nullptr || view->state != services::CaseState::kWaitingForImage ||
      radiation_profile_.empty()) {
    return;
  }
  view->radiation_profile = radiation_profile_;
  put(*view);
}

void CaseDesk::scan_closed(RecordedScan scan) {
  thread_->post([this, scan = std::move(scan)] { process(scan); });
}

void CaseDesk::find_declarations_for(services::CaseView& view) {
  if (!view.declarations.empty()) return;  // found while the scan ran
  if (parts_.gateway == nullptr) {
    view.declaration_problem = "no customs link is configured";
    return;
  }
  auto found = parts_.gateway->find_declarations(view.container_numbers, view.vehicle_plate);
  if (!found.ok()) {
    core::log_warning(kCasesComponent, found.error().message);
    view.declaration_problem = found.error().message;
    return;
  }
  view.declaration_problem.clear();
  for (auto& one : *found) {
    if (const auto bound = parts_.catalogue.bind_declaration(
            view.scan_id, one.id, one.matched_by, one.declaration, parts_.clock.utc_now());
        !bound.ok()) {
      core::log_warning(kCasesComponent, bound.error().message);
    }
    view.declarations.push_back({one.id, std::move(one.declaration), one.matched_by});
  }
}

void CaseDesk::look_up_early(const std::string& case_id) {
  services::CaseView view;
  {
    const std::lock_guard lock(mutex_);
    const services::CaseView* known = find(case_id);
    if (known == nullptr || !known->declarations.empty()) return;
    view = *known;
  }
  find_declarations_for(view);
  // What fails now is tried again, and told, when the scan has ended.
  if (view.declarations.empty()) return;
  const std::lock_guard lock(mutex_);
  if (services::CaseView* known = find(case_id)) {
    known->declarations = std::move(view.declarations);
    put(*known);
  }
}

void CaseDesk::process(const RecordedScan& scan) {
  const core::ScanMeta& meta = scan.raw->meta;
  const auto begin = parts_.clock.now();
  if (const auto ended = parts_.catalogue.end_scan(meta.id, meta.outcome, meta.outcome_reason,
                                                   meta.ended, scan.seal);
      !ended.ok()) {
    core::log_error(kCasesComponent, ended.error().message);
  }
  services::CaseView view;
  {
    const std::lock_guard lock(mutex_);
    services::CaseView* known = find(case_id_of(meta.id));
    if (known == nullptr) return;
    if (!scan.again) known->decision_blocked_because = "the image is being made";
    put(*known);
    view = *known;
  }
  view.scan_damage = damage_of(meta.outcome, meta.outcome_reason);
  if (!scan.problem.empty())
    view.scan_damage.push_back(fmt::format("the record is incomplete: {}", scan.problem));

  const imaging::Parameters parameters;
  ScanImaging::Made made =
      scan.imaging
          ? scan.imaging->take()
          : ScanImaging::Made{imaging::process(*scan.raw, parameters, {}), {}, std::nullopt};
  auto& images = made.images;
  imaging::FlagResult flagged;
  if (images.ok()) {
    keep_planes(meta.id, scan.imaging ? std::move(made.planes) : screen_planes(*images));
    if (parts_.worker != nullptr) {
      auto answer =
          made.flagged ? std::move(*made.flagged) : parts_.worker->flag(*images, meta.identity, {});
      if (answer.ok()) {
        flagged = std::move(answer).value();
      } else {
        core::log_error(kCasesComponent, answer.error().message);
        images->quality.push_back(answer.error().message);
      }
    } else {
      flagged = imaging::flag(*images, meta.identity, {});
    }
  } else {
    core::log_error(kCasesComponent, images.error().message);
  }
  find_declarations_for(view);
  std::vector<core::Declaration> declarations;
  for (const auto& bound : view.declarations) declarations.push_back(bound.declaration);
  const inspection::Circumstances circumstances{declarations, view.declaration_problem,
                                                scan.radiation, meta.outcome, meta.outcome_reason};
  core::InspectionReport report =
      images.ok() ? inspection::judge(*images, flagged, circumstances)
                  : inspection::judge_without_image(images.error().message, circumstances);
  report.scan_id = meta.id;
  report.sha256 = scan.seal.sha256;
  report.lines_lost = scan.seal.lines_lost;
  report.timing.total =
      std::chrono::duration<double, std::milli>(parts_.clock.now() - begin).count();

  if (const auto stored = parts_.catalogue.add_report(report, parts_.clock.utc_now()); !stored.ok())
    core::log_error(kCasesComponent, stored.error().message);
  {
    const std::lock_guard lock(mutex_);
    services::CaseView* known = find(view.case_id);
    if (known == nullptr) return;
    view.answers.assign(report.findings.size(), core::FindingAnswer::kNone);
    for (const auto& remark : report.quality) view.scan_damage.push_back(remark);
    view.report = report;
    // The lane may have decided meanwhile (time ran out); that stands.
    view.decision = known->decision;
    view.decision_note = known->decision_note;
    view.vehicle_plate = known->vehicle_plate;
    view.container_numbers = known->container_numbers;
    view.review_deadline = known->review_deadline;
    view.state = view.decision ? services::CaseState::kDecided : services::CaseState::kToDecide;
    view.decision_blocked_because = known->review_deadline.ns != 0 || view.decision ? ""
                                    : scan.again ? known->decision_blocked_because
                                                 : "the lane is not ready for a decision yet";
    put(view);
  }
  // Stored with the scan for other tools; no screen waits for it.
  if (images.ok() && !scan.seal.sha256.empty()) {
    auto encoded = imaging::encode_images(*images);
    const std::string json = imaging::to_json(parameters).dump();
    if (encoded.ok()) {
      for (const auto& picture : *encoded) {
        if (const auto stored = archive::store_image(scan.path, picture.name, json, picture.bytes);
            !stored.ok()) {
          core::log_warning(kCasesComponent, stored.error().message);
          break;
        }
      }
    }
    if (const auto stored =
            archive::store_report(scan.path, core::to_json(report).dump(), parts_.clock.utc_now());
        !stored.ok()) {
      core::log_warning(kCasesComponent, stored.error().message);
    }
  }
}

void CaseDesk::process_again(const std::string& scan_id) {
  const auto stored = parts_.catalogue.show(scan_id);
  if (!stored.ok()) return core::log_error(kCasesComponent, stored.error().message);
  const auto info = archive::read_scan_info(stored->scan.file);
  if (!info.ok()) return core::log_error(kCasesComponent, info.error().message);
  auto raw = archive::read_scan(stored->scan.file);
  if (!raw.ok()) return core::log_error(kCasesComponent, raw.error().message);
  core::log_info(kCasesComponent,
                 fmt::format("scan {} of before the restart is judged now", scan_id));
  RecordedScan scan;
  scan.again = true;
  scan.radiation = stored_radiation(*info).value_or(
      core::RadiationMeasurement{false, false, false, 0, "the record of the scan was cut off"});
  if (scan.radiation.valid && !scan.radiation.alarm()) {
    // As the lane has it: a vehicle that nobody watched meanwhile is an officer's to judge.
    scan.radiation.valid = false;
    scan.radiation.problem =
        "it was before the lane was started again, and nobody watched the vehicle meanwhile";
  }
  scan.path = stored->scan.file;
  scan.seal = {stored->scan.sha256, stored->scan.lines, stored->scan.lines_lost};
  raw->meta.outcome = stored->scan.outcome;
  raw->meta.outcome_reason = stored->scan.outcome_reason;
  raw->meta.ended = stored->scan.ended;
  scan.raw = std::make_shared<core::RawScan>(std::move(raw).value());
  process(scan);
}

void CaseDesk::keep_planes(const std::string& scan_id, std::array<services::Image, 4> planes) {
  const std::lock_guard lock(mutex_);
  planes_.push_back({scan_id, std::move(planes)});
  if (planes_.size() > kPlanesKept) planes_.pop_front();
}

core::Status CaseDesk::load_planes(const std::string& scan_id) {
  PC_TRY(const auto stored, parts_.catalogue.show(scan_id));
  PC_TRY(const auto raw, archive::read_scan(stored.scan.file));
  PC_TRY(const auto images, imaging::process(raw, {}, {}));
  keep_planes(scan_id, screen_planes(images));
  return {};
}

void CaseDesk::review_wanted(const std::string& scan_id) {
  const std::lock_guard lock(mutex_);
  if (services::CaseView* view = find(case_id_of(scan_id))) {
    current_ = view->case_id;  // after a restart no scan has made it so
    view->review_deadline = core::UtcTime{parts_.clock.utc_now().ns + parts_.review_limit.count()};
    if (view->state == services::CaseState::kToDecide) view->decision_blocked_because.clear();
    put(*view);
  }
}

void CaseDesk::decided_by_lane(const std::string& scan_id, core::DecisionKind kind) {
  core::Decision decision;
  std::vector<services::MatchedDeclaration> declarations;
  std::optional<core::InspectionReport> report;
  {
    const std::lock_guard lock(mutex_);
    services::CaseView* view = find(case_id_of(scan_id));
    if (view == nullptr || view->decision || deciding_ == scan_id) return;
    decision.case_id = view->case_id;
    decision.scan_id = scan_id;
    if (!view->container_numbers.empty()) decision.container = view->container_numbers.front();
    decision.kind = kind;
    decision.reason_code = "time_ran_out";
    decision.reason_text = "Nobody decided in time; the lane put the vehicle on hold.";
    decision.officer = "lane";
    decision.decided = parts_.clock.utc_now();
    decision.answers = view->answers;
    view->decision = decision;
    view->state = services::CaseState::kDecided;
    view->decision_note = "put on hold: the time for a decision ran out";
    report = view->report;
    declarations = view->declarations;
    put(*view);
  }
  thread_->post([this, decision, declarations, report] {
    if (const auto stored = parts_.catalogue.add_decision(decision_key(decision), decision);
        !stored.ok()) {
      core::log_error(kCasesComponent, stored.error().message);
      return;
    }
    // Without a report nobody has been told of the scan either; the gateway wants one.
    answers_.add(decision, report.value_or(core::InspectionReport{}), declarations);
  });
}

services::LaneBackend::VersionedCase CaseDesk::wait_current_case(
    std::uint64_t version_seen, std::chrono::milliseconds timeout) {
  const auto now = published_.wait(version_seen, timeout);
  return {now.version, now.value};
}

core::Result<services::CaseView> CaseDesk::case_view(const std::string& case_id) {
  {
    const std::lock_guard lock(mutex_);
    if (case_id.empty() && current_.empty()) return services::CaseView{};
    if (const services::CaseView* view = find(case_id)) return *view;
  }
  PC_TRY(const auto stored, parts_.catalogue.show(case_id));
  return from_catalogue(stored);
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
      if (view->report) summary.verdict = core::verdict_outcome_name(view->report->verdict.outcome);
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
  services::CaseView* view = find(case_id);
  if (view == nullptr)
    return core::Error{core::ErrorCode::kNotFound, fmt::format("there is no case {}", case_id)};
  if (view->decision)
    return core::Error{core::ErrorCode::kRefused, "the case is decided; its answers stand"};
  if (finding >= view->answers.size()) {
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("the case has no finding {}; it has {}", finding + 1, view->answers.size())};
  }
  view->answers[finding] = answer;
  put(*view);
  return {};
}

core::Status CaseDesk::check_decision(const services::CaseView& view,
                                      const services::DecisionRequest& request) const {
  const auto refused = [](std::string why) {
    return core::Error{core::ErrorCode::kRefused, std::move(why)};
  };
  if (view.decision) return refused("the case is decided already");
  if (view.state != services::CaseState::kToDecide)
    return refused("there is no image to decide on yet");
  if (!view.decision_blocked_because.empty()) return refused(view.decision_blocked_because);
  if (request.user.empty()) return refused("a decision needs the name of who makes it");
  if (request.reason_code.empty()) return refused("a decision needs a reason");
  for (std::size_t i = 0; i < view.answers.size(); ++i) {
    if (view.answers[i] == core::FindingAnswer::kNone)
      return refused(fmt::format("finding {} is not answered yet", i + 1));
  }
  return {};
}

core::Status CaseDesk::decide(const services::DecisionRequest& request) {
  core::Decision decision;
  core::InspectionReport report;
  std::vector<services::MatchedDeclaration> declarations;
  {
    const std::lock_guard lock(mutex_);
    const services::CaseView* view = find(request.case_id);
    if (view == nullptr)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("there is no case {}", request.case_id)};
    PC_CHECK(check_decision(*view, request));
    decision.case_id = view->case_id;
    decision.scan_id = view->scan_id;
    if (!view->container_numbers.empty()) decision.container = view->container_numbers.front();
    decision.kind = request.kind;
    decision.reason_code = request.reason_code;
    decision.reason_text = request.reason_text;
    decision.officer = request.user;
    decision.decided = parts_.clock.utc_now();
    decision.time_on_image_ms = request.time_on_image_ms;
    decision.answers = view->answers;
    report = view->report.value_or(core::InspectionReport{});
    declarations = view->declarations;
  }
  {
    const std::lock_guard lock(mutex_);
    if (!deciding_.empty())
      return core::Error{core::ErrorCode::kRefused, "another decision is being taken"};
    deciding_ = decision.scan_id;
  }
  const auto taken = parts_.decide_in_lane(request, decision.scan_id);
  {
    const std::lock_guard lock(mutex_);
    deciding_.clear();
  }
  PC_CHECK(taken);
  PC_CHECK(parts_.catalogue.add_decision(decision_key(decision), decision));
  {
    const std::lock_guard lock(mutex_);
    if (services::CaseView* view = find(decision.case_id)) {
      view->decision = decision;
      view->state = services::CaseState::kDecided;
      view->decision_note = parts_.gateway != nullptr
                                ? "decided; the answer to customs is on its way"
                                : "decided; no customs link is configured";
      put(*view);
    }
    gateway_due_ = parts_.clock.now();
  }
  answers_.add(decision, report, declarations);
  thread_->post([this] { answers_.send(); });
  return {};
}

void CaseDesk::note_answer(const std::string& case_id, const std::string& note) {
  const std::lock_guard lock(mutex_);
  if (services::CaseView* view = find(case_id)) {
    view->decision_note = note;
    put(*view);
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
  if (status.ok()) answers_.send();
}

void CaseDesk::vehicle_left(double cycle_s) {
  const std::lock_guard lock(mutex_);
  cycle_s_.push_back(cycle_s);
  if (cycle_s_.size() > 200) cycle_s_.erase(cycle_s_.begin());
}

std::string CaseDesk::current_case_id() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::uint32_t CaseDesk::scans_today() const {
  const std::lock_guard lock(mutex_);
  return scans_today_;
}

double CaseDesk::median_cycle_s() const {
  const std::lock_guard lock(mutex_);
  if (cycle_s_.empty()) return 0;
  auto sorted = cycle_s_;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                   sorted.end());
  return sorted[sorted.size() / 2];
}

services::DeviceHealth CaseDesk::worker_health() const {
  services::DeviceHealth health;
  health.name = "Image worker";
  if (parts_.worker == nullptr) {
    health.level = services::DeviceLevel::kAttention;
    health.text = "not configured; findings are made in the lane's own process";
    return health;
  }
  const auto state = parts_.worker->state();
  health.level = state.running ? services::DeviceLevel::kOk : services::DeviceLevel::kAttention;
  health.text =
      state.running
          ? (state.lost == 0 ? "ready" : fmt::format("ready; restarted {} times", state.lost))
          : (state.last_error.empty() ? "starting" : state.last_error);
  return health;
}

services::DeviceHealth CaseDesk::gateway_health() const {
  const std::lock_guard lock(mutex_);
  return gateway_health_;
}

}  // namespace portcullis::apps
