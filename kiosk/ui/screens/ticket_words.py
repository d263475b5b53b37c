"""What both drivers' screens say of a ticket and of its barrier in the same words.

What an entry and an exit say differently stands in entry_words.py and exit_words.py.
"""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.outcomes import (
    CarInside,
    LaneBusy,
    LaneOutOfOrder,
    NoCarInLane,
    TicketForged,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.services.events import FaultRaised
from kiosk.ui.screens.note import Note

translate = QCoreApplication.translate

CommonProblem = (
    TicketUnknown
    | TicketForged
    | TicketRevoked
    | CarInside
    | NoCarInLane
    | LaneBusy
    | LaneOutOfOrder
    | FaultRaised
)
"""What goes otherwise at an entry as it does at an exit."""

_DRIVER_STAYED = frozenset({"back_out", "abandoned"})
"""Why a grant came back although the barrier had opened: the car did not drive through."""


def stayed(why: str) -> bool:
    """Whether the grant came back because the driver did not go, not because of the barrier."""
    return why in _DRIVER_STAYED


def is_unseen(why: str) -> bool:
    """Whether nobody knows if the car went through: its driver asks before the next try."""
    return why == "loop_suspect"


def unseen_note(number: str) -> Note:
    """The lane did not see whether this car has passed."""
    return Note(
        translate("Ticket", "We did not see whether you drove through."),
        not_twice(),
        translate("Ticket", "Please press Help: an attendant looks."),
        number,
    )


def common_note(problem: CommonProblem, *, is_in_order: bool, has_paid: bool = False) -> Note:
    """The note in the present language; after a payment none says that nothing was charged."""
    money = not_twice() if has_paid else nothing_charged()
    match problem:
        case TicketUnknown() | TicketForged() | TicketRevoked() | CarInside():
            return _ticket(problem, money)
        case NoCarInLane():
            return Note(
                translate("Ticket", "No car stands before the barrier."),
                money,
                translate(
                    "Ticket", "Drive up to the barrier, then hold the ticket to the reader again."
                ),
                "T3",
                is_bad=False,
            )
        case LaneBusy():
            return Note(
                translate("Ticket", "Another car is still passing."),
                money,
                translate("Ticket", "Please wait a moment, then hold your ticket to the reader."),
                "T4",
                is_bad=False,
            )
        case LaneOutOfOrder():
            return Note(
                translate("Ticket", "This barrier takes no tickets now."),
                not_twice(),
                hold_again(is_in_order=is_in_order),
                "T5",
            )
        case FaultRaised(code=code):
            return fault_note(code)
        case _:
            assert_never(problem)


def _ticket(problem: TicketUnknown | TicketForged | TicketRevoked | CarInside, money: str) -> Note:
    match problem:
        case TicketUnknown():
            return Note(
                translate("Ticket", "This code is no parking ticket."),
                money,
                translate("Ticket", "Hold the square code of your ticket to the reader."),
                "T1",
            )
        case TicketForged():
            return Note(
                translate("Ticket", "This ticket cannot be accepted."),
                money,
                translate("Ticket", "Try the original, on paper or phone, or press Help."),
                "T2",
            )
        case TicketRevoked():
            return Note(
                translate("Ticket", "This ticket is not good any more: it was replaced or ended."),
                money,
                translate("Ticket", "Hold your newest ticket to the reader, or press Help."),
                "T6",
            )
        case CarInside():
            return Note(
                translate("Ticket", "This car is inside already, with another ticket."),
                money,
                translate("Ticket", "Please press Help: an attendant looks."),
                "T7",
            )
        case _:
            assert_never(problem)


def fault_note(code: str) -> Note:
    """The computer failed at what was asked of it; its code is for the attendant."""
    return Note(
        translate("Ticket", "Something failed here."),
        nothing_charged(),
        translate("Ticket", "Please try again, or press Help."),
        code,
    )


def nothing_charged() -> str:
    """No money moved."""
    return translate("Ticket", "Nothing was charged.")


def not_twice() -> str:
    """Money may have moved, and the driver loses none of it."""
    return translate("Ticket", "Nothing is charged twice. Your ticket stays good.")


def hold_again(*, is_in_order: bool) -> str:
    """The same ticket opens again, but nobody is sent to a barrier that is out of order."""
    if is_in_order:
        return translate("Ticket", "Please hold the same ticket to the reader again.")
    return translate("Ticket", "Please wait: help is coming.")


def ended_on(time: str) -> str:
    """The ticket was good until then."""
    return translate("Ticket", "This ticket ended on {time}.").format(time=time)


def of_another_site() -> str:
    """The ticket is genuine, and not for this site."""
    return translate("Ticket", "This ticket is for another car park.")
