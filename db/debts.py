# ruff: noqa: S608 (every statement is put together from constants of our own)
"""What cars left without paying, and what became of it; who may is kiosk.services.leave_unpaid."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from db.records import DebtRecord
from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_COLUMNS = """code, reservation_id, receipt_number, amount_minor, currency, why, made_at,
pay_until"""
_LEFT = """d.amount_minor - coalesce((SELECT sum(l.amount_minor) FROM debt_lowering l
WHERE l.debt_code = d.code), 0)"""
_FROM = "FROM debt d LEFT JOIN debt_end e ON e.debt_code = d.code"
_SELECT = f"""SELECT d.code, d.reservation_id, d.receipt_number, {_LEFT}, d.currency, d.why,
d.made_at, d.pay_until, e.how {_FROM}"""
_ADD = f"""INSERT INTO debt({_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_END = "INSERT INTO debt_end(debt_code, how, at) VALUES (?, ?, ?)"
_LOWER = "INSERT INTO debt_lowering(debt_code, amount_minor, at) VALUES (?, ?, ?)"
_BY_CODE = f"{_SELECT} WHERE d.code = ?"
_OPEN = f"{_SELECT} WHERE e.how IS NULL AND {_LEFT} > 0 ORDER BY d.made_at, d.code"
_OPEN_OF = f"""{_SELECT} WHERE e.how IS NULL AND {_LEFT} > 0 AND d.reservation_id = ?
ORDER BY d.made_at, d.code"""
_UNCOLLECTED = f"""SELECT coalesce(sum({_LEFT}), 0) {_FROM}
WHERE d.reservation_id = ? AND d.receipt_number = ? AND coalesce(e.how, '') <> 'paid'"""
_LEFT_SINCE = """SELECT coalesce(sum(amount_minor), 0) FROM debt
WHERE made_at > ? AND currency = ? AND why <> 'capture-failed'"""
_OPEN_OF_VEHICLE = f"""SELECT coalesce(sum({_LEFT}), 0) {_FROM}
JOIN reservation r ON r.id = d.reservation_id
WHERE e.how IS NULL AND r.vehicle_id = ? AND d.currency = ?"""


class Debts:
    """Debts of drivers by their codes; the schema refuses to change or remove one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, debt: DebtRecord) -> None:
        """Write a debt; a code that is known is a bug that the schema refuses."""
        self._session.keep(
            "debt",
            _ADD,
            debt.code,
            debt.reservation_id,
            debt.receipt_number,
            debt.amount.minor,
            debt.amount.currency,
            debt.why,
            to_epoch(debt.made_at),
            to_epoch(debt.pay_until),
            at=debt.made_at,
        )

    def end(self, code: str, *, how: Literal["paid", "written-off"], at: datetime) -> None:
        """Write what became of one, once."""
        self._session.keep("debt_end", _END, code, how, to_epoch(at), at=at)

    def lower(self, code: str, amount: Money, *, at: datetime) -> None:
        """So much of an open one need not be paid any more."""
        self._session.keep("debt_lowering", _LOWER, code, amount.minor, to_epoch(at), at=at)

    def get(self, code: str) -> DebtRecord | None:
        """The debt with this code."""
        row = self._session.one(_BY_CODE, code)
        return None if row is None else _record(row)

    def open(self) -> tuple[DebtRecord, ...]:
        """Every debt of which something is neither paid, written off nor set off, oldest first."""
        return tuple(map(_record, self._session.run(_OPEN)))

    def open_of(self, reservation_id: ReservationId) -> tuple[DebtRecord, ...]:
        """The open debts of one reservation, oldest first."""
        return tuple(map(_record, self._session.run(_OPEN_OF, reservation_id)))

    def uncollected(
        self, reservation_id: ReservationId, receipt_number: int, currency: str
    ) -> Money:
        """What a receipt counts as its total and nobody has paid: open, or given up since."""
        (minor,) = self._session.one(_UNCOLLECTED, reservation_id, receipt_number)
        return Money(minor, currency)

    def left_since(self, instant: datetime, currency: str) -> Money:
        """How much cars have left with after an instant, paid since or not."""
        (minor,) = self._session.one(_LEFT_SINCE, to_epoch(instant), currency)
        return Money(minor, currency)

    def open_of_vehicle(self, vehicle_id: int, currency: str) -> Money:
        """What is open of one car, of all its stays."""
        (minor,) = self._session.one(_OPEN_OF_VEHICLE, vehicle_id, currency)
        return Money(minor, currency)


def _record(row: Any) -> DebtRecord:
    return DebtRecord(
        code=row[0],
        reservation_id=row[1],
        receipt_number=row[2],
        amount=Money(row[3], row[4]),
        why=row[5],
        made_at=from_epoch(row[6]),
        pay_until=from_epoch(row[7]),
        how="lowered" if row[8] is None and not row[3] else row[8],
    )
