#pragma once

#include <cstdio>

#include "core/result.h"

namespace portcullis::apps {

/// Prints the one line, "PROGRAM: why", and returns the exit code that belongs to the error: 2 for
/// wrong usage or input, 1 for work that failed.
inline int report_error(const core::Error& error, const char* program = "portcullis") {
  std::fprintf(stderr, "%s: %s\n", program, error.message.c_str());
  switch (error.code) {
    case core::ErrorCode::kInvalidConfig:
    case core::ErrorCode::kInvalidInput:
    case core::ErrorCode::kNotFound:
    case core::ErrorCode::kCorrupt:
    case core::ErrorCode::kUnsupported:
      return 2;
    default:
      return 1;
  }
}

}  // namespace portcullis::apps
