"""A space is closed and reopened at the desk, and who had it is told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.life_outcomes import (
    Displaced,
    Moved,
    Reseated,
    SpaceClosed,
    SpaceReopened,
    WindowInThePast,
)
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing
from kiosk.domain.reservation import State
from kiosk.domain.time import Window
from kiosk.services.commands import ShowStay
from kiosk.services.life_commands import CloseSpace, ReopenSpace
from kiosk.services.views import DeskView, SpaceUse
from kiosk.ui.desk.space_form import SpaceForm
from tests.ui.desk_lives import issued, told
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import (
    NOW,
    DeskStage,
    desk_view,
    euro,
    space,
    stay_in,
)


def looked_at(stage: DeskStage, *, use: SpaceUse) -> SpaceForm:
    """Space 2 is in this use, and the attendant wants to close or reopen it."""
    view = desk_view()
    stage.screen._answered(with_use(view, use))
    stage.screen._board.look("2")
    stage.screen._board.close()
    return stage.screen._forms.space_form


def with_use(view: DeskView, use: SpaceUse) -> DeskView:
    spaces = [
        replace(each, use=use, reservation_id=None, until=NOW + timedelta(days=2))
        if each.space.id == 2
        else each
        for each in view.spaces
    ]
    return replace(view, spaces=tuple(spaces))


def closed(*, moved: bool = True) -> SpaceClosed:
    window = Window(NOW, NOW + timedelta(hours=8))
    moves = (Moved(issued(), space(2), euro(480)),) if moved else ()
    away = (Displaced(ReservationId(8), euro(480)),) if moved else ()
    return SpaceClosed(space(2), window, Reseated(moves, away))


def test_a_space_is_closed_with_a_reason_and_tells_what_became_of_whom(
    at_work: DeskStage,
) -> None:
    form = looked_at(at_work, use=SpaceUse.IDLE)
    form.confirm()
    assert (form.state.problem, asked(at_work, CloseSpace)) == ("reason-missing", 0)
    form.say("Broken or dirty")
    form.chooseHours(8)
    at_work.asker.answers(CloseSpace, closed())
    form.confirm()
    command = at_work.last(CloseSpace)
    assert (command.space_id, command.reason) == (SpaceId(2), "Broken or dirty")
    assert command.until == NOW + timedelta(hours=8)
    assert (form.state.deed, form.property("moved")) == ("closed", "DDAB1234: A02 → A12")
    assert (form.state.sent_away, told(at_work)) == (1, ("closed", "A02"))
    form.confirm()
    assert form.state.deed == ""


def test_a_space_that_nobody_had_reserved_is_closed_without_more_words(
    at_work: DeskStage,
) -> None:
    form = looked_at(at_work, use=SpaceUse.NOT_SHARED)
    form.say("Building work")
    at_work.asker.answers(CloseSpace, closed(moved=False))
    form.confirm()
    assert (form.state.deed, told(at_work)) == ("", ("closed", "A02"))


def test_a_closed_space_is_reopened(at_work: DeskStage) -> None:
    form = looked_at(at_work, use=SpaceUse.CLOSED)
    assert form.state.deed == "reopen"
    at_work.asker.answers(ReopenSpace, SpaceReopened(space(2)))
    form.confirm()
    assert told(at_work) == ("reopened", "A02")


def test_a_closed_space_says_so_on_the_plan_with_the_day_it_ends(at_work: DeskStage) -> None:
    looked_at(at_work, use=SpaceUse.CLOSED)
    board = at_work.screen._board
    assert (board.state.closed, board.property("lookedAtUntil")) == (1, "Tue 24 Nov 14:05")


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(ReasonMissing(), "reason-missing"), (WindowInThePast(NOW), "past")],
)
def test_a_refused_closing_says_why(at_work: DeskStage, outcome: object, problem: str) -> None:
    form = looked_at(at_work, use=SpaceUse.IDLE)
    form.say("Building work")
    at_work.asker.answers(CloseSpace, outcome)
    form.confirm()
    assert form.state.problem == problem


def test_the_space_of_the_shown_stay_can_be_closed_by_touches(glass: DeskStage) -> None:
    glass.asker.answers(ShowStay, stay_in(State.CONFIRMED))
    glass.screen.showStay("4")
    glass.touch("stay_close_space")
    glass.touch("reason_1")
    glass.touch("space_confirm")
    assert glass.last(CloseSpace).reason == "Broken or dirty"


def test_a_desk_signed_out_closes_no_space(at_work: DeskStage) -> None:
    form = looked_at(at_work, use=SpaceUse.IDLE)
    form.say("Building work")
    at_work.asker.answers(CloseSpace, NotSignedIn())
    form.confirm()
    assert (at_work.screen.state.page, form.state.deed) == ("locked", "")
