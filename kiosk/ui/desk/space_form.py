"""Takes a space out of use for a while, with a reason, or back into use; asked once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import SpaceId
from kiosk.domain.life_outcomes import SpaceClosed, SpaceReopened, WindowInThePast
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing
from kiosk.services.commands import Command
from kiosk.services.life_commands import CloseSpace, ReopenSpace
from kiosk.services.views import DeskSpace, SpaceUse
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.texts import DeskTexts

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

HOURS = (2, 8, 24, 168)
"""For how long a space is closed by one touch; reopened earlier when it is in order again."""

Answer = SpaceClosed | SpaceReopened | WindowInThePast | ReasonMissing | NotSignedIn


@dataclass(frozen=True, slots=True)
class SpaceFormState:
    """What is about to be done; nothing while `deed` is empty."""

    deed: str = ""
    """close, reopen; closed once it is done, with what became of whom"""
    space_id: SpaceId | None = None
    label: str = ""
    hours: int = HOURS[0]
    reason: str = ""
    moved: tuple[str, ...] = ()
    """ "A05 → B02" for everyone who was given another space."""
    sent_away: int = 0
    """Who was given the money back."""
    is_waiting: bool = False
    problem: str = ""
    """reason-missing, past, busy, failed; empty for none"""


@QmlElement
@QmlUncreatable("made by the desk")
class SpaceForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks for how long and why, and tells what became of those who had reserved it."""

    changed = Signal()
    done = Signal(str, str)
    """closed or reopened, and the label of the space."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        now: Callable[[], datetime],
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._now = now
        self._texts = texts
        self.state = SpaceFormState()

    def show(self, state: SpaceFormState) -> None:
        """Show this as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def begin(self, each: DeskSpace) -> None:
        """Close this space, or reopen it when it is closed."""
        deed = "reopen" if each.use is SpaceUse.CLOSED else "close"
        self.show(SpaceFormState(deed, each.space.id, each.space.label))

    @Slot(str)
    def say(self, reason: str) -> None:
        """The reason as it is typed or chosen so far."""
        if reason != self.state.reason:
            self.show(replace(self.state, reason=reason, problem=""))

    @Slot(int)
    def chooseHours(self, hours: int) -> None:
        """For so long."""
        if hours in HOURS:
            self.show(replace(self.state, hours=hours, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Do it; without a reason no space is closed."""
        attendant, state = self._seat.attendant, self.state
        if state.deed == "closed":
            self.cancel()
        elif attendant is not None and state.space_id is not None and not state.is_waiting:
            if state.deed == "close" and not state.reason.strip():
                self.show(replace(state, problem="reason-missing"))
            else:
                self.show(replace(state, is_waiting=True, problem=""))
                self._asker.ask(self._command(attendant, state.space_id), self._answered)

    @Slot()
    def cancel(self) -> None:
        """Leave the space as it is."""
        self.show(SpaceFormState())

    def _command(self, attendant: Attendant, space_id: SpaceId) -> Command[Answer]:
        if self.state.deed == "reopen":
            return ReopenSpace(actor=attendant.actor, attendant_id=attendant.id, space_id=space_id)
        return CloseSpace(
            actor=attendant.actor,
            attendant_id=attendant.id,
            space_id=space_id,
            until=self._now() + timedelta(hours=self.state.hours),
            reason=self.state.reason.strip(),
        )

    def _answered(self, outcome: Answer) -> None:
        if self._seat.attendant is None:
            return  # a locked desk has forgotten it
        match outcome:
            case SpaceClosed(space=space, reseated=reseated):
                moved = tuple(
                    f"{each.ticket.plate}: {each.moved_from.label} → {each.ticket.space.label}"
                    for each in reseated.moved
                )
                away = len(reseated.displaced)
                is_told = moved or away
                state = SpaceFormState("closed", label=space.label, moved=moved, sent_away=away)
                self.show(state if is_told else SpaceFormState())
                self.done.emit("closed", space.label)
            case SpaceReopened(space=space):
                self.show(SpaceFormState())
                self.done.emit("reopened", space.label)
            case ReasonMissing():
                self.show(replace(self.state, is_waiting=False, problem="reason-missing"))
            case WindowInThePast():
                self.show(replace(self.state, is_waiting=False, problem="past"))
            case NotSignedIn():
                self._seat.leave()
            case _:
                assert_never(outcome)

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.deed != ""

    @Property(str, notify=changed)
    def deed(self) -> str:
        return self.state.deed

    @Property(str, notify=changed)
    def space(self) -> str:
        return self.state.label

    @Property(list, notify=changed)
    def hours(self) -> list[dict[str, object]]:
        """The lengths to choose from, in words."""
        return [
            {
                "hours": each,
                "text": self._texts().span(timedelta(hours=each)),
                "isChosen": each == self.state.hours,
            }
            for each in HOURS
        ]

    @Property(str, notify=changed)
    def moved(self) -> str:
        """Who was given another space, one on each line."""
        return "\n".join(self.state.moved)

    @Property(int, notify=changed)
    def sentAway(self) -> int:
        return self.state.sent_away

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self.state.reason

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem
