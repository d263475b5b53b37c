# ruff: noqa: S608 (every statement is put together from constants of our own)
"""What is authorised for reservations: pending transfers, outside the books until they are posted.

When they are posted, and what a provider is then asked, is decided in
kiosk.services.authorisations.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from db.records import AuthorisationRecord
from db.session import epoch, instant
from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_COLUMNS = (
    "id, reservation_id, account, amount_minor, currency, operation_key, made_at, expires_at"
)
_ADD = f"""INSERT INTO authorisation({_COLUMNS.removeprefix("id, ")})
VALUES (?, ?, ?, ?, ?, ?, ?)"""
_END = """INSERT INTO authorisation_end(authorisation_id, how, posted_minor, at)
VALUES (?, ?, ?, ?)"""
_ALL_OF = f"SELECT {_COLUMNS} FROM authorisation WHERE reservation_id = ? ORDER BY id"
_OPEN = f"""SELECT {_COLUMNS} FROM authorisation a
WHERE NOT EXISTS (SELECT 1 FROM authorisation_end e WHERE e.authorisation_id = a.id)"""
_OPEN_OF = f"{_OPEN} AND reservation_id = ? ORDER BY id"
_OPEN_ON = f"{_OPEN} AND account = ? ORDER BY id"
_EXPIRED = f"{_OPEN} AND expires_at > ? AND expires_at <= ? ORDER BY id"


class Authorisations:
    """Open and ended authorisations; the schema refuses to change or remove one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        reservation_id: ReservationId,
        *,
        account: str,
        amount: Money,
        operation_key: OperationKey | None,
        made_at: datetime,
        expires_at: datetime | None,
    ) -> int:
        """Write an authorisation and return its id; `account` is what is debited when posted."""
        added = self._session.keep(
            "authorisation",
            _ADD,
            reservation_id,
            account,
            amount.minor,
            amount.currency,
            operation_key,
            to_epoch(made_at),
            epoch(expires_at),
            at=made_at,
        )
        assert added is not None, "an insert has a row"
        return int(added["id"])

    def open_of(self, reservation_id: ReservationId) -> tuple[AuthorisationRecord, ...]:
        """Those of a reservation that have not ended, oldest first."""
        return tuple(map(_record, self._session.run(_OPEN_OF, reservation_id)))

    def all_of(self, reservation_id: ReservationId) -> tuple[AuthorisationRecord, ...]:
        """Those of a reservation, whatever became of them, oldest first."""
        return tuple(map(_record, self._session.run(_ALL_OF, reservation_id)))

    def open_on(self, account: str) -> tuple[AuthorisationRecord, ...]:
        """Those on an account (a fleet's, a provider's) that have not ended, oldest first."""
        return tuple(map(_record, self._session.run(_OPEN_ON, account)))

    def expired(self, *, after: datetime, until: datetime) -> tuple[AuthorisationRecord, ...]:
        """Those whose time ran out in (after, until] and that have not ended, oldest first."""
        rows = self._session.run(_EXPIRED, to_epoch(after), to_epoch(until))
        return tuple(map(_record, rows))

    def end(
        self,
        authorisation_id: int,
        *,
        how: Literal["posted", "voided", "expired"],
        posted: Money | None = None,
        at: datetime,
    ) -> None:
        """Write what became of one; a second end of the same is a bug that the schema refuses."""
        minor = 0 if posted is None else posted.minor
        values = (authorisation_id, how, minor, to_epoch(at))
        self._session.keep("authorisation_end", _END, *values, at=at)


def _record(row: Any) -> AuthorisationRecord:
    return AuthorisationRecord(
        id=row[0],
        reservation_id=row[1],
        account=row[2],
        amount=Money(row[3], row[4]),
        operation_key=row[5],
        made_at=from_epoch(row[6]),
        expires_at=instant(row[7]),
    )
