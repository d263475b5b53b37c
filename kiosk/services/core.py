"""What every use case works with: the store, the clock, the lanes and the ways out to devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from kiosk.domain.ids import AttendantId, GrantToken, LaneName, OperationKey, ReservationId
from kiosk.domain.key_ring import KeyRing
from kiosk.domain.outcomes import TicketIssued
from kiosk.domain.reservation import Reservation
from kiosk.domain.site import Site
from kiosk.domain.ticket import Ticket, write_ticket
from kiosk.domain.time import Clock
from kiosk.payments.adapter import PaymentAdapter
from kiosk.services.bank_orders import BankOrders
from kiosk.services.commands import Actor
from kiosk.services.events import Published
from kiosk.services.paper import Paper
from kiosk.services.tries import Tries
from kiosk.services.unwritten import UnwrittenOrder
from kiosk.services.views import Direction, LaneStatus, RefusedTariff

if TYPE_CHECKING:
    # Imported for their names only: the first frame must not wait for peewee and pyserial.
    from db.store import Store, Tx
    from hardware.lane_control import LaneControl


class Pins(Protocol):
    """How PINs are kept: never in clear."""

    def hash(self, pin: str) -> str:
        """What is stored instead of the PIN."""
        ...

    def is_right(self, pin: str, stored: str) -> bool:
        """Whether the PIN is the one behind the stored hash."""
        ...


@dataclass(frozen=True, slots=True)
class ScannedVoucher:
    """The code of a voucher, and when it was read; it waits a minute for its ticket."""

    code: str = field(repr=False)
    at: datetime


@dataclass(slots=True)
class Lane:
    """A lane as services know it: where it leads, how to command it, its last report."""

    name: LaneName
    direction: Direction
    status: LaneStatus
    control: LaneControl | None = None
    """None until its devices are wired."""
    scanned: Tries = field(default_factory=Tries)
    """Bad codes before its scanner."""
    typed: Tries = field(default_factory=Tries)
    """Bad codes at its screen: who types must not close the scanner for others."""
    voucher: ScannedVoucher | None = None
    """A good voucher that was scanned before a ticket."""
    asked: ReservationId | None = None
    """Whose driver was told what is still due, at the last ticket of this exit."""
    asked_at: datetime | None = None
    """When that was; None once the desk was rung for it (waiting.py)."""

    def ask(self, reservation_id: ReservationId | None, at: datetime) -> None:
        """Its driver was told what is due, or nothing is due any more (None)."""
        if reservation_id != self.asked:
            self.asked = reservation_id
            self.asked_at = None if reservation_id is None else at


@dataclass(slots=True)
class Core:
    """The site at work. Only the work thread touches it."""

    site: Site
    store: Store
    clock: Clock
    ticket_keys: KeyRing
    """Replaced while the site is at work when its operator makes a new key."""
    pins: Pins
    random_code: Callable[[int], str]
    """So many unguessable signs of the short codes' alphabet."""
    publish: Callable[[Published], None]
    print_paper: Callable[[LaneName, Paper], None]
    run_payment: Callable[[str, Callable[[], None]], None]
    """Runs a task on the payment thread of the named adapter."""
    post: Callable[[Callable[[], object]], None]
    """Queues a task for the work thread; from any thread."""
    adapters: Mapping[str, PaymentAdapter] = field(default_factory=dict)
    lanes: dict[LaneName, Lane] = field(default_factory=dict)
    signed_in: set[AttendantId] = field(default_factory=set)
    refused_tariffs: dict[str, RefusedTariff] = field(default_factory=dict)
    """By the name of the file; empty while every area is sold as its file says."""
    under_way: set[OperationKey] = field(default_factory=set)
    """Operations that a payment thread is asking about now."""

    run_aside: Callable[[Callable[[], None]], object] = lambda _task: None
    """Runs a slow task beside the work thread; where there is no such thread, never."""
    bank_orders: BankOrders = field(default_factory=BankOrders)

    unwritten: list[UnwrittenOrder] = field(default_factory=list)
    """Barriers that were opened by hand while nothing could be written (full_disk.py)."""

    def new_token(self) -> GrantToken:
        """A token for one passage."""
        return GrantToken(self.random_code(16))

    def ticket_text(self, tx: Tx, reservation: Reservation) -> str:
        """The 42 characters of a reservation's newest ticket; the same while the same key signs.

        Where none was issued they name the booked window, and open nothing.
        """
        issued = tx.tickets.of_reservation(reservation.id)
        window = issued[-1].window if issued else reservation.window
        ticket = Ticket(self.site.number, reservation.id, window)
        return write_ticket(ticket, self.ticket_keys.signing(self.clock.now()))

    def ticket_of(self, tx: Tx, reservation: Reservation) -> TicketIssued:
        """The ticket of a paid reservation as screens and printers show it."""
        space = tx.library.space(reservation.space_id)
        return TicketIssued(
            reservation_id=reservation.id,
            text=self.ticket_text(tx, reservation),
            short_code=reservation.short_code,
            area=tx.library.area(space.area_id),
            space=space,
            window=reservation.window,
            plate=tx.reservations.plate_of(reservation.id),
            deposit=reservation.quote,
        )

    def audit(
        self,
        tx: Tx,
        *,
        actor: Actor,
        action: str,
        detail: str = "",
        lane: LaneName | None = None,
        reservation_id: ReservationId | None = None,
    ) -> None:
        """Write who did what; `action` is noun.verb in the past tense."""
        tx.audit.write(
            at=self.clock.now(),
            actor_kind=actor.kind.value,
            actor_name=actor.name,
            action=action,
            detail=detail,
            lane=lane,
            reservation_id=reservation_id,
        )
