"""What stays of each whole number of minutes cost, for whoever looks at many of one entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from kiosk.domain.pricing.curve import PriceCurve
from kiosk.domain.tariff import Tariff


def minute_totals(tariff: Tariff, entered_at: datetime, minutes: int) -> Iterator[int]:
    """The totals of stays of 1, 2, 3 ... minutes, in minor units; ends where no price is stated.

    Whether the tariff is valid at the entry is not asked: a week may begin before its first day.
    """
    always = replace(tariff, valid_from=None, valid_until=None)
    curve = PriceCurve(always, entered_at, timedelta(minutes=minutes))
    for minute in range(1, minutes + 1):
        total = curve.total_minor(entered_at + timedelta(minutes=minute))
        if total is None:
            return
        yield total
