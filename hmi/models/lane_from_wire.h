#pragma once

#include "hmi/models/lane_data.h"

namespace portcullis::api::v1 {
class CaseView;
class FindCasesReply;
class LaneStatus;
}  // namespace portcullis::api::v1

/// From the messages of api/lane.proto to what the screen keeps. Private to LaneClient.
namespace portcullis::hmi {

StatusData status_from(const api::v1::LaneStatus& from);
/// What cannot be read is named in CaseData::unreadable; the rest is there.
CaseData case_from(const api::v1::CaseView& from);
FoundCasesData found_from(const api::v1::FindCasesReply& from);

}  // namespace portcullis::hmi
