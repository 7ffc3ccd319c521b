#include "imaging/correct/chain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/assert.h"
#include "core/parallel.h"
#include "imaging/correct/afterglow.h"
#include "imaging/correct/air_gain.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/calibrated.h"
#include "imaging/correct/cross_talk.h"
#include "imaging/correct/dark_level.h"
#include "imaging/correct/line_level.h"
#include "imaging/correct/line_ring.h"
#include "imaging/correct/live_pixels.h"
#include "imaging/correct/pulse_dose.h"
#include "imaging/correct/scatter.h"
#include "imaging/correct/wobble.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kBlock = CorrectionChain::kBlockLines;
constexpr std::uint64_t kGapInferredMax_pulses = 4000;  // more is a new count, not a gap
constexpr std::size_t kGapReach_lines = 16;             // to the next line that has the module
constexpr std::size_t kModuleGrain = 3;
constexpr std::size_t kLineGrain = 8;
constexpr std::size_t kBadVersionsMax = 256;
constexpr double kTemperatureOffMax_c = 20;  // further from the dark frame's it is no reading
// The greatest sample of format 1 on the 20-bit scale; what stands there could show no more.
constexpr std::uint32_t kFullScale20bit_counts = 65'535U << 4U;
constexpr double kBeamlessShareMax = 0.01;  // of the usual dose: no beam at all

core::Error chain_refuses(const std::string& what) {
  return {core::ErrorCode::kInvalidInput, "correction: " + what};
}

core::Status check_chain_frame(const core::CalibrationFrame& frame, const char* name,
                               std::size_t pixels) {
  if (frame.mean_counts.size() == pixels) return {};
  return chain_refuses(std::string("calibration frame ") + name + " has " +
                       std::to_string(frame.mean_counts.size()) + " pixels, the geometry has " +
                       std::to_string(pixels) + "; a scan needs its own calibration");
}

std::string in_number(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// "3 lines saturated: 12 pixels at full scale, in modules 4 and 5".
std::string saturation_in_words(const CorrectionReport& report,
                                std::span<const std::uint8_t> full_scale, std::size_t per_module) {
  std::string text = in_number(report.saturated, "line saturated", "lines saturated");
  if (report.full_scale_pixels == 0) return text;
  text += ": " + in_number(report.full_scale_pixels, "pixel", "pixels") + " at full scale, in ";
  std::vector<std::size_t> modules;
  for (std::size_t p = 0; p < full_scale.size(); ++p) {
    if (full_scale[p] != 0 && (modules.empty() || modules.back() != p / per_module))
      modules.push_back(p / per_module);
  }
  constexpr std::size_t kNamedMax = 4;
  if (modules.size() > kNamedMax) return text + std::to_string(modules.size()) + " modules";
  text += modules.size() == 1 ? "module " : "modules ";
  for (std::size_t i = 0; i < modules.size(); ++i) {
    if (i > 0) text += i + 1 == modules.size() ? " and " : ", ";
    text += std::to_string(modules[i]);
  }
  return text;
}

/// Fills the pixels of the absent modules along the array from the next present ones.
void fill_along(const std::bitset<core::kModulesMax>& present, std::size_t modules,
                std::size_t per_module, float* line) {
  for (std::size_t m = 0; m < modules;) {
    if (present.test(m)) {
      ++m;
      continue;
    }
    std::size_t end = m + 1;
    while (end < modules && !present.test(end)) ++end;
    const std::size_t a = m * per_module;
    const std::size_t b = end * per_module;
    const bool before = m > 0;
    const bool after = end < modules;
    const float left = before ? line[a - 1] : after ? line[b] : 0.0F;
    const float right = after ? line[b] : left;
    for (std::size_t p = a; p < b; ++p) {
      const float part = static_cast<float>(p - a + 1) / static_cast<float>(b - a + 1);
      line[p] = left + (right - left) * part;
    }
    m = end;
  }
}

}  // namespace

struct CorrectionChain::State {
  core::ScannerGeometry geometry;
  CorrectionParameters on;
  std::size_t pixels = 0, per_module = 0, modules = 0;
  Calibrated base;
  // [pixels] each; a new one whenever a pixel goes bad during the scan, so few.
  std::vector<std::vector<std::uint8_t>> bad_versions;
  LivePixels live;
  LineLevels levels;
  std::optional<PixelFill> fill;
  std::optional<AfterglowRemoval> afterglow;
  std::vector<float> height;
  CorrectionReport counted;
  double dark_temperature_c = 0;
  std::uint64_t temperature_unknown = 0;
  std::vector<std::uint8_t> full_scale_seen;  // [pixels]

  // Lines before the usual step of the pulse numbers is known.
  std::vector<core::LineHeader> first_headers;
  std::vector<std::bitset<core::kModulesMax>> first_present;
  std::vector<std::uint32_t> first_samples;
  bool started = false, finished = false;
  std::uint64_t stride = 1;
  bool has_last = false;
  core::LineHeader last;

  LineRing ring;
  std::optional<WobbleRemoval> wobble;
  // Lines that passed each stage, never decreasing.
  std::uint64_t in = 0, normalised = 0, levelled = 0, whole = 0, out = 0;
  float smooth_last = 0;
  std::vector<AfterglowRemoval::Pulse> pulses;
  std::array<std::vector<const float*>, 2> judged;  // high, low

  State(const core::ScannerGeometry& g, const CorrectionParameters& parameters, Calibrated c)
      : geometry(g),
        on(parameters),
        pixels(g.pixels.size()),
        per_module(g.pixels_per_module),
        modules(g.module_count),
        base(std::move(c)),
        bad_versions{base.found.bad},
        live(g, base.found.bad, base.cross_talk_share),
        levels(g, base.found.bad),
        ring(g.pixels.size()) {
    first_samples.reserve(kBlock * pixels);
    fill.emplace(geometry, bad_versions.back());
    if (base.afterglow) afterglow.emplace(*base.afterglow, pixels, 1 / geometry.pulse_rate_hz);
    double z_min = std::numeric_limits<double>::infinity();
    double z_max = -z_min;
    for (const auto& p : geometry.pixels) {
      z_min = std::min(z_min, p.z_mm);
      z_max = std::max(z_max, p.z_mm);
    }
    for (const auto& p : geometry.pixels)
      height.push_back(z_max > z_min ? static_cast<float>((p.z_mm - z_min) / (z_max - z_min))
                                     : 0.0F);
    wobble.emplace(geometry, on, height, bad_versions.back(), ring);
    counted.module_absent.assign(modules, 0);
    full_scale_seen.assign(pixels, 0);
    counted.bad_pixels = base.found.dead + base.found.hot + base.found.noisy;
  }

  State(const State&) = delete;  // wobble borrows the ring
  State& operator=(const State&) = delete;

  HeldLine& slot(std::uint64_t n) { return ring.slot(n); }
  float* line(std::uint64_t n) { return ring.values(n); }

  void start(const Sink& sink);
  void take(const core::LineHeader& header, const std::bitset<core::kModulesMax>& present,
            const std::uint32_t* samples, const Sink& sink);
  void infer_missing(const core::LineHeader& next, const Sink& sink);
  HeldLine& open_slot(const core::LineHeader& header);
  void close_slot(const Sink& sink);
  void advance(bool last_ones, const Sink& sink);
  void normalise(std::uint64_t from, std::uint64_t to);
  void find_full_scale(HeldLine& line, const std::uint32_t* samples);
  bool is_arced(std::uint64_t n, std::uint64_t from, std::uint64_t to);
  void judge_pixels(std::uint64_t from, std::uint64_t to);
  void normalise_line(std::uint64_t n);
  void find_level(std::uint64_t n, std::uint64_t first, std::uint64_t end);
  void fill_modules(std::uint64_t n, std::uint64_t first, std::uint64_t end);
  void emit(std::uint64_t n, const Sink& sink);
};

/// The usual step of the pulse numbers, from the first lines.
void CorrectionChain::State::start(const Sink& sink) {
  started = true;
  std::array<std::size_t, 17> seen{};
  for (std::size_t i = 1; i < first_headers.size(); ++i) {
    const std::uint64_t step = first_headers[i].pulse - first_headers[i - 1].pulse;
    if (step > 0 && step < seen.size()) ++seen[step];
  }
  stride = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::max_element(seen.begin(), seen.end()) - seen.begin()));
  for (std::size_t i = 0; i < first_headers.size(); ++i)
    take(first_headers[i], first_present[i], &first_samples[i * pixels], sink);
  first_headers = {};
  first_present = {};
  first_samples = {};
}

HeldLine& CorrectionChain::State::open_slot(const core::LineHeader& header) {
  HeldLine& s = slot(in);
  s = HeldLine{};
  s.header = header;
  s.x_counts = static_cast<double>(header.encoder_counts);
  return s;
}

void CorrectionChain::State::close_slot(const Sink& sink) {
  ++in;
  if (in - normalised == kBlock) advance(false, sink);
}

void CorrectionChain::State::infer_missing(const core::LineHeader& next, const Sink& sink) {
  const std::uint64_t gap = next.pulse - last.pulse;
  if (next.pulse < last.pulse || gap <= stride || gap > kGapInferredMax_pulses) return;
  const core::LineHeader before = last;
  const std::uint64_t absent = (gap + stride / 2) / stride - 1;
  for (std::uint64_t k = 1; k <= absent; ++k) {
    const double part = static_cast<double>(k) / static_cast<double>(absent + 1);
    core::LineHeader h = before;
    h.pulse = before.pulse + k * stride;
    h.timestamp_ns =
        before.timestamp_ns +
        static_cast<std::uint64_t>(
            part * static_cast<double>(static_cast<std::int64_t>(next.timestamp_ns) -
                                       static_cast<std::int64_t>(before.timestamp_ns)));
    const double x = before.encoder_counts +
                     part * (static_cast<double>(next.encoder_counts) - before.encoder_counts);
    h.encoder_counts = static_cast<std::int32_t>(std::lround(x));
    h.dose_counts = 0;
    h.flags = core::line_flag::kLineMissing | core::line_flag::kModuleMissing;
    // Energies alternate where the neighbours say so: an odd number of steps is the other one.
    if (k % 2 == 1 && (absent % 2 == 0 ? next.energy != before.energy
                                       : next.energy == before.energy && stride == 1)) {
      h.energy = before.energy == core::Energy::kHigh  ? core::Energy::kLow
                 : before.energy == core::Energy::kLow ? core::Energy::kHigh
                                                       : core::Energy::kNone;
    }
    open_slot(h).x_counts = x;
    ++counted.missing_inferred;
    close_slot(sink);
  }
}

void CorrectionChain::State::take(const core::LineHeader& header,
                                  const std::bitset<core::kModulesMax>& present,
                                  const std::uint32_t* samples, const Sink& sink) {
  if (has_last && header.pulse == last.pulse) {
    ++counted.refused;
    return;
  }
  if (has_last) infer_missing(header, sink);
  has_last = true;
  last = header;
  HeldLine& s = open_slot(header);
  s.present = present;
  const AirGain& gain = header.energy == core::Energy::kLow ? base.low : base.high;
  const double dose_share = gain.dose_share(header.dose_counts);
  s.dose_share = on.dose ? dose_share : 1.0;
  s.dose_seen = dose_share;
  if ((header.flags & core::line_flag::kLineMissing) != 0) {
    ++counted.missing_sent;
  } else if ((header.flags & core::line_flag::kTestPattern) != 0) {
    s.state = LineState::kTestPattern;
    ++counted.test_pattern;
  } else {
    s.has_data = true;
    const bool beam = header.energy != core::Energy::kNone && dose_share >= kDoseShareMin;
    s.state = beam ? LineState::kMeasured : LineState::kNoDose;
    if (!beam) ++counted.no_dose;
    if (beam) find_full_scale(s, samples);
    s.beamless = !beam && dose_share < kBeamlessShareMax;
    double temperature_c = header.temperature_centi_c * 0.01;
    if (!(std::abs(temperature_c - dark_temperature_c) < kTemperatureOffMax_c)) {
      ++temperature_unknown;
      temperature_c = dark_temperature_c;
    }
    base.dark.apply({samples, pixels}, temperature_c, {line(in), pixels});
    if (on.live_pixels && beam && present.count() >= modules) live.watch({samples, pixels});
  }
  close_slot(sink);
}

/// Pixels that could show no more: those at the top of the samples' scale, and of a line that the
/// detector flags, those at the line's highest value, which is where its electronics end. Pixels
/// that are bad anyway are not counted.
void CorrectionChain::State::find_full_scale(HeldLine& s, const std::uint32_t* samples) {
  const bool flagged = (s.header.flags & core::line_flag::kSaturated) != 0;
  std::uint32_t top = 0;
  for (std::size_t p = 0; p < pixels; ++p) top = std::max(top, samples[p]);
  if (!flagged && top < kFullScale20bit_counts) return;
  const std::uint32_t least = std::min(top, kFullScale20bit_counts);
  const auto& bad = bad_versions.back();
  for (std::size_t p = 0; p < pixels; ++p) {
    if (samples[p] < least || bad[p] != 0 || !s.present.test(p / per_module)) continue;
    s.full_scale.push_back(static_cast<std::uint32_t>(p));
    counted.full_scale_pixels += full_scale_seen[p] == 0 ? 1 : 0;
    full_scale_seen[p] = 1;
  }
  if (flagged || !s.full_scale.empty()) ++counted.saturated;
}

/// Counts of the new lines to transmission: what works pulse after pulse by modules, the rest by
/// lines.
void CorrectionChain::State::normalise(std::uint64_t from, std::uint64_t to) {
  if (afterglow) {
    pulses.clear();
    for (std::uint64_t n = from; n < to; ++n) {
      const HeldLine& s = slot(n);
      AfterglowRemoval::Pulse pulse;
      pulse.counts = s.has_data ? line(n) : nullptr;
      pulse.present = &s.present;
      pulse.energy = s.header.energy;
      pulse.beam = s.state != LineState::kNoDose;
      pulse.since_s = 1 / geometry.pulse_rate_hz;
      if (n > 0) {
        const auto& before = slot(n - 1).header;
        const auto since_ns = static_cast<std::int64_t>(s.header.timestamp_ns) -
                              static_cast<std::int64_t>(before.timestamp_ns);
        if (since_ns > 0) pulse.since_s = static_cast<double>(since_ns) * 1e-9;
      }
      pulses.push_back(pulse);
    }
    core::parallel_for(modules, kModuleGrain, [&](std::size_t a, std::size_t b) {
      afterglow->apply(pulses, per_module, a, b);
    });
  }
  for (std::uint64_t n = from; n < to; ++n) {
    if (slot(n).beamless && slot(n).present.count() >= modules)
      base.dark.observe({line(n), pixels});
  }
  core::parallel_for(static_cast<std::size_t>(to - from), kLineGrain,
                     [&](std::size_t a, std::size_t b) {
                       for (std::uint64_t n = from + a; n < from + b; ++n) {
                         const HeldLine& s = slot(n);
                         if (s.state != LineState::kMeasured) continue;
                         const bool is_low = s.header.energy == core::Energy::kLow;
                         (is_low ? base.low : base.high).apply(s.dose_share, {line(n), pixels});
                       }
                     });
  if (on.live_pixels) judge_pixels(from, to);
  core::parallel_for(static_cast<std::size_t>(to - from), kLineGrain,
                     [&](std::size_t a, std::size_t b) {
                       for (std::uint64_t n = from + a; n < from + b; ++n) normalise_line(n);
                     });
}

/// Looks for pixels gone bad in the block's lines; the block itself is filled already where one is
/// found.
void CorrectionChain::State::judge_pixels(std::uint64_t from, std::uint64_t to) {
  for (auto& lines : judged) lines.clear();
  for (std::uint64_t n = from; n < to; ++n) {
    const HeldLine& s = slot(n);
    if (s.state == LineState::kMeasured && s.present.count() >= modules)
      judged[s.header.energy == core::Energy::kHigh ? 0 : 1].push_back(line(n));
  }
  if (!live.judge(judged[0], judged[1]) || bad_versions.size() >= kBadVersionsMax) return;
  bad_versions.push_back(live.bad());
  fill.emplace(geometry, bad_versions.back());
}

void CorrectionChain::State::normalise_line(std::uint64_t n) {
  HeldLine& s = slot(n);
  s.air_level = std::numeric_limits<float>::quiet_NaN();
  if (s.state != LineState::kMeasured) return;
  float* t = line(n);
  s.bad_version = bad_versions.size() - 1;
  const bool gaps = s.present.count() < modules;
  if (gaps) fill_along(s.present, modules, per_module, t);
  fill->apply({t, pixels});
  if (base.cross_talk) {
    for (std::size_t m = 0; m < modules; ++m)
      if (s.present.test(m)) base.cross_talk->apply({t + m * per_module, per_module});
    fill->apply({t, pixels});
  }
  if (base.scatter) base.scatter->apply(s.header.energy, {t, pixels});
  s.air_level = levels.air_level({t, pixels});
}

/// By the dose of line n against its neighbours' of the same energy among lines [from, to).
bool CorrectionChain::State::is_arced(std::uint64_t n, std::uint64_t from, std::uint64_t to) {
  const HeldLine& s = slot(n);
  std::array<std::array<double, LineLevels::kReach>, 2> doses;
  std::array<std::size_t, 2> count{};
  for (std::uint64_t k = from; k < to; ++k) {
    const HeldLine& other = slot(k);
    if (k == n || other.state != LineState::kMeasured || other.header.energy != s.header.energy)
      continue;
    const std::size_t side = k < n ? 0 : 1;
    doses[side][count[side]++] = other.dose_seen;
  }
  return broke_off(s.dose_seen, std::span(doses[0]).first(count[0]),
                   std::span(doses[1]).first(count[1]));
}

/// Level of line n from its neighbours in time, those of [first, end) that are held.
void CorrectionChain::State::find_level(std::uint64_t n, std::uint64_t first, std::uint64_t end) {
  HeldLine& s = slot(n);
  const std::uint64_t from = std::max(first, n < LineLevels::kReach ? 0 : n - LineLevels::kReach);
  const std::uint64_t to = std::min(end, n + LineLevels::kReach + 1);
  std::array<float, 2 * LineLevels::kReach + 1> window;
  for (std::uint64_t k = from; k < to; ++k) window[k - from] = slot(k).air_level;
  s.level = LineLevels::at({window.data(), static_cast<std::size_t>(to - from)},
                           static_cast<std::size_t>(n - from), smooth_last);
  smooth_last = -s.level.sway;
  wobble->follow_loss(n);
  if (s.state != LineState::kMeasured) return;
  if ((s.level.off && on.line_level) || (on.arced && is_arced(n, from, to))) {
    s.state = LineState::kArced;
    ++counted.arced;
    return;
  }
  ++counted.measured;
  if (!on.line_level) s.level.pulse = 0;
  if (!on.sway) s.level.sway = 0;
}

/// Fills modules absent from line n from the nearest lines of its energy that have them; along the
/// fan where none is near.
void CorrectionChain::State::fill_modules(std::uint64_t n, std::uint64_t first, std::uint64_t end) {
  HeldLine& s = slot(n);
  if (s.state != LineState::kMeasured || s.present.count() >= geometry.module_count) return;
  const std::uint64_t from = std::max(first, n < kGapReach_lines ? 0 : n - kGapReach_lines);
  const std::uint64_t to = std::min(end, n + kGapReach_lines + 1);
  for (std::size_t m = 0; m < geometry.module_count; ++m) {
    if (s.present.test(m)) continue;
    ++counted.module_gaps;
    ++counted.module_absent[m];
    const std::size_t a = m * per_module;
    s.filled.set(m);
    const auto usable = [&](std::uint64_t k) {
      const HeldLine& other = slot(k);
      return other.state == LineState::kMeasured && other.header.energy == s.header.energy &&
             other.present.test(m);
    };
    std::uint64_t before = n, after = n;
    if (on.missing_modules) {
      for (std::uint64_t k = n; k > from;) {
        if (!usable(--k)) continue;
        before = k;
        break;
      }
      for (std::uint64_t k = n + 1; k < to; ++k) {
        if (!usable(k)) continue;
        after = k;
        break;
      }
    }
    if (before == n && after == n) continue;  // filled along the fan already
    if (before == n) before = after;
    if (after == n) after = before;
    const double width = slot(after).x_counts - slot(before).x_counts;
    const double part = std::abs(width) > 0 ? (s.x_counts - slot(before).x_counts) / width : 0.5;
    const auto weight = static_cast<float>(std::clamp(part, 0.0, 1.0));
    for (std::size_t p = a; p < a + per_module; ++p)
      line(n)[p] = line(before)[p] + (line(after)[p] - line(before)[p]) * weight;
  }
}

void CorrectionChain::State::emit(std::uint64_t n, const Sink& sink) {
  const HeldLine& s = slot(n);
  ++counted.lines_out;
  CorrectedLine given;
  given.header = s.header;
  given.state = s.state;
  given.x_counts = s.x_counts;
  given.modules_filled = s.filled;
  given.sway_undone_mm = s.sway_mm;
  given.rise_undone_mm = s.rise_mm;
  if (s.state == LineState::kMeasured) {
    given.transmission = {wobble->line(n), pixels};
    given.bad = bad_versions[s.bad_version];
    given.full_scale = s.full_scale;
  }
  sink(given);
}

void CorrectionChain::State::advance(bool last_ones, const Sink& sink) {
  normalise(normalised, in);
  normalised = in;
  // What a window may still look back at: lines whose slots have not been taken again.
  const std::uint64_t first = in > LineRing::kLines ? in - LineRing::kLines : 0;
  const std::uint64_t level_end =
      last_ones ? normalised
                : std::max(levelled,
                           normalised < LineLevels::kReach ? 0 : normalised - LineLevels::kReach);
  for (std::uint64_t n = levelled; n < level_end; ++n) find_level(n, first, normalised);
  core::parallel_for(static_cast<std::size_t>(level_end - levelled), kLineGrain,
                     [&](std::size_t a, std::size_t b) {
                       for (std::uint64_t n = levelled + a; n < levelled + b; ++n) {
                         if (slot(n).state != LineState::kMeasured) continue;
                         levels.apply(slot(n).level, {line(n), pixels});
                         fill->apply({line(n), pixels});
                       }
                     });
  levelled = level_end;
  const std::uint64_t whole_end =
      last_ones ? levelled
                : std::max(whole, levelled < kGapReach_lines ? 0 : levelled - kGapReach_lines);
  for (; whole < whole_end; ++whole) fill_modules(whole, first, levelled);
  const std::uint64_t out_end = wobble->advance(whole, first, last_ones);
  for (; out < out_end; ++out) emit(out, sink);
}

CorrectionChain::CorrectionChain(std::unique_ptr<State> state) : state_(std::move(state)) {}
CorrectionChain::CorrectionChain(CorrectionChain&&) noexcept = default;
CorrectionChain& CorrectionChain::operator=(CorrectionChain&&) noexcept = default;
CorrectionChain::~CorrectionChain() = default;

core::Result<CorrectionChain> CorrectionChain::create(const core::ScannerGeometry& geometry,
                                                      const core::Calibration& calibration,
                                                      const CorrectionParameters& parameters) {
  const std::size_t pixels = geometry.pixels.size();
  if (pixels == 0 || geometry.module_count == 0 || geometry.module_count > core::kModulesMax ||
      static_cast<std::size_t>(geometry.module_count) * geometry.pixels_per_module != pixels) {
    return chain_refuses("geometry: " + std::to_string(pixels) + " pixels are not " +
                         std::to_string(geometry.module_count) + " modules of " +
                         std::to_string(geometry.pixels_per_module));
  }
  if (!(geometry.pulse_rate_hz > 0))
    return chain_refuses("geometry: pulse_rate_hz must be above 0");
  PC_CHECK(check_chain_frame(calibration.dark, "dark", pixels));
  PC_CHECK(check_chain_frame(calibration.air_high, "air_high", pixels));
  PC_CHECK(check_chain_frame(calibration.air_low, "air_low", pixels));
  BadPixels found;
  found.bad.assign(pixels, 0);
  if (parameters.bad_pixels) found = find_bad_pixels(geometry, calibration);
  if (std::all_of(found.bad.begin(), found.bad.end(), [](std::uint8_t b) { return b != 0; }))
    return chain_refuses("not one detector pixel measured; check detector and calibration");
  auto state = std::make_unique<State>(
      geometry, parameters, calibrate(geometry, calibration, parameters, std::move(found)));
  state->dark_temperature_c = calibration.dark.temperature_c;
  return CorrectionChain(std::move(state));
}

void CorrectionChain::push(std::span<const core::LineHeader> headers,
                           std::span<const std::bitset<core::kModulesMax>> modules_present,
                           std::span<const std::uint32_t> samples, const Sink& sink) {
  State& s = *state_;
  PC_ASSERT(!s.finished && modules_present.size() == headers.size() &&
            samples.size() == headers.size() * s.pixels);
  s.counted.lines_in += headers.size();
  std::size_t i = 0;
  for (; i < headers.size() && !s.started; ++i) {
    s.first_headers.push_back(headers[i]);
    s.first_present.push_back(modules_present[i]);
    const auto from = samples.begin() + static_cast<std::ptrdiff_t>(i * s.pixels);
    s.first_samples.insert(s.first_samples.end(), from,
                           from + static_cast<std::ptrdiff_t>(s.pixels));
    if (s.first_headers.size() == kBlock) s.start(sink);
  }
  for (; i < headers.size(); ++i)
    s.take(headers[i], modules_present[i], &samples[i * s.pixels], sink);
}

void CorrectionChain::finish(const Sink& sink) {
  State& s = *state_;
  PC_ASSERT(!s.finished);
  if (!s.started) s.start(sink);
  s.advance(true, sink);
  s.finished = true;
}

std::size_t CorrectionChain::pixels() const {
  return state_->pixels;
}
std::span<const float> CorrectionChain::height_share() const {
  return state_->height;
}
std::span<const std::uint8_t> CorrectionChain::bad_pixels() const {
  return state_->base.found.bad;
}

const std::vector<core::WedgeStep>& CorrectionChain::wedges() const {
  return state_->base.wedges;
}

CorrectionReport CorrectionChain::report() const {
  const State& s = *state_;
  CorrectionReport r = s.counted;
  auto& remarks = r.remarks;
  r.notes = s.base.notes;
  if (s.temperature_unknown > 0 && s.base.dark.slope_known())
    remarks.push_back(in_number(s.temperature_unknown, "line", "lines") +
                      " without a sound detector temperature");
  if (r.missing() > 0) remarks.push_back(in_number(r.missing(), "line lost", "lines lost"));
  if (r.no_dose > 0)
    remarks.push_back(in_number(r.no_dose, "pulse without dose", "pulses without dose"));
  if (r.arced > 0)
    remarks.push_back(in_number(r.arced, "arced pulse left out", "arced pulses left out"));
  if (r.test_pattern > 0) {
    remarks.push_back(in_number(r.test_pattern, "line of test pattern left out",
                                "lines of test pattern left out"));
  }
  for (std::size_t m = 0; m < r.module_absent.size(); ++m) {
    const auto name = "module " + std::to_string(m);
    if (r.module_absent[m] == 0) continue;
    if (r.module_absent[m] == r.measured)
      remarks.push_back(name + " silent");
    else
      remarks.push_back(name + " missing on " + in_number(r.module_absent[m], "line", "lines"));
  }
  for (const auto module : s.base.found.dead_modules)
    remarks.push_back("module " + std::to_string(module) + " dead");
  r.live_bad_pixels = s.live.found().total();
  if (r.live_bad_pixels > 0)
    remarks.push_back(in_number(r.live_bad_pixels, "pixel went bad during the scan",
                                "pixels went bad during the scan"));
  if (r.saturated > 0) remarks.push_back(saturation_in_words(r, s.full_scale_seen, s.per_module));
  if (r.refused > 0)
    remarks.push_back(
        in_number(r.refused, "line repeated a pulse number", "lines repeated a pulse number"));
  return r;
}

}  // namespace portcullis::imaging
