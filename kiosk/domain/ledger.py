"""The books: account names, transfers of one debit and one credit, and journals of one event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from kiosk.domain.ids import DriverId, FleetId, OwnerId, PayoutId, ReservationId, ShopId
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
    credits, and the database refuses the row that would break this (docs/money.md).
    """

    name: str
    type: AccountType
    is_guarded: bool = False


ACCOUNT_KINDS: dict[str, AccountKind] = {
    kind.name: kind
    for kind in (
        AccountKind("till", AccountType.ASSET),
        AccountKind("bank", AccountType.ASSET),
        AccountKind("psp", AccountType.ASSET),
        AccountKind("held-by-owner", AccountType.ASSET),
        AccountKind("receivable", AccountType.ASSET),
        AccountKind("escrow", AccountType.LIABILITY, is_guarded=True),
        AccountKind("refund-due", AccountType.LIABILITY, is_guarded=True),
        AccountKind("wallet", AccountType.LIABILITY, is_guarded=True),
        AccountKind("owner", AccountType.LIABILITY),
        AccountKind("manager", AccountType.LIABILITY),
        AccountKind("payout-in-flight", AccountType.LIABILITY, is_guarded=True),
        AccountKind("vat", AccountType.LIABILITY),
        AccountKind("uncollected", AccountType.LIABILITY),
        AccountKind("voucher", AccountType.LIABILITY),
        AccountKind("suspense", AccountType.LIABILITY),
        AccountKind("commission", AccountType.INCOME),
        AccountKind("rounding", AccountType.INCOME),
        AccountKind("provider-fees", AccountType.EXPENSE),
        AccountKind("chargeback-loss", AccountType.EXPENSE),
        AccountKind("goodwill", AccountType.EXPENSE),
        AccountKind("promo", AccountType.EXPENSE),
        AccountKind("bad-debt", AccountType.EXPENSE),
        AccountKind("cash-over-short", AccountType.EXPENSE),
    )
}
"""The chart of accounts (docs/money.md); one set for each currency."""

MOST_MINOR = 2**63 - 1
"""The largest sum that the books can hold: that of 64 bits."""

BANK = "bank"
COMMISSION = "commission"
VAT = "vat"
MANAGER = "manager"
ROUNDING = "rounding"
VOUCHER = "voucher"
PROVIDER_FEES = "provider-fees"
CHARGEBACK_LOSS = "chargeback-loss"
GOODWILL = "goodwill"
PROMO = "promo"
BAD_DEBT = "bad-debt"
CASH_OVER_SHORT = "cash-over-short"
OPERATORS_PSP = "psp:operator"
"""The operator's own account at the provider of owners who are merchants of record."""
RECEIVABLE_DRIVER = "receivable:driver"


def till(desk: str) -> str:
    """The cash drawer of a desk."""
    return f"till:{desk}"


def psp(adapter: str) -> str:
    """Our claim on a payment provider."""
    return f"psp:{adapter}"


def disputed(account: str) -> str:
    """What a provider has taken back of an account while a chargeback is open."""
    return f"{account}:disputed"


def held_by_owner(owner_id: OwnerId) -> str:
    """What an owner who is the merchant of record has taken from drivers (docs/money.md)."""
    return f"held-by-owner:{owner_id}"


def is_held(account: str) -> bool:
    """Whether an owner holds it as the merchant, and no bank has it in dispute."""
    return account.startswith("held-by-owner:") and not account.endswith(":disputed")


def fleet_unbilled(fleet_id: FleetId) -> str:
    """Stays of a fleet that no invoice has yet."""
    return f"receivable:fleet:unbilled:{fleet_id}"


def fleet_invoiced(fleet_id: FleetId) -> str:
    """Invoices that a fleet has not paid yet."""
    return f"receivable:fleet:invoiced:{fleet_id}"


def receivable_shop(shop_id: ShopId) -> str:
    """What a shop owes for the stays that it has validated."""
    return f"receivable:shop:{shop_id}"


def payout_in_flight(payout_id: PayoutId) -> str:
    """Money of an owner on its way to the bank."""
    return f"payout-in-flight:{payout_id}"


def uncollected(reservation_id: ReservationId) -> str:
    """What a stay cost beyond what its driver has paid: nobody's income before it is paid."""
    return f"uncollected:{reservation_id}"


def suspense(adapter: str) -> str:
    """What a provider reports and we cannot explain yet."""
    return f"suspense:{adapter}"


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


def whose(account: str) -> OwnerId:
    """The owner of one of the accounts that each owner has: what is owed, or held."""
    return OwnerId(int(account.split(":")[1]))


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
        assert self.amount.minor <= MOST_MINOR, "a transfer fits into the books"
        assert self.debit != self.credit
        kind_of(self.debit), kind_of(self.credit)


def moved(debit: str, credit: str, amount: Money) -> tuple[Transfer, ...]:
    """One transfer, or none where there is nothing to move."""
    return (Transfer(debit, credit, amount),) if amount else ()


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


class AmountProblem(Enum):
    """Why an amount that somebody asked for cannot be moved."""

    ZERO = "zero"
    NEGATIVE = "negative"
    OTHER_CURRENCY = "other-currency"
    TOO_MUCH = "too-much"


def amount_problem(amount: Money, *, most: Money) -> AmountProblem | None:
    """What is wrong with an amount that came from outside, before anything is made of it.

    `most` is the largest that may be asked for there, in the site's currency. People, files and
    providers are answered with an outcome; in here a wrong amount is a bug, and transfers
    assert. What fits alone and overflows a balance is refused by the books themselves.
    """
    if amount.currency != most.currency:
        return AmountProblem.OTHER_CURRENCY
    if amount.minor == 0:
        return AmountProblem.ZERO
    if amount.minor < 0:
        return AmountProblem.NEGATIVE
    return AmountProblem.TOO_MUCH if amount.minor > min(most.minor, MOST_MINOR) else None


class Balance(NamedTuple):
    """The sums of one account in one currency, in minor units.

    A bare tuple of numbers, money only where it is asked for: the books of a large site have
    hundreds of thousands of accounts, and summing them anew is mostly the making of these.
    """

    account: str
    currency: str
    debits_minor: int
    credits_minor: int

    @property
    def debits(self) -> Money:
        """All that was ever posted to the left side."""
        return Money(self.debits_minor, self.currency)

    @property
    def credits(self) -> Money:
        """All that was ever posted to the right side."""
        return Money(self.credits_minor, self.currency)

    @property
    def owed(self) -> Money:
        """Credits less debits: what the site owes (a claim is below zero)."""
        return Money(self.credits_minor - self.debits_minor, self.currency)
