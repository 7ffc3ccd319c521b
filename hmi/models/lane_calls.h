#pragma once

#include <grpcpp/grpcpp.h>

#include <QString>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/lane.grpc.pb.h"

/// Private to LaneClient and what it is made of: the only header of the screen with gRPC in it.
namespace portcullis::hmi {

/// The calls of one client to the lane: its connection, whose session they carry, and which are
/// under way, so that stop() ends them all.
/// Threading: thread-safe.
class LaneCalls {
 public:
  /// `address`: "unix:/path/lane.sock".
  explicit LaneCalls(const QString& address);
  LaneCalls(const LaneCalls&) = delete;
  LaneCalls& operator=(const LaneCalls&) = delete;

  [[nodiscard]] api::v1::Lane::Stub& stub() { return *stub_; }
  /// Over a connection of its own: what comes here is in nobody's way.
  [[nodiscard]] api::v1::Lane::Stub& stub_beside() { return *stub_beside_; }

  /// Ends what is under way and all that is begun later, and wakes pause().
  void stop();
  [[nodiscard]] bool stopping() const;
  /// Waits before the next try; false: stop() was called.
  bool pause();
  /// Calls are somebody else's from now on, empty: nobody's; streams end, to be opened anew.
  void renew(const std::string& token);
  [[nodiscard]] std::string token() const;

  /// A call while it is under way; carries the session.
  class Open {
   public:
    /// Ownership: borrows both. `stream`: renew() ends it.
    Open(LaneCalls& calls, grpc::ClientContext& context, bool stream = false);
    ~Open();
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    /// Somebody has logged in or out since this call was made.
    [[nodiscard]] bool outdated() const;

   private:
    LaneCalls& calls_;
    grpc::ClientContext& context_;
    std::uint64_t epoch_ = 0;
  };

  /// The same as pause() after a stream has ended; who may not see it asks less often, until he is
  /// another.
  bool pause_after(const grpc::Status& ended, const Open& call);

  /// `call(context)`, which ends by itself after `limit`.
  template <class Call>
  grpc::Status unary(const Call& call, std::chrono::milliseconds limit) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + limit);
    const Open open(*this, context);
    return call(context);
  }

 private:
  std::unique_ptr<api::v1::Lane::Stub> stub_, stub_beside_;
  mutable std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::vector<grpc::ClientContext*> open_, streams_;
  std::string token_;        // of the session; empty: nobody is logged in
  std::uint64_t epoch_ = 0;  // counts logins and logouts
};

}  // namespace portcullis::hmi
