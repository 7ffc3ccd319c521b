#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// One step of the WCO Time Release Study, over cases of one channel.
struct ReleaseStep {
  Channel channel = Channel::kUnknown;
  std::string_view step;  ///< "arrival to release"
  std::size_t cases = 0;  ///< That have both time stamps.
  double median_s = 0, p90_s = 0;
};

/// Median and 90th percentile (nearest rank) of the steps arrival to release, lodged to release,
/// arrival to scan start, scan start to end, scan start to image ready, image ready to decision,
/// scan end to decision, inspection start to end and decision to release. Steps that no case of a
/// channel has are left out; a step that runs backwards (two clocks) is not counted. Pure.
std::vector<ReleaseStep> time_release(const std::vector<Case>& cases);

/// "channel,step,cases,median_s,p90_s" and a line for each step (RFC 4180).
std::string time_release_csv(const std::vector<ReleaseStep>& steps);
/// A chart of its own: a bar to the median and a line to the 90th percentile for each step, in
/// minutes.
std::string time_release_svg(const std::vector<ReleaseStep>& steps);

}  // namespace portcullis::customs
