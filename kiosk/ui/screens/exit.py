"""The exit screen: ticket, receipt or what is due, goodbye; the core decides what opens the arm.

A ticket is scanned, not typed: every page but payment follows from an event of the lane. An
unpaid exit stays on the glass while a car can stand before the barrier (ux 25).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, OperationKey, ReservationId
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    PaymentInDoubt,
    PaymentRunning,
    ReservationEnded,
    TicketIssued,
)
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind, PayDue, PaymentMethod
from kiosk.services.events import (
    FaultRaised,
    GrantReturned,
    LaneChanged,
    PaperFailed,
    PassageReported,
    PassPresented,
    PaymentFinished,
    Published,
    SiteChanged,
    TicketPresented,
)
from kiosk.services.views import LaneStatus
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.lane_sign import lane_sign, may_have_a_car, sign_after_grant
from kiosk.ui.screens.bill import BillState, BillText, bill_state
from kiosk.ui.screens.exit_state import ExitState, PayAnswer, TicketAnswer
from kiosk.ui.screens.exit_words import exit_note, wants_ticket
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.pay_words import FormProblem
from kiosk.ui.screens.say import Say
from kiosk.ui.session import Session

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by kiosk.app")
class ExitScreen(QObject):  # type: ignore[operator]  # the stub of the decorator
    """One lane's exit screen; give it every event of the bridge with `on_published`."""

    changed = Signal()
    language_changed = Signal(str)
    """The driver speaks this language from now on: switch the translator, then retranslate."""
    help_asked = Signal(str)
    """The driver in this lane wants the attendant: ring the desk (ux 36)."""

    def __init__(
        self,
        asker: Asker,
        *,
        site_name: str,
        lane: LaneName,
        kiosk_number: str,
        help_phone: str,
        card_adapter: str | None,
        zone: ZoneInfo,
        language: Language,
        now: Callable[[], datetime],
        second_ms: int = 1000,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._site_name = site_name
        self._lane = lane
        self._kiosk_number = kiosk_number
        self._help_phone = help_phone
        self._lane_status: LaneStatus | None = None
        self._asked_key: OperationKey | None = None
        self.state = ExitState()
        self.person = Session(
            self,
            idle_s=limits.LANE_SCREEN_IDLE_S,
            language=language,
            must_keep=self._must_keep,
            second_ms=second_ms,
        )
        self._say = Say(zone=zone, language=lambda: self.person.state.language, now=now)
        self.bill_text = BillText(self)
        self.pay_form = PayForm(
            send=self._pay_due, card_adapter=card_adapter, say=self._say, now=now, parent=self
        )
        self._goodbye = QTimer(self)
        self._goodbye.setSingleShot(True)
        self._goodbye.setInterval(limits.GOODBYE_S * second_ms)
        self._goodbye.timeout.connect(self.person.end)
        self.person.language_changed.connect(self.language_changed)
        self.person.spoken.connect(self._speak_again)
        self.person.ended.connect(self._wipe)
        self.person.kept.connect(self._offer_help)

    # What the core tells ---------------------------------------------------------------------

    def on_published(self, event: Published) -> None:
        """Follow what happens in this lane; other lanes are none of its business."""
        match event:
            case LaneChanged(status=status):
                if status.lane == self._lane:
                    self._lane_status = status
                    self.changed.emit()
            case PaymentFinished(operation_key=key, outcome=outcome):
                is_answer = key == self._asked_key and isinstance(outcome, ExitCovered)
                if self.pay_form.awaits(key) or is_answer:
                    assert not isinstance(outcome, TicketIssued | Changed), "nothing is sold here"
                    self._on_paid(outcome, has_paid=True)
            case FaultRaised():
                self._failed(event)
            case SiteChanged():
                pass
            case _:
                if event.lane == self._lane:
                    self._on_lane_event(event)

    def on_overloaded(self) -> None:
        """The core took no command: the driver may press again."""
        self.pay_form.take_back()

    def show(self, state: ExitState) -> None:
        """Show this state."""
        self.state = state
        if state.page == "goodbye":
            self._goodbye.start()
        else:
            self._goodbye.stop()
        self.bill_text.show(self._bill_state())
        self.changed.emit()

    def _failed(self, fault: FaultRaised) -> None:
        """Free what waits here, and tell whoever waits: at a button or with a ticket in hand."""
        may_present = self._is_car_there() and self.state.page in {"present", "note"}
        if not self.pay_form.fail(fault) and may_present:
            self._begin(ExitState("note", problem=fault))

    def _on_lane_event(
        self,
        event: TicketPresented | PassPresented | PassageReported | GrantReturned | PaperFailed,
    ) -> None:
        match event:
            case TicketPresented(outcome=outcome):
                assert not isinstance(outcome, Granted), "an entry's answer in an exit lane"
                self._on_ticket(outcome)
            case PassPresented():
                self._on_pass(event)
            case PassageReported():
                if self.state.page != "present":
                    self.pay_form.wipe()
                    self.show(ExitState("goodbye"))
            case GrantReturned(reservation_id=reservation_id):
                if reservation_id is not None:
                    self._begin(ExitState("note", problem=event))
            case PaperFailed():
                self.show(replace(self.state, has_no_paper=True))
            case _:
                assert_never(event)

    def _on_ticket(self, outcome: TicketAnswer, *, has_paid: bool = False) -> None:
        """A receipt gives way only to another answer about money, and so does a payment."""
        match outcome:
            case ExitCovered(bill=bill, exit_until=exit_until):
                self.pay_form.wipe()
                self._begin(ExitState("receipt", bill=bill, exit_until=exit_until))
            case ExitDue(bill=bill):
                if self.pay_form.can_be_left():
                    self.pay_form.wipe()
                    self._begin(ExitState("due", bill=bill))
            case _:
                if not self.state.is_settled and self.pay_form.can_be_left():
                    self.pay_form.wipe()
                    self._begin(ExitState("note", problem=outcome, has_paid=has_paid))

    def _on_pass(self, event: PassPresented) -> None:
        """A pass is filled in where money is due; elsewhere the driver needs a ticket."""
        self.person.begin()
        if self.pay_form.is_underway() or self.state.behind in {"receipt", "goodbye"}:
            return
        if self.state.page == "pay":
            self.pay_form.scan(event.pass_code)
        elif self.state.is_unpaid:
            self.pay_form.open(pass_code=event.pass_code)
            self.show(replace(self.state, page="pay", under_help="present"))
        else:
            self.show(ExitState("note", problem=event))

    # Paying ----------------------------------------------------------------------------------

    def _pay_due(self, method: PaymentMethod, intent: str) -> None:
        assert self.state.bill is not None
        reservation_id = self.state.bill.reservation_id
        command = PayDue(
            actor=Actor(ActorKind.DRIVER, self._lane),
            lane=self._lane,
            reservation_id=reservation_id,
            method=method,
            intent=intent,
        )
        self._asker.ask(command, lambda outcome: self._on_answer(reservation_id, outcome))

    def _on_answer(self, reservation_id: ReservationId, outcome: PayAnswer) -> None:
        """An answer for a driver who is not here any more is shown only if it opens the arm."""
        bill = self.state.bill
        is_here = bill is not None and bill.reservation_id == reservation_id
        if is_here or isinstance(outcome, ExitCovered):
            self._on_paid(outcome)

    def _on_paid(self, outcome: PayAnswer, *, has_paid: bool = False) -> None:
        """`has_paid` after a provider's answer: its money is kept whatever the lane says."""
        if isinstance(outcome, FormProblem):
            if isinstance(outcome, PaymentRunning | PaymentInDoubt):
                self._asked_key = outcome.operation_key
            self.person.begin()
            self.pay_form.answer(outcome)
            self.changed.emit()
        elif isinstance(outcome, ReservationEnded):
            self.pay_form.wipe()
            self._begin(ExitState("note", problem=outcome))
        else:
            self.pay_form.wipe()
            self._on_ticket(outcome, has_paid=has_paid)

    # What the driver does --------------------------------------------------------------------

    @Slot()
    def pay(self) -> None:
        """From what is due to how it is paid."""
        if self.state.page == "due":
            self.pay_form.open()
            self.show(replace(self.state, page="pay"))

    @Slot()
    def back(self) -> None:
        """One page back; entries stay."""
        if self.state.page == "help":
            self.show(replace(self.state, page=self.state.under_help, under_help="present"))
        elif self.state.page == "pay" and self.pay_form.can_be_left():
            self.show(replace(self.state, page="due"))

    @Slot()
    def cancel(self) -> None:
        """End the session: what is due stays due, and nothing is charged by leaving."""
        if self.pay_form.can_be_left() and not self.state.is_settled:
            self.person.end()

    @Slot()
    def help(self) -> None:
        """Ring the desk and show how to reach it; again on the help page rings again."""
        self.person.begin()
        self.help_asked.emit(self._lane)
        if self.state.page != "help":
            state = replace(self.state, page="help", under_help=self.state.page)
            self.show(replace(state, offers_help=False))

    # What QML shows --------------------------------------------------------------------------

    @Property(Session, constant=True)
    def session(self) -> Session:
        return self.person

    @Property(BillText, constant=True)
    def bill(self) -> BillText:
        return self.bill_text

    @Property(PayForm, constant=True)
    def form(self) -> PayForm:
        return self.pay_form

    @Property(str, constant=True)
    def siteName(self) -> str:
        return self._site_name

    @Property(str, constant=True)
    def kioskNumber(self) -> str:
        return self._kiosk_number

    @Property(str, constant=True)
    def helpPhone(self) -> str:
        return self._help_phone

    @Property(str, notify=changed)
    def page(self) -> str:
        is_waiting = self.state.page == "present"
        return "out-of-order" if is_waiting and not self._is_in_order() else self.state.page

    @Property(str, notify=changed)
    def laneSign(self) -> str:
        if self.state.is_settled:
            return sign_after_grant(self._lane_status)
        return lane_sign(self._lane_status)

    @Property(bool, notify=changed)
    def isSettled(self) -> bool:
        return self.state.is_settled

    @Property(bool, notify=changed)
    def isCarThere(self) -> bool:
        return self._is_car_there()

    @Property(bool, notify=changed)
    def offersHelp(self) -> bool:
        return self.state.offers_help

    @Property(bool, notify=changed)
    def hasNoPaper(self) -> bool:
        return self.state.has_no_paper

    @Property(str, notify=changed)
    def happened(self) -> str:
        return self._note().happened

    @Property(str, notify=changed)
    def money(self) -> str:
        return self._note().money

    @Property(str, notify=changed)
    def advice(self) -> str:
        return self._note().now

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._note().number

    @Property(bool, notify=changed)
    def isBad(self) -> bool:
        return self._note().is_bad

    @Property(bool, notify=changed)
    def wantsTicket(self) -> bool:
        problem = self.state.problem
        return problem is not None and wants_ticket(problem, is_in_order=self._is_in_order())

    # Inside ----------------------------------------------------------------------------------

    def _begin(self, state: ExitState) -> None:
        self.person.begin()
        self.show(state)

    def _wipe(self) -> None:
        self.pay_form.wipe()
        self.show(ExitState())

    def _offer_help(self) -> None:
        self.show(replace(self.state, offers_help=self.state.page in {"due", "pay"}))

    def _speak_again(self) -> None:
        self.bill_text.show(self._bill_state())
        self.changed.emit()
        self.pay_form.show(self.pay_form.state)

    def _must_keep(self) -> bool:
        """A payment under way (ux 26), a passage not reported yet, an unpaid car (ux 25)."""
        is_unpaid_car = self.state.is_unpaid and may_have_a_car(self._lane_status)
        return not self.pay_form.can_be_left() or self.state.is_settled or is_unpaid_car

    def _is_car_there(self) -> bool:
        return self._lane_status is not None and self._lane_status.arming is True

    def _is_in_order(self) -> bool:
        return self._lane_status is None or self._lane_status.is_in_order

    def _note(self) -> Note:
        state = self.state
        if state.problem is None:
            return Note("", "", "", "", is_bad=False)
        is_in_order = self._is_in_order()
        return exit_note(
            state.problem, is_in_order=is_in_order, has_paid=state.has_paid, say=self._say
        )

    def _bill_state(self) -> BillState:
        if self.state.bill is None:
            return BillState()
        return bill_state(self.state.bill, exit_until=self.state.exit_until, say=self._say)
