"""What the desk sees of money after a settlement: what is open at the site, and of one stay.

Refunds, disputes, chargebacks and debts themselves stand in modules of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.services.money_alarms import money_alarms
from kiosk.services.refund_stay import most_refund
from kiosk.services.views import AfterMoney, OpenCase

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core


def open_cases(tx: Tx) -> tuple[OpenCase, ...]:
    """Every dispute and chargeback that waits to be decided, every open debt, every alarm."""
    plate_of = tx.reservations.plate_of
    disputes = (
        OpenCase(
            kind="dispute",
            key=f"dispute {each.id}",
            reservation_id=each.reservation_id,
            plate=plate_of(each.reservation_id),
            at=each.opened_at,
            words=each.words,
        )
        for each in tx.disputes.all_open()
    )
    chargebacks = (
        OpenCase(
            kind="chargeback",
            key=f"chargeback {each.id}",
            reservation_id=each.reservation_id,
            plate=plate_of(each.reservation_id),
            at=each.opened_at,
            amount=each.amount,
            until=each.answer_by,
        )
        for each in tx.disputes.open_chargebacks()
    )
    debts = (
        OpenCase(
            kind="capture-failed" if each.why == "capture-failed" else "debt",
            key=f"debt {each.code}",
            reservation_id=each.reservation_id,
            plate=plate_of(each.reservation_id),
            at=each.made_at,
            amount=each.amount,
            until=each.pay_until,
        )
        for each in tx.debts.open()
    )
    return (*disputes, *chargebacks, *debts, *money_alarms(tx))


def after_money(core: Core, tx: Tx, reservation_id: ReservationId) -> AfterMoney:
    """What can still be given back of one stay, what was given back, and what is open of it."""
    return AfterMoney(
        most_refund=most_refund(core, tx, reservation_id),
        disputes=tx.disputes.of_reservation(reservation_id),
        chargebacks=tx.disputes.chargebacks_of(reservation_id),
        debts=tuple((each.code, each.amount) for each in tx.debts.open_of(reservation_id)),
        corrections=tx.disputes.corrections_of(reservation_id),
    )
