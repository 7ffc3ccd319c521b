#pragma once

#include "core/result.h"
#include "customs/adapters/parse.h"

namespace portcullis::customs::edifact {

// For this adapter only.

/// Answers with the case's last decision: one interchange of syntax 3 in UNOC (characters outside
/// of ISO 8859-1 become '?'). It goes to the sender of the case's message, from its recipient. Fail
/// with kInvalidInput as answered_declaration() and answered_decision().
core::Result<Emitted> write_cusres(const Case& customs_case);
core::Result<Emitted> write_govcbr(const Case& customs_case);

}  // namespace portcullis::customs::edifact
