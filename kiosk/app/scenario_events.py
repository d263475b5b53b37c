"""The events of a scenario that parking is made of: one table for each kind.

Those about money stand in scenario_money_events.py, the verbs in scenario_vocabulary.py.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kiosk.app.board_tables import Table
from kiosk.app.scenario_tables import Name, SharedTable, TimesTable
from kiosk.app.scenario_times import Paid, StepText, TimeText
from kiosk.payments.adapter import OperationKind
from kiosk.payments.simulator import SimulatedFault

Expected = StrictStr | StrictBool | StrictInt | Decimal | tuple[StrictStr, ...]
Expectation = StrictStr | dict[str, Expected]
Means = Literal["wallet", "card", "fleet"]
MeansOrNot = Literal["wallet", "card", "fleet", "nothing"]
Minutes = Annotated[StrictInt, Field(ge=1, le=1_000_000)]


class EventTable(Table):
    """[[event]]: the keys that every event has."""

    at: TimeText = "+0m"
    """When: "14:05", "Tue 08:00", "2026-06-02 08:00", or "+20m" after the event before."""
    does: StrictStr
    """The verb."""
    says: StrictStr = ""
    """A sentence for the reader of the report."""
    expect: Expectation | tuple[Expectation, ...] | None = None
    """What must come of it: an answer's name, a table with `answer` and facts, or some of both."""


class DriverEvent(EventTable):
    """A driver does something about a reservation."""

    who: Name
    reservation: Name | None = None
    """Which one; left out: the driver's latest."""


class WindowKeys(Table):
    """A wanted window: its start, and either its end or its length."""

    from_: TimeText | None = Field(default=None, alias="from")
    """Left out: now, as a walk-up."""
    until: TimeText | None = None
    minutes: Minutes | None = None

    @model_validator(mode="after")
    def _ends_once(self) -> WindowKeys:
        if (self.until is None) == (self.minutes is None):
            raise ValueError("should have one of until and minutes")
        return self


class Search(EventTable, WindowKeys):
    """Ask what is idle for a window; every space that is not offered comes with its reason."""

    who: Name
    area: Name | None = None
    """Its code; left out: everywhere."""
    nearest_first: StrictBool = False
    """The shortest way from the entrance instead of the best fit."""


class Reserve(EventTable, WindowKeys):
    """Keep a space; it waits to be paid."""

    who: Name
    space: Name | None = None
    """Its label; left out: the best one of the area, or of all."""
    area: Name | None = None
    as_: Name | None = Field(default=None, alias="as")
    """A name for the reservation; left out: the driver's, then with a number."""
    plate: StrictStr | None = None
    """What is typed instead of the driver's own plate."""
    pays: Means | None = None
    """Pays the deposit at once; left out: a later event pays."""


class Pay(DriverEvent):
    """Pay what waits: the deposit, a change, or what is due at the exit."""

    by: Means | None = None
    """Left out: the wallet of who has one, else the fleet, else the card."""


class LaneEvent(DriverEvent):
    """A car in a lane."""

    lane: Name | None = None
    """Left out: the first one of its direction."""
    shows: Literal["ticket", "code"] = "ticket"
    """The ticket's QR before the scanner, or the short code typed at the screen."""


class Arrive(LaneEvent):
    """Drive to an entry, present the ticket, drive in when the arm goes up."""


class BackOut(LaneEvent):
    """Drive to a lane, present the ticket, and reverse out of it."""

    lane: Name = "entry"


class Leave(LaneEvent):
    """Drive to an exit, present the ticket, pay what is due, drive out when the arm goes up."""

    pays: MeansOrNot | None = None
    """What is due; left out: as for the verb pay. Who pays nothing stands there."""


class Scan(LaneEvent):
    """Present a ticket, or any text, in a lane to which no car has come."""

    lane: Name
    text: StrictStr | None = None
    """Instead of the driver's ticket."""


class Cancel(DriverEvent):
    """See what cancelling gives back, and agree."""

    agrees: StrictBool = True
    """false: only looks at the price."""


class Change(DriverEvent):
    """Another window or another space for a reservation."""

    space: Name | None = None
    from_: TimeText | None = Field(default=None, alias="from")
    until: TimeText | None = None
    pays: MeansOrNot | None = None
    """The difference; left out: from the wallet of who has one, else by fleet, else by card."""


class Extend(DriverEvent):
    """A later end."""

    until: TimeText | None = None
    minutes: Minutes | None = None
    """So much later."""
    pays: MeansOrNot | None = None
    """The difference; left out: from the wallet of who has one, else by fleet, else by card."""

    @model_validator(mode="after")
    def _ends_once(self) -> Extend:
        if (self.until is None) == (self.minutes is None):
            raise ValueError("should have one of until and minutes")
        return self


class CannotPark(DriverEvent):
    """The space cannot be used."""

    attendant: StrictBool = False
    """true: an attendant has looked, and says it for the driver."""


class Substitute(CannotPark):
    """Ask which other spaces there are, and take one."""

    space: Name | None = None
    """Left out: the first one that is proposed."""


class WalletEvent(EventTable):
    """A driver looks at the wallet."""

    who: Name


class TopUp(WalletEvent):
    """Money onto a wallet, at the desk."""

    amount: Paid
    by: Literal["cash", "card"] = "cash"


class LostTicket(DriverEvent):
    """The attendant replaces a lost ticket against evidence."""

    evidence: StrictStr | None = None
    """What the driver names; left out: the right plate."""
    lane: Name | None = None
    """Whose printer has the new one; left out: the first exit."""


class PayInCash(DriverEvent):
    """The attendant takes in cash what a car inside still owes."""

    lost: StrictBool = False
    """true: the ticket is lost, and nothing proves whose it is."""


class WrongSpace(DriverEvent):
    """The attendant has seen the car on another space than the reserved one."""

    space: Name


class Link(EventTable):
    """The attendant links a pulled ticket to the reservation that the driver had."""

    stay: Name
    """The reservation of the pulled ticket."""
    reservation: Name


class OpenByHand(EventTable):
    """The attendant opens a lane; the car that came drives through."""

    lane: Name
    reason: StrictStr
    who: Name | None = None
    reservation: Name | None = None
    """Whose passage it is; left out: the latest of `who`, or nobody's."""
    waives: StrictBool = False
    """true: what is still due is waived for the same reason; else it is only told."""


class ReportPassage(DriverEvent):
    """The attendant has looked: the car is inside, or has left."""

    direction: Literal["entry", "exit"]
    reason: StrictStr
    waives: StrictBool = False
    """true: what is still due is waived for the same reason; else it is only told."""


class CloseSpace(EventTable):
    """A space breaks down; whoever had reserved it is re-seated."""

    space: Name
    until: TimeText
    reason: StrictStr


class SpaceEvent(EventTable):
    """Something with a space."""

    space: Name


class LaneOnly(EventTable):
    """Something with a lane."""

    lane: Name


class OfferEvent(EventTable):
    """An owner, or the attendant, moves the latest offer of a space."""

    owner: Name
    space: Name


class MakeOffer(EventTable, SharedTable):
    """An owner writes down what is shared of a space: a draft."""

    owner: Name
    space: Name


class SetTimes(EventTable, TimesTable):
    """Other times for the latest offer of a space."""

    owner: Name
    space: Name


class Recall(EventTable):
    """An owner asks what it costs to have the space back for a window."""

    owner: Name
    space: Name
    from_: TimeText = Field(alias="from")
    until: TimeText


class ClockJump(EventTable):
    """Somebody sets the clock of the machine."""

    by: StepText
    """"+1h" or "-20m"."""


class Provider(EventTable):
    """What the next question to the card provider meets."""

    fault: SimulatedFault
    times: Annotated[StrictInt, Field(ge=1, le=100)] = 1
    """So many questions meet it, one after the other."""
    of: OperationKind | Literal["query"] | None = None
    """Only questions of this kind; left out: whatever comes next."""
