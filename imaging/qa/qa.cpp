#include "imaging/qa/qa.h"

#include "imaging/qa/fields.h"
#include "imaging/qa/statistics.h"

namespace portcullis::imaging {

std::string_view qa_direction_name(QaDirection direction) {
  switch (direction) {
    case QaDirection::kRight:
      return "right";
    case QaDirection::kUp:
      return "up";
    case QaDirection::kLeft:
      return "left";
    case QaDirection::kDown:
      return "down";
    case QaDirection::kNone:
      break;
  }
  return "none";
}

QaReport read_test_objects(const Images& images, const QaOptions& options) {
  QaReport report;
  if (images.grid.columns < 60 || images.grid.rows < 60) {
    report.air.reason = "the image is too small";
    report.remarks.push_back("the image is smaller than 60 x 60 pixels: nothing was tried");
    return report;
  }
  if (images.energies != Energies::kBoth) {
    report.remarks.push_back(
        "one energy is missing: ratios, materials and noise are not those of a whole scan");
  }
  const qa::QaFields fields = qa::make_fields(images);
  report.air = qa::read_air(fields);
  qa::read_gauges(fields, report);
  const auto places = qa::find_zones(fields, report.gauges);
  qa::describe_zones(fields, places, report);
  qa::read_plates(fields, places, options, report);
  qa::read_wires_in_air(fields, options, report);
  return report;
}

}  // namespace portcullis::imaging
