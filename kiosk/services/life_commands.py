"""What can be asked about a reservation after it was made, and about what owners share.

Each command names its outcomes, as in commands.py; who answers stands in handle.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import (
    AreaId,
    AttendantId,
    LaneName,
    OfferId,
    OwnerId,
    ReservationId,
    SpaceId,
)
from kiosk.domain.life_outcomes import (
    AskAttendant,
    CancellationPriced,
    CarDoesNotFit,
    Changed,
    ChangeDropped,
    ChangeKept,
    ChangeRefused,
    Displaced,
    DuePriced,
    DueTaken,
    EvidenceMissing,
    Linked,
    LinkRefused,
    Moved,
    MoveRefused,
    NoSubstitute,
    NothingDue,
    OfferMade,
    OfferMoved,
    OfferRefused,
    Recalled,
    RecallImpossible,
    RecallPriced,
    SpaceClosed,
    SpaceReopened,
    SubstitutesFound,
    TicketReplaced,
    TicketShown,
    TooManyTries,
    WalkUpsOnly,
    WindowInThePast,
)
from kiosk.domain.money import Money
from kiosk.domain.offer import USUAL_TERMS, OfferEvent, OfferTerms, OfferTimes
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    NotSignedIn,
    PaymentRunning,
    PlateHasReservation,
    ReasonMissing,
    ReservationEnded,
    SpaceJustTaken,
    TicketForged,
    TicketNotInside,
    TicketOfAnotherSite,
    TicketProblem,
    TicketRevoked,
    TicketUnknown,
)
from kiosk.domain.search_outcomes import LibrarySearched, WindowNotPriced
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.domain.tariff import Tariff
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.domain.time import Window
from kiosk.services.commands import Command, PaymentMethod, PaymentProblem, WindowProblem

# Searching -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLibrary(Command[LibrarySearched | WindowNotPriced | WindowProblem]):
    """What of the library can be had for a window, why the rest cannot, and what else could."""

    area_ids: tuple[AreaId, ...]
    """Empty: all areas."""
    window: Window
    needs: CarNeeds = ANY_CAR
    by_rank: bool = False
    """The nearest first instead of the best fit."""


# Changing, extending, cancelling ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceCancellation(Command[CancellationPriced | ReservationEnded]):
    """What would cancelling now give back? The driver sees it before saying yes."""

    reservation_id: ReservationId


ChangeAnswer = (
    ChangeKept
    | Changed
    | ChangeRefused
    | WindowProblem
    | WindowNotPriced
    | WalkUpsOnly
    | CarDoesNotFit
    | PlateHasReservation
    | PaymentRunning
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReservation(Command[ChangeAnswer]):
    """Another window, another space, or a later end for a car that is inside.

    What costs more is kept until it is paid (PayChange); the rest is changed at once. A later
    change takes the place of one that is kept; PaymentRunning while a provider is still asked
    for an earlier one, because its answer must not pay for another.
    """

    reservation_id: ReservationId
    window: Window
    space_id: SpaceId | None = None
    """None: the space it has."""
    lane: LaneName | None = None
    """Whose printer has the changed ticket; None: it stays on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayChange(Command[Changed | PaymentProblem]):
    """Pay the difference of a change that is kept; the same intent never pays twice."""

    lane: LaneName
    reservation_id: ReservationId
    method: PaymentMethod
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropChange(Command[ChangeDropped]):
    """Give up a change that waits to be paid."""

    reservation_id: ReservationId


# Moving to another space -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSubstitutes(Command[SubstitutesFound | NoSubstitute | AskAttendant | ReservationEnded]):
    """The driver's space is occupied or cannot be used: which ones could be had instead?"""

    reservation_id: ReservationId
    attendant_id: AttendantId | None = None
    """Who has looked; without one it must be the arrival (AskAttendant)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSubstitute(
    Command[Moved | SpaceJustTaken | MoveRefused | AskAttendant | ReservationEnded]
):
    """Take one of them; window, ticket and price stay."""

    reservation_id: ReservationId
    space_id: SpaceId
    attendant_id: AttendantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptDisplacement(Command[Displaced | SubstitutesFound | AskAttendant | ReservationEnded]):
    """There is no substitute: the driver takes the money back (never while there is one)."""

    reservation_id: ReservationId
    attendant_id: AttendantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWrongSpace(Command[Moved | MoveRefused | ReservationEnded | NotSignedIn]):
    """The attendant has seen the car on another space than the reserved one.

    Accepted when that space is shared and can be free for the stay; priced by its tariff,
    and whoever had reserved it is re-seated.
    """

    attendant_id: AttendantId
    reservation_id: ReservationId
    space_id: SpaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSpace(Command[SpaceClosed | WindowInThePast | ReasonMissing | NotSignedIn]):
    """A space is broken or blocked until an instant: everyone who had reserved it is re-seated."""

    attendant_id: AttendantId
    space_id: SpaceId
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenSpace(Command[SpaceReopened | NotSignedIn]):
    """The space is in order again."""

    attendant_id: AttendantId
    space_id: SpaceId


# What owners do --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSpace(Command[OfferMade | OfferRefused]):
    """An owner writes down when and on which terms a space is to be shared: a draft."""

    owner_id: OwnerId
    space_id: SpaceId
    times: OfferTimes
    terms: OfferTerms = USUAL_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOffer(Command[OfferMoved | OfferRefused | NotSignedIn]):
    """Hand in, approve, pause, resume or withdraw an offer.

    Proof is accepted or refused by an attendant. Paid reservations stand whatever becomes of
    the offer; only RecallSpace ends them.
    """

    offer_id: OfferId
    event: OfferEvent
    owner_id: OwnerId | None = None
    attendant_id: AttendantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOfferTimes(Command[OfferMoved | OfferRefused]):
    """Other times for an offer, as from the owner's calendar; paid reservations stand."""

    owner_id: OwnerId
    offer_id: OfferId
    times: OfferTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOfferTerms(Command[OfferMoved | OfferRefused | NotSignedIn]):
    """Other terms for an offer, from now on; what is reserved keeps its price and its split.

    Price and split of an offer in force are an attendant's to change, the rest its owner's too.
    """

    offer_id: OfferId
    terms: OfferTerms
    owner_id: OwnerId | None = None
    attendant_id: AttendantId | None = None
    tariff: Tariff | None = None
    """A tariff of its own instead of the one that `terms` names."""
    split_terms: SplitTerms | None = None
    """A split of its own instead of the one that `terms` names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRecall(Command[RecallPriced | RecallImpossible | OfferRefused | WindowInThePast]):
    """What would it cost the owner to have the space back for a window?"""

    owner_id: OwnerId
    space_id: SpaceId
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallSpace(
    Command[Recalled | RecallPriced | RecallImpossible | OfferRefused | WindowInThePast]
):
    """Take the space back at this cost; when it has changed, the new one is shown instead."""

    owner_id: OwnerId
    space_id: SpaceId
    window: Window
    agreed_cost: Money


# Tickets ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTicket(
    Command[
        TicketShown
        | TicketUnknown
        | TicketForged
        | TicketOfAnotherSite
        | TicketRevoked
        | TooManyTries
    ]
):
    """What does this ticket stand for now? By its QR text or its short code, at a screen."""

    lane: LaneName
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentShortCode(Command[Granted | ExitCovered | ExitDue | TicketProblem | TooManyTries]):
    """A driver without a phone typed the eight signs at a lane's screen; as good as a scan."""

    lane: LaneName
    short_code: str
    presented_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceTicket(Command[TicketReplaced | EvidenceMissing | ReservationEnded | NotSignedIn]):
    """A ticket was lost: the attendant has seen evidence, and prints another one.

    `evidence` is the plate or the short code that the driver named before anything was shown.
    """

    attendant_id: AttendantId
    lane: LaneName
    reservation_id: ReservationId
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStay(Command[Linked | LinkRefused | NotSignedIn]):
    """A driver with a reservation had pulled another ticket: the stay takes its terms."""

    attendant_id: AttendantId
    stay_id: ReservationId
    reservation_id: ReservationId


DueProblem = NothingDue | TicketNotInside | NotSignedIn
"""Why the desk takes no cash for a stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDue(Command[DuePriced | DueProblem]):
    """What would a car that is inside have to pay at the desk now?"""

    attendant_id: AttendantId
    reservation_id: ReservationId
    is_lost_ticket: bool = False
    """The driver can prove nothing: it costs what the tariff asks then, if it says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDueInCash(Command[DueTaken | DuePriced | ShiftClosed | DueProblem]):
    """Take what is due in cash and settle the stay; the same intent never takes twice.

    When another amount is due by now than was agreed, the new bill is shown instead.
    """

    attendant_id: AttendantId
    desk: str
    reservation_id: ReservationId
    is_lost_ticket: bool = False
    intent: str
    agreed_due: Money | None = None
    """What PriceDue had shown and the driver agreed to; None: whatever it is."""
