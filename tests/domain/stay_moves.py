"""What the rows of "Journals, worked" (money.md) begin with: one stay, its payment, its shares."""

from __future__ import annotations

from kiosk.domain import ledger
from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.journals import paid_in
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.settlement import (
    Shared,
    Shares,
    SplitRule,
    SplitTerms,
    given_back,
    share_transfers,
)
from tests.domain.books import Moves
from tests.domain.examples import TERMS, euro, minutes

R1, OWNER = ReservationId(1), OwnerId(7)
PSP, HELD = ledger.psp("simulator"), ledger.held_by_owner(OWNER)
LARGEST = SplitTerms(1500, 1900, 1000, SplitRule.LARGEST_REMAINDER)


def paid(minor: int, *, account: str = PSP) -> Moves:
    """The driver's money in escrow."""
    return paid_in(R1, account=account, amount=euro(minor))


def settled(*shares: int) -> Moves:
    """Escrow to owner, commission, VAT and manager."""
    return share_transfers(R1, Shared.to(OWNER, Shares(*map(euro, shares))))


def back(minor: int, of: int, *, before: int = 0, terms: SplitTerms = TERMS) -> Shares:
    """What each party gives when an amount of a charge goes back."""
    charged = Charge(minutes(0, 60), (), euro(of), euro(0))
    return given_back(charged, terms, before=euro(before), now=euro(minor))
