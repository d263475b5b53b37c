"""A Waveshare Modbus RTU Relay (D) of software: flash timers and the link of input to relay.

What it has in common with any Modbus board is left to rtu_board.py.
Source: www.waveshare.com/wiki/Modbus_RTU_Relay_(D).
"""

from __future__ import annotations

from typing import Final

from hardware.sim.relay_board import OutputListener
from hardware.sim.rtu_board import (
    COIL_OFF,
    COIL_ON,
    ILLEGAL_ADDRESS,
    ILLEGAL_VALUE,
    Refused,
    RtuBoard,
    word,
)

ALL_COILS: Final = 0x00FF
FLASH_ON: Final = 0x0200
FLASH_MAX: Final = 0x7FFF
LINKAGE: Final = 0x1000


class WaveshareBoard(RtuBoard):
    """The device; is_linked=True is how it leaves the factory: each input switches its relay."""

    def __init__(
        self,
        *,
        outputs: int = 8,
        inputs: int = 8,
        unit: int = 1,
        is_linked: bool = False,
        on_output: OutputListener | None = None,
    ) -> None:
        super().__init__(outputs=outputs, inputs=inputs, unit=unit, on_output=on_output)
        self._linkage = [int(is_linked)] * outputs

    def set_input(self, channel: int, is_on: bool) -> None:
        """Give or take current at an input; a linked relay follows."""
        super().set_input(channel, is_on)
        if self._linkage[channel - 1]:
            self._switch(channel - 1, is_on=is_on)

    def _carried_out(self, request: bytes, now_s: float) -> bytes:
        match request[1]:
            case 0x03:
                return self._registers(word(request, 2), word(request, 4))
            case 0x10:
                self._write_registers(request)
                return request[2:6]
        return super()._carried_out(request, now_s)

    def _write_coil(self, address: int, value: int, now_s: float) -> None:
        if address & 0xFF00 == FLASH_ON:
            self._flash(address - FLASH_ON, value, now_s)
        elif address == ALL_COILS and value in (COIL_ON, COIL_OFF):
            for index in range(len(self._contacts)):
                self._switch(index, is_on=value == COIL_ON)
        else:
            super()._write_coil(address, value, now_s)

    def _flash(self, index: int, tenths: int, now_s: float) -> None:
        if index >= len(self._contacts):
            raise Refused(ILLEGAL_ADDRESS)
        if not 1 <= tenths <= FLASH_MAX:
            raise Refused(ILLEGAL_VALUE)
        self._switch(index, is_on=True, until_s=now_s + tenths / 10)

    def _registers(self, address: int, count: int) -> bytes:
        wanted = self._linkage[address - LINKAGE :][:count] if address >= LINKAGE else []
        if count < 1 or len(wanted) != count:
            raise Refused(ILLEGAL_ADDRESS)
        content = b"".join(each.to_bytes(2, "big") for each in wanted)
        return bytes((len(content),)) + content

    def _write_registers(self, request: bytes) -> None:
        first, count = word(request, 2) - LINKAGE, word(request, 4)
        if first < 0 or first + count > len(self._linkage) or request[6] != 2 * count:
            raise Refused(ILLEGAL_ADDRESS)
        for index in range(count):
            self._linkage[first + index] = word(request, 7 + 2 * index)
