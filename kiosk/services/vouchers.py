"""Vouchers of shops and of the operator: made, believed, and used once.

One that is scanned before its ticket waits in the lane for it; what it is worth stands in
validated.py.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain.payer_outcomes import VoucherExpired, VoucherUnknown, VoucherUsed
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from db.shops import VoucherRecord
    from db.store import Tx
    from kiosk.domain.ids import LaneName, ReservationId, ShopId
    from kiosk.domain.validation import Given
    from kiosk.services.core import Core

VOUCHER_PREFIX = "V1/"
"""How the code of a voucher begins when it is scanned."""
VOUCHER_LENGTH = 16
"""Signs of a voucher's code: 79 bits, which nobody finds by trying."""
_WAITS = timedelta(seconds=limits.VOUCHER_WAITS_S)


def use_waiting_voucher(
    core: Core, tx: Tx, reservation_id: ReservationId, *, lane: LaneName
) -> None:
    """Use what waits in this lane for the ticket that came now, if it is still good."""
    waiting, core.lanes[lane].voucher = core.lanes[lane].voucher, None
    if waiting is None or core.clock.now() > waiting.at + _WAITS:
        return
    found = good_voucher(core, tx, waiting.code)
    if not isinstance(found, VoucherUnknown | VoucherUsed | VoucherExpired):
        actor = Actor(ActorKind.DEVICE, lane)
        write_use(core, tx, found, reservation_id, actor=actor, lane=lane)


def write_use(
    core: Core,
    tx: Tx,
    voucher: VoucherRecord,
    reservation_id: ReservationId,
    *,
    actor: Actor,
    lane: LaneName,
) -> None:
    """The voucher is used by this stay: from now on it is good for no other."""
    tx.shops.validate(
        reservation_id,
        shop_id=voucher.shop_id,
        given=voucher.given,
        at=core.clock.now(),
        voucher_id=voucher.id,
    )
    core.audit(
        tx,
        actor=actor,
        action="voucher.used",
        detail=str(voucher.id),
        lane=lane,
        reservation_id=reservation_id,
    )


def good_voucher(
    core: Core, tx: Tx, text: str
) -> VoucherRecord | VoucherUnknown | VoucherUsed | VoucherExpired:
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
