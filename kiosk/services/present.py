"""A code was scanned in a lane: what it is, whether it is genuine, and which use case has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    TicketForged,
    TicketOfAnotherSite,
    TicketProblem,
    TicketUnknown,
)
from kiosk.domain.ticket import (
    Forged,
    NotATicket,
    OfAnotherSite,
    Ticket,
    read_ticket,
    rounded_outward,
)
from kiosk.services.enter import present_at_entry
from kiosk.services.events import TicketPresented
from kiosk.services.leave import present_at_exit
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from kiosk.domain.ids import ReservationId
    from kiosk.services.commands import PresentTicket
    from kiosk.services.core import Core

PresentOutcome = Granted | ExitCovered | ExitDue | TicketProblem


def present_ticket(core: Core, command: PresentTicket) -> PresentOutcome:
    """Answer a scan; the lane's screen hears of it as TicketPresented."""
    outcome = _decide(core, command)
    core.publish(TicketPresented(command.lane, outcome))
    _write_down(core, command, outcome)
    return outcome


def _decide(core: Core, command: PresentTicket) -> PresentOutcome:
    read = read_ticket(command.text, site_number=core.site.number, keys=core.ticket_keys)
    match read:
        case NotATicket():
            return TicketUnknown()
        case OfAnotherSite():
            return TicketOfAnotherSite()
        case Forged():
            return TicketForged()
        case Ticket():
            pass
        case _:
            assert_never(read)
    if not _is_ours(core, read):
        return TicketUnknown()
    present = (
        present_at_entry
        if core.lanes[command.lane].direction is Direction.ENTRY
        else present_at_exit
    )
    return present(
        core,
        lane=command.lane,
        reservation_id=read.reservation_id,
        presented_at=command.presented_at,
    )


def _is_ours(core: Core, ticket: Ticket) -> bool:
    # After a restored backup a number can be given anew; its window tells the two apart.
    with core.store.reading() as tx:
        reservation = tx.reservations.get(ticket.reservation_id)
    return reservation is not None and rounded_outward(reservation.window) == ticket.window


def _write_down(core: Core, command: PresentTicket, outcome: PresentOutcome) -> None:
    reservation_id: ReservationId | None = None
    match outcome:
        case Granted():
            reservation_id, detail = outcome.reservation_id, "granted"
        case ExitCovered(_, bill, _):
            reservation_id, detail = bill.reservation_id, f"receipt {bill.receipt_number}"
        case ExitDue(bill):
            reservation_id, detail = bill.reservation_id, f"due {bill.due.minor}"
        case _:
            detail = type(outcome).__name__
    with core.store.transaction() as tx:
        core.audit(
            tx,
            actor=command.actor,
            action="ticket.presented",
            detail=detail,
            lane=command.lane,
            reservation_id=reservation_id,
        )
