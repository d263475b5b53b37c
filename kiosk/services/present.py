"""A code was scanned in a lane: what it is, whether it is genuine, and which use case has it.

The answer, what it changes and its line in the audit are one commit; the barrier is asked after.
"""

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
from kiosk.services.grants import raise_arm
from kiosk.services.leave import after_settlement, present_at_exit
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.reservation import Reservation
    from kiosk.services.commands import PresentTicket
    from kiosk.services.core import Core

PresentOutcome = Granted | ExitCovered | ExitDue | TicketProblem


def present_ticket(core: Core, command: PresentTicket) -> PresentOutcome:
    """Answer a scan; the lane's screen hears of it as TicketPresented."""
    with core.store.transaction() as tx:
        reservation, outcome = _decide(core, tx, command)
        _write_down(core, tx, command, reservation, outcome)
    match outcome:
        case Granted():
            raise_arm(core, command.lane, outcome.token)
        case ExitCovered():
            after_settlement(core, outcome, lane=command.lane)
        case _:
            pass
    core.publish(TicketPresented(command.lane, outcome))
    return outcome


def _decide(
    core: Core, tx: Tx, command: PresentTicket
) -> tuple[Reservation | None, PresentOutcome]:
    keys = core.ticket_keys.believed(core.clock.now())
    read = read_ticket(command.text, site_number=core.site.number, keys=keys)
    match read:
        case NotATicket():
            return None, TicketUnknown()
        case OfAnotherSite():
            return None, TicketOfAnotherSite()
        case Forged():
            return None, TicketForged()
        case Ticket():
            pass
        case _:
            assert_never(read)
    reservation = tx.reservations.get(read.reservation_id)
    # After a restored backup a number can be given anew; its window tells the two apart.
    if reservation is None or rounded_outward(reservation.window) != read.window:
        return None, TicketUnknown()
    present = (
        present_at_entry
        if core.lanes[command.lane].direction is Direction.ENTRY
        else present_at_exit
    )
    return reservation, present(
        core, tx, reservation, lane=command.lane, presented_at=command.presented_at
    )


def _write_down(
    core: Core,
    tx: Tx,
    command: PresentTicket,
    reservation: Reservation | None,
    outcome: PresentOutcome,
) -> None:
    match outcome:
        case Granted():
            detail = "granted"
        case ExitCovered(_, bill, _):
            detail = f"receipt {bill.receipt_number}"
        case ExitDue(bill):
            detail = f"due {bill.due.minor}"
        case _:
            detail = type(outcome).__name__
    core.audit(
        tx,
        actor=command.actor,
        action="ticket.presented",
        detail=detail,
        lane=command.lane,
        reservation_id=reservation.id if reservation is not None else None,
    )
