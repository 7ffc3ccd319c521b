#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/assert.h"

namespace portcullis::core {

/// What kind of failure it was; decides the exit code and whether trying again can help.
enum class ErrorCode : std::uint8_t {
  kInvalidConfig,  ///< A configuration value is outside its range or unknown.
  kInvalidInput,   ///< A file or message from outside is truncated, mistyped or impossible.
  kNotFound,
  kIo,
  kTimeout,
  kProtocol,     ///< The peer answered, but not what the protocol allows.
  kUnavailable,  ///< The peer or device is absent now; trying later can help.
  kCorrupt,      ///< Stored data fail their own check (CRC, hash, count).
  kRefused,      ///< Understood and not allowed now; the message says why.
  kUnsupported,
  kInternal,
};

/// "invalid_config", "timeout", ...: stable words for logs and JSON.
std::string_view error_code_name(ErrorCode code);

/// A failure that happens in operation. `message` is one line that names what, where (file and
/// field, or device and command) and what to do where that is not plain.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;

  /// The same error seen from further out: "context: message".
  [[nodiscard]] Error with_context(std::string_view context) const {
    return {code, std::string(context) + ": " + message};
  }
};

/// A value or the reason why there is none. Never both, never neither.
/// Threading: as its T. value() on an error is a bug of ours and aborts.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    PC_ASSERT(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& {
    PC_ASSERT(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    PC_ASSERT(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const {
    PC_ASSERT(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

/// Success, or the reason for failure.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const {
    PC_ASSERT(error_.has_value());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace portcullis::core

#define PC_CONCAT_INNER(a, b) a##b
#define PC_CONCAT(a, b) PC_CONCAT_INNER(a, b)

/// PC_TRY(auto file, open(path)): declares `file`, or returns the error from this function.
#define PC_TRY(declaration, expression) \
  PC_TRY_IMPL(declaration, expression, PC_CONCAT(pc_try_, __LINE__))
#define PC_TRY_IMPL(declaration, expression, name) \
  auto name = (expression);                        \
  if (!name.ok()) return name.error();             \
  declaration = std::move(name).value()

/// PC_CHECK(flush()): returns the error from this function if there is one.
#define PC_CHECK(expression)                                        \
  do {                                                              \
    if (auto pc_check_status = (expression); !pc_check_status.ok()) \
      return pc_check_status.error();                               \
  } while (false)
