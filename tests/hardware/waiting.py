"""Lets a test wait for what another thread reports, with a limit and without sleeping."""

from __future__ import annotations

import queue
from typing import Generic, TypeVar

T = TypeVar("T")

LIMIT_S = 10.0
"""Only a broken program waits so long; a slow machine does not."""


class Reports(Generic[T]):
    """Hand `add` to whoever reports; the test takes them one by one."""

    def __init__(self) -> None:
        self._queue: queue.Queue[T] = queue.Queue()

    def add(self, report: T) -> None:
        """Called from any thread."""
        self._queue.put(report)

    def next(self) -> T:
        """The next report."""
        return self._queue.get(timeout=LIMIT_S)

    def until(self, wanted: T) -> list[T]:
        """All reports up to the wanted one."""
        seen = [self.next()]
        while seen[-1] != wanted:
            seen.append(self.next())
        return seen

    def rest(self) -> list[T]:
        """What has been reported and not taken yet."""
        left = []
        while not self._queue.empty():
            left.append(self._queue.get())
        return left
