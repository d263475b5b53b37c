"""The way of a driver who looks at a ticket: find it, change or cancel it, take another space.

Every act is followed by another look at the ticket, so that the page tells what the books say.
A change that is kept but not paid goes back when the driver leaves; what QML sees stands in
my_ticket.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, assert_never

from kiosk.domain.ids import LaneName, SpaceId
from kiosk.domain.life_outcomes import (
    AskAttendant,
    CancellationPriced,
    Changed,
    ChangeKept,
    ChangeRefused,
    Displaced,
    Moved,
    MoveRefused,
    NoSubstitute,
    SubstitutesFound,
    TicketShown,
    TooManyTries,
)
from kiosk.domain.outcomes import (
    Cancelled,
    LaneBusy,
    ReservationEnded,
    SpaceJustTaken,
    TicketIssued,
)
from kiosk.domain.payer_outcomes import HandedOver, HandOverImpossible, HandOverPriced
from kiosk.domain.ticket import SHORT_CODE_ALPHABET, SHORT_CODE_LENGTH
from kiosk.domain.time import Window
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CancelAnswer,
    CancelReservation,
    Command,
    PaymentMethod,
    PaymentProblem,
)
from kiosk.services.events import FaultRaised, PaymentFinished
from kiosk.services.life_commands import (
    AcceptDisplacement,
    ChangeAnswer,
    ChangeReservation,
    DropChange,
    FindSubstitutes,
    PresentShortCode,
    PriceCancellation,
    ShowTicket,
    TakeSubstitute,
)
from kiosk.services.payer_commands import PriceHandOver
from kiosk.ui.bridge import Asker
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.ticket_news import ChangeRanOut, CodeNews, CoreBusy, TicketNews
from kiosk.ui.screens.ticket_paying import LateAnswer, paying
from kiosk.ui.screens.ticket_state import BEFORE, Done, Page, TicketLook
from kiosk.ui.screens.visit import Visit

Answer = TypeVar("Answer")
SpaceAnswer = (
    SubstitutesFound
    | NoSubstitute
    | Moved
    | Displaced
    | SpaceJustTaken
    | MoveRefused
    | AskAttendant
    | ReservationEnded
)


class TicketFlow:
    """One question at a time; while an answer is awaited all buttons do nothing."""

    def __init__(
        self,
        asker: Asker,
        *,
        lane: LaneName,
        now: Callable[[], datetime],
        show: Callable[[], None],
        closed: Callable[[], None],
    ) -> None:
        self._asker = asker
        self._lane = lane
        self._now = now
        self._show = show
        self._closed = closed
        self._actor = Actor(ActorKind.DRIVER, lane)
        self.visit = Visit(asker, too_late=self._too_late)
        self.pay: PayForm
        """Set by its owner, whose child it is."""
        self.look = TicketLook()

    def show(self, look: TicketLook) -> None:
        """Show this."""
        self.look = look
        self._show()

    # Coming and going --------------------------------------------------------------------

    def open(self, code: str = "") -> None:
        """Somebody wants to see a ticket; with its code it is looked up at once."""
        self._give_back()
        self.visit.end()
        self.show(TicketLook(page="code"))
        if code:
            self._ask_for(code)

    def close(self) -> None:
        """The person has left: everything is forgotten, a change that is not paid goes back."""
        self._give_back()
        self.visit.end()
        self.pay.wipe()
        self.show(TicketLook())

    def can_be_left(self) -> bool:
        """Whether no money may be moving (ux 26)."""
        return self.pay.can_be_left()

    def back(self) -> None:
        """One page back; from the first one the person leaves."""
        if not self.pay.can_be_left():
            return
        if self.look.news is not None:
            self.dismiss()
        elif self.look.page in BEFORE:
            self._give_back()
            self.show(replace(self.look, page=BEFORE[self.look.page], typed="", done=None))
        else:
            self._closed()

    def dismiss(self) -> None:
        """The note was read."""
        self.show(replace(self.look, news=None))

    # The code ----------------------------------------------------------------------------

    def press(self, sign: str) -> None:
        """One sign of the short code; the last one looks the ticket up."""
        look = self.look
        if look.is_busy or look.page != "code" or sign not in SHORT_CODE_ALPHABET or not sign:
            return
        typed = (look.typed + sign)[:SHORT_CODE_LENGTH]
        self.show(replace(look, typed=typed))
        if len(typed) == SHORT_CODE_LENGTH:
            self._ask_for(typed)

    def correct(self) -> None:
        """Take the last sign away."""
        if not self.look.is_busy:
            self.show(replace(self.look, typed=self.look.typed[:-1]))

    def _ask_for(self, code: str, *, done: Done | None = None) -> None:
        self._busy()
        command = ShowTicket(actor=self._actor, lane=self._lane, code=code)
        self.visit.ask(command, lambda answer: self._found(answer, done=done))

    def _ask_again(self, done: Done | None) -> None:
        """After an act: by its short code, because the text of the QR may be another one."""
        self.pay.wipe()
        self._ask_for(self._ticket().short_code, done=done)

    def _found(self, answer: TicketShown | CodeNews, *, done: Done | None) -> None:
        if isinstance(answer, TicketShown):
            self.show(TicketLook(page="status", shown=answer, done=done))
        else:
            self.show(TicketLook(page="code", news=answer))

    # Passing -----------------------------------------------------------------------------

    def present(self) -> None:
        """As good as a scan: the screen hears the answer as an event of its lane."""
        if not self.look.is_busy:
            self._busy()
            command = PresentShortCode(
                actor=self._actor,
                lane=self._lane,
                short_code=self._ticket().short_code,
                presented_at=self._now(),
            )
            self.visit.ask(command, self._presented)

    def _presented(self, answer: object) -> None:
        news = answer if isinstance(answer, TooManyTries) else None
        self.show(replace(self.look, is_busy=False, news=news))

    # Cancelling --------------------------------------------------------------------------

    def ask_cancel(self) -> None:
        """What would go back?"""
        self._ask_about(PriceCancellation, self._cancelled)

    def cancel(self) -> None:
        """The driver has seen what goes back, and says yes."""
        priced = self.look.priced
        if priced is not None and not self.look.is_busy:
            self._busy()
            command = CancelReservation(
                actor=self._actor,
                reservation_id=self._ticket().reservation_id,
                agreed_refund=priced.refund,
            )
            self.visit.ask(command, self._cancelled)

    def _cancelled(self, answer: CancelAnswer) -> None:
        match answer:
            case CancellationPriced():
                look = replace(self.look, page="cancel", priced=answer, done=None)
                self.show(replace(look, is_busy=False))
            case Cancelled():
                self._ask_again(answer)
            case ReservationEnded() | LaneBusy():
                self._tell(answer, page="status")
            case _:
                assert_never(answer)

    # Changing ----------------------------------------------------------------------------

    def ask_change(self) -> None:
        """Another start or another end?"""
        if not self.look.is_busy:
            window = self._ticket().window
            self.show(replace(self.look, page="change", wanted=window, done=None))

    def want(self, window: Window | None) -> None:
        """The window that the driver would like; None from a key that is dead."""
        if window is not None and not self.look.is_busy:
            self.show(replace(self.look, wanted=window))

    def change(self) -> None:
        """Ask for it."""
        wanted, ticket = self.look.wanted, self._ticket()
        if wanted is None or wanted == ticket.window or self.look.is_busy:
            return
        self._busy()
        command = ChangeReservation(
            actor=self._actor,
            reservation_id=ticket.reservation_id,
            window=wanted,
            lane=self._lane,
        )
        self.visit.ask(command, self._changed)

    def _changed(self, answer: ChangeAnswer) -> None:
        match answer:
            case ChangeKept():
                self.pay.open()
                self.show(replace(self.look, page="pay", kept=answer, is_busy=False))
            case Changed():
                self._ask_again(answer)
            case ChangeRefused(latest_until=latest) if latest is not None:
                booked = self._ticket().window
                wanted = replace(booked, until=max(latest, booked.until))
                self.look = replace(self.look, wanted=wanted)
                self._tell(answer, page="change")
            case _:
                self._tell(answer, page="change")

    def send(self, method: PaymentMethod, intent: str) -> None:
        """The pay form was sent: for a change, or by who takes the car over."""
        actor, lane, is_hand = self._actor, self._lane, self.look.page == "hand"
        command = paying(self._ticket(), method, intent, actor=actor, lane=lane, is_hand=is_hand)
        self.visit.ask(command, self._paid)

    def ask_hand(self) -> None:
        """What would the next driver pay?"""
        self._ask_about(PriceHandOver, self._hand_priced)

    def _hand_priced(self, answer: HandOverPriced | HandOverImpossible) -> None:
        if isinstance(answer, HandOverImpossible):
            self._tell(answer, page="status")
            return
        self.pay.open()
        self.show(replace(self.look, page="hand", hand=answer, is_busy=False, done=None))

    def finish(self, event: PaymentFinished) -> None:
        """A provider has answered: ours is the payment that this form awaits."""
        if self.pay.awaits(event.operation_key):
            outcome = event.outcome
            assert isinstance(outcome, LateAnswer), "another answer to a change"
            self._paid(outcome)

    def _paid(self, answer: Changed | HandedOver | HandOverImpossible | PaymentProblem) -> None:
        match answer:
            case Changed() | HandedOver():
                self.look = replace(self.look, kept=None)
                self._ask_again(answer)
            case ReservationEnded() | HandOverImpossible():
                self.pay.wipe()
                self.look = replace(self.look, kept=None)
                self._tell(answer, page="status")
            case _:
                self.pay.answer(answer)
                self._show()

    def second_passed(self) -> None:
        """A change that is kept waits only so long."""
        kept = self.look.kept
        if kept is not None and self._now() >= kept.pay_until and not self.pay.is_underway():
            self.pay.wipe()
            self.look = replace(self.look, kept=None)
            self._tell(ChangeRanOut(), page="status")

    # Another space -----------------------------------------------------------------------

    def ask_spaces(self) -> None:
        """My space is occupied: which ones could I have?"""
        self._ask_about(FindSubstitutes, self._moved)

    def take_space(self, space_id: SpaceId) -> None:
        """This one, please."""
        if not self.look.is_busy:
            self._busy()
            command = TakeSubstitute(
                actor=self._actor,
                reservation_id=self._ticket().reservation_id,
                space_id=space_id,
            )
            self.visit.ask(command, self._moved)

    def take_money(self) -> None:
        """There is no space for me: the money back."""
        self._ask_about(AcceptDisplacement, self._moved)

    def _moved(self, answer: SpaceAnswer) -> None:
        match answer:
            case SubstitutesFound(substitutes=spaces):
                look = replace(self.look, page="spaces", spaces=spaces, done=None)
                self.show(replace(look, is_busy=False))
            case NoSubstitute():
                self.show(replace(self.look, page="none", is_busy=False, done=None))
            case Moved() | Displaced():
                self._ask_again(answer)
            case _:
                self._tell(answer, page="status")

    # When no answer comes ----------------------------------------------------------------

    def fail(self, fault: FaultRaised) -> bool:
        """Nothing of a command was written: if an answer is awaited here, say so."""
        if self.pay.fail(fault):
            return True
        was_busy = self.look.is_busy
        if was_busy:
            self.show(replace(self.look, is_busy=False, news=fault))
        return was_busy

    def take_back(self) -> None:
        """The core took no command: whoever has just asked may try again."""
        if self.visit.is_asking:
            self.pay.take_back()
            self.show(replace(self.look, is_busy=False, news=CoreBusy()))

    # -------------------------------------------------------------------------------------

    def _ticket(self) -> TicketIssued:
        assert self.look.shown is not None, "only what is shown can be changed"
        return self.look.shown.ticket

    def _ask_about(
        self, kind: Callable[..., Command[Answer]], then: Callable[[Answer], None]
    ) -> None:
        """Ask this of the ticket that is shown."""
        if not self.look.is_busy:
            self._busy()
            reservation_id = self._ticket().reservation_id
            self.visit.ask(kind(actor=self._actor, reservation_id=reservation_id), then)

    def _busy(self) -> None:
        self.show(replace(self.look, is_busy=True))

    def _tell(self, news: TicketNews, *, page: Page) -> None:
        self.show(replace(self.look, page=page, news=news, is_busy=False, done=None))

    def _give_back(self) -> None:
        kept = self.look.kept
        if kept is not None and not self.pay.is_underway():
            self.pay.wipe()
            self.look = replace(self.look, kept=None)
            self._drop(kept)

    def _drop(self, kept: ChangeKept) -> None:
        command = DropChange(actor=self._actor, reservation_id=kept.reservation_id)
        self._asker.ask(command, lambda _: None)

    def _too_late(self, answer: object) -> None:
        """Nobody is there to pay for it: a change that was kept meanwhile goes back."""
        if isinstance(answer, ChangeKept):
            self._drop(answer)
