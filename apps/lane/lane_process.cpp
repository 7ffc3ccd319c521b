#include "apps/lane/lane_process.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "apps/lane/case_words.h"
#include "apps/lane/diagnostics.h"
#include "apps/lane/kept_calibration.h"
#include "apps/lane/realtime.h"
#include "apps/lane/report_printer.h"
#include "apps/lane/scan_imaging.h"
#include "apps/lane/status_text.h"
#include "core/files.h"
#include "core/log.h"
#include "lane/alarm_conditions.h"

namespace portcullis::apps {
namespace {

constexpr const char* kLaneComponent = "lane";
constexpr core::Duration kTendPeriod = std::chrono::milliseconds(100);
constexpr core::Duration kDiagnosticsPeriod = std::chrono::seconds(1);
constexpr core::Duration kFiguresPeriod = std::chrono::minutes(1);
// A poll is every 10 ms and waits for a PLC 0.5 s at most; tending is every 0.1 s and waits for a
// disk at times.
constexpr double kPollAlive_s = 2;
constexpr double kTendAlive_s = 5;

lane::CameraReading::Kind reading_kind(const std::string& kind) {
  if (kind == "container") return lane::CameraReading::Kind::kContainer;
  if (kind == "iso_type") return lane::CameraReading::Kind::kIsoType;
  if (kind == "plate") return lane::CameraReading::Kind::kPlate;
  return lane::CameraReading::Kind::kOther;
}

/// Where a set that is too old has no image, none is scanned with: the age that is allowed.
std::optional<core::Duration> age_max_of(const imaging::CalibrationLimits& limits) {
  if (!limits.refuse || !(limits.age_max_h > 0)) return std::nullopt;
  return std::chrono::duration_cast<core::Duration>(
      std::chrono::duration<double, std::ratio<3600>>(limits.age_max_h));
}

}  // namespace

core::Result<std::unique_ptr<LaneProcess>> LaneProcess::start(const LaneConfig& config,
                                                              const core::Clock& clock) {
  std::unique_ptr<LaneProcess> process(new LaneProcess(config, clock));
  const RealtimeOutcome memory = lock_memory(config.lock_memory);
  process->realtime_text_ = memory.text;
  if (memory.asked && !memory.granted) core::log_warning(kLaneComponent, memory.text);
  PC_CHECK(process->open_storage());
  PC_CHECK(process->open_accounts());
  PC_CHECK(process->connect_devices());
  PC_CHECK(process->start_cycle());
  return process;
}

core::Status LaneProcess::open_storage() {
  if (!config_.goods_table.empty()) {
    PC_TRY(goods_table_, customs::read_goods(config_.goods_table));
  }
  PC_TRY(const auto info, archive::read_scan_info(config_.installation));
  PC_TRY(auto calibration, archive::read_calibration(config_.installation));
  if (calibration.wedges.empty()) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("{}: holds no wedge steps; materials cannot be told apart without them",
                    config_.installation.string())};
  }
  installation_ = info.meta;
  installed_calibration_ = std::move(calibration);

  std::error_code error;
  std::filesystem::create_directories(config_.storage_folder / "scans", error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", config_.storage_folder.string(), error.message())};
  std::vector<archive::Catalogue::Recovered> recovered;
  PC_TRY(catalogue_, archive::Catalogue::open_for_lane(config_.storage_folder / "catalogue.sqlite",
                                                       clock_.utc_now(), &recovered,
                                                       config_.storage_folder / "scans"));
  for (const auto& scan : recovered) {
    core::log_warning(kLaneComponent, fmt::format("scan {} was left running: {} ({} lines)",
                                                  scan.scan_id, scan.outcome_reason, scan.lines));
  }

  archive::AuditLog::Options audit;
  audit.folder = config_.audit_folder;
  audit.key_file = config_.audit_key;
  audit.salt_file = config_.audit_key.parent_path() / "audit-salts.sqlite";
  audit.origin = config_.audit_origin;
  PC_TRY(audit_, LaneAudit::open(audit, config_.lane, config_.signer_socket, clock_));
  PC_CHECK(audit_->enter_missing(*catalogue_));
  audit_->service_started();

  if (!config_.gateway_socket.empty())
    gateway_ = std::make_unique<services::GatewayClient>(config_.gateway_socket);
  inspection::WorkerOptions options;
  options.program = config_.worker_program;
  PC_TRY(worker_, inspection::WorkerClient::create(options));
  worker_->warm_up();
  notes_ = std::make_unique<TaskThread>();
  alarms_ = std::make_unique<AlarmKeeper>(config_.storage_folder / "alarms.json", *catalogue_,
                                          *notes_, clock_);
  return {};
}

core::Status LaneProcess::open_accounts() {
  if (config_.accounts_file.empty()) {
    core::log_warning(kLaneComponent,
                      "no accounts: everyone at this lane's socket may do everything");
    return {};
  }
  auto opened = access::AccountStore::open(config_.accounts_file, false);
  if (!opened.ok()) {
    return opened.error().with_context(
        "accounts (`portcullis account add` makes the file with its first account)");
  }
  accounts_ = std::move(opened).value();
  sessions_ = std::make_unique<access::Sessions>(
      *accounts_, config_.sessions, clock_,
      [this](access::Sessions::Event event, const std::string& name, const std::string& detail) {
        using Event = access::Sessions::Event;
        const char* type = event == Event::kLogin        ? "login"
                           : event == Event::kFailed     ? "login_failed"
                           : event == Event::kLogout     ? "logout"
                           : event == Event::kBreakGlass ? "break_glass"
                                                         : "session_ended";
        const bool loud = event == Event::kBreakGlass;
        core::log(loud                      ? core::LogLevel::kError
                  : event == Event::kFailed ? core::LogLevel::kWarning
                                            : core::LogLevel::kInfo,
                  kLaneComponent,
                  fmt::format("{}: {}{}{}", type, name, detail.empty() ? "" : ": ", detail));
        // What was typed as a name may be a password: only names that are there are kept.
        const bool known = event != Event::kFailed || accounts_->find(name).ok();
        audit_->session_event(type, known ? name : std::string());
      });
  return {};
}

void LaneProcess::log_account_changes() {
  const auto changes = accounts_->changes_to_log();
  if (!changes.ok()) return core::log_warning(kLaneComponent, changes.error().message);
  for (const auto& change : *changes) {
    core::Status kept = audit_->account_changed(change);
    if (kept.ok()) kept = accounts_->logged(change.id);
    if (!kept.ok()) return core::log_warning(kLaneComponent, kept.error().message);
  }
}

services::DeviceHealth LaneProcess::access_health() const {
  using services::DeviceLevel;
  if (!sessions_) {
    const bool real = !driver_->snapshot()->simulated;
    return {"Accounts", real ? DeviceLevel::kAttention : DeviceLevel::kOk,
            "no accounts: everyone at this socket may do everything"};
  }
  if (sessions_->break_glass_open())
    return {"Accounts", DeviceLevel::kAttention, "an account for emergencies is in use"};
  return {"Accounts", DeviceLevel::kOk, fmt::format("{} logged in", sessions_->count())};
}

core::Status LaneProcess::connect_devices() {
  const core::ScannerGeometry& geometry = installation_.geometry;
  firmware_bridge::SourceConfig source_config;
  source_config.endpoint = config_.source;
  source_config.realtime_priority = config_.source_priority;
  PC_TRY(source_, firmware_bridge::make_source_driver("scpi", source_config, clock_));
  firmware_bridge::SourceSettings settings;
  settings.energy_high_mv = geometry.energy_high_mv;
  settings.energy_low_mv = geometry.energy_low_mv;
  settings.pulse_rate_hz = geometry.pulse_rate_hz;
  PC_CHECK(source_->configure(settings));

  firmware_bridge::DetectorConfig detector_config;
  detector_config.endpoint = config_.detector;
  PC_TRY(detector_, firmware_bridge::make_detector_driver("native", detector_config, clock_));
  portal_ = std::make_unique<firmware_bridge::PortalClient>(
      config_.portal, firmware_bridge::PortalMonitor::Config{}, clock_);
  camera_ = std::make_unique<firmware_bridge::CameraClient>(config_.camera, clock_);

  acquisition::AcquisitionConfig acquisition_config;
  acquisition_config.receive_host = config_.detector_data_host;
  acquisition_config.realtime_priority = config_.receive_priority;
  PC_TRY(acquisition_, acquisition::Acquisition::create(acquisition_config, *detector_, clock_));

  source_port_ = std::make_unique<SourceAdapter>(*source_, *portal_, clock_);
  radiation_port_ = std::make_unique<RadiationAdapter>(*portal_, config_.portal_simulated, clock_);
  capture_ =
      std::make_unique<acquisition::CaptureService>(*acquisition_, *detector_, geometry, clock_);
  acquisition_port_ = std::make_unique<AcquisitionAdapter>(
      *capture_, installed_calibration_, clock_, age_max_of(config_.calibration_limits));
  restore_calibration();
  live_ = std::make_unique<LiveView>(acquisition_->live_queue(), feed_);
  return {};
}

core::Status LaneProcess::start_cycle() {
  CaseDesk::Parts parts{
      *catalogue_, worker_.get(), gateway_.get(), clock_, config_.cycle.review_max, {}, {}, {}};
  parts.imaging.calibration = config_.calibration_limits;
  if (goods_table_) parts.goods = &*goods_table_;
  parts.decide_in_lane = [this](const services::DecisionRequest& request,
                                const std::string& scan_id, bool only_ask) -> core::Status {
    lane::LaneDecision decision;
    decision.scan_id = scan_id;
    decision.only_ask = only_ask;
    decision.kind = request.kind;
    decision.officer = request.user;
    decision.radiation_adjudicated = request.reason_code == "radiation_judged";
    return driver_->decide(decision);
  };
  parts.on_decision = [this](const core::Decision& decision, const CaseDesk::DecisionPlace& place) {
    audit_->decided(decision, place.before, place.first);
    if (!place.vehicle_decided) return;
    const std::lock_guard lock(reviews_mutex_);
    if (const auto known = reviews_.find(decision.scan_id); known != reviews_.end())
      audit_->vehicle_decided(known->second);
  };
  parts.accounts = sessions_ != nullptr;
  parts.second_reader = config_.second_reader;
  parts.read_first = config_.read_first;
  if (audit_->draws()) {
    parts.drawn = [this](const std::string& scan_id, const char* purpose) {
      return drawn(scan_id, purpose);
    };
  }
  parts.scan_draw = [this](const std::string& scan_id) { return audit_->scan_draw(scan_id); };
  parts.on_opinion = [this](const core::Decision& opinion) { audit_->read(opinion); };
  parts.on_identity = [this](const std::string& case_id,
                             const services::IdentityCorrection& correction) {
    audit_->identity_corrected(case_id, correction);
  };
  parts.on_unscanned = [this](const std::string& scan_id,
                              const std::vector<lane::CameraReading>& readings) {
    notes_->post([this, scan_id, readings] { pictures_->keep(scan_id, readings); });
  };
  parts.on_first_look = [this](const services::FirstLookRequest& look) {
    audit_->looked_first(look);
  };
  parts.on_outcome = [this](const services::OutcomeRequest& outcome) {
    audit_->inspected(outcome);
  };
  parts.on_choice = [this](const std::string& case_id, const archive::CatalogueChoice& choice,
                           std::size_t before) {
    audit_->declaration_chosen(case_id, choice, before, false);
  };
  desk_ = std::make_unique<CaseDesk>(std::move(parts));
  CameraPictures::Parts pictures{
      *catalogue_, clock_, config_.camera_pictures, config_.storage_folder, {}, {}};
  pictures.changed = [this](const std::string& scan_id,
                            const std::vector<services::CameraReading>& readings) {
    desk_->readings_known(scan_id, readings);
  };
  pictures.taken = [this](const std::string& scan_id, const std::string& camera,
                          const std::string& sha256, std::uint64_t bytes) {
    audit_->office(
        {"camera_picture",
         case_id_of(scan_id),
         "",
         {{"camera", camera}, {"sha256", sha256}, {"bytes", static_cast<std::int64_t>(bytes)}},
         {}});
  };
  pictures_ = std::make_unique<CameraPictures>(std::move(pictures));
  office_ = std::make_unique<LaneOffice>(LaneOffice::Parts{
      *catalogue_, *desk_, accounts_.get(), clock_, config_.storage_folder,
      [this] { return *status_.get().value; },
      [this](const OfficeNote& note) { audit_->office(note); },
      [printer = ReportPrinter(config_.report_program, config_.storage_folder)](
          const services::ReportRequest& request) { return printer.print(request); }});

  lane::DriverConfig driver_config;
  driver_config.cycle = config_.cycle;
  // What the travel takes at the scan's speed, with the run-up, and half as much again.
  const double seconds = (config_.cycle.travel_to_mm - config_.cycle.travel_from_mm) /
                             std::max(1, config_.cycle.scan_speed_mm_s) +
                         5.0;
  driver_config.cycle.scan_lines_max = std::min(
      config_.cycle.scan_lines_max,
      static_cast<std::uint32_t>(std::ceil(seconds * installation_.geometry.pulse_rate_hz * 1.5)));
  driver_config.lane = config_.lane;
  driver_config.state_file = config_.storage_folder / "lane-state.json";
  driver_config.new_scan_id = [] { return core::make_uuid(); };

  recording::ScanRecorder::Options options;
  options.folder = config_.storage_folder / "scans";
  options.lane = config_.lane;
  options.geometry = installation_.geometry;
  options.lines_max = driver_config.cycle.scan_lines_max;
  options.free_mib_min = config_.storage_free_mib_min;
  options.calibration = [this] { return acquisition_port_->calibration(); };
  options.on_opened = [this](const core::ScanMeta& meta, const std::filesystem::path& path) {
    return desk_->scan_opened(meta, path);
  };
  imaging::Parameters parameters;
  parameters.calibration = config_.calibration_limits;
  options.imaging = [this, parameters](std::shared_ptr<const core::RawScan> raw) {
    auto imaging = std::make_shared<ScanImaging>(std::move(raw), worker_.get(), parameters);
    const std::lock_guard lock(imaging_mutex_);
    imaging_ = imaging;
    return imaging;
  };
  options.on_closed = [this](recording::RecordedScan scan) {
    audit_->scan_closed(scan);
    desk_->scan_closed(std::move(scan));
  };
  recorder_ = std::make_unique<recording::ScanRecorder>(std::move(options),
                                                        acquisition_->archive_queue(), clock_);

  PC_TRY(plc_, plc::PlcClient::create(config_.plc, clock_));
  PC_TRY(driver_,
         lane::LaneDriver::create(std::move(driver_config),
                                  lane::LanePorts{*plc_, *source_port_, *acquisition_port_,
                                                  *recorder_, *radiation_port_, *this, clock_}));
  publish_status();
  server_ = std::make_unique<services::LaneServer>(*this, sessions_.get(), office_.get());
  PC_CHECK(server_->start(config_.api_socket));
  tender_ = std::make_unique<TaskThread>([this] { tend(); }, kTendPeriod);
  polled_at_ = tended_at_ = clock_.now();
  plc_->start([this](core::TimePoint now) {
    driver_->tick(now);
    polled_at_ = now;
  });
  return {};
}

LaneProcess::~LaneProcess() {
  stopping_ = true;
  if (server_) server_->stop();
  if (tender_) tender_->stop();
  if (plc_) plc_->stop();  // withdraws beam and motion; no tick after it
  if (source_port_) source_port_->request_beam(false);
  capture_.reset();   // stops a running capture
  recorder_.reset();  // a running scan ends as partial
  if (notes_) notes_->stop();
  driver_.reset();
  office_.reset();
  desk_.reset();
  live_.reset();
  acquisition_.reset();
  if (audit_) audit_->service_stopped();
}

void LaneProcess::restore_calibration() {
  auto kept = load_kept_calibration(calibration_file(), installation_, config_.calibration_age_max,
                                    clock_.utc_now());
  if (kept.ok()) {
    core::log_info(kLaneComponent, fmt::format("calibration of {} is in force",
                                               core::to_iso8601(kept->air_high.taken)));
    acquisition_port_->restore(std::move(kept).value());
  } else if (kept.error().code != core::ErrorCode::kNotFound) {
    core::log_warning(kLaneComponent, kept.error().message);
  }
}

// ---- tending ----------------------------------------------------------------------------------

void LaneProcess::tend() {
  if (stopping_) return;
  take_readings();
  take_occupancies();
  tell_refused_image();
  refresh_diagnostics();
  publish_status();
  tended_at_ = clock_.now();
}

void LaneProcess::tell_refused_image() {
  std::shared_ptr<ScanImaging> imaging;
  {
    const std::lock_guard lock(imaging_mutex_);
    imaging = imaging_.lock();
  }
  if (!imaging) return;
  const auto refusal = imaging->refusal();
  if (!refusal) return;
  desk_->image_refused(imaging->scan_id(), refusal->message);
  const std::lock_guard lock(imaging_mutex_);
  imaging_.reset();
}

bool LaneProcess::truly_alive(std::string& status) const {
  const core::TimePoint now = clock_.now();
  const auto seconds = [now](core::TimePoint then) {
    return std::chrono::duration<double>(now - then).count();
  };
  const double polled_s = seconds(polled_at_), tended_s = seconds(tended_at_);
  if (polled_s > kPollAlive_s) {
    status = fmt::format("the PLC's poll stands still for {:.1f} s", polled_s);
    return false;
  }
  if (tended_s > kTendAlive_s) {
    status = fmt::format("devices are not tended for {:.1f} s", tended_s);
    return false;
  }
  const auto snapshot = driver_->snapshot();
  status = fmt::format("{}: {}", snapshot->lane, snapshot->state_text);
  return true;
}

void LaneProcess::refresh_diagnostics() {
  const core::TimePoint now = clock_.now();
  if (now < diagnostics_due_) return;
  const plc::PlcStats figures = plc_->stats();
  if (diagnostics_.empty()) {
    // How the PLC's thread runs is known once it runs.
    realtime_text_ = fmt::format("PLC thread {}; {}",
                                 figures.scheduling.empty() ? "not running" : figures.scheduling,
                                 realtime_text_);
    core::log_info(kLaneComponent, realtime_text_);
    figures_due_ = now + kFiguresPeriod;
  }
  diagnostics_due_ = now + kDiagnosticsPeriod;
  if (pictures_->waiting()) notes_->post([this] { pictures_->look(); });
  notes_->post([this] {
    if (accounts_) log_account_changes();
    audit_->enter_notes(config_.storage_folder);
  });
  diagnostics_ =
      diagnostics_of(figures, source_->view(), detector_->view(), portal_->view(), realtime_text_);
  if (now < figures_due_) return;
  figures_due_ = now + kFiguresPeriod;
  core::log_info("plc", plc::describe_plc_stats(figures));
}

void LaneProcess::take_readings() {
  for (const auto& received : camera_->take_readings()) {
    lane::CameraReading reading;
    reading.at = clock_.now() - core::Duration(std::max<std::int64_t>(
                                    0, clock_.utc_now().ns - received.received.ns));
    reading.kind = reading_kind(received.reading.kind);
    reading.camera = received.reading.camera;
    reading.text = received.reading.text;
    reading.confidence = received.reading.confidence;
    reading.utc = received.received;
    reading.said_kind = received.reading.kind;
    reading.image = received.reading.image;
    driver_->submit(std::move(reading));
  }
}

void LaneProcess::publish_status() {
  const auto snapshot = driver_->snapshot();
  desk_->lane_waits_for(scans_to_decide(*snapshot));
  services::LaneStatus status = to_status(*snapshot, config_.driver_languages);
  status.utc = clock_.utc_now();
  const auto camera = camera_->view();
  status.devices.push_back(
      {"Camera", camera.connected ? services::DeviceLevel::kOk : services::DeviceLevel::kAttention,
       camera.connected
           ? "reading"
           : fmt::format("no connection: {}; numbers must be typed", camera.last_error)});
  status.devices.push_back(desk_->worker_health());
  status.devices.push_back(desk_->gateway_health());
  status.devices.push_back(audit_->health());
  status.devices.push_back(access_health());
  status.devices.insert(status.devices.end(), diagnostics_.begin(), diagnostics_.end());
  auto conditions = lane::alarm_conditions(*snapshot);
  for (auto& one : desk_->alarms()) conditions.push_back(std::move(one));
  alarms_->update(std::move(conditions), status);
  status.scans_today = desk_->scans_today();
  status.median_cycle_s = desk_->median_cycle_s();
  status.current_case_id = desk_->current_case_id();
  status.sequence = status_.get().version + 1;
  status_.publish(std::move(status));
}

std::optional<bool> LaneProcess::drawn(const std::string& scan_id, const char* purpose) {
  std::uint64_t vehicle = 0;
  {
    const std::lock_guard lock(reviews_mutex_);
    const auto known = reviews_.find(scan_id);
    if (known == reviews_.end()) return true;
    vehicle = known->second;
  }
  return audit_->drawn(vehicle, purpose);
}

}  // namespace portcullis::apps
