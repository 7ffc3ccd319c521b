#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numbers>

#include "core/parallel.h"
#include "simulator/offline/line_synthesizer.h"
#include "simulator/physics/beam_model.h"
#include "simulator/scene/tracer.h"

namespace portcullis::simulator {

namespace {

// Transmission as a code: T = exp(-code * kLogStep), so a step is 0.024 % and rounding half of
// it. The last code is "nothing": below 1.1e-7 of air, 0.1 counts.
constexpr double kLogStep = 16.0 / 65'535;
constexpr double kSpreadStep = 0.01;
constexpr std::size_t kBytesMax = std::size_t{4} << 30;
constexpr std::size_t kBlock = 64;  // grid positions traced as one piece of work
// Rays of a pixel, side by side along the array: an edge within the pixel is a twelfth off at most.
constexpr std::size_t kAcross = 6;

std::uint16_t code_of(float transmission) {
  if (transmission >= 1) return 0;
  if (!(transmission > 1.1e-7F)) return 65'535;
  return static_cast<std::uint16_t>(
      std::min(65'534.0, std::round(-std::log(static_cast<double>(transmission)) / kLogStep)));
}

std::uint8_t spread_code_of(float spread) {
  return static_cast<std::uint8_t>(
      std::clamp(std::round(static_cast<double>(spread) / kSpreadStep), 1.0, 255.0));
}

const std::vector<float>& decode_table() {
  static const std::vector<float> table = [] {
    std::vector<float> values(65'536);
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<float>(std::exp(-static_cast<double>(i) * kLogStep));
    values.back() = 0;
    return values;
  }();
  return table;
}

/// How much smaller than at the array things are in the plane of the centre line.
double magnification_inverse_of(const core::ScannerGeometry& g) {
  double reach = 0;
  for (const auto& pixel : g.pixels) reach += pixel.y_mm - g.source_y_mm;
  return std::min(1.0, -g.source_y_mm * static_cast<double>(g.pixels.size()) / reach);
}

/// Weights of neighbouring grid positions that stand for the pixel's aperture and the focal
/// spot, both seen in the plane of the centre line.
std::vector<float> blur_kernel(const Scanner& scanner, double step_mm) {
  const double magnification_inverse = magnification_inverse_of(scanner.geometry);
  const double box = scanner.aperture_mm * magnification_inverse;
  const double sigma = scanner.focal_spot_mm * (1 - magnification_inverse) / 2.3548;
  // A box smeared by the spot, integrated over each grid cell.
  const auto edge = [&](double x) {
    return sigma > 0 ? 0.5 * std::erf(x / (sigma * std::numbers::sqrt2)) : (x > 0 ? 0.5 : -0.5);
  };
  const auto density = [&](double x) { return (edge(x + box / 2) - edge(x - box / 2)) / box; };
  const int half = std::min(16, static_cast<int>(std::ceil((box / 2 + 3 * sigma) / step_mm)));
  std::vector<float> kernel;
  double sum = 0;
  for (int k = -half; k <= half; ++k) {
    double weight = 0;
    constexpr int kParts = 32;
    for (int p = 0; p < kParts; ++p) weight += density((k + (p + 0.5) / kParts - 0.5) * step_mm);
    kernel.push_back(static_cast<float>(weight));
    sum += weight;
  }
  for (float& weight : kernel) weight = static_cast<float>(static_cast<double>(weight) / sum);
  return kernel;
}

/// Where along the array the rays of one pixel end, from its middle: equal shares of its aperture
/// as the focal spot smears it (its image at the array of something in the plane of the centre
/// line).
std::array<double, kAcross> places_across_mm(const Scanner& scanner) {
  const double inverse = magnification_inverse_of(scanner.geometry);
  const double half = scanner.aperture_mm / 2;
  const double sigma = scanner.focal_spot_mm * (1 / inverse - 1) / 2.3548;
  // The share of the smeared box up to u; an integral of the normal distribution's own integral.
  const auto share_to = [&](double u) {
    if (sigma <= 0) return std::clamp((u + half) / (2 * half), 0.0, 1.0);
    const auto integral = [&](double v) {
      const double z = v / sigma;
      return v * 0.5 * std::erfc(-z / std::numbers::sqrt2) +
             sigma * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    };
    return (integral(u + half) - integral(u - half)) / (2 * half);
  };
  std::array<double, kAcross> places{};
  for (std::size_t k = 0; k < kAcross; ++k) {
    double low = -half - 6 * sigma;
    double high = -low;
    const double wanted = (static_cast<double>(k) + 0.5) / kAcross;
    for (int turn = 0; turn < 60; ++turn) {
      const double middle = (low + high) / 2;
      (share_to(middle) < wanted ? low : high) = middle;
    }
    places[k] = (low + high) / 2;
  }
  return places;
}

/// The ends of all rays: `places` of them for each pixel, one after another, along its arm.
std::vector<core::PixelPosition> ray_ends(const core::ScannerGeometry& g,
                                          std::span<const double> places) {
  std::vector<core::PixelPosition> ends;
  ends.reserve(g.pixels.size() * places.size());
  const std::size_t module = std::max<std::size_t>(1, g.pixels_per_module);
  for (std::size_t i = 0; i < g.pixels.size(); ++i) {
    // Along the arm as a neighbour in the same module shows it.
    const bool last = i + 1 == g.pixels.size() || (i + 1) % module == 0;
    const bool alone = last && i % module == 0;
    const auto& a = g.pixels[last && !alone ? i - 1 : i];
    const auto& b = g.pixels[last ? i : i + 1];
    const double length = std::hypot(b.y_mm - a.y_mm, b.z_mm - a.z_mm);
    const double along_y = length > 0 ? (b.y_mm - a.y_mm) / length : 0;
    const double along_z = length > 0 ? (b.z_mm - a.z_mm) / length : 1;
    for (const double place : places) {
      auto end = g.pixels[i];
      end.y_mm += place * along_y;
      end.z_mm += place * along_z;
      ends.push_back(end);
    }
  }
  return ends;
}

struct Moments {
  std::vector<float> high, low, high_second, low_second;  // first and second moments, air = 1
  explicit Moments(std::size_t n) : high(n), low(n), high_second(n), low_second(n) {}
};

}  // namespace

struct SceneRays::Data {
  std::size_t pixels = 0;
  std::size_t positions = 0;
  double x_first_mm = 0;
  double step_mm = 1;
  bool scatters = true;
  bool everywhere = false;  // uniform(): the same at every x
  // [energy][position * pixels + pixel]; energy 0 high, 1 low.
  std::array<std::vector<std::uint16_t>, 2> transmission;
  std::array<std::vector<std::uint8_t>, 2> spread;
};

SceneRays::SceneRays(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

namespace {

/// Traces grid positions one after another and turns paths into moments, taking over from the
/// position before what is the same.
class BlockTracer {
 public:
  /// `per_pixel` rays of the tracer after one another are one pixel.
  BlockTracer(const PlaneTracer& tracer, std::size_t per_pixel, const BeamModel& beam,
              const std::vector<std::vector<float>>& attenuation)
      : tracer_(tracer), per_pixel_(per_pixel), beam_(beam), attenuation_(attenuation) {}

  void trace(double x_mm, const Moments* before, Moments& out) {
    tracer_.trace(x_mm, before == nullptr ? nullptr : &planes_[current_], planes_[1 - current_]);
    current_ = 1 - current_;
    const auto& plane = planes_[current_];
    const auto share = 1 / static_cast<float>(per_pixel_);
    for (std::size_t p = 0; p < out.high.size(); ++p) {
      const std::size_t begin = p * per_pixel_;
      const std::size_t end = begin + per_pixel_;
      const auto changed = std::span(plane.changed).subspan(begin, per_pixel_);
      if (before != nullptr &&
          std::all_of(changed.begin(), changed.end(), [](auto c) { return c == 0; })) {
        out.high[p] = before->high[p];
        out.low[p] = before->low[p];
        out.high_second[p] = before->high_second[p];
        out.low_second[p] = before->low_second[p];
        continue;
      }
      // Air gives exactly one, however many rays it is summed from.
      if (plane.first[begin] == plane.first[end]) {
        out.high[p] = out.low[p] = out.high_second[p] = out.low_second[p] = 1;
        continue;
      }
      float high = 0, low = 0, high_second = 0, low_second = 0;
      for (std::size_t r = begin; r < end; ++r) {
        const auto fast = behind(plane.ray(r));
        high += fast.transmission_high;
        low += fast.transmission_low;
        high_second += fast.transmission_high * fast.spread_high;
        low_second += fast.transmission_low * fast.spread_low;
      }
      out.high[p] = high * share;
      out.low[p] = low * share;
      out.high_second[p] = high_second * share;
      out.low_second[p] = low_second * share;
    }
  }

 private:
  BeamModel::Fast behind(std::span<const PathPiece> pieces) {
    pointers_.clear();
    amounts_.clear();
    for (const auto& piece : pieces) {
      pointers_.push_back(attenuation_[piece.material].data());
      amounts_.push_back(piece.areal_density_g_cm2);
    }
    return beam_.fast(pointers_, amounts_);
  }

  const PlaneTracer& tracer_;
  std::size_t per_pixel_;
  const BeamModel& beam_;
  const std::vector<std::vector<float>>& attenuation_;
  std::array<PlaneTracer::Plane, 2> planes_;
  std::size_t current_ = 0;
  std::vector<const float*> pointers_;
  std::vector<float> amounts_;
};

}  // namespace

core::Result<SceneRays> SceneRays::trace(const Scene& scene, const Scanner& scanner,
                                         std::array<double, 2> range, const Options& options) {
  const auto& g = scanner.geometry;
  const double step = options.step_mm > 0
                          ? options.step_mm
                          : scene.speed_mm_s.value_or(scanner.speed_mm_s) / g.pulse_rate_hz;
  if (!(range[1] > range[0])) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format(
            "{}: nothing to scan between x {:.0f} and {:.0f} mm; give x_from_mm and x_to_mm",
            scene.path.string(), range[0], range[1])};
  }
  auto data = std::make_shared<Data>();
  data->pixels = g.pixels.size();
  data->step_mm = step;
  data->x_first_mm = range[0];
  const double positions = std::floor((range[1] - range[0]) / step) + 2;
  if (positions * static_cast<double>(data->pixels) * 6 > static_cast<double>(kBytesMax)) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format(
            "{}: {:.0f} beam positions of {} pixels are too many to keep; scan less or faster",
            scene.path.string(), positions, data->pixels)};
  }
  data->positions = static_cast<std::size_t>(positions);
  PC_TRY(const BeamModel beam, BeamModel::create(scanner.beam));
  std::vector<std::vector<float>> attenuation;
  for (const auto& material : scene.materials)
    attenuation.push_back(beam.attenuation_on_grid(material));
  for (std::size_t e = 0; e < 2; ++e) {
    data->transmission[e].resize(data->positions * data->pixels);
    data->spread[e].resize(data->positions * data->pixels);
  }
  const auto across = places_across_mm(scanner);
  constexpr double kMiddle = 0;
  const std::span<const double> places =
      scene.noise.blur ? std::span<const double>(across) : std::span(&kMiddle, 1);
  const PlaneTracer tracer(scene, g.source_y_mm, g.source_z_mm, ray_ends(g, places));
  const std::vector<float> kernel =
      scene.noise.blur ? blur_kernel(scanner, step) : std::vector<float>{1.0F};
  const std::size_t half = kernel.size() / 2;

  const std::size_t pixels = data->pixels;
  const std::size_t total = data->positions;
  std::atomic<bool> stopped{false};
  std::atomic<std::size_t> done{0};
  std::mutex progress_mutex;
  const auto work = [&](std::size_t begin, std::size_t end) {
    if (stopped) return;
    BlockTracer block(tracer, places.size(), beam, attenuation);
    std::vector<Moments> lines(kernel.size(),
                               Moments(pixels));  // ring of the last kernel.size() positions
    std::vector<std::uint8_t> same(kernel.size(), 0);
    std::vector<float> sums[4];
    for (auto& sum : sums) sum.resize(pixels);
    const Moments* before = nullptr;
    // Position p is traced at x_first + (p - half) * step, so that the ring ends half after.
    for (std::size_t p = begin; p < end + 2 * half; ++p) {
      Moments& line = lines[p % kernel.size()];
      block.trace(data->x_first_mm + (static_cast<double>(p) - static_cast<double>(half)) * step,
                  before, line);
      before = &line;
      if (p < begin + 2 * half) continue;
      const std::size_t out = p - 2 * half;
      for (auto& sum : sums) std::fill(sum.begin(), sum.end(), 0.0F);
      for (std::size_t k = 0; k < kernel.size(); ++k) {
        const Moments& from = lines[(out + k) % kernel.size()];
        const float w = kernel[k];
        for (std::size_t r = 0; r < pixels; ++r) {
          sums[0][r] += w * from.high[r];
          sums[1][r] += w * from.low[r];
          sums[2][r] += w * from.high_second[r];
          sums[3][r] += w * from.low_second[r];
        }
      }
      for (std::size_t e = 0; e < 2; ++e) {
        std::uint16_t* t = data->transmission[e].data() + out * pixels;
        std::uint8_t* s = data->spread[e].data() + out * pixels;
        for (std::size_t r = 0; r < pixels; ++r) {
          const float first = sums[e][r];
          t[r] = first > 0.99999F ? std::uint16_t{0} : code_of(first);
          s[r] = spread_code_of(first > 0 ? sums[2 + e][r] / first : 1.0F);
        }
      }
    }
    done += end - begin;
    if (options.progress) {
      const std::lock_guard lock(progress_mutex);
      if (!options.progress(static_cast<double>(done) / static_cast<double>(total))) stopped = true;
    }
  };
  if (options.parallel) {
    core::parallel_for(total, kBlock, work);
  } else {
    for (std::size_t begin = 0; begin < total; begin += kBlock)
      work(begin, std::min(total, begin + kBlock));
  }
  if (stopped)
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: stopped before all rays were traced", scene.path.string())};
  return SceneRays(std::move(data));
}

core::Result<SceneRays> SceneRays::uniform(const Scanner& scanner, const Material& material,
                                           double areal_density_g_cm2) {
  PC_TRY(const BeamModel beam, BeamModel::create(scanner.beam));
  const auto on_grid = beam.attenuation_on_grid(material);
  const float* pointers[] = {on_grid.data()};
  const float amounts[] = {static_cast<float>(areal_density_g_cm2)};
  const auto fast = beam.fast(pointers, amounts);
  auto data = std::make_shared<Data>();
  data->pixels = scanner.geometry.pixels.size();
  data->positions = 1;
  data->scatters = false;
  data->everywhere = true;
  data->transmission[0].assign(data->pixels, code_of(fast.transmission_high));
  data->transmission[1].assign(data->pixels, code_of(fast.transmission_low));
  data->spread[0].assign(data->pixels, spread_code_of(fast.spread_high));
  data->spread[1].assign(data->pixels, spread_code_of(fast.spread_low));
  return SceneRays(std::move(data));
}

std::array<double, 2> SceneRays::range_mm() const {
  return {data_->x_first_mm,
          data_->x_first_mm + static_cast<double>(data_->positions - 1) * data_->step_mm};
}
std::size_t SceneRays::pixels() const {
  return data_->pixels;
}
std::size_t SceneRays::bytes() const {
  return data_->positions * data_->pixels * 6;
}
bool SceneRays::scatters() const {
  return data_->scatters;
}

void SceneRays::at(core::Energy energy, double x_mm, std::span<float> transmission,
                   std::span<float> spread) const noexcept {
  const Data& d = *data_;
  const std::size_t e = energy == core::Energy::kLow ? 1 : 0;
  const double place = d.everywhere ? 0 : (x_mm - d.x_first_mm) / d.step_mm;
  // Half a micrometre of rounding must not turn the last position into air.
  if (!(place >= -1e-6 && place <= static_cast<double>(d.positions - 1) + 1e-6)) {
    std::fill(transmission.begin(), transmission.end(), 1.0F);
    std::fill(spread.begin(), spread.end(), 1.0F);
    return;
  }
  const std::vector<float>& decode = decode_table();
  auto first = static_cast<std::size_t>(std::max(0.0, std::floor(place)));
  first = std::min(first, d.positions - 1);
  const std::size_t second = std::min(first + 1, d.positions - 1);
  const auto share = static_cast<float>(std::clamp(place - static_cast<double>(first), 0.0, 1.0));
  const std::uint16_t* ta = d.transmission[e].data() + first * d.pixels;
  const std::uint16_t* tb = d.transmission[e].data() + second * d.pixels;
  const std::uint8_t* sa = d.spread[e].data() + first * d.pixels;
  constexpr auto kStep = static_cast<float>(kSpreadStep);
  for (std::size_t r = 0; r < d.pixels; ++r) {
    const float a = decode[ta[r]];
    const float b = decode[tb[r]];
    transmission[r] = a + (b - a) * share;
    spread[r] = static_cast<float>(sa[r]) * kStep;
  }
}

void SceneRays::at(core::Energy energy, double x_mm, std::span<const float> offset_mm,
                   std::span<float> transmission, std::span<float> spread) const noexcept {
  const Data& d = *data_;
  if (d.everywhere) {
    at(energy, x_mm, transmission, spread);
    return;
  }
  const std::size_t e = energy == core::Energy::kLow ? 1 : 0;
  const std::vector<float>& decode = decode_table();
  constexpr auto kStep = static_cast<float>(kSpreadStep);
  const double last = static_cast<double>(d.positions - 1);
  for (std::size_t r = 0; r < d.pixels; ++r) {
    const double place = (x_mm + static_cast<double>(offset_mm[r]) - d.x_first_mm) / d.step_mm;
    if (!(place >= -1e-6 && place <= last + 1e-6)) {
      transmission[r] = spread[r] = 1.0F;
      continue;
    }
    const auto first = std::min(static_cast<std::size_t>(std::max(0.0, place)), d.positions - 1);
    const std::size_t second = std::min(first + 1, d.positions - 1);
    const auto share = static_cast<float>(std::clamp(place - static_cast<double>(first), 0.0, 1.0));
    const float a = decode[d.transmission[e][first * d.pixels + r]];
    const float b = decode[d.transmission[e][second * d.pixels + r]];
    transmission[r] = a + (b - a) * share;
    spread[r] = static_cast<float>(d.spread[e][first * d.pixels + r]) * kStep;
  }
}

}  // namespace portcullis::simulator
