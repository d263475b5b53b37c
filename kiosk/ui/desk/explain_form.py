"""What a provider and our books disagree about: says what it was, with the PIN again and a reason.

For much it asks for a second person with an own PIN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, WrongPin
from kiosk.domain.suspense_outcomes import (
    NothingToExplain,
    NotThatOne,
    SuspenseExplained,
    WhatItWas,
)
from kiosk.services.after_commands import ExplainSuspense
from kiosk.services.approvals import ApprovalProblem, SecondPersonNeeded
from kiosk.services.views import DeskView, OpenCase
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.proof_entry import ProofEntry
from kiosk.ui.desk.seat import Seat
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.texts import DeskTexts

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

_SUSPENDED = ("bank", "provider-fees", "driver")
CHOICES = {
    "suspense-more": _SUSPENDED,
    "suspense-less": _SUSPENDED,
    "missing": ("bank", "provider-fees"),
    "missing-refund": ("bank", "driver"),
}
"""What each kind of case can have been."""
Answer = SuspenseExplained | NothingToExplain | NotThatOne | ReasonMissing | ApprovalProblem


@dataclass(frozen=True, slots=True)
class ExplainState:
    """What is about to be explained; nothing while there is no `case`."""

    case: OpenCase | None = None
    stay: ReservationId | None = None
    """Whose driver it may have been: of the case, or the stay that was shown."""
    plate: str = ""
    was: str = ""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    """was-missing, reason-missing, pin-missing, second-missing, second-needed, wrong-pin, locked,
    not-that, over, busy, failed"""
    limit: str = ""
    """What belongs to the problem: an instant."""


@QmlElement
@QmlUncreatable("made by the desk")
class ExplainForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks what it was, and why we know; done under the own name."""

    changed = Signal()
    done = Signal(str, str)
    """explained; of an amount."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        detail: StayDetail,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._detail = detail
        self._texts = texts
        self._proof = ProofEntry(self)
        self._proof.typed.connect(self._typed)
        self._cases: tuple[OpenCase, ...] = ()
        self.state = ExplainState()

    def know(self, view: DeskView | None) -> None:
        """The present picture of the site; None when the desk is locked."""
        self._cases = () if view is None else view.cases

    def show(self, state: ExplainState) -> None:
        """Show this as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot(str)
    def begin(self, key: str) -> None:
        """The attendant knows what this case was."""
        for case in self._cases:
            if case.key == key and case.kind in CHOICES and self._seat.attendant is not None:
                self._proof.begin()
                row = self._detail.row if case.reservation_id is None else None
                stay = case.reservation_id if row is None else row.reservation_id
                plate = written.plate(case.plate if row is None else row.plate)
                self.show(ExplainState(case=case, stay=stay, plate=plate))

    @Slot(str, str)
    def say(self, field: str, text: str) -> None:
        """What a line says so far: was or reason."""
        if getattr(self.state, field) != text:
            changed: dict[str, str] = {field: text}
            self.show(replace(self.state, problem="", **changed))  # type: ignore[arg-type]

    @Slot()
    def confirm(self) -> None:
        """Do it; what is missing is asked for first."""
        attendant, state = self._seat.attendant, self.state
        if attendant is None or state.case is None or state.is_waiting:
            return
        problem = self._missing()
        if problem:
            self.show(replace(state, problem=problem))
            return
        command = ExplainSuspense(
            actor=attendant.actor,
            proof=self._proof.take(attendant),
            key=state.case.key,
            was=WhatItWas(state.was),
            reservation_id=state.stay if state.was == WhatItWas.DRIVER else None,
            reason=state.reason.strip(),
        )
        self.show(replace(state, is_waiting=True, problem=""))
        self._asker.ask(command, lambda outcome: self._answered(state.case, outcome))

    @Slot()
    def cancel(self) -> None:
        """Leave it open."""
        self._proof.begin()
        self.show(ExplainState())

    # Inside ----------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self.show(replace(self.state, problem=""))

    def _missing(self) -> str:
        state = self.state
        if not state.was:
            return "was-missing"
        if not state.reason.strip():
            return "reason-missing"
        return self._proof.missing()

    def _answered(self, asked: OpenCase | None, outcome: Answer) -> None:
        """`asked` may have been cancelled meanwhile; what was done all the same is told."""
        if self._seat.attendant is None:
            return  # a locked desk has forgotten it
        is_same = asked is self.state.case
        match outcome:
            case NotSignedIn():
                self._seat.leave()
            case SuspenseExplained(amount=amount):
                if is_same:
                    self.cancel()
                self.done.emit("explained", self._texts().money(amount))
            case _ if is_same:
                problem, limit = _told(outcome, self._texts())
                if problem == "second-needed":
                    self._proof.ask_second()
                self.show(replace(self.state, is_waiting=False, problem=problem, limit=limit))

    # What QML reads --------------------------------------------------------------------------

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.case is not None

    @Property(dict, notify=changed)
    def shown(self) -> dict[str, str]:
        """What is typed and told, by the names of ExplainState; of the case how much."""
        state, case = self.state, self.state.case
        named = ("plate", "was", "reason", "problem", "limit")
        texts = {name: getattr(state, name) for name in named}
        amount = None if case is None else case.amount
        return {
            **texts,
            "kind": "" if case is None else case.kind,
            "provider": "" if case is None else case.words,
            "amount": "" if amount is None else self._texts().money(amount),
        }

    @Property(list, notify=changed)
    def choices(self) -> list[str]:
        """What it can have been; a driver's only where it is known whose."""
        state = self.state
        choices = () if state.case is None else CHOICES[state.case.kind]
        return [each for each in choices if each != "driver" or state.stay is not None]

    @Property(ProofEntry, constant=True)
    def proof(self) -> ProofEntry:
        return self._proof

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting


def _told(
    outcome: NothingToExplain | NotThatOne | ReasonMissing | WrongPin | SecondPersonNeeded,
    texts: DeskTexts,
) -> tuple[str, str]:
    """The problem in the codes that the words of the form explain, and what belongs to it."""
    match outcome:
        case NothingToExplain():
            return "over", ""
        case NotThatOne():
            return "not-that", ""
        case ReasonMissing():
            return "reason-missing", ""
        case SecondPersonNeeded():
            return "second-needed", ""
        case WrongPin(locked_until=locked_until):
            return "wrong-pin" if locked_until is None else "locked", texts.clock(locked_until)
        case _:
            assert_never(outcome)
