"""The way of one driver at the entry screen, from the first touch to the open barrier.

Find, choose, plate, review and pay, ticket: five pages and no more (ux 15). A space that is kept
but not paid goes back by Back, Cancel, the idle reset and a lane that breaks down. While money may
be moving nothing leaves the pay page (ux 26). Nothing new is sold while the barrier is out of
order; what is paid stays good. What QML sees of it stands in entry.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QObject, QTimer

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import Granted, TicketsFound, UnknownPass, WrongPin
from kiosk.domain.search_outcomes import AreasShown
from kiosk.domain.site import Site
from kiosk.services import limits
from kiosk.services.commands import FindTickets, PaymentMethod, ShowAreas, WalletProof
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
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.entry_sale import EntrySale
from kiosk.ui.screens.entry_stage import EntryStage
from kiosk.ui.screens.entry_state import BEFORE, LaneEvent, after_lane_event
from kiosk.ui.screens.entry_words import NoTickets
from kiosk.ui.screens.ticket_news import CoreBusy

REFRESH_EVERY_S = 60
"""Offers begin and end by the clock, without anything that happens at the site."""


class EntryFlow:
    """What one lane's entry screen does when the driver, the lane or the core says something."""

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
        self._is_refreshing = False
        self._is_stale = False
        self.stage = EntryStage(
            asker,
            site=site,
            lane=lane,
            card_adapter=card_adapter,
            country=country,
            language=language,
            now=now,
            second_ms=second_ms,
            owner=owner,
            changed=changed,
            pay=self._pay,
            prove=self._find_tickets,
        )
        self.sale = EntrySale(self.stage)
        self._forms = self.stage.forms
        self._session = self.stage.session
        self.mine = self.stage.mine
        self.mine.closed.connect(self._session.end)
        self.mine.proofWanted.connect(self.prove)
        self._goodbye = QTimer(owner)
        self._goodbye.setSingleShot(True)
        self._goodbye.setInterval(limits.GOODBYE_S * second_ms)
        self._goodbye.timeout.connect(self._said_goodbye)
        self._session.ended.connect(self.refresh)
        self._forms.find.timesWanted.connect(self.refresh)
        self._forms.needs.changed.connect(self.refresh)
        self._fresh = QTimer(owner)
        self._fresh.setInterval(REFRESH_EVERY_S * second_ms)
        self._fresh.timeout.connect(self.refresh)
        self._fresh.start()

    # What the core tells -----------------------------------------------------------------

    def refresh(self) -> None:
        """Ask what is idle; asked again while an answer is awaited, it asks once more after."""
        self._is_stale = self._is_refreshing
        if not self._is_refreshing:
            self._is_refreshing = True
            self._asker.ask(self._areas_wanted(), self._areas_shown)

    def _areas_wanted(self) -> ShowAreas:
        """For whatever is free now; as soon as somebody is there, for what they have chosen."""
        if self.stage.state.page == "attract":
            return ShowAreas(actor=self.stage.actor)
        starts_at, minutes, ends_by = self._forms.find.state.times
        return ShowAreas(
            actor=self.stage.actor,
            duration_minutes=minutes,
            starts_at=starts_at,
            ends_by=ends_by,
            needs=self._forms.needs.state,
        )

    def on_published(self, event: Published) -> None:
        """Follow the site and this lane; other lanes are none of its business."""
        match event:
            case SiteChanged():
                self.refresh()
                self.sale.search_again()
            case PaymentFinished():
                self.sale.finish(event)
                self.mine.flow.finish(event)
            case PassPresented(lane=lane, pass_code=pass_code):
                if lane == self.stage.lane:
                    self._pass_scanned(pass_code)
            case LaneChanged(status=status):
                if status.lane == self.stage.lane:
                    self._follow_lane(event)
            case TicketPresented() | PassageReported() | GrantReturned() | PaperFailed():
                if event.lane == self.stage.lane:
                    self._follow_lane(event)
            case PaperLow() | DriverWaits() | VoucherPresented() | ReportImpossible():
                pass  # the attendant's, and the exit's
            case FaultRaised():
                self._failed(event)
            case _:
                assert_never(event)

    def on_overloaded(self) -> None:
        """The core took no command: if it was this person's, the person may try again."""
        if self.mine.flow.visit.is_asking:
            self.mine.flow.take_back()
        elif self.stage.visit.is_asking:
            self._forms.pay.take_back()
            self._forms.proof.take_back()
            self.stage.show(replace(self.stage.state, is_busy=False, news=CoreBusy()))
        else:
            self._is_refreshing = False  # the next change of the site asks again

    def _failed(self, fault: FaultRaised) -> None:
        """Free what waits here, and tell whoever waits: at a button or with a ticket in hand.

        A fault does not name its command. A driver on another page has asked for nothing.
        """
        self._is_refreshing = False
        forms = (self._forms.pay, self._forms.proof, self.mine.flow)
        is_told = any(each.fail(fault) for each in forms)
        state = self.stage.state
        if state.is_busy or (state.may_present and not is_told):
            self._session.begin()
            self.stage.show(replace(state, is_busy=False, news=fault))

    def _areas_shown(self, shown: AreasShown) -> None:
        self._is_refreshing = False
        self._forms.find.update(shown)
        if self._is_stale:
            self.refresh()

    def _follow_lane(self, event: LaneEvent) -> None:
        before = self.stage.state
        if before.page == "mine" and before.granted is None and self._is_to_look_at(event):
            return
        after = after_lane_event(before, event)
        if (after.granted, after.news) != (before.granted, before.news):
            self._session.begin()
        self.stage.show(after)
        if after.is_through and not before.is_through:
            self._goodbye.start()
        self.stage.stop_selling()

    def _is_to_look_at(self, event: LaneEvent) -> bool:
        """A ticket that opens nothing, held to the reader of one who looks at tickets."""
        if not isinstance(event, TicketPresented) or isinstance(event.outcome, Granted):
            return False
        if self.mine.flow.look.page != "code" or not event.code:
            return False
        self._session.begin()
        self.mine.flow.open(event.code)
        return True

    def _pass_scanned(self, pass_code: str) -> None:
        self._session.begin()
        match self.stage.state.page:
            case "pay":
                self._forms.pay.scan(pass_code)
            case "proof":
                self._forms.proof.scan(pass_code)
            case "mine":
                self.mine.scan(pass_code)
            case "attract":
                self.prove(pass_code)
            case _:
                self.stage.show(replace(self.stage.state, scanned_pass=pass_code))

    def _said_goodbye(self) -> None:
        """The car is through; only a payment of somebody else keeps the screen."""
        if self._forms.pay.is_underway():
            self.stage.show(replace(self.stage.state, granted=None, is_through=False))
        else:
            self._session.end()

    # What the driver does ----------------------------------------------------------------

    def start(self) -> None:
        """Somebody is there."""
        if self.stage.state.is_in_order and self.stage.state.page == "attract":
            self._session.begin()
            self.stage.show(replace(self.stage.state, page="find"))
            self.refresh()

    def ask_car(self) -> None:
        """What does the car need of its space?"""
        self.stage.show(replace(self.stage.state, page="car"))

    def prove(self, pass_code: str = "") -> None:
        """The driver has paid and wants the ticket again: whose pass is it?"""
        if self._forms.pay.is_underway():
            return
        self._session.begin()
        self.stage.give_back()
        self._forms.proof.open(pass_code=pass_code)
        state = replace(self.stage.state, page="proof", news=None, is_helping=False)
        self.stage.show(state)

    def look_at_mine(self, code: str = "") -> None:
        """A ticket of my own: what it stands for, and what can be done with it."""
        if self._forms.pay.is_underway():
            return
        self._session.begin()
        self.stage.give_back()
        self.stage.show(replace(self.stage.state, page="mine", news=None, is_helping=False))
        self.mine.flow.open(code)

    def pick(self, reservation_id: ReservationId) -> None:
        """One of several tickets."""
        for ticket in self.stage.state.tickets:
            if ticket.reservation_id == reservation_id:
                self.stage.show_ticket(ticket)

    def dismiss(self) -> None:
        """The note or the help page was read."""
        self._session.begin()
        self.stage.show(replace(self.stage.state, news=None, is_helping=False))
        if self.stage.state.page == "attract":
            self._session.end()

    def ask_for_help(self) -> None:
        """Show how to reach the attendant; entries and a running payment stay."""
        self._session.begin()
        self.stage.show(replace(self.stage.state, is_helping=True))

    def back(self) -> None:
        """One page back; entries stay, a kept space goes back."""
        state = self.stage.state
        if state.is_helping or state.news is not None:
            self.dismiss()
        elif state.page == "mine":
            self.mine.flow.back()
        elif state.page not in BEFORE or not self.stage.can_leave():
            return
        elif BEFORE[state.page] == "attract":
            self._session.end()
        else:
            self.stage.give_back()
            self.stage.show(replace(self.stage.state, page=BEFORE[state.page], is_busy=False))

    def cancel(self) -> None:
        """The person is done; what is not paid goes back."""
        if self.stage.can_leave():
            self._session.end()

    def _pay(self, method: PaymentMethod, intent: str) -> None:
        self.sale.pay(method, intent)

    # Those who have paid already ---------------------------------------------------------

    def _find_tickets(self, method: PaymentMethod, intent: str) -> None:
        """Nothing is paid here, so the intent of the press is not needed."""
        assert isinstance(method, WalletProof), "only a pass has tickets"
        command = FindTickets(actor=self.stage.actor, pass_code=method.pass_code, pin=method.pin)
        self.stage.visit.ask(command, self._tickets_found)

    def _tickets_found(self, answer: TicketsFound | UnknownPass | WrongPin) -> None:
        match answer:
            case TicketsFound(tickets=()):
                self._forms.proof.wipe()
                self.stage.tell(NoTickets(), page="proof")
            case TicketsFound(tickets=(only,)):
                self._forms.proof.wipe()
                self.stage.show_ticket(only)
            case TicketsFound(tickets=tickets):
                self._forms.proof.wipe()
                self.stage.show(replace(self.stage.state, page="tickets", tickets=tickets))
            case UnknownPass() | WrongPin():
                self._forms.proof.answer(answer)
            case _:
                assert_never(answer)
