"""A Modbus server made of pymodbus, an implementation that shares nothing with ours.

    pymodbus_server.py tcp|DEVICE UNIT HEARTBEAT ECHO SEQUENCE

On TCP prints its port, on a serial device (RTU, 115200 baud, no parity: a pseudo-terminal has none) 1, then serves: 4096 bits
and words in each area; discrete input n is n % 3 == 0, input register n holds 1000 + n. The
heartbeat and the echo of the command sequence are played at the given addresses.
"""

import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer

SIZE = 4096


async def main():
    wire = sys.argv[1]
    unit, heartbeat, echo, sequence = (int(argument) for argument in sys.argv[2:6])
    slave = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [1 if n % 3 == 0 else 0 for n in range(SIZE)]),
        ir=ModbusSequentialDataBlock(0, [1000 + n for n in range(SIZE)]),
        co=ModbusSequentialDataBlock(0, [0] * SIZE),
        hr=ModbusSequentialDataBlock(0, [0] * SIZE),
        zero_mode=True,
    )
    context = ModbusServerContext(slaves={unit: slave}, single=False)
    if wire == "tcp":
        server = ModbusTcpServer(context, address=("127.0.0.1", 0))
        task = asyncio.ensure_future(server.serve_forever())
        while server.server is None:
            if task.done():
                task.result()
            await asyncio.sleep(0.01)  # repository-rule: a look, bounded by the task's end
        print(server.server.sockets[0].getsockname()[1], flush=True)
    else:
        server = ModbusSerialServer(
            context, framer=ModbusRtuFramer, port=wire, baudrate=115200, parity="N", timeout=0.001
        )
        await server.start()
        task = asyncio.ensure_future(server.serve_forever())
        print(1, flush=True)
    beat = 0
    while True:
        await asyncio.sleep(0.02)  # repository-rule: the beat of the PLC it plays
        if task.done():
            task.result()
        beat = (beat + 1) % 65536
        slave.setValues(4, heartbeat, [beat])
        slave.setValues(4, echo, slave.getValues(3, sequence, 1))


asyncio.run(main())
