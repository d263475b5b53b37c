"""Who stands behind a deed that moves money: the PIN once more, and two persons for much.

What is approved, and above which amount it takes two, is said by each deed (security.md, 12, 13).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.outcomes import NotSignedIn, WrongPin
from kiosk.services.wallets import lock_after

if TYPE_CHECKING:
    from db.records import AttendantRecord
    from db.store import Tx
    from kiosk.domain.ids import AttendantId
    from kiosk.services.core import Core


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Another attendant who stands at the desk too, and says so with the own PIN."""

    name: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """The attendant at the desk with the PIN once more, and who else stands there."""

    attendant_id: AttendantId
    pin: str = field(repr=False)
    second: SecondPerson | None = None


@dataclass(frozen=True, slots=True)
class SecondPersonNeeded:
    """So much is approved by two different attendants the operator knows; nothing was done."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved it, by name, for the record: one attendant, or two."""

    by: str


ApprovalProblem = NotSignedIn | WrongPin | SecondPersonNeeded
"""Why a deed is not approved; nothing was done, and a wrong PIN was counted."""


def approve(core: Core, tx: Tx, proof: Proof, *, takes_two: bool) -> Approved | ApprovalProblem:
    """The attendant at the desk has typed the PIN again, and a second one where it takes two."""
    if proof.attendant_id not in core.signed_in:
        return NotSignedIn()
    first, second = tx.people.attendant(proof.attendant_id), proof.second
    assert first is not None, "who is signed in is known"
    proven = prove_attendant(core, tx, first.name, proof.pin)
    if isinstance(proven, WrongPin):
        return proven
    if not takes_two:
        return Approved(proven.name)
    if second is None:
        return SecondPersonNeeded()
    other = prove_attendant(core, tx, second.name, second.pin)
    if isinstance(other, WrongPin):
        return other
    # A one-time PIN was read by whoever founded the site, and whoever adds an attendant at the
    # desk can choose the own PIN of that one too: neither makes a second person.
    known = proven.is_confirmed and other.is_confirmed and not other.is_one_time
    if not known or other.id == proven.id:
        return SecondPersonNeeded()
    return Approved(f"{proven.name} + {other.name}")


def prove_attendant(core: Core, tx: Tx, name: str, pin: str) -> AttendantRecord | WrongPin:
    """Who this is, if the PIN is right; every wrong PIN is counted and stored."""
    now = core.clock.now()
    attendant = tx.people.attendant_by_name(name)
    if attendant is None or attendant.is_blocked:
        return WrongPin(None)
    if attendant.locked_until is not None and now < attendant.locked_until:
        return WrongPin(attendant.locked_until)
    if not core.pins.is_right(pin, attendant.pin_hash):
        wrong_pins = attendant.wrong_pins + 1
        locked_until = lock_after(wrong_pins, now)
        tx.people.note_attendant_wrong_pin(
            attendant.id, wrong_pins=wrong_pins, locked_until=locked_until
        )
        return WrongPin(locked_until)
    if attendant.wrong_pins:
        tx.people.note_attendant_wrong_pin(attendant.id, wrong_pins=0, locked_until=None)
    return attendant
