"""The toy window on a test's stage: two toy lanes that a test moves by hand, and real touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from hardware.sim.cars import LaneLayout
from hardware.sim.plant import Plant
from hardware.sim.rig import ToyCar, ToyView
from kiosk.app.placing import DESK_GLASS, Placing, open_window
from kiosk.app.toy_window import TOY_PAGE
from kiosk.ui.format import Language
from kiosk.ui.stage import load_fonts
from kiosk.ui.toy import ToyPlace, ToyScreen, ToySite
from kiosk.ui.toy_lane import ToyCodes
from tests.ui.glass_rules import visible_items
from tests.ui.taking_down import take_down


class HandLane:
    """A toy lane whose time only a test moves; cars and arm are the simulation's own."""

    def __init__(self) -> None:
        self.auto_drive = True
        self.plant = Plant()
        self.scanned: list[str] = []
        self.is_plugged = True
        self.is_green = False

    def view(self) -> ToyView:
        return ToyView(
            arm_fraction=self.plant.arm_fraction,
            cars=tuple(ToyCar(car.front_mm, car.length_mm) for car in self.plant.cars),
            inputs=self.plant.inputs(),
            is_green=self.is_green,
            is_red=not self.is_green,
            is_board_plugged=self.is_plugged,
            is_fire=self.plant.operator.is_fire_on,
            has_mains=self.plant.operator.has_mains,
            is_jammed=self.plant.operator.is_jammed,
            stuck=self.plant.stuck,
        )

    def passes(self, duration_s: float) -> None:
        """Let so much time pass in this lane."""
        self.plant.advance(self.plant.now_s + duration_s)

    def raise_arm(self) -> None:
        """What the program does when a ticket is good."""
        self.is_green = True
        self.plant.open_pulse()
        if self.auto_drive:
            self.car_drives_on()

    def car_arrives(self) -> None:
        self.plant.drive_up()

    def car_drives_on(self) -> None:
        self.plant.drive_through(self.plant.cars[0])

    def car_backs_out(self) -> None:
        self.plant.back_out(self.plant.cars[-1])

    def guard_opens(self) -> None:
        self.plant.remote_open()

    def fire(self, is_on: bool) -> None:
        self.plant.fire(is_on)

    def mains(self, is_on: bool) -> None:
        self.plant.mains(is_on)

    def jam(self, is_jammed: bool) -> None:
        if is_jammed:
            self.plant.jam()
        else:
            self.plant.unjam()

    def stick(self, name: str, is_on: bool) -> None:
        self.plant.stick(name, is_on)

    def unstick(self, name: str) -> None:
        self.plant.unstick(name)

    def scan(self, text: str) -> None:
        self.scanned.append(text)

    def unplug_board(self) -> None:
        self.is_plugged = False

    def replug_board(self) -> None:
        self.is_plugged = True


@dataclass
class Codes:
    """What the site has printed and opened so far."""

    ticket: str = ""
    wallet_pass: str = ""


@dataclass
class ToyStage:
    """The window, its two lanes, and what they were told."""

    screen: ToyScreen
    entry: HandLane
    exit: HandLane
    codes: Codes
    engine: QQmlApplicationEngine
    window: QQuickWindow
    skipped: list[timedelta] = field(default_factory=list)

    def frame(self) -> None:
        """Show what the simulation does now."""
        self.screen.look()
        QGuiApplication.processEvents()
        self.window.grabWindow()

    def item(self, name: str) -> QQuickItem:
        """The only visible item of this objectName."""
        self.frame()
        found = [each for each in visible_items(self.window) if each.objectName() == name]
        assert len(found) == 1, f"{len(found)} visible items are called {name}"
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether an item of this objectName is visible."""
        self.frame()
        return any(each.objectName() == name for each in visible_items(self.window))

    def words(self) -> list[str]:
        """Every text on the glass."""
        self.frame()
        shown = [each.property("text") for each in visible_items(self.window)]
        return [text for text in shown if isinstance(text, str) and text]

    def touch(self, name: str) -> None:
        """Press and release in the middle of an item."""
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=self.middle(name))
        QGuiApplication.processEvents()

    def drag(self, name: str, by_px: int) -> None:
        """Take an item in its middle, move it along the road and let it go."""
        start = self.middle(name)
        QTest.mousePress(self.window, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 11):
            QTest.mouseMove(self.window, start + QPoint(by_px * step // 10, 0))
        QTest.mouseRelease(self.window, Qt.MouseButton.LeftButton, pos=start + QPoint(by_px, 0))
        QGuiApplication.processEvents()

    def middle(self, name: str) -> QPoint:
        """The middle of an item on the glass."""
        item = self.item(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


@contextmanager
def toy_stage(
    *,
    language: Language = "en",
    one_time_pin: str = "482913",
    places: Sequence[ToyPlace] | None = None,
) -> Iterator[ToyStage]:
    """An entry and an exit at noon; torn down in the order that Qt wants."""
    home = QObject()
    entry, exit_ = HandLane(), HandLane()
    codes = Codes()
    skipped: list[timedelta] = []
    began = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    screen = ToyScreen(
        ToySite(
            zone=ZoneInfo("Europe/Berlin"),
            language=language,
            attendant="Kim",
            one_time_pin=one_time_pin,
            now=lambda: began + sum(skipped, timedelta()),
            skip=skipped.append,
            layout=LaneLayout(),
            codes=ToyCodes(
                last_ticket=lambda: codes.ticket,
                wallet_pass=lambda: codes.wallet_pass,
                forged_ticket=lambda: "P1/FORGED",
            ),
        ),
        places or [ToyPlace("entry", False, entry), ToyPlace("exit", True, exit_)],
        home,
    )
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    engine, window = open_window(
        Placing().beside(TOY_PAGE),
        glass=DESK_GLASS,
        module="Toy",
        root="ToyMain",
        properties={"toy": screen},
    )
    QGuiApplication.processEvents()
    stage = ToyStage(screen, entry, exit_, codes, engine, window, skipped)
    try:
        yield stage
    finally:
        take_down(home, engine)
