"""A lane's scanner as an installer writes it down, and what the reader makes of it."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from hardware.scanner import FRAMINGS, CodeFramer, ScanFraming
from kiosk.app.scanner_table import ScannerTable


def test_a_scanner_of_which_only_the_port_is_known_ends_codes_as_most_do() -> None:
    table = ScannerTable(port="/dev/kiosk/scanner0")

    assert table.framing() == ScanFraming()
    assert not table.is_keyboard


@pytest.mark.parametrize(
    ("terminator", "stream"),
    [
        ("cr-or-lf", b"ONE\nTWO\r\n"),
        ("cr", b"ONE\rTWO\r"),
        ("lf", b"ONE\nTWO\n"),
        ("crlf", b"ONE\r\nTWO\r\n"),
        ("stx-etx", b"\x02ONE\x03\x02TWO\x03"),
    ],
)
def test_each_terminator_ends_codes(terminator: str, stream: bytes) -> None:
    table = ScannerTable.model_validate({"port": "sim", "terminator": terminator})

    assert CodeFramer(table.framing()).feed(stream) == ["ONE", "TWO"]


def test_a_scanner_without_a_terminator_ends_codes_by_the_gap() -> None:
    table = ScannerTable(port="sim", terminator="idle", idle_ms=80)

    assert table.framing() == ScanFraming(ends=(), idle_ms=80)


def test_what_a_scanner_adds_is_removed() -> None:
    table = ScannerTable(port="sim", aim=True, prefix="<", suffix=">")

    assert CodeFramer(table.framing()).feed(b"]Q1<ONE>\r") == ["ONE"]


def test_the_limits_are_those_of_the_table() -> None:
    gate = ScannerTable(port="sim", dedupe_s=5, rate_max=2).gate()

    passed = [gate.lets_through("ONE", at_s) for at_s in (0.0, 4.9, 5.0)]

    assert passed == [True, False, True]
    assert gate.lets_through("TWO", 5.0)
    assert not gate.lets_through("THREE", 5.0)


def test_a_keyboard_has_no_terminator_but_enter() -> None:
    assert ScannerTable(port="keyboard").is_keyboard

    with pytest.raises(ValidationError, match="end with Enter"):
        ScannerTable(port="keyboard", terminator="cr")


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": "sim", "terminator": "tab"},
        {"port": "sim", "baud": 9601},
        {"port": "sim", "idle_ms": 0},
        {"port": "sim", "rate_max": 11},
        {"port": "sim", "dedupe_s": 0},
        {"port": "sim", "key_gap_ms": 500},
        {"port": "sim", "speed": 9600},
        {},
    ],
)
def test_what_no_scanner_does_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ScannerTable.model_validate(wrong)


@pytest.mark.parametrize("terminator", FRAMINGS)
def test_listen_takes_the_terminators_of_a_site_file(terminator: str) -> None:
    table = ScannerTable.model_validate({"port": "/dev/kiosk/s", "terminator": terminator})

    assert table.framing() == FRAMINGS[terminator]
    assert set(FRAMINGS) == set(get_args(ScannerTable.model_fields["terminator"].annotation))
