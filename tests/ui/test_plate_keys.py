"""Which keys of the plate keyboard are possible next (rule 29)."""

import pytest

from kiosk.ui.plate_keys import (
    CHINESE_LETTERS,
    DIGITS,
    LATIN_LETTERS,
    PROVINCES,
    TAILS,
    Country,
    is_complete,
    possible_keys,
)


@pytest.mark.parametrize(
    ("plate", "expected"),
    [
        ("", PROVINCES),
        ("京", CHINESE_LETTERS),
        ("京A", CHINESE_LETTERS + DIGITS),
        ("京A1234", CHINESE_LETTERS + DIGITS + TAILS),
        ("京A1234挂", ""),
        ("京AD1234", DIGITS),
        ("京AD12345", ""),
        ("京A12345D", ""),
        ("京A12345", "DF"),
        ("京AX2345Y", ""),
    ],
)
def test_rule_29_a_chinese_plate_goes_on_like_this(plate: str, expected: str) -> None:
    assert possible_keys(plate, "CN") == expected


def test_rule_29_i_and_o_are_no_chinese_keys() -> None:
    assert "I" not in CHINESE_LETTERS
    assert "O" not in CHINESE_LETTERS


def test_there_are_31_provinces() -> None:
    assert len(set(PROVINCES)) == 31


@pytest.mark.parametrize(
    ("plate", "country", "complete"),
    [
        ("京A12345", "CN", True),
        ("京AD12345", "CN", True),
        ("京A12345D", "CN", True),
        ("京A1234", "CN", False),
        ("M", "latin", False),
        ("MPK204", "latin", True),
    ],
)
def test_a_plate_is_complete_by_its_length(plate: str, country: Country, complete: bool) -> None:
    assert is_complete(plate, country) is complete


def test_a_latin_plate_takes_letters_and_digits_until_it_is_full() -> None:
    assert possible_keys("MPK2", "latin") == LATIN_LETTERS + DIGITS
    assert possible_keys("MPK2041234", "latin") == ""
