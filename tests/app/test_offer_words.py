"""What an owner reads of an offer: its windows, what is taken out of them, its terms."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kiosk.app.offer_words import terms_words, times_lines, window_words
from kiosk.domain.offer import LocalSpan, OfferTerms, OfferTimes, SharedWindow

TODAY = date(2026, 6, 1)
NIGHT = LocalSpan(datetime(2026, 6, 3, 20), datetime(2026, 6, 4, 8))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY", "Wed 20:00 to 08:00 the next day, from 2026-06-03"),
        ("FREQ=DAILY", "every day 20:00 to 08:00 the next day, from 2026-06-03"),
        (
            "FREQ=WEEKLY;UNTIL=20261231T180000;BYDAY=SU,MO",
            "Mon Sun 20:00 to 08:00 the next day, from 2026-06-03, until 2026-12-31 18:00",
        ),
        (
            "FREQ=DAILY;COUNT=4",
            "every day 20:00 to 08:00 the next day, from 2026-06-03, 4 times from 2026-06-03 on",
        ),
        ("FREQ=MONTHLY;BYDAY=2WE", "2026-06-03 20:00 to 2026-06-04 08:00, FREQ=MONTHLY;BYDAY=2WE"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-06-03 20:00 to 2026-06-04 08:00, FREQ=WEEKLY;INTERVAL=2"),
        (None, "2026-06-03 20:00 to 2026-06-04 08:00"),
    ],
)
def test_a_window_is_said_as_its_owner_would(rule: str | None, words: str) -> None:
    assert window_words(SharedWindow(NIGHT, rule), today=TODAY) == words


def test_what_is_taken_out_of_an_offer_is_said_and_what_is_over_is_not() -> None:
    over = LocalSpan(datetime(2026, 5, 3, 20), datetime(2026, 5, 4, 8))  # noqa: DTZ001
    times = OfferTimes(
        windows=(SharedWindow(over), SharedWindow(NIGHT, "FREQ=DAILY", frozenset({TODAY}))),
        except_days=frozenset({date(2026, 5, 1), date(2026, 7, 1)}),
        blackouts=(over, NIGHT),
        needed=(SharedWindow(NIGHT),),
        skips_holidays=True,
    )

    lines = list(times_lines(times, now_local=datetime(2026, 6, 1, 14)))  # noqa: DTZ001

    assert lines == [
        ("shared      every day 20:00 to 08:00 the next day, from 2026-06-03, not on 2026-06-01"),
        "needed      2026-06-03 20:00 to 2026-06-04 08:00",
        "not shared  2026-06-03 20:00 to 2026-06-04 08:00",
        "not from    2026-07-01",
        "not from    the holidays of the site",
    ]


def test_terms_are_said_where_they_differ_from_those_of_the_site() -> None:
    hour = timedelta(hours=1)

    assert terms_words(OfferTerms(hour, hour, 4 * hour, 1, 1)) == (
        "reserved 60 minutes before at the latest, stays from 60 minutes on, stays up to 240 "
        "minutes, a tariff of its own, a split of its own"
    )
