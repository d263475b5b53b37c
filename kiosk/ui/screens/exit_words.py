"""What the exit screen says when a ticket does not open the barrier: one note for each reason."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.outcomes import (
    LaneBusy,
    LaneOutOfOrder,
    ReservationEnded,
    TicketEarly,
    TicketExpired,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketProblem,
    TicketUnknown,
    TicketUsed,
)
from kiosk.services.events import GrantReturned, PassPresented
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate

ExitProblem = TicketProblem | GrantReturned | PassPresented | ReservationEnded
"""Whatever puts a note on the exit screen instead of a receipt or a bill."""

_DRIVER_STAYED = frozenset({"back_out", "abandoned"})
"""Why a grant came back although the barrier had opened: the car did not drive through."""


def exit_note(problem: ExitProblem, *, is_in_order: bool, say: Say) -> Note:
    """The note in the present language; a lane that is out of order is not to be tried again."""
    match problem:
        case GrantReturned(why=why):
            return _returned(why, is_in_order=is_in_order)
        case LaneBusy() | LaneOutOfOrder() | TicketNotInside() | ReservationEnded():
            return _lane_or_desk(problem, is_in_order=is_in_order)
        case _:
            return _ticket(problem, say)


def wants_ticket(problem: ExitProblem, *, is_in_order: bool) -> bool:
    """Whether the note asks for a ticket, so that the picture shows where to hold it."""
    needs_attendant = isinstance(problem, TicketNotInside | ReservationEnded | TicketExpired)
    return is_in_order and not needs_attendant


def _returned(why: str, *, is_in_order: bool) -> Note:
    """The settled driver keeps the exit right: the same ticket opens again (lane.md 2.3)."""
    return Note(
        translate("Exit", "You did not drive through.")
        if why in _DRIVER_STAYED
        else translate("Exit", "The barrier did not open."),
        translate("Exit", "Nothing is charged twice: your stay is paid."),
        translate("Exit", "Please hold the same ticket to the reader again.")
        if is_in_order
        else _wait_for_help(),
        "X1",
        is_bad=why not in _DRIVER_STAYED,
    )


def _lane_or_desk(
    problem: LaneBusy | LaneOutOfOrder | TicketNotInside | ReservationEnded, *, is_in_order: bool
) -> Note:
    match problem:
        case LaneBusy():
            return Note(
                translate("Exit", "Another car is still passing."),
                translate("Exit", "Nothing was charged."),
                translate("Exit", "Please wait a moment, then hold your ticket to the reader."),
                "X2",
                is_bad=False,
            )
        case LaneOutOfOrder():
            return Note(
                translate("Exit", "This barrier does not answer."),
                translate("Exit", "Nothing is charged twice. Your ticket stays good."),
                translate("Exit", "Please hold your ticket to the reader again.")
                if is_in_order
                else _wait_for_help(),
                "X3",
            )
        case TicketNotInside():
            return Note(
                translate("Exit", "We have not seen this car drive in."),
                translate("Exit", "Nothing was charged."),
                translate("Exit", "Please press Help: an attendant looks and lets you out."),
                "X4",
            )
        case ReservationEnded():
            return Note(
                translate("Exit", "This stay has ended already."),
                translate("Exit", "Nothing was charged."),
                translate("Exit", "Please press Help: an attendant looks and lets you out."),
                "X5",
            )
        case _:
            assert_never(problem)


def _ticket(
    problem: TicketUnknown
    | TicketForged
    | TicketOfAnotherSite
    | TicketEarly
    | TicketExpired
    | TicketUsed
    | PassPresented,
    say: Say,
) -> Note:
    nothing_charged = translate("Exit", "Nothing was charged.")
    match problem:
        case TicketUnknown():
            return Note(
                translate("Exit", "This code is no parking ticket."),
                nothing_charged,
                translate("Exit", "Please hold the ticket with the square code to the reader."),
                "X6",
            )
        case TicketForged():
            return Note(
                translate("Exit", "This ticket cannot be accepted."),
                nothing_charged,
                translate("Exit", "Try the original ticket, on paper or phone, or press Help."),
                "X7",
            )
        case TicketOfAnotherSite():
            return Note(
                translate("Exit", "This ticket is for another car park."),
                nothing_charged,
                translate("Exit", "Please hold the ticket of this car park to the reader."),
                "X8",
            )
        case TicketEarly(opens_at=opens_at):
            return Note(
                translate("Exit", "This ticket is good from {time} on.").format(
                    time=say.day_and_time(opens_at)
                ),
                nothing_charged,
                translate("Exit", "Please hold the ticket of this stay to the reader."),
                "X9",
            )
        case TicketExpired(ended_at=ended_at):
            return Note(
                translate("Exit", "This ticket ended on {time}.").format(
                    time=say.day_and_time(ended_at)
                ),
                nothing_charged,
                translate("Exit", "Please press Help: an attendant looks and lets you out."),
                "X10",
            )
        case TicketUsed(used_at=used_at):
            return Note(
                translate("Exit", "This ticket left the car park on {time}.").format(
                    time=say.day_and_time(used_at)
                ),
                nothing_charged,
                translate("Exit", "Please hold the ticket of this stay, or press Help."),
                "X11",
            )
        case PassPresented():
            return Note(
                translate("Exit", "This is a wallet pass, not a ticket."),
                nothing_charged,
                translate("Exit", "Please hold your parking ticket to the reader."),
                "X12",
                is_bad=False,
            )
        case _:
            assert_never(problem)


def _wait_for_help() -> str:
    return translate("Exit", "Please wait: help is coming.")
