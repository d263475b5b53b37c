"""Totals by prefix sums are those of the itemised charge, for every board that they take."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge, EntryTooLongAgo, PriceNotStated
from kiosk.domain.pricing.compiled import compiled, quoted_total
from kiosk.domain.tariff import (
    Band,
    BlockPolicy,
    Cap,
    CapScope,
    Free,
    Rounding,
    Row,
    RowKind,
    Tariff,
    Tax,
)
from kiosk.domain.time import Window

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
CHANGES = (
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
)


def block(price: Fraction, minutes: int) -> Row:
    return Row(kind=RowKind.BLOCK, price=price, per_minutes=7, block_minutes=minutes)


def common_board(random: Random, version: int) -> Tariff:
    """A board of the kind that is compiled: one row a band, one grid, at most one day cap."""
    policy = random.choice((BlockPolicy.RUN_THROUGH, BlockPolicy.PRO_RATA))
    minutes = random.choice((1, 7, 15, 30, 60, 90))
    edges = sorted(random.sample(range(1440), random.randint(1, 4)))
    untils = [*edges[1:], edges[0] + 1440]
    cap = Cap(
        scope=random.choice((CapScope.CALENDAR_DAY, CapScope.ROLLING_24H)),
        price=Fraction(random.randint(300, 3000)),
        restarts_blocks=policy is BlockPolicy.PRO_RATA,
    )
    return Tariff(
        code="common",
        version=version,
        zone=random.choice(ZONES),
        currency="EUR",
        policy=policy,
        bands=tuple(
            Band(
                name=f"from {edge}",
                from_minute=edge,
                until_minute=until,
                rows=(block(Fraction(random.randint(0, 900), random.choice((1, 3))), minutes),),
            )
            for edge, until in zip(edges, untils, strict=True)
        ),
        caps=random.choice(((), (cap,))),
        minimum=Fraction(random.choice((0, 100))),
        free=random.choice((None, Free(minutes=20), Free(minutes=45, is_deducted=True))),
        tax=Tax(rate=Fraction(19, 100), is_included=random.random() < 0.5),
        rounding=Rounding(step_minor=random.choice((1, 5, 10))),
    )


@pytest.mark.parametrize("seed", range(15))
def test_a_compiled_total_is_the_total_of_the_lines(seed: int) -> None:
    random = Random(seed)
    tariff = common_board(random, seed)
    starts = [
        random.choice(CHANGES) + timedelta(seconds=random.randint(-100_000, 20_000))
        for _ in range(12)
    ]
    windows = [
        Window(start, start + timedelta(seconds=random.randint(1, 4 * 86_400))) for start in starts
    ]

    totals = [quoted_total(tariff, window) for window in windows]

    assert compiled(tariff) is not None
    assert totals == [total_of(tariff, window) for window in windows]


def total_of(tariff: Tariff, window: Window) -> Money:
    charge = quote_for(tariff, window)
    assert isinstance(charge, Charge)
    return charge.total


def test_a_rolling_cap_that_restarts_blocks_cuts_the_last_one_of_each_day() -> None:
    tariff = Tariff(
        code="cut",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        policy=BlockPolicy.RUN_THROUGH,
        bands=(
            Band(name="All", from_minute=0, until_minute=1440, rows=(block(Fraction(70), 70),)),
        ),
        caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(10**6), restarts_blocks=True),),
    )
    window = Window(CHANGES[1], CHANGES[1] + timedelta(hours=30))

    assert compiled(tariff) is not None
    assert quoted_total(tariff, window) == total_of(tariff, window)


@pytest.mark.parametrize("policy", [BlockPolicy.RUN_THROUGH, BlockPolicy.PRO_RATA])
def test_a_whole_day_that_is_deducted_is_left_out_of_its_cap(policy: BlockPolicy) -> None:
    tariff = Tariff(
        code="deducted",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        policy=policy,
        bands=(
            Band(name="All", from_minute=0, until_minute=1440, rows=(block(Fraction(70), 60),)),
        ),
        caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(2000)),),
        free=Free(minutes=1500, is_deducted=True),
    )
    window = Window(CHANGES[1], CHANGES[1] + timedelta(hours=30))

    assert compiled(tariff) is not None
    assert quoted_total(tariff, window) == total_of(tariff, window)


def test_a_rolling_day_counts_from_the_entry_not_from_the_end_of_deducted_minutes() -> None:
    tariff = Tariff(
        code="rolling",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        policy=BlockPolicy.RUN_THROUGH,
        bands=(
            Band(name="All", from_minute=0, until_minute=1440, rows=(block(Fraction(70), 60),)),
        ),
        caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(2000)),),
        free=Free(minutes=90, is_deducted=True),
    )
    window = Window(CHANGES[1], CHANGES[1] + timedelta(hours=27))

    assert compiled(tariff) is not None
    assert quoted_total(tariff, window) == total_of(tariff, window)


def test_days_that_were_asked_for_long_ago_are_forgotten() -> None:
    tariff = common_board(Random(1), 1)
    fast = compiled(tariff)
    assert fast is not None
    later = Window(CHANGES[4], CHANGES[4] + timedelta(hours=3))
    quoted_total(tariff, Window(CHANGES[0], CHANGES[0] + timedelta(hours=3)))

    total = quoted_total(tariff, later)

    assert total == total_of(tariff, later)
    assert len(fast._known.days) <= 2


def test_blocks_that_restart_are_compiled_where_no_band_ends() -> None:
    one = replace(common_board(Random(1), 1), policy=BlockPolicy.RESTART, free=None)
    whole = Band(name="All", from_minute=0, until_minute=1440, rows=(block(Fraction(70), 60),))
    halves = (replace(whole, until_minute=720), replace(whole, name="Late", from_minute=720))
    window = Window(CHANGES[1], CHANGES[1] + timedelta(hours=27))
    tariff = replace(one, version=3, bands=(whole,))

    assert compiled(tariff) is not None
    assert quoted_total(tariff, window) == total_of(tariff, window)
    assert compiled(replace(one, version=4, bands=halves)) is None


def test_two_threads_that_ask_for_far_days_disturb_no_total() -> None:
    tariff = common_board(Random(3), 77)
    windows = [
        Window(start + timedelta(days=days), start + timedelta(days=days, hours=30))
        for start in CHANGES
        for days in range(-8, 8)
    ]
    expected = [total_of(tariff, window) for window in windows]
    found: dict[int, list[object]] = {}

    def ask(number: int) -> None:
        order = Random(number).sample(range(len(windows)), len(windows))
        totals = {each: quoted_total(tariff, windows[each]) for each in order}
        found[number] = [totals[each] for each in range(len(windows))]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(interval_s)

    assert list(found.values()) == [expected] * 4


def test_a_day_cap_on_some_days_alone_is_not_compiled() -> None:
    tariff = common_board(Random(1), 1)
    cap = Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(500), days=("every day",))

    assert compiled(replace(tariff, version=2, caps=(cap,))) is None


def test_a_board_of_another_kind_is_priced_by_its_lines() -> None:
    hourly = Band(name="All", from_minute=0, until_minute=1440, rows=(block(Fraction(70), 60),))
    flat = Row(kind=RowKind.FLAT, price=Fraction(500))
    tariff = Tariff(
        code="flat",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        bands=(Band(name="All", from_minute=0, until_minute=1440, rows=(flat, hourly.rows[0])),),
    )
    window = Window(CHANGES[0], CHANGES[0] + timedelta(hours=3))

    assert compiled(tariff) is None
    assert quoted_total(tariff, window) == total_of(tariff, window)


def test_hours_without_a_stated_price_have_no_total() -> None:
    tariff = Tariff(
        code="silent",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        bands=(Band(name="Night", from_minute=0, until_minute=1440, unstated="not on the board"),),
    )
    window = Window(CHANGES[0], CHANGES[0] + timedelta(hours=3))

    assert quoted_total(tariff, window) == PriceNotStated("Night", "not on the board")


def test_more_than_366_days_have_no_total_whatever_the_board() -> None:
    tariff = common_board(Random(1), 1)
    window = Window(CHANGES[0], CHANGES[0] + timedelta(days=366, seconds=1))

    assert compiled(tariff) is not None
    assert quoted_total(tariff, window) == EntryTooLongAgo(timedelta(days=366))
