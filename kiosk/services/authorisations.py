"""Deposits that are authorised and not taken: counted like escrow, posted when a stay costs them.

They stand outside the books until they are posted (docs/money.md). A provider is asked to
capture or release after the commit, by the outbox (providers.py); a fleet's account needs nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.records import AuthorisationRecord, OperationKind, OperationRecord
from kiosk.domain.ids import OperationKey
from kiosk.domain.journals import paid_in
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core

_CLOCK = Actor(ActorKind.CLOCK, "authorisations")


def authorised(core: Core, tx: Tx, reservation_id: ReservationId) -> Money:
    """What can still be taken for this reservation, beside what lies in escrow."""
    amounts = (each.amount for each in _alive(core, tx, reservation_id))
    return sum(amounts, Money.zero(core.site.currency))


def post_authorised(
    core: Core,
    tx: Tx,
    reservation_id: ReservationId,
    need: Money,
    *,
    key: str,
    of: Mapping[int, Money] | None = None,
) -> tuple[Transfer, ...]:
    """End all that is authorised: so much of it as is needed goes into escrow, oldest first.

    Each is posted by a journal of its own, named as its capture is, before the settlement that
    needs it; the transfers are told to the caller, who does not post them again. The rest is let
    go. `key` names the event ("settlement:7"), once. Where several drivers pay, `of` says how
    much of it each authorisation is to give, by its id.
    """
    now = core.clock.now()
    posted: list[Transfer] = []
    none = Money.zero(need.currency)
    for number, held in enumerate(_held(core, tx, reservation_id), start=1):
        taken = none
        for each in held.parts:
            part = min(each.amount, need if of is None else of.get(each.id, none))
            need -= part
            taken += part
            if part:
                tx.authorisations.end(each.id, how="posted", posted=part, at=now)
            else:
                tx.authorisations.end(each.id, how="voided", at=now)
        if taken:
            transfers = paid_in(reservation_id, account=held.account, amount=taken)
            name = OperationKey(f"{key}:capture:{number}")
            tx.ledger.post(Journal(name, "capture", transfers, reservation_id), now)
            posted += transfers
            first = held.parts[0].id
            tx.payer_turns.note_posted(
                reservation_id, authorisation_id=first, payment=name, at=now
            )
            queue(core, tx, held, kind="capture", amount=taken, key=name)
        else:
            name = OperationKey(f"{key}:release:{number}")
            queue(core, tx, held, kind="release", amount=held.amount, key=name)
    assert not need, "more is asked for than was authorised"
    return tuple(posted)


def let_go(core: Core, tx: Tx, reservation_id: ReservationId, *, key: str) -> Money:
    """End all that is authorised without taking any of it; how much that was."""
    amount = authorised(core, tx, reservation_id)
    post_authorised(core, tx, reservation_id, Money.zero(core.site.currency), key=key)
    return amount


def let_one_go(core: Core, tx: Tx, operation: OperationRecord) -> None:
    """What an operation has just brought is not wanted any more.

    An increase is let go by its provider with what it has increased.
    """
    assert operation.reservation_id is not None, "a deposit is for a reservation"
    for each in tx.authorisations.open_of(operation.reservation_id):
        if each.operation_key == operation.key:
            tx.authorisations.end(each.id, how="voided", at=core.clock.now())
            held = Held(each.reservation_id, each.account, operation, (each,))
            if operation.kind == "authorise":
                name = OperationKey(f"{operation.key}:back")
                queue(core, tx, held, kind="release", amount=each.amount, key=name)


def release_after(core: Core, tx: Tx, capture: OperationRecord) -> None:
    """A capture was refused: what is still kept is let go, or the card would stay blocked."""
    assert capture.reservation_id is not None, "a stay was settled by it"
    parts: list[AuthorisationRecord] = []
    for each in tx.authorisations.all_of(capture.reservation_id):
        root = _root(tx, each.operation_key)
        if root is not None and root.key == capture.original:
            parts.append(each)
    if parts:
        root = _root(tx, parts[0].operation_key)
        held = Held(capture.reservation_id, parts[0].account, root, tuple(parts))
        name = OperationKey(f"{capture.key}:release")
        queue(core, tx, held, kind="release", amount=held.amount, key=name)


def expire(core: Core, tx: Tx, record: AuthorisationRecord) -> None:
    """Its time is over: it covers nothing any more, and what it stood for is due at the exit."""
    tx.authorisations.end(record.id, how="expired", at=core.clock.now())
    core.audit(
        tx,
        actor=_CLOCK,
        action="authorisation.expired",
        detail=str(record.amount.minor),
        reservation_id=record.reservation_id,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What a provider keeps for us under one number of its own, or a fleet under each of ours."""

    reservation_id: ReservationId
    account: str
    operation: OperationRecord | None
    """The one that was authorised first; increases belong to it."""
    parts: tuple[AuthorisationRecord, ...]

    @property
    def amount(self) -> Money:
        """All of it."""
        amounts = (each.amount for each in self.parts)
        return sum(amounts, Money.zero(self.parts[0].amount.currency))


def queue(
    core: Core, tx: Tx, held: Held, *, kind: OperationKind, amount: Money, key: OperationKey
) -> None:
    """Write the intent to capture or release at the provider; nothing where there is none."""
    if held.operation is None:
        return
    now = core.clock.now()
    tx.payments.add_operation(
        key,
        adapter=held.operation.adapter,
        kind=kind,
        purpose="settlement",
        reservation_id=held.reservation_id,
        amount=amount,
        state="new",
        at=now,
        original=held.operation.key,
    )


def lasts_for(window_end: datetime, capture_before: datetime | None) -> bool:
    """Whether an authorisation lasts to the end of a window and 12 h more (docs/money.md)."""
    return capture_before is None or window_end <= latest_end(capture_before)


def latest_end(capture_before: datetime) -> datetime:
    """The latest end of a window whose deposit can be captured until then."""
    return capture_before - timedelta(hours=limits.AUTHORISATION_RESERVE_HOURS)


def latest_change(core: Core, tx: Tx, reservation_id: ReservationId) -> datetime | None:
    """How late a changed window can end by what providers keep already; None: as late as any."""
    ends = (each.expires_at for each in _alive(core, tx, reservation_id))
    return min((latest_end(each) for each in ends if each is not None), default=None)


def held_by_provider(core: Core, tx: Tx, reservation_id: ReservationId) -> tuple[Held, ...]:
    """What providers keep for a reservation now, oldest first: what could be increased."""
    held = _held(core, tx, reservation_id)
    return tuple(each for each in held if each.operation is not None)


def _held(core: Core, tx: Tx, reservation_id: ReservationId) -> tuple[Held, ...]:
    """All that is authorised and not over; an increase belongs to what it has increased."""
    parts: dict[str, list[AuthorisationRecord]] = {}
    operations: dict[str, OperationRecord | None] = {}
    for record in _alive(core, tx, reservation_id):
        operation = _root(tx, record.operation_key)
        name = f"authorisation:{record.id}" if operation is None else operation.key
        parts.setdefault(name, []).append(record)
        operations[name] = operation
    return tuple(
        Held(reservation_id, group[0].account, operations[name], tuple(group))
        for name, group in parts.items()
    )


def _root(tx: Tx, key: OperationKey | None) -> OperationRecord | None:
    operation = None if key is None else tx.payments.operation(key)
    if operation is not None and operation.kind == "increase":
        return _root(tx, operation.original)
    return operation


def _alive(core: Core, tx: Tx, reservation_id: ReservationId) -> tuple[AuthorisationRecord, ...]:
    now = core.clock.now()
    return tuple(
        each for each in tx.authorisations.open_of(reservation_id) if not _is_over(each, now)
    )


def _is_over(record: AuthorisationRecord, now: datetime) -> bool:
    return record.expires_at is not None and record.expires_at <= now
