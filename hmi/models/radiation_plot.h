#pragma once

#include <optional>
#include <vector>

#include "hmi/models/image_set.h"
#include "hmi/models/lane_data.h"

namespace portcullis::hmi {

/// Counts of one second about a moment of a passage through the radiation portal, as the portal
/// judges them (a sliding sum of its samples).
struct RadiationPoint {
  double share = 0;  ///< Of the passage that was over then, 0 to 1.
  double gamma_cps = 0;
};

/// The points of a passage in order; each stands at the middle of its second. Where the passage's
/// length is not known (PassageData::passage_s) shares are of the time from the first sample to the
/// last. Samples that are no numbers are left out. Pure.
std::vector<RadiationPoint> radiation_points(const std::vector<ProfilePoint>& samples,
                                             const PassageData& passage);

/// Where on the image a share of the passage was between the portal's pillars, in columns: a
/// vehicle comes with its front, which is at the left, and is taken to keep its speed.
double column_of_share(double share, const ColumnSpan& vehicle);

/// Counts a second at that share, between the points beside it; nothing before the first point and
/// after the last. Pure.
std::optional<double> gamma_at(const std::vector<RadiationPoint>& points, double share);

}  // namespace portcullis::hmi
