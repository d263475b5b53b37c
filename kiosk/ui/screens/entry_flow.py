"""The way of one driver at the entry screen, from the first touch to the open barrier.

Find, choose, plate, review and pay, ticket: five pages and no more (ux 15). A space that is kept
but not paid goes back by Back, Cancel, the idle reset and a lane that breaks down. While money may
be moving nothing leaves the pay page (ux 26). Nothing new is sold while the barrier is out of
order; what is paid stays good. What QML sees of it stands in entry.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from PySide6.QtCore import QObject, QTimer

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import (
    AreasShown,
    NothingIdle,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    Reserved,
    SpaceJustTaken,
    SpacesFound,
    TicketIssued,
    TicketsFound,
    UnknownPass,
    WalletTooLow,
    WindowRefused,
    WrongPin,
)
from kiosk.domain.site import Site
from kiosk.services import limits
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CancelReservation,
    FindSpaces,
    FindTickets,
    PayDeposit,
    PaymentMethod,
    PaymentProblem,
    Reserve,
    ShowAreas,
    WalletProof,
)
from kiosk.services.events import PassPresented, PaymentFinished, Published, SiteChanged
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.choose import SpaceChoice
from kiosk.ui.screens.entry_state import BEFORE, EntryState, after_lane_event
from kiosk.ui.screens.entry_texts import (
    ReviewState,
    ReviewText,
    TicketState,
    TicketText,
    granted_state,
    review_state,
    ticket_row,
    ticket_state,
)
from kiosk.ui.screens.entry_words import CoreBusy, EntryNews, NoTickets, TimeToPayOver
from kiosk.ui.screens.find import FindForm
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.plate import PlateForm
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.visit import Visit
from kiosk.ui.session import Session

HURRY = timedelta(minutes=2)
"""The countdown of a kept space is painted loudly from here on."""


class EntryFlow:
    """Pages, questions and answers of one lane's entry screen; `changed` after each step."""

    def __init__(
        self,
        asker: Asker,
        *,
        site: Site,
        lane: LaneName,
        card_adapter: str | None,
        country: Country,
        language: Language,
        now: Callable[[], datetime],
        second_ms: int,
        owner: QObject,
        changed: Callable[[], None],
    ) -> None:
        self._asker = asker
        self._visit = Visit(asker, too_late=self._answered_too_late)
        self._site = site
        self._lane = lane
        self._now = now
        self._changed = changed
        self._actor = Actor(ActorKind.DRIVER, lane)
        self._is_refreshing = False
        self._is_stale = False
        self.state = EntryState()
        self.session = Session(
            owner,
            idle_s=limits.KIOSK_SCREEN_IDLE_S,
            language=language,
            must_keep=self._must_keep,
            second_ms=second_ms,
        )
        self._spoken = language
        self.say = Say(zone=site.zone, language=lambda: self.session.state.language)
        self.find = FindForm(say=self.say, rules=site.rules, parent=owner)
        self.choice = SpaceChoice(say=self.say, parent=owner)
        self.plate = PlateForm(country=country, parent=owner)
        self.review = ReviewText(owner)
        self.ticket = TicketText(owner)
        self.pay = PayForm(
            send=self._pay_deposit, card_adapter=card_adapter, say=self.say, now=now, parent=owner
        )
        self.proof = PayForm(
            send=self._find_tickets, card_adapter=None, say=self.say, now=now, parent=owner
        )
        self._seconds = QTimer(owner)
        self._seconds.setInterval(second_ms)
        self._seconds.timeout.connect(self._second_passed)
        self._goodbye = QTimer(owner)
        self._goodbye.setSingleShot(True)
        self._goodbye.setInterval(limits.GOODBYE_S * second_ms)
        self._goodbye.timeout.connect(self._said_goodbye)
        self.session.changed.connect(self._speak_again)
        self.session.ended.connect(self._wipe)

    def show(self, state: EntryState) -> None:
        """Show this state."""
        self.state = state
        if state.page == "pay" and state.reserved is not None:
            self._count_down(state.reserved)
            self._seconds.start()
        else:
            self._seconds.stop()
        self._changed()

    # What the core tells -----------------------------------------------------------------

    def refresh(self) -> None:
        """Ask what is idle; asked again while an answer is awaited, it asks once more after."""
        self._is_stale = self._is_refreshing
        if not self._is_refreshing:
            self._is_refreshing = True
            self._asker.ask(ShowAreas(actor=self._actor), self._areas_shown)

    def on_published(self, event: Published) -> None:
        """Follow the site and this lane; other lanes are none of its business."""
        match event:
            case SiteChanged():
                self.refresh()
                if self.state.page == "choose" and not self.state.is_busy:
                    self._visit.ask(self._search_command(), self._found_again)
            case PaymentFinished(operation_key=key, outcome=outcome):
                if self.pay.awaits(key) and isinstance(
                    outcome,
                    TicketIssued
                    | PaymentDeclined
                    | PaymentUnavailable
                    | PaymentInDoubt
                    | ReservationEnded,
                ):
                    self._paid(outcome)
            case PassPresented(lane=lane, pass_code=pass_code):
                if lane == self._lane:
                    self._pass_scanned(pass_code)
            case _:
                lane = event.status.lane if isinstance(event, LaneChanged) else event.lane
                if lane == self._lane:
                    self._follow_lane(event)

    def on_overloaded(self) -> None:
        """The core took no command: if it was this person's, the person may try again."""
        if self._visit.is_asking and self.state.page != "attract":
            self.pay.take_back()
            self.proof.take_back()
            self.show(replace(self.state, is_busy=False, news=CoreBusy()))
        else:
            self._is_refreshing = False

    def _areas_shown(self, shown: AreasShown) -> None:
        self._is_refreshing = False
        self.find.update(shown)
        self._changed()
        if self._is_stale:
            self.refresh()

    def _follow_lane(self, event: LaneEvent) -> None:
        before = self.state
        after = after_lane_event(before, event)
        if after.granted != before.granted or after.news != before.news:
            self.session.begin()
        self.show(after)
        self._show_ticket()
        if after.is_through and not before.is_through:
            self._goodbye.start()
        if not after.is_in_order and after.page in {"find", "choose", "plate", "pay"}:
            self._stop_selling()

    def _stop_selling(self) -> None:
        """The barrier does not answer: no driver pays now for a space out of reach."""
        if not self.pay.is_underway():
            self.session.end()

    def _pass_scanned(self, pass_code: str) -> None:
        self.session.begin()
        match self.state.page:
            case "pay":
                self.pay.scan(pass_code)
            case "proof":
                self.proof.scan(pass_code)
            case "attract":
                self.prove(pass_code)
            case _:
                self.show(replace(self.state, scanned_pass=pass_code))

    # The way -----------------------------------------------------------------------------

    def start(self) -> None:
        """Somebody is there."""
        if self.state.is_in_order and self.state.page == "attract":
            self.session.begin()
            self.refresh()
            self.show(replace(self.state, page="find", news=None, is_helping=False))

    def search(self) -> None:
        """Which spaces of the chosen area are idle for the wanted time?"""
        if self.find.is_ready() and not self.state.is_busy:
            self.show(replace(self.state, is_busy=True))
            self._visit.ask(self._search_command(), self._found)

    def _search_command(self) -> FindSpaces:
        wanted = self.find.state
        assert wanted.area_id is not None
        return FindSpaces(
            actor=self._actor, area_id=wanted.area_id, duration_minutes=wanted.duration_minutes
        )

    def _found(self, answer: SpacesFound | NothingIdle | WindowRefused) -> None:
        match answer:
            case SpacesFound():
                self.choice.update(answer)
                self.show(replace(self.state, page="choose", is_busy=False))
            case NothingIdle():
                self._tell(answer, page="find")
            case WindowRefused(shortest_minutes=shortest, longest_minutes=longest):
                self.find.keep_within(shortest_minutes=shortest, longest_minutes=longest)
                self._tell(answer, page="find")
            case _:
                assert_never(answer)

    def _found_again(self, answer: SpacesFound | NothingIdle | WindowRefused) -> None:
        """The plan is refreshed under the driver's eyes, as long as the driver looks at it."""
        if self.state.page == "choose" and not self.state.is_busy:
            self._found(answer)

    def take(self) -> None:
        """Take the chosen space, or the best one."""
        if self.choice.space_id() is None:
            self.choice.choose_best()
        self.show(replace(self.state, page="plate"))

    def reserve(self) -> None:
        """Keep the space for this plate."""
        space_id = self.choice.space_id()
        if space_id is None or not self.plate.is_ready() or self.state.is_busy:
            return
        self.show(replace(self.state, is_busy=True))
        command = Reserve(
            actor=self._actor,
            space_id=space_id,
            duration_minutes=self.find.state.duration_minutes,
            plate=self.plate.state.plate,
        )
        self._visit.ask(command, self._reserved)

    def _reserved(
        self,
        answer: Reserved | SpaceJustTaken | PlateRefused | PlateHasReservation | WindowRefused,
    ) -> None:
        match answer:
            case Reserved():
                self.pay.open(pass_code=self.state.scanned_pass)
                self.show(replace(self.state, page="pay", reserved=answer, is_busy=False))
                self._show_review()
            case SpaceJustTaken():
                self._tell(answer, page="choose")
                self._visit.ask(self._search_command(), self._found_again)
            case PlateRefused() | PlateHasReservation():
                self._tell(answer, page="plate")
            case WindowRefused():
                self._found(answer)
            case _:
                assert_never(answer)

    def _pay_deposit(self, method: PaymentMethod, intent: str) -> None:
        reserved = self.state.reserved
        assert reserved is not None, "the pay page is only shown for a reservation"
        command = PayDeposit(
            actor=self._actor,
            reservation_id=reserved.reservation_id,
            method=method,
            intent=intent,
        )
        self._changed()
        self._visit.ask(command, self._paid)

    def _paid(self, answer: TicketIssued | PaymentProblem) -> None:
        self.session.begin()
        match answer:
            case TicketIssued():
                self.pay.wipe()
                self._show_paid(answer)
            case ReservationEnded():
                self.pay.wipe()
                self._tell(replace_reserved(answer), page="find")
            case (
                UnknownPass()
                | WrongPin()
                | WalletTooLow()
                | PaymentDeclined()
                | PaymentUnavailable()
                | PaymentRunning()
                | PaymentInDoubt()
            ):
                self.pay.answer(answer)
                self._changed()
                if not self.state.is_in_order:
                    self._stop_selling()
            case _:
                assert_never(answer)
