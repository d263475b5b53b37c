"""What an owner takes back is said by the clock of the site, which skips and repeats hours."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.life_outcomes import RecallPriced
from kiosk.domain.offer import LocalSpan
from kiosk.domain.time import Window
from kiosk.services.recall import span_around
from tests.fakes.stage import Stage
from tests.services.moving import paid, price_recall

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("window", "said"),
    [
        pytest.param(
            ("2026-06-01T12:00:30", "2026-06-01T13:00:01"),
            ("2026-06-01T14:00", "2026-06-01T15:01"),
            id="seconds are rounded outward",
        ),
        pytest.param(
            ("2026-10-25T00:30", "2026-10-25T03:00"),
            ("2026-10-25T02:30", "2026-10-25T04:00"),
            id="from the first 02:30 of the night on which clocks go back",
        ),
        pytest.param(
            ("2026-10-25T01:30", "2026-10-25T03:00"),
            ("2026-10-25T02:30", "2026-10-25T04:00"),
            id="from the second 02:30 on: widened to the first",
        ),
        pytest.param(
            ("2026-10-24T22:00", "2026-10-25T01:30"),
            ("2026-10-25T00:00", "2026-10-25T03:00"),
            id="until the second 02:30: widened to where the clock says something new",
        ),
        pytest.param(
            ("2026-10-25T00:50", "2026-10-25T01:10"),
            ("2026-10-25T02:50", "2026-10-25T03:00"),
            id="from the first 02:50 to the second 02:10",
        ),
        pytest.param(
            ("2026-03-29T00:30", "2026-03-29T01:30"),
            ("2026-03-29T01:30", "2026-03-29T03:30"),
            id="over the hour that the clocks skip",
        ),
    ],
)
def test_a_window_is_said_by_the_clock_of_the_site_and_covered(
    window: tuple[str, str], said: tuple[str, str]
) -> None:
    from_, until = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in window)

    span = span_around(Window(from_, until), BERLIN)

    assert span == LocalSpan(*map(datetime.fromisoformat, said))
    covering = span.at(BERLIN)
    assert covering is not None
    assert covering.covers(Window(from_, until))


def test_in_the_hour_that_clocks_repeat_the_whole_said_window_is_recalled(
    founded: Path, tmp_path: Path
) -> None:
    copy(founded, tmp_path)
    stage = Stage(tmp_path, starts_at=datetime(2026, 10, 24, 18, tzinfo=UTC))
    ada = stage.wallet()
    first = paid(stage, ada, starts_in=6 * 60 + 30, minutes=30)  # the first 02:30 of the night
    window = Window(
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)
    )

    answer = price_recall(stage, window)
    stage.close()

    assert isinstance(answer, RecallPriced)
    assert answer.window.from_ == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [item.reservation_id for item in answer.items] == [first.reservation_id]
