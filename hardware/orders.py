"""Orders for a port: which goes first, which are dropped, and how a host ends its own pulses.

Nothing here touches a line; the port's thread takes the orders and carries them out.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from hardware.boards.base import RelayBoard
from hardware.errors import CommandDropped
from hardware.line import Line

QUEUE_MAX: Final = 64
RELEASE_AGAIN_S: Final = 0.1
"""A relay that the host lets drop is told so twice: a lost frame would leave OPEN pressed."""


class Priority(IntEnum):
    """Which order goes first on a line; equal ones go in the order of their submission."""

    STOP = 0
    OPEN = 1
    CLOSE = 2
    OUTPUT = 3
    POLL = 4


@dataclass(order=True, slots=True)
class Order:
    """One transaction that waits: `act` on the board of this name, begun by deadline_s or not."""

    priority: int
    number: int
    board: str = field(compare=False)
    deadline_s: float = field(compare=False)
    act: Callable[[RelayBoard, Line], Any] = field(compare=False)
    future: Future[Any] = field(compare=False)

    def drop(self, why: str) -> None:
        """Tell whoever ordered it that nothing was sent."""
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(CommandDropped(why))

    def is_begun(self) -> bool:
        """Whether it is to be carried out now: neither cancelled nor too late."""
        if not self.future.set_running_or_notify_cancel():
            return False
        if time.monotonic() > self.deadline_s:
            self.future.set_exception(CommandDropped("not begun by its deadline"))
            return False
        return True


class OrderQueue:
    """The orders that wait for one line. Not safe by itself: the port's lock guards it."""

    def __init__(self) -> None:
        self._orders: list[Order] = []
        self._numbers = itertools.count()

    @property
    def is_full(self) -> bool:
        """Whether no more orders are taken."""
        return len(self._orders) >= QUEUE_MAX

    def add(
        self,
        board: str,
        act: Callable[[RelayBoard, Line], Any],
        *,
        priority: Priority,
        deadline_s: float,
    ) -> Future[Any]:
        """Let an order wait for its turn."""
        future: Future[Any] = Future()
        heapq.heappush(
            self._orders, Order(priority, next(self._numbers), board, deadline_s, act, future)
        )
        return future

    def next(self, least: Priority) -> Order | None:
        """Take the order whose turn it is, unless all that wait are less urgent than `least`."""
        is_due = bool(self._orders) and self._orders[0].priority <= least
        return heapq.heappop(self._orders) if is_due else None

    def take_all(self, board: str | None = None) -> list[Order]:
        """Take the orders of one board, or all, in their turn."""
        taken = [order for order in self._orders if board in (None, order.board)]
        self._orders = [order for order in self._orders if order not in taken]
        heapq.heapify(self._orders)
        return sorted(taken)


@dataclass(order=True, frozen=True, slots=True)
class Release:
    """A relay to let drop at an instant, because its board cannot time a pulse."""

    at_s: float
    board: str
    channel: int


class Releases:
    """The pulses that the host has to end; used by the port's thread alone."""

    def __init__(self) -> None:
        self._due: list[Release] = []

    def add(self, board: str, channel: int, at_s: float) -> None:
        """Let this relay drop at at_s and once more; an earlier end of its pulse is forgotten."""
        place = (board, channel)
        self._due = [each for each in self._due if (each.board, each.channel) != place]
        self._due += [Release(at_s + more_s, board, channel) for more_s in (0, RELEASE_AGAIN_S)]
        self._due.sort()

    def forget(self, board: str) -> None:
        """The board is lost: every relay is switched off before it is used again."""
        self._due = [release for release in self._due if release.board != board]

    def next_at_s(self) -> float | None:
        """When the next relay is to drop; None when none is."""
        return self._due[0].at_s if self._due else None

    def take_due(self, now_s: float) -> Release | None:
        """Take a release whose instant has come."""
        return self._due.pop(0) if self._due and self._due[0].at_s <= now_s else None
