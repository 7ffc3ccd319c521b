#pragma once

#include <optional>
#include <string>

#include "customs/model/case.h"

namespace portcullis::apps {

/// Kind of the catalogue's events that say what a physical inspection found.
inline constexpr const char* kInspectionOutcomeEvent = "inspection_outcome";

/// What such an event's text says: "differs", "as declared" where all was examined and nothing was
/// found, else "examined in part". Nothing where it cannot be read.
std::optional<customs::Inspection> inspection_from(const std::string& text);

}  // namespace portcullis::apps
