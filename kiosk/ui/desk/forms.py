"""The forms over the desk's pages, and its till's: made, wiped and told of faults together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, SpaceId
from kiosk.domain.lane_orders import LaneOrder
from kiosk.services.views import DeskView
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.after_form import AfterForm
from kiosk.ui.desk.explain_form import ExplainForm
from kiosk.ui.desk.lane_form import LaneForm
from kiosk.ui.desk.lanes import LanesCard
from kiosk.ui.desk.life_form import LifeForm
from kiosk.ui.desk.open_form import OpenForm
from kiosk.ui.desk.papers import DeskPapers
from kiosk.ui.desk.payer_form import PayerForm
from kiosk.ui.desk.payout_form import PayoutForm
from kiosk.ui.desk.seat import Seat
from kiosk.ui.desk.space_form import SpaceForm
from kiosk.ui.desk.staff_form import StaffForm
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.stay_form import StayForm
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.desk.till_form import TillForm

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the desk")
class DeskForms(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Opening a barrier, deeds for a stay and its life, closing a space, holding a lane."""

    changed = Signal()

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        keeps_shifts: bool,
        detail: StayDetail,
        lanes: LanesCard,
        texts: Callable[[], DeskTexts],
        now: Callable[[], datetime],
        done: Callable[[str, str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._seat = seat
        self._detail = detail
        self._lanes = lanes
        self._view: DeskView | None = None
        self.open_form = OpenForm(asker, seat, desk=desk, texts=texts, parent=parent)
        self.stay_form = StayForm(
            asker, seat, desk=desk, detail=detail, lanes=lanes, texts=texts, parent=parent
        )
        self.life_form = LifeForm(
            asker, seat, detail=detail, lanes=lanes, texts=texts, parent=parent
        )
        self.space_form = SpaceForm(asker, seat, now=now, texts=texts, parent=parent)
        self.lane_form = LaneForm(asker, seat, parent=parent)
        self.payout_form = PayoutForm(asker, seat, texts=texts, parent=parent)
        self.till_form = TillForm(asker, seat, desk=desk, texts=texts, parent=parent)
        self._keeps_shifts = keeps_shifts
        self.after_form = AfterForm(
            asker, seat, desk=desk, detail=detail, texts=texts, now=now, parent=parent
        )
        self.explain_form = ExplainForm(asker, seat, detail=detail, texts=texts, parent=parent)
        self.payer_form = PayerForm(asker, seat, detail=detail, texts=texts, parent=parent)
        self.staff_form = StaffForm(asker, seat, texts=texts, parent=parent)
        self._papers = DeskPapers(asker, seat, desk=desk, lanes=lanes, parent=parent)
        self._papers.done.connect(done)
        self.all = (
            self.open_form,
            self.stay_form,
            self.life_form,
            self.space_form,
            self.lane_form,
            self.payout_form,
            self.after_form,
            self.explain_form,
            self.payer_form,
            self.staff_form,
        )
        for form in self.all:
            form.done.connect(done)
            form.changed.connect(self.changed)
        detail.lostWanted.connect(self._open_for_lost)
        lanes.reasonWanted.connect(self._ask_why)

    def know(self, view: DeskView | None) -> None:
        """The present picture of the site; None when the desk is locked."""
        self._view = view
        self.life_form.know(view)
        self.payer_form.know(view)
        self.explain_form.know(view)
        self.payout_form.show(self.payout_form.state)  # in the language of now

    def cancel(self) -> None:
        """Close whichever is open."""
        for form in self.all:
            form.cancel()
        self.till_form.wipe()

    def try_again(self, problem: str) -> None:
        """No answer comes: whichever waits says why."""
        for form in (*self.all, self.till_form):
            form.try_again(problem)

    @Slot(str)
    def open_lane(self, lane: str) -> None:
        """Order a lane's barrier open, with no stay."""
        if self._seat.attendant is not None:
            self.open_form.for_lane(LaneName(lane), self._lanes.statuses)

    @Slot(str, str)
    def _ask_why(self, lane: str, code: str) -> None:
        """Hold a lane open or lock it, once the reason is given."""
        for status in self._lanes.statuses:
            if status.lane == lane and self._seat.attendant is not None:
                self.lane_form.begin(status, LaneOrder(code))

    @Slot(str)
    def open_for_stay(self, _: str) -> None:
        """Order a barrier open for the stay that is shown."""
        row = self._detail.row
        if row is not None:
            self.open_form.for_stay(row, self._lanes.statuses)

    @Slot()
    def _open_for_lost(self) -> None:
        """The same for a driver who has lost the ticket and proves nothing."""
        row = self._detail.row
        if row is not None:
            self.life_form.cancel()
            self.open_form.for_stay(row, self._lanes.statuses, is_lost=True)

    @Slot(str)
    def close_space(self, key: str) -> None:
        """Close this space or reopen it; with no key that of the stay that is shown."""
        row = self._detail.row
        wanted = SpaceId(int(key)) if key else None if row is None else row.space.id
        spaces = () if self._view is None else self._view.spaces
        for each in spaces:
            if each.space.id == wanted and self._seat.attendant is not None:
                self.space_form.begin(each)

    # What QML reads --------------------------------------------------------------------------

    @Property(bool, notify=changed)
    def isAsking(self) -> bool:
        """Whether one of them lies over the page."""
        return any(form.isShown for form in self.all)

    @Property(bool, constant=True)
    def keepsShifts(self) -> bool:
        """Whether this desk has a page for its till."""
        return self._keeps_shifts

    @Property(TillForm, constant=True)
    def till(self) -> TillForm:
        return self.till_form

    @Property(OpenForm, constant=True)
    def open(self) -> OpenForm:
        return self.open_form

    @Property(StayForm, constant=True)
    def stay(self) -> StayForm:
        return self.stay_form

    @Property(LifeForm, constant=True)
    def life(self) -> LifeForm:
        return self.life_form

    @Property(AfterForm, constant=True)
    def after(self) -> AfterForm:
        return self.after_form

    @Property(ExplainForm, constant=True)
    def explain(self) -> ExplainForm:
        return self.explain_form

    @Property(PayerForm, constant=True)
    def payer(self) -> PayerForm:
        return self.payer_form

    @Property(DeskPapers, constant=True)
    def papers(self) -> DeskPapers:
        return self._papers

    @Property(StaffForm, constant=True)
    def staff(self) -> StaffForm:
        return self.staff_form

    @Property(SpaceForm, constant=True)
    def space(self) -> SpaceForm:
        return self.space_form

    @Property(LaneForm, constant=True)
    def lane(self) -> LaneForm:
        return self.lane_form

    @Property(PayoutForm, constant=True)
    def payouts(self) -> PayoutForm:
        return self.payout_form
