#include "simulator/offline/line_synthesizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assert.h"
#include "simulator/physics/beam_model.h"
#include "simulator/physics/random.h"

namespace portcullis::simulator {

namespace {

constexpr float kScaleMax = 1'048'575.0F;  // 20 bits
constexpr float kFewPhotons = 50;          // below: a real Poisson draw
constexpr double kDriftPeak = 0.02;        // the dose drifts to and fro within this

/// Rises and falls between -1 and 1 with period 4.
double triangle(double phase) {
  const double p = phase - 4 * std::floor(phase / 4);
  return p < 1 ? p : p < 3 ? 2 - p : p - 4;
}

}  // namespace

struct LineSynthesizer::State {
  NoiseSwitches on;
  NoiseLevels levels;
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
  std::size_t pixels = 0;
  std::size_t module_pixels = 0;
  float air_counts = 0;
  double dose_reference_counts = 0;
  double beam_sigma_mm = 5;
  double object_share = 0.7;  // of a shift of the array, what the object plane sees along x
  float scatter_half_px = 90;
  std::array<float, 2> variation2{};

  // The detector's pattern.
  std::vector<float> gain, dark, dark_per_c;
  std::vector<float> photon_share[2];  // [high, low]: E[d2]/E[d]2 over photons: variance of air's
                                       // signal, air units
  std::vector<std::uint8_t> bad;       // 0 good, 1 dead, 2 hot, 3 noisy
  std::vector<float> hot_counts;
  std::vector<float> height;        // 0 foot to 1 top of the boom
  std::vector<float> shift_per_mm;  // pixels a mm of rise
  double wobble_hz[4] = {}, wobble_phase[4] = {};
  double dose_phase = 0, temperature_phase = 0;

  // Memory of earlier pulses.
  std::vector<float> glow_fast, glow_slow;
  double last_time_s = 0;
  bool has_last = false;

  // Scratch.
  std::vector<float> transmission, spread, light, moved, load, smooth, beside;

  State(const Scanner& scanner, const NoiseSwitches& switches, std::uint64_t seed_,
        std::uint64_t stream_);
  void make_pattern(const Scanner& scanner);
  double dose_factor(const PulseState& pulse, bool& arced) const noexcept;
  void apply_wobble(const PulseState& pulse, double rise_mm, double sway_mm) noexcept;
  void add_scatter() noexcept;
  void draw_photons(const PulseState& pulse, std::size_t e, float factor) noexcept;
  void apply_afterglow(double dt_s) noexcept;
  void apply_cross_talk() noexcept;
};

LineSynthesizer::State::State(const Scanner& scanner, const NoiseSwitches& switches,
                              std::uint64_t seed_, std::uint64_t stream_)
    : on(switches),
      levels(scanner.levels),
      seed(seed_),
      stream(stream_),
      pixels(scanner.geometry.pixels.size()),
      module_pixels(scanner.geometry.pixels_per_module),
      air_counts(static_cast<float>(scanner.air_counts)),
      dose_reference_counts(scanner.dose_reference_counts),
      beam_sigma_mm(scanner.beam_width_mm / 2.3548) {
  make_pattern(scanner);
  for (auto* scratch :
       {&transmission, &spread, &light, &moved, &load, &smooth, &beside, &glow_fast, &glow_slow})
    scratch->assign(pixels, 0);
}

void LineSynthesizer::State::make_pattern(const Scanner& scanner) {
  const auto& g = scanner.geometry;
  auto beam = BeamModel::create(scanner.beam);
  PC_ASSERT(beam.ok());  // load_scanner has checked the parameters
  Random random(seed, Stream::kPattern);
  const double pixel_spread =
      std::sqrt(std::max(0.0, levels.gain_spread * levels.gain_spread -
                                  levels.gain_module_step * levels.gain_module_step));
  double module_gain = 1;
  double z_min = 1e300;
  double z_max = -1e300;
  double reach = 0;
  for (const auto& p : g.pixels) {
    z_min = std::min(z_min, p.z_mm);
    z_max = std::max(z_max, p.z_mm);
    reach += p.y_mm - g.source_y_mm;
  }
  object_share = std::min(1.0, -g.source_y_mm * static_cast<double>(pixels) / reach);
  scatter_half_px =
      std::max(0.5F, static_cast<float>(levels.scatter_width_mm / g.pixel_pitch_mm / 2));
  for (std::size_t i = 0; i < pixels; ++i) {
    if (i % module_pixels == 0)
      module_gain = 1 + levels.gain_module_step * std::clamp(random.normal(), -2.5, 2.5);
    gain.push_back(static_cast<float>(module_gain *
                                      (1 + pixel_spread * std::clamp(random.normal(), -3.0, 3.0))));
    dark.push_back(static_cast<float>(
        std::max(0.0, levels.dark_mean_counts + levels.dark_spread_counts * random.normal())));
    dark_per_c.push_back(
        static_cast<float>(levels.dark_counts_per_c * (1 + 0.3 * random.normal())));
    const double metres10 = scanner.distance_mm(i) / 10'000;
    const double photons = scanner.photons_per_pulse / (metres10 * metres10);
    for (std::size_t e = 0; e < 2; ++e) {
      const auto& air = beam->air()[e];
      photon_share[e].push_back(static_cast<float>(air.deposit_squared_mev2 /
                                                   (air.deposit_mev * air.deposit_mev) / photons));
    }
    height.push_back(
        static_cast<float>(z_max > z_min ? (g.pixels[i].z_mm - z_min) / (z_max - z_min) : 0));
  }
  for (std::size_t e = 0; e < 2; ++e)
    variation2[e] = static_cast<float>(beam->deposit_variation2()[e]);
  const auto angle = [&g](std::size_t i) {
    return std::atan2(g.pixels[i].z_mm - g.source_z_mm, g.pixels[i].y_mm - g.source_y_mm);
  };
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::size_t a = i == 0 ? 0 : i - 1;
    const std::size_t b = std::min(pixels - 1, i + 1);
    const double pitch = b > a ? std::abs(angle(b) - angle(a)) / static_cast<double>(b - a) : 1;
    shift_per_mm.push_back(
        static_cast<float>(std::cos(angle(i)) / scanner.distance_mm(i) / std::max(pitch, 1e-9)));
  }
  bad.assign(pixels, 0);
  hot_counts.assign(pixels, 0);
  Random choice(seed, Stream::kBad);
  const auto spoil = [&](double share, bool hot) {
    const double wanted = share * static_cast<double>(pixels);
    auto count = static_cast<std::size_t>(wanted);
    if (choice.uniform() < wanted - std::floor(wanted)) ++count;
    for (std::size_t k = 0; k < count; ++k) {
      const auto i = static_cast<std::size_t>(choice.below(pixels));
      bad[i] = hot ? (choice.uniform() < 0.5 ? 2 : 3) : 1;
      hot_counts[i] = static_cast<float>(choice.uniform(300'000, 1'000'000));
    }
  };
  spoil(levels.dead_share, false);
  spoil(levels.hot_share, true);
  Random wobble(seed, Stream::kWobble);
  for (int k = 0; k < 4; ++k) {
    wobble_hz[k] = k % 2 == 0 ? wobble.uniform(1.0, 2.5) : wobble.uniform(2.5, 5.0);
    wobble_phase[k] = wobble.uniform(0, 2 * std::numbers::pi);
  }
  dose_phase = wobble.uniform(0, 4);
  temperature_phase = wobble.uniform(0, 2 * std::numbers::pi);
}

double LineSynthesizer::State::dose_factor(const PulseState& pulse, bool& arced) const noexcept {
  double factor = std::max(0.0, pulse.dose_factor);
  if (on.dose) {
    Random random(seed, Stream::kDose, stream, pulse.pulse);
    factor *= 1 + levels.dose_sigma * std::clamp(random.normal(), -4.0, 4.0);
    factor *= 1 + kDriftPeak * triangle(dose_phase +
                                        pulse.time_s / 60 * levels.dose_drift_per_min / kDriftPeak);
  }
  if (on.missed_pulses) {
    Random random(seed, Stream::kMissed, stream, pulse.pulse);
    const double draw = random.uniform();
    if (draw < levels.missed_share) {
      factor = 0;
    } else if (draw < levels.missed_share + levels.arced_share) {
      factor *= random.uniform(0.2, 0.8);
      arced = true;
    }
  }
  return factor;
}

/// The array moves up by rise and sideways by sway at its top: rays move with it, and the beam's
/// middle no longer meets the array.
void LineSynthesizer::State::apply_wobble(const PulseState&, double rise_mm,
                                          double sway_mm) noexcept {
  const auto last = static_cast<float>(pixels - 1);
  const auto sway_scaled = static_cast<float>(sway_mm / beam_sigma_mm);
  for (std::size_t i = 0; i < pixels; ++i) {
    const float place = std::clamp(
        static_cast<float>(i) + static_cast<float>(rise_mm) * height[i] * shift_per_mm[i], 0.0F,
        last);
    const auto below = std::min(static_cast<std::size_t>(place), pixels - 1);
    const std::size_t above = std::min(below + 1, pixels - 1);
    const float share = place - static_cast<float>(below);
    const float offset = sway_scaled * height[i];
    const float profile = std::exp(-0.5F * offset * offset);
    moved[i] =
        (transmission[below] + (transmission[above] - transmission[below]) * share) * profile;
  }
  transmission.swap(moved);
}

/// Fills `smooth` with the forward scatter, air units: a triangular kernel over the load seen by
/// each pixel.
void LineSynthesizer::State::add_scatter() noexcept {
  for (std::size_t i = 0; i < pixels; ++i) load[i] = std::max(0.0F, 1 - transmission[i]);
  const auto half = static_cast<std::ptrdiff_t>(scatter_half_px);
  const auto n = static_cast<std::ptrdiff_t>(pixels);
  const double width = static_cast<double>(2 * half + 1);
  for (int pass = 0; pass < 2; ++pass) {
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < std::min(half, n); ++i)
      sum += static_cast<double>(load[static_cast<std::size_t>(i)]);
    for (std::ptrdiff_t i = 0; i < n; ++i) {
      if (i + half < n) sum += static_cast<double>(load[static_cast<std::size_t>(i + half)]);
      if (i - half - 1 >= 0)
        sum -= static_cast<double>(load[static_cast<std::size_t>(i - half - 1)]);
      smooth[static_cast<std::size_t>(i)] = static_cast<float>(sum / width);
    }
    load.swap(smooth);
  }
  const auto peak = static_cast<float>(levels.scatter_max);
  for (std::size_t i = 0; i < pixels; ++i) smooth[i] = std::max(0.0F, load[i]) * peak;
}

/// light = transmission * factor (+ scatter), with the statistics of the photons that make it.
void LineSynthesizer::State::draw_photons(const PulseState& pulse, std::size_t e,
                                          float factor) noexcept {
  const auto scatter_deposit = static_cast<float>(levels.scatter_deposit);
  const float c = variation2[e];
  Random random(seed, Stream::kPhoton, stream, pulse.pulse);
  for (std::size_t i = 0; i < pixels; ++i) {
    const float primary = transmission[i] * factor;
    const float scattered = smooth[i] * factor;
    const float mean = primary + scattered;
    if (!on.photon || mean <= 0) {
      light[i] = mean;
      continue;
    }
    const float variance = photon_share[e][i] * (primary * spread[i] + scattered * scatter_deposit);
    // A deposit of mean d and squared variation c, n of them: mean n d, variance n d2 (1 + c).
    const float deposit = variance / (mean * (1 + c));
    if (mean < kFewPhotons * deposit) {
      const std::uint32_t n = random.poisson(static_cast<double>(mean / deposit));
      light[i] =
          n == 0
              ? 0.0F
              : static_cast<float>(random.gamma(static_cast<double>(static_cast<float>(n) / c))) *
                    c * deposit;
    } else {
      light[i] = std::max(0.0F, mean + std::sqrt(variance) * static_cast<float>(random.normal()));
    }
  }
}

/// A share of each pulse's light comes later, in two exponentials; what comes until the next
/// pulse is integrated with it.
void LineSynthesizer::State::apply_afterglow(double dt_s) noexcept {
  const auto keep_fast = static_cast<float>(std::exp(-dt_s / levels.afterglow_fast_s));
  const auto keep_slow = static_cast<float>(std::exp(-dt_s / levels.afterglow_slow_s));
  const auto share_fast = static_cast<float>(levels.afterglow_fast);
  const auto share_slow = static_cast<float>(levels.afterglow_slow);
  const float prompt = 1 - share_fast - share_slow;
  for (std::size_t i = 0; i < pixels; ++i) {
    const float now = light[i];
    light[i] = now * prompt + glow_fast[i] * (1 - keep_fast) + glow_slow[i] * (1 - keep_slow);
    glow_fast[i] = glow_fast[i] * keep_fast + now * share_fast;
    glow_slow[i] = glow_slow[i] * keep_slow + now * share_slow;
  }
}

/// Light that leaves a crystal for its neighbours in the same module.
void LineSynthesizer::State::apply_cross_talk() noexcept {
  const auto c = static_cast<float>(levels.cross_talk);
  for (std::size_t begin = 0; begin < pixels; begin += module_pixels) {
    const std::size_t end = std::min(pixels, begin + module_pixels);
    for (std::size_t i = begin; i < end; ++i) {
      const float left = i > begin ? light[i - 1] : light[i];
      const float right = i + 1 < end ? light[i + 1] : light[i];
      moved[i] = light[i] + c * (left + right - 2 * light[i]);
    }
  }
  light.swap(moved);
}

LineSynthesizer::LineSynthesizer(const Scanner& scanner, const NoiseSwitches& switches,
                                 std::uint64_t seed, std::uint64_t stream)
    : state_(std::make_unique<State>(scanner, switches, seed, stream)) {}
LineSynthesizer::LineSynthesizer(LineSynthesizer&&) noexcept = default;
LineSynthesizer& LineSynthesizer::operator=(LineSynthesizer&&) noexcept = default;
LineSynthesizer::~LineSynthesizer() = default;

void LineSynthesizer::synthesize(const PulseState& pulse, const SceneRays* rays,
                                 std::span<std::uint32_t> samples, PulseFacts& facts) noexcept {
  State& s = *state_;
  PC_ASSERT(samples.size() == s.pixels);
  const bool beam = pulse.energy != core::Energy::kNone;
  bool arced = false;
  const double factor = beam ? s.dose_factor(pulse, arced) : 0;
  facts.temperature_c = s.levels.temperature_c;
  if (s.on.dark) {
    facts.temperature_c += pulse.temperature_offset_c;
    facts.temperature_c += s.levels.temperature_swing_c *
                           std::sin(s.temperature_phase + 2 * std::numbers::pi * pulse.time_s /
                                                              s.levels.temperature_period_s);
  }
  // The dose reference.
  facts.dose_counts = 0;
  if (beam) {
    Random random(s.seed, Stream::kReference, s.stream, pulse.pulse);
    const double noise = s.on.dose ? s.levels.dose_reference_noise * random.normal() : 0;
    facts.dose_counts = static_cast<std::uint32_t>(
        std::lround(std::max(0.0, s.dose_reference_counts * factor * (1 + noise))));
  }
  // Light in units of air's nominal signal.
  const bool signal = factor > 0;
  if (signal) {
    const std::size_t e = pulse.energy == core::Energy::kLow || arced ? 1 : 0;
    double rise = 0;
    double sway = 0;
    if (s.on.wobble && pulse.moving) {
      const auto wave = [&s, &pulse](int k) {
        return std::sin(2 * std::numbers::pi * s.wobble_hz[k] * pulse.time_s + s.wobble_phase[k]);
      };
      sway = s.levels.wobble_x_mm * (0.6 * wave(0) + 0.4 * wave(1));
      rise = s.levels.wobble_z_mm * (0.6 * wave(2) + 0.4 * wave(3));
    }
    if (rays != nullptr) {
      const auto energy = e == 1 ? core::Energy::kLow : core::Energy::kHigh;
      if (sway != 0) {
        // The boom leans about its foot: each ray is as far beside the plane as its pixel is high.
        const auto at_top = static_cast<float>(sway * s.object_share);
        for (std::size_t i = 0; i < s.pixels; ++i) s.beside[i] = at_top * s.height[i];
        rays->at(energy, pulse.x_mm, s.beside, s.transmission, s.spread);
      } else {
        rays->at(energy, pulse.x_mm, s.transmission, s.spread);
      }
    } else {
      std::fill(s.transmission.begin(), s.transmission.end(), 1.0F);
      std::fill(s.spread.begin(), s.spread.end(), 1.0F);
    }
    if (s.on.wobble && pulse.moving) s.apply_wobble(pulse, rise, sway);
    if (s.on.scatter && rays != nullptr && rays->scatters())
      s.add_scatter();
    else
      std::fill(s.smooth.begin(), s.smooth.end(), 0.0F);
    s.draw_photons(pulse, e, static_cast<float>(factor));
  } else {
    std::fill(s.light.begin(), s.light.end(), 0.0F);
  }
  const double dt = s.has_last ? std::max(0.0, pulse.time_s - s.last_time_s) : 0;
  s.last_time_s = pulse.time_s;
  s.has_last = true;
  if (s.on.afterglow) s.apply_afterglow(dt);
  if (s.on.cross_talk) s.apply_cross_talk();
  // Electronics.
  Random electronic(s.seed, Stream::kElectronic, s.stream, pulse.pulse);
  const auto warmer = static_cast<float>(facts.temperature_c - s.levels.temperature_c);
  const auto rms = static_cast<float>(s.levels.electronic_counts_rms);
  const float ceiling =
      s.on.saturation ? static_cast<float>(s.levels.saturation_counts) : kScaleMax;
  facts.saturated = false;
  for (std::size_t i = 0; i < s.pixels; ++i) {
    float value = s.light[i] * s.air_counts;
    if (s.on.gain) value *= s.gain[i];
    const std::uint8_t kind = s.on.bad_pixels ? s.bad[i] : std::uint8_t{0};
    if (kind == 1) value = 0;
    if (s.on.dark) value += s.dark[i] + s.dark_per_c[i] * warmer;
    float noise_rms = s.on.electronic ? rms : 0.0F;
    if (kind == 2) value = s.hot_counts[i];
    if (kind >= 2) noise_rms = 4000;
    if (noise_rms > 0) value += noise_rms * static_cast<float>(electronic.normal());
    if (value >= ceiling) {
      value = ceiling;
      if (kind == 0) facts.saturated = true;
    }
    samples[i] = value <= 0 ? 0U : static_cast<std::uint32_t>(value + 0.5F);
  }
}

void LineSynthesizer::reset(std::uint64_t stream) noexcept {
  State& s = *state_;
  s.stream = stream;
  s.has_last = false;
  std::fill(s.glow_fast.begin(), s.glow_fast.end(), 0.0F);
  std::fill(s.glow_slow.begin(), s.glow_slow.end(), 0.0F);
}

void LineSynthesizer::set_switches(const NoiseSwitches& switches) noexcept {
  state_->on = switches;
}

std::size_t LineSynthesizer::pixels() const {
  return state_->pixels;
}

std::vector<std::size_t> LineSynthesizer::bad_pixels() const {
  std::vector<std::size_t> result;
  if (!state_->on.bad_pixels) return result;
  for (std::size_t i = 0; i < state_->pixels; ++i) {
    if (state_->bad[i] != 0) result.push_back(i);
  }
  return result;
}

std::int32_t encoder_counts_at(const core::ScannerGeometry& geometry, double x_mm) {
  return static_cast<std::int32_t>(std::lround(x_mm / geometry.encoder_mm_per_count));
}

}  // namespace portcullis::simulator
