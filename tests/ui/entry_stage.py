"""The entry window on a test's stage: its screen, events, touches, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.domain.ids import LaneName
from kiosk.services.commands import FindSpaces, PayDeposit, Reserve, ShowAreas
from kiosk.services.events import LaneChanged, TicketPresented
from kiosk.ui.format import Language
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.entry import EntryScreen
from kiosk.ui.screens.entry_forms import EntryForms
from kiosk.ui.screens.entry_state import EntryState
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.stage import Glass, load_fonts, make_engine
from kiosk.ui.translate import Translations
from tests.ui.entry_site import (
    LANE,
    LATER,
    NOW,
    PASS,
    PIN,
    SHOWN,
    SITE,
    found,
    lane_status,
    reserved,
    ticket,
)
from tests.ui.fake_asker import FakeAsker
from tests.ui.taking_down import take_down

PORTRAIT = Glass(px_per_mm=4.03)

Asked = TypeVar("Asked")


@dataclass
class Wristwatch:
    """The time as the screen sees it."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class EntryStage:
    """One entry screen, with or without its window."""

    screen: EntryScreen
    asker: FakeAsker
    watch: Wristwatch
    engine: QQmlApplicationEngine | None = None
    rung: list[str] = field(default_factory=list)

    @property
    def state(self) -> EntryState:
        """Where the driver is."""
        return self.screen.flow.stage.state

    @property
    def forms(self) -> EntryForms:
        """What the driver has entered."""
        return self.screen.flow.stage.forms

    @property
    def page(self) -> str:
        """What is on the glass."""
        return self.state.shown_page

    @property
    def mine(self) -> MyTicket:
        """The pages of a ticket that is looked at."""
        return self.screen.flow.mine

    def look(self) -> None:
        """Begin to look at a ticket."""
        self.screen.lookAtMine()

    def present(self, outcome: object, lane: LaneName = LANE, code: str = "") -> None:
        """A ticket was scanned, and this was the answer."""
        self.screen.on_published(TicketPresented(lane, outcome, code))  # type: ignore[arg-type]

    def lane(self, phase: str, *, arming: bool = False) -> None:
        """The lane says so."""
        self.screen.on_published(LaneChanged(lane_status(phase, arming=arming)))

    def asked(self, command_type: type[Asked]) -> list[Asked]:
        """Every command of this type so far."""
        return [each for each in self.asker.asked if isinstance(each, command_type)]

    def last(self, command_type: type[Asked]) -> Asked:
        """The latest command of this type."""
        return next(each for each in reversed(self.asker.asked) if isinstance(each, command_type))

    # The way without glass ---------------------------------------------------------------

    def to_find(self) -> None:
        self.screen.start()
        self.forms.find.choose(1)

    def to_choose(self) -> None:
        self.to_find()
        self.asker.answers(FindSpaces, found())
        self.screen.search()

    def to_when(self) -> None:
        self.to_find()
        self.screen.askWhen()
        self.forms.when.pick_day("2026-11-24")
        self.forms.when.pick_hour("9")
        self.forms.when.pick_quarter("15")

    def to_later(self) -> None:
        self.to_when()
        self.screen.comeLater()

    def to_later_pay(self) -> None:
        self.to_later()
        self.asker.answers(FindSpaces, found(at=LATER))
        self.screen.search()
        self.screen.take()
        self.type_plate("DDAB1234")
        self.asker.answers(Reserve, reserved)
        self.screen.reserve()

    def to_plate(self) -> None:
        self.to_choose()
        self.screen.take()
        self.type_plate("DDAB1234")

    def to_pay(self) -> None:
        self.to_plate()
        self.asker.answers(Reserve, reserved)
        self.screen.reserve()

    def to_ticket(self) -> None:
        self.to_pay()
        self.asker.answers(PayDeposit, ticket())
        self.pay_by_wallet()

    def type_plate(self, plate: str) -> None:
        for sign in plate:
            self.forms.plate.press(sign)

    def type_proof(self) -> None:
        self.forms.pay.scan(PASS)
        for digit in PIN:
            self.forms.pay.press(digit)

    def pay_by_wallet(self) -> None:
        self.type_proof()
        self.forms.pay.pay()

    # The glass ---------------------------------------------------------------------------

    def follow_language(self, translations: Translations, engine: QQmlApplicationEngine) -> None:
        """What kiosk.app does when the driver chooses a language."""
        self.screen.language_changed.connect(lambda code: translations.speak(code, [engine]))

    @property
    def window(self) -> QQuickWindow:
        """The root window."""
        assert self.engine is not None
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        return window

    def item(self, name: str) -> QQuickItem:
        """The only visible item of this objectName."""
        items = [each for each in visible_items(self.window) if each.objectName() == name]
        assert len(items) == 1, f"{len(items)} visible items are called {name}"
        return items[0]

    def middle(self, name: str) -> QPoint:
        """The middle of an item on the glass."""
        item = self.item(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def touch(self, name: str) -> None:
        """Press and release in the middle of an item."""
        QGuiApplication.processEvents()
        self.touch_at(self.middle(name))

    def touch_at(self, point: QPoint) -> None:
        """Press and release there."""
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=point)
        QGuiApplication.processEvents()

    def touch_all(self, prefix: str, signs: str) -> None:
        """Touch one key after another; no key twice, or the guard of ux 18 would hold it back."""
        for sign in signs:
            self.touch(f"{prefix}{sign}")

    def text(self, name: str) -> str:
        """What the words of this name say."""
        return str(self.item(name).property("text"))

    def picture(self, path: Path) -> None:
        """Save what stands on the glass."""
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.window.grabWindow().save(str(path))


def visible_items(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Every item that is shown, parents first."""
    waiting = [window.contentItem()]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            yield item
            waiting.extend(item.childItems())


@contextmanager
def entry_stage(
    *,
    language: Language = "en",
    country: Country = "latin",
    card_adapter: str | None = None,
    glass: Glass = PORTRAIT,
    second_ms: int = 1000,
    with_window: bool = False,
) -> Iterator[EntryStage]:
    """An entry screen at a test site; torn down in the order that Qt wants."""
    home = QObject()
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    translations = Translations(application, home)
    translations.speak(language, [])
    asker = FakeAsker()
    asker.answers(ShowAreas, *(SHOWN for _ in range(40)))
    watch = Wristwatch()
    screen = EntryScreen(
        asker,
        site=SITE,
        lane=LANE,
        kiosk_number="E-1",
        help_phone="+49 351 555 0190",
        card_adapter=card_adapter,
        language=language,
        country=country,
        now=watch.now,
        second_ms=second_ms,
        parent=home,
    )
    stage = EntryStage(screen, asker, watch)
    screen.help_asked.connect(stage.rung.append)
    if with_window:
        load_fonts(application)
        stage.engine = make_engine(glass)
        stage.follow_language(translations, stage.engine)
        stage.engine.setInitialProperties({"entry": screen})
        stage.engine.loadFromModule("Kiosk", "EntryMain")
        assert stage.engine.rootObjects(), "EntryMain.qml cannot be loaded"
        QGuiApplication.processEvents()
    try:
        yield stage
    finally:
        take_down(home, stage.engine)
