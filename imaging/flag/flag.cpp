#include "imaging/flag/flag.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/parallel.h"
#include "core/time.h"
#include "imaging/flag/containers.h"
#include "imaging/flag/dense_objects.h"
#include "imaging/flag/load.h"
#include "imaging/flag/load_features.h"
#include "imaging/flag/shielding.h"
#include "imaging/flag/work_plane.h"

namespace portcullis::imaging {

namespace {

constexpr double kUnmeasuredTold = 0.05;  // of a finding's box

core::Finding unreadable(const core::ImageGrid& grid, std::string why) {
  core::Finding finding;
  finding.kind = core::FindingKind::kImageQuality;
  finding.score = 0.6;
  finding.bbox_px = {0, 0, grid.columns, grid.rows};
  finding.bbox_mm = millimetre_box(grid, finding.bbox_px);
  finding.text = std::move(why);
  return finding;
}

bool same_sizes(const Images& images) {
  const std::size_t size = images.size();
  return images.grid.columns > 0 && images.grid.rows > 0 &&
         images.transmission_high.size() == size && images.transmission_low.size() == size &&
         images.mass_g_cm2.size() == size && images.material.size() == size &&
         images.bad.size() == size &&
         images.obliquity.size() == static_cast<std::size_t>(images.grid.rows) &&
         images.grid.mm_per_px > 0;
}

/// Share of a container's pixels that were not measured. Lines of dead pixels up to 40 mm thick are
/// bridged and do not count.
double unmeasured_share(const WorkPlane& plane, const ContainerRegion& region) {
  const int bridged = static_cast<int>(40 / plane.grid.mm_per_px);
  std::int64_t bad = 0;
  for (int c = region.column_front; c <= region.column_rear; ++c) {
    int run = 0;
    for (int r = region.row_top; r <= region.row_floor; ++r) {
      run = plane.bad[plane.at(c, r)] != 0 ? run + 1 : 0;
      if (run == bridged + 1)
        bad += run;
      else if (run > bridged)
        ++bad;
    }
  }
  return static_cast<double>(bad) / (static_cast<double>(region.columns()) * region.rows());
}

/// Says how much of a finding's box (work pixels) was not measured: what stands there is drawn from
/// its surroundings and may be larger, smaller or something else.
void mark_unmeasured(const WorkPlane& plane, core::Finding& finding) {
  const core::PixelBox& box = finding.bbox_px;
  std::int64_t bad = 0;
  for (int r = std::max(0, box.y); r < std::min(plane.grid.rows, box.y + box.h); ++r) {
    for (int c = std::max(0, box.x); c < std::min(plane.grid.columns, box.x + box.w); ++c)
      bad += plane.bad[plane.at(c, r)] != 0 ? 1 : 0;
  }
  const double area = static_cast<double>(box.w) * box.h;
  const double share = area > 0 ? static_cast<double>(bad) / area : 0;
  if (share < kUnmeasuredTold) return;
  finding.evidence.push_back({"unmeasured_share", share});
  finding.text += fmt::format(" {:.0f} % of this place was not measured.", 100 * share);
}

/// Dense parts of a block that cannot be seen through are no objects of their own.
bool within(const core::PixelBox& inner, const core::PixelBox& outer) {
  const int x = inner.x + inner.w / 2;
  const int y = inner.y + inner.h / 2;
  return x >= outer.x && x < outer.x + outer.w && y >= outer.y && y < outer.y + outer.h;
}

}  // namespace

FlagResult flag(const Images& images, const core::VehicleIdentity& identity,
                const FlagParameters& parameters) {
  const core::SystemClock clock;  // only to say how long it took
  const core::TimePoint begin = clock.now();
  FlagResult result;
  if (!same_sizes(images)) {
    result.findings.push_back(
        unreadable(images.grid, "The image is incomplete and was not searched: scan again."));
    return result;
  }
  result = flag(make_work_plane(images), images.grid, identity, parameters);
  result.flag_ms = std::chrono::duration<double, std::milli>(clock.now() - begin).count();
  return result;
}

FlagResult flag(const WorkPlane& plane, const core::ImageGrid& grid,
                const core::VehicleIdentity& identity, const FlagParameters& parameters) {
  const core::SystemClock clock;
  const core::TimePoint begin = clock.now();
  FlagResult result;
  const std::vector<ContainerRegion> regions = find_containers(plane, identity);
  for (const ContainerRegion& region : regions) {
    const Load load = measure_load(plane, region);
    core::ContainerObservation seen;
    seen.number = region.number;
    seen.bbox_px = plane.image_box(
        {region.column_front, region.row_top, region.columns(), region.rows()}, grid);
    seen.load_mass_kg = load.mass_kg;
    seen.load_mass_low_kg = load.mass_low_kg;
    seen.load_mass_high_kg = load.mass_high_kg;
    seen.fill = load.fill;
    seen.empty = load.empty;
    // Side by side: what the load looks like and the blocks nobody sees through, and the search.
    std::vector<core::Finding> found, dense;
    core::parallel_for(2, 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        if (i == 0) {
          dense = find_dense_objects(plane, region, load);
          continue;
        }
        if (!load.empty) seen.features = load_features(plane, region, load);
        found = find_shielding(plane, region, load);
      }
    });
    result.containers.push_back(seen);
    if (!load.mass_remark.empty()) {
      result.remarks.push_back((seen.number.empty() ? "load" : "load of " + seen.number) + ": " +
                               load.mass_remark);
    }

    std::erase_if(found, [&](const auto& f) { return f.score < parameters.shielding_score_min; });
    const std::size_t blocks = found.size();
    for (core::Finding& object : dense) {
      if (object.score < parameters.small_dense_score_min) continue;
      bool inside = false;
      for (std::size_t i = 0; i < blocks; ++i)
        inside = inside || within(object.bbox_px, found[i].bbox_px);
      if (!inside) found.push_back(std::move(object));
    }
    for (core::Finding& finding : found) {
      mark_unmeasured(plane, finding);
      finding.bbox_px = plane.image_box(finding.bbox_px, grid);
      finding.bbox_mm = millimetre_box(grid, finding.bbox_px);
      result.findings.push_back(std::move(finding));
    }
    if (const double share = unmeasured_share(plane, region); share > 0.02) {
      core::Finding finding = unreadable(
          grid,
          fmt::format("{:.0f} % of the container was not measured: what is there was not searched.",
                      share * 100));
      finding.bbox_px = seen.bbox_px;
      finding.bbox_mm = millimetre_box(grid, finding.bbox_px);
      finding.evidence = {{"unmeasured_share", share}};
      result.findings.push_back(std::move(finding));
    }
  }
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  result.flag_ms = std::chrono::duration<double, std::milli>(clock.now() - begin).count();
  return result;
}

}  // namespace portcullis::imaging
