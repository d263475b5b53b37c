"""The order to open a barrier by hand: which lane, for which stay, and always a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import (
    BarrierOrdered,
    LaneBusy,
    LaneOutOfOrder,
    NotSignedIn,
    ReasonMissing,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import OpenBarrier
from kiosk.services.views import Direction, LaneStatus, StayRow
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.seat import Seat

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class OpenState:
    """What is being ordered; nothing while `lane` and `stay` are None."""

    is_shown: bool = False
    lane: LaneName | None = None
    lanes: tuple[LaneName, ...] = ()
    stay: ReservationId | None = None
    plate: str = ""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    """reason-missing, passing, out-of-order, busy, failed; empty for none"""


@QmlElement
@QmlUncreatable("made by the desk")
class OpenForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks for the reason and gives the order under the attendant's name."""

    changed = Signal()
    done = Signal(str, str)
    """ordered, and the lane: the order was written and given to it."""

    def __init__(self, asker: Asker, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self.state = OpenState()

    def show(self, state: OpenState) -> None:
        """Show this order as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def for_lane(self, lane: LaneName) -> None:
        """Begin an order for a lane, with no stay."""
        self.show(OpenState(is_shown=True, lane=lane, lanes=(lane,)))

    def for_stay(self, row: StayRow, lanes: tuple[LaneStatus, ...]) -> None:
        """Begin an order that begins or ends this stay: at an entry before it, else at an exit.

        A car whose entry nobody reported may stand at an exit, so that any lane can be chosen.
        """
        is_inside = row.state in {State.ARRIVED, State.SETTLED, State.LEFT}
        way = Direction.EXIT if is_inside else Direction.ENTRY
        likely = (status.lane for status in lanes if status.direction is way)
        self.show(
            OpenState(
                is_shown=True,
                lane=next(likely, None),
                lanes=tuple(status.lane for status in lanes),
                stay=row.reservation_id,
                plate=written.plate(row.plate),
            )
        )

    @Slot(str)
    def chooseLane(self, lane: str) -> None:
        """Order at another lane."""
        if lane in self.state.lanes:
            self.show(replace(self.state, lane=LaneName(lane), problem=""))

    @Slot(str)
    def say(self, reason: str) -> None:
        """The reason as it is typed or chosen so far."""
        if reason != self.state.reason:
            self.show(replace(self.state, reason=reason, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Give the order; without a reason nothing is asked of the core."""
        attendant, lane = self._seat.attendant, self.state.lane
        if attendant is None or lane is None or self.state.is_waiting:
            return
        reason = self.state.reason.strip()
        if not reason:
            self.show(replace(self.state, problem="reason-missing"))
            return
        self.show(replace(self.state, is_waiting=True, problem=""))
        command = OpenBarrier(
            actor=attendant.actor,
            attendant_id=attendant.id,
            lane=lane,
            reason=reason,
            reservation_id=self.state.stay,
        )
        self._asker.ask(command, self._answered)

    @Slot()
    def cancel(self) -> None:
        """Leave the barrier as it is."""
        self.show(OpenState())

    def _answered(
        self,
        outcome: BarrierOrdered | ReasonMissing | NotSignedIn | LaneBusy | LaneOutOfOrder,
    ) -> None:
        match outcome:
            case BarrierOrdered(lane=lane):
                self.show(OpenState())
                self.done.emit("ordered", lane)
            case ReasonMissing():
                self.show(replace(self.state, is_waiting=False, problem="reason-missing"))
            case LaneBusy():
                self.show(replace(self.state, is_waiting=False, problem="passing"))
            case LaneOutOfOrder():
                self.show(replace(self.state, is_waiting=False, problem="out-of-order"))
            case NotSignedIn():
                self.show(OpenState())
                self._seat.leave()
            case _:
                assert_never(outcome)

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.is_shown

    @Property(str, notify=changed)
    def lane(self) -> str:
        return self.state.lane or ""

    @Property(list, notify=changed)
    def lanes(self) -> list[str]:
        return list(self.state.lanes)

    @Property(str, notify=changed)
    def plate(self) -> str:
        return self.state.plate

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self.state.reason

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem
