#pragma once

namespace portcullis::services {

/// Starts gRPC for the rest of the process. Whoever makes a server or a channel calls it first.
///
/// Without it gRPC ends with its last object, and that end joins a thread which may still wait up
/// to 10 s for its sockets (the clients' backup poller of gRPC 1.51): a screen or a lane that was
/// told to end hung as long. Cheap, may be called any number of times from any thread.
void keep_grpc_running();

}  // namespace portcullis::services
