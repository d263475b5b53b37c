"""Reads the prices of DB BahnPark (db_bahnpark_v2.json) as tariffs.

The numbers become a board in db_board.py, which also says how they are read; free
words are read by db_words.py, and records become files in records.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from kiosk.domain.money import Money
from kiosk.services.charge_words import amount_text
from kiosk.services.published_records import CannotSay, Refusal, exact, quoted, words
from kiosk.services.tariff_imports.db_board import Board, Until, file_of
from kiosk.services.tariff_imports.db_words import read_words
from kiosk.services.tariff_imports.records import Imported, Taken, one_per_tariff, whole

_OF_A_STAY = ("20min", "30min", "1hour", "1day", "1week")
_PRODUCTS = frozenset(
    {
        "1dayPCard",
        "1weekPCard",
        "1dayDiscount",
        "1weekDiscount",
        "1monthVendingMachine",
        "1monthLongTerm",
        "1monthReservation",
    }
)
_FREE = re.compile(r"(\d+) Min\.")
_LONGEST = re.compile(
    r"Max\. (\d+) (Stunde|Tage?|Wochen?)"
    r"(?: am Automaten| oder Monatsparkschein| oder 4-Wochen-Parkschein)?"
)
_MINUTES = {"Stunde": 60, "Tag": 1440, "Tage": 1440, "Woche": 7 * 1440, "Wochen": 7 * 1440}


Price = Annotated[Decimal, BeforeValidator(exact)]


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class _Group(_Part):
    group_name: str


class _PriceOf(_Part):
    group: _Group
    duration: str
    price: Price | None


class _Dynamic(_Part):
    tariff_free_parking_time: str | None = None
    tariff_max_parking_time: str | None = None
    tariff_special: str | None = None


class _Information(_Part):
    dynamic: _Dynamic


class _Tariff(_Part):
    information: _Information
    prices: tuple[_PriceOf, ...]


class _Name(_Part):
    name: str


class _CarPark(_Part):
    id: str
    name: tuple[_Name, ...]
    tariff: _Tariff


class _Records(BaseModel):
    embedded: tuple[dict[str, object], ...] = Field(alias="_embedded")


def import_db(document: object) -> Imported:
    """All car parks of the parsed file: one tariff for each set of prices and limits.

    Raises pydantic's ValidationError for a document that is no list of car parks at all.
    """
    taken: list[Taken] = []
    refused: list[Refusal] = []
    for record in _Records.model_validate(document).embedded:
        name = str(record.get("id", "without id"))
        try:
            park = _CarPark.model_validate(record)
            name = f"{park.id} {park.name[0].name.strip()}"
            taken.append(_taken(name, park.tariff))
        except ValidationError as error:
            refused.append(Refusal(name, words(error)))
        except CannotSay as reason:
            refused.append(Refusal(name, str(reason)))
    return Imported(
        files=one_per_tariff(taken, of="car parks of DB BahnPark"),
        refused=tuple(refused),
        notes=("Monthly products, PCard and BahnCard prices are left out.",),
    )


def _taken(name: str, tariff: _Tariff) -> Taken:
    special = tariff.information.dynamic.tariff_special or ""
    remarks = (f"says besides: {quoted(special)}",) if special.strip() else ()
    return Taken(name=name, file=whole(file_of(_board(tariff))), remarks=remarks)


def _board(tariff: _Tariff) -> Board:
    prices = _prices(tariff)
    if not prices:
        raise CannotSay("prices: there is none for a stay")
    dynamic = tariff.information.dynamic
    said = read_words(dynamic.tariff_special or "")
    return Board(
        minutes_20=prices.get("20min"),
        minutes_30=prices.get("30min"),
        hour=prices.get("1hour"),
        day=prices.get("1day"),
        week=prices.get("1week"),
        named_steps=tuple(Until(minutes, _cents(price)) for minutes, price in said.steps),
        further=Until(said.further[0], _cents(said.further[1])) if said.further else None,
        is_hourly=said.is_hourly,
        day_ends_at=said.day_ends_at,
        free_minutes=_free_minutes(dynamic.tariff_free_parking_time),
        longest_minutes=_longest_minutes(dynamic.tariff_max_parking_time),
        text=", ".join(
            f"{name} {amount_text(Money(minor, 'EUR'))}" for name, minor in prices.items()
        ),
    )


def _prices(tariff: _Tariff) -> dict[str, int]:
    """The prices of a stay, in cents; products are left out."""
    prices: dict[str, int] = {}
    for each in tariff.prices:
        if each.price is None or each.duration in _PRODUCTS:
            continue
        if each.duration not in _OF_A_STAY:
            raise CannotSay(f"prices: the duration {each.duration} is not known here")
        if each.group.group_name != "standard" or each.duration in prices:
            raise CannotSay(f"prices: {each.duration} has prices of several groups")
        prices[each.duration] = _cents(each.price)
    return prices


def _cents(price: Decimal) -> int:
    cents = price * 100
    if cents != int(cents) or cents <= 0:
        raise CannotSay(f"prices: {price} is not a whole number of cents above nothing")
    return int(cents)


def _free_minutes(text: str | None) -> int | None:
    if text in {None, "", "nein"}:
        return None
    match = _FREE.fullmatch(text or "")
    if match is None:
        raise CannotSay(f"tariffFreeParkingTime says {quoted(text or '')}")
    return int(match[1])


def _longest_minutes(text: str | None) -> int | None:
    if not text:
        return None
    match = _LONGEST.fullmatch(text)
    if match is None:
        raise CannotSay(f"tariffMaxParkingTime says {quoted(text)}")
    return int(match[1]) * _MINUTES[match[2]]
