"""The plan of one level at the desk: what each space is doing now, and which one is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import AreaId, ReservationId
from kiosk.services.views import DeskSpace, DeskView, SpaceUse, StayRow
from kiosk.ui import format as written
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class LevelTab:
    """An area of the site as one touch above the plan."""

    key: str
    code: str
    name: str
    idle: int
    all: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class SpaceTile:
    """A space on the plan; lengths in mm of the level."""

    key: str
    space: str
    left_mm: int
    top_mm: int
    width_mm: int
    depth_mm: int
    use: str
    """idle, reserved, occupied, not-shared, closed"""
    is_overstayed: bool
    plate: str
    until: str
    owner: str
    has_charger: bool
    is_accessible: bool
    stay: str
    """Key of the stay that has it; empty when none has."""


@dataclass(frozen=True, slots=True)
class BoardState:
    """The level that is shown, and how many of its spaces do what."""

    area: str = ""
    width_mm: int = 1
    depth_mm: int = 1
    idle: int = 0
    reserved: int = 0
    occupied: int = 0
    not_shared: int = 0
    overstayed: int = 0
    closed: int = 0
    looked_at: SpaceTile | None = None


@QmlElement
@QmlUncreatable("made by the desk")
class BoardCard(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Shows the level that was chosen; a touched space tells its owner, plate and end."""

    changed = Signal()
    stayWanted = Signal(str)
    """The stay of a touched space: the desk shows it."""
    closeWanted = Signal(str)
    """The space that is looked at is to be closed, or to be reopened."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.state = BoardState()
        self._levels = RowsModel(LevelTab, key="key", parent=self)
        self._tiles = RowsModel(SpaceTile, key="key", parent=self)
        self._view: DeskView | None = None
        self._texts: DeskTexts | None = None
        self._area: AreaId | None = None
        self._looked_at = ""

    def show(self, view: DeskView, texts: DeskTexts) -> None:
        """Take a new picture of the site; the chosen level stays chosen."""
        self._view, self._texts = view, texts
        if self._area not in {area.id for area in view.areas}:
            self._area = view.areas[0].id if view.areas else None
        self._levels.show(tuple(self._tab(view, area.id) for area in view.areas))
        stays = {row.reservation_id: row for row in view.stays}
        spaces = [each for each in view.spaces if each.space.area_id == self._area]
        tiles = tuple(_tile(each, stays, texts) for each in spaces)
        area = next((area for area in view.areas if area.id == self._area), None)
        uses = [tile.use for tile in tiles]
        self.state = BoardState(
            area=area.name if area else "",
            width_mm=area.width_mm if area else 1,
            depth_mm=area.depth_mm if area else 1,
            idle=uses.count(SpaceUse.IDLE.value),
            reserved=uses.count(SpaceUse.RESERVED.value),
            occupied=sum(
                tile.use == SpaceUse.OCCUPIED.value and not tile.is_overstayed for tile in tiles
            ),
            not_shared=uses.count(SpaceUse.NOT_SHARED.value),
            closed=uses.count(SpaceUse.CLOSED.value),
            overstayed=sum(tile.is_overstayed for tile in tiles),
            looked_at=next((tile for tile in tiles if tile.key == self._looked_at), None),
        )
        self.changed.emit()
        self._tiles.show(tiles)  # after the size of the level, or they are drawn to a wrong scale

    @Slot(str)
    def chooseLevel(self, key: str) -> None:
        """Show another level."""
        if self._view is None or self._texts is None:
            return
        self._area = AreaId(int(key))
        self._looked_at = ""
        self.show(self._view, self._texts)

    @Slot(str)
    def look(self, key: str) -> None:
        """Tell more of a space; when a stay has it, show that stay."""
        self._looked_at = key
        tile = next((tile for tile in self._tiles.rows if tile.key == key), None)
        self.state = replace(self.state, looked_at=tile)
        self.changed.emit()
        if tile is not None and tile.stay:
            self.stayWanted.emit(tile.stay)

    @Slot()
    def close(self) -> None:
        """Close the space that is looked at, or reopen it."""
        if self.state.looked_at is not None:
            self.closeWanted.emit(self.state.looked_at.key)

    @Property(QObject, constant=True)
    def levels(self) -> RowsModel[LevelTab]:
        return self._levels

    @Property(QObject, constant=True)
    def tiles(self) -> RowsModel[SpaceTile]:
        return self._tiles

    @Property(str, notify=changed)
    def area(self) -> str:
        return self.state.area

    @Property(int, notify=changed)
    def widthMm(self) -> int:
        return self.state.width_mm

    @Property(int, notify=changed)
    def depthMm(self) -> int:
        return self.state.depth_mm

    @Property(dict, notify=changed)
    def counts(self) -> dict[str, int]:
        """How many spaces of the level do what."""
        return {
            SpaceUse.IDLE.value: self.state.idle,
            SpaceUse.RESERVED.value: self.state.reserved,
            SpaceUse.OCCUPIED.value: self.state.occupied,
            SpaceUse.NOT_SHARED.value: self.state.not_shared,
            "overstayed": self.state.overstayed,
            SpaceUse.CLOSED.value: self.state.closed,
        }

    @Property(str, notify=changed)
    def lookedAt(self) -> str:
        """Key of the space that is looked at; empty for none."""
        return self.state.looked_at.key if self.state.looked_at else ""

    @Property(str, notify=changed)
    def lookedAtLabel(self) -> str:
        return self.state.looked_at.space if self.state.looked_at else ""

    @Property(str, notify=changed)
    def lookedAtUse(self) -> str:
        return self.state.looked_at.use if self.state.looked_at else ""

    @Property(str, notify=changed)
    def lookedAtOwner(self) -> str:
        return self.state.looked_at.owner if self.state.looked_at else ""

    @Property(str, notify=changed)
    def lookedAtUntil(self) -> str:
        return self.state.looked_at.until if self.state.looked_at else ""

    def _tab(self, view: DeskView, area_id: AreaId) -> LevelTab:
        area = next(area for area in view.areas if area.id == area_id)
        spaces = [each for each in view.spaces if each.space.area_id == area_id]
        return LevelTab(
            key=str(area_id),
            code=area.code,
            name=area.name,
            idle=sum(each.use is SpaceUse.IDLE for each in spaces),
            all=len(spaces),
            is_shown=area_id == self._area,
        )


def _tile(each: DeskSpace, stays: dict[ReservationId, StayRow], texts: DeskTexts) -> SpaceTile:
    stay = stays.get(each.reservation_id) if each.reservation_id is not None else None
    space = each.space
    return SpaceTile(
        key=str(space.id),
        space=space.label,
        left_mm=space.x_mm,
        top_mm=space.y_mm,
        width_mm=space.width_mm,
        depth_mm=space.depth_mm,
        use=each.use.value,
        is_overstayed=stay is not None and stay.is_overstayed,
        plate=written.plate(stay.plate) if stay else "",
        until=texts.until(each.until),
        owner=each.owner_name,
        has_charger=space.has_charger,
        is_accessible=space.is_accessible,
        stay=str(each.reservation_id) if each.reservation_id is not None else "",
    )
