"""The exit window on a test's stage: bills, events, touches on what stands there, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.domain.ids import AreaId, GrantToken, LaneName, OwnerId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, ExitCovered, ExitDue
from kiosk.domain.payee import Supplier
from kiosk.domain.settlement import Shares, SplitTerms, settle, split_charge
from kiosk.domain.site import Site
from kiosk.domain.space import Area, Space
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_text import tariff_hash
from kiosk.domain.time import Window
from kiosk.services.events import LaneChanged, TicketPresented
from kiosk.services.views import Direction, LaneStatus
from kiosk.ui.format import Language
from kiosk.ui.screens.exit import ExitScreen
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.stage import Glass, load_fonts, make_engine
from tests.fakes.tariffs import priced, simple_tariff
from tests.ui.fake_asker import FakeAsker
from tests.ui.glass_rules import visible_items
from tests.ui.taking_down import take_down

LANE = LaneName("exit-1")
BOOKED = Window(
    datetime(2026, 11, 22, 10, 0, tzinfo=UTC), datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
)
TARIFF = simple_tariff("day", block_minutes=30, price_minor=120, cap_minor=1800)
TERMS = SplitTerms(commission_bp=1500, vat_bp=1900, manager_bp=1000)
AREA = Area(AreaId(1), "L1", "Level 1", 1, 60_000, 30_000)
SUPPLIER = Supplier(
    payee_id=2,
    name="Housing Association North Light",
    address=("Harbour Street 12", "10115 Berlin"),
    tax_number="DE 123 456 789",
    shows_tax=True,
)
SPACE = Space(SpaceId(12), AreaId(1), OwnerId(3), "A-12", 12, 0, 0, 2_500, 5_000)
PORTRAIT = Glass(px_per_mm=4.03)


def bill(
    *, parked_minutes: int = 75, receipt_number: int | None = 4711, tariff: Tariff = TARIFF
) -> Bill:
    """The bill of a car that came at the booked start and stayed so long."""
    presented_at = BOOKED.from_ + timedelta(minutes=parked_minutes)
    deposit = priced(tariff, BOOKED).total
    charge = priced(tariff, Window(BOOKED.from_, presented_at), booked=BOOKED)
    settled = settle(
        shares=split_charge(charge, TERMS), settled_before=Shares.nothing("EUR"), escrow=deposit
    )
    return Bill(
        reservation_id=ReservationId(77),
        area=AREA,
        space=SPACE,
        plate="DDAB1234",
        booked=BOOKED,
        entered_at=BOOKED.from_,
        presented_at=presented_at,
        facts=None,
        tariff_hash=tariff_hash(tariff),
        charge=charge,
        deposit=deposit,
        due=settled.due,
        refund=settled.refund,
        shares=settled.shares,
        receipt_number=receipt_number,
        supplier=SUPPLIER,
    )


def covered(*, parked_minutes: int = 75, tariff: Tariff = TARIFF) -> ExitCovered:
    """A settled exit; what was due before was paid into escrow."""
    asked = bill(parked_minutes=parked_minutes, tariff=tariff)
    settled = replace(asked, deposit=asked.deposit + asked.due, due=Money.zero("EUR"))
    return ExitCovered(GrantToken("g1"), settled, settled.presented_at + timedelta(minutes=15))


def due(*, tariff: Tariff = TARIFF) -> ExitDue:
    """An exit 40 minutes after the booked end."""
    return ExitDue(bill(parked_minutes=160, receipt_number=None, tariff=tariff))


def lane_status(phase: str = "present", *, arming: bool | None = True) -> LaneStatus:
    """The exit lane in this phase."""
    return LaneStatus(
        lane=LANE,
        direction=Direction.EXIT,
        phase=phase,
        arming=arming,
        under_arm=False,
        open_limit=False,
        closed_limit=True,
        alarms=(),
        reservation_id=None,
    )


@dataclass
class ExitStage:
    """One exit screen, with or without its window."""

    screen: ExitScreen
    asker: FakeAsker
    engine: QQmlApplicationEngine | None = None
    rung: list[str] = field(default_factory=list)

    def present(self, outcome: object) -> None:
        """A ticket was scanned, and this was the answer."""
        self.screen.on_published(TicketPresented(LANE, outcome))  # type: ignore[arg-type]

    @property
    def mine(self) -> MyTicket:
        """The pages of a ticket that is looked at."""
        return self.screen.flow.mine

    def look(self) -> None:
        """Begin to look at a ticket."""
        self.screen.lookAtMine()

    def lane(self, phase: str, *, arming: bool | None = True) -> None:
        """The lane says so."""
        self.screen.on_published(LaneChanged(lane_status(phase, arming=arming)))

    @property
    def window(self) -> QQuickWindow:
        """The root window."""
        assert self.engine is not None
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        return window

    def item(self, name: str) -> QQuickItem:
        """The only visible item of this objectName."""
        found = [each for each in visible_items(self.window) if each.objectName() == name]
        assert len(found) == 1, f"{len(found)} visible items are called {name}"
        return found[0]

    def touch(self, name: str) -> None:
        """Press and release a finger's width of glass in the middle of an item."""
        self.touch_at(self.middle(name))

    def middle(self, name: str) -> QPoint:
        """The middle of an item on the glass."""
        QGuiApplication.processEvents()
        item = self.item(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def touch_at(self, point: QPoint) -> None:
        """Press and release there."""
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=point)
        QGuiApplication.processEvents()

    def picture(self, path: Path) -> None:
        """Save what stands on the glass."""
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.window.grabWindow().save(str(path))


@contextmanager
def exit_stage(
    *,
    language: Language = "en",
    card_adapter: str | None = None,
    second_ms: int = 1000,
    with_window: bool = False,
    now: Callable[[], datetime] = lambda: BOOKED.until,
) -> Iterator[ExitStage]:
    """An exit screen at a test site; torn down in the order that Qt wants."""
    home = QObject()
    asker = FakeAsker()
    screen = ExitScreen(
        asker,
        site=Site(7, "Altmarkt", ZoneInfo("Europe/Berlin"), "EUR"),
        lane=LANE,
        kiosk_number="X-1",
        help_phone="+49 351 555 0190",
        card_adapter=card_adapter,
        language=language,
        now=now,
        second_ms=second_ms,
        parent=home,
    )
    stage = ExitStage(screen, asker)
    screen.help_asked.connect(stage.rung.append)
    if with_window:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        load_fonts(application)
        stage.engine = make_engine(PORTRAIT)
        stage.engine.setInitialProperties({"exit": screen})
        stage.engine.loadFromModule("Kiosk", "ExitMain")
        assert stage.engine.rootObjects(), "ExitMain.qml cannot be loaded"
        QGuiApplication.processEvents()
    try:
        yield stage
    finally:
        take_down(home, stage.engine)
