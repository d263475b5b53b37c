"""Asks on which day and at what time a reservation for later begins, in steps of a quarter hour.

What the site's clock never shows, what has passed and what is too far ahead cannot be chosen;
whether a space is idle then is asked of the core.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.site import Rules
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.say import Say

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

STEP_MINUTES = 15
WEEKS_ON_A_PAGE = 4
DAYS_ON_A_PAGE = WEEKS_ON_A_PAGE * 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PickRow:
    """A day, an hour or a quarter of an hour as one tile."""

    key: str
    shown: str
    """What stands on the tile; `spoken` says it in full."""
    spoken: str
    is_possible: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class WhenState:
    """The start so far, and the first day of the page that is shown."""

    day: date = date.min
    hour: int = 0
    minute: int = 0
    first_day: date = date.min


@QmlElement
@QmlUncreatable("Belongs to its screen")
class WhenForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """A page of four weeks, all hours of a day, and four quarters: three touches at most."""

    changed = Signal()

    def __init__(
        self, *, say: Say, rules: Rules, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._ahead = rules.booking_ahead - rules.minimum_stay
        self._now = now
        self.state = WhenState()
        self._days = RowsModel(PickRow, key="key", parent=self)
        self._hours = RowsModel(PickRow, key="key", parent=self)
        self._quarters = RowsModel(PickRow, key="key", parent=self)

    # What its screen calls ---------------------------------------------------------------

    def show(self, state: WhenState) -> None:
        """Show this state."""
        self.state = state
        if state.day != date.min:
            self._days.show([self._day_row(state.first_day + n * _DAY) for n in range(28)])
            self._hours.show([self._hour_row(hour) for hour in range(24)])
            self._quarters.show([self._quarter_row(each) for each in range(0, 60, STEP_MINUTES)])
        self.changed.emit()

    def open(self, starts_at: datetime | None) -> None:
        """Start from what was chosen before, or from the next full hour."""
        first = self._now() + timedelta(hours=1)
        local = self._say.local(first if starts_at is None else starts_at)
        minute = local.minute if starts_at is not None else 0
        today = self._say.local(self._now()).date()
        page = (local.date() - _monday(today)).days // DAYS_ON_A_PAGE
        first_day = _monday(today) + page * DAYS_ON_A_PAGE * _DAY
        self.show(WhenState(local.date(), local.hour, minute, first_day))

    def tell_again(self) -> None:
        """Say everything anew: the language is another."""
        self.show(self.state)

    def wipe(self) -> None:
        """Forget what was chosen."""
        self.show(WhenState())

    def starts_at(self) -> datetime | None:
        """The chosen start; None while it cannot be had."""
        state = self.state
        return self._possible(state.day, hour=state.hour, minute=state.minute)

    # What QML calls ----------------------------------------------------------------------

    @Slot(str)
    def pick_day(self, key: str) -> None:
        """The tile of this day was touched."""
        day = date.fromisoformat(key)
        if self._has_time(day):
            self.show(replace(self.state, day=day))

    @Slot(str)
    def pick_hour(self, key: str) -> None:
        """The tile of this hour was touched; the quarter stays."""
        self.show(replace(self.state, hour=int(key)))

    @Slot(str)
    def pick_quarter(self, key: str) -> None:
        """The tile of this quarter was touched."""
        self.show(replace(self.state, minute=int(key)))

    @Slot()
    def page_forth(self) -> None:
        """The next four weeks."""
        if self.has_later_days():
            self.show(replace(self.state, first_day=self._next_page()))

    @Slot()
    def page_back(self) -> None:
        """The four weeks before."""
        if self.has_earlier_days():
            first_day = self.state.first_day - DAYS_ON_A_PAGE * _DAY
            self.show(replace(self.state, first_day=first_day))

    # What QML shows ----------------------------------------------------------------------

    @Property(QObject, constant=True)
    def days(self) -> QObject:
        return self._days

    @Property(QObject, constant=True)
    def hours(self) -> QObject:
        return self._hours

    @Property(QObject, constant=True)
    def quarters(self) -> QObject:
        return self._quarters

    @Property(list, notify=changed)
    def weekdays(self) -> list[str]:
        """The heads of the seven columns, Monday first."""
        if self.state.day == date.min:
            return []
        return [self._say.weekday(self.state.first_day + n * _DAY) for n in range(7)]

    @Property(str, notify=changed)
    def text(self) -> str:
        """The chosen start in words; empty while it cannot be had."""
        starts_at = self.starts_at()
        return "" if starts_at is None else self._say.day_and_time(starts_at)

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        return self.starts_at() is not None

    @Property(bool, notify=changed)
    def canPageBack(self) -> bool:
        return self.has_earlier_days()

    @Property(bool, notify=changed)
    def canPageForth(self) -> bool:
        return self.has_later_days()

    def has_earlier_days(self) -> bool:
        """Whether this is not the page of today."""
        return self.state.first_day > self._say.local(self._now()).date()

    def has_later_days(self) -> bool:
        """Whether a day of the next page can be chosen."""
        if self.state.day == date.min:
            return False
        return self._next_page() <= self._say.local(self._now() + self._ahead).date()

    # -------------------------------------------------------------------------------------

    def _next_page(self) -> date:
        return self.state.first_day + DAYS_ON_A_PAGE * _DAY

    def _possible(self, day: date, *, hour: int, minute: int) -> datetime | None:
        if day == date.min:
            return None
        found = self._say.instant(day, hour=hour, minute=minute)
        now = self._now()
        return found if found is not None and now < found <= now + self._ahead else None

    def _has_time(self, day: date) -> bool:
        now = self._now()
        today, last = self._say.local(now).date(), self._say.local(now + self._ahead).date()
        return today <= day <= last and any(self._has_minute(day, hour) for hour in range(24))

    def _has_minute(self, day: date, hour: int) -> bool:
        minutes = range(0, 60, STEP_MINUTES)
        return any(self._possible(day, hour=hour, minute=each) is not None for each in minutes)

    def _day_row(self, day: date) -> PickRow:
        first = day.replace(day=1)
        return PickRow(
            key=day.isoformat(),
            shown=self._say.day_of_month(day, with_month=day in (self.state.first_day, first)),
            spoken=self._say.day(day),
            is_possible=self._has_time(day),
            is_chosen=day == self.state.day,
        )

    def _hour_row(self, hour: int) -> PickRow:
        return PickRow(
            key=str(hour),
            shown=f"{hour:02d}",
            spoken=f"{hour:02d}:00",
            is_possible=self._has_minute(self.state.day, hour),
            is_chosen=hour == self.state.hour,
        )

    def _quarter_row(self, minute: int) -> PickRow:
        hour = self.state.hour
        return PickRow(
            key=str(minute),
            shown=f"{hour:02d}:{minute:02d}",
            spoken=f"{hour:02d}:{minute:02d}",
            is_possible=self._possible(self.state.day, hour=hour, minute=minute) is not None,
            is_chosen=minute == self.state.minute,
        )


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY
