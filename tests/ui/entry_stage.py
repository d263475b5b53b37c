"""The entry window on a test's stage: a site with idle spaces, events, touches, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.domain.ids import AreaId, GrantToken, LaneName, OwnerId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Granted, Reserved, TicketIssued
from kiosk.domain.search import Proposal, Proposals
from kiosk.domain.search_outcomes import (
    AreasShown,
    AreaSummary,
    NothingIdle,
    PlanSpace,
    SpacesFound,
)
from kiosk.domain.site import Site
from kiosk.domain.space import Area, Space
from kiosk.domain.time import Window
from kiosk.services.commands import FindSpaces, PayDeposit, Reserve, ShowAreas
from kiosk.services.events import LaneChanged, TicketPresented
from kiosk.services.views import Direction, LaneStatus
from kiosk.ui.format import Language
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.entry import EntryScreen
from kiosk.ui.screens.entry_forms import EntryForms
from kiosk.ui.screens.entry_state import EntryState
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.stage import Glass, delete_now, load_fonts, make_engine
from kiosk.ui.translate import Translations
from tests.fakes.tariffs import priced, simple_tariff
from tests.ui.fake_asker import FakeAsker

LANE = LaneName("entry-1")
NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
"""Quarter past nine in the morning, the day after tomorrow."""
SITE = Site(7, "Altmarkt", ZoneInfo("Europe/Berlin"), "EUR")
DAY = simple_tariff("day", block_minutes=60, price_minor=200, cap_minor=1200)
CHEAP = simple_tariff("cheap", block_minutes=60, price_minor=150, cap_minor=900)
AREAS = (
    Area(AreaId(1), "L1", "Level 1", 1, 42_000, 33_000),
    Area(AreaId(2), "L2", "Level 2", 2, 42_000, 33_000),
    Area(AreaId(3), "C", "Courtyard", 0, 30_000, 17_000),
)
SHOWN = AreasShown(
    (
        AreaSummary(AREAS[0], 18, 44, DAY),
        AreaSummary(AREAS[1], 31, 44, CHEAP),
        AreaSummary(AREAS[2], 0, 12, DAY),
    ),
    NOW,
)
PASS = "abcd2345"
PIN = "204816"
PORTRAIT = Glass(px_per_mm=4.03)
ROWS_Y_MM = (1000, 12_000, 17_000, 27_000)

Asked = TypeVar("Asked")


def space(number: int) -> Space:
    """Space 1 to 44 of level 1: four rows of eleven along two aisles."""
    row, place = divmod(number - 1, 11)
    return Space(
        id=SpaceId(number),
        area_id=AREAS[0].id,
        owner_id=OwnerId(number % 3 + 1),
        label=f"{'ABCD'[row]}{place + 1}",
        rank=number,
        x_mm=5_000 + place * 2_900,
        y_mm=ROWS_Y_MM[row],
        width_mm=2_700,
        depth_mm=5_000,
        has_charger=number in {3, 14},
        is_accessible=number == 1,
    )


def found(
    *, minutes: int = 120, taken: frozenset[int] = frozenset(), at: datetime = NOW
) -> SpacesFound:
    """Every third space is taken, and those that the test wants taken."""
    window = Window(at, at + timedelta(minutes=minutes))
    plan = [
        PlanSpace(space(number), True, NOW + timedelta(hours=5, minutes=55))
        if number % 3 and number not in taken
        else PlanSpace(space(number), False, None)
        for number in range(1, 45)
    ]
    best = SpaceId(17) if 17 not in taken else SpaceId(19)
    return SpacesFound(AREAS[0], window, priced(DAY, window), tuple(plan), best)


def nothing_but() -> NothingIdle:
    """Nothing fits two hours from now on; everything that can come near is there."""

    def of(number: int, from_minutes: int, until_minutes: int) -> Proposal:
        window = Window(
            NOW + timedelta(minutes=from_minutes), NOW + timedelta(minutes=until_minutes)
        )
        return Proposal(SpaceId(number), window)

    proposals = Proposals(
        earlier=None,
        later=of(19, 40, 160),
        shorter=of(20, 0, 75),
        in_two=(of(22, 0, 75), of(23, 75, 120)),
    )
    others = (AREAS[1].id, AREAS[2].id)
    return NothingIdle(AREAS[0], found().window, others, proposals)


def reserved(command: Reserve) -> Reserved:
    """The core keeps the space that was asked for."""
    starts_at = command.starts_at or NOW
    window = Window(starts_at, starts_at + timedelta(minutes=command.duration_minutes))
    return Reserved(
        reservation_id=ReservationId(77),
        area=AREAS[0],
        space=space(int(command.space_id)),
        window=window,
        plate=command.plate,
        quote=priced(DAY, window),
        leave_by=NOW + timedelta(hours=5),
        pay_until=NOW + timedelta(minutes=10),
        free_until=window.until + timedelta(minutes=15),
    )


def ticket(number: int = 17, reservation_id: int = 77, *, at: datetime = NOW) -> TicketIssued:
    """A paid ticket for a space of level 1."""
    return TicketIssued(
        reservation_id=ReservationId(reservation_id),
        text="P1/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFG",
        short_code="k7mp2xqa",
        area=AREAS[0],
        space=space(number),
        window=Window(at, at + timedelta(hours=2)),
        plate="DDAB1234",
        deposit=Money(400, "EUR"),
    )


def granted(*, moved_from: Space | None = None) -> Granted:
    """The ticket of reservation 77 was scanned and is good."""
    paid = ticket()
    return Granted(
        token=GrantToken("g1"),
        reservation_id=paid.reservation_id,
        area=paid.area,
        space=paid.space,
        window=paid.window,
        moved_from=moved_from,
    )


def lane_status(phase: str = "idle", lane: LaneName = LANE, *, arming: bool = False) -> LaneStatus:
    """The entry lane in this phase."""
    return LaneStatus(
        lane=lane,
        direction=Direction.ENTRY,
        phase=phase,
        arming=arming,
        under_arm=False,
        open_limit=False,
        closed_limit=True,
        alarms=(),
        reservation_id=None,
    )


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
        if stage.engine is not None:
            stage.window.close()
            delete_now(stage.engine)
        translations.speak("en", [])
        delete_now(home)
