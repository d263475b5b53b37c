"""The price of a stay: its parts, what is added and taken off, one rounding, and every line.

The rules, word by word: docs/tariff-rules.md. The walk over bands and rows: accrual.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from kiosk.domain.money import Money
from kiosk.domain.pricing.accrual import Charged, accrue, price_not_stated_in
from kiosk.domain.pricing.charge_lines import (
    Charge,
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
from kiosk.domain.pricing.charge_sum import ExactLine, Sum, added_surcharges, item_lines, rows_tax
from kiosk.domain.pricing.timetable import Timetable, timetable_of
from kiosk.domain.pricing.wall_clock import instant
from kiosk.domain.tariff import DAY_SCOPES, DiscountKind, LostTicketRule, Tariff
from kiosk.domain.time import Window, to_epoch

LONGEST_STAY = timedelta(days=366)
"""A longer stay has no price: the clock was wrong, or somebody forgot a car."""

_ZERO = Fraction(0)
_DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class StayFacts:
    """Everything that the price of a stay depends on besides the tariff."""

    entered_at: datetime
    left_at: datetime
    booked: Window | None = None
    late_grace: timedelta = timedelta(minutes=15)
    """How long after the booked end leaving is free."""
    early_entry: timedelta | None = None
    """How long before the booked start entering is free where the tariff charges no early time.

    None: however long before.
    """
    quote: Money | None = None
    """What was promised for the booked window; None: it is worked out."""
    is_free_used: bool = False
    """The plate has had its free minutes already."""
    validation_minutes: int = 0
    discounts: tuple[str, ...] = ()
    """Names of the percent and amount discounts that the driver has."""
    is_lost_ticket: bool = False
    is_cash: bool = False

    @property
    def promised_window(self) -> Window | None:
        """The booked window, whose quote no time within it exceeds; None for who was never in it.

        Who left before its start pays for other time, for which nothing was promised.
        """
        is_reached = self.booked is not None and self.left_at > self.booked.from_
        return self.booked if is_reached else None


def charge_for(tariff: Tariff, facts: StayFacts) -> Charge | NoPrice:
    """The itemised price of a stay, or the reason why there is none."""
    parts = _Parts.of(tariff, facts)
    refused = _refusal(tariff, facts, parts)
    return _Pricing(tariff, facts, parts).charge() if refused is None else refused


def quote_for(tariff: Tariff, window: Window, *, is_free_used: bool = False) -> Charge | NoPrice:
    """The price that is promised for a booked window."""
    facts = StayFacts(entered_at=window.from_, left_at=window.until, is_free_used=is_free_used)
    return _too_long(tariff, window) or charge_for(tariff, facts)


def has_quote(tariff: Tariff, window: Window) -> bool:
    """Whether quote_for has a price for a booked window; nothing is priced to know it."""
    facts = StayFacts(entered_at=window.from_, left_at=window.until)
    refused = _too_long(tariff, window) or _refusal(tariff, facts, _Parts.of(tariff, facts))
    return refused is None


def _too_long(tariff: Tariff, window: Window) -> WindowTooLong | None:
    longest = _maximum_stay(tariff)
    return WindowTooLong(longest) if longest is not None and window.duration > longest else None


@dataclass(frozen=True, slots=True)
class _Parts:
    """Which time is priced, in seconds since 1970 (rules 3 and 4)."""

    timetable: Timetable
    entered_s: int
    left_s: int
    main_from_s: int
    main_until_s: int
    priced_from_s: int
    """Where pricing of the main part starts, behind its free and validated minutes."""
    free_s: int
    is_free: bool
    """The whole main part is free by the cliff."""
    early_from_s: int | None
    early_until_s: int
    overstay_from_s: int | None

    @classmethod
    def of(cls, tariff: Tariff, facts: StayFacts) -> _Parts:
        entered_s, left_s = to_epoch(facts.entered_at), to_epoch(facts.left_at)
        main_from_s, limit_s, early_from_s, early_until_s = entered_s, None, None, entered_s
        if facts.booked is not None:
            booked_s = to_epoch(facts.booked.from_)
            limit_s = to_epoch(facts.booked.until)
            if left_s > booked_s:
                main_from_s = booked_s
                early_until_s = booked_s - _free_early_s(tariff, facts)
                early_from_s = entered_s if entered_s < early_until_s else None
        longest = _maximum_stay(tariff)
        if longest is not None:
            longest_until_s = main_from_s + int(longest.total_seconds())
            limit_s = longest_until_s if limit_s is None else min(limit_s, longest_until_s)
        main_until_s, overstay_from_s = left_s, None
        if limit_s is not None and left_s > limit_s:
            main_until_s = limit_s
            grace_until_s = limit_s + int(facts.late_grace.total_seconds())
            if left_s > grace_until_s:
                overstay_from_s = grace_until_s if tariff.overstay.is_from_grace_end else limit_s
        free_s, is_free = 0, False
        if tariff.free is not None and not facts.is_free_used:
            free_s = tariff.free.minutes * 60
            if not tariff.free.is_deducted:
                is_free = main_until_s - main_from_s <= free_s
                free_s = 0
        return cls(
            timetable=timetable_of(tariff),
            entered_s=entered_s,
            left_s=left_s,
            main_from_s=main_from_s,
            main_until_s=main_until_s,
            priced_from_s=main_from_s + free_s + facts.validation_minutes * 60,
            free_s=free_s,
            is_free=is_free,
            early_from_s=early_from_s,
            early_until_s=early_until_s,
            overstay_from_s=overstay_from_s,
        )


def _free_early_s(tariff: Tariff, facts: StayFacts) -> int:
    """How long before the booked start costs nothing."""
    if tariff.is_early_charged:
        return 0
    free = LONGEST_STAY if facts.early_entry is None else facts.early_entry
    return int(free.total_seconds())


def _maximum_stay(tariff: Tariff) -> timedelta | None:
    minutes = tariff.maximum_stay_minutes
    return None if minutes is None else timedelta(minutes=minutes)


def _refusal(tariff: Tariff, facts: StayFacts, parts: _Parts) -> NoPrice | None:
    """Why there is no price (rule 11), the first reason that fits."""
    if facts.left_at <= facts.entered_at:
        return ExitBeforeEntry()
    longest_asked = facts.left_at - facts.entered_at
    if facts.booked is not None:
        longest_asked = max(longest_asked, facts.booked.duration)
    if longest_asked > LONGEST_STAY:
        return EntryTooLongAgo(LONGEST_STAY)
    began_s = parts.entered_s if facts.booked is None else to_epoch(facts.booked.from_)
    day = parts.timetable.date_at(began_s)
    is_too_early = tariff.valid_from is not None and day < tariff.valid_from
    if is_too_early or (tariff.valid_until is not None and day >= tariff.valid_until):
        return NotValidThen(tariff.valid_from, tariff.valid_until)
    longest = _maximum_stay(tariff)
    if facts.booked is not None and longest is not None and facts.booked.duration > longest:
        return WindowTooLong(longest)
    most = max((int(each.value) for each in tariff.discounts if _is_time(each.kind)), default=0)
    if facts.validation_minutes > most:
        return ValidationTooLong(most)
    known = {each.name for each in tariff.discounts if not _is_time(each.kind)}
    for name in facts.discounts:
        if name not in known:
            return DiscountUnknown(name)
    if facts.is_lost_ticket and tariff.lost_ticket is None:
        return LostTicketNotStated()
    return _unstated(facts, parts)


def _is_time(kind: DiscountKind) -> bool:
    return kind is DiscountKind.TIME


def _unstated(facts: StayFacts, parts: _Parts) -> PriceNotStated | None:
    priced = [] if parts.is_free else [(parts.priced_from_s, parts.main_until_s)]
    if parts.early_from_s is not None:
        priced.append((parts.early_from_s, parts.early_until_s))
    if parts.overstay_from_s is not None:
        priced.append((parts.overstay_from_s, parts.left_s))
    if facts.quote is None and facts.promised_window is not None:
        window = facts.promised_window
        priced.append((to_epoch(window.from_), to_epoch(window.until)))
    for from_s, until_s in priced:
        if from_s < until_s:
            band = price_not_stated_in(parts.timetable, from_s, until_s)
            if band is not None:
                return PriceNotStated(band.name, band.unstated)
    return None


class _Pricing:
    """One charge in the making: lines with exact amounts, then one rounding."""

    def __init__(self, tariff: Tariff, facts: StayFacts, parts: _Parts) -> None:
        self._tariff, self._facts, self._parts = tariff, facts, parts
        until_s = parts.priced_from_s if parts.is_free else parts.main_until_s
        self._main = accrue(
            parts.timetable,
            part_from_s=parts.main_from_s,
            from_s=parts.priced_from_s,
            until_s=until_s,
        ).charged(until_s)

    def charge(self) -> Charge:
        """The charge, lines and all."""
        tariff, parts = self._tariff, self._parts
        lines = self._adjusted_main()
        surcharges = (
            []
            if parts.is_free
            else added_surcharges(parts.timetable, parts.entered_s, parts.left_s)
        )
        lines += [line for line, _ in surcharges]
        charged = list(self._main)
        for accrued, added in (self._overstay(), self._early()):
            charged += accrued
            lines += added
        lines, is_replaced = self._with_lost_ticket(lines)
        tax_rate = tariff.tax.rate
        if not is_replaced:
            tax_rate = rows_tax(tariff, charged, surcharges)
        total = Sum(tariff, tax_rate, is_cash=self._facts.is_cash).of(lines)
        return Charge(self._window(), total.lines, total.total, total.tax)

    def _window(self) -> Window:
        parts = self._parts
        start_s = parts.main_from_s if parts.early_from_s is None else parts.early_from_s
        end_s = parts.main_until_s if parts.overstay_from_s is None else parts.left_s
        return Window(instant(start_s), instant(end_s))

    def _adjusted_main(self) -> list[ExactLine]:
        """The main part with its minimum, its promise and its discounts (rule 7)."""
        tariff, parts = self._tariff, self._parts
        if parts.is_free:
            spent_s = parts.main_until_s - parts.main_from_s
            return [ExactLine(LineKind.FREE, _ZERO, seconds=spent_s)]
        lines = []
        if parts.free_s:
            spent_s = min(parts.free_s, parts.main_until_s - parts.main_from_s)
            lines.append(ExactLine(LineKind.FREE, _ZERO, seconds=spent_s))
        if self._facts.validation_minutes:
            seconds = self._facts.validation_minutes * 60
            lines.append(ExactLine(LineKind.VALIDATION, _ZERO, seconds=seconds))
        lines += item_lines(tariff, self._main)
        amount = _together(self._main)
        if 0 < amount < tariff.minimum:
            lines.append(ExactLine(LineKind.MINIMUM, tariff.minimum - amount))
            amount = tariff.minimum
        promised = self._promised(amount)
        if promised is not None:
            lines.append(ExactLine(LineKind.PROMISE, promised - amount))
            amount = promised
        for discount in tariff.discounts:
            if discount.name not in self._facts.discounts or _is_time(discount.kind):
                continue
            off = discount.value
            if discount.kind is DiscountKind.PERCENT:
                off = amount * discount.value
            off = min(off, amount)
            lines.append(ExactLine(LineKind.DISCOUNT, -off, name=discount.name))
            amount -= off
        return lines

    def _promised(self, amount: Fraction) -> Fraction | None:
        """What the main part comes to when it would cost more than its quote."""
        quote = self._quote()
        if quote is None:
            return None
        tariff = self._tariff
        rate = rows_tax(tariff, self._main)
        own = Sum(tariff, rate).of([ExactLine(LineKind.TIME, amount)])
        if own.total <= quote:
            return None
        return Fraction(quote.minor) / (1 if tariff.tax.is_included else 1 + rate)

    def _quote(self) -> Money | None:
        facts = self._facts
        window = facts.promised_window
        if window is None:
            return None
        if facts.quote is not None:
            return facts.quote
        charge = quote_for(self._tariff, window, is_free_used=facts.is_free_used)
        assert isinstance(charge, Charge), f"{charge} was refused before"
        return charge.total

    def _alone(
        self, from_s: int, until_s: int, block_minutes: int | None = None
    ) -> tuple[Charged, ...]:
        """A part that is priced like a stay of its own."""
        return accrue(
            self._parts.timetable,
            part_from_s=from_s,
            from_s=from_s,
            until_s=until_s,
            block_minutes=block_minutes,
        ).charged(until_s)

    def _early(self) -> tuple[tuple[Charged, ...], list[ExactLine]]:
        from_s, until_s = self._parts.early_from_s, self._parts.early_until_s
        if from_s is None:
            return (), []
        charged = self._alone(from_s, until_s)
        line = ExactLine(LineKind.EARLY, _together(charged), seconds=until_s - from_s)
        return charged, [line]

    def _overstay(self) -> tuple[tuple[Charged, ...], list[ExactLine]]:
        from_s, until_s = self._parts.overstay_from_s, self._parts.left_s
        if from_s is None:
            return (), []
        terms = self._tariff.overstay
        charged = self._alone(from_s, until_s, terms.block_minutes)
        full = _together(charged)
        more = terms.multiplier - 1
        once, surcharge = full, full * more
        if terms.cap is not None:
            once = min(once, terms.cap)
            surcharge = min(surcharge, terms.cap - once)
        late = ExactLine(LineKind.OVERSTAY, once, seconds=until_s - from_s)
        if once == full:
            late = _by_blocks(late, item_lines(self._tariff, charged))
        lines = [late]
        if surcharge:
            rate = more if surcharge == full * more else _ZERO
            lines.append(ExactLine(LineKind.OVERSTAY_SURCHARGE, surcharge, price=rate))
        return charged, lines

    def _with_lost_ticket(self, lines: list[ExactLine]) -> tuple[list[ExactLine], bool]:
        """The lines with what a lost ticket costs; whether it replaced all others."""
        lost = self._tariff.lost_ticket
        if not self._facts.is_lost_ticket or lost is None:
            return lines, False
        if lost.rule is LostTicketRule.PLUS_ACCRUED:
            return [*lines, ExactLine(LineKind.LOST_TICKET, lost.price)], False
        if lost.rule is LostTicketRule.FLAT:
            return [ExactLine(LineKind.LOST_TICKET, lost.price)], True
        days = -(-(self._parts.left_s - self._parts.entered_s) // _DAY_S)
        maximum = next(cap.price for cap in self._tariff.caps if cap.scope in DAY_SCOPES)
        line = ExactLine(LineKind.LOST_TICKET, maximum * days, count=days, price=maximum)
        return [line], True


def _together(charged: tuple[Charged, ...]) -> Fraction:
    return sum((each.amount for each in charged), _ZERO)


def _by_blocks(whole: ExactLine, rows: list[ExactLine]) -> ExactLine:
    """The line with the blocks that it counts, when one row alone priced all of its time."""
    if len(rows) != 1 or rows[0].kind is not LineKind.BLOCK:
        return whole
    (row,) = rows
    return replace(
        whole,
        count=row.count,
        block_minutes=row.block_minutes,
        price=row.price,
        per_minutes=row.per_minutes,
    )
