"""What can go wrong at the pretended provider, and the queue of what shall go wrong next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from kiosk.payments.simulator.books import OPERATIONS


class SimulatedFault(Enum):
    """What goes wrong with a request; `fault_next` sets it for the next ones.

    The first twelve are the provider's own, the last three lie on the way to it.
    """

    ANSWER_LOST_AFTER_DOING = "answer-lost-after-doing"
    """It is done; the connection ends without a byte of an answer."""
    ANSWER_LATE = "answer-late"
    """It is done; the answer comes when nobody waits for it any more, or after `let_go`."""
    ERROR_AFTER_DOING = "error-after-doing"
    """It is done, and the answer is a 500."""
    ERROR_BEFORE_DOING = "error-before-doing"
    """It is not done, and the answer is a 503."""
    NOTICE_TWICE = "notice-twice"
    """Its notice comes twice, the very same bytes."""
    NOTICES_OUT_OF_ORDER = "notices-out-of-order"
    """Its notice comes before those that wait already."""
    DECLINED = "declined"
    EXPIRED = "expired"
    """Declined because the card, or the authorisation that it names, has run out."""
    PARTIAL = "partial"
    """Half of it is done, and the answer says so."""
    WRONG_AMOUNT = "wrong-amount"
    """It is done; the answer says one unit more than was done."""
    CONNECTION_CLOSED = "connection-closed"
    """It is done; the connection ends in the middle of the answer."""
    GARBAGE = "garbage"
    """It is done; the answer is no JSON."""

    ANSWER_LOST_BEFORE_DOING = "answer-lost-before-doing"
    """It is not done; the connection ends without a byte of an answer."""
    ANSWERED_TWICE = "answered-twice"
    """The request is delivered twice; the key must make the second one change nothing."""
    UNREACHABLE = "unreachable"
    """Nothing arrives. Only in process: a real one is made unreachable by ending it."""


FAULTS_AT_MOST = 10_000
"""How many may wait to be played."""


class FaultQueue:
    """Faults of the next requests, one each; some wait for a request of one kind."""

    def __init__(self) -> None:
        self._waiting: list[tuple[SimulatedFault, str | None]] = []

    def has_room(self, count: int) -> bool:
        """Whether so many more may wait."""
        return len(self._waiting) + count <= FAULTS_AT_MOST

    def add(self, faults: Sequence[SimulatedFault], *, kind: str | None) -> None:
        """The next requests of a kind meet these; without one, the next operations do."""
        assert self.has_room(len(faults))
        self._waiting += [(fault, kind) for fault in faults]

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._waiting.clear()

    def take(self, kind: str) -> SimulatedFault | None:
        """What a request of this kind meets: an operation's word, "query" or "report"."""
        for place, (fault, wanted) in enumerate(self._waiting):
            if wanted == kind or (wanted is None and kind in OPERATIONS):
                del self._waiting[place]
                return fault
        return None
