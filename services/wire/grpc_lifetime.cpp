#include "services/wire/grpc_lifetime.h"

#include <grpc/grpc.h>

namespace portcullis::services {

void keep_grpc_running() {
  // Counted by gRPC; this one count is never given back.
  static const bool started = [] {
    grpc_init();
    return true;
  }();
  static_cast<void>(started);
}

}  // namespace portcullis::services
