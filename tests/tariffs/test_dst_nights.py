"""The table of nights in which the clocks change, beside the same nights a week later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.checking.lint import lint
from kiosk.domain.pricing.charge_lines import PriceNotStated
from tests.tariffs.lint_boards import (
    BY_DAYS,
    DAY,
    NIGHT,
    TWO_BANDS,
    WEEK,
    always,
    block,
    looked_at,
)


def test_the_nights_of_the_year_stand_beside_the_same_nights_a_week_later() -> None:
    spring, autumn = looked_at(TWO_BANDS).dst_nights

    assert f"{spring.changes_at:%Y-%m-%d}" == "2026-03-29"
    assert (spring.clock_before, spring.clock_after) == ("02:00", "03:00")
    assert (spring.elapsed, spring.later_elapsed) == (timedelta(hours=7), timedelta(hours=8))
    assert (spring.total_minor, spring.later_minor) == (700, 800)
    assert (autumn.clock_before, autumn.clock_after) == ("03:00", "02:00")
    assert (autumn.elapsed, autumn.total_minor, autumn.later_minor) == (
        timedelta(hours=9),
        900,
        800,
    )


def test_a_week_later_is_the_same_night_of_the_week() -> None:
    work, rest = BY_DAYS.bands
    tariff = replace(BY_DAYS, bands=(replace(work, rows=(block(900, 60),)), rest))

    spring = looked_at(tariff).dst_nights[0]

    assert (spring.total_minor, spring.later_minor) == (14 * 120, 16 * 120)


def test_half_an_hour_of_lord_howe_is_half_an_hour_of_the_night() -> None:
    tariff = always(block(100, 30), zone="Australia/Lord_Howe")

    nights = looked_at(tariff).dst_nights

    assert [night.elapsed.total_seconds() / 3600 for night in nights] == [8.5, 7.5]
    assert [night.total_minor for night in nights] == [1700, 1500]


def test_a_change_at_midnight_belongs_to_the_evening_before() -> None:
    tariff = always(block(100, 60), zone="Africa/Cairo")

    spring, autumn = looked_at(tariff).dst_nights

    assert (spring.clock_before, spring.clock_after) == ("00:00", "01:00")
    assert (autumn.clock_before, autumn.clock_after) == ("00:00", "23:00")
    assert (spring.total_minor, autumn.total_minor) == (700, 900)


def test_a_zone_that_never_changes_has_no_such_nights() -> None:
    assert lint(always(block(100, 60), zone="Asia/Kathmandu"), week_of=WEEK).dst_nights == ()


def test_a_night_without_a_stated_price_has_its_answer_instead() -> None:
    tariff = replace(TWO_BANDS, bands=(DAY, replace(NIGHT, rows=(), unstated="Nothing is said.")))

    night = looked_at(tariff).dst_nights[0]

    assert night.total_minor == PriceNotStated("Night", "Nothing is said.")
