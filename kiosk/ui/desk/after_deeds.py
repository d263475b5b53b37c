"""Which deeds make sense for a stay's money after it was settled, and what is typed for each."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.disputes import ChargebackState, DisputeState
from kiosk.domain.ids import ReservationId
from kiosk.domain.money import Money
from kiosk.services.views import AfterMoney, StayMoney

GIVING = frozenset({"give-back", "uphold"})
"""Deeds by which an amount goes back."""
PROVEN = GIVING | {"refuse"}
"""Deeds that want the PIN again."""
TYPED = frozenset({"give-back", "dispute", "uphold", "refuse", "chargeback", "debt-give-up"})
"""Deeds with a line of words: a reason, or the provider's name of the case."""
_PROVIDER = "psp:"


def deeds_of(money: StayMoney) -> tuple[str, ...]:
    """What makes sense for this stay now."""
    after, deeds = money.after, []
    if after is None:
        return ()
    if after.most_refund.minor > 0:
        deeds.append("give-back")
    is_open = any(each.state is DisputeState.OPEN for each in after.disputes)
    if is_open:
        deeds += ["uphold", "refuse"]
    elif any(row.credit.startswith("escrow:") for row in money.transfers):
        deeds.append("dispute")
    if after.chargebacks:
        state = after.chargebacks[-1].state
        deeds += ["lost"] if state is not ChargebackState.LOST else []
        deeds += ["won"] if state is not ChargebackState.WON else []
    if adapter_of(money):
        deeds.append("chargeback")
    if after.debts:
        deeds += ["debt-cash", "debt-give-up"]
    return tuple(deeds)


@dataclass(frozen=True, slots=True)
class AfterState:
    """What is about to be done; nothing while `deed` is empty."""

    deed: str = ""
    """give-back, dispute, uphold, refuse, chargeback, lost, won, debt-cash, debt-give-up; given
    once something was given back"""
    stay: ReservationId | None = None
    plate: str = ""
    most: Money | None = None
    """So much can be given back, was disputed, or is owed."""
    amount: str = ""
    fee: str = ""
    days: str = ""
    """So many days a provider waits for our evidence."""
    reason: str = ""
    choice: str = ""
    """could-not-park or charges; parties or operator"""
    note: str = ""
    """The number of the corrective receipt, once something was given back."""
    in_cash: str = ""
    """What of it the driver gets from the till."""
    is_waiting: bool = False
    problem: str = ""
    limit: str = ""
    """What belongs to the problem: an amount, an instant."""


def most_of(deed: str, after: AfterMoney) -> Money | None:
    """The amount that the card of a deed begins with."""
    if deed in GIVING:
        return after.most_refund
    if deed in {"lost", "won"}:
        return after.chargebacks[-1].amount
    return after.debts[0][1] if deed.startswith("debt") else None


def adapter_of(money: StayMoney) -> str:
    """The provider that has collected for a stay last; empty for none."""
    paid = [
        row.debit.removeprefix(_PROVIDER)
        for row in money.transfers
        if row.debit.startswith(_PROVIDER) and row.credit.startswith("escrow:")
    ]
    return paid[-1] if paid else ""
