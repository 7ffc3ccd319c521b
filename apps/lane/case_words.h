#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/scan.h"

namespace portcullis::apps {

/// One case, one scan.
inline std::string case_id_of(const std::string& scan_id) {
  return scan_id;
}
/// Subject of the audit log's entries of a vehicle, by the lane's number of it.
inline std::string visit_of(std::uint64_t vehicle) {
  return "visit-" + std::to_string(vehicle);
}
/// What a scan that did not come to its end says of itself; empty for one that did or still runs.
std::vector<std::string> damage_of(core::ScanOutcome outcome, const std::string& reason);

}  // namespace portcullis::apps
