#include "imaging/pipeline/process.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/parallel.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/line_level.h"
#include "imaging/correct/line_normaliser.h"
#include "imaging/correct/line_order.h"
#include "imaging/correct/module_gaps.h"
#include "imaging/correct/noise_gauge.h"
#include "imaging/geometry/fan_to_plane.h"
#include "imaging/geometry/resample.h"
#include "imaging/material/classify.h"
#include "imaging/material/material_curves.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kBlockColumns = 256;
constexpr float kTransmissionMin = 1e-7F;
constexpr double kColumnsMax = 200'000;
constexpr double kRowsMax = 16'384;

core::Error unusable(const std::string& what) {
  return {core::ErrorCode::kInvalidInput, "scan: " + what};
}

core::Status check_frame(const core::CalibrationFrame& frame, const char* name,
                         std::size_t pixels) {
  if (frame.mean_counts.size() != pixels) {
    return unusable(std::string("calibration frame ") + name + " has " +
                    std::to_string(frame.mean_counts.size()) + " pixels, the geometry has " +
                    std::to_string(pixels) + "; a scan needs its own calibration");
  }
  return {};
}

core::Status check_scan(const core::RawScan& scan) {
  const auto& g = scan.meta.geometry;
  const std::size_t pixels = scan.pixels();
  if (pixels == 0 || g.module_count == 0 || g.module_count > core::kModulesMax ||
      static_cast<std::size_t>(g.module_count) * g.pixels_per_module != pixels) {
    return unusable("geometry: " + std::to_string(pixels) + " pixels are not " +
                    std::to_string(g.module_count) + " modules of " +
                    std::to_string(g.pixels_per_module));
  }
  if (!(g.image_mm_per_px >= 0.2) || !(g.encoder_mm_per_count > 0) || !(g.source_y_mm < 0)) {
    return unusable(
        "geometry: image_mm_per_px must be at least 0.2, encoder_mm_per_count above 0 and "
        "source_y_mm below 0");
  }
  double z_min = std::numeric_limits<double>::infinity();
  double z_max = -z_min;
  for (const auto& pixel : g.pixels) {
    // Beyond the centre line, seen from the source; written so that NaN fails too.
    if (!(pixel.y_mm > 0))
      return unusable("geometry: a pixel does not stand behind the centre line (y_mm above 0)");
    const double z = core::z_at_centre_line_mm(g, pixel);
    z_min = std::min(z_min, z);
    z_max = std::max(z_max, z);
  }
  if (!((z_max - z_min) / g.image_mm_per_px < kRowsMax))
    return unusable("geometry: more than 16384 image rows");
  if (scan.lines.empty()) return unusable("no lines; nothing was scanned");
  if (scan.samples.size() != scan.lines.size() * pixels ||
      scan.modules_present.size() != scan.lines.size()) {
    return unusable("samples and lines do not match");
  }
  PC_CHECK(check_frame(scan.calibration.dark, "dark", pixels));
  PC_CHECK(check_frame(scan.calibration.air_high, "air_high", pixels));
  PC_CHECK(check_frame(scan.calibration.air_low, "air_low", pixels));
  return {};
}

/// Distance from each column's centre to the nearest place, encoder counts. `places` ascending.
std::vector<double> nearest_distance(const std::vector<double>& places, const core::ImageGrid& grid,
                                     double mm_per_count) {
  std::vector<double> out(static_cast<std::size_t>(grid.columns),
                          std::numeric_limits<double>::infinity());
  if (places.empty()) return out;
  std::size_t i = 0;
  for (std::size_t c = 0; c < out.size(); ++c) {
    const double x = grid.x_mm(static_cast<double>(c)) / mm_per_count;
    while (i + 1 < places.size() && std::abs(places[i + 1] - x) <= std::abs(places[i] - x)) ++i;
    out[c] = std::abs(places[i] - x);
  }
  return out;
}

/// One energy, corrected and ordered by place.
struct EnergyPlane {
  EnergyLines lines;
  ModuleGaps gaps;
  std::vector<float> transmission;  ///< [measured lines][pixels]
  ResampleWeights columns;
  double line_spacing_mm = 0;
  double photon_variance = 0, electronic_variance = 0;
};

double median_spacing_mm(const EnergyLines& lines, double mm_per_count) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < lines.measured.size(); ++i) {
    const double step = lines.measured[i].x_counts - lines.measured[i - 1].x_counts;
    if (step > 0) steps.push_back(step);
  }
  if (steps.empty()) return mm_per_count;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle * mm_per_count;
}

double electronic_variance(const core::CalibrationFrame& dark, const core::CalibrationFrame& air) {
  std::vector<double> relative;
  for (std::size_t p = 0; p < dark.variance_counts2.size() && p < air.mean_counts.size(); ++p) {
    const double signal =
        static_cast<double>(air.mean_counts[p]) - static_cast<double>(dark.mean_counts[p]);
    if (signal > 0)
      relative.push_back(static_cast<double>(dark.variance_counts2[p]) / (signal * signal));
  }
  if (relative.empty()) return 0;
  const auto middle = relative.begin() + static_cast<std::ptrdiff_t>(relative.size() / 2);
  std::nth_element(relative.begin(), middle, relative.end());
  return *middle;
}

void normalise_lines(const core::RawScan& scan, const core::CalibrationFrame& air,
                     EnergyPlane& plane) {
  const std::size_t pixels = scan.pixels();
  const LineNormaliser normaliser(scan.calibration.dark, air);
  plane.transmission.resize(plane.lines.measured.size() * pixels);
  core::parallel_for(plane.lines.measured.size(), 64, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const std::size_t line = plane.lines.measured[i].line;
      normaliser.apply({&scan.samples[line * pixels], pixels},
                       normaliser.dose_share(scan.lines[line].dose_counts),
                       {&plane.transmission[i * pixels], pixels});
    }
  });
}

/// Takes the marked lines out of the measured ones: they count as lost, at their place.
void drop_lines(const std::vector<std::uint8_t>& off, std::size_t pixels, EnergyPlane& plane) {
  auto& measured = plane.lines.measured;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    if (off[i] != 0) {
      plane.lines.lost.push_back(measured[i]);
      ++plane.lines.off_level;
      continue;
    }
    if (kept != i) {
      measured[kept] = measured[i];
      std::copy_n(plane.transmission.begin() + static_cast<std::ptrdiff_t>(i * pixels), pixels,
                  plane.transmission.begin() + static_cast<std::ptrdiff_t>(kept * pixels));
    }
    ++kept;
  }
  measured.resize(kept);
  plane.transmission.resize(kept * pixels);
}

/// Levels of whole lines, of both energies together in the order of their pulses.
void level_lines(const core::RawScan& scan, std::span<const std::uint8_t> bad, EnergyPlane& high,
                 EnergyPlane& low) {
  const std::size_t pixels = scan.pixels();
  const LineLevels levels(scan.meta.geometry, bad);
  struct Ref {
    std::uint64_t pulse;
    float* transmission;
    EnergyPlane* plane;
    std::size_t index;
  };
  std::vector<Ref> lines;
  for (auto* plane : {&high, &low}) {
    for (std::size_t i = 0; i < plane->lines.measured.size(); ++i) {
      lines.push_back({scan.lines[plane->lines.measured[i].line].pulse,
                       &plane->transmission[i * pixels], plane, i});
    }
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Ref& a, const Ref& b) { return a.pulse < b.pulse; });
  std::vector<float> level(lines.size());
  std::vector<std::uint64_t> pulse(lines.size());
  core::parallel_for(lines.size(), 256, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      level[i] = levels.air_level({lines[i].transmission, pixels});
      pulse[i] = lines[i].pulse;
    }
  });
  const auto separated = LineLevels::separate(level, pulse);
  core::parallel_for(lines.size(), 256, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      levels.apply(separated[i], {lines[i].transmission, pixels});
  });
  for (auto* plane : {&high, &low}) {
    std::vector<std::uint8_t> off(plane->lines.measured.size(), 0);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].plane == plane && separated[i].off) off[lines[i].index] = 1;
    }
    drop_lines(off, pixels, *plane);
  }
}

/// Columns of the grid from lines, then rows from pixels, 256 columns at a time.
void resample(const EnergyPlane& plane, const FanToPlane& fan, const core::ImageGrid& grid,
              std::size_t pixels, std::vector<float>& out) {
  const auto columns = static_cast<std::size_t>(grid.columns);
  const auto rows = static_cast<std::size_t>(grid.rows);
  out.resize(columns * rows);
  constexpr std::size_t kTile = 16;  // columns written together: whole cache lines of each row
  static_assert(kBlockColumns % kTile == 0);
  core::parallel_for(columns, kBlockColumns, [&](std::size_t from, std::size_t to) {
    std::vector<float> line(pixels);
    std::vector<float> tile(kTile * rows);
    for (std::size_t first = from; first < to; first += kTile) {
      const std::size_t last = std::min(to, first + kTile);
      for (std::size_t c = first; c < last; ++c) {
        std::fill(line.begin(), line.end(), 0.0F);
        for (std::uint32_t k = plane.columns.first[c]; k < plane.columns.first[c + 1]; ++k) {
          const float* source = &plane.transmission[plane.columns.index[k] * pixels];
          const float weight = plane.columns.weight[k];
          for (std::size_t p = 0; p < pixels; ++p) line[p] += weight * source[p];
        }
        fan.apply(line, {&tile[(c - first) * rows], rows});
      }
      for (std::size_t r = 0; r < rows; ++r) {
        float* target = &out[r * columns + first];
        for (std::size_t c = 0; c < last - first; ++c) target[c] = tile[c * rows + r];
      }
    }
  });
}

/// Marks the image where the nearest pulse of an energy was lost for the module that sees it.
void mark_lost(const EnergyPlane& plane, const FanToPlane& fan,
               const core::ScannerGeometry& geometry, Images& images) {
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  const auto rows = static_cast<std::size_t>(images.grid.rows);
  std::vector<double> lost;
  for (const auto& entry : plane.lines.lost) lost.push_back(entry.x_counts);
  const double mm_per_count = geometry.encoder_mm_per_count;
  std::vector<std::vector<std::uint8_t>> bad_columns(geometry.module_count);
  for (std::size_t m = 0; m < bad_columns.size(); ++m) {
    const auto& absent = plane.gaps.absent[m];
    if (absent.empty() && lost.empty()) continue;
    if (absent.size() == plane.lines.measured.size()) continue;  // its pixels are bad ones
    std::vector<double> without = lost;
    std::vector<double> with;
    std::size_t k = 0;
    for (std::size_t i = 0; i < plane.lines.measured.size(); ++i) {
      if (k < absent.size() && absent[k] == i) {
        without.push_back(plane.lines.measured[i].x_counts);
        ++k;
      } else {
        with.push_back(plane.lines.measured[i].x_counts);
      }
    }
    std::sort(without.begin(), without.end());
    const auto to_lost = nearest_distance(without, images.grid, mm_per_count);
    const auto to_seen = nearest_distance(with, images.grid, mm_per_count);
    bad_columns[m].resize(columns);
    for (std::size_t c = 0; c < columns; ++c)
      bad_columns[m][c] = to_lost[c] < to_seen[c] - 1e-9 ? 1 : 0;
  }
  for (std::size_t r = 0; r < rows; ++r) {
    const auto& marks = bad_columns[fan.main_pixel()[r] / geometry.pixels_per_module];
    for (std::size_t c = 0; c < marks.size(); ++c) images.bad[r * columns + c] |= marks[c];
  }
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void name_damage(const EnergyPlane& high, const EnergyPlane& low, const BadPixels& found,
                 Images& images) {
  auto& quality = images.quality;
  images.lines_lost = high.lines.missing_lines + low.lines.missing_lines;
  if (images.lines_lost > 0)
    quality.push_back(counted(images.lines_lost, "line lost", "lines lost"));
  const auto no_dose = high.lines.without_dose + low.lines.without_dose;
  if (no_dose > 0) quality.push_back(counted(no_dose, "pulse without dose", "pulses without dose"));
  const auto off = high.lines.off_level + low.lines.off_level;
  if (off > 0) quality.push_back(counted(off, "arced pulse left out", "arced pulses left out"));
  const auto patterns = high.lines.test_pattern + low.lines.test_pattern;
  if (patterns > 0)
    quality.push_back(
        counted(patterns, "line of test pattern left out", "lines of test pattern left out"));
  for (std::size_t m = 0; m < high.gaps.absent.size(); ++m) {
    const bool never = high.gaps.absent[m].size() == high.lines.measured.size() ||
                       low.gaps.absent[m].size() == low.lines.measured.size();
    const std::uint64_t lines = high.gaps.absent[m].size() + low.gaps.absent[m].size();
    if (never) {
      quality.push_back("module " + std::to_string(m) + " silent");
    } else if (lines > 0) {
      quality.push_back("module " + std::to_string(m) + " missing on " +
                        counted(lines, "line", "lines"));
    }
  }
  for (const auto module : found.dead_modules)
    quality.push_back("module " + std::to_string(module) + " dead");
}

/// Material and mass, or the remark why there is none.
void find_material(const core::RawScan& scan, const Parameters& parameters, const BadPixels& found,
                   const EnergyPlane& high, const EnergyPlane& low, const FanToPlane& fan,
                   Images& images) {
  auto curves = MaterialCurves::create(scan.calibration.wedges, found.bad);
  if (!curves) {
    images.quality.push_back("no material and no mass: " + curves.error().message);
    images.mass_g_cm2.assign(images.size(), 0.0F);
    images.material.assign(images.size(), static_cast<std::uint8_t>(Material::kNone));
    images.material_confidence.assign(images.size(), 0.0F);
    return;
  }
  ClassifyInput input;
  input.columns = images.grid.columns;
  input.rows = images.grid.rows;
  input.mm_per_px = images.grid.mm_per_px;
  input.transmission_high = images.transmission_high;
  input.transmission_low = images.transmission_low;
  input.bad = images.bad;
  input.photon_high = high.photon_variance;
  input.photon_low = low.photon_variance;
  input.electronic_high = high.electronic_variance;
  input.electronic_low = low.electronic_variance;
  input.line_spacing_mm = std::max(high.line_spacing_mm, low.line_spacing_mm);
  input.ray_spacing_mm = fan.ray_spacing_mm();
  input.obliquity = images.obliquity;
  input.denoise = parameters.denoise;
  auto output = classify(input, *curves);
  images.material = std::move(output.material);
  images.material_confidence = std::move(output.confidence);
  images.mass_g_cm2 = std::move(output.mass_g_cm2);
}

}  // namespace

nlohmann::json to_json(const Parameters& parameters) {
  return {{"denoise", parameters.denoise}, {"reject_bad_pixels", parameters.reject_bad_pixels}};
}

core::Result<Images> process(const core::RawScan& scan, const Parameters& parameters,
                             const Progress& progress) {
  const auto began = std::chrono::steady_clock::now();
  const auto report = [&](double fraction) {
    if (progress) progress(fraction);
  };
  PC_CHECK(check_scan(scan));
  const auto& geometry = scan.meta.geometry;
  const std::size_t pixels = scan.pixels();

  EnergyPlane high, low;
  high.lines =
      order_lines(scan.lines, core::Energy::kHigh, scan.calibration.air_high.dose_mean_counts);
  low.lines =
      order_lines(scan.lines, core::Energy::kLow, scan.calibration.air_low.dose_mean_counts);
  if (high.lines.measured.empty()) return unusable("no line of high energy that measured anything");
  if (low.lines.measured.empty()) return unusable("no line of low energy that measured anything");

  const auto [first, last] = std::minmax_element(
      scan.lines.begin(), scan.lines.end(),
      [](const auto& a, const auto& b) { return a.encoder_counts < b.encoder_counts; });
  const double length_mm = (static_cast<double>(last->encoder_counts) - first->encoder_counts) *
                           geometry.encoder_mm_per_count;
  if (length_mm / geometry.image_mm_per_px > kColumnsMax) {
    return unusable("encoder runs over " + std::to_string(length_mm / 1000) +
                    " m, more than 200000 image columns");
  }
  Images images;
  images.grid = core::make_image_grid(geometry, first->encoder_counts, last->encoder_counts);
  const FanToPlane fan(geometry, images.grid);
  images.obliquity = fan.obliquity();
  images.bad.assign(images.size(), 0);

  BadPixels found;
  found.bad.assign(pixels, 0);
  if (parameters.reject_bad_pixels) found = find_bad_pixels(geometry, scan.calibration);
  for (auto* plane : {&high, &low}) {
    plane->gaps = find_module_gaps(plane->lines, scan.modules_present, geometry.module_count);
    for (std::size_t m = 0; m < plane->gaps.absent.size(); ++m) {
      if (plane->gaps.absent[m].size() < plane->lines.measured.size()) continue;
      std::fill_n(found.bad.begin() + static_cast<std::ptrdiff_t>(m * geometry.pixels_per_module),
                  geometry.pixels_per_module, std::uint8_t{1});
    }
  }
  if (std::all_of(found.bad.begin(), found.bad.end(), [](std::uint8_t b) { return b != 0; })) {
    return unusable("not one detector pixel measured; check detector and calibration");
  }
  const PixelFill fill(geometry, found.bad);
  const auto bad_rows = fan.rows_of(found.bad);
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  for (std::size_t r = 0; r < bad_rows.size(); ++r) {
    if (bad_rows[r] != 0)
      std::fill_n(images.bad.begin() + static_cast<std::ptrdiff_t>(r * columns), columns,
                  std::uint8_t{1});
  }

  report(0.05);
  double done = 0.05;
  for (auto* plane : {&high, &low}) {
    const auto& air = plane == &high ? scan.calibration.air_high : scan.calibration.air_low;
    normalise_lines(scan, air, *plane);
    done += 0.1;
    report(done);
  }
  level_lines(scan, found.bad, high, low);
  if (high.lines.measured.empty() || low.lines.measured.empty())
    return unusable("the level of air jumps from line to line; check the source");
  for (auto* plane : {&high, &low}) {
    const auto& air = plane == &high ? scan.calibration.air_high : scan.calibration.air_low;
    plane->gaps = find_module_gaps(plane->lines, scan.modules_present, geometry.module_count);
    fill_module_gaps(plane->lines, plane->gaps, geometry.pixels_per_module, pixels,
                     plane->transmission);
    core::parallel_for(plane->lines.measured.size(), 256, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i)
        fill.apply({&plane->transmission[i * pixels], pixels});
    });
    plane->photon_variance = photon_variance_in_air(plane->transmission, pixels, found.bad);
    plane->electronic_variance = electronic_variance(scan.calibration.dark, air);
    plane->line_spacing_mm = median_spacing_mm(plane->lines, geometry.encoder_mm_per_count);
    std::vector<double> places_mm;
    for (const auto& entry : plane->lines.measured)
      places_mm.push_back(entry.x_counts * geometry.encoder_mm_per_count);
    plane->columns =
        make_resample_weights(places_mm, images.grid.x_first_mm, images.grid.mm_per_px, columns);
    auto& target = plane == &high ? images.transmission_high : images.transmission_low;
    resample(*plane, fan, images.grid, pixels, target);
    mark_lost(*plane, fan, geometry, images);
    plane->transmission = {};
    done += 0.15;
    report(done);
  }
  name_damage(high, low, found, images);
  find_material(scan, parameters, found, high, low, fan, images);
  // Only now: a value below zero still averages right, a clipped one does not.
  for (auto* plane : {&images.transmission_high, &images.transmission_low}) {
    for (auto& t : *plane) t = std::max(t, kTransmissionMin);
  }
  report(1.0);
  images.correct_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  return images;
}

}  // namespace portcullis::imaging
