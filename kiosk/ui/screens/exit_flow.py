"""The way of one driver at the exit screen: ticket, receipt or what is due, goodbye.

A ticket is scanned, or its short code is typed; the core decides what opens the arm, so every
page but payment follows from an event of the lane. An unpaid exit stays on the glass while a car
can stand before the barrier (ux 25). What QML sees of it stands in exit.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QObject, QTimer

from kiosk.domain.ids import AreaId, LaneName, OperationKey, ReservationId
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    ReservationEnded,
    TicketProblem,
)
from kiosk.domain.site import Site
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind, PayDue, PaymentMethod
from kiosk.services.events import (
    DriverWaits,
    FaultRaised,
    GrantReturned,
    LaneChanged,
    PaperFailed,
    PaperLow,
    PassageReported,
    PassPresented,
    PaymentFinished,
    Published,
    ReportImpossible,
    SiteChanged,
    TicketPresented,
    VoucherPresented,
)
from kiosk.services.views import Direction, LaneStatus
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.lane_sign import (
    HELD,
    LaneSign,
    LaneTrouble,
    lane_sign,
    lane_trouble,
    may_have_a_car,
    sign_after_grant,
)
from kiosk.ui.screens.bill import BillState, BillText, bill_state
from kiosk.ui.screens.exit_leaving import ExitLeaving
from kiosk.ui.screens.exit_state import ExitState, PayAnswer, SoldElsewhere, TicketAnswer
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.pay_words import FormProblem
from kiosk.ui.screens.say import Say
from kiosk.ui.session import Session


class ExitFlow:
    """What one lane's exit screen does when the driver, the lane or the core says something."""

    def __init__(
        self,
        asker: Asker,
        *,
        site: Site,
        lane: LaneName,
        card_adapter: str | None,
        language: Language,
        now: Callable[[], datetime],
        second_ms: int,
        owner: QObject,
        changed: Callable[[], None],
        ring: Callable[[], None],
    ) -> None:
        self._asker = asker
        self._lane = lane
        self._changed = changed
        self._ring = ring
        self._lane_status: LaneStatus | None = None
        self._asked_key: OperationKey | None = None
        self.state = ExitState()
        self.person = Session(
            owner,
            idle_s=limits.LANE_SCREEN_IDLE_S,
            language=language,
            must_keep=self._must_keep,
            second_ms=second_ms,
        )
        self.say = Say(zone=site.zone, language=lambda: self.person.state.language, now=now)
        self.bill_text = BillText(owner)
        self.pay_form = PayForm(
            send=self._pay_due, card_adapter=card_adapter, say=self.say, now=now, parent=owner
        )
        self.leaving = ExitLeaving(
            asker, lane=lane, say=self.say, ring=ring, left=self._leave, parent=owner
        )
        self.pay_form.changed.connect(self._look_at_doubt)
        self.mine = MyTicket(
            asker,
            lane=lane,
            direction=Direction.EXIT,
            rules=site.rules,
            say=self.say,
            session=self.person,
            card_adapter=card_adapter,
            area_name=self._area_name,
            now=now,
            second_ms=second_ms,
            parent=owner,
        )
        self.mine.changed.connect(changed)
        self.mine.closed.connect(self.person.end)
        self._goodbye = QTimer(owner)
        self._goodbye.setSingleShot(True)
        self._goodbye.setInterval(limits.GOODBYE_S * second_ms)
        self._goodbye.timeout.connect(self.person.end)
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
                    self._changed()
            case PaymentFinished(operation_key=key, outcome=outcome):
                is_answer = key == self._asked_key and isinstance(outcome, ExitCovered)
                is_mine = self.pay_form.awaits(key) or is_answer
                # Sold elsewhere, or paid by a car that has left meanwhile.
                if is_mine and not isinstance(outcome, SoldElsewhere):
                    self._on_paid(outcome, has_paid=True)
                self.mine.flow.finish(event)
            case FaultRaised():
                self._failed(event)
            case SiteChanged() | DriverWaits() | ReportImpossible():
                pass
            case _:
                if event.lane == self._lane:
                    self._on_lane_event(event)

    def on_overloaded(self) -> None:
        """The core took no command: the driver may press again."""
        if self.mine.flow.visit.is_asking:
            self.mine.flow.take_back()
        else:
            self.pay_form.take_back()

    def show(self, state: ExitState) -> None:
        """Show this state."""
        self.state = state
        if state.behind not in {"pay", "receipt"}:
            self.leaving.wipe()
        if state.behind != "mine" and self.mine.is_open():
            self.mine.flow.close()
        if state.page == "goodbye" or state.is_held:
            self._goodbye.start()
        else:
            self._goodbye.stop()
        self.bill_text.show(self._bill_state())
        self._changed()

    def _failed(self, fault: FaultRaised) -> None:
        """Free what waits here, and tell whoever waits: at a button or with a ticket in hand."""
        is_told = self.mine.flow.fail(fault) or self.pay_form.fail(fault)
        may_present = self.is_car_there() and self.state.page in {"present", "note"}
        if not is_told and may_present:
            self._begin(ExitState("note", problem=fault))

    def _on_lane_event(
        self,
        event: TicketPresented
        | PassPresented
        | VoucherPresented
        | PassageReported
        | GrantReturned
        | PaperFailed
        | PaperLow,
    ) -> None:
        match event:
            case TicketPresented(outcome=outcome):
                assert not isinstance(outcome, Granted), "an entry's answer in an exit lane"
                self._on_ticket(outcome)
            case PassPresented():
                self._on_pass(event)
            case VoucherPresented():
                self._on_voucher(event)
            case PassageReported():
                if self.state.page != "present":
                    self.pay_form.wipe()
                    self.show(ExitState("goodbye"))
            case GrantReturned(reservation_id=reservation_id, why=why):
                if why == HELD and self.state.is_settled:
                    self.show(replace(self.state, is_held=True))
                elif reservation_id is not None:
                    self._begin(ExitState("note", problem=event))
            case PaperFailed(may_be_there=may_be_there):
                self.show(replace(self.state, has_no_paper=True, may_have_paper=may_be_there))
            case PaperLow():
                pass  # the attendant's
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
        if self.state.page == "mine":
            self.mine.scan(event.pass_code)
        elif self.state.page == "pay":
            self.pay_form.scan(event.pass_code)
        elif self.state.is_unpaid:
            self.pay_form.open(pass_code=event.pass_code)
            self.show(replace(self.state, page="pay", under_help="present"))
        else:
            self.show(ExitState("note", problem=event))

    def _on_voucher(self, event: VoucherPresented) -> None:
        """A good one waits for its ticket; where money is due the core has used it already."""
        self.person.begin()
        if self.state.is_unpaid and event.problem is not None and self.pay_form.can_be_left():
            self.pay_form.answer(event.problem)
            self.show(replace(self.state, page="pay", under_help="present"))
        elif self.state.page in {"present", "note"}:
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
            if isinstance(outcome, PaymentDeclined | PaymentUnavailable) and self.state.bill:
                self.leaving.ask(self.state.bill.reservation_id)
            self._changed()
        elif isinstance(outcome, ReservationEnded):
            self.pay_form.wipe()
            self._begin(ExitState("note", problem=outcome))
        else:
            self.pay_form.wipe()
            self._on_ticket(outcome, has_paid=has_paid)

    def _look_at_doubt(self) -> None:
        """A provider that has not answered for so long lets the driver go, within limits."""
        form, bill = self.pay_form.state, self.state.bill
        is_doubt = form.phase == "checking" and form.checking_s == int(limits.PAY_DOUBT_S)
        if is_doubt and bill is not None and self.leaving.answer is None:
            self.leaving.ask(bill.reservation_id)

    def _leave(self, outcome: ExitCovered | TicketProblem) -> None:
        self.pay_form.wipe()
        self._on_ticket(outcome)

    # What the driver does --------------------------------------------------------------------

    def pay(self) -> None:
        """From what is due to how it is paid."""
        if self.state.page == "due":
            self.pay_form.open()
            self.show(replace(self.state, page="pay"))

    def look_at_mine(self) -> None:
        """A ticket without a picture: its code is typed."""
        if self.state.page in {"present", "note"}:
            self._begin(ExitState("mine"))
            self.mine.flow.open()

    def back(self) -> None:
        """One page back; entries stay."""
        if self.state.page == "help":
            self.show(replace(self.state, page=self.state.under_help, under_help="present"))
        elif self.state.page == "pay" and self.pay_form.can_be_left():
            self.show(replace(self.state, page="due"))
        elif self.state.page == "mine":
            self.mine.flow.back()

    def cancel(self) -> None:
        """End the session: what is due stays due, and nothing is charged by leaving."""
        if self._can_be_left() and not self.state.is_settled:
            self.person.end()

    def help(self) -> None:
        """Ring the desk and show how to reach it; again on the help page rings again."""
        self.person.begin()
        self._ring()
        if self.state.page != "help":
            state = replace(self.state, page="help", under_help=self.state.page)
            self.show(replace(state, offers_help=False))

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
        self._changed()
        self.pay_form.show(self.pay_form.state)
        self.leaving.changed.emit()
        self.mine.tell_again()

    def _must_keep(self) -> bool:
        """A payment under way (ux 26), a passage not reported yet, an unpaid car (ux 25)."""
        is_unpaid_car = self.state.is_unpaid and may_have_a_car(self._lane_status)
        return not self._can_be_left() or self.state.is_settled or is_unpaid_car

    def _area_name(self, area_id: AreaId) -> str:
        """An exit has asked for no areas: only that of the ticket is known."""
        shown = self.mine.flow.look.shown
        is_own = shown is not None and shown.ticket.area.id == area_id
        return shown.ticket.area.name if shown is not None and is_own else ""

    def _can_be_left(self) -> bool:
        return self.pay_form.can_be_left() and self.mine.flow.can_be_left()

    def is_car_there(self) -> bool:
        """Whether a car stands before the barrier, as far as the lane can know."""
        return self._lane_status is not None and self._lane_status.is_car_there

    def is_in_order(self) -> bool:
        """Whether the barrier answers; a lane not heard of yet is believed to."""
        return self._lane_status is None or self._lane_status.is_in_order

    def sign(self) -> LaneSign:
        """What the barrier does, for the driver who was let out or for everybody."""
        if self.state.is_settled:
            return sign_after_grant(self._lane_status)
        return lane_sign(self._lane_status)

    def trouble(self) -> LaneTrouble:
        """Why the lane takes no ticket; empty when it does."""
        return lane_trouble(self._lane_status)

    def _bill_state(self) -> BillState:
        if self.state.bill is None:
            return BillState()
        return bill_state(self.state.bill, exit_until=self.state.exit_until, say=self.say)
