#include "tests/support/fake_lane.h"

#include <algorithm>
#include <utility>

namespace portcullis::test {
namespace {

using services::CaseState;
using services::DeviceLevel;
using services::LaneCommand;
using services::LaneStatus;
using std::chrono::milliseconds;

LaneStatus first_status() {
  LaneStatus status;
  status.lane = "Lane 3";
  status.simulated = true;
  status.state = "Ready";
  status.state_text = "Ready";
  status.next_text = "vehicle in place; press Start";
  status.search_text = "held";
  status.doors_text = "closed, clear";
  status.dose_rate_usv_h = 0.08;
  status.light_entry = "red";
  status.light_exit = "red";
  status.barrier_entry = "closed";
  status.barrier_exit = "closed";
  status.portal_text = "background ok";
  status.devices = {{"PLC", DeviceLevel::kOk, ""},
                    {"X-ray source", DeviceLevel::kOk, ""},
                    {"Detector", DeviceLevel::kOk, ""},
                    {"Radiation portal", DeviceLevel::kOk, ""}};
  status.waiting = 2;
  status.scans_today = 31;
  status.median_cycle_s = 74;
  status.vehicle_plate = "B-KL 4417";
  status.allowed_commands = {LaneCommand::kStart, LaneCommand::kStop};
  return status;
}

}  // namespace

FakeLane::FakeLane() : status_(first_status()) {}

FakeLane::~FakeLane() {
  hang();
}

void FakeLane::beat() {
  {
    const std::lock_guard lock(mutex_);
    if (beating_) return;
    beating_ = true;
    stopping_ = false;
  }
  thread_ = std::thread([this] { loop(); });
}

void FakeLane::hang() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    beating_ = false;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void FakeLane::play(milliseconds scan_for, const std::string& scene) {
  const std::lock_guard lock(mutex_);
  scene_ = scene;
  scan_for_ = scan_for;
}

void FakeLane::change_status(const std::function<void(LaneStatus&)>& change) {
  LaneStatus status = *status_.get().value;
  change(status);
  status.utc = clock_.utc_now();
  status_.publish(std::move(status));
}

void FakeLane::keep_case(services::CaseView view) {
  {
    const std::lock_guard lock(mutex_);
    Kept& kept = kept_cases_[view.case_id];
    ++kept.version;
    kept.view = std::move(view);
  }
  changed_.notify_all();
}

/// The case as it is now, in its place.
void FakeLane::publish(services::CaseView view) {
  if (case_.get().value->case_id == view.case_id)
    case_.publish(std::move(view));
  else
    keep_case(std::move(view));
}

void FakeLane::show_case(services::CaseView view) {
  const std::string id = view.case_id;
  case_.publish(std::move(view));
  change_status([&](LaneStatus& status) { status.current_case_id = id; });
}

bool FakeLane::pause(milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return stopping_ || stop_asked_; });
  return !stopping_;
}

void FakeLane::loop() {
  for (;;) {
    bool start = false;
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, milliseconds(250), [this] { return stopping_ || start_asked_; });
      if (stopping_) return;
      start = std::exchange(start_asked_, false);
      stop_asked_ = false;
    }
    change_status([](LaneStatus&) {});
    if (start) scan_a_truck();
  }
}

void FakeLane::scan_a_truck() {
  milliseconds scan_for{0};
  int truck = 0;
  std::string scene;
  {
    const std::lock_guard lock(mutex_);
    scene = scene_;
    scan_for = scan_for_;
    truck = ++trucks_;
  }
  const std::string scan_id = "scan-" + std::to_string(truck);
  change_status([&](LaneStatus& status) {
    status.state = "Scanning";
    status.state_text = "Scanning";
    status.next_text = "gantry moves to the rear";
    status.beam = "on";
    status.beam_asked = status.beam_permit = status.motion_asked = status.motion_permit = true;
    status.speed_mm_s = truck % 2 == 0 ? -400 : 400;
    status.scan_id = scan_id;
    status.allowed_commands = {LaneCommand::kStop};
    status.current_case_id.clear();
  });
  services::CaseView coming;
  coming.case_id = "case-" + std::to_string(truck);
  coming.scan_id = scan_id;
  coming.state = CaseState::kWaitingForImage;
  coming.simulated = true;
  coming.vehicle_plate = "B-KL 4417";
  coming.container_numbers = {"CSQU3054383"};
  coming.decision_blocked_because = "the scan is running";
  show_case(coming);
  const bool from_rear = truck % 2 == 0;
  feed_.begin(scan_id, kTruckRows, from_rear);
  std::vector<std::uint8_t> column(kTruckRows);
  constexpr int kSteps = 100;
  bool stopped = false;
  for (int step = 0; step < kSteps && !stopped; ++step) {
    for (int c = kTruckColumns * step / kSteps; c < kTruckColumns * (step + 1) / kSteps; ++c) {
      truck_column(from_rear ? kTruckColumns - 1 - c : c, column);
      feed_.push(column);
    }
    change_status([&](LaneStatus& status) {
      status.scan_lines = static_cast<std::uint32_t>(60 * (step + 1));
    });
    if (!pause(scan_for / kSteps)) return;
    const std::lock_guard lock(mutex_);
    stopped = stop_asked_;
  }
  feed_.end();
  const std::string case_id = "case-" + std::to_string(truck);
  services::CaseView view =
      scene.empty() ? truck_case(case_id, scan_id, from_rear) : scene_case(scene, case_id, scan_id);
  view.state = CaseState::kWaitingForImage;
  view.decision_blocked_because = "the image is being made";
  auto report = std::exchange(view.report, std::nullopt);
  show_case(view);
  change_status([](LaneStatus& status) {
    status.state = "Reviewing";
    status.state_text = "Reviewing, bay 2";
    status.next_text = "exit barrier opens; entry stays red";
    status.beam = "off";
    status.beam_asked = status.beam_permit = status.motion_asked = status.motion_permit = false;
    status.speed_mm_s = 0;
    status.scans_today += 1;
  });
  if (!pause(milliseconds(500))) return;
  view.state = CaseState::kToDecide;
  view.decision_blocked_because.clear();
  view.report = std::move(report);
  view.review_deadline.ns = clock_.utc_now().ns + 240'000'000'000;
  show_case(view);
}

std::vector<LaneCommand> FakeLane::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}
std::vector<FakeLane::Answer> FakeLane::answers() const {
  const std::lock_guard lock(mutex_);
  return answers_;
}
std::vector<services::DecisionRequest> FakeLane::decisions() const {
  const std::lock_guard lock(mutex_);
  return decisions_;
}
void FakeLane::hold_images(bool hold) {
  const std::lock_guard lock(mutex_);
  hold_images_ = hold;
}

void FakeLane::set_image_size(std::uint32_t columns, std::uint32_t rows) {
  const std::lock_guard lock(mutex_);
  planes_.clear();
  for (const auto each : {services::ImagePlane::kHigh, services::ImagePlane::kLow,
                          services::ImagePlane::kMass, services::ImagePlane::kMaterial}) {
    planes_.push_back(plain_image(each, columns, rows));
  }
}

void FakeLane::set_image_source(ImageSource source) {
  const std::lock_guard lock(mutex_);
  image_source_ = std::move(source);
}

void FakeLane::fill_with_trucks(std::uint32_t columns, std::uint32_t rows) {
  const std::lock_guard lock(mutex_);
  planes_.clear();
  for (const auto each : {services::ImagePlane::kHigh, services::ImagePlane::kLow,
                          services::ImagePlane::kMass, services::ImagePlane::kMaterial}) {
    services::Image image = draw_truck(each, 1);
    const std::size_t bytes = image.bytes_per_pixel;
    auto pixels = std::make_shared<std::vector<std::byte>>(bytes * columns * rows);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto* from = image.pixels->data() + row % image.rows * image.columns * bytes;
      for (std::size_t column = 0; column < columns; column += image.columns) {
        const std::size_t count = std::min<std::size_t>(image.columns, columns - column);
        std::copy_n(from, count * bytes, pixels->data() + (row * columns + column) * bytes);
      }
    }
    image.columns = columns;
    image.rows = rows;
    image.pixels = std::move(pixels);
    planes_.push_back(std::move(image));
  }
}

LaneStatus FakeLane::wait_status(std::uint64_t seen, milliseconds timeout) {
  const auto current = status_.wait(seen, timeout);
  LaneStatus status = *current.value;
  status.sequence = current.version;
  return status;
}

core::Status FakeLane::command(LaneCommand command, const std::string&) {
  const LaneStatus status = *status_.get().value;
  const bool allowed = command == LaneCommand::kStop ||
                       std::find(status.allowed_commands.begin(), status.allowed_commands.end(),
                                 command) != status.allowed_commands.end();
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back(command);
    if (command == LaneCommand::kStart && allowed && scan_for_.count() > 0) start_asked_ = true;
    if (command == LaneCommand::kStop) stop_asked_ = true;
  }
  changed_.notify_all();
  if (!allowed)
    return core::Error{core::ErrorCode::kRefused, "the lane is not ready: " + status.next_text};
  return {};
}

services::LaneBackend::VersionedCase FakeLane::wait_case(const std::string& case_id,
                                                         std::uint64_t seen, milliseconds timeout) {
  {
    std::unique_lock lock(mutex_);
    if (const auto kept = kept_cases_.find(case_id); kept != kept_cases_.end()) {
      changed_.wait_for(lock, timeout, [&] { return kept->second.version != seen; });
      return {kept->second.version, std::make_shared<const services::CaseView>(kept->second.view)};
    }
  }
  const auto current = case_.wait(seen, timeout);
  return {current.version, current.value};
}

core::Result<services::CaseView> FakeLane::case_view(const std::string& case_id) {
  const auto current = case_.get().value;
  if (case_id.empty() || current->case_id == case_id) return *current;
  const std::lock_guard lock(mutex_);
  if (const auto kept = kept_cases_.find(case_id); kept != kept_cases_.end())
    return kept->second.view;
  return core::Error{core::ErrorCode::kNotFound, "case " + case_id + ": there is none"};
}

std::vector<services::CaseSummary> FakeLane::list_cases(std::uint32_t count_max) {
  const std::lock_guard lock(mutex_);
  std::vector<services::CaseSummary> newest(summaries_.rbegin(), summaries_.rend());
  if (newest.size() > count_max) newest.resize(count_max);
  return newest;
}

core::Result<services::Image> FakeLane::image(const std::string& scan_id,
                                              services::ImagePlane plane) {
  constexpr const char* kNames[] = {" high", " low", " mass", " material"};
  std::unique_lock lock(mutex_);
  images_asked_for_.push_back(scan_id + kNames[static_cast<std::size_t>(plane)]);
  if (image_source_) {
    const ImageSource source = image_source_;
    lock.unlock();
    return source(scan_id, plane);
  }
  if (hold_images_)
    return core::Error{core::ErrorCode::kUnavailable, "scan " + scan_id + ": not processed yet"};
  if (scan_id.rfind("scan-", 0) != 0) {
    return core::Error{core::ErrorCode::kNotFound, "scan " + scan_id + ": there is none"};
  }
  if (planes_.empty()) {
    for (const auto each : {services::ImagePlane::kHigh, services::ImagePlane::kLow,
                            services::ImagePlane::kMass, services::ImagePlane::kMaterial}) {
      planes_.push_back(draw_truck(each, 7));
    }
  }
  return planes_[static_cast<std::size_t>(plane)];
}

core::Status FakeLane::answer_finding(const std::string& case_id, std::uint32_t finding,
                                      core::FindingAnswer answer, const std::string& user) {
  PC_TRY(services::CaseView view, case_view(case_id));
  if (finding >= view.answers.size()) {
    return core::Error{core::ErrorCode::kNotFound, "case " + case_id + ": no such finding"};
  }
  if (view.decision && !view.may_be_decided_again)
    return core::Error{core::ErrorCode::kRefused, "case " + case_id + " is decided"};
  view.answers[finding] = answer;
  {
    const std::lock_guard lock(mutex_);
    answers_.push_back({case_id, finding, answer, user});
  }
  publish(std::move(view));
  return {};
}

void FakeLane::show_case_to_be_read_first(services::CaseView view) {
  {
    const std::lock_guard lock(mutex_);
    held_back_ = view;
    held_back_.first_look = services::FirstLook::kTaken;
  }
  services::hold_findings_back(view);
  view.decision_blocked_because = "say first what you see in the image; the findings appear then";
  show_case(std::move(view));
}

core::Status FakeLane::first_look(const services::FirstLookRequest& request) {
  PC_TRY(const services::CaseView view, case_view(request.case_id));
  if (view.first_look != services::FirstLook::kWanted)
    return core::Error{core::ErrorCode::kRefused, "the findings are shown already"};
  services::CaseView whole;
  {
    const std::lock_guard lock(mutex_);
    looks_.push_back(request);
    whole = held_back_;
  }
  publish(std::move(whole));
  return {};
}

std::vector<services::FirstLookRequest> FakeLane::looks() const {
  const std::lock_guard lock(mutex_);
  return looks_;
}

core::Status FakeLane::propose_identity(const services::IdentityRequest& request) {
  PC_TRY(services::CaseView view, case_view(request.case_id));
  view.identity_proposed =
      services::IdentityCorrection{request.plate, request.containers, request.user, {}};
  publish(std::move(view));
  return {};
}

core::Status FakeLane::confirm_identity(const services::IdentityRequest& request) {
  PC_TRY(services::CaseView view, case_view(request.case_id));
  if (!view.identity_proposed || view.identity_proposed->by == request.user)
    return core::Error{core::ErrorCode::kRefused,
                       "who said whose vehicle it is does not confirm it; another has to"};
  view.identity_set = std::exchange(view.identity_proposed, std::nullopt);
  view.identity_set->confirmed_by = request.user;
  view.vehicle_plate = request.plate;
  view.container_numbers = request.containers;
  publish(std::move(view));
  return {};
}

core::Status FakeLane::set_marks(const services::MarksRequest& request) {
  PC_TRY(services::CaseView view, case_view(request.case_id));
  if (request.version != view.marks_version)
    return core::Error{core::ErrorCode::kRefused, "somebody else changed the marks"};
  view.marks_json = request.marks_json;
  ++view.marks_version;
  publish(std::move(view));
  return {};
}

core::Status FakeLane::answer_alarm(const services::AlarmAnswer& answer) {
  using Kind = services::AlarmAnswer::Kind;
  bool found = false;
  change_status([&](services::LaneStatus& status) {
    for (services::AlarmStatus& alarm : status.alarms) {
      if (alarm.key != answer.key || alarm.occurrence != answer.occurrence) continue;
      found = true;
      if (answer.kind == Kind::kAcknowledge) {
        alarm.state = "acknowledged";
        alarm.acknowledged_by = answer.user;
      } else {
        const bool shelves = answer.kind == Kind::kShelve;
        alarm.state = shelves ? "shelved" : "unacknowledged";
        alarm.shelved_by = shelves ? answer.user : std::string();
        alarm.shelved_reason = answer.reason;
      }
    }
  });
  if (!found) return core::Error{core::ErrorCode::kRefused, "it was raised anew meanwhile"};
  const std::lock_guard lock(mutex_);
  alarm_answers_.push_back(answer);
  return {};
}

core::Result<std::vector<services::AlarmEvent>> FakeLane::find_alarms(
    const services::AlarmSearch& search) {
  std::vector<services::AlarmEvent> events;
  const std::lock_guard lock(mutex_);
  for (const services::AlarmAnswer& answer : alarm_answers_) {
    if (answer.key.find(search.text) != std::string::npos)
      events.insert(events.begin(),
                    {clock_.utc_now(), "alarm answered", answer.key + " by " + answer.user});
  }
  return events;
}

std::vector<services::AlarmAnswer> FakeLane::alarm_answers() const {
  const std::lock_guard lock(mutex_);
  return alarm_answers_;
}

core::Result<services::FoundCases> FakeLane::find_cases(const services::CaseSearch& search) {
  const auto current = case_.get().value;
  const std::lock_guard lock(mutex_);
  searches_.push_back(search);
  if (!searched_.ok()) return searched_.error();
  std::vector<const services::CaseView*> views;
  if (!current->case_id.empty()) views.push_back(current.get());
  for (auto kept = kept_cases_.rbegin(); kept != kept_cases_.rend(); ++kept)
    views.push_back(&kept->second.view);
  services::FoundCases found;
  std::int64_t older = 0;
  for (const services::CaseView* view : views) {
    services::FoundCase row;
    row.case_id = view->case_id;
    row.scan_id = view->scan_id;
    // The current one is the newest, each next a day older.
    row.started.ns =
        clock_.utc_now().ns - (view == current.get() ? 0 : ++older) * 86'400'000'000'000;
    row.container_numbers = view->container_numbers;
    row.vehicle_plate = view->vehicle_plate;
    for (const auto& bound : view->declarations) row.declarations.push_back(bound.declaration.mrn);
    row.state = view->state;
    if (view->decision) row.decision = core::decision_kind_name(view->decision->kind);
    if (view->report) {
      for (const auto& finding : view->report->findings)
        row.findings.emplace_back(core::finding_kind_name(finding.kind));
    }
    row.scan_outcome = "complete";
    row.thumbnail_png = thumbnail_;
    std::string all = row.vehicle_plate;
    for (const std::string& number : row.container_numbers) all += " " + number;
    const bool state_fits = search.state.empty() || search.state == row.decision ||
                            search.state == (row.decision.empty() ? "undecided" : "decided");
    const bool finding_fits =
        search.finding.empty() ||
        std::find(row.findings.begin(), row.findings.end(), search.finding) != row.findings.end();
    if (all.find(search.text) == std::string::npos || !state_fits || !finding_fits) continue;
    found.more = found.cases.size() == search.count_max;
    if (found.more) break;
    found.cases.push_back(std::move(row));
  }
  return found;
}

std::vector<services::CaseSearch> FakeLane::searches() const {
  const std::lock_guard lock(mutex_);
  return searches_;
}
void FakeLane::fail_searches(core::Status with) {
  const std::lock_guard lock(mutex_);
  searched_ = std::move(with);
}
void FakeLane::set_thumbnail(std::string png) {
  const std::lock_guard lock(mutex_);
  thumbnail_ = std::move(png);
}

core::Status FakeLane::override_decision(const services::DecisionRequest& request) {
  const std::lock_guard lock(mutex_);
  overrides_.push_back(request);
  return {};
}

std::vector<services::DecisionRequest> FakeLane::overrides() const {
  const std::lock_guard lock(mutex_);
  return overrides_;
}

core::Status FakeLane::choose_declaration(const services::DeclarationChoice& choice) {
  PC_TRY(services::CaseView view, case_view(choice.case_id));
  {
    const std::lock_guard lock(mutex_);
    choices_.push_back(choice);
    if (!choices_refused_.ok()) return choices_refused_;
  }
  auto all = std::move(view.declarations);
  for (auto& one : view.declarations_set_aside) all.push_back(std::move(one));
  view.declarations.clear();
  view.declarations_set_aside.clear();
  for (auto& one : all)
    (one.id == choice.chosen ? view.declarations : view.declarations_set_aside)
        .push_back(std::move(one));
  view.declaration_chosen = choice.chosen;
  view.declaration_chosen_by = choice.user;
  if (view.report) {
    for (auto& check : view.report->checks) {
      if (check.name != "declaration") continue;
      check.outcome =
          choice.chosen.empty() ? core::CheckOutcome::kUnknown : core::CheckOutcome::kAgrees;
      check.text = choice.chosen.empty()
                       ? "An officer says that none of the 2 declarations that name this vehicle "
                         "belongs to it."
                       : "One declaration, " + view.declarations.front().declaration.mrn + ".";
    }
  }
  publish(std::move(view));
  return {};
}
std::vector<services::DeclarationChoice> FakeLane::choices() const {
  const std::lock_guard lock(mutex_);
  return choices_;
}
void FakeLane::refuse_choices(core::Status with) {
  const std::lock_guard lock(mutex_);
  choices_refused_ = std::move(with);
}

core::Status FakeLane::record_outcome(const services::OutcomeRequest& request) {
  PC_TRY(services::CaseView view, case_view(request.case_id));
  view.outcomes = request.outcomes;
  view.outcome_by = request.user;
  view.seals_found = request.seals_found;
  view.seals_put = request.seals_put;
  {
    const std::lock_guard lock(mutex_);
    outcomes_.push_back(request);
  }
  publish(std::move(view));
  return {};
}

void FakeLane::set_next(const std::vector<int>& numbers) {
  {
    const std::lock_guard lock(mutex_);
    next_cases_.clear();
    for (const int number : numbers)
      next_cases_.push_back({"case-" + std::to_string(number), "scan-" + std::to_string(number)});
  }
  change_status([](LaneStatus&) {});
}
std::vector<services::NextCase> FakeLane::next_cases(const std::string&) {
  const std::lock_guard lock(mutex_);
  return next_cases_;
}
void FakeLane::case_shown(const std::string& case_id, const std::string&) {
  const std::lock_guard lock(mutex_);
  shown_.push_back(case_id);
}
std::vector<std::string> FakeLane::shown() const {
  const std::lock_guard lock(mutex_);
  return shown_;
}
std::vector<std::string> FakeLane::images_asked_for() const {
  const std::lock_guard lock(mutex_);
  return images_asked_for_;
}

core::Result<services::Supervision> FakeLane::supervise(std::uint32_t) {
  const std::lock_guard lock(mutex_);
  return supervision_;
}

void FakeLane::set_supervision(services::Supervision supervision) {
  const std::lock_guard lock(mutex_);
  supervision_ = std::move(supervision);
}

std::vector<services::OutcomeRequest> FakeLane::outcomes() const {
  const std::lock_guard lock(mutex_);
  return outcomes_;
}

core::Status FakeLane::decide(const services::DecisionRequest& request) {
  PC_TRY(services::CaseView view, case_view(request.case_id));
  if (view.decision && !view.may_be_decided_again)
    return core::Error{core::ErrorCode::kRefused, "case " + request.case_id + " is decided"};
  core::Decision decision;
  decision.case_id = request.case_id;
  decision.scan_id = view.scan_id;
  decision.container = request.container.empty() ? "CSQU3054383" : request.container;
  decision.container_only = !request.container.empty();
  decision.kind = request.kind;
  decision.reason_code = request.reason_code;
  decision.reason_text = request.reason_text;
  decision.officer = request.user;
  decision.decided = clock_.utc_now();
  decision.time_on_image_ms = request.time_on_image_ms;
  decision.answers = view.answers;
  for (auto& one : view.container_decisions)
    if (!decision.container_only || one.container == decision.container) one.decision = decision;
  if (!view.container_decisions.empty()) {
    const auto goes = core::vehicle_decision(view.container_decisions);
    if (!goes) {
      {
        const std::lock_guard lock(mutex_);
        decisions_.push_back(request);
      }
      publish(std::move(view));
      return {};
    }
    decision = *goes;
  }
  view.decision = decision;
  view.state = CaseState::kDecided;
  view.decision_note = "answer written to customs";
  services::CaseSummary summary;
  summary.case_id = view.case_id;
  summary.scan_id = view.scan_id;
  summary.container_number = "CSQU3054383";
  summary.decision = std::string(core::decision_kind_name(request.kind));
  {
    const std::lock_guard lock(mutex_);
    decisions_.push_back(request);
    summaries_.push_back(summary);
  }
  const bool in_bay = case_.get().value->case_id != view.case_id;
  publish(std::move(view));
  if (in_bay) return {};
  change_status([](LaneStatus& status) {
    status.state = "Ready";
    status.state_text = "Ready";
    status.next_text = "vehicle in place; press Start";
    status.allowed_commands = {LaneCommand::kStart, LaneCommand::kStop};
    status.current_case_id.clear();
  });
  return {};
}

}  // namespace portcullis::test
