"""What our books have done and a provider does not know: kept open until it is reported after all.

How somebody explains one stands in suspense.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import OperationKey
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import SiteChanged
from kiosk.services.views import OpenCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.records import OperationRecord
    from db.store import Tx
    from kiosk.services.core import Core

_PREFIX = "missing "


def note_missing(core: Core, operation: OperationRecord) -> None:
    """Neither a report nor the provider, asked again, has it: the desk is told, once."""
    with core.store.transaction() as tx:
        if tx.missing.add(OperationKey(operation.key), at=core.clock.now()):
            core.audit(
                tx,
                actor=Actor(ActorKind.DEVICE, operation.adapter),
                action="report.missing",
                detail=f"{operation.kind} {operation.key} {operation.amount.minor}",
                reservation_id=operation.reservation_id,
            )
    core.publish(SiteChanged())


def note_reported(core: Core, tx: Tx, operation: OperationRecord) -> bool:
    """A report has it; False when somebody has explained before that it never will."""
    key = OperationKey(operation.key)
    tx.missing.end(key, how="reported", at=core.clock.now())
    return tx.missing.end_of(key) != "explained"


def missing_cases(tx: Tx) -> Iterator[OpenCase]:
    """Each that nobody has explained and no report has had yet, oldest first."""
    for key, at in tx.missing.open():
        operation = tx.payments.operation(key)
        assert operation is not None, "the schema refers to it"
        reservation_id = operation.reservation_id
        yield OpenCase(
            kind="missing-refund" if operation.kind == "refund" else "missing",
            key=f"{_PREFIX}{key}",
            reservation_id=reservation_id,
            plate="" if reservation_id is None else tx.reservations.plate_of(reservation_id),
            at=at,
            words=operation.adapter,
            amount=operation.amount,
        )


def operation_of(tx: Tx, case: OpenCase) -> OperationRecord:
    """The operation of one of these."""
    operation = tx.payments.operation(OperationKey(case.key.removeprefix(_PREFIX)))
    assert operation is not None, "its case is open"
    return operation
