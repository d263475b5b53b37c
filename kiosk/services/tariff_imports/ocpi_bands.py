"""Which OCPI element prices which hours of the week, as day types, bands and a block policy.

Only time is here; fees, taxes and limits stand in ocpi.py. The first element that
fits an instant holds; an instant that none fits costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kiosk.domain.money import half_up
from kiosk.domain.tariff import (
    DAY_MINUTES,
    EVERY_DAY,
    Band,
    BlockPolicy,
    DayType,
    Row,
    RowKind,
    Tariff,
)
from kiosk.services.charge_words import price_text
from kiosk.services.published_records import CannotSay
from kiosk.services.tariff_files.parts import WorkedExample
from kiosk.services.tariff_imports.records import MONDAY, stay

_HOUR = 60
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRule:
    """One element's price for time; `price` in minor units an hour."""

    element: int
    price: Fraction
    vat: Fraction
    step_s: int
    from_minute: int
    until_minute: int
    """1 to 1440; before `from_minute`: over midnight."""
    weekdays: frozenset[int]
    from_date: date | None
    until_date: date | None
    min_minutes: int
    max_minutes: int | None

    def fits(self, weekday: int, minute: int) -> bool:
        """Whether it holds at that minute of the week, at some length of the stay."""
        if self.from_minute < self.until_minute:
            is_in_hours = self.from_minute <= minute < self.until_minute
        else:
            is_in_hours = minute >= self.from_minute or minute < self.until_minute
        return weekday in self.weekdays and is_in_hours

    def fits_after(self, minutes: int) -> bool:
        """Whether it holds once a stay has lasted so long."""
        return self.min_minutes <= minutes and (
            self.max_minutes is None or minutes < self.max_minutes
        )

    @property
    def costs(self) -> tuple[Fraction, Fraction, int]:
        return self.price, self.vat, self.step_s


@dataclass(frozen=True, slots=True)
class _Step:
    """From so many minutes of the stay on a rule holds; None: nothing is charged."""

    from_minutes: int
    rule: TimeRule | None


Profile = tuple[_Step, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """Hours of a day with one profile."""

    from_minute: int
    until_minute: int
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The elements laid out over the days of a week."""

    days: tuple[tuple[_Span, ...], ...]
    """For each weekday its hours in order."""
    policy: BlockPolicy
    has_free_time: bool
    notes: tuple[str, ...]

    @property
    def day_types(self) -> tuple[DayType, ...]:
        """Weekdays with the same hours are one type of day."""
        groups = self._groups()
        if len(groups) == 1:
            return (EVERY_DAY,)
        return tuple(DayType(name=_days_text(days), weekdays=days) for days in groups)

    def _groups(self) -> list[tuple[int, ...]]:
        groups: dict[tuple[_Span, ...], tuple[int, ...]] = {}
        for weekday, spans in enumerate(self.days):
            groups[spans] = (*groups.get(spans, ()), weekday)
        return list(groups.values())

    def bands(self, tax_rate: Fraction) -> tuple[Band, ...]:
        """The hours with their rows; a row has its own tax when it is not `tax_rate`."""
        groups = self._groups()
        days_of: dict[_Span, list[str]] = {}
        for days in groups:
            for span in self.days[days[0]]:
                days_of.setdefault(span, []).append(_days_text(days))
        return tuple(
            Band(
                name=_band_name(span, () if len(names) == len(groups) else names),
                from_minute=span.from_minute,
                until_minute=span.until_minute,
                days=() if len(names) == len(groups) else tuple(names),
                rows=tuple(self._row(step, tax_rate) for step in span.profile),
            )
            for span, names in days_of.items()
        )

    def _row(self, step: _Step, tax_rate: Fraction) -> Row:
        rule = step.rule
        block = _HOUR if rule is None else max(rule.step_s // 60, 1)
        return Row(
            kind=RowKind.BLOCK,
            price=Fraction(0) if rule is None else rule.price,
            from_minutes=step.from_minutes,
            per_minutes=_HOUR,
            block_minutes=block,
            tax=None if rule is None or rule.vat == tax_rate else rule.vat,
        )


def week_of(rules: tuple[TimeRule, ...], *, has_only_flat: bool) -> Week:
    """The rules over a week; CannotSay when their steps cannot be said in whole minutes."""
    days = tuple(_day(rules, weekday) for weekday in range(7))
    has_free_time = any(
        step.rule is None for spans in days for span in spans for step in span.profile
    )
    if has_only_flat:
        policy, note = BlockPolicy.PRO_RATA, "No element prices time: it costs nothing."
    else:
        policy, note = _policy(rules, days, has_free_time=has_free_time)
    notes = [note]
    if has_free_time and not has_only_flat:
        notes.append("Hours that no element prices cost nothing.")
    return Week(days=days, policy=policy, has_free_time=has_free_time, notes=tuple(notes))


def _day(rules: tuple[TimeRule, ...], weekday: int) -> tuple[_Span, ...]:
    edges = {0, DAY_MINUTES}
    for rule in rules:
        edges.update((rule.from_minute, rule.until_minute))
    spans: list[_Span] = []
    ordered = sorted(edges)
    for from_minute, until_minute in pairwise(ordered):
        profile = _profile(rules, weekday, from_minute)
        if spans and _same(spans[-1].profile, profile):
            spans[-1] = _Span(spans[-1].from_minute, until_minute, spans[-1].profile)
        else:
            spans.append(_Span(from_minute, until_minute, profile))
    return tuple(spans)


def _profile(rules: tuple[TimeRule, ...], weekday: int, minute: int) -> Profile:
    candidates = [rule for rule in rules if rule.fits(weekday, minute)]
    changes = {0}
    for rule in candidates:
        changes.add(rule.min_minutes)
        if rule.max_minutes is not None:
            changes.add(rule.max_minutes)
    steps: list[_Step] = []
    for from_minutes in sorted(changes):
        first = next((each for each in candidates if each.fits_after(from_minutes)), None)
        if not steps or not _same_costs(steps[-1].rule, first):
            steps.append(_Step(from_minutes, first))
    return tuple(steps)


def _same(one: Profile, other: Profile) -> bool:
    return len(one) == len(other) and all(
        left.from_minutes == right.from_minutes and _same_costs(left.rule, right.rule)
        for left, right in zip(one, other, strict=True)
    )


def _same_costs(one: TimeRule | None, other: TimeRule | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.costs == other.costs


def _policy(
    rules: tuple[TimeRule, ...], days: tuple[tuple[_Span, ...], ...], *, has_free_time: bool
) -> tuple[BlockPolicy, str]:
    """How OCPI's step_size, which rounds up once at the end of paid time, is said."""
    if all(rule.step_s == 1 for rule in rules):
        return BlockPolicy.PRO_RATA, "step_size 1: time is priced to the second."
    for rule in rules:
        if rule.step_s % 60:
            raise CannotSay(
                f"element {rule.element}: step_size {rule.step_s} is not in whole minutes"
            )
    if not has_free_time:
        return (
            BlockPolicy.ROUND_ONCE,
            "step_size: the stay is rounded up once, by the step that holds at its end.",
        )
    # Paid time is rounded up where free time begins. With one price between two free times this
    # is what started blocks do; with several prices one after the other it is not.
    if not _is_one_price_at_a_time(days):
        raise CannotSay("step_size: several prices one after the other, beside free time")
    return (
        BlockPolicy.RESTART,
        "step_size: rounded up at the end of the stay, and where time begins that costs nothing.",
    )


def _is_one_price_at_a_time(days: tuple[tuple[_Span, ...], ...]) -> bool:
    spans = [span for day in days for span in day]
    if any(len(span.profile) > 1 for span in spans):
        return False
    paid = [span if span.profile[0].rule is not None else None for span in spans]
    following = [*paid[1:], paid[0]]
    return all(
        span is None or after is None or span == after
        for span, after in zip(paid, following, strict=True)
    )


def _days_text(days: tuple[int, ...]) -> str:
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{_SHORT[days[0]]}-{_SHORT[days[-1]]}"
    return " ".join(_SHORT[day] for day in days)


def _band_name(span: _Span, days: Sequence[str]) -> str:
    hours = "all day" if days else "All day"
    if (span.from_minute, span.until_minute) != (0, DAY_MINUTES):
        hours = "-".join(
            f"{minute // 60:02d}:{minute % 60:02d}"
            for minute in (span.from_minute, span.until_minute)
        )
    is_free = all(step.rule is None for step in span.profile)
    return " ".join([*days, hours]) + ", free" * is_free


def example_of(tariff: Tariff, rules: tuple[TimeRule, ...]) -> tuple[WorkedExample, ...]:
    """A stay of some hours worked out minute by minute from the elements, where that is plain."""
    minutes = 120
    start = MONDAY.hour * 60 + MONDAY.minute
    total, seen = Fraction(0), []
    for minute in range(minutes):
        fitting = (rule for rule in rules if rule.fits(0, start + minute))
        rule = next((each for each in fitting if each.fits_after(minute)), None)
        seen.append(rule)
        if rule is not None:
            total += rule.price / 60 * (1 if tariff.tax.is_included else 1 + rule.vat)
    last = seen[-1]
    is_plain = len(set(seen)) == 1 or tariff.policy is not BlockPolicy.RESTART
    is_even = last is None or (minutes * 60) % last.step_s == 0
    is_limited = bool(tariff.minimum or tariff.caps or tariff.valid_from or tariff.valid_until)
    if not is_plain or not is_even or is_limited:
        return ()
    for surcharge in tariff.surcharges:
        rate = tariff.tax.rate if surcharge.tax is None else surcharge.tax
        total += surcharge.price * (1 if tariff.tax.is_included else 1 + rate)
    prices = sorted({rule.price for rule in seen if rule is not None})
    said = " and ".join(price_text(price, tariff.currency) for price in prices) or "nothing"
    return (
        stay(
            tariff,
            says=f"2 h from 09:00 on a Monday, at {said} an hour, with fee and tax",
            minutes=minutes,
            total_minor=half_up(total.numerator, total.denominator),
        ),
    )
