"""An owner's statement: every movement of the owner's account in a span, taken from the books.

How it is laid out stands in statement_papers.py. No plate and no driver's name is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.ids import OwnerId, PayoutId, ReservationId
from kiosk.domain.money import Money, half_up
from kiosk.domain.settlement import Party, Shares
from kiosk.domain.time import Window, started_minutes

if TYPE_CHECKING:
    from db.records import ReceiptRecord, TransferRecord
    from db.store import Tx
    from kiosk.domain.ledger import Journal, Transfer
    from kiosk.domain.payee import Payee

_IN_FLIGHT = "payout-in-flight:"
_REFUND_DUE = "refund-due:"
_DISPUTED = ":disputed"
_PARTIES = frozenset({"owner", "commission", "vat", "manager"})


class LineKind(Enum):
    """What moved the account; the value is what a CSV file says."""

    STAY = "stay"
    BACK = "taken-back"
    """A refund, a lost chargeback, a compensation."""
    DIRECT = "taken-directly"
    """What an owner who is the merchant of record has taken from drivers already."""
    PAYOUT = "payout"
    RETURNED = "payout-returned"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One journal, or one part of it: how a fee was divided, and what the account got of it."""

    at: datetime
    kind: LineKind
    shares: Shares
    """Of a stay, or of what was taken back; else the owner's part alone."""
    reservation_id: ReservationId | None = None
    space: str = ""
    minutes: int | None = None
    """Of the stay as it was charged; None where the journal made no receipt."""
    tax: Money | None = None
    """Inside the fee, owed by the owner; None where the owner is not the supplier."""
    reference: str = ""
    """How the bank names a payout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The balance at both ends of a span and all between; opening + lines = closing."""

    owner: Payee
    span: Window
    opening: Money
    lines: tuple[StatementLine, ...]
    so_far_at: datetime | None
    """When it was written, of a span that was not over by then: more may come; else None."""

    @property
    def closing(self) -> Money:
        """What the site owes the owner at the end, or by now of a span that is not over."""
        return sum((line.shares.owner for line in self.lines), self.opening)


def statement_of(
    tx: Tx, owner_id: OwnerId, *, owner: Payee, span: Window, currency: str, now: datetime
) -> Statement:
    """The statement of [from, until); reads all journals of the span and the sums before it."""
    account, zero = ledger.owner(owner_id), Money.zero(currency)
    before = (each for each in tx.ledger.sums(until=span.from_) if each.account == account)
    return Statement(
        owner=owner,
        span=span,
        opening=next((each.owed for each in before if each.owed.currency == currency), zero),
        lines=tuple(
            line
            for at, journal in tx.ledger.journals(span.from_, span.until)
            for line in _lines(tx, at, journal, account=account, zero=zero)
        ),
        so_far_at=now if now < span.until else None,
    )


def _lines(
    tx: Tx, at: datetime, journal: Journal, *, account: str, zero: Money
) -> Iterator[StatementLine]:
    mine = [each for each in journal.transfers if account in (each.debit, each.credit)]
    if not mine:
        return
    others = [_other(each, account) for each in mine]
    flights = [each for each in others if each.startswith(_IN_FLIGHT)]
    nothing = Shares.nothing(zero.currency)
    if flights:
        kind = LineKind.PAYOUT if mine[0].debit == account else LineKind.RETURNED
        payout_id = PayoutId(int(flights[0].removeprefix(_IN_FLIGHT)))
        shares = Shares(_net(mine, account, zero), zero, zero, zero)
        reference = tx.payouts.end_to_end(payout_id)
        yield StatementLine(at=at, kind=kind, shares=shares, reference=reference)
        return
    parts = _parts(journal)
    own = _own_part(parts, account, zero)
    shared = Shares(
        _net(parts, account, zero),
        own.of(_net(parts, ledger.COMMISSION, zero)),
        own.of(_net(parts, ledger.VAT, zero)),
        own.of(_net(parts, ledger.MANAGER, zero)),
    )
    if shared != nothing:
        yield _stay_line(tx, at, journal, shared, account=account, own=own)
    direct = [each for each in mine if ledger.is_held(_other(each, account))]
    if direct:
        yield StatementLine(
            at=at,
            kind=LineKind.DIRECT,
            shares=Shares(_net(direct, account, zero), zero, zero, zero),
            reservation_id=journal.reservation_id,
            space=_space(tx, journal.reservation_id, account),
        )


def _parts(journal: Journal) -> list[Transfer]:
    """How this journal divides a fee: what each party got of it, through no merchant's hands.

    What goes to drivers whom this stay displaced is the operator's affair, not the owner's.
    """
    own = "" if journal.reservation_id is None else ledger.refund_due(journal.reservation_id)

    def is_part(transfer: Transfer) -> bool:
        sides = (transfer.debit, transfer.credit)
        is_others = any(side.startswith(_REFUND_DUE) and side != own for side in sides)
        return not is_others and not any(map(ledger.is_held, sides))

    return [transfer for transfer in journal.transfers if is_part(transfer)]


@dataclass(frozen=True, slots=True)
class _OwnPart:
    """How much of a fee is one owner's affair, where a journal divides it among several."""

    before: int
    until: int
    whole: int
    """Of so many units that all owners got or gave, this one those from `before` to `until`."""

    def of(self, amount: Money) -> Money:
        """That part of an amount; the parts of all owners add up to it."""
        if not self.whole:
            return amount
        until, before = (
            half_up(amount.minor * units, self.whole) for units in (self.until, self.before)
        )
        return Money(until - before, amount.currency)


def _own_part(parts: list[Transfer], account: str, zero: Money) -> _OwnPart:
    sides = {side for each in parts for side in (each.debit, each.credit)}
    owners = sorted(side for side in sides if ledger.kind_of(side).name == "owner")
    units = {owner: abs(_net(parts, owner, zero).minor) for owner in owners}
    before = sum(units[owner] for owner in owners if owner < account)
    return _OwnPart(before, before + units.get(account, 0), sum(units.values()))


def _net(transfers: list[Transfer], account: str, zero: Money) -> Money:
    got = sum((each.amount for each in transfers if each.credit == account), zero)
    return got - sum((each.amount for each in transfers if each.debit == account), zero)


def _other(transfer: Transfer, account: str) -> str:
    return transfer.debit if transfer.credit == account else transfer.credit


def _stay_line(
    tx: Tx, at: datetime, journal: Journal, shares: Shares, *, account: str, own: _OwnPart
) -> StatementLine:
    reservation_id = journal.reservation_id
    if reservation_id is None:
        return StatementLine(at=at, kind=LineKind.OTHER, shares=shares)
    receipts = {_settled_by(each): each for each in tx.ledger.receipts_of(reservation_id)}
    made = receipts.get(journal.key)
    tax = _tax(tx, reservation_id, journal.key, receipts)
    return StatementLine(
        at=at,
        kind=LineKind.BACK if shares.total.minor < 0 else LineKind.STAY,
        shares=shares,
        reservation_id=reservation_id,
        space=_space(tx, reservation_id, account),
        minutes=None if made is None else _minutes(made),
        tax=None if tax is None else own.of(tax),
    )


def _minutes(receipt: ReceiptRecord) -> int:
    """As an invoice calls the same stay; a receipt from before its facts were kept: as charged."""
    facts = receipt.facts
    stayed = receipt.charge.window.duration if facts is None else facts.left_at - facts.entered_at
    return started_minutes(stayed)


def _settled_by(receipt: ReceiptRecord) -> str:
    """The key of the journal that has shared out what a receipt says."""
    return f"settlement:{receipt.number}"


def _tax(
    tx: Tx, reservation_id: ReservationId, key: str, receipts: dict[str, ReceiptRecord]
) -> Money | None:
    """By how much a journal changes the tax that the owner owes: that of what was collected.

    What was left unpaid is in it when it is paid, what went back or was lost is out of it.
    """
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "a receipt belongs to a reservation"
    rows = tx.ledger.transfers_of(reservation_id)
    last, before, collected_minor = None, None, 0
    for posted, group in groupby(rows, lambda row: row.journal_key):
        before = None if last is None else _tax_of(last, collected_minor)
        last = receipts.get(posted, last)
        collected_minor += sum(_divided(row, reservation_id) for row in group)
        if posted == key:
            break
    is_owners = reservation.split_terms.supplier is Party.OWNER
    if last is None or not is_owners or not (last.supplier is None or last.supplier.shows_tax):
        return None
    tax = _tax_of(last, collected_minor)
    return tax if before is None else tax - before


def _tax_of(receipt: ReceiptRecord, collected_minor: int) -> Money:
    """The tax inside so much of what a receipt says."""
    charge = receipt.charge
    paid_minor = min(max(collected_minor, 0), charge.total.minor)
    return charge.waived(Money(paid_minor, charge.total.currency) - charge.total).tax


def _divided(row: TransferRecord, reservation_id: ReservationId) -> int:
    """What a transfer moves between a reservation and its parties, in minor units.

    What an owner gives a driver beside, for a recalled space, is no part of a fee.
    """
    if row.journal_kind == journals.COMPENSATION:
        return 0
    own = (
        ledger.escrow(reservation_id),
        ledger.refund_due(reservation_id),
        ledger.CHARGEBACK_LOSS,
    )

    def is_pot(account: str) -> bool:
        return account in own or account.endswith(_DISPUTED)

    debit, credit, minor = row.transfer.debit, row.transfer.credit, row.transfer.amount.minor
    if is_pot(debit) and ledger.kind_of(credit).name in _PARTIES:
        return minor
    return -minor if is_pot(credit) and ledger.kind_of(debit).name in _PARTIES else 0


def _space(tx: Tx, reservation_id: ReservationId | None, account: str) -> str:
    """The owner's space that its car had last; where it had none of the owner's, that of now."""
    reservation = None if reservation_id is None else tx.reservations.get(reservation_id)
    if reservation is None:
        return ""
    before = (move.from_space_id for move in reversed(tx.changes.moves(reservation.id)))
    had = [tx.library.space(each) for each in (reservation.space_id, *before)]
    own = [space for space in had if ledger.owner(space.owner_id) == account]
    return (own or had)[0].label
