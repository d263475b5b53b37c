"""Shops validate stays: at the desk, or by a voucher that a driver has scanned at the exit.

A voucher is good once: using it and what it gives are written in one transaction. What it is
worth stands in validated.py.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered, ExitDue, NotSignedIn
from kiosk.domain.payer_outcomes import (
    ShopUnknown,
    Validated,
    ValidationImpossible,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.domain.reservation import State
from kiosk.services import bills, leave
from kiosk.services.events import SiteChanged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from db.shops import VoucherRecord
    from db.store import Tx
    from kiosk.domain.ids import ShopId
    from kiosk.domain.outcomes import TicketProblem
    from kiosk.domain.validation import Given
    from kiosk.services.core import Core
    from kiosk.services.payer_commands import UseVoucher, ValidateStay, VoucherProblem

VOUCHER_PREFIX = "V1/"
"""How the code of a voucher begins when it is scanned."""
VOUCHER_LENGTH = 16
"""Signs of a voucher's code: 79 bits, which nobody finds by trying."""


def validate_stay(
    core: Core, command: ValidateStay
) -> Validated | ValidationImpossible | ShopUnknown | NotSignedIn:
    """Write what a shop gives to a car that is inside; it counts from now on."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
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
        tx.shops.validate(
            reservation.id,
            shop_id=voucher.shop_id,
            given=voucher.given,
            at=core.clock.now(),
            voucher_id=voucher.id,
        )
        core.audit(
            tx,
            actor=command.actor,
            action="voucher.used",
            detail=str(voucher.id),
            lane=command.lane,
            reservation_id=reservation.id,
        )
        outcome = leave.settle_and_grant(
            core,
            tx,
            reservation,
            presented_at=leave.frozen_at(core, tx, reservation),
            lane=command.lane,
        )
    leave.after_settlement(core, outcome, lane=command.lane)
    return outcome


def good_voucher(core: Core, tx: Tx, text: str) -> VoucherRecord | VoucherProblem:
    """The voucher with this code, if it can still be used."""
    voucher = tx.shops.voucher(code_hash(text))
    if voucher is None:
        return VoucherUnknown()
    if voucher.is_used:
        return VoucherUsed()
    if voucher.expires_at <= core.clock.now():
        return VoucherExpired(voucher.expires_at)
    return voucher


def make_vouchers(
    core: Core,
    tx: Tx,
    shop_id: ShopId | None,
    *,
    given: Given,
    codes: Iterable[str],
    expires_at: datetime,
) -> None:
    """New vouchers with these codes, each good once; only the hashes of the codes are kept."""
    for code in codes:
        tx.shops.add_voucher(
            shop_id,
            code_hash=code_hash(code),
            given=given,
            made_at=core.clock.now(),
            expires_at=expires_at,
        )


def code_hash(text: str) -> str:
    """What is stored of a voucher's code, however it was typed or scanned."""
    plain = "".join(text.split()).removeprefix(VOUCHER_PREFIX).lower()
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
