#include "customs/model/time_release.h"

#include <algorithm>
#include <cmath>

namespace portcullis::customs {

namespace {

using Stamp = std::optional<core::UtcTime> TimeStamps::*;
constexpr struct {
  std::string_view name;
  Stamp from, to;
} kReleaseSteps[] = {
    {"arrival to release", &TimeStamps::arrival, &TimeStamps::release},
    {"arrival to scan start", &TimeStamps::arrival, &TimeStamps::scan_start},
    {"scan start to image ready", &TimeStamps::scan_start, &TimeStamps::image_ready},
    {"image ready to decision", &TimeStamps::image_ready, &TimeStamps::decision},
    {"inspection start to end", &TimeStamps::inspection_start, &TimeStamps::inspection_end},
    {"decision to release", &TimeStamps::decision, &TimeStamps::release},
};

double nearest_rank(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

std::vector<ReleaseStep> time_release(const std::vector<Case>& cases) {
  std::vector<ReleaseStep> steps;
  for (const auto channel :
       {Channel::kUnknown, Channel::kGreen, Channel::kBlue, Channel::kYellow, Channel::kRed}) {
    for (const auto& step : kReleaseSteps) {
      std::vector<double> seconds;
      for (const auto& c : cases) {
        if ((c.selection ? c.selection->channel : Channel::kUnknown) != channel) continue;
        const auto& from = c.times.*step.from;
        const auto& to = c.times.*step.to;
        if (from && to && to->ns >= from->ns)
          seconds.push_back(static_cast<double>(to->ns - from->ns) * 1e-9);
      }
      if (seconds.empty()) continue;
      std::sort(seconds.begin(), seconds.end());
      steps.push_back({channel, step.name, seconds.size(), nearest_rank(seconds, 0.5),
                       nearest_rank(seconds, 0.9)});
    }
  }
  return steps;
}

}  // namespace portcullis::customs
