"""The books: account names, transfers of one debit and one credit, and journals of one event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk.domain.ids import DriverId, OwnerId, ReservationId
from kiosk.domain.money import Money


class AccountType(Enum):
    """The four classes of accounts; the value is the name that exports use."""

    ASSET = "assets"
    LIABILITY = "liabilities"
    INCOME = "income"
    EXPENSE = "expenses"


@dataclass(frozen=True, slots=True)
class AccountKind:
    """What all accounts of one kind have in common.

    A guarded account is somebody else's money that we keep: its debits never exceed its
    credits, and the database refuses the row that would break this (money.md, Ledger).
    """

    name: str
    type: AccountType
    is_guarded: bool = False


ACCOUNT_KINDS: dict[str, AccountKind] = {
    kind.name: kind
    for kind in (
        AccountKind("till", AccountType.ASSET),
        AccountKind("psp", AccountType.ASSET),
        AccountKind("escrow", AccountType.LIABILITY, is_guarded=True),
        AccountKind("refund-due", AccountType.LIABILITY, is_guarded=True),
        AccountKind("wallet", AccountType.LIABILITY, is_guarded=True),
        AccountKind("owner", AccountType.LIABILITY),
        AccountKind("manager", AccountType.LIABILITY),
        AccountKind("vat", AccountType.LIABILITY),
        AccountKind("commission", AccountType.INCOME),
    )
}

COMMISSION = "commission"
VAT = "vat"
MANAGER = "manager"


def till(desk: str) -> str:
    """The cash drawer of a desk."""
    return f"till:{desk}"


def psp(adapter: str) -> str:
    """Our claim on a payment provider."""
    return f"psp:{adapter}"


def escrow(reservation_id: ReservationId) -> str:
    """The deposit of one reservation (the resource packet of the original idea)."""
    return f"escrow:{reservation_id}"


def refund_due(reservation_id: ReservationId) -> str:
    """What a reservation owes back to its driver."""
    return f"refund-due:{reservation_id}"


def wallet(driver_id: DriverId) -> str:
    """The prepaid account of a driver."""
    return f"wallet:{driver_id}"


def owner(owner_id: OwnerId) -> str:
    """What the site owes to an owner."""
    return f"owner:{owner_id}"


def kind_of(account: str) -> AccountKind:
    """The kind of an account, from the part of its name before the first colon."""
    return ACCOUNT_KINDS[account.partition(":")[0]]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One amount above zero from one account to another: never unbalanced by construction."""

    debit: str
    credit: str
    amount: Money

    def __post_init__(self) -> None:
        assert self.amount.minor > 0, "a transfer moves more than nothing"
        assert self.debit != self.credit
        kind_of(self.debit), kind_of(self.credit)


@dataclass(frozen=True, slots=True)
class Journal:
    """All transfers of one event; its key makes a second delivery change nothing."""

    key: str
    kind: str
    transfers: tuple[Transfer, ...]
    reservation_id: ReservationId | None = None

    def __post_init__(self) -> None:
        assert self.transfers, "a journal moves something"
        assert len({transfer.amount.currency for transfer in self.transfers}) == 1


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of one account in one currency."""

    account: str
    debits: Money
    credits: Money

    @property
    def owed(self) -> Money:
        """Credits less debits: what the site owes (a claim is below zero)."""
        return self.credits - self.debits
