"""Plates of any script: one way to write each, and the signs that a driver counts."""

from __future__ import annotations

import pytest

from kiosk.domain.plate import plain_plate, plate_signs


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (" b-ab 12 ", "B-AB12"),
        ("\u0430123\u0432\u0435 77", "\u0410123\u0412\u041577"),  # Cyrillic
        ("\u4eac\uff21\uff11\uff12 345", "\u4eacA12345"),  # Chinese, wide letters
        ("\u200f\u0628 \u062c 123", "\u0628\u062c123"),  # Arabic, after a mark of direction
        ("\ufb01 \u00df", "FISS"),  # what one key gives as one sign and another as two
        ("A\u030a1", "\u00c51"),  # an accent of its own, and the letter that has it
        ("\u00aa1", "A1"),  # small by its form alone
        ("a\tb\u00a0c\u2003d", "ABCD"),
        ("\U0001f697 1", "\U0001f6971"),
        ("a\ud83d1", "A1"),  # half of a sign that a keyboard broke
        ("", ""),
        (" \u200b\u200d ", ""),
    ],
)
def test_a_plate_is_the_same_however_it_was_typed(typed: str, plain: str) -> None:
    assert plain_plate(typed) == plain
    assert plain_plate(plain) == plain


@pytest.mark.parametrize(
    ("plate", "signs"),
    [("", 0), ("B-AB12", 6), ("\u0e01\u0e3412", 3), ("\u0301", 0), ("\U0001f697\U0001f697", 2)],
)
def test_a_mark_on_a_letter_is_no_sign_of_its_own(plate: str, signs: int) -> None:
    assert plate_signs(plate) == signs
