#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/supervision.h"
#include "archive/catalogue.h"
#include "customs/gateway/gateway_api.h"
#include "services/lane/lane_backend.h"
#include "services/lane/office_backend.h"

/// What is kept with a case as events of the catalogue, in their JSON: outcomes of inspections,
/// photos, complaints about images. What cannot be read is passed over: a record of another version
/// is no reason to lose the case. Pure.
namespace portcullis::apps {

inline constexpr std::string_view kOutcomeEvent = "inspection_outcome";
inline constexpr std::string_view kPhotoEvent = "inspection_photo";
inline constexpr std::string_view kReadingEvent = "camera_reading";
inline constexpr std::string_view kPictureEvent = "camera_picture";
inline constexpr std::string_view kComplaintEvent = "image_complaint";
inline constexpr std::string_view kTicketDoneEvent = "image_complaint_done";
inline constexpr std::string_view kSelectionRulesEvent = "selection_rules";

std::string outcome_json(const services::OutcomeRequest& outcome);
std::optional<services::OutcomeRequest> outcome_from_json(const std::string& json);
/// In their order; the last one holds. Each with the time it was recorded.
std::vector<std::pair<services::OutcomeRequest, core::UtcTime>> outcomes_of(
    const archive::CatalogueCase& stored);

/// By which rules, or whether at random, customs selected one declaration of the case.
std::string selection_rules_json(const customs::BoundSelection& selected);
/// What was kept last of this declaration's selection; empty: nothing.
std::string selection_rules_of(const archive::CatalogueCase& stored,
                               const std::string& declaration_id);
/// What holds of each declaration that was not set aside, all of them together: into the record's
/// rules and draw.
void take_selections(const archive::CatalogueCase& stored, access::CaseRecord& record);

std::string photo_json(const services::Photo& photo);
std::vector<services::Photo> photos_of(const archive::CatalogueCase& stored);

std::string reading_json(const services::CameraReading& reading);
/// What became of the picture of the reading at `place` of its case: its SHA-256, or why there is
/// none.
std::string picture_json(std::size_t place, const std::string& sha256, std::uint64_t bytes,
                         const std::string& problem);
/// As they came, each with its picture where it is there.
std::vector<services::CameraReading> readings_of(const archive::CatalogueCase& stored);
/// What declarations are looked for by: containers, plate, and each chassis that a camera read
/// (kind "chassis"; four at most).
customs::VehicleNumbers numbers_of(const services::CaseView& view);

std::string complaint_json(const access::ImageComplaint& complaint);
std::string ticket_done_json(const services::TicketDone& done);
std::vector<access::ImageComplaint> complaints_of(const archive::CatalogueCase& stored);

/// What the officer said of a finding holds for the same finding in a new report.
std::vector<core::FindingAnswer> answers_kept(const services::CaseView& before,
                                              const core::InspectionReport& report);

/// The decisions that sent the vehicle to a physical inspection and stand: one on all of it, or one
/// on each of its containers that were sent. Empty: none was.
std::vector<core::Decision> referred_to_inspection(const archive::CatalogueCase& stored);

/// What customs are told of an inspection: the decision that referred the vehicle, with the outcome
/// as its reason, made by who inspected.
core::Decision outcome_told(const core::Decision& referred, const services::OutcomeRequest& outcome,
                            core::UtcTime recorded);

}  // namespace portcullis::apps
