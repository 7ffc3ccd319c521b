#pragma once

namespace portcullis::core {

/// Prints the failed condition and aborts: a bug of ours, kept in release builds.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace portcullis::core

/// For our own bugs only; input from outside gives an Error.
#define PC_ASSERT(condition)    \
  (static_cast<bool>(condition) \
       ? static_cast<void>(0)   \
       : ::portcullis::core::assertion_failed(#condition, __FILE__, __LINE__))
