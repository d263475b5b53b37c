"""Who sits at the desk: attendants are listed, let in with a one-time PIN, and blocked.

How a PIN is proven stands in approvals.py, and how an own one is chosen in desk.py.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kiosk.domain.outcomes import NotSignedIn
from kiosk.services import limits
from kiosk.services.approvals import Approved, Proof, SecondPersonNeeded, approve
from kiosk.services.attendant_commands import (
    AttendantAdded,
    AttendantBlocked,
    AttendantConfirmed,
    AttendantRow,
    AttendantsShown,
    NameRefused,
    OwnNameRefused,
)
from kiosk.services.pins import is_good_pin

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import AttendantId
    from kiosk.domain.outcomes import WrongPin
    from kiosk.services.attendant_commands import AddAttendant, BlockAttendant, ShowAttendants
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core

NAME_LONGEST = 40
_SEED_SIGNS = 16


def show_attendants(core: Core, command: ShowAttendants) -> AttendantsShown | NotSignedIn:
    """Everybody who was ever let in."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.reading() as tx:
        return AttendantsShown(
            tuple(
                AttendantRow(
                    each.id,
                    each.name,
                    is_one_time=each.is_one_time,
                    is_blocked=each.is_blocked,
                    is_confirmed=each.is_confirmed,
                )
                for each in tx.people.attendants()
            )
        )


def add_attendant(
    core: Core, command: AddAttendant
) -> AttendantAdded | NameRefused | NotSignedIn | WrongPin:
    """A new attendant with a one-time PIN; one who has not used it yet gets another one.

    Nobody gets a new PIN for a name whose owner has chosen an own one, or has the PIN from the
    operator: that would be a way to approve as two persons. For the same reason the new one
    counts as a second person only once the operator says so (confirm_attendant).
    """
    name = " ".join(command.name.split())
    with core.store.transaction() as tx:
        problem = _not_proven(core, tx, command.attendant_id, command.pin)
        if problem is not None:
            return problem
        known = tx.people.attendant_by_name(name)
        is_taken = known is not None and (
            not known.is_one_time or known.is_blocked or known.is_confirmed
        )
        if not 0 < len(name) <= NAME_LONGEST or is_taken:
            return NameRefused()
        one_time_pin = _one_time_pin(core)
        pin_hash, now = core.pins.hash(one_time_pin), core.clock.now()
        if known is None:
            tx.people.add_attendant(name=name, pin_hash=pin_hash, is_one_time=True, at=now)
        else:
            tx.people.set_attendant_pin(known.id, pin_hash=pin_hash, is_one_time=True, at=now)
        core.audit(tx, actor=command.actor, action="attendant.added", detail=name)
    return AttendantAdded(name, one_time_pin)


def block_attendant(
    core: Core, command: BlockAttendant
) -> AttendantBlocked | NameRefused | OwnNameRefused | NotSignedIn | WrongPin:
    """Block an attendant, who is signed out at once, or let one in again."""
    with core.store.transaction() as tx:
        problem = _not_proven(core, tx, command.attendant_id, command.pin)
        if problem is not None:
            return problem
        attendant = tx.people.attendant_by_name(command.name)
        if attendant is None:
            return NameRefused()
        if attendant.id == command.attendant_id:
            return OwnNameRefused()
        tx.people.block_attendant(attendant.id, is_blocked=command.is_blocked, at=core.clock.now())
        action = "attendant.blocked" if command.is_blocked else "attendant.allowed"
        core.audit(tx, actor=command.actor, action=action, detail=attendant.name)
    if command.is_blocked:
        core.signed_in.discard(attendant.id)
    return AttendantBlocked(attendant.name, command.is_blocked)


def confirm_attendant(core: Core, name: str, *, actor: Actor) -> AttendantConfirmed | NameRefused:
    """The operator knows this person, who may be one of two from now on.

    Not before an own PIN was chosen: until then whoever has added this attendant knows it.
    """
    with core.store.transaction() as tx:
        attendant = tx.people.attendant_by_name(name)
        if attendant is None or attendant.is_one_time or attendant.is_blocked:
            return NameRefused()
        if not attendant.is_confirmed:
            tx.people.confirm_attendant(attendant.id, at=core.clock.now())
            core.audit(tx, actor=actor, action="attendant.confirmed", detail=attendant.name)
    return AttendantConfirmed(attendant.name)


def _not_proven(
    core: Core, tx: Tx, attendant_id: AttendantId, pin: str
) -> NotSignedIn | WrongPin | None:
    """Why whoever sits at the desk may not change who works here."""
    approved = approve(core, tx, Proof(attendant_id, pin), takes_two=False)
    assert not isinstance(approved, SecondPersonNeeded), "one is enough"
    return None if isinstance(approved, Approved) else approved


def _one_time_pin(core: Core) -> str:
    """Digits that nobody guesses, out of the same chance as all codes."""
    digits = limits.PIN_SHORTEST_DIGITS
    while True:
        seed = hashlib.sha256(core.random_code(_SEED_SIGNS).encode()).digest()
        pin = f"{int.from_bytes(seed) % 10**digits:0{digits}d}"
        if is_good_pin(pin, shortest_digits=digits):
            return pin
