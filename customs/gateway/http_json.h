#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "customs/gateway/message.h"
#include "customs/model/case.h"

namespace portcullis::customs {

// Bodies of the gateway's HTTP side (docs/customs/openapi.yaml).

std::string receipt_json(const Receipt& receipt);
/// RFC 9457. `receipt` (may be null) is of the message that was refused.
std::string problem_json(unsigned status, std::string_view title, std::string_view detail,
                         const Receipt* receipt = nullptr);
/// What a trader is told of his own case: that it is here and what was decided, nothing of how or
/// why it was looked at.
std::string case_status_json(const Case& customs_case);
std::string health_json(bool well, std::string_view problem, std::uint64_t declarations,
                        std::uint64_t quarantined);

}  // namespace portcullis::customs
