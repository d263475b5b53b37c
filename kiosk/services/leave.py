"""The exit: the clock stops at the scan, one transaction settles and gives the exit right.

Charge, split and refund are rules of the domain; this module puts them into one commit with
the grant. The passage that ends the stay is reported by the lane (lane_control.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.records import OperationRecord, ReceiptRecord
from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money, half_up
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    LaneBusy,
    LaneOutOfOrder,
    TicketNotInside,
    TicketUsed,
)
from kiosk.domain.reservation import Event, Reservation, State
from kiosk.domain.settlement import refund_transfers, settle, share_transfers, split
from kiosk.domain.stay import stay_charge
from kiosk.domain.tariff import Charge, ChargeLine
from kiosk.services.events import SiteChanged
from kiosk.services.library import rebuild_space
from kiosk.services.paper import receipt_paper

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import GrantToken, LaneName, ReservationId
    from kiosk.services.core import Core

ExitProblem = LaneBusy | LaneOutOfOrder | TicketNotInside | TicketUsed
ExitOutcome = ExitCovered | ExitDue | ExitProblem


def present_at_exit(
    core: Core, tx: Tx, reservation: Reservation, *, lane: LaneName, presented_at: datetime
) -> ExitOutcome:
    """A genuine ticket was scanned at the exit: freeze the charge, settle, grant.

    When escrow covers, this is one local transaction and nothing waits for a network. When
    it does not, the charge stays frozen at the scan while the driver pays the rest.
    """
    problem = exit_problem(core, tx, reservation.id, lane)
    if problem is not None:
        return problem
    tx.reservations.present(reservation.id, lane=lane, at=presented_at)
    return settle_and_grant(core, tx, reservation, presented_at=presented_at, lane=lane)


def exit_problem(
    core: Core, tx: Tx, reservation_id: ReservationId, lane: LaneName
) -> ExitProblem | None:
    """Why this reservation can neither be settled nor granted an exit in this lane now."""
    stay = tx.reservations.stay(reservation_id)
    if stay is None:
        return TicketNotInside()
    if stay.left_at is not None:
        return TicketUsed(stay.left_at)
    for grant in tx.lanes.open_grants():
        # One ticket, two lanes: a copy must not let a second car out.
        if grant.reservation_id == reservation_id and grant.lane != lane:
            return TicketUsed(grant.granted_at)
    return lane_problem(core, tx, lane)


def lane_problem(core: Core, tx: Tx, lane: LaneName) -> LaneBusy | LaneOutOfOrder | None:
    """Why nothing may be settled or granted in this lane now."""
    if not core.lanes[lane].status.is_in_order:
        return LaneOutOfOrder()
    if any(grant.lane == lane for grant in tx.lanes.open_grants()):
        return LaneBusy()
    return None


def frozen_at(core: Core, tx: Tx, reservation: Reservation) -> datetime:
    """When the clock of this exit stopped: at its scan, unless that is too long ago."""
    now = core.clock.now()
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "only a car inside is presented at an exit"
    if stay.presented_at is None or now > stay.presented_at + core.site.rules.exit_right:
        return now
    return stay.presented_at


def bill_now(core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime) -> Bill:
    """What is owed now: the latest receipt while it still covers the stay, else a new bill.

    A driver who was settled before and did not get out still has the exit right: within 15
    minutes nothing is charged again, later only the difference (parking.md).
    """
    receipts = tx.ledger.receipts_of(reservation.id)
    if receipts and core.clock.now() <= receipts[-1].settled_at + core.site.rules.exit_right:
        return bill_of(core, tx, reservation, receipts[-1])
    bill = bill_for(core, tx, reservation, presented_at=presented_at)
    if receipts and not bill.due and bill.charge.total <= receipts[-1].charge.total:
        return bill_of(core, tx, reservation, receipts[-1])
    return bill


def bill_for(core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime) -> Bill:
    """What the stay costs if it was presented then, and how escrow meets it."""
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None
    charge = stay_charge(
        reservation,
        entered_at=stay.entered_at,
        presented_at=presented_at,
        rules=core.site.rules,
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
    assert stay is not None
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


def settle_and_grant(
    core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime, lane: LaneName
) -> ExitCovered | ExitDue:
    """Settle what is not settled yet and grant one passage, if escrow covers."""
    now, rules = core.clock.now(), core.site.rules
    bill = bill_now(core, tx, reservation, presented_at=presented_at)
    if bill.due:
        return ExitDue(bill)
    if bill.receipt_number is None:
        bill = settle_stay(core, tx, reservation, bill)
    settled_at = tx.ledger.receipts_of(reservation.id)[-1].settled_at
    has_right = now <= settled_at + rules.exit_right
    token = core.new_token()
    used = tx.lanes.use_ticket(reservation.id, "exit", token=token, at=now)
    assert used is None, "a settled stay that has not left holds no used exit"
    is_open = tx.lanes.open_grant(
        token=token,
        lane=lane,
        direction="exit",
        reservation_id=reservation.id,
        attendant_id=None,
        reason=None,
        at=now,
    )
    assert is_open, "the lane was asked before"
    return ExitCovered(token, bill, (settled_at if has_right else now) + rules.exit_right)


def settle_stay(core: Core, tx: Tx, reservation: Reservation, bill: Bill) -> Bill:
    """Post the settlement of a covered bill; the same bill with its receipt number."""
    assert not bill.due
    now, currency = core.clock.now(), core.site.currency
    settled_before = tx.ledger.settled(reservation.id, currency)
    number = tx.ledger.add_receipt(
        ReceiptRecord(
            reservation_id=reservation.id,
            presented_at=bill.presented_at,
            settled_at=now,
            charge=bill.charge,
            deposit=bill.deposit,
            due=bill.due,
            refund=bill.refund,
            shares=bill.shares,
        )
    )
    key = f"settlement:{number}"
    owner_id = tx.library.space(reservation.space_id).owner_id
    to_share = bill.shares - split(settled_before, reservation.split_terms)
    transfers = (
        *share_transfers(reservation.id, owner_id, to_share),
        *refund_transfers(reservation.id, bill.refund, refund_account(tx, reservation)),
    )
    if transfers:
        tx.ledger.post(Journal(key, "settlement", transfers, reservation.id), now)
    queue_refund(core, tx, reservation, bill.refund, key=f"{key}:refund")
    tx.reservations.apply(reservation.id, Event.EXIT_SETTLED)
    if reservation.state is State.ARRIVED:
        rebuild_space(core, tx, reservation.space_id)
    return replace(bill, receipt_number=number)


def waived(bill: Bill, reservation: Reservation) -> Bill:
    """The bill with what escrow does not cover struck off, as a line of its own."""
    charge = bill.charge
    line = ChargeLine("waived", 1, -bill.due)
    total = charge.total - bill.due
    tax_bp = reservation.tariff.tax_bp
    tax = Money(half_up(total.minor * tax_bp, 10_000 + tax_bp), total.currency)
    return replace(
        bill,
        charge=Charge(charge.window, (*charge.lines, line), total, tax),
        due=Money.zero(total.currency),
        shares=split(total, reservation.split_terms),
    )


def after_settlement(core: Core, outcome: ExitOutcome, *, lane: LaneName) -> None:
    """What follows a committed exit: the barrier first, then paper and screens."""
    if not isinstance(outcome, ExitCovered):
        return
    raise_arm(core, lane, outcome.token)
    core.print_paper(lane, receipt_paper(core.site, outcome.bill))
    core.publish(SiteChanged())


def raise_arm(core: Core, lane: LaneName, token: GrantToken) -> None:
    """Hand a committed grant to its barrier."""
    control = core.lanes[lane].control
    assert control is not None
    control.grant(token)


def refund_account(tx: Tx, reservation: Reservation) -> str | None:
    """The wallet that a refund goes back to at once; None when a provider paid the deposit.

    A provider's refund stays in refund-due until the provider has confirmed it.
    """
    return ledger.wallet(reservation.driver_id) if reservation.driver_id is not None else None


def queue_refund(core: Core, tx: Tx, reservation: Reservation, refund: Money, *, key: str) -> None:
    """Write the intent of a provider's refund; housekeeping sends it after this commit."""
    if not refund or reservation.driver_id is not None:
        return
    paid = [
        operation
        for operation in tx.payments.of_reservation(reservation.id)
        if operation.kind == "collect" and operation.state == "succeeded"
    ]
    write_refund_intent(core, tx, reservation, refund, adapter=paid[0].adapter, key=key)


def write_refund_intent(
    core: Core, tx: Tx, reservation: Reservation, refund: Money, *, adapter: str, key: str
) -> None:
    """Queue one refund at a provider under its own key."""
    now = core.clock.now()
    tx.payments.add_operation(
        OperationRecord(
            key=OperationKey(key),
            adapter=adapter,
            kind="refund",
            purpose="refund",
            reservation_id=reservation.id,
            amount=refund,
            state="new",
            lane=None,
            presented_at=None,
            reference=None,
            created_at=now,
            changed_at=now,
        )
    )


def refund_confirmed(reservation: Reservation, *, adapter: str, amount: Money) -> Transfer:
    """The provider has paid the refund: the debt to the driver is gone."""
    return Transfer(ledger.refund_due(reservation.id), ledger.psp(adapter), amount)
