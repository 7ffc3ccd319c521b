#include "simulator/offline/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/files.h"
#include "core/version.h"
#include "simulator/physics/random.h"

namespace portcullis::simulator {

namespace {

constexpr double kSpeedPeriodS = 3.7;
constexpr std::uint64_t kPulsesMax = 1'000'000;

/// Positions of the beam plane at each pulse: steady or gently varying speed.
core::Result<std::vector<double>> pulse_positions(const Scene& scene, const Scanner& scanner,
                                                  std::array<double, 2> range) {
  const double speed = scene.speed_mm_s.value_or(scanner.speed_mm_s);
  const double rate = scanner.geometry.pulse_rate_hz;
  const double part = scene.noise.speed ? scanner.levels.speed_variation : 0;
  const double phase = Random(scene.seed, Stream::kSpeed).uniform(0, 2 * std::numbers::pi);
  const double omega = 2 * std::numbers::pi / kSpeedPeriodS;
  std::vector<double> positions;
  if ((range[1] - range[0]) / speed * rate > static_cast<double>(kPulsesMax)) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("{}: {:.0f} mm at {:g} mm/s are more than {} pulses; scan less or faster",
                    scene.path.string(), range[1] - range[0], speed, kPulsesMax)};
  }
  for (std::uint64_t k = 0;; ++k) {
    const double t = static_cast<double>(k) / rate;
    const double x =
        range[0] + speed * (t - part / omega * (std::cos(omega * t + phase) - std::cos(phase)));
    // Whole pairs only; a last pulse that ends on the border counts.
    if (x > range[1] + 1e-6 && k % 2 == 0) break;
    positions.push_back(x);
  }
  return positions;
}

/// Faults that a scan without wires can show: lost packets and lost lines.
class OfflineFaults {
 public:
  static core::Result<OfflineFaults> create(const Scene& scene) {
    OfflineFaults faults;
    for (const auto& fault : scene.faults) {
      if (fault.kind != "packet-loss" && fault.kind != "line-loss") {
        return core::Error{core::ErrorCode::kUnsupported,
                           fmt::format("{}: fault \"{}\" needs the live simulator; offline there "
                                       "are packet-loss and line-loss",
                                       scene.path.string(), fault.kind)};
      }
      if (fault.after != SceneEvent::kBeamOn) {
        return core::Error{core::ErrorCode::kUnsupported,
                           fmt::format("{}: fault \"{}\": after: offline there is only beam-on",
                                       scene.path.string(), fault.kind)};
      }
      if (!(fault.value >= 0 && fault.value <= 1)) {
        return core::Error{core::ErrorCode::kInvalidConfig,
                           fmt::format("{}: fault \"{}\": value {:g} is not a share of 0 to 1",
                                       scene.path.string(), fault.kind, fault.value)};
      }
      faults.faults_.push_back(fault);
    }
    faults.seed_ = scene.seed;
    return faults;
  }

  void apply(core::Line& line, double time_s, std::size_t module_pixels,
             std::size_t modules) const {
    for (const auto& fault : faults_) {
      if (time_s < fault.at_s || (fault.for_s > 0 && time_s >= fault.at_s + fault.for_s)) continue;
      Random random(seed_, Stream::kFault, line.header.pulse);
      if (fault.kind == "line-loss") {
        if (random.uniform() < fault.value) lose_line(line);
        continue;
      }
      for (std::size_t m = 0; m < modules; ++m) {
        if (random.uniform() >= fault.value) continue;
        line.modules_present.reset(m);
        line.header.flags |= core::line_flag::kModuleMissing;
        std::fill_n(line.samples.begin() + static_cast<std::ptrdiff_t>(m * module_pixels),
                    module_pixels, 0U);
      }
      if (line.modules_present.none()) lose_line(line);
    }
  }

 private:
  static void lose_line(core::Line& line) {
    line.modules_present.reset();
    line.header.flags |= core::line_flag::kLineMissing | core::line_flag::kModuleMissing;
    line.header.dose_counts = 0;
    std::fill(line.samples.begin(), line.samples.end(), 0U);
  }
  std::vector<SceneFault> faults_;
  std::uint64_t seed_ = 0;
};

}  // namespace

void date_calibration(core::Calibration& calibration, core::UtcTime taken) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  constexpr std::int64_t kDay = 86'400 * kSecond;
  calibration.air_high.taken = calibration.air_low.taken = taken;
  calibration.dark.taken = {taken.ns - 10 * kSecond};
  const core::UtcTime commissioned{taken.ns - 30 * kDay};
  auto& detector = calibration.detector;
  detector.dark_second.taken = detector.neighbours.taken = commissioned;
  for (auto& step : detector.decay) step.frame.taken = commissioned;
  for (auto& block : detector.blocks) block.high.taken = block.low.taken = commissioned;
}

core::Result<core::ScanMeta> simulate_scan(
    const Scene& scene, const Scanner& scanner, core::UtcTime started,
    const SimulateOptions& options, const std::function<core::Status(const ScanHead&)>& begin,
    const std::function<core::Status(const core::Line&)>& line_sink) {
  const auto& g = scanner.geometry;
  const auto stopped = [&] {
    return core::Error{core::ErrorCode::kRefused, fmt::format("{}: stopped", scene.path.string())};
  };
  const auto report = [&](std::string_view step, double share) {
    return !options.progress || options.progress(step, share);
  };
  PC_TRY(const OfflineFaults faults, OfflineFaults::create(scene));
  const auto range = scene.scan_range_mm();
  PC_TRY(const std::vector<double> positions, pulse_positions(scene, scanner, range));

  if (!report("calibration", 0)) return stopped();
  ScanHead head;
  PC_TRY(head.calibration,
         cached_calibration(scanner, scene.noise, scene.seed, options.cache_folder));
  constexpr std::int64_t kSecond = 1'000'000'000;
  date_calibration(head.calibration, {started.ns - 290 * kSecond});

  SceneRays::Options ray_options;
  ray_options.parallel = options.parallel;
  ray_options.progress = [&](double share) { return report("rays", share); };
  // A boom that sways sees beyond the places where its foot is: by whole steps, so that the rays in
  // between are those of a boom that stands still.
  auto traced = range;
  if (scene.noise.wobble) {
    const double step_mm = scene.speed_mm_s.value_or(scanner.speed_mm_s) / g.pulse_rate_hz;
    const double beyond_mm = (std::ceil(scanner.levels.wobble_x_mm / step_mm) + 1) * step_mm;
    traced = {range[0] - beyond_mm, range[1] + beyond_mm};
  }
  PC_TRY(const SceneRays rays, SceneRays::trace(scene, scanner, traced, ray_options));

  head.lines = positions.size();
  auto& meta = head.meta;
  meta.id = core::make_uuid();
  meta.started = started;
  meta.ended = {started.ns + static_cast<std::int64_t>(static_cast<double>(positions.size()) /
                                                       g.pulse_rate_hz * 1e9)};
  meta.simulated = true;
  meta.lane = "offline";
  meta.software_version = std::string(core::kVersion);
  meta.identity = scene.identity();
  meta.geometry = g;
  meta.arm_id = static_cast<std::uint32_t>(mix_bits(scene.seed) | 1U);
  meta.extra["scene"] = scene.path.filename().string();
  meta.extra["seed"] = std::to_string(scene.seed);
  meta.extra["noise"] = scene.noise.text();
  PC_CHECK(begin(head));

  LineSynthesizer detector(scanner, scene.noise, scene.seed);
  core::Line line;
  line.samples.resize(g.pixels.size());
  constexpr std::uint64_t kReportEvery = 512;
  for (std::uint64_t k = 0; k < positions.size(); ++k) {
    PulseState pulse;
    pulse.pulse = k;
    pulse.energy = energy_of_pulse(k);
    pulse.x_mm = positions[k];
    pulse.time_s = static_cast<double>(k) / g.pulse_rate_hz;
    PulseFacts facts;
    detector.synthesize(pulse, &rays, line.samples, facts);
    auto& h = line.header;
    h.pulse = k;
    h.timestamp_ns = static_cast<std::uint64_t>(kSecond) +
                     static_cast<std::uint64_t>(std::llround(pulse.time_s * 1e9));
    h.encoder_counts = encoder_counts_at(g, pulse.x_mm);
    h.dose_counts = facts.dose_counts;
    h.energy = pulse.energy;
    h.flags = facts.saturated ? core::line_flag::kSaturated : std::uint8_t{0};
    h.temperature_centi_c = static_cast<std::int16_t>(std::lround(facts.temperature_c * 100));
    line.modules_present.reset();
    for (std::size_t m = 0; m < g.module_count; ++m) line.modules_present.set(m);
    faults.apply(line, pulse.time_s, g.pixels_per_module, g.module_count);
    PC_CHECK(line_sink(line));
    if (k % kReportEvery == 0 &&
        !report("lines", static_cast<double>(k) / static_cast<double>(positions.size())))
      return stopped();
  }
  report("lines", 1);
  return meta;
}

core::Result<core::RawScan> simulate_raw_scan(const Scene& scene, const Scanner& scanner,
                                              core::UtcTime started,
                                              const SimulateOptions& options) {
  core::RawScan scan;
  const auto begin = [&scan](const ScanHead& head) -> core::Status {
    scan.meta = head.meta;
    scan.calibration = head.calibration;
    scan.lines.reserve(head.lines);
    scan.modules_present.reserve(head.lines);
    scan.samples.reserve(head.lines * head.meta.geometry.pixels.size());
    return {};
  };
  const auto take = [&scan](const core::Line& line) -> core::Status {
    scan.lines.push_back(line.header);
    scan.modules_present.push_back(line.modules_present);
    scan.samples.insert(scan.samples.end(), line.samples.begin(), line.samples.end());
    return {};
  };
  PC_TRY(scan.meta, simulate_scan(scene, scanner, started, options, begin, take));
  scan.meta.outcome = core::ScanOutcome::kComplete;
  return scan;
}

}  // namespace portcullis::simulator
