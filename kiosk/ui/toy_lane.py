"""One simulated lane as the toy window draws it, and what a hand can do to it.

It draws what the simulation says; how cars roll and arms rise is the simulation's, what a scanned
code opens is the program's, which sees a lane like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.ui.models import RowsModel

if TYPE_CHECKING:
    from hardware.sim.cars import LaneLayout
    from hardware.sim.rig import ToyView

QML_IMPORT_NAME = "Toy"
QML_IMPORT_MAJOR_VERSION = 1

SAYS_MS = 4000
"""How long it is told what was held before the scanner."""
CAR_MM = 4500.0
ROAD_FROM_MM = -9000.0
ROAD_UNTIL_MM = 11_500.0
STUCK_LOOP = "under_arm"
"""The loop that a hand can break, by its name in LaneInputs."""
LEAST_WAITING_MM = 1500.0
"""A next car of which less than this is on the drawing is not drawn."""


class ToyVerbs(Protocol):
    """What a hand can do in a simulated lane; hardware.sim.rig.ToyLane keeps it."""

    auto_drive: bool

    def view(self) -> ToyView: ...
    def car_arrives(self) -> None: ...
    def car_drives_on(self) -> None: ...
    def car_backs_out(self) -> None: ...
    def guard_opens(self) -> None: ...
    def fire(self, is_on: bool) -> None: ...
    def mains(self, is_on: bool) -> None: ...
    def jam(self, is_jammed: bool) -> None: ...
    def stick(self, name: str, is_on: bool) -> None: ...
    def unstick(self, name: str) -> None: ...
    def scan(self, text: str) -> None: ...
    def unplug_board(self) -> None: ...
    def replug_board(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ToyCodes:
    """What can be held before a scanner; each gives its text, or "" while there is none."""

    last_ticket: Callable[[], str]
    wallet_pass: Callable[[], str]
    forged_ticket: Callable[[], str]


@dataclass(frozen=True, slots=True)
class CarRow:
    """A car on the road, the foremost first."""

    key: int
    front_mm: float
    length_mm: float


@QmlElement
@QmlUncreatable("made by the toy window")
class ToyLaneCard(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One lane from above; `look` asks the simulation again."""

    changed = Signal()
    acted = Signal()
    """A hand did something: look again at once."""

    def __init__(
        self,
        toy: ToyVerbs,
        *,
        name: str,
        is_exit: bool,
        layout: LaneLayout,
        codes: ToyCodes,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._toy = toy
        self._name = name
        self._is_exit = is_exit
        self._layout = layout
        self._codes = codes
        self._cars = RowsModel(CarRow, key="key", parent=self)
        self._said = ""
        self._shown_at_mm: float | None = None
        self.view = toy.view()
        self._saying = QTimer(self, interval=SAYS_MS, singleShot=True)
        self._saying.timeout.connect(self._said_enough)

    def look(self) -> bool:
        """Show the lane as it is now; True when anything in it has moved since the last look."""
        view = self._toy.view()
        has_moved = view != self.view
        if has_moved:
            self.view = view
            self._show_cars()
            self.changed.emit()
        return has_moved

    # What a hand does --------------------------------------------------------------------------

    @Slot()
    def carComes(self) -> None:
        """A car rolls onto the arming loop, or queues."""
        self._bring_car(shown_at_mm=None)

    @Slot(float)
    def dropCar(self, front_mm: float) -> None:
        """The waiting car was put down with its nose here; on the loop or beyond it comes.

        It is shown where it was put while the simulated car rolls there.
        """
        if front_mm >= self._layout.arming_from_mm:
            self._bring_car(shown_at_mm=min(front_mm, self._layout.stop_mm, self._room_mm()))

    @Slot()
    def driveOn(self) -> None:
        """The foremost waiting car drives as soon as the arm is up."""
        self._toy.car_drives_on()
        self.acted.emit()

    @Slot()
    def backOut(self) -> None:
        """The last car reverses out of the lane."""
        self._shown_at_mm = None
        self._toy.car_backs_out()
        self.acted.emit()

    @Slot()
    def switchAutoDrive(self) -> None:
        """Whether cars drive on by themselves once the arm is up."""
        self._toy.auto_drive = not self._toy.auto_drive
        self.changed.emit()

    @Slot()
    def switchPlug(self) -> None:
        """Pull the relay board's cable, or plug it in again."""
        if self.view.is_board_plugged:
            self._toy.unplug_board()
        else:
            self._toy.replug_board()
        self.acted.emit()

    @Slot()
    def guardOpens(self) -> None:
        """The guard raises the arm by the remote, which the program has not ordered."""
        self._toy.guard_opens()
        self.acted.emit()

    @Slot()
    def switchFire(self) -> None:
        """Begin a fire alarm, or end it."""
        self._toy.fire(not self.view.is_fire)
        self.acted.emit()

    @Slot()
    def switchJam(self) -> None:
        """Block the arm where it is, or free it."""
        self._toy.jam(not self.view.is_jammed)
        self.acted.emit()

    @Slot()
    def switchMains(self) -> None:
        """Take the barrier its mains, or give them back."""
        self._toy.mains(not self.view.has_mains)
        self.acted.emit()

    @Slot()
    def switchLoop(self) -> None:
        """Let the loop under the arm see a car for ever, or repair it."""
        if STUCK_LOOP in self.view.stuck:
            self._toy.unstick(STUCK_LOOP)
        else:
            self._toy.stick(STUCK_LOOP, True)
        self.acted.emit()

    @Slot()
    def scanTicket(self) -> None:
        """Hold the ticket that was printed last before the scanner."""
        self._scan("ticket", self._codes.last_ticket())

    @Slot()
    def scanPass(self) -> None:
        """Hold the pass of the wallet that the desk opened last before the scanner."""
        self._scan("pass", self._codes.wallet_pass())

    @Slot()
    def scanForged(self) -> None:
        """Hold a ticket that nobody sold before the scanner."""
        self._scan("forged", self._codes.forged_ticket())

    # Inside ------------------------------------------------------------------------------------

    def _scan(self, what: str, text: str) -> None:
        self._said = what if text else f"no-{what}"
        self._saying.start()
        if text:
            self._toy.scan(text)
        self.changed.emit()

    @Slot()
    def _said_enough(self) -> None:
        self._said = ""
        self.changed.emit()

    def _bring_car(self, *, shown_at_mm: float | None) -> None:
        self._shown_at_mm = shown_at_mm
        self._toy.car_arrives()
        self.acted.emit()

    def _show_cars(self) -> None:
        cars = self.view.cars
        rows = [CarRow(key, car.front_mm, car.length_mm) for key, car in enumerate(cars)]
        if self._shown_at_mm is not None and rows:
            rows[-1] = replace(rows[-1], front_mm=max(rows[-1].front_mm, self._shown_at_mm))
        self._cars.show(rows)

    def _room_mm(self) -> float:
        """How far a nose can come behind the last car."""
        if not self._cars.rows:
            return inf
        last = self._cars.rows[-1]
        return last.front_mm - last.length_mm - self._layout.gap_mm

    def _waiting_mm(self) -> float:
        """Where the nose of the next car is before it comes."""
        return min(self._layout.start_mm, self._room_mm())

    # What QML reads ----------------------------------------------------------------------------

    @Property(str, constant=True)
    def name(self) -> str:
        return self._name

    @Property(bool, constant=True)
    def isExit(self) -> bool:
        return self._is_exit

    @Property(QObject, constant=True)
    def cars(self) -> RowsModel[CarRow]:
        return self._cars

    @Property(bool, notify=changed)
    def hasCar(self) -> bool:
        return bool(self.view.cars)

    @Property(float, notify=changed)
    def armFraction(self) -> float:
        """0 closed to 1 open."""
        return self.view.arm_fraction

    @Property(str, notify=changed)
    def arm(self) -> str:
        """down, moving, up"""
        fraction = self.view.arm_fraction
        return "down" if fraction <= 0.0 else "up" if fraction >= 1.0 else "moving"

    @Property(bool, notify=changed)
    def isOnArming(self) -> bool:
        return self.view.inputs.arming is True

    @Property(bool, notify=changed)
    def isUnderArm(self) -> bool:
        return self.view.inputs.under_arm is True

    @Property(str, notify=changed)
    def lamp(self) -> str:
        """green, red, off"""
        return "green" if self.view.is_green else "red" if self.view.is_red else "off"

    @Property(bool, notify=changed)
    def isPlugged(self) -> bool:
        return self.view.is_board_plugged

    @Property(bool, notify=changed)
    def isFire(self) -> bool:
        return self.view.is_fire

    @Property(bool, notify=changed)
    def isJammed(self) -> bool:
        return self.view.is_jammed

    @Property(bool, notify=changed)
    def hasMains(self) -> bool:
        return self.view.has_mains

    @Property(bool, notify=changed)
    def isLoopStuck(self) -> bool:
        """Whether the loop under the arm reports a car for ever."""
        return STUCK_LOOP in self.view.stuck

    @Property(bool, notify=changed)
    def drivesByItself(self) -> bool:
        return self._toy.auto_drive

    @Property(str, notify=changed)
    def said(self) -> str:
        """What was just scanned: ticket, pass, forged; no-ticket, no-pass; or empty."""
        return self._said

    @Property(bool, notify=changed)
    def hasWaiting(self) -> bool:
        """Whether the next car can be seen on the road before the lane."""
        return self._waiting_mm() > ROAD_FROM_MM + LEAST_WAITING_MM

    @Property(float, notify=changed)
    def waitingFrontMm(self) -> float:
        return self._waiting_mm()

    @Property(float, constant=True)
    def carMm(self) -> float:
        return CAR_MM

    @Property(float, constant=True)
    def roadFromMm(self) -> float:
        return ROAD_FROM_MM

    @Property(float, constant=True)
    def roadUntilMm(self) -> float:
        return ROAD_UNTIL_MM

    @Property(float, constant=True)
    def armingFromMm(self) -> float:
        return self._layout.arming_from_mm

    @Property(float, constant=True)
    def armingUntilMm(self) -> float:
        return self._layout.arming_until_mm

    @Property(float, constant=True)
    def stopMm(self) -> float:
        return self._layout.stop_mm

    @Property(float, constant=True)
    def underFromMm(self) -> float:
        return self._layout.under_arm_from_mm

    @Property(float, constant=True)
    def underUntilMm(self) -> float:
        return self._layout.under_arm_until_mm

    @Property(float, constant=True)
    def armMm(self) -> float:
        return self._layout.arm_mm
