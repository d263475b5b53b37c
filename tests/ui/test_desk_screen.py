"""What the desk asks of the core, and what it makes of the answers; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import (
    Bill,
    LaneReset,
    NotSignedIn,
)
from kiosk.domain.payee import Supplier
from kiosk.services import limits
from kiosk.services.commands import (
    ResetLane,
    ShowDesk,
    ShowStay,
)
from kiosk.services.events import LaneChanged, SiteChanged
from kiosk.services.views import SpaceUse
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import (
    ENTRY,
    EXIT,
    DeskStage,
    desk_stage,
    desk_view,
    lane_status,
    stay_money,
)


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


# Asking again ----------------------------------------------------------------------------


def test_many_events_are_one_question_at_most_every_quarter_second(
    at_work: DeskStage, qtbot: QtBot
) -> None:
    at_work.asker.answers(ShowDesk, desk_view(), desk_view())
    before = asked(at_work, ShowDesk)
    for _ in range(50):
        at_work.screen.on_published(SiteChanged())
    assert asked(at_work, ShowDesk) == before

    qtbot.waitUntil(lambda: asked(at_work, ShowDesk) > before)

    assert asked(at_work, ShowDesk) == before + 1
    assert at_work.screen._refresher.pause.interval() == limits.DESK_REFRESH_MS == 250


def test_a_lost_question_is_asked_again(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.screen._refresher.pause.stop()
    at_work.screen.on_published(SiteChanged())
    at_work.screen.on_published(SiteChanged())
    before = asked(at_work, ShowDesk)

    at_work.screen._refresher.patience.timeout.emit()

    assert asked(at_work, ShowDesk) == before + 1


def test_a_changed_lane_is_shown_before_the_next_picture(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "passing", under_arm=True)))

    row = at_work.screen._lanes._rows.rows[1]
    assert (row.phase, row.under_arm) == ("passing", "on")


# Plan, lanes, money ----------------------------------------------------------------------


def test_the_plan_counts_what_its_spaces_are_doing(at_work: DeskStage) -> None:
    state = at_work.screen._board.state

    tiles = at_work.screen._board._tiles.rows
    counts = (state.idle, state.reserved, state.occupied, state.overstayed, state.not_shared)
    assert sum(counts) == len(tiles) == 32
    assert state.overstayed == sum(tile.is_overstayed for tile in tiles) > 0


def test_another_level_shows_its_own_spaces(at_work: DeskStage) -> None:
    at_work.screen._board.chooseLevel("2")

    assert {tile.space[0] for tile in at_work.screen._board._tiles.rows} == {"B"}
    assert [tab.is_shown for tab in at_work.screen._board._levels.rows] == [False, True]


def test_a_touched_idle_space_tells_its_owner(at_work: DeskStage) -> None:
    idle = next(t for t in at_work.screen._board._tiles.rows if t.use == SpaceUse.IDLE.value)

    at_work.screen._board.look(idle.key)

    assert at_work.screen._board.state.looked_at == idle
    assert at_work.screen.state.page == "overview"


def test_a_touched_occupied_space_opens_its_stay(at_work: DeskStage) -> None:
    taken = next(tile for tile in at_work.screen._board._tiles.rows if tile.stay)

    at_work.screen._board.look(taken.key)

    assert at_work.asker.asked[-1] == ShowStay(
        actor=at_work.asker.asked[1].actor, reservation_id=ReservationId(int(taken.stay))
    )


def test_cash_in_the_till_is_shown_as_people_count_it(at_work: DeskStage) -> None:
    amounts = {line.party: line.amount for line in at_work.screen._money._parties.rows}

    assert amounts["till"] == "€1,891.11"
    assert amounts["escrow"] == "€96.00"


def test_an_unknown_input_is_never_shown_as_clear(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(ENTRY, "blind", arming=None)))

    assert at_work.screen._lanes._rows.rows[0].arming == "unknown"


def test_a_reset_goes_out_under_the_attendants_name(at_work: DeskStage) -> None:
    at_work.asker.answers(ResetLane, LaneReset(EXIT))

    at_work.screen._lanes.reset(EXIT)

    command = at_work.last(ResetLane)
    assert (command.lane, command.attendant_id, command.actor.name) == (EXIT, 1, "Ada")
    assert (at_work.screen.state.said, at_work.screen.state.said_of) == ("reset", EXIT)


def test_a_core_that_knows_no_attendant_locks_the_desk(at_work: DeskStage) -> None:
    at_work.asker.answers(ResetLane, NotSignedIn())

    at_work.screen._lanes.reset(EXIT)

    assert at_work.screen.state.page == "locked"


# One stay --------------------------------------------------------------------------------


def test_a_stay_shows_bill_transfers_balances_and_timeline(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))

    at_work.screen.showStay("4")

    detail = at_work.screen._detail
    assert [line.kind for line in detail._bill.rows] == [
        "block",
        "total",
        "tax",
        "deposit",
        "refund",
    ]
    assert detail._transfers.rows[0].debit == "wallet"
    assert detail._transfers.rows[1].credit_of == "Yilmaz"
    assert [line.owed for line in detail._balances.rows] == ["€0.00", "€0.00"]
    assert detail._timeline.rows[-1].detail == "Ticket lost, plate checked"


def test_a_stay_names_its_supplier_and_no_tax_of_a_small_business(at_work: DeskStage) -> None:
    money = stay_money(4)
    assert isinstance(money.bill, Bill)
    supplier = Supplier(payee_id=2, name="Ada", address=(), tax_number="DE 1", shows_tax=False)
    bill = replace(money.bill, supplier=supplier)
    at_work.asker.answers(ShowStay, replace(money, bill=bill))

    at_work.screen.showStay("4")

    lines = {line.kind: line.detail for line in at_work.screen._detail._bill.rows}
    assert [*lines] == ["block", "total", "supplier", "deposit", "refund"]
    assert lines["supplier"] == "Ada · DE 1"


def test_a_waived_difference_is_written_as_money(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))

    at_work.screen.showStay("4")

    lines = {line.action: line for line in at_work.screen._detail._timeline.rows}
    assert lines["difference.waived"].value == "€1.20"


def test_what_was_due_at_a_scan_is_written_as_money(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))

    at_work.screen.showStay("4")

    lines = {(line.action, line.detail): line for line in at_work.screen._detail._timeline.rows}
    assert lines["ticket.presented", "due"].value == "€1.20"
    assert lines["ticket.presented", "granted"].value == ""


def test_an_answer_for_a_stay_that_was_left_is_dropped(at_work: DeskStage) -> None:
    at_work.screen.showStay("5")

    at_work.screen._detail._answered(stay_money(4))

    assert at_work.screen._detail.state.line is None


def test_an_open_stay_is_asked_for_again_when_the_site_changes(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")
    at_work.screen._refresher.pause.stop()

    at_work.screen.on_published(SiteChanged())

    assert asked(at_work, ShowStay) == 2


# Language --------------------------------------------------------------------------------


def test_another_language_writes_amounts_and_times_anew_and_keeps_entries(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")
    at_work.screen._stays.type("DD")

    at_work.screen.chooseLanguage("zh_CN")

    assert at_work.spoken == ["zh_CN"]
    assert at_work.screen.texts.language == "zh_CN"
    assert at_work.screen._stays.state.filter == "DD"
    assert at_work.screen._detail.state.line is not None


def test_a_stay_of_many_days_shows_the_last_day(at_work: DeskStage) -> None:
    row = stay_money(4).row
    window = replace(row.window, until=row.window.until + timedelta(days=2))

    at_work.asker.answers(ShowStay, replace(stay_money(4), row=replace(row, window=window)))
    at_work.screen.showStay("4")

    line = at_work.screen._detail.state.line
    assert line is not None
    assert "24 Nov" in line.window
