"""What can come of a reservation after it was made: changed, moved, cancelled, recalled, linked.

Finding, paying and passing stand in search_outcomes.py and outcomes.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.domain.ids import OfferId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, TicketIssued
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import State
from kiosk.domain.space import Area, Misfit, Space
from kiosk.domain.time import Window

# Reserving for later ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WindowInThePast:
    """The wanted window has begun before now; nothing was kept."""

    now: datetime


@dataclass(frozen=True, slots=True)
class WindowTooFarAhead:
    """The wanted window ends later than the site takes reservations for."""

    latest_until: datetime


@dataclass(frozen=True, slots=True)
class WalkUpsOnly:
    """The last idle spaces of the area are kept for those who come without a reservation."""

    area: Area


@dataclass(frozen=True, slots=True)
class CarDoesNotFit:
    """The car cannot have this space; nothing was kept."""

    space: Space
    why: Misfit


# Changing, extending, cancelling ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeKept:
    """The other window or space is kept until `pay_until`; `difference` is to be paid."""

    reservation_id: ReservationId
    area: Area
    space: Space
    window: Window
    quote: Charge
    """Of the whole changed window."""
    difference: Money
    pay_until: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """The reservation has its new window and space; the ticket of before is revoked.

    For a car that is inside the ticket in the driver's hand stays good.
    """

    ticket: TicketIssued
    quote: Money
    refund: Money
    """What went back because the changed window costs less."""


class ChangeProblem(Enum):
    """Why a reservation cannot be changed so."""

    STATE = "state"
    """It is not paid yet, or it has ended."""
    ONLY_LATER_END = "only-later-end"
    """The car is inside: only the end can be moved, and only later."""
    END_IS_OVER = "end-is-over"
    """The booked end has passed: what comes now is overstay."""
    CHEAPER_TOO_LATE = "cheaper-too-late"
    """Cancelling costs something by now; the change is cheaper, starts later or lowers that."""
    SPACE_TAKEN = "space-taken"
    """The space is not idle for the whole changed window."""
    DEPOSIT_ENDS = "deposit-ends"
    """A provider does not keep the deposit so long that it could be taken at the exit."""


@dataclass(frozen=True, slots=True)
class ChangeRefused:
    """Nothing was changed, the reservation stands as it was."""

    why: ChangeProblem
    latest_until: datetime | None = None
    """How late this space could be kept from the present start on, when the end was asked for.

    With DEPOSIT_ENDS: how late the deposit lets any window end.
    """


@dataclass(frozen=True, slots=True)
class ChangeDropped:
    """The change that waited to be paid is given up; the reservation stands as it was."""


@dataclass(frozen=True, slots=True)
class CancellationPriced:
    """What cancelling now would give back, and what the parties would keep."""

    refund: Money
    kept: Money


# Moving to another space -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SubstitutesFound:
    """Spaces that can be given in place of the reserved one, the best first; at no cost."""

    reservation_id: ReservationId
    instead_of: Space
    substitutes: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class NoSubstitute:
    """No equal or better space is idle for the rest of the window."""

    reservation_id: ReservationId


@dataclass(frozen=True, slots=True)
class AskAttendant:
    """A driver alone cannot say now that the space is occupied: only on arrival.

    That is from when the entrance opens for the reservation until half an hour after the
    entry, and never after the booked end. An attendant who has looked can say it later.
    """

    reservation_id: ReservationId


@dataclass(frozen=True, slots=True)
class Moved:
    """The same reservation, ticket and price on another space."""

    ticket: TicketIssued
    moved_from: Space
    quote: Money


@dataclass(frozen=True, slots=True)
class MoveRefused:
    """The space cannot be had: not shared, not free for the stay, or the car does not fit."""

    space: Space
    why: Misfit | None
    """None: it is not shared or not free."""


@dataclass(frozen=True, slots=True)
class Displaced:
    """The site has no space for this reservation: everything paid goes back.

    A car that is inside already leaves at no cost with its ticket.
    """

    reservation_id: ReservationId
    refund: Money


@dataclass(frozen=True, slots=True)
class Reseated:
    """What became of the reservations that had lost their space, all solved together."""

    moved: tuple[Moved, ...]
    displaced: tuple[Displaced, ...]


@dataclass(frozen=True, slots=True)
class SpaceClosed:
    """The space is out of order; whoever had reserved it was re-seated before arriving."""

    space: Space
    window: Window
    reseated: Reseated


@dataclass(frozen=True, slots=True)
class SpaceReopened:
    """The space is in order again."""

    space: Space


# What owners do --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfferMade:
    """The offer is written down; it shares nothing before it is approved."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class OfferRefused:
    """The offer cannot be kept, for each of these reasons in words; nothing was written."""

    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferMoved:
    """The offer stands where the event has led it."""

    offer_id: OfferId
    state: str


@dataclass(frozen=True, slots=True)
class RecallItem:
    """What a recall does to one reservation: another space at no cost, or its money back."""

    reservation_id: ReservationId
    window: Window
    substitute: SpaceId | None
    refund: Money
    compensation: Money
    """Paid by the owner on top, when there is no substitute."""


@dataclass(frozen=True, slots=True)
class RecallPriced:
    """What taking the space back for a window would cost its owner; nothing was done yet."""

    space: Space
    window: Window
    items: tuple[RecallItem, ...]
    cost: Money


@dataclass(frozen=True, slots=True)
class RecallImpossible:
    """A car stands on the space, or has paid and is on its way: not before this instant."""

    space: Space
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """The owner has the space back for the window, at the cost that was agreed."""

    space: Space
    window: Window
    items: tuple[RecallItem, ...]
    cost: Money


# Tickets ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TicketShown:
    """What a ticket stands for now: the status that a driver is told."""

    ticket: TicketIssued
    state: State
    moved_from: Space | None
    """The space that stood on the ticket at first, when it is another one now."""
    pays_back: Money | None
    """What a reservation gave back that has ended without a stay; None for all others."""
    latest_until: datetime | None = None
    """For a car inside: how late its end could be, the booked one when it cannot be moved on.

    None for all others, and where only asking can tell.
    """


@dataclass(frozen=True, slots=True)
class TooManyTries:
    """Too many wrong short codes at this lane: wait, or ask the attendant."""

    wait_until: datetime


@dataclass(frozen=True, slots=True)
class EvidenceMissing:
    """A lost ticket is replaced only against evidence that fits: the plate or the reservation."""


@dataclass(frozen=True, slots=True)
class TicketReplaced:
    """A new ticket; the lost one opens nothing any more."""

    ticket: TicketIssued


@dataclass(frozen=True, slots=True)
class DuePriced:
    """What the desk would take in cash for a car that is inside; nothing was taken yet."""

    bill: Bill
    """Its `due` is zero when escrow covers the price of a lost ticket."""
    cash_due: Money
    """The due in notes and coins: rounded to the cash step of the tariff."""


@dataclass(frozen=True, slots=True)
class DueTaken:
    """The cash is in the till and the stay is settled: the exit is covered for its exit right."""

    amount: Money
    """In notes and coins."""
    bill: Bill


@dataclass(frozen=True, slots=True)
class NothingDue:
    """Escrow covers the stay as it is now: no cash is taken, and nothing was changed."""

    bill: Bill


@dataclass(frozen=True, slots=True)
class Linked:
    """The stay has the terms of the reservation; everything paid for that one goes back."""

    stay_id: ReservationId
    reservation_id: ReservationId
    refund: Money


class LinkProblem(Enum):
    """Why a stay and a reservation do not belong together."""

    STAY_STATE = "stay-state"
    """No car is inside with this ticket."""
    RESERVATION_STATE = "reservation-state"
    """The reservation is neither waiting nor missed."""
    OTHER_TIME = "other-time"
    """The car did not come in within the reserved window, or shortly before it."""
    SAME = "same"
    """Both tickets are of one reservation."""


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """Nothing was linked."""

    why: LinkProblem
