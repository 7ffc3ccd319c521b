#pragma once

#include <optional>
#include <string>

#include "core/result.h"
#include "customs/gateway/gateway_api.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// Where referrals stand in the outbox.
inline constexpr const char* kReferralFolder = "referral";

/// What another agency is told when a container is referred to it: the canonical case
/// (customs/model/case.h) as JSON, of it the declaration's references, parties, goods and means of
/// this container, what the scan shows of it and the officer's reason. Nothing of how it was
/// selected, of other containers' goods, of earlier decisions, and no officer's name.
struct Referral {
  std::string name;  ///< Of the message; the same decision has the same.
  std::string content;
};

/// `declared`: the case of the declaration that the decision is on, absent where none was bound.
/// Pure.
Referral write_referral(const std::optional<Case>& declared, const DecisionSubmission& submission);

}  // namespace portcullis::customs
