"""A Modbus slave that libmodbus answers for, as a program: PORT UNIT INPUTS COILS.

INPUTS is a word of 0 and 1. It prints "ready", then after each answer the first COILS coils in the
same way. Coils 0 to 255 and registers 1000h to 1007h exist, so that a relay board can be asked
for its linkage.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys

BAUD = 9600
MAX_FRAME_BYTES = 256
PROTOCOL_RECOVERY = 4
"""After a frame that is none, drop what else came with it."""


class Mapping(ctypes.Structure):
    """modbus_mapping_t of libmodbus 3.1."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("nb_bits", "start_bits")),
        *((name, ctypes.c_int) for name in ("nb_input_bits", "start_input_bits")),
        *((name, ctypes.c_int) for name in ("nb_input_registers", "start_input_registers")),
        *((name, ctypes.c_int) for name in ("nb_registers", "start_registers")),
        *((name, ctypes.POINTER(ctypes.c_uint8)) for name in ("tab_bits", "tab_input_bits")),
        *((name, ctypes.POINTER(ctypes.c_uint16)) for name in ("tab_input_regs", "tab_regs")),
    ]


def main(port: str, unit: str, inputs: str, coils: str) -> None:
    """Answer until the process is ended."""
    name = ctypes.util.find_library("modbus")
    assert name is not None, "libmodbus is installed"
    library = ctypes.CDLL(name, use_errno=True)
    library.modbus_new_rtu.restype = ctypes.c_void_p
    library.modbus_mapping_new_start_address.restype = ctypes.POINTER(Mapping)
    slave = ctypes.c_void_p(library.modbus_new_rtu(port.encode(), BAUD, ctypes.c_char(b"N"), 8, 1))
    library.modbus_set_slave(slave, int(unit))
    library.modbus_set_error_recovery(slave, PROTOCOL_RECOVERY)
    assert library.modbus_connect(slave) == 0, f"{port} cannot be opened"
    # First coil and count, then the same of inputs, registers and input registers.
    mapping = library.modbus_mapping_new_start_address(0, 256, 0, len(inputs), 0x1000, 8, 0, 0)
    for index, digit in enumerate(inputs):
        mapping.contents.tab_input_bits[index] = int(digit)
    print("ready", flush=True)
    frame = (ctypes.c_uint8 * MAX_FRAME_BYTES)()
    while True:
        count = library.modbus_receive(slave, frame)
        if count > 0:
            library.modbus_reply(slave, frame, count, mapping)
            print("".join(str(bit) for bit in mapping.contents.tab_bits[: int(coils)]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
