"""Edges of the local clock fall on the first instant at which it has reached them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.pricing.wall_clock import first_instant, instant, local_date

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ST_JOHNS = ZoneInfo("America/St_Johns")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "minute", "zone", "utc"),
    [
        (date(2026, 6, 1), 8 * 60, BERLIN, datetime(2026, 6, 1, 6, tzinfo=UTC)),
        (date(2026, 6, 1), 26 * 60, BERLIN, datetime(2026, 6, 2, 0, tzinfo=UTC)),
        (SPRING, 2 * 60 + 30, BERLIN, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (SPRING, 2 * 60, BERLIN, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (AUTUMN, 2 * 60 + 30, BERLIN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (AUTUMN, 3 * 60, BERLIN, datetime(2026, 10, 25, 2, tzinfo=UTC)),
        (date(2026, 10, 4), 2 * 60 + 10, LORD_HOWE, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        (date(2018, 11, 4), 0, SAO_PAULO, datetime(2018, 11, 4, 3, tzinfo=UTC)),
    ],
    ids=[
        "plain",
        "on the next date",
        "skipped",
        "where the skipping begins",
        "shown twice",
        "behind the hour shown twice",
        "skipped by half an hour",
        "a midnight that is skipped",
    ],
)
def test_an_edge_is_where_the_clock_first_reaches_it(
    day: date, minute: int, zone: ZoneInfo, utc: datetime
) -> None:
    assert instant(first_instant(day, minute, zone)) == utc


def test_a_date_does_not_come_back_when_midnight_is_shown_twice() -> None:
    again = datetime(2010, 11, 7, 3, tzinfo=UTC)  # the clocks went back from 00:01 to 23:01

    assert again.astimezone(ST_JOHNS).date() == date(2010, 11, 6)
    assert local_date(int(again.timestamp()), ST_JOHNS) == date(2010, 11, 7)
    assert local_date(int(again.timestamp()) - 3600, ST_JOHNS) == date(2010, 11, 6)
