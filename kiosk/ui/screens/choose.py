"""The plan of one area for one wanted window: which spaces are idle, best and chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import SpaceId
from kiosk.domain.search_outcomes import PlanSpace, SpacesFound
from kiosk.domain.space import ANY_CAR, CarNeeds, misfit
from kiosk.ui.aisles import AisleRow, aisles
from kiosk.ui.models import RowsModel
from kiosk.ui.screens.say import Say

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TileRow:
    """A space as LevelPlan draws it."""

    key: str
    label: str
    condition: str
    """idle, best, chosen, taken or notFitting"""
    feature: str
    """accessible, charger, or neither"""
    spoken: str
    x_mm: int
    y_mm: int
    width_mm: int
    height_mm: int


@dataclass(frozen=True, slots=True)
class ChooseState:
    """What was found, and what the driver has chosen of it."""

    found: SpacesFound | None = None
    chosen: SpaceId | None = None
    needs: CarNeeds = ANY_CAR


@QmlElement
@QmlUncreatable("Belongs to its screen")
class SpaceChoice(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """The idle spaces; the best fit is chosen until the driver takes another one."""

    changed = Signal()

    def __init__(self, *, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self.state = ChooseState()
        self._tiles = RowsModel(TileRow, key="key", parent=self)
        self._aisles = RowsModel(AisleRow, key="key", parent=self)

    # What its screen calls ---------------------------------------------------------------

    def show(self, state: ChooseState) -> None:
        """Show this state."""
        self.state = state
        self._tiles.show([self._row(each) for each in self._spaces()])
        if state.found is not None:
            spaces = (each.space for each in state.found.spaces)
            self._aisles.show(aisles(state.found.area, spaces))
        self.changed.emit()

    def update(self, found: SpacesFound, *, needs: CarNeeds = ANY_CAR) -> None:
        """What is idle has changed; the chosen space stays chosen while it is idle."""
        idle = {each.space.id for each in found.spaces if each.is_idle}
        chosen = self.state.chosen if self.state.chosen in idle else None
        self.show(ChooseState(found=found, chosen=chosen, needs=needs))

    def wipe(self) -> None:
        """Forget what was found."""
        self.show(ChooseState())

    def tell_again(self) -> None:
        """Say everything anew: the language is another."""
        self.show(self.state)

    def space_id(self) -> SpaceId | None:
        """The space that is to be reserved."""
        return self.state.chosen

    # What QML calls ----------------------------------------------------------------------

    @Slot(str)
    def choose(self, key: str) -> None:
        """An idle space on the plan was touched."""
        if SpaceId(int(key)) in {each.space.id for each in self._idle()}:
            self.show(replace(self.state, chosen=SpaceId(int(key))))

    @Slot()
    def choose_best(self) -> None:
        """The best one for me."""
        if self.state.found is not None:
            self.show(replace(self.state, chosen=self.state.found.best))

    @Slot()
    def choose_next(self) -> None:
        """The next idle space by its way from the entrance: for keys and short arms."""
        self._step(1)

    @Slot()
    def choose_previous(self) -> None:
        """The idle space before."""
        self._step(-1)

    # What QML shows ----------------------------------------------------------------------

    @Property(QObject, constant=True)
    def tiles(self) -> QObject:
        return self._tiles

    @Property(QObject, constant=True)
    def aisles(self) -> QObject:
        return self._aisles

    @Property(str, notify=changed)
    def areaName(self) -> str:
        return "" if self.state.found is None else self.state.found.area.name

    @Property(int, notify=changed)
    def floorWidthMm(self) -> int:
        return 1 if self.state.found is None else self.state.found.area.width_mm

    @Property(int, notify=changed)
    def floorDepthMm(self) -> int:
        return 1 if self.state.found is None else self.state.found.area.depth_mm

    @Property(int, notify=changed)
    def idleCount(self) -> int:
        return len(self._idle())

    @Property(bool, notify=changed)
    def hasChoice(self) -> bool:
        return self.state.chosen is not None

    @Property(bool, notify=changed)
    def isBest(self) -> bool:
        found = self.state.found
        return found is not None and self.state.chosen == found.best

    @Property(bool, notify=changed)
    def hasMisfits(self) -> bool:
        return any(row.condition == "notFitting" for row in self._tiles.rows)

    @Property(list, notify=changed)
    def painted(self) -> list[str]:
        """Whose signs the plan shows, for its legend."""
        shown = {row.feature for row in self._tiles.rows if row.condition != "taken"}
        return [feature for feature in ("accessible", "charger") if feature in shown]

    @Property(str, notify=changed)
    def spaceLabel(self) -> str:
        chosen = self._chosen()
        return "" if chosen is None else chosen.space.label

    @Property(str, notify=changed)
    def bestLabel(self) -> str:
        found = self.state.found
        best = None if found is None else found.best
        return next((each.space.label for each in self._idle() if each.space.id == best), "")

    @Property(list, notify=changed)
    def features(self) -> list[str]:
        chosen = self._chosen()
        return [] if chosen is None else _features(chosen)

    @Property(str, notify=changed)
    def leaveBy(self) -> str:
        chosen = self._chosen()
        if chosen is None or chosen.leave_by is None:
            return ""
        return self._say.day_and_time(chosen.leave_by)

    @Property(str, notify=changed)
    def price(self) -> str:
        """What the window costs on the chosen space, or on the best one."""
        found, chosen = self.state.found, self._chosen()
        if found is None:
            return ""
        own = None if chosen is None else chosen.quote
        return self._say.money((own or found.quote).total)

    @Property(str, notify=changed)
    def window(self) -> str:
        return "" if self.state.found is None else self._say.window(self.state.found.window)

    # -------------------------------------------------------------------------------------

    def _spaces(self) -> tuple[PlanSpace, ...]:
        return () if self.state.found is None else self.state.found.spaces

    def _idle(self) -> list[PlanSpace]:
        idle = [each for each in self._spaces() if each.is_idle]
        return sorted(idle, key=lambda each: each.space.rank)

    def _chosen(self) -> PlanSpace | None:
        wanted = self.state.chosen
        return next((each for each in self._spaces() if each.space.id == wanted), None)

    def _step(self, by: int) -> None:
        order = [each.space.id for each in self._idle()]
        if not order:
            return
        if self.state.chosen in order:
            position = (order.index(self.state.chosen) + by) % len(order)
        else:
            position = 0
        self.show(replace(self.state, chosen=order[position]))

    def _row(self, each: PlanSpace) -> TileRow:
        space = each.space
        condition = self._condition(each)
        return TileRow(
            key=str(space.id),
            label=space.label,
            condition=condition,
            feature=next(iter(_features(each)), ""),
            spoken=self._spoken(each, condition),
            x_mm=space.x_mm,
            y_mm=space.y_mm,
            width_mm=space.width_mm,
            height_mm=space.depth_mm,
        )

    def _spoken(self, each: PlanSpace, condition: str) -> str:
        words = [_features_words()[feature] for feature in _features(each)]
        return self._say.listed([_spoken(each.space.label, condition), *words])

    def _condition(self, each: PlanSpace) -> str:
        if not each.is_idle:
            return "taken" if misfit(each.space, self.state.needs) is None else "notFitting"
        if each.space.id == self.state.chosen:
            return "chosen"
        found = self.state.found
        return "best" if found is not None and each.space.id == found.best else "idle"


def _features(each: PlanSpace) -> list[str]:
    signs = [("accessible", each.space.is_accessible), ("charger", each.space.has_charger)]
    return [name for name, is_there in signs if is_there]


def _features_words() -> dict[str, str]:
    return {
        "accessible": translate("Entry", "accessible"),
        "charger": translate("Entry", "with charger"),
    }


def _spoken(label: str, condition: str) -> str:
    words = {
        "taken": translate("Entry", "{space}, taken"),
        "notFitting": translate("Entry", "{space}, not for this car"),
        "chosen": translate("Entry", "{space}, yours"),
        "best": translate("Entry", "{space}, free, best for you"),
        "idle": translate("Entry", "{space}, free"),
    }
    return words[condition].format(space=label)
