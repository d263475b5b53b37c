"""What a stay from one entry costs for every exit: one walk, then one look-up an exit.

For the linter and the price curve; the same totals as charge.py, without lines.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import accumulate

from kiosk.domain.pricing.accrual import accrue, price_not_stated_in
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.pricing.charge_sum import added_surcharges, to_step
from kiosk.domain.pricing.timetable import timetable_of
from kiosk.domain.pricing.wall_clock import instant
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import to_epoch

_ZERO = Fraction(0)


class PriceCurve:
    """The totals of all stays that begin at `entered_at` and last at most `longest`."""

    def __init__(self, tariff: Tariff, entered_at: datetime, longest: timedelta) -> None:
        self._tariff, self._timetable = tariff, timetable_of(tariff)
        self._entered_s = to_epoch(entered_at)
        self._last_s = self._entered_s + int(longest.total_seconds())
        free = tariff.free
        self._cliff_s = 0 if free is None or free.is_deducted else free.minutes * 60
        deducted_s = free.minutes * 60 if free is not None and free.is_deducted else 0
        self._priced_from_s = self._entered_s + deducted_s
        stated_until_s = self._stated_until()
        self._accrual = accrue(
            self._timetable,
            part_from_s=self._entered_s,
            from_s=self._priced_from_s,
            until_s=min(self._last_s, stated_until_s),
        )
        self._stated_until_s = stated_until_s
        charged = [each.amount for each in self._accrual.charged(self._last_s)]
        self._before = [_ZERO, *accumulate(charged)]
        self._starts = [item.start_s for item in self._accrual.items]
        rates = {row.tax for band in tariff.bands for row in band.rows}
        rates |= {each.tax for each in tariff.surcharges}
        self._is_plain = (
            rates <= {None, tariff.tax.rate}
            and tariff.maximum_stay_minutes is None
            and tariff.valid_from is None
            and tariff.valid_until is None
        )
        self._factor = 1 if tariff.tax.is_included else 1 + tariff.tax.rate

    def total_minor(self, left_at: datetime) -> int | None:
        """The total of a stay until then, in minor units; None where there is no price."""
        return self.total_minor_at(to_epoch(left_at))

    def total_minor_at(self, left_s: int) -> int | None:
        """The same for seconds since 1970 UTC."""
        assert self._entered_s < left_s <= self._last_s, "outside the curve"
        if left_s - self._entered_s <= self._cliff_s:
            return 0
        if left_s > self._stated_until_s:
            return None
        if not self._is_plain:
            facts = StayFacts(entered_at=instant(self._entered_s), left_at=instant(left_s))
            charge = charge_for(self._tariff, facts)
            return charge.total.minor if isinstance(charge, Charge) else None
        exact = self._exact(left_s)
        if 0 < exact < self._tariff.minimum:
            exact = self._tariff.minimum
        if self._tariff.surcharges:
            for line, _ in added_surcharges(self._timetable, self._entered_s, left_s):
                exact += line.amount
        return to_step(self._tariff.rounding, exact * self._factor)

    def _exact(self, left_s: int) -> Fraction:
        number = bisect_left(self._starts, left_s) - 1
        if number < 0:
            return _ZERO
        last = self._accrual.items[number].charged(
            left_s, is_rounded=self._accrual.is_rounded_once
        )
        return self._before[number] + last.amount

    def _stated_until(self) -> int:
        """Where the first band begins whose price the board does not state."""
        from_s = self._priced_from_s
        if (
            from_s >= self._last_s
            or price_not_stated_in(self._timetable, from_s, self._last_s) is None
        ):
            return self._last_s
        bands = self._tariff.bands
        return next(
            span.start_s
            for span in self._timetable.spans(from_s, self._last_s)
            if bands[span.band].unstated
        )
