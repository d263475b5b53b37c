"""Compares a lane's relays, as their boards read them back, with what was ordered.

A relay that stays closed by itself holds the barrier open for everybody. What then happens is left
to the barrier machine and the lane runner.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from math import inf
from typing import Final

from hardware.boards.base import RelayBoard
from hardware.errors import HardwareError
from hardware.lane_control import PULSED, LaneSetup, Output
from hardware.line import Line
from hardware.orders import Priority
from hardware.port import BoardLink, PortState

READ_BACK_S: Final = 2.0
DEADLINE_S: Final = 0.5
AFTER_PULSE_S: Final = 0.5
"""A relay may be this late in dropping after its pulse."""
SEEN_MIN: Final = 2
"""So many readings in a row: an order may have crossed with the first."""


@dataclass(frozen=True, slots=True)
class Relays:
    """The relays of one board, channel 1 first, and when they were asked for."""

    board: str
    is_on: tuple[bool, ...]
    asked_at_s: float


class ReadBack:
    """The relays of one lane; all calls but those of `answered` come from the lane's thread."""

    def __init__(
        self,
        *,
        setup: LaneSetup,
        boards: Mapping[str, BoardLink],
        answered: Callable[[Relays | BaseException], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._outputs = setup.outputs
        self._pulse_s = setup.pulse_ms / 1000
        self._boards = {name: link for name, link in boards.items() if link.caps.has_readback}
        self._answered = answered
        self._monotonic = monotonic
        self._due_at_s = dict.fromkeys(self._boards, -inf)
        self._pulsed_until_s: dict[Output, float] = {}
        self._suspected: dict[str, int] = {}

    def start_again(self) -> None:
        """Somebody has looked at the relays: one that stays closed is to be told again."""
        for board in self._boards:
            self.forget(board)
            self.doubt(board)

    def forget(self, board: str) -> None:
        """This board was lost or begins anew: what was seen before counts no more."""
        self._suspected.pop(board, None)

    def pulse_ordered(self, output: Output) -> None:
        """A pulse is under way: until it has been answered its relay may be on."""
        self._pulsed_until_s[output] = inf

    def pulse_answered(self, output: Output) -> None:
        """The pulse went out, or nobody knows: its relay has to drop in time; look soon after."""
        until_s = self._monotonic() + self._pulse_s + AFTER_PULSE_S
        self._pulsed_until_s[output] = until_s
        board = self._outputs[output].board
        if board in self._due_at_s:
            self._due_at_s[board] = min(self._due_at_s[board], until_s)

    def doubt(self, board: str) -> None:
        """This board did not confirm an order: look at once at what it made of it."""
        if board in self._due_at_s:
            self._due_at_s[board] = -inf

    def ask(self) -> None:
        """Read back every board whose turn has come."""
        now_s = self._monotonic()
        for board, link in self._boards.items():
            if now_s >= self._due_at_s[board] and link.state is PortState.READY:
                self._due_at_s[board] = min(now_s + READ_BACK_S, self._pulse_ends_s(board, now_s))
                self._ask(board, now_s)

    def is_dropped(self, relays: Relays, shown: Mapping[Output, bool]) -> bool:
        """Whether a relay that should be on is off: the board may have started anew."""
        return any(
            shown.get(output) is True and not self._is_on(relays, output)
            for output in self._on_board(relays.board)
        )

    def is_stuck(self, relays: Relays, shown: Mapping[Output, bool]) -> bool:
        """Whether a relay that should be off is on, for the second time; told once each time."""
        is_suspect = any(
            self._is_on(relays, output) and self._should_be_off(output, relays, shown)
            for output in self._on_board(relays.board)
        )
        if not is_suspect:
            self.forget(relays.board)
            return False
        count = self._suspected[relays.board] = self._suspected.get(relays.board, 0) + 1
        if count == 1:
            self.doubt(relays.board)
        return count == SEEN_MIN

    def _pulse_ends_s(self, board: str, now_s: float) -> float:
        ends_s = (self._pulsed_until_s.get(output, -inf) for output in self._on_board(board))
        return min((end_s for end_s in ends_s if end_s > now_s), default=inf)

    def _on_board(self, board: str) -> list[Output]:
        return [output for output, wire in self._outputs.items() if wire.board == board]

    def _is_on(self, relays: Relays, output: Output) -> bool:
        channel = self._outputs[output].channel
        return channel <= len(relays.is_on) and relays.is_on[channel - 1]

    def _should_be_off(self, output: Output, relays: Relays, shown: Mapping[Output, bool]) -> bool:
        if output in PULSED:
            return relays.asked_at_s > self._pulsed_until_s.get(output, -inf)
        return shown.get(output) is False

    def _ask(self, board: str, now_s: float) -> None:
        def done(future: Future[tuple[bool, ...]]) -> None:
            failure = future.exception()
            if failure is None:
                self._answered(Relays(board, future.result(), now_s))
            elif not isinstance(failure, HardwareError):
                self._answered(failure)

        self._boards[board].submit(
            _read_outputs, priority=Priority.POLL, deadline_s=now_s + DEADLINE_S
        ).add_done_callback(done)


def _read_outputs(board: RelayBoard, line: Line) -> tuple[bool, ...]:
    return board.read_outputs(line)
