"""The desk's list of stays: found by plate, code or space while the attendant types."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import ReservationId
from kiosk.domain.reservation import ENDED, State
from kiosk.services.views import DeskView, StayRow
from kiosk.ui import format as written
from kiosk.ui.desk.plate_filter import folded, is_near, matches
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

_ORDER = (
    State.ARRIVED,
    State.SETTLED,
    State.CONFIRMED,
    State.PENDING,
    State.LEFT,
    State.NO_SHOW,
    State.SUBSTITUTED,
    State.DISPLACED,
    State.OWNER_RECALLED,
    State.CANCELLED,
    State.EXPIRED,
)
GROUPS: dict[str, frozenset[State]] = {
    "all": frozenset(State),
    "inside": frozenset({State.ARRIVED, State.SETTLED}),
    "expected": frozenset({State.PENDING, State.CONFIRMED}),
    "ended": ENDED,
}
"""Which states each of the choices above the table lets through."""

_KINDS = {State.ARRIVED: "good", State.SETTLED: "good"}


@dataclass(frozen=True, slots=True)
class StayLine:
    """One line of the table."""

    key: str
    condition: str
    """The state of the reservation, or overstayed."""
    kind: str
    """How much it needs the attendant: attention, good or neutral."""
    mark: str
    """by-hand when a barrier was opened by hand for it, assumed when no loop saw it pass, both."""
    plate: str
    code: str
    area: str
    space: str
    window: str
    entered: str
    left: str
    deposit: str
    charged: str


@dataclass(frozen=True, slots=True)
class _Entry:
    row: StayRow
    line: StayLine
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaysState:
    """What is looked for, and how much was found."""

    filter: str = ""
    group: str = "all"
    found: int = 0
    all: int = 0
    is_near: bool = False
    """Nothing matches; what is shown is one sign away from what was typed."""


@QmlElement
@QmlUncreatable("made by the desk")
class StaysCard(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Keeps the list in order of need: overstayed first, then inside, expected, ended."""

    changed = Signal()
    stayWanted = Signal(str)
    """The stay that the attendant opened: the desk shows its money."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = StaysState()
        self._lines = RowsModel(StayLine, key="key", parent=self)
        self._entries: list[_Entry] = []
        self._known: dict[ReservationId, _Entry] = {}
        self._texts: DeskTexts | None = None

    def show(self, view: DeskView, texts: DeskTexts) -> None:
        """Take a new picture of the site; what was typed stays typed."""
        if texts != self._texts:
            self._known = {}
            self._texts = texts
        self._known = {row.reservation_id: self._entry(row, texts) for row in view.stays}
        self._entries = sorted(self._known.values(), key=_need)
        self._filter(self.state.filter, self.state.group)

    def wipe(self) -> None:
        """Forget what was typed: the desk was locked."""
        self._filter("", "all")

    @Slot(str)
    def type(self, text: str) -> None:
        """The text to look for as it stands now."""
        if text != self.state.filter:
            self._filter(text, self.state.group)

    @Slot(str)
    def chooseGroup(self, group: str) -> None:
        """Only those inside, expected or ended; or all."""
        if group in GROUPS:
            self._filter(self.state.filter, group)

    @Slot(str)
    def open(self, key: str) -> None:
        """Show one stay's money."""
        if any(line.key == key for line in self._lines.rows):
            self.stayWanted.emit(key)

    @Property(QObject, constant=True)
    def lines(self) -> RowsModel[StayLine]:
        return self._lines

    @Property(str, notify=changed)
    def filter(self) -> str:
        return self.state.filter

    @Property(str, notify=changed)
    def group(self) -> str:
        return self.state.group

    @Property(int, notify=changed)
    def found(self) -> int:
        return self.state.found

    @Property(int, notify=changed)
    def all(self) -> int:
        return self.state.all

    @Property(bool, notify=changed)
    def isNear(self) -> bool:
        return self.state.is_near

    def _filter(self, text: str, group: str) -> None:
        wanted = folded(text)
        let_through = [each for each in self._entries if each.row.state in GROUPS[group]]
        found = [each for each in let_through if matches(wanted, each.fields)]
        near = [] if found else [each for each in let_through if is_near(wanted, each.fields)]
        self._lines.show([each.line for each in found or near])
        self.state = StaysState(
            filter=text,
            group=group,
            found=len(found),
            all=len(let_through),
            is_near=bool(near),
        )
        self.changed.emit()

    def _entry(self, row: StayRow, texts: DeskTexts) -> _Entry:
        known = self._known.get(row.reservation_id)
        if known is not None and known.row == row:
            return known
        said = (row.plate, row.short_code, row.space.label, *row.debt_codes)
        return _Entry(row, stay_line(row, texts), tuple(map(folded, said)))


def stay_line(row: StayRow, texts: DeskTexts) -> StayLine:
    """A stay in the words of the table."""
    return StayLine(
        key=str(row.reservation_id),
        condition="overstayed" if row.is_overstayed else row.state.value,
        kind="attention" if row.is_overstayed else _KINDS.get(row.state, "neutral"),
        mark=_mark(row),
        plate=written.plate(row.plate),
        code=written.code(row.short_code),
        area=row.area.name,
        space=row.space.label,
        window=texts.window(row.window),
        entered=texts.clock(row.entered_at),
        left=texts.clock(row.left_at),
        deposit=texts.money(row.deposit),
        charged=texts.money(row.charged) if row.charged is not None else "",
    )


def _need(entry: _Entry) -> tuple[int, float]:
    """Those inside first, the earliest end (so any overstayed) before all; ended newest first."""
    row = entry.row
    until = row.window.until.timestamp()
    is_ended = row.state in GROUPS["ended"]
    return (_ORDER.index(row.state), -until if is_ended else until)


def _mark(row: StayRow) -> str:
    if row.was_opened_by_hand and row.is_passage_assumed:
        return "both"
    return "by-hand" if row.was_opened_by_hand else "assumed" if row.is_passage_assumed else ""
