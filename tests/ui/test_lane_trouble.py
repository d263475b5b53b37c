"""What a driver sees of a lane that is held, locked, stopped, or up for a fire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from hardware.lane_words import Phase
from kiosk.services.events import GrantReturned, LaneChanged
from kiosk.services.views import Direction, LaneStatus
from kiosk.ui.lane_sign import lane_sign, lane_trouble, sign_after_grant
from tests.ui import entry_site, exit_stage
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.exit_stage import ExitStage, covered, due

OURS = entry_site.granted().reservation_id


@pytest.fixture
def entry(qapp: object) -> Iterator[EntryStage]:
    """An entry screen; a second of it lasts a millisecond."""
    with entry_stage(second_ms=1) as stage:
        yield stage


@pytest.fixture
def way_out(qapp: object) -> Iterator[ExitStage]:
    """An exit screen; a second of it lasts a millisecond."""
    with exit_stage.exit_stage(second_ms=1) as stage:
        yield stage


def entrance(phase: str, *, is_locked: bool = False) -> LaneStatus:
    return replace(entry_site.lane_status(phase), is_locked=is_locked)


def the_exit(phase: str, *, is_locked: bool = False) -> LaneStatus:
    return replace(exit_stage.lane_status(phase), is_locked=is_locked)


def returned(stage: EntryStage | ExitStage, why: str) -> None:
    """The lane ended the grant of this driver."""
    lane = entry_site.LANE if isinstance(stage, EntryStage) else exit_stage.LANE
    stage.screen.on_published(GrantReturned(lane, OURS, why))


def read(stage: EntryStage | ExitStage, name: str) -> object:
    """What QML reads of the screen."""
    return stage.screen.property(name)


# The sign --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "is_locked", "inwards", "outwards", "trouble"),
    [
        ("forced", False, "stop", "drive", "fire"),
        ("forced", True, "stop", "drive", "fire"),
        ("held", False, "drive", "drive", ""),
        ("held", True, "drive", "drive", "locked"),
        ("stopped", False, "stop", "stop", "stopped"),
        ("present", True, "stop", "stop", "locked"),
        ("passing", True, "drive", "drive", "locked"),
        ("blind", True, "fault", "fault", "fault"),
        ("fault", False, "fault", "fault", "fault"),
        ("idle", False, "wait", "wait", ""),
    ],
)
def test_a_lane_shows_its_drivers_what_it_does(
    phase: str, is_locked: bool, inwards: str, outwards: str, trouble: str
) -> None:
    both = entrance(phase, is_locked=is_locked), the_exit(phase, is_locked=is_locked)

    assert [lane_sign(each) for each in both] == [inwards, outwards]
    assert [lane_trouble(each) for each in both] == [trouble, trouble]


@pytest.mark.parametrize("phase", [phase.value for phase in Phase])
def test_every_phase_has_a_sign_and_says_whether_a_ticket_counts(phase: str) -> None:
    status = entrance(phase)

    assert lane_sign(status)
    assert (lane_trouble(status) == "") is status.is_in_order


def test_a_driver_who_was_let_in_before_the_lock_does_not_read_stop() -> None:
    assert sign_after_grant(entrance("present", is_locked=True)) == "opening"


# Fire ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_helping", [False, True])
def test_in_a_fire_the_entrance_says_so_whatever_was_on_the_glass(
    entry: EntryStage, is_helping: bool
) -> None:
    entry.to_ticket()
    if is_helping:
        entry.screen.help()

    entry.screen.on_published(LaneChanged(entrance("forced")))

    assert (entry.page, read(entry, "trouble")) == ("out-of-order", "fire")


def test_in_a_fire_the_exit_lets_go_a_driver_who_is_asked_to_pay(way_out: ExitStage) -> None:
    way_out.present(due())

    way_out.screen.on_published(LaneChanged(the_exit("forced")))
    during = read(way_out, "page"), read(way_out, "trouble"), read(way_out, "laneSign")
    way_out.screen.on_published(LaneChanged(the_exit("present")))

    assert during == ("out-of-order", "fire", "drive")
    assert read(way_out, "page") == "due"


# Held ------------------------------------------------------------------------------------


def test_at_an_entrance_that_is_held_open_the_driver_still_reads_the_space(
    entry: EntryStage, qtbot: QtBot
) -> None:
    entry.screen.on_published(LaneChanged(entrance("held")))
    entry.present(entry_site.granted())

    returned(entry, "held")
    seen = entry.page, read(entry, "laneSign")

    assert seen == ("drive", "drive")
    qtbot.waitUntil(lambda: entry.page == "attract")


def test_at_an_exit_that_is_held_open_the_receipt_is_read_and_then_gone(
    way_out: ExitStage, qtbot: QtBot
) -> None:
    way_out.screen.on_published(LaneChanged(the_exit("held")))
    way_out.present(covered())

    returned(way_out, "held")
    seen = read(way_out, "page"), read(way_out, "laneSign")

    assert seen == ("receipt", "drive")
    qtbot.waitUntil(lambda: read(way_out, "page") == "present")


# Locked, stopped, and in doubt ------------------------------------------------------------


@pytest.mark.parametrize(("phase", "is_locked"), [("stopped", False), ("present", True)])
def test_a_lane_that_takes_no_ticket_sells_none_and_says_why(
    entry: EntryStage, way_out: ExitStage, phase: str, is_locked: bool
) -> None:
    entry.to_pay()

    entry.screen.on_published(LaneChanged(entrance(phase, is_locked=is_locked)))
    way_out.screen.on_published(LaneChanged(the_exit(phase, is_locked=is_locked)))

    wanted = ("out-of-order", "locked" if is_locked else "stopped")
    assert (entry.page, read(entry, "trouble")) == wanted
    assert (read(way_out, "page"), read(way_out, "trouble")) == wanted


def test_a_driver_whose_passage_nobody_saw_is_sent_to_the_attendant(
    entry: EntryStage, way_out: ExitStage
) -> None:
    entry.present(entry_site.granted())
    way_out.present(covered())

    returned(entry, "loop_suspect")
    returned(way_out, "loop_suspect")

    for stage in (entry, way_out):
        assert (read(stage, "happened"), read(stage, "advice")) == (
            "We did not see whether you drove through.",
            "Please press Help: an attendant looks.",
        )
    assert not read(way_out, "wantsTicket")


def test_the_two_ways_are_told_apart_by_their_direction() -> None:
    turned = replace(the_exit("forced"), direction=Direction.ENTRY)

    assert lane_sign(turned) == "stop"
