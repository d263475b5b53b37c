"""Says money, times and durations of one site in the language that is spoken at one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from kiosk.domain.money import Money
from kiosk.domain.time import Window
from kiosk.ui import format as text
from kiosk.ui.format import Language


class Say:
    """The formats of kiosk.ui.format, bound to a site's zone and to the present language."""

    def __init__(
        self,
        *,
        zone: ZoneInfo,
        language: Callable[[], Language],
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._zone = zone
        self._language = language
        self._now = now

    def money(self, amount: Money) -> str:
        """The amount with its currency."""
        return text.money(amount.minor, amount.currency, self._language())

    def price(self, minor: Fraction, currency: str) -> str:
        """A price of a tariff, which may be finer than a minor unit."""
        return text.price(minor, currency, self._language())

    def listed(self, parts: Iterable[str]) -> str:
        """One after the other, with commas of the language; empty ones are left out."""
        return text.listed(parts, self._language())

    def time(self, instant: datetime) -> str:
        """The site's wall clock."""
        return text.clock_time(instant, self._zone)

    def time_to_the_second(self, instant: datetime) -> str:
        """The site's wall clock, for waits that are shorter than a minute."""
        return f"{self.local(instant):%H:%M:%S}"

    def day_and_time(self, instant: datetime) -> str:
        """The site's day and wall clock."""
        return text.day_and_time(instant, self._zone, self._language())

    def window(self, window: Window) -> str:
        """From and until; a day only when it is another one than today, or than the first."""
        return text.window(
            window.from_,
            window.until,
            zone=self._zone,
            language=self._language(),
            now=None if self._now is None else self._now(),
        )

    def day(self, day: date) -> str:
        """A day of the calendar: "Tue 24 Nov"."""
        return text.day_text(day, self._language())

    def day_of_month(self, day: date, *, with_month: bool) -> str:
        """ "24", or "1 Dec" where another month begins."""
        return text.day_of_month(day, self._language(), with_month=with_month)

    def weekday(self, day: date) -> str:
        """The name of a day in a week: "Tue"."""
        return text.weekday(day, self._language())

    def local(self, instant: datetime) -> datetime:
        """The instant on the site's wall clock."""
        return instant.astimezone(self._zone)

    def instant(self, day: date, *, hour: int, minute: int) -> datetime | None:
        """The instant at which the site's clock shows this; None when it never does.

        Of a time that the clocks show twice it is the first.
        """
        wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self._zone)
        found = wanted.astimezone(UTC)
        is_shown = found.astimezone(self._zone).replace(tzinfo=None) == wanted.replace(tzinfo=None)
        return found if is_shown else None

    def span(self, span: timedelta) -> str:
        """A duration in days, hours and minutes."""
        return text.duration(span, self._language())

    def minutes(self, minutes: int) -> str:
        """A duration given in minutes."""
        return self.span(timedelta(minutes=minutes))
