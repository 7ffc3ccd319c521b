#pragma once

#include <filesystem>
#include <memory>

#include "core/result.h"
#include "services/lane/lane_backend.h"
#include "services/lane/office_backend.h"

namespace portcullis::access {
class Sessions;
}

namespace portcullis::services {

/// Serves a LaneBackend as api/lane.proto over a Unix socket.
///
/// A client that does not read its stream is dropped behind (status and case: it gets the newest
/// when it reads again; waterfall: see WaterfallFeed) and never makes the lane wait. At most 32
/// streams are served at once; the next is refused with a reason.
/// With `office` it also serves that as api/office.proto.
/// With `sessions` each call needs a session and a role (access/rights.h); without, everybody who
/// may open the socket may do everything, in the name he says. STOP needs neither. Ownership:
/// borrows all that it is given, which must outlive stop(). Threading: start() and stop() from
/// one thread; the backend is called from the server's threads.
class LaneServer final {
 public:
  explicit LaneServer(LaneBackend& backend, access::Sessions* sessions = nullptr,
                      OfficeBackend* office = nullptr);
  ~LaneServer();  ///< Stops.
  LaneServer(const LaneServer&) = delete;
  LaneServer& operator=(const LaneServer&) = delete;

  /// Listens on `socket_path` (made with mode 0660; a socket left over by a process that is gone
  /// is replaced). Fails with kUnavailable where another process listens there, kInvalidConfig
  /// where the path is too long for a Unix socket (107 bytes), kIo otherwise.
  core::Status start(const std::filesystem::path& socket_path);

  /// Ends all calls and streams within 1 s and removes the socket.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::services
