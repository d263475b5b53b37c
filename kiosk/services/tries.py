"""Counts the bad codes of one reader or one keypad, so that nobody finds a good one by trying."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.services import limits

_MINUTE = timedelta(minutes=1)
_PAUSE = timedelta(seconds=limits.BAD_TICKETS_PAUSE_S)


class Tries:
    """After ten bad codes within a minute a pause begins (security.md, 17)."""

    def __init__(self) -> None:
        self._bad_at: list[datetime] = []

    def wait_until(self, now: datetime) -> datetime | None:
        """When the next code is listened to; None: now.

        What a clock that was set back has left in the future counts no more.
        """
        self._bad_at = [at for at in self._bad_at if at <= now < at + _MINUTE]
        if len(self._bad_at) < limits.BAD_TICKETS_A_MINUTE:
            return None
        until = self._bad_at[-1] + _PAUSE
        return until if now < until else None

    def note_bad(self, at: datetime) -> None:
        """A code was none of ours."""
        self._bad_at.append(at)
