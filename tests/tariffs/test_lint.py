"""The linter names what no stay ever feels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kiosk.domain.checking.lint import FindingKind
from kiosk.domain.tariff import (
    DAY_MINUTES,
    Band,
    BandRule,
    BlockPolicy,
    Calendar,
    CapScope,
    DayType,
    Free,
    Row,
    RowKind,
    Surcharge,
    SurchargeAt,
    Tariff,
)
from tests.tariffs.lint_boards import (
    ALWAYS,
    BY_DAYS,
    DAY,
    HOLIDAY,
    HOLIDAYS,
    NIGHT,
    PLAIN,
    TWO_BANDS,
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


def flat(price: int, *, from_: int = 0) -> Row:
    return Row(kind=RowKind.FLAT, price=Fraction(price), from_minutes=from_)


def per_entry(price: int) -> Row:
    return Row(kind=RowKind.PER_ENTRY, price=Fraction(price))


@pytest.mark.parametrize("tariff", [PLAIN, TWO_BANDS, BY_DAYS], ids=lambda each: each.code)
def test_a_plain_board_has_nothing_to_look_at(tariff: Tariff) -> None:
    assert found(tariff) == []


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


def test_a_tariff_that_has_held_for_years_reaches_the_holidays_of_this_year() -> None:
    days = (
        DayType(name="holiday", calendars=("holidays",)),
        DayType(name="other", weekdays=(0, 1, 2, 3, 4, 5, 6)),
    )
    tariff = replace(
        always(block(200, 60)),
        valid_from=date(2020, 1, 1),
        day_types=days,
        calendars=(Calendar(name="holidays", dates=(date(2026, 5, 1),)),),
    )

    assert FindingKind.DAY_NEVER not in [kind for kind, _ in found(tariff)]
