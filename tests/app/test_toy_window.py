"""The demo site with its toy window: a ticket printed here opens the barrier there."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from hardware.sim.printer import Paper, PaperRoll
from kiosk.app.clocks import SkippingClock
from kiosk.app.config import read_site_file
from kiosk.app.places import Folders
from kiosk.app.run import SiteThread
from kiosk.app.toy_window import NOBODYS_KEY, LastTicket, forged_ticket, open_toy_window
from kiosk.app.toys import Toys
from kiosk.app.windows import Windows
from kiosk.domain.ids import DriverId, LaneName
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Reserved, SignedIn, TicketIssued, WalletOpened, WalletShown
from kiosk.domain.search_outcomes import AreasShown, SpacesFound
from kiosk.domain.ticket import Forged, Ticket, TicketKey, read_ticket
from kiosk.domain.till_outcomes import ShiftOpened
from kiosk.services.commands import (
    Actor,
    ActorKind,
    ChoosePin,
    Command,
    FindSpaces,
    OpenWallet,
    PayDeposit,
    Reserve,
    ShowAreas,
    TopUpWallet,
    WalletProof,
)
from kiosk.services.events import LaneChanged, Published
from kiosk.services.till_commands import OpenShift
from kiosk.ui.bridge import Bridge
from kiosk.ui.desk.screen import DeskScreen
from kiosk.ui.stage import delete_now, load_fonts
from kiosk.ui.toy import ToyScreen
from tests.ui.glass_rules import visible_items

Answer = TypeVar("Answer")
DEMO = Path(__file__).resolve().parents[2] / "resources" / "sites" / "demo.toml"
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
DRIVER = Actor(ActorKind.DRIVER, "entry")
LIMIT_MS = 20_000


def test_the_last_ticket_is_the_one_that_any_printer_printed_last() -> None:
    first, second = PaperRoll(), PaperRoll()
    last_ticket = LastTicket([first, second])
    assert last_ticket() == ""

    second.printed.append(Paper("Ticket", "P1/ONE", 0))
    assert last_ticket() == "P1/ONE"
    first.printed.append(Paper("Ticket", "P1/TWO", 0))
    first.printed.append(Paper("Receipt", None, 0))

    assert last_ticket() == "P1/TWO"
    assert last_ticket() == "P1/TWO"


def test_of_two_tickets_printed_at_once_the_later_is_the_last() -> None:
    roll = PaperRoll()
    roll.printed += [Paper("Ticket", "P1/ONE", 0), Paper("Ticket", "P1/TWO", 0)]

    assert LastTicket([roll])() == "P1/TWO"


def test_a_forged_ticket_looks_like_the_sites_own() -> None:
    text = forged_ticket(17, SkippingClock(NOON))

    assert read_ticket(text, site_number=17, keys=[TicketKey(1, b"k" * 32)]) == Forged()
    assert isinstance(read_ticket(text, site_number=17, keys=[NOBODYS_KEY]), Ticket)
    assert NOBODYS_KEY.number == 1  # the number of every site's first key


class Demo:
    """The demo site at work with all its windows, four times as fast as a real barrier."""

    def __init__(self, application: QGuiApplication, folder: Path) -> None:
        self.file = read_site_file(DEMO)
        self.clock = SkippingClock(NOON)
        self.bridge = Bridge(self._submit)
        self.thread = SiteThread(
            file=self.file,
            folders=Folders(folder / "site.db"),
            publish=self.bridge.publish,
            clock=self.clock,
            on_end=lambda: None,
            toy_speed=4.0,
        )
        self.phases: dict[str, str] = {}
        self.bridge.published.connect(self._heard)
        load_fonts(application)
        self.windows = Windows(
            application, file=self.file, bridge=self.bridge, now=self.clock.now, which="all"
        )
        self.toys = Toys(
            lambda: self.thread.site if self.thread.is_up.is_set() else None,
            application=application,
            file=self.file,
            clock=self.clock,
            windows=self.windows,
        )

    def _submit(self, command: Command[object], reply: Callable[[object], None]) -> bool:
        return self.thread.work.submit(command, reply)

    def _heard(self, event: Published) -> None:
        if isinstance(event, LaneChanged):
            self.phases[event.status.lane] = event.status.phase

    def close(self) -> None:
        self.toys.close()
        self.windows.close()
        self.thread.stop()
        delete_now(self.bridge)

    def ask(self, command: Command[Answer]) -> Answer:
        """The answer of the core, from its own thread."""
        answers: list[object] = []
        answered = threading.Event()

        def reply(answer: object) -> None:
            answers.append(answer)
            answered.set()

        assert self.thread.work.submit(cast("Command[object]", command), reply)
        assert answered.wait(LIMIT_MS / 1000)
        return cast("Answer", answers[0])

    @property
    def screen(self) -> ToyScreen:
        """The view-model of the toy window."""
        assert self.toys.open is not None
        return self.toys.open.screen

    def item(self, name: str) -> QQuickItem:
        """The visible item of this name in the toy window."""
        assert self.toys.open is not None
        window = self.toys.open.window
        window.grabWindow()
        return next(each for each in visible_items(window) if each.objectName() == name)

    def touch(self, name: str) -> None:
        """Press and release in the middle of an item of the toy window."""
        item = self.item(name)
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        assert self.toys.open is not None
        QTest.mouseClick(self.toys.open.window, Qt.MouseButton.LeftButton, pos=middle)
        QGuiApplication.processEvents()


@pytest.fixture
def demo(qapp: QGuiApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Demo]:
    """The demo site, up, with its toy window open."""
    made = Demo(qapp, tmp_path)
    assert made.toys.open is None
    made.thread.start()
    try:
        qtbot.waitUntil(lambda: made.toys.open is not None, timeout=LIMIT_MS)
        yield made
    finally:
        made.close()


def _wallet(demo: Demo) -> WalletProof:
    """What step 1 tells a newcomer to do."""
    assert demo.thread.site is not None
    pin = demo.thread.site.one_time_pin
    assert pin is not None
    assert demo.item("one_time_pin").property("text") == pin
    desk = Actor(ActorKind.ATTENDANT, "Kim")
    signed_in = demo.ask(ChoosePin(actor=desk, name="Kim", one_time_pin=pin, new_pin="739164"))
    assert isinstance(signed_in, SignedIn)
    attendant = signed_in.attendant_id
    shift = demo.ask(
        OpenShift(
            actor=desk,
            attendant_id=attendant,
            desk="desk-1",
            counted=Money(10000, "EUR"),
            intent=uuid.uuid4().hex,
        )
    )
    assert isinstance(shift, ShiftOpened)
    opened = demo.ask(
        OpenWallet(actor=desk, attendant_id=attendant, driver_name="Wei", phone="", pin="582036")
    )
    assert isinstance(opened, WalletOpened)
    topped_up = demo.ask(
        TopUpWallet(
            actor=desk,
            attendant_id=attendant,
            desk="desk-1",
            pass_code=opened.pass_code,
            amount=Money(5000, "EUR"),
            intent=uuid.uuid4().hex,
        )
    )
    assert isinstance(topped_up, WalletShown)
    return WalletProof(opened.pass_code, "582036")


def _pay(demo: Demo, proof: WalletProof) -> None:
    """What step 2 tells a newcomer to do; the ticket comes from the toy printer."""
    areas = demo.ask(ShowAreas(actor=DRIVER))
    assert isinstance(areas, AreasShown)
    area_id = areas.areas[0].area.id
    found = demo.ask(FindSpaces(actor=DRIVER, area_id=area_id, duration_minutes=120))
    assert isinstance(found, SpacesFound)
    reserved = demo.ask(
        Reserve(actor=DRIVER, space_id=found.best, duration_minutes=120, plate="DDAB123")
    )
    assert isinstance(reserved, Reserved)
    issued = demo.ask(
        PayDeposit(
            actor=DRIVER,
            lane=LaneName("entry"),
            reservation_id=reserved.reservation_id,
            method=proof,
            intent=uuid.uuid4().hex,
        )
    )
    assert isinstance(issued, TicketIssued)


def test_the_three_steps_of_the_toy_window_bring_a_car_in_and_out(
    demo: Demo, qtbot: QtBot
) -> None:
    entry, exit_ = demo.screen._lanes
    _pay(demo, _wallet(demo))
    qtbot.waitUntil(lambda: demo.item("ticket_entry").isEnabled(), timeout=LIMIT_MS)

    demo.touch("comes_entry")
    qtbot.waitUntil(lambda: demo.phases.get("entry") == "present", timeout=LIMIT_MS)
    demo.touch("ticket_entry")
    qtbot.waitUntil(lambda: entry.view.arm_fraction == 1.0, timeout=LIMIT_MS)
    qtbot.waitUntil(
        lambda: not entry.view.cars and entry.view.arm_fraction == 0.0, timeout=LIMIT_MS
    )
    demo.touch("skip_hour")
    demo.touch("comes_exit")
    qtbot.waitUntil(lambda: demo.phases.get("exit") == "present", timeout=LIMIT_MS)
    demo.touch("ticket_exit")
    qtbot.waitUntil(lambda: exit_.view.arm_fraction == 1.0, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: not exit_.view.cars, timeout=LIMIT_MS)

    assert demo.clock.now() - NOON >= timedelta(hours=1)


def test_the_pass_of_the_wallet_that_the_desk_opened_can_be_scanned(demo: Demo) -> None:
    assert not demo.item("pass_entry").isEnabled()
    desk = demo.windows.open["desk"].screen
    assert isinstance(desk, DeskScreen)

    desk._wallet._open_answered(WalletOpened(DriverId(1), "k7mp2xqa"))
    demo.screen.look()

    assert demo.item("pass_entry").isEnabled()
    assert demo.screen._site.codes.wallet_pass() == "W1/k7mp2xqa"


def test_a_site_with_real_lanes_has_no_toy_window(demo: Demo, qapp: QGuiApplication) -> None:
    site = demo.thread.site
    assert site is not None
    simulated = dict(site.devices)
    site.devices = {name: replace(lane, toy=None) for name, lane in simulated.items()}

    opened = open_toy_window(
        site, application=qapp, file=demo.file, clock=demo.clock, windows=demo.windows
    )

    site.devices = simulated
    assert opened is None
