"""Who supplies parking and is paid out: names, addresses, tax numbers and bank accounts.

A row is never changed while it holds: another text is another row, so that receipts keep theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.domain.ids import OwnerId
from kiosk.domain.payee import Payee, Supplier

if TYPE_CHECKING:
    from datetime import datetime

    from db.session import Session

_LATEST = """SELECT id, name, address, tax_number, is_small_business, iban, bic FROM payee
WHERE owner_id IS ? ORDER BY id DESC LIMIT 1"""
_ADD = """INSERT INTO payee(owner_id, name, address, tax_number, is_small_business, iban, bic)
VALUES (?, ?, ?, ?, ?, ?, ?)"""


class Payees:
    """The operator and the owners, as the site file has named them last."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def operator(self) -> Payee | None:
        """Who runs the site; None before a site file was taken over."""
        return self._payee(None)

    def of_owner(self, owner_id: OwnerId) -> Payee | None:
        """An owner; None for one who is in no site file."""
        return self._payee(owner_id)

    def put(self, payee: Payee, *, owner_id: OwnerId | None, at: datetime) -> bool:
        """From now on it is this one (of the operator: None); False when it was already."""
        if self._payee(owner_id) == payee:
            return False
        self._session.keep(
            "payee",
            _ADD,
            owner_id,
            payee.name,
            "\n".join(payee.address),
            payee.tax_number,
            int(payee.is_small_business),
            payee.iban,
            payee.bic,
            at=at,
        )
        return True

    def supplier(self, owner_id: OwnerId | None) -> Supplier | None:
        """The owner, or the operator (None), as a receipt of now names them."""
        row = self._session.one(_LATEST, owner_id)
        if row is None:
            return None
        return Supplier(
            payee_id=row[0],
            name=row[1],
            address=_lines(row[2]),
            tax_number=row[3],
            shows_tax=row[4] == 0,
        )

    def _payee(self, owner_id: OwnerId | None) -> Payee | None:
        row = self._session.one(_LATEST, owner_id)
        if row is None:
            return None
        return Payee(
            name=row[1],
            address=_lines(row[2]),
            tax_number=row[3],
            is_small_business=row[4] == 1,
            iban=row[5],
            bic=row[6],
        )


SUPPLIER = "e.payee_id, e.shows_tax, p.name, p.address, p.tax_number"
"""Of a receipt `e`, with the payee `p` that it points at."""


def supplier_of(row: Any) -> Supplier | None:
    """The columns of SUPPLIER; None where a receipt names nobody."""
    if row[0] is None:
        return None
    return Supplier(
        payee_id=row[0],
        name=row[2],
        address=_lines(row[3]),
        tax_number=row[4],
        shows_tax=row[1] == 1,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.splitlines())
