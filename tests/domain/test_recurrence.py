"""Rules of calendars: on which days something repeats, and which rules are refused in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.recurrence import last_start, next_start, problem_of, starts_between

MONDAY = datetime.fromisoformat("2026-03-02T08:00")
DAY = timedelta(days=1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AN_EXAMPLE = "should be a rule like FREQ=WEEKLY;BYDAY=MO,TU"


def starts(rule: str | None, first: str, last: str, *, since: datetime = MONDAY) -> list[str]:
    """The starts from one day up to another, as months and days."""
    found = starts_between(
        rule,
        starts_local=since,
        from_day=date.fromisoformat(first),
        until_day=date.fromisoformat(last),
    )
    assert {each.time() for each in found} <= {since.time()}
    return [f"{each:%m-%d}" for each in found]


def test_without_a_rule_there_is_one_start() -> None:
    assert starts(None, "2026-03-02", "2026-03-03") == ["03-02"]
    assert starts(None, "2026-03-03", "2026-04-01") == []
    assert starts(None, "2026-02-01", "2026-03-02") == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=DAILY", ["03-28", "03-29", "03-30"]),
        ("FREQ=DAILY;INTERVAL=2", ["03-28", "03-30"]),
        ("FREQ=DAILY;COUNT=28", ["03-28", "03-29"]),
        ("FREQ=DAILY;UNTIL=20260329", ["03-28", "03-29"]),
        ("FREQ=DAILY;UNTIL=20260329T075959", ["03-28"]),
        ("FREQ=DAILY;UNTIL=20260329T080000", ["03-28", "03-29"]),
        ("FREQ=WEEKLY;BYDAY=SU", ["03-29"]),
        ("freq=weekly;byday=su", ["03-29"]),
        ("FREQ=WEEKLY;BYDAY=SA,MO;INTERVAL=2", ["03-30"]),
        ("FREQ=WEEKLY;BYDAY=SU;INTERVAL=2", []),
        ("FREQ=WEEKLY;BYDAY=SU;INTERVAL=2;WKST=SU", ["03-29"]),
        ("FREQ=MONTHLY;BYDAY=-1SU", ["03-29"]),
        ("FREQ=MONTHLY;BYDAY=5SU", ["03-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", ["03-29"]),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1", ["03-29"]),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=28,30", ["03-28", "03-30"]),
    ],
)
def test_rules_go_on_over_the_days_on_which_the_clocks_change(rule: str, found: list[str]) -> None:
    assert problem_of(rule, starts_local=MONDAY) is None
    assert starts(rule, "2026-03-28", "2026-03-31") == found


def test_nothing_starts_before_the_first_day() -> None:
    assert starts("FREQ=DAILY", "2026-02-01", "2026-03-04") == ["03-02", "03-03"]
    assert starts("FREQ=DAILY", "0001-01-01", "0001-02-01") == []


def test_a_rule_that_has_ended_starts_nothing_any_more() -> None:
    assert starts("FREQ=WEEKLY;COUNT=3", "2026-03-09", "2027-03-09") == ["03-09", "03-16"]


def test_a_leap_day_comes_once_in_four_years() -> None:
    leap = datetime.fromisoformat("2028-02-29T08:00")
    rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"

    found = starts_between(
        rule, starts_local=leap, from_day=date(2028, 1, 1), until_day=date(2037, 1, 1)
    )

    assert [each.year for each in found] == [2028, 2032, 2036]


def test_the_next_start_is_the_first_that_is_not_before_an_instant() -> None:
    rule = "FREQ=WEEKLY;COUNT=2"
    found = [
        next_start(rule, starts_local=MONDAY, not_before=MONDAY + after)
        for after in (-9 * DAY, timedelta(), timedelta(seconds=1), 8 * DAY)
    ]

    assert found == [MONDAY, MONDAY, MONDAY + 7 * DAY, None]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20260304"])
def test_the_last_start_of_a_rule_that_ends_is_within_its_last_day(rule: str) -> None:
    assert last_start(rule, starts_local=MONDAY) == MONDAY + 2 * DAY


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(1, 3),
    st.integers(-40, 400),
    st.integers(0, 90),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_weekly_rules_start_on_the_days_that_counting_gives(
    weekdays: frozenset[int], interval: int, from_: int, length: int, at: time
) -> None:
    since = datetime.combine(MONDAY.date(), at)
    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(DAYS[day] for day in weekdays)}"
    first = since.date() + from_ * DAY

    found = starts_between(
        rule, starts_local=since, from_day=first, until_day=first + length * DAY
    )

    assert found == tuple(
        datetime.combine(since.date() + number * DAY, at)
        for number in range(max(from_, 0), from_ + length)
        if number % 7 in weekdays and number // 7 % interval == 0
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=HOURLY", "repeats by HOURLY: should be daily, weekly, monthly or yearly"),
        ("BYDAY=MO", "repeats by no FREQ: should be daily, weekly, monthly or yearly"),
        ("every Monday", f'"every Monday" {AN_EXAMPLE}'),
        ("", f'"" {AN_EXAMPLE}'),
        ("FREQ=DAILY;", f'"FREQ=DAILY;" {AN_EXAMPLE}'),
        ("RRULE:FREQ=DAILY", f'"RRULE:FREQ=DAILY" {AN_EXAMPLE}'),
        ("FREQ=DAILY\nEXDATE:20260401", f'"FREQ=DAILY\nEXDATE:20260401" {AN_EXAMPLE}'),
        ("FREQ=DAILY;INTERVAL=²", f'"FREQ=DAILY;INTERVAL=²" {AN_EXAMPLE}'),
        ("FREQ=DAILY;FREQ=WEEKLY", "names a part twice"),
        ("FREQ=DAILY;BYHOUR=3;BYEASTER=1", "repeats by BYEASTER, BYHOUR, which is not known here"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL should be a number from 1 to 9999, not 0"),
        ("FREQ=DAILY;COUNT=-1", "COUNT should be a number from 1 to 9999, not -1"),
        (
            "FREQ=DAILY;UNTIL=20270101T000000Z",
            "UNTIL should be local time like 20261231 or 20261231T180000, not 20270101T000000Z",
        ),
        ("FREQ=WEEKLY;WKST=1MO", "WKST should be a day like MO, not 1MO"),
        ("FREQ=WEEKLY;BYDAY=MO,XX", "BYDAY should be days like MO,TU or 1MO,-1FR, not MO,XX"),
        ("FREQ=MONTHLY;BYDAY=99MO", "BYDAY should be days like MO,TU or 1MO,-1FR, not 99MO"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH should be months from 1 to 12, not 13"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "BYMONTHDAY should be days from 1 to 31 or from -1 to -31, not 0",
        ),
        ("FREQ=MONTHLY;BYSETPOS=0", "BYSETPOS should be places like 1 or -1, not 0"),
        (
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "names days of the month (BYMONTHDAY), which goes with monthly and yearly rules",
        ),
        (
            "FREQ=WEEKLY;BYDAY=1MO",
            "BYDAY=1MO counts days, which goes with monthly and yearly rules",
        ),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260401", "ends by COUNT and by UNTIL: should be one of them"),
        ("FREQ=WEEKLY;UNTIL=20260301", "never happens"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never happens"),
        (
            "FREQ=DAILY;BYSETPOS=2;COUNT=3",
            "names places (BYSETPOS), which goes with monthly and yearly rules",
        ),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_in_words(rule: str, words: str) -> None:
    assert problem_of(rule, starts_local=MONDAY) == words


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;UNTIL=20261399", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=999"]
)
def test_what_only_the_library_finds_is_told_in_its_words(rule: str) -> None:
    problem = problem_of(rule, starts_local=MONDAY)

    assert problem is not None
    assert problem.startswith("cannot be read as a rule of RFC 5545: ")


PARTS = [
    "INTERVAL=0",
    "INTERVAL=3",
    "COUNT=2",
    "UNTIL=20260401",
    "UNTIL=20269999",
    "BYDAY=-5FR",
    "BYDAY=MO,TU",
    "BYMONTH=1,12",
    "BYMONTHDAY=31",
    "BYMONTHDAY=-31",
    "BYSETPOS=366",
    "WKST=SU",
    "BYHOUR=1",
]


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.lists(st.sampled_from(PARTS), max_size=4),
)
def test_a_rule_is_either_kept_or_refused_in_words(frequency: str, parts: list[str]) -> None:
    rule = ";".join([f"FREQ={frequency}", *parts])

    problem = problem_of(rule, starts_local=MONDAY)

    if problem is None:
        starts(rule, "2026-03-02", "2026-04-02")
    else:
        assert len(problem.split()) > 1
