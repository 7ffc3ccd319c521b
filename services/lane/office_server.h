#pragma once

#include <memory>

#include "services/lane/office_backend.h"

namespace grpc {
class Service;
}
namespace portcullis::access {
class Sessions;
}

namespace portcullis::services {

/// Serves an OfficeBackend as api/office.proto; LaneServer registers it. Private to services/lane.
/// `sessions` null: there are no accounts. Borrows both, which must outlive the server's end.
std::unique_ptr<grpc::Service> make_office_service(OfficeBackend& backend,
                                                   access::Sessions* sessions);

}  // namespace portcullis::services
