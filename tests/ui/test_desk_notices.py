"""What the desk says needs the attendant, and until when; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import ReservationId
from kiosk.services.events import (
    DriverWaits,
    FaultRaised,
    LaneChanged,
    PaperFailed,
    PaperLow,
    ReportImpossible,
)
from kiosk.services.views import OpenGrant, RefusedTariff
from kiosk.ui.desk.notices import NoticeLine
from tests.ui.desk_stage import (
    ENTRY,
    EXIT,
    NOW,
    DeskStage,
    desk_stage,
    desk_view,
    lane_status,
)

FAULT = FaultRaised("store-full", "Free space on the data partition.")


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    """A locked desk."""
    with desk_stage() as stage:
        yield stage


@pytest.fixture
def at_work(desk: DeskStage) -> DeskStage:
    """A desk that Ada unlocked."""
    desk.sign_in()
    return desk


# What needs the attendant ----------------------------------------------------------------


def test_a_call_for_help_rings_and_stands_first(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))

    with qtbot.waitSignal(at_work.screen.rang):
        at_work.screen.help_asked(ENTRY)

    lines = at_work.screen._notices._lines.rows
    assert [(line.kind, line.lane) for line in lines] == [("help", ENTRY), ("fault", EXIT)]


def test_a_call_is_seen_on_the_locked_desk(desk: DeskStage) -> None:
    desk.screen.help_asked(EXIT)

    assert desk.screen._notices.has_call


def test_a_fault_that_is_there_cannot_be_waved_away(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    key = at_work.screen._notices._lines.rows[0].key

    at_work.screen._notices.done(key)

    assert at_work.screen._notices._lines.rows[0].code == "io_lost"


def test_a_cleared_fault_says_since_when_until_it_was_seen(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    at_work.screen.on_published(LaneChanged(lane_status(EXIT)))
    line = at_work.screen._notices._lines.rows[0]
    assert (line.at, line.cleared) == ("14:05", "14:05")

    at_work.screen._notices.done(line.key)

    assert at_work.screen._notices._lines.rows == ()


def test_a_fault_that_comes_back_is_raised_again(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    at_work.screen.on_published(LaneChanged(lane_status(EXIT)))

    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))

    lines = at_work.screen._notices._lines.rows
    assert [line.cleared for line in lines] == [""]


def test_a_passage_from_before_a_restart_is_shown_until_seen(desk: DeskStage) -> None:
    grant = OpenGrant(EXIT, ReservationId(9), NOW - timedelta(minutes=9))
    desk.sign_in(desk_view(unreported=(grant,)))
    line = desk.screen._notices._lines.rows[0]
    assert (line.kind, line.lane, line.stay) == ("unreported", EXIT, "9")

    desk.screen._notices.done(line.key)
    desk.screen._show(desk_view(unreported=(grant,)))

    assert desk.screen._notices._lines.rows == ()


def told(desk: DeskStage) -> tuple[NoticeLine, ...]:
    """What the card of notices says."""
    return tuple(desk.screen._notices._lines.rows)


def test_a_tariff_that_is_not_taken_says_why_until_seen_or_put_right(desk: DeskStage) -> None:
    why = "band: no band covers 20:00 to 08:00\ncap.1.price: too low\nzone: another"
    refused = RefusedTariff("courtyard.toml", why, NOW)
    desk.sign_in(desk_view(refused_tariffs=(refused,)))
    (line,) = told(desk)
    assert (line.kind, line.code) == ("tariff", "courtyard.toml")
    assert line.remedy == "band: no band covers 20:00 to 08:00; cap.1.price: too low (+1)"

    desk.screen._notices.done(line.key)
    desk.screen._show(desk_view(refused_tariffs=(refused,)))
    assert told(desk) == ()

    later = replace(refused, why="zone: another", at=NOW + timedelta(minutes=5))
    desk.screen._show(desk_view(refused_tariffs=(later,)))
    (line,) = told(desk)
    assert line.remedy == "zone: another"
    desk.screen._show(desk_view())
    assert told(desk) == ()


def test_the_same_fault_again_rings_once(at_work: DeskStage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(at_work.screen.rang):
        at_work.screen.on_published(FAULT)
    with qtbot.assertNotEmitted(at_work.screen.rang):
        at_work.screen.on_published(FAULT)

    lines = at_work.screen._notices._lines.rows
    assert [(line.kind, line.code) for line in lines] == [("failed", "store-full")]
    assert lines[0].remedy.startswith("Free space")


def test_paper_that_failed_is_told(at_work: DeskStage) -> None:
    at_work.screen.on_published(PaperFailed(ENTRY, "paper_out"))

    line = at_work.screen._notices._lines.rows[0]
    assert (line.kind, line.code) == ("paper", "paper_out")


def test_paper_that_failed_is_told_again_after_it_was_seen(at_work: DeskStage) -> None:
    at_work.screen.on_published(PaperFailed(ENTRY, "paper_out"))
    at_work.screen._notices.done(f"paper {ENTRY} paper_out")
    assert told(at_work) == ()

    at_work.screen.on_published(PaperFailed(ENTRY, "paper_out"))

    assert [line.code for line in told(at_work)] == ["paper_out"]


def test_a_roll_near_its_end_is_told_once_until_it_was_changed(at_work: DeskStage) -> None:
    at_work.screen.on_published(PaperLow(ENTRY))
    assert [line.code for line in told(at_work)] == ["paper_low"]
    at_work.screen._notices.done(f"paper {ENTRY} paper_low")

    at_work.screen.on_published(PaperLow(ENTRY))
    assert told(at_work) == ()

    at_work.screen.on_published(PaperFailed(ENTRY, "paper_out"))
    at_work.screen.on_published(PaperLow(ENTRY))
    assert {line.code for line in told(at_work)} == {"paper_out", "paper_low"}


def test_a_printer_that_never_tells_is_told_once(at_work: DeskStage, qtbot: QtBot) -> None:
    mute = PaperFailed(ENTRY, "unverified", may_be_there=True)
    at_work.screen.on_published(mute)
    assert [line.code for line in told(at_work)] == ["unverified"]
    at_work.screen._notices.done(f"paper {ENTRY} unverified")

    with qtbot.assertNotEmitted(at_work.screen.rang):
        at_work.screen.on_published(mute)

    assert told(at_work) == ()


def test_a_driver_who_waits_too_long_rings_like_one_who_asks_for_help(at_work: DeskStage) -> None:
    rung: list[bool] = []
    at_work.screen.rang.connect(lambda: rung.append(True))

    at_work.screen.on_published(DriverWaits(EXIT))

    lines = at_work.screen._notices._lines.rows
    assert [(line.kind, line.lane) for line in lines] == [("help", EXIT)]
    assert rung == [True]


def test_what_a_provider_reports_and_cannot_be_is_said_until_seen(
    at_work: DeskStage, qtbot: QtBot
) -> None:
    lines = ("fee -1 EUR: capture a r", "unreadable: {}", "amount 0 EUR: refund b r")
    reported = ReportImpossible("simulator", NOW.date(), lines)

    with qtbot.waitSignal(at_work.screen.rang):
        at_work.screen.on_published(reported)
    at_work.screen.on_published(reported)

    (line,) = told(at_work)
    assert (line.kind, line.code) == ("report", "simulator")
    assert line.remedy == f"{NOW.date()}: fee -1 EUR: capture a r; unreadable: {{}} (+1)"
    at_work.screen._notices.done(line.key)
    assert told(at_work) == ()
