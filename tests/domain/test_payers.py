"""A charge is divided among several payers by minutes, exactly, and each gets the own rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.money import Money
from kiosk.domain.payers import (
    PayerPart,
    Turn,
    divide_by_minutes,
    minutes_by_payer,
    payer_parts,
)

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ADA, BOB, FLEET = "wallet:1", "wallet:2", "receivable:fleet:unbilled:1"


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("total", "minutes", "parts"),
    [
        (900, (60, 120), (300, 600)),
        (100, (1, 1, 1), (34, 33, 33)),  # ties go to the earlier
        (100, (1, 1, 4), (17, 17, 66)),  # 16.67, 16.67, 66.67: two units are left
        (10, (1, 5, 1), (2, 7, 1)),  # 1.43, 7.14, 1.43: the largest remainder is first
        (7, (0, 0), (0, 7)),  # nobody has a minute: whoever stands at the exit
        (7, (0, 5), (0, 7)),
        (0, (3, 5), (0, 0)),
        (1, (1,), (1,)),
    ],
)
def test_an_amount_is_divided_by_minutes_and_adds_up(
    total: int, minutes: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    assert divide_by_minutes(euro(total), minutes) == tuple(map(euro, parts))


@given(
    total=st.integers(0, 10**9),
    minutes=st.lists(st.integers(0, 10**6), min_size=1, max_size=6),
)
def test_no_part_is_a_unit_off_its_exact_share(total: int, minutes: list[int]) -> None:
    parts = divide_by_minutes(euro(total), minutes)

    assert sum(part.minor for part in parts) == total
    whole = sum(minutes)
    assert all(
        abs(part.minor * whole - total * each) < whole
        for part, each in zip(parts, minutes, strict=True)
        if whole
    )


def test_started_minutes_are_counted_from_the_first_turn_so_that_none_is_lost() -> None:
    turns = (Turn(ADA, at(0)), Turn(BOB, at(10.5)), Turn(ADA, at(20.9)))

    assert minutes_by_payer(turns, at(30.2)) == {ADA: 11 + 10, BOB: 10}


def test_a_clock_that_was_set_back_counts_no_minutes_below_zero() -> None:
    turns = (Turn(ADA, at(30)), Turn(BOB, at(10)))

    assert minutes_by_payer(turns, at(20)) == {ADA: 0, BOB: 0}


def test_each_payer_gets_the_own_rest_back() -> None:
    parts = payer_parts(
        (Turn(ADA, at(0)), Turn(BOB, at(60))),
        until=at(180),
        total=euro(600),
        paid={ADA: euro(500), BOB: euro(450)},
    )

    assert parts == (
        PayerPart(ADA, 60, euro(200), euro(300)),
        PayerPart(BOB, 120, euro(400), euro(50)),
    )


def test_what_those_who_are_gone_have_not_paid_falls_to_the_last_one_and_to_nobodys_rest() -> None:
    parts = payer_parts(
        (Turn(ADA, at(0)), Turn(FLEET, at(60)), Turn(BOB, at(120))),
        until=at(180),
        total=euro(600),
        paid={ADA: euro(300), FLEET: euro(100), BOB: euro(250)},
    )

    assert [(part.part.minor, part.back.minor) for part in parts] == [
        (200, 100),
        (100, 0),
        (250, 0),
    ]


def test_what_the_last_one_has_not_paid_comes_out_of_nobodys_rest() -> None:
    parts = payer_parts(
        (Turn(ADA, at(0)), Turn(BOB, at(26))),
        until=at(91),
        total=euro(600),
        paid={ADA: euro(240), BOB: euro(140)},
    )

    assert parts == (
        PayerPart(ADA, 26, euro(171), euro(69)),
        PayerPart(BOB, 65, euro(140), euro(0)),
    )


def test_who_took_the_car_back_is_the_last_one() -> None:
    parts = payer_parts(
        (Turn(ADA, at(0)), Turn(BOB, at(60)), Turn(ADA, at(120))),
        until=at(180),
        total=euro(600),
        paid={ADA: euro(700), BOB: euro(50)},
    )

    assert parts == (
        PayerPart(ADA, 120, euro(550), euro(150)),
        PayerPart(BOB, 60, euro(50), euro(0)),
    )


@given(
    total=st.integers(0, 5000),
    spans=st.lists(
        st.tuples(st.sampled_from([ADA, BOB, FLEET]), st.integers(0, 500)), min_size=1, max_size=5
    ),
    paid=st.dictionaries(st.sampled_from([ADA, BOB, FLEET]), st.integers(0, 5000)),
)
def test_parts_and_rests_add_up_to_what_was_paid(
    total: int, spans: list[tuple[str, int]], paid: dict[str, int]
) -> None:
    start, turns = 0, []
    for account, minutes in spans:
        turns.append(Turn(account, at(start)))
        start += minutes
    money = {turn.account: euro(paid.get(turn.account, 0)) for turn in turns}

    parts = payer_parts(turns, until=at(start), total=euro(total), paid=money)

    all_paid = sum(each.minor for each in money.values())
    of_parts = sum(part.part.minor for part in parts)
    assert of_parts <= total
    last = next(part for part in parts if part.account == turns[-1].account)
    assert of_parts == total or last.back == euro(0)
    assert sum(part.part.minor + part.back.minor for part in parts) == all_paid
    assert min(min(part.part.minor, part.back.minor) for part in parts) >= 0
