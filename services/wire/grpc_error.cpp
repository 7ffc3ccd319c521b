#include "services/wire/grpc_error.h"

#include <grpcpp/support/status_code_enum.h>

namespace portcullis::services {

int grpc_code(core::ErrorCode code) {
  switch (code) {
    case core::ErrorCode::kInvalidConfig:
      return grpc::StatusCode::OUT_OF_RANGE;
    case core::ErrorCode::kInvalidInput:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case core::ErrorCode::kNotFound:
      return grpc::StatusCode::NOT_FOUND;
    case core::ErrorCode::kIo:
      return grpc::StatusCode::ABORTED;
    case core::ErrorCode::kTimeout:
      return grpc::StatusCode::DEADLINE_EXCEEDED;
    case core::ErrorCode::kProtocol:
      return grpc::StatusCode::UNKNOWN;
    case core::ErrorCode::kUnavailable:
      return grpc::StatusCode::UNAVAILABLE;
    case core::ErrorCode::kCorrupt:
      return grpc::StatusCode::DATA_LOSS;
    case core::ErrorCode::kRefused:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case core::ErrorCode::kUnsupported:
      return grpc::StatusCode::UNIMPLEMENTED;
    case core::ErrorCode::kInternal:
      break;
  }
  return grpc::StatusCode::INTERNAL;
}

core::ErrorCode error_code_from_grpc(int code) {
  switch (code) {
    case grpc::StatusCode::OUT_OF_RANGE:
      return core::ErrorCode::kInvalidConfig;
    case grpc::StatusCode::INVALID_ARGUMENT:
      return core::ErrorCode::kInvalidInput;
    case grpc::StatusCode::NOT_FOUND:
      return core::ErrorCode::kNotFound;
    case grpc::StatusCode::ABORTED:
      return core::ErrorCode::kIo;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return core::ErrorCode::kTimeout;
    case grpc::StatusCode::CANCELLED:           // cut off: by a server that ends, for one
    case grpc::StatusCode::RESOURCE_EXHAUSTED:  // too many callers at once
    case grpc::StatusCode::UNAVAILABLE:
      return core::ErrorCode::kUnavailable;
    case grpc::StatusCode::DATA_LOSS:
      return core::ErrorCode::kCorrupt;
    case grpc::StatusCode::ALREADY_EXISTS:
    case grpc::StatusCode::PERMISSION_DENIED:
    case grpc::StatusCode::UNAUTHENTICATED:
    case grpc::StatusCode::FAILED_PRECONDITION:
      return core::ErrorCode::kRefused;
    case grpc::StatusCode::UNIMPLEMENTED:
      return core::ErrorCode::kUnsupported;
    case grpc::StatusCode::INTERNAL:
      return core::ErrorCode::kInternal;
    default:
      return core::ErrorCode::kProtocol;
  }
}

}  // namespace portcullis::services
