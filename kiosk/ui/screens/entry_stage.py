"""Where the driver at the entry screen is: state, session, forms, and the space that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from kiosk.domain.ids import LaneName
from kiosk.domain.outcomes import Reserved, TicketIssued
from kiosk.domain.site import Site
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind, CancelReservation
from kiosk.services.views import Direction
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.entry_forms import EntryForms, Send
from kiosk.ui.screens.entry_state import STEPS, EntryState, Page
from kiosk.ui.screens.entry_words import EntryNews, TimeToPayOver
from kiosk.ui.screens.my_ticket import MyTicket
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.visit import Visit
from kiosk.ui.session import Session


class EntryStage:
    """Shows one state at a time; a space that is kept but not paid never stays behind."""

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
        pay: Send,
        prove: Send,
    ) -> None:
        self._asker = asker
        self.now = now
        self._changed = changed
        self.lane = lane
        self.actor = Actor(ActorKind.DRIVER, lane)
        self.visit = Visit(asker, too_late=self._answered_too_late)
        self.state = EntryState()
        self.session = Session(
            owner,
            idle_s=limits.KIOSK_SCREEN_IDLE_S,
            language=language,
            must_keep=lambda: not self.can_leave(),
            second_ms=second_ms,
        )
        self.say = Say(zone=site.zone, language=lambda: self.session.state.language, now=now)
        self.forms = EntryForms(
            owner,
            site=site,
            card_adapter=card_adapter,
            country=country,
            say=self.say,
            now=now,
            second_ms=second_ms,
            pay=pay,
            prove=prove,
        )
        self.mine = MyTicket(
            asker,
            lane=lane,
            direction=Direction.ENTRY,
            rules=site.rules,
            say=self.say,
            session=self.session,
            card_adapter=card_adapter,
            area_name=self.forms.find.name_of,
            now=now,
            second_ms=second_ms,
            parent=owner,
        )
        self._seconds = QTimer(owner)
        self._seconds.setInterval(second_ms)
        self._follow()

    def _follow(self) -> None:
        """From now on every part that moves by itself is followed."""
        self.mine.changed.connect(self._changed)
        self.forms.pay.changed.connect(self._changed)  # a payment changes what can be left
        self.session.spoken.connect(self._speak_again)
        self.session.ended.connect(self._wipe)
        self._seconds.timeout.connect(self._second_passed)

    # Showing -----------------------------------------------------------------------------

    def show(self, state: EntryState) -> None:
        """Show this state."""
        self.state = state
        if state.page == "pay" and state.reserved is not None:
            self.forms.count_down(state.reserved)
            if not self._seconds.isActive():
                self._seconds.start()
        else:
            self._seconds.stop()
        self.forms.show(state)
        self._changed()

    def tell(self, news: EntryNews, *, page: Page) -> None:
        """Put a note over this page; nothing is kept any more."""
        self.show(replace(self.state, page=page, news=news, is_busy=False, reserved=None))

    def show_ticket(self, ticket: TicketIssued) -> None:
        """The driver has paid: from here on the ticket is all that is needed, and no old note."""
        state = replace(self.state, page="ticket", ticket=ticket, reserved=None)
        self.show(replace(state, is_busy=False, news=None))

    # Leaving -----------------------------------------------------------------------------

    def can_leave(self) -> bool:
        """Whether no money may be moving, or its answer takes very long (ux 26)."""
        is_still = self.forms.pay.can_be_left() and self.mine.flow.can_be_left()
        return is_still and self.state.granted is None

    def give_back(self) -> None:
        """A space that is kept and not being paid is idle again at once."""
        reserved = self.state.reserved
        if reserved is not None and not self.forms.pay.is_underway():
            self.state = replace(self.state, reserved=None)
            self.forms.pay.wipe()
            self._cancel(reserved)

    def stop_selling(self) -> None:
        """The barrier does not answer: nobody pays now for a space out of reach."""
        is_buying = self.state.page in STEPS and self.state.page != "ticket"
        if is_buying and not self.state.is_in_order and not self.forms.pay.is_underway():
            self.session.end()

    def _wipe(self) -> None:
        self.give_back()
        self.visit.end()
        self.mine.flow.close()
        self.forms.wipe()
        self.show(EntryState(lane=self.state.lane))

    def _cancel(self, reserved: Reserved) -> None:
        command = CancelReservation(actor=self.actor, reservation_id=reserved.reservation_id)
        self._asker.ask(command, lambda _: None)  # ended before: nothing is left to give back

    def _answered_too_late(self, answer: object) -> None:
        """Nobody is there to pay for it: a space that was kept meanwhile goes back."""
        if isinstance(answer, Reserved):
            self._cancel(answer)

    def _second_passed(self) -> None:
        reserved = self.state.reserved
        assert reserved is not None, "counts only while a space is kept"
        self.forms.count_down(reserved)
        if self.now() >= reserved.pay_until and not self.forms.pay.is_underway():
            self.give_back()
            self.tell(TimeToPayOver(), page="find")

    def _speak_again(self) -> None:
        self.forms.tell_again()
        self.mine.tell_again()
        self.show(self.state)
