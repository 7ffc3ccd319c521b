#include "proving/soak/ports.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware_bridge/codec/camera_line.h"
#include "firmware_bridge/codec/packet.h"

namespace portcullis::proving {
namespace {

namespace bridge = firmware_bridge;
using F = SoakFault;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr core::Duration kSourcePoll = milliseconds(50);
constexpr core::Duration kSourceReply = milliseconds(200);
constexpr core::Duration kSourceReconnect = milliseconds(500);
constexpr core::Duration kPulsePeriod = milliseconds(50);
constexpr core::Duration kArming = milliseconds(50);
constexpr core::Duration kDraining = milliseconds(200);
constexpr core::Duration kRecorderWork = milliseconds(20);
constexpr core::Duration kStoragePeriod = seconds(5);
constexpr std::uint16_t kModules = 2;
constexpr std::uint16_t kPixels = 16;
constexpr std::uint32_t kRingDatagrams = 64;  // of each module, over 3 s

/// Both name the same states, for layers that do not know each other.
lane::SourceState to_lane(bridge::SourceState state) {
  static_assert(static_cast<int>(bridge::SourceState::kFault) ==
                static_cast<int>(lane::SourceState::kFault));
  return static_cast<lane::SourceState>(state);
}

core::CalibrationFrame soak_frame(core::Energy energy, float level, core::UtcTime taken) {
  core::CalibrationFrame frame;
  frame.energy = energy;
  frame.lines = 40;
  frame.dose_mean_counts = energy == core::Energy::kNone ? 0 : 1000;
  frame.temperature_c = 25;
  frame.taken = taken;
  frame.mean_counts.assign(std::size_t{kModules} * kPixels, level);
  frame.variance_counts2.assign(std::size_t{kModules} * kPixels, 4);
  return frame;
}

}  // namespace

// ---- the lane's state ---------------------------------------------------------------------------

core::Result<lane::Persisted> SoakStore::load() {
  if (kept_.state_json.empty()) return lane::Persisted{};
  return lane::parse_persisted(kept_.state_json, "lane-state.json");
}

core::Status SoakStore::save(const lane::Persisted& persisted) {
  if (!life_.act()) return {};  // nobody is left to hear the answer
  if (faults_.active(F::kStateFailing)) {
    current_ = false;
    return core::Error{core::ErrorCode::kIo, "lane-state.json: Input/output error"};
  }
  if (kept_.canary == Canary::kLatchForgotten && !kept_.state_json.empty()) {
    const auto before = lane::parse_persisted(kept_.state_json, "lane-state.json");
    if (before.ok() && before->latched != persisted.latched) {
      lane::Persisted bad = persisted;
      bad.latched = before->latched;
      bad.first_out = before->first_out;
      kept_.state_json = lane::format_persisted(bad);
      return {};
    }
  }
  kept_.state_json = lane::format_persisted(persisted);
  current_ = true;
  return {};
}

// ---- source -------------------------------------------------------------------------------------

SoakSource::SoakSource(SoakWorld& world, const FaultBoard& faults, const SoakClock& clock,
                       Life& life, const SoakKept& kept)
    : world_(world), faults_(faults), clock_(clock), life_(life), kept_(kept), wish_([] {
        const bridge::SourceConfig shipped;
        return bridge::BeamWish::Times{shipped.owner_watchdog, shipped.heartbeat_period,
                                       shipped.status_stale_after};
      }()) {}

std::optional<std::string> SoakSource::send(const std::string& line) {
  if (faults_.active(F::kSourceSilent) || !life_.act()) return std::nullopt;
  return world_.source().handle(line, clock_.now());
}

void SoakSource::lose() {
  wish_.lost();
  connected_ = false;
  silent_since_.reset();
  problem_ = "source: no answer in time";
  reconnect_at_ = clock_.now() + kSourceReconnect;
}

void SoakSource::tick() {
  const core::TimePoint now = clock_.now();
  if (!connected_) {
    if (now < reconnect_at_) return;
    static_cast<void>(send("BEAM:REQ OFF"));
    if (const auto identity = send("*IDN?"); !identity) {
      reconnect_at_ = now + kSourceReconnect;
      return;
    }
    connected_ = true;
    warm_dirty_ = true;
    reset_wanted_ = false;
    problem_.clear();
  }
  const bridge::BeamWish::Due due = wish_.tick(now, alive_at_);
  if (due.withdraw) static_cast<void>(send("BEAM:REQ OFF"));
  if (due.beat) static_cast<void>(send("HB " + std::to_string(++heartbeat_)));
  if (reset_wanted_) {
    reset_wanted_ = false;
    static_cast<void>(send("*RST"));
    warm_dirty_ = true;
  }
  if (warm_dirty_) {
    warm_dirty_ = false;
    static_cast<void>(send(warm_ ? "SOUR:WARM ON" : "SOUR:WARM OFF"));
  }
  if (now < status_due_) return;
  status_due_ = now + kSourcePoll;
  const auto reply = send("BEAM:STAT?");
  const auto state = reply ? bridge::source_state_from(*reply) : std::nullopt;
  if (!state) {
    if (!silent_since_) silent_since_ = now;
    if (now - *silent_since_ >= kSourceReply) lose();
    return;
  }
  silent_since_.reset();
  wish_.answered(*state, now);
  // As the shipped driver: a source that went cold does not warm up by itself.
  if (*state == bridge::SourceState::kOff && warm_) warm_dirty_ = true;
}

lane::SourceView SoakSource::view() const {
  lane::SourceView view;
  view.connected = connected_;
  view.seen = std::max(wish_.answered_at(), core::TimePoint{});
  view.state = connected_ ? to_lane(wish_.state(clock_.now())) : lane::SourceState::kUnknown;
  view.hardware = lane::HardwareKind::kSimulated;
  view.problem = problem_;
  return view;
}

void SoakSource::request_beam(bool on) {
  if (!on) {
    if (wish_.withdraw() && kept_.canary != Canary::kBeamStays)
      static_cast<void>(send("BEAM:REQ OFF"));
    return;
  }
  if (!connected_ || wish_.asked() || !wish_.refusal(clock_.now()).empty()) return;
  static_cast<void>(send("BEAM:REQ ON"));
  wish_.ask();
}

void SoakSource::reset() {
  if (!connected_) return;
  if (wish_.take_away()) static_cast<void>(send("BEAM:REQ OFF"));
  reset_wanted_ = true;
}

// ---- detector -----------------------------------------------------------------------------------

SoakDetector::SoakDetector(SoakWorld& world, const FaultBoard& faults, const SoakClock& clock,
                           Life& life, SoakKept& kept, std::uint64_t seed, std::uint32_t arm_id,
                           core::LinePool& pool, acquisition::LineQueue& queue)
    : world_(world),
      faults_(faults),
      clock_(clock),
      life_(life),
      kept_(kept),
      draws_(seed, 4),
      arm_id_(arm_id),
      pool_(pool),
      queue_(queue) {
  // As the product: a calibration of the last day is in force after a restart.
  calibrated_ = kept_.calibrated &&
                std::abs(clock_.utc_now().ns - kept_.calibrated->ns) < 24LL * 3600 * 1'000'000'000;
}

bool SoakDetector::busy() const {
  return phase_ == lane::CapturePhase::kArming || phase_ == lane::CapturePhase::kRunning ||
         phase_ == lane::CapturePhase::kDraining;
}

void SoakDetector::arm(lane::CaptureKind kind, std::uint32_t lines) {
  assembler_.reset();
  on_the_way_.clear();
  kind_ = kind;
  lines_wanted_ = lines;
  lines_ = 0;
  lines_lost_ = 0;
  problem_.clear();
  phase_ = lane::CapturePhase::kArming;
  phase_due_ = clock_.now() + kArming;
}

void SoakDetector::start() {
  if (phase_ != lane::CapturePhase::kArmed) return;
  phase_ = lane::CapturePhase::kRunning;
  pulse_due_ = clock_.now() + kPulsePeriod;
}

void SoakDetector::stop() {
  if (phase_ == lane::CapturePhase::kRunning) {
    phase_ = lane::CapturePhase::kDraining;
    phase_due_ = clock_.now() + kDraining;
  } else if (phase_ == lane::CapturePhase::kArming || phase_ == lane::CapturePhase::kArmed) {
    phase_ = lane::CapturePhase::kIdle;
  }
}

void SoakDetector::fail(std::string problem) {
  phase_ = lane::CapturePhase::kFailed;
  problem_ = std::move(problem);
  if (assembler_) assembler_->finish();
  take_lines(clock_.now());
}

void SoakDetector::transmit(std::vector<std::byte> bytes, core::TimePoint now) {
  if (faults_.active(F::kDetectorSilent)) return;
  if (faults_.count() == 0) {
    on_the_way_.push_back({now, std::move(bytes)});
    return;
  }
  if (draws_.chance(faults_.value(F::kPacketLoss))) return;
  if (draws_.chance(faults_.value(F::kPacketCorrupt)))
    bytes[draws_.below(bytes.size())] ^= static_cast<std::byte>(1U << draws_.below(8));
  const bool twice = draws_.chance(faults_.value(F::kPacketDuplicate));
  core::TimePoint due = now;
  if (draws_.chance(faults_.value(F::kPacketReorder)))
    due += milliseconds(10 * (1 + draws_.below(12)));
  if (twice) on_the_way_.push_back({now + milliseconds(10 * draws_.below(4)), bytes});
  on_the_way_.push_back({due, std::move(bytes)});
}

void SoakDetector::pulse(core::TimePoint now) {
  const std::uint64_t number = pulse_++;
  if (draws_.chance(faults_.value(F::kPulseMissed))) {
    missed_before_ = true;
    return;
  }
  bridge::PacketHeader header;
  header.energy = !world_.beam_on() ? core::Energy::kNone
                  : number % 2 == 0 ? core::Energy::kHigh
                                    : core::Energy::kLow;
  header.flags = missed_before_ ? bridge::packet_flag::kTriggerMissed : std::uint8_t{0};
  missed_before_ = false;
  header.pulse = number;
  header.timestamp_ns = static_cast<std::uint64_t>(now.time_since_epoch().count());
  header.encoder_counts = static_cast<std::int32_t>(std::lround(world_.way_mm() * 2));
  header.dose_counts = world_.beam_on() ? 1000 : 0;
  header.temperature_centi_c = 2500;
  header.integration_us = 4;
  header.arm_id = arm_id_;
  std::array<std::uint32_t, kPixels> samples{};
  for (std::uint16_t module = 0; module < kModules; ++module) {
    for (auto& sample : samples)
      sample =
          (world_.beam_on() ? 800'000U : 3'000U) + static_cast<std::uint32_t>(draws_.below(64));
    header.module = module;
    header.sequence = sequence_[module]++;
    std::vector<std::byte> bytes(bridge::packet_bytes(header.format, kPixels));
    bridge::encode_packet(header, samples, bytes);
    auto& ring = ring_[module];
    ring.emplace(header.sequence, bytes);
    if (ring.size() > kRingDatagrams) ring.erase(ring.begin());
    if (faults_.active(F::kModuleDead) &&
        static_cast<std::uint16_t>(faults_.value(F::kModuleDead)) == module)
      continue;
    transmit(std::move(bytes), now);
  }
}

void SoakDetector::receive(core::TimePoint now) {
  for (std::size_t i = 0; i < on_the_way_.size();) {
    if (on_the_way_[i].due > now) {
      ++i;
      continue;
    }
    const Datagram datagram = std::move(on_the_way_[i]);
    on_the_way_.erase(on_the_way_.begin() + static_cast<std::ptrdiff_t>(i));
    bridge::PacketView view;
    const auto check = bridge::parse_packet(datagram.bytes, view);
    if (check != bridge::PacketCheck::kOk) {
      assembler_->count_malformed(check);
    } else if (!assembler_->push(view, now)) {
      take_lines(now);
      static_cast<void>(assembler_->push(view, now));
    }
  }
  while (const auto resend = assembler_->next_resend(now)) {
    for (std::uint32_t sequence = resend->first; sequence <= resend->last; ++sequence) {
      const auto found = ring_[resend->module].find(sequence);
      if (found != ring_[resend->module].end()) transmit(found->second, now + milliseconds(10));
    }
  }
}

void SoakDetector::take_lines(core::TimePoint now) {
  if (!assembler_) return;
  while (core::LinePtr line = assembler_->poll(now)) {
    ++lines_;
    if ((line->header.flags & core::line_flag::kLineMissing) != 0) ++lines_lost_;
    if (kind_ == lane::CaptureKind::kScan) queue_.push(std::move(line));
  }
}

void SoakDetector::end_run() {
  assembler_->finish();
  take_lines(clock_.now());
  gaps_filled_ += assembler_->counts().gaps_filled;
  lines_missing_ += lines_lost_;
  if (kind_ == lane::CaptureKind::kScan) {
    phase_ = lane::CapturePhase::kDone;
    return;
  }
  if (lines_lost_ * 2 > lines_) return fail("too many lines of the calibration are missing");
  phase_ = lane::CapturePhase::kDone;
  if (kind_ == lane::CaptureKind::kDark) {
    dark_ = true;
  } else if (dark_) {
    calibrated_ = true;
    if (life_.act()) kept_.calibrated = clock_.utc_now();
  }
}

void SoakDetector::tick() {
  const core::TimePoint now = clock_.now();
  if (!faults_.active(F::kDetectorSilent)) seen_ = now;
  connected_ = now - seen_ < seconds(1);
  if (!busy()) return;
  if (!connected_) return fail("the detector does not answer");
  switch (phase_) {
    case lane::CapturePhase::kArming: {
      if (now < phase_due_ || faults_.active(F::kDetectorSilent)) return;
      ++arm_id_;
      pulse_ = 0;
      sequence_ = {};
      for (auto& ring : ring_) ring.clear();
      acquisition::LineAssembler::Config config;
      config.module_count = kModules;
      config.pixels_per_module = kPixels;
      config.arm_id = arm_id_;
      config.lines_open_max = 64;
      auto made = acquisition::LineAssembler::create(config, pool_);
      if (!made.ok()) return fail(made.error().message);
      assembler_.emplace(std::move(made).value());
      phase_ = lane::CapturePhase::kArmed;
      return;
    }
    case lane::CapturePhase::kRunning:
      while (pulse_due_ <= now) {
        pulse(pulse_due_);
        pulse_due_ += kPulsePeriod;
      }
      receive(now);
      take_lines(now);
      if (lines_ >= lines_wanted_ && kind_ != lane::CaptureKind::kScan)
        end_run();
      else if (lines_ >= lines_wanted_)
        stop();
      return;
    case lane::CapturePhase::kDraining:
      receive(now);
      take_lines(now);
      if (now >= phase_due_) end_run();
      return;
    default:
      return;
  }
}

std::string SoakDetector::books() const {
  if (!assembler_) return {};
  const auto c = assembler_->counters();
  const auto counts = assembler_->counts();
  if (counts.lines != lines_)
    return fmt::format("{} lines released, {} taken", counts.lines, lines_);
  if (c.in != c.out + c.dropped + c.late + c.malformed + c.queue_depth)
    return fmt::format("datagrams: {} in, {} out, {} dropped, {} late, {} malformed, {} held", c.in,
                       c.out, c.dropped, c.late, c.malformed, c.queue_depth);
  return {};
}

lane::AcquisitionView SoakDetector::view() const {
  lane::AcquisitionView view;
  view.connected = connected_;
  view.seen = seen_;
  view.hardware = lane::HardwareKind::kSimulated;
  view.phase = phase_;
  view.kind = kind_;
  view.lines = lines_;
  view.lines_lost = lines_lost_;
  view.calibrated = calibrated_;
  view.problem = problem_;
  return view;
}

// ---- recorder -----------------------------------------------------------------------------------

core::LinePool soak_line_pool() {
  return {kSoakLines, std::uint32_t{kModules} * kPixels};
}

SoakRecorder::SoakRecorder(const SoakKept& kept, archive::Catalogue& catalogue,
                           const FaultBoard& faults, const SoakClock& clock, Life& life,
                           acquisition::LineQueue& queue, std::uint64_t seed, Told told)
    : kept_(kept),
      catalogue_(catalogue),
      faults_(faults),
      clock_(clock),
      life_(life),
      draws_(seed, 6),
      told_(std::move(told)),
      recorder_(options(), queue, clock) {}

recording::ScanRecorder::Options SoakRecorder::options() {
  core::Calibration calibration;
  calibration.id = "soak";
  const core::UtcTime taken{1'767'225'600'000'000'000};
  calibration.dark = soak_frame(core::Energy::kNone, 3'000, taken);
  calibration.air_high = soak_frame(core::Energy::kHigh, 800'000, taken);
  calibration.air_low = soak_frame(core::Energy::kLow, 800'000, taken);
  calibration_ = std::make_shared<const core::Calibration>(std::move(calibration));

  recording::ScanRecorder::Options options;
  options.folder = kept_.folder;
  options.lane = "soak";
  options.geometry = soak_geometry();
  options.lines_max = kSoakScanLinesMax;
  options.free_mib_min = 1;
  options.calibration = [this] { return calibration_; };
  options.on_opened = [this](const core::ScanMeta& meta, const std::filesystem::path& path) {
    return begin(meta, path);
  };
  options.on_closed = [this](const recording::RecordedScan& scan) { end(scan); };
  options.own_thread = false;
  options.free_mib = [this] { return faults_.active(F::kDiskFull) ? 0U : 1000U; };
  options.on_problem = [this](const std::string& text) {
    if (!life_.dead()) told_.note("recorder: " + text);
  };
  return options;
}

core::Duration SoakRecorder::delay() const {
  return kRecorderWork + milliseconds(std::lround(faults_.value(F::kDiskSlow)));
}

bool SoakRecorder::busy() const {
  const auto phase = view().phase;
  return phase == lane::RecordPhase::kOpening || phase == lane::RecordPhase::kOpen ||
         phase == lane::RecordPhase::kClosing;
}

void SoakRecorder::open(const lane::ScanBegin& begin) {
  scan_id_ = begin.scan_id;
  begun_ = false;
  recorder_.open(begin);
  work_due_ = clock_.now() + delay();
}

void SoakRecorder::close(core::ScanOutcome outcome, const std::string& reason,
                         core::UtcTime ended) {
  recorder_.close(outcome, reason, ended);
  work_due_ = clock_.now() + delay();
}

core::Status SoakRecorder::begin(const core::ScanMeta& meta, const std::filesystem::path& path) {
  if (!life_.act()) return core::Error{core::ErrorCode::kIo, "killed"};
  const bool forget = kept_.canary == Canary::kRecordForgotten && draws_.chance(0.2);
  if (!forget) PC_CHECK(catalogue_.begin_scan(meta, path));
  told_.begun(meta.id);
  begun_ = true;
  return {};
}

void SoakRecorder::end(const recording::RecordedScan& scan) {
  const core::ScanMeta& meta = scan.raw->meta;
  if (!life_.act()) return;
  const auto ended =
      catalogue_.end_scan(meta.id, meta.outcome, meta.outcome_reason, meta.ended, scan.seal);
  // As the case desk: what could not be written is found at the next start.
  if (!ended.ok()) return told_.note("catalogue: " + ended.error().message);
  if (scan.problem.empty() && life_.act())
    told_.closed({meta.id, meta.outcome, meta.outcome_reason, scan.seal.lines});
}

void SoakRecorder::tick() {
  if (clock_.now() < work_due_ || life_.dead()) return;
  if (busy() && life_.dying() && !life_.act()) return;
  recorder_.work();
}

// ---- portal and cameras -------------------------------------------------------------------------

void SoakPortal::tick(lane::LaneDriver& driver, bool beam_asked) {
  const core::TimePoint now = clock_.now();
  const core::UtcTime utc = clock_.utc_now();
  const auto lines = world_.take_portal_lines();
  const bool tampered = faults_.active(F::kPortalTamper);
  const bool high = faults_.active(F::kPortalHigh);
  if (lines.empty() && tampered == tampered_ && high == high_ && beam_asked == beam_told_ &&
      now < tick_due_)
    return;
  tick_due_ = now + milliseconds(100);
  monitor_.set_connected(true, now);
  if (beam_asked != beam_told_) monitor_.set_beam_on(beam_asked, now);
  beam_told_ = beam_asked;
  if (tampered != tampered_)
    monitor_.push(tampered ? "TT,000000,000000,000000,000000" : "TC,000000,000000,000000,000000",
                  now, utc);
  tampered_ = tampered;
  if (high && !high_) monitor_.push("GH,009999,009999,009999,009999", now, utc);
  high_ = high;
  for (const std::string& line : lines) monitor_.push(line, now, utc);
  monitor_.tick(now, utc);
  static_cast<void>(monitor_.take_records());
  for (const auto& occupancy : monitor_.take_occupancies()) {
    lane::OccupancyReading reading;
    reading.began = occupancy.started_at;
    reading.ended = occupancy.ended_at;
    reading.number = occupancy.number;
    reading.valid = occupancy.valid;
    reading.alarm = occupancy.gamma_alarm || occupancy.neutron_alarm || occupancy.gamma_alarm_own;
    reading.text = occupancy.invalid_reason;
    reading.id = ++occupancies_;
    driver.submit(std::move(reading));
  }
}

lane::RadiationView SoakPortal::view() const {
  const auto portal = monitor_.view(clock_.now());
  lane::RadiationView view;
  view.connected = portal.connected;
  view.seen = clock_.now() - portal.data_age;
  view.hardware = lane::HardwareKind::kSimulated;
  view.healthy = portal.healthy;
  view.problem = portal.healthy ? "" : portal.health_text;
  return view;
}

bool submit_camera_line(lane::LaneDriver& driver, const std::string& line, core::TimePoint now) {
  const auto parsed = bridge::parse_camera_line(line);
  if (!parsed.ok()) return false;
  lane::CameraReading reading;
  reading.at = now;
  reading.kind = parsed->kind == "container"  ? lane::CameraReading::Kind::kContainer
                 : parsed->kind == "iso_type" ? lane::CameraReading::Kind::kIsoType
                                              : lane::CameraReading::Kind::kPlate;
  reading.camera = parsed->camera;
  reading.text = parsed->text;
  reading.confidence = parsed->confidence;
  driver.submit(std::move(reading));
  return true;
}

}  // namespace portcullis::proving
