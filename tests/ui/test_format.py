"""Amounts, times, plates and codes as people read them, in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui import format as text
from kiosk.ui.format import Language

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (0, "EUR", "€0.00"),
        (5, "EUR", "€0.05"),
        (1250, "EUR", "€12.50"),
        (123456789, "EUR", "€1,234,567.89"),
        (-90, "EUR", "−€0.90"),
        (1250, "CNY", "¥12.50"),
        (1250, "JPY", "JPY\u00a01,250"),
        (1250, "KWD", "KWD\u00a01.250"),
        (3, "KWD", "KWD\u00a00.003"),
    ],
)
def test_an_amount_has_its_currency_and_its_decimals(
    minor: int, currency: str, expected: str
) -> None:
    assert text.money(minor, currency, "en") == expected


def test_a_currency_without_a_sign_follows_the_amount_in_chinese() -> None:
    assert text.money(-1250, "JPY", "zh_CN") == "−1,250\u00a0JPY"


@given(st.integers(min_value=-(10**18), max_value=10**18), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_the_digits_are_exactly_the_minor_amount(minor: int, currency: str) -> None:
    shown = text.digits(minor, currency)
    assert int(shown.replace(",", "").replace(".", "").replace("−", "-")) == minor


def test_a_time_is_the_sites_own() -> None:
    assert text.clock_time(NOON, BERLIN) == "13:05"


def test_a_time_without_a_zone_is_our_mistake() -> None:
    with pytest.raises(AssertionError, match="without a zone"):
        text.clock_time(NOON.replace(tzinfo=None), BERLIN)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Sun 22 Nov"), ("zh_CN", "11月22日 周日")]
)
def test_a_day_is_written_for_the_language(language: Language, expected: str) -> None:
    assert text.day(NOON, BERLIN, language) == expected


def test_day_and_time_stand_together() -> None:
    assert text.day_and_time(NOON, BERLIN, "en") == "Sun 22 Nov 13:05"


def test_a_window_within_a_day_has_two_times() -> None:
    shown = text.window(NOON, NOON + timedelta(hours=2), zone=BERLIN, language="en")
    assert shown == "13:05\u00a0–\u2060\u00a015:05"


def test_a_window_over_midnight_names_the_day_it_ends() -> None:
    shown = text.window(NOON, NOON + timedelta(hours=12), zone=BERLIN, language="en")
    assert shown == "13:05 – Mon 23 Nov 01:05"


@pytest.mark.parametrize(
    ("span", "language", "expected"),
    [
        (timedelta(minutes=150), "en", "2\u00a0h 30\u00a0min"),
        (timedelta(minutes=150), "zh_CN", "2小时30分钟"),
        (timedelta(days=1, hours=3), "en", "1\u00a0d 3\u00a0h"),
        (timedelta(days=1, hours=3), "zh_CN", "1天3小时"),
        (timedelta(seconds=61), "en", "2\u00a0min"),
        (timedelta(0), "en", "0\u00a0min"),
        (timedelta(0), "zh_CN", "0分钟"),
    ],
)
def test_a_duration_counts_started_minutes(
    span: timedelta, language: Language, expected: str
) -> None:
    assert text.duration(span, language) == expected


def test_a_negative_duration_is_our_mistake() -> None:
    with pytest.raises(AssertionError, match="never negative"):
        text.duration(timedelta(minutes=-2), "en")


@pytest.mark.parametrize(
    ("left_s", "expected"), [(65, "1:05"), (29.2, "0:30"), (0, "0:00"), (-4, "0:00")]
)
def test_a_countdown_never_goes_below_zero(left_s: float, expected: str) -> None:
    assert text.countdown(timedelta(seconds=left_s)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("京A12345", "京A·12345"), ("京A", "京A"), ("M PK 204", "M PK 204"), ("", "")],
)
def test_a_chinese_plate_gets_its_dot(typed: str, expected: str) -> None:
    assert text.plate(typed) == expected


def test_rule_31_a_code_stands_in_groups_of_four() -> None:
    assert text.code("k7mp2xqa") == "k7mp 2xqa"
