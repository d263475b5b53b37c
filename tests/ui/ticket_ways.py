"""Ways of a driver with a ticket of their own, at the entry screen and at the exit screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.domain.ids import ReservationId
from kiosk.domain.life_outcomes import (
    AskAttendant,
    CancellationPriced,
    ChangeKept,
    Moved,
    NoSubstitute,
    SubstitutesFound,
    TicketShown,
    TooManyTries,
)
from kiosk.domain.money import Money
from kiosk.domain.payer_outcomes import HandOverPriced
from kiosk.domain.reservation import State
from kiosk.domain.time import Window
from kiosk.services.life_commands import (
    ChangeReservation,
    FindSubstitutes,
    PriceCancellation,
    ShowTicket,
    TakeSubstitute,
)
from kiosk.services.payer_commands import PriceHandOver
from kiosk.ui.screens.my_ticket import MyTicket
from tests.fakes.tariffs import priced
from tests.ui.entry_site import AREAS, DAY, LATER, NOW, space, ticket
from tests.ui.fake_asker import FakeAsker

CODE = "k7mp2xqa"


class TicketStage(Protocol):
    """What the stages of both screens have."""

    @property
    def asker(self) -> FakeAsker: ...

    @property
    def mine(self) -> MyTicket: ...

    def look(self) -> None:
        """Begin to look at a ticket."""
        ...


def shown(
    state: State = State.CONFIRMED,
    *,
    at: datetime = LATER,
    moved: bool = False,
    pays_back: int | None = None,
) -> TicketShown:
    """The ticket of reservation 77 as it stands."""
    went_back = None if pays_back is None else Money(pays_back, "EUR")
    return TicketShown(ticket(17, at=at), state, space(5) if moved else None, went_back)


def kept(*, hours: int = 3) -> ChangeKept:
    """An hour more, kept for ten minutes."""
    window = Window(LATER, LATER + timedelta(hours=hours))
    return ChangeKept(
        reservation_id=ReservationId(77),
        area=AREAS[0],
        space=space(17),
        window=window,
        quote=priced(DAY, window),
        difference=Money(200, "EUR"),
        pay_until=NOW + timedelta(minutes=10),
    )


def type_code(stage: TicketStage) -> None:
    for sign in CODE:
        stage.mine.press(sign)


def to_code(stage: TicketStage) -> None:
    stage.look()
    for sign in CODE[:5]:
        stage.mine.press(sign)


def to_status(stage: TicketStage, answer: object = None) -> None:
    stage.look()
    stage.asker.answers(ShowTicket, shown() if answer is None else answer)
    type_code(stage)


def moved(stage: TicketStage) -> None:
    to_status(stage, shown(at=NOW, moved=True))


def inside(stage: TicketStage) -> None:
    to_status(stage, shown(State.ARRIVED, at=NOW))


def recalled(stage: TicketStage) -> None:
    to_status(stage, shown(State.OWNER_RECALLED, pays_back=400))


def to_cancel(stage: TicketStage) -> None:
    to_status(stage)
    stage.asker.answers(
        PriceCancellation, CancellationPriced(Money(300, "EUR"), Money(100, "EUR"))
    )
    stage.mine.do("cancel")


def to_extend(stage: TicketStage) -> None:
    """A car is inside, and its space is free for some hours more."""
    latest = NOW + timedelta(hours=4)
    to_status(stage, replace(shown(State.ARRIVED, at=NOW), latest_until=latest))
    stage.mine.do("extend")
    stage.mine.step("end_later")


def to_change(stage: TicketStage) -> None:
    to_status(stage)
    stage.mine.do("change")
    for _ in range(4):
        stage.mine.step("end_later")


def to_pay_change(stage: TicketStage) -> None:
    to_change(stage)
    stage.asker.answers(ChangeReservation, kept())
    stage.mine.change()


def to_spaces(stage: TicketStage) -> None:
    inside(stage)
    better = replace(space(14), is_covered=True)
    found = SubstitutesFound(ReservationId(77), space(17), (space(16), better, space(20)))
    stage.asker.answers(FindSubstitutes, found)
    stage.mine.do("occupied")


def after_move(stage: TicketStage) -> None:
    to_spaces(stage)
    now_there = replace(ticket(16, at=NOW))
    stage.asker.answers(TakeSubstitute, Moved(now_there, space(17), Money(400, "EUR")))
    stage.asker.answers(ShowTicket, TicketShown(now_there, State.ARRIVED, space(17), None))
    stage.mine.takeSpace("16")


def to_none(stage: TicketStage) -> None:
    inside(stage)
    stage.asker.answers(FindSubstitutes, NoSubstitute(ReservationId(77)))
    stage.mine.do("occupied")


def to_hand(stage: TicketStage) -> None:
    inside(stage)
    stage.asker.answers(PriceHandOver, HandOverPriced(Money(240, "EUR")))
    stage.mine.do("hand")


def too_early(stage: TicketStage) -> None:
    inside(stage)
    stage.asker.answers(FindSubstitutes, AskAttendant(ReservationId(77)))
    stage.mine.do("occupied")


def too_many(stage: TicketStage) -> None:
    to_status(stage, TooManyTries(NOW + timedelta(seconds=30)))


WAYS = {
    "code": to_code,
    "status": to_status,
    "status-moved": moved,
    "status-inside": inside,
    "status-recalled": recalled,
    "cancel": to_cancel,
    "change": to_change,
    "extend": to_extend,
    "pay": to_pay_change,
    "spaces": to_spaces,
    "after-move": after_move,
    "none": to_none,
    "hand": to_hand,
    "note-arrival": too_early,
    "note-tries": too_many,
}
