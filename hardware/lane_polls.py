"""Reads the inputs of all boards of a lane and says whether the lane can see.

What the inputs mean is left to the barrier machine.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from hardware.boards.base import RelayBoard
from hardware.errors import CommandDropped, HardwareError
from hardware.inputs import InputBank
from hardware.lane_control import LaneSetup
from hardware.lane_words import LaneInputs
from hardware.line import Line
from hardware.orders import Priority
from hardware.port import BoardLink, PortState

POLL_DEADLINE_S: Final = 0.100
MISSED_MAX: Final = 3
COMING: Final = (PortState.CLOSED, PortState.OPENING, PortState.PROBING)
"""At a start a board is not lost: it has not been there yet."""
GONE: Final = (PortState.LOST, PortState.DENIED)


@dataclass(frozen=True, slots=True)
class Poll:
    """What one board answered: its inputs as wired, or the failure; nothing when it gave none."""

    board: str
    readings: tuple[bool, ...] | None
    at_s: float
    is_asked: bool = True


class LanePolls:
    """The inputs of one lane; all calls but those of `answered` come from the lane's thread."""

    def __init__(
        self,
        *,
        setup: LaneSetup,
        boards: Mapping[str, BoardLink],
        answered: Callable[[Poll | BaseException], None],
        monotonic: Callable[[], float],
    ) -> None:
        self._boards = boards
        self._answered = answered
        self._monotonic = monotonic
        self._age_max_s = setup.timers.input_age_max_s
        polled = {wire.board for wire in setup.inputs.values()}
        self._banks = {
            board: InputBank(
                {name: wire for name, wire in setup.inputs.items() if wire.board == board},
                max_age_s=self._age_max_s,
            )
            for board in sorted(polled)
        }
        self._missed = dict.fromkeys(self._banks, 0)
        self._asked: set[str] = set()

    def ask(self) -> None:
        """Poll every board that has answered its last poll."""
        for board in self._banks:
            if board not in self._asked:
                self._asked.add(board)
                self._ask(board)

    def take(self, poll: Poll) -> None:
        """Take the answer of one board into account."""
        self._asked.discard(poll.board)
        if not poll.is_asked:
            return  # the line had no time for it; how old the last reading is decides
        is_fresh = self._monotonic() - poll.at_s <= self._age_max_s
        if poll.readings is None or not is_fresh:
            self._missed[poll.board] += 1
            return
        self._missed[poll.board] = 0
        self._banks[poll.board].feed(poll.readings, poll.at_s)

    def forget(self) -> None:
        """The lane is blind: every input is unknown until it has been read anew."""
        for bank in self._banks.values():
            bank.forget()

    def is_lost(self) -> bool:
        """Whether a board of the lane is gone or has not answered three times in a row."""
        if any(link.state in GONE for link in self._boards.values()):
            return True
        return any(
            missed >= MISSED_MAX and self._boards[board].state not in COMING
            for board, missed in self._missed.items()
        )

    def read(self) -> tuple[LaneInputs, float] | None:
        """All inputs, and how old the oldest of them is in seconds.

        None while a board is not ready or was not just read.
        """
        now_s = self._monotonic()
        if any(link.state is not PortState.READY for link in self._boards.values()):
            return None
        values: dict[str, bool | None] = {}
        oldest_s = 0.0
        for bank in self._banks.values():
            age_s = bank.age_s(now_s)
            if age_s is None or age_s > self._age_max_s:
                return None
            oldest_s = max(oldest_s, age_s)
            values |= bank.read(now_s)
        return LaneInputs(**values), oldest_s

    def _ask(self, board: str) -> None:
        def done(future: Future[tuple[bool, ...]]) -> None:
            failure = future.exception()
            if failure is not None and not isinstance(failure, HardwareError):
                self._answered(failure)
                return
            readings = future.result() if failure is None else None
            is_asked = not isinstance(failure, CommandDropped)
            self._answered(Poll(board, readings, self._monotonic(), is_asked))

        deadline_s = self._monotonic() + POLL_DEADLINE_S
        self._boards[board].submit(
            _read_inputs, priority=Priority.POLL, deadline_s=deadline_s
        ).add_done_callback(done)


def _read_inputs(board: RelayBoard, line: Line) -> tuple[bool, ...]:
    return board.read_inputs(line)
