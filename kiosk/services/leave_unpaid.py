"""Lets a car out that cannot pay now: within the site's limits, with a code to pay by later.

Only where a provider has declined, is down or does not answer (docs/money.md); escrow is
shared out, and the rest is nobody's income until it is paid (debts.py).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db.records import UNFINISHED, DebtReason, DebtRecord, OperationRecord
from kiosk.domain import journals, ledger
from kiosk.domain.debt_outcomes import LeavingOffered, LeavingRefused, LeftUnpaid, MustPay
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, ExitCovered, StayNotPriced
from kiosk.services import bills, debts, leave, limits
from kiosk.services.chargebacks import meet_losses

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core
    from kiosk.services.debt_commands import LeaveUnpaid, OfferLeaving

_DAY = timedelta(hours=24)


def offer_leaving(
    core: Core, command: OfferLeaving
) -> LeavingOffered | LeavingRefused | ExitCovered | leave.ExitProblem:
    """Whether the car may leave now and pay later; a refusal is written for the desk."""
    with core.store.transaction() as tx:
        problem = leave.exit_problem(core, tx, command.reservation_id, command.lane)
        if problem is not None:
            return problem
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "it has a stay"
        bill = _bill(core, tx, reservation)
        if isinstance(bill, StayNotPriced):
            return bill
        why = _reason(core, tx, reservation, bill) if bill.due else "declined"
        if isinstance(why, MustPay):
            core.audit(
                tx,
                actor=command.actor,
                action="leaving.refused",
                detail=why.value,
                lane=command.lane,
                reservation_id=reservation.id,
            )
            return LeavingRefused(why)
    return LeavingOffered(reservation.id, bill.due, _pay_until(core))


def leave_unpaid(
    core: Core, command: LeaveUnpaid
) -> LeftUnpaid | LeavingOffered | LeavingRefused | ExitCovered | leave.ExitProblem:
    """Settle with what is in escrow, write the debt, and grant the exit: one transaction."""
    debt: DebtRecord | None = None
    with core.store.transaction() as tx:
        problem = leave.exit_problem(core, tx, command.reservation_id, command.lane)
        if problem is not None:
            return problem
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "it has a stay"
        bill = _bill(core, tx, reservation)
        if isinstance(bill, StayNotPriced):
            return bill
        if bill.due:
            why = _reason(core, tx, reservation, bill)
            if isinstance(why, MustPay):
                return LeavingRefused(why)
            if bill.due != command.agreed:
                return LeavingOffered(reservation.id, bill.due, _pay_until(core))
            debt = settle_unpaid(core, tx, reservation, bill, why=why)
            core.audit(
                tx,
                actor=command.actor,
                action="debt.made",
                detail=f"{debt.amount.minor} {why} {debt.code}",
                lane=command.lane,
                reservation_id=reservation.id,
            )
            reservation = tx.reservations.get(reservation.id)
            assert reservation is not None, "it was settled a moment ago"
        outcome = leave.settle_and_grant(
            core,
            tx,
            reservation,
            presented_at=leave.frozen_at(core, tx, reservation),
            lane=command.lane,
        )
        assert isinstance(outcome, ExitCovered), "what is due was made a debt"
    leave.after_settlement(core, outcome, lane=command.lane)
    if debt is None:
        return outcome
    return LeftUnpaid(outcome, debt.code, debt.amount, debt.pay_until)


def settle_unpaid(
    core: Core, tx: Tx, reservation: Reservation, bill: Bill, *, why: DebtReason
) -> DebtRecord:
    """Share out what is there as if it were the whole fee; the rest is owed.

    The receipt says the whole price and what of it is open.
    """
    collected = bills.waived(bill, reservation).shares
    settled = leave.settle_stay(core, tx, reservation, bill, to_parties=collected)
    assert settled.receipt_number is not None, "it was settled a moment ago"
    transfers = journals.left_unpaid(reservation.id, bill.due)
    key = f"settlement:{settled.receipt_number}"
    unpaid = Journal(f"{key}:unpaid", "unpaid", transfers, reservation.id)
    tx.ledger.post(unpaid, core.clock.now())
    debt = debts.owe(
        core, tx, reservation.id, bill.due, why=why, receipt_number=settled.receipt_number
    )
    meet_losses(core, tx, reservation, key=key)
    return debt


def _bill(core: Core, tx: Tx, reservation: Reservation) -> Bill | StayNotPriced:
    frozen_at = leave.frozen_at(core, tx, reservation)
    return bills.bill_now(core, tx, reservation, presented_at=frozen_at)


def _pay_until(core: Core) -> datetime:
    return core.clock.now() + timedelta(hours=limits.PAY_LATER_HOURS)


def _reason(core: Core, tx: Tx, reservation: Reservation, bill: Bill) -> DebtReason | MustPay:
    """Why this car may leave unpaid, by what became of its payment at the exit; or why not."""
    why = _what_became_of_it(core, tx, reservation, bill)
    if isinstance(why, MustPay):
        return why
    limit, now, due = core.site.offline, core.clock.now(), bill.due
    plate = tx.reservations.plate_of(reservation.id)
    currency = due.currency
    if why == "in-doubt" and due > Money(limit.doubt_minor, currency):
        return MustPay.DOUBT_LIMIT
    if not plate:
        return MustPay.PLATE_UNKNOWN
    vehicle_id = tx.reservations.vehicle_id_for(plate)
    if due > Money(limit.per_stay_minor, currency):
        return MustPay.STAY_LIMIT
    if tx.debts.open_of_vehicle(vehicle_id, currency) + due > Money(
        limit.per_plate_minor, currency
    ):
        return MustPay.PLATE_LIMIT
    if tx.debts.left_since(now - _DAY, currency) + due > Money(limit.per_site_day_minor, currency):
        return MustPay.SITE_LIMIT
    return why


def _what_became_of_it(
    core: Core, tx: Tx, reservation: Reservation, bill: Bill
) -> DebtReason | MustPay:
    """The newest payment of what is due at this exit decides."""
    now = core.clock.now()
    tried = [
        each
        for each in tx.payments.of_reservation(reservation.id)
        if each.purpose == "due" and each.created_at >= bill.presented_at
    ]
    if not tried:
        return MustPay.NOT_TRIED
    newest = max(tried, key=_newness)
    match newest.state:
        case "declined":
            return "declined"
        case "failed":
            return "unreachable"
        case "succeeded":  # and there is something due all the same
            if tx.ledger.has_journal(f"{newest.key}:back"):  # it came when nobody waited for it
                return "in-doubt"
            return "declined" if _brought(tx, newest) < newest.amount else MustPay.NOT_TRIED
    if now < newest.created_at + timedelta(seconds=limits.PAY_DOUBT_S):
        return MustPay.STILL_ASKED
    return "in-doubt"


def _newness(operation: OperationRecord) -> tuple[datetime, bool, datetime]:
    """The times are whole seconds: who has no answer yet was asked after who has one."""
    return operation.created_at, operation.state in UNFINISHED, operation.changed_at


def _brought(tx: Tx, operation: OperationRecord) -> Money:
    """How much a payment has brought: of what was asked, a provider may pay a part alone."""
    posted = tx.ledger.transfers_of_journal(operation.key)
    into_escrow = (each.amount for each in posted if ledger.kind_of(each.credit).name == "escrow")
    return sum(into_escrow, Money.zero(operation.amount.currency))
