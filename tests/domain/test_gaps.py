"""Hours that no band covers or two do, and days without a type, named as a calendar shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.checking.problems import problems
from kiosk.domain.tariff import Band, Calendar, DayType, Row, RowKind, Tariff

FREE = (Row(kind=RowKind.FLAT, price=Fraction(0)),)
WEEK = DayType(name="week", weekdays=(0, 1, 2, 3, 4))
WEEKEND = DayType(name="weekend", weekdays=(5, 6))
HOLIDAY = DayType(name="holiday", calendars=("holidays",))
CHRISTMAS = Calendar(name="holidays", dates=(date(2026, 12, 25), date(2026, 12, 26)))


def band(from_hour: int, until_hour: int, *days: str, name: str = "") -> Band:
    """A free band by its hours."""
    return Band(
        name=name or f"{from_hour} to {until_hour} {' '.join(days)}".strip(),
        from_minute=from_hour * 60,
        until_minute=until_hour * 60,
        days=days,
        rows=FREE,
    )


def found(*bands: Band, days: tuple[DayType, ...] = (WEEK, WEEKEND)) -> list[str]:
    """The problems of a tariff with these bands and day types, Christmas in its calendar."""
    tariff = Tariff(
        code="gaps",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        bands=bands,
        calendars=(CHRISTMAS,),
        day_types=days,
    )
    return [f"{problem.path}: {problem.text}" for problem in problems(tariff)]


FILL = "; let a band reach over these hours, or add one that says unstated = why"
MOVE = "; change from, until or days of one of them"


def test_bands_that_cover_each_hour_once_have_no_problem() -> None:
    assert found(band(8, 20, "week"), band(20, 32, "week"), band(8, 32, "weekend")) == []


def test_a_gap_on_every_day_of_a_type_is_told_once() -> None:
    assert found(band(0, 20, "week"), band(0, 24, "weekend")) == [
        f"band: Monday 20:00 to 24:00 has no band{FILL}"
    ]


def test_a_gap_that_a_wrapping_band_leaves_behind_names_the_day_before() -> None:
    assert found(band(8, 32, "week"), band(0, 24, "weekend")) == [
        f'band: Monday 00:00 to 08:00 has no band after a day of type "weekend"{FILL}',
        (
            "band.2: Saturday 00:00 to 08:00 is also in band.1 "
            f'"8 to 32 week" after a day of type "week"{MOVE}'
        ),
    ]


def test_a_gap_after_two_types_of_day_names_both() -> None:
    bands = (band(0, 24, "week"), band(8, 24, "weekend"), band(8, 32, "holiday"))

    assert found(*bands, days=(HOLIDAY, WEEK, WEEKEND)) == [
        (
            'band: Saturday 00:00 to 08:00 has no band after a day of type "week" or '
            f'"weekend"{FILL}'
        ),
        (f'band: Friday 2026-12-25 00:00 to 08:00 has no band after a day of type "week"{FILL}'),
    ]


def test_a_gap_between_two_bands_is_named() -> None:
    assert found(band(0, 8), band(9, 24)) == [
        f"band: Monday 08:00 to 09:00 has no band{FILL}",
        f"band: Saturday 08:00 to 09:00 has no band{FILL}",
    ]


def test_an_overlap_inside_a_day_is_named_by_both_bands() -> None:
    assert found(band(0, 24), band(23, 24, "weekend", name="Late")) == [
        f'band.2: Saturday 23:00 to 24:00 is also in band.1 "0 to 24"{MOVE}'
    ]


def test_the_days_around_a_holiday_are_looked_at_by_their_dates() -> None:
    days = (HOLIDAY, WEEK, WEEKEND)
    bands = (band(8, 32, "week"), band(8, 32, "weekend"), band(8, 24, "holiday"))

    assert found(*bands, days=days) == [
        (
            "band: Saturday 2026-12-26 00:00 to 08:00 has no band after a day of type "
            f'"holiday"{FILL}'
        ),
        f'band: Sunday 2026-12-27 00:00 to 08:00 has no band after a day of type "holiday"{FILL}',
    ]


def test_a_weekday_without_a_type_is_named() -> None:
    days = (WEEK, DayType(name="saturday", weekdays=(5,)))

    assert found(band(0, 24), days=days) == [
        "day: Sunday has no type; add it to the weekdays of a [[day]]"
    ]


@pytest.mark.parametrize(
    "unreached",
    [
        DayType(name="sunday", weekdays=(6,)),
        DayType(name="fair"),
    ],
)
def test_a_type_that_no_date_ever_has_is_named(unreached: DayType) -> None:
    assert found(band(0, 24), days=(WEEK, WEEKEND, unreached)) == [
        (
            f'day.3: no date is ever of the type "{unreached.name}"; give it weekdays or dates '
            "that no type above it has, or remove it"
        )
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            replace(WEEKEND, calendars=("fairs",)),
            'day.2.calendars: "fairs" is no [calendar] of this tariff; there are: holidays',
        ),
        (replace(WEEKEND, weekdays=(5, 7)), "day.2.weekdays: should be mon, tue, wed and so on"),
        (replace(WEEKEND, name="week"), 'day.2.name: "week" is the name of another day already'),
    ],
)
def test_a_wrong_day_type_is_named_once(day: DayType, words: str) -> None:
    assert found(band(0, 20), days=(WEEK, day)) == [words]


def test_calendars_with_odd_dates_or_equal_names_are_named() -> None:
    tariff = Tariff(
        code="gaps",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        bands=(band(0, 24),),
        calendars=(CHRISTMAS, Calendar(name="holidays", dates=(date.min,))),
    )

    assert [f"{problem.path}: {problem.text}" for problem in problems(tariff)] == [
        'calendar.holidays: "holidays" is the name of another calendar already',
        "calendar.holidays.1: should lie between the years 1970 and 2999",
    ]


@st.composite
def tariffs_by_the_hour(draw: st.DrawFn) -> Tariff:
    """Some bands of whole hours on some of three day types, around two calendars of a month."""
    first = date(2026, 3, 2)
    month = st.integers(0, 27).map(lambda number: first + timedelta(days=number))
    calendars = [
        Calendar(name=name, dates=tuple(draw(st.lists(month, min_size=1, max_size=3))))
        for name in ("fairs", "holidays")
    ]
    days = [
        DayType(name="holiday", calendars=("holidays",)),
        DayType(name="fair", calendars=("fairs",), weekdays=(6,)),
        DayType(name="other", weekdays=(0, 1, 2, 3, 4, 5, 6)),
    ]
    edges = sorted(draw(st.sets(st.integers(0, 23), min_size=1, max_size=3)))
    bands = []
    for number, start in enumerate(edges):
        until = edges[number + 1] if number + 1 < len(edges) else edges[0] + 24
        until = min(until + draw(st.sampled_from([0, 0, 0, 1])), start + 24)
        some = draw(st.sampled_from([(), (), ("holiday",), ("fair", "other")]))
        bands.append(band(start, until, *some, name=str(number)))
    return Tariff(
        code="gaps",
        version=1,
        zone="Europe/Berlin",
        currency="EUR",
        bands=tuple(bands),
        calendars=tuple(calendars),
        day_types=tuple(days),
    )


def covers(tariff: Tariff, day: date, hour: int) -> int:
    """How many bands cover an hour of a date, counted one by one."""
    starts = ((day, hour * 60), (day - timedelta(days=1), hour * 60 + 1440))
    return sum(
        each.from_minute <= minute < each.until_minute
        for on, minute in starts
        for each in tariff.bands
        if not each.days or tariff.day_type(on) in each.days
    )


@given(tariffs_by_the_hour())
def test_gaps_and_overlaps_are_those_that_counting_hour_by_hour_finds(tariff: Tariff) -> None:
    days = [date(2026, 2, 16) + timedelta(days=number) for number in range(60)]
    counted = {covers(tariff, day, hour) for day in days for hour in range(24)}

    said = {problem.path for problem in problems(tariff)}

    assert ("band" in said) == (0 in counted)
    assert (said - {"band"} != set()) == (max(counted) > 1)
