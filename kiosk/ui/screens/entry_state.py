"""Which page the entry screen shows: the driver's own, or what the lane puts over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    Reserved,
    TicketIssued,
    TicketProblem,
)
from kiosk.domain.search import Proposal
from kiosk.domain.search_outcomes import NothingIdle
from kiosk.services.events import (
    GrantReturned,
    LaneChanged,
    PaperFailed,
    PassageReported,
    TicketPresented,
)
from kiosk.services.views import LaneStatus
from kiosk.ui.lane_sign import HELD, lane_trouble
from kiosk.ui.screens.entry_words import EntryNews

Page = Literal[
    "attract",
    "find",
    "when",
    "car",
    "choose",
    "plate",
    "pay",
    "ticket",
    "proof",
    "tickets",
    "mine",
]
"""The driver's own pages; proof, tickets and mine are for those who have paid already."""

ShownPage = Page | Literal["note", "nothing", "help", "drive", "out-of-order"]

STEPS: dict[Page, int] = {
    "find": 1,
    "when": 1,
    "car": 1,
    "choose": 2,
    "plate": 3,
    "pay": 4,
    "ticket": 5,
}
"""Never more than five from the start to the open barrier (ux 15)."""

BEFORE: dict[Page, Page] = {
    "find": "attract",
    "when": "find",
    "car": "find",
    "choose": "find",
    "plate": "choose",
    "pay": "plate",
    "proof": "attract",
    "tickets": "proof",
}
"""Where Back leads; entries stay (ux 20)."""

LaneEvent = TicketPresented | PassageReported | GrantReturned | PaperFailed | LaneChanged


@dataclass(frozen=True, slots=True)
class EntryState:
    """Where the driver is, and what the lane does."""

    page: Page = "attract"
    is_busy: bool = False
    """The core was asked and has not answered."""
    news: EntryNews | None = None
    is_helping: bool = False
    reserved: Reserved | None = None
    """Pending: it is given back when the driver does not pay."""
    ticket: TicketIssued | None = None
    tickets: tuple[TicketIssued, ...] = ()
    second: Proposal | None = None
    """The space for the rest of the time, when no single one is idle for all of it."""
    has_no_paper: bool = False
    may_have_paper: bool = False
    """Of a ticket that is not known to be printed: the printer does not tell."""
    presented: str = ""
    """What was held to the reader last and opened nothing: a ticket that can be looked at."""
    scanned_pass: str = ""
    """A pass that was held to the reader before it was asked for (ux 23)."""
    granted: Granted | None = None
    is_through: bool = False
    """The car of this grant has passed, or goes in under an arm that is held open."""
    lane: LaneStatus | None = None

    @property
    def is_in_order(self) -> bool:
        """Whether the barrier answers; a lane not heard of yet is believed to."""
        return self.lane is None or self.lane.is_in_order

    @property
    def may_present(self) -> bool:
        """Whether a ticket may just have been held to the reader: a car stands there to go in."""
        is_car_there = self.lane is not None and self.lane.is_car_there
        return is_car_there and self.granted is None and self.page in {"attract", "ticket"}

    @property
    def shown_page(self) -> ShownPage:
        """What is on the glass: a fire, the barrier, then help, news, and the own page."""
        if lane_trouble(self.lane) == "fire":
            return "out-of-order"
        if self.granted is not None:
            return "drive"
        if self.is_helping:
            return "help"
        if self.news is not None:
            return "nothing" if isinstance(self.news, NothingIdle) else "note"
        if self.page == "attract" and not self.is_in_order:
            return "out-of-order"
        return self.page


def after_lane_event(state: EntryState, event: LaneEvent) -> EntryState:
    """The state after something happened in this screen's own lane."""
    match event:
        case LaneChanged(status=status):
            return replace(state, lane=status)
        case TicketPresented(outcome=outcome, code=code):
            return replace(_after_ticket(state, outcome), presented=code)
        case PassageReported(reservation_id=reservation_id):
            is_ours = state.granted is not None and state.granted.reservation_id == reservation_id
            return replace(state, is_through=True) if is_ours else state
        case GrantReturned(why=why):
            if state.granted is None or state.is_through:
                return state
            if why == HELD:
                return replace(state, is_through=True)  # nobody will report this passage
            return replace(state, granted=None, news=event)
        case PaperFailed(may_be_there=may_be_there):
            if state.ticket is None:
                return state  # the desk's paper: the driver to come has none of it
            return replace(state, has_no_paper=True, may_have_paper=may_be_there)
        case _:
            assert_never(event)


def _after_ticket(
    state: EntryState, outcome: Granted | ExitCovered | ExitDue | TicketProblem
) -> EntryState:
    match outcome:
        case Granted():
            return replace(state, granted=outcome, is_through=False, news=None, is_helping=False)
        case ExitCovered() | ExitDue():
            return state  # an exit's answer: not of a lane that goes in
        case _:
            # The driver whom the barrier lets in is not told of the one behind.
            return state if state.granted is not None else replace(state, news=outcome)
