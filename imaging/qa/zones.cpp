#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/qa/fields.h"
#include "imaging/qa/statistics.h"

namespace portcullis::imaging::qa {

namespace {

constexpr double kAttenuationMin = 0.1;
constexpr double kEdgeReach_mm = 10;
constexpr double kEdgeMin = 0.1;       ///< Attenuation over 20 mm: a shim of 1 % makes 0.03.
constexpr double kEdgeSigmas = 6;      ///< or what noise cannot do.
constexpr double kSideMin_mm = 50;     ///< After the edges are left out (40 mm of a 90 mm block).
constexpr double kFillMin = 0.5;       ///< Of the bounding box: an arrow may stand in it.
constexpr double kBlurredEdge_mm = 4;  ///< On top of what the edge search leaves out.
constexpr std::size_t kZonesMax = 48;
constexpr double kBlock_mm = 24;
constexpr double kClusterSigmas = 5;
constexpr double kClusterGapMin = 0.008;  ///< Steel's ratio moves by this much from 10 to 60 g/cm2.
constexpr double kWedgeGap_mm = 60;       ///< Between the inner parts of neighbouring steps.
constexpr double kWedgeRise = 0.15;

cv::Mat1b level_places(const QaFields& f) {
  const int reach = f.px(kEdgeReach_mm);
  cv::Mat1b level(f.attenuation.size(), std::uint8_t{0});
  for (int r = 0; r < level.rows; ++r) {
    const int up = std::max(0, r - reach);
    const int down = std::min(level.rows - 1, r + reach);
    for (int c = 0; c < level.cols; ++c) {
      const float here = f.attenuation(r, c);
      if (static_cast<double>(here) < kAttenuationMin) continue;
      const int left = std::max(0, c - reach);
      const int right = std::min(level.cols - 1, c + reach);
      const double edge =
          static_cast<double>(std::max(std::abs(f.attenuation(r, right) - f.attenuation(r, left)),
                                       std::abs(f.attenuation(up, c) - f.attenuation(down, c))));
      const double limit = std::max(kEdgeMin, kEdgeSigmas * static_cast<double>(f.noise(r, c)));
      if (edge < limit) level(r, c) = 255;
    }
  }
  return level;
}

/// Ratio of attenuations over blocks: mean and its standard deviation.
void measure_ratio(const QaFields& f, const cv::Rect& box, QaZone& zone) {
  const int side = f.px(kBlock_mm);
  std::vector<double> ratios;
  for (int y = box.y; y + side <= box.y + box.height; y += side) {
    for (int x = box.x; x + side <= box.x + box.width; x += side) {
      const cv::Rect block(x, y, side, side);
      const double high = cv::mean(f.high(block))[0];
      const double low = cv::mean(f.low(block))[0];
      if (high > 1e-6 && low > 1e-6 && high < 0.98)
        ratios.push_back(std::log(low) / std::log(high));
    }
  }
  if (ratios.size() < 2) return;
  double mean = 0;
  for (const double r : ratios) mean += r;
  mean /= static_cast<double>(ratios.size());
  double sum = 0;
  for (const double r : ratios) sum += (r - mean) * (r - mean);
  const auto n = static_cast<double>(ratios.size());
  zone.ratio = mean;
  zone.ratio_sigma = std::sqrt(sum / (n - 1) / n);
}

QaZone describe_zone(const QaFields& f, const ZonePlace& place) {
  QaZone zone;
  zone.box = f.box_of(place.inner);
  const auto median_in = [&](const cv::Mat1f& field) {
    std::vector<float> values;
    for (int r = place.inner.y; r < place.inner.y + place.inner.height; ++r) {
      const float* row = field.ptr<float>(r);
      values.insert(values.end(), row + place.inner.x, row + place.inner.x + place.inner.width);
    }
    return median_of(values);
  };
  zone.transmission_high = median_in(f.high);
  zone.transmission_low = median_in(f.low);
  const auto& images = *f.images;
  if (images.mass_g_cm2.size() == images.size()) {
    zone.areal_density_g_cm2 = median_in(
        cv::Mat1f(f.high.rows, f.high.cols, const_cast<float*>(images.mass_g_cm2.data())));
  }
  if (images.material.size() == images.size()) {
    std::array<int, 6> votes{};
    for (int r = place.inner.y; r < place.inner.y + place.inner.height; ++r) {
      for (int c = place.inner.x; c < place.inner.x + place.inner.width; ++c) {
        const auto at = static_cast<std::size_t>(r) * static_cast<std::size_t>(f.high.cols) +
                        static_cast<std::size_t>(c);
        ++votes[std::min<std::size_t>(images.material[at], 5)];
      }
    }
    const auto most = std::max_element(votes.begin(), votes.end());
    zone.material = static_cast<Material>(most - votes.begin());
    zone.material_share = static_cast<double>(*most) / place.inner.area();
  }
  measure_ratio(f, place.inner, zone);
  return zone;
}

void cluster_zones(QaReport& report) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < report.zones.size(); ++i) {
    if (report.zones[i].ratio > 0) order.push_back(i);
    report.zones[i].cluster = -1;
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return report.zones[a].ratio < report.zones[b].ratio;
  });
  int cluster = -1;
  for (std::size_t k = 0; k < order.size(); ++k) {
    auto& zone = report.zones[order[k]];
    bool apart = k == 0;
    if (k > 0) {
      const auto& before = report.zones[order[k - 1]];
      apart = zone.ratio - before.ratio >
              std::max(kClusterGapMin,
                       kClusterSigmas * std::hypot(zone.ratio_sigma, before.ratio_sigma));
    }
    cluster += apart ? 1 : 0;
    zone.cluster = cluster;
  }
  report.material_clusters = cluster + 1;
}

/// Next step of a wedge: beside it, as high, and thicker or thinner. `sign`: +1 rising.
bool is_next_step(const cv::Rect& a, const cv::Rect& b, double rise, bool sideways, double gap_px) {
  const int gap = sideways ? b.x - (a.x + a.width) : b.y - (a.y + a.height);
  const int from = sideways ? std::max(a.y, b.y) : std::max(a.x, b.x);
  const int to =
      sideways ? std::min(a.y + a.height, b.y + b.height) : std::min(a.x + a.width, b.x + b.width);
  const int shorter = sideways ? std::min(a.height, b.height) : std::min(a.width, b.width);
  return gap >= 0 && gap <= gap_px && to - from > 0.7 * shorter && std::abs(rise) > kWedgeRise;
}

void find_wedges(const QaFields& f, const std::vector<ZonePlace>& places, bool sideways,
                 QaReport& report) {
  std::vector<int> order;
  for (std::size_t i = 0; i < places.size(); ++i) order.push_back(static_cast<int>(i));
  const auto at = [&](int i) -> const ZonePlace& { return places[static_cast<std::size_t>(i)]; };
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return sideways ? at(a).inner.x < at(b).inner.x : at(a).inner.y < at(b).inner.y;
  });
  for (std::size_t first = 0; first < order.size(); ++first) {
    if (report.zones[static_cast<std::size_t>(order[first])].wedge >= 0) continue;
    std::vector<int> chain{order[first]};
    double sign = 0;
    for (std::size_t k = first + 1; k < order.size(); ++k) {
      const double rise = at(order[k]).attenuation - at(chain.back()).attenuation;
      if (report.zones[static_cast<std::size_t>(order[k])].wedge >= 0 ||
          !is_next_step(at(chain.back()).inner, at(order[k]).inner, rise, sideways,
                        kWedgeGap_mm / f.mm) ||
          rise * sign < 0)
        continue;
      sign = rise;
      chain.push_back(order[k]);
    }
    if (chain.size() < 3) continue;
    if (sign < 0) std::reverse(chain.begin(), chain.end());
    std::array<int, 6> votes{};
    for (const int i : chain) {
      auto& zone = report.zones[static_cast<std::size_t>(i)];
      zone.wedge = static_cast<int>(report.wedges.size());
      ++votes[static_cast<std::size_t>(zone.material)];
    }
    // "None" and "too thick" are no answers of a wedge.
    const auto most = std::max_element(votes.begin() + 1, votes.begin() + 5);
    QaWedge wedge;
    wedge.zones = chain;
    wedge.material = *most > 0 ? static_cast<Material>(most - votes.begin()) : Material::kNone;
    report.wedges.push_back(std::move(wedge));
  }
}

}  // namespace

std::vector<ZonePlace> find_zones(const QaFields& f, const std::vector<QaGauge>& gauges) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centroids;
  const int count = cv::connectedComponentsWithStats(level_places(f), labels, stats, centroids, 4);
  std::vector<ZonePlace> places;
  const int side = f.px(kSideMin_mm);
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(stats(i, cv::CC_STAT_LEFT), stats(i, cv::CC_STAT_TOP),
                       stats(i, cv::CC_STAT_WIDTH), stats(i, cv::CC_STAT_HEIGHT));
    if (std::min(box.width, box.height) < side ||
        stats(i, cv::CC_STAT_AREA) < kFillMin * box.area())
      continue;
    const int edge = f.px(kBlurredEdge_mm);
    ZonePlace place;
    place.inner = {box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge};
    std::vector<float> values;
    for (int r = place.inner.y; r < place.inner.y + place.inner.height; r += 2) {
      for (int c = place.inner.x; c < place.inner.x + place.inner.width; c += 2)
        values.push_back(f.attenuation(r, c));
    }
    place.attenuation = median_of(values);
    places.push_back(place);
  }
  std::sort(places.begin(), places.end(),
            [](const ZonePlace& a, const ZonePlace& b) { return a.inner.area() > b.inner.area(); });
  // What lies within a larger zone is something on it, and its reader's matter.
  std::vector<ZonePlace> kept;
  for (const auto& place : places) {
    const bool inside = std::any_of(kept.begin(), kept.end(), [&](const ZonePlace& k) {
      return (k.inner & place.inner).area() > 0.5 * place.inner.area();
    });
    const bool of_gauge = std::any_of(gauges.begin(), gauges.end(), [&](const QaGauge& g) {
      const cv::Rect box(g.box.x_px, g.box.y_px, g.box.width_px, g.box.height_px);
      return (box & place.inner).area() > 0.5 * place.inner.area();
    });
    if (!inside && !of_gauge && kept.size() < kZonesMax) kept.push_back(place);
  }
  std::sort(kept.begin(), kept.end(), [](const ZonePlace& a, const ZonePlace& b) {
    return a.inner.x != b.inner.x ? a.inner.x < b.inner.x : a.inner.y < b.inner.y;
  });
  return kept;
}

void describe_zones(const QaFields& f, const std::vector<ZonePlace>& places, QaReport& report) {
  for (const auto& place : places) report.zones.push_back(describe_zone(f, place));
  cluster_zones(report);
  find_wedges(f, places, true, report);
  find_wedges(f, places, false, report);
}

}  // namespace portcullis::imaging::qa
