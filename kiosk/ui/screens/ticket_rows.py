"""A ticket in words: where it stands, what was just done, what can be done, what can be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.life_outcomes import Changed, Displaced, Moved, TicketShown
from kiosk.domain.outcomes import Cancelled
from kiosk.domain.payer_outcomes import HandedOver
from kiosk.domain.reservation import State
from kiosk.domain.site import Rules
from kiosk.domain.space import Space
from kiosk.ui import format as written
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.ticket_state import Done, TicketLook

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way on: something that can be done with the ticket, or a space to take instead."""

    key: str
    sign: str
    title: str
    detail: str


TICKET = ("qr", "code", "space", "area", "window", "movedFrom", "latest")
"""What QML shows of a ticket: qr is empty when it opens nothing any more, movedFrom is the space
on the paper when it is another one now, latest is how late a car inside could stay."""


def ticket_texts(shown: TicketShown | None, say: Say) -> dict[str, str]:
    """The ticket as it stands; what there is not to be said is empty."""
    if shown is None:
        return dict.fromkeys(TICKET, "")
    ticket, is_good, latest = shown.ticket, shown.pays_back is None, shown.latest_until
    texts = (
        ticket.text if is_good else "",
        written.code(ticket.short_code),
        ticket.space.label,
        ticket.area.name,
        say.window(ticket.window),
        shown.moved_from.label if shown.moved_from and is_good else "",
        "" if latest is None else say.day_and_time(latest),
    )
    return dict(zip(TICKET, texts, strict=True))


def state_words(shown: TicketShown, *, is_early: bool) -> tuple[str, str]:
    """Where the reservation stands: how it is to be painted, and in words."""
    match shown.state:
        case State.CONFIRMED if is_early:
            return "good", translate("MyTicket", "Your space is kept for you")
        case State.CONFIRMED:
            return "good", translate("MyTicket", "Paid: you can drive in")
        case State.ARRIVED:
            return "good", translate("MyTicket", "Your car is inside")
        case State.SETTLED:
            return "attention", translate("MyTicket", "All is paid: please leave now")
        case State.DISPLACED:
            return "bad", translate("MyTicket", "We are sorry: there is no space for you")
        case State.OWNER_RECALLED:
            return "bad", translate("MyTicket", "We are sorry: its owner needs this space")
        case _:
            return "neutral", _quiet_words(shown.state)


def _quiet_words(state: State) -> str:
    words = {
        State.PENDING: translate("MyTicket", "Not paid yet"),
        State.LEFT: translate("MyTicket", "Your stay has ended"),
        State.EXPIRED: translate("MyTicket", "Not paid in time: the space was given back"),
        State.CANCELLED: translate("MyTicket", "Cancelled"),
        State.NO_SHOW: translate("MyTicket", "You did not come: the space was given back"),
        State.SUBSTITUTED: translate("MyTicket", "Your other ticket took the place of this one"),
    }
    return words[state]


def done_words(done: Done, say: Say) -> str:
    """What was done a moment ago, and what it did to the money."""
    match done:
        case Cancelled(refund=refund) if refund:
            said = translate("MyTicket", "Cancelled. {amount} goes back.")
            return said.format(amount=say.money(refund))
        case Cancelled():
            return translate("MyTicket", "Cancelled. Nothing goes back.")
        case Changed(refund=refund) if refund:
            said = translate("MyTicket", "Changed. {amount} goes back.")
            return said.format(amount=say.money(refund))
        case Changed():
            return translate("MyTicket", "Changed. This is your ticket now.")
        case Moved(ticket=ticket):
            said = translate("MyTicket", "Your space is now {space}. The price stays.")
            return said.format(space=ticket.space.label)
        case Displaced(refund=refund) if refund:
            said = translate("MyTicket", "All your money goes back: {amount}.")
            return said.format(amount=say.money(refund))
        case Displaced():
            return translate("MyTicket", "Your stay costs nothing: leave with this ticket.")
        case HandedOver(deposit=deposit):
            said = translate("MyTicket", "Handed over: {amount} paid by the next driver.")
            return said.format(amount=say.money(deposit))
        case _:
            assert_never(done)


def difference_words(look: TicketLook, say: Say) -> str:
    """What is to be paid: for a change that is kept, or by who takes the car over."""
    if look.page == "hand" and look.hand is not None:
        return say.money(look.hand.deposit)
    return "" if look.kept is None else say.money(look.kept.difference)


def old_ticket_words(look: TicketLook) -> str:
    """After a change: whether the ticket of before still opens; empty after all else."""
    if look.shown is None or not isinstance(look.done, Changed):
        return ""
    if look.shown.state is State.ARRIVED:
        return translate("MyTicket", "The ticket you drove in with stays good, too.")
    return translate("MyTicket", "Your old ticket opens nothing any more.")


def deed_row(deed: str, shown: TicketShown, *, rules: Rules, say: Say) -> WayRow:
    """Something that can be done with the ticket now."""
    before_the_barrier = translate("MyTicket", "With your car before the barrier")
    rows = {
        "enter": ("enter", translate("MyTicket", "Drive in now"), before_the_barrier),
        "leave": ("leave", translate("MyTicket", "Leave now"), before_the_barrier),
        "change": (
            "clock",
            translate("MyTicket", "Change the time"),
            translate("MyTicket", "Come or leave earlier or later"),
        ),
        "extend": (
            "clock",
            translate("MyTicket", "Stay longer"),
            _longest_words(shown, say),
        ),
        "cancel": (
            "cross",
            translate("MyTicket", "Cancel the reservation"),
            translate("MyTicket", "You see first what goes back"),
        ),
        "occupied": (
            "car",
            translate("MyTicket", "My space is occupied"),
            translate("MyTicket", "Another one; if none, money back"),
        ),
        "hand": (
            "wallet",
            translate("MyTicket", "Hand the car over"),
            translate("MyTicket", "From now on somebody else pays"),
        ),
    }
    sign, title, detail = rows[deed]
    if shown.state is State.LEFT:
        within = translate("MyTicket", "Within {time} after you left")
        detail = within.format(time=say.span(rules.re_entry))
    return WayRow(key=deed, sign=sign, title=title, detail=detail)


def _longest_words(shown: TicketShown, say: Say) -> str:
    if shown.latest_until is None:
        return translate("MyTicket", "As long as your space is free")
    said = translate("MyTicket", "Until {time} at the latest")
    return said.format(time=say.day_and_time(shown.latest_until))


def space_row(space: Space, area_name: str, say: Say) -> WayRow:
    """A space that can be had in place of an occupied one."""
    features = [
        translate("MyTicket", "with charger") if space.has_charger else "",
        translate("MyTicket", "accessible") if space.is_accessible else "",
        translate("MyTicket", "covered") if space.is_covered else "",
    ]
    told = say.listed([area_name, *features])
    return WayRow(key=str(space.id), sign="park", title=space.label, detail=told)
