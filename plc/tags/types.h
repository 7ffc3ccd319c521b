#pragma once

#include <cstdint>
#include <string_view>

namespace portcullis::plc {

/// The four Modbus tables, with the function codes that read them.
enum class Area : std::uint8_t {
  kDiscreteInput,    ///< Read by function 2.
  kInputRegister,    ///< Read by function 4.
  kCoil,             ///< Read by function 1, written by 5 and 15.
  kHoldingRegister,  ///< Read by function 3, written by 6 and 16.
};
inline constexpr std::size_t kAreaCount = 4;

enum class TagType : std::uint8_t { kBit, kU16, kI16, kU32, kI32 };

/// kChain: part of the interlock chain; kStatus: shown and used for decisions; kNone: neither.
enum class SafetyClass : std::uint8_t { kNone, kStatus, kChain };

/// One row of the tag table. Engineering value = raw value * scale, in `unit`.
struct TagInfo {
  std::string_view name;  ///< "door_1_closed_a"
  Area area = Area::kDiscreteInput;
  std::uint16_t address = 0;  ///< In its area, from 0: of a bit, or of the first register.
  TagType type = TagType::kBit;
  std::uint8_t words = 1;  ///< Registers it takes; 1 for a bit.
  double scale = 1;
  std::string_view unit;
  double min = 0;  ///< In `unit`; a value outside is invalid.
  double max = 1;
  bool writable = false;  ///< On the allow-list of writes.
  SafetyClass safety = SafetyClass::kNone;
  std::string_view text;  ///< For people: "Door 1 closed, channel A".
};

}  // namespace portcullis::plc
