"""What an attendant does to the life of one stay: a lost ticket, another space, two tickets.

A lost ticket is replaced only against what the driver names first. Each deed is asked once
more; what can be had is asked of the core, and nothing is shown that is not the driver's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, ReservationId, SpaceId
from kiosk.domain.life_outcomes import (
    AskAttendant,
    Displaced,
    EvidenceMissing,
    Linked,
    LinkRefused,
    Moved,
    MoveRefused,
    NoSubstitute,
    SubstitutesFound,
    TicketReplaced,
)
from kiosk.domain.outcomes import NotSignedIn, ReservationEnded, SpaceJustTaken
from kiosk.domain.reservation import State
from kiosk.services.commands import Command
from kiosk.services.life_commands import (
    AcceptDisplacement,
    FindSubstitutes,
    LinkStay,
    ReplaceTicket,
    ReportWrongSpace,
    TakeSubstitute,
)
from kiosk.services.views import DeskView, Direction, StayRow
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.lanes import LanesCard
from kiosk.ui.desk.plate_filter import folded, matches
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

MOST_CHOICES = 8
_PAID = frozenset({State.CONFIRMED, State.ARRIVED, State.SETTLED})
_DEEDS = {
    "replace": _PAID,
    "move": frozenset({State.CONFIRMED, State.ARRIVED}),
    "wrong": frozenset({State.ARRIVED}),
    "link": frozenset({State.ARRIVED}),
}
"""In which states each of them makes sense."""

Answer = (
    TicketReplaced
    | EvidenceMissing
    | Linked
    | LinkRefused
    | SubstitutesFound
    | NoSubstitute
    | AskAttendant
    | Moved
    | MoveRefused
    | SpaceJustTaken
    | Displaced
    | ReservationEnded
    | NotSignedIn
)


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A space or a reservation to choose."""

    key: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LifeState:
    """What is about to be done; nothing while `deed` is empty."""

    deed: str = ""
    """replace, move, wrong, link; displace when no other space is left"""
    row: StayRow | None = None
    lane: LaneName | None = None
    """Where the new ticket comes out."""
    text: str = ""
    """What the driver named, or what is looked for."""
    chosen: str = ""
    is_waiting: bool = False
    problem: str = ""
    """evidence, evidence-missing, choose, taken, refused, over, ended, busy, failed, or why two
    tickets are not linked (same, stay-state, reservation-state, other-time); empty for none"""


@QmlElement
@QmlUncreatable("made by the desk")
class LifeForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks for evidence or a choice, and does it under the attendant's name."""

    changed = Signal()
    done = Signal(str, str)
    """replaced (at a lane), linked or displaced (with what goes back), moved (to a space)."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        detail: StayDetail,
        lanes: LanesCard,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._detail = detail
        self._lanes = lanes
        self._texts = texts
        self._view: DeskView | None = None
        self._found: SubstitutesFound | None = None
        self._choices = RowsModel(ChoiceLine, key="key", parent=self)
        self.state = LifeState()
        detail.changed.connect(self.changed)

    def show(self, state: LifeState) -> None:
        """Show this as it stands."""
        self.state = state
        self._choices.show(
            [
                ChoiceLine(key, text, key == state.chosen)
                for key, text in self._pairs()[:MOST_CHOICES]
            ]
        )
        self.changed.emit()

    def know(self, view: DeskView | None) -> None:
        """What there is to choose from; None when the desk was locked."""
        self._view = view

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot(str)
    def begin(self, deed: str) -> None:
        """The attendant wants this for the stay that is shown."""
        row, attendant = self._detail.row, self._seat.attendant
        if row is None or attendant is None or row.state not in _DEEDS.get(deed, ()):
            return
        self._found = None
        entries = (s.lane for s in self._lanes.statuses if s.direction is Direction.ENTRY)
        self.show(LifeState(deed=deed, row=row, lane=next(entries, None)))
        if deed == "move":
            self._ask(
                FindSubstitutes(
                    actor=attendant.actor,
                    reservation_id=row.reservation_id,
                    attendant_id=attendant.id,
                )
            )

    @Slot(str)
    def say(self, text: str) -> None:
        """What was typed so far; what was chosen is chosen no more."""
        if text != self.state.text:
            self.show(replace(self.state, text=text, chosen="", problem=""))

    @Slot(str)
    def choose(self, key: str) -> None:
        """One of what can be had."""
        if key in {line.key for line in self._choices.rows}:
            self.show(replace(self.state, chosen=key, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Do it; nothing is asked of the core before evidence or a choice is there."""
        attendant, state = self._seat.attendant, self.state
        if attendant is None or state.row is None or state.is_waiting:
            return
        missing = self._missing()
        if missing:
            self.show(replace(state, problem=missing))
        else:
            self._ask(self._command(attendant, state.row.reservation_id))

    @Slot()
    def cancel(self) -> None:
        """Leave the stay as it is."""
        self._found = None
        self.show(LifeState())

    # Inside ----------------------------------------------------------------------------------

    def _missing(self) -> str:
        state = self.state
        if state.deed == "replace":
            return "" if state.text.strip() else "evidence-missing"
        if state.deed == "displace" or state.chosen:
            return ""
        lines = self._choices.rows
        if len(lines) == 1 and state.deed != "move":  # nothing else was meant by what was typed
            self.state = replace(state, chosen=lines[0].key)
            return ""
        return "choose"

    def _command(self, attendant: Attendant, stay: ReservationId) -> Command[Answer]:
        state = self.state
        command: Command[Answer]
        match state.deed:
            case "replace":
                assert state.lane is not None, "a site that sold a ticket has an entry lane"
                command = ReplaceTicket(
                    actor=attendant.actor,
                    attendant_id=attendant.id,
                    lane=state.lane,
                    reservation_id=stay,
                    evidence=state.text.strip(),
                )
            case "link":
                command = LinkStay(
                    actor=attendant.actor,
                    attendant_id=attendant.id,
                    stay_id=stay,
                    reservation_id=ReservationId(int(state.chosen)),
                )
            case "wrong":
                command = ReportWrongSpace(
                    actor=attendant.actor,
                    attendant_id=attendant.id,
                    reservation_id=stay,
                    space_id=SpaceId(int(state.chosen)),
                )
            case "move":
                command = TakeSubstitute(
                    actor=attendant.actor,
                    reservation_id=stay,
                    space_id=SpaceId(int(state.chosen)),
                    attendant_id=attendant.id,
                )
            case _:
                command = AcceptDisplacement(
                    actor=attendant.actor, reservation_id=stay, attendant_id=attendant.id
                )
        return command

    def _ask(self, command: Command[Answer]) -> None:
        asked = self.state

        def answered(outcome: Answer) -> None:
            if self._seat.attendant is not None:  # a locked desk has forgotten it
                self._answered(asked, outcome)

        self.show(replace(asked, is_waiting=True, problem=""))
        self._asker.ask(command, answered)

    def _answered(self, asked: LifeState, outcome: Answer) -> None:
        match outcome:
            case TicketReplaced():
                self._finish(asked, "replaced", asked.lane or "")
            case Linked(refund=refund):
                self._finish(asked, "linked", self._texts().money(refund))
            case Moved(ticket=ticket):
                self._finish(asked, "moved", ticket.space.label)
            case Displaced(refund=refund):
                self._finish(asked, "displaced", self._texts().money(refund))
            case SubstitutesFound():
                self._found = outcome
                self._back_to(asked, deed="move")
            case NoSubstitute():
                self._back_to(asked, deed="displace")
            case NotSignedIn():
                self._seat.leave()
            case _:
                self._refuse(asked, _problem_of(outcome))

    def _finish(self, asked: LifeState, what: str, of: str) -> None:
        if self._is_same(asked):
            self.cancel()
        self.done.emit(what, of)

    def _refuse(self, asked: LifeState, problem: str) -> None:
        if self._is_same(asked):
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def _back_to(self, asked: LifeState, *, deed: str) -> None:
        if self._is_same(asked):
            self.show(replace(self.state, deed=deed, chosen="", is_waiting=False))

    def _is_same(self, asked: LifeState) -> bool:
        return (self.state.deed, self.state.row) == (asked.deed, asked.row)

    def _pairs(self) -> list[tuple[str, str]]:
        """What can be chosen now: the key, and what stands on it."""
        state, view = self.state, self._view
        wanted = folded(state.text)
        if state.deed == "move" and self._found is not None:
            return [(str(each.id), each.label) for each in self._found.substitutes]
        if view is None or not wanted or state.row is None:
            return []
        if state.deed == "wrong":
            spaces = (each.space for each in view.spaces if each.space != state.row.space)
            found = [each for each in spaces if matches(wanted, (folded(each.label),))]
            found.sort(key=lambda each: folded(each.label) != wanted)
            return [(str(each.id), each.label) for each in found]
        if state.deed != "link":
            return []
        texts = self._texts()
        return [
            (str(each.reservation_id), f"{written.plate(each.plate)}  {texts.window(each.window)}")
            for each in view.stays
            if each.state in {State.CONFIRMED, State.NO_SHOW}
            and matches(wanted, (folded(each.plate), folded(each.short_code)))
        ]

    # What QML reads --------------------------------------------------------------------------

    @Property(list, notify=changed)
    def deeds(self) -> list[str]:
        """What can be begun for the stay that is shown."""
        row = self._detail.row
        return (
            [] if row is None else [deed for deed, states in _DEEDS.items() if row.state in states]
        )

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.deed != ""

    @Property(str, notify=changed)
    def deed(self) -> str:
        return self.state.deed

    @Property(str, notify=changed)
    def plate(self) -> str:
        """Not told where the driver is to name it."""
        row = self.state.row
        return "" if row is None or self.state.deed == "replace" else written.plate(row.plate)

    @Property(str, notify=changed)
    def space(self) -> str:
        return "" if self.state.row is None else self.state.row.space.label

    @Property(str, notify=changed)
    def lane(self) -> str:
        return self.state.lane or ""

    @Property(str, notify=changed)
    def text(self) -> str:
        return self.state.text

    @Property(QObject, constant=True)
    def choices(self) -> RowsModel[ChoiceLine]:
        return self._choices

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem


def _problem_of(
    outcome: EvidenceMissing
    | LinkRefused
    | SpaceJustTaken
    | MoveRefused
    | AskAttendant
    | ReservationEnded,
) -> str:
    match outcome:
        case EvidenceMissing():
            return "evidence"
        case LinkRefused(why=why):
            return why.value
        case SpaceJustTaken():
            return "taken"
        case MoveRefused():
            return "refused"
        case AskAttendant():
            return "over"
        case ReservationEnded():
            return "ended"
        case _:
            assert_never(outcome)
