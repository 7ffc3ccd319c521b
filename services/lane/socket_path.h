#pragma once

#include <string>

#include "core/result.h"

/// Private to services/lane.
namespace portcullis::services {

/// Makes way for a Unix socket at `path`: what a process that is gone left there is removed.
/// Fails with kInvalidConfig (the path is empty or too long for a socket), kIo (something that is
/// no socket has the name) or kUnavailable (another process serves it).
core::Status free_socket_path(const std::string& path);

}  // namespace portcullis::services
