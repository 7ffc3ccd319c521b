#pragma once

#include "core/result.h"

namespace portcullis::services {

/// The number of the gRPC status that carries an error of this kind, and back: one table for all
/// our servers and clients. Every kind has a number of its own, so that what a server meant is what
/// its client gets; numbers that only gRPC itself makes (cancelled, exhausted, unauthenticated ...)
/// become the kind that asks for the same behaviour. The message travels beside it, unchanged.
///
/// Numbers: grpc::StatusCode; gRPC's headers stay out of this one. Pure.
int grpc_code(core::ErrorCode code);
core::ErrorCode error_code_from_grpc(int code);

}  // namespace portcullis::services
