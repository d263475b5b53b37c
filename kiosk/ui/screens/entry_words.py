"""What the entry screen says when something goes otherwise: one note for each reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.outcomes import (
    LaneBusy,
    LaneOutOfOrder,
    NothingIdle,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    SpaceJustTaken,
    TicketEarly,
    TicketExpired,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketProblem,
    TicketUnknown,
    TicketUsed,
    WindowRefused,
)
from kiosk.services.events import GrantReturned
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class TimeToPayOver:
    """The pending reservation ran out while the driver was still on the pay page."""


@dataclass(frozen=True, slots=True)
class NoTickets:
    """The wallet has no paid reservation that still opens a barrier."""


@dataclass(frozen=True, slots=True)
class CoreBusy:
    """The core takes no more commands at the moment."""


SearchNews = NothingIdle | WindowRefused | SpaceJustTaken
ReserveNews = PlateRefused | PlateHasReservation | ReservationEnded | TimeToPayOver
EntryNews = TicketProblem | GrantReturned | SearchNews | ReserveNews | NoTickets | CoreBusy
"""Whatever puts a note over the page of the entry screen."""

_DRIVER_STAYED = frozenset({"back_out", "abandoned"})
"""Why a grant came back although the barrier had opened: the car did not drive through."""


def entry_note(news: EntryNews, *, other_area: str, is_in_order: bool, say: Say) -> Note:
    """The note in the present language; `other_area` has idle spaces when this one has none."""
    match news:
        case NothingIdle() | WindowRefused() | SpaceJustTaken():
            return _search(news, other_area=other_area, say=say)
        case PlateRefused() | PlateHasReservation() | ReservationEnded() | TimeToPayOver():
            return _reserve(news, say)
        case GrantReturned(why=why):
            return _returned(why, is_in_order=is_in_order)
        case LaneBusy() | LaneOutOfOrder() | TicketNotInside() | NoTickets() | CoreBusy():
            return _place(news, is_in_order=is_in_order)
        case _:
            return _ticket(news, say)


def _search(news: SearchNews, *, other_area: str, say: Say) -> Note:
    nothing_charged = translate("Entry", "Nothing was charged.")
    match news:
        case NothingIdle(area=area, window=window):
            advice = translate("Entry", "Please choose a shorter time.")
            if other_area:
                advice = translate("Entry", "{area} has free spaces for this time.").format(
                    area=other_area
                )
            return Note(
                translate("Entry", "{area} has no space free for {duration}.").format(
                    area=area.name, duration=say.span(window.duration)
                ),
                nothing_charged,
                advice,
                "E1",
                is_bad=False,
            )
        case WindowRefused(shortest_minutes=shortest, longest_minutes=longest):
            return Note(
                translate("Entry", "You can park here from {shortest} to {longest}.").format(
                    shortest=say.minutes(shortest), longest=say.minutes(longest)
                ),
                nothing_charged,
                translate("Entry", "Please choose a time between the two."),
                "E2",
                is_bad=False,
            )
        case SpaceJustTaken():
            return Note(
                translate("Entry", "Somebody took this space a moment ago."),
                nothing_charged,
                translate("Entry", "Please choose another one; your entries are kept."),
                "E3",
                is_bad=False,
            )
        case _:
            assert_never(news)


def _reserve(news: ReserveNews, say: Say) -> Note:
    nothing_charged = translate("Entry", "Nothing was charged.")
    match news:
        case PlateRefused(longest_signs=longest):
            return Note(
                translate("Entry", "This plate cannot be read."),
                nothing_charged,
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
                nothing_charged,
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
                nothing_charged,
                translate("Entry", "Please choose again; your entries are kept."),
                "E7",
                is_bad=False,
            )
        case _:
            assert_never(news)


def _returned(why: str, *, is_in_order: bool) -> Note:
    """The grant came back: the same ticket opens again, nothing is lost."""
    again = translate("Entry", "Please hold the same ticket to the reader again.")
    return Note(
        translate("Entry", "You did not drive in.")
        if why in _DRIVER_STAYED
        else translate("Entry", "The barrier did not open."),
        translate("Entry", "Your ticket stays good. Nothing is charged twice."),
        again if is_in_order else _wait_for_help(),
        "E8",
        is_bad=why not in _DRIVER_STAYED,
    )


def _place(
    news: LaneBusy | LaneOutOfOrder | TicketNotInside | NoTickets | CoreBusy, *, is_in_order: bool
) -> Note:
    nothing_charged = translate("Entry", "Nothing was charged.")
    match news:
        case LaneBusy():
            return Note(
                translate("Entry", "Another car is still passing."),
                translate("Entry", "Your ticket stays good."),
                translate("Entry", "Please wait a moment, then hold it to the reader again."),
                "E9",
                is_bad=False,
            )
        case LaneOutOfOrder():
            return Note(
                translate("Entry", "This barrier does not answer."),
                translate("Entry", "Your ticket stays good. Nothing is charged twice."),
                translate("Entry", "Please hold it to the reader again.")
                if is_in_order
                else _wait_for_help(),
                "E10",
            )
        case TicketNotInside():
            return Note(
                translate("Entry", "This ticket is for the exit."),
                nothing_charged,
                translate("Entry", "Please press Help: an attendant looks."),
                "E11",
            )
        case NoTickets():
            return Note(
                translate("Entry", "No paid space waits for this pass."),
                nothing_charged,
                translate("Entry", "Please choose a space, or press Help if you have paid."),
                "E12",
                is_bad=False,
            )
        case CoreBusy():
            return Note(
                translate("Entry", "Very many people are choosing right now."),
                nothing_charged,
                translate("Entry", "Please try again in a moment; your entries are kept."),
                "E13",
                is_bad=False,
            )
        case _:
            assert_never(news)


def _ticket(
    problem: TicketUnknown
    | TicketForged
    | TicketOfAnotherSite
    | TicketEarly
    | TicketExpired
    | TicketUsed,
    say: Say,
) -> Note:
    nothing_charged = translate("Entry", "Nothing was charged.")
    match problem:
        case TicketUnknown():
            return Note(
                translate("Entry", "This code is no parking ticket."),
                nothing_charged,
                translate("Entry", "Hold the square code of your ticket to the reader."),
                "E14",
            )
        case TicketForged():
            return Note(
                translate("Entry", "This ticket cannot be accepted."),
                nothing_charged,
                translate("Entry", "Try the original, on paper or phone, or press Help."),
                "E15",
            )
        case TicketOfAnotherSite():
            return Note(
                translate("Entry", "This ticket is for another car park."),
                nothing_charged,
                translate("Entry", "You can get a ticket for this car park here."),
                "E16",
            )
        case TicketEarly(opens_at=opens_at):
            return Note(
                translate("Entry", "You are early: your time has not begun yet."),
                translate("Entry", "Your ticket stays good."),
                translate("Entry", "The barrier opens for you from {time} on.").format(
                    time=say.day_and_time(opens_at)
                ),
                "E17",
                is_bad=False,
            )
        case TicketExpired(ended_at=ended_at):
            return Note(
                translate("Entry", "This ticket ended on {time}.").format(
                    time=say.day_and_time(ended_at)
                ),
                nothing_charged,
                translate("Entry", "You can get a new ticket here, or press Help."),
                "E18",
            )
        case TicketUsed(used_at=used_at):
            return Note(
                translate("Entry", "A car drove in with this ticket on {time}.").format(
                    time=say.day_and_time(used_at)
                ),
                nothing_charged,
                translate("Entry", "You can get a new ticket here, or press Help."),
                "E19",
            )
        case _:
            assert_never(problem)


def _wait_for_help() -> str:
    return translate("Entry", "Please wait: help is coming.")
