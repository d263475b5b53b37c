"""The life of a stay at the desk: a lost ticket, another space, two tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.life_outcomes import (
    AskAttendant,
    Displaced,
    EvidenceMissing,
    Linked,
    LinkProblem,
    LinkRefused,
    Moved,
    MoveRefused,
    NoSubstitute,
    SubstitutesFound,
    TicketReplaced,
)
from kiosk.domain.outcomes import (
    NotSignedIn,
    ReservationEnded,
    SpaceJustTaken,
)
from kiosk.domain.reservation import State
from kiosk.domain.time import Window
from kiosk.services.commands import ShowStay
from kiosk.services.events import FaultRaised
from kiosk.services.life_commands import (
    AcceptDisplacement,
    FindSubstitutes,
    LinkStay,
    ReplaceTicket,
    ReportWrongSpace,
    TakeSubstitute,
)
from kiosk.services.views import TimelineRow
from kiosk.ui.desk.life_form import LifeForm
from kiosk.ui.desk.timeline_lines import happened
from tests.ui.desk_late import late
from tests.ui.desk_lives import STAY, issued, told
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import (
    ENTRY,
    NOW,
    DeskStage,
    desk_view,
    euro,
    space,
    stay_in,
)

FAULT = FaultRaised("store-full", "Free space.")


def begin(stage: DeskStage, deed: str, state: State = State.ARRIVED) -> LifeForm:
    """The attendant has begun this on the page of stay 4."""
    stage.asker.answers(ShowStay, stay_in(state))
    stage.screen.showStay("4")
    form = stage.screen._forms.life_form
    form.begin(deed)
    return form


def choices(form: LifeForm) -> list[str]:
    return [line.key for line in form._choices.rows]


# A lost ticket ---------------------------------------------------------------------------


def test_a_lost_ticket_is_replaced_only_after_the_driver_has_named_something(
    at_work: DeskStage,
) -> None:
    form = begin(at_work, "replace")
    form.confirm()
    assert (form.state.problem, asked(at_work, ReplaceTicket)) == ("evidence-missing", 0)
    form.say(" DD-AB 1234 ")
    at_work.asker.answers(ReplaceTicket, TicketReplaced(issued()))
    form.confirm()
    command = at_work.last(ReplaceTicket)
    assert (command.evidence, command.lane, command.reservation_id) == ("DD-AB 1234", ENTRY, STAY)
    assert (told(at_work), form.state.deed) == (("replaced", ENTRY), "")


def test_evidence_that_does_not_fit_prints_nothing_and_may_be_asked_again(
    at_work: DeskStage,
) -> None:
    form = begin(at_work, "replace")
    form.say("something")
    at_work.asker.answers(ReplaceTicket, EvidenceMissing())
    form.confirm()
    assert (form.state.problem, form.state.text) == ("evidence", "something")
    form.say("something else")
    assert form.state.problem == ""


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        (State.CONFIRMED, ["replace", "move"]),
        (State.ARRIVED, ["replace", "move", "wrong", "link"]),
        (State.SETTLED, ["replace"]),
        (State.LEFT, []),
        (State.SUBSTITUTED, []),
    ],
)
def test_only_what_makes_sense_in_its_state_can_be_begun(
    at_work: DeskStage, state: State, deeds: list[str]
) -> None:
    form = begin(at_work, "wrong", state)
    assert form.property("deeds") == deeds
    assert form.property("isShown") is ("wrong" in deeds)


# Another space ---------------------------------------------------------------------------


def test_another_space_is_chosen_from_what_the_core_offers(glass: DeskStage) -> None:
    glass.asker.answers(ShowStay, stay_in(State.CONFIRMED))
    glass.screen.showStay("4")
    found = SubstitutesFound(STAY, space(3), (space(10), space(11)))
    glass.asker.answers(FindSubstitutes, found)
    glass.asker.answers(TakeSubstitute, Moved(issued(11), space(3), euro(480)))
    glass.touch("life_move")
    glass.touch("life_choice_11")
    glass.touch("life_confirm")
    command = glass.last(TakeSubstitute)
    assert (command.space_id, command.attendant_id) == (11, 1)
    assert told(glass) == ("moved", "A11")


def test_nothing_is_moved_before_a_space_is_chosen(at_work: DeskStage) -> None:
    at_work.asker.answers(FindSubstitutes, SubstitutesFound(STAY, space(3), (space(10),)))
    form = begin(at_work, "move")
    form.confirm()
    assert (form.state.problem, asked(at_work, TakeSubstitute)) == ("choose", 0)


def test_without_another_space_the_money_goes_back(at_work: DeskStage) -> None:
    at_work.asker.answers(FindSubstitutes, NoSubstitute(STAY))
    form = begin(at_work, "move")
    assert form.state.deed == "displace"
    at_work.asker.answers(AcceptDisplacement, Displaced(STAY, euro(480)))
    form.confirm()
    assert told(at_work) == ("displaced", "€4.80")


def test_a_space_that_came_free_meanwhile_is_offered_before_the_money(at_work: DeskStage) -> None:
    at_work.asker.answers(FindSubstitutes, NoSubstitute(STAY))
    form = begin(at_work, "move")
    at_work.asker.answers(AcceptDisplacement, SubstitutesFound(STAY, space(3), (space(10),)))
    form.confirm()
    assert (form.state.deed, choices(form)) == ("move", ["10"])


def test_where_a_car_stands_is_found_by_the_label_of_the_space(at_work: DeskStage) -> None:
    form = begin(at_work, "wrong")
    form.say("a12")
    assert choices(form) == ["12"]
    at_work.asker.answers(ReportWrongSpace, Moved(issued(), space(3), euro(600)))
    form.confirm()
    command = at_work.last(ReportWrongSpace)
    assert (command.space_id, command.attendant_id) == (12, 1)
    assert told(at_work) == ("moved", "A12")


def test_of_several_spaces_one_is_chosen(at_work: DeskStage) -> None:
    form = begin(at_work, "wrong")
    form.say("a1")
    form.confirm()
    assert (form.state.problem, asked(at_work, ReportWrongSpace)) == ("choose", 0)
    form.choose("17")
    form.choose("60")  # is not among them
    form.confirm()
    assert at_work.last(ReportWrongSpace).space_id == 17


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (SpaceJustTaken(), "taken"),
        (MoveRefused(space(10), None), "refused"),
        (AskAttendant(STAY), "over"),
        (ReservationEnded(State.LEFT), "ended"),
    ],
)
def test_a_move_that_cannot_be_had_says_why(
    at_work: DeskStage, outcome: object, problem: str
) -> None:
    at_work.asker.answers(FindSubstitutes, SubstitutesFound(STAY, space(3), (space(10),)))
    form = begin(at_work, "move")
    form.choose("10")
    at_work.asker.answers(TakeSubstitute, outcome)
    form.confirm()
    assert (form.state.deed, form.state.problem) == ("move", problem)


# Two tickets -----------------------------------------------------------------------------


def test_a_pulled_ticket_is_linked_with_the_reservation_of_the_driver(at_work: DeskStage) -> None:
    expected = next(row for row in desk_view().stays if row.state is State.CONFIRMED)
    form = begin(at_work, "link")
    form.say(expected.plate)
    at_work.asker.answers(LinkStay, Linked(STAY, expected.reservation_id, euro(480)))
    form.confirm()
    command = at_work.last(LinkStay)
    assert (command.stay_id, command.reservation_id) == (STAY, expected.reservation_id)
    assert told(at_work) == ("linked", "€4.80")


def test_only_reservations_that_wait_or_were_missed_are_offered(at_work: DeskStage) -> None:
    form = begin(at_work, "link")
    form.say("d")
    known = {str(row.reservation_id): row.state for row in desk_view().stays}
    assert {known[key] for key in choices(form)} == {State.CONFIRMED}


@pytest.mark.parametrize("why", list(LinkProblem))
def test_a_link_that_is_refused_says_why(at_work: DeskStage, why: LinkProblem) -> None:
    expected = next(row for row in desk_view().stays if row.state is State.CONFIRMED)
    form = begin(at_work, "link")
    form.say(expected.plate)
    at_work.asker.answers(LinkStay, LinkRefused(why))
    form.confirm()
    assert form.state.problem == why.value


# All of them -----------------------------------------------------------------------------


def test_a_fault_ends_the_wait_and_a_desk_signed_out_locks(at_work: DeskStage) -> None:
    form = begin(at_work, "replace")
    form.say("DDAB1234")
    form.confirm()
    form.confirm()
    assert asked(at_work, ReplaceTicket) == 1
    at_work.screen.on_published(FAULT)
    assert form.state.problem == "failed"
    at_work.asker.answers(ReplaceTicket, NotSignedIn())
    form.confirm()
    assert (at_work.screen.state.page, form.state.deed) == ("locked", "")


def test_an_answer_to_a_desk_that_was_locked_shows_nothing(at_work: DeskStage) -> None:
    held = late(at_work, ReplaceTicket)
    form = begin(at_work, "replace")
    form.say("DDAB1234")
    form.confirm()
    at_work.screen.lock()
    held[-1](TicketReplaced(issued()))
    assert (told(at_work), form.state.deed) == (("", ""), "")


def test_a_late_refusal_leaves_another_deed_alone(at_work: DeskStage) -> None:
    held = late(at_work, ReplaceTicket)
    form = begin(at_work, "replace")
    form.say("DDAB1234")
    form.confirm()
    form.cancel()
    form.begin("wrong")
    held[-1](EvidenceMissing())
    assert (form.state.deed, form.state.problem) == ("wrong", "")


@pytest.mark.parametrize(
    "state", [State.SUBSTITUTED, State.DISPLACED, State.OWNER_RECALLED, State.CANCELLED]
)
def test_every_state_is_listed_among_the_ended_ones(at_work: DeskStage, state: State) -> None:
    view = desk_view()
    rows = (replace(view.stays[0], state=state), *view.stays[1:])
    at_work.screen._answered(replace(view, stays=rows))
    at_work.screen._stays.chooseGroup("ended")
    assert "1" in {line.key for line in at_work.screen._stays._lines.rows}


def test_a_window_of_another_day_names_its_day_in_the_list(at_work: DeskStage) -> None:
    tomorrow = Window(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2))
    view = desk_view()
    rows = (replace(view.stays[0], window=tomorrow), *view.stays[1:])
    at_work.screen._answered(replace(view, stays=rows))
    lines = {line.key: line.window for line in at_work.screen._stays._lines.rows}
    assert lines["1"] == "Mon 23 Nov 14:05\u00a0–\u2060\u00a016:05"


@pytest.mark.parametrize(
    ("action", "detail", "expected"),
    [
        ("ticket.presented", "due 240", ("due", "€2.40")),
        ("ticket.presented", "receipt 1042", ("receipt", "1042")),
        ("ticket.presented", "CarInside", ("CarInside", "")),
        ("change.kept", "120", ("", "€1.20")),
        ("debt.made", "350 capture-failed k7m4", ("capture-failed", "€3.50")),
        ("debt.lowered", "100 k7m4", ("", "€1.00")),
        ("debt.paid", "350 k7m4", ("", "€3.50")),
        ("debt.written_off", "350 k7m4 car was sold", ("car was sold", "€3.50")),
        ("capture.done_after_all", "480 of which 120 was open", ("€1.20", "€4.80")),
        ("answer.refused", "480 JPY", ("", "JPY\u00a0480")),
        ("answer.refused", "480 EUR fee 30 EUR", ("", "€4.80")),
        ("answer.refused", "480 QQQ", ("480 QQQ", "")),
        ("authorisation.expired", "480", ("", "€4.80")),
        ("report.missing", "collect due:4:1 120", ("", "€1.20")),
        ("missing.explained", "due:4:1 the bank has it", ("the bank has it", "")),
        ("stay.validated", "3 amount 150", ("", "€1.50")),
        ("stay.validated", "3 minutes 60", ("", "")),
        ("due.paid_in_cash", "120 7 5f3a", ("", "€1.20")),
        ("reservation.cancelled", "", ("", "")),
        ("reservation.cancelled", "300", ("", "€3.00")),
        ("reservation.repriced", "480 -> 600", ("", "€4.80 → €6.00")),
        ("reservation.moved", "A05 -> B02: space occupied", ("space occupied", "A05 → B02")),
        ("stay.linked", "12", ("", "")),
        ("ticket.replaced", "plate", ("plate", "")),
    ],
)
def test_what_happened_is_told_in_amounts_and_places(
    at_work: DeskStage, action: str, detail: str, expected: tuple[str, str]
) -> None:
    line = happened("1", TimelineRow(NOW, "Ada", action, detail), at_work.screen.texts)
    assert (line.detail, line.value) == expected
