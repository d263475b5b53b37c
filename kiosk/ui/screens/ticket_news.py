"""What is said when nothing comes of a wish about a ticket: one note for each reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.life_outcomes import (
    AskAttendant,
    CarDoesNotFit,
    ChangeProblem,
    ChangeRefused,
    MoveRefused,
    TooManyTries,
    WalkUpsOnly,
    WindowInThePast,
    WindowTooFarAhead,
)
from kiosk.domain.outcomes import (
    LaneBusy,
    PaymentRunning,
    PlateHasReservation,
    ReservationEnded,
    SpaceJustTaken,
    TicketForged,
    TicketOfAnotherSite,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.payer_outcomes import HandOverImpossible
from kiosk.domain.search_outcomes import WindowNotPriced, WindowRefused
from kiosk.services.events import FaultRaised
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.ticket_words import fault_note, nothing_charged, of_another_site

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ChangeRanOut:
    """The change was not paid in time; the reservation stands as it was."""


@dataclass(frozen=True, slots=True)
class CoreBusy:
    """The core takes no more commands at the moment."""


CodeNews = TicketUnknown | TicketForged | TicketOfAnotherSite | TicketRevoked | TooManyTries
ChangeNews = (
    ChangeRefused
    | WindowRefused
    | WindowInThePast
    | WindowTooFarAhead
    | WindowNotPriced
    | WalkUpsOnly
    | CarDoesNotFit
    | PlateHasReservation
    | PaymentRunning
    | ChangeRanOut
)
SpaceNews = SpaceJustTaken | MoveRefused | AskAttendant
OwnNews = ReservationEnded | LaneBusy | CoreBusy | FaultRaised | HandOverImpossible
TicketNews = CodeNews | ChangeNews | SpaceNews | OwnNews
"""Whatever puts a note over the pages of a ticket."""


def ticket_note(news: TicketNews, say: Say) -> Note:
    """The note in the present language."""
    match news:
        case (
            TicketUnknown()
            | TicketForged()
            | TicketOfAnotherSite()
            | TicketRevoked()
            | TooManyTries()
        ):
            happened, now, number = _code(news, say)
        case SpaceJustTaken() | MoveRefused() | AskAttendant():
            happened, now, number = _space(news)
        case ReservationEnded() | LaneBusy() | CoreBusy() | HandOverImpossible():
            happened, now, number = _own(news)
        case FaultRaised(code=code):
            return fault_note(code)
        case ChangeRefused():
            happened, now, number = _refused(news, say)
        case _:
            happened, now, number = _change(news, say)
    return Note(happened, nothing_charged(), now, number, is_bad=False)


def _code(news: CodeNews, say: Say) -> tuple[str, str, str]:
    match news:
        case TicketUnknown():
            return (
                translate("MyTicket", "No ticket has this code."),
                translate("MyTicket", "Please look at it again: eight signs under the picture."),
                "M1",
            )
        case TicketForged():
            return (
                translate("MyTicket", "This ticket cannot be accepted."),
                translate("MyTicket", "Try the original, on paper or phone, or press Help."),
                "M2",
            )
        case TicketOfAnotherSite():
            return (
                of_another_site(),
                translate("MyTicket", "Please type the code of a ticket of this car park."),
                "M3",
            )
        case TicketRevoked():
            return (
                translate("MyTicket", "This ticket is not good any more: it was replaced."),
                translate("MyTicket", "Please take your newest ticket, or press Help."),
                "M4",
            )
        case TooManyTries(wait_until=until):
            return (
                translate("MyTicket", "Too many codes were wrong."),
                translate("MyTicket", "Please wait until {time}, or press Help.").format(
                    time=say.time_to_the_second(until)
                ),
                "M5",
            )
        case _:
            assert_never(news)


def _refused(news: ChangeRefused, say: Say) -> tuple[str, str, str]:
    choose = translate("MyTicket", "Please choose another time.")
    stands = translate("MyTicket", "Your reservation stands as it was.")
    match news.why:
        case ChangeProblem.STATE:
            return translate("MyTicket", "This ticket cannot be changed any more."), stands, "M6"
        case ChangeProblem.ONLY_LATER_END:
            return (
                translate("MyTicket", "Your car is inside: only the end can be moved on."),
                translate("MyTicket", "Leaving earlier needs no change: you pay what you used."),
                "M7",
            )
        case ChangeProblem.END_IS_OVER:
            return (
                translate("MyTicket", "Your booked time is over."),
                translate("MyTicket", "What comes on top you pay at the exit."),
                "M8",
            )
        case ChangeProblem.CHEAPER_TOO_LATE:
            return (
                translate(
                    "MyTicket",
                    "It is too late for this change: cancelling costs something by now.",
                ),
                stands,
                "M9",
            )
        case ChangeProblem.SPACE_TAKEN:
            happened = translate("MyTicket", "Your space is not free for all of this time.")
            if news.latest_until is None:
                return happened, choose, "M10"
            until = say.day_and_time(news.latest_until)
            latest = translate("MyTicket", "You can have it until {time} at the latest.")
            return happened, latest.format(time=until), "M10"
        case ChangeProblem.DEPOSIT_ENDS:
            assert news.latest_until is not None, "it says how long"
            until = say.day_and_time(news.latest_until)
            happened = translate("MyTicket", "Your card keeps the deposit only for a while.")
            latest = translate("MyTicket", "Your time can end at {time} at the latest.")
            return happened, latest.format(time=until), "M26"
        case _:
            assert_never(news.why)


def _change(
    news: WindowRefused
    | WindowInThePast
    | WindowTooFarAhead
    | WindowNotPriced
    | WalkUpsOnly
    | CarDoesNotFit
    | PlateHasReservation
    | PaymentRunning
    | ChangeRanOut,
    say: Say,
) -> tuple[str, str, str]:
    choose = translate("MyTicket", "Please choose another time.")
    match news:
        case WindowRefused(shortest_minutes=shortest, longest_minutes=longest):
            happened = translate("MyTicket", "You can park here from {shortest} to {longest}.")
            said = happened.format(shortest=say.minutes(shortest), longest=say.minutes(longest))
            return said, choose, "M11"
        case WindowInThePast():
            return translate("MyTicket", "This time has begun already."), choose, "M12"
        case WindowTooFarAhead(latest_until=latest):
            happened = translate("MyTicket", "Spaces can be booked up to {time}.")
            return happened.format(time=say.day_and_time(latest)), choose, "M13"
        case WindowNotPriced(area=area):
            happened = translate("MyTicket", "{area} has no price for this time.")
            return happened.format(area=area.name), choose, "M14"
        case WalkUpsOnly(area=area):
            happened = translate(
                "MyTicket", "The last spaces of {area} are for those who come without booking."
            )
            return happened.format(area=area.name), choose, "M15"
        case CarDoesNotFit(space=space):
            happened = translate("MyTicket", "Your car does not fit space {space}.")
            return happened.format(space=space.label), choose, "M16"
        case PlateHasReservation(window=window):
            happened = translate("MyTicket", "Your car has another space then: {window}.")
            return happened.format(window=say.window(window)), choose, "M17"
        case PaymentRunning():
            return (
                translate("MyTicket", "An earlier change is still being paid."),
                translate("MyTicket", "Please try again in a minute."),
                "M18",
            )
        case ChangeRanOut():
            return (
                translate("MyTicket", "The time to pay for the change is over."),
                translate("MyTicket", "Your reservation stands as it was."),
                "M19",
            )
        case _:
            assert_never(news)


def _space(news: SpaceNews) -> tuple[str, str, str]:
    match news:
        case SpaceJustTaken():
            return (
                translate("MyTicket", "Somebody took this space a moment ago."),
                translate("MyTicket", "Please choose another one."),
                "M20",
            )
        case MoveRefused(space=space):
            happened = translate("MyTicket", "Space {space} cannot be had.")
            now = translate("MyTicket", "Please choose another one.")
            return happened.format(space=space.label), now, "M21"
        case AskAttendant():
            return (
                translate("MyTicket", "Another space can be had here only on arrival."),
                translate("MyTicket", "Please press Help: an attendant looks and helps you."),
                "M22",
            )
        case _:
            assert_never(news)


def _own(
    news: ReservationEnded | LaneBusy | CoreBusy | HandOverImpossible,
) -> tuple[str, str, str]:
    match news:
        case ReservationEnded():
            return (
                translate("MyTicket", "This cannot be done with this ticket any more."),
                translate("MyTicket", "Please look at your ticket again, or press Help."),
                "M23",
            )
        case LaneBusy():
            return (
                translate("MyTicket", "Your car is just driving in."),
                translate("MyTicket", "Please wait a moment, then try again."),
                "M24",
            )
        case CoreBusy():
            return (
                translate("MyTicket", "Very much is going on right now."),
                translate("MyTicket", "Please try again in a moment."),
                "M25",
            )
        case HandOverImpossible():
            return (
                translate("MyTicket", "This car cannot be handed over to this pass."),
                translate("MyTicket", "It has left, or this pass pays for it already."),
                "M27",
            )
        case _:
            assert_never(news)
