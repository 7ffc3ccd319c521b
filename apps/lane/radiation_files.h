#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"
#include "firmware_bridge/rpm/portal_monitor.h"

namespace portcullis::apps {

/// Writes each passage as an N42 document to `folder`: STEM.n42, or STEM-1.n42, STEM-2.n42 where
/// there are several. Files appear complete or not at all; one that is there is replaced.
core::Status write_n42_files(const std::filesystem::path& folder, const std::string& stem,
                             const std::vector<firmware_bridge::PortalOccupancy>& passages,
                             const std::string& lane, const std::string& item, bool simulated);

/// A name for a passage that belongs to no scan yet: its time and its number at the portal.
std::string passage_stem(const firmware_bridge::PortalOccupancy& passage);

}  // namespace portcullis::apps
