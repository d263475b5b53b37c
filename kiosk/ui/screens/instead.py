"""What could be had when nothing fits: other areas and other windows, each one touch away.

What comes nearest is asked of the core; taking one of them is left to entry_sale.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.search import Proposal
from kiosk.domain.search_outcomes import NothingIdle
from kiosk.domain.time import Window
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.find import FindForm
from kiosk.ui.screens.say import Say

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

MOST_AREAS = 2
"""Other areas that are proposed; with the four other windows a page is full."""

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Choice:
    """What one touch fills in."""

    area_id: AreaId
    window: Window
    space_id: SpaceId | None = None
    """None: the best one."""
    second: Proposal | None = None
    """The other space for the rest of the time."""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One of them as its card shows it."""

    key: str
    sign: str
    title: str
    detail: str


@QmlElement
@QmlUncreatable("Belongs to its screen")
class InsteadText(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """The cards; each has a key by which `choice` finds what it stands for."""

    changed = Signal()

    def __init__(self, *, say: Say, find: FindForm, parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._find = find
        self._rows = RowsModel(ChoiceRow, key="key", parent=self)
        self._choices: dict[str, Choice] = {}

    def show(self, nothing: NothingIdle | None) -> None:
        """Show what comes nearest to what was wanted."""
        pairs = [] if nothing is None else self._pairs(nothing)
        self._choices = {row.key: choice for row, choice in pairs}
        self._rows.show([row for row, _ in pairs])
        self.changed.emit()

    def choice(self, key: str) -> Choice | None:
        """What the card with this key fills in."""
        return self._choices.get(key)

    def _pairs(self, nothing: NothingIdle) -> list[tuple[ChoiceRow, Choice]]:
        areas = [self._area(nothing, area_id) for area_id in nothing.other_areas[:MOST_AREAS]]
        found = nothing.proposals
        titles = (
            (found.later, "later", translate("Entry", "Later: {window}")),
            (found.earlier, "earlier", translate("Entry", "Earlier: {window}")),
            (found.shorter, "shorter", translate("Entry", "Shorter: {window}")),
        )
        windows = [
            self._window(nothing, key, title, proposal)
            for proposal, key, title in titles
            if proposal is not None
        ]
        return [*areas, *windows, *self._in_two(nothing)]

    def _area(self, nothing: NothingIdle, area_id: AreaId) -> tuple[ChoiceRow, Choice]:
        title = translate("Entry", "{area}, at the same time")
        row = ChoiceRow(
            key=f"area_{area_id}",
            sign="level",
            title=title.format(area=self._find.name_of(area_id)),
            detail=self._find.rate_of(area_id),
        )
        return row, Choice(area_id, nothing.window)

    def _window(
        self, nothing: NothingIdle, key: str, title: str, proposal: Proposal
    ) -> tuple[ChoiceRow, Choice]:
        window = proposal.window
        row = ChoiceRow(
            key=key,
            sign="less" if key == "shorter" else "clock",
            title=title.format(window=self._say.window(window)),
            detail=translate("Entry", "{area}, for {duration}").format(
                area=nothing.area.name, duration=self._say.span(window.duration)
            ),
        )
        return row, Choice(nothing.area.id, window, proposal.space_id)

    def _in_two(self, nothing: NothingIdle) -> list[tuple[ChoiceRow, Choice]]:
        if not nothing.proposals.in_two:
            return []
        first, second = nothing.proposals.in_two
        row = ChoiceRow(
            key="two",
            sign="car",
            title=translate("Entry", "Two spaces, one after the other"),
            detail=translate("Entry", "{area}: you move your car at {time}").format(
                area=nothing.area.name, time=self._say.time(second.window.from_)
            ),
        )
        return [(row, Choice(nothing.area.id, first.window, first.space_id, second))]

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(int, notify=changed)
    def count(self) -> int:
        return len(self._choices)
