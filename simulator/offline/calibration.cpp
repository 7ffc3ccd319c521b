#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>

#include "core/crc32c.h"
#include "core/files.h"
#include "core/log.h"
#include "core/parallel.h"
#include "simulator/offline/capture_sums.h"
#include "simulator/offline/simulate.h"

namespace portcullis::simulator {

namespace {

constexpr std::uint32_t kDarkPulses = 400;
constexpr std::uint32_t kAirPairs = 1000;
constexpr std::uint32_t kWedgePairs = 200;
constexpr double kDarkTimeS = -300;  // the scan begins at 0
constexpr double kAirTimeS = -290;
constexpr double kWedgeTimeS = -240;
constexpr std::string_view kWedgeMaterials[] = {"polyethylene", "aluminium", "iron", "lead"};
constexpr double kWedgeSteps[] = {1, 2, 4, 7, 12, 20, 35, 55, 80, 110, 150, 200, 250};
/// Goes into the cache's key: raised when what a calibration holds changes in any way.
constexpr std::string_view kCacheVersion = "portcullis-calibration-2";

std::string cache_key(const Scanner& scanner, const NoiseSwitches& switches, std::uint64_t seed) {
  return core::sha256_hex(
      fmt::format("{}|{}|{}|{}", kCacheVersion, scanner.content_hash, switches.text(), seed));
}

// --- the cache file: magic, then fields in order, then CRC-32C of all before it ---

constexpr std::string_view kCacheMagic = "PCCAL02\n";
constexpr std::size_t kCacheBytesMax = 64 << 20;

class CacheWriter {
 public:
  CacheWriter() : bytes_(kCacheMagic) {}
  template <class T>
  void value(T v) {
    bytes_.append(reinterpret_cast<const char*>(&v), sizeof v);
  }
  void text(std::string_view v) {
    value(static_cast<std::uint32_t>(v.size()));
    bytes_.append(v);
  }
  void floats(const std::vector<float>& v) {
    value(static_cast<std::uint32_t>(v.size()));
    bytes_.append(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(float));
  }
  std::string finish() {
    const auto crc = core::crc32c(std::as_bytes(std::span(bytes_.data(), bytes_.size())));
    value(crc);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
};

class CacheReader {
 public:
  explicit CacheReader(std::string_view bytes) {
    if (bytes.size() < kCacheMagic.size() + 4 || !bytes.starts_with(kCacheMagic)) return;
    std::uint32_t crc = 0;
    std::memcpy(&crc, bytes.data() + bytes.size() - 4, 4);
    bytes.remove_suffix(4);
    if (crc != core::crc32c(std::as_bytes(std::span(bytes.data(), bytes.size())))) return;
    rest_ = bytes.substr(kCacheMagic.size());
    good_ = true;
  }
  template <class T>
  void value(T& v) {
    if (!take(sizeof v)) return;
    std::memcpy(&v, taken_.data(), sizeof v);
  }
  void text(std::string& v) {
    std::uint32_t size = 0;
    value(size);
    if (take(size)) v = taken_;
  }
  void floats(std::vector<float>& v, std::size_t expected) {
    std::uint32_t size = 0;
    value(size);
    if (size != expected) good_ = false;
    if (!take(std::size_t{size} * sizeof(float))) return;
    v.resize(size);
    std::memcpy(v.data(), taken_.data(), taken_.size());
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return good_ && rest_.empty(); }

 private:
  bool take(std::size_t size) {
    if (!good_ || rest_.size() < size) {
      good_ = false;
      return false;
    }
    taken_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  std::string_view rest_, taken_;
  bool good_ = false;
};

void write_frame(CacheWriter& w, const core::CalibrationFrame& f) {
  w.value(static_cast<std::uint8_t>(f.energy));
  w.value(f.lines);
  w.value(f.dose_mean_counts);
  w.value(f.temperature_c);
  w.floats(f.mean_counts);
  w.floats(f.variance_counts2);
}

std::string write_cache(const core::Calibration& c) {
  CacheWriter w;
  w.text(c.id);
  const auto& d = c.detector;
  for (const auto* f : {&c.dark, &c.air_high, &c.air_low, &d.dark_second}) write_frame(w, *f);
  w.value(static_cast<std::uint32_t>(d.decay.size()));
  for (const auto& step : d.decay) {
    w.value(step.first_pulse);
    w.value(step.last_pulse);
    write_frame(w, step.frame);
  }
  w.value(static_cast<std::uint32_t>(d.blocks.size()));
  for (const auto& block : d.blocks) {
    write_frame(w, block.high);
    write_frame(w, block.low);
  }
  w.value(d.neighbours.lines);
  for (const auto* v : {&d.neighbours.variance, &d.neighbours.next, &d.neighbours.second})
    w.floats(*v);
  w.value(static_cast<std::uint32_t>(c.wedges.size()));
  for (const auto& step : c.wedges) {
    w.text(step.material);
    w.value(step.areal_density_g_cm2);
    w.value(step.lines);
    w.floats(step.transmission_high);
    w.floats(step.transmission_low);
  }
  return w.finish();
}

void read_frame(CacheReader& r, std::size_t pixels, core::CalibrationFrame& f) {
  std::uint8_t energy = 0;
  r.value(energy);
  f.energy = static_cast<core::Energy>(energy);
  r.value(f.lines);
  r.value(f.dose_mean_counts);
  r.value(f.temperature_c);
  r.floats(f.mean_counts, pixels);
  r.floats(f.variance_counts2, pixels);
}

std::optional<core::Calibration> read_cache(std::string_view bytes, std::size_t pixels) {
  CacheReader r(bytes);
  core::Calibration c;
  r.text(c.id);
  auto& d = c.detector;
  for (auto* f : {&c.dark, &c.air_high, &c.air_low, &d.dark_second}) read_frame(r, pixels, *f);
  std::uint32_t count = 0;
  r.value(count);
  for (std::uint32_t i = 0; i < count && r.good(); ++i) {
    core::DecayStep step;
    r.value(step.first_pulse);
    r.value(step.last_pulse);
    read_frame(r, pixels, step.frame);
    d.decay.push_back(std::move(step));
  }
  r.value(count);
  for (std::uint32_t i = 0; i < count && r.good(); ++i) {
    core::ScatterBlock block;
    read_frame(r, pixels, block.high);
    read_frame(r, pixels, block.low);
    d.blocks.push_back(std::move(block));
  }
  r.value(d.neighbours.lines);
  for (auto* v : {&d.neighbours.variance, &d.neighbours.next, &d.neighbours.second})
    r.floats(*v, pixels);
  r.value(count);
  for (std::uint32_t i = 0; i < count && r.good(); ++i) {
    core::WedgeStep step;
    r.text(step.material);
    r.value(step.areal_density_g_cm2);
    r.value(step.lines);
    r.floats(step.transmission_high, pixels);
    r.floats(step.transmission_low, pixels);
    c.wedges.push_back(std::move(step));
  }
  if (!r.at_end()) return std::nullopt;
  return c;
}

}  // namespace

core::Result<core::Calibration> make_calibration(const Scanner& scanner,
                                                 const NoiseSwitches& switches,
                                                 std::uint64_t seed) {
  const auto& g = scanner.geometry;
  const std::size_t pixels = g.pixels.size();
  core::Calibration result;
  result.id = "sim-" + cache_key(scanner, switches, seed).substr(0, 16);
  LineSynthesizer detector(scanner, switches, seed, kCalibrationStream + 0);
  {
    std::array<CaptureSums, 2> sums{CaptureSums(pixels), CaptureSums(pixels)};
    capture_lines(detector, g, false, kDarkTimeS, kDarkPulses, nullptr, sums);
    result.dark = sums[0].frame(core::Energy::kNone);
  }
  std::array<CaptureSums, 2> air{CaptureSums(pixels), CaptureSums(pixels)};
  detector.reset(kCalibrationStream + 1);
  capture_lines(detector, g, true, kAirTimeS, 2 * kAirPairs, nullptr, air);
  result.air_high = air[0].frame(core::Energy::kHigh);
  result.air_low = air[1].frame(core::Energy::kLow);

  struct Step {
    std::string_view material;
    double amount;
  };
  std::vector<Step> steps;
  for (const auto material : kWedgeMaterials) {
    for (const double amount : kWedgeSteps) steps.push_back({material, amount});
  }
  result.wedges.resize(steps.size());
  std::mutex mutex;
  std::optional<core::Error> problem;
  core::parallel_for(steps.size(), 1, [&](std::size_t begin, std::size_t end) {
    LineSynthesizer own(scanner, switches, seed);
    for (std::size_t k = begin; k < end; ++k) {
      const auto material = find_material(steps[k].material);
      PC_ASSERT(material.ok());
      const auto rays = SceneRays::uniform(scanner, *material, steps[k].amount);
      if (!rays.ok()) {
        const std::lock_guard lock(mutex);
        problem = rays.error();
        return;
      }
      own.reset(kCalibrationStream + 2 + k);
      std::array<CaptureSums, 2> sums{CaptureSums(pixels), CaptureSums(pixels)};
      capture_lines(own, g, true, kWedgeTimeS + static_cast<double>(k), 2 * kWedgePairs, &*rays,
                    sums);
      auto& step = result.wedges[k];
      step.material = std::string(steps[k].material);
      step.areal_density_g_cm2 = steps[k].amount;
      step.lines = kWedgePairs;
      for (std::size_t e = 0; e < 2; ++e) {
        const auto& air_frame = e == 0 ? result.air_high : result.air_low;
        auto& out = e == 0 ? step.transmission_high : step.transmission_low;
        const double dose_mean = sums[e].dose / sums[e].lines;
        for (std::size_t i = 0; i < pixels; ++i) {
          const double dark = static_cast<double>(result.dark.mean_counts[i]);
          const double signal = sums[e].first[i] / sums[e].lines - dark;
          const double reference = static_cast<double>(air_frame.mean_counts[i]) - dark;
          const double t = reference > 1 && dose_mean > 0
                               ? signal / dose_mean * air_frame.dose_mean_counts / reference
                               : 0;
          out.push_back(static_cast<float>(t));
        }
      }
    }
  });
  if (problem) return *problem;
  PC_TRY(result.detector, commission_detector(scanner, switches, seed, result));
  return result;
}

std::filesystem::path calibration_cache_folder() {
  const char* xdg = std::getenv("XDG_CACHE_HOME");
  if (xdg != nullptr && xdg[0] == '/')
    return std::filesystem::path(xdg) / "portcullis" / "calibration";
  const char* home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/')
    return std::filesystem::path(home) / ".cache" / "portcullis" / "calibration";
  return {};
}

core::Result<core::Calibration> cached_calibration(const Scanner& scanner,
                                                   const NoiseSwitches& switches,
                                                   std::uint64_t seed,
                                                   const std::filesystem::path& folder) {
  if (folder.empty()) return make_calibration(scanner, switches, seed);
  const auto path = folder / (scanner.geometry.name + "-" +
                              cache_key(scanner, switches, seed).substr(0, 32) + ".cal");
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) {
    const auto bytes = core::read_file(path, kCacheBytesMax);
    if (bytes.ok()) {
      if (auto calibration = read_cache(*bytes, scanner.geometry.pixels.size()))
        return std::move(*calibration);
    }
    core::log_warning(
        "simulator",
        fmt::format("{}: the kept calibration is damaged and is made again", path.string()));
  }
  PC_TRY(auto calibration, make_calibration(scanner, switches, seed));
  std::filesystem::create_directories(folder, ignored);
  const auto written = core::write_file_atomically(path, write_cache(calibration));
  if (!written.ok())
    core::log_warning("simulator",
                      fmt::format("the calibration is not kept: {}", written.error().message));
  return calibration;
}

}  // namespace portcullis::simulator
