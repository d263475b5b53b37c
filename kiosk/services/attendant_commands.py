"""What can be asked about those who sit at the desk; who answers stands in handle.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.ids import AttendantId
from kiosk.domain.outcomes import NotSignedIn, WrongPin
from kiosk.services.commands import Command


@dataclass(frozen=True, slots=True)
class AttendantRow:
    """One attendant in the list of all."""

    id: AttendantId
    name: str
    is_one_time: bool
    """Has not chosen an own PIN yet."""
    is_blocked: bool
    is_confirmed: bool
    """Counts where it takes two: the operator knows this person."""


@dataclass(frozen=True, slots=True)
class AttendantsShown:
    """Everybody who was ever let in, by name."""

    attendants: tuple[AttendantRow, ...]


@dataclass(frozen=True, slots=True)
class AttendantAdded:
    """A new attendant, or a new PIN for one; the PIN is told once and kept nowhere."""

    name: str
    one_time_pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AttendantConfirmed:
    """The operator knows this attendant, who counts as a second person."""

    name: str


@dataclass(frozen=True, slots=True)
class AttendantBlocked:
    """This attendant signs in no more, or may again."""

    name: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class NameRefused:
    """The name is empty, too long, or somebody else's; nothing was changed."""


@dataclass(frozen=True, slots=True)
class OwnNameRefused:
    """Nobody blocks the own name: the desk would have lost its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAttendants(Command[AttendantsShown | NotSignedIn]):
    """Who may sign in at this site."""

    attendant_id: AttendantId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttendant(Command[AttendantAdded | NameRefused | NotSignedIn | WrongPin]):
    """Let somebody else work here; who adds types the own PIN again."""

    attendant_id: AttendantId
    pin: str = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockAttendant(
    Command[AttendantBlocked | NameRefused | OwnNameRefused | NotSignedIn | WrongPin]
):
    """Somebody works here no more, or does again; who says so types the own PIN again."""

    attendant_id: AttendantId
    pin: str = field(repr=False)
    name: str
    is_blocked: bool
