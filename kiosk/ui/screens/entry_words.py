"""What the entry screen says when something goes otherwise: one note for each reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.life_outcomes import (
    CarDoesNotFit,
    WalkUpsOnly,
    WindowInThePast,
    WindowTooFarAhead,
)
from kiosk.domain.outcomes import (
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    SpaceJustTaken,
    StayNotPriced,
    TicketEarly,
    TicketExpired,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketProblem,
    TicketUsed,
)
from kiosk.domain.pricing.charge_lines import NoPrice, WindowTooLong
from kiosk.domain.search_outcomes import NothingIdle, WindowNotPriced, WindowRefused
from kiosk.domain.space import ANY_CAR
from kiosk.services.events import FaultRaised, GrantReturned
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.ticket_news import CoreBusy
from kiosk.ui.screens.ticket_words import (
    common_note,
    ended_on,
    hold_again,
    is_unseen,
    not_twice,
    nothing_charged,
    of_another_site,
    stayed,
    unseen_note,
)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TimeToPayOver:
    """The pending reservation ran out while the driver was still on the pay page."""


@dataclass(frozen=True, slots=True)
class NoTickets:
    """The wallet has no paid reservation that still opens a barrier."""


SearchNews = NothingIdle | WindowRefused | WindowNotPriced | SpaceJustTaken
LaterNews = WindowInThePast | WindowTooFarAhead | WalkUpsOnly | CarDoesNotFit
ReserveNews = PlateRefused | PlateHasReservation | ReservationEnded | TimeToPayOver
OwnNews = NoTickets | CoreBusy | FaultRaised
EntryNews = TicketProblem | GrantReturned | SearchNews | LaterNews | ReserveNews | OwnNews
"""Whatever puts a note over the page of the entry screen."""


def entry_note(news: EntryNews, *, is_in_order: bool, say: Say) -> Note:
    """The note in the present language."""
    match news:
        case NothingIdle() | WindowRefused() | WindowNotPriced() | SpaceJustTaken():
            return _search(news, say)
        case WindowInThePast() | WindowTooFarAhead() | WalkUpsOnly() | CarDoesNotFit():
            return _later(news, say)
        case PlateRefused() | PlateHasReservation() | ReservationEnded() | TimeToPayOver():
            return _reserve(news, say)
        case GrantReturned(why=why) if is_unseen(why):
            return unseen_note("E8")
        case GrantReturned(why=why):
            return _returned(why, is_in_order=is_in_order)
        case TicketNotInside() | StayNotPriced() | NoTickets() | CoreBusy():
            return _place(news)
        case TicketOfAnotherSite() | TicketEarly() | TicketExpired() | TicketUsed():
            return _ticket(news, say)
        case _:
            return common_note(news, is_in_order=is_in_order)


def _search(news: SearchNews, say: Say) -> Note:
    match news:
        case NothingIdle(area=area, window=window, needs=needs):
            if needs == ANY_CAR:
                happened = translate("Entry", "{area} has no space free: {window}.")
            else:
                happened = translate("Entry", "{area} has no suitable space free: {window}.")
            return Note(
                happened.format(area=area.name, window=say.window(window)),
                nothing_charged(),
                translate("Entry", "Please choose another time or another area."),
                "E1",
                is_bad=False,
            )
        case WindowRefused(shortest_minutes=shortest, longest_minutes=longest):
            return Note(
                translate("Entry", "You can park here from {shortest} to {longest}.").format(
                    shortest=say.minutes(shortest), longest=say.minutes(longest)
                ),
                nothing_charged(),
                translate("Entry", "Please choose a time between the two."),
                "E2",
                is_bad=False,
            )
        case WindowNotPriced(area=area, why=why):
            return _not_priced(why, area_name=area.name, say=say)
        case SpaceJustTaken():
            return Note(
                translate("Entry", "Somebody took this space a moment ago."),
                nothing_charged(),
                translate("Entry", "Please choose another one; your entries are kept."),
                "E3",
                is_bad=False,
            )
        case _:
            assert_never(news)


def _not_priced(why: NoPrice, *, area_name: str, say: Say) -> Note:
    if isinstance(why, WindowTooLong):
        return Note(
            translate("Entry", "In {area} you can park for {longest} at most.").format(
                area=area_name, longest=say.span(why.maximum_stay)
            ),
            nothing_charged(),
            translate("Entry", "Please choose a shorter time."),
            "E16",
            is_bad=False,
        )
    return Note(
        translate("Entry", "{area} has no price for this time.").format(area=area_name),
        nothing_charged(),
        translate("Entry", "Please choose another area, or press Help."),
        "E17",
        is_bad=False,
    )


def _later(news: LaterNews, say: Say) -> Note:
    match news:
        case WindowInThePast():
            happened = translate("Entry", "This time has begun already.")
            advice, number = translate("Entry", "Please choose a later time."), "E18"
        case WindowTooFarAhead(latest_until=latest):
            happened = translate("Entry", "Spaces can be booked up to {time}.").format(
                time=say.day_and_time(latest)
            )
            advice, number = translate("Entry", "Please choose an earlier time."), "E19"
        case WalkUpsOnly(area=area):
            happened = translate(
                "Entry", "The last spaces of {area} are for those who come without booking."
            ).format(area=area.name)
            advice = translate("Entry", "Please choose another area or another time.")
            number = "E20"
        case CarDoesNotFit(space=space):
            happened = translate("Entry", "Your car does not fit space {space}.").format(
                space=space.label
            )
            advice, number = translate("Entry", "Please choose another space."), "E21"
        case _:
            assert_never(news)
    return Note(happened, nothing_charged(), advice, number, is_bad=False)


def _reserve(news: ReserveNews, say: Say) -> Note:
    match news:
        case PlateRefused(longest_signs=longest):
            return Note(
                translate("Entry", "This plate cannot be read."),
                nothing_charged(),
                translate("Entry", "Please type it again, at most {count} signs.").format(
                    count=longest
                ),
                "E4",
                is_bad=False,
            )
        case PlateHasReservation(window=window):
            return Note(
                translate("Entry", "This plate has a paid space already: {window}.").format(
                    window=say.window(window)
                ),
                nothing_charged(),
                translate("Entry", "Show your ticket again, or correct the plate."),
                "E5",
                is_bad=False,
            )
        case ReservationEnded():
            return Note(
                translate("Entry", "This space is not waiting for your payment any more."),
                translate("Entry", "Nothing was charged now."),
                translate("Entry", "Have you paid before? Show your ticket. Or choose again."),
                "E6",
                is_bad=False,
            )
        case TimeToPayOver():
            return Note(
                translate("Entry", "The time to pay is over; the space was given back."),
                nothing_charged(),
                translate("Entry", "Please choose again; your entries are kept."),
                "E7",
                is_bad=False,
            )
        case _:
            assert_never(news)


def _returned(why: str, *, is_in_order: bool) -> Note:
    """The grant came back: the same ticket opens again, nothing is lost."""
    return Note(
        translate("Entry", "You did not drive in.")
        if stayed(why)
        else translate("Entry", "The barrier did not open."),
        not_twice(),
        hold_again(is_in_order=is_in_order),
        "E8",
        is_bad=not stayed(why),
    )


def _place(news: TicketNotInside | StayNotPriced | NoTickets | CoreBusy) -> Note:
    match news:
        case TicketNotInside() | StayNotPriced():
            return Note(
                translate("Entry", "This ticket is for the exit."),
                nothing_charged(),
                translate("Entry", "Please press Help: an attendant looks."),
                "E9",
            )
        case NoTickets():
            return Note(
                translate("Entry", "No paid space waits for this pass."),
                nothing_charged(),
                translate("Entry", "Please choose a space, or press Help if you have paid."),
                "E10",
                is_bad=False,
            )
        case CoreBusy():
            return Note(
                translate("Entry", "Very many people are choosing right now."),
                nothing_charged(),
                translate("Entry", "Please try again in a moment; your entries are kept."),
                "E11",
                is_bad=False,
            )
        case _:
            assert_never(news)


def _ticket(
    problem: TicketOfAnotherSite | TicketEarly | TicketExpired | TicketUsed, say: Say
) -> Note:
    match problem:
        case TicketOfAnotherSite():
            return Note(
                of_another_site(),
                nothing_charged(),
                translate("Entry", "You can get a ticket for this car park here."),
                "E12",
            )
        case TicketEarly(opens_at=opens_at):
            return Note(
                translate("Entry", "You are early: your time has not begun yet."),
                translate("Entry", "Your ticket stays good."),
                translate("Entry", "The barrier opens for you from {time} on.").format(
                    time=say.day_and_time(opens_at)
                ),
                "E13",
                is_bad=False,
            )
        case TicketExpired(ended_at=ended_at):
            return Note(
                ended_on(say.day_and_time(ended_at)),
                nothing_charged(),
                translate("Entry", "You can get a new ticket here, or press Help."),
                "E14",
            )
        case TicketUsed(used_at=used_at):
            return Note(
                translate("Entry", "A car drove in with this ticket on {time}.").format(
                    time=say.day_and_time(used_at)
                ),
                nothing_charged(),
                translate("Entry", "You can get a new ticket here, or press Help."),
                "E15",
            )
        case _:
            assert_never(problem)
