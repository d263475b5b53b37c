"""What the exit screen says when a ticket does not open the barrier: one note for each reason."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.outcomes import (
    ReservationEnded,
    StayNotPriced,
    TicketEarly,
    TicketExpired,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketProblem,
    TicketUsed,
)
from kiosk.domain.pricing.charge_lines import EntryTooLongAgo, ExitBeforeEntry, NoPrice
from kiosk.services.events import FaultRaised, GrantReturned, PassPresented, VoucherPresented
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay_words import voucher_note
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.ticket_words import (
    common_note,
    ended_on,
    hold_again,
    is_unseen,
    nothing_charged,
    of_another_site,
    stayed,
    unseen_note,
)

translate = QCoreApplication.translate

ExitProblem = (
    TicketProblem
    | GrantReturned
    | PassPresented
    | VoucherPresented
    | ReservationEnded
    | FaultRaised
)
"""Whatever puts a note on the exit screen instead of a receipt or a bill."""


def exit_note(problem: ExitProblem, *, is_in_order: bool, has_paid: bool, say: Say) -> Note:
    """The note in the present language; a lane that is out of order is not to be tried again."""
    match problem:
        case GrantReturned(why=why) if is_unseen(why):
            return unseen_note("X1")
        case GrantReturned(why=why):
            return _returned(why, is_in_order=is_in_order)
        case TicketNotInside() | ReservationEnded() | PassPresented():
            return _lane_or_desk(problem)
        case VoucherPresented(problem=why):
            return _voucher_waits() if why is None else voucher_note(why)
        case StayNotPriced(why=why):
            return _not_priced(why)
        case TicketOfAnotherSite() | TicketEarly() | TicketExpired() | TicketUsed():
            return _ticket(problem, say)
        case _:
            return common_note(problem, is_in_order=is_in_order, has_paid=has_paid)


def wants_ticket(problem: ExitProblem, *, is_in_order: bool) -> bool:
    """Whether the note asks for a ticket, so that the picture shows where to hold it."""
    needs_attendant = isinstance(
        problem, TicketNotInside | ReservationEnded | TicketExpired | StayNotPriced
    )
    is_through = isinstance(problem, GrantReturned) and is_unseen(problem.why)
    return is_in_order and not needs_attendant and not is_through


def _returned(why: str, *, is_in_order: bool) -> Note:
    """The settled driver keeps the exit right: the same ticket opens again (lane.md 2.3)."""
    return Note(
        translate("Exit", "You did not drive through.")
        if stayed(why)
        else translate("Exit", "The barrier did not open."),
        translate("Exit", "Nothing is charged twice: your stay is paid."),
        hold_again(is_in_order=is_in_order),
        "X1",
        is_bad=not stayed(why),
    )


def _lane_or_desk(problem: TicketNotInside | ReservationEnded | PassPresented) -> Note:
    match problem:
        case TicketNotInside():
            return Note(
                translate("Exit", "We have not seen this car drive in."),
                nothing_charged(),
                _attendant_lets_out(),
                "X2",
            )
        case ReservationEnded():
            return Note(
                translate("Exit", "This stay has ended already."),
                nothing_charged(),
                _attendant_lets_out(),
                "X3",
            )
        case PassPresented():
            return Note(
                translate("Exit", "This is a wallet pass, not a ticket."),
                nothing_charged(),
                translate("Exit", "Please hold your parking ticket to the reader."),
                "X4",
                is_bad=False,
            )
        case _:
            assert_never(problem)


def _voucher_waits() -> Note:
    return Note(
        translate("Exit", "Your voucher was read."),
        nothing_charged(),
        translate("Exit", "Now please hold your parking ticket to the reader."),
        "X9",
        is_bad=False,
    )


def _not_priced(why: NoPrice) -> Note:
    """No number is better than a wrong one: somebody looks at this stay."""
    match why:
        case EntryTooLongAgo():
            title = translate("Exit", "This car came in too long ago to be priced here.")
        case ExitBeforeEntry():
            title = translate("Exit", "By our clock this car has not come in yet.")
        case _:
            title = translate("Exit", "This stay has no price.")
    return Note(
        title,
        nothing_charged(),
        translate("Exit", "Please call the attendant: press Help."),
        "X9",
    )


def _ticket(
    problem: TicketOfAnotherSite | TicketEarly | TicketExpired | TicketUsed, say: Say
) -> Note:
    match problem:
        case TicketOfAnotherSite():
            return Note(
                of_another_site(),
                nothing_charged(),
                translate("Exit", "Please hold the ticket of this car park to the reader."),
                "X5",
            )
        case TicketEarly(opens_at=opens_at):
            return Note(
                translate("Exit", "This ticket is good from {time} on.").format(
                    time=say.day_and_time(opens_at)
                ),
                nothing_charged(),
                translate("Exit", "Please hold the ticket of this stay to the reader."),
                "X6",
            )
        case TicketExpired(ended_at=ended_at):
            return Note(
                ended_on(say.day_and_time(ended_at)),
                nothing_charged(),
                _attendant_lets_out(),
                "X7",
            )
        case TicketUsed(used_at=used_at):
            return Note(
                translate("Exit", "This ticket left the car park on {time}.").format(
                    time=say.day_and_time(used_at)
                ),
                nothing_charged(),
                translate("Exit", "Please hold the ticket of this stay, or press Help."),
                "X8",
            )
        case _:
            assert_never(problem)


def _attendant_lets_out() -> str:
    return translate("Exit", "Please press Help: an attendant looks and lets you out.")
