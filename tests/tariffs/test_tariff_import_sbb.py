"""Holds the importer of SBB P+Rail to the published file, and to refusing what it cannot read."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, PriceNotStated
from kiosk.domain.tariff import Tariff
from kiosk.services.tariff_files.examples import disagreements
from kiosk.services.tariff_imports.records import MONDAY, Imported
from kiosk.services.tariff_imports.sbb import import_sbb

FILE = Path(__file__).parents[1] / "data" / "tariffs" / "sbb" / "sbb_park_rail_flat.geojson"
ZURICH = ZoneInfo("Europe/Zurich")
ALWAYS = {
    "operatingFrom": "00:00:00",
    "operatingTo": "00:00:00",
    "daysOfWeek": [
        "MONDAY",
        "TUESDAY",
        "WEDNESDAY",
        "THURSDAY",
        "FRIDAY",
        "SATURDAY",
        "SUNDAY",
    ],
}
NO_WORDS = {"deText": None, "enText": None, "frText": None, "itText": None}
CONTRADICTING = {
    "01103 Vallorbe": "Zone Güterschuppen CHF 4/40/400.",
    "02222 Bonstetten-Wettswil": "An Sonn- und Feiertagen kostenlos.",
    "01665 Münster (MGB)": "West car park is free of charge",
    "04132 Estavayer-le-Lac (CFF)": "Nur Monatsabos erhältlich.",
}


@cache
def document() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


@cache
def imported() -> Imported:
    return import_sbb(document())


def car_park(**changes: Any) -> dict[str, Any]:
    """One car park of 1.00 an hour and 8.00 a day, with changes to its price model."""
    model = {
        "minimumDuration": 60,
        "maximumDuration": 10080,
        "maximumDayPrice": 800,
        "viableIncrement": 60,
        "priceSegments": [{"startingFrom": 0, "price": 100}],
        "monthlyTicketPrice": 4000,
    }
    return {
        "didokId": "00001",
        "displayName": "Anywhere",
        "pricingModel": model | changes,
        "operationTime": copy.deepcopy(ALWAYS),
        "additionalInformationForCustomers": None,
    }


def of_one(park: dict[str, Any]) -> Imported:
    return import_sbb({"type": "FeatureCollection", "features": [{"properties": park}]})


def tariff_of(park: dict[str, Any]) -> Tariff:
    result = of_one(park)
    assert not result.refused
    return result.files[0].tariff


def reason_for(park: dict[str, Any]) -> str:
    result = of_one(park)
    assert not result.files
    assert result.refused[0].what == "00001 Anywhere"
    return result.refused[0].reason


def price(tariff: Tariff, minutes: int) -> int:
    entered_at = MONDAY.replace(tzinfo=ZURICH)
    facts = StayFacts(entered_at=entered_at, left_at=entered_at + timedelta(minutes=minutes))
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge)
    return charge.total.minor


def test_every_car_park_is_in_one_file_or_in_one_refusal() -> None:
    names = [
        f"{park['didokId']} {park['displayName']}" if park["didokId"] else park["displayName"]
        for park in (feature["properties"] for feature in document()["features"])
    ]
    notes = "".join(
        file.source.notes[0].replace("Holds for ", ", ").removesuffix(".")
        for file in imported().files
        if file.source is not None
    )
    refused = {refusal.what for refusal in imported().refused}

    assert len(names) == 605
    assert [
        name for name in names if (f", {name.strip()}" in notes) == (name.strip() in refused)
    ] == []


def test_every_published_price_of_a_stay_is_a_tariff() -> None:
    keys = ("minimumDuration", "maximumDuration", "maximumDayPrice", "viableIncrement")
    published = {
        json.dumps([*(model[key] for key in keys), model["priceSegments"]])
        for model in (feature["properties"]["pricingModel"] for feature in document()["features"])
    }
    read = [
        json.loads(file.source.text)["pricingModel"]
        for file in imported().files
        if file.source is not None
    ]

    assert len(published) == 40
    assert published == {
        json.dumps([*(model[key] for key in keys), model["priceSegments"]]) for model in read
    }


def test_four_car_parks_contradict_their_own_price_model() -> None:
    reasons = {refusal.what: refusal.reason for refusal in imported().refused}

    assert list(reasons) == list(CONTRADICTING)
    assert [what for what, words in CONTRADICTING.items() if words not in reasons[what]] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("deText", "Sonntags gratis"),
        ("enText", "West car park is free of charge"),
        ("frText", "Le parking ouest est gratuit"),
        ("itText", "Il parcheggio ovest è gratuito"),
        ("enText", "Only monthly subscriptions available."),
        ("frText", "Seuls les abonnements mensuels sont disponibles."),
        ("itText", "Sono disponibili solo abbonamenti mensili."),
    ],
)
def test_words_of_any_language_may_contradict_the_price_model(language: str, text: str) -> None:
    park = car_park() | {"additionalInformationForCustomers": NO_WORDS | {language: text}}

    assert reason_for(park) == (
        f"additionalInformationForCustomers says «{text}», which its price model does not say"
    )


@pytest.mark.parametrize("language", ["deText", "enText", "frText", "itText"])
def test_a_zone_with_prices_of_its_own_is_a_second_set_of_prices(language: str) -> None:
    text = "Zone Güterschuppen CHF 4/40/400."
    park = car_park() | {"additionalInformationForCustomers": NO_WORDS | {language: text}}

    assert reason_for(park) == (
        f"additionalInformationForCustomers says «{text}», a second set of prices beside its "
        "price model"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("deText", "Preise ohne öV-Abo: Monat CHF 80, Jahr CHF 960."),
        ("enText", "Prices without public transport pass: Monthly 80 CHF, Annual 960 CHF."),
        ("enText", "Prices without public transport travelcard: Monthly 80 CHF, Annual 960 CHF"),
        (
            "frText",
            "Tarifs sans abonnements des transports publics: mensuelles CHF 80, annuelles CHF 960",
        ),
        (
            "itText",
            "Prezzi senza abbonamento al trasporto pubblico: mensili 80 CHF, annuali 960 CHF",
        ),
    ],
)
def test_tickets_for_a_month_or_a_year_are_no_words_about_a_stay(language: str, text: str) -> None:
    park = car_park() | {"additionalInformationForCustomers": NO_WORDS | {language: text}}
    source = of_one(park).files[0].source

    assert source is not None
    assert [note for note in source.notes if "says besides" in note] == []


def test_all_worked_examples_agree_with_the_engine() -> None:
    assert [disagreements(file) for file in imported().files if disagreements(file)] == []


@pytest.mark.parametrize(
    ("minutes", "minor"),
    [(1, 100), (60, 100), (61, 200), (480, 800), (481, 800), (1440, 800), (1441, 900)],
)
def test_hours_are_started_ones_up_to_the_price_of_24_hours(minutes: int, minor: int) -> None:
    assert price(tariff_of(car_park()), minutes) == minor


@pytest.mark.parametrize(("minutes", "minor"), [(10, 400), (240, 400), (241, 500), (1441, 900)])
def test_at_least_the_minimum_duration_is_sold(minutes: int, minor: int) -> None:
    assert price(tariff_of(car_park(minimumDuration=240)), minutes) == minor


def test_the_longest_stay_and_the_smallest_coin_are_the_published_ones() -> None:
    tariff = tariff_of(car_park(maximumDuration=4320))

    assert tariff.maximum_stay_minutes == 4320
    assert tariff.rounding.cash_step_minor == 5


def test_equal_prices_are_one_file_that_names_all_its_car_parks() -> None:
    other = car_park(monthlyTicketPrice=9900) | {"displayName": "Elsewhere"}
    result = import_sbb({"features": [{"properties": car_park()}, {"properties": other}]})

    assert len(result.files) == 1
    assert result.files[0].source is not None
    assert result.files[0].source.name == "2 car parks of SBB P+Rail"
    assert result.files[0].source.notes[0] == "Holds for 00001 Anywhere, 00001 Elsewhere."


def test_hours_outside_the_operating_time_have_no_price() -> None:
    park = car_park()
    park["operationTime"] |= {"operatingFrom": "07:00:00", "operatingTo": "19:00:00"}
    tariff = tariff_of(park)
    evening = MONDAY.replace(hour=20, tzinfo=ZURICH)

    assert price(tariff, 120) == 200
    assert isinstance(
        charge_for(tariff, StayFacts(entered_at=evening, left_at=evening + timedelta(minutes=60))),
        PriceNotStated,
    )


def test_days_outside_the_operating_time_have_no_price() -> None:
    park = car_park()
    park["operationTime"]["daysOfWeek"].remove("SUNDAY")
    tariff = tariff_of(park)

    assert tariff.code == "sbb-hour-100-day-800-mon-tue-wed-thu-fri-sat"
    assert [band.name for band in tariff.bands if band.unstated] == ["Other days"]


def test_words_about_prices_are_kept_beside_the_price_model() -> None:
    text = "Weitere Parkplätze an der Mönchstrasse. Preis pro Stunde 1.- CHF."
    source = (
        of_one(
            car_park() | {"additionalInformationForCustomers": {"deText": text, "enText": None}}
        )
        .files[0]
        .source
    )

    assert source is not None
    assert source.notes[-1] == f"00001 Anywhere: says besides: «{text}»"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"viableIncrement": 30}, "viableIncrement 30: the data does not say"),
        ({"priceSegments": []}, "priceSegments: only one segment"),
        ({"priceSegments": [{"startingFrom": 60, "price": 100}]}, "priceSegments: only one"),
        (
            {"priceSegments": [{"startingFrom": 0, "price": 1}, {"startingFrom": 2, "price": 1}]},
            "priceSegments: only one segment",
        ),
        ({"priceSegments": [{"startingFrom": 0, "price": -1}]}, "pricingModel.priceSegments.1"),
        ({"priceSegments": [{"startingFrom": 0, "price": 900}]}, "maximumDayPrice 800: an hour"),
        ({"minimumDuration": 600}, "minimumDuration: costs more than maximumDayPrice"),
        ({"minimumDuration": 90}, "minimumDuration, maximumDuration: should be whole"),
        ({"minimumDuration": 0}, "pricingModel.minimumDuration: input should be greater than 0"),
        ({"maximumDayPrice": None}, "pricingModel.maximumDayPrice: input should be a valid int"),
        ({"nightPrice": 100}, "pricingModel.nightPrice: is not known here"),
    ],
)
def test_a_price_model_that_is_not_understood_is_refused_by_its_field(
    changes: dict[str, Any], reason: str
) -> None:
    assert reason_for(car_park(**changes)).startswith(reason)


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ({"operatingFrom": "19:00:00", "operatingTo": "07:00:00"}, "operationTime: ends before"),
        ({"daysOfWeek": ["HOLIDAY"]}, "operationTime.daysOfWeek: HOLIDAY"),
        ({"daysOfWeek": []}, "operationTime.daysOfWeek: tuple should have at least 1 item"),
    ],
)
def test_operating_times_that_are_not_understood_are_refused(
    times: dict[str, Any], reason: str
) -> None:
    park = car_park()
    park["operationTime"] |= times

    assert reason_for(park).startswith(reason)


def test_a_car_park_without_a_price_model_is_refused() -> None:
    assert reason_for(car_park() | {"pricingModel": None}) == "pricingModel: there is none"


@pytest.mark.parametrize("other", [[], {}, {"features": 1}, {"features": ["x"]}, None, "x"])
def test_a_document_of_another_kind_is_no_list_of_car_parks(other: object) -> None:
    with pytest.raises(ValidationError):
        import_sbb(other)
