#pragma once

#include <functional>
#include <string>

#include "archive/catalogue.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// Name of a scan file's thumbnail among its images.
inline constexpr const char* kThumbnailName = "thumbnail";

/// What the catalogue finds, each case as `view_of` (CaseDesk::case_view) knows it now. A case that
/// cannot be read is listed with what its record says.
/// Threading: any; reads the catalogue and, for thumbnails, the scan files.
core::Result<services::FoundCases> find_cases(
    archive::Catalogue& catalogue, const services::CaseSearch& search,
    const std::function<core::Result<services::CaseView>(const std::string& case_id)>& view_of);

}  // namespace portcullis::apps
