#pragma once

#include <string>
#include <vector>

#include "core/records.h"
#include "core/scan.h"
#include "imaging/images.h"

namespace portcullis::imaging {

struct FlagParameters {
  double small_dense_score_min = 0.5;  ///< Findings below it are not reported.
  double shielding_score_min = 0.5;
};

/// What the image alone shows, before any declaration is looked at.
struct FlagResult {
  std::vector<core::ContainerObservation> containers;  ///< Front to rear.
  std::vector<core::Finding> findings;                 ///< Highest score first.
  std::vector<std::string> remarks;  ///< Why an interval of mass is wide, in words.
  double flag_ms = 0;
};

/// Finds containers, their load's mass (90 % interval), emptiness, dense shielding and small
/// dense objects, each finding with a box, a score and a sentence.
/// `identity` names the containers, front to rear; it changes no measurement.
/// Pure and bounded: never fails; an image it cannot read gives an image_quality finding.
FlagResult flag(const Images& images, const core::VehicleIdentity& identity,
                const FlagParameters& parameters);

struct WorkPlane;
/// The same, on a work plane that was made while the scan ran. `grid`: of the images.
FlagResult flag(const WorkPlane& plane, const core::ImageGrid& grid,
                const core::VehicleIdentity& identity, const FlagParameters& parameters);

}  // namespace portcullis::imaging
