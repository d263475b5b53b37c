"""Instants and half-open windows in UTC; local time is the business of offers and screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

_MINUTE = timedelta(minutes=1)


class Clock(Protocol):
    """Where a use case learns what time it is."""

    def now(self) -> datetime:
        """The present instant: aware, UTC, whole seconds (so that storage keeps it exactly)."""
        ...


def started_minutes(span: timedelta) -> int:
    """How many minutes long a stay is called, on screens and papers alike: started ones count.

    As tariffs count them; a span below zero, of a clock that was set back, has none.
    """
    return max(-(-span // _MINUTE), 0)


def to_epoch(instant: datetime) -> int:
    """Whole seconds since 1970-01-01 UTC of an aware instant."""
    assert instant.tzinfo is not None, "an instant has a time zone"
    return int(instant.timestamp())


def from_epoch(epoch_s: int) -> datetime:
    """The UTC instant of whole seconds since 1970-01-01."""
    return datetime.fromtimestamp(epoch_s, UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open span [from_, until) between two UTC instants; never empty."""

    from_: datetime
    until: datetime

    def __post_init__(self) -> None:
        assert self.from_.tzinfo is not None
        assert self.until.tzinfo is not None
        assert self.from_ < self.until, "a window ends after it starts"

    @property
    def duration(self) -> timedelta:
        """Elapsed time from start to end."""
        return self.until - self.from_

    def covers(self, other: Window) -> bool:
        """Whether every instant of the other window lies in this one."""
        return self.from_ <= other.from_ and other.until <= self.until

    def overlaps(self, other: Window) -> bool:
        """Whether the two windows share an instant; windows that only touch do not."""
        return self.from_ < other.until and other.from_ < self.until

    def inside(self, other: Window) -> Window | None:
        """What of this window lies in the other one; None when nothing does."""
        if not self.overlaps(other):
            return None
        return Window(max(self.from_, other.from_), min(self.until, other.until))

    def widened(self, margin: timedelta) -> Window:
        """The same window with the margin added on both sides."""
        return Window(self.from_ - margin, self.until + margin)


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same instants as disjoint windows in order; windows that touch become one."""
    result: list[Window] = []
    for window in sorted(windows, key=lambda each: each.from_):
        if result and window.from_ <= result[-1].until:
            last = result[-1]
            result[-1] = Window(last.from_, max(last.until, window.until))
        else:
            result.append(window)
    return tuple(result)


def without(windows: Iterable[Window], taken: Iterable[Window]) -> tuple[Window, ...]:
    """The instants of `windows` that lie in none of `taken`, as disjoint windows in order."""
    rest: list[Window] = []
    holes = merged(taken)
    first = 0
    for window in merged(windows):
        while first < len(holes) and holes[first].until <= window.from_:
            first += 1
        from_ = window.from_
        for hole in holes[first:]:
            if hole.from_ >= window.until:
                break
            if from_ < hole.from_:
                rest.append(Window(from_, hole.from_))
            from_ = hole.until
        if from_ < window.until:
            rest.append(Window(from_, window.until))
    return tuple(rest)
