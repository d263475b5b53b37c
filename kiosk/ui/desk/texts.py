"""How the desk writes amounts, times and accounts; words of a language stand in QML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from kiosk.domain.money import Money
from kiosk.domain.time import Window
from kiosk.ui import format as written
from kiosk.ui.format import Language

MOST_AMOUNT_SIGNS = 9
"""Longer amounts are typing errors; it also keeps a number of minor units small."""


@dataclass(frozen=True, slots=True)
class DeskTexts:
    """Writes for one site in one language."""

    zone: ZoneInfo
    currency: str
    language: Language
    today: date | None = None
    """The site's present day: windows of other days name theirs."""

    def money(self, amount: Money) -> str:
        """The amount with its currency."""
        return written.money(amount.minor, amount.currency, self.language)

    def price(self, minor: Fraction) -> str:
        """A price of a tariff, which may be finer than a minor unit."""
        return written.price(minor, self.currency, self.language)

    def span(self, span: timedelta) -> str:
        """A duration in days, hours and minutes."""
        return written.duration(span, self.language)

    def clock(self, instant: datetime | None) -> str:
        """Hours and minutes at the site; empty when it has not happened."""
        return "" if instant is None else written.clock_time(instant, self.zone)

    def moment(self, instant: datetime | None) -> str:
        """Day, hours and minutes at the site; empty when it has not happened."""
        return "" if instant is None else written.day_and_time(instant, self.zone, self.language)

    def until(self, instant: datetime | None) -> str:
        """Hours and minutes; with the day when that is not today."""
        is_today = instant is None or instant.astimezone(self.zone).date() == self.today
        return self.clock(instant) if is_today else self.moment(instant)

    def window(self, window: Window) -> str:
        """From and until; a day only when it is another one than today, or than the first."""
        noon = None
        if self.today is not None:
            noon = datetime.combine(self.today, time(12), self.zone)
        return written.window(
            window.from_, window.until, zone=self.zone, language=self.language, now=noon
        )


def minor_of(text: str, currency: str) -> int | None:
    """The minor units of a typed amount such as "20" or "20.5"; None when it is no amount.

    A comma counts as a point. More decimal places than the currency has are refused rather
    than rounded: nobody's cash is rounded by a typing error.
    """
    if len(text) > MOST_AMOUNT_SIGNS:
        return None
    whole, _, part = text.strip().replace(",", ".").partition(".")
    places = written.decimals(currency)
    if not whole.isascii() or not whole.isdigit() or len(part) > places:
        return None
    if part and not (part.isascii() and part.isdigit()):
        return None
    return int(whole + part.ljust(places, "0"))
