#pragma once

#include <vector>

#include "core/records.h"
#include "customs/gateway/gateway_api.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// Adds the check "revenue" to a report that was judged: what the difference between scan and
/// declarations is worth in duties and taxes, as the gateway reckons it. The verdict stays as it
/// is: what is at stake is no reason to suspect. Adds nothing where there is no gateway, no
/// declaration, no difference or no tariff; a gateway that cannot be asked is logged. Waits for the
/// gateway.
void add_revenue(customs::GatewayPort* gateway,
                 const std::vector<services::MatchedDeclaration>& declarations,
                 core::InspectionReport& report);

}  // namespace portcullis::apps
