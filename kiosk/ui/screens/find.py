"""Asks which area, from when and for how long; what is idle then is asked of the core."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import AreaId
from kiosk.domain.money import Money
from kiosk.domain.pricing.compiled import quoted_total
from kiosk.domain.search_outcomes import AreasShown, AreaSummary
from kiosk.domain.site import Rules
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.tariff_words import cap_words, rate_words

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

STEP_MINUTES = 30
FIRST_MINUTES = 120
PRESET_MINUTES = (60, 120, 240, 480, 1440)
AREAS_ON_A_PAGE = 3


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area as its card shows it."""

    key: int
    name: str
    code: str
    count: str
    """How many spaces can be had as wanted."""
    price: str
    """What the wanted duration costs there."""
    rate: str
    """What time costs there, in one line."""
    cap: str
    """The most that a day costs; empty when there is no such limit."""
    is_full: bool
    """It can be chosen nevertheless: the search says what comes nearest."""
    is_counted: bool
    """False: the site takes no such window, and the search says why."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FindState:
    """What is idle, and what the driver wants so far."""

    shown: AreasShown | None = None
    area_id: AreaId | None = None
    duration_minutes: int = FIRST_MINUTES
    starts_at: datetime | None = None
    """None: now."""
    ends_by: datetime | None = None
    """Where a proposal ends that was taken; gone when another length is wanted."""
    first: int = 0
    """The first area on this page of cards."""

    @property
    def times(self) -> tuple[datetime | None, int, datetime | None]:
        """What the counts on the cards hang on."""
        return self.starts_at, self.duration_minutes, self.ends_by


@QmlElement
@QmlUncreatable("Belongs to its screen")
class FindForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Area and duration; an area that fills up while it is chosen stays chosen and says so."""

    changed = Signal()
    timesWanted = Signal()
    """Another start or length is wanted: the areas are to be counted anew."""

    def __init__(self, *, say: Say, rules: Rules, parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._shortest = rules.minimum_stay // timedelta(minutes=1)
        self._longest = rules.longest_stay // timedelta(minutes=1)
        self.state = FindState()
        self._areas = RowsModel(AreaRow, key="key", parent=self)
        self._all_areas = RowsModel(AreaRow, key="key", parent=self)

    # What its screen calls ---------------------------------------------------------------

    def show(self, state: FindState) -> None:
        """Show this state."""
        before, self.state = self.state.times, state
        rows = [self._row(summary) for summary in self._summaries()]
        self._areas.show(rows[state.first : state.first + AREAS_ON_A_PAGE])
        self._all_areas.show(rows)
        self.changed.emit()
        if state.times != before:
            self.timesWanted.emit()

    def update(self, shown: AreasShown) -> None:
        """What is idle has changed; what was chosen stays chosen."""
        first = self.state.first if self.state.first < len(shown.areas) else 0
        self.show(replace(self.state, shown=shown, first=first))

    def wipe(self) -> None:
        """Forget what was wanted, keep what is idle."""
        self.show(FindState(shown=self.state.shown))

    def choose_area(self, area_id: AreaId) -> None:
        """Take this area, as if its card had been touched."""
        self.show(replace(self.state, area_id=area_id))

    def want(
        self,
        *,
        starts_at: datetime | None,
        duration_minutes: int,
        ends_by: datetime | None = None,
    ) -> None:
        """Take this window, as if it had been entered."""
        kept = replace(
            self.state, starts_at=starts_at, duration_minutes=duration_minutes, ends_by=ends_by
        )
        self.show(kept)

    def keep_within(self, *, shortest_minutes: int, longest_minutes: int) -> None:
        """The core allows other durations than we believed."""
        self._shortest, self._longest = shortest_minutes, longest_minutes
        self._want(self.state.duration_minutes)

    def tell_again(self) -> None:
        """Say everything anew: the language is another."""
        self.show(self.state)

    def is_ready(self) -> bool:
        """Whether area and duration are known."""
        return self.state.area_id is not None

    def name_of(self, area_id: AreaId) -> str:
        """The name of an area that was shown."""
        return next((each.area.name for each in self._summaries() if each.area.id == area_id), "")

    def rate_of(self, area_id: AreaId) -> str:
        """What time costs in an area that was shown, in one line."""
        tariff = self.tariff_of(area_id)
        return "" if tariff is None else rate_words(tariff, self._say)

    def tariff_of(self, area_id: AreaId) -> Tariff | None:
        """The tariff of an area that was shown."""
        return next((each.tariff for each in self._summaries() if each.area.id == area_id), None)

    # What QML calls ----------------------------------------------------------------------

    @Slot(int)
    def choose(self, key: int) -> None:
        """The card of this area was touched."""
        if any(row.key == key for row in self._areas.rows):
            self.choose_area(AreaId(key))

    @Slot()
    def shorten(self) -> None:
        """One step less."""
        self._want(self.state.duration_minutes - STEP_MINUTES)

    @Slot()
    def lengthen(self) -> None:
        """One step more."""
        self._want(self.state.duration_minutes + STEP_MINUTES)

    @Slot(str)
    def take_preset(self, key: str) -> None:
        """One of the common durations."""
        self._want(int(key))

    @Slot()
    def come_now(self) -> None:
        """Not later: now."""
        self.show(replace(self.state, starts_at=None, ends_by=None))

    @Slot()
    def page_forth(self) -> None:
        """The next areas."""
        if self._has_more():
            self.show(replace(self.state, first=self.state.first + AREAS_ON_A_PAGE))

    @Slot()
    def page_back(self) -> None:
        """The areas before."""
        self.show(replace(self.state, first=max(0, self.state.first - AREAS_ON_A_PAGE)))

    # What QML shows ----------------------------------------------------------------------

    @Property(QObject, constant=True)
    def areas(self) -> QObject:
        return self._areas

    @Property(QObject, constant=True)
    def allAreas(self) -> QObject:
        return self._all_areas

    @Property(int, notify=changed)
    def idleCount(self) -> int:
        return sum(each.idle_count or 0 for each in self._summaries())

    @Property(str, notify=changed)
    def duration(self) -> str:
        return self._say.minutes(self.state.duration_minutes)

    @Property(str, notify=changed)
    def window(self) -> str:
        return "" if self.state.shown is None else self._say.window(self._window())

    @Property(bool, notify=changed)
    def isLater(self) -> bool:
        return self.state.starts_at is not None

    @Property(str, notify=changed)
    def startText(self) -> str:
        """The day and time of a start that is later; empty for now."""
        starts_at = self.state.starts_at
        return "" if starts_at is None else self._say.day_and_time(starts_at)

    @Property(str, notify=changed)
    def price(self) -> str:
        chosen = self._chosen()
        if chosen is None:
            return ""
        return self._price(chosen.tariff)

    @Property(str, notify=changed)
    def areaName(self) -> str:
        chosen = self._chosen()
        return "" if chosen is None else chosen.area.name

    @Property(list, notify=changed)
    def presets(self) -> list[dict[str, object]]:
        return [
            {
                "key": str(minutes),
                "label": self._say.minutes(minutes),
                "chosen": minutes == self.state.duration_minutes,
            }
            for minutes in PRESET_MINUTES
            if self._shortest <= minutes <= self._longest
        ]

    @Property(bool, notify=changed)
    def canShorten(self) -> bool:
        return self.state.duration_minutes > self._shortest

    @Property(bool, notify=changed)
    def canLengthen(self) -> bool:
        return self.state.duration_minutes < self._longest

    @Property(bool, notify=changed)
    def isFull(self) -> bool:
        """Whether the chosen area has no such space."""
        chosen = self._chosen()
        return chosen is not None and chosen.idle_count == 0

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        return self.is_ready()

    @Property(bool, notify=changed)
    def canPageBack(self) -> bool:
        return self.state.first > 0

    @Property(bool, notify=changed)
    def canPageForth(self) -> bool:
        return self._has_more()

    # -------------------------------------------------------------------------------------

    def _summaries(self) -> tuple[AreaSummary, ...]:
        return () if self.state.shown is None else self.state.shown.areas

    def _chosen(self) -> AreaSummary | None:
        wanted = self.state.area_id
        return next((each for each in self._summaries() if each.area.id == wanted), None)

    def _has_more(self) -> bool:
        return self.state.first + AREAS_ON_A_PAGE < len(self._summaries())

    def _want(self, minutes: int) -> None:
        kept = min(max(minutes, self._shortest), self._longest)
        self.show(replace(self.state, duration_minutes=kept, ends_by=None))

    def _window(self) -> Window:
        assert self.state.shown is not None
        start = self.state.starts_at or self.state.shown.at
        until = start + timedelta(minutes=self.state.duration_minutes)
        ends_by = self.state.ends_by
        if ends_by is not None and start < ends_by < until:
            until = ends_by
        return Window(start, until)

    def _row(self, summary: AreaSummary) -> AreaRow:
        tariff, count = summary.tariff, summary.idle_count
        return AreaRow(
            key=int(summary.area.id),
            name=summary.area.name,
            code=summary.area.code,
            count="–" if count is None else str(count),
            price=self._price(tariff),
            rate=rate_words(tariff, self._say),
            cap=cap_words(tariff, self._say),
            is_full=count == 0,
            is_counted=count is not None,
            is_chosen=summary.area.id == self.state.area_id,
        )

    def _price(self, tariff: Tariff) -> str:
        """What the wanted time costs; the core says why when it has no price."""
        total = quoted_total(tariff, self._window())
        if isinstance(total, Money):
            return self._say.money(total)
        return QCoreApplication.translate("Entry", "no price for this time")
