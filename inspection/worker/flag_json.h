#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/result.h"
#include "imaging/flag/flag.h"

namespace portcullis::inspection {

/// The worker's answer: {"containers": [...], "findings": [...], "flag_ms": 0.0}, elements as in
/// core/record_json.h.
nlohmann::json to_json(const imaging::FlagResult& result);

/// Fails with kProtocol that names the field; takes at most 10,000 findings and 100 containers.
core::Result<imaging::FlagResult> flag_result_from_json(const nlohmann::json& json);

}  // namespace portcullis::inspection
