"""The books at the end of a story, with its names: parties, journals, balances, and two sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.app.day_report import PARTY_WORDS, held
from kiosk.app.scenario_stage import Stage
from kiosk.domain import ledger
from kiosk.domain.ledger import Balance, Journal, Transfer
from kiosk.domain.money import Money
from kiosk.services.show_desk import money_by_party

_DRIVERS_SIDE = frozenset({"wallet", "psp", "till", "held-by-owner"})
"""Where drivers' money comes from and goes back to."""
_PAID_INTO = frozenset({"escrow", "receivable"})


@dataclass(frozen=True, slots=True)
class DriverMoney:
    """What a driver paid for parking and got back, and what is left on the wallet."""

    name: str
    paid: Money
    back: Money
    wallet: Money | None

    @property
    def cost(self) -> Money:
        """What parking cost in the end."""
        return self.paid - self.back


@dataclass(frozen=True, slots=True)
class PartyBalance:
    """What a party has by the books, in words."""

    party: str
    has: Money


@dataclass(frozen=True, slots=True)
class BookedTransfer:
    """An amount from one account to another, by their names."""

    from_: str
    to: str
    amount: Money


@dataclass(frozen=True, slots=True)
class BookedJournal:
    """All transfers of one event."""

    at: datetime
    kind: str
    reservation: str | None
    transfers: tuple[BookedTransfer, ...]


@dataclass(frozen=True, slots=True)
class BookedBalance:
    """The sums of one account."""

    account: str
    debits: Money
    credits: Money

    @property
    def owed(self) -> Money:
        """Credits less debits: what the site owes; a claim is below zero."""
        return self.credits - self.debits


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that the ledger says at the end."""

    drivers: tuple[DriverMoney, ...]
    parties: tuple[PartyBalance, ...]
    journals: tuple[BookedJournal, ...]
    balances: tuple[BookedBalance, ...]
    escrow_left: Money
    ledger_sum: Money

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left in escrow and the books add up to nothing."""
        return not self.escrow_left and not self.ledger_sum


def read_books(stage: Stage) -> Books:
    """The books of a site, as they stand now."""
    core, names, zero = stage.site.core, stage.names, Money.zero(stage.currency)
    with core.store.reading() as tx:
        journals = list(tx.ledger.journals())
        balances = tx.ledger.balances()
        parties = {each.party: each.owed for each in money_by_party(core, tx)}
    return Books(
        drivers=tuple(_drivers(stage, journals, balances)),
        parties=(
            *(_owner(each, stage) for each in balances if _kind(each.account) == "owner"),
            *(
                PartyBalance(words, held(party, parties[party]))
                for party, words in PARTY_WORDS.items()
                if party != "owner" and party in parties
            ),
        ),
        journals=tuple(
            BookedJournal(
                at=at,
                kind=journal.kind,
                reservation=names.reservations.get(journal.reservation_id or 0),
                transfers=tuple(
                    BookedTransfer(
                        names.account(each.debit), names.account(each.credit), each.amount
                    )
                    for each in journal.transfers
                ),
            )
            for at, journal in journals
        ),
        balances=tuple(
            BookedBalance(names.account(each.account), each.debits, each.credits)
            for each in balances
        ),
        escrow_left=parties["escrow"],
        ledger_sum=sum((each.owed for each in balances), zero),
    )


def _owner(balance: Balance, stage: Stage) -> PartyBalance:
    return PartyBalance(stage.names.account(balance.account), balance.owed)


def _drivers(
    stage: Stage, journals: list[tuple[datetime, Journal]], balances: tuple[Balance, ...]
) -> Iterator[DriverMoney]:
    zero = Money.zero(stage.currency)
    wallets = {stage.names.account(each.account): each.owed for each in balances}
    for name, driver in stage.drivers.items():
        paid = back = zero
        for _, journal in journals:
            of_whom = stage.owners.get(
                stage.names.reservations.get(journal.reservation_id or 0, "")
            )
            for transfer in journal.transfers:
                if _is_paid(transfer) and _payer(stage, transfer.debit, of_whom) == name:
                    paid += transfer.amount
                if _is_back(transfer) and _payer(stage, transfer.credit, of_whom) == name:
                    back += transfer.amount
        has_wallet = driver.balance is not None
        wallet = wallets.get(f"wallet {name}", zero) if has_wallet else None
        yield DriverMoney(name, paid, back, wallet)


def _payer(stage: Stage, account: str, of_whom: str | None) -> str | None:
    """The driver behind an account: of a wallet its own, of a provider or till the journal's."""
    kind, _, key = account.partition(":")
    if kind == "wallet":
        return stage.names.drivers[int(key)]
    return of_whom if kind in _DRIVERS_SIDE else None


def _is_paid(transfer: Transfer) -> bool:
    """Whether it pays for parking; cash onto a wallet, or a provider's fee, does not."""
    return _kind(transfer.credit) in _PAID_INTO


def _is_back(transfer: Transfer) -> bool:
    """Whether it goes back to a driver, also by a chargeback that the parties have lost."""
    is_lost = transfer.credit.endswith(":disputed") and _kind(transfer.debit) != "psp"
    return is_lost or _kind(transfer.debit) == "refund-due"


def _kind(account: str) -> str:
    return ledger.kind_of(account).name
