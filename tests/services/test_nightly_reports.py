"""Every day's report is compared once it can be had: after nights without power as well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import NotSent, PaymentRequest
from kiosk.services import limits
from tests.fakes.stage import Stage, euro

DAY = timedelta(days=1)
ASKED_AGAIN_S = limits.ASK_LONGEST_PAUSE_S + 2


def reports_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, *not_to_be_had: date
) -> list[date]:
    """The days that the provider is asked for from now on."""
    asked: list[date] = []
    report = stage.site.simulator.report

    def ask(day: date) -> object:
        asked.append(day)
        return NotSent() if day in not_to_be_had else report(day)

    monkeypatch.setattr(stage.site.simulator, "report", ask)
    return asked


def ticks(stage: Stage, times: int, *, seconds: float = 2) -> None:
    """Virtual time passes unseen where nothing is due; here somebody looks so often."""
    for _ in range(times):
        stage.wait(seconds=seconds)


def off_for(stage: Stage, days: int) -> None:
    """Nothing ticks meanwhile."""
    stage.site.clock.jump(DAY * days)


def test_a_site_that_was_off_asks_for_each_day_since(stage: Stage) -> None:
    stage.wait(seconds=2)
    stage.site.simulator.collect(PaymentRequest(OperationKey("who?"), euro(700)))
    today = stage.now.date()
    off_for(stage, 3)
    stage.restart()

    ticks(stage, 5)

    assert compared(stage) == [today + DAY * each for each in range(-1, 3)]
    assert stage.books()["suspense:simulator"] == 700


def compared(stage: Stage) -> list[date]:
    return [
        date.fromisoformat(str(day))
        for (day,) in stage.sql("SELECT day FROM reconciled_day ORDER BY day")
    ]


def test_a_day_whose_report_was_not_to_be_had_is_asked_for_again_after_midnight(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.wait(seconds=2)
    lost = stage.now.date()
    asked = reports_asked(stage, monkeypatch, lost)
    off_for(stage, 1)
    stage.wait(seconds=2)
    off_for(stage, 1)
    ticks(stage, 3, seconds=ASKED_AGAIN_S)
    during = list(asked)
    monkeypatch.undo()

    ticks(stage, 2, seconds=ASKED_AGAIN_S)

    assert during[0] == lost
    assert lost + DAY in during
    assert during.count(lost) >= 2
    assert compared(stage) == [lost - DAY, lost, lost + DAY]


def test_days_that_are_too_old_are_not_asked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.wait(seconds=2)
    asked = reports_asked(stage, monkeypatch)
    off_for(stage, 100)

    ticks(stage, limits.REPORT_DAYS + 5)

    yesterday = stage.now.date() - DAY
    assert asked == [yesterday - DAY * back for back in range(limits.REPORT_DAYS - 1, -1, -1)]


def test_a_clock_that_was_set_forward_and_back_does_not_end_the_reports(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    off_for(stage, 400)
    stage.wait(seconds=2)
    off_for(stage, -399)
    asked = reports_asked(stage, monkeypatch)

    stage.wait(seconds=2)

    assert asked == [stage.now.date() - DAY]


def test_a_day_is_compared_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = reports_asked(stage, monkeypatch)
    off_for(stage, 1)

    ticks(stage, 3, seconds=ASKED_AGAIN_S)

    assert len(asked) == len(set(asked))
