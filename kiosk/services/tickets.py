"""What a ticket stands for, its status in a driver's words, and another one for a lost one.

A ticket is believed when it is genuine and one of its reservation's issued tickets; what it
opens is decided in present.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from kiosk.domain import ledger
from kiosk.domain.life_outcomes import (
    EvidenceMissing,
    TicketReplaced,
    TicketShown,
    TooManyTries,
)
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    NotSignedIn,
    ReservationEnded,
    TicketForged,
    TicketOfAnotherSite,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.plate import plain_plate
from kiosk.domain.reservation import ENDED, Reservation, State
from kiosk.domain.ticket import (
    PREFIX,
    SHORT_CODE_ALPHABET,
    SHORT_CODE_LENGTH,
    Forged,
    NotATicket,
    OfAnotherSite,
    Ticket,
    read_ticket,
    rounded_outward,
)
from kiosk.domain.time import Window
from kiosk.services.events import SiteChanged
from kiosk.services.moves import CHANGED
from kiosk.services.paper import ticket_paper
from kiosk.services.wallets import plain_pass
from kiosk.services.wanted_change import latest_end

if TYPE_CHECKING:
    from db.records import TicketRecord
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.space import Space
    from kiosk.services.core import Core
    from kiosk.services.life_commands import ReplaceTicket, ShowTicket

_STEP = timedelta(minutes=5)
"""The unit in which tickets say their window."""
_REPLACED = "replaced"
"""Why a ticket was revoked that its driver has lost, with all that were issued before it."""
_CODE_SIGNS = frozenset(SHORT_CODE_ALPHABET)
_WITHOUT_STAY = ENDED - {State.LEFT}


@dataclass(frozen=True, slots=True)
class FoundTicket:
    """A genuine ticket that was issued for a reservation; it may be revoked since."""

    reservation: Reservation
    record: TicketRecord


NoTicket = TicketUnknown | TicketForged | TicketOfAnotherSite
"""What counts as a bad try."""


def find_by_text(core: Core, tx: Tx, text: str) -> FoundTicket | NoTicket:
    """The ticket with this text of a QR."""
    keys = core.ticket_keys.believed(core.clock.now())
    read = read_ticket(text, site_number=core.site.number, keys=keys)
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
    # After a restored backup a number can be given anew; its window tells the two apart.
    issued = [
        record
        for record in tx.tickets.of_reservation(read.reservation_id)
        if rounded_outward(record.window) == read.window
    ]
    return _found(tx, read.reservation_id, issued)


def find_by_code(tx: Tx, code: str) -> FoundTicket | TicketUnknown:
    """The newest ticket of the reservation with this short code, however it was typed."""
    plain = plain_code(code)
    # Length and signs are looked at before the database is (security.md, 20).
    if len(plain) != SHORT_CODE_LENGTH or not _CODE_SIGNS.issuperset(plain):
        return TicketUnknown()
    reservation = tx.reservations.by_short_code(plain)
    if reservation is None:
        return TicketUnknown()
    return _found(tx, reservation.id, tx.tickets.of_reservation(reservation.id))


def plain_code(text: str) -> str:
    """The signs of a short code, however they were typed."""
    return "".join(text.split()).lower()


def _found(
    tx: Tx, reservation_id: ReservationId, issued: list[TicketRecord] | tuple[TicketRecord, ...]
) -> FoundTicket | TicketUnknown:
    """The newest of these tickets: who revokes does so with all that were issued before.

    What is not paid has none.
    """
    if not issued:
        return TicketUnknown()
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "a ticket belongs to a reservation"
    return FoundTicket(reservation, issued[-1])


def issue_ticket(core: Core, tx: Tx, reservation_id: ReservationId, window: Window) -> None:
    """One more ticket of a reservation, unlike all that its driver has lost.

    A ticket says nothing of itself but reservation and window: the booked end is put off by
    5 minutes as often as it takes, so that no lost text is good again. This gives the driver
    no time: the entrance asks the reservation itself, and an exit opens for expired tickets
    too.
    """
    issued = tx.tickets.of_reservation(reservation_id)
    replaced = max((record.number for record in issued if record.why == _REPLACED), default=0)
    lost = {rounded_outward(record.window) for record in issued if record.number <= replaced}
    while rounded_outward(window) in lost:
        window = Window(window.from_, window.until + _STEP)
    tx.tickets.issue(reservation_id, window, at=core.clock.now())


def show_ticket(
    core: Core, command: ShowTicket
) -> TicketShown | NoTicket | TicketRevoked | TooManyTries:
    """What a ticket stands for now: its space, its state, and what went back if it has ended."""
    now, tries = core.clock.now(), core.lanes[command.lane].typed
    wait_until = tries.wait_until(now)
    if wait_until is not None:
        return TooManyTries(wait_until)
    code = command.code.strip()
    with core.store.reading() as tx:
        is_text = code.startswith(PREFIX)
        found = find_by_text(core, tx, code) if is_text else find_by_code(tx, code)
        if not isinstance(found, FoundTicket):
            tries.note_bad(now)
            return found
        reservation, record = found.reservation, found.record
        has_ended = reservation.state in _WITHOUT_STAY
        newest = tx.tickets.of_reservation(reservation.id)[-1]
        if record.revoked_at is not None and not (has_ended and record == newest):
            return TicketRevoked(record.revoked_at)
        return TicketShown(
            ticket=core.ticket_of(tx, reservation),
            state=reservation.state,
            moved_from=moved_from(tx, reservation, record),
            pays_back=_went_back(core, tx, reservation.id) if has_ended else None,
            latest_until=latest_end(core, tx, reservation),
        )


def replace_ticket(
    core: Core, command: ReplaceTicket
) -> TicketReplaced | EvidenceMissing | ReservationEnded | NotSignedIn:
    """Print another ticket for a lost one, against evidence; the lost one opens nothing more.

    Its short code is a new one too, for the old one stands on the lost paper.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        evidence = None
        if reservation is not None:
            evidence = _evidence(tx, reservation, command.evidence)
        if reservation is None or evidence is None:
            # Nothing of the reservation is told, not even whether there is one.
            core.audit(
                tx,
                actor=command.actor,
                action="evidence.refused",
                lane=command.lane,
                reservation_id=reservation.id if reservation is not None else None,
            )
            return EvidenceMissing()
        if reservation.state not in {State.CONFIRMED, State.ARRIVED, State.SETTLED}:
            return ReservationEnded(reservation.state)
        tx.tickets.revoke(reservation.id, why=_REPLACED, at=core.clock.now())
        tx.reservations.set_short_code(reservation.id, core.random_code(SHORT_CODE_LENGTH))
        reissued = tx.reservations.get(reservation.id)
        assert reissued is not None, "it was there a moment ago"
        issue_ticket(core, tx, reservation.id, reservation.window)
        ticket = core.ticket_of(tx, reissued)
        core.audit(
            tx,
            actor=command.actor,
            action="ticket.replaced",
            detail=evidence,
            lane=command.lane,
            reservation_id=reservation.id,
        )
    core.print_paper(command.lane, ticket_paper(core.site, ticket))
    core.publish(SiteChanged())
    return TicketReplaced(ticket)


def _evidence(tx: Tx, reservation: Reservation, said: str) -> str | None:
    """Which evidence the driver gave, in a word for the audit; None when nothing fits."""
    if plain_plate(said) == tx.reservations.plate_of(reservation.id):
        return "plate"
    if plain_code(said) == reservation.short_code:
        return "short code"
    driver = tx.people.driver_by_pass(plain_pass(said))
    if driver is not None and driver.id == reservation.driver_id:
        return "pass"
    return None


def moved_from(tx: Tx, reservation: Reservation, record: TicketRecord) -> Space | None:
    """The space that this ticket was printed with, when the car was moved to another one."""
    moves = [
        move
        for move in tx.changes.moves(reservation.id)
        if move.at >= record.issued_at and move.why != CHANGED
    ]
    if not moves or moves[0].from_space_id == reservation.space_id:
        return None
    return tx.library.space(moves[0].from_space_id)


def _went_back(core: Core, tx: Tx, reservation_id: ReservationId) -> Money:
    refund_due = ledger.refund_due(reservation_id)
    return tx.ledger.balance(refund_due, core.site.currency).credits
