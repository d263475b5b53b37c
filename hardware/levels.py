"""Keeps a lane's lamps, sign, hold and host-alive relays as they are wanted, order by order.

These are levels, not pulses: an order that failed is given again. When they change is left to the
barrier machine and the services.
"""

import queue
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Final

from hardware.boards.base import Ack, RelayBoard
from hardware.lane_control import LEASED, PULSED, LaneSetup, Output
from hardware.line import Line
from hardware.orders import Priority
from hardware.port import BoardLink

LEVEL_DEADLINE_S: Final = 2.0
RETRY_S: Final = 1.0
LEASE_MS: Final = 2000
RENEW_S: Final = 1.0
"""A lease is renewed at half of its time: one lost frame lets nothing drop."""


class Levels:
    """The levels of one lane; all calls come from the lane's thread.

    HOLD and HOST_ALIVE are leases where the board can time them: they drop when the host dies.
    """

    def __init__(
        self,
        *,
        setup: LaneSetup,
        boards: Mapping[str, BoardLink],
        monotonic: Callable[[], float],
    ) -> None:
        self._monotonic = monotonic
        self._relays = setup.outputs
        self._wires = {
            output: wire for output, wire in setup.outputs.items() if output not in PULSED
        }
        self._boards = boards
        self._wanted: dict[Output, bool] = {}
        self._shown: dict[Output, bool] = {}
        self._due_at_s: dict[Output, float] = {}
        self._doubtful: set[str] = set()
        self._done: queue.SimpleQueue[tuple[Output, bool | None]] = queue.SimpleQueue()

    @property
    def shown(self) -> Mapping[Output, bool]:
        """What the boards have confirmed and nothing has made doubtful since."""
        return self._shown

    def want(self, wanted: Mapping[Output, bool]) -> None:
        """Want these levels from now on, and order them."""
        for output, is_on in wanted.items():
            if output in self._wires and self._wanted.get(output) is not is_on:
                self._wanted[output] = is_on
                self._due_at_s.pop(output, None)
        self.keep_up()

    def forget(self, board: str) -> None:
        """This board may have switched everything off: what it shows is unknown."""
        for output, wire in self._wires.items():
            if wire.board == board:
                self._shown.pop(output, None)
                self._due_at_s.pop(output, None)

    def switch_off(self, board: str) -> None:
        """Let all relays of this lane on a board drop, once; the levels are then ordered anew.

        Another lane may have relays on the same board: those are not touched.
        """
        for wire in self._relays.values():
            if wire.board == board:
                self._boards[board].submit(
                    partial(_switch_off, wire.channel),
                    priority=Priority.STOP,
                    deadline_s=self._monotonic() + LEVEL_DEADLINE_S,
                )
        self.forget(board)

    def take_doubtful(self) -> frozenset[str]:
        """The boards that have not confirmed an order since this was last asked."""
        boards, self._doubtful = frozenset(self._doubtful), set()
        return boards

    def keep_up(self) -> None:
        """Order what is not yet confirmed or has to be renewed; a failed order after a second."""
        while not self._done.empty():
            output, is_on = self._done.get()
            if is_on is None:
                self._shown.pop(output, None)
                self._doubtful.add(self._wires[output].board)
            else:
                self._shown[output] = is_on
        for output in sorted(self._wanted, key=lambda each: self._wanted[each]):  # off, then on
            is_on = self._wanted[output]
            if self._shown.get(output) is not is_on or (is_on and self._is_leased(output)):
                self._switch(output, is_on=is_on)

    def _is_leased(self, output: Output) -> bool:
        caps = self._boards[self._wires[output].board].caps
        return output in LEASED and caps.pulse_max_ms >= LEASE_MS

    def _switch(self, output: Output, *, is_on: bool) -> None:
        now_s = self._monotonic()
        if now_s < self._due_at_s.get(output, now_s):
            return
        is_lease = is_on and self._is_leased(output)
        self._due_at_s[output] = now_s + (RENEW_S if is_lease else RETRY_S)
        wire = self._wires[output]

        def order(board: RelayBoard, line: Line) -> Ack:
            if is_lease:
                return board.lease(line, wire.channel, LEASE_MS)
            return board.set_output(line, wire.channel, is_on)

        def done(future: Future[Ack]) -> None:
            self._done.put((output, is_on if future.exception() is None else None))

        self._boards[wire.board].submit(
            order, priority=Priority.OUTPUT, deadline_s=now_s + LEVEL_DEADLINE_S
        ).add_done_callback(done)


def _switch_off(channel: int, board: RelayBoard, line: Line) -> Ack:
    return board.set_output(line, channel, False)
