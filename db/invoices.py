# ruff: noqa: S608 (every statement is put together from constants of our own)
"""Monthly invoices of fleets and shops: numbered without gaps, kept as they were sent.

Which transfers are billed when is decided in kiosk.services.invoices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kiosk.domain.ids import FleetId, ReservationId, ShopId
from kiosk.domain.invoice import InvoiceLine, Month
from kiosk.domain.money import Money
from kiosk.domain.time import from_epoch, to_epoch

if TYPE_CHECKING:
    from db.session import Session

_NEXT_NUMBER = "SELECT coalesce(max(number), 0) + 1 FROM invoice"
_COLUMNS = """number, fleet_id, shop_id, month, amount_minor, tax_minor, currency, issued_at,
due_at"""
_ADD = f"INSERT INTO invoice({_COLUMNS}, pdf, csv) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_LINE = """INSERT INTO invoice_line(invoice_id, number, journal_id, transfer_number, at,
reservation_id, receipt_id, space, minutes, amount_minor, tax_minor)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INVOICE = f"""SELECT {_COLUMNS},
(SELECT coalesce(sum(p.amount_minor), 0) FROM invoice_payment p WHERE p.invoice_id = number)
FROM invoice"""
_BY_NUMBER = f"{_INVOICE} WHERE number = ?"
_ALL = f"{_INVOICE} ORDER BY number"
_FILES = "SELECT pdf, csv FROM invoice WHERE number = ?"
_LINES = """SELECT l.at, l.reservation_id, l.receipt_id, l.space, l.minutes, l.amount_minor,
l.tax_minor, i.currency FROM invoice_line l JOIN invoice i ON i.number = l.invoice_id
WHERE l.invoice_id = ? ORDER BY l.number"""
_ADD_PAYMENT = "INSERT INTO invoice_payment(invoice_id, amount_minor, at) VALUES (?, ?, ?)"
# Only what belongs to a stay is billed: an invoice's own journal and payments belong to none.
# The bounds of `receivable:` are those of the indexes: the account lies between them.
_UNBILLED = """WITH moved AS (
  SELECT journal_id, number, 1 AS is_debit, amount_minor, currency FROM transfer
  WHERE debit = :account AND debit >= 'receivable:' AND debit < 'receivable;'
  UNION ALL
  SELECT journal_id, number, 0, amount_minor, currency FROM transfer
  WHERE credit = :account AND credit >= 'receivable:' AND credit < 'receivable;')
SELECT t.journal_id, t.number, j.at, j.reservation_id, t.is_debit, t.amount_minor, t.currency
FROM moved t JOIN journal j ON j.id = t.journal_id
WHERE j.reservation_id IS NOT NULL AND j.at < :until AND NOT EXISTS (SELECT 1 FROM invoice_line l
WHERE l.journal_id = t.journal_id AND l.transfer_number = t.number)
ORDER BY t.journal_id, t.number"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnbilledTransfer:
    """A transfer of a debtor's account that stands on no invoice yet."""

    journal_id: int
    transfer_number: int
    at: datetime
    reservation_id: ReservationId
    amount: Money
    """Below zero where money went back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """An invoice as it was issued, and what has been paid of it since."""

    number: int
    fleet_id: FleetId | None
    shop_id: ShopId | None
    month: Month
    amount: Money
    tax: Money
    issued_at: datetime
    due_at: datetime
    paid: Money

    @property
    def open(self) -> Money:
        """What has not been paid of it."""
        return self.amount - self.paid


class Invoices:
    """Invoices by number; the schema refuses to change or remove one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self) -> int:
        """The number of the next invoice of this transaction."""
        number: int = self._session.one(_NEXT_NUMBER)[0]
        return number

    def unbilled(self, account: str, *, until: datetime) -> tuple[UnbilledTransfer, ...]:
        """The transfers of stays on an account that stand on no invoice yet, before an instant."""
        values: dict[str, int | str | None] = {"account": account, "until": to_epoch(until)}
        return tuple(
            UnbilledTransfer(
                journal_id=row[0],
                transfer_number=row[1],
                at=from_epoch(row[2]),
                reservation_id=row[3],
                amount=Money(row[5] if row[4] else -row[5], row[6]),
            )
            for row in self._session.run_named(_UNBILLED, values)
        )

    def add(
        self,
        invoice: InvoiceRecord,
        lines: tuple[tuple[UnbilledTransfer, InvoiceLine], ...],
        *,
        pdf: bytes,
        csv: bytes,
    ) -> None:
        """Writes an invoice with its lines and its files; its number must be the next one."""
        keep, at = self._session.keep, invoice.issued_at
        keep(
            "invoice",
            _ADD,
            invoice.number,
            invoice.fleet_id,
            invoice.shop_id,
            str(invoice.month),
            invoice.amount.minor,
            invoice.tax.minor,
            invoice.amount.currency,
            to_epoch(invoice.issued_at),
            to_epoch(invoice.due_at),
            pdf,
            csv,
            at=at,
        )
        for number, (source, line) in enumerate(lines, start=1):
            keep(
                "invoice_line",
                _ADD_LINE,
                invoice.number,
                number,
                source.journal_id,
                source.transfer_number,
                to_epoch(line.at),
                line.reservation_id,
                line.receipt_number,
                line.space,
                line.minutes,
                line.amount.minor,
                line.tax.minor,
                at=at,
            )

    def invoice(self, number: int) -> InvoiceRecord | None:
        """The invoice with this number."""
        row = self._session.one(_BY_NUMBER, number)
        return None if row is None else _invoice(row)

    def all(self) -> tuple[InvoiceRecord, ...]:
        """Every invoice, oldest first."""
        return tuple(map(_invoice, self._session.run(_ALL)))

    def lines_of(self, number: int) -> tuple[InvoiceLine, ...]:
        """The lines of an invoice, in their order."""
        return tuple(map(_line, self._session.run(_LINES, number)))

    def pdf_of(self, number: int) -> bytes:
        """The pages of an invoice, as they were sent."""
        return bytes(self._session.one(_FILES, number)[0])

    def csv_of(self, number: int) -> bytes:
        """The table of an invoice, as it was sent."""
        return bytes(self._session.one(_FILES, number)[1])

    def add_payment(self, number: int, amount: Money, at: datetime) -> None:
        """So much of an invoice was paid."""
        values = (number, amount.minor, to_epoch(at))
        self._session.keep("invoice_payment", _ADD_PAYMENT, *values, at=at)


def _invoice(row: Any) -> InvoiceRecord:
    month = Month.read(row[3])
    assert month is not None, "only months are stored"
    return InvoiceRecord(
        number=row[0],
        fleet_id=row[1],
        shop_id=row[2],
        month=month,
        amount=Money(row[4], row[6]),
        tax=Money(row[5], row[6]),
        issued_at=from_epoch(row[7]),
        due_at=from_epoch(row[8]),
        paid=Money(row[9], row[6]),
    )


def _line(row: Any) -> InvoiceLine:
    return InvoiceLine(
        at=from_epoch(row[0]),
        reservation_id=row[1],
        receipt_number=row[2],
        space=row[3],
        minutes=row[4],
        amount=Money(row[5], row[7]),
        tax=Money(row[6], row[7]),
    )
