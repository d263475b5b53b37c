"""From area and duration to the paid ticket: asks the core and shows what it answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from kiosk.domain.ids import SpaceId
from kiosk.domain.life_outcomes import (
    CarDoesNotFit,
    WalkUpsOnly,
    WindowInThePast,
    WindowTooFarAhead,
)
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentInDoubt,
    PaymentUnavailable,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    Reserved,
    SpaceJustTaken,
    TicketIssued,
)
from kiosk.domain.search_outcomes import (
    NothingIdle,
    SpacesFound,
    WindowNotPriced,
    WindowRefused,
)
from kiosk.domain.time import Window
from kiosk.services.commands import (
    FindAnswer,
    FindSpaces,
    PayDeposit,
    PaymentMethod,
    PaymentProblem,
    Reserve,
    ReserveAnswer,
)
from kiosk.services.events import PaymentFinished
from kiosk.ui.screens.entry_stage import EntryStage

DepositAnswer = (
    TicketIssued | PaymentDeclined | PaymentUnavailable | PaymentInDoubt | ReservationEnded
)
"""What a provider's late answer to a deposit can be."""

AT_ONCE = timedelta(minutes=1)
"""A window that begins within this is taken as one that begins now."""


class EntrySale:
    """One question at a time; while an answer is awaited the same button does nothing."""

    def __init__(self, stage: EntryStage) -> None:
        self._stage = stage
        self._forms = stage.forms

    def ask_when(self) -> None:
        """Later than now: on which day, at what time?"""
        self._forms.when.open(self._forms.find.state.starts_at)
        self._stage.show(replace(self._stage.state, page="when"))

    def come_later(self) -> None:
        """Day and time are chosen."""
        starts_at = self._forms.when.starts_at()
        if starts_at is not None:
            wanted = self._forms.find.state.duration_minutes
            self._forms.find.want(starts_at=starts_at, duration_minutes=wanted)
            self._stage.show(replace(self._stage.state, page="find"))

    def search(self) -> None:
        """Which spaces of the chosen area are idle for the wanted time?"""
        if self._forms.find.is_ready() and not self._stage.state.is_busy:
            self._stage.show(replace(self._stage.state, second=None))
            self._look(None)

    def take_instead(self, key: str) -> None:
        """What could be had in place of what was wanted: filled in, and looked for at once."""
        choice = self._forms.instead.choice(key)
        if choice is not None and not self._stage.state.is_busy:
            self._stage.show(replace(self._stage.state, news=None, second=choice.second))
            self._forms.find.choose_area(choice.area_id)
            self._want(choice.window)
            self._look(choice.space_id)

    def take_second(self) -> None:
        """The first of two spaces is paid: now the other one, for the same car."""
        second = self._stage.state.second
        if second is not None and not self._stage.state.is_busy:
            self._stage.show(replace(self._stage.state, page="find", second=None))
            self._want(second.window)
            self._look(second.space_id)

    def search_again(self) -> None:
        """The site has changed under the driver's eyes: refresh the plan, disturb nobody."""
        if self._is_looking():
            self._stage.visit.ask(self._question(), self._found_again)

    def take(self) -> None:
        """Take the chosen space, or the best one."""
        if self._forms.choice.space_id() is None:
            self._forms.choice.choose_best()
        self._stage.show(replace(self._stage.state, page="plate"))

    def reserve(self) -> None:
        """Keep the space for this plate."""
        space_id = self._forms.choice.space_id()
        if space_id is None or not self._forms.plate.is_ready() or self._stage.state.is_busy:
            return
        self._busy()
        command = Reserve(
            actor=self._stage.actor,
            space_id=space_id,
            duration_minutes=self._forms.find.state.duration_minutes,
            plate=self._forms.plate.state.plate,
            starts_at=self._forms.find.state.starts_at,
            ends_by=self._forms.find.state.ends_by,
            needs=self._forms.needs.state,
        )
        self._stage.visit.ask(command, self._reserved)

    def pay(self, method: PaymentMethod, intent: str) -> None:
        """The pay form was sent."""
        reserved = self._stage.state.reserved
        assert reserved is not None, "the pay page is only shown for a reservation"
        command = PayDeposit(
            actor=self._stage.actor,
            lane=self._stage.lane,
            reservation_id=reserved.reservation_id,
            method=method,
            intent=intent,
        )
        self._stage.visit.ask(command, self._paid)

    def finish(self, event: PaymentFinished) -> None:
        """A provider has answered: ours is the payment that this form awaits."""
        if not self._forms.pay.awaits(event.operation_key):
            return
        outcome = event.outcome
        assert isinstance(outcome, DepositAnswer), "an exit's answer to a deposit"
        self._paid(outcome)

    # Answers -----------------------------------------------------------------------------

    def _found(self, answer: FindAnswer, *, preferred: SpaceId | None = None) -> None:
        stage = self._stage
        match answer:
            case SpacesFound():
                self._forms.choice.update(answer, needs=self._forms.needs.state)
                if preferred is not None:
                    self._forms.choice.choose(str(preferred))
                stage.show(replace(stage.state, page="choose", is_busy=False))
            case NothingIdle() | WindowNotPriced() | WindowTooFarAhead():
                stage.tell(answer, page="find")
            case WindowInThePast():
                self._forms.find.come_now()
                self._forms.when.open(None)
                stage.tell(answer, page="when")
            case WindowRefused(shortest_minutes=shortest, longest_minutes=longest):
                self._forms.find.keep_within(shortest_minutes=shortest, longest_minutes=longest)
                stage.tell(answer, page="find")
            case _:
                assert_never(answer)

    def _found_again(self, answer: FindAnswer) -> None:
        if self._is_looking():
            self._found(answer)

    def _reserved(self, answer: ReserveAnswer) -> None:
        stage = self._stage
        match answer:
            case Reserved():
                self._forms.pay.open(pass_code=stage.state.scanned_pass)
                stage.show(replace(stage.state, page="pay", reserved=answer, is_busy=False))
                stage.stop_selling()
            case SpaceJustTaken() | CarDoesNotFit():
                stage.tell(answer, page="choose")
                self.search_again()
            case WalkUpsOnly():
                stage.tell(answer, page="find")
            case PlateRefused() | PlateHasReservation():
                stage.tell(answer, page="plate")
            case WindowRefused() | WindowInThePast() | WindowTooFarAhead() | WindowNotPriced():
                self._found(answer)
            case _:
                assert_never(answer)

    def _paid(self, answer: TicketIssued | PaymentProblem) -> None:
        self._stage.session.begin()
        match answer:
            case TicketIssued():
                self._forms.pay.wipe()
                self._stage.show_ticket(answer)
            case ReservationEnded():
                self._forms.pay.wipe()
                self._stage.tell(answer, page="find")
            case _:
                self._forms.pay.answer(answer)
                self._stage.stop_selling()

    def _want(self, window: Window) -> None:
        """Fill this window in; one that begins at once begins now, and ends as proposed.

        The clock goes on until the reservation is made: so many started minutes are asked for,
        and the core cuts them at the proposed end.
        """
        now = self._stage.now()
        is_now = window.from_ <= now + AT_ONCE
        minutes = -(((now if is_now else window.from_) - window.until) // timedelta(minutes=1))
        starts_at = None if is_now else window.from_
        self._forms.find.want(starts_at=starts_at, duration_minutes=minutes, ends_by=window.until)

    def _look(self, preferred: SpaceId | None) -> None:
        self._busy()
        question = self._question()
        self._stage.visit.ask(question, lambda answer: self._found(answer, preferred=preferred))

    def _busy(self) -> None:
        self._stage.show(replace(self._stage.state, is_busy=True))

    def _is_looking(self) -> bool:
        return self._stage.state.page == "choose" and not self._stage.state.is_busy

    def _question(self) -> FindSpaces:
        wanted = self._forms.find.state
        assert wanted.area_id is not None, "an area is chosen before spaces are looked for"
        return FindSpaces(
            actor=self._stage.actor,
            area_id=wanted.area_id,
            duration_minutes=wanted.duration_minutes,
            starts_at=wanted.starts_at,
            ends_by=wanted.ends_by,
            needs=self._forms.needs.state,
        )
