"""The linter names each minute at which staying costs less, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.checking.lint import FindingKind, Lint, lint
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import (
    DAY_MINUTES,
    BlockPolicy,
    Calendar,
    CapScope,
    DayType,
    Free,
    Surcharge,
    SurchargeAt,
    Tariff,
    Tax,
)
from tests.tariffs.lint_boards import (
    ALWAYS,
    BY_DAYS,
    DAY,
    NIGHT,
    PLAIN,
    TWO_BANDS,
    WEEK,
    WEEKDAY,
    WEEKEND,
    always,
    block,
    cap,
    found,
    looked_at,
    text_of,
    with_caps,
)

BERLIN = ZoneInfo("Europe/Berlin")


LATE = Surcharge(
    name="Late exit",
    price=Fraction(2200),
    at=SurchargeAt.EXIT,
    from_minute=22 * 60,
    until_minute=DAY_MINUTES + 7 * 60,
)


LATE_EXIT = replace(PLAIN, code="late", surcharges=(LATE,))


ROUND_ONCE = replace(
    TWO_BANDS,
    policy=BlockPolicy.ROUND_ONCE,
    bands=(replace(DAY, rows=(block(400, 60),)), replace(NIGHT, rows=(block(100, 60),))),
)


MIXED = replace(
    LATE_EXIT,
    code="mixed",
    tax=Tax(rate=Fraction(1, 10), is_included=False),
    surcharges=(replace(LATE, tax=Fraction(1, 20)),),
)


INCLUDED = replace(
    LATE_EXIT, tax=Tax(rate=Fraction(1, 10)), surcharges=(replace(LATE, tax=Fraction(1, 20)),)
)


def total(tariff: Tariff, entered_at: datetime, left_at: datetime) -> int:
    charge = charge_for(tariff, StayFacts(entered_at=entered_at, left_at=left_at))
    assert isinstance(charge, Charge)
    return charge.total.minor


def causes(result: Lint) -> list[str]:
    return [each.cause for each in result.inversions]


def falls(tariff: Tariff, entered_at: datetime, minutes: int) -> set[str]:
    """By pricing each stay: the wall-clock times at which the last minute costs less."""
    times, before = set(), 0
    for minute in range(1, minutes + 1):
        left_at = entered_at + timedelta(minutes=minute)
        now = total(tariff, entered_at, left_at)
        if now < before:
            times.add(f"{left_at.astimezone(BERLIN):%H:%M}")
        before = now
    return times


@pytest.mark.parametrize("tariff", [LATE_EXIT, MIXED, INCLUDED])
def test_the_end_of_an_exit_surcharge_is_an_inversion(tariff: Tariff) -> None:
    result = looked_at(tariff)

    assert causes(result) == ['surcharge "Late exit" ends at 07:00']
    assert result.inversions[0].path == "surcharge.1"
    assert result.inversions[0].count > 7


@pytest.mark.parametrize(
    "surcharge",
    [
        replace(LATE, at=SurchargeAt.ENTRY),
        replace(LATE, from_minute=0, until_minute=DAY_MINUTES),
        replace(LATE, price=Fraction(1), until_minute=22 * 60 + 1),
    ],
)
def test_a_surcharge_that_later_exits_have_too_is_none(surcharge: Surcharge) -> None:
    tariff = always(block(500, 1), surcharges=(surcharge,))

    assert found(tariff) == []


def test_the_end_of_a_surcharge_counts_on_its_own_days_only() -> None:
    tariff = replace(BY_DAYS, surcharges=(replace(LATE, days=("weekend",)),))

    inversions = looked_at(tariff).inversions

    ends = [each.left_at.astimezone(BERLIN) + timedelta(minutes=1) for each in inversions]
    assert [f"{end:%a %H:%M}" for end in ends] == ["Sun 07:00"]


@pytest.mark.parametrize(
    "week_of", [WEEK, date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 24), date(2026, 12, 31)]
)
def test_an_inversion_of_a_rare_day_is_found_whenever_the_linter_runs(week_of: date) -> None:
    noon = replace(LATE, name="Noon", price=Fraction(2000), from_minute=600, until_minute=720)
    tariff = replace(BY_DAYS, surcharges=(replace(noon, days=("holiday",)),))

    result = looked_at(tariff, week_of)

    assert causes(result) == ['surcharge "Noon" ends at 12:00']
    left_at = result.inversions[0].left_at.astimezone(BERLIN)
    assert f"{left_at:%m-%d %H:%M}" in {"12-25 11:59", "12-26 11:59"}


def test_an_inversion_that_needs_one_day_type_after_another_is_found_in_any_week() -> None:
    feast = DayType(name="feast", calendars=("public",))
    tariff = replace(
        BY_DAYS,
        day_types=(feast, WEEKDAY, WEEKEND),
        calendars=(Calendar(name="public", dates=(date(2026, 12, 24), date(2026, 12, 26))),),
        policy=BlockPolicy.ROUND_ONCE,
        bands=(
            replace(ALWAYS, name="Work", days=("weekday",), rows=(block(200, 60),)),
            replace(ALWAYS, name="Rest", days=("weekend",), rows=(block(200, 60),)),
            replace(ALWAYS, name="Feast", days=("feast",), rows=(block(200, 60),)),
        ),
    )
    dear = replace(tariff.bands[2], rows=(block(900, 60),))

    told = causes(looked_at(replace(tariff, bands=(*tariff.bands[:2], dear))))

    assert causes(looked_at(tariff)) == []
    assert '"Feast" gives way to "Work" at 00:00' in told
    assert '"Feast" gives way to "Rest" at 00:00' in told


def test_an_inversion_of_the_night_in_which_the_clocks_change_is_found_in_any_week() -> None:
    night = replace(LATE, from_minute=60, until_minute=150)
    tariff = always(block(100, 60), surcharges=(night,), valid_from=date(2026, 1, 1))

    result = looked_at(tariff)

    assert causes(result) == [
        'surcharge "Late exit" ends at 02:30',
        'surcharge "Late exit" ends at 03:00',
    ]


def test_rounding_once_in_a_dear_band_is_an_inversion_where_a_cheap_one_follows() -> None:
    result = looked_at(ROUND_ONCE)

    assert '"Day" gives way to "Night" at 18:00' in causes(result)


def test_rounding_once_in_a_dear_row_is_one_where_a_cheap_row_follows() -> None:
    tariff = always(
        block(400, 60),
        block(10, 60, from_=90),
        policy=BlockPolicy.ROUND_ONCE,
        free=Free(minutes=20, is_deducted=True),
    )

    (inversion,) = looked_at(tariff).inversions

    assert inversion.cause == 'another row begins after 1 h 30 min in "Always"'
    assert inversion.left_at - inversion.entered_at == timedelta(minutes=110)


def test_a_cap_that_begins_anew_makes_no_price_fall() -> None:
    capped = with_caps(ROUND_ONCE, cap(CapScope.CALENDAR_DAY, 3000))

    assert causes(looked_at(capped)) == causes(looked_at(ROUND_ONCE))


def test_of_two_causes_in_one_minute_the_surcharge_is_told() -> None:
    tariff = replace(
        ROUND_ONCE,
        bands=(
            replace(ROUND_ONCE.bands[0], from_minute=419),
            replace(ROUND_ONCE.bands[1], until_minute=DAY_MINUTES + 419),
        ),
        surcharges=(LATE,),
    )

    told = causes(looked_at(tariff))

    assert 'surcharge "Late exit" ends at 07:00' in told
    assert '"Night" gives way to "Day" at 06:59' not in told


@pytest.mark.parametrize("tariff", [LATE_EXIT, ROUND_ONCE, MIXED, INCLUDED])
def test_the_figures_of_an_inversion_are_what_stays_cost(tariff: Tariff) -> None:
    for each in looked_at(tariff).inversions:
        later = each.left_at + timedelta(minutes=1)
        assert total(tariff, each.entered_at, each.left_at) == each.total_minor
        assert total(tariff, each.entered_at, later) == each.later_minor
        assert each.later_minor < each.total_minor


def test_pricing_every_minute_finds_no_inversion_that_the_linter_misses() -> None:
    tariff = replace(ROUND_ONCE, surcharges=(LATE,), free=Free(minutes=20, is_deducted=True))
    entries = [datetime(2026, 3, 2, hour, 17, tzinfo=BERLIN) for hour in (1, 9, 17)]

    brute = {clock for entry in entries for clock in falls(tariff, entry, 26 * 60)}

    told = {cause.rpartition(" at ")[2] for cause in causes(looked_at(tariff))}
    assert brute == {"07:00", "18:01"}
    assert told == {"07:00", "18:00"}


def test_an_inversion_is_told_in_words_with_both_prices() -> None:
    assert text_of(LATE_EXIT, FindingKind.INVERSION).startswith(
        'surcharge "Late exit" ends at 07:00: enter Mon 08:00, leave Tue 06:59 for 77.20, '
        "07:00 for 55.20; found "
    )


def test_a_tariff_of_another_year_is_tried_in_its_own_weeks() -> None:
    old = replace(LATE_EXIT, valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))
    coming = replace(LATE_EXIT, valid_from=date(2030, 1, 1))

    assert lint(old, week_of=WEEK).inversions[0].entered_at.year == 2020
    assert lint(coming, week_of=WEEK).dst_nights[0].changes_at.year == 2030


def test_after_the_maximum_stay_no_price_falls_and_none_is_looked_for() -> None:
    tariff = replace(ROUND_ONCE, maximum_stay_minutes=45)

    inversions = looked_at(tariff).inversions

    assert inversions
    assert all(each.left_at - each.entered_at < timedelta(minutes=45) for each in inversions)
