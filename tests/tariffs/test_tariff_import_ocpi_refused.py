"""What an OCPI tariff says that ours cannot is refused by its name."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.services.tariff_imports.ocpi import import_ocpi
from tests.tariffs.ocpi import ZONE, component, document, element


def reason_for(*elements: dict[str, Any], **more: Any) -> str:
    result = import_ocpi(document(*elements, **more), zone=ZONE)
    assert not result.files
    assert result.refused[0].what == "DE*ALL*T-7"
    return result.refused[0].reason


HOUR = component("TIME", "1.00")


MIXED = [
    element(component("TIME", "1.00", vat=10), end_time="12:00"),
    element(component("TIME", "1.00", vat=20)),
]


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda tariff: [tariff],
        lambda tariff: {"data": [tariff], "status_code": 1000},
        lambda tariff: {"data": tariff, "status_code": 1000},
    ],
)
def test_lists_and_responses_are_opened(wrapped: Any) -> None:
    result = import_ocpi(wrapped(document(element(component("TIME", "1.00")))), zone=ZONE)

    assert [file.tariff.code for file in result.files] == ["ocpi-de-all-t-7"]


@pytest.mark.parametrize(
    ("elements", "more", "reason"),
    [
        ([element(component("ENERGY", "0.25"))], {}, "element 1: ENERGY"),
        ([element(HOUR, reservation="RESERVATION")], {}, "element 1: restriction reservation"),
        ([element(HOUR, max_kwh=20)], {}, "element 1: restriction max_kwh"),
        ([element(HOUR, min_power=3)], {}, "element 1: restriction min_power"),
        ([element(HOUR, moon="full")], {}, "elements.1.restrictions.moon: is not known here"),
        ([element(HOUR, day_of_week=["HOLIDAY"])], {}, "element 1: day_of_week HOLIDAY"),
        ([element(HOUR, start_time="9:00")], {}, "element 1: start_time «9:00»"),
        (
            [element(HOUR, start_time="09:00", end_time="09:00")],
            {},
            "element 1: start_time is end_time",
        ),
        ([element(HOUR, max_duration=90)], {}, "element 1: max_duration 90 is not in whole"),
        ([element(component("TIME", "1.00", 90))], {}, "element 1: step_size 90 is not in whole"),
        (
            [element(component("TIME", "1.00", 1), end_time="12:00"), element(HOUR)],
            {},
            "element 1: step_size 1 is not in whole minutes",
        ),
        (
            [
                element(HOUR, start_time="08:00", end_time="12:00"),
                element(component("TIME", "2.00"), start_time="12:00", end_time="18:00"),
            ],
            {},
            "step_size: several prices one after the other, beside free time",
        ),
        (
            [element(HOUR, min_duration=3600)],
            {},
            "step_size: several prices one after the other, beside free time",
        ),
        (
            [element(HOUR), element(component("FLAT", "1.00"), end_time="12:00")],
            {},
            "element 2: FLAT with restrictions",
        ),
        (
            [element(HOUR, start_date="2026-01-01"), element(HOUR)],
            {},
            "restrictions start_date, end_date: differ",
        ),
        (
            [element(HOUR, component("FLAT", "1.00"))],
            {"min_price": {"before_taxes": 1}},
            "min_price: beside a FLAT fee",
        ),
        (
            [element(HOUR, component("FLAT", "1.00"))],
            {"max_price": {"before_taxes": 1}},
            "max_price: beside a FLAT fee",
        ),
        (
            [element(HOUR)],
            {"max_price": {"before_taxes": 10, "after_taxes": 11}},
            "max_price: before and after taxes are two different limits",
        ),
        (
            [element(component("TIME", "1.00", 1), end_time="12:00")],
            {"min_price": {"before_taxes": 1}},
            "min_price: beside a FLAT fee or hours without a price",
        ),
        (
            MIXED,
            {"max_price": {"before_taxes": 10, "after_taxes": 11}},
            "max_price: before and after taxes are two different limits",
        ),
        (
            MIXED,
            {"max_price": {"before_taxes": 10, "after_taxes": 12}},
            "max_price: before and after taxes are two different limits",
        ),
        (
            [
                element(HOUR, day_of_week=["SUNDAY"]),
                element(component("TIME", "2.00"), day_of_week=["MONDAY"]),
            ],
            {},
            "step_size: several prices one after the other, beside free time",
        ),
        ([element(HOUR)], {"max_price": {"after_taxes": 11}}, "max_price: is not given for"),
        ([element(HOUR)], {"currency": "XYZ"}, "currency: XYZ is not one of this program"),
        ([element(HOUR)], {"tax_included": "MAYBE"}, "tax_included: «MAYBE»"),
        (
            [element(component("TIME", "1.00", vat=10))],
            {"tax_included": "N/A"},
            "tax_included: N/A beside a component with vat",
        ),
        (
            [element(HOUR)],
            {"end_date_time": "2019-06-30T23:59:59Z"},
            "end_date_time: is no midnight in Europe/Berlin, but 01:59:59",
        ),
        ([element(HOUR)], {"colour": "red"}, "colour: is not known here"),
        ([element(component("TIME", "-1.00"))], {}, "elements.1.price_components.1.price: input"),
        ([], {}, "elements: tuple should have at least 1 item"),
    ],
)
def test_what_no_tariff_says_is_refused_by_its_name(
    elements: list[dict[str, Any]], more: dict[str, Any], reason: str
) -> None:
    assert reason_for(*elements, **more).startswith(reason)


@pytest.mark.parametrize("other", [None, "x", 7, {"id": "9"}])
def test_other_documents_are_no_tariff(other: object) -> None:
    refused = import_ocpi(other, zone=ZONE).refused

    assert [each.reason for each in refused] == ["is no tariff: it has no elements"]
