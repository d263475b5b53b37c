"""A lost ticket is printed again: it is the same ticket, and it revokes nothing."""

from __future__ import annotations

from kiosk.domain.ids import AttendantId, ReservationId
from kiosk.domain.life_outcomes import TicketReplaced
from kiosk.domain.outcomes import ExitCovered, NotSignedIn, ReservationEnded, TicketRevoked
from kiosk.domain.reservation import State
from kiosk.services.commands import PrintTicketAgain
from tests.fakes.stage import EXIT, EXIT_2, KIM, Stage, Wallet


def print_again(
    stage: Stage, reservation_id: ReservationId, *, attendant_id: AttendantId | None = None
) -> object:
    return stage.site.do(
        PrintTicketAgain(
            actor=KIM,
            attendant_id=attendant_id if attendant_id is not None else stage.attendant_id,
            lane=EXIT_2,
            reservation_id=reservation_id,
        )
    )


def test_the_paper_shows_the_same_ticket_at_the_lane_that_was_asked(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    first = stage.site.papers[-1].paper

    outcome = print_again(stage, ticket.reservation_id)

    assert outcome == ticket
    assert stage.site.papers[-1].lane == EXIT_2
    assert stage.site.papers[-1].paper == first
    assert first.qr == ticket.text
    row = stage.money_of(ticket.reservation_id).timeline[-1]
    assert (row.actor, row.action) == ("Kim", "ticket.printed_again")
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_after_a_jam_the_same_ticket_comes_again_and_no_money_moves(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    before = stage.money_of(ticket.reservation_id)

    for _ in range(3):
        assert print_again(stage, ticket.reservation_id) == ticket

    after = stage.money_of(ticket.reservation_id)
    assert after.transfers == before.transfers
    assert {each.paper.qr for each in stage.site.papers} == {ticket.text}


def test_a_new_ticket_for_a_jammed_one_revokes_the_paper_and_no_money(
    stage: Stage, ada: Wallet
) -> None:
    jammed = stage.inside(ada.proof)
    before = stage.money_of(jammed.reservation_id)

    outcome = stage.replace_ticket(jammed.reservation_id, "".join(jammed.plate))

    assert isinstance(outcome, TicketReplaced)
    assert isinstance(stage.drive(EXIT, jammed.text), TicketRevoked)
    assert stage.money_of(jammed.reservation_id).transfers == before.transfers
    assert isinstance(stage.drive(EXIT, outcome.ticket.text), ExitCovered)


def test_what_is_not_paid_has_no_ticket_to_print(stage: Stage) -> None:
    reserved = stage.reserve()

    assert print_again(stage, reserved.reservation_id) == ReservationEnded(State.PENDING)
    assert stage.site.papers == []


def test_who_has_left_gets_no_ticket_again(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text)
    papers = list(stage.site.papers)

    assert print_again(stage, ticket.reservation_id) == ReservationEnded(State.LEFT)
    assert stage.site.papers == papers


def test_who_is_not_signed_in_prints_no_ticket(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    papers = list(stage.site.papers)

    outcome = print_again(stage, ticket.reservation_id, attendant_id=AttendantId(99))

    assert outcome == NotSignedIn()
    assert stage.site.papers == papers
