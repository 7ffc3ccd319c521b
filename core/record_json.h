#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/geometry.h"
#include "core/records.h"
#include "core/result.h"
#include "core/scan.h"

/// JSON of the record types: one place, used by files, messages and the command line.
/// Reading is strict about types and tolerant of unknown keys; it fails with kInvalidInput that
/// names the key. No exceptions leave these functions.
namespace portcullis::core {

nlohmann::json to_json(const ScannerGeometry& geometry);
Result<ScannerGeometry> geometry_from_json(const nlohmann::json& json);

nlohmann::json to_json(const ScanMeta& meta);
Result<ScanMeta> scan_meta_from_json(const nlohmann::json& json);

nlohmann::json to_json(const Finding& finding);
Result<Finding> finding_from_json(const nlohmann::json& json);
nlohmann::json to_json(const Check& check);
Result<Check> check_from_json(const nlohmann::json& json);
nlohmann::json to_json(const ContainerObservation& container);
Result<ContainerObservation> container_from_json(const nlohmann::json& json);

/// The document of `inspect --json`.
nlohmann::json to_json(const InspectionReport& report);
Result<InspectionReport> report_from_json(const nlohmann::json& json);

nlohmann::json to_json(const RadiationMeasurement& radiation);
Result<RadiationMeasurement> radiation_from_json(const nlohmann::json& json);

nlohmann::json to_json(const Declaration& declaration);
Result<Declaration> declaration_from_json(const nlohmann::json& json);

nlohmann::json to_json(const Decision& decision);
Result<Decision> decision_from_json(const nlohmann::json& json);

}  // namespace portcullis::core
