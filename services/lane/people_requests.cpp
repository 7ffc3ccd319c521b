#include "services/lane/people_requests.h"

#include <algorithm>

#include "api/lane.pb.h"
#include "core/decided_view.h"

namespace portcullis::services {
namespace {

constexpr int kDeclarationsShownMax = 256;

core::Error bad_request(const char* why) {
  return {core::ErrorCode::kInvalidInput, why};
}

template <class Request>
core::Result<DecisionRequest> decision_of(const Request& request, const std::string& user) {
  const auto kind = core::decision_kind_from(request.decision());
  if (!kind) return bad_request("field decision: not a decision of this lane");
  if (user.empty() || user.size() > kNameBytesMax)
    return bad_request("field user: a decision needs the officer's name (1 to 128 bytes)");
  if (request.reason_code().empty() || request.reason_code().size() > kNameBytesMax ||
      request.reason_text().size() > kReasonBytesMax) {
    return bad_request(
        "field reason_code: a decision needs a coded reason; text at most 2000 bytes");
  }
  if (request.container().size() > kNameBytesMax)
    return bad_request("field container: at most 128 bytes");
  if (!request.view_json().empty()) {
    const auto view = core::decided_view_from(request.view_json());
    if (!view.ok()) return view.error().with_context("field view_json");
  }
  DecisionRequest decision;
  decision.view_json = request.view_json();
  decision.case_id = request.case_id();
  decision.container = request.container();
  decision.kind = *kind;
  decision.reason_code = request.reason_code();
  decision.reason_text = request.reason_text();
  decision.user = user;
  return decision;
}

}  // namespace

core::Result<DecisionRequest> decision_from(const api::v1::DecideRequest& request,
                                            const std::string& user) {
  PC_TRY(auto decision, decision_of(request, user));
  decision.time_on_image_ms = std::max<std::int64_t>(0, request.time_on_image_ms());
  return decision;
}

core::Result<DecisionRequest> decision_from(const api::v1::OverrideRequest& request,
                                            const std::string& user) {
  return decision_of(request, user);
}

core::Result<DeclarationChoice> choice_from(const api::v1::ChooseDeclarationRequest& request,
                                            const std::string& user) {
  if (user.empty() || user.size() > kNameBytesMax)
    return bad_request("field user: a choice needs the officer's name (1 to 128 bytes)");
  if (request.shown_size() < 2 || request.shown_size() > kDeclarationsShownMax)
    return bad_request("field shown: the ids of all declarations that were shown (2 to 256)");
  DeclarationChoice choice;
  choice.case_id = request.case_id();
  choice.chosen = request.declaration_id();
  choice.shown.assign(request.shown().begin(), request.shown().end());
  choice.user = user;
  return choice;
}

}  // namespace portcullis::services
