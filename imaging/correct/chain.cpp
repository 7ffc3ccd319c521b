#include "imaging/correct/chain.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/assert.h"
#include "core/parallel.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/line_level.h"
#include "imaging/correct/line_normaliser.h"
#include "imaging/correct/line_order.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kBlock = CorrectionChain::kBlockLines;
constexpr std::size_t kRing = 1024;  // lines held: lag, two blocks, and the windows behind
constexpr std::uint64_t kGapInferredMax_pulses = 4000;  // more is a new count, not a gap
constexpr std::size_t kGapReach_lines = 16;             // to the next line that has the module
constexpr std::size_t kPixelGrain = 256;
constexpr std::size_t kLineGrain = 8;

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

/// One pulse on its way through the chain.
struct Slot {
  core::LineHeader header;
  std::bitset<core::kModulesMax> present, filled;
  LineState state = LineState::kMissing;
  bool has_data = false;  ///< Samples came.
  double x_counts = 0;
  double dose_share = 1;
  float air_level = 0;
  LineLevel level;
  float rise_mm = 0;
};

}  // namespace

struct CorrectionChain::State {
  core::ScannerGeometry geometry;
  CorrectionParameters on;
  std::size_t pixels = 0, per_module = 0;
  BadPixels found;
  std::vector<std::uint8_t> bad;  // [pixels] as of now
  LineNormaliser high, low;
  LineLevels levels;
  std::optional<PixelFill> fill;
  std::vector<float> height;
  CorrectionReport counted;

  // Lines before the usual step of the pulse numbers is known.
  std::vector<core::LineHeader> first_headers;
  std::vector<std::bitset<core::kModulesMax>> first_present;
  std::vector<std::uint32_t> first_samples;
  bool started = false, finished = false;
  std::uint64_t stride = 1;
  bool has_last = false;
  core::LineHeader last;

  // The ring; counters of lines that passed each stage, never decreasing.
  std::vector<Slot> slots;
  std::vector<float> values;
  std::uint64_t in = 0, normalised = 0, levelled = 0, whole = 0, out = 0;
  float smooth_last = 0;

  State(const core::ScannerGeometry& g, const core::Calibration& c,
        const CorrectionParameters& parameters, BadPixels bad_pixels)
      : geometry(g),
        on(parameters),
        pixels(g.pixels.size()),
        per_module(g.pixels_per_module),
        found(std::move(bad_pixels)),
        bad(found.bad),
        high(c.dark, c.air_high),
        low(c.dark, c.air_low),
        levels(g, found.bad) {
    slots.resize(kRing);
    values.resize(kRing * pixels);
    first_samples.reserve(kBlock * pixels);
    fill.emplace(geometry, bad);
    double z_min = std::numeric_limits<double>::infinity();
    double z_max = -z_min;
    for (const auto& p : geometry.pixels) {
      z_min = std::min(z_min, p.z_mm);
      z_max = std::max(z_max, p.z_mm);
    }
    for (const auto& p : geometry.pixels)
      height.push_back(z_max > z_min ? static_cast<float>((p.z_mm - z_min) / (z_max - z_min))
                                     : 0.0F);
    counted.module_absent.assign(geometry.module_count, 0);
    counted.bad_pixels = found.dead + found.hot + found.noisy;
  }

  Slot& slot(std::uint64_t n) { return slots[n % kRing]; }
  float* line(std::uint64_t n) { return &values[(n % kRing) * pixels]; }

  void start(const Sink& sink);
  void take(const core::LineHeader& header, const std::bitset<core::kModulesMax>& present,
            const std::uint32_t* samples, const Sink& sink);
  void infer_missing(const core::LineHeader& next, const Sink& sink);
  Slot& open_slot(const core::LineHeader& header);
  void close_slot(const Sink& sink);
  void advance(bool last_ones, const Sink& sink);
  void normalise(std::uint64_t from, std::uint64_t to);
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

Slot& CorrectionChain::State::open_slot(const core::LineHeader& header) {
  Slot& s = slot(in);
  s = Slot{};
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
  Slot& s = open_slot(header);
  s.present = present;
  const LineNormaliser& normaliser = header.energy == core::Energy::kLow ? low : high;
  s.dose_share = on.dose ? normaliser.dose_share(header.dose_counts) : 1.0;
  if ((header.flags & core::line_flag::kLineMissing) != 0) {
    ++counted.missing_sent;
  } else if ((header.flags & core::line_flag::kTestPattern) != 0) {
    s.state = LineState::kTestPattern;
    ++counted.test_pattern;
  } else {
    s.has_data = true;
    const bool beam = header.energy != core::Energy::kNone &&
                      normaliser.dose_share(header.dose_counts) >= kDoseShareMin;
    s.state = beam ? LineState::kMeasured : LineState::kNoDose;
    if (!beam) ++counted.no_dose;
    if (beam && (header.flags & core::line_flag::kSaturated) != 0) ++counted.saturated;
    if (beam) normaliser.apply({samples, pixels}, s.dose_share, {line(in), pixels});
  }
  close_slot(sink);
}

void CorrectionChain::State::normalise(std::uint64_t from, std::uint64_t to) {
  core::parallel_for(static_cast<std::size_t>(to - from), kLineGrain,
                     [&](std::size_t a, std::size_t b) {
                       for (std::uint64_t n = from + a; n < from + b; ++n) {
                         Slot& s = slot(n);
                         s.air_level = std::numeric_limits<float>::quiet_NaN();
                         if (s.state != LineState::kMeasured) continue;
                         s.air_level = levels.air_level({line(n), pixels});
                       }
                     });
}

/// Level of line n from its neighbours in time, those of [first, end) that are held.
void CorrectionChain::State::find_level(std::uint64_t n, std::uint64_t first, std::uint64_t end) {
  Slot& s = slot(n);
  const std::uint64_t from = std::max(first, n < LineLevels::kReach ? 0 : n - LineLevels::kReach);
  const std::uint64_t to = std::min(end, n + LineLevels::kReach + 1);
  std::array<float, 2 * LineLevels::kReach + 1> window;
  for (std::uint64_t k = from; k < to; ++k) window[k - from] = slot(k).air_level;
  s.level = LineLevels::at({window.data(), static_cast<std::size_t>(to - from)},
                           static_cast<std::size_t>(n - from), smooth_last);
  smooth_last = -s.level.sway;
  if (s.state != LineState::kMeasured) return;
  if (s.level.off && on.line_level) {
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
  Slot& s = slot(n);
  if (s.state != LineState::kMeasured || s.present.count() >= geometry.module_count) return;
  std::vector<std::uint8_t> along(pixels, 0);
  bool any_along = false;
  const std::uint64_t from = std::max(first, n < kGapReach_lines ? 0 : n - kGapReach_lines);
  const std::uint64_t to = std::min(end, n + kGapReach_lines + 1);
  for (std::size_t m = 0; m < geometry.module_count; ++m) {
    if (s.present.test(m)) continue;
    ++counted.module_gaps;
    ++counted.module_absent[m];
    const std::size_t a = m * per_module;
    s.filled.set(m);
    const auto usable = [&](std::uint64_t k) {
      const Slot& other = slot(k);
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
    if (before == n && after == n) {
      std::fill_n(along.begin() + static_cast<std::ptrdiff_t>(a), per_module, std::uint8_t{1});
      any_along = true;
      continue;
    }
    if (before == n) before = after;
    if (after == n) after = before;
    const double width = slot(after).x_counts - slot(before).x_counts;
    const double part = std::abs(width) > 0 ? (s.x_counts - slot(before).x_counts) / width : 0.5;
    const auto weight = static_cast<float>(std::clamp(part, 0.0, 1.0));
    for (std::size_t p = a; p < a + per_module; ++p)
      line(n)[p] = line(before)[p] + (line(after)[p] - line(before)[p]) * weight;
  }
  if (any_along && on.missing_modules) {
    for (std::size_t p = 0; p < pixels; ++p) along[p] |= bad[p];
    PixelFill(geometry, along).apply({line(n), pixels});
  }
}

void CorrectionChain::State::emit(std::uint64_t n, const Sink& sink) {
  const Slot& s = slot(n);
  ++counted.lines_out;
  CorrectedLine given;
  given.header = s.header;
  given.state = s.state;
  given.x_counts = s.x_counts;
  given.rise_mm = s.rise_mm;
  given.modules_filled = s.filled;
  if (s.state == LineState::kMeasured) {
    given.transmission = {line(n), pixels};
    given.bad = bad;
  }
  sink(given);
}

void CorrectionChain::State::advance(bool last_ones, const Sink& sink) {
  normalise(normalised, in);
  normalised = in;
  // What a window may still look back at: lines whose slots have not been taken again.
  const std::uint64_t first = in > kRing ? in - kRing : 0;
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
  for (; out < whole; ++out) emit(out, sink);
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
  PC_CHECK(check_chain_frame(calibration.dark, "dark", pixels));
  PC_CHECK(check_chain_frame(calibration.air_high, "air_high", pixels));
  PC_CHECK(check_chain_frame(calibration.air_low, "air_low", pixels));
  BadPixels found;
  found.bad.assign(pixels, 0);
  if (parameters.bad_pixels) found = find_bad_pixels(geometry, calibration);
  if (std::all_of(found.bad.begin(), found.bad.end(), [](std::uint8_t b) { return b != 0; }))
    return chain_refuses("not one detector pixel measured; check detector and calibration");
  return CorrectionChain(
      std::make_unique<State>(geometry, calibration, parameters, std::move(found)));
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
  return state_->found.bad;
}

CorrectionReport CorrectionChain::report() const {
  const State& s = *state_;
  CorrectionReport r = s.counted;
  auto& remarks = r.remarks;
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
  for (const auto module : s.found.dead_modules)
    remarks.push_back("module " + std::to_string(module) + " dead");
  if (r.saturated > 0)
    remarks.push_back(in_number(r.saturated, "line saturated", "lines saturated"));
  if (r.refused > 0)
    remarks.push_back(
        in_number(r.refused, "line repeated a pulse number", "lines repeated a pulse number"));
  return r;
}

}  // namespace portcullis::imaging
