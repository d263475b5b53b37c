"""A plate is never refused for its form: only for having no signs, or more than a plate has."""

from __future__ import annotations

import pytest

from kiosk.domain.outcomes import PlateHasReservation, PlateRefused, Reserved
from kiosk.services import limits
from tests.fakes.planned import ask_for, hours, ticket_for
from tests.fakes.stage import ENTRY, Stage, Wallet

REFUSED = PlateRefused(limits.PLATE_LONGEST_SIGNS)


@pytest.mark.parametrize(
    ("typed", "plate"),
    [
        ("\u0430 123 \u0432\u0435 77", "\u0410123\u0412\u041577"),
        ("\u0628 \u062c \u062f 1234", "\u0628\u062c\u062f1234"),
        ("\u4eac A\u00b712345", "\u4eacA\u00b712345"),
        ("\u0e01\u0e34 1234", "\u0e01\u0e341234"),
        ("\U0001f697 \U0001f468\u200d\U0001f469\u200d\U0001f467", None),
        ("?!'\";--", "?!'\";--"),
        ("\u20b9\u2603", "\u20b9\u2603"),
    ],
)
def test_a_plate_in_any_script_gets_its_space_and_its_ticket(
    stage: Stage, ada: Wallet, typed: str, plate: str | None
) -> None:
    ticket = ticket_for(stage, hours(0, 2), ada.proof, plate=typed)

    assert plate is None or ticket.plate == plate
    assert [printed.lane for printed in stage.site.papers] == [ENTRY]


def test_the_same_plate_typed_another_way_is_the_same_car(stage: Stage, ada: Wallet) -> None:
    ticket_for(stage, hours(0, 2), ada.proof, plate="\u4eacA12345")

    again = ask_for(stage, hours(1, 3), plate=" \u4eac\uff41 \uff11\uff12345", space_id=3)

    assert again == PlateHasReservation(hours(0, 2))


@pytest.mark.parametrize("plate", ["", "   ", "\u200e\u200b", "\u0301\u0301", "\ud83d"])
def test_what_has_no_sign_is_no_plate(stage: Stage, plate: str) -> None:
    assert ask_for(stage, hours(0, 2), plate=plate) == REFUSED


@pytest.mark.parametrize(
    ("plate", "is_taken"),
    [
        ("A" * 12, True),
        ("A" * 13, False),
        ("\u0e01\u0e34" * 12, True),
        ("\u0e01\u0e34" * 13, False),
        ("\U0001f697" * 12, True),
        ("A" + "\u0334" * 47, True),
        ("A" + "\u0334" * 48, False),
        ("A" * 10**6, False),
    ],
)
def test_the_length_of_a_plate_counts_its_signs_and_its_marks_have_an_end(
    stage: Stage, plate: str, is_taken: bool
) -> None:
    answer = ask_for(stage, hours(0, 2), plate=plate)

    assert isinstance(answer, Reserved) if is_taken else answer == REFUSED
