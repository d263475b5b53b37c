"""Asks why before a lane is held open or locked, and gives the order; once more for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName
from kiosk.domain.lane_orders import LaneOrder, LaneOrdered, NotWired, OrderRefused
from kiosk.domain.outcomes import LaneBusy, NotSignedIn, ReasonMissing
from kiosk.services.commands import LaneOrderAnswer, OrderLane
from kiosk.services.views import Direction, LaneStatus
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.lanes import why_not
from kiosk.ui.desk.seat import Seat

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class LaneFormState:
    """What is about to be ordered; nothing while `order` is None."""

    order: LaneOrder | None = None
    lane: LaneName | None = None
    way: str = ""
    """in or out"""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    """reason-missing, wired, failed, busy, or why the lane would refuse; empty for none"""


@QmlElement
@QmlUncreatable("made by the desk")
class LaneForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Holds a lane open or locks it under the attendant's name, with a reason."""

    changed = Signal()
    done = Signal(str, str)
    """hold or lock, and the lane."""

    def __init__(self, asker: Asker, seat: Seat, *, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self.state = LaneFormState()

    def show(self, state: LaneFormState) -> None:
        """Show this order as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def begin(self, status: LaneStatus, order: LaneOrder) -> None:
        """Ask why for this lane."""
        way = "in" if status.direction is Direction.ENTRY else "out"
        self.show(LaneFormState(order, status.lane, way))

    @Slot(str)
    def say(self, reason: str) -> None:
        """The reason as it is typed or chosen so far."""
        if reason != self.state.reason:
            self.show(replace(self.state, reason=reason, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Give the order; without a reason none is given."""
        attendant, state = self._seat.attendant, self.state
        if attendant is None or state.order is None or state.lane is None or state.is_waiting:
            return
        if not state.reason.strip():
            self.show(replace(state, problem="reason-missing"))
            return
        self.show(replace(state, is_waiting=True, problem=""))
        command = OrderLane(
            actor=attendant.actor,
            attendant_id=attendant.id,
            lane=state.lane,
            order=state.order,
            reason=state.reason.strip(),
        )
        self._asker.ask(command, self._answered)

    @Slot()
    def cancel(self) -> None:
        """Leave the lane as it is."""
        self.show(LaneFormState())

    def _answered(self, outcome: LaneOrderAnswer) -> None:
        match outcome:
            case LaneOrdered(lane=lane, order=order):
                self.show(LaneFormState())
                self.done.emit(order.value, lane)
            case ReasonMissing():
                self.show(replace(self.state, is_waiting=False, problem="reason-missing"))
            case OrderRefused() | NotWired() | LaneBusy():
                self.show(replace(self.state, is_waiting=False, problem=why_not(outcome)))
            case NotSignedIn():
                self.show(LaneFormState())
                self._seat.leave()
            case _:
                assert_never(outcome)

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.order is not None

    @Property(str, notify=changed)
    def order(self) -> str:
        return self.state.order.value if self.state.order is not None else ""

    @Property(str, notify=changed)
    def lane(self) -> str:
        return self.state.lane or ""

    @Property(str, notify=changed)
    def way(self) -> str:
        return self.state.way

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self.state.reason

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem
