#pragma once

#include <optional>

#include "access/sessions.h"
#include "services/lane/lane_backend.h"

namespace portcullis::api::v1 {
class AlarmEvent;
class CaseSummary;
class CaseView;
class FindCasesReply;
class FindCasesRequest;
class LaneStatus;
class SessionView;
class SuperviseReply;
}  // namespace portcullis::api::v1

/// Between the backend's structs and the messages of api/lane.proto. Private to services/lane.
namespace portcullis::services {

/// A protobuf string may not hold bytes that are no UTF-8; those become U+FFFD. Never fails.
std::string utf8(const std::string& text);

void to_wire(const AlarmEvent& from, api::v1::AlarmEvent& to);
void to_wire(const LaneStatus& from, api::v1::LaneStatus& to);
void to_wire(const CaseView& from, api::v1::CaseView& to);
void to_wire(const CaseSummary& from, api::v1::CaseSummary& to);
void to_wire(const FoundCases& from, api::v1::FindCasesReply& to);
CaseSearch search_from(const api::v1::FindCasesRequest& from);
void to_wire(const Supervision& from, api::v1::SuperviseReply& to);
void to_wire(const access::Sessions::Session& from, api::v1::SessionView& to);
/// By the number of CommandRequest.Kind; nothing for NONE and numbers that are not known.
std::optional<LaneCommand> command_from_wire(int kind);

}  // namespace portcullis::services
