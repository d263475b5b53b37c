"""Tariff files: what is read is exactly what is written there, and each wrong key has its line."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.checking.problems import problems
from kiosk.domain.money import Money
from kiosk.domain.tariff import (
    BandRule,
    BlockPolicy,
    Cap,
    CapScope,
    DiscountKind,
    LostTicketRule,
    RoundingMode,
    Row,
    RowKind,
)
from kiosk.domain.time import Window
from kiosk.services.tariff_files.file import (
    Source,
    TariffFile,
    read_tariff_file,
    tariff_schema,
    write_tariff_file,
)
from tests.oracle.random_tariffs import random_tariff

EVERY_KEY = Path(__file__).parents[1] / "data" / "tariffs" / "every_key.toml"
SCHEMA = Path(__file__).parents[2] / "resources" / "tariffs" / "tariff.schema.json"


def saved(folder: Path, text: str, name: str = "small.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_prices_are_exact_fractions_of_the_smallest_unit() -> None:
    day, night, _ = read_tariff_file(EVERY_KEY).tariff.bands

    assert day.rows == (
        Row(kind=RowKind.FLAT, price=Fraction(200)),
        Row(
            kind=RowKind.BLOCK,
            price=Fraction(400),
            from_minutes=60,
            per_minutes=60,
            block_minutes=10,
            tax=Fraction(52, 1000),
        ),
        Row(
            kind=RowKind.BLOCK,
            price=Fraction(167, 100),
            from_minutes=120,
            per_minutes=1,
            block_minutes=1,
        ),
        Row(
            kind=RowKind.BLOCK,
            price=Fraction(250),
            from_minutes=180,
            per_minutes=60,
            block_minutes=1,
        ),
    )
    assert (night.rule, night.from_minute, night.until_minute) == (BandRule.MIN, 1080, 1920)


def test_each_key_reaches_the_tariff() -> None:
    tariff = read_tariff_file(EVERY_KEY).tariff

    assert (tariff.code, tariff.version, tariff.currency) == ("every-key", 3, "EUR")
    assert tariff.policy is BlockPolicy.RUN_THROUGH
    assert (tariff.valid_from, tariff.valid_until) == (date(2026, 1, 1), date(2027, 1, 1))
    assert (tariff.minimum, tariff.maximum_stay_minutes) == (Fraction(100), 10080)
    assert tariff.is_early_charged
    assert (tariff.tax.rate, tariff.tax.is_included) == (Fraction(77, 1000), False)
    assert tariff.free is not None
    assert (tariff.free.minutes, tariff.free.is_deducted) == (20, True)
    assert tariff.free.once_in_hours == 24
    assert [calendar.name for calendar in tariff.calendars] == ["fairs 2026", "public-holidays"]
    assert [day.weekdays for day in tariff.day_types] == [(6,), (0, 1, 2, 3, 4, 5)]
    assert tariff.bands[2].unstated == "The board is silent."
    assert (tariff.bands[2].from_minute, tariff.bands[2].until_minute) == (480, 1920)
    assert tariff.caps == (
        Cap(scope=CapScope.BAND, price=Fraction(900), restarts_blocks=True, band="Night"),
        Cap(
            scope=CapScope.RESET_DAY,
            price=Fraction(1400),
            reset_minute=360,
            days=("working day",),
        ),
        Cap(scope=CapScope.WEEK, price=Fraction(6000), is_from_entry=True),
    )


def test_what_is_added_and_taken_off_reaches_the_tariff() -> None:
    tariff = read_tariff_file(EVERY_KEY).tariff
    late, overstay = tariff.surcharges[0], tariff.overstay

    assert (late.price, late.from_minute, late.until_minute) == (Fraction(2200), 1320, 1860)
    assert (late.days, late.tax) == (("working day",), Fraction(15, 100))
    assert tariff.lost_ticket is not None
    assert tariff.lost_ticket.rule is LostTicketRule.PLUS_ACCRUED
    assert tariff.lost_ticket.price == Fraction(800)
    assert (overstay.multiplier, overstay.block_minutes) == (Fraction(3, 2), 60)
    assert (overstay.cap, overstay.is_from_grace_end) == (Fraction(4000), True)
    assert [(discount.kind, discount.value) for discount in tariff.discounts] == [
        (DiscountKind.TIME, Fraction(120)),
        (DiscountKind.PERCENT, Fraction(1, 8)),
        (DiscountKind.AMOUNT, Fraction(200)),
    ]
    assert tariff.rounding.step_minor == 10
    assert tariff.rounding.cash_step_minor == 5
    assert tariff.rounding.mode is RoundingMode.UP


def test_examples_are_local_to_the_zone_unless_they_say_their_offset() -> None:
    first, second = read_tariff_file(EVERY_KEY).examples

    assert first.facts.entered_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert first.facts.booked == Window(
        datetime(2026, 3, 2, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 10, 0, 30, tzinfo=UTC)
    )
    assert (first.facts.validation_minutes, first.facts.discounts) == (30, ("Staff", "Voucher"))
    assert first.facts.is_lost_ticket
    assert first.facts.is_cash
    assert first.facts.is_free_used
    assert (first.total, first.refused) == (Money(800, "EUR"), None)
    assert second.facts.entered_at == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert (second.total, second.refused) == (None, "price-not-stated")


def test_a_written_file_reads_back_to_the_same_text_and_value(tmp_path: Path) -> None:
    file = read_tariff_file(EVERY_KEY)

    text = write_tariff_file(file)

    assert text == EVERY_KEY.read_text(encoding="utf-8").replace("\t", "\\t")
    assert read_tariff_file(saved(tmp_path, text)) == file


@pytest.mark.parametrize("seed", [12, 16, 30, 32, 34, 56])
def test_tariffs_at_random_read_back_to_the_same_value(tmp_path: Path, seed: int) -> None:
    tariff = random_tariff(Random(seed), 1)
    assert problems(tariff) == ()

    path = saved(tmp_path, write_tariff_file(TariffFile(tariff=tariff)))

    assert read_tariff_file(path).tariff == tariff


@pytest.mark.parametrize("text", ['two\nlines "and"', 'two\n""" lines', "C:\\ \x7f\t\u2028\n\r "])
def test_published_words_read_back_sign_by_sign(tmp_path: Path, text: str) -> None:
    file = replace(read_tariff_file(EVERY_KEY), source=Source(text=text, name=text))

    assert read_tariff_file(saved(tmp_path, write_tariff_file(file))) == file


def test_a_price_without_a_decimal_form_is_not_written() -> None:
    file = read_tariff_file(EVERY_KEY)
    third = replace(file, tariff=replace(file.tariff, minimum=Fraction(1, 3)))

    with pytest.raises(ValueError, match="1/300 cannot be written with 9 decimal places"):
        write_tariff_file(third)


def test_json_has_the_same_keys(tmp_path: Path) -> None:
    table = tomllib.loads(EVERY_KEY.read_text(encoding="utf-8"))
    path = saved(tmp_path, json.dumps(table, default=str), "every_key.json")

    assert read_tariff_file(path) == read_tariff_file(EVERY_KEY)


def test_the_stored_schema_is_the_one_of_the_tables() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == tariff_schema(), "make golden"


def test_the_schema_describes_every_key_and_asks_for_numbers() -> None:
    schema = tariff_schema()
    row = schema["$defs"]["RowTable"]["properties"]

    assert row["price"] == {
        "description": "In the currency's major unit: 1.20.",
        "examples": [1.2],
        "minimum": 0,
        "title": "Price",
        "type": "number",
    }
    assert row["per_minutes"]["type"] == "integer"
    assert "anyOf" not in json.dumps(schema)
    assert schema["additionalProperties"] is False
    undescribed = [
        f"{table['title']}.{key}"
        for table in [schema, *schema["$defs"].values()]
        for key, value in table["properties"].items()
        if "description" not in value and "$ref" not in value
    ]
    assert undescribed == []
