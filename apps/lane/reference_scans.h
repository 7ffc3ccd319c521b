#pragma once

#include <string>
#include <vector>

#include "archive/catalogue.h"
#include "core/result.h"
#include "core/time.h"
#include "services/lane/office_backend.h"

namespace portcullis::apps {

/// Scans that a supervisor keeps to be compared with: of an empty container, or of goods of one HS
/// chapter as they ought to look. Kept as events of the catalogue ("reference"); the last one of a
/// scan holds.
///
/// Ownership: borrows both. Threading: thread-safe; set() is on the disk when it returns.
class ReferenceScans final {
 public:
  ReferenceScans(archive::Catalogue& catalogue, const core::Clock& clock)
      : catalogue_(catalogue), clock_(clock) {}

  /// kRefused where the case is not decided, has no image, or does not declare the chapter that it
  /// is to be the reference of; kInvalidInput, naming the field, for another kind.
  core::Status set(const services::ReferenceChoice& choice);
  /// Those that fit the case: of the chapters that it declares, the heaviest first, then of empty
  /// containers; of each at most three, of the same type of container first, then the newest. Where
  /// it is declared empty those are first. Without the case itself.
  core::Result<std::vector<services::ReferenceScan>> list(const std::string& case_id);

 private:
  core::Result<std::vector<services::ReferenceScan>> kept();

  archive::Catalogue& catalogue_;
  const core::Clock& clock_;
};

}  // namespace portcullis::apps
