"""The slow oracle: the price of a stay minute by minute, straight from docs/tariff-rules.md.

It shares nothing with the engine but the words of the tariff, so that both are wrong only where
they misread the same sentence. Being readable matters more than speed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

from kiosk.domain.tariff import (
    DAY_SCOPES,
    DiscountKind,
    LostTicketRule,
    RoundingMode,
    SurchargeAt,
    Tariff,
)
from kiosk.domain.time import Window
from tests.oracle.board import CONTEXT, Board, exact
from tests.oracle.slow_walk import NOTHING, Part, UnstatedBandError, walk
from tests.oracle.wall import DAY, furthest, instant_of, minute_of, shown

NOISE = Decimal(1).scaleb(-25)
"""Less than this is no money: it comes from thirds that end after 60 digits."""
HALF = Decimal("0.5")
LONGEST = 366 * DAY

ByRate = dict[Fraction, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class StayCase:
    """The facts of a stay, on whole minutes."""

    entered_at: datetime
    left_at: datetime
    booked: Window | None = None
    late_grace_minutes: int = 15
    early_entry_minutes: int | None = None
    quote_minor: int | None = None
    is_free_used: bool = False
    validation_minutes: int = 0
    discounts: tuple[str, ...] = ()
    is_lost_ticket: bool = False
    is_cash: bool = False


@dataclass(frozen=True, slots=True)
class SlowPrice:
    """What the stay costs and the tax in it, in minor units."""

    total_minor: int
    tax_minor: int


class NoNumberError(Exception):
    """Rule 11: the name of the answer that stands instead of a price."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a stay (rule 3)."""

    main_start: int
    main_end: int
    early: Part | None
    overstay: Part | None


def slow_price(tariff: Tariff, stay: StayCase) -> SlowPrice | str:
    """The price of a stay, or the name of the answer that stands instead (rule 11)."""
    try:
        with localcontext(CONTEXT):
            return price(Board(tariff), stay)
    except NoNumberError as answer:
        return str(answer)
    except UnstatedBandError:
        return "PriceNotStated"


def price(board: Board, stay: StayCase) -> SlowPrice:
    """Rules 3 to 10 for a stay that passes rule 11."""
    tariff = board.tariff
    refuse(tariff, stay)
    parts = split(tariff, stay)
    is_free = is_free_by_cliff(tariff, stay, parts)
    main_rows = walk_main(board, stay, parts=parts)
    early_rows = {} if parts.early is None else walk(board, parts.early)
    overstay_rows = {} if parts.overstay is None else walk(board, parts.overstay)
    surcharges = {} if is_free else surcharges_of(board, stay)

    main = adjusted_main(board, stay, main_rows)
    total = main + total_of(surcharges) + overstay_of(tariff, overstay_rows) + total_of(early_rows)
    rate = mixed_rate(tariff, main_rows, early_rows, overstay_rows, surcharges)
    if stay.is_lost_ticket and tariff.lost_ticket is not None:
        lost = lost_ticket_price(tariff, stay)
        if tariff.lost_ticket.rule is LostTicketRule.PLUS_ACCRUED:
            total += lost
        else:
            total, rate = lost, exact(tariff.tax.rate)
    return rounded_price(tariff, total, rate=rate, is_cash=stay.is_cash)


# ------------------------------------------------------------------------------------- rule 11


def refuse(tariff: Tariff, stay: StayCase) -> None:
    """Raise the answer of rule 11 that needs no walk."""
    entry, leave = minute_of(stay.entered_at), minute_of(stay.left_at)
    if leave <= entry:
        raise NoNumberError("ExitBeforeEntry")
    booked = 0 if stay.booked is None else stay.booked.duration // timedelta(minutes=1)
    if max(leave - entry, booked) > LONGEST:
        raise NoNumberError("EntryTooLongAgo")
    if not is_valid(tariff, entry if stay.booked is None else minute_of(stay.booked.from_)):
        raise NoNumberError("NotValidThen")
    longest = tariff.maximum_stay_minutes
    if longest is not None and booked > longest:
        raise NoNumberError("WindowTooLong")
    times = [each.value for each in tariff.discounts if each.kind is DiscountKind.TIME]
    if stay.validation_minutes > max(times, default=0):
        raise NoNumberError("ValidationTooLong")
    known = {each.name for each in tariff.discounts if each.kind is not DiscountKind.TIME}
    if not known.issuperset(stay.discounts):
        raise NoNumberError("DiscountUnknown")
    if stay.is_lost_ticket and tariff.lost_ticket is None:
        raise NoNumberError("LostTicketNotStated")


def is_valid(tariff: Tariff, minute: int) -> bool:
    """Whether the tariff holds on the date of a minute."""
    day = date.fromordinal(furthest(tariff.zone, minute) // DAY)
    is_begun = tariff.valid_from is None or tariff.valid_from <= day
    return is_begun and (tariff.valid_until is None or day < tariff.valid_until)


def refuse_unstated(board: Board, window: Window) -> None:
    """A quote that has to be worked out needs all of its window's prices."""
    for minute in range(minute_of(window.from_), minute_of(window.until)):
        band = board.tariff.bands[board.band_at(furthest(board.tariff.zone, minute))]
        if band.unstated:
            raise UnstatedBandError(band.name)


# ------------------------------------------------------------------------------ rules 3, 4 and 5


def split(tariff: Tariff, stay: StayCase) -> Parts:
    """The main part, and what comes before and after it."""
    entry, leave = minute_of(stay.entered_at), minute_of(stay.left_at)
    start, early, limits = entry, None, []
    if stay.booked is not None:
        booked_start = minute_of(stay.booked.from_)
        limits.append(minute_of(stay.booked.until))
        if leave > booked_start:
            start = booked_start
        free = stay.early_entry_minutes
        if tariff.is_early_charged:
            free = 0
        if booked_start < leave and free is not None and entry < booked_start - free:
            early = Part(start=entry, priced_from=entry, end=booked_start - free)
    if tariff.maximum_stay_minutes is not None:
        limits.append(start + tariff.maximum_stay_minutes)
    limit = min(limits, default=leave)
    if leave <= limit:
        return Parts(start, leave, early, None)
    if leave <= limit + stay.late_grace_minutes:
        return Parts(start, limit, early, None)
    late = tariff.overstay
    begins = limit + stay.late_grace_minutes if late.is_from_grace_end else limit
    overstay = Part(start=begins, priced_from=begins, end=leave, block_minutes=late.block_minutes)
    return Parts(start, limit, early, overstay)


def free_minutes(tariff: Tariff, stay: StayCase) -> int:
    """Free minutes that this stay still has."""
    if tariff.free is None or stay.is_free_used:
        return 0
    return tariff.free.minutes


def is_free_by_cliff(tariff: Tariff, stay: StayCase, parts: Parts) -> bool:
    """Whether the whole main part lies in free minutes that are not simply deducted."""
    if tariff.free is None or tariff.free.is_deducted or stay.is_free_used:
        return False
    return parts.main_end - parts.main_start <= tariff.free.minutes


def walk_main(board: Board, stay: StayCase, *, parts: Parts) -> ByRate:
    """Rules 4 to 6 for the main part."""
    tariff = board.tariff
    if is_free_by_cliff(tariff, stay, parts):
        return {}
    priced_from = parts.main_start + stay.validation_minutes
    if tariff.free is not None and tariff.free.is_deducted:
        priced_from += free_minutes(tariff, stay)
    return walk(board, Part(start=parts.main_start, priced_from=priced_from, end=parts.main_end))


# ------------------------------------------------------------------------------------ rules 7, 8


def adjusted_main(board: Board, stay: StayCase, rows: ByRate) -> Decimal:
    """Minimum, promise and discounts, in this order."""
    tariff = board.tariff
    main = total_of(rows)
    if main > NOISE:
        main = max(main, exact(tariff.minimum))
    if stay.booked is not None and stay.left_at > stay.booked.from_:
        quote = quote_minor(board, stay)
        rate = mixed_rate(tariff, rows)
        if rounded(tariff, with_tax(tariff, main, rate=rate)) > quote:
            main = Decimal(quote) if tariff.tax.is_included else Decimal(quote) / (1 + rate)
    for discount in tariff.discounts:
        if discount.name in stay.discounts and discount.kind is DiscountKind.PERCENT:
            main -= main * exact(discount.value)
        elif discount.name in stay.discounts and discount.kind is DiscountKind.AMOUNT:
            main = max(NOTHING, main - exact(discount.value))
    return main


def quote_minor(board: Board, stay: StayCase) -> int:
    """What the booked window was promised for, or costs by itself."""
    if stay.quote_minor is not None:
        return stay.quote_minor
    assert stay.booked is not None
    window = stay.booked
    refuse_unstated(board, window)
    exactly = StayCase(
        entered_at=window.from_, left_at=window.until, is_free_used=stay.is_free_used
    )
    return price(board, exactly).total_minor


def surcharges_of(board: Board, stay: StayCase) -> ByRate:
    """The surcharges whose hours the entry or the exit falls in, by their tax rates."""
    result: ByRate = {}
    for surcharge in board.tariff.surcharges:
        at = stay.entered_at if surcharge.at is SurchargeAt.ENTRY else stay.left_at
        ordinal, minute = divmod(furthest(board.tariff.zone, minute_of(at)), DAY)
        if board.is_within(ordinal, minute, span=surcharge):
            rate = board.tariff.tax.rate if surcharge.tax is None else surcharge.tax
            result[rate] = result.get(rate, NOTHING) + exact(surcharge.price)
    return result


def overstay_of(tariff: Tariff, rows: ByRate) -> Decimal:
    """The 1 x part and its surcharge, both within the cap of the overstay."""
    once = total_of(rows)
    both = once + once * exact(tariff.overstay.multiplier - 1)
    return both if tariff.overstay.cap is None else min(both, exact(tariff.overstay.cap))


def lost_ticket_price(tariff: Tariff, stay: StayCase) -> Decimal:
    """What a lost ticket costs by itself."""
    assert tariff.lost_ticket is not None
    if tariff.lost_ticket.rule is not LostTicketRule.DAY_MAXIMUM:
        return exact(tariff.lost_ticket.price)
    day_cap = next(cap for cap in tariff.caps if cap.scope in DAY_SCOPES)
    minutes = minute_of(stay.left_at) - minute_of(stay.entered_at)
    started_days = (minutes + DAY - 1) // DAY
    return exact(day_cap.price) * started_days


# ----------------------------------------------------------------------------------- rules 9, 10


def total_of(rows: ByRate) -> Decimal:
    """The sum over all rates."""
    return sum(rows.values(), NOTHING)


def mixed_rate(tariff: Tariff, *charges: ByRate) -> Decimal:
    """The mean rate of charges, weighted by what they are without tax."""
    net, tax = NOTHING, NOTHING
    for rows in charges:
        for rate, amount in rows.items():
            without_tax = amount / (1 + exact(rate)) if tariff.tax.is_included else amount
            net += without_tax
            tax += without_tax * exact(rate)
    return tax / net if net > NOISE else exact(tariff.tax.rate)


def with_tax(tariff: Tariff, amount: Decimal, *, rate: Decimal) -> Decimal:
    """What is to be paid for an amount of the tariff."""
    return amount if tariff.tax.is_included else amount * (1 + rate)


def rounded(tariff: Tariff, amount: Decimal) -> int:
    """Rule 10: once, to the step of the tariff, in its mode."""
    step, mode = tariff.rounding.step_minor, tariff.rounding.mode
    steps = whole(amount / step, mode=mode)
    return steps * step


def whole(amount: Decimal, *, mode: RoundingMode = RoundingMode.HALF_UP) -> int:
    """A whole number, after taking away what is only noise."""
    clean = amount.quantize(NOISE)
    match mode:
        case RoundingMode.UP:
            return int(clean.to_integral_value(ROUND_CEILING))
        case RoundingMode.DOWN:
            return int(clean.to_integral_value(ROUND_FLOOR))
        case RoundingMode.HALF_UP:
            return int((clean + HALF).to_integral_value(ROUND_FLOOR))


def rounded_price(tariff: Tariff, amount: Decimal, *, rate: Decimal, is_cash: bool) -> SlowPrice:
    """Tax, the total's rounding, and that of cash, which changes no tax."""
    total = rounded(tariff, with_tax(tariff, amount, rate=rate))
    tax = whole(total * rate / (1 + rate))
    if is_cash:
        step = tariff.rounding.cash_step_minor
        total = whole(Decimal(total) / step) * step
    return SlowPrice(total, tax)


def stay_in_words(stay: StayCase, zone: str) -> str:
    """A stay as one can type it anew, with its wall clock."""
    entry, leave = (minute_of(each) for each in (stay.entered_at, stay.left_at))
    walls = " to ".join(
        f"{instant_of(minute)} ({date.fromordinal(wall // DAY)} {wall % DAY // 60}:{wall % 60:02})"
        for minute, wall in ((each, shown(zone, each)) for each in (entry, leave))
    )
    return f"{walls}, {leave - entry} min: {stay!r}"
