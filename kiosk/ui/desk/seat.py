"""Who sits at this desk now, for all cards of the window; checks no PIN itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.ids import AttendantId
from kiosk.services.commands import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Attendant:
    """A signed-in attendant."""

    id: AttendantId
    name: str

    @property
    def actor(self) -> Actor:
        """As whom the attendant's commands are written down."""
        return Actor(ActorKind.ATTENDANT, self.name)


class Seat:
    """Holds the signed-in attendant; `leave` is what a refused command does to the desk."""

    def __init__(self, *, on_left: Callable[[], None]) -> None:
        self.attendant: Attendant | None = None
        self._on_left = on_left

    def leave(self) -> None:
        """The core says that nobody is signed in: lock the desk."""
        self._on_left()
