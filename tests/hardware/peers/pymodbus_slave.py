"""A Modbus slave that pymodbus answers for, as a program: PORT UNIT INPUTS COILS.

INPUTS is a word of 0 and 1. It prints "ready", then after each answer the first COILS coils in the
same way. Coils 0 to 255 and registers 1000h to 1007h exist, so that a relay board can be asked
for its linkage.
"""

from __future__ import annotations

import asyncio
import sys

from pymodbus.pdu import ModbusPDU
from pymodbus.pdu.bit_message import WriteMultipleCoilsRequest, WriteSingleCoilRequest
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

BAUD = 9600


def main(port: str, unit: str, inputs: str, coils: str) -> None:
    """Answer until the process is ended."""
    bits = [False] * 256
    device = SimDevice(
        id=int(unit),
        simdata=(
            [SimData(0, values=list(bits), datatype=DataType.BITS)],
            [SimData(0, values=[digit == "1" for digit in inputs], datatype=DataType.BITS)],
            [SimData(0x1000, count=8, values=0, datatype=DataType.REGISTERS)],
            [SimData(0, values=0, datatype=DataType.REGISTERS)],
        ),
    )

    def heard(is_sending: bool, pdu: ModbusPDU) -> ModbusPDU:
        if is_sending:
            print("".join(str(int(bit)) for bit in bits[: int(coils)]), flush=True)
        elif isinstance(pdu, WriteSingleCoilRequest | WriteMultipleCoilsRequest):
            given = pdu.bits[: pdu.count or 1]
            if pdu.address + len(given) <= len(bits):
                bits[pdu.address : pdu.address + len(given)] = given
        return pdu

    def from_us(is_sending: bool, packet: bytes) -> bytes:
        # pymodbus 3.16.1 answers for units that it does not have (exception 4), whatever is set.
        return b"" if is_sending and packet[0] != int(unit) else packet

    async def serve() -> None:
        server = ModbusSerialServer(
            device, port=port, baudrate=BAUD, trace_pdu=heard, trace_packet=from_us
        )
        await server.serve_forever(background=True)
        print("ready", flush=True)
        await server.serving

    asyncio.run(serve())


if __name__ == "__main__":
    main(*sys.argv[1:])
