"""What holds for the price of every stay, whatever its tariff: tried on random ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.checking.inversions import falling_minutes
from kiosk.domain.checking.lint import nearest_valid
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, LineKind
from kiosk.domain.pricing.curve import PriceCurve
from kiosk.domain.tariff import (
    BandRule,
    BlockPolicy,
    Cap,
    CapScope,
    Row,
    RowKind,
    SurchargeAt,
    Tariff,
    Tax,
)
from kiosk.domain.tariff_text import read_tariff_text, tariff_hash, tariff_text
from tests.oracle.agreement import facts_of, random_pair
from tests.oracle.random_stays import changes, reached
from tests.oracle.random_tariffs import (
    ZONES,
    random_bands,
    random_days,
    random_edge,
    random_surcharge,
)
from tests.oracle.wall import DAY, furthest, instant_of, wall_minute

SEEDS = st.integers(0, 10**9)
TWO_DAYS = 2 * DAY
MINUTE = timedelta(minutes=1)
TIME_OF_NO_CHANGE = 29_700_000
"""Some minute of 2026, for a zone whose clocks never change."""


def total(tariff: Tariff, entered_at: datetime, left_at: datetime) -> int | None:
    """The total of a plain stay; None where there is no price."""
    charge = charge_for(tariff, StayFacts(entered_at=entered_at, left_at=left_at))
    return charge.total.minor if isinstance(charge, Charge) else None


# --------------------------------------------------------------------------------- any stay at all


@settings(max_examples=300)
@given(SEEDS)
def test_no_price_is_negative_and_its_tax_is_a_part_of_it(seed: int) -> None:
    tariff, case = random_pair(seed, longest=TWO_DAYS)

    charge = charge_for(tariff, replace(facts_of(tariff, case), is_cash=False))

    if isinstance(charge, Charge):
        assert 0 <= charge.tax.minor <= charge.total.minor


@settings(max_examples=300)
@given(SEEDS)
def test_the_lines_add_up_to_the_total(seed: int) -> None:
    tariff, case = random_pair(seed, longest=TWO_DAYS)

    charge = charge_for(tariff, facts_of(tariff, case))

    if isinstance(charge, Charge):
        assert sum(line.amount.minor for line in charge.lines) == charge.total.minor
        if not tariff.tax.is_included:
            assert charge.of_kind(LineKind.TAX) == charge.tax


@settings(max_examples=200)
@given(SEEDS)
def test_a_tariff_that_was_written_down_and_read_again_prices_alike(seed: int) -> None:
    tariff, case = random_pair(seed, longest=TWO_DAYS)

    read = read_tariff_text(tariff_text(tariff))

    assert read == tariff
    assert tariff_hash(read) == tariff_hash(tariff)
    assert charge_for(read, facts_of(read, case)) == charge_for(tariff, facts_of(tariff, case))


# ---------------------------------------------------------------------------------------- seconds


def without_exit_hours(tariff: Tariff) -> Tariff:
    """The tariff without surcharges that look at the exit: these begin with a minute."""
    kept = tuple(each for each in tariff.surcharges if each.at is SurchargeAt.ENTRY)
    return replace(tariff, surcharges=kept)


@settings(max_examples=200)
@given(SEEDS, st.integers(1, 59), st.sampled_from((BlockPolicy.RESTART, BlockPolicy.RUN_THROUGH)))
def test_a_started_minute_costs_as_much_as_a_whole_one(
    seed: int, seconds: int, policy: BlockPolicy
) -> None:
    tariff, case = random_pair(seed, longest=TWO_DAYS)
    tariff = replace(without_exit_hours(tariff), policy=policy)
    facts = facts_of(tariff, case)
    earlier = replace(facts, left_at=facts.left_at - timedelta(seconds=seconds))

    whole, started = charge_for(tariff, facts), charge_for(tariff, earlier)

    if isinstance(whole, Charge) and isinstance(started, Charge):
        assert (started.total, started.tax) == (whole.total, whole.tax)


def pro_rata_board(random: Random) -> Tariff:
    """Whole cents for each minute, so that no rounding can hide a difference; no caps yet."""
    calendars, day_types = random_days(random)
    bands = random_bands(random, tuple(each.name for each in day_types))
    return Tariff(
        code="pro-rata",
        version=1,
        zone=random.choice(ZONES),
        currency="EUR",
        bands=tuple(
            replace(band, rows=(pro_rata_row(random),), rule=BandRule.SUM, unstated="")
            for band in bands
        ),
        policy=BlockPolicy.PRO_RATA,
        calendars=calendars,
        day_types=day_types,
        tax=Tax(rate=Fraction(19, 100)),
    )


def pro_rata_row(random: Random) -> Row:
    """A block row whose price is a whole number of cents a minute."""
    per = random.choice((1, 7, 60))
    price = Fraction(random.randrange(10) * per)
    return Row(kind=RowKind.BLOCK, price=price, per_minutes=per, block_minutes=30)


def in_cents_a_second(board: Tariff) -> Tariff:
    """The same with sixty times the prices."""
    return replace(
        board,
        bands=tuple(
            replace(band, rows=tuple(replace(row, price=row.price * 60) for row in band.rows))
            for band in board.bands
        ),
    )


@settings(max_examples=100)
@given(SEEDS, st.integers(1, 59), st.integers(1, 59))
def test_where_seconds_are_priced_they_cost_their_part_of_a_minute(
    seed: int, late: int, early: int
) -> None:
    random = Random(seed)
    board = in_cents_a_second(pro_rata_board(random))
    entry = random.choice(changes(board.zone) or (TIME_OF_NO_CHANGE,)) - random.randint(0, DAY)
    entered_at, left_at = instant_of(entry), instant_of(entry + random.randint(2, DAY))

    whole = total(board, entered_at, left_at)
    first = total(board, entered_at, entered_at + MINUTE)
    last = total(board, left_at - MINUTE, left_at)
    cut = total(board, entered_at + timedelta(seconds=late), left_at - timedelta(seconds=early))

    assert whole is not None
    assert first is not None
    assert last is not None
    assert cut == whole - first * Fraction(late, 60) - last * Fraction(early, 60)


# --------------------------------------------------------------------------- splitting at a reset


def first_reaching(zone: str, wall: int) -> int:
    """The minute of a wall-clock edge (rule 1)."""
    about = reached(zone, wall)
    return next(each for each in range(about - 180, about + 180) if furthest(zone, each) >= wall)


@settings(max_examples=200)
@given(SEEDS)
def test_a_stay_split_at_a_wall_clock_reset_costs_the_same(seed: int) -> None:
    random = Random(seed)
    board = pro_rata_board(random)
    day = date(2026, random.randint(1, 12), random.randint(1, 28))
    scope = random.choice(
        (CapScope.CALENDAR_DAY, CapScope.RESET_DAY, CapScope.WEEK, CapScope.MONTH)
    )
    reset = random_edge(random) if scope is CapScope.RESET_DAY else 0
    if scope is CapScope.WEEK:
        day -= timedelta(days=day.weekday())
    elif scope is CapScope.MONTH:
        day = day.replace(day=1)
    price = Fraction(random.randint(1, 9000))
    is_restarting = random.random() < 0.5
    cap = Cap(scope=scope, price=price, reset_minute=reset, restarts_blocks=is_restarting)
    daily = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(random.randint(1, 3000)))
    caps = (cap,) if scope is CapScope.RESET_DAY else (cap, daily)
    middle = first_reaching(board.zone, wall_minute(day, reset))
    first, middle_at, last = (
        instant_of(minute)
        for minute in (
            middle - random.randint(1, 5 * DAY),
            middle,
            middle + random.randint(1, 5 * DAY),
        )
    )

    assert_split_changes_nothing(replace(board, caps=caps), first, middle_at, last)


@settings(max_examples=100)
@given(SEEDS)
def test_a_stay_split_at_an_elapsed_reset_costs_the_same(seed: int) -> None:
    random = Random(seed)
    board = pro_rata_board(random)
    first = random.choice(changes(board.zone) or (TIME_OF_NO_CHANGE,))
    first -= random.randint(0, 8 * DAY)
    scope, days = random.choice(((CapScope.ROLLING_24H, 1), (CapScope.WEEK, 7)))
    cap = Cap(
        scope=scope,
        price=Fraction(random.randint(1, 9000)),
        is_from_entry=scope is CapScope.WEEK,
    )
    middle = first + random.randint(1, 2) * days * DAY
    last = middle + random.randint(1, 3 * DAY)

    tariff = replace(board, caps=(cap,))
    assert_split_changes_nothing(tariff, *(instant_of(each) for each in (first, middle, last)))


def assert_split_changes_nothing(
    tariff: Tariff, first: datetime, middle: datetime, last: datetime
) -> None:
    """One stay costs what two do that meet in the middle."""
    whole = total(tariff, first, last)
    before, after = total(tariff, first, middle), total(tariff, middle, last)
    assert whole is not None
    assert before is not None
    assert after is not None
    assert whole == before + after


# ----------------------------------------------------------------------------------- time goes on


@settings(max_examples=60)
@given(SEEDS)
def test_the_curve_of_an_entry_has_the_totals_of_its_stays(seed: int) -> None:
    random = Random(seed)
    tariff, case = random_pair(seed, longest=TWO_DAYS)
    curve = PriceCurve(tariff, case.entered_at, timedelta(minutes=TWO_DAYS))
    exits = [case.entered_at + random.randint(1, TWO_DAYS) * MINUTE for _ in range(30)]

    totals = [curve.total_minor(each) for each in exits]

    assert totals == [total(tariff, case.entered_at, each) for each in exits]


def with_one_tax(tariff: Tariff) -> Tariff:
    """The tariff without taxes of single rows.

    Where tax is added and something was cut, minutes at a lower rate may lower the mixed rate of
    all (rule 9), and so the total: rightly, and at instants that the linter does not look for.
    """
    bands = tuple(
        replace(band, rows=tuple(replace(row, tax=None) for row in band.rows))
        for band in tariff.bands
    )
    surcharges = tuple(replace(each, tax=None) for each in tariff.surcharges)
    return replace(tariff, bands=bands, surcharges=surcharges)


def with_one_cause(random: Random, tariff: Tariff, day: date) -> Tariff:
    """The tariff with one thing alone that may make a price fall: a surcharge, or rounding once.

    The surcharge holds on dates of the day's own type only, which may be rare.
    """
    if random.random() < 0.4:
        return replace(tariff, policy=BlockPolicy.ROUND_ONCE, surcharges=())
    late = random_surcharge(random, "Late", (tariff.day_type(day),))
    late = replace(late, at=SurchargeAt.EXIT, days=(tariff.day_type(day),))
    policy = random.choice((BlockPolicy.RESTART, BlockPolicy.RUN_THROUGH, BlockPolicy.PRO_RATA))
    return replace(tariff, policy=policy, surcharges=(late,))


@settings(max_examples=120)
@given(SEEDS, st.integers(0, 364))
def test_where_time_makes_a_stay_cheaper_the_linter_finds_an_inversion_in_any_week(
    seed: int, day_of_run: int
) -> None:
    tariff, case = random_pair(seed, longest=TWO_DAYS)
    random = Random(seed)
    entered_at = case.entered_at
    rare = [day for calendar in tariff.calendars for day in calendar.dates]
    if rare and random.random() < 0.7:
        midnight = wall_minute(random.choice(rare), 0)
        entered_at = instant_of(first_reaching(tariff.zone, midnight + random.randrange(DAY)))
    day = entered_at.astimezone(ZoneInfo(tariff.zone)).date()
    tariff = with_one_cause(random, with_one_tax(tariff), day)
    curve = PriceCurve(tariff, entered_at, timedelta(minutes=DAY))

    totals = [curve.total_minor(entered_at + minute * MINUTE) for minute in range(1, DAY + 1)]

    stated = [each for each in totals if each is not None]
    if any(later < sooner for sooner, later in pairwise(stated)):
        run_on = date(2026, 1, 1) + timedelta(days=day_of_run)
        run_on = nearest_valid(tariff, run_on)
        assert next(falling_minutes(tariff, run_on), None) is not None
