"""Papers that an attendant wants at the exit's printer: a corrective receipt, a shift's report."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.desk_paper import NoSuchPaper, PaperOrdered, PrintCorrection, PrintShift
from kiosk.services.views import Direction
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.lanes import LanesCard
from kiosk.ui.desk.seat import Seat

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the desk")
class DeskPapers(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """One press, one paper; a printer that fails is told like any other of its lane."""

    done = Signal(str, str)
    """paper, at this lane"""

    def __init__(
        self, asker: Asker, seat: Seat, *, desk: str, lanes: LanesCard, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._lanes = lanes

    @Slot(str, str)
    def printCorrection(self, stay: str, note: str) -> None:
        """The corrective receipt of this number, of this stay."""
        attendant, lane = self._seat.attendant, self._lane()
        if attendant is not None and lane is not None and note:
            command = PrintCorrection(
                actor=attendant.actor,
                attendant_id=attendant.id,
                reservation_id=ReservationId(int(stay)),
                note_number=int(note),
                lane=lane,
            )
            self._asker.ask(command, self._answered)

    @Slot()
    def printShift(self) -> None:
        """The report of this desk's last shift."""
        attendant, lane = self._seat.attendant, self._lane()
        if attendant is not None and lane is not None:
            command = PrintShift(
                actor=attendant.actor, attendant_id=attendant.id, desk=self._desk, lane=lane
            )
            self._asker.ask(command, self._answered)

    def _lane(self) -> LaneName | None:
        exits = (s.lane for s in self._lanes.statuses if s.direction is Direction.EXIT)
        return next(exits, None)

    def _answered(self, outcome: PaperOrdered | NoSuchPaper | ShiftClosed | NotSignedIn) -> None:
        if isinstance(outcome, NotSignedIn):
            self._seat.leave()
        elif isinstance(outcome, PaperOrdered):
            self.done.emit("paper", outcome.lane)
