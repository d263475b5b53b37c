"""The windows of a site: one for each lane's drivers and one for the desk, each with its engine.

They know the core only through the bridge: commands go to the work thread, outcomes and
events come back on the main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.app.config import SiteFile
from kiosk.app.placing import (
    DESK_GLASS,
    DESK_PAGE,
    DRIVERS_GLASS,
    DRIVERS_PAGE,
    Placing,
    open_window,
)
from kiosk.domain.ids import LaneName
from kiosk.ui.bridge import Bridge
from kiosk.ui.format import Language
from kiosk.ui.stage import delete_now
from kiosk.ui.translate import Translations

if TYPE_CHECKING:
    from kiosk.app.scanner_table import ScannerTable

    # Each window imports its own view-models when it opens: a machine may show only one kind.
    from kiosk.ui.desk.screen import DeskScreen
    from kiosk.ui.screens.entry import EntryScreen
    from kiosk.ui.screens.exit import ExitScreen

Which = Literal["all", "drivers", "desk"]


@dataclass(frozen=True, slots=True)
class SiteWindow:
    """One window with what belongs to it; the engine must die before the screen."""

    name: str
    engine: QQmlApplicationEngine
    screen: EntryScreen | ExitScreen | DeskScreen
    window: QQuickWindow


class Windows(QObject):
    """All windows that this machine shows. `close` takes them down in the right order."""

    def __init__(
        self,
        application: QGuiApplication,
        *,
        file: SiteFile,
        bridge: Bridge,
        now: Callable[[], datetime],
        which: Which,
        placing: Placing | None = None,
        on_code: Callable[[LaneName, str], None] | None = None,
    ) -> None:
        """`on_code` hears the codes of scanners that type into a lane's window."""
        super().__init__()
        self._file = file
        self._card = "simulator" if file.payments.simulator else None
        self._bridge = bridge
        self._now = now
        self._placing = placing or Placing()
        self._translations = Translations(application, self)
        self.open: dict[str, SiteWindow] = {}
        self._desk: DeskScreen | None = None
        if which != "desk":
            for number, lane in enumerate(file.lane, start=1):
                name = LaneName(lane.name)
                self._open_lane(name, lane.direction, kiosk_number=str(number))
                if lane.scanner.is_keyboard and on_code is not None:
                    self._watch_keys(name, lane.scanner, on_code)
        if which != "drivers":
            self._open_desk()
        self._speak(file.site.language)
        self._speak_at_desk(file.site.language)

    def close(self) -> None:
        """Windows first, then the engines, then the view-models (architecture.md)."""
        self._bridge.close()
        for opened in self.open.values():
            opened.window.close()
        delete_now(*(opened.engine for opened in self.open.values()))
        self.open.clear()
        delete_now(self)  # the view-models are its children

    def _open_lane(self, lane: LaneName, direction: str, *, kiosk_number: str) -> None:
        site = self._file.to_site()
        opens, closes = self._file.site.opens_local, self._file.site.closes_local
        screen: EntryScreen | ExitScreen
        if direction == "entry":
            from kiosk.ui.screens.entry import EntryScreen

            screen = EntryScreen(
                self._bridge,
                site=site,
                lane=lane,
                kiosk_number=kiosk_number,
                help_phone=self._file.site.phone,
                card_adapter=self._card,
                language=self._file.site.language,
                country=self._file.site.plates,
                now=self._now,
                open_local=(opens, closes) if opens is not None and closes is not None else None,
                parent=self,
            )
            self._load(lane, "entry", screen, "Kiosk", "EntryMain")
        else:
            from kiosk.ui.screens.exit import ExitScreen

            screen = ExitScreen(
                self._bridge,
                site=site,
                lane=lane,
                kiosk_number=kiosk_number,
                help_phone=self._file.site.phone,
                card_adapter=self._card,
                language=self._file.site.language,
                now=self._now,
                parent=self,
            )
            self._load(lane, "exit", screen, "Kiosk", "ExitMain")
        screen.language_changed.connect(self._speak)
        screen.help_asked.connect(self._call_desk)

    def _watch_keys(
        self, lane: LaneName, scanner: ScannerTable, on_code: Callable[[LaneName, str], None]
    ) -> None:
        from kiosk.ui.wedge import KeyboardWedge

        KeyboardWedge(
            self.open[lane].window,
            on_code=lambda code: on_code(lane, code.text),
            framing=scanner.framing(),
            gate=scanner.gate(),
            gap_ms=scanner.key_gap_ms,
        )

    def _open_desk(self) -> None:
        from kiosk.ui.desk.screen import DeskScreen

        screen = DeskScreen(
            self._bridge,
            site_name=self._file.site.name,
            zone=ZoneInfo(self._file.site.zone),
            currency=self._file.site.currency,
            now=self._now,
            desk=self._file.desk.name,
            names=(self._file.desk.first_attendant,),
            language=self._file.site.language,
            keeps_shifts=self._file.desk.shifts,
            card=self._card,
            parent=self,
        )
        self._desk = screen
        screen.languageWanted.connect(self._speak_at_desk)
        self._load("desk", "desk", screen, "Desk", "DeskMain")

    def _load(
        self,
        name: str,
        property_name: str,
        screen: EntryScreen | ExitScreen | DeskScreen,
        module: str,
        root: str,
    ) -> None:
        is_desk = module == "Desk"
        spot = (
            self._placing.beside(DESK_PAGE) if is_desk else self._placing.for_drivers(DRIVERS_PAGE)
        )
        engine, window = open_window(
            spot,
            glass=DESK_GLASS if is_desk else DRIVERS_GLASS,
            module=module,
            root=root,
            properties={property_name: screen},
        )
        self._bridge.published.connect(screen.on_published)
        self._bridge.overloaded.connect(screen.on_overloaded)
        self.open[name] = SiteWindow(name, engine, screen, window)

    def _speak(self, language: Language) -> None:
        self._translations.speak(
            language, [each.engine for name, each in self.open.items() if name != "desk"]
        )

    def _speak_at_desk(self, language: Language) -> None:
        if "desk" in self.open:
            self._translations.speak_at_desk(language, [self.open["desk"].engine])

    def _call_desk(self, lane: str) -> None:
        if self._desk is not None:
            self._desk.help_asked(lane)
