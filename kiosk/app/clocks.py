"""Clocks: the machine's own, and the demo's, on which hours can be skipped."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's own clock, in whole seconds of UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC).replace(microsecond=0)


class SkippingClock:
    """The machine's clock plus whatever was skipped; for the demo and the tour.

    `starts_at` sets what it shows first, so that a tour looks the same at any hour.
    """

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._lock = threading.Lock()
        now = SystemClock().now()
        self._ahead = starts_at - now if starts_at is not None else timedelta()

    def now(self) -> datetime:
        """The machine's instant and all that was skipped."""
        with self._lock:
            return SystemClock().now() + self._ahead

    def skip(self, duration: timedelta) -> None:
        """Let so much time pass at once."""
        with self._lock:
            self._ahead += duration
