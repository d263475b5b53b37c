"""Who supplies the parking and to whom money is paid out: the operator, or an owner of spaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """What invoices, receipts and payouts say of the operator or of an owner; texts may be empty.

    Nothing is checked here: an IBAN is judged where money is paid out to it.
    """

    name: str
    address: tuple[str, ...] = ()
    """Line by line, without the name."""
    tax_number: str = ""
    is_small_business: bool = False
    """Owes no tax, and so may show none on a receipt (docs/money.md)."""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class PayeePlan:
    """The operator, and each owner by name, as the site file has them."""

    operator: Payee
    owners: Mapping[str, Payee]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who supplies the parking of one receipt, and owes the tax inside its fee.

    The receipt keeps `payee_id` and `shows_tax`; the texts stand in a table of their own, so that
    a person can be forgotten without touching a receipt.
    """

    payee_id: int
    name: str
    address: tuple[str, ...]
    tax_number: str
    shows_tax: bool
