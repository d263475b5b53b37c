"""What is true of a small site in virtual time: its books, its stays, its spaces, its events.

It reads alone; what drivers and attendants do is left to stage.py.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TypeVar

from db.records import ReceiptRecord, TicketRecord
from kiosk.app.virtual_site import VirtualSite
from kiosk.domain import ledger
from kiosk.domain.ids import LaneName, OperationKey, ReservationId
from kiosk.domain.reservation import ENDED, Reservation
from kiosk.domain.stay import Stay
from kiosk.domain.time import Window, to_epoch
from kiosk.services import limits
from kiosk.services.events import PaymentFinished, Published
from kiosk.services.receipt_file import read_receipt, receipt_of, replay
from kiosk.services.terms import terms_of

Event = TypeVar("Event", bound=Published)


class Truth:
    """A site that is asked what stands in it."""

    site: VirtualSite

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.site.clock.now()

    def last(self, kind: type[Event]) -> Event:
        """The latest event of a kind."""
        return next(event for event in reversed(self.site.events) if isinstance(event, kind))

    def finished(self, key: str) -> list[object]:
        """What was published of one payment, in order."""
        return [
            event.outcome
            for event in self.site.events
            if isinstance(event, PaymentFinished) and event.operation_key == OperationKey(key)
        ]

    def books(self) -> dict[str, int]:
        """What each account is owed, in cents; accounts at zero are left out."""
        with self.site.core.store.reading() as tx:
            balances = tx.ledger.balances()
        return {each.account: each.owed.minor for each in balances if each.owed}

    def journal_count(self) -> int:
        """How many journals were ever posted."""
        with self.site.core.store.reading() as tx:
            return sum(1 for _ in tx.ledger.journals())

    def provider_counts(self) -> tuple[int, int]:
        """What the provider itself says it took and gave back, in cents."""
        simulator = self.site.simulator
        return simulator.total("collect", "EUR").minor, simulator.total("refund", "EUR").minor

    def operation(self, key: str) -> str:
        """The state of a payment operation."""
        with self.site.core.store.reading() as tx:
            operation = tx.payments.operation(OperationKey(key))
        assert operation is not None
        return operation.state

    def reservation(self, reservation_id: ReservationId) -> Reservation:
        """A reservation as it stands."""
        with self.site.core.store.reading() as tx:
            reservation = tx.reservations.get(reservation_id)
        assert reservation is not None
        return reservation

    def state(self, reservation_id: ReservationId) -> str:
        """The state of a reservation, as it is stored."""
        return self.reservation(reservation_id).state.value

    def stay(self, reservation_id: ReservationId) -> Stay | None:
        """The stay of a reservation."""
        with self.site.core.store.reading() as tx:
            return tx.reservations.stay(reservation_id)

    def wrong(self) -> list[str]:
        """Everything of the books that should not be; nothing, whatever has happened.

        Debits and credits add up; what has ended has nothing in escrow; every receipt comes
        out again to the cent.
        """
        books = self.books()
        found = [f"the books are off by {sum(books.values())}"] if sum(books.values()) else []
        for (reservation_id,) in self.sql("SELECT id FROM reservation"):
            reservation = self.reservation(ReservationId(reservation_id))
            in_escrow = books.get(ledger.escrow(reservation.id), 0)
            if in_escrow and reservation.state in ENDED:
                found.append(f"{in_escrow} in escrow of reservation {reservation.id}")
        for (number,) in self.sql("SELECT number FROM receipt"):
            found += [f"receipt {number}: {each}" for each in self.differences(number)]
        return found

    def differences(self, number: int) -> tuple[str, ...]:
        """What a receipt says otherwise when it is priced again from its own text alone."""
        with self.site.core.store.reading() as tx:
            receipt = tx.ledger.receipt(number)
            assert receipt is not None
            assert receipt.facts is not None
            reservation = tx.reservations.get(receipt.reservation_id)
            assert reservation is not None
            tariff = terms_of(tx, reservation).tariff
        table = receipt_of(
            tariff,
            receipt.facts,
            receipt.charge,
            free_consideration=receipt.free_consideration,
            supplier=receipt.supplier,
        )
        return replay(read_receipt(json.dumps(table))).differences

    def ticket_text(self, reservation_id: ReservationId) -> str:
        """The text of a reservation's newest good ticket."""
        reservation = self.reservation(reservation_id)
        with self.site.core.store.reading() as tx:
            return self.site.core.ticket_text(tx, reservation)

    def receipts(self, reservation_id: ReservationId) -> tuple[ReceiptRecord, ...]:
        """The receipts of a stay, in order."""
        with self.site.core.store.reading() as tx:
            return tx.ledger.receipts_of(reservation_id)

    def tickets(self, reservation_id: ReservationId) -> tuple[TicketRecord, ...]:
        """The tickets that were issued for a reservation, in order."""
        with self.site.core.store.reading() as tx:
            return tx.tickets.of_reservation(reservation_id)

    def idle_spaces(self) -> set[int]:
        """The spaces that are idle for half an hour from now on."""
        window = Window(self.now, self.now + timedelta(minutes=30))
        with self.site.core.store.reading() as tx:
            return {
                found.space.id
                for area in tx.library.areas()
                for found in tx.library.idle_spaces(
                    area.id, window, now=self.now, ahead=self.site.core.site.rules.reseat_ahead
                )
            }

    def gaps(self) -> list[tuple[int, int, int]]:
        """The idle time of each space that is still to come, so far as it is always known."""
        with self.site.core.store.reading() as tx:
            horizon = tx.library.gap_horizon()
        known_until = self.now + timedelta(days=limits.GAP_HORIZON_DAYS - 1)
        assert horizon is not None
        assert horizon >= known_until
        first, last = to_epoch(self.now), to_epoch(known_until)
        rows = self.sql("SELECT space_id, t0, t1 FROM free_gap ORDER BY space_id, t0")
        return [
            (space_id, max(t0, first), min(t1, last))
            for space_id, t0, t1 in rows
            if t1 > first and t0 < last
        ]

    def sql(self, query: str) -> list[tuple[int, ...]]:
        """Read past the repositories."""
        rows: list[tuple[int, ...]] = self.site.core.store._database.execute_sql(query).fetchall()
        return rows

    def is_arm_up(self, lane: LaneName) -> bool:
        """Whether the arm has left its closed limit."""
        return self.site.lanes[lane].plant.arm_fraction > 0
