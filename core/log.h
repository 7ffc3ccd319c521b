#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portcullis::core {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarning, kError };

/// Names the process in every line and sets the least level written. Call once from main().
void configure_log(std::string_view process, LogLevel least);

/// One line to stderr: UTC time, process, level, component, message.
/// Threading: thread-safe; takes a lock and writes, so never from a receive or PLC thread's
/// fast path (those count instead).
void log(LogLevel level, std::string_view component, std::string_view message);

inline void log_debug(std::string_view component, std::string_view m) {
  log(LogLevel::kDebug, component, m);
}
inline void log_info(std::string_view component, std::string_view m) {
  log(LogLevel::kInfo, component, m);
}
inline void log_warning(std::string_view component, std::string_view m) {
  log(LogLevel::kWarning, component, m);
}
inline void log_error(std::string_view component, std::string_view m) {
  log(LogLevel::kError, component, m);
}

}  // namespace portcullis::core
