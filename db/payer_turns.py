# ruff: noqa: S608 (every statement is put together from constants of our own)
"""From when on who pays for a stay that was handed over, and what each paid of its receipts.

How a charge is divided is decided in kiosk.domain.payers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money
from kiosk.domain.payers import PayerPart, Turn
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from db.session import Session

_ADD = """INSERT INTO payer_turn(reservation_id, number, account, from_at)
SELECT ?, coalesce(max(number), 0) + 1, ?, ? FROM payer_turn WHERE reservation_id = ?"""
_OF = "SELECT account, from_at FROM payer_turn WHERE reservation_id = ? ORDER BY number"
_PAID_BY = """SELECT reservation_id FROM payer_turn WHERE account = ? UNION
SELECT a.reservation_id FROM authorisation a LEFT JOIN authorisation_end e
ON e.authorisation_id = a.id WHERE a.account = ? AND coalesce(e.how, 'posted') = 'posted'
ORDER BY 1"""
_NAME_AUTHORISATION = "authorisation:"
# What was noted at an earlier hand-over stays with its turn.
_NOTE_PAID = f"""INSERT INTO payer_payment(reservation_id, payment, turn)
SELECT reservation_id, key, ? FROM journal WHERE reservation_id = ?
UNION SELECT reservation_id, key, ? FROM operation WHERE reservation_id = ?
UNION SELECT reservation_id, '{_NAME_AUTHORISATION}' || id, ? FROM authorisation
WHERE reservation_id = ?
ON CONFLICT DO NOTHING"""
_POSTED = f"""INSERT INTO payer_payment(reservation_id, payment, turn)
SELECT reservation_id, ?, turn FROM payer_payment
WHERE reservation_id = ? AND payment = '{_NAME_AUTHORISATION}' || ?"""
_TURNS_OF_PAYMENTS = "SELECT payment, turn FROM payer_payment WHERE reservation_id = ?"
_ADD_PART = """INSERT INTO receipt_payer(receipt_id, number, account, minutes, part_minor,
back_minor) VALUES (?, ?, ?, ?, ?, ?)"""
_PARTS = """SELECT p.account, p.minutes, p.part_minor, p.back_minor, r.currency
FROM receipt_payer p JOIN receipt r ON r.number = p.receipt_id
WHERE p.receipt_id = ? ORDER BY p.number"""


def authorisation_name(authorisation_id: int) -> str:
    """What an authorisation is called among the payments of a stay."""
    return f"{_NAME_AUTHORISATION}{authorisation_id}"


class PayerTurns:
    """The turns of stays with several payers; a stay of one driver has none."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, reservation_id: ReservationId, turn: Turn) -> None:
        """The next turn of a stay."""
        from_at = to_epoch(turn.from_)
        values = (reservation_id, turn.account, from_at, reservation_id)
        self._session.keep("payer_turn", _ADD, *values, at=turn.from_)

    def of_reservation(self, reservation_id: ReservationId) -> tuple[Turn, ...]:
        """The turns of a stay, in their order."""
        rows = self._session.run(_OF, reservation_id)
        return tuple(Turn(row[0], from_epoch(row[1])) for row in rows)

    def note_paid(self, reservation_id: ReservationId, *, turn: int, at: datetime) -> None:
        """A turn ends: what was paid, promised or asked for since the one before is of it."""
        values = (turn, reservation_id) * 3
        self._session.keep_all("payer_payment", _NOTE_PAID, *values, at=at)

    def note_posted(
        self, reservation_id: ReservationId, *, authorisation_id: int, payment: str, at: datetime
    ) -> None:
        """A journal posts what was authorised; it belongs to the same turn."""
        values = (payment, reservation_id, authorisation_id)
        self._session.keep("payer_payment", _POSTED, *values, at=at)

    def turns_of_payments(self, reservation_id: ReservationId) -> dict[str, int]:
        """The numbers of the turns, by payment: a journal, an operation or an authorisation.

        What is not named is of the last turn. An authorisation is named by authorisation_name.
        """
        return dict(self._session.run(_TURNS_OF_PAYMENTS, reservation_id).fetchall())

    def paid_by(self, account: str) -> tuple[ReservationId, ...]:
        """The reservations that an account has taken over, or has promised to pay."""
        return tuple(
            ReservationId(row[0]) for row in self._session.run(_PAID_BY, account, account)
        )

    def note_parts(self, receipt_number: int, parts: Iterable[PayerPart], *, at: datetime) -> None:
        """What each payer paid of a receipt."""
        for number, part in enumerate(parts, start=1):
            self._session.keep(
                "receipt_payer",
                _ADD_PART,
                receipt_number,
                number,
                part.account,
                part.minutes,
                part.part.minor,
                part.back.minor,
                at=at,
            )

    def parts_of(self, receipt_number: int) -> tuple[PayerPart, ...]:
        """What each payer paid of a receipt; none where one driver paid it."""
        return tuple(
            PayerPart(row[0], row[1], Money(row[2], row[4]), Money(row[3], row[4]))
            for row in self._session.run(_PARTS, receipt_number)
        )
