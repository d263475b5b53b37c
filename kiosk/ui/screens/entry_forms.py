"""The forms and texts of the entry screen's pages, made, retold and wiped together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from kiosk.domain.outcomes import Reserved
from kiosk.domain.search_outcomes import NothingIdle
from kiosk.domain.site import Site
from kiosk.services.commands import PaymentMethod
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.choose import SpaceChoice
from kiosk.ui.screens.entry_state import EntryState
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
from kiosk.ui.screens.find import FindForm
from kiosk.ui.screens.instead import InsteadText
from kiosk.ui.screens.needs import NeedsForm
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.plate import PlateForm
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.when import WhenForm

Send = Callable[[PaymentMethod, str], None]

HURRY = timedelta(minutes=2)
"""The countdown of a kept space is painted loudly from here on."""


class EntryForms:
    """Everything that a driver enters, and everything that is read before and after paying."""

    def __init__(
        self,
        owner: QObject,
        *,
        site: Site,
        card_adapter: str | None,
        country: Country,
        say: Say,
        now: Callable[[], datetime],
        second_ms: int,
        pay: Send,
        prove: Send,
    ) -> None:
        self._rules = site.rules
        self._say = say
        self._now = now
        self.find = FindForm(say=say, rules=site.rules, parent=owner)
        self.when = WhenForm(say=say, rules=site.rules, now=now, parent=owner)
        self.needs = NeedsForm(parent=owner)
        self.instead = InsteadText(say=say, find=self.find, parent=owner)
        self.choice = SpaceChoice(say=say, parent=owner)
        self.plate = PlateForm(country=country, parent=owner)
        self.review = ReviewText(owner)
        self.ticket = TicketText(owner)
        self.pay = PayForm(
            send=pay,
            card_adapter=card_adapter,
            say=say,
            now=now,
            parent=owner,
            second_ms=second_ms,
        )
        self.proof = PayForm(
            send=prove, card_adapter=None, say=say, now=now, parent=owner, second_ms=second_ms
        )

    def show(self, state: EntryState) -> None:
        """The texts of this state: its reservation before paying, its tickets after."""
        self.instead.show(state.news if isinstance(state.news, NothingIdle) else None)
        self.review.show(self._review(state.reserved))
        self.ticket.offer(tuple(ticket_row(each, self._say) for each in state.tickets))
        self.ticket.show(self._ticket(state))

    def count_down(self, reserved: Reserved) -> None:
        """How long the space is still kept."""
        left = reserved.pay_until - self._now()
        self.review.tick(left, is_short=left <= HURRY)

    def tell_again(self) -> None:
        """Every text anew: the language is another."""
        self.find.tell_again()
        self.when.tell_again()
        self.choice.tell_again()
        self.pay.show(self.pay.state)
        self.proof.show(self.proof.state)

    def wipe(self) -> None:
        """Forget everything that was entered (ux 27)."""
        self.find.wipe()
        self.when.wipe()
        self.needs.wipe()
        self.choice.wipe()
        self.plate.wipe()
        self.pay.wipe()
        self.proof.wipe()

    def _review(self, reserved: Reserved | None) -> ReviewState:
        if reserved is None:
            return ReviewState()
        tariff = self.find.tariff_of(reserved.area.id)
        return review_state(
            reserved, tariff=tariff, rules=self._rules, say=self._say, now=self._now()
        )

    def _ticket(self, state: EntryState) -> TicketState:
        if state.granted is not None:
            return granted_state(state.granted, self._say)
        if state.ticket is None:
            return TicketState()
        opens_at = state.ticket.window.from_ - self._rules.early_entry
        is_early = self._now() < opens_at
        return ticket_state(state.ticket, self._say, opens_at=opens_at if is_early else None)
