"""What of the money a person at the desk has to look at: unanswered, uncollected, unexplained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.services import limits

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class MoneyAlarm:
    """One thing that does not end by itself."""

    what: str
    """unanswered, capture-failed or suspense."""
    about: str
    """The adapter, or the code of a debt."""
    amount: Money
    reservation_id: ReservationId | None


def money_alarms(tx: Tx) -> tuple[MoneyAlarm, ...]:
    """All of them now, the unanswered first."""
    unanswered = tuple(
        MoneyAlarm("unanswered", each.adapter, each.amount, each.reservation_id)
        for each in tx.payments.unfinished()
        if each.attempts >= limits.OUTBOX_ALARM_TRIES
    )
    failed = tuple(
        MoneyAlarm("capture-failed", each.code, each.amount, each.reservation_id)
        for each in tx.debts.open()
        if each.why == "capture-failed"
    )
    suspended = tuple(
        MoneyAlarm("suspense", each.account.partition(":")[2], each.owed, None)
        for each in tx.ledger.balances_like("suspense:")
        if each.owed
    )
    return (*unanswered, *failed, *suspended)
