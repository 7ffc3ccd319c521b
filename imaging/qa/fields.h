#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "imaging/images.h"
#include "imaging/qa/qa.h"

/// What the readers share; private to imaging/qa.
namespace portcullis::imaging::qa {

/// The images as matrices and what stands where in them.
struct QaFields {
  const Images* images = nullptr;
  cv::Mat1f high, low;    ///< Linear transmission, the images' own memory.
  cv::Mat1f attenuation;  ///< -ln of high averaged over 10 mm, cut off at the noise.
  cv::Mat1f noise;        ///< Standard deviation of that average, relative.
  cv::Mat1b air;          ///< 255: nothing within 24 mm.
  cv::Mat1b object;       ///< 255: more than a thin wire stands here.
  /// What is left of each column's level in its air: level + sway * (z / z_top)^2, both 0 where all
  /// is well. Two causes, two terms: the dose reference's noise is alike for all pixels, the beam
  /// lost to a swaying boom grows with the square of height.
  struct ColumnLevel {
    float level = 0, sway = 0;
  };
  std::vector<ColumnLevel> levels_high, levels_low;  ///< [columns]
  double mm = 2;                                     ///< Per pixel.

  [[nodiscard]] int px(double length_mm) const;
  /// Level of air at a pixel, as the column's air has it.
  [[nodiscard]] float air_level(const std::vector<ColumnLevel>& levels, int row, int column) const;
  [[nodiscard]] QaBox box_of(const cv::Rect& px_box) const;
};

/// `images` is borrowed.
QaFields make_fields(const Images& images);

QaAir read_air(const QaFields& fields);

/// A zone and its place; `inner` leaves the blurred edge out.
struct ZonePlace {
  cv::Rect inner;
  double attenuation = 0;
};
/// Groups of line pairs are no zones.
std::vector<ZonePlace> find_zones(const QaFields& fields, const std::vector<QaGauge>& gauges);
/// Figures of the zones, their clusters and wedges.
void describe_zones(const QaFields& fields, const std::vector<ZonePlace>& places, QaReport& report);

/// Attenuation of both energies together, in standard deviations of a pixel's noise, without the
/// plate's own level: what stands before the plate adds to it.
struct PlateField {
  cv::Rect box;
  cv::Mat1f excess;                ///< Noise has variance 1; rows and columns have mean 0.
  cv::Mat1f weight;                ///< 1 where it counts, 0 where something was found already.
  double contrast_per_excess = 0;  ///< Relative change of high transmission per unit.
};
PlateField make_plate_field(const QaFields& fields, const ZonePlace& place);
/// Takes out the means of rows and columns over what still counts.
void remove_lines(PlateField& plate);

/// A found line, pixel coordinates of the field it was found in.
struct FoundLine {
  cv::Point2d from, to;
  double score = 0;
  double excess_mm = 0;  ///< Excess integrated across the line, mm.
};
struct LineSearch {
  bool keep_level = false;  ///< The field's level is known to be 0: no background beside the line.
  double threshold = 6;
};
/// Straight lines of more than the surroundings, from 100 mm long, best first; none shares its
/// place with a better one. `excess`: noise of about 1; `weight`: 1 or 0.
std::vector<FoundLine> find_lines(const cv::Mat1f& excess, const cv::Mat1f& weight, double mm,
                                  const LineSearch& search);
/// What a line must reach: by the number of independent places of that search, and a fifth more:
/// the noise of sums is itself known to some 5 % only, and differs along a slanted line.
double line_threshold(const cv::Mat1f& weight, double mm, double false_alarms);

void read_plates(const QaFields& fields, const std::vector<ZonePlace>& places,
                 const QaOptions& options, QaReport& report);
void read_wires_in_air(const QaFields& fields, const QaOptions& options, QaReport& report);
void read_gauges(const QaFields& fields, QaReport& report);

}  // namespace portcullis::imaging::qa
