"""Several devices of software on one RS-485 line, behind one port."""

from __future__ import annotations

from collections.abc import Iterable

from hardware.sim.pty_port import SimDevice


class SimBus:
    """A device made of devices: all hear what the host says, the addressed one answers.

    Two at the same address both answer, one after the other.
    """

    def __init__(self, devices: Iterable[SimDevice]) -> None:
        self._devices = tuple(devices)

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        """As SimDevice."""
        return [reply for each in self._devices for reply in each.received(data, now_s)]

    def advance(self, now_s: float) -> None:
        """As SimDevice."""
        for each in self._devices:
            each.advance(now_s)

    def next_change_s(self) -> float | None:
        """As SimDevice."""
        changes = [each.next_change_s() for each in self._devices]
        return min((at_s for at_s in changes if at_s is not None), default=None)
