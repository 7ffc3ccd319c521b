"""A Modbus TCP server made of pymodbus, an implementation that shares nothing with ours.

Prints its port, then serves: 128 bits and words in each area; discrete input n is n % 3 == 0,
input register n holds 1000 + n. Command echo and heartbeat are played by the given addresses.
"""

import asyncio
import sys
import types

for name, attribute in (("serial", None), ("serial_asyncio", "create_serial_connection")):
    try:
        __import__(name)
    except ImportError:  # only the serial server needs them
        sys.modules[name] = types.ModuleType(name)
        if attribute:
            setattr(sys.modules[name], attribute, None)

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer


async def main():
    heartbeat, echo, sequence = (int(argument) for argument in sys.argv[1:4])
    slave = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [1 if n % 3 == 0 else 0 for n in range(128)]),
        ir=ModbusSequentialDataBlock(0, [1000 + n for n in range(128)]),
        co=ModbusSequentialDataBlock(0, [0] * 128),
        hr=ModbusSequentialDataBlock(0, [0] * 128),
        zero_mode=True,
    )
    server = ModbusTcpServer(ModbusServerContext(slaves={1: slave}, single=False), address=("127.0.0.1", 0))
    task = asyncio.ensure_future(server.serve_forever())
    while server.server is None:
        if task.done():
            task.result()
        await asyncio.sleep(0.01)  # repository-rule: a look, bounded by the task's end
    print(server.server.sockets[0].getsockname()[1], flush=True)
    beat = 0
    while True:
        await asyncio.sleep(0.02)  # repository-rule: the beat of the PLC it plays
        beat = (beat + 1) % 65536
        slave.setValues(4, heartbeat, [beat])
        slave.setValues(4, echo, slave.getValues(3, sequence, 1))


asyncio.run(main())
