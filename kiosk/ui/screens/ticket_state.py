"""Where a driver is who looks at a ticket of their own, and what can be done with it now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from kiosk.domain.life_outcomes import (
    CancellationPriced,
    Changed,
    ChangeKept,
    Displaced,
    Moved,
    TicketShown,
)
from kiosk.domain.outcomes import Cancelled
from kiosk.domain.payer_outcomes import HandedOver, HandOverPriced
from kiosk.domain.reservation import State
from kiosk.domain.site import Rules
from kiosk.domain.space import Space
from kiosk.domain.time import Window
from kiosk.services.views import Direction
from kiosk.ui.screens.ticket_news import TicketNews

Page = Literal["", "code", "status", "cancel", "change", "pay", "spaces", "none", "hand"]
"""Empty: nobody looks at a ticket."""

BEFORE: dict[Page, Page] = {
    "status": "code",
    "cancel": "status",
    "change": "status",
    "pay": "change",
    "spaces": "status",
    "none": "status",
    "hand": "status",
}

Done = Cancelled | Changed | Moved | Displaced | HandedOver
"""What was done a moment ago and is told on the page of the ticket."""

STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class TicketLook:
    """The ticket that is looked at, and what was asked about it."""

    page: Page = ""
    typed: str = ""
    """The short code so far."""
    shown: TicketShown | None = None
    priced: CancellationPriced | None = None
    wanted: Window | None = None
    """The window that the driver would like to have."""
    kept: ChangeKept | None = None
    """The change that waits to be paid."""
    hand: HandOverPriced | None = None
    """What the next driver would pay."""
    spaces: tuple[Space, ...] = ()
    """What could be had in place of an occupied space."""
    done: Done | None = None
    news: TicketNews | None = None
    is_busy: bool = False


def deeds_of(
    shown: TicketShown, *, direction: Direction, rules: Rules, now: datetime
) -> tuple[str, ...]:
    """What makes sense now: enter, leave, extend, change, occupied, hand, cancel."""
    window, is_entry = shown.ticket.window, direction is Direction.ENTRY
    is_open = window.from_ - rules.early_entry <= now < window.until
    match shown.state:
        case State.CONFIRMED:
            deeds = [("enter", is_open and is_entry), ("change", now < window.until)]
            deeds += [("occupied", is_open), ("cancel", now < window.until)]
        case State.ARRIVED:
            can_extend = now < window.until and shown.latest_until != window.until
            deeds = [("leave", not is_entry), ("extend", can_extend)]
            deeds += [("occupied", now < window.until), ("hand", True)]
        case State.SETTLED:
            deeds = [("leave", not is_entry)]
        case State.LEFT:
            deeds = [("enter", is_entry and is_open and bool(rules.re_entry))]
        case _:
            deeds = []
    return tuple(name for name, makes_sense in deeds if makes_sense)


def has_its_start(shown: TicketShown, *, now: datetime) -> bool:
    """Whether the start of the window stays as it is: the car is inside, or it has begun."""
    return shown.state is State.ARRIVED or shown.ticket.window.from_ <= now


@dataclass(frozen=True, slots=True)
class Steps:
    """The four keys of the page where a window is changed, and what each would make of it."""

    start_earlier: Window | None
    start_later: Window | None
    end_earlier: Window | None
    end_later: Window | None


def steps_of(look: TicketLook, *, rules: Rules, now: datetime) -> Steps:
    """A quarter of an hour each way, as far as the site allows; None where a key is dead.

    The start of a window that has begun stays, and the end of a car inside only moves on, up to
    the latest one that its space allows.
    """
    shown, wanted = look.shown, look.wanted
    assert shown is not None, "a window is changed of a ticket that is shown"
    assert wanted is not None, "and it is what the driver wants so far"
    booked, is_inside = shown.ticket.window, shown.state is State.ARRIVED
    has_begun = has_its_start(shown, now=now)
    earliest_end = booked.until if is_inside else max(now, wanted.from_ + rules.minimum_stay)

    def allowed(window: Window) -> Window | None:
        fits = rules.minimum_stay <= window.duration <= rules.longest_stay
        return window if fits and window.until <= now + rules.booking_ahead else None

    earlier, later = wanted.from_ - STEP, wanted.from_ + STEP
    sooner, longer = wanted.until - STEP, wanted.until + STEP
    if shown.latest_until is not None:
        longer = min(longer, max(shown.latest_until, wanted.until))
    can_start_later = not has_begun and later < wanted.until
    return Steps(
        start_earlier=allowed(replace(wanted, from_=earlier))
        if not has_begun and earlier > now
        else None,
        start_later=allowed(replace(wanted, from_=later)) if can_start_later else None,
        end_earlier=allowed(replace(wanted, until=sooner)) if sooner >= earliest_end else None,
        end_later=allowed(replace(wanted, until=longer)) if longer > wanted.until else None,
    )
