"""Who gets what of a charge, and the transfers that move it out of escrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kiosk.domain import ledger
from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money, half_up
from kiosk.domain.pricing.charge_lines import Charge, LineKind


class SplitRule(Enum):
    """Who gets what is left over when the parts of a fee are rounded; the value is stored."""

    OWNER_REST = "owner-rest"
    """The owner takes every remainder."""
    LARGEST_REMAINDER = "largest-remainder"
    """Each whole unit left goes to the largest remainder: owner, commission, manager."""


class Party(Enum):
    """Whose business something is; the value is stored."""

    OPERATOR = "operator"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class SplitTerms:
    """How a fee is divided, in basis points: commission, VAT on it, property manager.

    Frozen into a reservation with who takes the driver's money (the merchant of record) and who
    supplies the parking and owes the tax inside its fee.
    """

    commission_bp: int
    vat_bp: int
    manager_bp: int
    rule: SplitRule = SplitRule.OWNER_REST
    merchant: Party = Party.OPERATOR
    supplier: Party = Party.OWNER

    def __post_init__(self) -> None:
        assert min(self.commission_bp, self.vat_bp, self.manager_bp) >= 0
        assert self.commission_bp * (10_000 + self.vat_bp) + self.manager_bp * 10_000 <= 10**8, (
            "commission with VAT and the manager's part are more than the whole fee"
        )


@dataclass(frozen=True, slots=True)
class Shares:
    """A fee divided among its parties; the four add up to the fee."""

    owner: Money
    commission: Money
    vat: Money
    manager: Money

    @classmethod
    def nothing(cls, currency: str) -> Shares:
        """Nothing for anybody."""
        zero = Money.zero(currency)
        return cls(zero, zero, zero, zero)

    @property
    def total(self) -> Money:
        """The fee that was divided."""
        return self.owner + self.commission + self.vat + self.manager

    def __sub__(self, other: Shares) -> Shares:
        return Shares(
            self.owner - other.owner,
            self.commission - other.commission,
            self.vat - other.vat,
            self.manager - other.manager,
        )


@dataclass(frozen=True, slots=True)
class Shared:
    """Shares, and which of the owners of a stay have how much of the owner's (owners_part.py)."""

    shares: Shares
    owners: tuple[tuple[OwnerId, Money], ...]
    """Together the owner's share; of one stay they all give, or all get."""

    def __post_init__(self) -> None:
        parts = (amount for _, amount in self.owners)
        assert sum(parts, self.shares.owner) == self.shares.owner + self.shares.owner

    @classmethod
    def to(cls, owner_id: OwnerId, shares: Shares) -> Shared:
        """All of the owner's share is of one."""
        return cls(shares, ((owner_id, shares.owner),))

    @property
    def total(self) -> Money:
        """What all parties have together."""
        return self.shares.total

    def __neg__(self) -> Shared:
        nothing = Shares.nothing(self.shares.owner.currency)
        owners = tuple((owner_id, -amount) for owner_id, amount in self.owners)
        return Shared(nothing - self.shares, owners)


_WHOLE = 10**8
"""A fee counted in parts of basis points of basis points."""


def split(fee: Money, terms: SplitTerms) -> Shares:
    """The fee divided by the terms' rule (docs/money.md); the four add up to it exactly."""
    assert fee.minor >= 0
    with_vat, with_vat_rest = divmod(
        fee.minor * terms.commission_bp * (10_000 + terms.vat_bp), _WHOLE
    )
    manager, manager_rest = divmod(fee.minor * terms.manager_bp * 10_000, _WHOLE)
    if terms.rule is SplitRule.LARGEST_REMAINDER:
        owner_rest = -(with_vat_rest + manager_rest) % _WHOLE
        left = (owner_rest + with_vat_rest + manager_rest) // _WHOLE
        rests = (("owner", owner_rest), ("with-vat", with_vat_rest), ("manager", manager_rest))
        # A stable sort: of equal remainders the earlier party is first.
        first = [party for party, _ in sorted(rests, key=lambda each: -each[1])[:left]]
        with_vat += first.count("with-vat")
        manager += first.count("manager")
    vat = half_up(with_vat * terms.vat_bp, 10_000 + terms.vat_bp)
    owner = fee.minor - with_vat - manager
    return Shares(
        Money(owner, fee.currency),
        Money(with_vat - vat, fee.currency),
        Money(vat, fee.currency),
        Money(manager, fee.currency),
    )


def split_charge(charge: Charge, terms: SplitTerms) -> Shares:
    """A charge divided: all of its overstay surcharge to commission and VAT, the rest as a fee.

    What of the surcharge is due to drivers whom the overstay displaced leaves commission and
    VAT again (displaced_share), so that receipts and replays need not know of them. What an
    attendant struck off is taken from the surcharge first: the operator forgives its own money
    before the owner's.
    """
    surcharge = _surcharge_of(charge)
    shares, more = split(charge.total - surcharge, terms), _split_surcharge(surcharge, terms)
    return Shares(
        shares.owner, shares.commission + more.commission, shares.vat + more.vat, shares.manager
    )


def displaced_share(charge: Charge, terms: SplitTerms) -> Shares:
    """What of commission and VAT is due to the drivers whom a late stay displaced.

    Half of the overstay surcharge, rounded down to the unit (docs/money.md). The rest
    is divided as if there were nothing else, so that VAT is owed on the rest alone.
    """
    surcharge = _surcharge_of(charge)
    half = Money(surcharge.minor // 2, surcharge.currency)
    return _split_surcharge(surcharge, terms) - _split_surcharge(surcharge - half, terms)


def displaced_transfers(
    share: Shares, reservation_ids: Sequence[ReservationId]
) -> tuple[Transfer, ...]:
    """A share of displaced drivers among them: equal parts, the first takes what remains.

    It becomes due to each by his reservation; parties that give nothing have no transfer.
    """
    part, more = divmod(share.total.minor, len(reservation_ids))
    vat_left = max(share.vat.minor, 0)
    transfers: list[Transfer] = []
    for number, reservation_id in enumerate(reservation_ids):
        minor = part + more if number == 0 else part
        from_vat = min(minor, vat_left)
        vat_left -= from_vat
        transfers += [
            Transfer(account, ledger.refund_due(reservation_id), Money(amount, share.vat.currency))
            for account, amount in ((ledger.COMMISSION, minor - from_vat), (ledger.VAT, from_vat))
            if amount
        ]
    return tuple(transfers)


def _surcharge_of(charge: Charge) -> Money:
    """The overstay surcharge of a charge, less what an attendant struck off."""
    zero = Money.zero(charge.total.currency)
    unwaived = charge.of_kind(LineKind.OVERSTAY_SURCHARGE) + charge.of_kind(LineKind.WAIVED)
    return min(max(unwaived, zero), charge.total)


def _split_surcharge(surcharge: Money, terms: SplitTerms) -> Shares:
    zero = Money.zero(surcharge.currency)
    vat_minor = half_up(surcharge.minor * terms.vat_bp, 10_000 + terms.vat_bp)
    vat = Money(vat_minor, surcharge.currency)
    return Shares(zero, surcharge - vat, vat, zero)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a charge is met: what is still due from the driver, or what goes back."""

    shares: Shares
    """What each party has of the whole charge."""
    due: Money
    refund: Money
    to_share: Shares
    """What each party gets now; after an earlier settlement only the difference."""


def settle(*, shares: Shares, settled_before: Shares, escrow: Money) -> Settlement:
    """Meets a divided charge from what was settled before and what lies in escrow.

    Promises total + refund = settled before + escrow + due, with due or refund zero. A
    charge once settled is never lowered here: a smaller one counts as the earlier one.
    """
    zero = Money.zero(escrow.currency)
    if shares.total < settled_before.total:
        shares = settled_before
    missing = shares.total - settled_before.total - escrow
    return Settlement(
        shares=shares,
        due=missing if missing > zero else zero,
        refund=-missing if missing < zero else zero,
        to_share=shares - settled_before,
    )


def share_transfers(reservation_id: ReservationId, parts: Shared) -> tuple[Transfer, ...]:
    """Escrow pays each party its share; a share below zero flows back into escrow."""
    return divided(ledger.escrow(reservation_id), parts)


def divided(pot: str, parts: Shared) -> tuple[Transfer, ...]:
    """A pot pays each party its share; a share below zero flows back into the pot.

    Parties that get nothing have no transfer. (Splitting a larger total again can take one
    minor unit from the owner, because two remainders may grow into a unit at once.) What goes
    back to a driver, or is lost to a chargeback, is a whole set of shares below zero.
    """
    shares = parts.shares
    parties = (
        *((share, ledger.owner(owner_id)) for owner_id, share in parts.owners),
        (shares.commission, ledger.COMMISSION),
        (shares.vat, ledger.VAT),
        (shares.manager, ledger.MANAGER),
    )
    receiving = [Transfer(pot, account, share) for share, account in parties if share.minor > 0]
    giving = [Transfer(account, pot, -share) for share, account in parties if share.minor < 0]
    return (*giving, *receiving)


def given_back(charge: Charge, terms: SplitTerms, *, before: Money, now: Money) -> Shares:
    """What each party has less when `now` of a charge goes back after `before` went back.

    Splits again at the new total and takes the difference (docs/money.md), the operator's
    surcharge first, as with what is struck off. All shares are below zero or nothing, but for a
    unit that two remainders may move; `divided` makes transfers of them.
    """
    assert before + now <= charge.total, "no more goes back than was charged"
    return split_charge(charge.waived(-(before + now)), terms) - split_charge(
        charge.waived(-before), terms
    )


def refund_transfers(
    reservation_id: ReservationId, refund: Money, to_account: str | None
) -> tuple[Transfer, ...]:
    """What is left in escrow is due to the driver, and paid at once where `to_account` is ours.

    None stands for a provider that must first confirm, or cash that is to be handed out: until
    then it stays in refund-due.
    """
    if not refund:
        return ()
    refund_due = ledger.refund_due(reservation_id)
    owed = Transfer(ledger.escrow(reservation_id), refund_due, refund)
    if to_account is None:
        return (owed,)
    return (owed, Transfer(refund_due, to_account, refund))
