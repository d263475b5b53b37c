"""OCPI tariffs become tariffs of ours, whole."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import BlockPolicy, Tariff
from kiosk.services.tariff_files.examples import disagreements
from kiosk.services.tariff_imports.ocpi import Phase, import_ocpi
from kiosk.services.tariff_imports.records import Imported
from tests.tariffs.ocpi import ZONE, component, document, element

FOLDER = Path(__file__).parents[1] / "data" / "tariffs" / "ocpi"


SHIPPED = Path(__file__).parents[2] / "resources" / "tariffs"


CHARGING = Phase.CHARGING


PARKING = Phase.PARKING


TIME_EXAMPLES: dict[str, Phase | None] = {
    "tariff_1_simple_2hour": None,
    "tariff_2_alt_text": None,
    "tariff_4_complex": PARKING,
    "tariff_5_free_of_charge": None,
    "tariff_11_not_possible_alt_text": None,
    "tariff_13_simple_3hour_5parking": PARKING,
    "tariff_14_step_size": PARKING,
    "tariff_19_simple_north_american_exclusive": None,
    "tariff_20_simple_north_american_inclusive": None,
    "tariff_put_example": None,
}


ENERGY_EXAMPLES = sorted(
    path.stem for path in FOLDER.glob("tariff*.json") if path.stem not in TIME_EXAMPLES
)


NO_TARIFFS = ["booking_example", "booking_location_example", "location_patch_example_tariff"]


def of_file(stem: str, phase: Phase | None) -> Imported:
    text = (FOLDER / f"{stem}.json").read_text(encoding="utf-8")
    return import_ocpi(json.loads(text, parse_float=Decimal), zone=ZONE, phase=phase)


def tariff_of(*elements: dict[str, Any], **more: Any) -> Tariff:
    result = import_ocpi(document(*elements, **more), zone=ZONE)
    assert not result.refused
    return result.files[0].tariff


def total(tariff: Tariff, enter: str, leave: str) -> int:
    zone = ZoneInfo(tariff.zone)
    charge = charge_for(
        tariff,
        StayFacts(
            entered_at=datetime.fromisoformat(enter).replace(tzinfo=zone),
            left_at=datetime.fromisoformat(leave).replace(tzinfo=zone),
        ),
    )
    assert isinstance(charge, Charge)
    return charge.total.minor


@pytest.mark.parametrize(
    ("stem", "phase", "enter", "leave", "minor"),
    [
        ("tariff_1_simple_2hour", None, "2026-03-02 10:00", "2026-03-02 12:30", 550),
        ("tariff_2_alt_text", None, "2026-03-02 10:00", "2026-03-02 12:30", 500),
        ("tariff_13_simple_3hour_5parking", CHARGING, "2026-03-02 10:00", "2026-03-02 12:30", 825),
        ("tariff_13_simple_3hour_5parking", PARKING, "2026-03-02 12:30", "2026-03-02 13:12", 450),
        ("tariff_14_step_size", CHARGING, "2026-03-02 16:55", "2026-03-02 17:05", 50),
        ("tariff_14_step_size", CHARGING, "2026-03-02 16:35", "2026-03-02 17:10", 130),
        ("tariff_14_step_size", CHARGING, "2026-03-02 19:55", "2026-03-02 20:05", 60),
        ("tariff_14_step_size", PARKING, "2026-03-02 20:05", "2026-03-02 20:07", 0),
        ("tariff_14_step_size", PARKING, "2026-03-02 19:55", "2026-03-02 20:07", 25),
        ("tariff_4_complex", PARKING, "2026-03-02 11:57", "2026-03-02 12:39", 700),
        ("tariff_4_complex", PARKING, "2026-03-07 15:24", "2026-03-07 16:35", 1113),
        ("tariff_4_complex", PARKING, "2026-03-08 09:00", "2026-03-08 20:00", 288),
        ("tariff_5_free_of_charge", None, "2026-03-02 10:00", "2026-03-03 12:30", 0),
        ("tariff_11_not_possible_alt_text", None, "2026-03-02 10:00", "2026-03-02 12:00", 450),
        ("tariff_put_example", None, "2026-03-02 10:00", "2026-03-02 10:56", 220),
        (
            "tariff_19_simple_north_american_exclusive",
            None,
            "2026-03-02 10:00:00",
            "2026-03-02 10:19:48",
            66,
        ),
        (
            "tariff_20_simple_north_american_inclusive",
            None,
            "2026-03-02 10:00:00",
            "2026-03-02 11:30:00",
            315,
        ),
    ],
)
def test_a_time_example_costs_what_its_documents_say(
    stem: str, phase: Phase | None, enter: str, leave: str, minor: int
) -> None:
    result = of_file(stem, phase)

    assert not result.refused
    assert total(result.files[0].tariff, enter, leave) == minor


@pytest.mark.parametrize(("stem", "phase"), TIME_EXAMPLES.items())
def test_every_time_example_is_a_tariff_with_a_worked_example(
    stem: str, phase: Phase | None
) -> None:
    result = of_file(stem, phase)

    assert not result.refused
    assert disagreements(result.files[0]) == ()


def test_the_coverage_counts_the_time_examples() -> None:
    tables = tomllib.loads((SHIPPED / "published.toml").read_text(encoding="utf-8"))["set"]
    table = next(each for each in tables if each["name"] == "OCPI time examples")

    assert table["published"] == table["counted_by_tests"] == len(TIME_EXAMPLES)
    assert f"the {len(ENERGY_EXAMPLES)} other examples price energy" in table["note"]


@pytest.mark.parametrize("stem", ENERGY_EXAMPLES)
def test_an_example_that_prices_energy_is_refused_by_that_name(stem: str) -> None:
    result = of_file(stem, CHARGING)

    assert not result.files
    assert ": ENERGY" in result.refused[0].reason


@pytest.mark.parametrize("stem", NO_TARIFFS)
def test_what_is_no_tariff_is_refused_as_such(stem: str) -> None:
    assert [each.reason for each in of_file(stem, None).refused] == [
        "is no tariff: it has no elements"
    ]


def test_a_tariff_for_both_phases_asks_which_one_a_stay_is() -> None:
    refused = of_file("tariff_13_simple_3hour_5parking", None).refused

    assert refused[0].reason.startswith("TIME and PARKING_TIME: say with --phase")


def test_charging_at_a_certain_current_is_refused_by_that_restriction() -> None:
    refused = of_file("tariff_4_complex", CHARGING).refused

    assert refused[0].reason == "element 2: restriction max_current"


def test_the_two_phases_of_a_tariff_have_codes_of_their_own() -> None:
    stem = "tariff_13_simple_3hour_5parking"

    assert [of_file(stem, phase).files[0].tariff.code for phase in Phase] == [
        "ocpi-de-all-21-charging",
        "ocpi-de-all-21-parking",
    ]


def test_the_words_and_the_place_of_origin_are_kept() -> None:
    source = of_file("tariff_2_alt_text", None).files[0].source

    assert source is not None
    assert source.name == "DE*ALL*12"
    assert source.text.splitlines()[0] == "2.00 euro p/hour including VAT."


def notes_of(imported: Imported) -> tuple[str, ...]:
    source = imported.files[0].source
    assert source is not None
    return source.notes


def test_a_text_beside_the_elements_is_named_as_not_read() -> None:
    with_text = notes_of(of_file("tariff_2_alt_text", None))
    without = notes_of(of_file("tariff_1_simple_2hour", None))

    said = "tariff_alt_text: prices are those of the elements; the text is not read."
    assert said in with_text
    assert said not in without


def test_two_prices_in_the_text_for_one_in_the_element_are_named() -> None:
    said = [
        note
        for note in notes_of(of_file("tariff_11_not_possible_alt_text", None))
        if note.startswith("Contradiction")
    ]

    assert said == [
        (
            "Contradiction: tariff_alt_text starts at 0.25 for a debit card and at 0.50 for a "
            "credit card; FLAT has one price for both, 0.50 with tax, that of the credit card."
        )
    ]


def test_the_coverage_names_that_contradiction() -> None:
    tables = tomllib.loads((SHIPPED / "published.toml").read_text(encoding="utf-8"))["set"]
    note = next(each["note"] for each in tables if each["name"] == "OCPI time examples")

    assert "DE*ALL*19: its text has a debit and a credit price" in note


def test_the_first_element_that_fits_an_instant_holds() -> None:
    tariff = tariff_of(
        element(component("TIME", "9.00"), start_time="22:00", end_time="06:00"),
        element(component("TIME", "3.00"), day_of_week=["SATURDAY", "SUNDAY"]),
        element(component("TIME", "1.00")),
    )

    assert total(tariff, "2026-03-02 21:00", "2026-03-02 23:00") == 1000
    assert total(tariff, "2026-03-07 05:00", "2026-03-07 07:00") == 1200
    assert total(tariff, "2026-03-09 00:00", "2026-03-09 01:00") == 900
    assert total(tariff, "2026-03-08 23:30", "2026-03-09 06:30") == 5900


def test_a_price_may_change_with_the_length_of_the_stay() -> None:
    tariff = tariff_of(
        element(component("PARKING_TIME", "0.00"), max_duration=3600),
        element(component("PARKING_TIME", "2.00"), max_duration=14400),
        element(component("PARKING_TIME", "3.00")),
    )

    assert total(tariff, "2026-03-02 10:00", "2026-03-02 11:00") == 0
    assert total(tariff, "2026-03-02 10:00", "2026-03-02 12:00") == 200
    assert total(tariff, "2026-03-02 10:00", "2026-03-02 15:00") == 900


def test_a_minimum_length_is_the_start_of_a_price() -> None:
    tariff = tariff_of(
        element(component("TIME", "5.00"), min_duration=7200), element(component("TIME", "1.00"))
    )

    assert total(tariff, "2026-03-02 10:00", "2026-03-02 13:00") == 700


def test_paid_time_is_rounded_up_where_free_time_begins() -> None:
    tariff = tariff_of(
        element(component("TIME", "6.00", 600), start_time="08:00", end_time="18:00")
    )

    assert tariff.policy is BlockPolicy.RESTART
    assert total(tariff, "2026-03-02 17:55", "2026-03-02 23:00") == 100


def test_steps_of_a_second_are_exact() -> None:
    tariff = tariff_of(element(component("TIME", "3.60", 1)))

    assert tariff.policy is BlockPolicy.PRO_RATA
    assert total(tariff, "2026-03-02 10:00:00", "2026-03-02 10:00:50") == 5


@pytest.mark.parametrize(
    ("tax_included", "minor"), [("NO", 120), ("YES", 100), (None, 120)], ids=str
)
def test_tax_is_inside_or_added_as_the_tariff_says(tax_included: str | None, minor: int) -> None:
    tariff = tariff_of(
        element(component("TIME", "1.00", vat=Decimal("20.0"))), tax_included=tax_included
    )

    assert total(tariff, "2026-03-02 10:00", "2026-03-02 11:00") == minor


def test_an_element_may_have_its_own_tax() -> None:
    tariff = tariff_of(
        element(component("TIME", "1.00", vat=Decimal(10)), end_time="12:00"),
        element(component("TIME", "1.00", vat=Decimal(20))),
    )

    assert total(tariff, "2026-03-02 11:00", "2026-03-02 13:00") == 230


def test_the_least_and_the_most_are_kept_in_the_kind_of_its_prices() -> None:
    tariff = tariff_of(
        element(component("TIME", "1.00", vat=Decimal(10))),
        min_price={"before_taxes": Decimal("0.50"), "after_taxes": Decimal("0.55")},
        max_price={"excl_vat": Decimal("10.00"), "incl_vat": Decimal("11.00")},
    )

    assert tariff.minimum == Fraction(50)
    assert total(tariff, "2026-03-02 10:00", "2026-03-02 10:06") == 55
    assert total(tariff, "2026-03-02 10:00", "2026-03-03 10:00") == 1100


def test_dates_that_all_elements_have_are_those_of_the_tariff() -> None:
    dates = {"start_date": "2026-03-01", "end_date": "2026-04-01"}
    tariff = tariff_of(
        element(component("TIME", "1.00"), end_time="12:00", **dates),
        element(component("TIME", "2.00"), **dates),
        start_date_time="2026-03-02T23:00:00Z",
        end_date_time="2026-03-14T23:00:00Z",
    )

    assert (tariff.valid_from, tariff.valid_until) == (date(2026, 3, 3), date(2026, 3, 15))
