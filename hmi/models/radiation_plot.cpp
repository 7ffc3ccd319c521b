#include "hmi/models/radiation_plot.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace portcullis::hmi {
namespace {

constexpr double kUsualSample_s = 0.2;  // where the lane does not say

}  // namespace

std::vector<RadiationPoint> radiation_points(const std::vector<ProfilePoint>& samples,
                                             const PassageData& passage) {
  std::vector<ProfilePoint> good;
  for (const ProfilePoint& sample : samples)
    if (std::isfinite(sample.seconds) && std::isfinite(sample.gamma_cps)) good.push_back(sample);
  if (good.size() < 2) return {};
  const double sample_s = passage.sample_s > 0 ? passage.sample_s : kUsualSample_s;
  const auto in_a_second = static_cast<std::size_t>(std::max(1L, std::lround(1 / sample_s)));
  const std::size_t window = good.size() > in_a_second ? in_a_second : 1;
  // The lane's zero is the end of the first sample.
  const bool known = passage.passage_s > 0;
  const double begin = known ? -sample_s : static_cast<double>(good.front().seconds) - sample_s;
  const double length =
      known ? passage.passage_s : std::max(1e-3, static_cast<double>(good.back().seconds) - begin);
  std::vector<RadiationPoint> points;
  for (std::size_t i = 0; i + window <= good.size(); ++i) {
    double seconds = 0, counts = 0;
    for (std::size_t k = i; k < i + window; ++k) {
      seconds += static_cast<double>(good[k].seconds);
      counts += static_cast<double>(good[k].gamma_cps);
    }
    const auto many = static_cast<double>(window);
    const double middle = seconds / many - sample_s / 2;
    points.push_back({std::clamp((middle - begin) / length, 0.0, 1.0), counts / many});
  }
  return points;
}

double column_of_share(double share, const ColumnSpan& vehicle) {
  return vehicle.first + share * (vehicle.end - vehicle.first);
}

std::optional<double> gamma_at(const std::vector<RadiationPoint>& points, double share) {
  if (points.empty() || share < points.front().share || share > points.back().share)
    return std::nullopt;
  const auto after = std::lower_bound(
      points.begin(), points.end(), share,
      [](const RadiationPoint& point, double value) { return point.share < value; });
  if (after == points.begin()) return after->gamma_cps;
  const RadiationPoint& before = *std::prev(after);
  const double span = after->share - before.share;
  const double part = span > 0 ? (share - before.share) / span : 0;
  return before.gamma_cps + part * (after->gamma_cps - before.gamma_cps);
}

}  // namespace portcullis::hmi
