"""Takes over from the site file who supplies parking, and says who does for a reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.settlement import Party
from kiosk.services.commands import Actor, ActorKind

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.payee import PayeePlan, Supplier
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core

_SITE_FILE = Actor(ActorKind.CLOCK, "site file")


def sync_payees(core: Core, plan: PayeePlan) -> bool:
    """Take over whom receipts and payouts name from now on; False when it was these already.

    For the start of a site. Receipts keep whom they named. An owner of the site file who shares
    nothing at this site (none was founded) is passed over.
    """
    changed: list[str] = []
    now = core.clock.now()
    with core.store.transaction() as tx:
        if tx.payees.put(plan.operator, owner_id=None, at=now):
            changed.append("operator")
        for name, payee in plan.owners.items():
            owner_id = tx.library.owner_named(name)
            if owner_id is not None and tx.payees.put(payee, owner_id=owner_id, at=now):
                changed.append(f"owner {owner_id}")
        if changed:
            core.audit(tx, actor=_SITE_FILE, action="payees.changed", detail=", ".join(changed))
    return bool(changed)


def supplier_of(tx: Tx, reservation: Reservation) -> Supplier | None:
    """Who supplies the parking of a reservation by its frozen terms, as they are named now."""
    is_operator = reservation.split_terms.supplier is Party.OPERATOR
    owner_id = None if is_operator else tx.library.space(reservation.space_id).owner_id
    return tx.payees.supplier(owner_id)
