"""A KMTronic USB relay board of software: three bytes an order, answers only to queries.

Boards of one or two relays are asked relay by relay, those of four or eight all at once.
Source: info.kmtronic.com.
"""

from __future__ import annotations

from typing import Final

from hardware.sim.relay_board import BoardFault, OutputListener, SimBoard

HEAD: Final = 0xFF
FRAME_BYTES: Final = 3
ASK_ONE: Final = 3
ASK_ALL: Final = bytes((HEAD, 0x09, 0x00))
NO_STATE: Final = 0x55
SIZES: Final = (1, 2, 4, 8)
SMALL: Final = 2


class KmtronicBoard(SimBoard):
    """The device: 1, 2, 4 or 8 relays, no inputs."""

    def __init__(self, *, outputs: int = 8, on_output: OutputListener | None = None) -> None:
        if outputs not in SIZES:
            raise ValueError(f"such boards have 1, 2, 4 or 8 relays, not {outputs}")
        faults = [BoardFault.MUTE, BoardFault.WRONG_VALUE, BoardFault.STALE_REPLY]
        if outputs <= SMALL:  # only these name a relay in what they answer
            faults.append(BoardFault.WRONG_COIL)
        super().__init__(outputs=outputs, faults=faults, on_output=on_output)

    def _obey(self, now_s: float) -> list[bytes]:
        replies = []
        while len(self._inbox) >= FRAME_BYTES:
            frame = self._inbox[:FRAME_BYTES]
            answer = self._answer(frame)
            self._inbox = self._inbox[1 if answer is None else FRAME_BYTES :]
            if answer:
                replies.append(self._said(answer))
        return replies

    def _answer(self, frame: bytes) -> bytes | None:
        """Obey one frame: what is answered, b"" for nothing, None when it is not a frame."""
        head, channel, order = frame
        is_small = len(self._contacts) <= SMALL
        if frame == ASK_ALL and not is_small:
            return bytes(self._state(is_on) for is_on in self._contacts)
        if head != HEAD or not 1 <= channel <= len(self._contacts):
            return None
        if order == ASK_ONE and is_small:
            named = channel ^ 3 if self.fault is BoardFault.WRONG_COIL else channel
            return bytes((HEAD, named, self._state(self._contacts[channel - 1])))
        if order not in (0, 1):
            return None
        self._switch(channel - 1, is_on=order == 1)
        return b""

    def _state(self, is_on: bool) -> int:
        return NO_STATE if self.fault is BoardFault.WRONG_VALUE else int(is_on)
