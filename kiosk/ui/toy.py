"""The toy window: the simulated lanes from above, what to do first, and an hour that passes.

Only for sites whose lanes are simulated; it asks nothing of the core, which learns of every
car and code through the lanes' own wires.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.ui import format as written
from kiosk.ui.format import Language
from kiosk.ui.toy_lane import ToyCodes, ToyLaneCard, ToyVerbs

if TYPE_CHECKING:
    from hardware.sim.cars import LaneLayout

QML_IMPORT_NAME = "Toy"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_MS = 50
"""Between two looks while something moves: about 20 frames a second."""
GLANCE_MS = 250
"""Between two looks while all rests."""
SKIPPED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ToyPlace:
    """One simulated lane of the site."""

    name: str
    is_exit: bool
    toy: ToyVerbs


@dataclass(frozen=True, slots=True, kw_only=True)
class ToySite:
    """What the window must know of the site around its lanes."""

    zone: ZoneInfo
    language: Language
    attendant: str
    one_time_pin: str
    """Of the first attendant, when the site was founded in this run; else empty."""
    now: Callable[[], datetime]
    skip: Callable[[timedelta], None]
    """Lets so much time pass for the whole site."""
    layout: LaneLayout
    codes: ToyCodes


@QmlElement
@QmlUncreatable("made by the application")
class ToyScreen(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Everything that the toy window needs; it looks at the lanes by itself."""

    changed = Signal()
    languageWanted = Signal(str)
    """The application switches the texts of this window."""

    def __init__(
        self, site: ToySite, places: Sequence[ToyPlace], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._language: Language = site.language
        self._time = ""
        self._has_ticket = self._has_pass = False
        self._lanes = [
            ToyLaneCard(
                place.toy,
                name=place.name,
                is_exit=place.is_exit,
                layout=site.layout,
                codes=site.codes,
                parent=self,
            )
            for place in places
        ]
        for lane in self._lanes:
            lane.acted.connect(self.look)
        self._timer = QTimer(self, interval=GLANCE_MS)
        self._timer.timeout.connect(self.look)
        self.look()
        self._timer.start()

    @property
    def language_spoken(self) -> Language:
        """The language that the window speaks now."""
        return self._language

    @property
    def look_ms(self) -> int:
        """The time until the next look at the lanes."""
        return self._timer.interval()

    @Slot()
    def look(self) -> None:
        """Show all lanes as they are; often while one of them moves, seldom while all rest."""
        moves = [lane.look() for lane in self._lanes]
        interval_ms = LOOK_MS if any(moves) else GLANCE_MS
        if self._timer.interval() != interval_ms:  # setting it begins the interval anew
            self._timer.setInterval(interval_ms)
        now = self._site.now()
        time = written.day_and_time(now, self._site.zone, self._language)
        has_ticket = self._site.codes.last_ticket() != ""
        has_pass = self._site.codes.wallet_pass() != ""
        shown = (self._time, self._has_ticket, self._has_pass)
        if shown != (time, has_ticket, has_pass):
            self._time, self._has_ticket, self._has_pass = time, has_ticket, has_pass
            self.changed.emit()

    def rest(self) -> None:
        """Look no more: the lanes are about to be taken down."""
        self._timer.stop()

    @Slot()
    def skipHour(self) -> None:
        """One hour passes for the whole site."""
        self._site.skip(SKIPPED)
        self.look()

    @Slot(str)
    def chooseLanguage(self, language: Language) -> None:
        """This window speaks this language."""
        self._language = language
        self.languageWanted.emit(language)
        self.look()
        self.changed.emit()

    # What QML reads ----------------------------------------------------------------------------

    @Property(list, constant=True)
    def lanes(self) -> list[ToyLaneCard]:
        return self._lanes

    @Property(str, constant=True)
    def attendant(self) -> str:
        return self._site.attendant

    @Property(str, constant=True)
    def oneTimePin(self) -> str:
        return self._site.one_time_pin

    @Property(str, notify=changed)
    def language(self) -> str:
        return self._language

    @Property(str, notify=changed)
    def time(self) -> str:
        """Day and time at the site."""
        return self._time

    @Property(bool, notify=changed)
    def hasTicket(self) -> bool:
        return self._has_ticket

    @Property(bool, notify=changed)
    def hasPass(self) -> bool:
        return self._has_pass
