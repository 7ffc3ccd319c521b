#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plc/interlock/plc_link.h"
#include "plc/tags/tags.h"

namespace portcullis::plc {

/// The written areas as words: coils one a word (0 or 1), holding registers as they stand.
struct CommandWords {
  std::array<std::uint16_t, kAreaSize[static_cast<std::size_t>(Area::kCoil)]> coils{};
  std::array<std::uint16_t, kAreaSize[static_cast<std::size_t>(Area::kHoldingRegister)]> holding{};
  bool operator==(const CommandWords&) const = default;
};

/// Values outside the tag's range are bugs of the caller and asserted.
[[nodiscard]] CommandWords encode_commands(const PlcOutputs& outputs, std::uint16_t heartbeat,
                                           std::uint16_t sequence,
                                           std::uint16_t watchdog_ms) noexcept;

/// True where going from `before` to `after` takes beam or motion away: its coils then go first.
[[nodiscard]] bool withdraws(const PlcOutputs& before, const PlcOutputs& after) noexcept;

/// A stretch of addresses that may be written.
struct WriteRun {
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};
/// The allow-list of an area: the writable tags of the table, as stretches. Nothing else is ever
/// written.
[[nodiscard]] std::vector<WriteRun> writable_runs(Area area);

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
