"""A tariff and its canonical text are the same thing, and only tariffs have such a text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from kiosk.domain.tariff import Calendar, Free
from kiosk.domain.tariff_text import (
    TariffTextWrong,
    read_tariff_text,
    tariff_hash,
    tariff_text,
    text_hash,
)
from tests.domain.examples import TARIFF
from tests.oracle.random_tariffs import random_tariff

COURTYARD = (
    '{"bands":[{"from_minute":0,"name":"Parking","rows":[{"block_minutes":30,"kind":"block",'
    '"per_minutes":30,"price":"120"}],"until_minute":1440}],"caps":[{"price":"1400",'
    '"restarts_blocks":true,"scope":"rolling-24h"}],"code":"courtyard","currency":"EUR",'
    '"policy":"run-through","tax":{"rate":"19/100"},"version":1,"zone":"Europe/Berlin"}'
)


@pytest.mark.parametrize("seed", range(40))
def test_what_was_written_is_read_again(seed: int) -> None:
    tariff = random_tariff(Random(seed), version=seed + 1)

    text = tariff_text(tariff)

    assert read_tariff_text(text) == tariff
    assert tariff_text(read_tariff_text(text)) == text
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))


def test_the_text_is_sorted_and_leaves_defaults_out() -> None:
    assert tariff_text(TARIFF) == COURTYARD


def test_the_hash_is_that_of_the_text() -> None:
    assert tariff_hash(TARIFF) == text_hash(COURTYARD)
    assert tariff_hash(TARIFF).startswith("17b17e43d277"), "stored receipts name this hash"


def test_another_price_has_another_hash() -> None:
    dearer = replace(TARIFF, minimum=Fraction(1))

    assert tariff_hash(dearer) != tariff_hash(TARIFF)


def test_dates_and_fractions_stand_as_text() -> None:
    fair = Calendar(name="fair", dates=(date(2026, 5, 1),))
    tariff = replace(TARIFF, calendars=(fair,), minimum=Fraction(167, 100), free=Free(minutes=5))

    found = json.loads(tariff_text(tariff))

    assert found["calendars"] == [{"dates": ["2026-05-01"], "name": "fair"}]
    assert (found["minimum"], found["free"]) == ("167/100", {"minutes": 5})


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("{", "", "tariff: should be JSON"),
        (COURTYARD, "[]", "tariff: should be an object"),
        ('"version":1', '"version":"1"', "tariff.version: should be int"),
        ('"version":1', '"version":1.0', "tariff.version: should be int"),
        ('"version":1', '"version":true', "tariff.version: should be int"),
        ('"version":1,', "", "tariff.version: is missing"),
        ('"version":1', '"version":1,"colour":2', "tariff.colour: is unknown"),
        ('"120"', "120", "tariff.bands.0.rows.0.price: should be Fraction"),
        ('"120"', '"1e999999999"', "tariff.bands.0.rows.0.price: should be Fraction, not"),
        ('"120"', '"1/0"', "tariff.bands.0.rows.0.price: should be Fraction, not"),
        ('"block"', '"clock"', "tariff.bands.0.rows.0.kind: should be RowKind, not 'clock'"),
        ('"19/100"', "null", "tariff.tax.rate: should be Fraction"),
        ('"EUR"', '"ABC"', "tariff: unknown currency"),
        ("[{", "{", "tariff: should be JSON"),
        ('"caps":[', '"free":null,"calendars":{},"caps":[', "tariff.calendars: should be a list"),
        ('"caps":[', '"valid_from":"soon","caps":[', "tariff.valid_from: should be date, not"),
    ],
)
def test_what_is_no_tariff_is_refused_by_its_place(right: str, wrong: str, said: str) -> None:
    assert right in COURTYARD

    with pytest.raises(TariffTextWrong, match=said.replace("[", "\\[")):
        read_tariff_text(COURTYARD.replace(right, wrong, 1))
