"""Every lane at the desk: its arm, loops, limits and alarms, and what can be ordered of it.

Orders that need a reason are asked in lane_form.py, opening in open_form.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName
from kiosk.domain.lane_orders import REASONED, LaneOrder, LaneOrdered, NotWired, OrderRefused
from kiosk.domain.outcomes import LaneBusy, LaneReset, NotSignedIn, ReasonMissing
from kiosk.services.commands import LaneOrderAnswer, OrderLane, ResetLane
from kiosk.services.views import DeskView, Direction, LaneStatus, StayRow
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.seat import Seat
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

FIRST_OPEN_KEY = 5
LAST_OPEN_KEY = 8
"""F5 to F8 open the first four lanes; further lanes are opened by touch or mouse."""

WAYS = {Direction.ENTRY: "in", Direction.EXIT: "out"}


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane as the desk shows it; inputs are on, off or unknown."""

    lane: str
    direction: str
    """in or out"""
    phase: str
    arming: str
    under_arm: str
    open_limit: str
    closed_limit: str
    alarms: list[str]
    plate: str
    """Whose passage the lane waits for; empty for nobody's."""
    is_in_order: bool
    is_locked: bool
    orders: list[dict[str, str]]
    """Each with `order` and `obstacle`, the reason why it would be refused now, or empty."""
    shortcut: str


@QmlElement
@QmlUncreatable("made by the desk")
class LanesCard(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Shows the lanes of the site in the order of the configuration."""

    openWanted = Signal(str)
    """The attendant wants this lane's barrier up: the desk asks for the reason."""
    reasonWanted = Signal(str, str)
    """The attendant wants this of this lane: the desk asks for the reason."""
    done = Signal(str, str)
    """What was ordered of which lane (reset, close, stop ...), or not-... and why it was not."""

    def __init__(self, asker: Asker, seat: Seat, parent: QObject) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._rows = RowsModel(LaneRow, key="lane", parent=self)
        self._statuses: dict[LaneName, LaneStatus] = {}
        self._stays: tuple[StayRow, ...] = ()

    def show(self, view: DeskView) -> None:
        """Take a new picture of the site."""
        self._statuses = {status.lane: status for status in view.lanes}
        self._stays = view.stays
        self._show_rows()

    def show_lane(self, status: LaneStatus) -> None:
        """One lane changed: show it at once, without waiting for the next picture."""
        self._statuses[status.lane] = status
        self._show_rows()

    @property
    def statuses(self) -> tuple[LaneStatus, ...]:
        """The lanes as they are shown."""
        return tuple(self._statuses.values())

    @Property(QObject, constant=True)
    def rows(self) -> RowsModel[LaneRow]:
        return self._rows

    @Slot(str, result=str)
    def way(self, lane: str) -> str:
        """in or out; empty for what is no lane."""
        status = self._statuses.get(LaneName(lane))
        return "" if status is None else WAYS[status.direction]

    @Slot(str)
    def open(self, lane: str) -> None:
        """Ask for this lane's barrier."""
        self.openWanted.emit(lane)

    @Slot(int)
    def openByKey(self, number: int) -> None:
        """F5 opens the first lane, F6 the second."""
        position = number - FIRST_OPEN_KEY
        if 0 <= position < len(self._rows.rows) and number <= LAST_OPEN_KEY:
            self.openWanted.emit(self._rows.rows[position].lane)

    @Slot(str, str)
    def order(self, lane: str, code: str) -> None:
        """One touch is one order; those that need a reason are asked for it first."""
        order, attendant = LaneOrder(code), self._seat.attendant
        if order is LaneOrder.OPEN:
            self.openWanted.emit(lane)
        elif order in REASONED:
            self.reasonWanted.emit(lane, code)
        elif attendant is not None:
            command = OrderLane(
                actor=attendant.actor,
                attendant_id=attendant.id,
                lane=LaneName(lane),
                order=order,
            )
            self._asker.ask(command, lambda outcome: self._ordered(LaneName(lane), outcome))

    @Slot(str)
    def reset(self, lane: str) -> None:
        """Somebody looked at the lane: clear its fault."""
        attendant = self._seat.attendant
        if attendant is None:
            return
        command = ResetLane(actor=attendant.actor, attendant_id=attendant.id, lane=LaneName(lane))
        self._asker.ask(command, lambda outcome: self._ordered(LaneName(lane), outcome))

    def _ordered(self, lane: LaneName, outcome: LaneOrderAnswer | LaneReset) -> None:
        match outcome:
            case LaneReset():
                self.done.emit("reset", lane)
            case LaneOrdered(order=order):
                self.done.emit(order.value, lane)
            case OrderRefused() | NotWired() | LaneBusy():
                self.done.emit(f"not-{why_not(outcome)}", lane)
            case NotSignedIn():
                self._seat.leave()
            case ReasonMissing():
                raise AssertionError("an order that needs a reason is asked for one")
            case _:
                assert_never(outcome)

    def _show_rows(self) -> None:
        plates = {row.reservation_id: written.plate(row.plate) for row in self._stays}
        self._rows.show(
            tuple(
                LaneRow(
                    lane=status.lane,
                    direction=WAYS[status.direction],
                    phase=status.phase,
                    arming=_input(status.arming),
                    under_arm=_input(status.under_arm),
                    open_limit=_input(status.open_limit),
                    closed_limit=_input(status.closed_limit),
                    alarms=[alarm_code(alarm) for alarm in status.alarms],
                    plate=plates.get(status.reservation_id, "") if status.reservation_id else "",
                    is_in_order=status.is_in_order,
                    is_locked=status.is_locked,
                    orders=[_order(status, order) for order in status.orders],
                    shortcut=_shortcut(position),
                )
                for position, status in enumerate(self._statuses.values())
            )
        )


def why_not(outcome: OrderRefused | NotWired | LaneBusy) -> str:
    """Why an order was not given, as the words of the desk know it."""
    match outcome:
        case OrderRefused(why=why):
            return why.value
        case NotWired():
            return "wired"
        case LaneBusy():
            return "busy"
        case _:
            assert_never(outcome)


def _order(status: LaneStatus, order: LaneOrder) -> dict[str, str]:
    obstacle = status.obstacle_to(order)
    return {"order": order.value, "obstacle": obstacle.value if obstacle is not None else ""}


def alarm_code(alarm: str) -> str:
    """A lane's alarm as the words of the desk know it."""
    return alarm.lower().replace("-", "_")


def _input(value: bool | None) -> str:
    return "unknown" if value is None else "on" if value else "off"


def _shortcut(position: int) -> str:
    number = FIRST_OPEN_KEY + position
    return f"F{number}" if number <= LAST_OPEN_KEY else ""
