"""What a stay owes and how escrow meets it; nothing is moved here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.money import Money, half_up
from kiosk.domain.outcomes import Bill
from kiosk.domain.settlement import settle, split
from kiosk.domain.stay import stay_charge
from kiosk.domain.tariff import Charge, ChargeLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.records import ReceiptRecord
    from db.store import Tx
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core

WAIVED = "waived"
"""The kind of the line with which an attendant strikes off what escrow does not cover."""


def bill_now(core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime) -> Bill:
    """What is owed now: the latest receipt while it still covers the stay, else a new bill.

    A driver who was settled before and did not get out still has the exit right: within 15
    minutes nothing is charged again, later only the difference (parking.md).
    """
    receipts = tx.ledger.receipts_of(reservation.id)
    if receipts and core.clock.now() <= receipts[-1].settled_at + core.site.rules.exit_right:
        return bill_of(core, tx, reservation, receipts[-1])
    bill = bill_for(core, tx, reservation, presented_at=presented_at)
    is_covered = not bill.due and not bill.refund
    if receipts and is_covered and bill.charge.total <= receipts[-1].charge.total:
        return bill_of(core, tx, reservation, receipts[-1])
    return bill


def bill_for(core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime) -> Bill:
    """What the stay costs if it was presented then, and how escrow meets it."""
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "only a car inside owes anything"
    charge = _less_waived(
        reservation,
        stay_charge(
            reservation,
            entered_at=stay.entered_at,
            presented_at=presented_at,
            rules=core.site.rules,
        ),
        tx.ledger.receipts_of(reservation.id),
    )
    currency = core.site.currency
    settled_before = tx.ledger.settled(reservation.id, currency)
    in_escrow = tx.ledger.balance(ledger.escrow(reservation.id), currency).owed
    settlement = settle(
        total=charge.total,
        settled_before=settled_before,
        escrow=in_escrow,
        terms=reservation.split_terms,
    )
    space = tx.library.space(reservation.space_id)
    return Bill(
        reservation_id=reservation.id,
        area=tx.library.area(space.area_id),
        space=space,
        plate=tx.reservations.plate_of(reservation.id),
        booked=reservation.window,
        entered_at=stay.entered_at,
        presented_at=presented_at,
        charge=charge,
        deposit=settled_before + in_escrow,
        due=settlement.due,
        refund=settlement.refund,
        shares=split(settlement.total, reservation.split_terms),
        receipt_number=None,
    )


def bill_of(core: Core, tx: Tx, reservation: Reservation, receipt: ReceiptRecord) -> Bill:
    """A settled bill, exactly as its receipt says it."""
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "only a car that was inside has a receipt"
    space = tx.library.space(reservation.space_id)
    return Bill(
        reservation_id=reservation.id,
        area=tx.library.area(space.area_id),
        space=space,
        plate=tx.reservations.plate_of(reservation.id),
        booked=reservation.window,
        entered_at=stay.entered_at,
        presented_at=receipt.presented_at,
        charge=receipt.charge,
        deposit=receipt.deposit,
        due=Money.zero(core.site.currency),
        refund=receipt.refund,
        shares=receipt.shares,
        receipt_number=receipt.number,
    )


def waived(bill: Bill, reservation: Reservation) -> Bill:
    """The bill with what escrow does not cover struck off, as a line of its own."""
    charge = _with_line(reservation, bill.charge, -bill.due)
    return replace(
        bill,
        charge=charge,
        due=Money.zero(charge.total.currency),
        shares=split(charge.total, reservation.split_terms),
    )


def _less_waived(
    reservation: Reservation, charge: Charge, receipts: Sequence[ReceiptRecord]
) -> Charge:
    """What an attendant has waived once is not asked for again."""
    if not receipts:
        return charge
    struck = Money.zero(charge.total.currency)
    for line in receipts[-1].charge.lines:
        if line.kind == WAIVED:
            struck += line.amount
    return _with_line(reservation, charge, struck) if struck else charge


def _with_line(reservation: Reservation, charge: Charge, struck: Money) -> Charge:
    total = charge.total + struck
    tax_bp = reservation.tariff.tax_bp
    tax = Money(half_up(total.minor * tax_bp, 10_000 + tax_bp), total.currency)
    line = ChargeLine(WAIVED, 1, struck)
    return Charge(charge.window, (*charge.lines, line), total, tax)
