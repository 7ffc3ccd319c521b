#pragma once

#include <grpc/grpc.h>

namespace portcullis::services {

/// Keeps gRPC alive to the end of the process. Without it, the last object that goes makes gRPC
/// shut its threads down, and that waits up to 10 s for sockets that are just closing.
inline void keep_grpc_library() {
  static const bool kept = (grpc_init(), true);
  static_cast<void>(kept);
}

}  // namespace portcullis::services
