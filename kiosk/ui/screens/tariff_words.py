"""What a tariff asks in one line, for those who read it before they stop; the exact price follows.

A tariff of one simple row is said whole. Of any other only what is true of it at every hour is
said here; what the wanted time costs is always worked out exactly (charge.quote_for).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_sum import to_step
from kiosk.domain.tariff import DAY_SCOPES, BlockPolicy, CapScope, Row, RowKind, Tariff
from kiosk.ui.format import percent
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate
HOUR_MINUTES = 60


def rate_words(tariff: Tariff, say: Say) -> str:
    """What time costs, tax and all: exactly for one simple row, else from the cheapest on."""
    rows = [row for band in tariff.bands for row in band.rows]
    timed = [_taxed(row, tariff) for row in rows if row.kind is RowKind.BLOCK and row.price > 0]
    if not timed:
        words = translate("Entry", "fixed prices by the time of day")
    else:
        cheapest = min(timed, key=lambda row: row.price / row.per_minutes)
        words = _row_words(cheapest, tariff, say, is_exact=_is_to_the_second(tariff))
        if len(rows) > 1 and len(tariff.bands) == 1:
            words = translate("Entry", "from {price}, by how long you stay").format(price=words)
        elif len(rows) > 1:
            words = translate("Entry", "from {price}, by the time of day").format(price=words)
        elif tariff.minimum or tariff.surcharges:
            words = translate("Entry", "from {price}").format(price=words)
    if tariff.minimum:
        least = say.money(_total(tariff, tariff.minimum * _least_tax_factor(tariff)))
        words = translate("Entry", "{price}, at least {least}").format(price=words, least=least)
    if tariff.surcharges:
        words = translate("Entry", "{price}, plus surcharges").format(price=words)
    return words


def cap_words(tariff: Tariff, say: Say) -> str:
    """The most that a day costs, tax and all, on whichever day; empty when nothing assures it.

    A surcharge comes on top of every cap, so a tariff that has any names no most.
    """
    if tariff.surcharges:
        return ""
    return _cap_words(tariff, say, least=tariff.minimum)


def _cap_words(
    tariff: Tariff, say: Say, *, times: Fraction = Fraction(1), least: Fraction = Fraction(0)
) -> str:
    caps = [cap for cap in tariff.caps if cap.scope in DAY_SCOPES and not cap.days]
    if not caps:
        return ""
    lowest = min(caps, key=lambda cap: cap.price)
    most = max(lowest.price * times, least) * _most_tax_factor(tariff)
    price = say.money(_total(tariff, most))
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
    if terms.cap is not None and not tariff.surcharges:
        cap = _total(tariff, terms.cap * _most_tax_factor(tariff))
        most = translate("Entry", "at most {price}").format(price=say.money(cap))
    if len(rows) == 1 and rows[0].kind is RowKind.BLOCK:
        row = _taxed(rows[0], tariff)
        block_minutes = terms.block_minutes or row.block_minutes
        late = replace(row, price=row.price * terms.multiplier, block_minutes=block_minutes)
        # Blocks of its own are always started ones.
        is_exact = _is_to_the_second(tariff) and terms.block_minutes is None
        words = _row_words(late, tariff, say, is_exact=is_exact)
        if not most and not tariff.surcharges:
            most = _cap_words(tariff, say, times=terms.multiplier)
        return words, most
    if terms.multiplier == 1:
        return translate("Entry", "the price of that time"), most
    text = translate("Entry", "{percent} of the price of that time")
    return text.format(percent=percent(terms.multiplier)), most


def _is_to_the_second(tariff: Tariff) -> bool:
    return tariff.policy is BlockPolicy.PRO_RATA


def _tax_factors(tariff: Tariff) -> set[Fraction]:
    """By what prices of time grow when tax is added to them: each row has its rate."""
    if tariff.tax.is_included:
        return {Fraction(1)}
    rows = (row for band in tariff.bands for row in band.rows)
    return {1 + (tariff.tax.rate if row.tax is None else row.tax) for row in rows}


def _most_tax_factor(tariff: Tariff) -> Fraction:
    return max(_tax_factors(tariff), default=Fraction(1))


def _least_tax_factor(tariff: Tariff) -> Fraction:
    return min(_tax_factors(tariff), default=Fraction(1))


def _total(tariff: Tariff, exact: Fraction) -> Money:
    """What would be paid for this exact price: whole steps, as every total is."""
    return Money(to_step(tariff.rounding, exact), tariff.currency)


def _taxed(row: Row, tariff: Tariff) -> Row:
    """The row with the price that is paid for it, by its own tax rate or the tariff's."""
    if tariff.tax.is_included:
        return row
    rate = tariff.tax.rate if row.tax is None else row.tax
    return replace(row, price=row.price * (1 + rate))


def _row_words(row: Row, tariff: Tariff, say: Say, *, is_exact: bool) -> str:
    is_by_the_minute = row.block_minutes == 1
    if is_exact:
        per_minutes = HOUR_MINUTES if row.per_minutes == 1 else row.per_minutes
    else:
        per_minutes = HOUR_MINUTES if is_by_the_minute else row.block_minutes
    price = say.price(row.price * Fraction(per_minutes, row.per_minutes), tariff.currency)
    if is_exact and per_minutes == HOUR_MINUTES:
        return translate("Entry", "{price} per hour, by the second").format(price=price)
    if is_exact:
        return translate("Entry", "{price} per {span}, by the second").format(
            price=price, span=say.minutes(per_minutes)
        )
    if is_by_the_minute:
        return translate("Entry", "{price} per hour, by the minute").format(price=price)
    if row.block_minutes == HOUR_MINUTES:
        return translate("Entry", "{price} per started hour").format(price=price)
    return translate("Entry", "{price} per started {block}").format(
        price=price, block=say.minutes(row.block_minutes)
    )
