"""The desk's window on a test's stage: a site in the middle of a day, keys, touches, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.domain.ids import AreaId, AttendantId, LaneName, OwnerId, ReservationId, SpaceId
from kiosk.domain.ledger import Balance
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, SignedIn
from kiosk.domain.reservation import State
from kiosk.domain.settlement import Shares, SplitTerms, settle, split_charge
from kiosk.domain.space import Area, Space
from kiosk.domain.tariff_text import tariff_hash
from kiosk.domain.time import Window
from kiosk.services.commands import ShowDesk, SignIn
from kiosk.services.views import (
    DeskSpace,
    DeskView,
    Direction,
    LaneStatus,
    OpenGrant,
    PartyMoney,
    RefusedTariff,
    SpaceUse,
    StayMoney,
    StayRow,
    TimelineRow,
    TransferRow,
)
from kiosk.ui.desk.screen import DeskScreen
from kiosk.ui.format import Language
from kiosk.ui.stage import Glass, load_fonts, make_engine, px_per_mm
from tests.fakes.tariffs import priced, simple_tariff
from tests.ui.fake_asker import FakeAsker
from tests.ui.taking_down import take_down

Asked = TypeVar("Asked")
NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
ENTRY, EXIT = LaneName("entry-1"), LaneName("exit-1")
AREAS = (
    Area(AreaId(1), "L1", "Level 1", 1, 42_000, 18_000),
    Area(AreaId(2), "L2", "Level 2", 2, 42_000, 18_000),
)
TARIFF = simple_tariff("day", block_minutes=30, price_minor=120, cap_minor=1800)
TERMS = SplitTerms(commission_bp=1500, vat_bp=1900, manager_bp=1000)
OWNERS = ("Lindner", "Office Nord", "Yilmaz", "Bakery")
GLASS = Glass(px_per_mm(diagonal_inch=24, width_px=1920, height_px=1080), desk=True)
SPACES_A_LEVEL = 32


def euro(minor: int) -> Money:
    """An amount of the test site."""
    return Money(minor, "EUR")


def space(number: int) -> Space:
    """Space 1 to 64: two rows of sixteen on each of two levels."""
    level, place = divmod(number - 1, SPACES_A_LEVEL)
    row, column = divmod(place, SPACES_A_LEVEL // 2)
    return Space(
        id=SpaceId(number),
        area_id=AREAS[level].id,
        owner_id=OwnerId(number % len(OWNERS) + 1),
        label=f"{'AB'[level]}{place + 1:02d}",
        rank=number,
        x_mm=1000 + column * 2500,
        y_mm=500 + row * 12_000,
        width_mm=2500,
        depth_mm=5000,
        has_charger=place in {3, 4},
        is_accessible=place in {0, 16},
    )


_STATES = (State.ARRIVED, State.LEFT, State.CONFIRMED, State.ARRIVED, State.SETTLED, State.LEFT)


def stay(number: int) -> StayRow:
    """One of many stays, in every state, with a plate of its own."""
    place = space((number - 1) * 7 % 64 + 1)
    state = _STATES[number % len(_STATES)]
    start = NOW - timedelta(minutes=30 * (number % 7) + 20)
    window = Window(start, start + timedelta(hours=2))
    has_entered = state in {State.ARRIVED, State.SETTLED, State.LEFT}
    has_left = state is State.LEFT
    return StayRow(
        reservation_id=ReservationId(number),
        state=state,
        area=AREAS[place.area_id - 1],
        space=place,
        plate=f"DD{'ABEHKOM'[number % 7]}B{1000 + number}",
        short_code=f"k7mp{2345 + number:04d}".replace("0", "z").replace("1", "y"),
        window=window,
        deposit=euro(480),
        charged=euro(360) if state in {State.SETTLED, State.LEFT} else None,
        entered_at=start + timedelta(minutes=4) if has_entered else None,
        left_at=NOW - timedelta(minutes=number % 9 + 1) if has_left else None,
        is_overstayed=state is State.ARRIVED and window.until < NOW,
        was_opened_by_hand=number == 11,
    )


def lane_status(lane: LaneName, phase: str = "idle", **changes: object) -> LaneStatus:
    """A lane in this phase, its arm closed and no car near unless told otherwise."""
    status = LaneStatus(
        lane=lane,
        direction=Direction.ENTRY if lane == ENTRY else Direction.EXIT,
        phase=phase,
        arming=False,
        under_arm=False,
        open_limit=False,
        closed_limit=True,
        alarms=(),
        reservation_id=None,
    )
    return replace(status, **changes)  # type: ignore[arg-type]


def desk_space(number: int, stays: dict[SpaceId, StayRow]) -> DeskSpace:
    """What a space is doing: what its stay says, else idle, and some are not shared."""
    place = space(number)
    row = stays.get(place.id)
    use = SpaceUse.NOT_SHARED if number % 9 == 5 else SpaceUse.IDLE
    until: datetime | None = NOW + timedelta(hours=4) if use is SpaceUse.IDLE else None
    if row is not None:
        use = SpaceUse.RESERVED if row.entered_at is None else SpaceUse.OCCUPIED
        until = row.window.until
    return DeskSpace(
        space=place,
        use=use,
        owner_name=OWNERS[place.owner_id - 1],
        reservation_id=row.reservation_id if row else None,
        until=until,
    )


def desk_view(
    *,
    stay_count: int = 40,
    lanes: tuple[LaneStatus, ...] = (),
    unreported: tuple[OpenGrant, ...] = (),
    refused_tariffs: tuple[RefusedTariff, ...] = (),
) -> DeskView:
    """The site at five past two in the afternoon."""
    rows = tuple(stay(number) for number in range(1, stay_count + 1))
    running = {row.space.id: row for row in rows if row.left_at is None}
    return DeskView(
        at=NOW,
        areas=AREAS,
        spaces=tuple(desk_space(number, running) for number in range(1, 65)),
        lanes=lanes or (lane_status(ENTRY), lane_status(EXIT)),
        stays=rows,
        money=(
            PartyMoney("owner", euro(28_344)),
            PartyMoney("manager", euro(3_920)),
            PartyMoney("commission", euro(5_880)),
            PartyMoney("vat", euro(1_117)),
            PartyMoney("wallet", euro(140_250)),
            PartyMoney("escrow", euro(9_600)),
            PartyMoney("refund-due", euro(0)),
            PartyMoney("till", euro(-189_111)),
            PartyMoney("psp", euro(0)),
        ),
        unreported=unreported,
        refused_tariffs=refused_tariffs,
    )


def stay_money(number: int = 4) -> StayMoney:
    """A settled stay with all its transfers."""
    row = replace(stay(number), state=State.SETTLED, charged=euro(360))
    entered_at = row.window.from_
    presented_at = entered_at + timedelta(minutes=75)
    charge = priced(TARIFF, Window(entered_at, presented_at))
    shares = split_charge(charge, TERMS)
    settled = settle(shares=shares, settled_before=Shares.nothing("EUR"), escrow=row.deposit)
    escrow, refund_due = f"escrow:{number}", f"refund-due:{number}"
    bill = Bill(
        reservation_id=row.reservation_id,
        area=row.area,
        space=row.space,
        plate=row.plate,
        booked=row.window,
        entered_at=entered_at,
        presented_at=presented_at,
        facts=None,
        tariff_hash=tariff_hash(TARIFF),
        charge=charge,
        deposit=row.deposit,
        due=settled.due,
        refund=settled.refund,
        shares=shares,
        receipt_number=1042,
    )
    moved = (
        (entered_at, "deposit", "wallet:7", escrow, row.deposit),
        (presented_at, "settlement", escrow, f"owner:{row.space.owner_id}", shares.owner),
        (presented_at, "settlement", escrow, "commission", shares.commission),
        (presented_at, "settlement", escrow, "vat", shares.vat),
        (presented_at, "settlement", escrow, "manager", shares.manager),
        (presented_at, "refund", escrow, refund_due, settled.refund),
        (presented_at, "refund", refund_due, "wallet:7", settled.refund),
    )
    happened = (
        (entered_at, "entry screen", "reservation.made", ""),
        (entered_at, "entry screen", "deposit.paid", ""),
        (entered_at, "entry-1", "ticket.presented", "granted"),
        (entered_at + timedelta(minutes=4), "entry-1", "entry.passed", ""),
        (presented_at, "exit-1", "ticket.presented", "due 120"),
        (presented_at, "exit-1", "grant.returned", "back_out"),
        (presented_at, "Ada", "difference.waived", "120"),
        (presented_at, "Ada", "barrier.ordered", "Ticket lost, plate checked"),
    )
    return StayMoney(
        row=row,
        bill=bill,
        transfers=tuple(TransferRow(*each) for each in moved),
        balances=(
            Balance(escrow, row.deposit.currency, row.deposit.minor, row.deposit.minor),
            Balance(refund_due, row.deposit.currency, settled.refund.minor, settled.refund.minor),
        ),
        timeline=tuple(TimelineRow(*each) for each in happened),
    )


def stay_in(state: State, *, refund_due: int = 0) -> StayMoney:
    """Stay 4 in this state; a provider did not take so much of its refund back."""
    money = stay_money(4)
    escrow, due = money.balances
    owed = due._replace(debits_minor=due.credits_minor - refund_due)
    return replace(money, row=replace(money.row, state=state), balances=(escrow, owed))


def owing(due: int) -> Bill:
    """The bill of stay 4 while it is inside, with so much of it not in escrow."""
    bill = stay_money(4).bill
    assert isinstance(bill, Bill)
    return replace(bill, due=euro(due), receipt_number=None)


@dataclass
class DeskStage:
    """One desk, with or without its window."""

    screen: DeskScreen
    asker: FakeAsker
    engine: QQmlApplicationEngine | None = None
    root: QQuickWindow | None = None
    spoken: list[str] = field(default_factory=list)

    def sign_in(self, view: DeskView | None = None) -> None:
        """Ada unlocks the desk and sees this site."""
        self.asker.answers(SignIn, SignedIn(AttendantId(1), "Ada"))
        self.asker.answers(ShowDesk, view or desk_view())
        self.screen._sign_in.typeName("Ada")
        self.screen._sign_in.typeDigit("482913")
        self.screen._sign_in.confirm()
        QGuiApplication.processEvents()

    def last(self, command_type: type[Asked]) -> Asked:
        """The last command of this type that was asked."""
        asked = [each for each in self.asker.asked if isinstance(each, command_type)]
        assert asked, f"no {command_type.__name__} was asked"
        return asked[-1]

    @property
    def window(self) -> QQuickWindow:
        """The root window."""
        assert self.root is not None, "this stage has no window"
        return self.root

    def frame(self) -> None:
        """Let lists make the lines that they show."""
        QGuiApplication.processEvents()
        self.window.grabWindow()

    def item(self, name: str) -> QQuickItem:
        """The only visible item of this objectName."""
        self.frame()
        found = [each for each in visible_items(self.window) if each.objectName() == name]
        assert len(found) == 1, f"{len(found)} visible items are called {name}"
        return found[0]

    def shown(self, name: str) -> bool:
        """Whether an item of this objectName is visible."""
        return any(each.objectName() == name for each in visible_items(self.window))

    def touch(self, name: str) -> None:
        """Press and release in the middle of an item."""
        item = self.item(name)
        self.touch_at(item.mapToScene(QPointF(item.width() / 2, item.height() / 2)))

    def touch_at(self, point: QPointF) -> None:
        """Press and release there."""
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=point.toPoint())
        QGuiApplication.processEvents()

    def type(self, text: str) -> None:
        """Type on the keyboard, whatever has the focus."""
        for sign in text:
            QTest.keyClick(self.window, sign)  # type: ignore[call-overload]  # as PySide types it
        QGuiApplication.processEvents()

    def press(self, key: Qt.Key) -> None:
        """Press one key of the keyboard."""
        QTest.keyClick(self.window, key)
        QGuiApplication.processEvents()

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


def _root(engine: QQmlApplicationEngine) -> QQuickWindow:
    root = engine.rootObjects()[0]
    assert isinstance(root, QQuickWindow)
    return root


@contextmanager
def desk_stage(
    *, language: Language = "en", names: tuple[str, ...] = (), with_window: bool = False
) -> Iterator[DeskStage]:
    """A locked desk at a test site; torn down in the order that Qt wants."""
    home = QObject()
    asker = FakeAsker()
    screen = DeskScreen(
        asker,
        site_name="Altmarkt",
        zone=ZoneInfo("Europe/Berlin"),
        currency="EUR",
        now=lambda: NOW,
        names=names,
        language=language,
        card="simulator",
        parent=home,
    )
    stage = DeskStage(screen, asker)
    screen.languageWanted.connect(stage.spoken.append)
    if with_window:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        load_fonts(application)
        stage.engine = make_engine(GLASS)
        stage.engine.setInitialProperties({"desk": screen})
        stage.engine.loadFromModule("Desk", "DeskMain")
        assert stage.engine.rootObjects(), "DeskMain.qml cannot be loaded"
        stage.root = _root(stage.engine)
        stage.window.requestActivate()
        QGuiApplication.processEvents()
    try:
        yield stage
    finally:
        take_down(home, stage.engine)
