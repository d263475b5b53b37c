"""What a tariff asks in one line, for those who read it before they stop; the exact price follows.

A tariff of one simple row is said whole. Of any other only what is true of it at every hour is
said here; what the wanted time costs is always worked out exactly (charge.quote_for).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from kiosk.domain.tariff import DAY_SCOPES, CapScope, Row, RowKind, Tariff
from kiosk.ui.format import percent
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate
HOUR_MINUTES = 60


def rate_words(tariff: Tariff, say: Say) -> str:
    """What time costs: exactly for one simple row, else from the cheapest on."""
    rows = [row for band in tariff.bands for row in band.rows]
    timed = [row for row in rows if row.kind is RowKind.BLOCK and row.price > 0]
    if not timed:
        return translate("Entry", "fixed prices by the time of day")
    cheapest = min(timed, key=lambda row: row.price / row.per_minutes)
    words = _row_words(cheapest, tariff, say)
    if len(rows) == 1:
        return words
    if len(tariff.bands) == 1:
        return translate("Entry", "from {price}, by how long you stay").format(price=words)
    return translate("Entry", "from {price}, by the time of day").format(price=words)


def cap_words(tariff: Tariff, say: Say, times: Fraction = Fraction(1)) -> str:
    """The most that a day costs, on whichever day; empty when the tariff names no such cap."""
    caps = [cap for cap in tariff.caps if cap.scope in DAY_SCOPES and not cap.days]
    if not caps:
        return ""
    lowest = min(caps, key=lambda cap: cap.price)
    price = say.price(lowest.price * times, tariff.currency)
    if lowest.scope is CapScope.ROLLING_24H:
        return translate("Entry", "at most {price} in 24\u00a0h").format(price=price)
    return translate("Entry", "at most {price} a day").format(price=price)


def overstay_words(tariff: Tariff, say: Say) -> str:
    """What the time after the booked end costs, once the grace is over: the dearest case."""
    words, most = _overstay_price(tariff, say)
    text = (
        translate("Entry", "later also {price} from then on")
        if tariff.overstay.is_from_grace_end
        else translate("Entry", "later also {price} from your booked end on")
    ).format(price=words)
    if not most:
        return text
    return translate("Entry", "{price}, {most}").format(price=text, most=most)


def _overstay_price(tariff: Tariff, say: Say) -> tuple[str, str]:
    """The rate itself for one simple row, else which part of the price of that time; the most."""
    terms, rows = tariff.overstay, [row for band in tariff.bands for row in band.rows]
    most = ""
    if terms.cap is not None:
        text = translate("Entry", "at most {price}")
        most = text.format(price=say.price(terms.cap, tariff.currency))
    if len(rows) == 1 and rows[0].kind is RowKind.BLOCK:
        block_minutes = terms.block_minutes or rows[0].block_minutes
        price = rows[0].price * terms.multiplier
        late = replace(rows[0], price=price, block_minutes=block_minutes)
        return _row_words(late, tariff, say), most or cap_words(tariff, say, terms.multiplier)
    if terms.multiplier == 1:
        return translate("Entry", "the price of that time"), most
    text = translate("Entry", "{percent} of the price of that time")
    return text.format(percent=percent(terms.multiplier)), most


def _row_words(row: Row, tariff: Tariff, say: Say) -> str:
    is_by_the_minute = row.block_minutes == 1
    per_minutes = HOUR_MINUTES if is_by_the_minute else row.block_minutes
    price = say.price(row.price * Fraction(per_minutes, row.per_minutes), tariff.currency)
    if is_by_the_minute:
        return translate("Entry", "{price} per hour, by the minute").format(price=price)
    if row.block_minutes == HOUR_MINUTES:
        return translate("Entry", "{price} per started hour").format(price=price)
    return translate("Entry", "{price} per started {block}").format(
        price=price, block=say.minutes(row.block_minutes)
    )
