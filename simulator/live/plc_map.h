#pragma once

#include "core/result.h"
#include "plc/tags/tag_map.h"
#include "simulator/live/modbus_slave.h"
#include "simulator/live/safety_plc.h"

namespace portcullis::simulator {

/// The wires of the simulated PLC: its facts and commands at the addresses of a tag map.
/// Threading: stateless but for what is handed in.
class PlcMap final {
 public:
  /// Fails with kInternal where the tag table has a row that this PLC does not serve, by name.
  static core::Status check();
  /// Tables of the right sizes, commands at their start values.
  static ModbusTables make_tables(const plc::TagMap& map = plc::TagMap::built_in());
  static void publish(const PlcDiscreteInputs& inputs, const PlcInputRegisters& registers,
                      ModbusTables& tables, const plc::TagMap& map = plc::TagMap::built_in());
  static PlcCommands read_commands(const ModbusTables& tables,
                                   const plc::TagMap& map = plc::TagMap::built_in());
  /// Whether every holding value that [first, first + count) touches is in its tag's range.
  static bool holding_in_range(const std::vector<std::uint16_t>& holding, std::size_t first,
                               std::size_t count, const plc::TagMap& map = plc::TagMap::built_in());
};

}  // namespace portcullis::simulator
