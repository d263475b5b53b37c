"""A board of software with plain Modbus coils and inputs, as many makers sell it; no timers.

What it has in common with any Modbus board is left to rtu_board.py.
Source: Modbus Application Protocol V1.1b3.
"""

from __future__ import annotations

from hardware.sim.relay_board import OutputListener
from hardware.sim.rtu_board import (
    ILLEGAL_ADDRESS,
    ILLEGAL_VALUE,
    WRITE_COILS,
    Refused,
    RtuBoard,
    word,
)


class CoilBoard(RtuBoard):
    """The device: functions 1, 2, 5 and 15."""

    def __init__(
        self,
        *,
        outputs: int = 8,
        inputs: int = 8,
        unit: int = 1,
        on_output: OutputListener | None = None,
    ) -> None:
        super().__init__(outputs=outputs, inputs=inputs, unit=unit, on_output=on_output)

    def _carried_out(self, request: bytes, now_s: float) -> bytes:
        if request[1] != WRITE_COILS:
            return super()._carried_out(request, now_s)
        first, count, content = word(request, 2), word(request, 4), request[7:-2]
        if count < 1 or len(content) != (count + 7) // 8:
            raise Refused(ILLEGAL_VALUE)
        if first + count > len(self._contacts):
            raise Refused(ILLEGAL_ADDRESS)
        for index in range(count):
            self._switch(first + index, is_on=bool(content[index // 8] >> index % 8 & 1))
        return request[2:6]
