"""What a reservation has cost up to now after all corrections, and who has how much of it.

What is given back of it later is decided in refund_stay.py and chargebacks.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.disputes import Cause
from kiosk.domain.money import Money
from kiosk.domain.owners_part import shared_back, shared_on
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.settlement import Shares, given_back
from kiosk.services.owners import owner_at, owners_of

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import OwnerId, ReservationId
    from kiosk.domain.owners_part import OwnersPart
    from kiosk.domain.settlement import Shared, SplitTerms
    from kiosk.services.core import Core


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a reservation has cost up to now, and who has how much of it."""

    charge: Charge
    """As it was settled."""
    corrected: Money
    """What the parties have given back of it since."""
    uncollected: Money
    """What nobody has paid of it: left open, or given up since."""
    receipt_number: int | None
    """None where a fee was kept without a stay, or nothing was settled."""
    terms: SplitTerms
    owners: tuple[OwnersPart, ...]
    """Who of the owners has how much of it."""
    owner_id: OwnerId
    """Whose space it was that the receipt is of."""

    @property
    def total_now(self) -> Money:
        """What it costs after all corrections."""
        return self.charge.total - self.corrected

    def back(self, amount: Money) -> Shares:
        """What each party has less when so much of what was paid is given back: under zero."""
        before = self.corrected + self.uncollected
        return given_back(self.charge, self.terms, before=before, now=amount)

    def given(self, amount: Money) -> Shared:
        """The same, of each owner; what is below zero they have again of what they gave."""
        return shared_back(self.owners, self.back(amount), of_now=self.owner_id)

    def paid_later(self, amount: Money) -> Shared:
        """What each party gets when so much is paid of what the receipt left open."""
        return shared_on(self.owners, self.back(-amount), of_now=self.owner_id)

    def receipt_back(self, amount: Money) -> Shares:
        """What each has less by the receipts, which count what is still to be paid."""
        return given_back(self.charge, self.terms, before=self.corrected, now=amount)

    def tax_of(self, amount: Money) -> Money:
        """The tax inside the parking fee that goes back with so much."""
        before = self.charge.waived(-self.corrected)
        return before.tax - self.charge.waived(-(self.corrected + amount)).tax


def standing(core: Core, tx: Tx, reservation_id: ReservationId) -> Standing:
    """What was settled of a reservation: its latest receipt, or a fee that was kept."""
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None, "only what is listed is refunded"
    receipts, zero = tx.ledger.receipts_of(reservation_id), Money.zero(core.site.currency)
    if receipts:
        charge, corrected = receipts[-1].charge, tx.ledger.corrected(receipts[-1])
        assert receipts[-1].number is not None, "a receipt that was written has its number"
        uncollected = tx.debts.uncollected(reservation_id, receipts[-1].number, zero.currency)
    else:
        kept = sum(_kept(tx, reservation_id), zero)
        charge, uncollected = Charge(reservation.window, (), kept, zero), zero
        corrected = sum(
            (
                each.total
                for each in tx.disputes.corrections_of(reservation_id)
                if each.cause is not Cause.GOODWILL
            ),
            zero,
        )
    return Standing(
        charge=charge,
        corrected=corrected,
        uncollected=uncollected,
        receipt_number=receipts[-1].number if receipts else None,
        terms=reservation.split_terms,
        owners=owners_of(tx, reservation_id),
        owner_id=owner_at(tx, reservation, receipts[-1].settled_at if receipts else None),
    )


def _kept(tx: Tx, reservation_id: ReservationId) -> tuple[Money, ...]:
    """What parties got out of escrow without a receipt: for not coming, or cancelling late."""
    escrow, due = ledger.escrow(reservation_id), ledger.refund_due(reservation_id)
    moved = (row.transfer for row in tx.ledger.transfers_of(reservation_id))
    return tuple(each.amount for each in moved if each.debit == escrow and each.credit != due)
