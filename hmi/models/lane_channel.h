#pragma once

#include <QString>
#include <memory>

namespace grpc {
class Channel;
}  // namespace grpc

namespace portcullis::hmi {

/// The header of a call that says whose session it belongs to.
inline constexpr const char* kSessionKey = "portcullis-session";

/// A connection of its own to the lane's API: two clients in one process do not share one. It comes
/// back by itself, twice to five times a second. `address`: gRPC's form ("unix:/run/lane.sock").
/// `receive_bytes_max`: a longer message is refused. Keeps gRPC running. Never fails; calls do.
std::shared_ptr<grpc::Channel> lane_channel(const QString& address, int receive_bytes_max);

}  // namespace portcullis::hmi
