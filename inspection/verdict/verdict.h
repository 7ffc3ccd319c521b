#pragma once

#include <span>

#include "core/records.h"
#include "imaging/flag/flag.h"

namespace portcullis::inspection {

/// Joins findings, checks and image quality into one report with a verdict.
///
/// `images` gives size and quality only. `inspect` where a finding's score is at least 0.7 or a
/// check differs; `look` where anything was found, is unknown or the image is damaged; else
/// `clear`. The reasons are sentences. Pure.
core::InspectionReport judge(const imaging::Images& images, const imaging::FlagResult& flagged,
                             std::span<const core::Declaration> declarations);

}  // namespace portcullis::inspection
