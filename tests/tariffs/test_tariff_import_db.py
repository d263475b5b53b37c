"""Holds the importer of DB BahnPark to the published file, and to refusing what it cannot read."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import Tariff
from kiosk.services.tariff_files.examples import disagreements
from kiosk.services.tariff_imports.db import import_db
from kiosk.services.tariff_imports.records import MONDAY, Imported

FILE = Path(__file__).parents[1] / "data" / "tariffs" / "db" / "db_bahnpark_v2.json"
BERLIN = ZoneInfo("Europe/Berlin")
DAY_ENDS = "Der Tagestarif gilt je Parkvorgang pro Kalendertag bis 03:00 Uhr früh."


@cache
def document() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


@cache
def imported() -> Imported:
    return import_db(document())


def of_one(prices: dict[str, str | None], **words: str | None) -> Imported:
    """What becomes of a car park with these prices and words."""
    record = {
        "id": "7",
        "name": [{"name": "Anywhere", "context": "NAME"}],
        "tariff": {
            "information": {"dynamic": words},
            "prices": [
                {
                    "group": {"groupName": "standard", "groupLabel": "Standard"},
                    "duration": duration,
                    "price": None if price is None else Decimal(price),
                }
                for duration, price in prices.items()
            ],
        },
    }
    return import_db({"_embedded": [record]})


def board(text: str) -> dict[str, str | None]:
    """`1hour 1.60 1day 5.00` as prices."""
    parts = text.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))


def tariff_of(text: str, **words: str | None) -> Tariff:
    result = of_one(board(text), **words)
    assert not result.refused
    return result.files[0].tariff


def reason_for(text: str, **words: str | None) -> str:
    result = of_one(board(text), **words)
    assert not result.files
    assert result.refused[0].what == "7 Anywhere"
    return result.refused[0].reason


def price(tariff: Tariff, minutes: int, entered: datetime = MONDAY) -> int:
    entered_at = entered.replace(tzinfo=BERLIN)
    facts = StayFacts(
        entered_at=entered_at,
        left_at=(entered_at + timedelta(minutes=minutes)),
    )
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge)
    return charge.total.minor


def test_every_car_park_is_in_one_file_or_in_one_refusal() -> None:
    names = [f"{each['id']} {each['name'][0]['name'].strip()}" for each in document()["_embedded"]]
    notes = "".join(
        file.source.notes[0].replace("Holds for ", ", ").removesuffix(".")
        for file in imported().files
        if file.source is not None
    )
    refused = {refusal.what for refusal in imported().refused}

    assert len(names) == 310
    assert [name for name in names if (f", {name}" in notes) == (name in refused)] == []


def test_the_refused_car_parks_have_no_price_or_words_that_no_tariff_says() -> None:
    reasons = Counter(refusal.reason.split(":")[0] for refusal in imported().refused)
    without_price = [
        refusal
        for refusal in imported().refused
        if refusal.reason == "prices: there is none for a stay"
    ]

    assert len(imported().files) == 214
    assert len(without_price) == 21
    assert reasons["prices"] == 21
    assert sum(reasons.values()) == 41
    assert [
        refusal
        for refusal in imported().refused
        if refusal not in without_price and "tariffSpecial says «" not in refusal.reason
    ] == []


def test_all_worked_examples_agree_with_the_engine() -> None:
    assert [disagreements(file) for file in imported().files if disagreements(file)] == []


@pytest.mark.parametrize(
    ("minutes", "minor"),
    [(1, 80), (31, 160), (91, 320), (200, 500), (1441, 580), (7 * 1440, 2500), (8 * 1440, 3000)],
)
def test_half_hours_days_and_weeks_go_together(minutes: int, minor: int) -> None:
    tariff = tariff_of("30min 0.80 1hour 1.60 1day 5.00 1week 25.00 1monthLongTerm 44.00")

    assert price(tariff, minutes) == minor


def test_without_a_price_for_half_hours_started_hours_count() -> None:
    assert price(tariff_of("1hour 1.50 1day 6.00"), 61) == 300


def test_where_only_days_have_a_price_a_day_is_started() -> None:
    tariff = tariff_of("1day 2.00 1week 8.00")

    assert [price(tariff, 1), price(tariff, 1441), price(tariff, 6 * 1440)] == [200, 400, 800]


def test_hours_alone_add_up() -> None:
    assert price(tariff_of("1hour 1.00", tariffMaxParkingTime="Max. 1 Stunde"), 40) == 100


@pytest.mark.parametrize(
    ("prices", "words", "minutes", "minor"),
    [
        ("30min 2.00 1hour 3.50 1day 25.00", "Stundentakt ab der 2. Parkstunde.", 20, 200),
        ("30min 2.00 1hour 3.50 1day 25.00", "Stundentakt ab der 2. Parkstunde.", 31, 350),
        ("30min 2.00 1hour 3.50 1day 25.00", "Stundentakt ab der 2. Parkstunde.", 61, 700),
        ("20min 1.00 1hour 2.50 1day 20.00", "Stundentakt ab der zweiten Parkstunde", 21, 250),
        ("30min 2.00 1hour 2.50 1day 15.00", "je weitere Stunde 2,50", 90, 500),
        ("1hour 4.00", "Je weitere 30 Minuten: 2,00", 91, 800),
        ("1day 6.00", "Bis 2 Stunden: 2,00; bis 3 Stunden: 3,00; bis 4 Stunden: 4,00", 121, 300),
        ("1day 6.00", "Bis 2 Stunden: 2,00; bis 3 Stunden: 3,00; bis 4 Stunden: 4,00", 241, 600),
        ("1hour 1.50 1day 6.00", "Bis 4 Stunden: 3,00, 5 Stunden: 4,50", 30, 150),
        ("1hour 1.50 1day 6.00", "Bis 4 Stunden: 3,00, 5 Stunden: 4,50", 200, 300),
        ("1hour 1.50 1day 6.00", "Bis 4 Stunden: 3,00, 5 Stunden: 4,50", 1441, 750),
        ("1day 19.00", "Bis 2 Std.: 3,00; bis 4 Stunden: 6,00; je weitere Stunde 3,00", 301, 1200),
    ],
)
def test_words_about_steps_and_further_hours_are_read(
    prices: str, words: str, minutes: int, minor: int
) -> None:
    assert price(tariff_of(prices, tariffSpecial=words), minutes) == minor


def test_a_day_that_ends_at_an_hour_does_so() -> None:
    tariff = tariff_of("1hour 1.20 1day 5.00", tariffSpecial=DAY_ENDS)
    evening = MONDAY.replace(hour=21)

    assert price(tariff, 6 * 60, evening) == 500
    assert price(tariff, 7 * 60, evening) == 620


def test_words_about_products_change_nothing() -> None:
    words = (
        "Stellplätze online buchbar! Halbjahreskarten zum Preis von EUR 222,00 über den VVS "
        "erhältlich. Anwohnerparken (Mo-Fr: 16:00 - 09:00 Uhr; Sa, So, Ftg.: ganztägig): 35,00 "
        "pro Monat*. Abschließbare Fahrradbox: 15,00 pro Monat (mind. 3 Mon.), www.example.de"
    )
    plain = tariff_of("1hour 1.00 1day 5.00")

    assert tariff_of("1hour 1.00 1day 5.00", tariffSpecial=words) == plain


def test_free_minutes_and_the_longest_stay_are_read() -> None:
    tariff = tariff_of(
        "1hour 1.80 1day 15.00",
        tariffFreeParkingTime="20 Min.",
        tariffMaxParkingTime="Max. 10 Tage oder Monatsparkschein",
    )

    assert tariff.maximum_stay_minutes == 10 * 1440
    assert [price(tariff, 20), price(tariff, 21)] == [0, 180]


@pytest.mark.parametrize(
    ("prices", "reason"),
    [
        ("1monthLongTerm 44.00", "prices: there is none for a stay"),
        ("30min 1.00", "prices: there is none for an hour and none for a day"),
        ("1hour 6.00 1day 5.00", "prices: 1day 5.00 is less than 6.00 for hours"),
        ("1hour 0.30 1day 16.00", "prices: 1day 16.00 is more than 24 times 1hour"),
        ("1hour 1.00 1day 3.00 1week 33.00", "prices: 1week 33.00 is less than 1day or more"),
        ("1hour 1.00 1day 3.00 1week 2.00", "prices: 1week 2.00 is less than 1day or more"),
        ("1hour 1.00 1week 9.00", "prices: 1week without 1day"),
        ("30min 1.00 1hour 2.20 1day 18.00", "prices: 30min 1.00 is not half of 1hour 2.20"),
        ("20min 1.00 1hour 3.00 1day 18.00", "prices: 20min 1.00 is not half of 1hour 3.00"),
        ("1hour 1.005", "prices: 1.005 is not a whole number of cents"),
        ("1hour 0", "prices: 0 is not a whole number of cents above nothing"),
        ("2hours 3.00", "prices: the duration 2hours is not known here"),
    ],
)
def test_prices_that_contradict_one_another_are_named(prices: str, reason: str) -> None:
    assert reason_for(prices).startswith(reason)


@pytest.mark.parametrize(
    ("key", "words", "reason"),
    [
        ("tariffSpecial", "Kinotarif: 5,00 maximal.", "tariffSpecial says «Kinotarif: 5,00"),
        (
            "tariffSpecial",
            "Stellplätze online buchbar! 2 Wochen: 32,00",
            "tariffSpecial says «2 Wochen: 32,00»",
        ),
        ("tariffSpecial", "Bis 2 Stunden: 3,00; bis 2 Stunden: 4,00", "prices: 2 h 4.00 comes"),
        ("tariffSpecial", "Bis 3 Stunden: 4,00; bis 4 Stunden: 3,50", "prices: 4 h 3.50 comes"),
        (
            "tariffSpecial",
            f"{DAY_ENDS} Stundentakt ab der 2. Parkstunde",
            "tariffSpecial: the hour at which the day ends, beside steps",
        ),
        ("tariffFreeParkingTime", "bis 9 Uhr", "tariffFreeParkingTime says «bis 9 Uhr»"),
        ("tariffMaxParkingTime", "Max. lange", "tariffMaxParkingTime says «Max. lange»"),
    ],
)
def test_words_that_are_not_understood_are_named(key: str, words: str, reason: str) -> None:
    assert reason_for("1hour 1.00 1day 9.00", **{key: words}).startswith(reason)


def test_a_price_of_two_groups_is_refused() -> None:
    record = of_one(board("1hour 1.00"))
    assert not record.refused

    twice = {
        "id": "7",
        "name": [{"name": "Anywhere"}],
        "tariff": {
            "information": {"dynamic": {}},
            "prices": [
                {"group": {"groupName": name}, "duration": "1hour", "price": Decimal("1.00")}
                for name in ("standard", "members")
            ],
        },
    }
    refused = import_db({"_embedded": [twice]}).refused

    assert refused[0].reason == "prices: 1hour has prices of several groups"


def test_a_price_that_was_read_as_a_float_is_refused() -> None:
    record = {
        "id": "7",
        "name": [{"name": "Anywhere"}],
        "tariff": {
            "information": {"dynamic": {}},
            "prices": [{"group": {"groupName": "standard"}, "duration": "1hour", "price": 1.6}],
        },
    }
    refused = import_db({"_embedded": [record]}).refused

    assert "tariff.prices.1.price" in refused[0].reason
    assert "parse_float=Decimal" in refused[0].reason


@pytest.mark.parametrize("other", [[], {}, {"_embedded": 1}, {"_embedded": ["x"]}, None])
def test_a_document_of_another_kind_is_no_list_of_car_parks(other: object) -> None:
    with pytest.raises(ValidationError):
        import_db(other)
