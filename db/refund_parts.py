"""Of which payment each part of a refund was, whenever and however it reaches its payer.

How a refund is divided is decided in kiosk.services.refunds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records import RefundPartRecord
from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money

if TYPE_CHECKING:
    from datetime import datetime

    from db.session import Session

_ADD = """INSERT INTO refund_part(journal_key, number, reservation_id, payment, account,
amount_minor, currency) VALUES (?, ?, ?, ?, ?, ?, ?)"""
_OF = """SELECT reservation_id, payment, account, amount_minor, currency FROM refund_part
WHERE reservation_id = ?"""


class RefundParts:
    """The parts of refunds; the schema refuses to change or remove one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, part: RefundPartRecord, *, journal_key: str, number: int, at: datetime) -> None:
        """Write one part of the refund that a journal has posted."""
        self._session.keep(
            "refund_part",
            _ADD,
            journal_key,
            number,
            part.reservation_id,
            part.payment,
            part.account,
            part.amount.minor,
            part.amount.currency,
            at=at,
        )

    def of_reservation(self, reservation_id: ReservationId) -> tuple[RefundPartRecord, ...]:
        """All that was given back of a reservation."""
        return tuple(
            RefundPartRecord(
                reservation_id=ReservationId(row[0]),
                payment=row[1],
                account=row[2],
                amount=Money(row[3], row[4]),
            )
            for row in self._session.run(_OF, reservation_id)
        )
