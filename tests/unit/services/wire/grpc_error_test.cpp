#include "services/wire/grpc_error.h"

#include <grpcpp/support/status_code_enum.h>
#include <gtest/gtest.h>

#include <set>

namespace portcullis {
namespace {

using core::ErrorCode;
using services::error_code_from_grpc;
using services::grpc_code;

struct GrpcErrorRow {
  ErrorCode code;
  grpc::StatusCode wire;
};
// A kind added to core::ErrorCode belongs here; the last of the enumeration stands last.
constexpr GrpcErrorRow kGrpcErrorRows[] = {
    {ErrorCode::kInvalidConfig, grpc::StatusCode::OUT_OF_RANGE},
    {ErrorCode::kInvalidInput, grpc::StatusCode::INVALID_ARGUMENT},
    {ErrorCode::kNotFound, grpc::StatusCode::NOT_FOUND},
    {ErrorCode::kIo, grpc::StatusCode::ABORTED},
    {ErrorCode::kTimeout, grpc::StatusCode::DEADLINE_EXCEEDED},
    {ErrorCode::kProtocol, grpc::StatusCode::UNKNOWN},
    {ErrorCode::kUnavailable, grpc::StatusCode::UNAVAILABLE},
    {ErrorCode::kCorrupt, grpc::StatusCode::DATA_LOSS},
    {ErrorCode::kRefused, grpc::StatusCode::FAILED_PRECONDITION},
    {ErrorCode::kUnsupported, grpc::StatusCode::UNIMPLEMENTED},
    {ErrorCode::kInternal, grpc::StatusCode::INTERNAL},
};

TEST(GrpcError, EveryKindGoesOverTheWireAndBack) {
  ASSERT_EQ(std::size(kGrpcErrorRows), static_cast<std::size_t>(ErrorCode::kInternal) + 1);
  std::set<int> numbers;
  for (const auto& row : kGrpcErrorRows) {
    EXPECT_EQ(grpc_code(row.code), row.wire) << core::error_code_name(row.code);
    EXPECT_EQ(error_code_from_grpc(row.wire), row.code) << core::error_code_name(row.code);
    EXPECT_NE(grpc_code(row.code), grpc::StatusCode::OK);
    numbers.insert(grpc_code(row.code));
  }
  EXPECT_EQ(numbers.size(), std::size(kGrpcErrorRows)) << "each kind has a number of its own";
}

TEST(GrpcError, WhatOnlyGrpcMakesAsksForTheRightBehaviour) {
  for (const auto again : {grpc::StatusCode::CANCELLED, grpc::StatusCode::RESOURCE_EXHAUSTED})
    EXPECT_EQ(error_code_from_grpc(again), ErrorCode::kUnavailable) << again;
  for (const auto never : {grpc::StatusCode::PERMISSION_DENIED, grpc::StatusCode::UNAUTHENTICATED,
                           grpc::StatusCode::ALREADY_EXISTS})
    EXPECT_EQ(error_code_from_grpc(never), ErrorCode::kRefused) << never;
  EXPECT_EQ(error_code_from_grpc(99), ErrorCode::kProtocol);
}

}  // namespace
}  // namespace portcullis
