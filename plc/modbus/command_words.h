#pragma once

#include <cstdint>
#include <vector>

#include "plc/interlock/plc_link.h"
#include "plc/tags/tag_map.h"

namespace portcullis::plc {

/// The written areas of a map as words, by address from 0: coils one a word (0 or 1), holding
/// registers as they stand. What the lane never writes is 0.
struct CommandWords {
  std::vector<std::uint16_t> coils;
  std::vector<std::uint16_t> holding;
  bool operator==(const CommandWords&) const = default;
};

/// Values outside the tag's range are bugs of the caller and asserted.
[[nodiscard]] CommandWords encode_commands(const TagMap& map, const PlcOutputs& outputs,
                                           std::uint16_t heartbeat, std::uint16_t sequence,
                                           std::uint16_t watchdog_ms);

/// True where going from `before` to `after` takes beam or motion away: its coils then go first.
[[nodiscard]] bool withdraws(const PlcOutputs& before, const PlcOutputs& after) noexcept;

/// What the client does about an exception reply.
enum class ExceptionOutcome : std::uint8_t {
  kRetry,       ///< Busy or still working: asked again with the next poll; values age meanwhile.
  kInvalidate,  ///< Refused or failed: the area's tags are unread at once; asked again.
  kReopen,      ///< A gateway does not reach the PLC: as invalid, and the connection is made anew.
};
/// For every code, known or not. 1 illegal function, 2 illegal address, 3 illegal value, 4 device
/// failure, 5 acknowledge, 6 busy, 7 negative acknowledge, 8 memory parity, 10 and 11 gateway.
[[nodiscard]] ExceptionOutcome exception_outcome(int code) noexcept;

}  // namespace portcullis::plc
