"""Keeps a lane's two lamp relays as the machine wants them, order by order.

A lamp is a level, not a pulse: an order that failed is given again. When the lamp changes is left
to the barrier machine.
"""

import queue
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from hardware.boards.base import Ack, RelayBoard
from hardware.lane_control import LaneSetup
from hardware.lane_words import Lamp
from hardware.line import Line
from hardware.port import PortWorker, Priority

LAMP_DEADLINE_S: Final = 2.0
RETRY_S: Final = 1.0


class Lamps:
    """The lamps of one lane; all calls come from the lane's thread."""

    def __init__(
        self, *, setup: LaneSetup, port: PortWorker, monotonic: Callable[[], float]
    ) -> None:
        self._port = port
        self._monotonic = monotonic
        self._channels = {
            lamp: channel
            for lamp, channel in (
                (Lamp.GREEN, setup.green_channel),
                (Lamp.RED, setup.red_channel),
            )
            if channel is not None
        }
        self._wanted: Lamp | None = None
        self._shown: dict[int, bool] = {}
        self._retry_at_s: dict[int, float] = {}
        self._done: queue.SimpleQueue[tuple[int, bool | None]] = queue.SimpleQueue()

    def show(self, lamp: Lamp) -> None:
        """Want this lamp from now on, and order it."""
        self._wanted = lamp
        self._retry_at_s.clear()
        self.keep_up()

    def forget(self) -> None:
        """The board switched everything off: what it shows is unknown."""
        self._shown.clear()

    def keep_up(self) -> None:
        """Order what is not yet confirmed; a failed order again after a second."""
        while not self._done.empty():
            channel, is_on = self._done.get()
            if is_on is None:
                self._shown.pop(channel, None)
            else:
                self._shown[channel] = is_on
        if self._wanted is None:
            return
        wanted = {channel: lamp is self._wanted for lamp, channel in self._channels.items()}
        for channel in sorted(wanted, key=lambda channel: wanted[channel]):  # first off, then on
            if self._shown.get(channel) is not wanted[channel]:
                self._switch(channel, is_on=wanted[channel])

    def _switch(self, channel: int, *, is_on: bool) -> None:
        now_s = self._monotonic()
        if now_s < self._retry_at_s.get(channel, now_s):
            return
        self._retry_at_s[channel] = now_s + RETRY_S

        def order(board: RelayBoard, line: Line) -> Ack:
            return board.set_output(line, channel, is_on)

        def done(future: Future[Ack]) -> None:
            self._done.put((channel, is_on if future.exception() is None else None))

        self._port.submit(
            order, priority=Priority.OUTPUT, deadline_s=now_s + LAMP_DEADLINE_S
        ).add_done_callback(done)
