"""The toy window of a site whose lanes are simulated; opened once the site is up.

Imported only then: what it needs of the hardware must not delay the first frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtGui import QGuiApplication

from hardware.sim.cars import LaneLayout
from kiosk.app.placing import DESK_GLASS, Placing, open_window, rooms_of
from kiosk.domain.ids import ReservationId
from kiosk.domain.ticket import Ticket, TicketKey, write_ticket
from kiosk.domain.time import Window
from kiosk.services.views import Direction
from kiosk.services.wallets import PASS_PREFIX
from kiosk.ui.desk.screen import DeskScreen
from kiosk.ui.format import Language
from kiosk.ui.stage import delete_now
from kiosk.ui.toy import ToyPlace, ToyScreen, ToySite
from kiosk.ui.toy_lane import ToyCodes
from kiosk.ui.translate import Translations

if TYPE_CHECKING:
    from hardware.sim.printer import PaperRoll
    from kiosk.app.clocks import SkippingClock
    from kiosk.app.config import SiteFile
    from kiosk.app.windows import Windows
    from kiosk.app.wiring import SiteAtWork

TOY_PAGE = QSize(1280, 860)
NOBODYS_KEY = TicketKey(1, bytes(32))
"""What a forger signs with, who does not know the site's key."""


def open_toy_window(
    site: SiteAtWork,
    *,
    application: QGuiApplication,
    file: SiteFile,
    clock: SkippingClock,
    windows: Windows,
) -> ToyWindow | None:
    """Open the toy window of this site; None when none of its lanes is simulated."""
    places = [
        ToyPlace(lane.name, site.core.lanes[lane.name].direction is Direction.EXIT, lane.toy)
        for lane in site.devices.values()
        if lane.toy is not None
    ]
    if not places:
        return None
    rolls = [lane.toy.paper for lane in site.devices.values() if lane.toy is not None]
    shown = ToySite(
        zone=ZoneInfo(file.site.zone),
        language=file.site.language,
        attendant=file.desk.first_attendant,
        one_time_pin=site.one_time_pin or "",
        now=clock.now,
        skip=clock.skip,
        layout=LaneLayout(),
        codes=ToyCodes(
            last_ticket=LastTicket(rolls),
            wallet_pass=LastPass(windows),
            forged_ticket=lambda: forged_ticket(file.site.number, clock),
        ),
    )
    return ToyWindow(application, ToyScreen(shown, places))


class LastTicket:
    """Finds the ticket that the toy printers printed last."""

    def __init__(self, rolls: Sequence[PaperRoll]) -> None:
        self._rolls = rolls
        self._seen = [0] * len(rolls)
        self._text = ""

    def __call__(self) -> str:
        """Its QR text; empty while none was printed. Receipts have no code."""
        for number, roll in enumerate(self._rolls):
            new = roll.printed[self._seen[number] :]
            self._seen[number] += len(new)
            self._text = next((paper.qr for paper in reversed(new) if paper.qr), self._text)
        return self._text


class LastPass(QObject):
    """Remembers the pass of the wallet that the desk of this machine opened last."""

    def __init__(self, windows: Windows) -> None:
        super().__init__(windows)
        self._text = ""
        for opened in windows.open.values():
            if isinstance(opened.screen, DeskScreen):
                opened.screen.walletOpened.connect(self._opened)

    def __call__(self) -> str:
        """What the pass says to a scanner; empty while no wallet was opened."""
        return self._text

    @Slot(str)
    def _opened(self, pass_code: str) -> None:
        self._text = PASS_PREFIX + pass_code


def forged_ticket(site_number: int, clock: SkippingClock) -> str:
    """A ticket for the next hour that looks like the site's own, but the site never signed it."""
    now = clock.now()
    ticket = Ticket(site_number, ReservationId(1), Window(now, now + timedelta(hours=1)))
    return write_ticket(ticket, NOBODYS_KEY)


class ToyWindow:
    """The window with its engine and view-model; `close` takes them down in the right order."""

    def __init__(self, application: QGuiApplication, screen: ToyScreen) -> None:
        self.screen = screen
        screen.setParent(application)
        self._translations = Translations(application, screen)
        self.engine, self.window = open_window(
            Placing(rooms_of(application.screens())).beside(TOY_PAGE),
            glass=DESK_GLASS,
            module="Toy",
            root="ToyMain",
            properties={"toy": screen},
        )
        screen.languageWanted.connect(self._speak)
        self._speak(screen.language_spoken)

    def close(self) -> None:
        """Window first, then the engine, then the view-model (architecture.md)."""
        self.screen.rest()
        self.window.close()
        delete_now(self.engine, self.screen)

    def _speak(self, language: Language) -> None:
        self._translations.speak_in_toys(language, [self.engine])
