"""What all command lines have in common: numbers are numbers, and help keeps its capitals."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from kiosk.app.exit_codes import INPUT
from kiosk.app.main import OTHERS, _parser, main

NUMBERS = [
    "fleet paid {} 1.00",
    "fleet show {}",
    "shop paid {} 1.00",
    "shop show {}",
    "shop vouchers Shop --out v.csv --percent 5 --count {}",
    "shop vouchers Shop --out v.csv --percent 5 --count 1 --days {}",
    "shop vouchers Shop --out v.csv --percent {} --count 1",
    "shop vouchers Shop --out v.csv --minutes {} --count 1",
    "export receipt {}",
    "payout show {}",
    "payout approve {} --attendant Kim",
    "payout release {} --attendant Kim",
    "payout withdraw {} --attendant Kim",
    "payout paid {} --attendant Kim",
    "payout export {} --out order.xml",
    "search --from 2026-06-01T10:00 --until 2026-06-01T12:00 --most {}",
]


@pytest.mark.parametrize("number", ["99999999999999999999", "\u00b2", "1_0", "1.0", "9" * 5000])
@pytest.mark.parametrize("words", NUMBERS)
def test_what_is_no_number_of_ours_is_refused_in_words(
    words: str, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([part.format(number) for part in words.split()])

    assert ended.value.code == INPUT
    assert "should be a whole number of up to 9 digits" in capsys.readouterr().err


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from parsers(each)


def test_no_number_of_a_command_is_left_to_int() -> None:
    left = {
        (parser.prog, action.dest)
        for parser in parsers(_parser(""))
        for action in parser._actions
        if action.type in {int, float}
    }

    assert left == {("kiosk day", "seed")}  # any whole number is a good seed


def test_help_begins_with_a_capital_and_keeps_those_of_names() -> None:
    described = {parser.prog: parser.description or "" for parser in parsers(_parser(""))}

    assert "kiosk fleet paid" in described
    assert described["kiosk payout approve"] == "Approve a run with the PIN of an attendant."
    assert {prog for prog, said in described.items() if not said[:1].isupper()} == set()
    assert {prog for prog, said in described.items() if not said.endswith(".")} == set()


def test_all_commands_are_looked_at() -> None:
    assert {f"kiosk {name}" for name in OTHERS} <= {each.prog for each in parsers(_parser(""))}
