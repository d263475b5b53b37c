"""A ticket is presented in a lane, scanned or typed: is it good, and which use case has it.

The answer, what it changes and its line in the audit are one commit; the barrier is asked after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.life_outcomes import TooManyTries
from kiosk.domain.outcomes import ExitCovered, ExitDue, Granted, TicketProblem, TicketRevoked
from kiosk.domain.reservation import State
from kiosk.services.commands import PresentTicket
from kiosk.services.enter import present_at_entry
from kiosk.services.events import TicketPresented
from kiosk.services.grants import raise_arm
from kiosk.services.leave import after_settlement, present_at_exit
from kiosk.services.tickets import (
    FoundTicket,
    NoTicket,
    find_by_code,
    find_by_text,
    moved_from,
)
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.evidence import Fact
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core
    from kiosk.services.life_commands import PresentShortCode

PresentOutcome = Granted | ExitCovered | ExitDue | TicketProblem


def present_ticket(core: Core, command: PresentTicket) -> PresentOutcome:
    """Answer a scan; the lane's screen hears of it as TicketPresented."""
    return _present(core, command, lambda tx: find_by_text(core, tx, command.text))


def present_short_code(core: Core, command: PresentShortCode) -> PresentOutcome | TooManyTries:
    """Answer a typed short code as its ticket would be, unless too many were wrong before."""
    now, tries = core.clock.now(), core.lanes[command.lane].typed
    wait_until = tries.wait_until(now)
    if wait_until is not None:
        return TooManyTries(wait_until)
    outcome = _present(core, command, lambda tx: find_by_code(tx, command.short_code))
    if isinstance(outcome, NoTicket):
        tries.note_bad(now)
    return outcome


def _present(
    core: Core,
    command: PresentTicket | PresentShortCode,
    find: Callable[[Tx], FoundTicket | NoTicket],
) -> PresentOutcome:
    with core.store.transaction() as tx:
        found = find(tx)
        outcome: PresentOutcome
        if isinstance(found, FoundTicket):
            outcome = _decide(core, tx, command, found)
            _write_down(core, tx, command, found.reservation, outcome)
        else:
            outcome = found
            _write_down(core, tx, command, None, outcome)
    match outcome:
        case Granted():
            raise_arm(core, command.lane, outcome.token)
        case ExitCovered():
            after_settlement(core, outcome, lane=command.lane)
        case _:
            pass
    code = command.text if isinstance(command, PresentTicket) else command.short_code
    core.publish(TicketPresented(command.lane, outcome, code))
    return outcome


def _decide(
    core: Core, tx: Tx, command: PresentTicket | PresentShortCode, found: FoundTicket
) -> PresentOutcome:
    reservation, revoked_at = found.reservation, found.record.revoked_at
    # Who comes too late is told that, and not that the no-show has revoked the ticket.
    if revoked_at is not None and reservation.state is not State.NO_SHOW:
        return TicketRevoked(revoked_at)
    present = (
        present_at_entry
        if core.lanes[command.lane].direction is Direction.ENTRY
        else present_at_exit
    )
    outcome = present(core, tx, reservation, lane=command.lane, presented_at=command.presented_at)
    if not isinstance(outcome, Granted):
        return outcome
    let_in = tx.reservations.get(reservation.id)  # one that came back may have another space
    assert let_in is not None, "it was let in a moment ago"
    return replace(outcome, moved_from=moved_from(tx, let_in, found.record))


def _write_down(
    core: Core,
    tx: Tx,
    command: PresentTicket | PresentShortCode,
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
    reservation_id = reservation.id if reservation is not None else None
    tx.audit.note(reservation_id, _scan_fact(command, reservation), at=core.clock.now())
    core.audit(
        tx,
        actor=command.actor,
        action="ticket.presented",
        detail=detail,
        lane=command.lane,
        reservation_id=reservation_id,
    )


def _scan_fact(command: PresentTicket | PresentShortCode, reservation: Reservation | None) -> Fact:
    """What was presented, never in clear: whoever has the very code can compare its hash."""
    is_scanned = isinstance(command, PresentTicket)
    code = command.text if isinstance(command, PresentTicket) else command.short_code
    proof = hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
    how = "scanned" if is_scanned else "typed"
    return ("scan", proof, f"{how}, {'known' if reservation is not None else 'not known'}")
