"""What of the money does not end by itself: unanswered, refused as a refund, unexplained, missing.

Debts, disputes and chargebacks wait for somebody too: show_after.py has all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records import UNFINISHED
from kiosk.domain.ids import ReservationId
from kiosk.services import limits
from kiosk.services.held_refunds import held_of
from kiosk.services.missing import missing_cases
from kiosk.services.views import OpenCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.store import Tx

_REFUSED = frozenset({"declined", "failed"})


def money_alarms(tx: Tx) -> tuple[OpenCase, ...]:
    """All of them now, the unanswered first; `words` is the provider's name."""
    return (
        *_unanswered(tx),
        *_refused_refunds(tx),
        *suspended_cases(tx),
        *missing_cases(tx),
    )


def _unanswered(tx: Tx) -> Iterator[OpenCase]:
    for each in tx.payments.unfinished():
        if each.attempts >= limits.OUTBOX_ALARM_TRIES:
            reservation_id = each.reservation_id
            yield OpenCase(
                kind="unanswered",
                key=f"unanswered {each.key}",
                reservation_id=reservation_id,
                plate="" if reservation_id is None else tx.reservations.plate_of(reservation_id),
                at=each.created_at,
                words=each.adapter,
                amount=each.amount,
            )


def _refused_refunds(tx: Tx) -> Iterator[OpenCase]:
    """What is due to a driver and no provider is going to give back."""
    for balance in tx.ledger.balances_like("refund-due:"):
        reservation_id = ReservationId(int(balance.account.partition(":")[2]))
        owed = balance.owed - held_of(tx, reservation_id, balance.owed.currency)
        if not owed:
            continue
        asked = [
            each for each in tx.payments.of_reservation(reservation_id) if each.kind == "refund"
        ]
        refused = [each for each in asked if each.state in _REFUSED]
        if refused and not any(each.state in UNFINISHED for each in asked):
            yield OpenCase(
                kind="refund-refused",
                key=f"refund-refused {refused[-1].key}",
                reservation_id=reservation_id,
                plate=tx.reservations.plate_of(reservation_id),
                at=refused[-1].changed_at,
                words=refused[-1].adapter,
                amount=owed,
            )


def suspended_cases(tx: Tx) -> Iterator[OpenCase]:
    """What a provider has more or less than our books, and nobody has explained."""
    for each in tx.ledger.suspended():
        is_more = each.transfer.credit.startswith("suspense:")
        account = each.transfer.credit if is_more else each.transfer.debit
        yield OpenCase(
            kind="suspense-more" if is_more else "suspense-less",
            key=each.journal_key,
            reservation_id=each.reservation_id,
            plate="",
            at=each.at,
            words=account.partition(":")[2],
            amount=each.transfer.amount,
        )
