"""Holds every shipped tariff file to its worked examples, and to naming where it comes from."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import charge_for
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.tariff import Tariff
from kiosk.services.tariff_files.file import TariffFile, WorkedExample, read_tariff_file

RESOURCES = Path(__file__).parents[2] / "resources"
PUBLISHED = sorted((RESOURCES / "tariffs").glob("*/*.toml"))
GOLDBECK = [path for path in PUBLISHED if path.parent.name == "goldbeck"]
SINGAPORE = [path for path in PUBLISHED if path.parent.name == "singapore"]
OF_SITES = sorted((RESOURCES / "sites" / "tariffs").glob("*.toml"))
BY_HAND = [*GOLDBECK, *SINGAPORE, *OF_SITES]

ONE_DAY = timedelta(days=1)
SUNDAY = 6


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@cache
def shipped(path: Path) -> TariffFile:
    return read_tariff_file(path)


def expected(example: WorkedExample) -> Money | str | None:
    return example.refused if example.total is None else example.total


def answered(tariff: Tariff, example: WorkedExample) -> Money | str:
    answer: Charge | NoPrice = charge_for(tariff, example.facts)
    if isinstance(answer, Charge):
        return answer.total
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(answer).__name__).lower()


def holidays(path: Path) -> frozenset[date]:
    calendars = {each.name: each.dates for each in shipped(path).tariff.calendars}
    return frozenset(calendars.get("public-holidays", ()))


def easter(year: int) -> date:
    """Easter Sunday by the method of Meeus, Jones and Butcher."""
    century, in_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def days_of_baden_wuerttemberg(year: int) -> set[date]:
    fixed = ((1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
    after_easter = (-2, 1, 39, 50, 60)
    sunday = easter(year)
    return {
        *(date(year, month, day) for month, day in fixed),
        *(sunday + days * ONE_DAY for days in after_easter),
    }


@pytest.mark.parametrize("path", [*PUBLISHED, *OF_SITES], ids=name)
def test_every_worked_example_costs_what_the_file_says(path: Path) -> None:
    file = shipped(path)
    said = [(example.says, expected(example)) for example in file.examples]
    worked_out = [(example.says, answered(file.tariff, example)) for example in file.examples]
    assert worked_out == said


@pytest.mark.parametrize("path", PUBLISHED, ids=name)
def test_a_published_tariff_names_its_words_its_publisher_and_its_licence(path: Path) -> None:
    source = shipped(path).source
    assert source is not None
    assert all((source.name, source.text, source.publisher, source.licence))


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_a_tariff_written_by_hand_has_three_worked_examples_or_more(path: Path) -> None:
    assert len(shipped(path).examples) >= 3


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_a_tariff_written_by_hand_has_the_code_of_its_file_name(path: Path) -> None:
    assert shipped(path).tariff.code == path.stem


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_hours_without_a_price_have_a_worked_example_that_is_refused(path: Path) -> None:
    file = shipped(path)
    has_unstated_hours = any(band.unstated for band in file.tariff.bands)
    is_refusal_shown = any(example.refused == "price-not-stated" for example in file.examples)
    assert is_refusal_shown == has_unstated_hours


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_a_tariff_with_a_list_of_holidays_ends_with_the_list(path: Path) -> None:
    tariff = shipped(path).tariff
    last_year = max((day.year for day in holidays(path)), default=None)
    ends = None if tariff.valid_until is None else tariff.valid_until - ONE_DAY
    assert ends == (None if last_year is None else date(last_year, 12, 31))


def test_the_goldbeck_files_are_its_eleven_texts() -> None:
    sources = [shipped(path).source for path in GOLDBECK]
    assert len({source.text for source in sources if source is not None}) == 11


def test_thirty_boards_of_singapore_are_shipped() -> None:
    sources = [shipped(path).source for path in SINGAPORE]
    assert len({source.name for source in sources if source is not None}) == 30


def test_rastatt_keeps_the_public_holidays_of_baden_wuerttemberg() -> None:
    listed = holidays(RESOURCES / "tariffs" / "goldbeck" / "schlossgalerie-rastatt.toml")
    assert listed == days_of_baden_wuerttemberg(2026) | days_of_baden_wuerttemberg(2027)


@pytest.mark.parametrize("path", SINGAPORE, ids=name)
def test_a_holiday_of_singapore_on_a_sunday_is_kept_on_the_monday_too(path: Path) -> None:
    listed = holidays(path)
    on_sundays = {day for day in listed if day.weekday() == SUNDAY}
    assert {day + ONE_DAY for day in on_sundays} <= listed


def test_all_boards_of_singapore_keep_the_same_holidays() -> None:
    lists = [holidays(path) for path in SINGAPORE if holidays(path)]
    assert len({frozenset(day for day in each if day.year == 2026) for each in lists}) == 1
