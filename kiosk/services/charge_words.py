"""English words for the lines of a charge, and for every answer that stands instead of one.

Short, for they also stand on paper of 32 columns. Amounts of lines are printed beside them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import assert_never

from kiosk.domain.money import EXPONENTS, Money, half_up
from kiosk.domain.pricing.charge_lines import (
    ChargeLine,
    DiscountUnknown,
    EntryTooLongAgo,
    ExitBeforeEntry,
    LineKind,
    LostTicketNotStated,
    NoPrice,
    NotValidThen,
    PriceNotStated,
    ValidationTooLong,
    WindowTooLong,
)
from kiosk.domain.tariff import CapScope
from kiosk.domain.time import started_minutes

_FURTHER_PLACES = 4
_CAPS = {
    CapScope.CALENDAR_DAY.value: "Day maximum",
    CapScope.RESET_DAY.value: "Day maximum",
    CapScope.ROLLING_24H.value: "Day maximum",
    CapScope.WEEK.value: "Week maximum",
    CapScope.MONTH.value: "Month maximum",
    CapScope.SESSION.value: "Maximum",
}
_SURCHARGE = "Overstay surcharge"
_PLAIN = {
    LineKind.FLAT: "{name}: {each} flat",
    LineKind.PER_ENTRY: "{name}: {each} per entry",
    LineKind.FREE: "First {lasts} free",
    LineKind.VALIDATION: "{lasts} validated",
    LineKind.EARLY: "Early entry, {lasts}",
    LineKind.MINIMUM: "Up to the minimum",
    LineKind.PROMISE: "Down to the promised price",
    LineKind.ROUNDING: "Rounding",
    LineKind.CASH_ROUNDING: "Cash rounding",
    LineKind.WAIVED: "Waived",
}


def line_text(line: ChargeLine) -> str:
    """What a line is for: `Day: 3 x 10 min at 4.00 per 60 min`."""
    price = price_text(line.price, line.amount.currency)
    each, lasts = _times(line.count, price), _started(line.seconds)
    match line.kind:
        case LineKind.BLOCK | LineKind.TIME:
            return f"{line.name}: {_time_text(line, price)}"
        case LineKind.OVERSTAY if line.block_minutes:
            return f"Overstay, {lasts}: {_blocks_text(line)}"
        case LineKind.OVERSTAY:
            return f"Overstay, {lasts}"
        case LineKind.OVERSTAY_SURCHARGE:
            return f"Overstay surcharge {_percent(line.price)}" if line.price else _SURCHARGE
        case LineKind.CAP:
            words = f"{_CAPS.get(line.name, f'{line.name}: maximum')} {each}"
            return f"{words}{_instead_text(line)}"
        case LineKind.BAND_MINIMUM:
            return f"{line.name}: at most {each}{_instead_text(line)}"
        case LineKind.LOST_TICKET:
            return f"Lost ticket: {each}" if line.price else "Lost ticket"
        case LineKind.DISCOUNT | LineKind.SURCHARGE:
            return line.name
        case LineKind.TAX:
            return f"Tax {_percent(line.price)}"
        case _:
            return _PLAIN[line.kind].format(name=line.name, each=each, lasts=lasts)


def no_price_text(answer: NoPrice) -> str:
    """One sentence that says why there is no price."""
    match answer:
        case ExitBeforeEntry():
            return "The exit is not after the entry."
        case EntryTooLongAgo(limit):
            return f"The stay is longer than {limit.days} days: somebody has to look at it."
        case NotValidThen(valid_from, valid_until):
            return f"The tariff does not hold at the entry, but {_span(valid_from, valid_until)}."
        case PriceNotStated(band, reason):
            return f"The price board does not state a price for {band}: {reason.rstrip('.')}."
        case WindowTooLong(maximum_stay):
            longest = duration_text(int(maximum_stay.total_seconds()))
            return f"The booked window is longer than the maximum stay of {longest}."
        case ValidationTooLong(0):
            return "The tariff has no discount by validated minutes."
        case ValidationTooLong(most_minutes):
            return f"The tariff allows at most {most_minutes} validated minutes."
        case DiscountUnknown(name):
            return f'The tariff has no discount by percent or amount named "{name}".'
        case LostTicketNotStated():
            return "The tariff names no price for a lost ticket."
        case _:
            assert_never(answer)


def no_price_name(answer: NoPrice) -> str:
    """The name of the answer for files and programs: `price-not-stated`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(answer).__name__).lower()


def amount_text(amount: Money) -> str:
    """An amount in the major unit without its currency: `-12.50`."""
    return price_text(Fraction(amount.minor), amount.currency)


def price_text(minor: Fraction, currency: str) -> str:
    """A price of a tariff in the major unit, with the further places that it needs: `0.0167`."""
    places = EXPONENTS[currency]
    return _decimal(minor / 10**places, least_places=places)


def _started(seconds: int) -> str:
    """How long something lasted, as every screen says it; what is priced by seconds says those."""
    return duration_text(started_minutes(timedelta(seconds=seconds)) * 60)


def duration_text(seconds: int) -> str:
    """Elapsed time: `2 h 31 min`, `45 s`."""
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def _time_text(line: ChargeLine, price: str) -> str:
    if line.kind is LineKind.TIME:
        return f"{duration_text(line.seconds)} at {price} per {_minutes(line.per_minutes)}"
    blocks = _times(line.count, _minutes(line.block_minutes))
    if line.block_minutes == line.per_minutes:
        return f"{blocks} at {price}"
    return f"{blocks} at {price} per {_minutes(line.per_minutes)}"


def _blocks_text(line: ChargeLine) -> str:
    """Blocks whose length may not be that of the price: by the price of one where it is whole."""
    each = line.price * Fraction(line.block_minutes, line.per_minutes)
    if each.denominator == 1:
        line = replace(line, price=each, per_minutes=line.block_minutes)
    return _time_text(line, price_text(line.price, line.amount.currency))


def _instead_text(line: ChargeLine) -> str:
    """What the cap saved; a receipt from before that was kept does not say it."""
    if not line.instead_of:
        return ""
    return f" instead of {price_text(line.instead_of, line.amount.currency)}"


def _percent(part: Fraction) -> str:
    return f"{_decimal(part * 100, least_places=0)} %"


def _minutes(minutes: int) -> str:
    return f"{minutes} min" if minutes <= 60 or minutes % 60 else f"{minutes // 60} h"


def _times(count: int, text: str) -> str:
    return text if count == 1 else f"{count} x {text}"


def _span(valid_from: date | None, valid_until: date | None) -> str:
    start = f"from {valid_from}" if valid_from else ""
    end = f"until the day before {valid_until}" if valid_until else ""
    return f"{start} {end}".strip()


def _decimal(exact: Fraction, *, least_places: int) -> str:
    """A number to at most four places more than money has; half up behind them."""
    most_places = least_places + _FURTHER_PLACES
    scaled = half_up(exact.numerator * 10**most_places, exact.denominator)
    sign = "-" if scaled < 0 else ""
    whole, part = divmod(abs(scaled), 10**most_places)
    digits = f"{part:0{most_places}d}"
    kept = digits[:least_places] + digits[least_places:].rstrip("0")
    return f"{sign}{whole}.{kept}" if kept else f"{sign}{whole}"
