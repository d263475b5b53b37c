"""A genuine ticket opens nothing any more once it was revoked, and says since when."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    TicketExpired,
    TicketIssued,
    TicketNotInside,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.reservation import Event
from kiosk.domain.time import Window
from kiosk.services.ending import end_reservation
from tests.fakes.stage import ENTRY, EXIT, Stage, Wallet

FIVE_MINUTES = timedelta(minutes=5)


def revoke(stage: Stage, ticket: TicketIssued, *, why: str = "changed") -> TicketRevoked:
    with stage.site.core.store.transaction() as tx:
        tx.tickets.revoke(ticket.reservation_id, why=why, at=stage.now)
    return TicketRevoked(stage.now)


def issue(stage: Stage, ticket: TicketIssued, window: Window) -> str:
    """The text of one more ticket of the same reservation."""
    with stage.site.core.store.transaction() as tx:
        tx.tickets.issue(ticket.reservation_id, window, at=stage.now)
    return stage.ticket_text(ticket.reservation_id)


def longer(window: Window) -> Window:
    return Window(window.from_, window.until + FIVE_MINUTES)


def end(stage: Stage, ticket: TicketIssued, event: Event) -> TicketRevoked:
    core = stage.site.core
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(ticket.reservation_id)
        assert reservation is not None
        nothing = Money.zero("EUR")
        end_reservation(core, tx, reservation, event=event, fee=nothing, kind=event.value)
    return TicketRevoked(stage.now)


def test_a_revoked_ticket_opens_neither_way(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    revoked = revoke(stage, ticket)
    stage.wait(minutes=1)
    books = stage.books()

    assert stage.drive(ENTRY, ticket.text) == revoked
    assert stage.drive(EXIT, ticket.text) == revoked
    assert stage.books() == books
    assert not stage.is_arm_up(ENTRY)
    assert not stage.is_arm_up(EXIT)


def test_a_revoked_ticket_does_not_stop_the_clock_of_a_car_inside(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    revoked = revoke(stage, ticket)

    outcome = stage.drive(EXIT, ticket.text)

    stay = stage.stay(ticket.reservation_id)
    assert outcome == revoked
    assert stay is not None
    assert stay.presented_at is None


def test_the_ticket_that_takes_its_place_opens(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    revoked = revoke(stage, ticket)
    text = issue(stage, ticket, longer(ticket.window))

    assert text != ticket.text
    assert stage.drive(ENTRY, ticket.text) == revoked
    assert isinstance(stage.drive(ENTRY, text), Granted)


def test_two_tickets_of_a_car_inside_are_good_side_by_side(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    text = issue(stage, ticket, longer(ticket.window))

    outcome = stage.drive(EXIT, ticket.text)

    assert text != ticket.text
    assert isinstance(outcome, ExitCovered)


def test_a_genuine_ticket_that_was_never_issued_is_unknown(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    text = issue(stage, ticket, longer(ticket.window))
    stage.sql("DELETE FROM ticket WHERE number = 2")

    assert stage.drive(ENTRY, text) == TicketUnknown()


def test_a_window_that_is_given_back_as_it_was_makes_its_ticket_good_again(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    revoke(stage, ticket)
    again = issue(stage, ticket, ticket.window)

    assert again == ticket.text
    assert isinstance(stage.drive(ENTRY, ticket.text), Granted)


def test_the_ticket_of_a_cancelled_reservation_is_revoked(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    revoked = end(stage, ticket, Event.DRIVER_CANCELLED)

    assert stage.drive(ENTRY, ticket.text) == revoked
    assert stage.wrong() == []


def test_the_ticket_of_a_displaced_reservation_is_revoked(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    revoked = end(stage, ticket, Event.SITE_FAILED)

    assert stage.drive(ENTRY, ticket.text) == revoked


def test_the_ticket_of_a_recalled_reservation_is_revoked(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    revoked = end(stage, ticket, Event.OWNER_RECALLED)

    assert stage.drive(ENTRY, ticket.text) == revoked


def test_who_missed_the_start_is_told_since_when_and_not_of_revoking(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.wait(minutes=30)
    ended_at = ticket.window.from_ + timedelta(minutes=25)

    assert stage.drive(ENTRY, ticket.text) == TicketExpired(ended_at)
    assert stage.drive(EXIT, ticket.text) == TicketNotInside()


def test_the_ticket_that_is_shown_and_printed_is_the_newest_good_one(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    second = issue(stage, ticket, longer(ticket.window))
    third = issue(stage, ticket, longer(longer(ticket.window)))
    with stage.site.core.store.transaction() as tx:
        reservation = tx.reservations.get(ticket.reservation_id)
        assert reservation is not None
        shown = stage.site.core.ticket_of(tx, reservation)

    assert shown.text == third
    assert len({ticket.text, second, third}) == 3
    assert shown.window == ticket.window
