#include "customs/model/time_release.h"

#include <fmt/format.h>

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
    {"lodged to release", &TimeStamps::lodged, &TimeStamps::release},
    {"arrival to scan start", &TimeStamps::arrival, &TimeStamps::scan_start},
    {"scan start to end", &TimeStamps::scan_start, &TimeStamps::scan_end},
    {"scan start to image ready", &TimeStamps::scan_start, &TimeStamps::image_ready},
    {"image ready to decision", &TimeStamps::image_ready, &TimeStamps::decision},
    {"scan end to decision", &TimeStamps::scan_end, &TimeStamps::decision},
    {"inspection start to end", &TimeStamps::inspection_start, &TimeStamps::inspection_end},
    {"decision to release", &TimeStamps::decision, &TimeStamps::release},
};

double nearest_rank(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

constexpr double kSecondsPerMinute = 60;

/// Colour of a channel, readable on white.
std::string_view channel_colour(Channel channel) {
  switch (channel) {
    case Channel::kGreen:
      return "#2e7d32";
    case Channel::kBlue:
      return "#1565c0";
    case Channel::kYellow:
      return "#b8860b";
    case Channel::kRed:
      return "#c62828";
    case Channel::kUnknown:
      break;
  }
  return "#616161";
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

std::string time_release_csv(const std::vector<ReleaseStep>& steps) {
  std::string csv = "channel,step,cases,median_s,p90_s\r\n";
  for (const auto& s : steps)
    csv += fmt::format("{},{},{},{:.3f},{:.3f}\r\n", channel_name(s.channel), s.step, s.cases,
                       s.median_s, s.p90_s);
  return csv;
}

std::string time_release_svg(const std::vector<ReleaseStep>& steps) {
  constexpr int kLeft = 280, kRight = 130, kPlot = 520, kRow = 26, kTop = 44, kBottom = 36;
  double longest_min = 1;
  for (const auto& s : steps) longest_min = std::max(longest_min, s.p90_s / kSecondsPerMinute);
  const auto x_of = [&](double minutes) { return kLeft + kPlot * minutes / longest_min; };
  const int height = kTop + kRow * static_cast<int>(steps.size()) + kBottom;
  const int axis_y = height - kBottom + 4;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\" font-family=\"sans-serif\" font-size=\"13\">\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
      "<text x=\"12\" y=\"24\" font-size=\"16\">Time release: median (bar) and 90th percentile "
      "(line), minutes</text>\n",
      kLeft + kPlot + kRight, height);
  for (int tick = 0; tick <= 4; ++tick) {
    const double minutes = longest_min * tick / 4;
    svg += fmt::format(
        "<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#d0d0d0\"/>\n"
        "<text x=\"{0:.1f}\" y=\"{3}\" text-anchor=\"middle\">{4:.1f}</text>\n",
        x_of(minutes), kTop - 6, axis_y, axis_y + 18, minutes);
  }
  int y = kTop;
  for (const auto& s : steps) {
    const double median_x = x_of(s.median_s / kSecondsPerMinute);
    const double p90_x = x_of(s.p90_s / kSecondsPerMinute);
    const int middle = y + kRow / 2;
    svg += fmt::format(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}, {} ({})</text>\n"
        "<rect x=\"{}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n"
        "<line x1=\"{:.1f}\" y1=\"{}\" x2=\"{:.1f}\" y2=\"{}\" stroke=\"#202020\" "
        "stroke-width=\"2\"/>\n"
        "<text x=\"{:.1f}\" y=\"{}\">{:.1f} / {:.1f}</text>\n",
        kLeft - 8, middle + 4, channel_name(s.channel), s.step, s.cases, kLeft, y + 4,
        median_x - kLeft, kRow - 8, channel_colour(s.channel), median_x, middle, p90_x, middle,
        p90_x + 6, middle + 4, s.median_s / kSecondsPerMinute, s.p90_s / kSecondsPerMinute);
    y += kRow;
  }
  return svg + "</svg>\n";
}

}  // namespace portcullis::customs
