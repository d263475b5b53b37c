"""The exit: the clock stops at the scan, one transaction settles and gives the exit right.

Charge, split and refund are rules of the domain; this module puts them into one commit with
the grant. The passage that ends the stay is reported by the lane (lane_control.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.records import ReceiptRecord
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    StayNotPriced,
    TicketNotInside,
    TicketUsed,
)
from kiosk.domain.reservation import Event, Reservation, State
from kiosk.domain.settlement import Shares, share_transfers
from kiosk.services import bills
from kiosk.services.authorisations import post_authorised
from kiosk.services.chargebacks import meet_losses
from kiosk.services.displace import share_surcharge
from kiosk.services.events import SiteChanged
from kiosk.services.grants import lane_problem, raise_arm
from kiosk.services.owners import shared_at
from kiosk.services.paper import receipt_paper
from kiosk.services.passing_on import passed_on
from kiosk.services.payers import authorised_to_post, payers_refunds
from kiosk.services.refunds import parts_transfers, queue_refunds, refund_parts
from kiosk.services.terms import terms_of
from kiosk.services.validated import post_validations
from kiosk.services.vouchers import use_waiting_voucher

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import LaneName, ReservationId
    from kiosk.domain.ledger import Transfer
    from kiosk.services.core import Core

ExitProblem = (
    LaneBusy | LaneOutOfOrder | NoCarInLane | TicketNotInside | TicketUsed | StayNotPriced
)
ExitOutcome = ExitCovered | ExitDue | ExitProblem


def present_at_exit(
    core: Core, tx: Tx, reservation: Reservation, *, lane: LaneName, presented_at: datetime
) -> ExitOutcome:
    """A genuine ticket was scanned at the exit: freeze the charge, settle, grant.

    When escrow covers, this is one local transaction and nothing waits for a network. When
    it does not, the charge stays frozen at the scan while the driver pays the rest. The clock
    stops even when the lane cannot open.
    """
    problem = _ticket_problem(tx, reservation.id, lane)
    if problem is not None:
        return problem
    presented_at = _stop_clock(core, tx, reservation, lane=lane, presented_at=presented_at)
    lane_is = lane_problem(core, tx, lane)
    if lane_is is not None:
        return lane_is
    if reservation.state is State.ARRIVED:
        use_waiting_voucher(core, tx, reservation.id, lane=lane)
    outcome = settle_and_grant(core, tx, reservation, presented_at=presented_at, lane=lane)
    is_due = isinstance(outcome, ExitDue)
    core.lanes[lane].ask(reservation.id if is_due else None, core.clock.now())
    return outcome


def exit_problem(
    core: Core, tx: Tx, reservation_id: ReservationId, lane: LaneName
) -> ExitProblem | None:
    """Why this reservation can neither be settled nor granted an exit in this lane now."""
    return _ticket_problem(tx, reservation_id, lane) or lane_problem(core, tx, lane)


def _ticket_problem(
    tx: Tx, reservation_id: ReservationId, lane: LaneName
) -> TicketNotInside | TicketUsed | None:
    stay, reservation = tx.reservations.stay(reservation_id), tx.reservations.get(reservation_id)
    if stay is None or (reservation is not None and reservation.state is State.CONFIRMED):
        return TicketNotInside()  # never in, or let in again and not seen to pass
    if stay.left_at is not None:
        return TicketUsed(stay.left_at)
    for grant in tx.lanes.open_grants():
        # One ticket, two lanes: a copy must not let a second car out.
        if grant.reservation_id == reservation_id and grant.lane != lane:
            return TicketUsed(grant.granted_at)
    return None


def _stop_clock(
    core: Core, tx: Tx, reservation: Reservation, *, lane: LaneName, presented_at: datetime
) -> datetime:
    """When the clock of this exit stopped: at its first scan, unless that is too long ago."""
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "only a car inside is presented at an exit"
    first = stay.presented_at
    if first is not None and presented_at <= first + core.site.rules.exit_right:
        return first
    tx.reservations.present(reservation.id, lane=lane, at=presented_at)
    return presented_at


def frozen_at(core: Core, tx: Tx, reservation: Reservation) -> datetime:
    """When the clock of this exit stopped: at its scan, unless that is too long ago."""
    now = core.clock.now()
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "only a car inside is presented at an exit"
    if stay.presented_at is None or now > stay.presented_at + core.site.rules.exit_right:
        return now
    return stay.presented_at


def settle_and_grant(
    core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime, lane: LaneName
) -> ExitCovered | ExitDue | StayNotPriced:
    """Settle what is not settled yet and grant one passage, if escrow covers."""
    now, rules = core.clock.now(), core.site.rules
    bill = bills.bill_now(core, tx, reservation, presented_at=presented_at)
    if isinstance(bill, StayNotPriced):
        return bill
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


def settle_stay(
    core: Core, tx: Tx, reservation: Reservation, bill: Bill, *, to_parties: Shares | None = None
) -> Bill:
    """Post the settlement of a covered bill; the same bill with its receipt number.

    With `to_parties` what is due stays open (leave_unpaid.py, which goes on): so much is shared
    out now.
    """
    assert to_parties is not None or not bill.due, "what is due is paid or waived first"
    now, currency = core.clock.now(), core.site.currency
    settled_before = tx.ledger.settled(reservation.id, currency)
    number = tx.ledger.add_receipt(
        ReceiptRecord(
            reservation_id=reservation.id,
            presented_at=bill.presented_at,
            settled_at=now,
            facts=bill.facts,
            free_consideration=bill.free_consideration,
            charge=bill.charge,
            deposit=bill.deposit,
            due=bill.due,
            refund=bill.refund,
            shares=bill.shares,
            supplier=bill.supplier,
        )
    )
    post_validations(core, tx, reservation.id, bill.validated)
    tx.audit.note_terms(reservation.id, of=terms_of(tx, reservation).id, at=now)
    key = f"settlement:{number}"
    to_share = (to_parties or bill.shares) - settled_before
    zero = Money.zero(currency)
    need = max(to_share.total - bills.in_escrow(core, tx, reservation.id), zero)
    if bill.payers:
        of = authorised_to_post(core, tx, reservation.id, bill.payers)
        need = sum(of.values(), zero)
        post_authorised(core, tx, reservation.id, need, key=key, of=of)
        parts = payers_refunds(core, tx, reservation.id, bill.payers)
        tx.payer_turns.note_parts(number, bill.payers, at=now)
    else:
        post_authorised(core, tx, reservation.id, need, key=key)
        rest = bills.in_escrow(core, tx, reservation.id) - to_share.total
        parts = refund_parts(tx, reservation.id, rest)
    transfers: tuple[Transfer, ...] = (
        *share_transfers(reservation.id, shared_at(tx, reservation, to_share)),
        *parts_transfers(reservation.id, parts),
    )
    transfers += passed_on(tx, reservation, transfers, back=parts)
    if transfers:
        tx.ledger.post(Journal(key, "settlement", transfers, reservation.id), now)
    queue_refunds(core, tx, reservation.id, parts, key=key)
    tx.reservations.apply(reservation.id, Event.EXIT_SETTLED)
    if to_parties is None:
        share_surcharge(core, tx, reservation)
        meet_losses(core, tx, reservation, key=key)
    return replace(bill, receipt_number=number)


def after_settlement(core: Core, outcome: ExitOutcome, *, lane: LaneName) -> None:
    """What follows a committed exit: the barrier first, then paper and screens."""
    if not isinstance(outcome, ExitCovered):
        return
    raise_arm(core, lane, outcome.token)
    core.print_paper(lane, receipt_paper(core.site, outcome.bill))
    core.publish(SiteChanged())
