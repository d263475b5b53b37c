"""Says money, times and durations of one site in the language that is spoken at one screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from kiosk.domain.money import Money
from kiosk.domain.time import Window
from kiosk.ui import format as text
from kiosk.ui.format import Language


class Say:
    """The formats of kiosk.ui.format, bound to a site's zone and to the present language."""

    def __init__(self, *, zone: ZoneInfo, language: Callable[[], Language]) -> None:
        self._zone = zone
        self._language = language

    def money(self, amount: Money) -> str:
        """The amount with its currency."""
        return text.money(amount.minor, amount.currency, self._language())

    def price(self, minor: Fraction, currency: str) -> str:
        """A price of a tariff, which may be finer than a minor unit."""
        return text.price(minor, currency, self._language())

    def time(self, instant: datetime) -> str:
        """The site's wall clock."""
        return text.clock_time(instant, self._zone)

    def day_and_time(self, instant: datetime) -> str:
        """The site's day and wall clock."""
        return text.day_and_time(instant, self._zone, self._language())

    def window(self, window: Window) -> str:
        """From and until; the day only when the window ends on another one."""
        return text.window(window.from_, window.until, zone=self._zone, language=self._language())

    def span(self, span: timedelta) -> str:
        """A duration in days, hours and minutes."""
        return text.duration(span, self._language())

    def minutes(self, minutes: int) -> str:
        """A duration given in minutes."""
        return self.span(timedelta(minutes=minutes))
