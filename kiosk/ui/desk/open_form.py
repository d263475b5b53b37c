"""The order to open a barrier by hand: which lane, for which stay, and always a reason.

What a car inside still owes is told first; it is taken in cash or waived, never passed over.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.lane_orders import OrderRefused
from kiosk.domain.life_outcomes import DuePriced, DueTaken, NothingDue
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    BarrierOrdered,
    Bill,
    LaneBusy,
    LaneOutOfOrder,
    NotSignedIn,
    ReasonMissing,
    TicketNotInside,
)
from kiosk.domain.reservation import State
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.commands import OpenBarrier
from kiosk.services.life_commands import DueProblem, PriceDue, TakeDueInCash
from kiosk.services.views import Direction, LaneStatus, StayRow
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.texts import DeskTexts

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class OpenState:
    """What is being ordered; nothing while `lane` and `stay` are None."""

    is_shown: bool = False
    lane: LaneName | None = None
    lanes: tuple[LaneName, ...] = ()
    ways: dict[str, str] = field(default_factory=dict)
    """in or out, for each lane."""
    stay: ReservationId | None = None
    plate: str = ""
    is_lost: bool = False
    """The driver has no ticket and proves nothing: it costs what the tariff asks then."""
    bill: Bill | None = None
    """What the stay costs and what is still due, as it was told last."""
    cash_due: Money | None = None
    """The due in notes and coins; None while nothing is due."""
    pays: str = ""
    """What is still due is taken in cash (cash), so that its ticket opens later (later), or
    waived (waive); empty until one was chosen"""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    """reason-missing, passing, out-of-order, fire, held, due, no-cash,
    shift-closed, busy, failed; empty for
    none"""


def _ways(lanes: tuple[LaneStatus, ...]) -> dict[str, str]:
    return {each.lane: "in" if each.direction is Direction.ENTRY else "out" for each in lanes}


@QmlElement
@QmlUncreatable("made by the desk")
class OpenForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks for the reason and gives the order under the attendant's name."""

    changed = Signal()
    done = Signal(str, str)
    """ordered, and the lane: the order was written and given to it; cash, and how much."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._texts = texts
        self._intent = ""
        self.state = OpenState()

    def show(self, state: OpenState) -> None:
        """Show this order as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def for_lane(self, lane: LaneName, lanes: tuple[LaneStatus, ...]) -> None:
        """Begin an order for one of these lanes, with no stay."""
        self.show(OpenState(is_shown=True, lane=lane, lanes=(lane,), ways=_ways(lanes)))

    def for_stay(
        self, row: StayRow, lanes: tuple[LaneStatus, ...], *, is_lost: bool = False
    ) -> None:
        """Begin an order that begins or ends this stay: at an entry before it, else at an exit.

        A car whose entry nobody reported may stand at an exit, so that any lane can be chosen.
        """
        self._intent = ""
        is_inside = row.state in {State.ARRIVED, State.SETTLED, State.LEFT}
        way = Direction.EXIT if is_inside else Direction.ENTRY
        likely = (status.lane for status in lanes if status.direction is way)
        self.show(
            OpenState(
                is_shown=True,
                lane=next(likely, None),
                lanes=tuple(status.lane for status in lanes),
                ways=_ways(lanes),
                stay=row.reservation_id,
                plate=written.plate(row.plate),
                is_lost=is_lost,
            )
        )
        attendant = self._seat.attendant
        if attendant is not None and row.state in {State.ARRIVED, State.SETTLED}:
            self._ask_price(attendant, row.reservation_id)

    @Slot(str)
    def pay(self, how: str) -> None:
        """What happens to what is still due."""
        if how in {"cash", "later", "waive"}:
            self.show(replace(self.state, pays=how, problem=""))

    @Slot(str)
    def chooseLane(self, lane: str) -> None:
        """Order at another lane."""
        if lane in self.state.lanes:
            self.show(replace(self.state, lane=LaneName(lane), problem=""))

    @Slot(str)
    def say(self, reason: str) -> None:
        """The reason as it is typed or chosen so far."""
        if reason != self.state.reason:
            self.show(replace(self.state, reason=reason, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Take the cash and give the order; without a reason no barrier is asked for."""
        attendant, state = self._seat.attendant, self.state
        if attendant is None or state.lane is None or state.is_waiting:
            return
        problem = self._missing()
        if problem:
            self.show(replace(state, problem=problem))
        elif self._is_due and state.pays != "waive":
            self._take(attendant)
        else:
            self._order(attendant, state.lane)

    @Slot()
    def cancel(self) -> None:
        """Leave the barrier as it is."""
        self.show(OpenState())

    # Inside ----------------------------------------------------------------------------------

    @property
    def _is_due(self) -> bool:
        return self.state.bill is not None and bool(self.state.bill.due)

    def _missing(self) -> str:
        if self._is_due and not self.state.pays:
            return "due"
        is_opened = not self._is_due or self.state.pays != "later"
        return "reason-missing" if is_opened and not self.state.reason.strip() else ""

    def _ask_price(self, attendant: Attendant, stay: ReservationId) -> None:
        asked = PriceDue(
            actor=attendant.actor,
            attendant_id=attendant.id,
            reservation_id=stay,
            is_lost_ticket=self.state.is_lost,
        )
        self._asker.ask(asked, lambda outcome: self._priced(stay, outcome))

    def _priced(self, stay: ReservationId, outcome: DuePriced | DueProblem) -> None:
        if self.state.stay == stay and isinstance(outcome, DuePriced | NothingDue):
            cash_due = outcome.cash_due if isinstance(outcome, DuePriced) else None
            self.show(replace(self.state, bill=outcome.bill, cash_due=cash_due))

    def _take(self, attendant: Attendant) -> None:
        asked, bill = self.state, self.state.bill
        assert asked.stay is not None
        assert bill is not None, "cash is taken for what was told"
        self._intent = self._intent or uuid.uuid4().hex
        self.show(replace(asked, is_waiting=True, problem=""))
        command = TakeDueInCash(
            actor=attendant.actor,
            attendant_id=attendant.id,
            desk=self._desk,
            reservation_id=asked.stay,
            is_lost_ticket=asked.is_lost,
            intent=self._intent,
            agreed_due=bill.due,
        )
        self._asker.ask(command, lambda outcome: self._taken(asked, outcome))

    def _taken(
        self, asked: OpenState, outcome: DueTaken | DuePriced | ShiftClosed | DueProblem
    ) -> None:
        """`asked` may have been cancelled meanwhile; cash that was taken all the same is told."""
        attendant, lane = self._seat.attendant, self.state.lane
        if isinstance(outcome, DueTaken) and attendant is not None:
            self.done.emit("cash", self._texts().money(outcome.amount))
        if attendant is None or lane is None or self.state.stay != asked.stay:
            return
        match outcome:
            case DueTaken(bill=bill) | NothingDue(bill=bill):
                self._intent = ""
                self.show(replace(self.state, bill=bill, is_waiting=False))
                if asked.pays == "later":
                    self.cancel()
                else:
                    self._order(attendant, lane)
            case DuePriced(bill=bill, cash_due=cash_due):
                self._tell(bill, cash_due)
            case ShiftClosed():
                self.show(replace(self.state, is_waiting=False, problem="shift-closed"))
            case TicketNotInside():
                self.show(replace(self.state, is_waiting=False, problem="no-cash"))
            case NotSignedIn():
                self._seat.leave()
            case _:
                assert_never(outcome)

    def _tell(self, bill: Bill, cash_due: Money) -> None:
        """The core has opened nothing: so much is due, and nobody has agreed to it yet."""
        told = replace(self.state, bill=bill, cash_due=cash_due, pays="")
        self.show(replace(told, is_waiting=False, problem="due"))

    def _order(self, attendant: Attendant, lane: LaneName) -> None:
        state = self.state
        self.show(replace(state, is_waiting=True, problem=""))
        command = OpenBarrier(
            actor=attendant.actor,
            attendant_id=attendant.id,
            lane=lane,
            reason=state.reason.strip(),
            reservation_id=state.stay,
            is_lost_ticket=state.is_lost,
            agreed_waiver=state.bill.due if state.bill is not None and self._is_due else None,
        )
        self._asker.ask(command, self._answered)

    def _answered(
        self,
        outcome: BarrierOrdered
        | DuePriced
        | ReasonMissing
        | NotSignedIn
        | LaneBusy
        | LaneOutOfOrder
        | OrderRefused,
    ) -> None:
        match outcome:
            case DuePriced(bill=bill, cash_due=cash_due):
                self._tell(bill, cash_due)
            case BarrierOrdered(lane=lane):
                self.show(OpenState())
                self.done.emit("ordered", lane)
            case ReasonMissing():
                self.show(replace(self.state, is_waiting=False, problem="reason-missing"))
            case LaneBusy():
                self.show(replace(self.state, is_waiting=False, problem="passing"))
            case LaneOutOfOrder():
                self.show(replace(self.state, is_waiting=False, problem="out-of-order"))
            case OrderRefused(why=why):
                self.show(replace(self.state, is_waiting=False, problem=why.value))
            case NotSignedIn():
                self.show(OpenState())
                self._seat.leave()
            case _:
                assert_never(outcome)

    # What QML reads --------------------------------------------------------------------------

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.is_shown

    @Property(str, notify=changed)
    def lane(self) -> str:
        return self.state.lane or ""

    @Property(list, notify=changed)
    def lanes(self) -> list[str]:
        return list(self.state.lanes)

    @Property(dict, notify=changed)
    def ways(self) -> dict[str, str]:
        return self.state.ways

    @Property(str, notify=changed)
    def plate(self) -> str:
        return self.state.plate

    @Property(bool, notify=changed)
    def isLost(self) -> bool:
        return self.state.is_lost

    @Property(str, notify=changed)
    def price(self) -> str:
        """What the stay costs; empty while nobody has said it."""
        bill = self.state.bill
        return "" if bill is None else self._texts().money(bill.charge.total)

    @Property(str, notify=changed)
    def due(self) -> str:
        """What is still due; empty for nothing."""
        bill = self.state.bill
        return self._texts().money(bill.due) if bill is not None and self._is_due else ""

    @Property(str, notify=changed)
    def cashDue(self) -> str:
        """The due in notes and coins; empty where it is the same."""
        bill, cash = self.state.bill, self.state.cash_due
        is_other = self._is_due and bill is not None and cash not in {None, bill.due}
        return self._texts().money(cash) if cash is not None and is_other else ""

    @Property(str, notify=changed)
    def pays(self) -> str:
        return self.state.pays

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self.state.reason

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem
