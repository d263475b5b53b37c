"""What an attendant does to one stay besides opening a barrier for it, each after a second look.

The car is inside or has left without any lane's word, a refund is paid from the till, a ticket
is printed once more. Which of them make sense follows from the stay that is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain import ledger
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.life_outcomes import DuePriced, NothingDue
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    Bill,
    NothingToRefund,
    NotSignedIn,
    ReasonMissing,
    RefundPaid,
    ReservationEnded,
    TicketIssued,
)
from kiosk.domain.passage_outcomes import PassageImpossible, PassageWritten
from kiosk.domain.reservation import State
from kiosk.domain.till_outcomes import ShiftClosed, TillTooLow
from kiosk.services.commands import PayRefundInCash, PrintTicketAgain, ReportPassage
from kiosk.services.life_commands import DueProblem, PriceDue
from kiosk.services.views import Direction, StayMoney
from kiosk.ui import format as written
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.lanes import LanesCard
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.texts import DeskTexts

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

_WAYS = {"inside": Direction.ENTRY, "left": Direction.EXIT}
_INSIDE = frozenset({State.ARRIVED, State.SETTLED})

Answer = (
    PassageWritten
    | PassageImpossible
    | DuePriced
    | ReasonMissing
    | RefundPaid
    | ShiftClosed
    | TillTooLow
    | NothingToRefund
    | TicketIssued
    | ReservationEnded
    | NotSignedIn
)


def deeds_of(money: StayMoney) -> tuple[str, ...]:
    """What makes sense for this stay now: inside, left, refund, print."""
    state = money.row.state
    deeds = []
    if state is State.CONFIRMED:
        deeds.append("inside")
    if state in _INSIDE:
        deeds.append("left")
    due = ledger.refund_due(money.row.reservation_id)
    if any(each.account == due and each.owed.minor > 0 for each in money.balances):
        deeds.append("refund")
    if state is State.CONFIRMED or state in _INSIDE:
        deeds.append("print")
    return tuple(deeds)


@dataclass(frozen=True, slots=True)
class StayFormState:
    """What is about to be done; nothing while `deed` is empty."""

    deed: str = ""
    """inside, left, refund, print; paid once the refund was booked"""
    stay: ReservationId | None = None
    plate: str = ""
    amount: str = ""
    """Of a refund: what is owed, then what was paid."""
    in_till: str = ""
    """What lies in the till, where that is less than the refund."""
    lane: LaneName | None = None
    """Where the ticket comes out."""
    bill: Bill | None = None
    """Of a car that has left: what its stay costs and what is still due, as it was told last."""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    """reason-missing, due, impossible, nothing-to-refund, shift-closed, till-low, ended, busy,
    failed; empty for none"""


@QmlElement
@QmlUncreatable("made by the desk")
class StayForm(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Asks once more, for a passage with the reason, and does it under the attendant's name."""

    changed = Signal()
    done = Signal(str, str)
    """inside, left or print was done; to the car with this plate, or at this lane."""

    def __init__(
        self,
        asker: Asker,
        seat: Seat,
        *,
        desk: str,
        detail: StayDetail,
        lanes: LanesCard,
        texts: Callable[[], DeskTexts],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._seat = seat
        self._desk = desk
        self._detail = detail
        self._lanes = lanes
        self._texts = texts
        self.state = StayFormState()
        detail.changed.connect(self.changed)

    def show(self, state: StayFormState) -> None:
        """Show this as it stands."""
        self.state = state
        self.changed.emit()

    def try_again(self, problem: str) -> None:
        """No answer comes: stop waiting and say why."""
        if self.state.is_waiting:
            self.show(replace(self.state, is_waiting=False, problem=problem))

    @Slot(str)
    def begin(self, deed: str) -> None:
        """The attendant wants this for the stay that is shown."""
        money = self._detail.money
        if money is None or deed not in deeds_of(money):
            return
        due = ledger.refund_due(money.row.reservation_id)
        owed = next((each.owed for each in money.balances if each.account == due), None)
        entries = (s.lane for s in self._lanes.statuses if s.direction is Direction.ENTRY)
        self.show(
            StayFormState(
                deed=deed,
                stay=money.row.reservation_id,
                plate=written.plate(money.row.plate),
                amount=self._texts().money(owed) if owed is not None else "",
                lane=next(entries, None),
            )
        )

        attendant = self._seat.attendant
        if deed == "left" and attendant is not None and money.row.state is State.ARRIVED:
            self._ask_price(attendant, money.row.reservation_id)

    @Slot(str)
    def say(self, reason: str) -> None:
        """The reason as it is typed or chosen so far."""
        if reason != self.state.reason:
            self.show(replace(self.state, reason=reason, problem=""))

    @Slot()
    def confirm(self) -> None:
        """Do it; without a reason nothing is said of a passage."""
        attendant, state = self._seat.attendant, self.state
        if state.deed == "paid":
            self.cancel()
        elif attendant is not None and state.stay is not None and not state.is_waiting:
            if state.deed in _WAYS and not state.reason.strip():
                self.show(replace(state, problem="reason-missing"))
            else:
                self.show(replace(state, is_waiting=True, problem=""))
                self._ask(attendant, state.stay)

    @Slot()
    def cancel(self) -> None:
        """Leave the stay as it is."""
        self.show(StayFormState())

    # Inside ----------------------------------------------------------------------------------

    @property
    def _due(self) -> Money | None:
        """What is waived with the word that the car has left."""
        bill = self.state.bill
        return bill.due if bill is not None and bill.due else None

    def _ask_price(self, attendant: Attendant, stay: ReservationId) -> None:
        asked = self.state

        def priced(outcome: DuePriced | DueProblem) -> None:
            if self._is_same(asked) and isinstance(outcome, DuePriced | NothingDue):
                self.show(replace(self.state, bill=outcome.bill))

        command = PriceDue(actor=attendant.actor, attendant_id=attendant.id, reservation_id=stay)
        self._asker.ask(command, priced)

    def _ask(self, attendant: Attendant, stay: ReservationId) -> None:
        asked = self.state

        def answered(outcome: Answer) -> None:
            if self._seat.attendant is not None:  # a locked desk has forgotten it
                self._answered(asked, outcome)

        if asked.deed == "refund":
            refund = PayRefundInCash(
                actor=attendant.actor,
                attendant_id=attendant.id,
                desk=self._desk,
                reservation_id=stay,
            )
            self._asker.ask(refund, answered)
        elif asked.deed == "print":
            assert asked.lane is not None, "a site that sold a ticket has an entry lane"
            again = PrintTicketAgain(
                actor=attendant.actor,
                attendant_id=attendant.id,
                lane=asked.lane,
                reservation_id=stay,
            )
            self._asker.ask(again, answered)
        else:
            passage = ReportPassage(
                actor=attendant.actor,
                attendant_id=attendant.id,
                reservation_id=stay,
                direction=_WAYS[asked.deed],
                reason=asked.reason.strip(),
                agreed_waiver=self._due,
            )
            self._asker.ask(passage, answered)

    def _answered(self, asked: StayFormState, outcome: Answer) -> None:
        """`asked` may have been cancelled meanwhile; what was done all the same is told."""
        match outcome:
            case PassageWritten():
                self._finish(asked, asked.plate)
            case DuePriced(bill=bill):
                if self._is_same(asked):
                    self.show(replace(self.state, bill=bill, is_waiting=False, problem="due"))
            case TicketIssued():
                self._finish(asked, asked.lane or "")
            case RefundPaid(amount=amount):
                paid = self._texts().money(amount)
                self.show(StayFormState(deed="paid", plate=asked.plate, amount=paid))
            case TillTooLow(in_till=in_till):
                if self._is_same(asked):
                    there = self._texts().money(in_till)
                    told = replace(self.state, is_waiting=False, in_till=there)
                    self.show(replace(told, problem="till-low"))
            case NotSignedIn():
                self._seat.leave()
            case _:
                self._refuse(asked, _problem_of(outcome))

    def _finish(self, asked: StayFormState, of: str) -> None:
        if self._is_same(asked):
            self.show(StayFormState())
        self.done.emit(asked.deed, of)

    def _refuse(self, asked: StayFormState, problem: str) -> None:
        if self._is_same(asked):
            self.show(replace(self.state, is_waiting=False, problem=problem))

    def _is_same(self, asked: StayFormState) -> bool:
        return (self.state.deed, self.state.stay) == (asked.deed, asked.stay)

    # What QML reads --------------------------------------------------------------------------

    @Property(list, notify=changed)
    def deeds(self) -> list[str]:
        """What can be begun for the stay that is shown."""
        money = self._detail.money
        return [] if money is None else list(deeds_of(money))

    @Property(bool, notify=changed)
    def isShown(self) -> bool:
        return self.state.deed != ""

    @Property(str, notify=changed)
    def deed(self) -> str:
        return self.state.deed

    @Property(str, notify=changed)
    def plate(self) -> str:
        return self.state.plate

    @Property(str, notify=changed)
    def amount(self) -> str:
        return self.state.amount

    @Property(str, notify=changed)
    def price(self) -> str:
        """What the stay of a car that has left costs; empty while nobody has said it."""
        bill = self.state.bill
        return "" if bill is None else self._texts().money(bill.charge.total)

    @Property(str, notify=changed)
    def due(self) -> str:
        """What of it is still due; empty for nothing."""
        return "" if self._due is None else self._texts().money(self._due)

    @Property(str, notify=changed)
    def inTill(self) -> str:
        return self.state.in_till

    @Property(str, notify=changed)
    def lane(self) -> str:
        return self.state.lane or ""

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self.state.reason

    @Property(bool, notify=changed)
    def isWaiting(self) -> bool:
        return self.state.is_waiting

    @Property(str, notify=changed)
    def problem(self) -> str:
        return self.state.problem


def _problem_of(
    outcome: ReasonMissing | PassageImpossible | NothingToRefund | ShiftClosed | ReservationEnded,
) -> str:
    match outcome:
        case ReasonMissing():
            return "reason-missing"
        case PassageImpossible():
            return "impossible"
        case NothingToRefund():
            return "nothing-to-refund"
        case ShiftClosed():
            return "shift-closed"
        case ReservationEnded():
            return "ended"
        case _:
            assert_never(outcome)
