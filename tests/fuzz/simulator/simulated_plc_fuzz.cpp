// Whatever a Modbus client sends, the simulated PLC answers within the protocol or gives up the
// stream; its holding registers keep to their ranges.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "simulator/live/modbus_slave.h"
#include "simulator/live/plc_map.h"

namespace simulator = portcullis::simulator;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  simulator::ModbusTables tables = simulator::PlcMap::make_tables();
  simulator::ModbusSlave slave(tables, 1,
                               [](const auto& holding, std::size_t from, std::size_t count) {
                                 return simulator::PlcMap::holding_in_range(holding, from, count);
                               });
  simulator::ModbusFramer framer;
  // Two pieces, so that frames are cut anywhere.
  const std::size_t first = size == 0 ? 0 : data[0] % size;
  framer.push({data, first});
  framer.push({data + first, size - first});
  while (const auto frame = framer.next()) {
    const auto reply = slave.answer_frame(*frame);
    if (reply.size() < 9 || reply.size() > 260) std::abort();
    if (reply[0] != (*frame)[0] || reply[1] != (*frame)[1]) std::abort();
    const std::size_t length = static_cast<std::size_t>(reply[4]) << 8 | reply[5];
    if (length != reply.size() - 6) std::abort();
  }
  if (!simulator::PlcMap::holding_in_range(tables.holding_registers, 0,
                                           tables.holding_registers.size())) {
    std::abort();
  }
  return 0;
}
