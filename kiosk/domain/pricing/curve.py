"""What a stay from one entry costs for every exit: one walk, then one look-up an exit.

For the linter and the price curve; the same totals as charge.py, without lines.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate

from kiosk.domain.pricing.accrual import Accrued, accrue, price_not_stated_in
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
        # Whether a tariff is valid is asked of the entry alone (rule 11).
        self._is_valid = _is_valid_on(tariff, self._timetable.date_at(self._entered_s))
        longest_stay = tariff.maximum_stay_minutes
        self._overstay_from_s = self._last_s
        if longest_stay is not None:
            self._overstay_from_s = min(self._last_s, self._entered_s + longest_stay * 60)
        free = tariff.free
        self._cliff_s = 0 if free is None or free.is_deducted else free.minutes * 60
        deducted_s = free.minutes * 60 if free is not None and free.is_deducted else 0
        self._priced_from_s = self._entered_s + deducted_s
        stated_until_s = self._stated_until()
        self._accrual = accrue(
            self._timetable,
            part_from_s=self._entered_s,
            from_s=self._priced_from_s,
            until_s=min(self._overstay_from_s, stated_until_s),
        )
        self._stated_until_s = stated_until_s
        charged = self._accrual.charged(self._last_s)
        self._before = [_ZERO, *accumulate(each.amount for each in charged)]
        self._starts = [item.start_s for item in self._accrual.items]
        rates = {row.tax for band in tariff.bands for row in band.rows}
        rates |= {each.tax for each in tariff.surcharges}
        # Tax that is included changes no total.
        self._is_mixed = not tariff.tax.is_included and not rates <= {None, tariff.tax.rate}
        self._taxed_before = [_ZERO]
        if self._is_mixed:
            taxed = (each.amount * self._rate(each.item.row.tax) for each in charged)
            self._taxed_before += accumulate(taxed)
        self._factor = 1 if tariff.tax.is_included else 1 + tariff.tax.rate

    @property
    def items(self) -> tuple[Accrued, ...]:
        """What the rows charge one after the other until the longest stay ends."""
        return self._accrual.items

    def total_minor(self, left_at: datetime) -> int | None:
        """The total of a stay until then, in minor units; None where there is no price."""
        return self.total_minor_at(to_epoch(left_at))

    def total_minor_at(self, left_s: int) -> int | None:
        """The same for seconds since 1970 UTC."""
        assert self._entered_s < left_s <= self._last_s, "outside the curve"
        if not self._is_valid:
            return None
        if left_s > self._overstay_from_s:
            facts = StayFacts(entered_at=instant(self._entered_s), left_at=instant(left_s))
            charge = charge_for(self._tariff, facts)
            return charge.total.minor if isinstance(charge, Charge) else None
        if left_s - self._entered_s <= self._cliff_s:
            return 0
        if left_s > self._stated_until_s:
            return None
        together, taxed = self._charged(left_s)
        exact = together
        if 0 < exact < self._tariff.minimum:
            exact = self._tariff.minimum
        if self._tariff.surcharges:
            for line, surcharge in added_surcharges(self._timetable, self._entered_s, left_s):
                exact += line.amount
                together += line.amount
                taxed += line.amount * self._rate(surcharge.tax)
        factor = self._factor
        if self._is_mixed and together:
            factor = 1 + taxed / together
        return to_step(self._tariff.rounding, exact * factor)

    def _charged(self, left_s: int) -> tuple[Fraction, Fraction]:
        """What the rows come to until then; and the tax on it, where rates are mixed."""
        number = bisect_left(self._starts, left_s) - 1
        if number < 0:
            return _ZERO, _ZERO
        item = self._accrual.items[number]
        last = item.charged(left_s, is_rounded=self._accrual.is_rounded_once).amount
        taxed = _ZERO
        if self._is_mixed:
            taxed = self._taxed_before[number] + last * self._rate(item.row.tax)
        return self._before[number] + last, taxed

    def _rate(self, own: Fraction | None) -> Fraction:
        return self._tariff.tax.rate if own is None else own

    def _stated_until(self) -> int:
        """Where the first band begins whose price the board does not state."""
        from_s, last_s = self._priced_from_s, self._overstay_from_s
        if from_s >= last_s or price_not_stated_in(self._timetable, from_s, last_s) is None:
            return last_s
        bands = self._tariff.bands
        return next(
            span.start_s
            for span in self._timetable.spans(from_s, last_s)
            if bands[span.band].unstated
        )


def _is_valid_on(tariff: Tariff, day: date) -> bool:
    if tariff.valid_from is not None and day < tariff.valid_from:
        return False
    return tariff.valid_until is None or day < tariff.valid_until
