#pragma once

#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "customs/gateway/earlier_visit.h"
#include "customs/gateway/gateway_api.h"
#include "customs/gateway/message_store.h"

namespace portcullis::customs {

/// The declarations that name a vehicle, as they stand now. The first of these that finds any ends
/// the search, as a plate changes trailers and a trailer containers: a container's number; what the
/// open scan orders of these numbers name (UCR, MRN, another container); the plate; the chassis, of
/// the vehicle or of those orders. Those of an earlier visit are left out; those that customs has
/// invalidated are told only where no other is found. Errors: as the store.
core::Result<std::vector<FoundDeclaration>> search_declarations(MessageStore& store,
                                                                const VehicleNumbers& numbers,
                                                                const VisitLimits& limits,
                                                                core::UtcTime now);

}  // namespace portcullis::customs
