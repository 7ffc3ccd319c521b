#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>

#include "core/assert.h"
#include "core/log.h"
#include "core/result.h"

namespace portcullis::core {

void assertion_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "portcullis: internal error: %s does not hold (%s:%d)\n", condition, file,
               line);
  std::abort();
}

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidConfig:
      return "invalid_config";
    case ErrorCode::kInvalidInput:
      return "invalid_input";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kTimeout:
      return "timeout";
    case ErrorCode::kProtocol:
      return "protocol";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kRefused:
      return "refused";
    case ErrorCode::kUnsupported:
      return "unsupported";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

namespace {
spdlog::logger& process_logger() {
  static const auto logger = [] {
    auto made = std::make_shared<spdlog::logger>("portcullis",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %n %l %v", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *logger;
}
spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}
}  // namespace

void configure_log(std::string_view process, LogLevel least) {
  process_logger().set_pattern(fmt::format("%Y-%m-%dT%H:%M:%S.%eZ {} %l %v", process),
                               spdlog::pattern_time_type::utc);
  process_logger().set_level(spdlog_level(least));
}

void log(LogLevel level, std::string_view component, std::string_view message) {
  process_logger().log(spdlog_level(level), "{}: {}", component, message);
}

}  // namespace portcullis::core
