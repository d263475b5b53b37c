"""The linter names what no stay ever feels, and each minute at which staying costs less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.charge import StayFacts, charge_for
from kiosk.domain.charge_lines import Charge, PriceNotStated
from kiosk.domain.tariff import (
    DAY_MINUTES,
    Band,
    BandRule,
    BlockPolicy,
    Calendar,
    Cap,
    CapScope,
    DayType,
    Free,
    Row,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
    Tax,
)
from kiosk.domain.tariff_lint import FindingKind, Lint, lint

WEEK = date(2026, 3, 4)
BERLIN = ZoneInfo("Europe/Berlin")


def block(price: int, per: int, *, from_: int = 0, block_minutes: int | None = None) -> Row:
    return Row(
        kind=RowKind.BLOCK,
        price=Fraction(price),
        from_minutes=from_,
        per_minutes=per,
        block_minutes=block_minutes or per,
    )


def flat(price: int, *, from_: int = 0) -> Row:
    return Row(kind=RowKind.FLAT, price=Fraction(price), from_minutes=from_)


def per_entry(price: int) -> Row:
    return Row(kind=RowKind.PER_ENTRY, price=Fraction(price))


def cap(scope: CapScope, price: int, **more: object) -> Cap:
    return replace(Cap(scope=scope, price=Fraction(price)), **more)  # type: ignore[arg-type]


DAY = Band(name="Day", from_minute=480, until_minute=1080, rows=(block(400, 60),))
NIGHT = Band(
    name="Night", from_minute=1080, until_minute=DAY_MINUTES + 480, rows=(block(100, 60),)
)
ALWAYS = Band(name="Always", from_minute=0, until_minute=DAY_MINUTES, rows=(block(120, 30),))
PLAIN = Tariff(code="plain", version=1, zone="Europe/Berlin", currency="EUR", bands=(ALWAYS,))
TWO_BANDS = replace(PLAIN, code="two-bands", bands=(DAY, NIGHT))
WEEKDAY = DayType(name="weekday", weekdays=(0, 1, 2, 3, 4))
WEEKEND = DayType(name="weekend", weekdays=(5, 6))
HOLIDAY = DayType(name="holiday", calendars=("public",))
HOLIDAYS = Calendar(name="public", dates=(date(2026, 12, 25), date(2026, 12, 26)))
BY_DAYS = replace(
    PLAIN,
    calendars=(HOLIDAYS,),
    day_types=(HOLIDAY, WEEKDAY, WEEKEND),
    bands=(
        replace(ALWAYS, name="Work", days=("weekday",)),
        replace(ALWAYS, name="Rest", days=("weekend", "holiday")),
    ),
)


def always(*rows: Row, **more: object) -> Tariff:
    """The plain tariff with other rows."""
    band = replace(ALWAYS, rows=rows)
    return replace(PLAIN, bands=(band,), **more)  # type: ignore[arg-type]


def with_caps(tariff: Tariff, *caps: Cap) -> Tariff:
    return replace(tariff, caps=caps)


@lru_cache
def looked_at(tariff: Tariff, week_of: date = WEEK) -> Lint:
    """What the linter says; once for each tariff of these tests."""
    return lint(tariff, week_of=week_of)


def found(tariff: Tariff, *, week_of: date = WEEK) -> list[tuple[FindingKind, str]]:
    return [(each.kind, each.path) for each in looked_at(tariff, week_of).findings]


def text_of(tariff: Tariff, kind: FindingKind) -> str:
    return next(each.text for each in looked_at(tariff).findings if each.kind is kind)


@pytest.mark.parametrize("tariff", [PLAIN, TWO_BANDS, BY_DAYS], ids=lambda each: each.code)
def test_a_plain_board_has_nothing_to_look_at(tariff: Tariff) -> None:
    assert found(tariff) == []


# ------------------------------------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("tariff", "path", "why"),
    [
        (
            replace(
                TWO_BANDS, bands=(replace(DAY, rows=(block(400, 60), flat(9, from_=600))), NIGHT)
            ),
            "band.1.row.2",
            'with blocks = "restart"',
        ),
        (
            always(block(120, 30), flat(900, from_=240), maximum_stay_minutes=240),
            "band.1.row.2",
            "no stay is longer than 4 h",
        ),
        (
            with_caps(
                always(block(120, 30), flat(900, from_=1440)),
                cap(CapScope.CALENDAR_DAY, 1000, restarts_blocks=True),
            ),
            "band.1.row.2",
            "a cap with restarts_blocks",
        ),
        (
            replace(
                TWO_BANDS,
                policy=BlockPolicy.RUN_THROUGH,
                maximum_stay_minutes=600,
                bands=(DAY, replace(NIGHT, rows=(block(100, 60), flat(9, from_=600)))),
            ),
            "band.2.row.2",
            "no stay is longer than 10 h",
        ),
        (
            replace(
                BY_DAYS,
                bands=(
                    BY_DAYS.bands[0],
                    replace(BY_DAYS.bands[1], rows=(block(120, 30), flat(9, from_=72 * 60))),
                ),
            ),
            "band.2.row.2",
            "a stay that long is never in this band then",
        ),
    ],
)
def test_a_row_that_no_stay_reaches_is_named_with_its_reason(
    tariff: Tariff, path: str, why: str
) -> None:
    assert (FindingKind.ROW_NEVER, path) in found(tariff)
    assert why in text_of(tariff, FindingKind.ROW_NEVER)


@pytest.mark.parametrize(
    "tariff",
    [
        always(block(120, 30), flat(900, from_=239), maximum_stay_minutes=240),
        always(block(1, 30), flat(900, from_=9 * DAY_MINUTES)),
        replace(TWO_BANDS, bands=(replace(DAY, rows=(block(400, 60), flat(9, from_=540))), NIGHT)),
        replace(
            TWO_BANDS,
            policy=BlockPolicy.RUN_THROUGH,
            bands=(DAY, replace(NIGHT, rows=(block(100, 60), flat(9, from_=840)))),
        ),
    ],
)
def test_a_row_that_only_some_stays_reach_is_no_finding(tariff: Tariff) -> None:
    assert FindingKind.ROW_NEVER not in {kind for kind, _ in found(tariff)}


def test_a_row_that_only_a_car_of_one_odd_minute_reaches_is_no_finding() -> None:
    short = Band(
        name="Short", from_minute=200, until_minute=210, rows=(block(1, 60), flat(9, from_=60))
    )
    rest = Band(name="Rest", from_minute=210, until_minute=DAY_MINUTES + 200, rows=DAY.rows)
    tariff = replace(
        PLAIN, policy=BlockPolicy.RUN_THROUGH, bands=(short, rest), maximum_stay_minutes=120
    )

    assert found(tariff) == []


def test_a_row_behind_a_cap_that_is_always_used_up_is_named() -> None:
    tariff = with_caps(always(flat(500), block(100, 60, from_=60)), cap(CapScope.SESSION, 500))

    assert found(tariff) == [(FindingKind.ROW_ALWAYS_CUT, "band.1.row.2")]


def test_a_free_row_is_no_finding() -> None:
    assert found(always(block(0, 60), block(100, 60, from_=120))) == []


def test_a_row_that_begins_inside_a_block_is_named() -> None:
    tariff = always(block(100, 45), block(200, 60, from_=60))

    assert found(tariff) == [(FindingKind.BLOCK_CUT, "band.1.row.2.from_minutes")]
    assert "begins 15 min into a block of 45 min" in text_of(tariff, FindingKind.BLOCK_CUT)


@pytest.mark.parametrize(
    "tariff",
    [
        always(block(100, 30), block(200, 60, from_=60)),
        always(flat(100), block(200, 60, from_=50)),
        always(block(100, 45), block(200, 60, from_=60), policy=BlockPolicy.PRO_RATA),
    ],
)
def test_a_row_that_begins_with_a_block_is_no_finding(tariff: Tariff) -> None:
    assert found(tariff) == []


# ------------------------------------------------------------------------------------------- caps


@pytest.mark.parametrize(
    ("scope", "dearest"),
    [
        (CapScope.ROLLING_24H, 5760),
        (CapScope.CALENDAR_DAY, 5760),
        (CapScope.RESET_DAY, 5760),
        (CapScope.WEEK, 7 * 5760),
        (CapScope.MONTH, 31 * 5760),
        (CapScope.SESSION, 366 * 5760),
    ],
)
def test_a_cap_is_named_only_when_the_dearest_period_stays_below_it(
    scope: CapScope, dearest: int
) -> None:
    reached = with_caps(PLAIN, cap(scope, dearest))
    too_high = with_caps(PLAIN, cap(scope, dearest + 1))

    assert found(reached) == []
    assert found(too_high) == [(FindingKind.CAP_NEVER, "cap.1.price")]


def test_a_cap_of_a_band_is_measured_by_its_own_hours() -> None:
    reached = with_caps(TWO_BANDS, cap(CapScope.BAND, 1400, band="Night"))
    too_high = with_caps(TWO_BANDS, cap(CapScope.BAND, 1401, band="Night"))

    assert found(reached) == []
    assert "the dearest time in its band comes to 14.00, below 14.01" in text_of(
        too_high, FindingKind.CAP_NEVER
    )


def test_a_cap_that_only_an_overstay_could_reach_says_so() -> None:
    tariff = with_caps(replace(PLAIN, maximum_stay_minutes=120), cap(CapScope.ROLLING_24H, 1400))

    assert "within the maximum stay of 2 h" in text_of(tariff, FindingKind.CAP_NEVER)


def test_a_price_per_entry_that_is_never_the_cheaper_one_is_named() -> None:
    band = replace(DAY, rule=BandRule.MIN, rows=(block(100, 60), per_entry(1001)))
    never = replace(TWO_BANDS, bands=(band, NIGHT))
    just = replace(never, bands=(replace(band, rows=(block(100, 60), per_entry(1000))), NIGHT))

    assert found(never) == [(FindingKind.ENTRY_PRICE_NEVER, "band.1.row.2")]
    assert found(just) == []


# --------------------------------------------------------------------------------- start of a stay


def test_a_minimum_that_every_first_block_reaches_is_named() -> None:
    assert found(replace(PLAIN, minimum=Fraction(120))) == [(FindingKind.MINIMUM_NEVER, "minimum")]
    assert found(replace(PLAIN, minimum=Fraction(121))) == []


def test_a_minimum_counts_beside_all_that_is_charged_at_once() -> None:
    tariff = always(per_entry(100), block(50, 60), minimum=Fraction(150))

    assert "at least 1.50 at once" in text_of(tariff, FindingKind.MINIMUM_NEVER)


def test_free_minutes_over_the_whole_maximum_stay_are_named() -> None:
    tariff = replace(PLAIN, free=Free(minutes=60), maximum_stay_minutes=60)
    longer = replace(tariff, maximum_stay_minutes=61)

    assert found(tariff) == [(FindingKind.FREE_TOO_LONG, "free.minutes")]
    assert found(longer) == []


# ------------------------------------------------------------------------------------------ dates


def test_a_day_type_behind_one_that_has_all_its_dates_is_named_with_what_needs_it() -> None:
    tariff = replace(
        BY_DAYS,
        day_types=(WEEKDAY, WEEKEND, HOLIDAY),
        bands=(
            replace(ALWAYS, name="Work", days=("weekday",)),
            replace(ALWAYS, name="Rest", days=("weekend",)),
            replace(ALWAYS, name="Feast", days=("holiday",)),
        ),
        caps=(cap(CapScope.ROLLING_24H, 500, days=("holiday",)),),
    )

    assert found(tariff) == [
        (FindingKind.DAY_NEVER, "day.3"),
        (FindingKind.HOURS_NEVER, "band.3"),
        (FindingKind.HOURS_NEVER, "cap.1"),
    ]


def test_a_surcharge_on_days_that_never_come_is_named() -> None:
    extra = Surcharge(name="Fair", price=Fraction(100), at=SurchargeAt.ENTRY, days=("holiday",))
    never = replace(
        BY_DAYS, surcharges=(extra,), valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 25)
    )

    assert (FindingKind.HOURS_NEVER, "surcharge.1") in found(never)
    assert found(replace(never, valid_until=date(2026, 12, 26))) == []


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "years"),
    [
        (None, None, []),
        (None, date(2027, 1, 1), []),
        (None, date(2027, 1, 2), ["2027"]),
        (date(2026, 1, 1), date(2028, 6, 1), ["2027", "2028"]),
    ],
)
def test_a_calendar_without_dates_in_a_valid_year_is_named(
    valid_from: date | None, valid_until: date | None, years: list[str]
) -> None:
    tariff = replace(BY_DAYS, valid_from=valid_from, valid_until=valid_until)

    ends = [
        each.text.split()[4].rstrip(";")
        for each in looked_at(tariff).findings
        if each.kind is FindingKind.CALENDAR_ENDS
    ]
    assert ends == years


def test_an_open_end_asks_for_the_next_holidays_two_months_before_the_year_ends() -> None:
    assert found(BY_DAYS, week_of=date(2026, 11, 1)) == []
    assert found(BY_DAYS, week_of=date(2026, 11, 2)) == [
        (FindingKind.CALENDAR_ENDS, "calendar.public")
    ]


def test_a_calendar_that_no_day_type_names_is_named() -> None:
    tariff = replace(PLAIN, calendars=(HOLIDAYS,))

    assert found(tariff) == [(FindingKind.CALENDAR_UNUSED, "calendar.public")]


def test_unstated_hours_are_listed_with_the_words_of_the_board() -> None:
    tariff = replace(TWO_BANDS, bands=(DAY, replace(NIGHT, rows=(), unstated="Nothing is said.")))

    assert found(tariff) == [(FindingKind.UNSTATED, "band.2")]
    assert text_of(tariff, FindingKind.UNSTATED) == '"Night" has no price: Nothing is said.'


# ------------------------------------------------------------------------------------- inversions

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


# ------------------------------------------------------------------------------- nights of changes


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
