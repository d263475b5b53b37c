"""What stays of each whole number of minutes cost, for whoever looks at many of one entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.pricing.curve import PriceCurve
from kiosk.domain.tariff import Tariff


def minute_totals(tariff: Tariff, entered_at: datetime, minutes: int) -> Iterator[int]:
    """The totals of stays of 1, 2, 3 ... minutes, in minor units; ends where no price is stated.

    The entry lies where the tariff is valid: `priced_alike` asks no more.
    """
    longest = min(minutes, tariff.maximum_stay_minutes or minutes)
    curve = PriceCurve(priced_alike(tariff), entered_at, timedelta(minutes=longest))
    for minute in range(1, minutes + 1):
        left_at = entered_at + timedelta(minutes=minute)
        if minute <= longest:
            total = curve.total_minor(left_at)
        else:
            charge = charge_for(tariff, StayFacts(entered_at=entered_at, left_at=left_at))
            total = charge.total.minor if isinstance(charge, Charge) else None
        if total is None:
            return
        yield total


def priced_alike(tariff: Tariff) -> Tariff:
    """A tariff with the same totals within the maximum stay, and without what slows curves.

    Whether it is valid is known from the entry; tax that is included changes no total.
    """
    alike = replace(tariff, valid_from=None, valid_until=None, maximum_stay_minutes=None)
    if tariff.tax.is_included:
        bands = tuple(
            replace(band, rows=tuple(replace(row, tax=None) for row in band.rows))
            for band in tariff.bands
        )
        surcharges = tuple(replace(each, tax=None) for each in tariff.surcharges)
        alike = replace(alike, bands=bands, surcharges=surcharges)
    return alike
