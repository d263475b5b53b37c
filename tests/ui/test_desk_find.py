"""How the desk finds a stay and reads an amount: folding, near matches, order of need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.domain.reservation import State
from kiosk.ui.desk.plate_filter import folded, is_near, matches
from kiosk.ui.desk.stays import StaysCard
from kiosk.ui.desk.texts import minor_of
from tests.ui.desk_stage import desk_stage, desk_view, stay


def test_ux_30_a_search_folds_o_and_0_i_and_1_b_and_8() -> None:
    assert folded("dd-oi b8") == folded("DD 01.88")


def test_a_part_of_a_plate_matches_it() -> None:
    assert matches(folded("ob10"), (folded("DD-OB 1012"),))


def test_ux_30_a_plate_with_one_wrong_sign_is_near() -> None:
    assert is_near(folded("DDXB1012"), (folded("DDOB1012"),))


def test_ux_30_a_plate_with_one_sign_forgotten_is_near() -> None:
    assert is_near(folded("DDOB112"), (folded("DDOB1012"),))


def test_two_wrong_signs_are_not_near() -> None:
    assert not is_near(folded("DDXX1012"), (folded("DDOB1012"),))


def test_two_signs_are_too_few_to_be_near_anything() -> None:
    assert not is_near("XY", ("X1",))


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("20", 2000),
        ("20.5", 2050),
        ("0,05", 5),
        ("20.555", None),
        ("-5", None),
        ("", None),
        (".", None),
        ("2x", None),
        ("1234567890", None),
        ("٣", None),
    ],
)
def test_an_amount_is_read_exactly_or_not_at_all(typed: str, minor: int | None) -> None:
    assert minor_of(typed, "EUR") == minor


def test_an_amount_in_yen_has_no_decimals() -> None:
    assert minor_of("700", "JPY") == 700
    assert minor_of("700.5", "JPY") is None


@pytest.fixture
def stays(qapp: object) -> Iterator[StaysCard]:
    """The list of a desk at work."""
    with desk_stage() as stage:
        stage.sign_in()
        yield stage.screen._stays


def test_stays_are_found_by_plate_while_typing(stays: StaysCard) -> None:
    stays.type("ddob1o12")

    assert [line.plate for line in stays._lines.rows] == ["DDOB1012"]


def test_stays_are_found_by_short_code_as_it_is_read_out(stays: StaysCard) -> None:
    wanted = stay(7).short_code

    stays.type(f"{wanted[:4]} {wanted[4:]}".upper())

    assert [line.key for line in stays._lines.rows] == ["7"]


def test_a_stay_that_was_left_unpaid_is_found_by_the_code_that_its_driver_names(
    stays: StaysCard, qapp: object
) -> None:
    owing = replace(stay(7), debt_codes=("k7m4q2x9",))
    texts = stays._texts
    assert texts is not None
    stays.show(replace(desk_view(), stays=(stay(1), owing)), texts)

    stays.type("K7M4 Q2")

    assert [line.key for line in stays._lines.rows] == ["7"]


def test_stays_are_found_by_space(stays: StaysCard) -> None:
    wanted = stay(7).space.label

    stays.type(wanted)

    assert {line.space for line in stays._lines.rows} == {wanted}


def test_ux_30_nothing_exact_shows_what_is_near_and_says_so(stays: StaysCard) -> None:
    stays.type("DDXB1012")

    assert stays.state.is_near
    assert [line.plate for line in stays._lines.rows] == ["DDOB1012"]


def test_overstayed_cars_stand_first_and_ended_stays_last(stays: StaysCard) -> None:
    conditions = [line.condition for line in stays._lines.rows]

    assert conditions[0] == "overstayed"
    assert conditions == sorted(
        conditions, key=["overstayed", "arrived", "settled", "confirmed", "left"].index
    )


def test_a_group_lets_only_its_states_through(stays: StaysCard) -> None:
    stays.chooseGroup("expected")

    assert {line.condition for line in stays._lines.rows} == {State.CONFIRMED.value}


def test_locking_forgets_what_was_typed(stays: StaysCard) -> None:
    stays.type("DDOB")

    stays.wipe()

    assert stays.state.filter == ""
    assert len(stays._lines.rows) == 40


def test_ux_46_a_thousand_stays_change_only_the_rows_that_differ(qapp: object) -> None:
    with desk_stage() as stage:
        stage.sign_in(desk_view(stay_count=1000))
        card = stage.screen._stays
        changes: list[object] = []
        card._lines.dataChanged.connect(lambda *what: changes.append(what))
        card._lines.modelReset.connect(lambda: changes.append("reset"))

        card.show(desk_view(stay_count=1000), stage.screen.texts)

        assert changes == []
        assert len(card._lines.rows) == 1000
