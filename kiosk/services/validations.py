"""Shops validate stays: at the desk, or by a voucher that a driver has scanned at the exit.

A voucher is good once: using it and what it gives are written in one transaction. What it is
worth stands in validated.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.money import Money
from kiosk.domain.outcomes import AmountRefused, ExitCovered, ExitDue, NotSignedIn
from kiosk.domain.payer_outcomes import (
    ShopUnknown,
    Validated,
    ValidationImpossible,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.domain.reservation import State
from kiosk.services import bills, leave, limits
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.core import ScannedVoucher
from kiosk.services.events import SiteChanged, TicketPresented, VoucherPresented
from kiosk.services.payer_commands import UseVoucher
from kiosk.services.vouchers import good_voucher, write_use

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import LaneName
    from kiosk.domain.outcomes import TicketProblem
    from kiosk.services.core import Core
    from kiosk.services.payer_commands import ValidateStay, VoucherProblem


def validate_stay(
    core: Core, command: ValidateStay
) -> Validated | ValidationImpossible | ShopUnknown | AmountRefused | NotSignedIn:
    """Write what a shop gives to a car that is inside; it counts from now on."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if command.given.value > limits.AMOUNT_MOST:
        return AmountRefused(Money(limits.AMOUNT_MOST, core.site.currency))
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        if reservation is None or reservation.state is not State.ARRIVED:
            return ValidationImpossible()
        if command.shop_id is not None and not tx.shops.shop(command.shop_id).is_active:
            return ShopUnknown()
        now = core.clock.now()
        tx.shops.validate(reservation.id, shop_id=command.shop_id, given=command.given, at=now)
        core.audit(
            tx,
            actor=command.actor,
            action="stay.validated",
            detail=f"{command.shop_id or 0} {command.given.kind.value} {command.given.value}",
            reservation_id=reservation.id,
        )
        presented_at = leave.frozen_at(core, tx, reservation)
        bill, _ = bills.bill_at_desk(core, tx, reservation, presented_at=presented_at)
    core.publish(SiteChanged())
    zero = Money.zero(core.site.currency)
    return Validated(bill, bill.validated[-1].worth if bill.validated else zero)


def present_voucher(core: Core, lane: LaneName, text: str, *, at: datetime) -> None:
    """A voucher was scanned at an exit: it pays at once what is due there, or waits for a ticket.

    A bad one counts as a bad try.
    """
    here = core.lanes[lane]
    with core.store.reading() as tx:
        found = good_voucher(core, tx, text)
    if isinstance(found, VoucherUnknown | VoucherUsed | VoucherExpired):
        here.scanned.note_bad(at)
        core.publish(VoucherPresented(lane, found))
        return
    if here.asked is not None:
        actor = Actor(ActorKind.DEVICE, lane)
        outcome = use_voucher(
            core, UseVoucher(actor=actor, lane=lane, reservation_id=here.asked, code=text)
        )
        if isinstance(outcome, ExitCovered | ExitDue):
            core.publish(TicketPresented(lane, outcome))
            return
    here.voucher = ScannedVoucher(text, at)
    core.publish(VoucherPresented(lane, None))


def use_voucher(
    core: Core, command: UseVoucher
) -> ExitCovered | ExitDue | VoucherProblem | TicketProblem:
    """Take what the voucher gives off what is due, and open when nothing is left.

    A bad code counts as a bad try at this lane.
    """
    lane = core.lanes[command.lane]
    with core.store.transaction() as tx:
        problem = leave.exit_problem(core, tx, command.reservation_id, command.lane)
        if problem is not None:
            return problem
        voucher = good_voucher(core, tx, command.code)
        if isinstance(voucher, VoucherUnknown | VoucherUsed | VoucherExpired):
            if isinstance(voucher, VoucherUnknown):
                lane.scanned.note_bad(core.clock.now())
            return voucher
        reservation = tx.reservations.get(command.reservation_id)
        assert reservation is not None, "it has a stay"
        write_use(core, tx, voucher, reservation.id, actor=command.actor, lane=command.lane)
        outcome = leave.settle_and_grant(
            core,
            tx,
            reservation,
            presented_at=leave.frozen_at(core, tx, reservation),
            lane=command.lane,
        )
    is_due = isinstance(outcome, ExitDue)
    lane.ask(command.reservation_id if is_due else None, core.clock.now())
    leave.after_settlement(core, outcome, lane=command.lane)
    return outcome
